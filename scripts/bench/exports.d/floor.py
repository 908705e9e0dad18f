"""The floor of the exports' table: what a plain script with sqlite3 and json makes of the bench's database.

floor.py DATABASE FORMAT OUT writes the same rows as the export, in the same files (same.py compares them). It knows the
regular database of LargeDatabase alone: no half rows, no changed prompts, no older releases, nothing skipped.
"""

import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]

ATTEMPTS = """
SELECT o.id, a.rollout_id, a.input, a.created_at, e.timestamp, e.event_type, b.content AS payload, d.id AS agent,
  coalesce(a.agent_version, d.version) AS version, d.system_prompt, d.parameters, l.id AS lineage_id, l.session_id,
  r.cycle AS rollout_cycle, r.status
FROM (SELECT id FROM attempts UNION SELECT attempt_id FROM training_events WHERE event_type GLOB 'attempt.*') o
LEFT JOIN attempts a ON a.id = o.id
LEFT JOIN (SELECT * FROM training_events WHERE event_type GLOB 'attempt.*') e ON e.attempt_id = o.id
LEFT JOIN payload_blobs b ON b.hash = e.payload_hash
LEFT JOIN rollouts r ON r.id = a.rollout_id
JOIN agent_definitions d ON d.id = coalesce(a.agent_id, e.agent_id)
JOIN lineages l ON l.id = d.lineage_id
"""


def attempts(database: sqlite3.Connection) -> Iterator[Row]:
    """Every attempt with what belongs to it."""
    artifacts = dict(
        database.execute("SELECT json_extract(metadata, '$.attemptId'), id FROM artifacts WHERE metadata IS NOT NULL")
    )
    outputs = "SELECT content, cycle, json_extract(metadata, '$.executionTimeMs') FROM artifacts WHERE id = ?"
    scores = "SELECT score, comment, created_at FROM evaluations WHERE artifact_id = ?"
    events = score_events(database)
    for found in database.execute(ATTEMPTS):
        row = dict(found) | dict.fromkeys(("score", "comment", "scored_at", "duration"))
        payload = json.loads(row["payload"] or "{}")
        row["artifact_id"] = artifacts.get(row["id"])
        if row["artifact_id"] is not None:
            found = database.execute(outputs, (row["artifact_id"],)).fetchone()
            row["output"], row["cycle"], row["duration"] = found
            scored = database.execute(scores, (row["artifact_id"],)).fetchone()
            if scored is not None:
                row["score"], row["comment"], row["scored_at"] = scored
        else:
            row["output"] = payload.get("output")
        yield attempt(row, payload, events)


def attempt(row: Row, payload: Row, events: dict[tuple[str, int], tuple[str, int]]) -> Row:
    """What the formats take from a row and the payload of its end."""
    failed = row["event_type"] == "attempt.failed" or row["status"] == "failed" or not row["output"]
    duration = payload.get("durationMs", row["duration"])
    event, at = events.get((row["artifact_id"], row["score"]), (None, row["scored_at"]))
    started = row["created_at"] if row["created_at"] is not None else row["timestamp"] - (duration or 0)
    shown = row["artifact_id"] is not None or row["created_at"] is not None
    kind = "failed" if failed else "analysis" if not shown else "unscored" if row["score"] is None else "scored"
    return row | {
        "rollout_id": row["rollout_id"] or payload.get("rolloutId") or "rollout-" + row["id"],
        "kind": kind,
        "input": row["input"] or payload["input"],
        "cycle": row["cycle"] if row["artifact_id"] is not None else row["rollout_cycle"] or 0,
        "error": payload.get("error", "the execution left no output") if failed else None,
        "start": started,
        "end": None if duration is None else started + duration,
        "event": event,
        "scored_at": at,
        "parameters": json.loads(row["parameters"]),
    }


def score_events(database: sqlite3.Connection) -> dict[tuple[str, int], tuple[str, int]]:
    """The last event that gave an artifact each of its scores."""
    rows = database.execute(
        "SELECT e.artifact_id, json_extract(b.content, '$.score'), e.id, e.timestamp FROM training_events e"
        " JOIN payload_blobs b ON b.hash = e.payload_hash WHERE e.event_type = 'artifact.scored' ORDER BY e.timestamp"
    )
    return {(artifact, score): (event, at) for artifact, score, event, at in rows}


def events(database: sqlite3.Connection) -> Iterator[tuple[str, Row]]:
    """Rows as the app's own exporter has them."""
    for e in database.execute(
        "SELECT e.*, b.content FROM training_events e LEFT JOIN payload_blobs b ON b.hash = e.payload_hash"
        " ORDER BY e.timestamp, e.rowid"
    ):
        row = {"id": e["id"], "timestamp": e["timestamp"], "eventType": e["event_type"]}
        row |= {"schemaVersion": e["schema_version"], "sessionId": e["session_id"], "lineageId": e["lineage_id"]}
        row |= {"agentId": e["agent_id"], "artifactId": e["artifact_id"], "attemptId": e["attempt_id"]}
        yield "events", row | {
            "payloadHash": e["payload_hash"],
            "tags": json.loads(e["tags"] or "[]"),
            "payload": json.loads(e["content"]),
        }


def resources(database: sqlite3.Connection) -> Iterator[tuple[str, Row]]:
    """One prompt template for each agent version."""
    for d in database.execute("SELECT * FROM agent_definitions"):
        prompt = d["system_prompt"]
        engine = "jinja" if "{" in prompt or "}" in prompt else "f-string"
        template = {"resource_type": "prompt_template", "template": prompt, "engine": engine}
        yield (
            "resources",
            {
                "resources_id": d["id"],
                "create_time": d["created_at"] / 1000,
                "update_time": d["updated_at"] / 1000,
                "version": d["version"],
                "resources": {"prompt_template": template},
            },
        )


