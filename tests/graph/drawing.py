"""Graphs for tests, from notation."""

from __future__ import annotations

from sglint.analysis.analysis import Analysis
from sglint.graph.building import build
from sglint.graph.document import Graph
from sglint.graph.findings import Judgement
from sglint.notation import read_estate
from sglint.triage.judge import joined, judge_by_path
from sglint.triage.terms import Terms, TermsByPath

HOSTILE = (
    "</script><script>throw 1</script><img src=x onerror=alert(1)>\"'`&\u2028\u202e\\{{}}];-->%%"
    '\\" <!--<script </script \n'
)
"""A name that tries to leave every format it may stand in."""

SHOP = """\
group alb name "shop-alb" description "front door"
group app name "shop-app" description "application"
group db name "shop-db" description "database"
group bastion name "bastion" description "jump host"
group idle name "idle" description "nothing carries it"
alb ingress tcp 443 from 0.0.0.0/0 "https"
alb egress tcp 8080 to group app "application"
app ingress tcp 8080 from group alb "load balancer"
app ingress tcp 22 from group bastion "ssh"
app egress all to 0.0.0.0/0 "everything"
db ingress tcp 5432 from group app "application"
db ingress tcp 5432 from 198.51.7.0/24 "office"
db ingress tcp 5432 from 198.51.8.0/24 "office"
db ingress tcp 5432 from 10.0.0.0/8 "inside"
bastion ingress tcp 22 from 0.0.0.0/0 "ssh"
bastion egress tcp 22 to group app "ssh"
idle ingress udp 53 from 0.0.0.0/0 "dns"
attachment lb kind load-balancer tier edge service elb facing public groups alb
attachment web kind instance tier compute service ec2 facing private groups app
attachment jump kind instance tier compute service ec2 facing public groups bastion
attachment pg kind database tier data service rds facing private groups db
"""
"""World to load balancer to application to database, a bastion beside, and a group that nothing carries."""


def judgement(*notations: str, environments: tuple[str, ...] = ()) -> Judgement:
    """Units with what is found on them; `environments` names those of the first units."""
    names = (*environments, *("" for _ in notations))
    analyses = tuple(
        Analysis(read_estate(text), environment, path=f"unit-{number}")
        for number, (text, environment) in enumerate(zip(notations, names, strict=False), 1)
    )
    terms = TermsByPath(Terms())
    findings = joined(each.finding for each in judge_by_path(analyses, terms))
    return Judgement(analyses, terms, findings, lambda path, line: f"line {line} of {path}")


def drawn(*notations: str) -> Graph:
    return build([judgement(*notations)])


def large(groups: int) -> Graph:
    """So many groups in four tiers, each admitting some of those before it."""
    tiers = (
        ("edge", "load-balancer", "elb"),
        ("compute", "instance", "ec2"),
        ("data", "database", "rds"),
        ("endpoint", "endpoint", "vpc-endpoint"),
    )
    lines = []
    for number in range(groups):
        tier, kind, service = tiers[number % 4]
        lines.append(f'group g{number} name "group-{number}" description "number {number}"')
        peers = {number * 7 % (number + 1), number * 3 // 4, number // 2} - {number}
        lines += [f'g{number} ingress tcp {1000 + peer} from group g{peer} "from {peer}"' for peer in sorted(peers)]
        if number % 10 == 0:
            lines.append(f'g{number} ingress tcp 443 from 0.0.0.0/0 "world"')
        lines.append(f"attachment r{number} kind {kind} tier {tier} service {service} facing private groups g{number}")
    return drawn("\n".join(lines))


def hostile() -> Graph:
    """A graph in which every text of the input is hostile."""
    import json

    name = json.dumps(HOSTILE, ensure_ascii=False)
    other = json.dumps(f"other {HOSTILE}", ensure_ascii=False)
    return drawn(
        f"group {name} name {name} description {name}\n"
        f"group {other} name {other} description {other}\n"
        f"{name} ingress tcp 22 from 0.0.0.0/0 {name}\n"
        f"{name} ingress tcp 443 from prefix-list {name} {name}\n"
        f"{other} ingress unknown({name}) from group {name} {name}\n"
        f"{other} ingress tcp 80 from unknown({name}) {name} when {name} is {name}\n"
        f"attachment {name} kind instance tier compute service {name} facing public groups {name}\n"
    )
