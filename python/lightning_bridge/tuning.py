"""Fine-tuning by TRL: the worker process's Python side of ``optimize --algorithm sft|dpo``.

``run`` is called once in a process by the Java worker. It reads the rows of our own exports, trains by TRL's
SFTTrainer or DPOTrainer, tells every step, keeps checkpoints, and leaves weights that load by themselves.
"""

from __future__ import annotations

import os
import resource
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lightning_bridge.training import ExamplesTooLong, GpuMissing, opening_model, require_chat_template, versions
from lightning_bridge.tuning_files import last_checkpoint, publish, read_rows
from lightning_bridge.tuning_settings import arguments, lora
from lightning_bridge.worker import RunFailed

Report = Callable[[dict[str, Any]], None]


class Cancellation:
    """Asks the parent again and again whether to stop, which also shows that Python lives."""

    def __init__(self, poll: Callable[[], str]) -> None:
        self.requested = False
        self._poll = poll
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="cancellation", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(0.2):
            self.requested = self.requested or bool(self._poll())


def run(
    job: dict[str, Any],
    report: Report,
    ask: Callable[[str], str],
    poll: Callable[[], str],
) -> dict[str, Any]:
    """Trains; the callbacks are those of ``lightning_bridge.worker``, of which ``ask`` is not needed.

    job: ``algorithm`` (sft or dpo), ``model``, ``train`` and ``validation`` (paths; the latter may be null),
    ``workFolder``, ``seed`` and ``settings`` (as in ``tuning_settings.arguments``). Returns ``stop``, and where
    it is ``finished`` ``weights``, ``adapter``, ``metrics`` and ``trainedWith``.
    """
    cancellation = Cancellation(poll)
    try:
        return _train(job, report, cancellation)
    finally:
        cancellation.close()


def _train(job: dict[str, Any], report: Report, cancellation: Cancellation) -> dict[str, Any]:
    started = time.monotonic()
    settings, folder = job["settings"], Path(job["workFolder"])
    if settings["gpus"] == 0:
        os.environ["CUDA_VISIBLE_DEVICES"] = ""
    import torch
    from transformers import PrinterCallback, set_seed, utils

    from lightning_bridge.tuning_progress import Progress, summary

    utils.logging.disable_progress_bar()
    if settings["gpus"] > torch.cuda.device_count():
        raise GpuMissing(f"{settings['gpus']} GPU asked for, PyTorch sees {torch.cuda.device_count()}")
    seed = job["seed"] % 2**32
    set_seed(seed)
    model, tokenizer = _load(job["model"], settings)
    train = read_rows(Path(job["train"]), job["algorithm"])
    validation = read_rows(Path(job["validation"]), job["algorithm"]) if job["validation"] else None
    trainer = _trainer(job, model, tokenizer, train, validation, arguments(job, folder, seed))
    trainer.remove_callback(PrinterCallback)
    trainer.add_callback(Progress(report, cancellation))
    report({"type": "started", "detail": _versions()})
    if not getattr(trainer.args, "packing", False):  # which makes fewer and longer examples
        _tell_what_was_cut_away(len(train), len(trainer.train_dataset), settings["maxTokens"], report)
    if not cancellation.requested:
        trainer.train(resume_from_checkpoint=last_checkpoint(folder / "checkpoints"))
    if cancellation.requested:
        return {"stop": "cancelled"}
    weights, adapter = publish(trainer.model, tokenizer, folder, _stored_type(job["model"]))
    return {
        "stop": "finished",
        "weights": str(weights),
        "adapter": str(adapter) if adapter else None,
        "metrics": {
            **summary(trainer.state.log_history),
            "examples": len(train),
            "seconds": round(time.monotonic() - started, 1),
            "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        },
        "trainedWith": _versions(),
    }


def _tell_what_was_cut_away(given: int, left: int, room: int, report: Report) -> None:
    """TRL drops an example whose prompt alone fills the room: nothing of its answer is left."""
    said = f"the prompts of {given - left} of {given} examples fill the {room} tokens of an example"
    if left == 0:
        raise ExamplesTooLong(said)
    if left < given:
        report({"type": "note", "level": "warning", "text": f"Left out, since {said}."})


def _load(path: str, settings: dict[str, Any]) -> tuple[Any, Any]:
    """Full precision on the CPU and wherever all weights are trained."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    half = settings["gpus"] > 0 and settings["loraRank"] > 0 and torch.cuda.is_bf16_supported()
    with opening_model():
        tokenizer = AutoTokenizer.from_pretrained(path)
        model = AutoModelForCausalLM.from_pretrained(path, dtype=torch.bfloat16 if half else torch.float32)
    require_chat_template(tokenizer)
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    return model, tokenizer


def _trainer(
    job: dict[str, Any], model: Any, tokenizer: Any, train: Any, validation: Any, args: dict[str, Any]
) -> Any:
    from trl import DPOConfig, DPOTrainer, SFTConfig, SFTTrainer

    trainer, config = (SFTTrainer, SFTConfig) if job["algorithm"] == "sft" else (DPOTrainer, DPOConfig)
    try:
        configuration = config(**args)
    except (TypeError, ValueError) as error:
        raise RunFailed(f"TRL refuses the settings: {error}") from error
    return trainer(
        model=model,
        args=configuration,
        train_dataset=train,
        eval_dataset=validation,
        processing_class=tokenizer,
        peft_config=lora(job["settings"]),
    )


def _stored_type(path: str) -> Any:
    """The number format that the base model is kept in."""
    from transformers import AutoConfig

    return AutoConfig.from_pretrained(path).dtype


def _versions() -> str:
    return versions("trl", "peft", "transformers", "torch", "jep")
