"""SG113: administration from more hosts than administer."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.analysis.services import Kind, of_kind
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.widths import services_from_wide_networks

_ADMIN = of_kind(Kind.ADMIN)


def check(analysis: Analysis, parameters: Parameters) -> Iterator[Violation]:
    yield from services_from_wide_networks(analysis, _ADMIN, parameters.widest_admin_networks)


POLICY = Policy(
    id="SG113",
    name="admin-port-from-wide-network",
    severity=Severity.MEDIUM,
    summary="Administration (ssh, RDP, WinRM and the like) is open to a network wider than /24, or /64 for IPv6.",
    why=(
        "Hosts are administered from a few places: a bastion, a jump network, an office. A wide network, private or "
        "public, lets every other host of it try as well, and a stolen key works from each."
    ),
    fix="Admit administration from the bastion's group or the network of the administrators only.",
    check=check,
    bad=(
        "web ingress tcp 22 from 10.0.0.0/8",
        "web ingress tcp 3389 from 198.51.0.0/16",
        "web ingress tcp 5985-5986 from 10.0.0.0/23",
        "web ingress tcp 22 from fd00::/48",
    ),
    good=(
        "web ingress tcp 22 from 10.0.0.0/24",
        "web ingress tcp 22 from fd00::/64",
        "web ingress tcp 22 from group bastion",
        "web ingress tcp 443 from 10.0.0.0/8",
    ),
    references=("https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html",),
)
