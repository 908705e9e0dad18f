"""In the place of pytest-asyncio, which the environment does not have: anyio's plugin runs the tests."""

from pytest import fixture

__all__ = ["fixture"]
