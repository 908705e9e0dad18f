"""JSON as JavaScript's JSON.stringify writes it: POML runs on node, so rendered data look so."""

from __future__ import annotations

import json
from typing import Any


def stringify(value: Any) -> str:
    """Compact JSON with JavaScript's numbers.

    Raises ValueError for what it does not reproduce exactly: numbers outside the range where both
    languages write decimals, keys that JavaScript would sort, lone surrogates.
    """
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, str):
        _check_text(value)
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return "{" + ",".join(f"{_key(key)}:{stringify(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(stringify, value)) + "]"
    raise ValueError(f"no JSON value: {type(value)}")


def number(value: float) -> str:
    """The number as JavaScript prints it."""
    if value == 0:
        return "0"
    if not 1e-4 <= abs(value) < 1e15:
        raise ValueError(f"number outside the range handled: {value}")
    return str(int(value)) if value == int(value) else repr(float(value))


def _key(key: Any) -> str:
    if not isinstance(key, str) or key.isdigit():
        raise ValueError(f"key that JavaScript would reorder: {key!r}")
    return stringify(key)


def _check_text(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("lone surrogate") from error
