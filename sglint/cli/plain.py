"""The command line that names nothing but input, as a hook gives it.

It is read here without argparse, which takes longer to load and set up than a small file takes to judge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace

COMMANDS = ("check", "config", "diff", "dump", "exceptions", "explain", "graph", "merge", "policies")
_DEFAULTS: Mapping[str, object] = {
    "command": "check",
    "source": None,
    "profile": None,
    "fail_on": None,
    "config": None,
    "no_config": False,
    "baseline": None,
    "update_baseline": False,
    "ratchet": False,
    "changed_since": None,
    "jobs": None,
    "shard": None,
    "no_cache": False,
    "cache_dir": None,
    "output": None,
    "category": None,
    "color": "auto",
    "statistics": False,
    "quiet": False,
    "verbose": False,
}
"""What the options of `check` are where none is given; a test holds them to the parser's."""
_REPEATED = ("var", "var_file", "parameter", "parameters", "root", "select", "ignore", "forbid", "format")


def plain(given: Sequence[str]) -> SimpleNamespace | None:
    """The options of `sglint [check] [--ignore-unrelated] PATH…`; None for every other command line."""
    paths = list(given)
    if paths[:1] == ["check"]:
        del paths[0]
    elif paths[:1] and paths[0] in COMMANDS:
        return None
    ignore_unrelated = paths[:1] == ["--ignore-unrelated"]
    if ignore_unrelated:
        del paths[0]
    if not paths or any(path.startswith("-") for path in paths):
        return None
    lists: dict[str, list[str]] = {name: [] for name in _REPEATED}
    return SimpleNamespace(**_DEFAULTS, **lists, paths=paths, ignore_unrelated=ignore_unrelated)
