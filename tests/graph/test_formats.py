from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from sglint.graph.document import Graph
from sglint.graph.mermaid import MOST_CHARACTERS, MOST_EDGES
from sglint.graph.registry import FORMATS, render
from tests.graph.drawing import HOSTILE, SHOP, drawn, hostile, large
from tests.schemas import faults

_SVG = "{http://www.w3.org/2000/svg}"


def _graphs() -> dict[str, Callable[[], Graph]]:
    return {"shop": lambda: drawn(SHOP), "two": lambda: drawn(SHOP, SHOP), "hostile": hostile, "empty": Graph}


@pytest.mark.parametrize("name", _graphs())
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_draws_everything(form: str, name: str) -> None:
    text = render(form, _graphs()[name]())
    assert text.endswith("\n")
    assert text == render(form, _graphs()[name]()), "the same input gives the same bytes"
    assert not re.search("[\u2028\u2029\u202e]", text), "nothing in it hides or breaks lines"


# ---- JSON


@pytest.mark.parametrize("name", _graphs())
def test_the_schema_describes_every_member(name: str) -> None:
    assert faults("sglint-graph.schema.json", render("json", _graphs()[name]())) == []


def test_json_names_what_it_refers_to() -> None:
    document = json.loads(render("json", drawn(SHOP)))
    nodes = {node["id"] for kind in ("peers", "groups", "resources") for node in document[kind]}
    edges = {edge["id"] for edge in document["edges"]}
    rules = {rule["id"] for group in document["groups"] for rule in group["rules"]}
    assert {end for edge in document["edges"] for end in (edge["source"], edge["target"])} <= nodes
    assert {rule for edge in document["edges"] for rule in edge["rules"]} <= rules
    assert {edge for path in document["paths"] for edge in path["edges"]} <= edges
    assert {node for finding in document["findings"] for node in finding["nodes"]} <= nodes
    assert {finding["policy"] for finding in document["findings"]} == {policy["id"] for policy in document["policies"]}


def test_json_is_ascii_and_keeps_names_as_they_are() -> None:
    text = render("json", hostile())
    assert text.isascii()
    assert json.loads(text)["groups"][0]["address"] == HOSTILE


# ---- SVG


def test_svg_is_well_formed_and_names_every_group() -> None:
    root = ElementTree.fromstring(render("svg", drawn(SHOP)))
    titles = {element.text for element in root.iter(f"{_SVG}text") if element.get("class") == "title"}
    assert {"shop-alb", "shop-app", "shop-db", "bastion", "idle", "lb", "web", "pg", "jump", "World"} <= titles
    assert all("var(" not in (style.text or "") for style in root.iter(f"{_SVG}style"))


def test_svg_shows_traffic_and_levels() -> None:
    root = ElementTree.fromstring(render("svg", drawn(SHOP)))
    texts = [element.text for element in root.iter(f"{_SVG}text")]
    assert {"tcp 443", "tcp 8080", "tcp 5432", "udp 53", "L2", "L4", "L5", "→ all traffic"} <= set(texts)
    assert {title.text for title in root.iter(f"{_SVG}title")} >= {"tcp 443"}, "so do its lines"


def test_svg_keeps_hostile_text_text() -> None:
    root = ElementTree.fromstring(render("svg", hostile()))
    assert {element.tag.removeprefix(_SVG) for element in root.iter()} <= {
        *("svg", "style", "defs", "marker", "path", "g", "rect", "text", "tspan", "title"),
    }
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or name == "style"]


def test_svg_can_be_drawn_without_colours_by_name() -> None:
    style = next(iter(ElementTree.fromstring(render("svg", drawn(SHOP))).iter(f"{_SVG}style"))).text or ""
    light, dark = style.split("@media (prefers-color-scheme: dark)")
    assert "#ffffff" in light and "#0e1217" in dark


# ---- the page


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag
        if tag in self.raw:
            self.raw[tag].append("")

    def handle_data(self, data: str) -> None:
        if self.raw.get(self._open):
            self.raw[self._open][-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._open = ""


def _elements(graph: Graph) -> _Elements:
    parser = _Elements()
    parser.feed(render("html", graph))
    return parser


@pytest.mark.parametrize("name", _graphs())
def test_the_page_allows_only_its_own_script_and_style(name: str) -> None:
    page = _elements(_graphs()[name]())
    policy = next(str(attributes["content"]) for _, attributes in page.tags if attributes.get("http-equiv") is not None)
    directives = dict(directive.split(" ", 1) for directive in policy.split("; "))
    assert directives["default-src"] == "'none'"
    assert "unsafe" not in policy
    _, script = page.raw["script"]
    (style,) = page.raw["style"]
    for text, directive in ((script, "script-src"), (style, "style-src")):
        assert directives[directive] == f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
    assert "eval" not in script and "innerHTML" not in script and "document.write" not in script


@pytest.mark.parametrize("name", _graphs())
def test_the_page_needs_nothing_else(name: str) -> None:
    page = _elements(_graphs()[name]())
    assert not {"img", "link", "iframe", "object", "embed", "base"} & {tag for tag, _ in page.tags}
    for _, attributes in page.tags:
        assert not [key for key in attributes if key.startswith("on") or key in ("style", "src", "srcset")]
        assert (attributes.get("href") or "#").startswith("#")
    for text in page.raw["style"]:
        assert "url(" not in text and "@import" not in text


def test_no_name_ends_the_data_of_the_page() -> None:
    page = render("html", hostile())
    data = page.partition('id="graph">')[2].partition("</script>")[0]
    assert not set("<>&") & set(data)
    assert json.loads(data)["groups"][0]["address"] == HOSTILE


# ---- Mermaid


def test_mermaid_stays_within_the_limits_of_github_and_says_what_is_missing() -> None:
    text = render("mermaid", large(600))
    assert len(text) <= MOST_CHARACTERS
    edges = [line for line in text.splitlines() if re.match(r"  \w+ (-->|-\.->|---|==>)", line)]
    assert 0 < len(edges) <= MOST_EDGES
    told = re.search(r"left out, for the limits of GitHub: (\d+) groups of 600 and (\d+) lines of (\d+)", text)
    assert told is not None
    assert len(edges) + int(told[2]) == int(told[3])
    assert len(set(re.findall(r"^    (g\d+)\[", text, re.MULTILINE))) + int(told[1]) == 600
    assert "left_out[" in text, "the picture says it, too"


def test_mermaid_leaves_out_what_matters_least() -> None:
    text = render("mermaid", large(600))
    assert len(re.findall(r'-->\|"tcp 443 L2"\|', text)) == 60, "every opening to the world is there"


def test_mermaid_leaves_nothing_out_of_what_fits() -> None:
    text = render("mermaid", drawn(SHOP))
    assert "left out" not in text
    assert text.splitlines()[0] == "flowchart LR"
    assert '  g1 -->|"tcp 8080 L5"| g2' in text.splitlines()


def test_mermaid_writes_hostile_text_as_entities() -> None:
    for line in render("mermaid", hostile()).splitlines():
        for label in re.findall(r'"([^"]*)"', line):
            assert re.fullmatch(r"(?:[A-Za-z0-9 .,:/_-]|#\d+;|<br>)*", label), label
            assert "://" not in label


# ---- Graphviz


def test_dot_quotes_everything() -> None:
    text = render("dot", hostile())
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)
    assert re.fullmatch(r'[\w\s{}\[\]=,;"\->]*', outside), outside
    assert len(text.splitlines()) == len(render("dot", hostile()).splitlines())
