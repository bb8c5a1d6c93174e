"""Plans and states as `terraform show -json` prints them: the resources as they will be, or are.

The format is that of Terraform's documentation, "JSON Output Format". A plan's resources come from `resource_changes`,
where what is known only after an apply is marked, a state's from `values`. Arguments that nobody wrote and that the
provider computes are left out, as they are when the source itself is evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sglint.aws.resources import Evaluated, Resource
from sglint.model.location import Location, Problem, whole_file
from sglint.model.record import frozen
from sglint.model.values import Reference, Unknown, Value
from sglint.reading.document import Mapping, Node, Scalar, Sequence
from sglint.reading.files import Files, Unreadable
from sglint.reading.json_document import read_json
from sglint.terraform.plan_configuration import Configuration, Settings, Symbol
from sglint.terraform.plan_source import PlanSource
from sglint.terraform.plan_values import Path, has_unknown, merged, text_of
from sglint.terraform.uses import NO_USE

_GROUPS = frozenset({"aws_security_group", "aws_default_security_group"})
_PREFIX_LISTS = frozenset({"aws_ec2_managed_prefix_list"})
_LOAD_BALANCERS = frozenset({"aws_lb", "aws_alb"})
_LISTENERS = frozenset({"aws_lb_listener", "aws_alb_listener"})
_TARGET_GROUPS = frozenset({"aws_lb_target_group", "aws_alb_target_group"})
_SUBNETS = frozenset({"aws_subnet"})
_INSTANCES = frozenset({"aws_instance"})
_TEMPLATES = frozenset({"aws_launch_template"})
_IDENTIFIED = frozenset(
    (*_GROUPS, *_PREFIX_LISTS, *_LOAD_BALANCERS, *_LISTENERS, *_TARGET_GROUPS, *_INSTANCES, *_TEMPLATES)
) | {"aws_vpc", "aws_subnet"}
"""The resources whose ids stand in other resources' arguments. Ids that are mere names could be anything else."""

_NAMES = {
    "security_group_id": _GROUPS,
    "source_security_group_id": _GROUPS,
    "referenced_security_group_id": _GROUPS,
    "prefix_list_id": _PREFIX_LISTS,
    "vpc_id": frozenset({"aws_vpc"}),
    "subnet_id": _SUBNETS,
    "resource_arn": _LOAD_BALANCERS,
    "load_balancer_arn": _LOAD_BALANCERS,
    "listener_arn": _LISTENERS,
    "target_group_arn": _TARGET_GROUPS,
    "lb_target_group_arn": _TARGET_GROUPS,
    "arn": _TARGET_GROUPS,
    "identifier": _TARGET_GROUPS,
    "target_id": _INSTANCES | _LOAD_BALANCERS,
    "instance": _INSTANCES,
    "launch_template_id": _TEMPLATES,
    "id": _TEMPLATES,
    "autoscaling_group_name": frozenset({"aws_autoscaling_group"}),
    "launch_configuration": frozenset({"aws_launch_configuration"}),
    "elb": frozenset({"aws_elb"}),
}
"""Arguments that hold one id, with the types that it may be of. An id is never put together from parts."""

_LISTS = {
    "security_groups": _GROUPS,
    "security_group_ids": _GROUPS,
    "vpc_security_group_ids": _GROUPS,
    "prefix_list_ids": _PREFIX_LISTS,
    "target_group_arns": _TARGET_GROUPS,
    "subnet_ids": _SUBNETS,
    "subnets": _SUBNETS,
    "instances": _INSTANCES,
    "load_balancers": frozenset({"aws_elb"}),
}
"""Arguments that hold ids in a list."""


def is_plan(node: Node) -> bool:
    """Whether a document is what `terraform show -json` prints, of a plan or of a state."""
    return (
        isinstance(node, Mapping)
        and node.get("format_version") is not None
        and any(
            isinstance(node.get(key), (Mapping, Sequence)) for key in ("resource_changes", "planned_values", "values")
        )
    )


