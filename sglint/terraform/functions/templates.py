"""`templatefile` and `templatestring`: templates evaluated by the evaluator, with variables from an object."""

from __future__ import annotations

import re

from sglint.model.values import Unknown, Value
from sglint.terraform.functions.calling import Implementation, Invocation, Rejected, Undecidable
from sglint.terraform.functions.filesystem import located, read_text
from sglint.terraform.quoting import go_quote

_IDENTIFIER = re.compile(r"[^\W\d][\w-]*")


def _template_file(invocation: Invocation) -> Value:
    variables = _variables(invocation)
    text = read_text(invocation)
    _, path = located(invocation)
    return _rendered(invocation, text, path, variables)


def _template_string(invocation: Invocation) -> Value:
    return _rendered(invocation, invocation.text(0), invocation.location.path, _variables(invocation))


def _variables(invocation: Invocation) -> dict[str, Value]:
    if not isinstance(invocation.data(1), dict):
        raise Rejected("invalid vars value: must be a map", 1)
    variables = invocation.entries(1)
    for name in variables:
        if not _IDENTIFIER.fullmatch(name):
            raise Rejected(
                f"invalid template variable name {go_quote(name)}: must start with a letter, followed by zero or more "
                "letters, digits, and underscores",
                1,
            )
    return variables


def _rendered(invocation: Invocation, text: str, path: str, variables: dict[str, Value]) -> Value:
    render = invocation.context.render
    if render is None:
        raise Undecidable(f"{invocation.name}()")
    rendered = render(text, path, variables, invocation.location)
    if isinstance(rendered.data, Unknown):
        return invocation.unknown(rendered.data)
    return Value(rendered.data, invocation.location, rendered.evidence)


IMPLEMENTATIONS: dict[str, Implementation] = {
    "templatefile": _template_file,
    "templatestring": _template_string,
}
