"""The site in a real browser: every kind of page, light and dark, on a phone and a desk; asking, searching, keys.

It needs Playwright (in the extra ``dev``) and Chromium: Debian's, or another named by KG_CHROMIUM.
"""

import csv
import io
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kg.cli import site_of
from kg.dumps import dump
from kg.publishing import Release, publish
from kg.queries import Table, load, run
from kg.store import Store

CHROMIUM = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
"""Keep Chromium from asking hosts of its maker."""
PEERS = os.environ.get("KG_PEERS")

PAGES = [
    *("index", "timeline", "timeline/2023", "network", "matrix", "queries", "query/events", "query/who-met"),
    *("sparql", "search", "data", "404", "ontology/index", "ontology/event-kind"),
    *("person", "event", "agreement", "office", "country", "organisation", "place", "article", "discrepancy"),
    *("person/xi-jinping", "office/president-vn", "country/cn", "organisation/asean"),
]
"""A page of every kind; those of events, agreements, articles, places and discrepancies are the first of their kind."""
SETTINGS: dict[str, dict[str, Any]] = {
    "phone, light": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light", "has_touch": True},
    "desk, dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}
SEEN_OTHERWISE = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]
"""Rules of axe whose outcome depends on the setting; the others are asked once a page."""
OBSERVE = """
window.shifted = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifted += entry.value; })
  .observe({ type: "layout-shift", buffered: true });
"""


class Quiet(SimpleHTTPRequestHandler):
    """A plain static host."""

    def log_message(self, *values: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def store(built_path: Path) -> Iterator[Store]:
    with Store.open(built_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def site(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("browsed") / "site"
    publish(site_of(store, "Sample"), target, dump, Release("Sample", "https://creativecommons.org/licenses/by/4.0/"))
    return target


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    # Below a path, as on a host that serves other things too.
    (site.parent / "www").mkdir()
    (site.parent / "www" / "kg").symlink_to(site)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site.parent / "www"))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/kg/"
        server.shutdown()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="NO PAGE WAS LOOKED AT: pip install '.[dev]'")
    if not CHROMIUM:
        pytest.skip("NO PAGE WAS LOOKED AT: install chromium, or name one by KG_CHROMIUM")
    flags = [*FLAGS, *["--no-sandbox"] * (os.geteuid() == 0)]
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, headless=True, args=flags)
        yield browser
        browser.close()


class Visit:
    """A tab, and what went wrong in it."""

    def __init__(self, chromium: Any, home: str, **settings: Any):
        self.home, self.faults = home, list[str]()
        self.context = chromium.new_context(**settings)
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.add_init_script(OBSERVE)
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type in ("error", "warning") else 0)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("requestfailed", self._failed)

    def _failed(self, request: Any) -> None:
        # Who goes on to the next page before the icon of this one has come aborts it; what is missing,
        # refused or blocked fails in other words.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"{request.failure} {request.url}")

    def _note(self, url: str) -> None:
        if not url.startswith((self.home, "blob:", "data:")):
            self.faults.append(f"asked for {url}, outside of the site")

    def open(self, path: str) -> Any:
        self.page.goto("about:blank")
        self.page.goto(self.home + path)
        return self.page

    def ask(self, path: str = "sparql.html") -> Any:
        """Open the page that asks SPARQL, where the address says a query that is run at once."""
        return self.open(path)

    def answered(self) -> str:
        """Wait for an answer or a refusal; return what the page says of it."""
        self.page.wait_for_selector("#run:enabled")
        return str(self.page.inner_text("#status"))


@pytest.fixture
def visit(chromium: Any, address: str) -> Iterator[Visit]:
    opened = Visit(chromium, address, **SETTINGS["desk, dark"])
    yield opened
    opened.context.close()


@pytest.fixture(scope="module")
def visitor(chromium: Any, address: str) -> Iterator[Visit]:
    opened = Visit(chromium, address, **SETTINGS["phone, light"])
    yield opened
    opened.context.close()


def first(site: Path, kind: str) -> str:
    return sorted((site / kind).glob("*.html"))[0].relative_to(site).as_posix()


