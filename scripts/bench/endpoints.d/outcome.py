"""What a run left behind, read from its words and from its bridge.db."""

import base64
import dataclasses
import json
import sqlite3


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a run left behind: its exit status, its words, its result and its books."""

    status: int
    seconds: float
    text: str
    result: dict
    rollouts: tuple
    prompts: dict
    tokens: int
    log: tuple
    leaks: tuple

    @property
    def verdict(self):
        if "trusted" in self.result:
            return f"kappa {_kappa(self.result)}"
        return self.result.get("verdict", "")

    @property
    def means(self):
        test = self.result.get("test") or {}
        return test.get("baselineMean"), test.get("winnerMean")

    @property
    def winner(self):
        return self.result.get("prompt") or ""

    @property
    def turned_down(self):
        return sum(1 for entry in self.log if entry.status >= 400)

    def in_words(self):
        if self.status < 0 or self.status >= 124:
            return "did not end in time"
        if not self.verdict:
            return " ".join(self.result.get("error", {}).get("what", self.text[-160:]).split())
        means = "" if None in self.means else " {:.3f} → {:.3f}".format(*self.means)
        return self.verdict + means


def _kappa(result):
    kappa = (result.get("report", {}).get("judge") or {}).get("kappa") or {}
    return "none" if kappa.get("value") is None else f"{kappa['value']:.2f}"


def read(habit, status, seconds, folder, log):
    stdout, stderr = ((folder / name).read_text(errors="replace") for name in ("stdout", "stderr"))
    try:
        result = json.loads(stdout)
    except ValueError:
        result = {}
    rollouts, prompts, tokens = _books(folder / "home" / "bridge.db")
    leaks = _leaks(habit, folder) if habit.key_is_secret and habit.key else ()
    return Outcome(status, seconds, stdout + stderr, result, rollouts, prompts, tokens, log, leaks)


def _books(path):
    """Rollouts as (candidate, task, reward), the candidates' prompts, and the tokens booked."""
    if not path.exists():
        return (), {}, 0
    rows = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        finished = rows.execute("SELECT body_json FROM events WHERE type = 'rollout_finished'")
        rollouts = tuple((e["candidate"], e["taskId"], e["reward"]) for e in (json.loads(body) for (body,) in finished))
        prompts = dict(rows.execute("SELECT name, prompt FROM candidates"))
        (tokens,) = rows.execute("SELECT coalesce(sum(prompt_tokens + completion_tokens), 0) FROM calls").fetchone()
        return rollouts, prompts, tokens
    except sqlite3.OperationalError:
        return (), {}, 0
    finally:
        rows.close()


def _leaks(habit, folder):
    """The files in which the key stands, plainly or in Base64."""
    signs = [habit.key.encode(), base64.b64encode(habit.key.encode()).rstrip(b"=")]
    return tuple(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(sign in path.read_bytes() for sign in signs)
    )
