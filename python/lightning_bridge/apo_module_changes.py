"""The names inside agentlightning 0.3.0's modules that a run puts others in place of.

APO draws from the process's random numbers, calls POML by its module's name and makes a pydantic validator anew
for every message. It has no parameters for these, so the modules' own names are replaced: for this process, which
does one run.
"""

from __future__ import annotations

import functools
import random

import agentlightning.adapter.messages as messages_module
import agentlightning.algorithm.apo.apo as apo_module
import agentlightning.algorithm.utils as utils_module

from lightning_bridge.fences import FencedPoml
from lightning_bridge.poml_skeleton import Shape

SPANS_OF_A_ROLLOUT = 3


def make(numbers: random.Random, renderer: FencedPoml) -> None:
    """Lets the algorithm draw from these numbers, which nobody else draws from, and render with this."""
    apo_module.random = utils_module.random = numbers
    apo_module.poml = renderer
    # The same validator each time: making it is two thirds of what a rollout costs.
    messages_module.TypeAdapter = functools.cache(messages_module.TypeAdapter)


def shapes(experiments: int) -> list[Shape]:
    """What will be rendered: critiques of so many rollouts, and edits."""
    return [Shape(file, experiments, SPANS_OF_A_ROLLOUT) for file in apo_module.GRADIENT_PROMPT_FILES] + [
        Shape(file, 0, 0) for file in apo_module.APPLY_EDIT_PROMPT_FILES
    ]
