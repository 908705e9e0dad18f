"""Parameters that an endpoint turns down, and forms that it wants."""

from habit import BOTH, habit, handled, named
from reply import answer, document, error


def vllm_error(message, status=400):
    return document(
        {"object": "error", "message": message, "type": "BadRequestError", "param": None, "code": status}, status
    )


def temperature_one(call):
    value = call.request.get("temperature", 1)
    if value != 1:
        text = f"Unsupported value: 'temperature' does not support {value} with this model."
        text += " Only the default (1) value is supported."
        return error(400, text, "unsupported_value", param="temperature")
    return answer(call)


@habit(handled(), "OpenAI's o-series and gpt-5")
def maxtok(call):
    if "max_tokens" in call.request:
        text = (
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
        )
        return error(400, text, "unsupported_parameter", param="max_tokens")
    return answer(call)


@habit(handled(), "OpenAI's o-series and gpt-5", engines=BOTH)
def temp1(call):
    return temperature_one(call)


@habit(handled(), "the same, as the judge alone", command="judge")
def judge_temp1(call):
    return temperature_one(call) if call.role == "judge" else answer(call)


@habit(handled(), "github.com/BerriAI/litellm/issues/15097")
def temp_or_top_p(call):
    if "temperature" in call.request and "top_p" in call.request:
        return error(400, "`temperature` and `top_p` cannot both be specified for this model. Please use only one.")
    return answer(call)


@habit(handled(), "vLLM with Gemma's chat template")
def nosystem(call):
    if any(message["role"] == "system" for message in call.request["messages"]):
        return vllm_error("System role not supported")
    return answer(call)


@habit(handled(), "github.com/microsoft/autogen/issues/1037: the template of Mistral 0.2 has no system role either")
def roles_alternate(call):
    if call.request["messages"][0]["role"] != "user":
        return vllm_error("Conversation roles must alternate user/assistant/user/assistant/...")
    return answer(call)


@habit(handled(), "vLLM with --max-model-len 2048: the limit of the answer alone fills it")
def ctx2048(call):
    return _short_context(call)


@habit(handled(), "the same, as the judge alone", command="judge")
def ctx_judge(call):
    return _short_context(call) if call.role == "judge" else answer(call)


def _short_context(call):
    limit = call.request.get("max_tokens")
    if limit and limit + 150 > 2048:
        return vllm_error(
            f"'max_tokens' or 'max_completion_tokens' is too large: {limit}."
            " This model's maximum context length is 2048 "
            f"tokens and your request has 150 input tokens ({limit} > 2048 - 150)."
        )
    return answer(call)


@habit(handled(), "github.com/deepseek-ai/DeepSeek-V3/issues/69")
def range_tokens(call):
    if (call.request.get("max_tokens") or 0) > 1024:
        return error(
            400, "Invalid max_tokens value, the valid range of max_tokens is [1, 1024]", "invalid_request_error"
        )
    return answer(call)


@habit(
    handled(cause="tokens per minute|too large", remedy="--max-output-tokens|smaller|limit"),
    "github.com/zeeyado/koassistant.koplugin/issues/106",
)
def groq413(call):
    """Groq counts the limit of the answer against the tokens of the minute."""
    wished = 100 + (call.request.get("max_tokens") or call.request.get("max_completion_tokens") or 0)
    if wished > 1500:
        text = f"Request too large for model on tokens per minute (TPM): Limit 1500, Requested {wished},"
        text += " please reduce your message size and try again."
        return error(413, text, "rate_limit_exceeded", "tokens")
    return answer(call)


@habit(handled(), "a strict gateway of pydantic's: 422 that names the field")
def detail422(call):
    return _extra_forbidden() if "max_tokens" in call.request else answer(call)


@habit(named("422|max_tokens|[Ee]xtra inputs"), "the same, whatever is sent")
def always422(_):
    return _extra_forbidden()


def _extra_forbidden():
    fault = {
        "type": "extra_forbidden",
        "loc": ["body", "max_tokens"],
        "msg": "Extra inputs are not permitted",
        "input": 2048,
    }
    return document({"detail": [fault]}, 422)
