"""The pages about policies: one for each, the index of them all, and the table of services."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from sglint.analysis.services import SERVICES, Service
from sglint.model.intervals import IntervalSet
from sglint.model.traffic import ports_text
from sglint.policies.pages import page
from sglint.policies.policy import Policy
from sglint.policies.registry import POLICIES

_EXAMPLES = Path(__file__).parents[1] / "fixtures" / "policies"
_DIALECTS = (
    ("Terraform", "hcl", "main.tf"),
    ("CloudFormation", "yaml", "template.yaml"),
    ("CDK", "python", "app.py"),
)
_CHAPTERS = (
    ("SG1", "Ingress"),
    ("SG2", "Egress"),
    ("SG3", "Hygiene"),
    ("SG4", "Structure"),
    ("SG5", "Layers around the group"),
    ("SG9", "About the run itself"),
)


def _file(policy: Policy) -> str:
    return f"{policy.id}-{policy.name}.md"


def policy_page(policy: Policy) -> str:
    """What `sglint explain` says, with the policy's examples in the dialects."""
    parts = [page(policy)]
    for dialect, language, name in _DIALECTS:
        example = (_EXAMPLES / policy.name / name).read_text(encoding="utf-8")
        parts.append(
            f"\n## In {dialect}\n\nA comment names what is found on its line; the other lines pass.\n\n"
            f"```{language}\n{example}```\n"
        )
    return "".join(parts)


def index() -> str:
    return "\n".join(_index()) + "\n"


def _index() -> Iterator[str]:
    yield "# Policies"
    yield ""
    yield "A policy has an id, which never changes, and a name, which reads after *allow*. Either can be given wherever"
    yield "a policy is named: `--select`, `--ignore`, `sglint explain`. *Strict* policies are off unless the strict"
    yield "profile or `--select` asks for them; *open* ones say what could not be judged and never fail a run."
    yield ""
    yield "One bad rule is one finding: it is reported by the policy that names the worst of it, and the others that"
    yield "the rule breaks are listed under *also*. A policy that is selected alone reports in its own right."
    for prefix, title in _CHAPTERS:
        policies = [policy for policy in POLICIES if policy.id.startswith(prefix)]
        if policies:
            yield from ("", f"## {title}", "", "| id | name | flags | severity | Security Hub |")
            yield "| --- | --- | --- | --- | --- |"
            yield from map(_row, policies)
    yield from ("", "The services behind `high-risk-port-from-world` are [a table of their own](services.md).")
    yield from ("", "The requirements of standards that policies answer are [a page of their own](../compliance.md).")


def _row(policy: Policy) -> str:
    mark = ", strict" if policy.is_strict else ", open" if policy.is_open else ""
    controls = ", ".join(policy.controls)
    return (
        f"| [{policy.id}]({_file(policy)}) | {policy.name} | {policy.summary} | {policy.severity}{mark} | {controls} |"
    )


def services() -> str:
    return "\n".join(_services()) + "\n"


def _services() -> Iterator[str]:
    yield "# Services that are not meant for the world"
    yield ""
    yield "These ports are behind [high-risk-port-from-world](SG104-high-risk-port-from-world.md) and the names in"
    yield "messages. *EC2.19* marks the high-risk list of that Security Hub control; the other rows extend it."
    yield ""
    yield "| service | tcp | udp | why it matters: it … | EC2.19 |"
    yield "| --- | --- | --- | --- | --- |"
    yield from map(_service_row, SERVICES)


def _service_row(service: Service) -> str:
    listed = "yes" if service.is_ec2_19 else ""
    return f"| {service.name} | {_ports(service.tcp)} | {_ports(service.udp)} | {service.why} | {listed} |"


def _ports(ports: IntervalSet) -> str:
    return ports_text(ports).replace(",", ", ") if ports else ""


PAGES: dict[str, Callable[[], str]] = {f"policies/{_file(policy)}": partial(policy_page, policy) for policy in POLICIES}
