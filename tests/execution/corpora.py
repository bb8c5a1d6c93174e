"""The input that the ways of carrying a run out are held to each other on, and what of a run must be the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sglint.model.record import replace
from sglint.reports.options import Options
from sglint.reports.registry import render
from sglint.triage.finding import Outcome

TOP = Path(__file__).parents[2]

FIXTURES = TOP / "fixtures"


def write_corpora(top: Path) -> None:
    """A module tree, a tree with a cluster, and a small monorepo, as the benchmarks write them."""
    from benchmarks.cluster_tree import write_cluster_tree
    from benchmarks.module_tree import write_module_tree
    from benchmarks.monorepo import write_monorepo

    write_module_tree(top / "modules")
    write_cluster_tree(top / "cluster")
    write_monorepo(top / "monorepo", files=180)


def said(outcome: Outcome) -> dict[str, Any]:
    """All that a run says, the reports that show every part of it included."""
    told = replace(outcome, share=None)
    return {
        "findings": told.findings,
        "problems": told.problems,
        "acceptances": told.acceptances,
        "notes": told.notes,
        "counts": (told.units, told.groups, told.rules),
        "text": render("text", told, Options(verbose=True, root="/")),
        "json": render("json", told, Options(root="/")),
    }
