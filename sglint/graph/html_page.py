"""The page: one file that needs nothing else, and that its own content security policy keeps from loading anything."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256

from sglint import __version__
from sglint.graph.document import Graph
from sglint.graph.json_graph import document
from sglint.graph.layout import lay_out
from sglint.graph.palette import named
from sglint.graph.resources import resource
from sglint.graph.svg import drawing
from sglint.graph.text import xml

_SCRIPTS = ("model.js", "filter.js", "arrange.js", "view.js", "details.js", "main.js")
"""In the order in which they use each other."""
_PLACE = re.compile(r"\{\{([a-z]+)\}\}")


def render(graph: Graph) -> str:
    """The page. Its script and style are allowed by their hashes; nothing else may run or load."""
    style = "\n" + named() + resource("picture.css") + resource("page.css")
    script = "\n" + "\n".join(resource(name) for name in _SCRIPTS)
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    heading = _heading(graph)
    parts = {
        "policy": policy,
        "generator": f"sglint {__version__}",
        "title": xml(f"Security groups: {heading}"),
        "style": style,
        "heading": xml(heading),
        "status": f"{len(graph.groups)} groups",
        "picture": drawing(lay_out(graph, with_egress=True)),
        "data": _script_data(graph),
        "script": script,
    }
    return _PLACE.sub(lambda place: parts[place[1]], resource("page.html"))


def _heading(graph: Graph) -> str:
    paths = tuple(dict.fromkeys(graph.units[cluster.unit].path or "." for cluster in graph.clusters))
    return paths[0] if len(paths) == 1 else f"{len(paths)} units"


def _script_data(graph: Graph) -> str:
    """JSON that no text of the input can end the element of: ASCII, and without `<`, `>` and `&`."""
    text = json.dumps(document(graph), separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")
