"""Which arguments of a resource the provider does not keep as they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sglint.model.values import Value
from sglint.reading.syntax import Block, Expression, Literal, Name, TupleCons
from sglint.terraform.attributes import Blocks


def unmanaged_arguments(block: Block, written: Mapping[str, Value]) -> tuple[str, ...]:
    """Arguments whose changes the resource ignores, and those whose dynamic blocks come to none.

    No block at all says nothing to the provider, unlike an empty list.
    """
    ignored = {name for inner in block.body.blocks if inner.type == "lifecycle" for name in _ignored(inner)}
    return tuple(
        name
        for name, value in written.items()
        if name in ignored or "all" in ignored or (isinstance(value.data, Blocks) and not value.data)
    )


def _ignored(lifecycle: Block) -> Iterator[str]:
    """The names in `ignore_changes`, `all` among them; in JSON and in old configurations they are texts."""
    attribute = lifecycle.body.attributes.get("ignore_changes")
    listed = attribute.expression if attribute is not None else None
    items: tuple[Expression, ...] = listed.items if isinstance(listed, TupleCons) else (listed,) if listed else ()
    for item in items:
        match item:
            case Name(name=name) | Literal(value=str(name)):
                yield name
