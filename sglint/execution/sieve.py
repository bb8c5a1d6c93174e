"""Which files cannot give rise to any finding, told by their bytes: they are not parsed.

A resource counts only when its type is one that translation reads, and a type is written out where it counts: as a
label of a block, or as the `Type` of a CloudFormation resource. What hides it from a search is an escape, a macro, or
that it stands in another file; files with any of these are let through, as is all that says something to sglint.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import cache

from sglint.discovery import Prospect, looks_like_plan
from sglint.execution.answers import Answers, says_export
from sglint.reading.files import Files, is_utf16


class Sieve:
    """Tells files that matter from others, and lets go at once of the bytes of those."""

    def __init__(self, files: Files, remembered: Callable[[], Answers | None] | None = None) -> None:
        """`remembered` gives what files told in an earlier run. It is asked for only where there are many of them."""
        self._files = files
        self._remembered = remembered
        self._answers: Answers | None = None
        self._asked = 0

    def may_matter(self, path: str) -> bool:
        """Whether something may come of a file of a Terraform module."""
        return self._fact(path, _of_terraform) != _NOTHING

    def prospect(self, path: str) -> Prospect:
        """What a YAML or JSON file that is met on the way may be."""
        return _PROSPECTS.get(self._fact(path, _of_document), Prospect.UNSEEN)

    def _fact(self, path: str, tell: Callable[[bytes], str]) -> str:
        self._asked += 1
        if self._asked == MANY and self._remembered is not None:
            self._answers = self._remembered()
        if self._answers is not None:
            found = self._answers.fact(path, tell)
        else:
            try:
                found = tell(self._files.peek(path))
            except OSError:
                return ""
        if found == _NOTHING:
            self._files.drop(path)
        return found


MANY = 300
"""From how many files on it pays to look up what is known of them."""
_NOTHING = "-"
_PROSPECTS = {_NOTHING: Prospect.NOTHING, "t": Prospect.TEMPLATE, "e": Prospect.TEMPLATE}


def _of_terraform(data: bytes) -> str:
    return "m" if may_matter(data) else _NOTHING


def _of_document(data: bytes) -> str:
    if looks_like_plan(data) or is_utf16(data):
        return "?"
    from sglint.reading.templates import looks_like_template

    if not looks_like_template(data) or not template_may_matter(data):
        return _NOTHING
    return says_export(data)


_MODULE_CALL = rb'module[\s"/](?<![\w.-]module[\s"/])'
"""It starts with what is rare, which makes the search ten times faster."""
_TELLING = (b"sglint", rb"\u", rb"\U")
_TELLING_IN_TEMPLATE = (
    *_TELLING,
    *(rb"\x", b"\\\n", b"\\\r"),
    *(
        b"Export",
        b"Transform",
        b"Fn::ForEach",
        b"AWS::CloudFormation::Stack",
        b"AWS::CloudFormation::Macro",
        b"::MODULE",
    ),
)
"""What lets a template be of consequence without a resource of its own that is in sight: it exports, nests, is made of
more, or is written with escapes."""


def may_matter(data: bytes) -> bool:
    """Whether a Terraform file may hold a resource that counts, a call of a module, or a word to sglint."""
    return (
        _terraform().search(data) is not None
        or (b"module" in data and re.search(_MODULE_CALL, data) is not None)
        or any(word in data for word in _TELLING)
        or is_utf16(data)
    )


def template_may_matter(data: bytes) -> bool:
    """Whether a template may hold a resource that counts, matter to another one, or have a word to sglint."""
    return _template().search(data) is not None or any(word in data for word in _TELLING_IN_TEMPLATE)


@cache
def _terraform() -> re.Pattern[bytes]:
    from sglint.aws.terraform import READ

    return re.compile(_types(READ))


@cache
def _template() -> re.Pattern[bytes]:
    from sglint.aws.cloudformation import READ

    return re.compile(_types(READ))


def _types(types: Collection[str]) -> bytes:
    """Any of some types. They share their beginnings, which a search goes through once."""
    first = min(types)
    start = next(
        length for length in range(len(first), -1, -1) if all(type_.startswith(first[:length]) for type_ in types)
    )
    rests = sorted(re.escape(type_[start:]).encode() for type_ in types)
    return re.escape(first[:start]).encode() + b"(?:" + b"|".join(rests) + rb")(?!\w)"
