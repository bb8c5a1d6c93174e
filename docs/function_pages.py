"""The page about Terraform's functions: every one of them, and how it is treated."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from sglint.model.limits import Limits
from sglint.terraform.functions.registry import FUNCTIONS, Function, Parameter
from sglint.terraform.numbers import MAX_EXPONENT, PRECISION
from sglint.terraform.types import ListOf, MapOf, SetOf, Type, name

_RECORD = Path(__file__).parents[1] / "tests" / "oracles" / "console.json"
_LONGEST_EXAMPLE = 140
_CALL = re.compile(r"([a-z0-9]+)\([^()]*(?:\([^()]*\)[^()]*)*\)")
_STAND_IN = "{root}"
_INTRODUCTION = """\
# Terraform's functions

The table lists every function of the Terraform language as `terraform metadata functions` of 1.11 does. What is
*computed* gives what Terraform gives, to the last digit and in its words where it refuses; the examples are answers
of Terraform that every run of the tests compares with sglint's. A result that sglint does not compute is *unknown* and
says by which function, and a rule that depends on it is judged as far as the rest of it goes.
"""
_NOTES = f"""\
## Unknown arguments

An argument that only the apply knows makes the result unknown, blocked by the same symbol. Collections with unknown
items keep their known ones, as they do in Terraform: `concat`, `merge`, `flatten`, `element`, `lookup`, `keys`,
`values`, `contains`, `length`, `zipmap`, `slice`, `reverse`, `chunklist`, `setproduct`, `setunion`, `formatlist`,
`tolist`, `tomap`, `alltrue` and `anytrue` work with what is known. Where an argument has several alternatives, so has
the result.

Functions of providers (`provider::aws::arn_parse`) are unknown by their name.

## Files

`file`, `templatefile`, `fileexists`, `fileset` and the digests of files read inside the paths that sglint is run on,
links resolved. What lies outside is unknown: nothing else on the machine is looked at. Paths start from the
directory of the root module, as if Terraform ran in it.

## Limits

| what | beyond it |
| --- | --- |
| {Limits().items} items made by `concat`, `flatten`, `setproduct`; files seen by `fileset` | unknown |
| {Limits().text} characters made by `format`, `join`, `replace`, `indent` | unknown |
| a decimal exponent of {MAX_EXPONENT}, and infinite numbers | unknown |
| 1024 items made by `range` | rejected, as Terraform does |

## Where the results may differ

- Numbers have {PRECISION} bits, as in Terraform, except that what `length` and other functions count, and what `log`
  and `pow` give, has fewer there: arithmetic with nothing but those may differ far behind the point. A fractional
  power may differ in its last digit. Zero has no sign.
- A null has no type here. `format("%v", null)` gives `null`, which in Terraform a null of a known type gives.
- Empty collections have no element type, so `tolist([]) == tolist(toset([]))` holds whatever the types were.
- A negative index of `element` counts from the end of tuples too, as in later Terraform.
- Why text is not JSON or YAML is said in other words than Go's.
"""


def functions() -> str:
    """The whole page."""
    return "\n".join((_INTRODUCTION, *_table(), "", _NOTES.rstrip())) + "\n"


def _table() -> Iterator[str]:
    examples = _examples()
    yield "| function | result | example |"
    yield "| --- | --- | --- |"
    for function_name, function in sorted(FUNCTIONS.items()):
        example = examples.get(function_name, "")
        yield f"| {_code(_signature(function_name, function))} | {_treatment(function_name, function)} | {example} |"


def _signature(function_name: str, function: Function) -> str:
    parameters = [_parameter(parameter) for parameter in function.parameters]
    if function.rest is not None:
        parameters.append(f"{_parameter(function.rest)}...")
    return f"{function_name}({', '.join(parameters)})"


def _parameter(parameter: Parameter) -> str:
    return f"{parameter.name} {_type(parameter.type)}"


def _type(type_: Type) -> str:
    match type_:
        case ListOf(element):
            return f"list({_type(element)})"
        case SetOf(element):
            return f"set({_type(element)})"
        case MapOf(element):
            return f"map({_type(element)})"
    return name(type_).removesuffix(" type")


def _treatment(function_name: str, function: Function) -> str:
    if function.withheld:
        return f"unknown: {function.withheld}"
    if function.is_special:
        return "computed by the evaluator, which sees whether the arguments fail"
    if function_name.startswith("file") or function_name == "templatefile":
        return "computed inside the input"
    return "computed"


def _examples() -> dict[str, str]:
    """For each function the first recorded call that fits, of those with a wholly known result."""
    record: dict[str, dict[str, object]] = json.loads(_RECORD.read_text("utf-8"))
    found: dict[str, str] = {}
    for expression, answer in record.items():
        match = _CALL.fullmatch(expression)
        if match is None or "error" in answer or "unknown" in answer or "terraform_data" in expression:
            continue
        text = f"{_code(expression)} → {_code(str(answer['value']))}"
        if len(text) <= _LONGEST_EXAMPLE and _STAND_IN not in text:
            found.setdefault(match[1], text)
    return found


def _code(text: str) -> str:
    escaped = text.replace("|", "\\|")
    return f"`` {escaped} ``" if "`" in escaped else f"`{escaped}`"
