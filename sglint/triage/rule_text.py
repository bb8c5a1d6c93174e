"""One rule named in notation, by an acceptance that is for it alone."""

from __future__ import annotations

from functools import lru_cache

from sglint.model.rules import Rule
from sglint.notation import read_rule
from sglint.policies.policy import Violation

_ANY_GROUP = "any"


@lru_cache
def rule_of(text: str) -> Rule:
    """The rule that a text such as `ingress tcp 22 from 0.0.0.0/0` names. ValueError when it names none."""
    try:
        return read_rule(f"{_ANY_GROUP} {text}")
    except ValueError as error:
        raise ValueError(f"{error}; write it as sglint dump does, without the group") from None


def names_rule(text: str, violation: Violation) -> bool:
    """Whether a violation is of the rule that the text names: the same direction, traffic and peer."""
    named, rule = rule_of(text), violation.rule
    if rule is None:
        return False
    return (named.direction, named.traffic, named.peer) == (rule.direction, rule.traffic, rule.peer)
