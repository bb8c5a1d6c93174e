"""Outcomes that between them hold every kind of thing a report can show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sglint.analysis.analysis import Analysis
from sglint.model.acceptances import Acceptance, Means
from sglint.model.location import Location, Problem, Step, whole_file
from sglint.model.record import replace
from sglint.model.rules import Rule
from sglint.notation import read_estate, read_rule, write_rule
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.registry import POLICIES as REGISTERED
from sglint.reports.options import Options
from sglint.triage.finding import Finding, Outcome

ROOT = "/srv/project"
PLAIN = Options(root=ROOT)


def _check(analysis: Analysis, parameters: Parameters) -> Iterator[Violation]:
    yield from ()


def policy(id: str, name: str, severity: Severity, *, controls: tuple[str, ...] = (), is_open: bool = False) -> Policy:
    return Policy(
        id=id,
        name=name,
        severity=severity,
        summary=f"A rule of the kind {name}.",
        why=f"What {name} opens, anyone can use; and nobody is told.",
        fix="Name the peers that need it.",
        check=_check,
        bad=("web ingress tcp 22 from 0.0.0.0/0",),
        good=("web ingress tcp 22 from 10.0.0.0/8",),
        controls=controls,
        references=("https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",) if controls else (),
        is_open=is_open,
    )


EVERYTHING = policy("SG101", "all-traffic-from-world", Severity.CRITICAL, controls=("EC2.13", "EC2.14", "EC2.19"))
SSH = policy("SG102", "ssh-from-world", Severity.HIGH, controls=("EC2.13", "EC2.53"))
PORT = policy("SG105", "unauthorized-port-from-world", Severity.MEDIUM, controls=("EC2.18",))
GROUP_DESCRIPTION = policy("SG301", "missing-group-description", Severity.LOW)
GROUP_NAME = policy("SG303", "generic-group-name", Severity.NOTE)
UNRESOLVED = policy("SG901", "unresolved-rule", Severity.NOTE, is_open=True)
POLICIES = (EVERYTHING, SSH, PORT, GROUP_DESCRIPTION, GROUP_NAME, UNRESOLVED)


def finding(
    policy: Policy,
    location: Location,
    address: str,
    message: str,
    *,
    rule: Rule | None = None,
    related: tuple[Step, ...] = (),
    also: tuple[Policy, ...] = (),
    level: int | None = None,
    construct: str | None = None,
    environments: tuple[str, ...] = (),
    acceptance: Acceptance | None = None,
) -> Finding:
    subject = "" if rule is None else write_rule(rule)
    violation = Violation(message, location, address, subject, rule, related)
    return Finding(policy, violation, policy.severity, also, level, construct, (), environments, acceptance)


def everything() -> Outcome:
    """Every severity, with and without a rule, evidence, a condition, a construct; problems; awkward paths."""
    steps = (
        Step('module.web["a"].var.cidrs', Location("main.tf", 30, 3, 30, 27)),
        Step("var.cidrs", Location("../network/variables.tf", 4, 14, 4, 27)),
    )
    ssh = read_rule('module.web["a"].aws_security_group.this ingress tcp 22 from 0.0.0.0/0 when IsProd is false')
    everything = read_rule("Web/SG ingress all from 0.0.0.0/0,::/0")
    unknown = read_rule('aws_security_group.web ingress tcp 443 from unknown("data.x.y.cidr" blocked by "data.x.y")')
    return Outcome(
        findings=(
            finding(
                EVERYTHING,
                Location("cdk.out/Web.template.json", 1, 61, 1, 72),
                "Web/SG",
                "all traffic is open to the world",
                rule=everything,
                also=(SSH, PORT),
                level=1,
                construct="Web/Fleet/SG",
            ),
            finding(
                SSH,
                Location("main.tf", 12, 20, 12, 31),
                'module.web["a"].aws_security_group.this',
                "the world can reach ssh (tcp 22) when IsProd is false",
                rule=replace(ssh, evidence=steps),
                related=steps,
                also=(PORT,),
                level=2,
            ),
            finding(
                UNRESOLVED,
                Location("main.tf", 14, 5, 14, 18),
                "aws_security_group.web",
                "depends on data.x.y, known only at deploy time",
                rule=unknown,
            ),
            finding(
                PORT,
                Location("main.tf", 21, 20, 21, 31),
                "aws_security_group.web",
                "tcp 8443 from 0.0.0.0/0 is outside the authorized ports",
                environments=("dev", "prod"),
                acceptance=Acceptance(
                    Means.EXCEPTION,
                    ("SG105",),
                    Location("pyproject.toml", 31, 1, 31, 7),
                    "the API of the partners",
                    date(2027, 3, 31),
                    "net-team",
                    "NET-12",
                ),
            ),
            finding(
                UNRESOLVED,
                Location("main.tf", 22, 5, 22, 18),
                "aws_security_group.web",
                "depends on var.peers, known only at deploy time",
                acceptance=Acceptance(
                    Means.SUPPRESSION, ("unresolved-rule",), Location("main.tf", 22, 20, 22, 60), "set by the pipeline"
                ),
            ),
            finding(
                GROUP_DESCRIPTION,
                Location("main.tf", 40, 1, 44, 2),
                "aws_security_group.web",
                "the group has no description",
                environments=("prod",),
            ),
            finding(
                GROUP_NAME,
                Location("größe 語/réseau [1].tf", 3, 10, 3, 20),
                "aws_security_group.größe",
                "the name “テスト” says nothing",
            ),
            finding(PORT, Location("größe 語/réseau [1].tf", 9, 1, 9, 1), "語", "port 8443 is open to the world."),
        ),
        problems=(
            Problem(Location("broken file.tf", 7, 4, 7, 5), "an attribute or block is expected", "close the brace"),
            Problem(whole_file("../elsewhere/binary.tf"), "is a binary file, not text"),
        ),
        policies=POLICIES,
        units=3,
        groups=4,
        rules=11,
        levels={1: 1, 2: 1, 5: 1},
        lines={
            ("cdk.out/Web.template.json", 1): '{"Resources":{"SG":{"Properties":{"SecurityGroupIngress":[{"CidrIp":'
            '"0.0.0.0/0","IpProtocol":"-1"}],"GroupDescription":"Web/Fleet/SG","VpcId":{"Ref":"Vpc8378EB38"}},'
            '"Type":"AWS::EC2::SecurityGroup"}}}',
            ("main.tf", 12): '    cidr_blocks = ["0.0.0.0/0"]',
            ("main.tf", 14): "\tcidr_blocks = [data.x.y.cidr]",
            ("main.tf", 40): 'resource "aws_security_group" "web" {',
            ("größe 語/réseau [1].tf", 3): '  name = "テスト"',
        },
    )


def silent() -> Outcome:
    """A run that found nothing."""
    return Outcome(policies=POLICIES, units=1, groups=2, rules=5, levels={5: 2})


ATTACK = "\x1b[2Jweb\r\n\u202etxt.\u2066\u0085\u2028\x9b31m\udcff](1) [click](https://example.com) {0}"
"""Terminal sequences, bidi marks, line separators, a byte that is not UTF-8, and what SARIF takes for links."""


def hostile() -> Outcome:
    """Every text of the input is an attack on whoever displays it."""
    place = Location(f"{ATTACK}.tf", 1, 3, 1, 9)
    rule = replace(read_rule("web ingress tcp 22 from 0.0.0.0/0"), group=ATTACK, description=ATTACK)
    return Outcome(
        findings=(
            finding(
                SSH,
                place,
                ATTACK,
                ATTACK,
                rule=replace(rule, evidence=(Step(ATTACK, place),)),
                related=(Step(ATTACK, place),),
                construct=ATTACK,
                environments=(ATTACK,),
            ),
            finding(
                PORT,
                place,
                ATTACK,
                ATTACK,
                acceptance=Acceptance(Means.SUPPRESSION, (ATTACK,), place, ATTACK, None, ATTACK, ATTACK),
            ),
        ),
        problems=(Problem(place, ATTACK, ATTACK),),
        policies=POLICIES,
        units=1,
        lines={(place.path, 1): ATTACK},
    )


def catalogue() -> Outcome:
    """What every policy says about its own bad examples, each example a file."""
    findings = []
    for policy in REGISTERED:
        for number, example in enumerate(policy.bad, 1):
            for violation in policy.check(Analysis(read_estate(example)), Parameters()):
                placed = replace(violation, location=Location(f"{policy.name}/{number}.tf", 1, 1, 1, 2))
                findings.append(Finding(policy, placed, policy.severity))
    return Outcome(findings=tuple(findings), policies=REGISTERED, units=1)
