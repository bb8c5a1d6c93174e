"""The rules a template comes to: as moto deploys it, and as sglint reads it, in the same words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sglint.aws.cloudformation import translate
from sglint.cloudformation.deployment import Deployment, Template
from sglint.cloudformation.templates import evaluate_stacks
from sglint.model.location import whole_file
from sglint.model.record import replace
from sglint.model.rules import Direction, Estate, Origin, Rule
from sglint.model.values import ALWAYS, Value, When
from sglint.notation import read_rule, write_rule
from sglint.reading.files import Files
from sglint.reading.templates import read_document

REGION = "us-east-1"
PSEUDO = {
    "AWS::AccountId": "123456789012",
    "AWS::Partition": "aws",
    "AWS::Region": REGION,
    "AWS::StackName": "stack",
    "AWS::URLSuffix": "amazonaws.com",
}
_CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "made-up",
    "AWS_SECRET_ACCESS_KEY": "made-up",
    "AWS_DEFAULT_REGION": REGION,
}


class NotDeployed(Exception):
    """moto does not create the stack."""


class Account:
    """An account of moto's, which lives in this process."""

    def __init__(self) -> None:
        import boto3

        self._stacks = boto3.client("cloudformation", region_name=REGION)
        self._ec2 = boto3.client("ec2", region_name=REGION)
        self._count = 0

    def rules(self, template: str, parameters: dict[str, str]) -> tuple[str, ...]:
        """The rules of a stack's groups as lines of notation, sorted. NotDeployed when there is no stack."""
        self._count += 1
        name = f"stack{self._count}"
        given = [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()]
        try:
            self._stacks.create_stack(StackName=name, TemplateBody=template, Parameters=given)
            resources = self._stacks.describe_stack_resources(StackName=name)["StackResources"]
        except Exception as error:  # moto fails in as many ways as there are templates it cannot take
            raise NotDeployed(f"{type(error).__name__}: {error}") from error
        groups = {
            each["PhysicalResourceId"]: each["LogicalResourceId"]
            for each in resources
            if each.get("ResourceType") == "AWS::EC2::SecurityGroup" and "PhysicalResourceId" in each
        }
        described = self._ec2.describe_security_groups(GroupIds=sorted(groups))["SecurityGroups"]
        return tuple(sorted({line for each in described for line in _described(each, groups)}))


@contextmanager
def account() -> Iterator[Account]:
    from moto import mock_aws

    before = {name: os.environ.get(name) for name in _CREDENTIALS}
    os.environ.update(_CREDENTIALS)
    try:
        with mock_aws():
            yield Account()
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _described(group: dict[str, Any], groups: dict[str, str]) -> Iterator[str]:
    for direction, permissions in (("ingress", group["IpPermissions"]), ("egress", group["IpPermissionsEgress"])):
        word = "from" if direction == "ingress" else "to"
        for permission in permissions:
            head = f"{groups[group['GroupId']]} {direction} {_traffic(permission)} {word}"
            peers = [each["CidrIp"] for each in permission.get("IpRanges", [])]
            peers += [each["CidrIpv6"] for each in permission.get("Ipv6Ranges", [])]
            peers += [f"group {groups[each['GroupId']]}" for each in permission.get("UserIdGroupPairs", [])]
            for peer in peers:
                yield write_rule(read_rule(f"{head} {peer}"))


def _traffic(permission: dict[str, Any]) -> str:
    protocol = str(permission["IpProtocol"])
    first, last = permission.get("FromPort"), permission.get("ToPort")
    if protocol in ("-1", "icmp", "1") and (protocol == "-1" or first == -1):
        return protocol
    if protocol in ("icmp", "1"):
        return f"{protocol} {first}" if last == -1 else f"{protocol} {first}/{last}"
    return f"{protocol} {first}-{last}"


def estate(template: str, parameters: dict[str, str], path: str = "template.yaml") -> Estate:
    """What sglint makes of a template."""
    files = Files((".",), {path: template.encode()})
    given = {name: Value(value, whole_file("parameters")) for name, value in parameters.items()}
    stack = Template(path, read_document(files.read(path)), parameters=given, pseudo=PSEUDO)
    evaluated = evaluate_stacks([stack], Deployment(files))
    assert not evaluated.problems, evaluated.problems
    return translate(evaluated)


def rules(template: str, parameters: dict[str, str], path: str = "template.yaml") -> tuple[Rule, ...]:
    """The rules that sglint reads out of a template, as they are."""
    return tuple(rule for group in estate(template, parameters, path).groups for rule in group.rules)


def lines(found: tuple[Rule, ...], assignment: dict[str, str] | None = None) -> tuple[str, ...]:
    """Rules as moto can show them, without what it does not say: those that an assignment of parameters reaches."""
    return tuple(
        sorted(
            {
                write_rule(replace(each, description=None, origin=Origin.INLINE, when=ALWAYS))
                for each in found
                if assignment is None or holds(each.when, assignment)
            }
        )
    )


def holds(when: When, assignment: dict[str, str]) -> bool:
    """Whether a condition holds when each parameter has its value."""
    return any(
        all((assignment[name] in among.values) is not among.is_excluded for name, among in case) for case in when.cases
    )


def ingress(found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for line in found if f" {Direction.INGRESS.value} " in line)
