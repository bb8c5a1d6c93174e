"""Which groups something in a plan may put to use: by what its configuration refers to, and by ids that are known.

The configuration holds no locals. What one leads to shows in the plan all the same: a value that is known holds the id
of a group that exists, or none; one that is not known may be the id of any.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from sglint.reading.document import Mapping as Object
from sglint.reading.document import Node, Scalar, Sequence
from sglint.terraform.plan_configuration import Configuration, Settings, Symbol
from sglint.terraform.uses import LOOKUPS, NO_USE

_INDEX = re.compile(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]')
_NEVER_A_GROUP = ("var.", "path.", "terraform.", "self.", "count.")


def used_groups(
    configuration: Configuration,
    is_unknown: Callable[[str, str], bool],
    values: Iterator[Node],
    ids: Mapping[str, str],
    groups: frozenset[str],
) -> frozenset[str]:
    """Those of the groups, given by address, that something beside rules may put to use.

    `is_unknown(address, argument)` says whether an argument of any instance of a resource, given without indices, is
    not known in part; an output goes by the address `output`. `values` is all that is known of what may use a group,
    and `ids` the addresses of groups by their ids.
    """
    found = {ids[text] for node in values for text in _texts(node) if text in ids}
    for address, argument, settings, expression in _uses(configuration):
        for symbol in configuration.symbols(settings, expression):
            if symbol.address:
                found |= {group for group in groups if bare(group) == bare(symbol.address)}
            elif _is_blind(symbol) and is_unknown(address, argument):
                return groups
    if any(type_ in LOOKUPS for _, block in configuration.blocks("data") for type_ in _texts(block.get("type"))):
        return groups
    return groups & found


def bare(address: str) -> str:
    """An address without the keys of instances."""
    return _INDEX.sub("", address)


def _uses(configuration: Configuration) -> Iterator[tuple[str, str, Settings, Node]]:
    """Every expression in which naming a group may put it to use, with what it is an argument of."""
    for mode in ("managed", "data"):
        for module, block in configuration.blocks(mode):
            type_, name = (next(_texts(block.get(key)), "") for key in ("type", "name"))
            address = ".".join(filter(None, (module, type_, name)))
            if type_ not in NO_USE:
                for argument, expression in _arguments(block.get("expressions")):
                    yield address, argument, Settings(module, block), expression
    for name, block in configuration.outputs():
        for _, expression in _arguments(block):
            yield "output", name, Settings("", block), expression


def _arguments(node: Node | None) -> Iterator[tuple[str, Node]]:
    """The arguments of a block, each with all the expressions below it."""
    for key, value in node.entries if isinstance(node, Object) else ():
        for expression in _expressions(value):
            yield key.text, expression


def _expressions(node: Node) -> Iterator[Node]:
    if isinstance(node, Object):
        if node.get("references") is not None:
            yield node
        else:
            for _, value in node.entries:
                yield from _expressions(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _expressions(item)


def _is_blind(symbol: Symbol) -> bool:
    """Whether it may stand for a group, without saying so."""
    return not re.sub(r"^(module\.[^.]+\.)+", "", symbol.text).startswith(_NEVER_A_GROUP)


def _texts(node: Node | None) -> Iterator[str]:
    """Every text in a node."""
    if isinstance(node, Object):
        for _, value in node.entries:
            yield from _texts(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _texts(item)
    elif isinstance(node, Scalar) and isinstance(node.value, str):
        yield node.value
