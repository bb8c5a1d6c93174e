"""What IAM policies allow and deny."""

from __future__ import annotations

from sglint.model.location import Evidence, Location
from sglint.model.record import field, frozen
from sglint.model.values import ALWAYS, When


@frozen
class Statement:
    """A statement of an IAM policy, as far as it is known.

    `policy` is the address of the resource that holds the document; statements of one document share it and `document`,
    which counts the documents of a resource. `actions` and `resources` are IAM's patterns as they are written; with
    `is_not_action` or `is_not_resource` they are what the statement leaves out. Patterns that only the deployment knows
    are missing among them, and what may leave out more is not told of at all.
    """

    policy: str
    is_allow: bool
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    is_not_action: bool = False
    is_not_resource: bool = False
    is_conditional: bool = False
    """Whether it holds only for some requests: it has a `Condition`, or may have one."""
    document: int = 0
    when: When = ALWAYS
    location: Location = field(default=Location("", 1, 1, 1, 1), compare=False)
    evidence: Evidence = field(default=(), compare=False)
    construct: str | None = field(default=None, compare=False)
    """The path of the CDK construct that made it, where the input says."""
