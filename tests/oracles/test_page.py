"""The page of `sglint graph` in real Chromium, under its own content security policy."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sglint.graph.document import Graph
from sglint.graph.html_page import render
from tests.graph.drawing import HOSTILE, SHOP, drawn, hostile, large
from tests.oracles.browser import chromium

if TYPE_CHECKING:
    from selenium.webdriver.chrome.webdriver import WebDriver

_WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
window.addEventListener("error", (event) => violations.push(event.message));
"""


class Page:
    """What a person sees of the page, and does on it."""

    def __init__(self, browser: WebDriver, directory: Path) -> None:
        self.browser = browser
        self._directory = directory

    def open(self, graph: Graph) -> None:
        path = self._directory / "graph.html"
        path.write_text(render(graph), encoding="utf-8")
        self.browser.get_log("browser")
        self.browser.get(path.as_uri())

    def ask(self, script: str, *arguments: object) -> object:
        found: object = self.browser.execute_script(f"return {script}", *arguments)
        return found

    def shown(self, kind: str = "group") -> list[str]:
        """The titles of the cards of a kind that are shown, save for those around what was asked for."""
        found = self.ask(
            "[...document.querySelectorAll(`.card.${arguments[0]}:not([display]):not(.around)`)]"
            ".map((card) => card.querySelector('.title').textContent)",
            kind,
        )
        assert isinstance(found, list)
        return sorted(found)

    def status(self) -> str:
        return str(self.browser.find_element("id", "status").text)

    def details(self) -> str:
        return str(self.browser.find_element("id", "details").text)

    def type(self, name: str, text: str) -> None:
        element = self.browser.find_element("id", name)
        element.clear()
        element.send_keys(text)

    def choose(self, name: str, text: str) -> None:
        from selenium.webdriver.support.select import Select

        Select(self.browser.find_element("id", name)).select_by_visible_text(text)

    def press(self, *keys: str) -> None:
        from selenium.webdriver import ActionChains

        for key in keys:
            ActionChains(self.browser).send_keys(key).perform()

    def click_card(self, title: str) -> None:
        self.browser.find_element("xpath", f'//*[text()="{title}" and contains(@class, "title")]').click()

    def focused(self) -> object:
        return self.ask("document.activeElement.querySelector('.title')?.textContent ?? document.activeElement.id")

    def faults(self) -> list[object]:
        """What the console says."""
        return list(self.browser.get_log("browser"))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    directory = tmp_path_factory.mktemp("page")
    with chromium(directory / "profile") as browser:
        browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _WATCH})
        yield Page(browser, directory)


@pytest.fixture
def shop(page: Page) -> Iterator[Page]:
    page.open(drawn(SHOP))
    yield page
    assert page.faults() == []
    assert page.ask("window.violations") == []


def test_everything_is_there_at_first(shop: Page) -> None:
    assert shop.shown() == ["bastion", "idle", "shop-alb", "shop-app", "shop-db"]
    assert shop.shown("resource") == ["jump", "lb", "pg", "web"]
    assert shop.status() == "5 groups"
    assert "5 groups, 12 rules, 4 resources" in shop.details()


@pytest.mark.parametrize(
    ("filtered", "groups"),
    [
        (lambda page: page.type("search", "shop-d"), ["shop-db"]),
        (lambda page: page.type("search", "198.51.7.0"), ["shop-db"]),
        (lambda page: page.type("search", "rds"), ["shop-db"]),
        (lambda page: page.type("search", "jump ssh"), ["bastion"]),
        (lambda page: page.type("search", "no such thing"), []),
        (lambda page: page.choose("severity", "high and up"), ["bastion"]),
        (lambda page: page.choose("level", "1–2: world"), ["bastion", "idle", "shop-alb"]),
        (lambda page: page.choose("level", "1: world, everything"), []),
        (lambda page: page.type("port", "5432"), ["shop-db"]),
        (lambda page: page.type("port", "20-30"), ["bastion", "shop-app"]),
        (lambda page: page.choose("tier", "data"), ["shop-db"]),
        (lambda page: page.choose("tier", "not attached here"), ["idle"]),
    ],
)
def test_filters(shop: Page, filtered: Callable[[Page], None], groups: list[str]) -> None:
    filtered(shop)
    assert shop.shown() == groups
    assert shop.status() == f"{len(groups)} of 5 groups"
    assert shop.browser.find_element("id", "nothing").is_displayed() is (groups == [])
    shop.browser.find_element("id", "clear").click()
    assert len(shop.shown()) == 5


