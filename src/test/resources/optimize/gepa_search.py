"""Runs GEPA on a job of the benchmark: scripts/bench/optimizers starts it, one process a search.

The first line on standard input is the job: {"prompt", "train": [[id, input]...], "validation", "seed"}.
Then each line on standard output is a request and the next line on standard input its answer:
{"run": [[prompt, id]...]} gets [{"output", "reward", "feedback"}...], {"ask": text} gets {"text"}, and
{"best": prompt, "score"} ends the search. An answer {"stop": true} says that the budget is used up.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import gepa
from gepa.core.adapter import EvaluationBatch

OUT, sys.stdout = sys.stdout, sys.stderr
Task = tuple[str, str]


class BudgetUsedUp(Exception):
    pass


def call(request: dict[str, Any]) -> Any:
    print(json.dumps(request), file=OUT, flush=True)
    answer = json.loads(sys.stdin.readline())
    if isinstance(answer, dict) and answer.get("stop"):
        raise BudgetUsedUp
    return answer


class Quiet:
    def log(self, *_: Any, **__: Any) -> None:
        pass


class Adapter:
    """The benchmark's tasks, and what GEPA's reflection is shown of them."""

    propose_new_texts = None

    def __init__(self) -> None:
        self.rewards: dict[str, dict[str, float]] = {}

    def evaluate(
        self, batch: list[Task], candidate: dict[str, str], capture_traces: bool = False
    ) -> EvaluationBatch[dict[str, Any], str]:
        prompt = candidate["prompt"]
        results = call({"run": [[prompt, task] for task, _ in batch]})
        known = self.rewards.setdefault(prompt, {})
        for (task, _), result in zip(batch, results, strict=True):
            known[task] = result["reward"]
        traces = [{"input": text, **result} for (_, text), result in zip(batch, results, strict=True)]
        return EvaluationBatch(
            outputs=[result["output"] for result in results],
            scores=[result["reward"] for result in results],
            trajectories=traces if capture_traces else None,
        )

    def make_reflective_dataset(
        self,
        candidate: dict[str, str],
        eval_batch: EvaluationBatch[dict[str, Any], str],
        components_to_update: list[str],
    ) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        shown = [
            {
                "Inputs": trace["input"],
                "Generated Outputs": trace["output"],
                "Feedback": f"Score {trace['reward']:.2f}. {trace['feedback']}".strip(),
            }
            for trace in eval_batch.trajectories or []
        ]
        return dict.fromkeys(components_to_update, shown)

    def best(self, tasks: list[Task]) -> tuple[str, float]:
        """The first prompt with the best mean on the validation tasks, as GEPA chooses it."""
        means = {
            prompt: sum(known[task] for task, _ in tasks) / len(tasks)
            for prompt, known in self.rewards.items()
            if all(task in known for task, _ in tasks)
        }
        prompt = max(means, key=lambda p: means[p])
        return prompt, means[prompt]


def search() -> None:
    job = json.loads(sys.stdin.readline())
    train, validation = ([tuple(task) for task in job[name]] for name in ("train", "validation"))
    adapter = Adapter()
    try:
        gepa.optimize(
            seed_candidate={"prompt": job["prompt"]},
            trainset=train,
            valset=validation,
            adapter=adapter,
            reflection_lm=lambda text: call({"ask": text})["text"],
            cache_evaluation=True,
            stop_callbacks=[lambda state: False],
            logger=Quiet(),
            seed=job["seed"],
        )
    except BudgetUsedUp:
        pass
    prompt, score = adapter.best(validation)
    print(json.dumps({"best": prompt, "score": score}), file=OUT, flush=True)


if __name__ == "__main__":
    search()
