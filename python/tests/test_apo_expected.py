"""What Java's graders make of a task's expected output is what agentlightning reads, vector by vector.

The vectors are those of the Java tests (src/test/resources/grading/expected.jsonl). The answers, and the tasks as they
are exported, are those that the Java test ExpectedForPythonTest wrote; LIGHTNING_BRIDGE_EXPORTS names the folder
beside.
"""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path

import pytest

pytest.importorskip("agentlightning", reason="needs the APO environment: run scripts/setup")

from agentlightning.emitter import find_final_reward  # noqa: E402
from agentlightning.types import PromptTemplate, Rollout, Span  # noqa: E402

from lightning_bridge.apo_runners import BridgeAgent  # noqa: E402
from lightning_bridge.stop import Stop  # noqa: E402

ROOT = Path(__file__).parents[2]
VECTORS = ROOT / "src/test/resources/grading/expected.jsonl"
ANSWERS = Path(os.environ.get("LIGHTNING_BRIDGE_EXPORTS", ROOT / "target/python-fixtures/exports")).parent / (
    "expected.jsonl"
)

pytestmark = pytest.mark.skipif(
    not ANSWERS.is_file(), reason=f"no answers in {ANSWERS}: run the Java test ExpectedForPythonTest first"
)


def exactly(line: str) -> dict:
    """JSON without the loss of a digit."""
    return json.loads(line, parse_float=Decimal)


def vectors() -> list[tuple[dict, dict]]:
    """Each task with one of its outputs."""
    lines = [exactly(line) for line in VECTORS.read_text(encoding="utf-8").splitlines()]
    return [(line["task"], output) for line in lines for output in line["outputs"]]


def answers() -> list[dict]:
    return [json.loads(line) for line in ANSWERS.read_text(encoding="utf-8").splitlines()] if ANSWERS.is_file() else []


def test_there_is_an_answer_to_each_vector() -> None:
    assert len(answers()) == len(vectors()) > 0


@pytest.mark.parametrize(("vector", "answer"), list(zip(vectors(), answers(), strict=False)))
def test_agentlightning_reads_the_reward_that_the_grader_gave(vector: tuple[dict, dict], answer: dict) -> None:
    _, output = vector
    agent = BridgeAgent(lambda _: json.dumps(answer["answer"]), Stop())
    resources = {"prompt": PromptTemplate(template="prompt", engine="f-string")}
    rollout = Rollout(rollout_id="r", input={}, start_time=0.0, resources_id="v1", status="running")

    spans = [Span.from_core_fields(core) for core in agent.rollout({"id": "t"}, resources, rollout)]

    assert find_final_reward(spans) == float(output["reward"])


@pytest.mark.parametrize(("vector", "answer"), list(zip(vectors(), answers(), strict=False)))
def test_an_exported_task_expects_what_the_file_of_tasks_said(vector: tuple[dict, dict], answer: dict) -> None:
    task, _ = vector
    expected = exactly(answer["exported"])["expected"]

    # A reader of JSON knows true; a grader compares texts.
    assert expected == ("true" if task["expected"] is True else task["expected"])
