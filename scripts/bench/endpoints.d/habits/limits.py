"""Limits of calls and tokens a minute, and quotas."""

import email.utils
import time

from habit import habit, handled, named
from reply import answer, document, error


@habit(named("quota", "billing|plan|credit", 20), "OpenAI: nothing left")
def quota429(_):
    text = "You exceeded your current quota, please check your plan and billing details."
    return error(429, text, "insufficient_quota", "insufficient_quota")


@habit(handled(90), "Azure: the quota's code for the quota of the minute")
def quota429_window(call):
    if call.endpoint.count("all") % 12:
        return answer(call)
    text = "You exceeded your current quota of tokens per minute. Please retry after 2 seconds."
    return error(
        429,
        text,
        "insufficient_quota",
        "insufficient_quota",
        headers={"Retry-After": "2", "x-ratelimit-reset-tokens": "2s"},
    )


@habit(handled(120), "Azure: every third call")
def azure429(call):
    if call.endpoint.count("all") % 3:
        return answer(call)
    text = "Requests to the ChatCompletions operation have exceeded the call rate limit"
    return error(429, text, "429", None, headers={"retry-after-ms": "700", "retry-after": "1"})


@habit(handled(90), "github.com/BerriAI/litellm/issues/5177: the seconds are in the text alone")
def cooldown429(call):
    if call.endpoint.count("all") % 40:
        return answer(call)
    return error(
        429, "No deployments available for selected model, Try again in 3 seconds. Passed model=m.", "429", "None"
    )


@habit(handled(90), "github.com/elizaOS/eliza/issues/4040: parts of a second, in the text alone")
def groq429(call):
    if call.endpoint.count("all") % 40:
        return answer(call)
    text = "Rate limit reached for model on tokens per minute (TPM): Limit 6000, Used 5034, Requested 1443."
    text += " Please try again in 4.77s."
    return error(429, text, "rate_limit_exceeded", "tokens")


@habit(handled(90), "RFC 9110, 10.2.3: Retry-After as a date")
def retry_date(call):
    if call.endpoint.count("all") % 40:
        return answer(call)
    date = email.utils.formatdate(time.time() + 3, usegmt=True)
    return error(429, "Too many requests", "rate_limited", headers={"Retry-After": date})


@habit(handled(300), "github.com/continuedev/continue/issues/6185: Mistral, once, without a time", slow=True)
def capacity429(call):
    if call.endpoint.count("all") != 60:
        return answer(call)
    text = "Service tier capacity exceeded for this model."
    return document(
        {"object": "error", "message": text, "type": "invalid_request_error", "param": None, "code": "3505"}, 429
    )


def _left(call):
    """Seconds to wait where 40 calls of this minute were answered, else None."""
    window = int(call.elapsed // 60)
    return int(60 - call.elapsed % 60) + 1 if call.endpoint.count(("window", window)) > 40 else None


@habit(handled(400), "Gemini's compatible endpoint: 40 calls a minute, the time in its retryDelay", slow=True)
def rpm(call):
    left = _left(call)
    if left is None:
        return answer(call)
    info = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": f"{left}s"}
    fault = {
        "code": 429,
        "message": "Resource has been exhausted (e.g. check quota).",
        "status": "RESOURCE_EXHAUSTED",
        "details": [info],
    }
    return document([{"error": fault}], 429, {"x-ratelimit-reset-requests": f"{left}s"})


@habit(handled(400), "40 calls a minute, with Retry-After", slow=True)
def rpm_header(call):
    left = _left(call)
    if left is None:
        return answer(call)
    return error(
        429, "Rate limit reached for requests", "rate_limit_exceeded", "requests", headers={"Retry-After": str(left)}
    )


@habit(named("余额不足", "money|quota", 20), "github.com/zai-org/GLM-5/issues/148: an empty account under 429")
def balance429(_):
    return document({"error": {"code": "1113", "message": "余额不足或无可用资源包,请充值。"}}, 429)


@habit(handled(), "github.com/Aider-AI/aider/issues/1880: one request is more than a minute's tokens")
def tokens429(call):
    wished = 100 + (call.request.get("max_tokens") or call.request.get("max_completion_tokens") or 0)
    if wished <= 1500:
        return answer(call)
    text = f"Request too large for m on tokens per min (TPM): Limit 1500, Requested {wished}. The input or output"
    text += " tokens must be reduced in order to run successfully."
    return error(429, text, "rate_limit_exceeded", "tokens")


@habit(
    named("free-models-per-day", "resume", 20, says=r"\d h \d+ min"),
    "github.com/Gitlawb/openclaude/issues/936: OpenRouter's limit of a day",
)
def daily429(_):
    reset = str(int((time.time() + 9 * 3600) * 1000))
    headers = {"X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}
    text = "Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day"
    return document({"error": {"message": text, "code": 429, "metadata": {"headers": headers}}}, 429)
