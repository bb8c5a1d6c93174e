"""What policies correspond to, as SARIF taxonomies: weaknesses, Security Hub controls, recommendations of CIS.

https://cwe.mitre.org, https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html and
https://docs.aws.amazon.com/securityhub/latest/userguide/cis-aws-foundations-benchmark.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sarif_om

from sglint.policies.policy import Policy

_HUB = "https://docs.aws.amazon.com/securityhub/latest/userguide"

_TOO_BROAD, _CLEARTEXT = 1220, 319
_WEAKNESSES = {
    _TOO_BROAD: "Insufficient Granularity of Access Control",
    _CLEARTEXT: "Cleartext Transmission of Sensitive Information",
}
_WEAKNESS_OF = {
    "SG101": _TOO_BROAD,
    "SG102": _TOO_BROAD,
    "SG103": _TOO_BROAD,
    "SG104": _TOO_BROAD,
    "SG105": _TOO_BROAD,
    "SG107": _TOO_BROAD,
    "SG108": _TOO_BROAD,
    "SG109": _CLEARTEXT,
    "SG110": _TOO_BROAD,
    "SG112": _TOO_BROAD,
    "SG113": _TOO_BROAD,
    "SG114": _TOO_BROAD,
    "SG201": _TOO_BROAD,
    "SG202": _TOO_BROAD,
    "SG203": _TOO_BROAD,
    "SG407": _TOO_BROAD,
    "SG410": _TOO_BROAD,
}
"""By policy id. A policy that no weakness describes for certain has none."""

_CONTROLS = {
    "EC2.2": "VPC default security groups should not allow inbound or outbound traffic",
    "EC2.13": "Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 22",
    "EC2.14": "Security groups should not allow ingress from 0.0.0.0/0 or ::/0 to port 3389",
    "EC2.18": "Security groups should only allow unrestricted incoming traffic for authorized ports",
    "EC2.19": "Security groups should not allow unrestricted access to ports with high risk",
    "EC2.21": "Network ACLs should not allow ingress from 0.0.0.0/0 to port 22 or port 3389",
    "EC2.53": "EC2 security groups should not allow ingress from 0.0.0.0/0 to remote server administration ports",
    "EC2.54": "EC2 security groups should not allow ingress from ::/0 to remote server administration ports",
}
_RECOMMENDATIONS = {"EC2.21": "5.2", "EC2.53": "5.3", "EC2.54": "5.4", "EC2.2": "5.5"}
"""The recommendations of CIS AWS Foundations Benchmark 5.0.0 that Security Hub answers with a control."""


@dataclass(frozen=True, slots=True, order=True)
class _Taxon:
    taxonomy: str
    order: tuple[int, ...]
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
        kind = "superset" if taxon.taxonomy == "CWE" else "relevant"
        return sarif_om.ReportingDescriptorRelationship(target=target, kinds=[kind])

    def _reference(self, name: str) -> object:
        return sarif_om.ToolComponentReference(name=name, index=self._names.index(name))


def weakness_tags(policy: Policy) -> list[str]:
    """The weakness as a tag that code scanning shows as one."""
    weakness = _WEAKNESS_OF.get(policy.id)
    return [] if weakness is None else [f"external/cwe/cwe-{weakness}"]


def _taxa(policy: Policy) -> Iterator[_Taxon]:
    weakness = _WEAKNESS_OF.get(policy.id)
    if weakness is not None:
        uri = f"https://cwe.mitre.org/data/definitions/{weakness}.html"
        yield _Taxon("CWE", (weakness,), f"CWE-{weakness}", _WEAKNESSES[weakness], uri)
    for control in policy.controls:
        if control in _CONTROLS:
            title, uri = _CONTROLS[control], f"{_HUB}/ec2-controls.html#{control.lower().replace('.', '-')}"
            yield _Taxon("AWS Security Hub", _numbers(control), control, title, uri)
        if control in _RECOMMENDATIONS:
            number = _RECOMMENDATIONS[control]
            uri = f"{_HUB}/cis-aws-foundations-benchmark.html"
            yield _Taxon("CIS AWS Foundations Benchmark", _numbers(number), number, _CONTROLS[control], uri)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdecimal())


_ABOUT = {
    "CWE": ("The MITRE Corporation", "Common Weakness Enumeration.", "https://cwe.mitre.org/", None),
    "AWS Security Hub": (
        "Amazon Web Services",
        "Controls of AWS Security Hub.",
        f"{_HUB}/securityhub-controls-reference.html",
        None,
    ),
    "CIS AWS Foundations Benchmark": (
        "Center for Internet Security",
        "Recommendations of the CIS AWS Foundations Benchmark, as AWS Security Hub answers them.",
        f"{_HUB}/cis-aws-foundations-benchmark.html",
        "5.0.0",
    ),
}
"""Of each taxonomy: who keeps it, what it is, where it is published, and its version where that matters."""


def _component(name: str, taxa: list[_Taxon]) -> object:
    organization, description, uri, version = _ABOUT[name]
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
