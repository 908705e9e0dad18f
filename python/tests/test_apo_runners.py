"""Rollouts become spans that agentlightning reads messages and rewards from."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("agentlightning", reason="needs the APO environment: run scripts/setup")

from agentlightning.adapter import TraceToMessages  # noqa: E402
from agentlightning.emitter import find_final_reward  # noqa: E402
from agentlightning.types import PromptTemplate, Rollout, Span  # noqa: E402

from lightning_bridge.apo_runners import BridgeAgent, RolloutFailed, spans_of  # noqa: E402
from lightning_bridge.stop import Stop  # noqa: E402

NASTY = 'Say {"answer": 1} {x.__class__} {x:>1000000} {{ y }} \U0001f600'


def as_read(messages: list[dict[str, str]], reward: float, feedback: str) -> list[dict]:
    spans = [Span.from_core_fields(core) for core in spans_of(messages, reward, feedback)]
    assert find_final_reward(spans) == reward
    return [message for conversation in TraceToMessages().adapt(spans) for message in conversation["messages"]]


def test_the_whole_conversation_and_then_the_review_are_read() -> None:
    conversation = [
        {"role": "system", "content": NASTY},
        {"role": "user", "content": "question"},
        {"role": "assistant", "content": "looking"},
        {"role": "tool", "content": "found"},
        {"role": "critic", "content": "odd role"},
        {"role": "assistant", "content": "answer"},
    ]
    read = as_read(conversation, 0.333, "too short")
    assert [message["content"] for message in read] == [
        NASTY,
        "question",
        "looking",
        "found",
        "[critic] odd role",
        "answer",
        "Score 0.33. Reviewer: too short",
    ]


def test_a_conversation_without_an_answer_is_read_too() -> None:
    read = as_read([{"role": "user", "content": "question"}], 0.0, "")
    assert [message["content"] for message in read] == ["question", "Score 0.00."]


def rollout_of(answer: dict, stop: Stop | None = None) -> tuple[list, list[dict]]:
    asked: list[dict] = []

    def ask(request: str) -> str:
        asked.append(json.loads(request))
        return json.dumps(answer)

    agent = BridgeAgent(ask, stop or Stop())
    resources = {"prompt": PromptTemplate(template=NASTY, engine="f-string")}
    rollout = Rollout(rollout_id="r", input={}, start_time=0.0, resources_id="v3", status="running")
    return agent.rollout({"id": "t1"}, resources, rollout), asked


def test_the_prompt_is_passed_on_verbatim() -> None:
    _, asked = rollout_of({"reward": 1, "feedback": "", "messages": []})
    assert asked == [{"candidate": "v3", "prompt": NASTY, "task": "t1"}]


def test_a_failure_is_no_reward() -> None:
    with pytest.raises(RolloutFailed, match="NETWORK: gone"):
        rollout_of({"failure": {"kind": "NETWORK", "role": "worker", "cause": "gone", "remedy": ""}})


def test_a_stop_is_kept_and_nothing_is_asked_afterwards() -> None:
    stop = Stop()
    with pytest.raises(RolloutFailed):
        rollout_of({"stop": "budget_exhausted"}, stop)
    stop.request("cancelled")
    assert stop.reason == "budget_exhausted"
    with pytest.raises(RolloutFailed):
        rollout_of({"reward": 1, "feedback": "", "messages": []}, stop)
