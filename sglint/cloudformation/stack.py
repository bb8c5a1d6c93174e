"""One template deployed as one stack: its sections, each evaluated on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from sglint.aws.resources import Resource
from sglint.cloudformation.alternatives import used
from sglint.cloudformation.attributes import GIVEN_BY_PROPERTY
from sglint.cloudformation.conditions import Conditions
from sglint.cloudformation.deployment import Deployment, Template
from sglint.cloudformation.evaluator import Evaluator
from sglint.cloudformation.foreach import PRESENT
from sglint.cloudformation.forms import TRANSFORM, Report, items, members, section, text
from sglint.cloudformation.functions import FUNCTIONS
from sglint.cloudformation.literals import as_text, first_unknown, shown
from sglint.cloudformation.macros import Macros
from sglint.cloudformation.nesting import NESTED_STACK, nested_template
from sglint.cloudformation.parameters import Parameters
from sglint.cloudformation.pseudo import pseudo_parameter
from sglint.cloudformation.resources import attributes_of, construct_path, extent, limited, properties_of
from sglint.cloudformation.uses import NO_USE, names_in
from sglint.model.location import Location
from sglint.model.values import (
    ALWAYS,
    Reference,
    Unknown,
    Value,
    When,
    alternatives,
)
from sglint.reading.document import Mapping, Node, Scalar


class Stack:
    """A template's sections as one stack, and what its names stand for (an `evaluator.Scope`)."""

    def __init__(self, template: Template, deployment: Deployment) -> None:
        self.template = template
        self._deployment = deployment
        self._report: Report = deployment.report
        self._evaluator = Evaluator(self, self._report, FUNCTIONS)
        self._nested: dict[str, Stack | None] = {}
        self._pending: set[tuple[str, str]] = set()
        macros = Macros(template, deployment)
        root = macros.included()
        self._is_open = macros.may_add
        self._parameters = Parameters(
            section(root, "Parameters", self._report), template.parameters, template.prefix, self._report
        )
        self._mappings = members(section(root, "Mappings", self._report))
        self._resources: dict[str, tuple[Scalar, Node]] = {}
        self._conditions = self._logic(section(root, "Conditions", self._report), {})
        expanded = macros.expanded(root, self._collection)
        self._conditions = self._logic(expanded.conditions, expanded.presences)
        self._resources = members(expanded.resources)
        self._outputs = members(expanded.outputs)

    def _logic(self, conditions: Mapping, presences: dict[str, tuple[When, When]]) -> Conditions:
        return Conditions(conditions, self._evaluator.value, self._label, self._report, self._is_open, presences)

    def release(self) -> None:
        """Undo the stack and those nested in it, which hold themselves in circles. Nothing can be asked of it then."""
        for nested in self._nested.values():
            if nested is not None:
                nested.release()
        vars(self).clear()

    @property
    def environment(self) -> str:
        return self.template.environment

    @property
    def choices(self) -> dict[str, frozenset[str]]:
        """The values of the parameters that are undecided among several, those of nested stacks included."""
        found = dict(self._parameters.choices)
        for nested in self._nested.values():
            found.update(nested.choices if nested is not None else {})
        return found

    # ---- what the stack holds

    def resources(self) -> Iterator[Resource]:
        """The resources that exist under some assignment of the parameters, those of nested stacks included."""
        self._conditions.decide_all()
        for logical_id, (key, body) in self._resources.items():
            if logical_id == TRANSFORM:
                continue
            if not isinstance(body, Mapping):
                self._report(body.location, f"[/Resources/{logical_id}] every Resources member must be an object")
                continue
            kind = text(body.get("Type"))
            if kind is None:
                if not self._is_open:
                    self._report(key.location, f"[/Resources/{logical_id}] must contain a Type member")
                continue
            when = self._when(body)
            if when is None:
                continue
            if kind == NESTED_STACK:
                nested = self._stack(logical_id)
                if nested is not None:
                    yield from nested.resources()
            elif kind.endswith("::MODULE"):
                self._leave(logical_id, kind, "a module from the CloudFormation registry", key.location)
            if self._deployment.types is None or kind in self._deployment.types:
                yield from self._resource(logical_id, kind, key, body, when)

    def _resource(self, logical_id: str, kind: str, key: Scalar, body: Mapping, when: When) -> Iterator[Resource]:
        """The resource, unless a macro keeps all of its properties unknown."""
        paths = self._deployment.paths(kind)
        properties = properties_of(body if paths is None else limited(body, paths), self._evaluator, when)
        if isinstance(properties.data, Unknown):
            reason = f"its properties are not known: {properties.data.blocked_by}"
            self._leave(logical_id, properties.data.expression, reason, properties.location)
            return
        address = self.template.prefix + logical_id
        yield Resource(
            address=address,
            type=kind,
            arguments=properties,
            location=key.location,
            extent=extent(key, body),
            when=when,
            evidence=self.template.evidence,
            construct=self._deployment.constructs.get(address) or construct_path(body),
            attributes=attributes_of(key, body, self.template.tags, self._evaluator, when),
        )

    def _when(self, body: Mapping) -> When | None:
        """When a resource or output exists; None when it never does."""
        present = body.get(PRESENT)
        condition = body.get("Condition")
        when = self.template.when
        for node in (*(items(present) or () if present is not None else ()), condition):
            name = text(node)
            if name is None or node is None:
                continue
            holds, _ = self.branches(name, node.location)
            joined = when.conjoin(holds) if holds is not None else None
            if joined is None:
                return None
            when = joined
        if condition is not None and text(condition) is None:
            self._report(condition.location, "every Condition member must be a string")
        return when

    def used(self) -> Iterator[str]:
        """The addresses of what resources, other than groups and rules, and outputs name; those of nested stacks too.

        A prefix stands for all addresses under it, where a macro may add what it likes.
        """
        if self._is_open:
            yield self.template.prefix
        bodies = [body for _, body in self._outputs.values()]
        for _, body in self._resources.values():
            if not isinstance(body, Mapping) or text(body.get("Type")) not in NO_USE:
                bodies.append(body)
        yield from (self.template.prefix + name for body in bodies for name in names_in(body))
        for nested in self._nested.values():
            if nested is not None:
                yield from nested.used()

    def exports(self) -> Iterator[tuple[str, Callable[[], Value]]]:
        """Each export whose name is known, with what works out its value; those of nested stacks included."""
        for _, body in self._outputs.values():
            if not isinstance(body, Mapping):
                continue
            export = body.get("Export")
            node = export.get("Name") if isinstance(export, Mapping) else None
            when = self._when(body) if node is not None else None
            written = body.get("Value")
            if node is None or written is None or when is None:
                continue
            for _, name in alternatives(self._evaluator.value(node, when)):
                label = as_text(name.data)
                if label is not None:
                    yield label, partial(self._evaluator.value, written, when)
        for logical_id, (_, body) in self._resources.items():
            if isinstance(body, Mapping) and text(body.get("Type")) == NESTED_STACK and self._when(body) is not None:
                nested = self._stack(logical_id)
                if nested is not None:
                    yield from nested.exports()

    def outputs(self) -> Iterator[tuple[str, Callable[[], Value]]]:
        """Each output as `Stack.Output`, with what works out its value; none where the stack's name is not known."""
        stack = self.template.pseudo.get("AWS::StackName")
        for name, (_, body) in self._outputs.items():
            written = body.get("Value") if isinstance(body, Mapping) else None
            when = self._when(body) if isinstance(body, Mapping) else None
            if stack is not None and written is not None and when is not None:
                yield f"{stack}.{name}", partial(self._evaluator.value, written, when)

    def output(self, name: str, location: Location) -> Value:
        """The value of an output, placed at the `location` that asks for it."""
        label = self.template.prefix + name
        entry = self._outputs.get(name)
        written = entry[1].get("Value") if entry is not None and isinstance(entry[1], Mapping) else None
        if entry is None or written is None:
            self._report(location, f"output '{name}' not found in the nested stack {self.template.prefix[:-1]}")
            return Value(Unknown(label, label), location)
        return self._evaluator.value(written, self.template.when).referenced(f"output {label}", location)

    # ---- what its names stand for

    def referred(self, name: str, location: Location, given: When) -> Value:
        pseudo = pseudo_parameter(name, self.template.pseudo, self.template.prefix, location)
        if pseudo is not None:
            return pseudo
        if name in self._parameters:
            return used(self._parameters.value(name), f"parameter {self.template.prefix}{name}", location)
        address = self.template.prefix + name
        if name in self._resources:
            return self._deployed(name, "Ref", address, location, given)
        if not self._is_open:
            self._report(location, f"unresolved resource dependencies [{name}]: no parameter or resource has this name")
        return Value(Unknown(address, address), location)

    def attribute(self, logical_id: str, attribute: str, location: Location, given: When) -> Value:
        expression = f"{self.template.prefix}{logical_id}.{attribute}"
        entry = self._resources.get(logical_id)
        if entry is None or not isinstance(entry[1], Mapping):
            if not self._is_open:
                self._report(location, f"instance of Fn::GetAtt references undefined resource {logical_id}")
            return Value(Unknown(expression, expression), location)
        kind = text(entry[1].get("Type")) or ""
        if kind == NESTED_STACK and attribute.startswith("Outputs."):
            nested = self._stack(logical_id)
            if nested is not None:
                return nested.output(attribute.removeprefix("Outputs."), location)
        repeated = GIVEN_BY_PROPERTY.get((kind, attribute))
        if repeated is not None:
            known = self._property(logical_id, repeated, entry[1], location, given)
            if known is not None:
                return known.referenced(f"attribute {expression}", location)
        return self._deployed(logical_id, attribute, expression, location, given)

    def _deployed(self, logical_id: str, attribute: str, expression: str, location: Location, given: When) -> Value:
        """An attribute that only the deployed resource has."""
        body = self._resources[logical_id][1]
        when = self._when(body) if isinstance(body, Mapping) else ALWAYS
        address = self.template.prefix + logical_id
        if when is None or given.conjoin(when) is None:
            return Value(Unknown(expression, f"the condition of {address}, under which it does not exist"), location)
        return Value(Unknown(expression, expression, Reference(address, attribute)), location)

    def _property(self, logical_id: str, name: str, body: Mapping, location: Location, given: When) -> Value | None:
        properties = body.get("Properties")
        node = properties.get(name) if isinstance(properties, Mapping) else None
        if node is None:
            return None
        asked = (logical_id, name)
        if asked in self._pending:
            self._report(location, f"circular dependency between resources: [{self._in_progress()}]")
            return None
        self._pending.add(asked)
        value = self._evaluator.value(node, given)
        self._pending.discard(asked)
        return value if value.data is not None and not isinstance(value.data, Unknown) else None

    def _in_progress(self) -> str:
        return ", ".join(sorted({logical_id for logical_id, _ in self._pending}))

    def mapping(self, name: str) -> Mapping | None:
        entry = self._mappings.get(name)
        return entry[1] if entry is not None and isinstance(entry[1], Mapping) else None

    def branches(self, condition: str, location: Location) -> tuple[When | None, When | None]:
        return self._conditions.branches(condition, location)

    def imported(self, name: Value, location: Location) -> Value:
        label = as_text(name.data)
        if label is not None:
            found = self._deployment.exports.find(self.environment, label)
            if found is not None:
                return used(found, f"export {label}", location)
        blocked_by = name.data.blocked_by if isinstance(name.data, Unknown) else f"export {label}"
        return Value(Unknown(f"!ImportValue {shown(name)}", blocked_by), location, name.evidence)

    def stack_output(self, stack: str, output: str, location: Location) -> Value | None:
        found = self._deployment.exports.find_output(stack, output)
        return None if found is None else used(found, f"output {stack}.{output}", location)

    def _label(self, condition: str) -> str:
        """A condition's name as findings say it: unique in the unit, and told from a parameter of the same name."""
        return self.template.prefix + (f"condition {condition}" if condition in self._parameters else condition)

    def _collection(self, node: Node) -> list[tuple[When, tuple[str, ...]]] | str:
        """The items of a loop's collection by condition, or the symbol that keeps them unknown."""
        found: list[tuple[When, tuple[str, ...]]] = []
        for when, value in alternatives(self._evaluator.listed(node, ALWAYS)):
            written = [as_text(item.data) for item in value.items()]
            known = tuple(each for each in written if each is not None)
            if not isinstance(value.data, tuple) or len(known) < len(written):
                blocking = first_unknown(value.data)
                return blocking.blocked_by if blocking is not None else shown(value)
            found.append((when, known))
        return found

    # ---- nested stacks

    def _leave(self, logical_id: str, source: str, reason: str, location: Location) -> None:
        self._deployment.leave(self.template.prefix + logical_id, source, reason, location, self.template.evidence)

    def _stack(self, logical_id: str) -> Stack | None:
        """The stack that a nested-stack resource makes, None where its template is not at hand."""
        if logical_id in self._nested:
            return self._nested[logical_id]
        key, body = self._resources[logical_id]
        asked = (logical_id, "Parameters")
        if asked in self._pending:
            self._report(key.location, f"circular dependency between resources: [{self._in_progress()}]")
            return None
        when = self._when(body) if isinstance(body, Mapping) else None
        if not isinstance(body, Mapping) or when is None:
            return None
        self._pending.add(asked)
        properties = properties_of(body, self._evaluator, when)
        self._pending.discard(asked)
        found = nested_template(self.template, self._deployment, logical_id, key, body, properties, when)
        self._nested[logical_id] = Stack(found, self._deployment) if found is not None else None
        return self._nested[logical_id]
