"""Provider configurations, as far as they add to resources: `default_tags`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sglint.model.values import Value
from sglint.reading.syntax import Block, Expression, GetAttr, Literal, Name
from sglint.terraform.blocks import argument, written

if TYPE_CHECKING:
    from sglint.terraform.instance import ModuleInstance
    from sglint.terraform.module_calls import CallNode


def provider_name(expression: Expression) -> str:
    """`aws` or `aws.west`, as expressions name a provider; empty for what is no such name."""
    match expression:
        case Name(name=name) | Literal(value=str(name)):
            return name
        case GetAttr(source=Name(name=name), name=alias):
            return f"{name}.{alias}"
    return ""


def default_tags(instance: ModuleInstance, resource: Block) -> Value | None:
    """The tags that the provider of a resource adds to everything it makes; None when it adds none."""
    attribute = resource.body.attributes.get("provider")
    name = provider_name(attribute.expression) if attribute is not None else resource.labels[0].partition("_")[0]
    return _tags_of(instance, name)


def default_tags_inside(call: CallNode, name: str) -> Value | None:
    """The tags that a provider adds to everything in the module that a call names."""
    return _tags_of(call.module, call.providers.get(name) or name)


def _tags_of(instance: ModuleInstance, name: str) -> Value | None:
    owner, configuration = _configuration(instance, name)
    if configuration is None:
        return None
    key = f"provider.{name}"
    if key not in owner.default_tags:
        owner.default_tags[key] = _tags(owner, configuration)
    return owner.default_tags[key]


def _tags(owner: ModuleInstance, configuration: Block) -> Value | None:
    body = configuration.body
    blocks = argument(
        owner.run.evaluator, body, owner.scope, "default_tags", written(body).get("default_tags", []), "provider"
    )
    found = (block.get("tags") for block in (blocks.items() or (blocks,) if blocks is not None else ()))
    return next((tags for tags in found if tags is not None), None)


def _configuration(instance: ModuleInstance, name: str) -> tuple[ModuleInstance, Block | None]:
    """The configuration that a provider's name means in a module instance, and the instance that writes it."""
    caller = instance.caller
    if name in instance.module.providers or caller is None:
        return instance, instance.module.providers.get(name)
    passed = caller.providers.get(name)
    if passed is None and "." in name:
        return instance, None
    return _configuration(caller.module, passed or name)
