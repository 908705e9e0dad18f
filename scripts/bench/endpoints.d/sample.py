"""The data that every habit is tried with: tasks, a database with one agent and scored outputs, and prices."""

import json
import pathlib
import sqlite3

WORDS = ("red", "blue", "green", "amber", "pink", "grey", "black", "white")
THEMES = (
    "printer jam on floor {0} {1}",
    "invoice that was paid twice by {0} {1}",
    "login loop after reset for {0} {1}",
    "parcel lost between Lyon and {0} {1}",
    "noise from the fan of server {0} {1}",
)
JUDGED, PLAIN, BRIEF = "judged", "plain", "brief"  # sessions; the agent of BRIEF may say 16 tokens
BASELINE = "You answer tickets of the support desk."
UNKNOWN = "unknown"
RIGHT, WRONG = 9, 2
ROLES = ("worker", "critic", "editor", "judge")


def code(number):
    return f"{WORDS[number % len(WORDS)]}{number}"


def ticket(number):
    theme = THEMES[number % len(THEMES)].format(WORDS[number * 3 % len(WORDS)], number * 37)
    return f"Ticket {number}: {theme}; code={code(number)} n={number}"


def write_tasks(path, before=""):
    tasks = [{"id": f"t{n}", "input": before + ticket(n), "expected": code(n)} for n in range(40)]
    path.write_text("".join(json.dumps(task) + "\n" for task in tasks))


def write_prices(path):
    price = {"input": 1, "output": 10}
    path.write_text(json.dumps({"usd_per_million_tokens": {f"m-{role}": price for role in ROLES}}))


def usd(prompt_tokens, completion_tokens):
    return prompt_tokens * 1e-6 + completion_tokens * 1e-5


def write_database(path, schema: pathlib.Path):
    """Three sessions; JUDGED has 48 outputs, scored as the fake's judge scores them."""
    rows = sqlite3.connect(path)
    rows.executescript(schema.read_text())
    rows.execute("INSERT OR IGNORE INTO schema_version VALUES (9)")
    for session in (JUDGED, PLAIN, BRIEF):
        limit = 16 if session == BRIEF else 2048
        insert(rows, "sessions", id=session, name=session, need="Answer tickets", created_at=1, updated_at=1)
        insert(rows, "lineages", id=session + "-A", session_id=session, label="A", created_at=1)
        insert(
            rows,
            "agent_definitions",
            id=session + "-agent",
            lineage_id=session + "-A",
            version=1,
            name="Desk",
            system_prompt=BASELINE,
            tools="[]",
            flow="[]",
            memory_config="{}",
            created_at=1,
            updated_at=1,
            parameters=json.dumps({"model": "m-worker", "temperature": 0.3, "maxTokens": limit, "topP": 0.95}),
        )
    for number in range(100, 148):
        output, score = (code(number), RIGHT) if number % 2 else (UNKNOWN, WRONG)
        metadata = json.dumps({"agentId": JUDGED + "-agent", "inputUsed": ticket(number)})
        insert(
            rows,
            "artifacts",
            id=f"output-{number}",
            lineage_id=JUDGED + "-A",
            cycle=number,
            content=output,
            agent_version=1,
            input=ticket(number),
            metadata=metadata,
            created_at=number,
        )
        insert(
            rows, "evaluations", id=f"score-{number}", artifact_id=f"output-{number}", score=score, created_at=number
        )
    rows.commit()
    rows.close()


def insert(rows, table, **values):
    marks = ", ".join("?" * len(values))
    rows.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))
