"""The environments that a Terraform root module is judged under, each with its variable files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from sglint.config.settings import Configuration, Directory
from sglint.model.record import field, frozen, mutable
from sglint.patterns import Patterns


@frozen
class Environment:
    """One set of variable files. A root module without environments is judged under one that has no name."""

    name: str
    variable_files: tuple[str, ...]


@mutable
class Environments:
    """What a configuration says about variable files, applied to root modules.

    A file is looked for in the root module's directory first and beside the configuration file then. An environment
    none of whose files a module has is none of that module's.
    """

    configuration: Configuration
    _missing: dict[str, bool] = field(default_factory=dict)
    """Of each file that was looked for, whether no module has it."""

    def of(self, module: str, exists: Callable[[str], bool]) -> tuple[Environment, ...]:
        """The environments of the root module in a directory: at least one. `exists` says which files there are."""
        directory = self._settings(module)
        general = tuple(self._present(module, directory.variable_files or (), exists))
        named = []
        for name, files in sorted((directory.environments or {}).items()):
            present = tuple(self._present(module, files, exists))
            if present or not files:
                named.append(Environment(name, (*general, *present)))
        return tuple(named) or (Environment("", general),)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was looked for in vain, once all modules were asked for."""
        missing = [name for name, is_missing in self._missing.items() if is_missing]
        path = self.configuration.path
        return tuple(f"{path} names the variable file {name}, which no module judged here has" for name in missing)

    def _settings(self, module: str) -> Directory:
        found = self.configuration.terraform.general
        for each in self.configuration.terraform.directories:
            if Patterns(self.configuration.directory, each.paths).match(module or ".", is_directory=True):
                found = Directory(
                    each.paths,
                    found.variable_files if each.variable_files is None else each.variable_files,
                    found.environments if each.environments is None else each.environments,
                )
        return found

    def _present(self, module: str, names: tuple[str, ...], exists: Callable[[str], bool]) -> Iterator[str]:
        for name in names:
            places = (os.path.join(module, name), os.path.join(self.configuration.directory, name))
            path = next((place for place in map(os.path.normpath, places) if exists(place)), None)
            self._missing[name] = path is None and self._missing.get(name, True)
            if path is not None:
                yield path
