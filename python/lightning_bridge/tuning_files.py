"""What fine-tuning reads and leaves on the disk."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any


def read_rows(path: Path, algorithm: str) -> Any:
    """The export's rows as TRL takes them: the loss is on the answer alone, not on prompt and input."""
    from datasets import Dataset

    with open(path, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    if algorithm == "sft":
        rows = [{"prompt": row["messages"][:-1], "completion": row["messages"][-1:]} for row in rows]
    else:
        rows = [{name: row[name] for name in ("prompt", "chosen", "rejected")} for row in rows]
    return Dataset.from_list(rows)


def last_checkpoint(folder: Path) -> str | None:
    """The newest checkpoint that was written to its end; others, which a killed process left, are removed."""
    whole = []
    for checkpoint in folder.glob("checkpoint-*"):
        if _is_whole(checkpoint):
            whole.append(checkpoint)
        else:
            shutil.rmtree(checkpoint, ignore_errors=True)
    newest = max(whole, key=lambda path: int(path.name.rpartition("-")[2]), default=None)
    return str(newest) if newest else None


def _is_whole(checkpoint: Path) -> bool:
    """The trainer writes its state when weights, optimiser and random numbers are written."""
    try:
        return "global_step" in json.loads((checkpoint / "trainer_state.json").read_text())
    except (OSError, ValueError):
        return False


def publish(model: Any, tokenizer: Any, folder: Path, dtype: Any) -> tuple[Path, Path | None]:
    """Writes weights that load by themselves, and the adapter beside them where one was trained."""
    adapter = None
    if hasattr(model, "merge_and_unload"):
        adapter = folder / "adapter"
        _replace(adapter, lambda part: model.save_pretrained(part))
        model = model.merge_and_unload()
    if dtype is not None:
        model = model.to(dtype)

    def write(part: Path) -> None:
        model.save_pretrained(part)
        tokenizer.save_pretrained(part)

    weights = folder / "model"
    _replace(weights, write)
    return weights, adapter


def _replace(target: Path, write: Any) -> None:
    """The folder appears under its name when all in it is written."""
    part = target.with_name(target.name + ".part")
    for path in (part, target):
        shutil.rmtree(path, ignore_errors=True)
    write(part)
    part.rename(target)
