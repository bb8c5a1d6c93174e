from __future__ import annotations

import pytest

from tests.cloudformation.evaluating import Either, evaluated, problems, properties, resource, whens

HEAD = """Conditions: {C: !Equals [!Ref AWS::Region, x]}
Mappings: {M: {a: {b: c}}}
Resources:
  G: {Type: AWS::EC2::SecurityGroup}
  R: {Type: T, Properties: {Kept: 1, V: """

FAULTS = [
    ("!Ref Nope", "unresolved resource dependencies [Nope]: no parameter or resource has this name"),
    ("!Ref [a]", "every Ref object must have a single String value"),
    ("{Ref: 1}", "every Ref object must have a single String value"),
    ("!GetAtt Nope.Arn", "instance of Fn::GetAtt references undefined resource Nope"),
    (
        "!GetAtt G",
        "every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute",
    ),
    (
        "!GetAtt [G]",
        "every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute",
    ),
    ("!Sub '${Nope}'", "unresolved resource dependencies [Nope]: no parameter or resource has this name"),
    ("!Sub '${Nope.Arn}'", "instance of Fn::GetAtt references undefined resource Nope"),
    (
        "!Sub '${a b}'",
        "variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons: "
        "'a b'",
    ),
    ("!Sub [a]", "every Fn::Sub object requires a string and an object of values to replace in it"),
    (
        "!Sub {a: b, c: d}",
        "Fn::Sub takes a string as first argument, and an optional second argument to specify a mapping of values to "
        "replace in the string",
    ),
    (
        "!Join [a]",
        "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined",
    ),
    (
        "!Join [',', abc]",
        "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined",
    ),
    (
        "!Split [',']",
        "every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split",
    ),
    (
        "!Split ['', abc]",
        "every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split",
    ),
    ("!Select [2, [a, b]]", "Fn::Select cannot select nonexistent value at index 2"),
    (
        "!Select [x, [a, b]]",
        "every Fn::Select object requires two parameters, the index and the list of objects to choose from",
    ),
    (
        "!Select [0, a]",
        "every Fn::Select object requires two parameters, the index and the list of objects to choose from",
    ),
    ("!If [Nope, 1, 2]", "unresolved condition dependency Nope: no condition has this name"),
    ("!If [C, 1]", "every Fn::If object requires a list of a condition name, a value if true and a value if false"),
    ("!If [[C], 1, 2]", "the first argument of Fn::If must be the name of a condition"),
    (
        "!FindInMap [M, a]",
        "every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return "
        "value",
    ),
    ("!FindInMap [N, a, b]", "mapping named 'N' is not present in the 'Mappings' section of the template"),
    ("!FindInMap [M, a, c]", "unable to get mapping for M::a::c"),
    ("!FindInMap [M, a, b, 1]", "the fourth parameter of Fn::FindInMap must be a DefaultValue"),
    ("!Cidr [10.0.0.0/24, 3, 8]", "Fn::Cidr: 10.0.0.0/24 does not hold 3 blocks of 8 bits"),
    ("!Cidr [10.0.0.0/8, 300, 8]", "Fn::Cidr: the number of blocks must be from 1 to 256, not '300'"),
    ("!Cidr [10.0.0.0/8, 3, 40]", "Fn::Cidr: the number of subnet bits must be from 0 to 32, not '40'"),
    ("!Cidr [ten, 3, 8]", "Fn::Cidr: 'ten' does not appear to be an IPv4 or IPv6 network"),
    ("{'Fn::Length': abc}", "Fn::Length expects a list"),
    ("{'Fn::ToJsonString': abc}", "Fn::ToJsonString expects an object or an array"),
    ("!GetStackOutput {StackName: a}", "every Fn::GetStackOutput object requires a StackName and an OutputName"),
    ("!Nope a", "encountered unsupported function: Fn::Nope"),
    ("{'Fn::Sub': a, b: c}", "Fn::Sub must be the only member of its object"),
    ("null", "null values are not allowed in templates"),
]


