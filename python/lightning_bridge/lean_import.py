"""Imports agentlightning 0.3.0 without litellm, which it needs for its proxy and its RL side only.

Of the 5 s that the whole import takes, 4.5 s are litellm and its proxy server; nothing that APO runs is in
it. Only the version that this was tried with is trimmed, and a test shows that a run gives the same either way.
"""

from __future__ import annotations

import importlib.metadata
import os
import sys
from types import ModuleType
from typing import Any

TRIED_VERSION = "0.3.0"
FULL_IMPORT = "LIGHTNING_BRIDGE_FULL_IMPORT"
"""Environment variable that, when set, leaves the import as it is."""

_NAMES: dict[str, list[str]] = {
    "litellm": [],
    "litellm.integrations": [],
    "litellm.integrations.custom_logger": ["CustomLogger"],
    "litellm.integrations.opentelemetry": ["OpenTelemetry", "OpenTelemetryConfig"],
    "litellm.proxy": [],
    "litellm.proxy.proxy_server": ["app", "save_worker_config"],
    "litellm.types": [],
    "litellm.types.utils": ["CallTypes"],
}


class _LeftOut:
    """Stands for a class of litellm that is named at import time; using it is an error."""

    set_attributes = None

    def __init__(self, *_: Any, **__: Any) -> None:
        raise RuntimeError("litellm was left out of this process")


def install() -> bool:
    """Puts empty modules in litellm's place; tells whether it did."""
    if os.environ.get(FULL_IMPORT) or "litellm" in sys.modules or "agentlightning" in sys.modules:
        return False
    if importlib.metadata.version("agentlightning") != TRIED_VERSION:
        return False
    for module_name, names in _NAMES.items():
        module = ModuleType(module_name)
        module.__path__ = []
        for name in names:
            setattr(module, name, type(name, (_LeftOut,), {}))
        sys.modules[module_name] = module
        parent, _, child = module_name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], child, module)
    return True
