"""What a cloud assembly's `manifest.json` lists: stacks, with what says where they come from.

Source: the cloud assembly schema (@aws-cdk/cloud-assembly-schema), versions 38 to 55. Artifacts of other types, and
properties that a later version adds, are passed over.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from sglint.cdk.shapes import array, mapping, read_object, text
from sglint.model.location import Problem, whole_file
from sglint.model.record import field, frozen
from sglint.reading.files import Files, Unreadable

MANIFEST = "manifest.json"
_MAX_NESTING = 20
_ENVIRONMENT = re.compile(r"aws://(?P<account>[^/]+)/(?P<region>[^/]+)")


@frozen
class Stack:
    """A stack as its assembly records it.

    `path` is its construct path (`Prod/Web`) and `name` what CloudFormation calls it. `account` and `region` are None
    for a stack that may be deployed anywhere. `metadata` holds entries by construct path; it comes from the manifest
    or from the file the manifest names. `assets` are template files by a text that their URLs hold.
    """

    path: str
    name: str
    manifest: str
    template: str
    account: str | None = None
    region: str | None = None
    tags: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)
    metadata: dict[str, list[object]] = field(default_factory=dict)
    assets: dict[str, str] = field(default_factory=dict)


@frozen
class Assembly:
    """All stacks of an assembly, those of its stages too, in the manifests' order."""

    stacks: tuple[Stack, ...]
    trees: tuple[str, ...]
    """The paths of construct tree files."""
    problems: tuple[Problem, ...]


def read_assembly(directory: str, files: Files) -> Assembly:
    """The assembly in a directory. What of it cannot be read is a problem; the rest is there."""
    return _Reading(directory, files).assembly()


class _Reading:
    def __init__(self, directory: str, files: Files) -> None:
        self._directory = directory
        self._root = os.path.realpath(directory)
        self._files = files
        self._stacks: list[Stack] = []
        self._trees: list[str] = []
        self._problems: list[Problem] = []

    def assembly(self) -> Assembly:
        self._read(self._directory, 0)
        return Assembly(tuple(self._stacks), tuple(self._trees), tuple(self._problems))

    def _read(self, directory: str, depth: int) -> None:
        path = os.path.join(directory, MANIFEST)
        content = self._object(path)
        if content is None:
            return
        if not isinstance(content.get("artifacts", {}), dict) or "version" not in content:
            self._problem(path, "is not the manifest of a cloud assembly", "synthesize the app again")
            return
        artifacts = {name: mapping(artifact) for name, artifact in mapping(content.get("artifacts")).items()}
        assets = self._assets(directory, artifacts)
        for name, artifact in artifacts.items():
            kind, properties = artifact.get("type"), mapping(artifact.get("properties"))
            if kind == "aws:cloudformation:stack":
                self._read_stack(directory, name, artifact, assets)
            elif kind == "cdk:cloud-assembly":
                nested = self._inside(path, directory, name, properties.get("directoryName"))
                if nested is not None and depth < _MAX_NESTING:
                    self._read(nested, depth + 1)
            elif kind == "cdk:tree":
                tree = self._inside(path, directory, name, properties.get("file"))
                if tree is not None:
                    self._trees.append(tree)

    def _read_stack(self, directory: str, name: str, artifact: dict[str, object], assets: dict[str, str]) -> None:
        manifest = os.path.join(directory, MANIFEST)
        properties = mapping(artifact.get("properties"))
        template = self._inside(manifest, directory, name, properties.get("templateFile"))
        if template is None:
            return
        metadata = {path: array(entries) for path, entries in mapping(artifact.get("metadata")).items()}
        if "additionalMetadataFile" in artifact:
            extra = self._inside(manifest, directory, name, artifact["additionalMetadataFile"])
            content = self._object(extra) if extra is not None else None
            for path, entries in (content or {}).items():
                metadata.setdefault(path, []).extend(array(entries))
        environment = _ENVIRONMENT.fullmatch(text(artifact.get("environment")) or "")
        self._stacks.append(
            Stack(
                path=text(artifact.get("displayName")) or name,
                name=text(properties.get("stackName")) or name,
                manifest=manifest,
                template=template,
                account=_known(environment, "account"),
                region=_known(environment, "region"),
                tags=_strings(properties.get("tags")),
                parameters=_strings(properties.get("parameters")),
                metadata=metadata,
                assets={**assets, **dict(_legacy_assets(directory, metadata))},
            )
        )

    def _assets(self, directory: str, artifacts: dict[str, dict[str, object]]) -> dict[str, str]:
        """The template files among the assets of an assembly, by the object key under which they are published."""
        found: dict[str, str] = {}
        manifest = os.path.join(directory, MANIFEST)
        for name, artifact in artifacts.items():
            if artifact.get("type") != "cdk:asset-manifest":
                continue
            path = self._inside(manifest, directory, name, mapping(artifact.get("properties")).get("file"))
            content = self._object(path) if path is not None else None
            for asset in map(mapping, mapping((content or {}).get("files")).values()):
                source = text(mapping(asset.get("source")).get("path"))
                if source is None or not source.endswith(".json"):
                    continue
                for destination in map(mapping, mapping(asset.get("destinations")).values()):
                    key = text(destination.get("objectKey"))
                    if key:
                        found[key] = os.path.join(directory, source)
        return found

    def _inside(self, manifest: str, directory: str, name: str, relative: object) -> str | None:
        """The path of something that the manifest names, None, which is a problem, where that is none of its own."""
        if not isinstance(relative, str) or not relative:
            self._problem(manifest, f'the artifact "{name}" names no file', "synthesize the app again")
            return None
        path = os.path.join(directory, relative)
        real = "" if "\0" in path else os.path.realpath(path)
        if real != self._root and not real.startswith(self._root + os.sep):
            self._problem(manifest, f'the artifact "{name}" names "{relative}", which lies outside the assembly')
            return None
        return path

    def _object(self, path: str) -> dict[str, object] | None:
        try:
            return read_object(self._files, path)
        except Unreadable as error:
            self._problems.append(error.problem)
            return None

    def _problem(self, path: str, message: str, hint: str = "") -> None:
        self._problems.append(Problem(whole_file(path), message, hint))


def _legacy_assets(directory: str, metadata: dict[str, list[object]]) -> Iterator[tuple[str, str]]:
    """Assets that a stack of the legacy synthesizer takes by parameters, by the hash that is part of their names."""
    for entries in metadata.values():
        for entry in map(mapping, entries):
            data = mapping(entry.get("data"))
            path, mark = text(data.get("path")), text(data.get("id"))
            if entry.get("type") == "aws:cdk:asset" and path and mark:
                yield mark, os.path.join(directory, path)


def _known(environment: re.Match[str] | None, part: str) -> str | None:
    value = environment[part] if environment is not None else None
    return None if value is None or value.startswith("unknown-") else value


def _strings(value: object) -> dict[str, str]:
    return {name: item for name, item in mapping(value).items() if isinstance(item, str)}
