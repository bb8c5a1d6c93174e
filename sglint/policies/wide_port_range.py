"""SG108: one rule opens a great many ports to a network."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.model.intervals import IntervalSet
from sglint.model.rules import Direction
from sglint.model.traffic import TCP, UDP
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_rule
from sglint.policies.wording import passage


def check(analysis: Analysis, parameters: Parameters) -> Iterator[Violation]:
    for _group, rule in analysis.rules(Direction.INGRESS):
        traffic = rule.traffic
        if analysis.level(rule) not in (3, 4) or not rule.addresses or traffic.protocol not in (TCP, UDP):
            continue
        assert isinstance(traffic.selector, IntervalSet)
        if traffic.selector.size > parameters.max_ports:
            message = f"{passage(rule)} opens {traffic.selector.size} ports, more than {parameters.max_ports}"
            yield of_rule(rule, message, superseded_by=("SG107", "SG110"))


POLICY = Policy(
    id="SG108",
    name="wide-port-range",
    severity=Severity.MEDIUM,
    summary="One rule opens more than 100 ports (configurable) to a network range.",
    why=(
        "Nobody knows what listens on thousands of ports, today or next year. Wide ranges are written for one service "
        "whose port was not known, and admit all the others with it."
    ),
    fix="Name the ports that the service listens on, in a rule each, or fix the range that it chooses from.",
    check=check,
    bad=(
        "web ingress tcp 1024-65535 from 10.0.0.0/8",
        "web ingress udp 10000-20000 from 203.0.113.0/24",
        "web ingress tcp 8000-8100 from prefix-list office entries 198.51.100.0/24",
    ),
    good=(
        "web ingress tcp 8000-8099 from 10.0.0.0/8",
        "web ingress tcp 1024-65535 from group app",
        "web ingress icmp from 10.0.0.0/8",
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",),
)
