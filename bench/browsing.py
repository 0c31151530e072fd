"""Look at a published site in a browser: every kind of page, on a phone and a desk, light and dark.

    KG_PEERS=peers python bench/browsing.py SITE [--each N] [--only KIND] [--pictures DIR] [--keep]

SITE is a folder of `kg publish`. Of every kind of page the largest, the smallest and N others by chance are opened, of
stored queries and the vocabulary all: axe (WCAG A and AA), the console, shifts of layout, sideways scrolling; the HTML
goes to vnu where KG_PEERS has it. Over all pages: links and anchors ("links"), and JSON-LD against the graph that is
released ("JSON-LD"). The search has to find things by their names ("search"), and the page that asks SPARQL to answer
each stored query as its CSV does ("sparql"). What is wrong is told on standard error, and makes 1 the exit code.
"""

import argparse
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import chain
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from axe_playwright_python.sync_playwright import Axe
from measuring import report
from publishing import broken

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from browsers import SETTINGS, Visit, alike, faults, hosted, invalid, launched, read_csv, validator

from kg.publishing.things import PAGED

_JSONLD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
_HEADING = re.compile("<h1>(.*?)</h1>", re.DOTALL)
WHOLE = ("query", "ontology")
"""Kinds of page that are all looked at."""
NAMES = 40
"""Things that are searched for."""
PICTURED = ("phone, light", "desk, dark")


def kind(path: str) -> str:
    """Return the kind of a page: lists of people are one kind, a person's page another, its further pages a third.

    >>> [kind(p) for p in ("person.html", "person-3.html", "person/xi-jinping.html", "person/xi-jinping/2.html")]
    ['person list', 'person list', 'person', 'person, further']
    >>> kind("query/events.html"), kind("timeline/2023.html"), kind("network.html")
    ('query', 'timeline, a year', 'network')
    """
    first, *rest = path.removesuffix(".html").split("/")
    if rest:
        year = ", a year" if first == "timeline" else ""
        return first + year + ", further" * (len(rest) > 1)
    name = first.partition("-")[0]
    return f"{name} list" if name in PAGED else first


