"""Which policies are in force."""

from __future__ import annotations

from collections.abc import Iterable

from sglint.policies.policy import Policy
from sglint.policies.registry import POLICIES, find
from sglint.triage.profiles import PROFILES


def in_force(select: Iterable[str] = (), ignore: Iterable[str] = (), profile: str = "default") -> tuple[Policy, ...]:
    """The policies to check, in the order of their ids.

    Policies are named by id or name. With `select`, exactly those; otherwise those of the profile. Those in `ignore`
    are left out. ValueError, with the nearest names, where a name is none.
    """
    selected = {find(word).id for word in select}
    ignored = {find(word).id for word in ignore}
    has = PROFILES[profile]
    return tuple(
        policy
        for policy in POLICIES
        if policy.id not in ignored and (policy.id in selected if selected else has(policy))
    )
