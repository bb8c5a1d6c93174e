"""What may stand on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from types import SimpleNamespace

from sglint import __version__
from sglint.cli.plain import COMMANDS

TYPE_CHECKING = False  # as `typing` has it, which a fifth of the time of --help would go to
if TYPE_CHECKING:
    from typing import TypeAlias

_SEVERITIES = ("note", "low", "medium", "high", "critical")
_PROFILES = ("default", "strict", "security-hub", "cis")
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


def _parser(asked: str) -> argparse.ArgumentParser:
    """The parser, with the options of the command that is asked for: to set all of them up takes its time."""
    top = argparse.ArgumentParser(
        prog="sglint",
        description="Find what AWS security groups really admit, in Terraform, CloudFormation\nand CDK code.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"sglint {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, add in _ADD.items():
        if name == asked:
            add(commands)
        else:
            commands.add_parser(name, help=_HELP[name])
    return top


_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add_check(commands: _Commands) -> None:
    check = commands.add_parser("check", help=_HELP["check"])
    _add_input(check)
    _add_policy_choice(check)
    _add_configuration(check)
    _add_baseline(check)
    _add_execution(check)
    _add_report(check)
    check.set_defaults(command="check")


def _add_report(parser: argparse.ArgumentParser) -> None:
    report = parser.add_argument_group("report")
    report.add_argument(
        "--format",
        action="append",
        default=[],
        metavar="NAME[=FILE]",
        help="how to report, and where to: text (default), json, sarif, concise, markdown, github, gitlab, junit or "
        "csv; repeat it for several reports",
    )
    report.add_argument("--output", metavar="FILE", help="write the report to FILE instead of standard output")
    report.add_argument(
        "--category", metavar="NAME", help="in sarif, what tells analyses of one repository apart (default: sglint)"
    )
    report.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="colour in text (default: on a terminal)"
    )
    report.add_argument("--statistics", action="store_true", help="in text, count the findings of each policy")
    amount = report.add_mutually_exclusive_group()
    amount.add_argument("-q", "--quiet", action="store_true", help="in text, only the findings: no summary")
    amount.add_argument("-v", "--verbose", action="store_true", help="also list what could not be judged")


def _add_execution(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("execution")
    group.add_argument(
        "--jobs",
        type=_jobs,
        metavar="N",
        help="how many processes may judge large input (default: one for each core that may be used)",
    )
    group.add_argument("--shard", metavar="N/TOTAL", help="judge one part of the units; sglint merge joins the reports")
    cache = group.add_mutually_exclusive_group()
    cache.add_argument("--no-cache", action="store_true", help="keep nothing from run to run, and use nothing kept")
    cache.add_argument(
        "--cache-dir", metavar="DIR", help="where to keep what is known of large input (default: the user's cache)"
    )


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1024:
        raise argparse.ArgumentTypeError(f'"{text}" is no number of processes')
    return int(text)


def _add_policy_choice(parser: argparse.ArgumentParser, may_fail: bool = True) -> None:
    policies = parser.add_argument_group("policies")
    policies.add_argument(
        "--select", action="append", default=[], metavar="POLICY", help="judge only these policies, by id or name"
    )
    policies.add_argument("--ignore", action="append", default=[], metavar="POLICY", help="leave these policies out")
    profile = policies.add_mutually_exclusive_group()
    profile.add_argument(
        "--profile",
        choices=_PROFILES,
        metavar="NAME",
        help="the set of policies in force: default, strict, security-hub or cis",
    )
    profile.add_argument(
        "--strict", action="store_const", dest="profile", const="strict", help="short for --profile strict"
    )
    if not may_fail:
        return
    policies.add_argument(
        "--fail-on",
        choices=(*_SEVERITIES, "never"),
        metavar="SEVERITY",
        help="the severity from which findings fail the run: note, low, medium, high, critical or never "
        "(default: medium)",
    )


def _add_input(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or a directory, or - for standard input")
    _add_inputs_of_code(parser)


def _add_inputs_of_code(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("input")
    group.add_argument(
        "--var", action="append", default=[], metavar="NAME=VALUE", help="set a Terraform variable, as terraform does"
    )
    group.add_argument(
        "--var-file", action="append", default=[], metavar="FILE", help="read Terraform variables from FILE"
    )
    group.add_argument(
        "--parameter", action="append", default=[], metavar="KEY=VALUE", help="set a CloudFormation parameter"
    )
    group.add_argument(
        "--parameters", action="append", default=[], metavar="FILE", help="read CloudFormation parameters from FILE"
    )
    group.add_argument(
        "--source", metavar="DIR", help="the configuration that a Terraform plan was made of, to point at its lines"
    )
    group.add_argument(
        "--root",
        action="append",
        default=[],
        metavar="DIR",
        help="let the input lead to files in DIR, too (default: the repository around PATH, else PATH itself)",
    )
    group.add_argument(
        "--ignore-unrelated", action="store_true", help="pass over named files that are nothing sglint reads"
    )


def _add_configuration(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("configuration")
    source = group.add_mutually_exclusive_group()
    source.add_argument(
        "--config", metavar="FILE", help="the configuration file, instead of the nearest above each input"
    )
    source.add_argument("--no-config", action="store_true", help="take no configuration file")
    group.add_argument(
        "--forbid",
        action="append",
        default=[],
        metavar="WAY",
        help="let no risk be accepted this way: suppressions, exceptions",
    )


def _add_baseline(check: argparse.ArgumentParser) -> None:
    group = check.add_argument_group("what was there before")
    group.add_argument("--baseline", metavar="FILE", help="let the findings in FILE fail nothing")
    group.add_argument("--update-baseline", action="store_true", help="write what is found to the baseline")
    group.add_argument(
        "--ratchet",
        action="store_true",
        help="fail only where a group's privilege level, or what it leaves open to the world, is worse than in the "
        "baseline",
    )
    group.add_argument(
        "--changed-since",
        metavar="REVISION",
        help="judge only what the changes since a revision of git can affect, untracked files included",
    )


def _add_config(commands: _Commands) -> None:
    config = commands.add_parser("config", help=_HELP["config"])
    config.add_argument("path", nargs="?", default=".", metavar="PATH", help="the input they are for (default: .)")
    _add_policy_choice(config)
    _add_configuration(config)
    config.set_defaults(command="config")


def _add_diff(commands: _Commands) -> None:
    diff = commands.add_parser(
        "diff",
        help=_HELP["diff"],
        usage="sglint diff [options] OLD NEW\n       sglint diff [options] REVISION [PATH ...]",
        description="Show what a change opens and closes, by group. OLD and NEW are directories,\n"
        "plans, templates or assemblies. REVISION is of git: one against the working\n"
        "tree, A..B, or A...B from the common ancestor; nothing is checked out for it.\n"
        "Exit status 1 when what opens breaks a policy.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    diff.add_argument("words", nargs="+", metavar="OLD NEW", help="two paths, or a revision and paths (default: .)")
    _add_inputs_of_code(diff)
    _add_policy_choice(diff)
    _add_configuration(diff)
    report = diff.add_argument_group("report")
    report.add_argument(
        "--format", choices=("text", "json", "markdown"), default="text", help="how to report (default: text)"
    )
    report.add_argument("--output", metavar="FILE", help="write the report to FILE instead of standard output")
    report.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="colour in text (default: on a terminal)"
    )
    diff.set_defaults(command="diff")


def _add_exceptions(commands: _Commands) -> None:
    exceptions = commands.add_parser(
        "exceptions",
        help=_HELP["exceptions"],
        description="List every accepted risk. Exit status 1 when one has expired, gives no reason or is not\n"
        "understood; with --expiring, when there is anything to list.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_input(exceptions)
    _add_configuration(exceptions)
    exceptions.add_argument(
        "--expiring", type=_days, metavar="DAYS", help="only what runs out within a time, such as 30d, or has run out"
    )
    exceptions.add_argument(
        "--format", choices=("text", "json", "csv", "markdown"), default="text", help="how to list (default: text)"
    )
    exceptions.add_argument("--output", metavar="FILE", help="write to FILE instead of standard output")
    exceptions.set_defaults(command="exceptions")


def _days(text: str) -> int:
    number = text.removesuffix("d")
    if not number.isdecimal() or int(number) > 36500:
        raise argparse.ArgumentTypeError(f'"{text}" is no number of days; write 30d')
    return int(number)


def _add_dump(commands: _Commands) -> None:
    dump = commands.add_parser("dump", help=_HELP["dump"])
    _add_input(dump)
    _add_configuration(dump)
    dump.add_argument("--format", choices=("text", "json"), default="text", help="notation, or JSON (default: text)")
    dump.add_argument("--output", metavar="FILE", help="write to FILE instead of standard output")
    dump.set_defaults(command="dump")


def _add_merge(commands: _Commands) -> None:
    merge = commands.add_parser(
        "merge",
        help=_HELP["merge"],
        description="Join the SARIF reports of all shards (--shard) of one run, as if it had been one.\n"
        "Run it where they ran: the configuration is read again. Exit status as for check.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    merge.add_argument("reports", nargs="+", metavar="REPORT", help="a SARIF report of a shard")
    merge.add_argument(
        "--fail-on",
        choices=(*_SEVERITIES, "never"),
        metavar="SEVERITY",
        help="the severity from which findings fail the run, as for check",
    )
    _add_report(merge)
    merge.set_defaults(command="merge")


def _add_explain(commands: _Commands) -> None:
    explain = commands.add_parser("explain", help=_HELP["explain"])
    explain.add_argument("policies", nargs="+", metavar="POLICY", help="an id or a name")
    explain.set_defaults(command="explain")


def _add_graph(commands: _Commands) -> None:
    graph = commands.add_parser(
        "graph",
        help=_HELP["graph"],
        description="Draw the groups, what they admit and what carries them, from the world inward.\n"
        "html is one page that works offline: search it, filter it, click on what you see.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_input(graph)
    _add_policy_choice(graph, may_fail=False)
    _add_configuration(graph)
    graph.add_argument(
        "--format",
        choices=("html", "svg", "dot", "mermaid", "json"),
        default="html",
        help="how to draw (default: html)",
    )
    graph.add_argument("--output", metavar="FILE", help="write to FILE instead of standard output")
    graph.set_defaults(command="graph")


def _add_policies(commands: _Commands) -> None:
    policies = commands.add_parser(
        "policies",
        help=_HELP["policies"],
        description="List the policies, or with --framework those that answer the requirements of a framework.",
    )
    policies.add_argument(
        "--framework",
        metavar="ID",
        help="security-hub, aws-config, cis-1.2, cis-1.4, cis-3.0, cis-5.0, nist-800-53-r5, pci-dss-4.0.1, hipaa or "
        "fedramp-moderate",
    )
    policies.add_argument(
        "--format", choices=("text", "json", "csv", "markdown"), default="text", help="how to list (default: text)"
    )
    policies.set_defaults(command="policies")


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
