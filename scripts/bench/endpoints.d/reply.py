"""What a habit gives back: an answer, an error or a page."""

import dataclasses
import json
import typing

USAGE = {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}
ABSENT = object()


@dataclasses.dataclass(frozen=True)
class Reply:
    """A whole answer of HTTP. A failing of the model's own, such as a refusal, may be scored 0."""

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: dict = dataclasses.field(default_factory=dict)
    failing: bool = False
    tokens: tuple = (0, 0)
    answered: str | None = None  # by a real model; else the honest text

    def own_failing(self):
        return dataclasses.replace(self, failing=True)


@dataclasses.dataclass(frozen=True)
class Wire:
    """An answer that is written by hand onto the connection."""

    write: typing.Callable
    status: int = 200


def completion(call, content, usage=None, message=None, **choice):
    """The document of a chat completion; keys of `choice` replace or join those of its only choice."""
    said = {"role": "assistant", "content": content, **(message or {})}
    said = {key: value for key, value in said.items() if value is not ABSENT}
    document = {
        "id": "x",
        "object": "chat.completion",
        "created": 1,
        "model": call.request.get("model"),
        "choices": [{"index": 0, "message": said, "finish_reason": "stop", **choice}],
    }
    if usage is not ABSENT:
        document["usage"] = USAGE if usage is None else usage
    return document


def document(value, status=200, headers=None, **more):
    return Reply(status, json.dumps(value).encode(), headers=headers or {}, **more)


def answer(call, content=ABSENT, usage=None, spent=None, **more):
    """A completion, by default the honest one. `spent` is what it really took, prompt and completion tokens."""
    content = call.text if content is ABSENT else content
    whole = USAGE if usage is None or not isinstance(usage, dict) else usage
    counted = spent or (whole.get("prompt_tokens") or 0, whole.get("completion_tokens") or 0)
    return document(completion(call, content, usage=usage, **more), tokens=counted)


def error(status, message, code=None, kind="invalid_request_error", param=None, headers=None):
    return document({"error": {"message": message, "type": kind, "param": param, "code": code}}, status, headers)


def page(status, title, text=""):
    body = f"<html><head><title>{title}</title></head><body>{text or title}</body></html>".encode()
    return Reply(status, body, "text/html")


def stream(call, text, comments=False):
    """The text letter by letter as server-sent events."""
    events = []
    for letter in text:
        choice = {"index": 0, "delta": {"content": letter}, "finish_reason": None}
        events.append("data: " + json.dumps({"id": "x", "object": "chat.completion.chunk", "choices": [choice]}))
        if comments:
            events.append(": OPENROUTER PROCESSING")
    end = {"id": "x", "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}], "usage": USAGE}
    events += ["data: " + json.dumps(end), "data: [DONE]", ""]
    return Reply(200, "\n\n".join(events).encode(), "text/event-stream", tokens=(100, 10))
