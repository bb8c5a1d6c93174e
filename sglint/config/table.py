"""Every setting there is, declared once: validation, the JSON Schema and the documentation come from here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sglint.config.kinds import Choice, Day, Either, Flag, ListOf, MapOf, Setting, Table, Text, Whole
from sglint.config.limits import LIMITS
from sglint.config.settings import CloudFormation, Directory, PathChange, Terraform
from sglint.model.acceptances import Acceptance, Means
from sglint.model.addresses import AddressSet
from sglint.model.attachments import Kind
from sglint.model.location import Location
from sglint.model.rules import Direction
from sglint.model.traffic import has_ports, protocol_number
from sglint.patterns import is_pattern
from sglint.policies.policy import Parameters, Severity
from sglint.policies.registry import POLICIES, find
from sglint.triage.changes import Change
from sglint.triage.exceptions import Carrier, Exempted, Ports, Scope
from sglint.triage.profiles import PROFILES
from sglint.triage.rule_text import rule_of

FORBIDDEN = ("suppressions", "exceptions")
"""What `forbid` may name."""
_CARRIERS = {f"{prefix}{kind.value}": Carrier(kind, bool(prefix)) for prefix in ("", "public-") for kind in Kind}
_SEVERITY_NAMES = tuple(str(severity) for severity in Severity)
FAIL_ON = (*_SEVERITY_NAMES, "never")
_WORDS = tuple(word for policy in POLICIES for word in (policy.id, policy.name))


def _policy(word: str) -> str:
    return find(word).id


def _accepted(word: str) -> str:
    """A policy as an acceptance names it: the word stays as it is written."""
    find(word)
    return word


def _severity(word: str) -> Severity:
    return Severity[word.upper()]


def _port(text: str) -> tuple[int, int]:
    name, slash, number = text.partition("/")
    protocol = protocol_number(name)
    if not slash or protocol is None or not has_ports(protocol) or not re.fullmatch(r"\d{1,5}", number):
        raise ValueError(f'"{text}" is no port of a protocol; write "tcp/443" or "udp/500"')
    if int(number) > 65535:
        raise ValueError(f'"{text}" is no port: ports run from 0 to 65535')
    return protocol, int(number)


def _expression(text: str) -> str:
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(text, options)
    except re2.error as error:
        reason = error.args[0].decode() if isinstance(error.args[0], bytes) else error
        raise ValueError(f"is no regular expression: {reason}") from None
    return text


def _cidr(text: str) -> str:
    AddressSet.of(text)
    return text


def _pattern(text: str) -> str:
    if not is_pattern(text):
        raise ValueError(f'"{text}" is no pattern of gitignore')
    return text


def _reason(text: str) -> str:
    return text.strip()


def _rule(text: str) -> str:
    rule_of(text)
    return text


_POLICIES = ListOf(Text(_policy, examples=("ssh-from-world", "SG102")))
_PATTERN = Text(_pattern)
_PATTERNS = ListOf(_PATTERN)
_FILES = ListOf(Text())
_PORTS = ListOf(Text(_port, pattern=r"^(tcp|udp|TCP|UDP|6|17)/[0-9]{1,5}$", examples=("tcp/443",)))


PARAMETERS = (
    Setting(
        "authorized-ingress",
        _PORTS,
        "Ports that the world may reach, each with its protocol.",
        '["tcp/80", "tcp/443"]',
    ),
    Setting("authorized-egress", _PORTS, "Ports of the world that may be reached.", '["tcp/443"]'),
    Setting("max-ports", Whole(1, 65536), "How many ports one rule may open to a network.", "100"),
    Setting(
        "widest-admin-networks",
        ListOf(Whole(0, 128), 2),
        "The shortest prefixes, IPv4 and IPv6, from which administration may be reached.",
        "[24, 64]",
    ),
    Setting(
        "widest-data-networks",
        ListOf(Whole(0, 128), 2),
        "The shortest prefixes, IPv4 and IPv6, from which data stores may be reached.",
        "[28, 124]",
    ),
    Setting("max-rules", Whole(1, 1000), "AWS's quota of rules per group, direction and address family.", "60"),
    Setting(
        "generic-names",
        Text(_expression),
        "A regular expression for group names that say nothing, matched as a whole in any case.",
        f"'{Parameters().generic_names}'",
    ),
    Setting(
        "required-tags",
        ListOf(Text(examples=("Owner",))),
        "Tag keys that every group must have. Where none are given, the strict profile asks for usual ones.",
        "[]",
    ),
)
"""The parameters of policies: one setting for each field of `sglint.policies.policy.Parameters`."""

_TERMS = (
    Setting("profile", Choice("profile", tuple(PROFILES)), "Which set of policies is in force.", '"default"'),
    Setting("select", _POLICIES, "Judge exactly these policies, by id or name."),
    Setting("ignore", _POLICIES, "Leave these policies out."),
    Setting(
        "severities",
        MapOf(Choice("severity", _SEVERITY_NAMES, _severity), _policy, _WORDS),
        "The severity of policies, by id or name.",
    ),
    Setting("parameters", Table(PARAMETERS), "What policies take for wide, authorized, generic and so on."),
)


def _override(paths: tuple[str, ...], **change: Any) -> PathChange:
    return PathChange(paths, Change(**change))


_PATHS = Setting(
    "paths",
    _PATTERNS,
    "Which files, in the syntax of gitignore, counted from the configuration file.",
    is_required=True,
)
OVERRIDE = Table((_PATHS, *_TERMS), _override)

_ACCOUNT = (
    Setting("reason", Text(_reason), "Why the risk is accepted. Without it the exception does not hold."),
    Setting("until", Day(), "The last day it holds, YYYY-MM-DD."),
    Setting("owner", Text(), "Who answers for it."),
    Setting("ticket", Text(), "Where it was decided."),
)
_SCOPE = (
    Setting("address", Text(), "The resource's address; * stands for any text, ? for any character."),
    Setting("path", _PATTERN, "Which files, as a pattern in the syntax of gitignore."),
    Setting(
        "peer",
        Text(),
        "Peers within a CIDR block, within a named network, within the world, or a group or prefix list with * and ?.",
    ),
    Setting(
        "port",
        Either(Text(Ports.parse, examples=("tcp/22", "8000-8010", "all")), Whole(0, 65535)),
        "Traffic within a port, a range, or a protocol.",
    ),
)


def _ports(port: Ports | int | None) -> Ports | None:
    return Ports.parse(str(port)) if isinstance(port, int) else port


def _exception(
    location: Location,
    policy: str,
    address: str = "",
    path: str = "",
    peer: str = "",
    port: Ports | int | None = None,
    **account: Any,
) -> tuple[str, Exempted]:
    acceptance = Acceptance(Means.EXCEPTION, (policy,), location, **account)
    return path, Exempted(acceptance, Scope(address, None, peer, _ports(port)))


def _is_narrow(given: Mapping[str, object]) -> None:
    if not {"address", "path", "peer", "port", "rule"} & set(given):
        raise ValueError("says nothing of where; give an address, path, peer, port or rule, or use ignore")


EXCEPTION = Table(
    (
        Setting("policy", Text(_accepted, examples=("SG102",)), "The policy, by id or name.", is_required=True),
        *_SCOPE,
        Setting("rule", Text(_rule), "One rule, as sglint dump prints it without the group."),
        *_ACCOUNT,
    ),
    _exception,
    _is_narrow,
    is_located=True,
)


def _allowed(
    location: Location,
    port: Ports | int,
    peer: str,
    address: str = "",
    path: str = "",
    direction: str = "ingress",
    attached_to: Carrier | None = None,
    **account: Any,
) -> tuple[str, Exempted]:
    acceptance = Acceptance(Means.ALLOWED, (), location, **account)
    return path, Exempted(acceptance, Scope(address, None, peer, _ports(port), Direction(direction), attached_to))


ALLOWED = Table(
    (
        Setting(
            "peer",
            Text(),
            "Who: a named network, the world, a CIDR block, or a group or prefix list with * and ?.",
            is_required=True,
        ),
        Setting(
            "port",
            Either(Text(Ports.parse, examples=("tcp/443",)), Whole(0, 65535)),
            "What: a port, a range, a protocol, or all.",
            is_required=True,
        ),
        Setting("direction", Choice("direction", ("ingress", "egress")), "Which way.", '"ingress"'),
        *_SCOPE[:2],
        Setting(
            "attached-to",
            Choice("kind of resource", tuple(_CARRIERS), _CARRIERS.__getitem__),
            "What carries the group: all of it must be such resources; public- ones are known to face the internet.",
        ),
        *_ACCOUNT,
    ),
    _allowed,
    is_located=True,
)

_ENVIRONMENTS = (
    Setting("variable-files", _FILES, "Variable files of every root module, as terraform -var-file takes them."),
    Setting(
        "environments", MapOf(_FILES, most=200), "Variable files by environment; a root module is judged under each."
    ),
)


def _directory(paths: tuple[str, ...] = (), **settings: Any) -> Directory:
    return Directory(paths, **settings)


def _terraform(directories: tuple[Directory, ...] = (), **general: Any) -> Terraform:
    return Terraform(Directory(**general), directories)


TERRAFORM = Table(
    (
        *_ENVIRONMENTS,
        Setting(
            "directories",
            ListOf(Table((_PATHS, *_ENVIRONMENTS), _directory)),
            "The same for the root modules in some directories; the last that fits counts.",
        ),
    ),
    _terraform,
)

CLOUDFORMATION = Table(
    (
        Setting("parameters", MapOf(Text()), "Values of template parameters."),
        Setting("parameter-files", _FILES, "Files with values of template parameters."),
    ),
    CloudFormation,
)

SETTINGS = (
    *_TERMS,
    Setting("fail-on", Choice("severity", FAIL_ON), "The severity from which findings fail the run.", '"medium"'),
    Setting("baseline", Text(), "The file with the findings that are known, counted from the configuration file."),
    Setting("overrides", ListOf(OVERRIDE, most=1_000), "What is different for some files."),
    Setting("exclude", _PATTERNS, "What is no input, in the syntax of gitignore, counted from the configuration file."),
    Setting("respect-gitignore", Flag(), "Whether what git ignores is passed over in directories.", "true"),
    Setting("forbid", ListOf(Choice("thing to forbid", FORBIDDEN)), "Ways of accepting a risk that do not hold here."),
    Setting(
        "networks",
        MapOf(ListOf(Text(_cidr), make=AddressSet.of)),
        "Names of networks, for exceptions, allowed rules and messages.",
    ),
    Setting("exceptions", ListOf(EXCEPTION), "Risks that are accepted."),
    Setting("allow", ListOf(ALLOWED), "Traffic that is meant to be."),
    Setting("terraform", TERRAFORM, "Inputs of Terraform modules."),
    Setting("cloudformation", CLOUDFORMATION, "Inputs of CloudFormation templates and CDK assemblies."),
    Setting("root", Text(), "The directory, at or below the configuration file's, that the input may lead to."),
    Setting("limits", LIMITS, "How much of a large or hostile input is worked on."),
)
"""The settings of sglint's table."""

ROOT = Table(SETTINGS)
