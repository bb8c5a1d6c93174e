"""The modules of the input by directory, each read once, and where calls lead."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress

from sglint.reading.files import WIDER, Asked, Files, Trace, Unreadable
from sglint.reading.spellings import Spellings
from sglint.reading.syntax import Block, File, Literal
from sglint.terraform import paths
from sglint.terraform.module import Labels, Module, configuration_files, load, read_file
from sglint.terraform.room import Room

_MANIFEST = ".terraform/modules/modules.json"
_AT_HAND = 300_000
"""How many bytes of text are kept as syntax, which is sixty times as large, until their module is loaded."""


class Modules:
    """Loads module directories, and finds the directory that a module call leads to."""

    def __init__(self, files: Files, known: Iterable[str] = ()) -> None:
        """`known` are directories that go by these paths, however calls come to them."""
        self.files = files
        self._spellings = Spellings(known, files.tree)
        self._modules: dict[str, Module] = {}
        self._traces: dict[str, Trace] = {}
        self._at_hand: dict[str, File] = {}
        """Files that were read to see what their modules call, by path."""
        self._at_hand_bytes = 0
        self._manifests: dict[str, dict[str, str]] = {}
        self._room = Room()
        self._met: set[str] = set()
        """The directories of the modules that there was to be room for."""

    def load(self, directory: str) -> Module:
        """The module in a directory, which may hold none."""
        directory = self._spellings.of(directory)
        key = os.path.normpath(directory or os.curdir)
        if key not in self._modules:
            with self.files.traced() as trace:
                self._modules[key] = load(directory, self.files, self._at_hand, self._room)
            self._traces[key] = trace
        else:
            self.files.note(self._traces[key])
            if key not in self._met:
                self._make_room(key)
        self._met.add(key)
        return self._modules[key]

    def _make_room(self, key: str) -> None:
        """For a module that was loaded for another root module."""
        module = self._modules[key]
        problems = [problem for source in module.sources if (problem := self._room.take(source)) is not None]
        if problems:
            self._modules[key] = Module(module.directory, problems=problems, is_cut=True)

    def begin(self) -> None:
        """From here on modules are loaded for another root module."""
        self._room = Room()
        for key in self._met:
            if key in self._modules and self._modules[key].is_cut:
                self.release(key)
        self._met.clear()

    def forget(self) -> None:
        """Lets go of all modules. They are loaded again where they are asked for."""
        self._modules.clear()
        self._traces.clear()
        self._at_hand.clear()
        self._at_hand_bytes = 0

    def release(self, directory: str) -> None:
        """Lets go of one module, which is loaded again where it is asked for."""
        self._modules.pop(os.path.normpath(directory), None)
        self._traces.pop(os.path.normpath(directory), None)

    def calls(self, directory: str) -> set[str]:
        """The directories, normalised, of the local modules that a module calls itself.

        Nothing of it is read but the files that hold a call, unless it has files that override others.
        """
        found: set[str] = set()
        ordinary, overrides = configuration_files(self.files.names(directory))
        if overrides:
            self.begin()
        calls = self.load(directory).blocks["module"] if overrides else self._calls_in(directory, ordinary)
        for block in calls.values():
            attribute = block.body.attributes.get("source")
            source = attribute.expression if attribute is not None else None
            if isinstance(source, Literal) and isinstance(source.value, str) and paths.is_local(source.value):
                found.add(self._spellings.name(paths.called(directory, source.value)))
        return found

    def _calls_in(self, directory: str, names: Iterable[str]) -> dict[Labels, Block]:
        directory = self._spellings.of(directory)
        calls: dict[Labels, Block] = {}
        for path in (paths.joined(directory, name) for name in names):
            self.files.note({(Asked.CONTENT, path): None})  # without a call too: it may come to hold one
            if path.endswith(".json") or b"module" in self.files.peek(path):
                with suppress(Unreadable):
                    file = read_file(path, self.files)
                    self._keep(path, file)
                    for block in file.body.blocks:
                        if block.type == "module" and len(block.labels) == 1:
                            calls.setdefault(block.labels, block)
        return calls

    def _keep(self, path: str, file: File) -> None:
        size = len(self.files.read(path).data)
        if self._at_hand_bytes + size <= _AT_HAND:
            self._at_hand[path] = file
            self._at_hand_bytes += size

    def directory_of(self, source: str, caller: str, path: str, root: str) -> str | None:
        """The directory of the module that a call in directory `caller` names; None when it is not on disk.

        `path` holds the names of the calls that lead to it from the root module's directory `root`, as the manifest
        that `terraform init` writes there has them (`web.network`).
        """
        directory = self._named(source, caller, path, root)
        return directory if directory is not None and self._holds_module(directory) else None

    def why_not(self, source: str, caller: str, path: str, root: str) -> str:
        """Why `directory_of` gives none."""
        directory = self._named(source, caller, path, root)
        if directory is None or not self.files.refuses(directory):
            return "its source is not on disk"
        return f"its source, {directory}, lies outside the input; {WIDER}"

    def _named(self, source: str, caller: str, path: str, root: str) -> str | None:
        return paths.called(caller, source) if paths.is_local(source) else self._manifest(root).get(path)

    def _holds_module(self, directory: str) -> bool:
        ordinary, overrides = configuration_files(self.files.names(directory))
        return bool(ordinary or overrides)

    def _manifest(self, root: str) -> dict[str, str]:
        if root not in self._manifests:
            self._manifests[root] = self._read_manifest(root)
        return self._manifests[root]

    def _read_manifest(self, root: str) -> dict[str, str]:
        path = paths.joined(root, _MANIFEST)
        if not self.files.exists(path):
            return {}
        import json

        try:
            content = json.loads(self.files.read(path).text)
        except (Unreadable, ValueError, RecursionError):
            return {}
        records = content.get("Modules") if isinstance(content, dict) else None
        found: dict[str, str] = {}
        for record in records if isinstance(records, list) else ():
            key, directory = (record.get("Key"), record.get("Dir")) if isinstance(record, dict) else (None, None)
            if isinstance(key, str) and isinstance(directory, str) and key:
                found[key] = paths.called(root, directory)
        return found
