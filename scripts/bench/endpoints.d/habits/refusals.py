"""Refusals by the API's own word: the model did answer, and no is its answer."""

from habit import habit, handled
from reply import answer, document, error


def _refuses(call):
    """Every tenth task, whatever the prompt."""
    return call.role == "worker" and call.honest.task.endswith("0")


@habit(handled(means=False, says="refus"), "z.AI and Gemini: filtered, HTTP 200, no text")
def fin_sensitive(call):
    return answer(call, "", finish_reason="sensitive").own_failing() if _refuses(call) else answer(call)


@habit(handled(means=False, says="refus"), "github.com/MacPaw/OpenAI/issues/249")
def refusal_field(call):
    if _refuses(call):
        return answer(call, None, message={"refusal": "I'm sorry, I can't assist with that."}).own_failing()
    return answer(call)


@habit(handled(means=False, says="refus"), "Azure: its content filter, by its code")
def azurefilter(call):
    if _refuses(call):
        text = "The response was filtered due to the prompt triggering Azure OpenAI's content management policy."
        return error(400, text, "content_filter", None, param="prompt").own_failing()
    return answer(call)


@habit(handled(means=False, says="refus"), "github.com/BerriAI/litellm/pull/16231: Azure's filter behind LiteLLM")
def litellm_filter(call):
    if not _refuses(call):
        return answer(call)
    text = "litellm.BadRequestError: litellm.ContentPolicyViolationError: AzureException - The response was filtered"
    text += " due to the prompt triggering Azure OpenAI's content management policy."
    inner = {"innererror": {"code": "ResponsibleAIPolicyViolation", "content_filter_result": {}}}
    fault = {"message": text, "type": None, "param": None, "code": "400", "provider_specific_fields": inner}
    return document({"error": fault}, 400).own_failing()


@habit(handled(means=False, says="refus"), "openrouter.ai/docs/api-reference/errors: moderation under 403")
def router_moderation(call):
    if not _refuses(call):
        return answer(call)
    found = {"reasons": ["violence"], "flagged_input": "Ticket …", "provider_name": "X", "model_slug": "x/m-worker"}
    text = 'x/m-worker requires moderation on X. Your input was flagged for "violence". No credits were charged.'
    return document({"error": {"code": 403, "message": text, "metadata": found}}, 403).own_failing()


@habit(handled(means=False, says="refus"), "Zhipu: its filter names no code but what it found")
def zhipu_filter(call):
    if not _refuses(call):
        return answer(call)
    fault = {"code": "1301", "message": "系统检测到输入或生成内容可能包含不安全或敏感内容"}
    return document({"error": fault, "contentFilter": [{"level": 1, "role": "user"}]}, 400).own_failing()
