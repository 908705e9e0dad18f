"""Outcomes of rollouts: which have failed, how many may, and their form for a critic."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from agentlightning.algorithm.apo.apo import RolloutResultForAPO

from lightning_bridge.worker import RunFailed


class RolloutsFailed(RunFailed):
    """More rollouts of an evaluation failed than a comparison can bear."""

    kind = "rollouts"


@dataclass(frozen=True)
class Tolerance:
    """How many rollouts of an evaluation may fail: this share of them, but always one."""

    share: float = 0.1

    def bears(self, failures: int, tasks: int) -> bool:
        return failures < tasks and failures <= max(1, int(self.share * tasks))


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
