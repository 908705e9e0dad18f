"""What the trainers share: how an unusable base model, a missing GPU and the packages' versions are told."""

from __future__ import annotations

import importlib.metadata
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lightning_bridge.worker import RunFailed


class GpuMissing(RunFailed):
    """The settings ask for more GPUs than there are."""

    kind = "gpu"


class ModelUnusable(RunFailed):
    """The base model's folder does not load."""

    kind = "model"


class ExamplesTooLong(RunFailed):
    """Nothing to learn is left of the examples once they are cut."""

    kind = "length"


@contextmanager
def opening_model() -> Iterator[None]:
    """Within it, what transformers say of a folder that is none of theirs is a ModelUnusable."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise ModelUnusable(str(error)) from error


def require_chat_template(tokenizer: Any) -> None:
    if tokenizer.chat_template is None:
        raise ModelUnusable("its tokenizer has no chat template: it is a base model, not one for chats")


def versions(*packages: str) -> str:
    """Of the packages and of CPython, for the registry of models."""
    named = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in packages)
    return f"{named}, CPython {platform.python_version()}"
