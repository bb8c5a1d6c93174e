"""CloudFormation against moto, which creates the stack in this process and describes its groups."""

from __future__ import annotations

import importlib.util
import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from sglint.analysis.analysis import Analysis
from sglint.notation import write_rule
from sglint.policies.policy import Parameters
from sglint.policies.registry import POLICIES
from tests.oracles.gate import require
from tests.oracles.moto_cases import DIFFERENT, LISTS, PARAMETERS, SAME, SECTIONS, Case, template
from tests.oracles.stacks import Account, NotDeployed, account, estate, ingress, lines, rules

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:moto")

EVERY = [*SAME, *DIFFERENT]


@pytest.fixture(scope="module")
def moto() -> Iterator[Account]:
    require("moto and boto3 (pip install 'moto[cloudformation,ec2]')", importlib.util.find_spec("moto"))
    with account() as found:
        yield found


def assignments(text: str) -> list[dict[str, str]]:
    """Every way to set the parameters that matter to the resources of a template."""
    matter = _mentioned(text.partition("  Other:")[2])
    values = [(name, tried if name in matter else tried[:1]) for name, (_, tried) in PARAMETERS.items() if tried]
    names = [name for name, _ in values]
    chosen = itertools.product(*(tried for _, tried in values))
    return [{**dict(zip(names, each, strict=True)), **LISTS} for each in chosen]


def _mentioned(text: str) -> set[str]:
    """The parameters that a text names, itself or through conditions."""
    conditions = dict(re.findall(r"^  (\w+): (!(?:Equals|Not|And|Or) .*)$", SECTIONS, re.MULTILINE))
    words = set(re.findall(r"\w+", text))
    pending = [name for name in conditions if name in words]
    while pending:
        inner = set(re.findall(r"\w+", conditions[pending.pop()]))
        pending += [name for name in conditions if name in inner and name not in words]
        words |= inner
    return words & set(PARAMETERS)


def test_there_are_enough_of_them() -> None:
    assert len(EVERY) >= 60
    assert len({case.name for case in EVERY}) == len(EVERY)


@pytest.mark.parametrize("case", SAME, ids=lambda case: case.name)
def test_rules_are_those_of_the_stack(case: Case, moto: Account) -> None:
    text = template(case.resources)
    undecided = rules(text, LISTS)
    for parameters in assignments(text):
        deployed = moto.rules(text, parameters)
        assert lines(rules(text, parameters)) == deployed, parameters
        assert lines(undecided, parameters) == deployed, parameters


@pytest.mark.parametrize("case", DIFFERENT, ids=lambda case: case.name)
def test_rules_are_those_that_aws_documents(case: Case) -> None:
    text = template(case.resources)
    undecided = rules(text, LISTS)
    assert case.expected is not None and case.page.startswith("https://docs.aws.amazon.com/")
    for parameters in assignments(text):
        (expected,) = [
            found
            for assignment, found in case.expected.items()
            if all("=" not in each or parameters[each.split("=")[0]] == each.split("=")[1] for each in [assignment])
        ]
        assert lines(rules(text, parameters)) == tuple(sorted(expected)), parameters
        assert lines(undecided, parameters) == tuple(sorted(expected)), parameters


@pytest.mark.parametrize("case", DIFFERENT, ids=lambda case: case.name)
def test_moto_still_differs(case: Case, moto: Account) -> None:
    """Where moto has caught up, its answer should be used."""
    text = template(case.resources)
    agreed = []
    for parameters in assignments(text):
        try:
            agreed.append(moto.rules(text, parameters) == lines(rules(text, parameters)))
        except NotDeployed:
            agreed.append(False)
    assert not all(agreed), f"moto no longer {case.gap}"


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.name)
def test_short_long_and_json_forms_say_the_same(case: Case) -> None:
    from cfn_flip import to_json, to_yaml

    short = template(case.resources)
    as_json = to_json(short)
    forms = [(short, "t.yaml"), (to_yaml(as_json, long_form=True), "t.yaml"), (as_json, "t.json"), (as_json, "t.yaml")]
    found = [[write_rule(rule) for rule in rules(text, {}, path)] for text, path in forms]
    assert found[0]
    assert all(each == found[0] for each in found[1:])
    broken = [_violations(text, path) for text, path in forms]
    assert broken[0]
    assert all(each == broken[0] for each in broken[1:])


def _violations(text: str, path: str) -> list[tuple[str, str, str, str]]:
    """What breaks which policy in a template, wherever it stands there."""
    analysis = Analysis(estate(text, {}, path))
    return [
        (policy.id, each.address, each.subject, each.message)
        for policy in POLICIES
        for each in policy.check(analysis, Parameters())
    ]


