"""SG306: the rules of a group are written in ways that do not go together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sglint.analysis.analysis import Analysis
from sglint.model.location import Step
from sglint.model.record import replace
from sglint.model.rules import Direction, Form, SecurityGroup, Writer
from sglint.model.values import When
from sglint.policies.policy import Parameters, Policy, Severity, Violation
from sglint.policies.violations import of_group
from sglint.policies.wording import enumerate_all


def check(analysis: Analysis, _: Parameters) -> Iterator[Violation]:
    for group in analysis.groups:
        for direction in Direction:
            inline, listed, single = (_of_form(group, direction, form) for form in Form)
            when = _together(inline, (*listed, *single))
            if when is not None:
                apart = [writer for writer in (*listed, *single) if writer.when.conjoin(when) is not None]
                message = (
                    f"the group holds its {direction.value} rules itself, so each apply removes those of "
                    f"{_addresses(apart)} again"
                )
                yield _violation(group, direction, message, when, apart)
                continue
            when = _together(listed, single)
            if when is not None:
                message = (
                    f"two kinds of resource write {direction.value} rules of the group, which may overwrite each "
                    f"other's: {_addresses(listed)}, and {_addresses(single)}"
                )
                violation = _violation(group, direction, message, when, (*listed, *single))
                yield replace(violation, severity=Severity.LOW)


def _of_form(group: SecurityGroup, direction: Direction, form: Form) -> list[Writer]:
    return [writer for writer in group.writers if writer.direction is direction and writer.form is form]


def _together(ones: Sequence[Writer], others: Sequence[Writer]) -> When | None:
    """A condition under which there are writers of both sorts, None if there is none."""
    both = (one.when.conjoin(other.when) for one in ones for other in others)
    return next((when for when in both if when is not None), None)


def _addresses(writers: Sequence[Writer]) -> str:
    return enumerate_all(list(dict.fromkeys(writer.address for writer in writers)))


def _violation(
    group: SecurityGroup, direction: Direction, message: str, when: When, writers: Sequence[Writer]
) -> Violation:
    steps = tuple(Step(f"{writer.address} writes {direction.value} rules", writer.location) for writer in writers)
    return replace(of_group(group, message, when=when), subject=direction.value).with_steps(steps)


POLICY = Policy(
    id="SG306",
    name="mixed-inline-and-standalone-rules",
    severity=Severity.MEDIUM,
    summary=(
        "A group in Terraform holds rules of one direction itself (an empty list counts) and has rule resources for "
        "the same direction, or has rule resources of both kinds (low)."
    ),
    why=(
        "A group with inline rules removes all others of that direction when it is applied, and the rule resources put "
        "theirs back at the next run. In between, traffic is cut or let in that nobody decided on, and every plan "
        "shows changes. The two kinds of rule resource do not know of each other either: what one of them changes, the "
        "other may overwrite. What the group leaves out, or ignores the changes of, it does not remove."
    ),
    fix="Write all rules of a direction in one way: as aws_vpc_security_group_ingress_rule and its egress twin.",
    check=check,
    bad=(
        "group web\nwriter web ingress inline web\nwriter web ingress single ssh",
        "group web\nwriter web egress inline web\nwriter web egress listed out when A is x",
        "group web\nwriter web ingress listed ssh\nwriter web ingress single https",
    ),
    good=(
        "group web\nwriter web ingress inline web\nwriter web egress single out",
        "group web\nwriter web ingress inline web when A is x\nwriter web ingress single ssh when A is y",
        "group web\nwriter web ingress single ssh\nwriter web ingress single https",
        "group web\nwriter web ingress inline web\nwriter web egress inline web",
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",),
)
