"""Translates programs and templates that tests write inline, and shows what surrounds the groups as notation."""

from __future__ import annotations

from sglint.aws import cloudformation as cloudformation_resources
from sglint.aws import terraform as terraform_resources
from sglint.cloudformation import templates
from sglint.cloudformation.inputs import read_inputs
from sglint.model.rules import Estate
from sglint.notation.listeners import write_listener
from sglint.notation.surroundings import write_acl, write_attachment
from sglint.reading.files import Files
from sglint.terraform.evaluation import evaluate
from sglint.terraform.inputs import Inputs
from sglint.terraform.modules import Modules


def terraform(main: str, **others: str) -> Estate:
    """A root module of one file, and other modules by the name of their directory. There must be no problem."""
    given = {"main.tf": main, **{f"{directory}/main.tf": text for directory, text in others.items()}}
    files = Files((), {path: text.encode() for path, text in given.items()})
    found = evaluate("", Inputs(), Modules(files), terraform_resources.READ)
    assert [str(problem) for problem in found.problems] == []
    return terraform_resources.translate(found)


def cloudformation(template: str, **others: str) -> Estate:
    """A template, and others by the name of their file without its ending. There must be no problem."""
    given = {"template.yaml": template, **{f"{name}.yaml": text for name, text in others.items()}}
    files = Files((".",), {path: text.encode() for path, text in given.items()})
    found = templates.evaluate("template.yaml", read_inputs(files, (), ()), files, cloudformation_resources.READ)
    assert [str(problem) for problem in found.problems] == []
    return cloudformation_resources.translate(found)


def attachments(estate: Estate) -> list[str]:
    """Each attachment in short: address, kind, facing, groups and the rest."""
    return [write_attachment(each).removeprefix("attachment ") for each in estate.attachments]


def carried(estate: Estate) -> dict[str, list[str]]:
    """The groups that each resource carries, with the condition before them where there is one."""
    found: dict[str, list[str]] = {}
    for each in estate.attachments:
        before = f"{each.when}: " if each.when else ""
        found.setdefault(each.address, []).extend(before + group for group in each.groups)
    return found


def facing(estate: Estate) -> dict[str, str]:
    return {each.address: each.facing.value for each in estate.attachments}


def acl_lines(estate: Estate) -> list[str]:
    return [line for acl in estate.acls for line in write_acl(acl)]


def listener_lines(estate: Estate) -> list[str]:
    return [line for listener in estate.listeners for line in write_listener(listener)]