# ---- templates that nobody wrote

CONDITIONS = [
    "IsProd", "IsDev", "NotProd", "UseVpn", "VpnInProd", "VpnOrDev", "Neither", "Deep", "InVirginia", "OpenToAll",
    "ByJoin", "ByMap",
]  # fmt: skip
OCTETS = st.sampled_from(["10", "172.16", "192.0.2", "10.1", "10.255.0"])


def _either(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.tuples(st.sampled_from(CONDITIONS), values, values).map(lambda each: {"Fn::If": list(each)})


def _selected(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    listed = st.lists(values, min_size=1, max_size=3)
    return listed.flatmap(
        lambda items: st.integers(0, len(items) - 1).map(lambda index: {"Fn::Select": [str(index), items]})
    )


def _joined(address: str, length: int) -> dict[str, Any]:
    return {"Fn::Join": ["/", [{"Fn::Join": [".", address.split(".")]}, str(length)]]}


ADDRESSES = st.tuples(st.integers(1, 223), st.integers(0, 255), st.sampled_from([16, 24, 32])).map(
    lambda each: (f"{each[0]}.{each[1]}.0.0", each[2])
)
CIDRS = st.recursive(
    st.one_of(
        ADDRESSES.map(lambda each: f"{each[0]}/{each[1]}"),
        ADDRESSES.map(lambda each: _joined(*each)),
        ADDRESSES.map(lambda each: {"Fn::Sub": ["${a}/${b}", {"a": each[0], "b": str(each[1])}]}),
        ADDRESSES.map(lambda each: {"Fn::Select": [1, {"Fn::Split": ["|", f"x|{each[0]}/{each[1]}|y"]}]}),
        st.just({"Ref": "Office"}),
        st.just({"Fn::Sub": "${Address}/32"}),
        st.just({"Fn::Select": [1, {"Ref": "Offices"}]}),
        st.just({"Fn::FindInMap": ["Networks", {"Ref": "Env"}, "Cidr"]}),
        st.just({"Fn::FindInMap": ["Regions", {"Ref": "AWS::Region"}, "Cidr"]}),
        st.just({"Fn::GetAtt": ["Vpc", "CidrBlock"]}),
    ),
    lambda inner: st.one_of(_either(inner), _selected(inner)),
    max_leaves=4,
)
PORTS = st.recursive(
    st.one_of(
        st.integers(1, 65535),
        st.integers(1, 65535).map(str),
        st.just({"Ref": "Port"}),
        st.just({"Fn::Select": ["2", {"Ref": "Ports"}]}),
        st.just({"Fn::FindInMap": ["Networks", {"Ref": "Env"}, "Port"]}),
    ),
    _either,
    max_leaves=3,
)
RULES = st.tuples(st.sampled_from(["tcp", "udp", "6", "17"]), PORTS, CIDRS).map(
    lambda each: {"IpProtocol": each[0], "FromPort": each[1], "ToPort": each[1], "CidrIp": each[2]}
)
STANDALONE = st.tuples(RULES, st.none() | st.sampled_from(CONDITIONS))


# Each example is a stack: shrinking one would take minutes.
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(listed=st.lists(RULES, max_size=3), standalone=st.lists(STANDALONE, max_size=3), data=st.data())
def test_generated_templates(
    moto: Account, listed: list[Any], standalone: list[tuple[dict[str, Any], str | None]], data: st.DataObject
) -> None:
    from cfn_flip import to_json

    document = json.loads(to_json(template("")))
    document["Resources"]["Group"] = {
        "Type": "AWS::EC2::SecurityGroup",
        "Properties": {"GroupDescription": "x", "VpcId": {"Ref": "Vpc"}, "SecurityGroupIngress": listed},
    }
    for index, (properties, condition) in enumerate(standalone):
        document["Resources"][f"Rule{index}"] = {
            "Type": "AWS::EC2::SecurityGroupIngress",
            "Properties": {"GroupId": {"Ref": "Group"}, **properties},
            **({"Condition": condition} if condition else {}),
        }
    text = json.dumps(document)
    undecided = rules(text, LISTS, "t.json")
    parameters = {
        **LISTS,
        **{name: data.draw(st.sampled_from(tried)) for name, (_, tried) in PARAMETERS.items() if tried},
    }
    try:
        deployed = moto.rules(text, parameters)
    except NotDeployed as error:
        # Two rules that say the same are refused by EC2, and so by moto.
        assume("InvalidPermission.Duplicate" not in str(error))
        raise
    assert lines(rules(text, parameters, "t.json")) == deployed
    assert ingress(lines(undecided, parameters)) == ingress(deployed)