def test_filters_hold_together(shop: Page) -> None:
    shop.choose("level", "1–2: world")
    shop.type("port", "22")
    assert shop.shown() == ["bastion"]
    assert shop.shown("peer") == ["World"]


def test_exposed_only(page: Page) -> None:
    page.open(drawn(SHOP + "group quiet\nquiet ingress tcp 443 from 10.0.0.0/8\n"))
    page.browser.find_element("id", "exposed").click()
    assert page.status() == "5 of 6 groups"
    assert "quiet" not in page.shown()


def test_egress_counts_for_ports_and_levels_where_it_is_shown(shop: Page) -> None:
    shop.type("port", "8080")
    assert shop.shown() == ["shop-app"]
    shop.browser.find_element("id", "egress").click()
    assert shop.shown() == ["shop-alb", "shop-app"]


def test_what_a_match_is_connected_to_stays_around_it(shop: Page) -> None:
    shop.type("search", "shop-db")
    around = shop.ask("[...document.querySelectorAll('.card.around .title')].map((title) => title.textContent)")
    assert around == ["shop-app"]
    assert shop.shown("resource") == ["pg"]
    assert shop.shown("peer") == ["10.0.0.0/8", "2 public networks"]


_OVERLAPS = """(() => {
  const shown = [...document.querySelectorAll(".card:not([display]) > .box")];
  const boxes = shown.map((box) => box.getBoundingClientRect());
  const meet = (one, other) =>
    Math.max(one.left, other.left) + 1 < Math.min(one.right, other.right) &&
    Math.max(one.top, other.top) + 1 < Math.min(one.bottom, other.bottom);
  return boxes.flatMap((one, index) => boxes.slice(index + 1).filter((other) => meet(one, other))).length;
})()"""
_STRAYS = """(() => {
  const data = JSON.parse(document.getElementById("graph").textContent);
  const edges = new Map(data.edges.map((edge) => [edge.id, edge]));
  const numbers = (text) => text.match(/-?[0-9.]+/g).map(Number);
  const isOn = ([x, y], id) => {
    const card = document.querySelector(`.card[data-id="${id}"]`);
    const [left, top] = numbers(card.getAttribute("transform"));
    const [width, height] = ["width", "height"].map((name) => Number(card.querySelector(".box").getAttribute(name)));
    return x >= left - 1 && x <= left + width + 1 && y >= top - 1 && y <= top + height + 1;
  };
  const wires = [...document.querySelectorAll(".wire:not([display])")];
  const strays = wires.filter((wire) => {
    const points = numbers(wire.getAttribute("d"));
    const { source, target } = edges.get(wire.dataset.id);
    return !isOn(points.slice(0, 2), source) || !isOn(points.slice(-2), target);
  });
  return [wires.length, strays.length];
})()"""


@pytest.mark.parametrize("word", ["group-1", "group-11", "group-5", "group-"])
def test_what_has_moved_neither_overlaps_nor_loses_its_lines(page: Page, word: str) -> None:
    page.open(large(120))
    page.type("search", word)
    assert page.ask(_OVERLAPS) == 0
    found = page.ask(_STRAYS)
    assert isinstance(found, list)
    assert found[0] > 10 and found[1] == 0


