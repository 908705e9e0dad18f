"""Failures are not scores: what agentlightning's trainer does with rollouts that have no reward.

Its own rule counts them as reward 0. Here they are run again, then left out; where too many fail, the training ends.
"""

from __future__ import annotations

from typing import Any

from agentlightning.verl import trainer
from agentlightning.verl.agl_rollout_manager import AglRolloutManager, CompletedRollout

from lightning_bridge.worker import RunFailed

AGAIN = 2
TOLERATED = 0.1
MOST_LOST = 3


class RolloutsFailed(RunFailed):
    """Too many rollouts of a step had no reward."""

    kind = "rollouts"


class RewardedRollouts(AglRolloutManager):
    """Runs rollouts that end without a reward again, and gives those that have one."""

    def enqueue_and_wait_until_completed(self, data: dict[str, Any], *, is_train: bool) -> list[CompletedRollout]:
        completed = super().enqueue_and_wait_until_completed(data, is_train=is_train)
        for _ in range(AGAIN):
            failed = [rollout for rollout in completed if not _rewarded(rollout)]
            if not failed:
                return completed
            again = self._once_more(failed, is_train)
            completed = [again.get(rollout.rollout_id, rollout) for rollout in completed]
        return require_rewards(completed)

    def _once_more(self, failed: list[CompletedRollout], is_train: bool) -> dict[str, CompletedRollout]:
        """One new rollout in each one's place, by the id of the one that failed."""
        each, self._train_rollout_n = self._train_rollout_n, 1
        try:
            inputs = {key: [rollout.input[key] for rollout in failed] for key in failed[0].input}
            again = super().enqueue_and_wait_until_completed(inputs, is_train=is_train)
        finally:
            self._train_rollout_n = each
        by_place = {rollout.sample_idx_in_step: rollout for rollout in again}
        return {
            old.rollout_id: by_place[place].model_copy(
                update={"data_id": old.data_id, "sample_idx_in_step": old.sample_idx_in_step}
            )
            for place, old in enumerate(failed)
        }


def require_rewards(completed: list[CompletedRollout]) -> list[CompletedRollout]:
    """Those that have a reward."""
    rewarded = [rollout for rollout in completed if _rewarded(rollout)]
    failures = len(completed) - len(rewarded)
    if failures > TOLERATED * len(completed):
        why = next(rollout.error_message for rollout in completed if not _rewarded(rollout))
        raise RolloutsFailed(
            f"{failures} of {len(completed)} rollouts have no reward, such as: {why or 'none reported'}"
        )
    if failures:
        print(f"{failures} of {len(completed)} rollouts have no reward and are left out", flush=True)
    return rewarded


def _rewarded(rollout: CompletedRollout) -> bool:
    return rollout.final_reward is not None and bool(rollout.triplets)


class OutputsTooLong(RunFailed):
    """Too many conversations do not fit."""

    kind = "length"


class StepsLost(RunFailed):
    """One step after the other had too few outputs to be taken."""

    kind = "rollouts"


class RewardedTrainer(trainer.AgentLightningRayPPOTrainer):
    """agentlightning's trainer, with rollouts as above. It leaves a step out that has fewer outputs than a batch."""

    _lost = 0

    def _make_rollout_manager(self, manager_cls: type[Any]) -> Any:
        return super()._make_rollout_manager(RewardedRollouts if manager_cls is AglRolloutManager else manager_cls)

    def _rollout(self, gen_batch: Any, is_train: bool) -> Any:
        batch, metrics = super()._rollout(gen_batch, is_train)
        if is_train:
            dropped = int(batch.batch["is_drop_mask"].sum())
            if dropped > TOLERATED * len(batch):
                longest = self.config.agentlightning.trace_aggregator.trajectory_max_prompt_length
                raise OutputsTooLong(
                    f"{dropped} of {len(batch)} prompts are longer than {longest} tokens, half of --max-example-tokens"
                )
        return batch, metrics

    def _train_step(self, timing_raw: dict[str, float], curr_step_profile: bool) -> Any:
        result = super()._train_step(timing_raw, curr_step_profile)
        self._lost = self._lost + 1 if result is None else 0
        if self._lost >= MOST_LOST:
            raise StepsLost(f"{MOST_LOST} steps in a row had too few outputs with a reward to be taken")
        return result
