"""Makes weights that load by themselves of the shards that the trainer's checkpoints are."""

from __future__ import annotations

import shutil
from pathlib import Path

from lightning_bridge.worker import RunFailed


class NothingLearnt(RunFailed):
    """The training ended without a checkpoint."""

    kind = "training"


def last_checkpoint(folder: Path) -> Path:
    """The newest whole one; verl writes which one that is when it is whole."""
    try:
        step = int((folder / "latest_checkpointed_iteration.txt").read_text())
    except FileNotFoundError as error:
        raise NothingLearnt("the training ended without a checkpoint: every step was left out") from error
    return folder / f"global_step_{step}"


def merge(checkpoint: Path, target: Path) -> tuple[Path, Path | None]:
    """Writes the target folder, which appears when it is whole; gives it and the adapter's folder, if there is one."""
    from verl.model_merger.base_model_merger import ModelMergerConfig
    from verl.model_merger.fsdp_model_merger import FSDPModelMerger

    draft = target.with_name(target.name + ".part")
    adapter = target.with_name("adapter")
    for old in (draft, target, adapter):
        shutil.rmtree(old, ignore_errors=True)
    draft.mkdir(parents=True)
    actor = checkpoint / "actor"
    merger = FSDPModelMerger(
        ModelMergerConfig(
            operation="merge",
            backend="fsdp",
            local_dir=str(actor),
            hf_model_config_path=str(actor / "huggingface"),
            target_dir=str(draft),
        )
    )
    merger.merge_and_save()
    merger.cleanup()
    if (draft / "lora_adapter").exists():
        (draft / "lora_adapter").rename(adapter)
        _with_adapter(draft, adapter)
    draft.rename(target)
    return target, adapter if adapter.exists() else None


def _with_adapter(base: Path, adapter: Path) -> None:
    """Merges the adapter into the base's weights, in place."""
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base), adapter)
    model.merge_and_unload().save_pretrained(base)
