"""Fences around everything in APO's letters to critic and editor that agentlightning's templates do not say.

The rule, and what a fence is, come from the Java side (``dev.lightningbridge.model.Fence``), which also takes
the marks off the answers. Here the values that a template is rendered with get the tags.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Protocol

from lightning_bridge.poml_skeleton import Context, Rendered

DIGITS = 16
OWN = {"status", "final_reward"}
"""What the bridge itself says of an experiment."""


class Renderer(Protocol):
    def poml(self, template: Path, context: Context, format: str = ...) -> Rendered: ...


class FencedPoml:
    """Stands for the module ``poml`` inside agentlightning's APO, around another that does.

    rule: what a message with fences begins with; ``{mark}`` stands for the mark.
    """

    def __init__(self, renderer: Renderer, rule: str) -> None:
        self._renderer = renderer
        self._rule = rule

    def set_trace(self, *_: object, **__: object) -> None:
        """APO's tracing of renders is not used."""

    def poml(self, template: Path, context: Context, format: str = "openai_chat") -> Rendered:
        """As poml.poml, with each value of the context in a fence."""
        mark = mark_for(context)
        rendered = self._renderer.poml(template, _fenced(context, mark), format=format)
        rule = self._rule.replace("{mark}", mark)

        def with_rule(content: str) -> str:
            return f"{rule}\n\n{content}" if mark in content else content

        messages = [{**message, "content": with_rule(message["content"])} for message in rendered["messages"]]
        return {**rendered, "messages": messages}


def mark_for(context: Context) -> str:
    """A mark that nothing in the context holds, the same whenever the context is."""
    text = json.dumps(context, ensure_ascii=False, default=str)
    draw = 0
    while True:
        digest = hashlib.sha256(f"{draw}|{text}".encode(errors="replace")).hexdigest()
        mark = f"data-{digest[:DIGITS]}"
        if mark not in text:
            return mark
        draw += 1


def _fenced(context: Context, mark: str) -> Context:
    """The context with its texts between lines with tags, and its lists and objects between tags in a list."""

    def fenced(name: str, value: Any) -> Any:
        if name == "experiments":
            return [{part: fenced(part, of) for part, of in experiment.items()} for experiment in value]
        if name in OWN:
            return value
        if name == "spans":
            return [[f"<{mark}>", span, f"</{mark}>"] for span in value]
        if isinstance(value, list):
            return [f"<{mark}>", *value, f"</{mark}>"]
        return f"<{mark}>\n{value}\n</{mark}>"

    return {name: fenced(name, value) for name, value in context.items()}