@pytest.mark.parametrize("path", [*PAGES, "event/", "agreement/", "article/", "place/", "discrepancy/"])
def test_a_page_is_without_fault(visitor: Visit, site: Path, path: str) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="NO PAGE WAS CHECKED: pip install '.[dev]'"
    )
    visitor.faults.clear()
    page = visitor.page
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    for setting in SETTINGS.values():
        page.set_viewport_size(setting["viewport"])
        page.emulate_media(color_scheme=setting["color_scheme"])
        visitor.open(first(site, path) if path.endswith("/") else f"{path}.html")
        assert not grave(axe.Axe(), page, options)
        options["runOnly"] = SEEN_OTHERWISE
        assert page.evaluate("window.shifted") < 0.01
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    assert page.locator("h1").count() == 1
    assert not visitor.faults


def grave(axe: Any, page: Any, options: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Return the serious and critical faults, each with the first places where it is."""
    found = axe.run(page, options=options).response["violations"]
    return [(fault["id"], [node["html"][:200] for node in fault["nodes"]][:3]) for fault in found
            if fault["impact"] in ("serious", "critical")]  # fmt: skip


def test_the_html_is_valid(site: Path) -> None:
    jar = Path(PEERS or "nowhere") / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not jar.is_file() or not shutil.which("java"):
        pytest.skip("NO HTML WAS VALIDATED: it needs Java, and vnu-jar in KG_PEERS; tests/peers.txt says how")
    kinds = [path for path in site.iterdir() if path.is_dir() and path.name not in ("assets", "data", "search")]
    files = [*site.glob("*.html"), *(file for kind in kinds for file in sorted(kind.rglob("*.html"))[:6])]
    command = ["java", "-Xss4m", "-jar", jar, "--errors-only", "--format", "json", *files]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=120)
    assert json.loads(done.stderr)["messages"] == [] and done.returncode == 0 and len(files) > 40


# ---------------------------------------------------------------------------------------------- asking


def test_every_stored_query_is_answered_as_the_command_line_answers_it(visit: Visit, store: Store) -> None:
    page = visit.ask()
    site_ = site_of(store, "Sample")
    for name in [name for name, question in site_.questions.items() if question.answered]:
        page.select_option("#stored", name)
        page.click("#run")
        visit.answered()
        with page.expect_download() as saved:
            page.click("#save-csv")
        assert saved.value.suggested_filename == f"{name}.csv"
        found = list(csv.reader(io.StringIO(saved.value.path().read_text("utf-8"), newline="")))
        expected = list(csv.reader(io.StringIO(site_.answer(name).csv.decode(), newline="")))
        assert found[0] == expected[0] and sorted(found) == sorted(expected)
    assert not visit.faults


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("who-met", {"person": "xi jinping", "from": "2021", "to": "2023"}),
        ("who-held", {"office": "office/president-vn", "on": "2023-12-01"}),
        ("agreements-of", {"country": "VN"}),
        ("timeline", {"of": "Q15031"}),
        ("meetings-per-year", {"a": "Vietnam", "b": "CN"}),
    ],
)
def test_parameters_mean_what_they_mean_on_the_command_line(
    visit: Visit, store: Store, name: str, values: dict[str, str]
) -> None:
    expected = run(store, load(name), values)
    assert isinstance(expected, Table) and expected.rows
    page = visit.ask("sparql.html#" + name + "?" + "&".join(f"{key}={value}" for key, value in values.items()))
    assert visit.answered().startswith(f"{len(expected.rows)} row")
    assert page.locator("#results tbody tr").count() == len(expected.rows)
    assert not visit.faults


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ("person=Nobody+Known", "person: nothing in the graph is called “Nobody Known”"),
        ("person=Xi+Jinping&from=2023-13", "from takes a date"),
    ],
)
def test_a_wrong_parameter_is_told_where_it_stands(visit: Visit, values: str, complaint: str) -> None:
    page = visit.ask(f"sparql.html#who-met?{values}")
    assert complaint in visit.answered()
    assert page.locator("[aria-invalid]").evaluate("node => node === document.activeElement")


def write(page: Any, text: str) -> None:
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def test_queries_of_ones_own_are_answered_or_refused_in_a_sentence(visit: Visit) -> None:
    page = visit.ask()
    for text, said in (
        ("ASK { ?event a dip:Event }", "Yes, in"),
        ("CONSTRUCT { ?event a dip:Event } WHERE { ?event a dip:Event } LIMIT 2", "Triples in"),
        ('SELECT ?n ("a,\\"b\\"" AS ?q) { VALUES ?n { 1 2 } }', "2 rows in"),
        ("SELECT *\nWHERE { ?s ?p }", "does not parse at line 2, column"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "not supported"),
        ("DELETE WHERE { ?s ?p ?o }", "does not parse at line 1, column"),
    ):
        write(page, text)
        page.keyboard.press("Control+Enter")
        page.wait_for_function("text => document.getElementById('status').textContent.includes(text)", arg=said)
    assert not visit.faults


def test_a_page_stays_alive_beside_a_long_query_that_can_be_stopped(visit: Visit) -> None:
    page = visit.ask()
    write(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    page.select_option("#deadline", "0")
    page.click("#run")
    page.wait_for_function("document.getElementById('status').textContent === 'Running …'")
    frame = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    for _ in range(10):
        page.evaluate(frame)
    page.click("#stop")
    assert visit.answered() == "The query was stopped."
    write(page, "SELECT * { ?event a dip:Event } LIMIT 3")
    page.click("#run")
    page.wait_for_function("document.getElementById('status').textContent.startsWith('3 rows')")
    page.evaluate("document.getElementById('deadline').options[0].value = '0.3'")
    page.select_option("#deadline", "0.3")
    write(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    page.click("#run")
    page.wait_for_function("document.getElementById('status').textContent.includes('stopped after 0.3 seconds')")


def test_answers_with_dates_can_be_seen_as_a_timeline(visit: Visit) -> None:
    page = visit.ask("sparql.html#tenures")
    visit.answered()
    page.click("#as-timeline")
    assert page.get_attribute("#as-timeline", "aria-pressed") == "true"
    dates = page.locator("#rows .date").all_inner_texts()
    assert len(dates) > 20 and dates == sorted(dates)
    assert page.locator("#rows svg rect").count() == len(dates)
    page.locator("#rows a").first.click()
    assert "/person/" in page.url and page.locator("h1").count() == 1
    assert not visit.faults


@pytest.fixture
def served(store: Store) -> Iterator[str]:
    """Yield the address of a server of the store."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store.path), "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        for _ in range(600):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            assert process.poll() is None, "the server ended"
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/"
        process.terminate()


def test_the_server_asks_its_endpoint_under_its_own_rules(chromium: Any, served: str) -> None:
    visit = Visit(chromium, served, **SETTINGS["phone, light"])
    try:
        page = visit.ask("sparql.html#who-met?person=Xi+Jinping")
        assert "row" in visit.answered()
        # What the policy forbids stands on the console; the editor needs its styles all the same.
        assert page.locator(".cm-gutters").evaluate("node => getComputedStyle(node).display") == "flex"
        write(page, "SELECT * { ?s ?p }")
        page.click("#run")
        page.wait_for_selector("#status.wrong")
        # On the console stand that a query is refused, and that the browser may give no style to what is typed over.
        expected = ("400", "Applying inline style")
        assert [fault for fault in visit.faults if not any(words in fault for words in expected)] == []
    finally:
        visit.context.close()


# ---------------------------------------------------------------------------------------------- reading


def test_search_finds_by_the_beginnings_of_words_in_any_script(visit: Visit) -> None:
    page = visit.open("search.html")
    for typed, name in (("xi jin", "Xi Jinping"), ("nguyen phu", "Nguyễn Phú Trọng"), ("习近", "Xi Jinping")):
        page.fill("#q", typed)
        page.wait_for_function("name => document.querySelector('#results a')?.textContent === name", arg=name)
    page.click("#results a")
    assert page.inner_text("h1") == "Xi Jinping"
    assert not visit.faults


def test_keys_lead_past_the_menu_and_out_of_the_editor(visit: Visit) -> None:
    page = visit.open("person/xi-jinping.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    page = visit.ask()
    page.locator(".cm-content").click()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "run"


def test_the_site_opens_from_the_file_system_and_says_what_does_not_work_there(chromium: Any, site: Path) -> None:
    visit = Visit(chromium, site.as_uri() + "/", **SETTINGS["desk, dark"])
    try:
        page = visit.open("index.html")
        page.click("text=Search")
        page.fill("#q", "xi jinping")
        page.wait_for_selector("#results a")
        page.click("#results a")
        assert page.inner_text("h1") == "Xi Jinping"
        page = visit.ask()
        assert page.is_visible("#from-files") and page.is_disabled("#run")
        assert not visit.faults
    finally:
        visit.context.close()


def test_pages_are_read_without_scripts(chromium: Any, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        for path, words in (
            ("index.html", "Latest events"),
            ("sparql.html", "needs JavaScript"),
            ("query/events.html", "rows"),
        ):
            page.goto(address + path)
            assert words in page.inner_text("main")
    finally:
        context.close()
