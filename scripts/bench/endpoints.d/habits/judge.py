"""The forms in which a judge gives its score."""

import json
import re

from habit import habit, handled, named
from reply import answer

LOST = named("judge", "judge", 60)


def _form(name, source, change, wanted=None):
    """A judge whose every answer is changed; the command is `judge`."""

    def reply(call):
        return answer(call, change(call.text, call.number) if call.role == "judge" else call.text)

    reply.__module__ = __name__
    habit(wanted or handled(), source, command="judge", name=name)(reply)


def _score(text):
    return json.loads(text)["score"]


_form("judge_base", "the control of the judge", lambda text, n: text)
_form("judge_fence", "an introduction and a fence", lambda text, n: f"Here is my verdict:\n```json\n{text}\n```")
_form("judge_comma", "a comma too many", lambda text, n: text.replace('"}', '",}'))
_form("judge_string", "the score as a string", lambda text, n: re.sub(r'"score": (\d)', r'"score": "\1"', text))
_form("judge_case", "other case", lambda text, n: json.dumps({"Score": _score(text), "Reason": "x"}))
_form("judge_noreason", "no reason", lambda text, n: json.dumps({"score": _score(text)}))
_form(
    "judge_latex",
    "braces and backslashes in the reason",
    lambda text, n: text.replace("compared with", r"in \\(x\\) {braces} compared with"),
)
_form("judge_newline", "a raw newline in the reason", lambda text, n: text.replace("compared", "compared\n"))
_form("judge_words", "Score: 9/10", lambda text, n: f"The output fits.\n\nScore: {_score(text)}/10")
_form(
    "judge_half",
    "every other answer has no form",
    lambda text, n: "I cannot put a number on this." if n % 2 else text,
    handled(cause="judge"),
)
_form("judge_never", "no answer has a form", lambda text, n: "I cannot put a number on this.", LOST)
_form(
    "judge_ends",
    "an object in the text before the verdict",
    lambda text, n: 'The format is {"score": 1, "reason": "example"} as you say.\n\n' + text,
    handled(cause="judge"),
)


@habit(
    named("cut off|length|limit|tokens|think", "--max-output-tokens|judge", 60),
    "thinking that the limit cuts off holds a draft",
    command="judge",
)
def judge_cut(call):
    if call.role != "judge":
        return answer(call)
    draft = '<think>\nThe format is {"score": 5, "reason": "..."}. Now, is the output right? It names the'
    return answer(
        call,
        draft,
        finish_reason="length",
        usage={"prompt_tokens": 100, "completion_tokens": 2048, "total_tokens": 2148},
    )


@habit(
    handled(cause="judge|text|empty", seconds=60),
    "gateways that parse the JSON that was asked for: content is an object",
    command="judge",
)
def judge_object(call):
    return answer(call, json.loads(call.text) if call.role == "judge" else call.text)
