"""Which policies answer the requirements of a framework, for people, spreadsheets and programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sglint.compliance.mapping import Framework, Link, Requirement, requirements
from sglint.model.record import frozen
from sglint.policies.policy import Policy
from sglint.policies.registry import POLICIES
from sglint.reports.escaping import csv_cell

_COLUMNS = ("framework", "requirement", "policy", "name", "controls", "rules", "sources")


@frozen
class Answer:
    """A policy that answers a requirement: what it flags, the controls of the links flag too."""

    requirement: Requirement
    policy: Policy
    links: tuple[Link, ...]

    @property
    def controls(self) -> tuple[str, ...]:
        return tuple(link.control.id for link in self.links)

    @property
    def rules(self) -> tuple[str, ...]:
        """The AWS Config rules of the controls."""
        return tuple(dict.fromkeys(link.control.rule for link in self.links))

    @property
    def sources(self) -> tuple[str, ...]:
        """The pages that state it, from the control to the requirement."""
        return tuple(dict.fromkeys(page for link in self.links for page in (link.control.source, link.source)))


def answers(framework: Framework) -> Iterator[Answer]:
    """In the order of the requirements and, for each, of the policies."""
    for requirement in requirements(framework):
        for policy in POLICIES:
            if links := requirement.through(policy.controls):
                yield Answer(requirement, policy, links)


def render_framework(framework: Framework, form: str) -> str:
    """`form` is one of FORMATS; KeyError for any other."""
    return FORMATS[form](framework)


def _text(framework: Framework) -> str:
    found = list(answers(framework))
    first = max(len(answer.requirement.id) for answer in found)
    second = max(len(answer.policy.name) for answer in found)
    lines, shown = [framework.title], ""
    for answer in found:
        id = "" if answer.requirement.id == shown else answer.requirement.id
        shown = answer.requirement.id
        controls = ", ".join(answer.controls)
        lines.append(f"{id:<{first}}  {answer.policy.id} {answer.policy.name:<{second}}  {controls}")
    return "".join(f"{line}\n" for line in lines)


def _json(framework: Framework) -> str:
    import json

    found: dict[Requirement, list[Answer]] = {}
    for answer in answers(framework):
        found.setdefault(answer.requirement, []).append(answer)
    document = {
        "version": 1,
        "framework": {
            "id": framework.id,
            "name": framework.name,
            "version": framework.version,
            "publisher": framework.publisher,
            "address": framework.address,
            "superseded": framework.is_superseded,
        },
        "requirements": [
            {"id": requirement.id, "title": requirement.title, "policies": [_policy(answer) for answer in given]}
            for requirement, given in found.items()
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _policy(answer: Answer) -> dict[str, object]:
    return {
        "id": answer.policy.id,
        "name": answer.policy.name,
        "controls": answer.controls,
        "rules": answer.rules,
        "sources": answer.sources,
    }


def _csv(framework: Framework) -> str:
    """RFC 4180."""
    rows = [_COLUMNS, *map(_cells, answers(framework))]
    return "".join(f"{','.join(map(csv_cell, row))}\r\n" for row in rows)


def _cells(answer: Answer) -> tuple[str, ...]:
    return (
        answer.requirement.framework.id,
        answer.requirement.id,
        answer.policy.id,
        answer.policy.name,
        " ".join(answer.controls),
        " ".join(answer.rules),
        " ".join(answer.sources),
    )


def _markdown(framework: Framework) -> str:
    return "".join(f"{line}\n" for line in markdown_lines(framework, lambda policy: f"{policy.id} {policy.name}"))


def markdown_lines(framework: Framework, named: Callable[[Policy], str]) -> Iterator[str]:
    """A table with a row for each requirement and policy. `named` gives the policy in Markdown."""
    yield "| requirement | policy | through | source |"
    yield "| --- | --- | --- | --- |"
    for answer in answers(framework):
        through = ", ".join(f"{link.control.id} ({link.control.rule})" for link in answer.links)
        sources = "<br>".join(f"<{source}>" for source in answer.sources)
        yield f"| {answer.requirement.id} | {named(answer.policy)} | {through} | {sources} |"


FORMATS: dict[str, Callable[[Framework], str]] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "markdown": _markdown,
}
