"""Who leads a search, by the algorithm's own rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Report = Callable[[dict[str, Any]], None]


class Standings:
    """Follows the validation means, and reports a new best and the end of a round as they become known.

    In a round each candidate is scored on the same batch, and the first of the ranking on all the tasks. That
    leader becomes the best where its mean is above the best's; the seed prompt is the first best.
    """

    def __init__(self, beam_width: int, rounds: int, report: Report) -> None:
        self._beam_width = beam_width
        self._rounds = rounds
        self._report = report
        self._scores: list[tuple[str, float]] = []
        self.best_version: str | None = None
        self.best_score: float | None = None

    def take(self, version: str, mean: float, round_number: int, full: bool) -> None:
        """Takes a candidate's mean; full: on all the tasks."""
        if not full:
            self._scores.append((version, mean))
            return
        if self.best_score is None or mean > self.best_score:
            self.best_version, self.best_score = version, mean
            self._report({"type": "best", "candidate": version, "round": round_number, "score": mean})
        if round_number:
            ranked = sorted(self._scores, key=lambda scored: scored[1], reverse=True)
            beam = [name for name, _ in ranked[: self._beam_width]]
            self._report({"type": "round", "round": round_number, "rounds": self._rounds, "beam": beam})
            self._scores = []