def test_a_port_that_is_none_is_told(shop: Page) -> None:
    shop.type("port", "ssh")
    assert "a port or a range" in shop.browser.find_element("id", "port-error").text
    assert len(shop.shown()) == 5


def test_one_vpc(page: Page) -> None:
    page.open(drawn(SHOP, "group other\nother ingress tcp 22 from 10.0.0.0/8\n"))
    page.choose("vpc", "unit-2 · no VPC named")
    assert page.shown() == ["other"]
    assert page.faults() == []


def test_egress_lines(shop: Page) -> None:
    assert shop.ask("document.querySelectorAll('.wire.egress:not([display])').length") == 0
    assert shop.ask("document.querySelectorAll('.card.destination:not([display])').length") == 0
    shop.browser.find_element("id", "egress").click()
    assert shop.ask("document.querySelectorAll('.wire.egress:not([display])').length") == 3
    assert shop.ask("document.querySelectorAll('.card.destination:not([display])').length") == 1


def test_what_is_left_is_moved_together(shop: Page) -> None:
    script = "document.querySelector('svg').viewBox.baseVal.width"
    before = shop.ask(script)
    shop.type("search", "shop-alb")
    after = shop.ask(script)
    assert isinstance(before, (int, float)) and isinstance(after, (int, float))
    assert after < before


def test_a_click_shows_rules_findings_source_and_why(shop: Page) -> None:
    shop.click_card("bastion")
    text = shop.details()
    assert "security group" in text and "jump host" in text
    assert "tcp 22 from 0.0.0.0/0" in text
    assert "SG102 ssh-from-world" in text
    assert "line 1 of" in text, "the line of code"
    assert "World → tcp 22 → jump by bastion" in text
    shop.browser.find_element("css selector", "#details summary").click()
    assert "Fix:" in shop.details() and len(shop.details()) > len(text)
    shop.browser.find_element("xpath", '//*[@id="details"]//button[text()="jump"]').click()
    assert "instance of ec2, tier compute" in shop.details()
    shop.browser.find_element("css selector", "#details .close").click()
    assert "Overview" in shop.details()


def test_a_click_beside_everything_goes_back_to_the_overview(shop: Page) -> None:
    shop.click_card("shop-db")
    assert "Overview" not in shop.details()
    shop.browser.execute_script(
        "document.querySelector('.band-ground').dispatchEvent(new MouseEvent('click', {bubbles: true}))"
    )
    assert "Overview" in shop.details()


def test_the_selection_stands_out(shop: Page) -> None:
    shop.click_card("shop-db")
    lit = shop.ask("[...document.querySelectorAll('.card.lit .title')].map((title) => title.textContent)")
    assert isinstance(lit, list)
    assert {"shop-db", "shop-app", "shop-alb", "lb", "web", "pg", "World"} <= set(lit)
    assert "idle" not in lit


def test_by_keyboard_alone(shop: Page) -> None:
    from selenium.webdriver import Keys

    shop.press("/")
    assert shop.focused() == "search"
    shop.press("shop-db")
    assert shop.shown() == ["shop-db"]
    shop.press(Keys.ESCAPE)
    assert len(shop.shown()) == 5
    for _ in range(20):
        shop.press(Keys.TAB)
        if shop.ask("document.activeElement.classList.contains('card')"):
            break
    assert shop.ask("document.activeElement.classList.contains('card')")
    shop.press(Keys.HOME)
    seen = {shop.focused()}
    for key in (Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_DOWN, Keys.ARROW_LEFT, Keys.ARROW_UP):
        shop.press(key)
        seen.add(shop.focused())
    assert len(seen) >= 3, seen
    here = shop.focused()
    shop.press(Keys.ENTER)
    assert shop.browser.find_element("css selector", "#details h2").text == here
    assert shop.ask("document.activeElement.getAttribute('aria-pressed')") == "true"
    shop.press(Keys.ESCAPE)
    assert "Overview" in shop.details()
    assert shop.focused() == here


