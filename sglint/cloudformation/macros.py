"""The transforms of a template: which it declares, and what those that need no account make of it."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.cloudformation.deployment import Deployment, Template
from sglint.cloudformation.foreach import Collection, Loops
from sglint.cloudformation.forms import FOR_EACH, section, text
from sglint.cloudformation.include import Includes
from sglint.cloudformation.sam import serverless
from sglint.model.location import Location
from sglint.model.record import frozen
from sglint.model.values import When
from sglint.reading.document import Mapping, Node, Scalar, Sequence

LANGUAGE_EXTENSIONS = "AWS::LanguageExtensions"
INCLUDE = "AWS::Include"
_SERVERLESS = "AWS::Serverless-"
_ADD_NO_GROUPS = ("AWS::CodeDeployBlueGreen", "AWS::SecretsManager-", "AWS::ServiceCatalog")
"""Transforms of AWS itself that need the account and make neither groups nor rules."""


@frozen
class Expanded:
    """The sections that transforms rewrite."""

    conditions: Mapping
    resources: Mapping
    outputs: Mapping
    presences: dict[str, tuple[When, When]]
    """When that which loops made only under some condition exists, and when not, by the condition's name."""


class Macros:
    """The transforms that one template declares."""

    def __init__(self, template: Template, deployment: Deployment) -> None:
        self._template = template
        self._deployment = deployment
        root = template.document
        if not isinstance(root, Mapping):
            deployment.report(root.location, "a template must be an object")
            root = Mapping((), root.location)
        self._root = root
        declared = root.get("Transform")
        self._declared = dict(_declared(declared)) if declared is not None else {}
        self._is_partial = False
        self._leave_unknown()

    def _leave_unknown(self) -> None:
        known = (INCLUDE, LANGUAGE_EXTENSIONS, _SERVERLESS, *_ADD_NO_GROUPS)
        for name, location in self._declared.items():
            if not name.startswith(known):
                self._leave(name, "a macro runs in the account, at deploy time", location)

    def _leave(self, name: str, reason: str, location: Location) -> None:
        template = self._template
        self._deployment.leave(template.prefix + name, name, reason, location, template.evidence)

    @property
    def may_add(self) -> bool:
        """Whether resources and conditions may come about that the template does not name."""
        return self._is_partial or any(name not in (INCLUDE, LANGUAGE_EXTENSIONS) for name in self._declared)

    def included(self) -> Mapping:
        """The template with local `AWS::Include` files in it."""
        includes = Includes(self._template, self._deployment)
        found = includes.applied(self._root)
        self._is_partial = includes.is_partial
        return found

    def expanded(self, root: Mapping, collection: Collection) -> Expanded:
        """The sections with loops unrolled and serverless resources replaced by what they make."""
        report = self._deployment.report
        written = [section(root, name, report) for name in ("Conditions", "Resources", "Outputs")]
        if root.entries and root.get("Resources") is None and not self.may_add:
            report(root.location, "at least one Resources member must be defined")
        loops = Loops(collection, report, self._leave, self._template.prefix)
        misplaced = [key for each in written for key, _ in each.entries if key.text.startswith(FOR_EACH)]
        if LANGUAGE_EXTENSIONS in self._declared:
            misplaced = []
        for key in misplaced:
            report(key.location, f"{key.text} needs the transform {LANGUAGE_EXTENSIONS}")
        if misplaced or LANGUAGE_EXTENSIONS in self._declared:
            written = [loops.section(each) for each in written]
        conditions, resources, outputs = written
        if any(name.startswith(_SERVERLESS) for name in self._declared):
            resources = serverless(resources, root.get("Globals"))
        return Expanded(conditions, resources, outputs, loops.presences)


def _declared(node: Node) -> Iterator[tuple[str, Location]]:
    """The names of the transforms in a Transform section, with their places."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _declared(item)
        return
    named = node.get("Name") if isinstance(node, Mapping) else node
    name = text(named)
    if name is not None and isinstance(named, Scalar):
        yield name, named.location
