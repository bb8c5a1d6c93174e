"""Pseudo parameters: what CloudFormation itself predefines."""

from __future__ import annotations

from collections.abc import Mapping

from sglint.model.location import Location
from sglint.model.values import Unknown, Value

NO_VALUE = "AWS::NoValue"

OF_THE_STACK = frozenset(("AWS::NotificationARNs", "AWS::StackId", "AWS::StackName"))
"""Those that differ from stack to stack, nested ones included."""

_OF_THE_ENVIRONMENT = frozenset(("AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::URLSuffix"))


def pseudo_parameter(name: str, known: Mapping[str, str], prefix: str, location: Location) -> Value | None:
    """The value of a pseudo parameter: None data for `AWS::NoValue`, and no Value at all for any other name.

    `known` holds what is known of this stack. `prefix` tells the names of nested stacks apart; the account and the
    region are the same in all of them.
    """
    if name == NO_VALUE:
        return Value(None, location)
    if name in known:
        return Value(known[name], location)
    if name in _OF_THE_ENVIRONMENT:
        return Value(Unknown(name, name), location)
    if name in OF_THE_STACK:
        return Value(Unknown(prefix + name, name), location)
    return None
