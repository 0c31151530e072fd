"""The site in a real browser: every kind of page, light and dark, on a phone and a desk; asking, searching, keys.

`browsers` says what it needs. `bench/browsing.py` looks at a site of one's own in the same way.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsers import CHROMIUM, SETTINGS, Visit, alike, faults, hosted, invalid, launched, read_csv, validator
from servers import serving_store

from kg.cli import site_of
from kg.dumps import dump
from kg.publishing import Release, lists, publish
from kg.queries import Table, load, run
from kg.store import Store

PAGES = [
    *("index", "timeline", "timeline/2023", "network", "matrix", "queries", "query/events", "query/who-met"),
    *("sparql", "search", "data", "404", "ontology/index", "ontology/event-kind"),
    *("person", "event", "agreement", "office", "country", "organisation", "place", "article", "discrepancy"),
    *("person/xi-jinping", "office/president-vn", "country/cn", "organisation/asean"),
]
"""A page of every kind; those of events, agreements, articles, places and discrepancies are the first of their kind."""


@pytest.fixture(scope="module")
def store(built_path: Path) -> Iterator[Store]:
    with Store.open(built_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def site(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("browsed") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lists, "MOST_FOUND", 8)  # so that the search has to be divided, as that of a large store
        publish(
            site_of(store, "Sample"), target, dump, Release("Sample", "https://creativecommons.org/licenses/by/4.0/")
        )
    return target


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    # Below a path, as on a host that serves other things too.
    (site.parent / "www").mkdir()
    (site.parent / "www" / "kg").symlink_to(site)
    with hosted(site.parent / "www") as home:
        yield f"{home}kg/"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    pytest.importorskip("playwright.sync_api", reason="NO PAGE WAS LOOKED AT: pip install '.[dev]'")
    if not CHROMIUM:
        pytest.skip("NO PAGE WAS LOOKED AT: install chromium, or name one by KG_CHROMIUM")
    with launched() as browser:
        yield browser


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
    path = first(site, path) if path.endswith("/") else f"{path}.html"
    assert not faults(visitor, axe.Axe(), path, [SETTINGS["phone, light"], SETTINGS["desk, dark"]])


def test_the_html_is_valid(site: Path) -> None:
    command = validator()
    if not command:
        pytest.skip("NO HTML WAS VALIDATED: it needs Java, and vnu-jar in KG_PEERS; tests/peers.txt says how")
    kinds = [path for path in site.iterdir() if path.is_dir() and path.name not in ("assets", "data", "search")]
    files = [*site.glob("*.html"), *(file for kind in kinds for file in sorted(kind.rglob("*.html"))[:6])]
    assert invalid(command, files) == [] and len(files) > 40


# ---------------------------------------------------------------------------------------------- asking


def test_every_stored_query_is_answered_as_the_command_line_answers_it(visit: Visit, store: Store) -> None:
    visit.ask()
    site_ = site_of(store, "Sample")
    for name in [name for name, question in site_.questions.items() if question.answered]:
        assert alike(visit.saved(name), read_csv(site_.answer(name).csv.decode()))
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
    page.wait_for_url("**/person/**")
    assert page.locator("h1").count() == 1
    assert not visit.faults


def test_the_server_asks_its_endpoint_under_its_own_rules(chromium: Any, store: Store) -> None:
    with serving_store(store.path) as server:
        visit = Visit(chromium, f"http://127.0.0.1:{server.port}/", **SETTINGS["phone, light"])
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
        visit.context.close()


# ---------------------------------------------------------------------------------------------- reading


def test_search_finds_by_the_beginnings_of_words_in_any_script(visit: Visit) -> None:
    page = visit.open("search.html")
    found = "name => document.querySelector('#results a')?.textContent === name"
    for typed, name in (
        ("minister of", "Prime Minister of India"), ("PRIME  minister of vietnam", "Prime Minister of Vietnam"),
        ("nguyen phu", "Nguyễn Phú Trọng"), ("习近", "Xi Jinping"), ("vietnam", "Vietnam"), ("xi jin", "Xi Jinping"),
    ):  # fmt: skip
        page.fill("#q", typed)
        page.wait_for_function(found, arg=name)
    page.fill("#q", "xi nobody")
    page.wait_for_function("document.getElementById('found').textContent === 'Nothing found'")
    page.fill("#q", "xi jin")
    page.wait_for_function(found, arg="Xi Jinping")
    page.click("#results a")
    page.wait_for_url("**/person/xi-jinping.html")
    assert page.inner_text("h1") == "Xi Jinping"
    assert not visit.faults


def test_keys_lead_past_the_menu_and_out_of_the_editor(visit: Visit) -> None:
    page = visit.open("person/xi-jinping.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash === '#main'")
    page = visit.ask()
    page.locator(".cm-content").click()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "run"


def test_the_site_opens_from_the_file_system_and_says_what_does_not_work_there(chromium: Any, site: Path) -> None:
    visit = Visit(chromium, site.as_uri() + "/", **SETTINGS["desk, dark"])
    try:
        page = visit.open("index.html")
        page.click("text=Search")
        page.wait_for_url("**/search.html")
        page.fill("#q", "xi jinping")
        page.wait_for_selector("#results a")
        page.click("#results a")
        page.wait_for_url("**/person/xi-jinping.html")
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
