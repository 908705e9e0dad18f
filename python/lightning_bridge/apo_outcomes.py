"""Outcomes of rollouts: which have failed, how many may, and their form for a critic."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agentlightning.algorithm.apo.apo import RolloutResultForAPO

from lightning_bridge.worker import RunFailed


class RolloutsFailed(RunFailed):
    """More rollouts of an evaluation failed than a comparison can bear.

    candidate: whose evaluation. rollouts: how many there were. failures: those that failed, as Java told of them.
    """

    kind = "rollouts"

    def __init__(self, candidate: str, rollouts: int, failures: Sequence[dict[str, str]]) -> None:
        super().__init__(f"{len(failures)} of {rollouts} rollouts of {candidate} failed")
        self.details = {"candidate": candidate, "rollouts": rollouts, "failures": list(failures)}


@dataclass(frozen=True)
class Tolerance:
    """How many rollouts of an evaluation may fail: this share of them, and always less than a handful; never all."""

    share: float
    handful: int

    def bears(self, failures: int, tasks: int) -> bool:
        return failures == 0 or (failures < tasks and (failures < self.handful or failures <= self.share * tasks))


def steady(results: list[RolloutResultForAPO]) -> list[RolloutResultForAPO]:
    """The results with ids and times of their spans replaced, so that equal rollouts read the same.

    One template shows the spans as they are: a resumed run must ask its critic the same question again,
    and the random ids are noise to a critic.
    """
    return [
        RolloutResultForAPO(
            **{**result, "spans": [_steady_span(index, span) for index, span in enumerate(result["spans"])]}
        )
        for result in results
    ]


def _steady_span(index: int, span: dict[str, Any]) -> dict[str, Any]:
    kept = {"name": span["name"], "sequence_id": index + 1, "status": span["status"]}
    return json.loads(json.dumps({**kept, "attributes": span["attributes"]}, default=str))


def has_failed(outcome: RolloutResultForAPO) -> bool:
    return outcome["status"] != "succeeded" or outcome["final_reward"] is None
