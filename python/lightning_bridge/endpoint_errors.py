"""What a failed call of critic or editor means for the run."""

from __future__ import annotations

import openai

from lightning_bridge.stop import BUDGET_EXHAUSTED, CANCELLED, RunStopped, Stop
from lightning_bridge.worker import RunFailed

HOPELESS = {400, 401, 403, 404, 405, 422}
"""HTTP statuses that any other call would get too."""

OF_THIS_CALL = {"context_length_exceeded", "content_filter"}
"""Codes of errors that another call need not get, whatever their status."""


class ModelCallsFailed(RunFailed):
    """Critic or editor cannot be reached, or not as they are called."""

    kind = "models"

    def __init__(self, text: str, remedy: str) -> None:
        super().__init__(text)
        self.details = {"remedy": remedy} if remedy else {}


class ModelCalls:
    """Judges failed calls. The gateway has retried them already, so each costs one candidate."""

    def __init__(self, stop: Stop, tolerated: int) -> None:
        self._stop = stop
        self._tolerated = tolerated
        self._in_a_row = 0

    def succeeded(self) -> None:
        self._in_a_row = 0

    def failed(self, error: openai.OpenAIError) -> str:
        """The failure in words.

        Raises RunStopped where the gateway says that the budget is used up or the run cancelled, and
        ModelCallsFailed where it is hopeless or a whole round's calls failed in a row.
        """
        reason = stop_reason(error)
        if reason:
            self._stop.request(reason)
            raise RunStopped(reason)
        self._in_a_row += 1
        said = error.body if isinstance(error, openai.APIError) and isinstance(error.body, dict) else {}
        text, remedy = f"a call of critic or editor failed: {said.get('message') or error}", said.get("remedy") or ""
        if isinstance(error, openai.APIStatusError) and is_hopeless(error):
            raise ModelCallsFailed(text, remedy) from error
        if self._in_a_row >= self._tolerated:
            raise ModelCallsFailed(f"{text} ({self._in_a_row} in a row)", remedy) from error
        return f"{text}. {remedy}" if remedy else text


def is_hopeless(error: openai.APIStatusError) -> bool:
    """Whether every other call would fail as this one did."""
    return error.status_code in HOPELESS and error.code not in OF_THIS_CALL


def stop_reason(error: openai.OpenAIError) -> str | None:
    """The reason to stop that the gateway names as the error's code or type, if it does."""
    named = {str(getattr(error, name, None)).lower() for name in ("code", "type")}
    return next((reason for reason in (BUDGET_EXHAUSTED, CANCELLED) if reason in named), None)
