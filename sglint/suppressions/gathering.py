"""Every suppression of a run."""

from __future__ import annotations

from collections.abc import Iterable

from sglint.aws.resources import Evaluated
from sglint.model.location import Problem, whole_file
from sglint.reading.files import Source
from sglint.suppressions.comments import suppressions
from sglint.suppressions.metadata import from_metadata
from sglint.suppressions.suppression import Suppression


def gathered(
    sources: Iterable[Source], evaluated: Iterable[Evaluated]
) -> tuple[tuple[Suppression, ...], tuple[Problem, ...]]:
    """The suppressions in the comments of files and in the metadata of resources.

    A file whose comments cannot be gone through is a problem, and nothing is suppressed there.
    """
    found: list[Suppression] = []
    problems: list[Problem] = []
    for source in sources:
        try:
            found.extend(suppressions(source))
        except Exception as error:
            message = f"suppressions not read, because sglint failed on it: {type(error).__name__}: {error}"
            problems.append(Problem(whole_file(source.path), message, "please report this"))
    found.extend(each for unit in evaluated for each in from_metadata(unit))
    return tuple(found), tuple(problems)
