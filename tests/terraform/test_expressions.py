"""Expressions, as `terraform console` answers them; what Terraform itself is asked about lies in tests/oracles."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sglint.model.values import Conditional, Reference, Unknown
from sglint.terraform.inputs import Inputs
from tests.terraform.programs import Plain, attempt, plain, value

UNKNOWN = 'variable "x" {}'
RESOURCE = 'resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }'


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("-7 % 3", -1),
        ("7 / 2", Decimal("3.5")),
        ("0.1 + 0.2", Decimal("0.3")),
        ('"5" + 1', 6),
        ('1 < "2"', True),
        ('1 == "1"', False),
        ("1 == 1.0", True),
        ("[] == tolist([])", False),
        ("null == null", True),
        ('!"false"', True),
        ('true && "true"', True),
        ('true ? 1 : "a"', "1"),
        ('true ? [1] : ["a", 2]', ["1"]),
        ("false ? null : 3", 3),
        ("true ? {a = 1} : {b = 2}", {"a": 1}),
        ("true ? [1][0] : [1][9]", 1),
        ('"${1}"', 1),
        ('"a${1.50}${true}"', "a1.5true"),
        ('"%{ if 1 > 2 }a%{ else }b%{ endif }"', "b"),
        ('"%{ for k, v in {b = 2, a = 1} }${k}${v};%{ endfor }"', "a1;b2;"),
        ("null[*]", []),
        ('"x"[*]', ["x"]),
        ("[{a = [1, 2]}, {a = [3]}][*].a[0]", [1, 3]),
        ("[{a = [1, 2]}, {a = [3]}].*.a[0]", [1, 2]),
        ('[1, 2]["1"]', 2),
        ('{a = 1}["a"]', 1),
        ('{"1" = 2}[1]', 2),
        ("[for k, v in {b = 1, a = 2} : k]", ["a", "b"]),
        ("[for i, v in [5, 6] : i + v if v > 5]", [7]),
        ('{for v in ["a", "b", "a"] : v => 1...}', {"a": [1, 1], "b": [1]}),
        ("{for i, v in [true] : i => v}", {"0": True}),
        ("[for x in [1, 2] : [for x in [x, x] : x]]", [[1, 1], [2, 2]]),
        ('{(1) = 2, "a" = 1, a = 3}', {"1": 2, "a": 3}),
        ("max([1, 5, 3]...)", 5),
        ('try([1][5], {}.x, "last")', "last"),
        ("can([1][5])", False),
        ("can([1][0])", True),
        ("try(null, 1)", None),
        ("5 % 0", 5),
    ],
)
def test_known_values(expression: str, expected: Plain) -> None:
    assert plain(value(expression)) == expected


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("1 + null", "Operation failed: Error during operation: argument must not be null"),
        ('"a" + 1', "Invalid operand: Unsuitable value for left operand: a number is required"),
        ("1 ? 1 : 2", "Incorrect condition type: The condition expression must be of type bool"),
        ("null ? 1 : 2", "Null condition: The condition value is null. Conditions must either be true or false"),
        (
            "true ? [1] : {a = 1}",
            "Inconsistent conditional result types: The true and false result expressions must have consistent types. "
            "The 'true' value is tuple, but the 'false' value is object",
        ),
        ("{a = 1}.b", 'Unsupported attribute: This object does not have an attribute named "b"'),
        ("null.a", "Attempt to get attribute from null value: This value is null, so it does not have any attributes"),
        (
            "[][0]",
            "Invalid index: The given key does not identify an element in this collection value: the collection has no "
            "elements",
        ),
        ("[for v in 5 : v]", "Iteration over non-iterable value: A value of type number cannot be used as the "
         "collection in a 'for' expression"),
        ("nofunc(1)", 'Call to unknown function: There is no function named "nofunc"'),
        ("var.nope", 'Reference to undeclared input variable: An input variable with the name "nope" has not been '
         'declared. This variable can be declared with a variable "nope" {} block'),
        ("aws_vpc.nope.id", 'Reference to undeclared resource: A managed resource "aws_vpc" "nope" has not been '
         "declared in the root module"),
        ("0 / 0", "Operation failed: Error during operation: can't divide zero by zero or infinity by infinity"),
    ],
)  # fmt: skip
def test_faults(expression: str, problem: str) -> None:
    found, problems = attempt(expression)
    assert problems == [problem]
    assert isinstance(found.data, Unknown)


def test_a_fault_leaves_what_stands_beside_it() -> None:
    found, problems = attempt('["10.0.0.0/8", local.nope, 1 + null]')
    assert plain(found) == ["10.0.0.0/8", "?local.nope", "?1 + null"]
    assert len(problems) == 2


def test_undeclared_names_are_rejected_even_inside_try() -> None:
    assert attempt('try(local.nope, "x")')[1] == [
        'Reference to undeclared local value: A local value with the name "nope" has not been declared'
    ]


def test_a_left_side_that_decides_hides_the_right() -> None:
    """As Terraform does from 1.12 on; before, the right side had to be valid all the same."""
    assert plain(value("false && [1][5]")) is False
    assert plain(value("true || null")) is True


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("false && var.x", False),
        ("var.x && false", False),
        ("var.x || true", True),
        ("true && var.x", "?var.x"),
        ("var.x + 1", "?var.x"),
        ("var.x.a[0].b", "?var.x"),
        ('"a-${var.x}"', "?var.x"),
        ("[var.x, 1]", ["?var.x", 1]),
        ("[var.x, 1][1]", 1),
        ("[for v in [var.x, 1] : v]", ["?var.x", 1]),
        ("[for v in var.x : v]", "?var.x"),
        ("{(var.x) = 1}", "?var.x"),
        ("{a = var.x}.a", "?var.x"),
        ("try(var.x.a, 1)", "?var.x"),
        ("max([var.x]...)", "?var.x"),
        ("-var.x", "?var.x"),
    ],
)
def test_unknowns_spread_no_further_than_they_must(expression: str, expected: Plain) -> None:
    assert plain(value(expression, UNKNOWN)) == expected


def test_what_is_read_off_an_unknown_keeps_its_path() -> None:
    found = value('var.x.rules[0]["from port"]', UNKNOWN)
    assert found.data == Unknown('var.x.rules[0]["from port"]', "var.x")


def test_an_undecided_condition_has_both_arms() -> None:
    assert plain(value('var.x ? "10.0.0.0/8" : "0.0.0.0/0"', UNKNOWN)) == {
        "var.x is true": "10.0.0.0/8",
        "var.x is false": "0.0.0.0/0",
    }


def test_alternatives_go_through_operators_functions_and_templates() -> None:
    local = "locals { a = var.x ? 1 : 2 }"
    assert plain(value("local.a + 1", UNKNOWN, local)) == {"var.x is true": 2, "var.x is false": 3}
    assert plain(value("max(local.a, 2)", UNKNOWN, local)) == {"var.x is true": 2, "var.x is false": 2}
    assert plain(value('"n${local.a}-${local.a}"', UNKNOWN, local)) == {
        "var.x is true": "n1-1",
        "var.x is false": "n2-2",
    }


def test_conditions_that_contradict_each_other_do_not_meet() -> None:
    expression = 'var.x == "prod" ? (var.x == "dev" ? "impossible" : "prod") : "other"'
    assert plain(value(expression, UNKNOWN)) == {'var.x == "prod" is true': "prod", 'var.x == "prod" is false': "other"}


def test_an_unknown_key_picks_any_entry() -> None:
    found = value('{dev = "10.0.0.0/8", prod = "0.0.0.0/0"}[var.x]', UNKNOWN)
    assert plain(found) == {"var.x is dev": "10.0.0.0/8", "var.x is prod": "0.0.0.0/0"}


def test_an_undecided_filter_follows_both_outcomes() -> None:
    found = value('[for c in ["a", "b"] : c if c == "a" || var.x]', UNKNOWN)
    assert isinstance(found.data, Conditional)
    assert sorted(map(str, (plain(one.value) for one in found.data.alternatives))) == ["['a', 'b']", "['a']"]


def test_past_the_bound_alternatives_are_given_up() -> None:
    variables = [f'variable "v{number}" {{}}' for number in range(7)]
    text = "".join(f"${{var.v{number} ? 1 : 2}}" for number in range(7))
    found = value(f'"{text}"', *variables)
    assert found.data == Unknown(f'"{text}"', "more than 64 alternatives")


def test_an_arm_that_fails_under_its_condition_is_no_problem() -> None:
    assert plain(value("var.x == null ? 1 : [1][5]", UNKNOWN)) == {
        "var.x == null is true": 1,
        "var.x == null is false": "?[1][5]",
    }


def test_names_of_the_run() -> None:
    assert plain(value("[path.module, path.root]")) == [".", "."]
    assert plain(value("terraform.workspace")) == "?terraform.workspace"
    assert plain(value("terraform.workspace", inputs=Inputs(workspace="prod"))) == "prod"


def test_a_resource_attribute_that_only_the_deployment_knows() -> None:
    found = value("aws_vpc.main.id", RESOURCE)
    assert found.data == Unknown("aws_vpc.main.id", "aws_vpc.main.id")
    assert isinstance(found.data, Unknown)
    assert found.data.reference == Reference("aws_vpc.main", "id")


def test_an_id_is_never_null() -> None:
    assert plain(value("aws_vpc.main.id == null ? 1 : 2", RESOURCE)) == 2
    assert plain(value("null != aws_vpc.main.id", RESOURCE)) is True


_NUMBERS = st.integers(-50, 50)
_OPERATORS = st.sampled_from(["+", "-", "*"])


@st.composite
def _arithmetic(draw: st.DrawFn) -> str:
    text = str(draw(_NUMBERS))
    for _ in range(draw(st.integers(0, 6))):
        right = f"({draw(_NUMBERS)} {draw(_OPERATORS)} {draw(_NUMBERS)})"
        text = f"{text} {draw(_OPERATORS)} {right}"
    return text


@given(_arithmetic())
def test_arithmetic_is_python_s(text: str) -> None:
    assert plain(value(text)) == eval(text)


@given(st.lists(st.integers(0, 9)), st.integers(0, 9))
def test_for_filters_as_python_does(items: list[int], least: int) -> None:
    expected: list[Plain] = [item * 2 for item in items if item >= least]
    assert plain(value(f"[for v in {items} : v * 2 if v >= {least}]")) == expected


_TRUTHS = st.recursive(
    st.sampled_from(["true", "false", "var.x"]),
    lambda inner: st.one_of(
        st.builds("({} && {})".format, inner, inner),
        st.builds("({} || {})".format, inner, inner),
        st.builds("(!{})".format, inner),
    ),
    max_leaves=8,
)


@given(_TRUTHS)
def test_logic_with_an_unknown_holds_for_both_of_its_values(text: str) -> None:
    """What is decided in spite of the unknown is what both values of it give."""
    outcomes = {
        plain(value(text, 'variable "x" { type = bool }', inputs=Inputs(variables=(f"x={x}",))))
        for x in ("true", "false")
    }
    found = plain(value(text, 'variable "x" { type = bool }'))
    assert found == "?var.x" or outcomes == {found}
