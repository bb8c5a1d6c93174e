"""SG106: the world may reach a web port of something that is no public load balancer."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.analysis import Analysis
from sglint.analysis.attachments import is_edge
from sglint.model.location import Step
from sglint.model.rules import Direction
from sglint.model.traffic import UDP
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_admission
from sglint.policies.wording import carriers_text, opening


def check(analysis: Analysis, parameters: Parameters) -> Iterator[Violation]:
    tunnels = {
        group.address
        for group, admission in analysis.world(Direction.INGRESS)
        if any(admission.traffic.protocol == UDP and admission.traffic.admits(UDP, port) for port in _TUNNELS)
    }
    for group, admission in analysis.world(Direction.INGRESS):
        if not any(admission.traffic.admits(*port) for port in parameters.authorized_ingress):
            continue
        if group.address in tunnels:
            continue
        carriers = analysis.attachments.of(group.address, admission.when)
        if carriers and not any(map(is_edge, carriers)) and not analysis.attachments.may_get_callers(carriers):
            message = f"{opening(admission)}, but what carries the group is no public load balancer"
            steps = tuple(Step(f"{carrier.address} carries the group", carrier.location) for carrier in carriers)
            violation = of_admission(admission, f"{message}: {carriers_text(carriers)}", _WORSE)
            yield violation.with_steps(steps)


_TUNNELS = (500, 1194, 1701, 4500, 51820)
"""udp ports of IPsec, OpenVPN, L2TP and WireGuard: a group that opens one to the world is a VPN endpoint's."""
_WORSE = ("SG101", "SG102", "SG103", "SG104", "SG105")

POLICY = Policy(
    id="SG106",
    name="web-port-without-load-balancer",
    severity=Severity.MEDIUM,
    summary=(
        "The world may reach an authorized port of a group that neither a public load balancer nor another door to "
        "the outside carries."
    ),
    why=(
        "A web port is public on purpose where a load balancer answers: it ends TLS, keeps malformed requests away and "
        "can carry a web application firewall. Behind it, or in a private subnet, the same rule lets everyone talk to "
        "the servers themselves as soon as there is a way to them."
    ),
    fix="Name the load balancer's group as the source, or put the service behind a load balancer.",
    check=check,
    bad=(
        "attachment web-1 kind instance tier compute facing unknown groups web\nweb ingress tcp 443 from 0.0.0.0/0",
        "attachment inner kind load-balancer tier edge facing private groups web\nweb ingress tcp 80 from ::/0",
        "attachment web-1 kind instance tier compute groups web\nattachment nlb kind load-balancer tier edge\n"
        "attachment api kind task tier compute groups api\nlistener in of nlb on tcp 443\n"
        "target in api source caller on tcp 443\nweb ingress tcp 443 from 0.0.0.0/0",
        "attachment api kind task tier compute facing private groups web\n"
        "web ingress tcp 443 from 0.0.0.0/1\nweb ingress tcp 443 from 128.0.0.0/1",
    ),
    good=(
        "web ingress tcp 443 from 0.0.0.0/0",
        "attachment lb kind load-balancer tier edge facing public groups web\nweb ingress tcp 443 from 0.0.0.0/0",
        "attachment lb kind load-balancer tier edge facing unknown groups web\nweb ingress tcp 443 from 0.0.0.0/0",
        "attachment node kind instance tier compute facing public groups web\n"
        "web ingress tcp 443 from 0.0.0.0/0\nweb ingress udp 4500 from 0.0.0.0/0",
        "attachment vpn kind vpn tier edge facing public groups web\nweb ingress tcp 443 from 0.0.0.0/0",
        "attachment aws_instance.bastion kind instance tier compute facing public groups web\n"
        "web ingress tcp 443 from 0.0.0.0/0",
        "attachment web-1 kind instance tier compute groups web\n"
        "attachment lb kind load-balancer tier edge groups web\n"
        "web ingress tcp 443 from 0.0.0.0/0",
        "attachment web-1 kind instance tier compute groups web\nattachment nlb kind load-balancer tier edge\n"
        "web ingress tcp 443 from 0.0.0.0/0",
        "attachment web-1 kind instance tier compute groups web\nattachment nlb kind load-balancer tier edge\n"
        "listener in of nlb on tcp 443\ntarget in web-1 source caller on tcp 443\nweb ingress tcp 443 from 0.0.0.0/0",
        "attachment web-1 kind instance tier compute groups web\nweb ingress tcp 443 from group lb",
        "attachment web-1 kind instance tier compute groups web when A is x\n"
        "web ingress tcp 443 from 0.0.0.0/0 when A is y",
    ),
    references=(
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html",
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    ),
)
