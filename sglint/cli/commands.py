"""The commands: each carries its options out and gives the exit status."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import TYPE_CHECKING

from sglint.cli.arguments import SEVERITIES
from sglint.cli.planning import NO_INPUT, UsageError, listed, planned
from sglint.cli.terminal import report_outcome, tell, write

if TYPE_CHECKING:
    from sglint.triage.finding import Finding, Outcome
    from sglint.triage.opening import Comparison

CLEAN, FINDINGS, USAGE, UNREADABLE = 0, 1, 2, 3


def _check(options: argparse.Namespace) -> int:
    from sglint.engine import run
    from sglint.reports.requested import requested

    started = perf_counter()
    try:
        reports = requested(options.format, options.output)
        runs = planned(options)
        outcomes = [run(each.settings) for each in runs]
    except ValueError as error:
        raise UsageError(str(error)) from None
    outcome = _together(outcomes)
    report_outcome(outcome, reports, options, perf_counter() - started)
    tell(outcome.problems, () if options.quiet else outcome.notes)
    if not outcome.units and not outcome.problems:
        print(f"sglint: no Terraform, CloudFormation or CDK code in {', '.join(options.paths)}", file=sys.stderr)
    return max(_status(found, each.fail_on) for each, found in zip(runs, outcomes, strict=True))


def _dump(options: argparse.Namespace) -> int:
    from sglint.engine import understand
    from sglint.reports.dump import render_dump

    try:
        understood = [understand(each.settings) for each in planned(options)]
    except ValueError as error:
        raise UsageError(str(error)) from None
    analyses = [analysis for found in understood for analysis in found.analyses]
    write(render_dump(analyses, options.format), options.output)
    problems = [problem for found in understood for problem in found.problems]
    tell(problems, [note for found in understood for note in found.notes])
    return UNREADABLE if problems else CLEAN


def _config(options: argparse.Namespace) -> int:
    from sglint.config.in_force import in_force
    from sglint.reports.configuration import render_configuration

    named = {
        "profile": options.profile,
        "select": listed(options.select),
        "ignore": listed(options.ignore),
        "fail-on": options.fail_on,
        "forbid": listed(options.forbid),
    }
    given = {key: value for key, value in named.items() if value}
    if not os.path.lexists(options.path):
        raise UsageError(f"{options.path} does not exist")
    options = argparse.Namespace(**{**NO_INPUT, **vars(options), "paths": [options.path]})
    try:
        (run,) = planned(options)
    except ValueError as error:
        raise UsageError(str(error)) from None
    configuration = run.configuration
    heading = f"settings for {options.path}, " + (configuration.path if configuration else "without configuration file")
    print(render_configuration(in_force(configuration, given), heading), end="")
    return CLEAN


def _diff(options: argparse.Namespace) -> int:
    from sglint.comparison import comparison, states

    options.paths = []
    try:
        with states(options.words, (*options.var_file, *options.parameters)) as (old, new):
            runs = planned(options, new.paths)
            found, arising = comparison(old, new, [each.settings for each in runs])
    except ValueError as error:
        raise UsageError(str(error)) from None
    write(_difference(found, options), options.output)
    tell(found.problems, found.notes)
    if found.problems:
        return UNREADABLE
    return max(_fails(findings, each.fail_on) for each, findings in zip(runs, arising, strict=True))


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
        outcome = _together([run(each.settings) for each in planned(options)])
    except ValueError as error:
        raise UsageError(str(error)) from None
    entries = ledger(outcome, options.expiring)
    write(render_exceptions(entries, options.format), options.output)
    tell(outcome.problems, ())
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


def _together(outcomes: Sequence[Outcome]) -> Outcome:
    if len(outcomes) == 1:
        return outcomes[0]
    from sglint.triage.outcomes import together

    return together(outcomes)


def _status(outcome: Outcome, fail_on: str) -> int:
    return UNREADABLE if outcome.problems else _fails(outcome.findings, fail_on)


def _fails(findings: Sequence[Finding], fail_on: str) -> int:
    if fail_on == "never":
        return CLEAN
    threshold = SEVERITIES.index(fail_on) + 1
    alarms = (finding for finding in findings if finding.is_alarm)
    return FINDINGS if any(finding.severity >= threshold for finding in alarms) else CLEAN


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "check": _check,
    "config": _config,
    "diff": _diff,
    "dump": _dump,
    "exceptions": _exceptions,
    "explain": _explain,
    "policies": _policies,
}
