from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sglint.cloudformation.inputs import InvalidParameter, read_inputs
from sglint.cloudformation.templates import evaluate
from sglint.reading.files import Files
from tests.cloudformation.evaluating import TEMPLATE, Either, evaluated, problems, properties, resource, seen


def template(declaration: str, use: str = "!Ref P") -> str:
    return f"Parameters:\n  P: {declaration}\nResources:\n  R: {{Type: T, Properties: {{V: {use}}}}}\n"


@pytest.mark.parametrize(
    ("declaration", "given", "expected"),
    [
        ("{Type: String}", None, "?P"),
        ("{Type: String, Default: x}", None, "x"),
        ("{Type: String, Default: ''}", None, ""),
        ("{Type: String, Default: x}", "y", "y"),
        ("{Type: String}", "a=b", "a=b"),
        ("{Type: Number, Default: 22}", None, 22),
        ("{Type: Number, Default: 22}", "23", "23"),
        ("{Type: String, AllowedValues: [x]}", None, "x"),
        ("{Type: String, AllowedValues: [x, y]}", None, Either({"P is x": "x", "P is y": "y"})),
        ("{Type: String, AllowedValues: [x, y], Default: y}", None, Either({"P is y": "y", "P is x": "x"})),
        ("{Type: Number, AllowedValues: [1, 2]}", None, Either({"P is 1": 1, "P is 2": 2})),
        ("{Type: String, AllowedValues: [true, false]}", None, Either({"P is true": True, "P is false": False})),
        ("{Type: String, AllowedValues: [x, y]}", "y", "y"),
        ("{Type: CommaDelimitedList, Default: 'a, b ,c'}", None, ["a", "b", "c"]),
        ("{Type: CommaDelimitedList}", "a,b", ["a", "b"]),
        ("{Type: CommaDelimitedList, AllowedValues: [a, b]}", None, "?P"),
        ("{Type: List<Number>, Default: '1,2'}", None, ["1", "2"]),
        ("{Type: 'List<AWS::EC2::SecurityGroup::Id>'}", None, "?P"),
        ("{Type: 'AWS::EC2::SecurityGroup::Id'}", None, "?P"),
        ("{Type: 'AWS::EC2::SecurityGroup::Id'}", "sg-1", "sg-1"),
        ("{Type: 'AWS::SSM::Parameter::Name', Default: /a}", None, "/a"),
        ("{Type: 'AWS::SSM::Parameter::Value<String>', Default: /a}", None, "?P"),
        ("{Type: 'AWS::SSM::Parameter::Value<List<String>>'}", "/a", "?P"),
        ("{Type: String, Default: '{{resolve:ssm:/a:1}}'}", None, "?{{resolve:ssm:/a:1}}"),
        ("{Type: String, NoEcho: true}", None, "?P"),
    ],
)
def test_value(declaration: str, given: str | None, expected: Any) -> None:
    result = evaluated(template(declaration), [] if given is None else [f"P={given}"])
    assert properties(result, "R")["V"] == expected
    assert problems(result) == []


def test_too_many_allowed_values_are_one_unknown_that_conditions_still_tell_apart() -> None:
    allowed = ", ".join(f"v{number}" for number in range(100))
    result = evaluated(
        f"Parameters: {{P: {{Type: String, AllowedValues: [{allowed}]}}}}\n"
        "Conditions: {A: !Equals [!Ref P, v1], B: !Equals [!Ref P, v2], Both: !And [!Condition A, !Condition B]}\n"
        "Resources: {R: {Type: T, Properties: {V: !Ref P, W: !If [Both, 1, 2]}}}\n"
    )
    assert properties(result, "R") == {"V": "?P", "W": 2}


def test_value_outside_the_allowed_ones_is_a_problem() -> None:
    result = evaluated(template("{Type: String, AllowedValues: [x, y]}"), ["P=z"])
    assert problems(result) == ["2:3 parameter 'P' must be one of AllowedValues [x, y], not 'z'"]


def test_evidence_leads_to_the_default() -> None:
    result = evaluated(template("{Type: String, Default: 10.0.0.0/8}"))
    value = resource(result, "R").arguments.get("V")
    assert (value.location.line, value.location.column) == (4, 32)
    assert [(step.text, step.location.line, step.location.column) for step in value.evidence] == [
        ("parameter P", 2, 30)
    ]


