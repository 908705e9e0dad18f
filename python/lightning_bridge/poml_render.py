"""Renders APO's POML templates without starting a node process for each.

``poml.poml`` takes over a second. Here a template is rendered by it once with known texts, which gives a skeleton
that is filled in less than a millisecond and kept in a file for the next run. Filling is only trusted where it was
seen to be right: the known texts hold all that could be taken for markup or template language and must come out
verbatim, and in each run the first use of each template is rendered by poml too, in the background, and compared.
Every other shape or value goes to poml itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from lightning_bridge.poml_skeleton import NASTY, Context, Rendered, Shape, Skeleton, Unfillable

RealPoml = Callable[..., Rendered]


class SkeletonFiles:
    """Skeletons kept in a folder, by poml's version, the template's text and the shape."""

    def __init__(self, folder: Path, version: str) -> None:
        self._folder = folder
        self._version = version

    def read(self, shape: Shape) -> Skeleton | None:
        try:
            messages = json.loads(self._file(shape).read_text("utf-8"))
            return Skeleton([(role, [(place, part) for place, part in cut]) for role, cut in messages])
        except (OSError, ValueError, TypeError):
            return None

    def write(self, shape: Shape, skeleton: Skeleton) -> None:
        with suppress(OSError):  # without the file the next run takes a little longer
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=self._folder, suffix=".part")
            with open(handle, "w", encoding="utf-8") as file:
                json.dump(skeleton.messages, file)
            os.replace(draft, self._file(shape))

    def remove(self, shape: Shape) -> None:
        self._file(shape).unlink(missing_ok=True)

    def _file(self, shape: Shape) -> Path:
        parts = [self._version, NASTY, shape.template.read_text("utf-8"), shape.experiments, shape.spans]
        return self._folder / (hashlib.sha256(json.dumps(parts).encode()).hexdigest() + ".json")


class FastPoml:
    """Stands for the module ``poml`` inside agentlightning's APO."""

    def __init__(
        self,
        real: RealPoml,
        files: SkeletonFiles,
        note: Callable[[str], None] = lambda _: None,
        workers: int = 2,
    ) -> None:
        self._real = real
        self._files = files
        self._note = note
        self._lock = threading.Lock()
        self._skeletons: dict[Shape, Future[Skeleton]] = {}
        self._checks: dict[Path, Future[None]] = {}
        self._workers = ThreadPoolExecutor(workers, thread_name_prefix="poml")

    def prepare(self, shapes: Sequence[Shape]) -> None:
        """Makes the skeletons of these shapes in the background, where they are not kept in files."""
        for shape in shapes:
            kept = self._files.read(shape)
            if kept:
                self._skeletons[shape] = Future()
                self._skeletons[shape].set_result(kept)
            else:
                self._skeletons[shape] = self._workers.submit(self._make, shape)

    def close(self) -> None:
        self._workers.shutdown(wait=False, cancel_futures=True)

    def checked(self) -> None:
        """Waits for the checks that are under way."""
        for check in list(self._checks.values()):
            check.result()

    def set_trace(self, *_: object, **__: object) -> None:
        """APO's tracing of renders is not used."""

    def poml(self, template: Path, context: Context, format: str = "openai_chat") -> Rendered:
        """As poml.poml, for a template file and a context of APO's."""
        try:
            filled = self._fill(template, context)
        except (Unfillable, ValueError, KeyError):
            return self._real(template, context=context, format=format)
        with self._lock:
            if template not in self._checks:
                self._checks[template] = self._workers.submit(self._check, template, context, filled)
        return filled

    def _fill(self, template: Path, context: Context) -> Rendered:
        with self._lock:
            skeleton = self._skeletons.get(Shape.of(template, context))
        if skeleton is None:
            raise Unfillable("a shape that was not prepared")
        return skeleton.result().fill(context)

    def _make(self, shape: Shape) -> Skeleton:
        try:
            rendered = self._real(shape.template, context=shape.sample(), format="openai_chat")
        except Exception as error:  # the render of real values will say what is wrong
            raise Unfillable("poml failed") from error
        skeleton = Skeleton.of(rendered, shape)
        self._files.write(shape, skeleton)
        return skeleton

    def _check(self, template: Path, context: Context, filled: Rendered) -> None:
        if self._real(template, context=context, format="openai_chat") == filled:
            return
        with self._lock:
            for shape in [shape for shape in self._skeletons if shape.template == template]:
                del self._skeletons[shape]
                self._files.remove(shape)
        self._note(f"{template.name} is from here on rendered by POML: filling it gave another text")
