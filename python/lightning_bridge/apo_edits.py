"""New prompts: Java says whether they may be run, and mends those that lost what must stay."""

from __future__ import annotations

import json
from collections.abc import Callable


def admitted(ask: Callable[[str], str], candidate: str, prompt: str, edit: str, round_number: int) -> str | None:
    """The edit as it may be run; None where it is dropped.

    candidate, prompt: the name and text of what it was made from. Blocks.
    """
    request = {"candidate": candidate, "prompt": prompt, "edit": edit, "round": round_number}
    return json.loads(ask(json.dumps(request))).get("prompt")
