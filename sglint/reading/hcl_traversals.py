"""The steps after an operand (`.name`, `[key]`, `.0`, `.*`, `[*]`) as syntax nodes, with each splat's scope."""

from __future__ import annotations

from enum import Enum, auto

from sglint.model.location import Location
from sglint.model.record import frozen
from sglint.reading.syntax import Expression, GetAttr, Index, Literal, Splat, SplatItem


class StepKind(Enum):
    ATTRIBUTE = auto()
    INDEX = auto()
    LEGACY_INDEX = auto()
    ATTRIBUTE_SPLAT = auto()
    FULL_SPLAT = auto()


@frozen
class Step:
    """`location` runs from the start of the whole traversal to the end of this step."""

    kind: StepKind
    location: Location
    name: str = ""
    key: Expression | None = None


def traverse(operand: Expression, steps: list[Step]) -> Expression:
    """Apply steps to an operand.

    As Terraform's parser has it (and other than the specification's grammar reads), a full splat takes every step
    after it into its item, further splats included, so that `a[*].b[*].c` is a list of lists. An attribute-only splat
    takes the attribute steps that follow, legacy indexes among them; anything after applies to the resulting list.
    """
    source = operand
    for position, step in enumerate(steps):
        if step.kind is StepKind.FULL_SPLAT:
            item = traverse(SplatItem(step.location), steps[position + 1 :])
            return Splat(source, item, steps[-1].location)
        if step.kind is StepKind.ATTRIBUTE_SPLAT:
            end = position + 1
            while end < len(steps) and steps[end].kind in (StepKind.ATTRIBUTE, StepKind.LEGACY_INDEX):
                end += 1
            item = traverse(SplatItem(step.location), steps[position + 1 : end])
            return traverse(Splat(source, item, steps[end - 1].location), steps[end:])
        if step.kind is StepKind.ATTRIBUTE:
            source = GetAttr(source, step.name, step.location)
        else:
            source = Index(source, step.key or Literal(None, step.location), step.location)
    return source
