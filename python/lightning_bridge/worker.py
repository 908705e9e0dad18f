"""Where the Java worker enters: calls one run and turns every way in which Python can end into a result."""

from __future__ import annotations

import importlib
import json
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import Any


class RunFailed(Exception):
    """A failure that people can do something about; its kind chooses what they are told."""

    kind = "python"
    details: Mapping[str, Any] = {}
    """What else Java is told, beside the message."""


def call(
    entry: str,
    job: str,
    report: Callable[[str], None],
    ask: Callable[[str], str],
    poll: Callable[[], str],
) -> str:
    """Calls ``module:function`` with the job and the callbacks, which talk JSON.

    report: takes an event. ask: runs a rollout and gives its outcome; blocks. poll: gives the reason to
    stop, or "". Returns the result as JSON; a failure is ``{"failed": kind, "message", "traceback"}``.
    """
    try:
        module, _, function = entry.partition(":")
        run = getattr(importlib.import_module(module), function)
        return json.dumps(run(json.loads(job), lambda event: report(json.dumps(event)), ask, poll))
    except BaseException as error:  # SystemExit too: from here it would end the process
        traceback.print_exc(file=sys.stderr)
        return json.dumps(failure(error))


def failure(error: BaseException) -> dict[str, Any]:
    """The failure as a result."""
    first_line = (str(error).strip().splitlines() or [""])[0]
    named = f"{type(error).__name__}: {first_line}" if first_line else type(error).__name__
    if isinstance(error, RunFailed):
        kind, message = error.kind, first_line
    else:
        kind, message = "environment" if isinstance(error, ImportError) else "python", named
    return {
        "failed": kind,
        "message": message,
        "traceback": "".join(traceback.format_exception(error)),
        **(error.details if isinstance(error, RunFailed) else {}),
    }