@pytest.mark.parametrize(("written", "message"), FAULTS, ids=[written for written, _ in FAULTS])
def test_fault_in_a_value(written: str, message: str) -> None:
    result = evaluated(f"{HEAD}{written}}}}}\n")
    (problem,) = problems(result)
    place, _, found = problem.partition(" ")
    assert found == message
    line, column = map(int, place.split(":"))
    assert line == 5 and column >= 38
    assert properties(result, "R")["Kept"] == 1


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("!Condition B", ["1:25 circular dependency between conditions: [A, B]"]),
        ("!Condition Z", ["1:25 unresolved condition dependency Z: no condition has this name"]),
        ("!Equals [a]", ["1:14 every Fn::Equals object requires a list of two values"]),
        ("!And [!Condition C]", ["1:14 every Fn::And object requires a list of 2 to 10 conditions"]),
        ("!Not []", ["1:14 every Fn::Not object requires a list of one condition"]),
        ("true", ["1:14 a condition must be Fn::And, Fn::Equals, Fn::Not, Fn::Or or Condition"]),
        ("!Or [!Equals [1, 1], C]", ["1:35 a condition must be Fn::And, Fn::Equals, Fn::Not, Fn::Or or Condition"]),
        ("!Equals [!Ref Nope, a]", [
            "1:23 unresolved resource dependencies [Nope]: no parameter or resource has this name"
        ]),
    ],
)  # fmt: skip
def test_fault_in_a_condition(condition: str, expected: list[str]) -> None:
    conditions = f"{{A: {condition}, B: !Condition A, C: !Equals [1, 1]}}"
    result = evaluated(f"Conditions: {conditions}\nResources: {{R: {{Type: T, Condition: A}}}}")
    assert [problem.partition(" ")[2] for problem in problems(result)] == [each.partition(" ")[2] for each in expected]
    assert set(whens(result)) == {"R"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["1:1 a template must be an object"]),
        ("[]", ["1:1 a template must be an object"]),
        ("text", ["1:1 a template must be an object"]),
        ("A: 1", ["1:1 at least one Resources member must be defined"]),
        ("Resources: 3", ["1:12 [/Resources] must be an object"]),
        ("Resources: {A: 3}", ["1:16 [/Resources/A] every Resources member must be an object"]),
        ("Resources: {A: {Properties: {}}}", ["1:13 [/Resources/A] must contain a Type member"]),
        ("Resources: {A: {Type: [T]}}", ["1:13 [/Resources/A] must contain a Type member"]),
        ("Resources: {A: {Type: T, Properties: [1]}}", ["1:38 Properties must be an object"]),
        ("Resources: {A: {Type: T, Condition: [1]}}", ["1:37 every Condition member must be a string"]),
        ("Parameters: []\nResources: {A: {Type: T}}", ["1:13 [/Parameters] must be an object"]),
        (
            "Parameters: {P: 1, Q: {Default: a}}\nResources: {A: {Type: T, Properties: {P: !Ref P, Q: !Ref Q}}}",
            [
                "1:17 [/Parameters/P] must be an object",
                "1:20 [/Parameters/Q] every Parameters object must contain a Type member",
            ],
        ),
        (
            "Resources:\n  A: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !GetAtt B.CidrBlock}}\n"
            "  B: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !GetAtt A.CidrBlock}}",
            [
                "2:52 circular dependency between resources: [A, B]",
                "3:52 circular dependency between resources: [A, B]",
            ],
        ),
    ],
)
def test_fault_in_the_frame(text: str, expected: list[str]) -> None:
    assert problems(evaluated(text)) == expected


def test_properties_of_no_value_and_alternative_properties() -> None:
    result = evaluated(
        "Conditions: {C: !Equals [!Ref AWS::Region, x]}\n"
        "Resources:\n"
        "  A: {Type: T, Properties: !Ref AWS::NoValue}\n"
        "  B: {Type: T, Properties: {Fn::If: [C, {X: 1, Y: 2}, {X: 3}]}}\n"
        "  C: {Type: T, Properties: {Fn::Transform: {Name: Mine}}}\n"
    )
    assert problems(result) == []
    assert properties(result, "A") == {}
    assert properties(result, "B") == {
        "X": Either({"C is true": 1, "C is false": 3}),
        "Y": Either({"C is true": 2, "C is false": None}),
    }
    assert [each.address for each in result.unresolved if each.address == "C"] == ["C"]


def test_a_reference_to_what_a_condition_removes_is_unknown() -> None:
    result = evaluated(
        "Conditions: {C: !Equals [!Ref AWS::Region, x], Never: !Equals [1, 2]}\n"
        "Resources:\n"
        "  A: {Type: T, Condition: C}\n"
        "  N: {Type: T, Condition: Never}\n"
        "  B: {Type: T, Properties: {V: !If [C, 1, !Ref A], W: !Ref N, X: !Ref A}}\n"
    )
    it = resource(result, "B")
    chosen = it.arguments.get("V").data.alternatives[1].value.data
    assert (chosen.reference, chosen.blocked_by) == (None, "the condition of A, under which it does not exist")
    assert it.arguments.get("W").data.reference is None
    assert it.arguments.get("X").data.reference.address == "A"
