"""One line of text for each statement of an IAM policy.

    statement POLICY allow actions ec2:RunInstances,s3:* resources *
    statement POLICY deny not-actions iam:* not-resources arn:aws:s3:::logs conditional document 1 when IsProd is true

Statements of one policy belong to one document, the first, unless `document` says which.
"""

from __future__ import annotations

from sglint.model.permissions import Statement
from sglint.model.record import replace
from sglint.notation.words import (
    Line,
    NotationError,
    read_names,
    read_when,
    unreadable,
    word,
    write_condition,
    write_names,
)


def write_statement(statement: Statement) -> str:
    parts = ["statement", word(statement.policy), "allow" if statement.is_allow else "deny"]
    parts += write_names("not-actions" if statement.is_not_action else "actions", statement.actions)
    parts += write_names("not-resources" if statement.is_not_resource else "resources", statement.resources)
    if statement.is_conditional:
        parts.append("conditional")
    if statement.document:
        parts += ["document", str(statement.document)]
    return " ".join((*parts, *write_condition(statement.when)))


def read_statement(line: Line) -> Statement:
    """What follows the word `statement`."""
    policy = line.take("a policy")
    is_allow = line.accept("allow")
    if not is_allow:
        line.expect("deny")
    found = Statement(policy, is_allow, (), ())
    while line.words:
        is_not = line.peek() in ("not-actions", "not-resources")
        if line.accept("actions") or line.accept("not-actions"):
            found = replace(found, actions=(*found.actions, *read_names(line)), is_not_action=is_not)
        elif line.accept("resources") or line.accept("not-resources"):
            found = replace(found, resources=(*found.resources, *read_names(line)), is_not_resource=is_not)
        elif line.accept("conditional"):
            found = replace(found, is_conditional=True)
        elif line.accept("document"):
            found = replace(found, document=_number(line))
        elif line.accept("when"):
            found = replace(found, when=read_when(line))
        else:
            raise unreadable(line)
    return found


def _number(line: Line) -> int:
    text = line.take("a number")
    if not text.isascii() or not text.isdigit():
        raise NotationError(f"{text!r} is no number of a document, in: {line.text.strip()}")
    return int(text)
