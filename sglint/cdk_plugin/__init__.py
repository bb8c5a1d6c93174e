"""sglint inside a CDK app: validation plug-ins for whole apps, and an aspect for single stacks and unit tests.

    import aws_cdk as cdk
    from sglint.cdk_plugin import validation_plugin

    app = cdk.App()
    cdk.Validations.of(app).add_plugins(validation_plugin())

aws-cdk-lib is imported when one of these functions is called, and not before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sglint.cdk_plugin.options import Options

if TYPE_CHECKING:
    from aws_cdk import IAspect, IPolicyValidationPlugin, IPolicyValidationPluginBeta1

__all__ = ["Options", "security_group_aspect", "validation_plugin", "validation_plugin_beta1"]


def validation_plugin(options: Options | None = None) -> IPolicyValidationPlugin:
    """A plug-in for `cdk.Validations.of(app).add_plugins(…)`, on an app or a stage.

    Synthesis fails when something at or above the severity that fails is found, or when a template cannot be read.
    Needs an aws-cdk-lib that has `IPolicyValidationPlugin`; for older ones there is `validation_plugin_beta1`.
    """
    from sglint.cdk_plugin.validation import plugin

    return plugin(options or Options())


def validation_plugin_beta1(options: Options | None = None) -> IPolicyValidationPluginBeta1:
    """A plug-in for `cdk.App(policy_validation_beta1=[…])`, for libraries before `IPolicyValidationPlugin`.

    These report a failure, but leave the exit status of a bare `python app.py` at 0; the CDK's command line fails.
    """
    from sglint.cdk_plugin.validation import plugin_beta1

    return plugin_beta1(options or Options())


def security_group_aspect(options: Options | None = None) -> IAspect:
    """An aspect for `cdk.Aspects.of(stack).add(…)` that annotates what breaks a policy.

    Errors from the severity that fails on, warnings below, infos for notes. It judges each stack by itself, before it
    is synthesized: overrides (`add_property_override` and the like) are not seen, nor other stacks.
    """
    from sglint.cdk_plugin.annotation import aspect

    return aspect(options or Options())
