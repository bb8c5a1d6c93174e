"""Carries a run out: every unit judged, in one process or several."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from sglint.dialects import Remember
from sglint.discovery import Unit, UnitKind
from sglint.execution.judging import Judging
from sglint.execution.outcome import outcome
from sglint.execution.sieve import Sieve
from sglint.execution.verdict import Verdict, Watch, unwatched
from sglint.model.location import Problem
from sglint.reading.files import Files, Trace
from sglint.settings import Settings
from sglint.triage.finding import Outcome

if TYPE_CHECKING:
    from sglint.execution.answers import Answers
    from sglint.execution.cache import Cache

Roots: TypeAlias = tuple[tuple[UnitKind, str], ...]
_WORTHWHILE = 4_000_000
"""From how many bytes of relevant input on further processes save more than starting them takes."""


def carried_out(
    settings: Settings,
    files: Files,
    discover: Callable[[Sieve], tuple[tuple[Unit, ...], tuple[Problem, ...]]],
    watch: Watch = unwatched,
) -> Outcome:
    """What the run comes to over the units that `discover` finds, with the problems of finding them."""
    with _seldom_collected():
        opened: list[Cache] = []
        units, problems = discover(Sieve(files, partial(_opened, settings, files, opened)))
        judging = Judging(settings, files, units)
        if not opened:
            roots = _own(judging.roots(), settings, files)
            verdicts = [verdict for verdict, _ in _judged(judging, settings, files, units, roots, watch)]
        else:
            (cache,) = opened
            cache.answers.exporting = tuple([unit.path for unit in units if unit.kind is UnitKind.TEMPLATE])
            roots = _own(judging.roots(_remembering(cache, files)), settings, files)
            verdicts = _recalled(cache, judging, settings, files, units, roots, watch)
            cache.save()
        if settings.environments is not None:
            for kind, path in roots:  # What they say in the end they know from being asked, here and not elsewhere.
                if kind is UnitKind.TERRAFORM:
                    settings.environments.of(path, files.exists)
        named = [(kind, path, verdict) for (kind, path), verdict in zip(roots, verdicts, strict=True)]
        return outcome(named, (*problems, *judging.problems), settings, files)


def _own(roots: Roots, settings: Settings, files: Files) -> Roots:
    """What this run judges of the roots: in one of several shards, its own and what those may be part of."""
    if settings.shard is None:
        return roots
    from sglint.execution.shards import of_shard

    return of_shard(roots, settings.shard, files)


_CACHED = frozenset({UnitKind.TERRAFORM, UnitKind.TEMPLATE})
"""The kinds of units that ask nothing of the disk but through `Files`."""


def _opened(settings: Settings, files: Files, opened: list[Cache]) -> Answers | None:
    """What the cache answers, where there is one for such a run; it is then the one that is opened."""
    if settings.cache is None:
        return None
    from datetime import date

    from sglint.execution.cache import Cache, pack_path

    path = pack_path(settings, settings.cache)
    if path is None:
        return None
    today = date.today()
    opened.append(Cache(path, files, today.toordinal(), (settings.today or today).isoformat()))
    return opened[0].answers


def _remembering(cache: Cache, files: Files) -> Remember:
    def remember(path: str, work_out: Callable[[], frozenset[str]]) -> frozenset[str]:
        key = f"calls {path}"
        known = cache.recall(key)
        if isinstance(known, frozenset):
            return known
        with files.traced() as trace:
            found = work_out()
        cache.keep(key, found, trace)
        return found

    return remember


def _recalled(
    cache: Cache,
    judging: Judging,
    settings: Settings,
    files: Files,
    units: tuple[Unit, ...],
    roots: Roots,
    watch: Watch,
) -> list[Verdict]:
    """The verdicts on units; only those are judged of which no verdict is known that still holds."""
    known = {root: cache.recall(_key(root)) for root in roots if root[0] in _CACHED}
    missing = tuple([root for root in roots if not isinstance(known.get(root), Verdict)])
    found: dict[tuple[UnitKind, str], Verdict] = {}
    for root, (verdict, trace) in zip(missing, _judged(judging, settings, files, units, missing, watch), strict=True):
        found[root] = verdict
        if root[0] in _CACHED and verdict.is_lasting:
            cache.keep(_key(root), verdict, trace)
    return [found[root] if root in found else known[root] for root in roots]


def _key(root: tuple[UnitKind, str]) -> str:
    return f"{root[0].name} {root[1]}"


def _judged(
    judging: Judging,
    settings: Settings,
    files: Files,
    units: tuple[Unit, ...],
    roots: Roots,
    watch: Watch,
) -> list[tuple[Verdict, Trace]]:
    if settings.jobs != 1 and len(roots) > 1 and files.held + files.peeked > _WORTHWHILE:
        from sglint.execution.pool import cores, judged_in_processes, may_share

        jobs = settings.jobs or cores()
        if jobs > 1 and may_share(settings):
            return judged_in_processes(judging, settings, files, units, roots, jobs, watch)
    found = []
    for root in roots:
        found.append(judging.verdict(*root))
        watch(len(found), len(roots))
    return found


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Garbage is collected where it arises: the collector would go through all that is held again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
