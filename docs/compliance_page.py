"""The page about compliance: which policies answer which requirement, with the page that says so."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.compliance.mapping import Framework, find_framework, frameworks
from sglint.policies.policy import Policy
from sglint.reports.frameworks import answers, markdown_lines, render_framework

_EXAMPLE = "cis-5.0"
_INTRODUCTION = """\
# Compliance

Which policies answer the requirements of a framework, as AWS documents it. A policy names the AWS Security Hub controls
whose check it makes on the code; the page of a control names the AWS Config rule that it runs and the requirements that
it belongs to; the pages on conformance packs map the rules to further requirements. Every row below has the pages that
it comes from. A requirement that no such page maps to one of these controls is left out, and so is a policy that makes
no control's check: a clean run is evidence for these requirements, not compliance with them.
"""
_ELSEWHERE = """\
The text names the controls through which a policy answers; `--format json`, `csv` and `markdown` have the rules and the
sources too. `sglint explain` lists the requirements of one policy. In SARIF the latest version of each framework is a
taxonomy that the policies point into, and the ids of the standards are tags of the policies.
"""
_LEFT_OUT = """\
SOC 2 is not here: AWS maps its criteria to rules in a download of
[Audit Manager](https://docs.aws.amazon.com/audit-manager/latest/userguide/SOC2.html), not on a page. Nor are the
versions of the CIS benchmark that Security Hub does not support."""


def compliance() -> str:
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield _INTRODUCTION
    yield "```console"
    yield f"$ sglint policies --framework {_EXAMPLE}"
    yield render_framework(find_framework(_EXAMPLE), "text").rstrip("\n")
    yield "```"
    yield ""
    yield _ELSEWHERE
    yield "| id | framework | kept by | requirements answered |"
    yield "| --- | --- | --- | --- |"
    yield from map(_row, frameworks())
    yield ""
    yield _LEFT_OUT
    for framework in frameworks():
        yield from ("", f"## {framework.title}", "", f"`{framework.id}`, by <{framework.address}>", "")
        yield from markdown_lines(framework, _linked)


def _row(framework: Framework) -> str:
    count = len({answer.requirement for answer in answers(framework)})
    return f"| `{framework.id}` | [{framework.title}](#{_anchor(framework.title)}) | {framework.publisher} | {count} |"


def _anchor(title: str) -> str:
    """As GitHub makes it of a heading."""
    return "".join(letter for letter in title.lower().replace(" ", "-") if letter.isalnum() or letter == "-")


def _linked(policy: Policy) -> str:
    return f"[{policy.id} {policy.name}](policies/{policy.id}-{policy.name}.md)"
