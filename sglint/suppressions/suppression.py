"""What a suppression stands on, and which findings arise there."""

from __future__ import annotations

from sglint.model.acceptances import Acceptance
from sglint.model.location import Location
from sglint.model.record import frozen
from sglint.policies.policy import Violation
from sglint.triage.judge import Judged
from sglint.triage.rule_text import names_rule


@frozen
class Region:
    """A part of the source. With `is_followed`, what gets its value from there arises there, too."""

    location: Location
    is_followed: bool = False

    def gives_rise_to(self, violation: Violation) -> bool:
        return any(_lies_in(place, self.location) for place in violation.places(self.is_followed))


@frozen
class Suppression:
    """An accepted risk in the source: bound to a part of it, or by metadata to a resource."""

    acceptance: Acceptance
    region: Region | None = None
    address: str = ""
    unit: str = ""
    """The path of the unit that the resource is part of."""

    @property
    def anchor(self) -> Location | str:
        """The part of the source that it is bound to, or the address."""
        return self.address if self.region is None else self.region.location

    def binds(self, judged: Judged) -> bool:
        """Whether a finding arises where the suppression stands."""
        violation = judged.finding.violation
        if self.acceptance.rule and not names_rule(self.acceptance.rule, violation):
            return False
        if self.region is not None:
            return self.region.gives_rise_to(violation)
        unit = judged.analysis.path if judged.analysis is not None else ""
        return bool(self.address) and (self.unit, self.address) == (unit, violation.address)


def _lies_in(place: Location, region: Location) -> bool:
    if place.path != region.path:
        return False
    return (region.line, region.column) <= (place.line, place.column) < (region.end_line, region.end_column)
