"""Statuses and pages that say no, for a while or for good."""

from habit import habit, handled, named
from model import MARK, text_of
from reply import answer, document, error, page

BLOCKED = ("Blocked", "Your request was flagged by the company's web gateway. Incident 4711.")


@habit(named("403", "gateway|proxy|key|allow"), "a company's web gateway takes offence at the new prompts alone")
def waf403(call):
    blocked = call.role == "worker" and MARK in text_of(call.request, "system", "developer", "user")
    return page(403, *BLOCKED) if blocked else answer(call)


@habit(named("403", "gateway|proxy|key|allow", 15), "the same with all calls")
def waf403_all(_):
    return page(403, *BLOCKED)


@habit(named("access to the model", "model", 15), "github.com/envoyproxy/ai-gateway/pull/394")
def bedrock403(_):
    text = "You don't have access to the model with the specified model ID."
    kind = "AccessDeniedException:http://internal.amazon.com/coral/com.amazon.bedrock/"
    return document({"type": "error", "error": {"type": kind, "code": "403", "message": text}}, 403)


@habit(named("Insufficient Balance", "credit|pay|balance|account", 15), "github.com/continuedev/continue/issues/9942")
def balance402(_):
    return error(402, "Insufficient Balance", "invalid_request_error", "unknown_error")


@habit(handled(), "a load balancer")
def http504(call):
    return page(504, "504 Gateway Time-out") if call.every(5) else answer(call)


@habit(handled(), "github.com/anthropics/claude-code/issues/16737: Cloudflare's page")
def html524(call):
    return page(524, "api.example.com | 524: A timeout occurred") if call.every(7) else answer(call)


@habit(handled(90), "Anthropic: overloaded for 15 seconds")
def over529(call):
    if call.elapsed < 15:
        return document({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}, 529)
    return answer(call)


@habit(handled(200), "llama.cpp while it loads its model, 90 s", slow=True)
def loading503(call):
    if call.elapsed < 90:
        return document({"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}}, 503)
    return answer(call)


@habit(handled(200), "Hugging Face while it loads its model, 90 s", slow=True)
def hf503(call):
    if call.elapsed < 90:
        return document({"error": "Model x is currently loading", "estimated_time": 90.0 - call.elapsed}, 503)
    return answer(call)


@habit(handled(means=False), "vLLM: one task that is too long for the model, which is its own failing")
def ctx_long(call):
    if call.role == "worker" and call.honest.task == "t4":
        text = "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens."
        return error(400, text, "context_length_exceeded").own_failing()
    return answer(call)


@habit(handled(means=False), "github.com/oobabooga/textgen/issues/7257: the same under HTTP 200")
def ctx200(call):
    if call.role == "worker" and call.honest.task == "t4":
        text = "the request exceeds the available context size. try increasing the context size or enable context shift"
        return document(
            {
                "error": {
                    "code": 400,
                    "message": text,
                    "type": "exceed_context_size_error",
                    "n_prompt_tokens": 14429,
                    "n_ctx": 8192,
                }
            }
        ).own_failing()
    return answer(call)


@habit(
    handled(cause="max_output_tokens", remedy="--max-output-tokens|log"),
    "github.com/BerriAI/litellm/pull/37710: a bridge's 500 where thinking used the limit up",
)
def bridge500(call):
    if call.every(4, "worker"):
        text = "litellm.APIConnectionError: gpt-5.6-sol unable to complete request: max_output_tokens"
        return error(500, text, "500", None)
    return answer(call)
