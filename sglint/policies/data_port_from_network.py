"""SG114: a data store that a whole network may reach."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.analysis.services import Kind, of_kind
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.widths import services_from_wide_networks

_DATA = of_kind(Kind.DATA)


def check(analysis: Analysis, parameters: Parameters) -> Iterator[Violation]:
    yield from services_from_wide_networks(analysis, _DATA, parameters.widest_data_networks)


POLICY = Policy(
    id="SG114",
    name="data-port-from-network",
    severity=Severity.MEDIUM,
    summary="A database, cache, queue or search port is open to a network wider than /28, or /124 for IPv6.",
    why=(
        "A data store serves its own applications. Opened to a subnet or a whole VPC, it is one stolen password or one "
        "missing one away from every other host there."
    ),
    fix="Refer to the group of the applications that use the data store, or name their fixed addresses.",
    check=check,
    bad=(
        "db ingress tcp 5432 from 10.0.0.0/16",
        "cache ingress tcp 6379 from 10.0.1.0/24",
        "search ingress tcp 9200-9299 from 10.0.0.0/8",
    ),
    good=(
        "db ingress tcp 5432 from group app",
        "db ingress tcp 5432 from 10.0.1.16/28",
        "db ingress tcp 5432 from 10.0.1.17/32",
        "web ingress tcp 443 from 10.0.0.0/16",
        "app ingress tcp 8080-8090 from 10.0.0.0/16",
    ),
    references=("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html",),
)
