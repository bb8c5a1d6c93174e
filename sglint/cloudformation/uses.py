"""Which resources something in a template names: what a resource, an output or a nested stack's parameter refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sglint.cloudformation.forms import intrinsic, items, text
from sglint.reading.document import Mapping, Node, Sequence

NO_USE = frozenset({"AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"})
"""Groups and rules: naming a group there does not put it to use."""

_PLACEHOLDER = re.compile(r"\$\{([^!}.]+)[^}]*\}")


def names_in(node: Node) -> Iterator[str]:
    """The logical ids, and parameters, that `Ref`, `Fn::GetAtt` and `Fn::Sub` name anywhere in a node."""
    function = intrinsic(node)
    if function is not None:
        argument = function.argument
        listed = items(argument) or (argument,)
        if function.name == "Ref":
            yield text(argument) or ""
        elif function.name == "Fn::GetAtt":
            yield (text(listed[0]) or "").partition(".")[0]
        elif function.name == "Fn::Sub":
            yield from (match[1].strip() for match in _PLACEHOLDER.finditer(text(listed[0]) or ""))
        yield from names_in(argument)
    elif isinstance(node, Mapping):
        for _, value in node.entries:
            yield from names_in(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from names_in(item)
