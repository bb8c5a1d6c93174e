"""What terraform-aws-modules/security-group/aws makes of its arguments, as version 5.3.1 documents it.

The tables say which arguments hold rules and which peers each admits; the rest of this file reads them. The resources
are those of the module, under its own addresses.
"""

from __future__ import annotations

from collections.abc import Iterator

from sglint.aws.resources import Resource
from sglint.model.location import Evidence, Location, Step
from sglint.model.record import frozen, replace
from sglint.model.values import Data, Reference, Unknown, Value, When, alternatives, combinations, spelled
from sglint.terraform.outside import OutsideCall, Supplied
from sglint.terraform.registry.security_group_facts import NAMED_RULES, PRESETS

DOCUMENTED = "as terraform-aws-modules/security-group/aws documents it (5.3.1); its source is not on disk"


@frozen
class RuleArgument:
    """An argument that holds a list of rules: of names, or of objects with peers of their own.

    `own` is the key of an object's peers, `is_list` whether these are texts joined by commas that replace the call's
    own; `shared` are the call's peers that each rule admits as well.
    """

    name: str
    own: str = ""
    is_list: bool = False
    shared: tuple[str, ...] = ()


RULE_ARGUMENTS = (
    RuleArgument("rules", shared=("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids")),
    RuleArgument("with_source_security_group_id", "source_security_group_id", shared=("prefix_list_ids",)),
    RuleArgument("with_cidr_blocks", "cidr_blocks", is_list=True),
    RuleArgument("with_ipv6_cidr_blocks", "ipv6_cidr_blocks", is_list=True, shared=("prefix_list_ids",)),
    RuleArgument("with_self", "self", shared=("prefix_list_ids",)),
    RuleArgument("with_prefix_list_ids", "prefix_list_ids", is_list=True),
)
"""Each exists as `ingress_NAME`, `egress_NAME`, `computed_ingress_NAME` and `computed_egress_NAME`. Of the computed
ones, the first `number_of_computed_…` rules are made."""

DEFAULT_PEERS = {"egress_cidr_blocks": ("0.0.0.0/0",), "egress_ipv6_cidr_blocks": ("::/0",)}
"""The call's own peers where it does not give them; all others are empty."""

DEFAULT_DESCRIPTION = "Security Group managed by Terraform"
DEFAULT_RULE_DESCRIPTIONS = {"ingress": "Ingress Rule", "egress": "Egress Rule"}
FOR_MEMBERS, FOR_EGRESS = "all-all", "all-all"
"""What every submodule admits between members, and to everywhere."""


def supply(call: OutsideCall, submodule: str) -> Supplied | None:
    """The resources and outputs of a call of the module, or of its submodule `modules/NAME`; None for another one."""
    preset = PRESETS.get(submodule.removeprefix("modules/")) if submodule else ()
    if preset is None:
        return None
    return _SecurityGroup(call, preset, is_submodule=bool(submodule)).supplied()


@frozen
class _Made:
    """What a call makes under one condition, its rules aside."""

    when: When
    has_group: bool
    has_plain_name: bool
    group: str
    """The address of its group."""


