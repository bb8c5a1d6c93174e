"""What shards hand on in their reports, and the command that joins them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sglint.cli.planning import planned
from sglint.cli.terminal import report_outcome, tell
from sglint.model.usage import UsageError

if TYPE_CHECKING:
    from sglint.config.planning import Planned
    from sglint.triage.finding import Outcome

UNREADABLE = 3
_HANDED_ON = (
    "paths",
    "var",
    "var_file",
    "parameter",
    "parameters",
    "root",
    "source",
    "ignore_unrelated",
    "select",
    "ignore",
    "profile",
    "config",
    "no_config",
    "forbid",
)
"""The options of `check` that have a say in what the shards come to together."""
_MEMBER = "sglint/shard"
_NOT_NAMED: Mapping[str, object] = {"baseline": None, "update_baseline": False, "ratchet": False}


def handed_on(options: SimpleNamespace, outcomes: Sequence[Outcome]) -> Mapping[str, object] | None:
    """What a shard's report says beside its findings; None where there are no shards."""
    if options.shard is None:
        return None
    from sglint import __version__

    number, _, total = options.shard.partition("/")
    return {
        "version": __version__,
        "number": int(number),
        "total": int(total),
        "options": {name: getattr(options, name) for name in _HANDED_ON},
        "shares": [outcome.share for outcome in outcomes],
    }


def merge(
    options: SimpleNamespace,
    together: Callable[[Sequence[Outcome]], Outcome],
    status: Callable[[Outcome, Planned], int],
) -> int:
    """Join the reports of all shards of a run, as if it had been one."""
    from sglint.execution.shards import complete, joined
    from sglint.reports.requested import requested

    started = perf_counter()
    reports = requested(options.format, options.output)
    shards = complete({name: _shard(name) for name in options.reports})
    runs = planned(SimpleNamespace(**{**_NOT_NAMED, **shards[0]["options"], "fail_on": options.fail_on}))
    if any(len(shard["shares"]) != len(runs) for shard in shards):
        raise UsageError("the configuration is not the one that the shards ran under")
    outcomes = [joined([shard["shares"][at] for shard in shards], run.settings) for at, run in enumerate(runs)]
    outcome = together(outcomes)
    is_whole = report_outcome(outcome, reports, options, perf_counter() - started)
    tell(outcome.problems, () if options.quiet else outcome.notes)
    found = max(status(found, run) for run, found in zip(runs, outcomes, strict=True))
    return found if is_whole else UNREADABLE


def _shard(name: str) -> Any:
    """What a shard's report hands on; None where it hands on nothing."""
    from sglint.reading.trees import DISK

    try:
        return json.loads(DISK.read(name))["runs"][0]["properties"][_MEMBER]
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {(error.strerror or str(error)).lower()}") from None
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
