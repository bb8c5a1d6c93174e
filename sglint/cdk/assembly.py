"""Evaluates a cloud assembly: all of its stacks together, each resource with its construct and source line."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sglint.aws.resources import Evaluated, Resource
from sglint.cdk.constructs import Constructs, TreeNode, tree_nodes
from sglint.cdk.descriptions import with_generated_marked
from sglint.cdk.joining import Joint, joints
from sglint.cdk.manifest import Assembly, Stack, read_assembly
from sglint.cdk.notes import note_on_compiled_code, note_on_missing_line
from sglint.cdk.placing import placed
from sglint.cdk.shapes import read_object
from sglint.cdk.sources import Sources
from sglint.cloudformation.deployment import Deployment, Template
from sglint.cloudformation.inputs import Inputs
from sglint.cloudformation.templates import evaluate_stacks
from sglint.model.location import Step, whole_file
from sglint.model.record import replace
from sglint.model.rules import Unresolved
from sglint.model.values import Value
from sglint.reading.document import Node
from sglint.reading.files import Files, Unreadable


def evaluate(directory: str, inputs: Inputs, files: Files, types: Collection[str] | None = None) -> Evaluated:
    """One assembly: its stacks, those of its stages, and the nested stacks of both.

    Addresses are the construct path of the stack, nested or not, and the logical id in its template:
    `Prod/Web/Database/SG12345678`. Where the assembly records which line of the app made a resource or wrote a rule,
    that line is its location, and the place in the template is evidence. `types` are the resource types of interest,
    None for all, or a `Wanted` mapping. What cannot be read is a problem; the rest is evaluated.
    """
    return _Evaluation(directory, inputs, files, types).evaluated()


class _Evaluation:
    def __init__(self, directory: str, inputs: Inputs, files: Files, types: Collection[str] | None) -> None:
        self._inputs = inputs
        self._files = files
        self._assembly: Assembly = read_assembly(directory, files)
        self._problems = list(self._assembly.problems)
        self._sources = Sources(directory, files)
        self._deployment = Deployment(files, types)
        self._known: dict[str, tuple[Joint, Constructs]] = {}
        self._notes: dict[str, None] = {}

    def evaluated(self) -> Evaluated:
        tree = tuple(self._tree())
        templates = [template for stack in self._assembly.stacks if (template := self._template(stack, tree))]
        found = evaluate_stacks(templates, self._deployment)
        return replace(
            found,
            resources=tuple(map(self._placed, found.resources)),
            unresolved=tuple(map(self._placed_unresolved, found.unresolved)),
            problems=tuple(sorted({*self._problems, *found.problems})),
            notes=tuple(self._notes)[:1],
        )

    def _tree(self) -> Iterator[TreeNode]:
        for path in self._assembly.trees:
            try:
                yield from tree_nodes(read_object(self._files, path))
            except Unreadable as error:
                self._problems.append(error.problem)

    def _template(self, stack: Stack, tree: tuple[TreeNode, ...]) -> Template | None:
        try:
            document: Node = self._deployment.read(stack.template)
        except Unreadable as error:
            self._problems.append(error.problem)
            return None
        constructs = Constructs(stack.path, stack.metadata, tree)
        for joint in joints(stack, constructs, self._deployment):
            self._known[joint.address] = joint, constructs
            if joint.path is not None:
                self._deployment.constructs[joint.address] = joint.path
            if joint.nested:
                self._deployment.nested[joint.address] = joint.nested
                self._deployment.prefixes[joint.address] = joint.prefix
        place = whole_file(stack.manifest)
        given = {name: Value(value, place) for name, value in stack.parameters.items()}
        pseudo = {"AWS::StackName": stack.name, "AWS::AccountId": stack.account, "AWS::Region": stack.region}
        return Template(
            stack.template,
            document,
            prefix=f"{stack.path}/",
            parameters={**given, **self._inputs.parameters},
            pseudo={name: value for name, value in pseudo.items() if value is not None},
            environment=f"{stack.account or '*'}/{stack.region or '*'}",
            tags={name: Value(value, place) for name, value in stack.tags.items()},
        )

    def _placed(self, resource: Resource) -> Resource:
        joint, constructs = self._known.get(resource.address, (None, None))
        if joint is None or constructs is None or joint.path is None:
            return resource
        resource = with_generated_marked(resource, joint.path)
        moved = placed(resource, joint.path, constructs, self._sources)
        path = moved.location.path
        if path == resource.location.path:
            self._notes[note_on_missing_line(constructs.trace(joint.path))] = None
        elif path.endswith(".js") and self._files.exists(f"{path.removesuffix('.js')}.ts"):
            self._notes[note_on_compiled_code(path)] = None
        return moved

    def _placed_unresolved(self, unresolved: Unresolved) -> Unresolved:
        """A nested stack whose template is not there, at the line that made it."""
        joint, constructs = self._known.get(unresolved.address, (None, None))
        if joint is None or constructs is None or joint.path is None:
            return unresolved
        created = self._sources.first(constructs.created(joint.path))
        if created is None:
            return replace(unresolved, construct=joint.path)
        evidence = (Step(unresolved.address, unresolved.location), *unresolved.evidence)
        return replace(unresolved, construct=joint.path, location=created, evidence=evidence)
