"""The site: every link leads somewhere, the same store gives the same bytes, nobody's folder is overwritten."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag

import pyoxigraph as ox
import pytest
from attacks import MARKUP
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, VOID
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from kg.cli import processes, site_of
from kg.dumps import dump
from kg.engines import build
from kg.errors import PublishError
from kg.namespaces import ONTOLOGY, SCHEMES, TERMS, load_kinds
from kg.publishing import AbsentError, Release, Site, changes, lists, pack, patch, publish, release_lines, words
from kg.publishing import folder as folder_module
from kg.publishing import site as site_module
from kg.publishing import things as published_things
from kg.queries import names
from kg.resources import folder
from kg.store import DEFAULT_GRAPH, Store

RELEASE = Release("Sample", "https://creativecommons.org/licenses/by/4.0/", "The editors")


@pytest.fixture(scope="module")
def store(built_path: Path) -> Iterator[Store]:
    with Store.open(built_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(store: Store) -> dict[str, bytes]:
    site = site_of(store, "Sample")
    return {path: site.render(path) for path in site.paths()}


def resolved(page: str, link: str) -> tuple[str, str]:
    """Return the path a relative link leads to, and its anchor."""
    path, anchor = urldefrag(link)
    here = page.split("/")[:-1]
    for part in path.split("/") if path else [page.rpartition("/")[2]]:
        here = here[:-1] if part == ".." else [*here, part]
    return "/".join(here), anchor


def test_every_link_leads_to_a_page_and_every_anchor_to_its_place(pages: dict[str, bytes]) -> None:
    anchors = {
        path: {node.attributes.get("id") for node in HTMLParser(data).css("[id]")}
        for path, data in pages.items() if path.endswith(".html")
    }  # fmt: skip
    there = {*pages, *pack.paths()}
    broken = []
    for path in anchors:
        for node in HTMLParser(pages[path]).css("[href], [src]"):
            link = node.attributes.get("href") or node.attributes.get("src") or ""
            if link.startswith(("http://", "https://")):
                continue
            target, anchor = resolved(path, link)
            # The page that asks is told the query by what other pages have for an anchor.
            anchor = "" if target == "sparql.html" else anchor
            if target not in there or (anchor and anchor not in anchors.get(target, ())):
                broken.append((path, link))
    assert not broken


def test_a_long_article_has_pages_that_lead_to_one_another(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (published_things, lists):
        monkeypatch.setattr(module, "PART", 100)
    site = Site(store)
    name = "article/0d98f7921a9c241a"
    parts = [path for path in site.paths() if path.startswith(name) and path.endswith(".html")]
    assert len(parts) > 3 and parts[0] == f"{name}.html"
    pages = {path: HTMLParser(site.render(path)) for path in parts}
    anchors = {path: {node.attributes.get("id") for node in page.css("blockquote")} for path, page in pages.items()}
    quotes = list(store.quads(None, ox.NamedNode("http://www.w3.org/ns/oa#exact"), None, None))
    assert sum(map(len, anchors.values())) == sum(q.graph_name.value.endswith(name) for q in quotes)
    for path, page in pages.items():
        for link in (node.attributes.get("href") or "" for node in page.css('main a[href*="#passage-"]')):
            target, anchor = resolved(path, link)
            assert anchor in anchors[target]


def test_of_many_sources_the_first_are_quoted_and_all_are_named(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    path = "event/2021-02-08-call-cn-vn-d834e7dc.html"
    whole = HTMLParser(Site(store).render(path))
    monkeypatch.setattr(site_module, "SHOWN", 1)
    page = HTMLParser(Site(store).render(path))
    assert (len(whole.css(".source")), len(page.css(".source"))) == (2, 1)
    named = [{a.attributes["href"] for a in shown.css('main a[href^="../article/"]')} for shown in (whole, page)]
    assert {link.partition("#")[0] for link in named[0] if link} == {
        link.partition("#")[0] for link in named[1] if link
    }


def test_the_json_ld_of_a_page_says_what_the_graph_says(store: Store, pages: dict[str, bytes]) -> None:
    told = 0
    for path in (path for path in pages if path.endswith(".html") and path.count("/") == 1):
        found = HTMLParser(pages[path]).css_first('script[type="application/ld+json"]')
        if found is None:
            continue
        node = ox.NamedNode(store.base + path.removesuffix(".html"))
        graph = node if path.startswith("article/") else DEFAULT_GRAPH
        read = {q.triple for q in ox.parse(json.dumps(json.loads(found.text())), format=ox.RdfFormat.JSON_LD)}
        assert read == {q.triple for q in store.quads(node, graph=graph)} != set()
        told += 1
    assert told == sum(path.endswith(".ttl") and not path.startswith("ontology/") for path in pages) > 150


def test_turtle_and_json_ld_of_a_thing_say_the_same(pages: dict[str, bytes]) -> None:
    for path in (p for p in pages if p.endswith(".ttl") and not p.startswith("ontology/")):
        turtle = set(ox.parse(pages[path], format=ox.RdfFormat.TURTLE))
        assert turtle == set(ox.parse(pages[path.replace(".ttl", ".jsonld")], format=ox.RdfFormat.JSON_LD)) != set()


def test_every_term_of_the_ontology_has_its_place_on_its_page(pages: dict[str, bytes]) -> None:
    anchors: set[str | None] = set()
    for path in (path for path in pages if path.startswith("ontology/") and path.endswith(".html")):
        page = HTMLParser(pages[path])
        anchors |= {node.attributes.get("id") for node in page.css("[id]")}
        assert all(node.css_first("p").text() for node in page.css("section.term"))
    assert {term.removeprefix(ONTOLOGY) for term in TERMS} <= anchors
    kinds = {kind.iri for scheme in SCHEMES for kind in load_kinds(scheme)}
    assert {kind.removeprefix(ONTOLOGY).replace("/", "-") for kind in kinds} <= anchors
    page = HTMLParser(pages["ontology/index.html"])
    assert "for example" in page.css_first("#Event").text()


def test_the_pictures_say_in_words_what_they_show(pages: dict[str, bytes]) -> None:
    for path in ("network.html", "timeline.html", "ontology/index.html"):
        for picture in HTMLParser(pages[path]).css("svg"):
            title = picture.css_first("title")
            assert picture.attributes.get("aria-labelledby") == title.attributes.get("id") and title.text()
    table = HTMLParser(pages["matrix.html"]).css_first("table.matrix")
    sides = [node.text(strip=True) for node in table.css("thead th")]
    rows = [[cell.text(strip=True) for cell in row.css("td")] for row in table.css("tbody tr")]
    assert len(sides) == len(rows) > 5 and rows == [list(column) for column in zip(*rows, strict=True)]
    assert int(rows[sides.index("China")][sides.index("Vietnam")]) > 5


def test_every_stored_query_has_a_page_and_stands_in_that_which_asks(pages: dict[str, bytes]) -> None:
    told = json.loads(HTMLParser(pages["sparql.html"]).css_first("#page").text())
    assert [query["name"] for query in told["queries"]] == names()
    for query in told["queries"]:
        assert "#+" not in query["sparql"]
        asks = any(parameter["required"] for parameter in query["parameters"])
        assert f"query/{query['name']}.html" in pages and (f"query/{query['name']}.csv" in pages) is not asks
    assert {told["wasm"], told["worker"]} <= pages.keys() and told["data"] in pack.paths()


def test_no_part_of_the_search_index_is_large_and_everything_stands_in_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a word of many things leads to is divided by its further letters until it is small."""
    whole = lists.search_parts(Site(store))
    assert all(part.whole for part in whole.values())
    monkeypatch.setattr(lists, "MOST_FOUND", 5)
    site = Site(store)
    parts = site.search_parts
    assert max(len(part.entries) for part in parts.values()) == 5 and parts.keys() > whole.keys()
    assert {path for path in site.paths() if path.startswith("search/")} == {f"search/{key}.js" for key in parts}
    for key, part in parts.items():
        if part.whole and key in whole:
            assert part == whole[key]
        assert (part.whole or key[:1] != "-") and part.entries
    minister = [lists.part_named("minister", depth) for depth in range(7)]
    assert not any(parts[key].whole for key in minister) and lists.part_named("minister", 9) == minister[-1]