def rewards(database: sqlite3.Connection) -> Iterator[tuple[str, Row]]:
    """The current score of each attempt as a reward."""
    for a in attempts(database):
        if a["kind"] == "scored":
            comment = {} if a["comment"] is None else {"comment": a["comment"]}
            row = {"rollout_id": a["rollout_id"], "attempt_id": a["id"], "reward": (a["score"] - 1) / 9}
            yield "rewards", row | {"score": a["score"], "source": "human", "event_id": a["event"]} | comment


def sft(database: sqlite3.Connection) -> Iterator[tuple[str, Row]]:
    """Outputs that people scored 8 or more, each example once."""
    seen = set()
    for a in attempts(database):
        if a["kind"] == "scored" and a["score"] >= 8:
            texts = (a["system_prompt"], a["input"], a["output"])
            if texts not in seen:
                seen.add(texts)
                roles = zip(("system", "user", "assistant"), texts, strict=True)
                yield "sft", {"messages": [{"role": role, "content": text} for role, text in roles]}


def rollouts(database: sqlite3.Connection) -> Iterator[tuple[str, Row]]:
    """Attempted rollouts, and the spans of each."""
    for a in attempts(database):
        yield "rollouts", rollout(a)
        for number, span in enumerate(spans(a), 1):
            yield "spans", span | {"sequence_id": number}


def store(database: sqlite3.Connection) -> Iterator[tuple[str, Row]]:
    """Resources, rollouts and spans in one file."""
    for make in (resources, rollouts):
        for file, row in make(database):
            yield "store", {"kind": file.removesuffix("s") if file != "resources" else file, "value": row}


def rollout(a: Row) -> Row:
    """One rollout with its one attempt."""
    end = None if a["end"] is None else a["end"] / 1000
    shared = {"rollout_id": a["rollout_id"], "start_time": a["start"] / 1000, "end_time": end}
    shared["status"] = "failed" if a["kind"] == "failed" else "succeeded"
    metadata = {"agent_version_id": a["agent"], "agent_version": a["version"], "lineage_id": a["lineage_id"]}
    metadata |= {key: a[key] for key in ("session_id", "cycle", "kind", "artifact_id")}
    own = {"attempt_id": a["id"], "sequence_id": 1, "worker_id": None, "last_heartbeat_time": end}
    return shared | {
        "input": a["input"],
        "mode": None,
        "resources_id": a["agent"],
        "config": {"max_attempts": 1, "retry_condition": []},
        "metadata": metadata,
        "attempt": shared | own,
    }


def spans(a: Row) -> Iterator[Row]:
    """The model call, and the reward where there is one."""
    attributes = {"gen_ai.operation.name": "chat", "gen_ai.request.model": a["parameters"]["model"]}
    attributes["gen_ai.request.temperature"] = a["parameters"]["temperature"]
    attributes["gen_ai.request.max_tokens"] = a["parameters"]["maxTokens"]
    said = [("prompt.0", "system", a["system_prompt"]), ("prompt.1", "user", a["input"])]
    if a["kind"] != "failed":
        said.append(("completion.0", "assistant", a["output"]))
    for place, role, content in said:
        attributes |= {f"gen_ai.{place}.role": role, f"gen_ai.{place}.content": content}
    yield span(a, "chat", "openai.chat.completion", a["error"], attributes, a["start"], a["end"])
    if a["kind"] == "scored":
        given = {"agentlightning.reward.0.name": "primary", "agentlightning.reward.0.value": (a["score"] - 1) / 9}
        given["lightning_bridge.score"] = a["score"]
        if a["comment"] is not None:
            given["lightning_bridge.comment"] = a["comment"]
        yield span(a, "reward", "agentlightning.annotation", None, given, a["scored_at"], a["scored_at"])


def span(a: Row, within: str, name: str, error: str | None, attributes: Row, start: int, end: int | None) -> Row:
    """A span with ids made of the attempt's."""
    trace, own = text_hash(a["id"]), text_hash(a["id"], within)[:16]
    about = {"agentlightning.rollout_id": a["rollout_id"], "agentlightning.attempt_id": a["id"]}
    return {
        "rollout_id": a["rollout_id"],
        "attempt_id": a["id"],
        "trace_id": trace,
        "span_id": own,
        "parent_id": None,
        "name": name,
        "status": {"status_code": "OK" if error is None else "ERROR", "description": error},
        "attributes": attributes,
        "events": [],
        "links": [],
        "start_time": start / 1000,
        "end_time": None if end is None else end / 1000,
        "context": {"trace_id": trace, "span_id": own, "is_remote": False, "trace_state": {}},
        "parent": None,
        "resource": {"attributes": about, "schema_url": ""},
    }


def text_hash(*texts: str) -> str:
    """The first 128 bits of the SHA-256 of the texts, joined by U+001F."""
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:32]


FORMATS = {make.__name__: make for make in (events, rollouts, resources, rewards, store, sft)}


def main(path: str, name: str, out: str) -> None:
    """Writes the files of one format and prints how many rows there are."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    rows = FORMATS[name]
    Path(out).mkdir(parents=True)
    files = {}
    count = 0
    for file, row in rows(database):
        if file not in files:
            files[file] = open(f"{out}/{file}.jsonl", "w", encoding="utf-8")  # noqa: SIM115
        files[file].write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
        count += 1
    for file in files.values():
        file.close()
    print(count)


if __name__ == "__main__":
    main(*sys.argv[1:])
