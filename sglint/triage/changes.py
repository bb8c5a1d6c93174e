"""How terms change: by configuration, and for some files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sglint.model.record import field, frozen, replace
from sglint.policies.policy import Severity
from sglint.triage.terms import Terms


@frozen
class Change:
    """What to change in terms; None leaves as it is. `ignore` adds, `severities` and `parameters` change one by one."""

    profile: str | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """By field of `Parameters`."""

    def of(self, terms: Terms) -> Terms:
        # A profile says which policies there are, so it puts aside what was selected before.
        kept = terms.select if self.profile is None else ()
        return replace(
            terms,
            select=kept if self.select is None else self.select,
            ignore=(*terms.ignore, *self.ignore),
            profile=terms.profile if self.profile is None else self.profile,
            severities={**terms.severities, **self.severities},
            parameters=replace(terms.parameters, **self.parameters) if self.parameters else terms.parameters,
        )


@frozen
class Override:
    """A change for what is found in some files."""

    matches: Callable[[str], bool]
    """Whether a file is one of them, by its absolute path."""
    change: Change
