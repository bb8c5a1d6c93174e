"""The short forms of CloudFormation's intrinsic functions, as cfn-flip knows them."""

from __future__ import annotations

from functools import cache


@cache
def long_form(tag: str) -> str:
    """The name that a tag without its `!` abbreviates: `Sub` → `Fn::Sub`, but `Ref` and `Condition` are themselves."""
    from cfn_tools.yaml_loader import FN_PREFIX, UNCONVERTED_SUFFIXES

    return tag if tag in UNCONVERTED_SUFFIXES else f"{FN_PREFIX}{tag}"