def read_plan(path: str, files: Files, source: str | None = None) -> Evaluated:
    """The managed resources of a plan or a state, in its order.

    They are located in the JSON; where `source` names the root module's directory, at the resource's own lines there,
    with the JSON as evidence.
    """
    try:
        node = read_json(files.read(path))
    except Unreadable as error:
        return Evaluated(problems=(error.problem,))
    if not is_plan(node) or not isinstance(node, Mapping):
        message = "is no plan or state: `terraform show -json` is expected to hold planned_values or values"
        return Evaluated(problems=(Problem(whole_file(path), message),))
    changes = list(_changes(node))
    lines = PlanSource(source, files, node.get("variables")) if source is not None else None
    reader = _Reader(Configuration(node.get("configuration")), changes)
    resources = tuple(reader.resource(change, lines) for change in changes if change.is_managed)
    return Evaluated(resources, problems=lines.problems if lines is not None else (), uses=partial(reader.used, node))


@frozen
class _Change:
    """One resource instance as it will be."""

    address: str
    module: str
    type: str
    name: str
    is_managed: bool
    after: Node | None
    unknown: Node | None
    header: Location
    extent: Location


def _changes(document: Mapping) -> Iterator[_Change]:
    """The instances that will exist; a state's, and those of a plan that nothing changes, have nothing unknown."""
    listed = document.get("resource_changes")
    seen: set[str] = set()
    for node in listed.items if isinstance(listed, Sequence) else ():
        change = node.get("change") if isinstance(node, Mapping) else None
        if not isinstance(node, Mapping) or not isinstance(change, Mapping) or node.get("deposed") is not None:
            continue
        seen.add(_text(node.get("address")))
        after = change.get("after")
        if isinstance(after, Mapping) or has_unknown(change.get("after_unknown")):
            yield _change(node, after, change.get("after_unknown"), _text(node.get("module_address")))
    for key in ("planned_values", "values"):
        values = document.get(key)
        for node, module in _existing(values.get("root_module") if isinstance(values, Mapping) else None):
            if _text(node.get("address")) not in seen:
                yield _change(node, node.get("values"), None, module)


def _existing(module: Node | None) -> Iterator[tuple[Mapping, str]]:
    if not isinstance(module, Mapping):
        return
    address = _text(module.get("address"))
    resources, children = module.get("resources"), module.get("child_modules")
    for node in resources.items if isinstance(resources, Sequence) else ():
        if isinstance(node, Mapping):
            yield node, address
    for child in children.items if isinstance(children, Sequence) else ():
        yield from _existing(child)


def _change(node: Mapping, after: Node | None, unknown: Node | None, module: str) -> _Change:
    address = node.get("address")
    return _Change(
        address=_text(address),
        module=module,
        type=_text(node.get("type")),
        name=_text(node.get("name")),
        is_managed=_text(node.get("mode")) == "managed",
        after=after,
        unknown=unknown,
        header=(address or node).location,
        extent=node.location,
    )


def _text(node: Node | None) -> str:
    return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else ""


