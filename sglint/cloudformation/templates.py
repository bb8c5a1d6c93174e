"""Evaluates CloudFormation templates: one file with the stacks nested in it, or several stacks together."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from sglint.aws.resources import Evaluated, Resource
from sglint.cloudformation.deployment import Deployment, Template
from sglint.cloudformation.exports import Exporter, Exports
from sglint.cloudformation.inputs import Inputs
from sglint.cloudformation.stack import Stack
from sglint.model.location import whole_file
from sglint.model.values import Value
from sglint.reading.files import Asked, Files, Trace, Unreadable
from sglint.reading.templates import is_template


def evaluate(
    path: str,
    inputs: Inputs,
    files: Files,
    types: Collection[str] | None = None,
    exports: Exports | None = None,
) -> Evaluated:
    """One template as a stack of its own, with the nested stacks whose templates are local files.

    `types` are the resource types of interest, None for all, or a `Wanted` mapping. `exports` holds what other
    templates of the run export. A file that holds no document comes back as a problem.
    """
    deployment = Deployment(files, types, exports or Exports())
    try:
        document = deployment.read(path)
    except Unreadable as error:
        return Evaluated(problems=(error.problem,))
    return evaluate_stacks((Template(path, document, parameters=inputs.parameters),), deployment)


def evaluate_stacks(templates: Iterable[Template], deployment: Deployment) -> Evaluated:
    """The stacks of one unit, which see each other's exports before those that the deployment knows."""
    stacks: list[Stack] = []
    resources: list[Resource] = []
    deployment.exports = Exports(stacks, deployment.exports)
    for template in templates:
        with _bounded(template, deployment):
            stacks.append(Stack(template, deployment))
    for stack in stacks:
        with _bounded(stack.template, deployment):
            resources += stack.resources()
    return Evaluated(
        tuple(resources),
        tuple(deployment.unresolved),
        tuple(sorted(deployment.problems)),
        frozenset() if deployment.has_cycle else frozenset(deployment.followed),
        choices={name: values for stack in stacks for name, values in stack.choices.items()},
        uses=partial(_used, stacks),
        release=partial(_release, stacks),
    )


def _release(stacks: Iterable[Stack]) -> None:
    for stack in stacks:
        stack.release()


def _used(stacks: Iterable[Stack], groups: frozenset[str]) -> frozenset[str]:
    """Those of the groups that something in the stacks may put to use."""
    found = {address for stack in stacks for address in stack.used()}
    prefixes = tuple(address for address in found if not address or address.endswith("/"))
    return frozenset(group for group in groups if group in found or group.startswith(prefixes))


@contextmanager
def _bounded(template: Template, deployment: Deployment) -> Iterator[None]:
    """Makes a problem of a template that refers from one thing to the next more deeply than can be followed."""
    try:
        yield
    except RecursionError:
        deployment.report(whole_file(template.path), "its functions and references are nested too deeply")


def exports_of(paths: Iterable[str], inputs: Inputs, files: Files) -> Exports:
    """What the templates of a run export to each other. None of them is read before an import asks.

    A group exported by `network.yaml` is known elsewhere as `network/WebSG`. Templates without an `Export` are not
    evaluated; faults in the others are reported where they are evaluated in their own right.
    """
    deferred = _Deferred(tuple(paths), inputs, files)
    deferred.exports = _Shared(deferred, files)
    return deferred.exports


class _Shared(Exports):
    """Exports that are worked out for whoever asks first. To each who asks, all counts as asked that they rest on."""

    def __init__(self, exporters: Iterable[Exporter], files: Files) -> None:
        super().__init__(exporters)
        self._files = files
        self._trace: Trace = {(Asked.EXPORTS, ""): None}

    def find(self, environment: str, name: str) -> Value | None:
        with self._files.traced() as trace:
            found = super().find(environment, name)
        self._trace.update(trace)
        self._files.note(self._trace)
        return found


class _Deferred:
    """The stacks that the templates at some paths make, each made when it is come to."""

    def __init__(self, paths: tuple[str, ...], inputs: Inputs, files: Files) -> None:
        self._paths = paths
        self._inputs = inputs
        self._files = files
        self.exports = Exports()

    def __iter__(self) -> Iterator[Exporter]:
        for path in self._paths:
            try:
                if b"Export" not in self._files.peek(path):
                    continue
                deployment = Deployment(self._files, exports=self.exports)
                document = deployment.read(path)
            except (Unreadable, OSError):
                continue
            if not is_template(document):
                continue
            stem = os.path.splitext(os.path.basename(path))[0]
            yield Stack(Template(path, document, f"{stem}/", self._inputs.parameters), deployment)
