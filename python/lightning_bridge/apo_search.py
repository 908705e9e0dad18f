"""agentlightning's APO, observed: the search is theirs, the reports, the counting of failures and the stop are ours."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from typing import Any

import openai
from agentlightning.algorithm.apo.apo import APO, RolloutResultForAPO, VersionedPromptTemplate
from agentlightning.types import Dataset, RolloutMode

from lightning_bridge.apo_outcomes import RolloutsFailed, Tolerance, has_failed, steady
from lightning_bridge.apo_standings import Report, Standings
from lightning_bridge.endpoint_errors import ModelCalls
from lightning_bridge.human_notes import Note, experiments
from lightning_bridge.stop import RunStopped, Stop

Task = dict[str, Any]


class ObservedApo(APO[Task]):
    """Overrides public methods only, each around the original. Reports what happens as it happens."""

    def __init__(
        self,
        client: openai.AsyncOpenAI,
        *,
        report: Report,
        stop: Stop,
        poll: Callable[[], str],
        why_failed: Callable[[str, str], dict[str, str]],
        on_end: Callable[[], None],
        tolerance: Tolerance,
        human_notes: Sequence[Note],
        admitted: Callable[[str, str, str, int], str | None],
        **settings: Any,
    ) -> None:
        super().__init__(client, rollout_batch_timeout=float("inf"), **settings)
        self._report = report
        self._stop = stop
        self._poll = poll
        self._why_failed = why_failed
        self._on_end = on_end
        self._admitted = admitted
        self._tolerance = tolerance
        self._notes = experiments(human_notes)
        # The original's critic, with room for every note beside the rollouts that it samples.
        room = settings["gradient_batch_size"] + len(self._notes)
        self._critic: APO[Task] = APO(client, **{**settings, "gradient_batch_size": room})
        self._calls = ModelCalls(stop, tolerated=max(3, self.beam_width * self.branch_factor))
        self._validation: Dataset[Task] | None = None
        self._made = 0
        self._critique: str | None = None
        self.standings = Standings(self.beam_width, self.beam_rounds, report)
        self.ended = False

    async def run(
        self,
        train_dataset: Dataset[Task] | None = None,
        val_dataset: Dataset[Task] | None = None,
    ) -> None:
        """Searches until the last round, or until a stop is asked for."""
        self._validation = val_dataset
        try:
            watched = self._stop.watch(self._poll)
            await _beside(watched, super().run(train_dataset=train_dataset, val_dataset=val_dataset))
        except RunStopped:
            pass
        finally:
            self._on_end()
            await self.async_openai_client.close()
        self.ended = True

    async def evaluate_prompt_on_batch(
        self,
        prompt: VersionedPromptTemplate,
        resource_name: str,
        dataset: Sequence[Task],
        mode: RolloutMode,
        *,
        prefix: str | None = None,
    ) -> tuple[list[RolloutResultForAPO], float]:
        """The original's results and mean, over the rollouts that have a reward."""
        by_task = await self._outcomes(prompt, resource_name, dataset, mode, prefix)
        failed = [task for task, outcome in zip(dataset, by_task, strict=True) if has_failed(outcome)]
        if failed:  # perhaps only for a moment
            again = iter(await self._outcomes(prompt, resource_name, failed, mode, prefix))
            by_task = [next(again) if has_failed(outcome) else outcome for outcome in by_task]
        results = [outcome for outcome in by_task if not has_failed(outcome)]
        failures = len(by_task) - len(results)
        if not self._tolerance.bears(failures, len(by_task)):
            failed = [task for task, outcome in zip(dataset, by_task, strict=True) if has_failed(outcome)]
            why = [self._why_failed(prompt.version, task["id"]) for task in failed]
            raise RolloutsFailed(prompt.version, len(by_task), why)
        mean = sum(outcome["final_reward"] or 0.0 for outcome in results) / len(results)
        self._report(
            {
                "type": "evaluated",
                "candidate": prompt.version,
                "round": _round(prefix),
                "purpose": "train" if mode == "train" else "validation",
                "tasks": len(results),
                "failures": failures,
                "mean": mean,
            }
        )
        if mode == "val":
            self.standings.take(prompt.version, mean, _round(prefix), full=dataset is self._validation)
        return results, mean

    async def compute_textual_gradient(
        self,
        current_prompt: VersionedPromptTemplate,
        rollout_results: list[RolloutResultForAPO],
        *,
        prefix: str | None = None,
    ) -> str | None:
        """The original's critique, of people's notes and of rollouts without what differs from run to run."""
        shown = [*steady(rollout_results), *self._notes]
        work = self._critic.compute_textual_gradient(current_prompt, shown, prefix=prefix)
        critique = await self._stop.unless_requested(work)
        if critique:
            self._report(
                {
                    "type": "critiqued",
                    "candidate": current_prompt.version,
                    "round": _round(prefix),
                    "critique": critique,
                }
            )
        self._critique = critique
        return critique

    async def textual_gradient_and_apply_edit(
        self,
        current_prompt: VersionedPromptTemplate,
        rollout: list[RolloutResultForAPO],
        *,
        prefix: str | None = None,
    ) -> str | None:
        """The original's edit, mended where it lost what must stay.

        None, which drops the branch, where critic or editor gave nothing, or the edit may not be run.
        """
        self._critique = None
        work = super().textual_gradient_and_apply_edit(current_prompt, rollout, prefix=prefix)
        try:
            edited = await self._stop.unless_requested(work)
        except openai.OpenAIError as error:
            self._report(_note("warning", self._calls.failed(error)))
            return None
        self._calls.succeeded()
        if not self._critique or not edited:
            which = "editor" if self._critique else "critic"
            self._report(_note("warning", f"the {which} gave no text for {current_prompt.version}"))
            return None
        edited = await asyncio.to_thread(
            self._admitted, current_prompt.version, current_prompt.prompt_template.template, edited, _round(prefix)
        )
        if edited is None:
            return None
        self._made += 1
        self._report(
            {
                "type": "candidate",
                "candidate": f"v{self._made}",
                "parent": current_prompt.version,
                "round": _round(prefix),
                "prompt": edited,
                "critique": self._critique,
            }
        )
        return edited

    async def _outcomes(
        self,
        prompt: VersionedPromptTemplate,
        resource_name: str,
        tasks: Sequence[Task],
        mode: RolloutMode,
        prefix: str | None,
    ) -> list[RolloutResultForAPO]:
        work = super().evaluate_prompt_on_batch(prompt, resource_name, tasks, mode, prefix=prefix)
        outcomes, _ = await self._stop.unless_requested(work)
        return outcomes


def _round(prefix: str | None) -> int:
    """The round that the algorithm names in its log prefix; 0 before the first."""
    found = re.search(r"Round (\d+)", prefix or "")
    return int(found[1]) if found else 0


def _note(level: str, text: str) -> dict[str, Any]:
    return {"type": "note", "level": level, "text": text}


async def _beside(companion: Any, work: Any) -> None:
    """Does the work with the companion running until it ends."""
    task = asyncio.ensure_future(companion)
    try:
        await work
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
