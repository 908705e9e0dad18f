"""verl's padding in plain torch where flash_attn, which is hard to install, is not there."""

from __future__ import annotations

import importlib.util
from typing import Any


def padding_without_flash_attention() -> None:
    """Has verl use the functions that it has for devices without flash_attn."""
    if importlib.util.find_spec("flash_attn"):
        return
    from verl.utils import attention_utils

    attention_utils._get_attention_functions = _plain


def _plain() -> tuple[Any, Any, Any, Any]:
    from verl.utils import npu_flash_attn_utils as plain

    return plain.index_first_axis, plain.pad_input, plain.rearrange, plain.unpad_input