def test_what_is_not_there_is_absent(store: Store) -> None:
    site = Site(store)
    for path in ("person/nobody.html", "person/xi-jinping/9.html", "nothing/at-all.html", "assets/../site.py", "x", ""):
        with pytest.raises(AbsentError):
            site.render(path)


def test_a_folder_is_written_alike_twice_and_one_of_others_is_left_alone(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "site"
    publish(Site(store), target, dump, RELEASE)
    first = {file: file.read_bytes() for file in target.rglob("*") if file.is_file()}
    publish(Site(store), target, dump, RELEASE)
    assert {file: file.read_bytes() for file in target.rglob("*") if file.is_file()} == first
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear …")
    with pytest.raises(PublishError, match="holds other files"):
        publish(Site(store), tmp_path / "mine", dump, RELEASE)


def test_pages_written_by_several_processes_are_those_written_by_one(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(site_of(store, "Sample"), tmp_path / "one", dump, RELEASE)
    monkeypatch.setattr(folder_module, "FEW", 0)
    with processes(2) as each:
        publish(site_of(store, "Sample"), tmp_path / "two", dump, RELEASE, each=each)
    one, two = (
        {file.relative_to(target): file.read_bytes() for file in target.rglob("*") if file.is_file()}
        for target in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two and len(one) > 500


def test_a_store_that_is_built_anew_meanwhile_is_not_published(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_module, "FEW", 0)
    site = site_of(store, "Sample")
    monkeypatch.setitem(store.ledger, "digest", "sum:other")
    with processes(2) as each, pytest.raises(PublishError, match="run the same command again"):
        publish(site, tmp_path / "site", dump, RELEASE, each=each)


def test_what_is_no_longer_there_is_deleted_and_only_that(store: Store, tmp_path: Path) -> None:
    publish(Site(store), tmp_path / "site", dump, RELEASE)
    manifest = tmp_path / "site" / ".diplomacy-kg"
    manifest.write_text(manifest.read_text() + "person/gone.html\n../kept.txt\n/kept.txt\n")
    (tmp_path / "site" / "person" / "gone.html").write_text("old")
    (tmp_path / "site" / "mine.txt").write_text("mine")
    (tmp_path / "kept.txt").write_text("mine too")
    publish(Site(store), tmp_path / "site", dump, RELEASE)
    assert not (tmp_path / "site" / "person" / "gone.html").exists()
    assert (tmp_path / "site" / "mine.txt").exists() and (tmp_path / "kept.txt").exists()


@pytest.fixture(scope="module")
def released(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("released") / "site"
    publish(Site(store), target, dump, RELEASE)
    return target


def test_the_pack_holds_the_graph_in_every_form_with_right_sums(store: Store, released: Path) -> None:
    data = released / "data"
    for line in (data / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        content = (data / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest
        if name.endswith(".gz"):
            assert gzip.decompress(content) == (data / name.removesuffix(".gz")).read_bytes()
    quads = set(ox.parse(path=str(data / "articles.nq"), format=ox.RdfFormat.N_QUADS))
    for name, form in (("articles.trig", ox.RdfFormat.TRIG), ("articles.jsonld", ox.RdfFormat.JSON_LD)):
        assert set(ox.parse(path=str(data / name), format=form)) == quads == set(store.quads())
    assert {q.triple for q in ox.parse(path=str(data / "graph.ttl"), format=ox.RdfFormat.TURTLE)} == {
        q.triple for q in store.quads(graph=DEFAULT_GRAPH)
    }


def test_the_catalogue_counts_and_leads_to_every_file(store: Store, released: Path) -> None:
    graph = Graph().parse(released / "catalogue.ttl", publicID=released.as_uri() + "/")
    files = set(graph.objects(None, DCAT.downloadURL))
    assert {str(file).removeprefix(released.as_uri() + "/") for file in files} == {
        f"data/{file.name}" for file in (released / "data").iterdir() if file.name != "SHA256SUMS"
    }
    assert {int(size) for size in graph.objects(None, DCAT.byteSize)} == {
        file.stat().st_size for file in (released / "data").iterdir() if file.name != "SHA256SUMS"
    }
    dataset = URIRef(released.as_uri() + "/#dataset")
    # The catalogue's own name is its folder, or the file where that is asked for.
    triples = next(v for s, v in graph.subject_objects(VOID.triples) if str(s).endswith("#dataset"))
    assert int(triples) == sum(1 for _ in store.quads(graph=DEFAULT_GRAPH))
    assert set(graph.objects(None, DCTERMS.license)) == {URIRef(RELEASE.licence)}
    assert (dataset, DCTERMS.title, Literal("Sample", lang="en")) in graph


def test_a_patch_makes_the_old_release_the_new(store: Store, tmp_path: Path) -> None:
    articles = sorted((folder("seeds") / "articles").iterdir(), key=lambda file: file.name)
    build([str(file) for file in articles[:-4]], tmp_path / "fewer")
    with Store.open(tmp_path / "fewer") as fewer:
        for name, opened in (("old.nq", fewer), ("new.nq", store)):
            with (tmp_path / name).open("wb") as output:
                dump(opened, "nquads", output)
    old, new = list(release_lines(tmp_path / "old.nq")), list(release_lines(tmp_path / "new.nq"))
    found = changes(old, new)
    lines = set(old)
    for line in patch(found):
        if line.startswith("D "):
            lines.remove(line[2:])
        elif line.startswith("A "):
            assert line[2:] not in lines
            lines.add(line[2:])
    assert sorted(lines) == new
    said = words(found)
    assert any(line.startswith("4 articles added: ") for line in said)
    assert words(changes(old, old)) == [] and words(changes(new, old)) != said


def test_a_merged_event_and_a_tenure_that_ended_are_told_in_words(tmp_path: Path) -> None:
    dip, rdf = "https://w3id.org/diplomacy-kg/ontology/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    thing = "https://w3id.org/diplomacy-kg/id"
    event = f"<{thing}/event/1> <{rdf}> <{dip}Event> ."
    label = f'<{thing}/event/1> <http://www.w3.org/2000/01/rdf-schema#label> "Talks of \\"A\\""@en .'
    gone = f"<{thing}/event/1> <http://purl.org/dc/terms/isReplacedBy> <{thing}/event/2> ."
    ended = f'<{thing}/tenure/a--b--2020> <{dip}end> "2026-01-02"^^<http://id.loc.gov/datatypes/edtf/EDTF> .'
    assert words(changes(sorted([event, label]), sorted([gone, ended]))) == [
        '1 event merged: Talks of "A"',
        "1 tenure ended: a--b--2020",
    ]
    named = f'<{thing}/tenure/a--b--2020> <http://www.w3.org/2000/01/rdf-schema#label> "A, President of B"@en .'
    found = changes(sorted([event, label, named]), sorted([gone, ended, named]))
    assert words(found, lambda: [named])[-1] == "1 tenure ended: A, President of B"


def test_events_that_become_one_have_merged_and_one_alone_has_another_name() -> None:
    dip, rdf = "https://w3id.org/diplomacy-kg/ontology/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    thing, replaced = "https://w3id.org/diplomacy-kg/id", "http://purl.org/dc/terms/isReplacedBy"
    is_event = [f"<{thing}/event/{n}> <{rdf}> <{dip}Event> ." for n in range(6)]
    leads = [f"<{thing}/event/{one}> <{replaced}> <{thing}/event/{other}> ." for one, other in ((0, 3), (1, 3), (2, 4))]
    assert words(changes(is_event[:3], sorted([*leads, *is_event[3:]]))) == [
        "1 event added: 5",
        "2 events merged: 0; 1",
        "1 event renamed: 2",
    ]
    assert words(changes([is_event[0], is_event[3]], sorted([leads[0], is_event[3]]))) == ["1 event merged: 0"]


def test_an_article_whose_text_was_changed_is_told_by_its_name(tmp_path: Path) -> None:
    lines = []
    for end in ("", " The ministers met again on 7 May 2021 in Hanoi."):
        article = {"id": "1", "url": "https://example.org/1", "title": "Talks", "date": "2021-05-06",
                   "text": f"On 5 May 2021 Xi Jinping met Nguyen Phu Trong in Beijing.{end}"}  # fmt: skip
        (tmp_path / "one.jsonl").write_text(json.dumps(article))
        build([str(tmp_path / "one.jsonl")], tmp_path / f"store{len(end)}")
        with Store.open(tmp_path / f"store{len(end)}") as opened, (tmp_path / "dump.nq").open("wb") as output:
            dump(opened, "nquads", output)
        lines.append(list(release_lines(tmp_path / "dump.nq")))
    said = words(changes(*lines), lambda: lines[1])
    assert "1 article changed: Talks" in said and not any("article added" in line for line in said)


def test_what_is_no_release_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="is no release"):
        list(release_lines(tmp_path / "nothing"))
    (tmp_path / "mixed.nq").write_text("<b:b> <b:b> <b:b> .\n<a:a> <b:b> <b:b> .\n")
    (tmp_path / "letter.txt").write_text("Dear …\n")
    for name in ("mixed.nq", "letter.txt"):
        with pytest.raises(PublishError, match="not sorted"):
            list(release_lines(tmp_path / name))
    with pytest.raises(PublishError, match="not N-Quads"):
        words(changes([], ["a b ."]))


@pytest.mark.parametrize("place", ["label", "headline", "publisher", "quote"])
@pytest.mark.parametrize("markup", MARKUP)
def test_markup_in_what_articles_say_stays_text(store: Store, place: str, markup: str) -> None:
    article, person = f"{store.base}article/0000000000000001", f"{store.base}person/mallory"
    literal = str(ox.Literal(markup, language="en"))
    say = dict.fromkeys(("label", "headline", "publisher", "quote"), '"plain"@en') | {place: literal}
    dip, schema = "https://w3id.org/diplomacy-kg/ontology/", "https://schema.org/"
    rdf, oa = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/ns/oa#"
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    passage = f"{store.base}passage/0000000000000001-0-9"
    lines = [
        f"<{person}> <{rdf}type> <{dip}Person> .",
        f"<{person}> <{label}> {say['label']} .",
        f"<{person}> <http://www.w3.org/2004/02/skos/core#altLabel> {say['label']} .",
        f"<{article}> <{rdf}type> <{schema}NewsArticle> .",
        f"<{article}> <{rdf}type> <{schema}NewsArticle> <{article}> .",
        f"<{article}> <{label}> {say['headline']} .",
        f"<{article}> <{schema}headline> {say['headline']} <{article}> .",
        f"<{article}> <{schema}publisher> {say['publisher']} <{article}> .",
        f"<{article}> <{schema}url> <javascript:alert(1)> <{article}> .",
        f"<{person}> <{rdf}type> <{dip}Person> <{article}> .",
        f"<{person}> <{dip}evidence> <{passage}> <{article}> .",
        f"<{passage}> <{oa}exact> {say['quote']} <{article}> .",
        f"<{passage}> <{oa}start> 0 <{article}> .".replace(" 0 ", ' "0"^^<http://www.w3.org/2001/XMLSchema#integer> '),
        f"<{passage}> <{oa}end> 9 <{article}> .".replace(" 9 ", ' "9"^^<http://www.w3.org/2001/XMLSchema#integer> '),
    ]
    site = Site(Store.in_memory("".join(f"{line}\n" for line in lines).encode(), base=store.base))
    shown = False
    for path in (path for path in site.paths() if path.endswith(".html") and not path.startswith("ontology/")):
        page = HTMLParser(site.render(path))
        shown |= markup in page.css_first("body").text()
        for node in page.css("*"):
            assert node.tag not in ("iframe", "img", "style", "base", "math", "object", "embed")
            assert not any(name.startswith("on") for name in node.attributes)
            assert not (node.attributes.get("href") or "").lstrip().lower().startswith(("javascript:", "data:"))
            if node.tag == "script" and not node.attributes.get("src"):
                assert node.attributes.get("type") in ("application/ld+json", "application/json")
                assert json.loads(node.text())
            assert node.tag != "meta" or not node.attributes.get("http-equiv")
    assert shown
