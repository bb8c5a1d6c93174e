"""SG406: the world comes to a data store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sglint.analysis.admission import Admission
from sglint.analysis.analysis import Analysis
from sglint.analysis.exposure import Hop, Way
from sglint.model.attachments import Tier
from sglint.model.location import Step
from sglint.model.record import replace
from sglint.model.traffic import ALL, TCP, UDP
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_admission
from sglint.policies.wording import enumerate_all, opening, passage, traffics_text


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    exposure = analysis.exposure
    direct = (way for way in exposure.openings() if any(each.protocol in _SERVED for each in way.hops[-1].traffics))
    onward = (way for way in exposure.ways(_leads_on) if len(way.hops) > 1)
    by_admission: dict[Admission, list[Way]] = {}
    for way in (*direct, *onward):
        admission = way.hops[-1].admission
        if way.is_certain and way.attachment.tier is Tier.DATA and admission is not None:
            by_admission.setdefault(admission, []).append(way)
    for admission, ways in by_admission.items():
        stores = enumerate_all(tuple(dict.fromkeys(way.attachment.address for way in ways)))
        first = ways[0]
        through = " and ".join(_through(first.hops[:-1]))
        message = f"{opening(admission)} lets the world into a data store ({stores})"
        message += f", by way of {through}" if through else ", which has a public address"
        violation = of_admission(admission, message)
        yield replace(violation.with_steps(tuple(_steps(ways))), flow=tuple(_steps(ways[:1])))


_SERVED = (ALL, TCP, UDP)


def _leads_on(hop: Hop) -> bool:
    """Whether the world is taken to come over a hop: on all ports, or passed on to a data store by a load balancer."""
    if hop.target is not None:
        return hop.attachment.tier is Tier.DATA
    return any(traffic.is_all_ports for traffic in hop.traffics)


def _through(hops: Iterable[Hop]) -> Iterator[str]:
    for hop in hops:
        by = traffics_text(hop.traffics) if hop.admission is None else opening(hop.admission).rstrip(",")
        yield f"{hop.attachment.address} ({by})"


def _steps(ways: Sequence[Way]) -> Iterator[Step]:
    """Each way from the world on: by what a resource is reached, and where it stands."""
    for way in ways:
        before = "the world"
        for hop in way.hops:
            address = hop.attachment.address
            for rule in hop.admission.rules if hop.admission is not None else ():
                yield Step(f"{before} comes to {address}: {rule.group} admits {passage(rule)}", rule.location)
            if hop.listener is not None:
                yield Step(f"{address} answers on {traffics_text(hop.traffics)}", hop.listener.location)
            if hop.target is not None:
                yield Step(f"{before} passes callers on to {address}", hop.target.location)
            yield Step(
                f"{address} carries {enumerate_all(hop.attachment.groups) or 'no group'}", hop.attachment.location
            )
            before = address


_STORE = "attachment db kind database tier data facing public groups db\n"
_CHAIN = (
    "attachment web kind instance tier compute facing public groups web\n"
    "attachment db kind database tier data facing private groups db\n"
    "web egress all to 0.0.0.0/0\n"
)
_BALANCED = (
    "attachment lb kind load-balancer tier edge facing public groups lb\n"
    "attachment app kind task tier compute facing private groups app\n"
    "attachment db kind database tier data facing private groups db\n"
    "lb ingress tcp 443 from 0.0.0.0/0\nlb egress tcp 8080 to group app\n"
    "app ingress tcp 8080 from group lb\napp egress all to 0.0.0.0/0\n"
)

POLICY = Policy(
    id="SG406",
    name="data-store-exposed",
    severity=Severity.CRITICAL,
    summary="The world comes to a data store: directly, or from group to group over references to all ports.",
    why=(
        "A data store that the internet reaches is found within hours and tried without end. One behind a resource "
        "that the internet reaches is no better off where its group trusts the other with everything: whoever takes "
        "over the first has the second."
    ),
    fix="Take away the store's public address, and admit on its own port alone the group of those who use it.",
    check=check,
    bad=(
        _STORE + "db ingress tcp 5432 from 0.0.0.0/0",
        _STORE + "db ingress all from 0.0.0.0/1\ndb ingress all from 128.0.0.0/1",
        _CHAIN + "web ingress tcp 22 from 0.0.0.0/0\ndb ingress all from group web",
        _CHAIN + "web ingress tcp 443 from 0.0.0.0/0\ndb ingress tcp 0-65535 from group web",
        "attachment nlb kind load-balancer tier edge facing public groups nlb\n"
        "attachment db kind database tier data facing private groups db\n"
        "listener in of nlb on tcp 5432\ntarget in db source balancer on tcp 5432\n"
        "nlb ingress tcp 443 from 10.0.0.0/8\nnlb ingress tcp 5432 from ::/0\nnlb egress tcp 5432 to group db\n"
        "db ingress tcp 5432 from group nlb",
    ),
    good=(
        _STORE + "db ingress tcp 5432 from group web",
        _STORE.replace("public", "private") + "db ingress tcp 5432 from 0.0.0.0/0",
        _STORE.replace("public", "unknown") + "db ingress tcp 5432 from 0.0.0.0/0",
        _CHAIN + "web ingress tcp 443 from 0.0.0.0/0\ndb ingress tcp 5432 from group web",
        _CHAIN.replace("egress all", "egress tcp 443")
        + "web ingress tcp 22 from 0.0.0.0/0\ndb ingress all from group web",
        _BALANCED + "db ingress tcp 5432 from group app",
        _BALANCED + "db ingress all from group app",
    ),
    supersedes=("SG101", "SG102", "SG103", "SG104", "SG105", "SG106", "SG407"),
    references=(
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
        "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    ),
)
