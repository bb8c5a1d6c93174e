"""The tags of a resource, from all places that give it some."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sglint.aws.resources import Resource
from sglint.model.values import Conditional, Unknown, Value, alternatives

_MOST = 200
"""How many tags are read: AWS refuses more than 50, and each resource may have the same thousands."""


class Tags:
    """Collects tags; a later place overrides an earlier one. `may_have_others` says that some keys are not known."""

    def __init__(self) -> None:
        self.found: dict[str, Value] = {}
        self.may_have_others = False

    def add_map(self, value: Value | None) -> Tags:
        """Tags as a map; what only some of its alternatives hold may or may not be there."""
        choices = [chosen for _, chosen in alternatives(value)] if value is not None else []
        if any(_are_too_many(chosen) for chosen in choices):
            self.may_have_others = True
            return self
        maps = [dict(_present(chosen.entries().items())) for chosen in choices]
        for found in maps:
            self.found.update((key, item) for key, item in found.items() if all(key in other for other in maps))
        self.may_have_others |= any(isinstance(chosen.data, Unknown) for chosen in choices)
        self.may_have_others |= any(found.keys() != maps[0].keys() for found in maps)
        return self

    def add_list(self, value: Value | None) -> Tags:
        """Tags as a list of objects with `Key` and `Value`."""
        if value is None:
            return self
        self.may_have_others |= isinstance(value.data, (Unknown, Conditional)) or _are_too_many(value)
        for item in value.items() if not _are_too_many(value) else ():
            key, text = item.get("Key"), item.get("Value")
            if key is not None and isinstance(key.data, str) and text is not None:
                self.found[key.data] = text
            else:
                self.may_have_others = True
        return self


def _are_too_many(value: Value) -> bool:
    return isinstance(value.data, (dict, tuple)) and len(value.data) > _MOST


def _present(entries: Iterable[tuple[str, Value]]) -> Iterator[tuple[str, Value]]:
    return ((key, value) for key, value in entries if value.data is not None)


def of_stack(resource: Resource) -> Tags:
    """The tags of a resource of CloudFormation: its own over those of its stack."""
    return Tags().add_map(resource.attributes.get("stack_tags")).add_list(resource.arguments.get("Tags"))