class _SecurityGroup:
    def __init__(self, call: OutsideCall, preset: tuple[str, ...], is_submodule: bool) -> None:
        self._call = call
        self._preset = preset
        self._is_submodule = is_submodule
        self._address = f"{call.address}.module.sg" if is_submodule else call.address
        self._evidence: Evidence = (Step(DOCUMENTED, call.location), *call.evidence)

    def supplied(self) -> Supplied:
        made = next((each for each in self._made() if each.has_group), None)
        return Supplied({} if made is None else self._outputs(made), self._resources)

    def _made(self) -> Iterator[_Made]:
        """What is made under each condition; nothing where the call says so."""
        choices = (self._given("create", True), self._given("create_sg", True), self._given("use_name_prefix", True))
        for when, (create, create_group, has_prefix) in combinations(choices, self._call.when):
            if not _is_false(create):
                name = "this" if _is_false(has_prefix) else "this_name_prefix"
                group = f"{self._address}.aws_security_group.{name}[0]"
                yield _Made(when, not _is_false(create_group), _is_false(has_prefix), group)

    def _resources(self) -> tuple[Resource, ...]:
        found: list[Resource] = []
        for made in self._made():
            if made.has_group:
                found.append(self._group(made))
            owner = self._attribute(made.group, "id") if made.has_group else self._call.argument("security_group_id")
            if owner is not None:
                found.extend(self._rules(owner, made.when))
        return tuple(found)

    # ---- the group

    def _group(self, made: _Made) -> Resource:
        arguments = {
            "description": self._given("description", DEFAULT_DESCRIPTION),
            "vpc_id": self._given("vpc_id", None),
            "tags": self._given("tags", {}),
        }
        name = self._call.argument("name")
        if name is not None:
            if not made.has_plain_name and isinstance(name.data, str):
                name = replace(name, data=f"{name.data}-")
            arguments["name" if made.has_plain_name else "name_prefix"] = name
        return self._resource(made.group, "aws_security_group", arguments, self._call.location, made.when)

    def _attribute(self, group: str, name: str) -> Value:
        text = f"{group}.{name}"
        return Value(Unknown(text, text, Reference(group, name)), self._call.location)

    def _outputs(self, made: _Made) -> dict[str, Value]:
        outputs = {name: self._attribute(made.group, name) for name in ("id", "arn", "owner_id", "vpc_id", "name")}
        outputs["description"] = self._given("description", DEFAULT_DESCRIPTION)
        for name in ("vpc_id", "name"):
            given = self._call.argument(name)
            if given is not None and (name == "vpc_id" or made.has_plain_name):
                outputs[name] = given
        return {f"security_group_{name}": value for name, value in outputs.items()}

    # ---- its rules

    def _rules(self, owner: Value, when: When) -> Iterator[Resource]:
        for direction in ("ingress", "egress"):
            for argument in RULE_ARGUMENTS:
                name = f"{direction}_{argument.name}"
                yield from self._listed(owner, direction, argument, name, self._items(name, when), None)
                computed = f"computed_{name}"
                limit = self._given(f"number_of_{computed}", 0)
                yield from self._listed(owner, direction, argument, computed, self._items(computed, when), limit)

    def _items(self, name: str, given: When) -> Iterator[tuple[When, tuple[Value, ...] | Unknown]]:
        """The rules that an argument lists, with those that a submodule adds."""
        for when, listed in alternatives(self._given(name, ()), given):
            items = listed.items()
            yield when, self._with_preset(name, items) if self._is_submodule else items
            if isinstance(listed.data, Unknown):
                yield when, listed.data

    def _with_preset(self, name: str, items: tuple[Value, ...]) -> tuple[Value, ...]:
        """The rules of an argument with what the submodule adds; names come sorted, each once."""
        at = self._call.location
        added: tuple[Value, ...] = ()
        own = self._call.argument(f"auto_{name}")
        if own is not None:
            added = own.items()
        elif name in ("ingress_rules", "egress_rules"):
            added = tuple(Value(rule, at) for rule in (self._preset if name == "ingress_rules" else (FOR_EGRESS,)))
        elif name == "ingress_with_self":
            added = (Value({"rule": Value(FOR_MEMBERS, at)}, at),)
        if not name.endswith("_rules"):
            return (*added, *items)
        unsure = tuple(item for item in items if not isinstance(item.data, str))
        named = {item.data: item for item in (*added, *items) if isinstance(item.data, str)}
        return (*(named[text] for text in sorted(named) if text), *unsure)

    def _listed(
        self,
        owner: Value,
        direction: str,
        argument: RuleArgument,
        name: str,
        lists: Iterator[tuple[When, tuple[Value, ...] | Unknown]],
        limit: Value | None,
    ) -> Iterator[Resource]:
        address = f"{self._address}.aws_security_group_rule.{name}"
        made = None if limit is None else _whole(limit)
        for when, items in lists:
            if isinstance(items, Unknown):
                if made != 0:
                    place = self._given(name, ()).location
                    arguments = self._unknown_rule(owner, direction, items, place)
                    yield self._resource(f"{address}[*]", "aws_security_group_rule", arguments, place, when)
                continue
            for index, item in enumerate(items if made is None else items[:made]):
                for inner, chosen in alternatives(item, when):
                    arguments = self._rule(owner, direction, argument, chosen)
                    yield self._resource(
                        f"{address}[{index}]", "aws_security_group_rule", arguments, chosen.location, inner
                    )

    def _unknown_rule(self, owner: Value, direction: str, unknown: Unknown, at: Location) -> dict[str, Value]:
        value = Value(unknown, at)
        names = ("from_port", "to_port", "protocol", "cidr_blocks", "description")
        return {"security_group_id": owner, "type": Value(direction, at), **dict.fromkeys(names, value)}

    def _rule(self, owner: Value, direction: str, argument: RuleArgument, item: Value) -> dict[str, Value]:
        at = item.location
        arguments = {"security_group_id": owner, "type": Value(direction, at)}
        for name in argument.shared:
            arguments[name] = self._peers(direction, name, at)
        if not argument.own:
            return {**arguments, **self._named(item)}
        if isinstance(item.data, Unknown):
            return self._unknown_rule(owner, direction, item.data, at)
        named = item.get("rule")
        if named is not None:
            arguments.update(self._named(named))
        arguments["description"] = Value(DEFAULT_RULE_DESCRIPTIONS[direction], at)
        for name in ("from_port", "to_port", "protocol", "description"):
            given = item.get(name)
            if given is not None:
                arguments[name] = given
        own = item.get(argument.own)
        if own is not None:
            arguments[argument.own] = _split(own) if argument.is_list else own
        elif argument.is_list:
            arguments[argument.own] = self._peers(direction, argument.own, at)
        elif argument.own == "self":
            arguments["self"] = Value(True, at)
        return arguments

    def _named(self, name: Value) -> dict[str, Value]:
        """The ports, protocol and description of a rule given by name."""
        at, evidence = name.location, name.evidence
        table = self._call.argument("rules")
        found: tuple[Data, ...] | None = None
        if isinstance(name.data, str):
            if table is None:
                found = NAMED_RULES.get(name.data)
            else:
                entry = table.get(name.data)
                found = tuple(part.data for part in entry.items()) if entry is not None else None
        if found is None or len(found) < 3:
            text = f'"{spelled(name.data)}"'
            unknown = name.data if isinstance(name.data, Unknown) else Unknown(text, text)
            names = ("from_port", "to_port", "protocol", "description")
            return {key: Value(unknown, at, evidence) for key in names}
        values = zip(("from_port", "to_port", "protocol", "description"), found, strict=False)
        return {key: Value(data, at, evidence) for key, data in values}

    def _peers(self, direction: str, name: str, at: Location) -> Value:
        """The call's own peers of a kind."""
        argument = f"{direction}_{name}"
        given = self._call.argument(argument)
        if given is not None and given.data is not None:
            return given
        return Value(tuple(Value(peer, at) for peer in DEFAULT_PEERS.get(argument, ())), at)

    # ---- values

    def _given(self, name: str, default: Data) -> Value:
        found = self._call.argument(name)
        return Value(default, self._call.location) if found is None or found.data is None else found

    def _resource(
        self, address: str, type_: str, arguments: dict[str, Value], location: Location, when: When
    ) -> Resource:
        return Resource(
            address=address,
            type=type_,
            arguments=Value(arguments, location),
            location=location,
            extent=location,
            when=when,
            evidence=self._evidence,
        )


def _is_false(value: Value) -> bool:
    return value.data is False or value.data == "false"


def _whole(value: Value) -> int | None:
    """The number of a value, None when it is not known: then every rule counts."""
    data = value.data
    if isinstance(data, int):
        return data
    return int(data) if isinstance(data, str) and data.isdigit() else None


def _split(value: Value) -> Value:
    """Texts joined by commas, as a list; each stands where they are written."""
    if not isinstance(value.data, str):
        return value
    parts = tuple(Value(part, value.location, value.evidence) for part in value.data.split(",") if part)
    return Value(parts, value.location)
