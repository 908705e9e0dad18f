"""The exports, loaded by the program that they are for: agentlightning 0.3.0.

The files are those that the Java test ExportsForPythonTest wrote; LIGHTNING_BRIDGE_EXPORTS names their folder.
"""

import asyncio
import json
import os
from pathlib import Path

import pytest

agentlightning = pytest.importorskip("agentlightning", reason="needs the APO environment: run scripts/setup")

from agentlightning.adapter.messages import TraceToMessages  # noqa: E402
from agentlightning.emitter.reward import find_final_reward  # noqa: E402
from agentlightning.types import AttemptedRollout, PromptTemplate, ResourcesUpdate, Span  # noqa: E402

from lightning_bridge.store_export import load_store  # noqa: E402

FOLDER = Path(os.environ.get("LIGHTNING_BRIDGE_EXPORTS", "target/python-fixtures/exports"))

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"no exports in {FOLDER}: run the Java test ExportsForPythonTest first"
)


def read(folder, name):
    with open(folder / name, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def rows(name):
    return read(FOLDER, name)


@pytest.fixture(scope="module")
def store():
    return asyncio.run(load_store(FOLDER / "store.jsonl"))


@pytest.mark.parametrize("sample", sorted((FOLDER / "samples").glob("*")), ids=lambda path: path.name)
def test_a_database_of_the_app_fills_a_store_with_its_conversations_and_scores(sample):
    store = asyncio.run(load_store(sample / "store.jsonl"))
    scores = {row["rollout_id"]: row["reward"] for row in read(sample, "rewards.jsonl")}
    rollouts = [AttemptedRollout.model_validate(row) for row in read(sample, "rollouts.jsonl")]
    assert rollouts
    for rollout in rollouts:
        spans = spans_of(store, rollout.rollout_id)
        assert find_final_reward(spans) == scores.get(rollout.rollout_id)
        conversations = TraceToMessages().adapt(spans)
        assert [m["role"] for m in conversations[0]["messages"][:2]] == ["system", "user"]
        if rollout.status == "succeeded":
            assert conversations[-1]["messages"][-1]["role"] == "assistant"


def spans_of(store, rollout_id):
    return list(asyncio.run(store.query_spans(rollout_id)))


def test_every_rollout_is_an_attempted_rollout():
    rollouts = [AttemptedRollout.model_validate(row) for row in rows("rollouts.jsonl")]
    assert {r.status for r in rollouts} == {"succeeded", "failed"}
    assert {r.metadata["kind"] for r in rollouts} == {"scored", "unscored", "analysis", "failed"}
    for rollout in rollouts:
        assert rollout.attempt.status == rollout.status
        assert 1.7e9 < rollout.start_time < 1.9e9, "times are seconds"


def test_nothing_of_a_row_is_unknown_to_agentlightning():
    for row in rows("rollouts.jsonl"):
        assert set(row) <= set(AttemptedRollout.model_fields)
        assert set(row["attempt"]) <= set(AttemptedRollout.model_fields["attempt"].annotation.model_fields)
    for row in rows("spans.jsonl"):
        assert set(row) <= set(Span.model_fields)
    for row in rows("resources.jsonl"):
        assert set(row) <= set(ResourcesUpdate.model_fields)


def test_every_span_is_a_span_of_a_rollout_that_is_there():
    rollouts = {(r["rollout_id"], r["attempt"]["attempt_id"]) for r in rows("rollouts.jsonl")}
    spans = [Span.model_validate(row) for row in rows("spans.jsonl")]
    assert {(s.rollout_id, s.attempt_id) for s in spans} <= rollouts
    assert len({(s.rollout_id, s.span_id) for s in spans}) == len(spans)
    for span in spans:
        int(span.trace_id, 16), int(span.span_id, 16)


def test_every_resource_is_a_prompt_template_that_renders_to_itself():
    updates = [ResourcesUpdate.model_validate(row) for row in rows("resources.jsonl")]
    assert updates
    for update in updates:
        template = update.resources["prompt_template"]
        assert isinstance(template, PromptTemplate)
        if template.engine == "f-string":
            assert template.format() == template.template
        else:
            jinja2 = pytest.importorskip("jinja2", reason="needs the APO environment: run scripts/setup")
            rendered = jinja2.Environment(keep_trailing_newline=True).from_string(template.template).render()
            assert rendered == template.template


def test_the_prompt_with_braces_and_an_emoji_is_unharmed(store):
    templates = [row["resources"]["prompt_template"]["template"] for row in rows("resources.jsonl")]
    prompt = next(t for t in templates if '{"answer": 1}' in t)
    assert "{x.__class__}" in prompt and "😀" in prompt


def test_a_real_store_holds_what_was_exported_under_the_databases_ids(store):
    rollouts = {r.rollout_id: r for r in asyncio.run(store.query_rollouts())}
    assert list(rollouts) == [row["rollout_id"] for row in rows("rollouts.jsonl")]
    for row in rows("rollouts.jsonl"):
        stored = rollouts[row["rollout_id"]]
        assert (stored.status, stored.start_time) == (row["status"], row["start_time"])
        assert stored.input == row["input"]
        attempt = asyncio.run(store.get_latest_attempt(row["rollout_id"]))
        assert attempt.attempt_id == row["attempt"]["attempt_id"]
    for row in rows("resources.jsonl"):
        update = asyncio.run(store.get_resources_by_id(row["resources_id"]))
        assert update.model_dump()["resources"] == row["resources"]
    assert sum(len(spans_of(store, id)) for id in rollouts) == len(rows("spans.jsonl"))


def test_a_store_still_takes_new_spans_for_an_exported_rollout(store):
    rollout = rows("rollouts.jsonl")[0]["rollout_id"]
    newest = max(s.sequence_id for s in spans_of(store, rollout))
    attempt = asyncio.run(store.get_latest_attempt(rollout))
    assert asyncio.run(store.get_next_span_sequence_id(rollout, attempt.attempt_id)) == newest + 1


def test_an_increment_replaces_what_the_store_has_of_it():
    async def load_twice():
        store = await load_store(FOLDER / "store.jsonl")
        before = await store.statistics()
        await load_store(FOLDER / "store.jsonl", store)
        return before, await store.statistics()

    before, after = asyncio.run(load_twice())
    for what in ("total_rollouts", "total_attempts", "total_spans", "total_resources"):
        assert after[what] == before[what] > 0


def test_messages_are_read_back_through_trace_to_messages(store):
    templates = {
        row["resources_id"]: row["resources"]["prompt_template"]["template"] for row in rows("resources.jsonl")
    }
    for row in rows("rollouts.jsonl"):
        conversations = TraceToMessages().adapt(spans_of(store, row["rollout_id"]))
        assert conversations, row["rollout_id"]
        first = conversations[0]["messages"]
        assert first[0] == {"role": "system", "content": templates[row["resources_id"]]} | extras(first[0])
        assert first[1]["role"] == "user"
        if row["metadata"]["kind"] == "failed":
            assert [m["role"] for m in first] == ["system", "user"]
        else:
            assert first[2]["role"] == "assistant" and first[2]["content"]


def extras(message):
    return {k: v for k, v in message.items() if k not in ("role", "content")}


def test_a_recorded_tool_call_comes_back_as_a_tool_call(store):
    flows = [spans_of(store, r["rollout_id"]) for r in rows("rollouts.jsonl")]
    flow = next(spans for spans in flows if any(s.name == "tool_call" for s in spans))
    calls = [
        call
        for conversation in TraceToMessages().adapt(flow)
        for message in conversation["messages"]
        for call in message.get("tool_calls") or []
    ]
    functions = [(c["function"]["name"], c["function"]["arguments"]) for c in calls]
    assert functions == [("calculate", '{"expression":"2*49"}')]


def test_the_final_reward_is_the_current_human_score(store):
    rewards = {row["rollout_id"]: row for row in rows("rewards.jsonl")}
    assert rewards
    for row in rows("rollouts.jsonl"):
        found = find_final_reward(spans_of(store, row["rollout_id"]))
        if row["rollout_id"] in rewards:
            assert found == rewards[row["rollout_id"]]["reward"] == (rewards[row["rollout_id"]]["score"] - 1) / 9
        else:
            assert found is None


def test_tasks_are_a_dataset_without_an_input_in_two_splits():
    tasks = rows("tasks.jsonl")
    assert {t["split"] for t in tasks} == {"train", "validation", "test"}
    seen = {}
    for task in tasks:
        key = (task["session_id"], " ".join(task["input"].split()).casefold())
        assert seen.setdefault(key, task["split"]) == task["split"]
