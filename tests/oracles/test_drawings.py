"""What `sglint graph` writes for other programs, given to these: Graphviz, and Mermaid in Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sglint.graph import dot, mermaid
from sglint.graph.document import Graph
from tests.graph.drawing import HOSTILE, SHOP, drawn, hostile, large
from tests.oracles.browser import chromium
from tests.oracles.gate import require

_GRAPHS: dict[str, Callable[[], Graph]] = {
    "shop": lambda: drawn(SHOP),
    "two units": lambda: drawn(SHOP, SHOP),
    "hostile": hostile,
    "empty": Graph,
}
_START_OF_NAME = HOSTILE[:15]


@pytest.mark.parametrize("name", _GRAPHS)
def test_graphviz_draws_it(name: str) -> None:
    tool = require("dot (Debian: graphviz)", shutil.which("dot"))
    graph = _GRAPHS[name]()
    done = subprocess.run([tool, "-Tsvg"], input=dot.render(graph), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    root = ElementTree.fromstring(done.stdout)
    classes = [element.get("class") for element in root.iter()]
    assert classes.count("node") == len(graph.nodes)
    assert classes.count("edge") == len(graph.edges)
    if name == "hostile":
        assert any((element.text or "").startswith(_START_OF_NAME) for element in root.iter())


_RENDER = """
const [text, done] = arguments;
mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
mermaid.render("picture", text).then(
  ({ svg }) => { document.body.innerHTML = svg; done(null); },
  (error) => done(String(error)),
);
"""


def test_mermaid_draws_it(tmp_path: Path) -> None:
    library = require("mermaid.min.js (SGLINT_MERMAID)", os.environ.get("SGLINT_MERMAID"))
    page = tmp_path / "mermaid.html"
    script = Path(library).read_text(encoding="utf-8").replace("</script>", "<\\/script>")
    page.write_text(f'<!doctype html><meta charset="utf-8"><body><script>{script}</script>', encoding="utf-8")
    graphs: dict[str, Callable[[], Graph]] = {**_GRAPHS, "large": partial(large, 500)}
    with chromium(tmp_path / "profile") as browser:
        browser.set_script_timeout(120)
        for name, graph in graphs.items():
            browser.get(page.as_uri())
            text = mermaid.render(graph())
            assert browser.execute_async_script(_RENDER, text) is None, name
            nodes = browser.find_elements("css selector", ".node")
            shown = text.count("\n    p") + text.count("\n    g") + text.count("\n    r") + text.count("\n  left_out")
            assert len(nodes) == shown, name
            assert browser.find_elements("css selector", "body img, body script, body iframe") == []
            if name == "hostile":
                assert any(node.text.startswith(_START_OF_NAME) for node in nodes)
