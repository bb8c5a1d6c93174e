"""What a configuration may name. It comes with the code that it is for, so it leads nowhere that the code may not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sglint.discovery import root_of
from sglint.model.location import whole_file
from sglint.model.usage import UsageError
from sglint.reading.roots import Roots
from sglint.reading.trees import DISK

if TYPE_CHECKING:
    from sglint.config.places import KeyPath
    from sglint.config.settings import Configuration


class Boundary:
    """The repository that a configuration file stands in; its directory, where there is none."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._repository = Roots((root_of(configuration.directory or os.curdir),), DISK)

    def holds(self, path: str) -> bool:
        return self._repository.hold(path)

    def path(self, name: str, at: KeyPath) -> str:
        """The path of a file that the setting `at` names. Raises UsageError where it lies outside."""
        path = os.path.normpath(os.path.join(self._configuration.directory, name))
        if not self.holds(path):
            raise self._fault(at, f"{name} leads out of the repository of the configuration; name it as an option")
        return path

    def beside(self, names: Iterable[str]) -> Iterator[str]:
        """The paths of those files, counted from the configuration file, that lie inside."""
        paths = (os.path.normpath(os.path.join(self._configuration.directory, name)) for name in names)
        return filter(self.holds, paths)

    def root(self) -> tuple[str, ...]:
        """The directory that the input may lead to. Raises UsageError where it is not at or below the configuration."""
        given = self._configuration.root
        if given is None:
            return ()
        directory = self._configuration.directory or os.curdir
        path = os.path.normpath(os.path.join(directory, given))
        if not Roots((directory,), DISK).hold(path):
            raise self._fault(("root",), f"{given} leads out of the configuration's directory; --root takes any")
        return (path,)

    def _fault(self, at: KeyPath, message: str) -> UsageError:
        from sglint.config.kinds import dotted

        given = self._configuration.given.get(at)
        place = given.location if given is not None else whole_file(self._configuration.path)
        return UsageError(f"{place}: {dotted(at)}: {message}")
