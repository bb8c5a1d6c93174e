"""Modules that are understood from how they are called, even when their source is not on disk."""

from __future__ import annotations

import re

from sglint.terraform.outside import OutsideCall, Supplied

_REGISTRY = r"(?:registry\.(?:terraform\.io|opentofu\.org)/)?(?P<name>[\w-]+/[\w-]+/[\w-]+)"
_GITHUB = r"(?:git::)?(?:https://|ssh://)?(?:git@)?github\.com[/:](?P<owner>[\w-]+)/terraform-(?P<provider>[a-z]+)-(?P<name>[\w-]+?)(?:\.git)?"


def known_module(call: OutsideCall) -> Supplied | None:
    """What a module is documented to do with the arguments of a call; None for modules that are not known."""
    name, submodule = module_name(call.source)
    if name == "terraform-aws-modules/security-group/aws":
        from sglint.terraform.registry.security_group import supply

        return supply(call, submodule)
    return None


def module_name(source: str) -> tuple[str, str]:
    """A source as registry name and directory within the module: `("terraform-aws-modules/vpc/aws", "modules/x")`.

    The repository of a registry module on GitHub counts as the module. Both are empty for any other source.
    """
    address, _, query = source.partition("?")
    scheme, separator, rest = address.partition("://")
    package, _, directory = (rest if separator else address).partition("//")
    package = f"{scheme}://{package}" if separator else package
    match = re.fullmatch(_REGISTRY, package)
    if match is not None and not query:
        return match["name"], directory
    match = re.fullmatch(_GITHUB, package)
    if match is not None:
        return f"{match['owner']}/{match['name']}/{match['provider']}", directory
    return "", ""