@pytest.mark.parametrize("kind", ["String", "AWS::SSM::Parameter::Value<String>", "CommaDelimitedList"])
def test_evidence_of_a_value_on_the_command_line_leads_to_the_declaration(kind: str) -> None:
    result = evaluated(template(f"{{Type: '{kind}'}}"), ["P=x"])
    (step,) = resource(result, "R").arguments.get("V").evidence
    assert (step.text, str(step.location)) == ("parameter P", "template.yaml:2:3")


def test_evidence_leads_to_each_allowed_value() -> None:
    result = evaluated(template("{Type: String, AllowedValues: [x, yy]}"))
    value = resource(result, "R").arguments.get("V")
    steps = [each.value.evidence[0].location.column for each in value.data.alternatives]
    assert steps == [37, 40]


FILES = {
    "cli.json": '[{"ParameterKey": "P", "ParameterValue": "file"}, {"ParameterKey": "Q", "UsePreviousValue": true}]',
    "texts.json": '["P=file", "Q=a,b"]',
    "pipeline.json": '{"Parameters": {"P": "file", "Q": "1"}, "Tags": {"a": "b"}}',
    "sync.yaml": "template-file-path: t.yaml\nparameters:\n  P: file\ntags: {}\n",
    "plain.yaml": "P: file\nQ: [a, b]\n",
    "plain.json": '{"P": "file"}',
    "samconfig.toml": 'version = 0.1\n[default.deploy.parameters]\nparameter_overrides = "P=file Q=\\"a b\\""\n',
    "list.toml": '[default.deploy.parameters]\nparameter_overrides = ["P=file", "Q=a b"]\n',
    "table.toml": '[prod.global.parameters]\nparameter_overrides = {P = "file"}\n',
}


@pytest.mark.parametrize("name", FILES)
def test_parameters_from_a_file(name: str) -> None:
    files = Files((".",), {name: FILES[name].encode(), TEMPLATE: template("{Type: String, Default: x}").encode()})
    inputs = read_inputs(files, (name,))
    assert inputs.problems == ()
    value = resource(evaluate(TEMPLATE, inputs, files), "R").arguments.get("V")
    assert value.data == "file"
    assert value.evidence[0].location.path == name


def test_values_given_with_spaces_and_lists() -> None:
    files = Files((".",), {name: text.encode() for name, text in FILES.items()})
    assert seen(read_inputs(files, ("samconfig.toml",)).parameters["Q"]) == "a b"
    assert seen(read_inputs(files, ("plain.yaml",)).parameters["Q"]) == ["a", "b"]
    assert seen(read_inputs(files, ("cli.json",)).parameters["Q"]) == "?Q"


def test_the_command_line_wins_and_later_files_win() -> None:
    files = Files((".",), {"a.json": b'{"P": "a", "Q": "a"}', "b.json": b'{"P": "b"}'})
    inputs = read_inputs(files, ("a.json", "b.json"), ["Q=c"])
    assert {name: value.data for name, value in inputs.parameters.items()} == {"P": "b", "Q": "c"}


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("missing.json", None, "missing.json:1:1: cannot be read: no such file or directory"),
        ("a.json", "3", "a.json:1:1: holds no parameters"),
        ("a.json", '[{"Name": "x"}]', "a.json:1:2: is not a parameter"),
        ("a.json", '{"P": {"a": 1}}', "a.json:1:7: a parameter's value must be text or a list of texts"),
        ("a.toml", "=", "a.toml:1:1: is not TOML"),
        ("a.toml", '[default.deploy.parameters]\nparameter_overrides = "P"', "a.toml:2:1: 'P' is not Key=Value"),
    ],
)
def test_bad_parameter_files(name: str, text: str | None, problem: str) -> None:
    files = Files((".",), {} if text is None else {name: text.encode()})
    (found,) = read_inputs(files, (name,)).problems
    assert str(found).startswith(problem)


def test_bad_assignment() -> None:
    with pytest.raises(InvalidParameter, match="'P' is not KEY=VALUE"):
        read_inputs(Files(), (), ["P"])


def test_parameters_from_real_files(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(template("{Type: String}"))
    (tmp_path / "p.json").write_text('[{"ParameterKey": "P", "ParameterValue": "v"}]')
    files = Files((str(tmp_path),))
    inputs = read_inputs(files, (str(tmp_path / "p.json"),))
    assert properties(evaluate(str(tmp_path / "t.yaml"), inputs, files), "R") == {"V": "v"}
