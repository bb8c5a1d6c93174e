"""What may stand on the command line."""

from __future__ import annotations

import argparse
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable
from types import SimpleNamespace

from sglint import __version__
from sglint.cli.options import (
    add_baseline,
    add_color,
    add_configuration,
    add_execution,
    add_fail_on,
    add_format,
    add_input,
    add_inputs_of_code,
    add_output,
    add_policy_choice,
    add_report,
)
from sglint.cli.plain import COMMANDS

TYPE_CHECKING = False  # as `typing` has it, which a fifth of the time of --help would go to
if TYPE_CHECKING:
    from typing import TypeAlias

_EPILOG = """\
exit status:
  0  nothing at or above --fail-on
  1  findings
  2  wrong usage or configuration
  3  some input could not be read; what could be is still reported

`sglint PATH` is short for `sglint check PATH`.
`sglint COMMAND --help` says more.
"""
_HELP = {
    "check": "judge the code at PATH (the default command)",
    "config": "show which settings are in force, and where each comes from",
    "diff": "what a change opens and closes",
    "dump": "print the rules that the code comes to, with their levels",
    "exceptions": "list every accepted risk",
    "explain": "what a policy flags, why, and what to do",
    "graph": "draw who may send what to whom",
    "merge": "join the reports of all shards of a run",
    "policies": "list the policies",
}
"""The commands, each in a line."""


def parse(given: list[str]) -> SimpleNamespace:
    """The options of a command line. SystemExit where it asks for help, or cannot be understood."""
    arguments = _with_command(given)
    return _parser(arguments[0]).parse_args(arguments, SimpleNamespace())


def _with_command(given: list[str]) -> list[str]:
    """`sglint PATH…` means `sglint check PATH…`."""
    if not given:
        return ["--help"]
    if given[0] in COMMANDS or given[0] in ("-h", "--help", "--version"):
        return given
    return ["check", *given]


def _parser(asked: str) -> ArgumentParser:
    """The parser, with the options of the command that is asked for: to set all of them up takes its time."""
    top = ArgumentParser(
        prog="sglint",
        description="Find what AWS security groups really admit, in Terraform, CloudFormation\nand CDK code.",
        epilog=_EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"sglint {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, add in _ADD.items():
        if name == asked:
            add(commands)
        else:
            commands.add_parser(name, help=_HELP[name])
    return top


_Commands: TypeAlias = "argparse._SubParsersAction[ArgumentParser]"


def _add(commands: _Commands, name: str, description: str | None = None, usage: str | None = None) -> ArgumentParser:
    command = commands.add_parser(
        name, help=_HELP[name], description=description, usage=usage, formatter_class=RawDescriptionHelpFormatter
    )
    command.set_defaults(command=name)
    return command


def _add_check(commands: _Commands) -> None:
    check = _add(commands, "check")
    add_input(check)
    add_policy_choice(check)
    add_configuration(check)
    add_baseline(check)
    add_execution(check)
    add_report(check)


def _add_config(commands: _Commands) -> None:
    config = _add(commands, "config")
    config.add_argument("path", nargs="?", default=".", metavar="PATH", help="the input they are for (default: .)")
    add_policy_choice(config)
    add_configuration(config)


def _add_diff(commands: _Commands) -> None:
    diff = _add(
        commands,
        "diff",
        description="Show what a change opens and closes, by group. OLD and NEW are directories,\n"
        "plans, templates or assemblies. REVISION is of git: one against the working\n"
        "tree, A..B, or A...B from the common ancestor; nothing is checked out for it.\n"
        "Exit status 1 when what opens breaks a policy.",
        usage="sglint diff [options] OLD NEW\n       sglint diff [options] REVISION [PATH ...]",
    )
    diff.add_argument("words", nargs="+", metavar="OLD NEW", help="two paths, or a revision and paths (default: .)")
    add_inputs_of_code(diff)
    add_policy_choice(diff)
    add_configuration(diff)
    report = diff.add_argument_group("report")
    add_format(report, "how to report", "text", "json", "markdown")
    add_output(report)
    add_color(report)


def _add_exceptions(commands: _Commands) -> None:
    exceptions = _add(
        commands,
        "exceptions",
        description="List every accepted risk. Exit status 1 when one has expired, gives no reason or is not\n"
        "understood; with --expiring, when there is anything to list.",
    )
    add_input(exceptions)
    add_configuration(exceptions)
    exceptions.add_argument(
        "--expiring", type=_days, metavar="DAYS", help="only what runs out within a time, such as 30d, or has run out"
    )
    add_format(exceptions, "how to list", "text", "json", "csv", "markdown")
    add_output(exceptions)


def _days(text: str) -> int:
    number = text.removesuffix("d")
    if not number.isdecimal() or int(number) > 36500:
        raise argparse.ArgumentTypeError(f'"{text}" is no number of days; write 30d')
    return int(number)


def _add_dump(commands: _Commands) -> None:
    dump = _add(commands, "dump")
    add_input(dump)
    add_configuration(dump)
    add_format(dump, "notation, or JSON", "text", "json")
    add_output(dump)


def _add_merge(commands: _Commands) -> None:
    merge = _add(
        commands,
        "merge",
        description="Join the SARIF reports of all shards (--shard) of one run, as if it had been one.\n"
        "Run it where they ran: the configuration is read again. Exit status as for check.",
    )
    merge.add_argument("reports", nargs="+", metavar="REPORT", help="a SARIF report of a shard")
    add_fail_on(merge, ", as for check")
    add_report(merge)


def _add_explain(commands: _Commands) -> None:
    explain = _add(commands, "explain")
    explain.add_argument("policies", nargs="+", metavar="POLICY", help="an id or a name")


def _add_graph(commands: _Commands) -> None:
    graph = _add(
        commands,
        "graph",
        description="Draw the groups, what they admit and what carries them, from the world inward.\n"
        "html is one page that works offline: search it, filter it, click on what you see.",
    )
    add_input(graph)
    add_policy_choice(graph, may_fail=False)
    add_configuration(graph)
    add_format(graph, "how to draw", "html", "svg", "dot", "mermaid", "json")
    add_output(graph)


def _add_policies(commands: _Commands) -> None:
    policies = _add(
        commands,
        "policies",
        description="List the policies, or with --framework those that answer the requirements of a\nframework.",
    )
    policies.add_argument(
        "--framework",
        metavar="ID",
        help="security-hub, aws-config, cis-1.2, cis-1.4, cis-3.0, cis-5.0, nist-800-53-r5, pci-dss-4.0.1, hipaa or "
        "fedramp-moderate",
    )
    add_format(policies, "how to list", "text", "json", "csv", "markdown")


_ADD: dict[str, Callable[[_Commands], None]] = {
    "check": _add_check,
    "config": _add_config,
    "diff": _add_diff,
    "dump": _add_dump,
    "exceptions": _add_exceptions,
    "explain": _add_explain,
    "graph": _add_graph,
    "merge": _add_merge,
    "policies": _add_policies,
}
