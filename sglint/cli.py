"""The command line: arguments, files, the terminal and the exit status. The only room that prints."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from sglint import __version__

if TYPE_CHECKING:
    from sglint.engine import Settings
    from sglint.model.location import Problem
    from sglint.triage.finding import Outcome

CLEAN, FINDINGS, USAGE, UNREADABLE = 0, 1, 2, 3

_STDIN = "<stdin>"
_COMMANDS = ("check", "dump", "explain", "policies")
_SEVERITIES = ("note", "low", "medium", "high", "critical")
_EPILOG = """\
exit status:
  0  nothing at or above --fail-on
  1  findings
  2  wrong usage or configuration
  3  some input could not be read; what could be is still reported

`sglint PATH` is short for `sglint check PATH`.
`sglint COMMAND --help` says more.
"""


class UsageError(Exception):
    """A command line that cannot be carried out; the message is for the user."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--version"]:
        print(f"sglint {__version__}")
        return CLEAN
    options = _parser().parse_args(_with_command(given))
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except UsageError as error:
        print(f"sglint: {error}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        # Whoever read the report has seen enough. Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("SGLINT_DEBUG"):
            raise
        print(
            f"sglint: failed: {type(error).__name__}: {error}; please report this, with SGLINT_DEBUG=1 set",
            file=sys.stderr,
        )
        return UNREADABLE
    return status


def _with_command(given: list[str]) -> list[str]:
    """`sglint PATH…` means `sglint check PATH…`."""
    if not given:
        return ["--help"]
    if given[0] in _COMMANDS or given[0] in ("-h", "--help", "--version"):
        return given
    return ["check", *given]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sglint",
        description="Find what AWS security groups really admit, in Terraform, CloudFormation\nand CDK code.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"sglint {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_check(commands)
    _add_dump(commands)
    _add_explain(commands)
    _add_policies(commands)
    return parser


_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add_check(commands: _Commands) -> None:
    check = commands.add_parser("check", help="judge the code at PATH (the default command)")
    _add_input(check)
    policies = check.add_argument_group("policies")
    policies.add_argument(
        "--select", action="append", default=[], metavar="POLICY", help="judge only these policies, by id or name"
    )
    policies.add_argument("--ignore", action="append", default=[], metavar="POLICY", help="leave these policies out")
    policies.add_argument("--strict", action="store_true", help="judge the strict policies too")
    policies.add_argument(
        "--fail-on",
        choices=(*_SEVERITIES, "never"),
        default="medium",
        metavar="SEVERITY",
        help="the severity from which findings fail the run: note, low, medium, high, critical or never "
        "(default: medium)",
    )
    report = check.add_argument_group("report")
    report.add_argument(
        "--format", choices=("text", "json", "sarif"), default="text", help="how to report (default: text)"
    )
    report.add_argument("--output", metavar="FILE", help="write the report to FILE instead of standard output")
    report.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="colour in text (default: on a terminal)"
    )
    amount = report.add_mutually_exclusive_group()
    amount.add_argument("-q", "--quiet", action="store_true", help="in text, only the findings: no summary")
    amount.add_argument("-v", "--verbose", action="store_true", help="in text, also what could not be judged")
    check.set_defaults(run=_check)


def _add_input(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or a directory, or - for standard input")
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
        "--ignore-unrelated", action="store_true", help="pass over named files that are nothing sglint reads"
    )


def _add_dump(commands: _Commands) -> None:
    dump = commands.add_parser("dump", help="print the rules that the code comes to, with their levels")
    _add_input(dump)
    dump.add_argument("--format", choices=("text", "json"), default="text", help="notation, or JSON (default: text)")
    dump.add_argument("--output", metavar="FILE", help="write to FILE instead of standard output")
    dump.set_defaults(run=_dump)


def _add_explain(commands: _Commands) -> None:
    explain = commands.add_parser("explain", help="what a policy flags, why, and what to do")
    explain.add_argument("policies", nargs="+", metavar="POLICY", help="an id or a name")
    explain.set_defaults(run=_explain)


def _add_policies(commands: _Commands) -> None:
    policies = commands.add_parser("policies", help="list the policies")
    policies.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    policies.set_defaults(run=_policies)


# ---- commands


def _check(options: argparse.Namespace) -> int:
    from sglint.engine import run
    from sglint.reports.options import Options
    from sglint.reports.registry import render

    try:
        outcome = run(_settings(options))
    except ValueError as error:
        raise UsageError(str(error)) from None
    shape = Options(color=_has_color(options), verbose=options.verbose, quiet=options.quiet)
    _write(render(options.format, outcome, shape), options.output)
    _tell(outcome.problems, () if options.quiet else outcome.notes)
    if not outcome.units and not outcome.problems:
        print(f"sglint: no Terraform, CloudFormation or CDK code in {', '.join(options.paths)}", file=sys.stderr)
    return _status(outcome, options.fail_on)


def _dump(options: argparse.Namespace) -> int:
    from sglint.engine import understand
    from sglint.reports.dump import render_dump

    found = understand(_settings(options))
    _write(render_dump(found.analyses, options.format), options.output)
    _tell(found.problems, found.notes)
    return UNREADABLE if found.problems else CLEAN


def _explain(options: argparse.Namespace) -> int:
    from sglint.policies.pages import page
    from sglint.policies.registry import find

    try:
        pages = [page(find(name)) for name in options.policies]
    except ValueError as error:
        raise UsageError(str(error)) from None
    print("\n".join(pages), end="")
    return CLEAN


def _policies(options: argparse.Namespace) -> int:
    from sglint.policies.pages import listing

    print(listing(options.format), end="")
    return CLEAN


def _settings(options: argparse.Namespace) -> Settings:
    from sglint.engine import Settings

    paths = tuple(dict.fromkeys(_STDIN if path == "-" else path for path in options.paths))
    for path in paths:
        if path != _STDIN and not os.path.lexists(path):
            raise UsageError(f"{path} does not exist")
    for path in (*options.var_file, *options.parameters):
        if not os.path.isfile(path):
            raise UsageError(f"{path} is not a file")
    given = {_STDIN: sys.stdin.buffer.read()} if _STDIN in paths else {}
    for assignment, option in (
        *((each, "--var") for each in options.var),
        *((each, "--parameter") for each in options.parameter),
    ):
        if "=" not in assignment:
            raise UsageError(f'{option} takes NAME=VALUE, not "{assignment}"')
    return Settings(
        paths=paths,
        given=given,
        variables=tuple(options.var),
        variable_files=tuple(options.var_file),
        parameters=tuple(options.parameter),
        parameter_files=tuple(options.parameters),
        ignore_unrelated=options.ignore_unrelated,
        select=tuple(_listed(getattr(options, "select", []))),
        ignore=tuple(_listed(getattr(options, "ignore", []))),
        is_strict=getattr(options, "strict", False),
    )


def _listed(values: list[str]) -> list[str]:
    """Options that may be repeated or hold several values with commas."""
    return [name.strip() for value in values for name in value.split(",") if name.strip()]


def _status(outcome: Outcome, fail_on: str) -> int:
    if outcome.problems:
        return UNREADABLE
    if fail_on == "never":
        return CLEAN
    threshold = _SEVERITIES.index(fail_on) + 1
    failing = (finding for finding in outcome.findings if not finding.policy.is_open)
    return FINDINGS if any(finding.severity >= threshold for finding in failing) else CLEAN


# ---- the terminal


def _has_color(options: argparse.Namespace) -> bool:
    if options.color != "auto":
        return bool(options.color == "always")
    return options.output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _write(text: str, path: str | None) -> None:
    """To standard output, or to a file that is whole or not touched."""
    if path is None:
        sys.stdout.buffer.write(text.encode("utf-8"))
        return
    temporary = f"{path}.{os.getpid()}.part"
    try:
        with open(temporary, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.replace(temporary, path)
    except OSError as error:
        if os.path.exists(temporary):
            os.unlink(temporary)
        raise UsageError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}") from None


def _tell(problems: Sequence[Problem], notes: Sequence[str]) -> None:
    sys.stdout.flush()
    for problem in problems:
        print(f"sglint: {problem}", file=sys.stderr)
    for note in notes:
        print(f"sglint: note: {note}", file=sys.stderr)
