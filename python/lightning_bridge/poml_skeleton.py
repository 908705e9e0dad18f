"""A POML template rendered once with known texts, cut at their places, to be filled with others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lightning_bridge import js_json

Context = dict[str, Any]
Rendered = dict[str, Any]

NASTY = (
    "Known PLACE {{ PLACE }} {% raw %} <b>bold</b> </text> <!-- x --> &lt; & #lt; \"quoted\" 'single'\n"
    '\n  indented\t{"answer": 1} {x.__class__} ${y} \\n \\\\ \U0001f600 \u00e9 \u00a0\u00a0 \u3000\n- item PLACE\n'
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
                    "spans": [{"name": nasty(f"span {index}.{span}"), "l": [0.25, 1]} for span in range(self.spans)],
                }
                for index in range(self.experiments)
            ],
        }


@dataclass(frozen=True)
class Skeleton:
    """Per message its role and its text: constant parts (False) and names of places (True)."""

    messages: list[tuple[str, list[tuple[bool, str]]]]

    @staticmethod
    def of(rendered: Rendered, shape: Shape) -> Skeleton:
        """Cuts what poml made of the shape's sample.

        Raises Unfillable where a known text is not verbatim in it, once, though the template names its place.
        """
        known = dict(_pieces(shape.sample()))
        skeleton = Skeleton([(message["role"], _cut(message["content"], known)) for message in rendered["messages"]])
        found = sorted(part for _, cut in skeleton.messages for place, part in cut if place)
        source = shape.template.read_text("utf-8")
        if found != sorted(place for place in known if _source_name(place) in source):
            raise Unfillable("a known text did not come out verbatim")
        return skeleton

    def fill(self, context: Context) -> Rendered:
        texts = dict(_pieces(context))
        return {
            "messages": [
                {"role": role, "content": "".join(texts[part] if place else part for place, part in cut)}
                for role, cut in self.messages
            ]
        }


def _pieces(context: Context) -> Iterator[tuple[str, str]]:
    """The places of a context and what stands in each once it is rendered."""
    for name in ("prompt_template", "critique"):
        if name in context:
            yield name, _text(context[name])
    for index, experiment in enumerate(context.get("experiments", [])):
        yield f"status {index}", _text(experiment["status"])
        yield f"final_reward {index}", _scalar(experiment["final_reward"])
        yield f"messages {index}", _object(experiment["messages"])
        for number, span in enumerate(experiment["spans"]):
            yield f"spans {index} {number}", _object(span)


def _source_name(place: str) -> str:
    """How a template names the place."""
    name, *index = place.split()
    return f"experiment.{name}" if index else f"{{{{ {name} }}}}"


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


def _cut(content: str, known: dict[str, str]) -> list[tuple[bool, str]]:
    found = sorted((content.find(text), place) for place, text in known.items() if text in content)
    cut: list[tuple[bool, str]] = []
    end = 0
    for start, place in found:
        if start < end or content.count(known[place]) != 1:
            raise Unfillable(f"{place} is not where it was expected")
        cut += [(False, content[end:start]), (True, place)]
        end = start + len(known[place])
    return [*cut, (False, content[end:])]
