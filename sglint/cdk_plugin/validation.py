"""The validation plug-ins, for both interfaces that aws-cdk-lib has had.

The library calls them once the assembly is written, with the templates of its stacks. Nested templates are not among
them; they lie beside their parents, and the assembly as a whole is what is judged.
"""

from __future__ import annotations

import os
from typing import Any

import aws_cdk as cdk
import jsii

from sglint import __version__
from sglint.cdk_plugin.options import Options
from sglint.cdk_plugin.violations import Resource, Violation, judge_assembly

_NAME = "sglint"


class _Plugin:
    """What both interfaces ask for."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._policies = options.plan(".").settings.terms.policies

    @property
    def name(self) -> str:
        return _NAME

    @property
    def version(self) -> str:
        return __version__

    @property
    def rule_ids(self) -> list[str]:
        return [policy.id for policy in self._policies]

    def _violations(self, context: Any) -> tuple[Violation, ...]:
        directories = [os.path.dirname(path) for path in context.template_paths]
        return judge_assembly(os.path.commonpath(directories), self._options) if directories else ()


def plugin(options: Options) -> Any:
    """An `IPolicyValidationPlugin`."""

    @jsii.implements(cdk.IPolicyValidationPlugin)
    class Validation(_Plugin):
        def validate(self, context: Any) -> Any:
            violations = self._violations(context)
            return cdk.PolicyValidationPluginReport(
                success=_is_success(violations),
                violations=[
                    cdk.PolicyViolation(
                        **_stated(violation),
                        violating_resources=[
                            cdk.PolicyViolatingResource(**_placed(resource)) for resource in violation.resources
                        ],
                    )
                    for violation in violations
                ],
                plugin_version=__version__,
            )

    return Validation(options)


def plugin_beta1(options: Options) -> Any:
    """An `IPolicyValidationPluginBeta1`."""

    @jsii.implements(cdk.IPolicyValidationPluginBeta1)
    class Validation(_Plugin):
        def validate(self, context: Any) -> Any:
            violations = self._violations(context)
            return cdk.PolicyValidationPluginReportBeta1(
                success=_is_success(violations),
                violations=[
                    cdk.PolicyViolationBeta1(
                        **_stated(violation),
                        violating_resources=[
                            cdk.PolicyViolatingResourceBeta1(**_placed(resource))
                            for resource in violation.resources
                            if resource.logical_id
                        ],
                    )
                    for violation in violations
                ],
                plugin_version=__version__,
            )

    return Validation(options)


def _is_success(violations: tuple[Violation, ...]) -> bool:
    return all(violation.severity != "error" for violation in violations)


def _stated(violation: Violation) -> dict[str, Any]:
    return {
        "rule_name": violation.name,
        "description": violation.description,
        "fix": violation.fix or None,
        "severity": violation.severity,
        "rule_metadata": violation.metadata or None,
    }


def _placed(resource: Resource) -> dict[str, Any]:
    locations = [resource.property] if resource.property else []
    if not resource.logical_id:
        return {"construct_path": resource.stack, "locations": locations}
    return {
        "resource_logical_id": resource.logical_id,
        "template_path": resource.template,
        "locations": locations,
    }
