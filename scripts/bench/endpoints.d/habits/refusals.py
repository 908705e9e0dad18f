"""Refusals by the API's own word: the model did answer, and no is its answer."""

from habit import habit, handled
from reply import answer, error


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
