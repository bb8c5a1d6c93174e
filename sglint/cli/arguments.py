"""What may stand on the command line."""

from __future__ import annotations

import argparse
from typing import TypeAlias

from sglint import __version__

COMMANDS = ("check", "config", "diff", "dump", "exceptions", "explain", "policies")
SEVERITIES = ("note", "low", "medium", "high", "critical")
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


def with_command(given: list[str]) -> list[str]:
    """`sglint PATH…` means `sglint check PATH…`."""
    if not given:
        return ["--help"]
    if given[0] in COMMANDS or given[0] in ("-h", "--help", "--version"):
        return given
    return ["check", *given]


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="sglint",
        description="Find what AWS security groups really admit, in Terraform, CloudFormation\nand CDK code.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"sglint {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_check(commands)
    _add_config(commands)
    _add_diff(commands)
    _add_dump(commands)
    _add_exceptions(commands)
    _add_explain(commands)
    _add_policies(commands)
    return top


_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add_check(commands: _Commands) -> None:
    check = commands.add_parser("check", help="judge the code at PATH (the default command)")
    _add_input(check)
    _add_policy_choice(check)
    _add_configuration(check)
    report = check.add_argument_group("report")
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
    check.set_defaults(command="check")


def _add_policy_choice(parser: argparse.ArgumentParser) -> None:
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
    policies.add_argument(
        "--fail-on",
        choices=(*SEVERITIES, "never"),
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


def _add_config(commands: _Commands) -> None:
    config = commands.add_parser("config", help="show which settings are in force, and where each comes from")
    config.add_argument("path", nargs="?", default=".", metavar="PATH", help="the input they are for (default: .)")
    _add_policy_choice(config)
    _add_configuration(config)
    config.set_defaults(command="config")


def _add_diff(commands: _Commands) -> None:
    diff = commands.add_parser(
        "diff",
        help="what a change opens and closes",
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
        help="list every accepted risk",
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
    dump = commands.add_parser("dump", help="print the rules that the code comes to, with their levels")
    _add_input(dump)
    _add_configuration(dump)
    dump.add_argument("--format", choices=("text", "json"), default="text", help="notation, or JSON (default: text)")
    dump.add_argument("--output", metavar="FILE", help="write to FILE instead of standard output")
    dump.set_defaults(command="dump")


def _add_explain(commands: _Commands) -> None:
    explain = commands.add_parser("explain", help="what a policy flags, why, and what to do")
    explain.add_argument("policies", nargs="+", metavar="POLICY", help="an id or a name")
    explain.set_defaults(command="explain")


def _add_policies(commands: _Commands) -> None:
    policies = commands.add_parser("policies", help="list the policies")
    policies.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    policies.set_defaults(command="policies")
