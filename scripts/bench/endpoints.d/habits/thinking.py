"""Thinking and wrapping around the answer."""

from habit import BOTH, habit, handled, named
from reply import answer


def _clean(outcome):
    """The prompt that won holds neither thinking nor an editor's chatter."""
    for sign in (
        "<think",
        "</think",
        "```",
        "improved prompt:",
        "Let me know",
        "[THINK",
        "<|channel",
        "Okay, the user",
    ):
        if sign in outcome.winner:
            return f"the winning prompt holds {sign!r}"
    return None


def _think(text):
    return "<think>\nFirst I look for code=. It is there.\n</think>\n\n" + text


@habit(handled(), "DeepSeek-R1 without a reasoning parser")
def think(call):
    return answer(call, _think(call.text) if call.role == "worker" else call.text)


@habit(handled(), "the same with a draft of a score in the thinking", command="judge")
def think_judge(call):
    draft = '<think>\nMaybe {"score": 5, "reason": "draft"}; no, better.\n</think>\n\n'
    return answer(call, draft + call.text if call.role == "judge" else call.text)


@habit(handled(), "the same without one", command="judge")
def think_judge_plain(call):
    return answer(
        call, "<think>\nThe output is as it should be.\n</think>\n\n" + call.text if call.role == "judge" else call.text
    )


@habit(handled(), "a critic and an editor that think", check=_clean, engines=BOTH)
def think_editor(call):
    plan = "<think>\nOkay, the user wants a better prompt. The critique says to name code=.\n</think>\n\n"
    return answer(call, plan + call.text if call.role in ("editor", "critic") else call.text)


@habit(handled(), "most chat models: a fence, an introduction and an offer", check=_clean, engines=BOTH)
def fence_editor(call):
    wrapped = f"Here is the improved prompt:\n\n```text\n{call.text}\n```\n\nLet me know if you want changes!"
    return answer(call, wrapped if call.role == "editor" else call.text)


@habit(handled(), "github.com/vllm-project/vllm/issues/31045: the opening tag is in the prompt", check=_clean)
def think_unopened(call):
    return answer(call, "Okay, I look for code=.\n</think>\n\n" + call.text)


@habit(handled(), "github.com/ggml-org/llama.cpp/issues/16158", check=_clean)
def think_square(call):
    return answer(call, "[THINK]I look for code=.[/THINK]" + call.text)


@habit(handled(), "github.com/MoonshotAI/Kimi-Dev/issues/6", check=_clean)
def think_kimi(call):
    return answer(call, "◁think▷I look for code=.◁/think▷" + call.text)


@habit(handled(), "github.com/ml-explore/mlx-lm/pull/1867: the channels of gpt-oss", check=_clean)
def harmony(call):
    thought = "<|channel|>analysis<|message|>I look for code=.<|end|><|start|>assistant<|channel|>final<|message|>"
    return answer(call, thought + call.text)


@habit(
    named("length|limit|cut off|tokens", "--max-output-tokens"),
    "gpt-5 and o-series: all of the limit goes into thinking",
)
def lengthreason(call):
    if call.role != "worker":
        return answer(call)
    limit = call.request.get("max_tokens") or call.request.get("max_completion_tokens") or 0
    spent = {
        "prompt_tokens": 100,
        "completion_tokens": limit,
        "total_tokens": 100 + limit,
        "completion_tokens_details": {"reasoning_tokens": limit},
    }
    return answer(call, "", finish_reason="length", usage=spent)
