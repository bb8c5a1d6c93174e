"""How functions are called: unknowns, alternatives, places, bounds, files. What they compute is tested by oracle."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from sglint.model.limits import long_text, many_items
from sglint.model.location import Location, Step
from sglint.model.values import Alternative, Conditional, Data, Reference, Unknown, Value, When
from sglint.reading.files import Files
from sglint.terraform.functions import FunctionContext, FunctionError, call
from sglint.terraform.functions.registry import FUNCTIONS
from sglint.terraform.values import ListItems, MapEntries, set_of

AT = Location("main.tf", 9, 1, 9, 20)
PLACE = Location("main.tf", 3, 5, 3, 16)
ID = Unknown("aws_vpc.a.id", "aws_vpc.a.id", Reference("aws_vpc.a", "id"))
PROD, DEV = When((("var.env", "prod"),)), When((("var.env", "dev"),))


def value(data: Data) -> Value:
    return Value(data, PLACE)


def items(*data: Data) -> tuple[Value, ...]:
    return tuple(map(value, data))


def either(prod: Data, dev: Data) -> Value:
    return value(Conditional((Alternative(PROD, value(prod)), Alternative(DEV, value(dev)))))


def called(name: str, *arguments: Data | Value, context: FunctionContext | None = None) -> Value:
    values = tuple(each if isinstance(each, Value) else value(each) for each in arguments)
    return call(name, values, context or FunctionContext(), AT, f"{name}(…)")


# ---- the registry


def test_every_function_has_an_implementation_or_a_reason() -> None:
    themes = {function.theme for function in FUNCTIONS.values() if function.theme}
    implemented = {theme: set(import_module(f"sglint.terraform.functions.{theme}").IMPLEMENTATIONS) for theme in themes}
    assert implemented == {
        theme: {name for name, function in FUNCTIONS.items() if function.theme == theme} for theme in themes
    }
    others = {name for name, function in FUNCTIONS.items() if not function.theme}
    assert others == {name for name, function in FUNCTIONS.items() if function.withheld or function.is_special}
    assert len(FUNCTIONS) == 118


# ---- unknowns


def test_an_unknown_argument_makes_the_result_unknown_by_its_name() -> None:
    assert called("upper", ID).data == Unknown("upper(…)", "aws_vpc.a.id")


def test_of_several_unknowns_the_first_is_named() -> None:
    other = Unknown("var.b", "var.b")
    assert called("replace", other, ID, "x").data == Unknown("replace(…)", "var.b")


def test_collections_keep_their_known_items() -> None:
    assert called("concat", items("0.0.0.0/0"), items(ID)).items() == items("0.0.0.0/0", ID)
    assert called("merge", {"a": value(1)}, {"b": value(ID)}).entries() == {"a": value(1), "b": value(ID)}
    assert called("element", items("a", ID), 0) == value("a")
    assert called("lookup", {"a": value(1), "b": value(ID)}, "a") == value(1)
    assert called("contains", items("a", ID), "a").data is True
    assert called("contains", items("a", ID), "b").data == Unknown("contains(…)", "aws_vpc.a.id")
    assert called("length", items("a", ID)).data == 2
    assert called("keys", {"a": value(ID)}).items() == items("a")


def test_a_reference_passes_through_conversion_as_it_is() -> None:
    for name in ("tostring", "sensitive", "nonsensitive", "ephemeralasnull"):
        result = called(name, ID).data
        assert isinstance(result, Unknown)
        assert result.reference == Reference("aws_vpc.a", "id")


def test_flatten_keeps_resource_attributes_but_nothing_that_may_be_a_list() -> None:
    assert called("flatten", items(items("a"), ID)).items() == items("a", ID)
    assert called("flatten", items(items("a"), Unknown("var.x", "var.x"))).data == Unknown("flatten(…)", "var.x")


def test_the_number_of_items_of_a_set_with_unknown_ones_is_unknown() -> None:
    assert called("length", set_of(items("a", ID))).data == Unknown("length(…)", "aws_vpc.a.id")


@pytest.mark.parametrize("name", [name for name, function in FUNCTIONS.items() if function.withheld])
def test_withheld_results_are_unknown_by_the_name_of_the_function(name: str) -> None:
    arguments = ["x" for _ in FUNCTIONS[name].parameters]
    assert called(name, *arguments).data == Unknown(f"{name}(…)", f"{name}()")


def test_functions_of_providers_are_unknown_by_name() -> None:
    result = called("provider::aws::arn_parse", "x")
    assert result.data == Unknown("provider::aws::arn_parse(…)", "provider::aws::arn_parse()")


# ---- alternatives


def test_each_alternative_of_an_argument_has_its_result() -> None:
    result = called("upper", either("a", "b")).data
    assert isinstance(result, Conditional)
    assert [(each.when, each.value.data) for each in result.alternatives] == [(PROD, "A"), (DEV, "B")]


def test_arguments_under_one_condition_vary_together() -> None:
    result = called("format", "%s-%s", either("a", "b"), either(1, 2)).data
    assert isinstance(result, Conditional)
    assert [each.value.data for each in result.alternatives] == ["a-1", "b-2"]


def test_alternatives_within_collections_are_taken_apart_where_all_must_be_known() -> None:
    result = called("jsonencode", {"a": either("x", "y")}).data
    assert isinstance(result, Conditional)
    assert [each.value.data for each in result.alternatives] == ['{"a":"x"}', '{"a":"y"}']


def test_one_condition_in_many_items_makes_no_more_alternatives_than_it_has() -> None:
    many = tuple(either("a", "b") for _ in range(40))
    result = called("join", "", many).data
    assert isinstance(result, Conditional)
    assert [each.value.data for each in result.alternatives] == ["a" * 40, "b" * 40]
    distinct = called("join", "", set_of((either("b", "a"), value("b")))).data
    assert isinstance(distinct, Conditional)
    assert [each.value.data for each in distinct.alternatives] == ["b", "ab"]


def test_an_alternative_that_terraform_rejects_is_unknown_unless_all_are() -> None:
    result = called("parseint", either("7", "x"), 10).data
    assert isinstance(result, Conditional)
    reason = 'Invalid value for "number" parameter: cannot parse "x" as a base 10 integer.'
    assert [each.value.data for each in result.alternatives] == [7, Unknown("parseint(…)", reason)]
    with pytest.raises(FunctionError):
        called("parseint", either("y", "x"), 10)


def test_too_many_combinations_are_given_up() -> None:
    choices = [
        value(
            Conditional(
                tuple(Alternative(When(((name, str(n)),)), value(f"{name}{n}")) for n in range(5))
            )
        )
        for name in "abc"
    ]  # fmt: skip
    assert called("format", "%s%s%s", *choices).data == Unknown("format(…)", "more than 64 alternatives")


# ---- places


def test_items_keep_their_places_and_scalars_take_that_of_the_call() -> None:
    step = Step("var.cidrs", Location("variables.tf", 1, 1, 1, 5))
    given = Value((Value("10.0.0.0/8", step.location),), PLACE, (step,))
    literal = Value("0.0.0.0/0", Location("main.tf", 4, 2, 4, 13))
    joined = called("concat", given, (literal,)).items()
    assert joined == (Value("10.0.0.0/8", PLACE, (Step("var.cidrs", step.location),)), literal)
    text = called("join", ",", given)
    assert (text.location, text.evidence) == (AT, (step,))


# ---- what Terraform rejects


@pytest.mark.parametrize(
    ("name", "arguments", "summary", "message", "argument"),
    [
        ("uper", ("a",), "Call to unknown function", 'There is no function named "uper". Did you mean "upper"?', None),
        ("frobnicate", (), "Call to unknown function", 'There is no function named "frobnicate".', None),
        ("upper", (), "Not enough function arguments",
         'Function "upper" expects 1 argument(s). Missing value for "str".', None),
        ("join", (), "Not enough function arguments",
         'Function "join" expects at least 1 argument(s). Missing value for "separator".', None),
        ("upper", ("a", "b"), "Too many function arguments", 'Function "upper" expects only 1 argument(s).', 1),
        ("upper", (None,), "Invalid function argument",
         'Invalid value for "str" parameter: argument must not be null.', 0),
        ("upper", ((),), "Invalid function argument", 'Invalid value for "str" parameter: string required.', 0),
        ("sum", ((),), "Invalid function argument",
         'Invalid value for "list" parameter: cannot sum an empty list.', 0),
        ("index", (items("a"), "b"), "Error in function call",
         'Call to function "index" failed: item not found.', None),
    ],
)  # fmt: skip
def test_rejected_calls(
    name: str, arguments: tuple[Data, ...], summary: str, message: str, argument: int | None
) -> None:
    with pytest.raises(FunctionError) as failure:
        called(name, *arguments)
    assert (failure.value.summary, failure.value.message, failure.value.argument) == (summary, message, argument)


def test_a_negative_index_counts_from_the_end_of_a_tuple_as_in_later_terraform() -> None:
    assert called("element", items("a", "b"), -1) == value("b")


# ---- bounds


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("format", ("%9999999d", 1)),
        ("format", ("%99999999d", 1)),
        ("format", ("%.9999999f", 1)),
        ("format", ("%s" * 2, "x" * 800_000, "x" * 800_000)),
        ("indent", (900_000, "a\nb\nc")),
        ("replace", ("a" * 10_000, "a", "b" * 10_000)),
        ("join", ("x" * 10_000, items(*["a"] * 1_000))),
        ("join", ("", items(*["a" * 10_000] * 200))),
    ],
)
def test_text_that_would_grow_without_bound_is_unknown(name: str, arguments: tuple[Data, ...]) -> None:
    assert called(name, *arguments).data == Unknown(f"{name}(…)", long_text().reason)


def test_collections_that_would_grow_without_bound_are_unknown() -> None:
    many = items(*map(str, range(6_000)))
    assert called("setproduct", many, many).data == Unknown("setproduct(…)", many_items().reason)
    assert called("concat", many, many).data == Unknown("concat(…)", many_items().reason)
    assert called("flatten", (value(many), value(many))).data == Unknown("flatten(…)", many_items().reason)
    aliases = "a: &a [x]\n" + "\n".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}]" for a, b in zip("abcdefghijklm", "bcdefghijklmn", strict=True)
    )
    assert isinstance(called("yamldecode", aliases).data, Unknown)


def test_numbers_beyond_the_limit_are_rejected_or_unknown_but_never_computed() -> None:
    with pytest.raises(FunctionError):
        called("tonumber", "1e999999999")
    assert isinstance(called("pow", 10, 400).data, Unknown)


# ---- kinds of collections


def test_kinds() -> None:
    assert isinstance(called("concat", ListItems(items("a")), ListItems(items("b"))).data, ListItems)
    assert type(called("concat", ListItems(items("a")), items("b")).data) is tuple
    assert isinstance(called("merge", MapEntries(a=value(1)), MapEntries(b=value(2))).data, MapEntries)
    assert type(called("merge", MapEntries(a=value(1)), {"b": value(2)}).data) is dict


# ---- files


@pytest.fixture
def context(tmp_path: Path) -> FunctionContext:
    root = tmp_path / "root"
    (root / "policies").mkdir(parents=True)
    (root / "policies" / "web.json").write_text('["10.0.0.0/8"]')
    (root / "raw.bin").write_bytes(b"\xff")
    (tmp_path / "secret.txt").write_text("secret")
    (root / "link.txt").symlink_to(tmp_path / "secret.txt")
    return FunctionContext(str(root), Files((str(root),)))


def test_files_are_read_from_the_directory_of_the_root_module(context: FunctionContext) -> None:
    assert called("file", "policies/web.json", context=context).data == '["10.0.0.0/8"]'
    assert called("fileexists", "./policies/web.json", context=context).data is True
    assert called("fileexists", "none.json", context=context).data is False
    assert called("fileset", ".", "**/*.json", context=context).data == set_of([Value("policies/web.json", AT)])


@pytest.mark.parametrize("path", ["../secret.txt", "/etc/hostname", "link.txt", "~/.profile"])
@pytest.mark.parametrize("name", ["file", "filebase64", "filemd5", "filesha256", "fileexists"])
def test_files_outside_the_input_stay_unknown(name: str, path: str, context: FunctionContext) -> None:
    blocked = Unknown(f"{name}(…)", f"{path}, which lies outside the input")
    assert called(name, path, context=context).data == blocked


def test_directories_outside_the_input_are_not_listed(context: FunctionContext) -> None:
    for directory, pattern in (("..", "*"), (".", "../*"), ("/", "etc/*")):
        assert isinstance(called("fileset", directory, pattern, context=context).data, Unknown)


def test_what_is_no_text_is_rejected(context: FunctionContext) -> None:
    with pytest.raises(FunctionError, match="not valid UTF-8; use the filebase64 function"):
        called("file", "raw.bin", context=context)


def test_without_a_reader_nothing_is_read() -> None:
    assert isinstance(called("file", "main.tf").data, Unknown)


def test_templates_are_rendered_by_the_evaluator(tmp_path: Path) -> None:
    (tmp_path / "rules.tftpl").write_text("${port}")
    seen: list[tuple[str, str, dict[str, Value]]] = []

    def render(text: str, path: str, variables: dict[str, Value], at: Location) -> Value:
        seen.append((text, path, variables))
        return Value("443", at)

    context = FunctionContext(str(tmp_path), Files((str(tmp_path),)), render)
    assert called("templatefile", "rules.tftpl", {"port": value(443)}, context=context).data == "443"
    assert seen == [("${port}", str(tmp_path / "rules.tftpl"), {"port": value(443)})]


# ---- formats whose readers are not Terraform's own


def leaves(found: Value) -> Iterator[Value]:
    yield found
    data = found.data
    for inner in data.values() if isinstance(data, dict) else data if isinstance(data, tuple) else ():
        yield from leaves(inner)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("jsondecode", "[" * 100_000),
        ("jsondecode", '{"a":' * 5_000 + "1" + "}" * 5_000),
        ("yamldecode", "[" * 5_000),
        ("yamldecode", "- " * 5_000),
        ("yamldecode", "a: &a [*a]"),
        ("yamldecode", "\x00"),
        ("yamldecode", "a: .inf"),
        ("csvdecode", '"' * 9_999),
        ("jsondecode", "1e999999999"),
        ("yamldecode", "1e999999999"),
        ("regex", "(" * 5_000),
        ("regexall", "x{1000}{1000}"),
        ("formatdate", "'" * 99),
        ("timeadd", "9999-12-31T23:59:59Z"),
        ("base64decode", "====="),
        ("textdecodebase64", "AA"),
        ("cidrsubnets", "1" * 5_000 + ".0.0.0/8"),
    ],
)
def test_hostile_text_is_rejected_or_unknown(name: str, text: str) -> None:
    second: dict[str, Data] = {"timeadd": "9999999h", "formatdate": "2020-01-01T00:00:00Z", "textdecodebase64": "utf-8"}
    rest = (second.get(name, "x"),) if len(FUNCTIONS[name].parameters) > 1 else ()
    try:
        result = called(name, text, *rest)
    except FunctionError:
        return
    assert any(isinstance(leaf.data, Unknown) for leaf in leaves(result))
