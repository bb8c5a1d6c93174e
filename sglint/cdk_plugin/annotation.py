"""The aspect: judges each stack as its constructs say it, and annotates them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import aws_cdk as cdk
import jsii

from sglint.aws.cloudformation import READ
from sglint.cdk_plugin.options import Options, described, weigh
from sglint.engine import run
from sglint.triage.finding import Finding

_NESTED_STACK = "AWS::CloudFormation::Stack"
_READ = frozenset(READ)
"""Resource types whose properties are read: of the others no more is known than that they are there."""
_ABOUT_EVERYTHING = frozenset({"SG403"})
"""Policies that need to know of all uses of a group, in other stacks and in types that are not read."""


def aspect(options: Options) -> Any:
    """An `IAspect`."""

    @jsii.implements(cdk.IAspect)
    class SecurityGroupAspect:
        def visit(self, node: Any) -> None:
            if cdk.Stack.is_stack(node):
                _judge(node, options)

    return SecurityGroupAspect()


def _judge(stack: Any, options: Options) -> None:
    resources = {
        stack.resolve(resource.logical_id): resource
        for resource in _own(stack, cdk.CfnResource)
        if resource.cfn_resource_type != _NESTED_STACK
    }
    name = f"{stack.node.path or stack.stack_name}.template.json"
    template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Parameters": dict(_parameters(stack)),
        "Resources": {logical_id: _rendered(stack, resource) for logical_id, resource in resources.items()},
    }
    planned = options.plan(name, {name: json.dumps(template, default=str).encode()})
    for finding in run(planned.settings).pending:
        for address in (finding.violation.address, *finding.elsewhere):
            if address in resources and finding.policy.id not in _ABOUT_EVERYTHING:
                _annotate(resources[address], finding, weigh(finding, planned.fail_on))


def _own(stack: Any, kind: Any) -> Iterator[Any]:
    """The elements of a kind in a stack, without those of the stacks nested in it."""
    for construct in stack.node.find_all():
        if isinstance(construct, kind) and construct.stack.node.path == stack.node.path:
            yield construct


def _parameters(stack: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for parameter in _own(stack, cdk.CfnParameter):
        declared = {"Type": parameter.type}
        if parameter.default is not None:
            declared["Default"] = stack.resolve(parameter.default)
        yield stack.resolve(parameter.logical_id), declared


def _rendered(stack: Any, resource: Any) -> dict[str, Any]:
    """A resource as its template will have it, but for overrides; of types that are not judged, no more than the type.

    The library renders properties the same way: it resolves the tokens first and then renames.
    """
    type_ = resource.cfn_resource_type
    if type_ not in _READ:
        return {"Type": type_}
    rendered = {"Type": type_, "Properties": resource._render_properties(stack.resolve(resource._cfn_properties))}
    metadata = resource.get_metadata("sglint")
    if metadata is not None:
        rendered["Metadata"] = {"sglint": metadata}
    return rendered


def _annotate(resource: Any, finding: Finding, weight: str) -> None:
    annotations = cdk.Annotations.of(resource)
    text = f"{described(finding)}. {finding.policy.fix}"
    if weight == "error":
        annotations.add_error(text)
    elif weight == "warning":
        annotations.add_warning_v2(f"sglint:{finding.policy.name}", text)
    else:
        annotations.add_info(text)