class _Reader:
    """Turns changes into resources, each with what the configuration says of it."""

    def __init__(self, configuration: Configuration, changes: list[_Change]) -> None:
        self.configuration = configuration
        self.changes = changes
        self.unknown = {change.address: change.unknown for change in changes}
        """What is unknown of each resource, by address."""
        self.ids: dict[str, str] = {}
        """The addresses of resources by ids that are known already."""
        for change in changes:
            identity = _text(change.after.get("id")) if isinstance(change.after, Mapping) else ""
            if identity and change.is_managed and change.type in _IDENTIFIED:
                self.ids[identity] = change.address

    def resource(self, change: _Change, lines: PlanSource | None) -> Resource:
        settings = self.configuration.settings(change.module, change.type, change.name)
        arguments = self._arguments(change, settings)
        found = Resource(
            address=change.address,
            type=change.type,
            arguments=Value(arguments, change.header),
            location=change.header,
            extent=change.extent,
            attributes={**_default_tags(change), **_unmanaged(change, settings)},
        )
        return found if lines is None else lines.placed(found, change.module, change.name)

    def used(self, document: Mapping, groups: frozenset[str]) -> frozenset[str]:
        """Those of the groups that something beside rules may put to use."""
        from sglint.terraform.plan_uses import bare, used_groups

        outputs = document.get("output_changes")
        unknown: dict[str, list[Node]] = {}
        known = [node for key in ("planned_values", "values") if (node := _outputs(document.get(key))) is not None]
        for change in self.changes:
            if change.type not in NO_USE:
                unknown.setdefault(bare(change.address), []).extend(filter(None, (change.unknown,)))
                known.extend(filter(None, (change.after,)))

        def is_unknown(address: str, argument: str) -> bool:
            if address == "output":
                output = outputs.get(argument) if isinstance(outputs, Mapping) else None
                return has_unknown(output.get("after_unknown") if isinstance(output, Mapping) else None)
            flags = (each.get(argument) if isinstance(each, Mapping) else each for each in unknown.get(address, ()))
            return any(map(has_unknown, flags))

        ids = {identity: address for identity, address in self.ids.items() if address in groups}
        return used_groups(self.configuration, is_unknown, iter(known), ids, groups)

    def _arguments(self, change: _Change, settings: Settings | None) -> dict[str, Value]:
        def describe(path: Path, siblings: int) -> tuple[Unknown, ...] | Unknown:
            return self._unknown(change, settings, path, siblings)

        arguments: dict[str, Value] = {}
        names = [
            key.text for node in (change.after, change.unknown) if isinstance(node, Mapping) for key, _ in node.entries
        ]
        for name in dict.fromkeys(names):
            flags = change.unknown.get(name) if isinstance(change.unknown, Mapping) else None
            is_later = isinstance(flags, Scalar) and flags.value is True
            if name in ("id", "arn") or (is_later and settings is not None and self._is_computed(settings, name)):
                continue
            after = change.after.get(name) if isinstance(change.after, Mapping) else None
            value = merged(after, flags, (name,), describe, self.ids)
            if value is not None:
                arguments[name] = value
        return arguments

    def _is_computed(self, settings: Settings, name: str) -> bool:
        """Whether the provider computes an argument: it is not written, or with nothing that a plan does not know."""
        expression = settings.expression((name,))
        symbols = self.configuration.symbols(settings, expression)
        return expression is None or (bool(symbols) and all(symbol.is_input for symbol in symbols))

    def _unknown(
        self, change: _Change, settings: Settings | None, path: Path, siblings: int
    ) -> tuple[Unknown, ...] | Unknown:
        """What an unknown value is blocked by; ids of resources in the plan are references to them."""
        text = f"{change.address}.{text_of(path)}"
        expression = settings.expression(path) if settings is not None else None
        symbols = self.configuration.symbols(settings, expression) if settings is not None else ()
        name = path[-1]
        if isinstance(name, str) and name in _NAMES:
            identified = self._identified(symbols, _NAMES[name])
            if len(identified) == 1:
                return identified[0]
        if isinstance(name, str) and name in _LISTS and siblings == 1:
            identified = self._identified(symbols, _LISTS[name])
            if identified:
                return identified
        late = [symbol for symbol in symbols if self._is_late(symbol)] or list(symbols)
        return Unknown(text, late[0].text if late else text)

    def _identified(self, symbols: tuple[Symbol, ...], types: frozenset[str]) -> tuple[Unknown, ...]:
        return tuple(
            Unknown(symbol.text, symbol.text, Reference(symbol.address, symbol.attribute))
            for symbol in symbols
            if symbol.address in self.unknown and symbol.type in types and symbol.attribute
        )

    def _is_late(self, symbol: Symbol) -> bool:
        """Whether the plan says that a symbol is known only after an apply, or does not know of it."""
        if symbol.address not in self.unknown:
            return bool(symbol.address)
        flags = self.unknown[symbol.address]
        attribute = symbol.attribute.partition(".")[0].partition("[")[0]
        return has_unknown(flags.get(attribute) if isinstance(flags, Mapping) and attribute else flags)


def _unmanaged(change: _Change, settings: Settings | None) -> dict[str, Value]:
    """The arguments of a group that nobody wrote: a plan has them as the provider has read them."""
    if change.type not in _GROUPS:
        return {}
    names = [name for name in ("ingress", "egress") if settings is None or settings.expression((name,)) is None]
    return {"unmanaged": Value(tuple(Value(name, change.header) for name in names), change.header)}


def _outputs(values: Node | None) -> Node | None:
    return values.get("outputs") if isinstance(values, Mapping) else None


def _default_tags(change: _Change) -> dict[str, Value]:
    """The tags that the resource ends up with, the provider's own among them."""
    tags = change.after.get("tags_all") if isinstance(change.after, Mapping) else None
    if not isinstance(tags, Mapping):
        return {}
    known = {key.text: Value(_text(value), value.location) for key, value in tags.entries}
    return {"default_tags": Value(dict(known), tags.location)}
