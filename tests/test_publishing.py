"""The site: every link leads somewhere, the same store gives the same bytes, nobody's folder is overwritten."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag

import pyoxigraph as ox
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from kg.cli import stored_answer
from kg.engines import build
from kg.errors import PublishError
from kg.publishing import AbsentError, Site, publish
from kg.queries import names
from kg.resources import folder
from kg.store import DEFAULT_GRAPH, Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    target = tmp_path_factory.mktemp("published") / "store"
    build([str(folder("seeds") / "articles")], target)
    with Store.open(target) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(store: Store) -> dict[str, bytes]:
    site = Site(store, tuple(names()), stored_answer)
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
    broken = []
    for path in anchors:
        for node in HTMLParser(pages[path]).css("[href], [src]"):
            link = node.attributes.get("href") or node.attributes.get("src") or ""
            if link.startswith(("http://", "https://")):
                continue
            target, anchor = resolved(path, link)
            if target not in pages or (anchor and anchor not in anchors.get(target, ())):
                broken.append((path, link))
    assert not broken


def test_the_json_ld_of_a_page_says_what_the_graph_says(store: Store, pages: dict[str, bytes]) -> None:
    for path in ("person/xi-jinping.html", "office/president-cn.html", "country/vn.html"):
        text = HTMLParser(pages[path]).css_first('script[type="application/ld+json"]').text()
        node = ox.NamedNode(store.base + path.removesuffix(".html"))
        read = {q.triple for q in ox.parse(json.dumps(json.loads(text)).encode(), format=ox.RdfFormat.JSON_LD)}
        assert read == {q.triple for q in store.quads(node, graph=DEFAULT_GRAPH)} != set()


def test_turtle_and_json_ld_of_a_thing_say_the_same(pages: dict[str, bytes]) -> None:
    for path in (p for p in pages if p.endswith(".ttl")):
        turtle = set(ox.parse(pages[path], format=ox.RdfFormat.TURTLE))
        assert turtle == set(ox.parse(pages[path.replace(".ttl", ".jsonld")], format=ox.RdfFormat.JSON_LD)) != set()


def test_what_is_not_there_is_absent(store: Store) -> None:
    site = Site(store)
    for path in ("person/nobody.html", "person/xi-jinping/9.html", "nothing/at-all.html", "assets/../site.py", "x", ""):
        with pytest.raises(AbsentError):
            site.render(path)


def test_a_folder_is_written_alike_twice_and_one_of_others_is_left_alone(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "site"
    publish(Site(store), target)
    first = {file: file.read_bytes() for file in target.rglob("*") if file.is_file()}
    publish(Site(store), target)
    assert {file: file.read_bytes() for file in target.rglob("*") if file.is_file()} == first
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear …")
    with pytest.raises(PublishError, match="holds other files"):
        publish(Site(store), tmp_path / "mine")
