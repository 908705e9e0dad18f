"""What people noted about earlier outputs, as experiments that stand beside the rollouts of a critique."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from agentlightning.algorithm.apo.apo import RolloutResultForAPO
from agentlightning.types import RolloutStatus

Note = dict[str, Any]
"""``label`` ("Human comment" or another), ``text``, and ``input``, ``output``, ``reward``, None where not known."""


def experiments(notes: Sequence[Note]) -> list[RolloutResultForAPO]:
    """The notes in the form of rollouts' results, with as many spans, told as a person's by status and by message."""
    return [_experiment(note) for note in notes]


def _experiment(note: Note) -> RolloutResultForAPO:
    given = [_message("user", note["input"])] if note["input"] else []
    answered = [_message("assistant", note["output"])] if note["output"] else []
    said = _message("user", f"{note['label']}: {note['text']}")
    messages: list[Any] = [{"messages": part, "tools": None} for part in ([*given, *answered], [said]) if part]
    scored = {} if note["reward"] is None else {"human_reward": note["reward"]}
    return RolloutResultForAPO(
        # The templates say "This experiment has {status}".
        status=cast(RolloutStatus, f"a {note['label'].lower()}"),
        final_reward=cast(float, "none given" if note["reward"] is None else note["reward"]),
        spans=[
            _span(1, "chat", _attributes("prompt", given) | _attributes("completion", answered)),
            _span(2, "human note", _attributes("prompt", [said])),
            _span(3, "human reward", scored),
        ],
        messages=messages,
    )


def _message(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content}


def _attributes(kind: str, messages: Sequence[dict[str, str]]) -> dict[str, Any]:
    return {
        f"gen_ai.{kind}.{index}.{key}": value
        for index, message in enumerate(messages)
        for key, value in message.items()
    }


def _span(number: int, name: str, attributes: dict[str, Any]) -> dict[str, Any]:
    status = {"status_code": "OK", "description": None}
    return {"name": name, "sequence_id": number, "status": status, "attributes": attributes}
