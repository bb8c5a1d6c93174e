"""Templates that try to take forever, or all of the memory or the stack."""

from __future__ import annotations

import random
import time

import pytest

from sglint.cloudformation.inputs import Inputs
from sglint.cloudformation.templates import evaluate
from sglint.reading.files import Files
from tests.cloudformation.evaluating import evaluated, problems, properties, resource


def test_aliases_that_multiply() -> None:
    lines = ["  x0: &x0 [a, a, a, a, a, a, a, a, a, a]"]
    lines += [f"  x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 10)}]" for n in range(1, 9)]
    start = time.monotonic()
    result = evaluated("Metadata:\n" + "\n".join(lines) + "\nResources: {R: {Type: T, Properties: {V: *x8}}}\n")
    assert time.monotonic() - start < 20
    (problem,) = problems(result)
    assert problem.partition(" ")[2].startswith("aliases repeat more than 200000 values")


def test_deep_nesting() -> None:
    text = "a"
    for _ in range(80):
        text = f"!Base64 {{Fn::Sub: ['${{x}}', {{x: {text}}}]}}" if len(text) < 900 else f"[{text}]"
    result = evaluated(f"Resources: {{R: {{Type: T, Properties: {{V: {text}, W: 1}}}}}}")
    assert problems(result)


def test_a_long_chain_of_conditions() -> None:
    chain = "\n".join(f"  C{n}: !Not [!Condition C{n + 1}]" for n in range(300))
    result = evaluated(
        f"Conditions:\n{chain}\n  C300: !Equals [!Ref AWS::Region, x]\nResources: {{R: {{Type: T, Condition: C0}}}}"
    )
    assert any("more than 50 deep" in problem for problem in problems(result))
    assert resource(result, "R")


def test_a_condition_over_many_parameters() -> None:
    parameters = "\n".join(f"  P{n}: {{Type: String, AllowedValues: [a, b, c]}}" for n in range(40))
    pairs = ", ".join(f"!And [!Equals [!Ref P{2 * n}, a], !Equals [!Ref P{2 * n + 1}, b]]" for n in range(10))
    more = ", ".join(f"!Or [!Equals [!Ref P{20 + 2 * n}, a], !Equals [!Ref P{21 + 2 * n}, b]]" for n in range(10))
    start = time.monotonic()
    result = evaluated(
        f"Parameters:\n{parameters}\nConditions:\n  A: !Or [{pairs}]\n  B: !And [{more}]\n"
        "  C: !And [!Condition A, !Condition B]\n"
        "Resources: {R: {Type: T, Condition: C, Properties: {V: !If [A, 1, 2]}}}"
    )
    assert time.monotonic() - start < 20
    assert problems(result) == []
    assert str(resource(result, "R").when) == "C is true"


def test_more_alternatives_than_are_followed() -> None:
    parameters = "\n".join(f"  P{n}: {{Type: String, AllowedValues: [a, b, c]}}" for n in range(8))
    joined = "".join(f"${{P{n}}}" for n in range(8))
    result = evaluated(f"Parameters:\n{parameters}\nResources: {{R: {{Type: T, Properties: {{V: !Sub '{joined}'}}}}}}")
    value = resource(result, "R").arguments.get("V")
    assert value.data.blocked_by == "more than 64 alternatives"
    assert properties(result, "R") == {"V": f"?{joined}"}


def test_stacks_that_multiply() -> None:
    def level(number: int) -> str:
        stack = f"{{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: t{number + 1}.yaml}}}}"
        return "Resources:\n" + "".join(f"  S{n}: {stack}\n" for n in range(20))

    others = {f"t{number}.yaml": level(number) for number in range(1, 6)}
    others["t6.yaml"] = "Resources: {R: {Type: T}}"
    result = evaluated(level(0), others=others)
    assert len(result.resources) < 2_000
    assert {each.reason for each in result.unresolved} == {"there are more than 500 nested stacks"}


WORDS = [
    "!Ref A", "!Ref", "!Sub", "!Join", "[", "]", "{", "}", ",", ":", "Fn::If", "Fn::ForEach::X",
    "Fn::Transform", "0", "!GetAtt A.B", "!Select [0, ", "Condition", "Properties", "Type",
    "AWS::EC2::SecurityGroup", "1", "-1", "'${'", "null", "''", "AWS::NoValue", "Fn::Equals", "!Cidr [",
    "!FindInMap [", "Resources", "\n", " ", "Parameters", "Mappings", "A", "B",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(150))
def test_any_text_is_evaluated_or_named(seed: int) -> None:
    chooser = random.Random(seed)
    inner = " ".join(chooser.choices(WORDS, k=chooser.randint(1, 25)))
    texts = [
        inner,
        f"Resources: {{A: {{Type: T, Properties: {{V: {inner}}}}}}}",
        f"Resources: {{A: {{Type: T, Properties: {{V: [{inner}]}}}}}}\nConditions: {{B: {inner}}}",
        f"Transform: AWS::LanguageExtensions\nResources: {{Fn::ForEach::X: [{inner}]}}\nOutputs: {{A: {inner}}}",
    ]
    for text in texts:
        evaluate("t.yaml", Inputs(), Files((".",), {"t.yaml": text.encode()}))
