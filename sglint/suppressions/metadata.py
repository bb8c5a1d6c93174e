"""Suppressions in the metadata `sglint` of CloudFormation resources and CDK constructs."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.aws.resources import Evaluated
from sglint.model.acceptances import Acceptance, Means
from sglint.model.record import replace
from sglint.model.values import Value
from sglint.suppressions.suppression import Suppression
from sglint.suppressions.wording import NotUnderstood, acceptance

_SHAPE = "write {ignore: [{policy: …, reason: …}]}"


def from_metadata(evaluated: Evaluated) -> Iterator[Suppression]:
    """The suppressions of a unit's resources, each bound to its resource."""
    for resource in evaluated.resources:
        metadata = resource.attributes.get("sglint")
        if metadata is not None:
            for found in _entries(metadata):
                yield Suppression(replace(found, is_metadata=True), address=resource.address, unit=evaluated.path)


def _entries(metadata: Value) -> Iterator[Acceptance]:
    unknown = [name for name in metadata.entries() if name != "ignore"]
    listed = metadata.get("ignore")
    if unknown or listed is None or not isinstance(listed.data, tuple):
        fault = f'there is no setting "{unknown[0]}"' if unknown else "it is not understood"
        yield Acceptance(Means.SUPPRESSION, (), metadata.location, fault=f"{fault}; {_SHAPE}")
        return
    yield from map(_entry, listed.items())


def _entry(entry: Value) -> Acceptance:
    policies: list[str] = []
    try:
        members = {name: _text(name, value) for name, value in entry.entries().items() if value.data is not None}
        if not isinstance(entry.data, dict):
            raise NotUnderstood(f"it is not understood; {_SHAPE}")
        policies = [word.strip() for word in members.pop("policy", "").split(",")]
        return acceptance(policies, members.items(), entry.location)
    except NotUnderstood as error:
        named = tuple(word for word in policies if word)
        return Acceptance(Means.SUPPRESSION, named, entry.location, fault=str(error))


def _text(name: str, value: Value) -> str:
    """A member as text. `policy` may be a list."""
    if name == "policy" and isinstance(value.data, tuple):
        return ",".join(_text("", item) for item in value.items())
    if isinstance(value.data, str):
        return str(value.data)
    if isinstance(value.data, int) and not isinstance(value.data, bool):
        return str(value.data)
    raise NotUnderstood(f"{name} must be text")
