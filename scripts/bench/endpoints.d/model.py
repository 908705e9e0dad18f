"""The model behind the fake endpoint: what it honestly answers is a known function of the request.

The roles are told by the model's name: m-worker, m-critic, m-editor, m-judge. The worker answers the word after
"code=" where the number after "n=" is even or the prompt holds IMPROVED, else "unknown"; so the right reward of every
rollout can be computed. The editor writes a prompt with IMPROVED. The judge gives 9, and 2 to "unknown".
"""

import dataclasses
import hashlib
import json
import re

import sample

MARK = "IMPROVED"
TICKET = re.compile(r"code=(\w+) n=(\d+)")


@dataclasses.dataclass(frozen=True)
class Honest:
    role: str
    text: str
    task: str = ""
    prompt: str = ""

    @property
    def improved(self):
        return MARK in self.prompt


def text_of(request, *roles):
    return "\n".join(str(m["content"]) for m in request.get("messages", []) if m["role"] in roles)


def knows(number, improved):
    return number % 2 == 0 or improved


def honest(request):
    model = request.get("model") or ""
    user = text_of(request, "user")
    whole = text_of(request, "system", "developer", "user")
    if "critic" in model:
        return Honest("critic", "The prompt does not say that the answer is the word after code=. Say so.")
    if "editor" in model:
        name = hashlib.md5(user.encode()).hexdigest()[:6]
        return Honest("editor", f"{MARK} {name}: Answer with the word after code= and nothing else.")
    if "judge" in model:
        score = sample.WRONG if sample.UNKNOWN in user else sample.RIGHT
        return Honest("judge", json.dumps({"score": score, "reason": "compared with the input"}))
    tickets = list(TICKET.finditer(user))
    if not tickets:
        return Honest("worker", sample.UNKNOWN)
    # The task stands last: where the prompt is in the user's text, its examples stand before it.
    found = tickets[-1]
    text = found[1] if knows(int(found[2]), MARK in whole) else sample.UNKNOWN
    return Honest("worker", text, f"t{found[2]}", whole)


def right_reward(prompt, task):
    """What a grader that wants the exact answer must give, 0 or 1."""
    return 1.0 if knows(int(task[1:]), MARK in prompt) else 0.0
