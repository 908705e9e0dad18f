"""The floor of the import's table: a plain script with csv and sqlite3. floor.py ROOT FILE PROMPT DATABASE

It makes the rows that Training Camp makes of each scored output, in the same tables with the same indexes. It looks
for nothing that could be wrong, twice, or there already, and its hashes are crc32: the app's, in Python's own loop over
characters, would take most of the time.
"""

import csv
import hashlib
import json
import sqlite3
import sys
import uuid
import zlib
from pathlib import Path
from typing import Any

NOW = 1_795_000_000_000
SESSION, LINEAGE, AGENT = "session", "lineage", "agent"


def made_id(*parts: str) -> str:
    """An id that is made of what a row says."""
    return str(uuid.UUID(bytes=hashlib.sha256("\0".join(parts).encode()).digest()[:16], version=4))


class Writer:
    """Inserts, and events with their payloads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.execute = connection.execute

    def insert(self, table: str, **values: Any) -> None:
        """A row."""
        names, places = ", ".join(values), ", ".join("?" * len(values))
        self.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(values.values()))

    def event(self, kind: str, of: str, payload: dict[str, Any], tags: list[str], **refs: str) -> None:
        """An event and its payload."""
        content = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
        digest = f"djb2-{len(content):x}-{zlib.crc32(content.encode()):08x}"
        stored = self.execute("SELECT content FROM payload_blobs WHERE hash = ?", (digest,)).fetchone()
        if stored is None:
            self.insert("payload_blobs", hash=digest, content=content, created_at=NOW)
        elif stored[0] != content:
            self.event(kind, of, {**payload, "variant": payload.get("variant", 0) + 1}, tags, **refs)
            return
        self.insert(
            "training_events",
            id=made_id("event", kind, of),
            timestamp=NOW,
            event_type=kind,
            schema_version=1,
            **refs,
            payload_hash=digest,
            tags=json.dumps(tags),
            created_at=NOW,
        )

    def audit(self, kind: str, entity: str, of: str, data: dict[str, Any]) -> None:
        """A line of the audit log."""
        self.insert(
            "audit_log",
            id=made_id("audit", kind, of),
            event_type=kind,
            entity_type=entity,
            entity_id=of,
            data=json.dumps(data),
            created_at=NOW,
        )


def agent(writer: Writer, prompt: str) -> None:
    """The session with its one agent."""
    writer.insert(
        "sessions", id=SESSION, name="rows", need="Imported: rows", initial_agent_count=1, trainer_messages="[]",
        created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    writer.audit("session_created", "session", SESSION, {"name": "rows"})
    writer.insert("lineages", id=LINEAGE, session_id=SESSION, label="A", created_at=NOW)
    writer.insert(
        "agent_definitions", id=AGENT, lineage_id=LINEAGE, version=1, name="rows Agent", description="", tools="[]",
        system_prompt=prompt, flow="[]", memory_config="{}", parameters="{}", created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    writer.event("agent.created", AGENT, {"agentId": AGENT, "systemPrompt": prompt}, [], agent_id=AGENT)
    writer.audit("agent_created", "agent", AGENT, {"lineageId": LINEAGE, "version": 1})


def attempt(writer: Writer, cycle: int, row: dict[str, str]) -> None:
    """A scored output, as the app writes one."""
    text, output, score, comment = row["input"], row["output"], int(row["score"]), row["comment"]
    attempt_id = made_id("attempt", text, output)
    rollout_id, artifact_id = made_id("rollout", attempt_id), made_id("artifact", attempt_id)
    snapshot = {"agentId": AGENT, "version": 1, "systemPromptHash": "0", "toolsHash": "0", "flowHash": "0"}
    writer.insert("rollouts", id=rollout_id, lineage_id=LINEAGE, cycle=cycle, status="completed", created_at=NOW)
    writer.insert(
        "attempts", id=attempt_id, rollout_id=rollout_id, attempt_number=1, status="running", agent_id=AGENT,
        agent_version=1, system_prompt_hash="0", tools_hash="0", flow_hash="0", input=text, model_id="unknown",
        created_at=NOW,
    )  # fmt: skip
    writer.event(
        "attempt.completed",
        attempt_id,
        {
            "attemptId": attempt_id, "rolloutId": rollout_id, "attemptNumber": 1, "agentSnapshot": snapshot,
            "input": text, "output": output, "modelId": "unknown", "parameters": {}, "durationMs": 0, "spanCount": 1,
            "toolsUsed": [], "spanSummary": [{"type": "llm_call", "durationMs": 0, "hasError": False}],
        },
        ["execution:completed", "category:execution", "has:tools"],
        agent_id=AGENT,
        attempt_id=attempt_id,
    )  # fmt: skip
    metadata = {
        "agentId": AGENT, "agentVersion": 1, "executionSuccess": True, "executionTimeMs": 0, "inputUsed": text,
        "rolloutId": rollout_id, "attemptId": attempt_id, "stepsExecuted": 1, "spanCount": 1,
        "imported": {"score": row["score"], "scale": "1..10"},
    }  # fmt: skip
    writer.insert(
        "artifacts", id=artifact_id, lineage_id=LINEAGE, cycle=cycle, content=output, metadata=json.dumps(metadata),
        created_at=NOW,
    )  # fmt: skip
    evaluation = made_id("evaluation", artifact_id)
    writer.insert(
        "evaluations", id=evaluation, artifact_id=artifact_id, score=score, comment=comment or None, created_at=NOW
    )
    writer.audit("evaluation_created", "evaluation", evaluation, {"artifactId": artifact_id, "score": score})
    writer.event(
        "artifact.scored",
        artifact_id,
        {
            "artifactId": artifact_id, "lineageId": LINEAGE, "cycle": cycle, "content": output, "score": score,
            "comment": comment, "metadata": metadata,
        },
        ["evaluation:scored", "category:evaluation", "score:high"],
        session_id=SESSION,
        lineage_id=LINEAGE,
        artifact_id=artifact_id,
    )  # fmt: skip


def main() -> None:
    """Makes the database in one transaction."""
    root, file, prompt, database = (Path(argument) for argument in sys.argv[1:])
    connection = sqlite3.connect(database, isolation_level=None)
    connection.executescript((root / "src/main/resources/camp/schema-v9.sql").read_text(encoding="utf-8"))
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("BEGIN")
    writer = Writer(connection)
    agent(writer, prompt.read_text(encoding="utf-8"))
    with file.open(newline="", encoding="utf-8") as lines:
        for cycle, row in enumerate(csv.DictReader(lines), 1):
            attempt(writer, cycle, row)
    connection.execute("COMMIT")
    connection.close()


main()
