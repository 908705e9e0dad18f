"""Rollouts: agentlightning's runners, one a thread, around the callback that runs the agent in Java."""

from __future__ import annotations

import contextlib
import json
import logging
import threading
from collections.abc import Callable, Sequence
from typing import Any

from agentlightning.emitter import emit_reward
from agentlightning.execution.events import ExecutionEvent
from agentlightning.litagent import LitAgent
from agentlightning.runner import LitAgentRunner, Runner
from agentlightning.store.base import LightningStore
from agentlightning.tracer.dummy import DummyTracer
from agentlightning.types import NamedResources, Rollout, Span, SpanCoreFields, TraceStatus

from lightning_bridge.stop import Stop

PROMPT = "prompt"
"""Name of the resource that holds the prompt."""

Ask = Callable[[str], str]
"""Runs one rollout: JSON of the request in, JSON of its outcome out. Blocks; called by many threads."""


class RolloutFailed(Exception):
    """Model, network or grader failed: the rollout says nothing about the prompt."""


class NoTracer(DummyTracer):
    """Traces nothing: rollouts return their own spans.

    agentlightning keeps one active tracer per process, so that with several runners in one process a
    real tracer mixes up their spans, and so their rewards.
    """

    def trace_context(self, name: str | None = None, **_: Any) -> Any:
        return contextlib.nullcontext()

    def get_last_trace(self) -> list[Span]:
        return []


class RunnerPerThread(Runner[dict[str, Any]]):
    """A LitAgentRunner for each thread, where the trainer hands one runner to all of them."""

    def __init__(self, poll_interval: float = 0.01) -> None:
        self._poll_interval = poll_interval
        self._of_thread = threading.local()

    def _runner(self) -> LitAgentRunner[dict[str, Any]]:
        return self._of_thread.runner

    def init(self, agent: LitAgent[dict[str, Any]], **kwargs: Any) -> None:
        self._of_thread.runner = LitAgentRunner(
            tracer=NoTracer(), poll_interval=self._poll_interval, interval_jitter=0.0
        )
        self._runner().init(agent, **kwargs)

    def init_worker(self, worker_id: int, store: LightningStore, **kwargs: Any) -> None:
        self._runner().init_worker(worker_id, store, **kwargs)

    async def iter(self, *, event: ExecutionEvent | None = None) -> None:
        await self._runner().iter(event=event)

    def teardown_worker(self, worker_id: int, *args: Any, **kwargs: Any) -> None:
        self._runner().teardown_worker(worker_id, *args, **kwargs)

    def teardown(self, *args: Any, **kwargs: Any) -> None:
        self._runner().teardown(*args, **kwargs)


UNSAID = {
    "kind": "PYTHON",
    "role": "worker",
    "cause": "the rollout ended in Python without a word",
    "remedy": "The log says more.",
}


class BridgeAgent(LitAgent[dict[str, Any]]):
    """Runs a task through the callback, with the prompt as it stands: nothing in it is rendered."""

    def __init__(self, ask: Ask, stop: Stop) -> None:
        super().__init__()
        self._ask = ask
        self._stop = stop
        self._lock = threading.Lock()
        self._failures: dict[tuple[str, str], dict[str, str]] = {}

    def why_failed(self, candidate: str, task: str) -> dict[str, str]:
        """Why the candidate's last rollout on the task failed: kind, role, cause and remedy."""
        with self._lock:
            return self._failures.get((candidate, task), UNSAID)

    def rollout(self, task: dict[str, Any], resources: NamedResources, rollout: Rollout) -> list[SpanCoreFields]:
        if self._stop.reason:
            raise RolloutFailed(self._stop.reason)
        request = {
            "candidate": rollout.resources_id,
            "prompt": resources[PROMPT].template,
            "task": task["id"],
        }
        answer = json.loads(self._ask(json.dumps(request)))
        if "stop" in answer:
            self._stop.request(answer["stop"])
            raise RolloutFailed(answer["stop"])
        if "failure" in answer:
            with self._lock:
                self._failures[request["candidate"], request["task"]] = answer["failure"]
            raise RolloutFailed("{kind}: {cause}".format_map(answer["failure"]))
        return spans_of(answer["messages"], answer["reward"], answer["feedback"])


def spans_of(messages: Sequence[dict[str, str]], reward: float, feedback: str) -> list[SpanCoreFields]:
    """A rollout as three spans: the conversation, the review as a message after it, and the reward."""
    messages = [_as_chat(index, message) for index, message in enumerate(messages)]
    answered = bool(messages) and messages[-1]["role"] == "assistant"
    prompt = messages[:-1] if answered else messages
    conversation = _flat("gen_ai.prompt", prompt)
    if answered:
        conversation |= _flat("gen_ai.completion", messages[-1:])
    review = _flat("gen_ai.prompt", [{"role": "user", "content": review_of(reward, feedback)}])
    return [
        _span("chat", conversation),
        _span("review", review),
        emit_reward(float(reward), propagate=False),
    ]


def review_of(reward: float, feedback: str) -> str:
    """What critics read about an output."""
    said = f" Reviewer: {feedback}" if feedback.strip() else ""
    return f"Score {reward:.2f}.{said}"


def _as_chat(index: int, message: dict[str, str]) -> dict[str, str]:
    """The message in a form that agentlightning's adapter accepts."""
    role, content = message["role"], message["content"]
    if role in ("system", "developer", "user", "assistant"):
        return {"role": role, "content": content}
    if role == "tool":
        return {"role": role, "content": content, "tool_call_id": f"call_{index}"}
    return {"role": "user", "content": f"[{role}] {content}"}


def _flat(prefix: str, messages: Sequence[dict[str, str]]) -> dict[str, str]:
    return {
        f"{prefix}.{index}.{key}": value for index, message in enumerate(messages) for key, value in message.items()
    }


def _span(name: str, attributes: dict[str, str]) -> SpanCoreFields:
    return SpanCoreFields(
        name=name,
        attributes=dict(attributes),
        status=TraceStatus(status_code="OK"),
        start_time=0.0,
        end_time=0.0,
    )


def quiet_failed_rollouts() -> None:
    """Keeps the tracebacks of failed rollouts out of the log: they are reported as events."""

    def is_news(record: logging.LogRecord) -> bool:
        return not (record.exc_info and isinstance(record.exc_info[1], RolloutFailed))

    logging.getLogger("agentlightning.runner.agent").addFilter(is_news)