def chosen(site: Path, each: int) -> Iterator[tuple[str, int, list[str]]]:
    """Yield each kind of page, how many there are, and which are looked at: the same each time."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for file in sorted(site.rglob("*.html"), key=lambda file: (file.stat().st_size, file)):
        kinds[kind(file.relative_to(site).as_posix())].append(file.relative_to(site).as_posix())
    for name, paths in sorted(kinds.items()):
        some = paths if name in WHOLE else random.Random(1).sample(paths, min(each, len(paths)))  # noqa: S311
        yield name, len(paths), list(dict.fromkeys((paths[-1], paths[0], *some)))


def looked_at(pages: Sequence[str], visit: Visit, pictures: Path | None) -> Iterator[str]:
    """Yield what is wrong with pages; leave pictures of them."""
    for path in pages:
        yield from (f"{path}: {fault}" for fault in faults(visit, Axe(), path, SETTINGS.values()))
        for name in PICTURED if pictures else ():
            visit.set(SETTINGS[name])
            visit.open(path)
            file = f"{path.removesuffix('.html').replace('/', '_')}-{name.replace(', ', '-')}.png"
            visit.page.screenshot(path=f"{pictures}/{file}")


def lost(site: Path) -> Iterator[str]:
    """Yield the links that lead nowhere."""
    yield from (f"{page}: {link} leads nowhere" for page, link in broken(site))


def unlike(site: Path) -> Iterator[str]:
    """Yield the pages of things whose JSON-LD is not what the released graph says of the thing."""
    said: dict[str, set[ox.Triple]] = defaultdict(set)
    for quad in ox.parse(path=str(site / "data" / "articles.nq"), format=ox.RdfFormat.N_QUADS):
        subject = getattr(quad.subject, "value", "")
        # An article is described by its own graph, everything else by the default graph.
        if quad.graph_name == (quad.subject if "/id/article/" in subject else ox.DefaultGraph()):
            said[subject].add(quad.triple)
    for path in chain.from_iterable(sorted((site / name).glob("*.html")) for name in PAGED):
        found = _JSONLD.search(path.read_text("utf-8"))
        about = json.loads(found[1]) if found else {"@id": ""}
        read = {quad.triple for quad in ox.parse(json.dumps(about), format=ox.RdfFormat.JSON_LD)}
        if not read or read != said[about["@id"]]:
            yield f"{path.relative_to(site)}: its JSON-LD is not what the graph says"


def sought(site: Path, visit: Visit) -> Iterator[str]:
    """Yield what is wrong with the search for some things by what their pages are called."""
    things = sorted(path for name in PAGED if name != "event" for path in (site / name).glob("*.html"))
    page = visit.open("search.html")
    loaded: list[int] = []
    page.on("response", lambda reply: loaded.append(len(reply.body())) if "/search/" in reply.url else None)
    for path in random.Random(1).sample(things, min(NAMES, len(things))):  # noqa: S311
        name = unescape(re.sub("<.*?>", "", _HEADING.findall(path.read_text("utf-8"))[0]))
        target = path.relative_to(site).as_posix()
        page.fill("#q", name)
        page.wait_for_selector("#results[aria-busy=false]", state="attached")
        if not page.locator(f'#results a[href="{target}"]').count():
            yield f"{target}: search: not found by {name!r}"
    print(f"search: {len(loaded)} parts loaded, the largest of {max(loaded) / 1000:.0f} kB", file=sys.stderr)
    yield from (f"search.html: console: {fault}" for fault in visit.faults)


def asked(site: Path, visit: Visit) -> Iterator[str]:
    """Yield the stored queries that are answered in the page otherwise than in their files."""
    visit.ask()
    for file in sorted((site / "query").glob("*.csv")):
        if not alike(visit.saved(file.stem), read_csv(file.read_text("utf-8"))):
            yield f"query/{file.stem}: sparql: answered otherwise"
    yield from (f"sparql.html: console: {fault}" for fault in visit.faults)


def row(name: str, there: int, paths: Sequence[str], site: Path, wrong: Sequence[str]) -> dict[str, Any]:
    """Return a row of the table."""
    # What is wrong is told as "path: what: more".
    told = Counter(fault.split(": ")[1].partition(",")[0] for fault in wrong)
    checks = {check: str(told[check]) for check in ("axe", "console", "layout", "sideways", "html")}
    size = max((site / path).stat().st_size for path in paths) / 1000
    return {"": name, "pages": f"{there:,}", "looked at": str(len(paths)), "largest kB": size, **checks}


def main() -> None:
    """Look, print, and exit with 1 where anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path, metavar="SITE")
    parser.add_argument("--each", type=int, default=3, metavar="N", help="pages of each kind, by chance")
    parser.add_argument("--only", default="", metavar="KIND", help="kinds of page that begin so, and nothing else")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="where to leave pictures")
    parser.add_argument("--keep", action="store_true", help="leave the figures in bench/results")
    given = parser.parse_args()
    site: Path = given.site
    if given.pictures:
        given.pictures.mkdir(parents=True, exist_ok=True)
    kinds = [found for found in chosen(site, given.each) if found[0].startswith(given.only)]
    wrong: dict[str, list[str]] = {}
    with hosted(site) as home, launched() as chromium:
        for name, _, paths in kinds:
            visit = Visit(chromium, home, **SETTINGS[PICTURED[0]])
            wrong[name] = list(looked_at(paths, visit, given.pictures))
            visit.context.close()
        for part, what in {"search": sought, "sparql": asked}.items():
            if part in wrong:
                visit = Visit(chromium, home, **SETTINGS[PICTURED[1]])
                wrong[part] += what(site, visit)
                visit.context.close()
    if kinds and (command := validator()):
        for fault in invalid(command, (site / path for _, _, paths in kinds for path in paths)):
            path = Path(fault["url"].removeprefix("file:")).relative_to(site.resolve()).as_posix()
            wrong[kind(path)].append(f"{path}: html: {fault['message']}")
    for part, found in {"links": lost(site), "JSON-LD": unlike(site)}.items():
        if part.startswith(given.only):
            wrong[part] = list(found)
            print(f"{part}: {len(wrong[part])} wrong", file=sys.stderr)
    for fault in chain.from_iterable(wrong.values()):
        print(fault, file=sys.stderr)
    rows = [row(name, there, paths, site, wrong[name]) for name, there, paths in kinds]
    if not rows:
        sys.exit(1 if any(wrong.values()) else 0)
    report("browsing", "python bench/browsing.py site", rows, keep=given.keep and not given.only)
    sys.exit(1 if any(wrong.values()) else 0)


if __name__ == "__main__":
    main()
