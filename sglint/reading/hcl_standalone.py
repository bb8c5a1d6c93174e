"""HCL outside of HCL files: templates and expressions in JSON strings, in `-var` values and in documentation."""

from __future__ import annotations

from sglint.model.location import Location, Problem
from sglint.reading.files import Unreadable
from sglint.reading.hcl_expressions import bare_template, whole_expression
from sglint.reading.hcl_strict import read_strictly
from sglint.reading.hcl_templates import Unbalanced
from sglint.reading.hcl_tree import Place
from sglint.reading.syntax import Expression, Literal


def parse_template(text: str, location: Location) -> Expression:
    """A template without quotes, where a backslash is a backslash: a Literal when it is text alone.

    Nodes are placed inside `location` when it spans exactly the text, else each is placed at the whole of it.
    Raises Unreadable when a sequence is broken.
    """
    return template_at(text, inside(text, location))


def parse_expression(text: str, location: Location) -> Expression:
    """An expression. Nodes are placed as `parse_template` places them. Raises Unreadable when it is none."""
    return expression_at(text, inside(text, location))


def template_at(text: str, place: Place) -> Expression:
    """`parse_template` with the places of the text's parts given."""
    if "{" not in text:
        return Literal(text, _whole(text, place))
    try:
        found = bare_template(text, place)
    except Unbalanced as error:
        raise Unreadable(Problem(error.location, str(error))) from None
    if found is None:
        raise Unreadable(Problem(_whole(text, place), "expected a template, found a sequence that cannot be read"))
    return found


def expression_at(text: str, place: Place) -> Expression:
    """`parse_expression` with the places of the text's parts given."""
    try:
        found = whole_expression(text, place)
    except Unbalanced as error:
        raise Unreadable(Problem(error.location, str(error))) from None
    if found is not None:
        return found

    def after_name(row: int, column: int, end_row: int, end_column: int) -> Location:
        return place(
            row, column if row else max(column - 2, 0), end_row, end_column if end_row else max(end_column - 2, 0)
        )

    body = read_strictly(f"_={text}", after_name)
    if len(body.attributes) != 1 or body.blocks:
        raise Unreadable(Problem(_whole(text, place), "expected one expression"))
    return body.attributes["_"].expression


def inside(text: str, location: Location) -> Place:
    """Places within a text that stands at `location`, when the location spans just that; else always the location."""
    rows = text.count("\n")
    last = len(text) - text.rfind("\n") - 1
    spans = location.end_line == location.line + rows
    if not spans or location.end_column != last + (1 if rows else location.column):
        return lambda row, column, end_row, end_column: location

    def place(row: int, column: int, end_row: int, end_column: int) -> Location:
        column += 1 if row else location.column
        end_column += 1 if end_row else location.column
        return Location(location.path, location.line + row, column, location.line + end_row, end_column)

    return place


def _whole(text: str, place: Place) -> Location:
    return place(0, 0, text.count("\n"), len(text) - text.rfind("\n") - 1)
