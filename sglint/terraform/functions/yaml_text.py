"""YAML as Terraform writes and reads it (go-cty-yaml): scalars by YAML 1.2's numbers and YAML 1.1's booleans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from sglint.model.limits import Excess, limits
from sglint.model.values import Data, Value
from sglint.terraform import numbers
from sglint.terraform.functions.calling import Exceeding, Implementation, Invocation, Rejected, Undecidable
from sglint.terraform.functions.yaml_scalars import ScalarError, resolve
from sglint.terraform.quoting import go_quote
from sglint.terraform.types import name_of
from sglint.terraform.values import evidence_of, normalised

if TYPE_CHECKING:
    import yaml

_WIDTH = 1 << 30


class _Mark(Protocol):
    """A place in the text, counted from 0."""

    line: int
    column: int


# ---- writing


def _encode(invocation: Invocation) -> Value:
    import yaml

    if invocation.data(0) == "":
        # PyYAML would start a document of nothing but empty text with a marker.
        return invocation.result('""\n')
    events = (
        yaml.StreamStartEvent(),
        yaml.DocumentStartEvent(explicit=False),
        *_events(invocation.arguments[0]),
        yaml.DocumentEndEvent(explicit=False),
        yaml.StreamEndEvent(),
    )
    return invocation.result(yaml.emit(events, width=_WIDTH, allow_unicode=True))


def _events(value: Value) -> Iterator[yaml.Event]:
    import yaml

    data = value.data
    if isinstance(data, tuple):
        yield yaml.SequenceStartEvent(None, None, True, flow_style=False)
        for item in data:
            yield from _events(item)
        yield yaml.SequenceEndEvent()
    elif isinstance(data, dict):
        yield yaml.MappingStartEvent(None, None, True, flow_style=False)
        for key in sorted(data):
            yield _text_event(key)
            yield from _events(data[key])
        yield yaml.MappingEndEvent()
    elif isinstance(data, str):
        yield _text_event(data)
    else:
        yield yaml.ScalarEvent(None, None, (True, True), _plain(data))


def _plain(data: Data) -> str:
    if isinstance(data, bool):
        return "true" if data else "false"
    return numbers.text(data) if isinstance(data, (int, Decimal)) else "null"


def _text_event(text: str) -> yaml.Event:
    import yaml

    return yaml.ScalarEvent(None, None, (True, True), text, style="|" if "\n" in text else '"')


# ---- reading


class _Reader:
    """Builds values from the parser's events."""

    def __init__(self, invocation: Invocation, events: Iterator[yaml.Event]) -> None:
        self._invocation = invocation
        self._evidence = evidence_of(invocation.arguments)
        self._events = events
        self._anchors: dict[str, tuple[Value, int]] = {}
        self._count = 0
        """How many values there are with every alias written out."""

    def document(self) -> Value:
        """The one document of the stream."""
        import yaml

        next(self._events)
        if not isinstance(next(self._events), yaml.DocumentStartEvent):
            raise Rejected("on line 1, column 1: missing start of document")
        value = self._value(next(self._events))
        next(self._events)
        if not isinstance(next(self._events), yaml.StreamEndEvent):
            raise Rejected("unexpected extra content after value")
        return value

    def _value(self, event: yaml.Event) -> Value:
        import yaml

        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                raise Rejected(f"reference to undefined anchor {go_quote(str(event.anchor))}")
            value, size = self._anchors[event.anchor]
            self._add(size)
            return value
        before = self._count
        self._add(1)
        if isinstance(event, yaml.ScalarEvent):
            value = self._placed(self._scalar(event))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._check_tag(event, "tag:yaml.org,2002:seq", "sequence")
            value = self._placed(tuple(self._items()))
        elif isinstance(event, yaml.MappingStartEvent):
            self._check_tag(event, "tag:yaml.org,2002:map", "mapping")
            value = self._placed(self._members())
        else:
            raise Rejected("unexpected parser event")
        if event.anchor:
            self._anchors[event.anchor] = value, self._count - before
        return value

    def _add(self, count: int) -> None:
        self._count += count
        if self._count > limits().values:
            raise Exceeding(Excess("values", f"YAML of more than {limits().values} values"))

    def _placed(self, data: Data) -> Value:
        return Value(data, self._invocation.location, self._evidence)

    def _scalar(self, event: yaml.ScalarEvent) -> Data:
        try:
            data = resolve(event.tag or "", event.value, event.style in ('"', "'"))
        except ScalarError as error:
            raise Rejected(str(error)) from None
        return normalised(data) if isinstance(data, str) else data

    def _check_tag(self, event: yaml.CollectionStartEvent, tag: str, kind: str) -> None:
        if event.tag and event.tag != tag:
            raise Rejected(f"can't interpret {kind} as {event.tag}")

    def _items(self) -> Iterator[Value]:
        import yaml

        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._value(event)

    def _members(self) -> dict[str, Value]:
        import yaml

        members: dict[str, Value] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if _is_merge(event):
                members |= self._merged(event)
                continue
            if not isinstance(event, yaml.ScalarEvent):
                raise Rejected("only strings are allowed as mapping keys")
            key = self._scalar(event)
            if key is None:
                raise Rejected("mapping key cannot be null")
            text = key if isinstance(key, str) else _plain(key)
            members[text] = self._value(next(self._events))
        return {key: members[key] for key in sorted(members)}

    def _merged(self, event: yaml.Event) -> dict[str, Value]:
        value = self._value(next(self._events))
        if isinstance(value.data, dict):
            return value.data
        if not isinstance(value.data, tuple):
            raise Rejected(f"cannot merge {name_of(value)} into mapping")
        merged: dict[str, Value] = {}
        for item in value.data:
            if not isinstance(item.data, dict):
                raise Rejected(f"cannot merge {name_of(item)} (from sequence) into mapping")
            merged |= item.data
        return merged


def _is_merge(event: yaml.Event) -> bool:
    import yaml

    return isinstance(event, yaml.ScalarEvent) and (
        event.tag == "tag:yaml.org,2002:merge" or (not event.tag and event.value == "<<")
    )


def _place(mark: _Mark | None) -> str:
    return f"on line {mark.line + 1}, column {mark.column + 1}: " if mark else ""


def _decode(invocation: Invocation) -> Value:
    import yaml

    text = invocation.text(0) or "\n"
    if re.search("[\ud800-\udfff]", text):
        raise Rejected("invalid Unicode character")
    try:
        return _Reader(invocation, yaml.parse(text, Loader=yaml.SafeLoader)).document()
    except yaml.MarkedYAMLError as error:
        raise Rejected(f"{_place(error.problem_mark)}{error.problem}") from None
    except yaml.YAMLError as error:
        raise Rejected(str(error)) from None
    except (RecursionError, OverflowError):
        raise Undecidable("YAML that is nested too deeply") from None


IMPLEMENTATIONS: dict[str, Implementation] = {"yamldecode": _decode, "yamlencode": _encode}