def test_every_card_can_be_reached_by_arrows(shop: Page) -> None:
    reached = shop.ask(
        """(() => {
          const seen = new Set();
          const pending = [document.querySelector(".card[tabindex='0']")];
          while (pending.length > 0) {
            const card = pending.pop();
            if (seen.has(card)) continue;
            seen.add(card);
            for (const key of ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"]) {
              card.focus();
              card.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
              pending.push(document.activeElement);
            }
          }
          return seen.size;
        })()"""
    )
    assert reached == shop.ask("document.querySelectorAll('.card:not([display])').length")


def test_zoom(shop: Page) -> None:
    def width() -> float:
        found = shop.ask("document.querySelector('svg').width.baseVal.value")
        assert isinstance(found, (int, float))
        return found

    before = width()
    shop.browser.find_element("id", "zoom-in").click()
    assert width() > before
    shop.browser.find_element("id", "fit").click()
    assert width() == pytest.approx(before)


def test_light_and_dark(shop: Page) -> None:
    def ground() -> object:
        return shop.ask("getComputedStyle(document.body).backgroundColor")

    for scheme, expected in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(14, 18, 23)")):
        shop.browser.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        )
        assert ground() == expected
    shop.browser.find_element("id", "theme").click()
    assert ground() == "rgb(255, 255, 255)"
    shop.browser.find_element("id", "theme").click()
    assert ground() == "rgb(14, 18, 23)"
    shop.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_on_paper(shop: Page) -> None:
    shop.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert not shop.browser.find_element("id", "filters").is_displayed()
    assert not shop.browser.find_element("id", "zoom-in").is_displayed()
    assert shop.ask("document.querySelector('svg').getBoundingClientRect().width <= document.body.clientWidth + 1")
    assert shop.ask("getComputedStyle(document.getElementById('canvas')).overflowY") == "visible"
    shop.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_hostile_names_stay_text(page: Page) -> None:
    page.open(hostile())
    assert page.ask("document.querySelectorAll('img, iframe, object, embed, link').length") == 0
    assert page.ask("document.scripts.length") == 2
    for card in page.browser.find_elements("css selector", ".card"):
        page.browser.execute_script("arguments[0].dispatchEvent(new MouseEvent('click', {bubbles: true}))", card)
        assert page.ask("document.querySelectorAll('img, iframe, object, embed, link').length") == 0
    title = page.ask("JSON.parse(document.getElementById('graph').textContent).groups[0].address")
    assert title == HOSTILE
    assert page.faults() == []
    assert page.ask("window.violations") == []


def test_nothing_is_loaded(shop: Page) -> None:
    assert shop.ask("performance.getEntriesByType('resource').length") == 0


def test_the_policy_keeps_what_is_not_its_own_from_running(page: Page) -> None:
    page.open(drawn(SHOP))
    page.browser.execute_script(
        "const script = document.createElement('script'); script.textContent = 'window.ran = true';"
        "document.body.append(script); document.body.setAttribute('style', 'margin: 1px');"
    )
    assert page.ask("window.ran ?? false") is False
    assert page.ask("window.violations.length") == 2
    page.faults()


def test_an_empty_graph(page: Page) -> None:
    page.open(Graph())
    assert page.status() == "0 groups"
    assert page.browser.find_element("id", "nothing").is_displayed()
    assert page.faults() == []


def test_five_hundred_groups(page: Page) -> None:
    page.open(large(500))
    assert page.status() == "500 groups"
    started = time.perf_counter()
    page.type("search", "group-49")
    page.click_card("group-499")
    page.browser.find_element("id", "clear").click()
    assert page.status() == "500 groups"
    # Eight keys, a click and all 500 groups again: each is answered while the hand is still on the key.
    assert time.perf_counter() - started < 10
    assert page.faults() == []
