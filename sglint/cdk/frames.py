"""Stack frames as aws-cdk-lib records them, and which of them are a user's own code.

A frame reads `new WebStack (/app/lib/web-stack.ts:10:16)`, `__init__ (/app/app.py:26)` or just a place; a line such as
`...aws-cdk-lib, jsii runtime...` stands for frames that the library left out (core/lib/private/stack-trace.ts).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from sglint.model.record import frozen

_FRAME = re.compile(r"\s*(?:at )?(?:[^(]* \()?(?P<file>.+?):(?P<line>\d+)(?::(?P<column>\d+))?\)?\s*")
_URL = re.compile(r"file://(?:/(?=[A-Za-z]:))?")
_LIBRARY = re.compile(
    r"(?:^|[/\\])(?:node_modules|site-packages|dist-packages|jsii-[\w-]+|tmp\w{8}[/\\](?:bin|lib)|lib/python3(?:\.\d+)?)[/\\]"
    r"|^(?:node:|internal/|<|webpack-internal:)"
)


@frozen
class Frame:
    """A place in a program. `column` counts UTF-16 units from 1, as JavaScript does; Python records none."""

    file: str
    line: int
    column: int | None = None


def own_frames(trace: Iterable[str]) -> Iterator[Frame]:
    """The frames of a trace that are no library's, innermost first."""
    for text in trace:
        match = _FRAME.fullmatch(text)
        if match is None:
            continue
        file = match["file"]
        if url := _URL.match(file):
            file = unquote(file[url.end() :])
        line, column = int(match["line"]), int(match["column"] or 0)
        if line > 0 and not _LIBRARY.search(file):
            yield Frame(file, line, column or None)
