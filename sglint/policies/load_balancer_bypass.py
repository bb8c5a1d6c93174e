"""SG405: the world may go past a load balancer to its targets."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.analysis.admission import Admission
from sglint.analysis.analysis import Analysis
from sglint.analysis.flows import certain_flows
from sglint.analysis.services import ALL_SERVICES
from sglint.model.attachments import Attachment, Facing, Kind
from sglint.model.listeners import Listener, Source, Target
from sglint.model.location import Step
from sglint.model.record import frozen
from sglint.model.rules import Direction
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_admission
from sglint.policies.wording import enumerate_all, opening, traffic_text


@frozen
class _Bypass:
    listener: Listener
    target: Target
    attachment: Attachment


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    found: dict[Admission, list[_Bypass]] = {}
    for bypass in _targets(analysis):
        for _group, admission in analysis.opened_by(bypass.attachment.groups, Direction.INGRESS):
            if _admits(admission, bypass):
                found.setdefault(admission, []).append(bypass)
    for admission, bypasses in found.items():
        balancers = enumerate_all(tuple(dict.fromkeys(each.listener.balancer for each in bypasses)))
        targets = enumerate_all(tuple(dict.fromkeys(each.attachment.address for each in bypasses)))
        facing = {each.attachment.facing for each in bypasses}
        message = f"{opening(admission)} lets callers go past {balancers} to {targets}, {_reach(facing)}"
        is_less = facing == {Facing.PRIVATE} and not ALL_SERVICES.included_in(admission.traffic)
        violation = of_admission(admission, message, ("SG101",), Severity.MEDIUM if is_less else None)
        yield violation.with_steps(tuple(step for each in bypasses for step in _steps(each)))


def _targets(analysis: Analysis) -> Iterator[_Bypass]:
    """The targets that have no need to admit the world: what they get from a load balancer comes from its group."""
    by_address: dict[str, list[Attachment]] = {}
    for attachment in analysis.estate.attachments:
        by_address.setdefault(attachment.address, []).append(attachment)
    for listener in analysis.estate.listeners:
        balancers = by_address.get(listener.balancer, ())
        has_groups = any(each.groups or each.is_in_default_group for each in balancers)
        for target in listener.targets if balancers else ():
            if has_groups or target.source is Source.BALANCER:
                for attachment in by_address.get(target.address, ()):
                    if attachment.kind is not Kind.LOAD_BALANCER:
                        yield _Bypass(listener, target, attachment)


def _admits(admission: Admission, bypass: _Bypass) -> bool:
    """Whether a group that the target carries opens the target's port, all ports where that is not known."""
    when = admission.when.conjoin(bypass.attachment.when)
    if when is None or when.conjoin(bypass.target.when) is None:
        return False
    if bypass.target.traffic.unknowns:
        return admission.traffic.is_all_ports
    return certain_flows(admission.traffic).overlaps(certain_flows(bypass.target.traffic))


def _reach(facing: set[Facing]) -> str:
    """Whether more than the rule is needed."""
    if Facing.PUBLIC in facing:
        return "reachable by a public address"
    if Facing.UNKNOWN in facing:
        return "reachable if there is a public address"
    return "though so far there is no public address"


def _steps(bypass: _Bypass) -> Iterator[Step]:
    listener, target, attachment = bypass.listener, bypass.target, bypass.attachment
    yield Step(f"{listener.balancer} answers on {traffic_text(listener.traffic)}", listener.location)
    yield Step(f"{attachment.address} is its target on {traffic_text(target.traffic)}", target.location)
    yield Step(f"{attachment.address} carries {enumerate_all(attachment.groups)}", attachment.location)


_BALANCED = (
    "attachment lb kind load-balancer tier edge facing public groups lb\n"
    "listener in of lb on tcp 443\ntarget in web source balancer on tcp 8080\n"
    "lb ingress tcp 443 from 0.0.0.0/0\nlb egress tcp 8080 to group web\n"
)
_PUBLIC = _BALANCED + "attachment web kind instance tier compute facing public groups web\n"
_PRIVATE = _BALANCED + "attachment web kind instance tier compute facing private groups web\n"
_NETWORK = (
    "attachment nlb kind load-balancer tier edge facing public\nlistener in of nlb on tcp 443\n"
    "attachment web kind instance tier compute facing private groups web\nweb ingress tcp 8443 from 0.0.0.0/0\n"
)

POLICY = Policy(
    id="SG405",
    name="load-balancer-bypass",
    severity=Severity.HIGH,
    summary="A target of a load balancer also admits the world on the port that the load balancer uses.",
    why=(
        "What the load balancer does for its targets (TLS, authentication, a web application firewall, limits, logs) "
        "is worth nothing to callers who need not use it. A rule that admits the world is all that is missing in one "
        "place; a public address is the other. Targets without one are told too, as medium where the port is no "
        "high-risk one. A network load balancer without a group, which keeps its callers' addresses, needs such a "
        "rule, so nothing is said of it."
    ),
    fix="Name the load balancer's group as the source instead of the world.",
    check=check,
    bad=(
        _PUBLIC + "web ingress tcp 8080 from 0.0.0.0/0",
        _PRIVATE + "web ingress tcp 8080 from ::/0\nweb ingress tcp 8080 from group lb",
        _PRIVATE.replace("8080", "9999") + "web ingress tcp 9999 from 0.0.0.0/0",
        _NETWORK + "target in web source balancer on tcp 8443",
    ),
    good=(
        _PUBLIC + "web ingress tcp 8080 from group lb",
        _PUBLIC + "web ingress tcp 443 from 0.0.0.0/0",
        _PUBLIC + "web ingress tcp 8080 from 198.51.100.0/24",
        _NETWORK + "target in web source caller on tcp 8443",
        _NETWORK + "target in web on tcp 8443",
        _PUBLIC.replace("groups web", "groups web when A is x") + "web ingress tcp 8080 from 0.0.0.0/0 when A is y",
    ),
    supersedes=("SG104", "SG105", "SG106"),
    references=(
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html",
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html",
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html",
    ),
)
