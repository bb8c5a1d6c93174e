"""The modules of the input by directory, each read once, and where calls lead."""

from __future__ import annotations

import os

from sglint.reading.files import Files, Unreadable
from sglint.reading.syntax import Literal
from sglint.terraform import paths
from sglint.terraform.module import Module, configuration_files, load

_MANIFEST = ".terraform/modules/modules.json"


class Modules:
    """Loads module directories, and finds the directory that a module call leads to."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self._modules: dict[str, Module] = {}
        self._manifests: dict[str, dict[str, str]] = {}

    def load(self, directory: str) -> Module:
        """The module in a directory, which may hold none."""
        key = os.path.normpath(directory or ".")
        if key not in self._modules:
            self._modules[key] = load(directory, self.files)
        return self._modules[key]

    def calls(self, directory: str) -> set[str]:
        """The directories, normalised, of the local modules that a module calls itself."""
        found: set[str] = set()
        for block in self.load(directory).blocks["module"].values():
            attribute = block.body.attributes.get("source")
            source = attribute.expression if attribute is not None else None
            if isinstance(source, Literal) and isinstance(source.value, str) and paths.is_local(source.value):
                found.add(paths.called(directory, source.value))
        return found

    def directory_of(self, source: str, caller: str, path: str, root: str) -> str | None:
        """The directory of the module that a call in directory `caller` names; None when it is not on disk.

        `path` holds the names of the calls that lead to it from the root module's directory `root`, as the manifest
        that `terraform init` writes there has them (`web.network`).
        """
        if paths.is_local(source):
            directory: str | None = paths.called(caller, source)
        else:
            directory = self._manifest(root).get(path)
        return directory if directory is not None and self._holds_module(directory) else None

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
        except (Unreadable, ValueError):
            return {}
        records = content.get("Modules") if isinstance(content, dict) else None
        found: dict[str, str] = {}
        for record in records if isinstance(records, list) else ():
            key, directory = (record.get("Key"), record.get("Dir")) if isinstance(record, dict) else (None, None)
            if isinstance(key, str) and isinstance(directory, str) and key:
                found[key] = paths.called(root, directory)
        return found
