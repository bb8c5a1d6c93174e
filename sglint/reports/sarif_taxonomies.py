"""What policies correspond to, as SARIF taxonomies: weaknesses, what AWS itself checks, requirements of standards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sarif_om

from sglint.compliance.mapping import Requirement, answered, by_number, frameworks, weaknesses
from sglint.model.record import frozen
from sglint.policies.policy import Policy

_WEAKNESSES = "CWE"


@frozen(order=True)
class _Taxon:
    taxonomy: str
    order: tuple[str | int, ...]
    id: str
    title: str
    uri: str


class Taxonomies:
    """The taxonomies that the policies of a run point into."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        taxa = sorted({taxon for policy in policies for taxon in _taxa(policy)})
        self._names = sorted({taxon.taxonomy for taxon in taxa})
        self._by_name = {name: [taxon for taxon in taxa if taxon.taxonomy == name] for name in self._names}

    @property
    def components(self) -> list[object] | None:
        """For `run.taxonomies`."""
        return [_component(name, taxa) for name, taxa in self._by_name.items()] or None

    @property
    def references(self) -> list[object] | None:
        """For `supportedTaxonomies` of the driver."""
        return [self._reference(name) for name in self._names] or None

    def relationships(self, policy: Policy) -> list[object] | None:
        """For the rule that stands for the policy."""
        return [self._relationship(taxon) for taxon in sorted(_taxa(policy))] or None

    def _relationship(self, taxon: _Taxon) -> object:
        target = sarif_om.ReportingDescriptorReference(
            id=taxon.id,
            index=self._by_name[taxon.taxonomy].index(taxon),
            tool_component=self._reference(taxon.taxonomy),
        )
        kind = "superset" if taxon.taxonomy == _WEAKNESSES else "relevant"
        return sarif_om.ReportingDescriptorRelationship(target=target, kinds=[kind])

    def _reference(self, name: str) -> object:
        return sarif_om.ToolComponentReference(name=name, index=self._names.index(name))


def weakness_tags(policy: Policy) -> list[str]:
    """The weaknesses as tags that code scanning shows as such."""
    return [f"external/cwe/cwe-{weakness.number}" for weakness in weaknesses() if policy.id in weakness.policies]


def framework_tags(policy: Policy) -> list[str]:
    """The ids of the standards that ask for it."""
    return list(dict.fromkeys(each.framework.id for each in _requirements(policy) if each.framework.is_standard))


def _requirements(policy: Policy) -> Iterator[Requirement]:
    """Those of the latest version of each framework: a log needs no older ones."""
    return (each for each in answered(policy.controls) if not each.framework.is_superseded)


def _taxa(policy: Policy) -> Iterator[_Taxon]:
    for weakness in weaknesses():
        if policy.id in weakness.policies:
            id = f"CWE-{weakness.number}"
            yield _Taxon(_WEAKNESSES, by_number(id), id, weakness.title, weakness.source)
    for each in _requirements(policy):
        title = each.title or f"Answered through {', '.join(link.control.id for link in each.links)}"
        yield _Taxon(each.framework.name, by_number(each.id), each.id, title, each.address)


def _component(name: str, taxa: list[_Taxon]) -> object:
    organization, description, uri, version = _about(name)
    return sarif_om.ToolComponent(
        name=name,
        version=version,
        organization=organization,
        short_description=sarif_om.MultiformatMessageString(text=description),
        information_uri=uri,
        is_comprehensive=False,
        taxa=[
            sarif_om.ReportingDescriptor(
                id=taxon.id,
                short_description=sarif_om.MultiformatMessageString(text=f"{taxon.title}."),
                help_uri=taxon.uri,
            )
            for taxon in taxa
        ],
    )


def _about(name: str) -> tuple[str, str, str, str | None]:
    """Who keeps a taxonomy, what it is, where it is published, and its version where it has one."""
    if name == _WEAKNESSES:
        return "The MITRE Corporation", "Common Weakness Enumeration.", "https://cwe.mitre.org/", None
    framework = next(each for each in frameworks() if each.name == name and not each.is_superseded)
    mapped = ", as AWS maps its controls and rules to it" if framework.is_standard else ""
    return framework.publisher, f"{framework.title}{mapped}.", framework.address, framework.version or None
