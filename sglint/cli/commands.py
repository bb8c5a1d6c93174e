"""The commands: each carries its options out and gives the exit status."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from time import perf_counter
from types import SimpleNamespace
from typing import TYPE_CHECKING

from sglint.cli.planning import NO_INPUT, listed, planned
from sglint.cli.progress import watched
from sglint.cli.terminal import deliver, has_color, report_outcome, say, tell, write
from sglint.model.failure import REPORT
from sglint.model.record import replace
from sglint.model.usage import UsageError

if TYPE_CHECKING:
    from sglint.affected import Changes
    from sglint.config.planning import Planned
    from sglint.model.location import Problem
    from sglint.settings import Settings
    from sglint.triage.finding import Finding, Outcome
    from sglint.triage.opening import Comparison

CLEAN, FINDINGS, USAGE, UNREADABLE = 0, 1, 2, 3


def _check(options: SimpleNamespace) -> int:
    from sglint.engine import run
    from sglint.reports.requested import requested

    started = perf_counter()
    reports = requested(options.format, options.output)
    runs = planned(options)
    with _since(options) as changes, watched(options.quiet) as watch:
        outcomes = [run(_restricted(each, changes), watch) for each in runs]
    outcome = _together(outcomes)
    notes = list(outcome.notes)
    are_written = True
    if options.update_baseline:
        are_written = _updated(outcome, notes)
        outcome = replace(outcome, standings=())  # what is written now is what is known
    else:
        notes += (standing.advice for standing in outcome.standings if standing.advice)
    shard = None
    if options.shard is not None:
        from sglint.cli.shards import handed_on

        shard = handed_on(options, outcomes)
    is_whole = report_outcome(outcome, reports, options, perf_counter() - started, shard)
    tell(outcome.problems, () if options.quiet else notes)
    if not outcome.units and not outcome.left_out and options.shard is None and not outcome.problems:
        say(f"no Terraform, CloudFormation or CDK code in {', '.join(options.paths)}")
    status = max(_status(found, each) for each, found in zip(runs, outcomes, strict=True))
    return status if is_whole and are_written else UNREADABLE


def _since(options: SimpleNamespace) -> AbstractContextManager[Changes | None]:
    """What is different since the revision that is named, while its repository is open."""
    if options.changed_since is None:
        return nullcontext()
    from sglint.affected import changes_since

    return changes_since(options.changed_since, [path for path in options.paths if path != "-"])


def _restricted(run: Planned, changes: Changes | None) -> Settings:
    """The settings of a run that is to judge what changes can affect."""
    if changes is None:
        return run.settings
    from sglint.affected import Since

    deciding = (
        *((run.configuration.path,) if run.configuration is not None else ()),
        *((run.settings.baseline.path,) if run.settings.baseline is not None else ()),
    )
    return replace(run.settings, since=Since(changes, deciding))


def _updated(outcome: Outcome, notes: list[str]) -> bool:
    """Writes the baselines anew, and notes what changed in each. Where sglint failed they stay: it may not know all.

    False when sglint fails on one of them.
    """
    from sglint.triage.baseline_file import write as written

    are_written = True
    has_failed = any(problem.hint == REPORT for problem in outcome.problems)
    for standing in outcome.standings:
        if has_failed:
            notes.append(f"{standing.baseline.path}: not written, because not all was judged")
        elif deliver(partial(written, standing.updated), standing.baseline.path, "the baseline"):
            notes.append(standing.change)
        else:
            are_written = False
    return are_written


def _dump(options: SimpleNamespace) -> int:
    from sglint.engine import understand
    from sglint.reports.dump import render_dump

    understood = [understand(each.settings) for each in planned(options)]
    analyses = [analysis for found in understood for analysis in found.analyses]
    is_whole = deliver(partial(render_dump, analyses, options.format), options.output, "the dump")
    problems = [problem for found in understood for problem in found.problems]
    tell(problems, [note for found in understood for note in found.notes])
    return UNREADABLE if problems or not is_whole else CLEAN


def _config(options: SimpleNamespace) -> int:
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
    options = SimpleNamespace(**{**NO_INPUT, **vars(options), "paths": [options.path]})
    (run,) = planned(options)
    configuration = run.configuration
    heading = f"settings for {options.path}, " + (configuration.path if configuration else "without configuration file")
    write(render_configuration(in_force(configuration, given), heading), None)
    return CLEAN


def _diff(options: SimpleNamespace) -> int:
    from sglint.comparison import comparison, states

    options.paths = []
    with states(options.words, (*options.var_file, *options.parameters)) as (old, new):
        runs = planned(options, new.paths)
        found, arising = comparison(old, new, [each.settings for each in runs])
    is_whole = deliver(partial(_difference, found, options), options.output, "the comparison")
    tell(found.problems, found.notes)
    if found.problems or not is_whole:
        return UNREADABLE
    return max(_fails(findings, each.fail_on) for each, findings in zip(runs, arising, strict=True))


def _difference(found: Comparison, options: SimpleNamespace) -> str:
    if options.format == "json":
        from sglint.reports.difference_json import render as render_json

        return render_json(found)
    if options.format == "markdown":
        from sglint.reports.difference_markdown import render as render_markdown

        return render_markdown(found)
    from sglint.reports.difference_text import render

    return render(found, options.color == "always" or (options.output is None and has_color(options)))


def _exceptions(options: SimpleNamespace) -> int:
    from sglint.engine import run
    from sglint.reports.exceptions import render_exceptions
    from sglint.triage.ledger import fails, ledger

    outcome = _together([run(each.settings) for each in planned(options)])
    entries = ledger(outcome, options.expiring)
    is_whole = deliver(partial(render_exceptions, entries, options.format), options.output, "the ledger")
    tell(outcome.problems, ())
    if outcome.problems or not is_whole:
        return UNREADABLE
    return FINDINGS if fails(entries, options.expiring) else CLEAN


def _explain(options: SimpleNamespace) -> int:
    from sglint.policies.pages import page
    from sglint.policies.registry import find

    write("\n".join([page(find(name)) for name in options.policies]), None)
    return CLEAN


def _graph(options: SimpleNamespace) -> int:
    from sglint.engine import judged, understand
    from sglint.graph.building import build
    from sglint.graph.findings import Judgement
    from sglint.graph.registry import render
    from sglint.triage.terms import TermsByPath

    judgements: list[Judgement] = []
    problems: list[Problem] = []
    notes: list[str] = []
    for settings in (each.settings for each in planned(options)):
        understood = understand(settings)
        outcome = judged(understood, settings)
        terms = TermsByPath(settings.terms, settings.overrides)
        judgements.append(Judgement(understood.analyses, terms, outcome.findings, understood.files.line))
        problems += outcome.problems
        notes += outcome.notes
    is_empty = not any(analysis.groups for judgement in judgements for analysis in judgement.analyses)
    is_whole = deliver(lambda: render(options.format, build(judgements, len(problems))), options.output, "the graph")
    tell(problems, notes)
    if is_empty:
        say(f"no security groups in {', '.join(options.paths)}")
    return UNREADABLE if problems or not is_whole else CLEAN


def _merge(options: SimpleNamespace) -> int:
    from sglint.cli.shards import merge

    return merge(options, _together, _status)


def _policies(options: SimpleNamespace) -> int:
    if options.framework is None:
        from sglint.reports.policies import render_policies

        write(render_policies(options.format), None)
        return CLEAN
    from sglint.compliance.mapping import find_framework
    from sglint.reports.frameworks import render_framework

    write(render_framework(find_framework(options.framework), options.format), None)
    return CLEAN


def _together(outcomes: Sequence[Outcome]) -> Outcome:
    if len(outcomes) == 1:
        return outcomes[0]
    from sglint.triage.outcomes import together

    return together(outcomes)


def _status(outcome: Outcome, run: Planned) -> int:
    if outcome.problems:
        return UNREADABLE
    if not run.settings.ratchets:
        return _fails(outcome.findings, run.fail_on)
    from sglint.config.planning import RATCHET

    worse = [each for each in outcome.findings if each.policy.id == RATCHET]
    return _fails(worse, "never" if run.fail_on == "never" else "note")


def _fails(findings: Sequence[Finding], fail_on: str) -> int:
    if fail_on == "never":
        return CLEAN
    from sglint.policies.policy import Severity

    threshold = Severity[fail_on.upper()]
    alarms = (finding for finding in findings if finding.is_alarm)
    return FINDINGS if any(finding.severity >= threshold for finding in alarms) else CLEAN


COMMANDS: dict[str, Callable[[SimpleNamespace], int]] = {
    "check": _check,
    "config": _config,
    "diff": _diff,
    "dump": _dump,
    "exceptions": _exceptions,
    "explain": _explain,
    "graph": _graph,
    "merge": _merge,
    "policies": _policies,
}
