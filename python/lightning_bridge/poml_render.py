"""Renders APO's POML templates without starting a node process for each.

``poml.poml`` takes over a second. A template is rendered once by it with known texts in its places, which gives
a skeleton; from then on the places are filled here, in less than a millisecond. Filling is only trusted
where it was seen to be right: the known texts hold all that could be taken for markup or template language and must
come out verbatim, and the first real use of each template is rendered by poml too and compared. Every other
template, shape or value goes to poml itself.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lightning_bridge import js_json

Context = dict[str, Any]
Rendered = dict[str, Any]
RealPoml = Callable[..., Rendered]

NASTY = (
    "Known PLACE {{ PLACE }} {% raw %} <b>bold</b> </text> <!-- x --> &lt; & \"quoted\" 'single' \\n \\\\ \u00a0\u00a0\n"
    '\n  indented\t{"answer": 1} {x.__class__} ${y} #lt; \U0001f600 \u00e9 \u3000\n- item PLACE\n'
)
"""Text with everything that a template could stumble over; unique for each PLACE."""


class Unfillable(Exception):
    """The real poml must render this."""


@dataclass(frozen=True)
class Shape:
    """What a skeleton is good for: a template with so many experiments of so many spans."""

    template: Path
    experiments: int
    spans: int

    @staticmethod
    def of(template: Path, context: Context) -> Shape:
        experiments = context.get("experiments", [])
        spans = {len(experiment["spans"]) for experiment in experiments} or {0}
        if len(spans) != 1:
            raise Unfillable("experiments of different shapes")
        return Shape(template, len(experiments), spans.pop())

    def sample(self) -> Context:
        """A context of this shape with a known text in each place."""

        def nasty(place: str) -> str:
            return NASTY.replace("PLACE", place)

        if not self.experiments:
            return {"prompt_template": nasty("prompt"), "critique": nasty("critique")}
        return {
            "prompt_template": nasty("prompt"),
            "experiments": [
                {
                    "status": f"known-status-{index}",
                    "final_reward": f"known-reward-{index}",
                    "messages": [{"content": nasty(f"messages {index}"), "n": None, "b": True}],
                    "spans": [
                        {"name": nasty(f"span {index}.{span}"), "l": [0.25, 1]}
                        for span in range(self.spans)
                    ],
                }
                for index in range(self.experiments)
            ],
        }


def pieces(context: Context) -> Iterator[tuple[str, str]]:
    """The places of a context and what stands in each once it is rendered."""
    for name in ("prompt_template", "critique"):
        if name in context:
            yield name, _text(context[name])
    for index, experiment in enumerate(context.get("experiments", [])):
        yield f"{index}.status", _text(experiment["status"])
        yield f"{index}.reward", _scalar(experiment["final_reward"])
        yield f"{index}.messages", _object(experiment["messages"])
        for number, span in enumerate(experiment["spans"]):
            yield f"{index}.span.{number}", _object(span)


def _text(value: Any) -> str:
    # POML leaves out the paragraph of a blank text.
    if not isinstance(value, str) or not value.strip():
        raise Unfillable("blank or no text")
    js_json.stringify(value)
    return value


def _object(value: Any) -> str:
    # Outside of texts marked as preformatted, POML writes one space for several.
    return re.sub(" +", " ", js_json.stringify(value))


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if value is None:
        raise Unfillable("no value")
    return js_json.stringify(value)


class Skeleton:
    """A rendered template cut at its places."""

    def __init__(self, rendered: Rendered, sample: Context) -> None:
        """Raises Unfillable where a known text did not come out verbatim."""
        known = dict(pieces(sample))
        self._roles = [message["role"] for message in rendered["messages"]]
        self._cuts = [_cut(message["content"], known) for message in rendered["messages"]]

    def fill(self, context: Context) -> Rendered:
        texts = dict(pieces(context))
        contents = ["".join(texts[part] if place else part for place, part in cut) for cut in self._cuts]
        return {
            "messages": [
                {"role": role, "content": content}
                for role, content in zip(self._roles, contents, strict=True)
            ]
        }


def _cut(content: str, known: dict[str, str]) -> list[tuple[bool, str]]:
    """The content as alternating constant parts (False) and names of places (True)."""
    found = sorted((content.find(text), place) for place, text in known.items() if text in content)
    cut: list[tuple[bool, str]] = []
    end = 0
    for start, place in found:
        if start < end or content.count(known[place]) != 1:
            raise Unfillable(f"{place} is not where it was expected")
        cut += [(False, content[end:start]), (True, place)]
        end = start + len(known[place])
    cut.append((False, content[end:]))
    if any("Known " in part or "known-" in part for place, part in cut if not place):
        raise Unfillable("a known text did not come out verbatim")
    return cut


class FastPoml:
    """Stands for the module ``poml`` inside agentlightning's APO."""

    def __init__(self, real: RealPoml, note: Callable[[str], None] = lambda _: None) -> None:
        self._real = real
        self._note = note
        self._lock = threading.Lock()
        self._skeletons: dict[Shape, Future[Skeleton]] = {}
        self._proven: set[Path] = set()
        self._workers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="poml")

    def prepare(self, shapes: Sequence[Shape]) -> None:
        """Makes the skeletons of these shapes in the background."""
        for shape in shapes:
            self._skeletons[shape] = self._workers.submit(self._skeleton_of, shape)

    def close(self) -> None:
        self._workers.shutdown(wait=False, cancel_futures=True)

    def set_trace(self, *_: Any, **__: Any) -> None:
        """APO's tracing of renders is not used."""

    def poml(self, template: Path, context: Context, format: str = "openai_chat") -> Rendered:
        """As poml.poml, for a template file and a context of APO's."""
        try:
            filled = self._fill(template, context)
        except (Unfillable, ValueError, KeyError):
            return self._real(template, context=context, format=format)
        with self._lock:
            if template in self._proven:
                return filled
        rendered = self._real(template, context=context, format=format)
        with self._lock:
            if rendered == filled:
                self._proven.add(template)
            else:
                self._note(f"{template.name} is rendered by POML itself: filling it gave another text")
                self._skeletons = {s: f for s, f in self._skeletons.items() if s.template != template}
        return rendered

    def _fill(self, template: Path, context: Context) -> Rendered:
        skeleton = self._skeletons.get(Shape.of(template, context))
        if skeleton is None:
            raise Unfillable("a shape that was not prepared")
        return skeleton.result().fill(context)

    def _skeleton_of(self, shape: Shape) -> Skeleton:
        sample = shape.sample()
        return Skeleton(self._real(shape.template, context=sample, format="openai_chat"), sample)
