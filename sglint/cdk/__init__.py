"""Reads cloud assemblies, and lets an app say which risks it accepts."""

from __future__ import annotations

from sglint.cdk.acceptance import accept

__all__ = ["accept"]
