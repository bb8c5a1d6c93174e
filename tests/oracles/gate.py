"""Tests against tools of others: skipped where the tool is missing, unless the run is to vouch for all of them."""

from __future__ import annotations

import os
from typing import TypeVar

import pytest

Found = TypeVar("Found")


def require(tool: str, found: Found | None) -> Found:
    """What was found of a tool; where that is nothing, skips the test, or fails it if SGLINT_REQUIRE_ORACLES is 1.

    `tool` names the tool and says where it is looked for.
    """
    if found:
        return found
    reason = f"not found: {tool}"
    if os.environ.get("SGLINT_REQUIRE_ORACLES") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
