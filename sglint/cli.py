"""The command line: arguments, files, the terminal and the exit status. The only room that prints."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING, TypeAlias

from sglint import __version__

if TYPE_CHECKING:
    from sglint.config.planning import Planned
    from sglint.engine import Settings
    from sglint.model.location import Problem
    from sglint.reports.options import Options
    from sglint.reports.requested import Requested
    from sglint.triage.finding import Finding, Outcome
    from sglint.triage.opening import Comparison

CLEAN, FINDINGS, USAGE, UNREADABLE = 0, 1, 2, 3

_STDIN = "<stdin>"
_COMMANDS = ("check", "config", "diff", "dump", "exceptions", "explain", "policies")
_SEVERITIES = ("note", "low", "medium", "high", "critical")
_NO_INPUT: dict[str, object] = {
    "var": [],
    "var_file": [],
    "parameter": [],
    "parameters": [],
    "ignore_unrelated": False,
}
"""What `_add_input` gives where nothing is said."""
_PROFILES = ("default", "strict", "security-hub", "cis")
_FORBIDDEN = ("suppressions", "exceptions")
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
        for line in str(error).splitlines():
            print(f"sglint: {line}", file=sys.stderr)
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
    _add_config(commands)
    _add_diff(commands)
    _add_dump(commands)
    _add_exceptions(commands)
    _add_explain(commands)
    _add_policies(commands)
    return parser


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
    check.set_defaults(run=_check)


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
    config.set_defaults(run=_config)


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
    diff.set_defaults(run=_diff)


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
    exceptions.set_defaults(run=_exceptions)


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
    from sglint.reports.requested import requested

    started = perf_counter()
    try:
        reports = requested(options.format, options.output)
        planned = _planned(options)
        outcomes = [run(each.settings) for each in planned]
    except ValueError as error:
        raise UsageError(str(error)) from None
    outcome = _together(outcomes)
    _report(outcome, reports, options, perf_counter() - started)
    _tell(outcome.problems, () if options.quiet else outcome.notes)
    if not outcome.units and not outcome.problems:
        print(f"sglint: no Terraform, CloudFormation or CDK code in {', '.join(options.paths)}", file=sys.stderr)
    return max(_status(found, each.fail_on) for each, found in zip(planned, outcomes, strict=True))


def _dump(options: argparse.Namespace) -> int:
    from sglint.engine import understand
    from sglint.reports.dump import render_dump

    try:
        understood = [understand(each.settings) for each in _planned(options)]
    except ValueError as error:
        raise UsageError(str(error)) from None
    analyses = [analysis for found in understood for analysis in found.analyses]
    _write(render_dump(analyses, options.format), options.output)
    problems = [problem for found in understood for problem in found.problems]
    _tell(problems, [note for found in understood for note in found.notes])
    return UNREADABLE if problems else CLEAN


def _config(options: argparse.Namespace) -> int:
    from sglint.config.in_force import in_force
    from sglint.reports.configuration import render_configuration

    named = {
        "profile": options.profile,
        "select": _listed(options.select),
        "ignore": _listed(options.ignore),
        "fail-on": options.fail_on,
        "forbid": _listed(options.forbid),
    }
    given = {key: value for key, value in named.items() if value}
    if not os.path.lexists(options.path):
        raise UsageError(f"{options.path} does not exist")
    options = argparse.Namespace(**{**_NO_INPUT, **vars(options), "paths": [options.path]})
    try:
        (planned,) = _planned(options)
    except ValueError as error:
        raise UsageError(str(error)) from None
    configuration = planned.configuration
    heading = f"settings for {options.path}, " + (configuration.path if configuration else "without configuration file")
    print(render_configuration(in_force(configuration, given), heading), end="")
    return CLEAN


def _diff(options: argparse.Namespace) -> int:
    from sglint.comparison import comparison, states

    options.paths = []
    try:
        with states(options.words, (*options.var_file, *options.parameters)) as (old, new):
            planned = _planned(options, new.paths)
            found, arising = comparison(old, new, [each.settings for each in planned])
    except ValueError as error:
        raise UsageError(str(error)) from None
    _write(_difference(found, options), options.output)
    _tell(found.problems, found.notes)
    if found.problems:
        return UNREADABLE
    return max(_fails(findings, each.fail_on) for each, findings in zip(planned, arising, strict=True))


def _difference(found: Comparison, options: argparse.Namespace) -> str:
    if options.format == "json":
        from sglint.reports.difference_json import render as render_json

        return render_json(found)
    if options.format == "markdown":
        from sglint.reports.difference_markdown import render as render_markdown

        return render_markdown(found)
    from sglint.reports.difference_text import render

    is_terminal = options.output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return render(found, options.color == "always" or (options.color == "auto" and is_terminal))


def _exceptions(options: argparse.Namespace) -> int:
    from sglint.engine import run
    from sglint.reports.exceptions import render_exceptions
    from sglint.triage.ledger import fails, ledger

    try:
        outcome = _together([run(each.settings) for each in _planned(options)])
    except ValueError as error:
        raise UsageError(str(error)) from None
    entries = ledger(outcome, options.expiring)
    _write(render_exceptions(entries, options.format), options.output)
    _tell(outcome.problems, ())
    if outcome.problems:
        return UNREADABLE
    return FINDINGS if fails(entries, options.expiring) else CLEAN


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


def _planned(options: argparse.Namespace, paths: tuple[str, ...] | None = None) -> tuple[Planned, ...]:
    """The runs that the command line and the configuration come to. Raises ValueError.

    `paths` stand for those of the options, and need not exist.
    """
    from sglint.config.planning import CommandLine, plan

    if options.config is not None and not os.path.isfile(options.config):
        raise UsageError(f"{options.config} is not a file")
    for way in _listed(options.forbid):
        if way not in _FORBIDDEN:
            raise UsageError(f'--forbid takes {" or ".join(_FORBIDDEN)}, not "{way}"')
    line = CommandLine(
        config=options.config,
        is_isolated=options.no_config,
        profile=getattr(options, "profile", None),
        fail_on=getattr(options, "fail_on", None),
        forbid=tuple(_listed(options.forbid)),
    )
    settings = _settings(options)
    return plan(settings if paths is None else replace(settings, paths=paths), line)


def _together(outcomes: Sequence[Outcome]) -> Outcome:
    if len(outcomes) == 1:
        return outcomes[0]
    from sglint.triage.outcomes import together

    return together(outcomes)


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
    )


def _listed(values: list[str]) -> list[str]:
    """Options that may be repeated or hold several values with commas."""
    return [name.strip() for value in values for name in value.split(",") if name.strip()]


def _status(outcome: Outcome, fail_on: str) -> int:
    return UNREADABLE if outcome.problems else _fails(outcome.findings, fail_on)


def _fails(findings: Sequence[Finding], fail_on: str) -> int:
    if fail_on == "never":
        return CLEAN
    threshold = _SEVERITIES.index(fail_on) + 1
    alarms = (finding for finding in findings if finding.is_alarm)
    return FINDINGS if any(finding.severity >= threshold for finding in alarms) else CLEAN


# ---- the terminal


def _report(outcome: Outcome, reports: Sequence[Requested], options: argparse.Namespace, seconds: float) -> None:
    """Write the reports, the files first: whoever reads standard output may stop at any time."""
    from sglint.reports.registry import render

    for each in sorted(reports, key=lambda report: report.file is None):
        _write(render(each.format, outcome, _shape(each, options, seconds)), each.file)


def _shape(report: Requested, options: argparse.Namespace, seconds: float) -> Options:
    from sglint.reports.options import Options

    shape = Options(
        color=options.color == "always",
        verbose=options.verbose,
        quiet=options.quiet,
        statistics=options.statistics,
        category=options.category or "sglint",
    )
    if report.format == "sarif":
        from sglint.reading.git import revision

        return replace(shape, revision=revision("."))
    if report.file is None and sys.stdout.isatty():
        from shutil import get_terminal_size

        color = shape.color or (options.color == "auto" and not os.environ.get("NO_COLOR"))
        return replace(shape, color=color, width=get_terminal_size().columns, seconds=seconds)
    return shape


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
