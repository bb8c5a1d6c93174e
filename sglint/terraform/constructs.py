"""The construct that wrote a block, where CDK for Terraform did.

Its stacks are Terraform JSON, with the construct's path as metadata in the comment property `//` of each block.
"""

from __future__ import annotations

from sglint.reading.syntax import Block, Expression, Literal, ObjectCons


def construct_path(block: Block) -> str | None:
    """The path of the construct (`stack/network/web`), None for a block that a person wrote."""
    comment = block.body.attributes.get("//")
    if comment is None:
        return None
    path = _member(_member(comment.expression, "metadata"), "path")
    return path.value if isinstance(path, Literal) and isinstance(path.value, str) else None


def _member(expression: Expression | None, name: str) -> Expression | None:
    if isinstance(expression, ObjectCons):
        for key, value in expression.items:
            if isinstance(key, Literal) and key.value == name:
                return value
    return None
