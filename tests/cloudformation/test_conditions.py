from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sglint.model.values import When, alternatives
from tests.cloudformation.evaluating import Either, evaluated, problems, properties, resource, whens

HEAD = """
Parameters:
  Env: {Type: String, AllowedValues: [dev, test, prod]}
  Free: {Type: String}
  Other: {Type: String}
  Fixed: {Type: String, Default: "on"}
  IsOdd: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsDev: !Equals [dev, !Ref Env]
  NotProd: !Not [Condition: IsProd]
  Both: !And [!Condition IsProd, !Condition IsDev]
  Either: !Or [!Condition IsProd, !Condition NotProd]
  HasFree: !Not [!Equals [!Ref Free, ""]]
  NoFree: !Equals ["", !Ref Free]
  FreeIsA: !Equals [!Ref Free, a]
  Same: !Equals [!Ref Free, !Ref Other]
  SameAgain: !Equals [!Ref Other, !Ref Free]
  Itself: !Equals [!Ref Free, !Ref Free]
  IsOn: !Equals [!Ref Fixed, "on"]
  Mixed: !Or [!Condition IsProd, !And [!Condition HasFree, !Not [!Condition IsDev]]]
  IsOdd: !Equals [!Ref IsOdd, "yes"]
  Number: !Equals ["1", 1]
  Bool: !Equals [true, "true"]
  InRegion: !Equals [!Ref AWS::Region, us-east-1]
Resources:
"""


def existing(*conditions: str) -> dict[str, str]:
    lines = [f"  R{index}: {{Type: T, Condition: {name}}}" for index, name in enumerate(conditions)]
    return whens(evaluated(HEAD + "\n".join(lines)))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("IsProd", "IsProd is true"),
        ("NotProd", "NotProd is true"),
        ("Either", ""),
        ("HasFree", "HasFree is true"),
        ("Itself", ""),
        ("IsOn", ""),
        ("Mixed", "Mixed is true"),
        ("IsOdd", "condition IsOdd is true"),
        ("Number", ""),
        ("Bool", ""),
        ("InRegion", "InRegion is true"),
    ],
)
def test_resource_exists_when(condition: str, expected: str) -> None:
    assert existing(condition) == {"R0": expected}


def test_resource_that_no_assignment_reaches_is_left_out() -> None:
    assert existing("Both") == {}


@pytest.mark.parametrize(
    ("resource_condition", "choice", "expected"),
    [
        ("IsProd", "!If [IsProd, 1, 2]", 1),
        ("IsProd", "!If [NotProd, 1, 2]", 2),
        ("IsProd", "!If [IsDev, 1, 2]", 2),
        ("IsDev", "!Ref Env", "dev"),
        ("NotProd", "!Ref Env", Either({"Env is dev": "dev", "Env is test": "test"})),
        ("HasFree", "!If [NoFree, 1, 2]", 2),
        ("FreeIsA", "!If [HasFree, 1, 2]", 1),
        ("HasFree", "!If [FreeIsA, 1, 2]", Either({"FreeIsA is true": 1, "FreeIsA is false": 2})),
        ("Same", "!If [SameAgain, 1, 2]", 1),
        ("NotProd", "!If [IsDev, 1, !If [IsProd, 2, 3]]", Either({"IsDev is true": 1, "IsDev is false": 3})),
        ("IsProd", "!If [Mixed, 1, 2]", 1),
        ("IsDev", "!If [Mixed, 1, 2]", 2),
        ("NotProd", "!If [Mixed, !If [HasFree, 1, 2], 3]", Either({"Mixed is true": 1, "Mixed is false": 3})),
    ],
)
def test_choice_inside_a_conditional_resource(resource_condition: str, choice: str, expected: object) -> None:
    result = evaluated(HEAD + f"  R: {{Type: T, Condition: {resource_condition}, Properties: {{V: {choice}}}}}")
    assert properties(result, "R")["V"] == expected
    assert problems(result) == []


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("IsProd", "IsDev", False),
        ("IsProd", "NotProd", False),
        ("NotProd", "IsDev", True),
        ("HasFree", "NoFree", False),
        ("FreeIsA", "NoFree", False),
        ("FreeIsA", "HasFree", True),
        ("Same", "HasFree", True),
        ("Mixed", "IsDev", False),
    ],
)
def test_conditions_exclude_each_other(one: str, other: str, meet: bool) -> None:
    result = evaluated(HEAD + f"  A: {{Type: T, Condition: {one}}}\n  B: {{Type: T, Condition: {other}}}")
    joined = resource(result, "A").when.conjoin(resource(result, "B").when)
    assert (joined is not None) is meet


def test_the_same_name_in_a_nested_stack_is_another_condition() -> None:
    nested = """
Parameters: {Env: {Type: String}}
Conditions: {IsProd: !Equals [!Ref Env, prod]}
Resources: {R: {Type: T, Condition: IsProd}}
"""
    result = evaluated(
        HEAD
        + "  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: n.yaml, Parameters: {Env: !Ref Free}}}\n"
        "  P: {Type: AWS::CloudFormation::Stack, Condition: NotProd,"
        " Properties: {TemplateURL: n.yaml, Parameters: {Env: !Ref Env}}}\n",
        others={"n.yaml": nested},
    )
    assert whens(result)["N/R"] == "N/IsProd is true"
    assert "P/R" not in whens(result)


PARAMETERS = {"A": ["a", "b"], "B": ["a", "b", "c"]}
ATOMS = st.tuples(st.just("equals"), st.sampled_from(["A", "B"]), st.sampled_from(["a", "b", "c", "d"])).map(
    lambda each: f"!Equals [!Ref {each[1]}, {each[2]}]"
)
EXPRESSIONS = st.recursive(
    ATOMS | st.just("!Equals [!Ref A, !Ref B]"),
    lambda inner: st.one_of(
        inner.map(lambda each: f"!Not [{each}]"),
        st.tuples(st.sampled_from(["And", "Or"]), st.lists(inner, min_size=2, max_size=3)).map(
            lambda each: f"!{each[0]} [{', '.join(each[1])}]"
        ),
    ),
    max_leaves=6,
)


def holds(when: When, assignment: dict[str, str]) -> bool:
    """Whether a condition holds when each parameter has its value."""
    return any(
        all((assignment[name] in among.values) is not among.is_excluded for name, among in case) for case in when.cases
    )


@settings(max_examples=150, deadline=None)
@given(st.tuples(EXPRESSIONS, EXPRESSIONS, EXPRESSIONS))
def test_every_assignment_sees_what_it_would_deploy(expressions: tuple[str, str, str]) -> None:
    first, second, third = expressions
    template = f"""
Parameters:
  A: {{Type: String, AllowedValues: [a, b]}}
  B: {{Type: String, AllowedValues: [a, b, c]}}
Conditions: {{P: {first}, Q: {second}, R: {third}}}
Resources:
  X: {{Type: T, Condition: P, Properties: {{V: !If [Q, !If [R, 1, 2], !Sub "${{A}}${{B}}"]}}}}
"""
    symbolic = evaluated(template)
    for a, b in itertools.product(*PARAMETERS.values()):
        assignment = {"A": a, "B": b}
        concrete = evaluated(template, [f"A={a}", f"B={b}"])
        expected = [properties(concrete, each.address)["V"] for each in concrete.resources]
        found = [
            inner.data
            for each in symbolic.resources
            for when, inner in alternatives(each.arguments.get("V"), each.when)  # type: ignore[arg-type]
            if holds(when, assignment)
        ]
        assert found == expected
