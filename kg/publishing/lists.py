"""Pages that are of no one thing: the start page, lists, the timeline, the stored queries' answers, search."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from kg import evidence
from kg.iris import fold
from kg.namespaces import DIP, iri
from kg.publishing import asking, figures, vocabulary
from kg.publishing.pages import MANY, AbsentError, Question, pages
from kg.publishing.things import PAGED, PART, Link, Row, part_of
from kg.resources import folder
from kg.store import DEFAULT_GRAPH, Term

if TYPE_CHECKING:
    from kg.publishing.site import Site

LISTED = {
    "person": "People",
    "event": "Events",
    "agreement": "Agreements",
    "office": "Offices",
    "country": "Countries",
    "organisation": "Organisations",
    "place": "Places",
    "article": "Articles",
    "discrepancy": "Discrepancies",
}
"""Kinds of thing in the order of the menu, and what their list is called."""
UNDATED = "undated"
MOST_FOUND = 400
"""Things in one part of the search index: what more of them have in common is divided by further letters."""
_LIST = re.compile(r"(?P<kind>[a-z]+)(?:-(?P<number>[1-9][0-9]{0,6}))?\.html")

_TYPE, _MESSAGE = ox.NamedNode(iri("rdf:type")), ox.NamedNode(iri("sh:resultMessage"))
_ABOUT, _EVIDENCE = iri("schema:about"), DIP.evidence
_EXACT, _START, _END = iri("oa:exact"), iri("oa:start"), iri("oa:end")


def paths(site: "Site") -> Iterator[str]:
    """Yield the paths of all such pages."""
    yield from (
        f"{name}.html" for name in ("index", "timeline", "network", "matrix", "queries", "search", "sparql", "data")
    )
    yield from ("404.html", ".htaccess", *(f"{vocabulary.FOLDER}/{part}.html" for part in vocabulary.PAGES))
    yield from (f"{vocabulary.FOLDER}/{file}" for file in vocabulary.FILES)
    yield from (f"search/{key}.js" for key in site.search_parts)
    for kind in PAGED:
        count = pages(len(site.things.all(kind)))
        yield f"{kind}.html"
        yield from (f"{kind}-{number}.html" for number in range(2, count + 1))
    for period, rows in site.years.items():
        yield f"timeline/{period}.html"
        yield from (f"timeline/{period}/{number}.html" for number in range(2, pages(len(rows)) + 1))
    for name, question in site.questions.items():
        yield f"query/{name}.html"
        yield from [f"query/{name}.csv"] * question.answered


def render(site: "Site", path: str) -> bytes:
    """Return the page at ``path``. Raises `AbsentError`."""
    single = {
        "index.html": _index,
        "timeline.html": _timeline,
        "queries.html": _queries,
        "search.html": _search,
        "data.html": _data,
        "sparql.html": asking.page,
        "404.html": _missing,
        "network.html": _network,
        "matrix.html": _matrix,
        ".htaccess": _rules,
        **{f"{vocabulary.FOLDER}/{part}.html": _ontology for part in vocabulary.PAGES},
    }
    if path in single:
        return single[path](site, path)
    listed = _LIST.fullmatch(path)
    if listed and listed["kind"] in PAGED:
        return _kind(site, path, listed["kind"], int(listed["number"] or 1))
    parts = path.removesuffix(".html").split("/")
    number = int(parts[-1]) if parts[-1].isascii() and parts[-1].isdigit() and len(parts) > 2 else 1
    if path.removeprefix(f"{vocabulary.FOLDER}/") in vocabulary.FILES and parts[0] == vocabulary.FOLDER:
        return (folder("ontology") / path.removeprefix(f"{vocabulary.FOLDER}/")).read_bytes()
    if parts[0] == "search" and path.endswith(".js"):
        return _search_part(site, path)
    if parts[0] == "timeline" and len(parts) in (2, 3):
        return _period(site, path, parts[1], number)
    if parts[0] == "query" and len(parts) == 2:
        name, _, suffix = path.removeprefix("query/").partition(".")
        if suffix == "html" and name in site.questions:
            return _question(site, path, site.questions[name])
        if suffix == "csv" and name in site.questions and site.questions[name].answered:
            return site.answer(name).csv
    raise AbsentError(path)


# ---------------------------------------------------------------------------------------------- lists


def _index(site: "Site", path: str) -> bytes:
    counts = {kind: len(site.things.all(kind)) for kind in LISTED}
    rows = [row for row in site.events if row.earliest]
    return site.page("index.html", path, counts=counts, latest=rows[:20])


def _kind(site: "Site", path: str, kind: str, number: int) -> bytes:
    things = site.things
    nodes = things.all(kind)
    if number > pages(len(nodes)):
        raise AbsentError(path)
    values: dict[str, Any] = {"kind": kind, "name": LISTED[kind], "number": number, "count": len(nodes)}
    values["pages"] = pages(len(nodes))
    part = slice((number - 1) * MANY, number * MANY)
    if kind == "event":
        values["rows"] = site.events[part]
    elif kind == "agreement":
        values["pacts"] = things.pacts(nodes)[part]
    elif kind == "article":
        values["reports"] = things.reports(nodes)[part]
    else:
        values["links"] = [(link, _note(site, kind, link.path)) for link in things.links(nodes)[part]]
    return site.page("list.html", path, **values)


def _note(site: "Site", kind: str, path: str) -> str:
    """Return the few words beside a thing in a list: how many events it has part in."""
    if kind == "discrepancy":
        return ""
    node = ox.NamedNode(site.store.base + path.removesuffix(".html"))
    count = len(site.things.events_of(node))
    return f"{count} event{'s' * (count != 1)}" if count else ""


def years(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Return events by the year they began in, latest first; undated ones last."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.earliest[:4] or UNDATED, []).append(row)
    return found


def _timeline(site: "Site", path: str) -> bytes:
    return site.page("timeline.html", path, years=site.years, bars=figures.bars(site.events))


def _network(site: "Site", path: str) -> bytes:
    dots, lines = figures.network(site.events)
    return site.page("network.html", path, dots=dots, lines=lines, radius=figures.radius(len(dots)))


def _matrix(site: "Site", path: str) -> bytes:
    return site.page("matrix.html", path, matrix=figures.matrix(site.events))


def _ontology(site: "Site", path: str) -> bytes:
    name, description, version = vocabulary.title()
    values = {"name": name, "description": description, "version": version, "files": vocabulary.FILES}
    part = path.rpartition("/")[2].removesuffix(".html")
    return site.page("ontology.html", path, part=part, pages=vocabulary.PAGES, diagram=figures.classes(),
                     sections=vocabulary.sections(site.things, part), **values)  # fmt: skip


def _rules(site: "Site", path: str) -> bytes:
    return site.page("htaccess", path, kinds=PAGED)


def _period(site: "Site", path: str, period: str, number: int) -> bytes:
    rows = site.years.get(period, [])
    if not rows or number > pages(len(rows)):
        raise AbsentError(path)
    part = rows[(number - 1) * MANY : number * MANY]
    values = {"period": period, "number": number, "pages": pages(len(rows)), "count": len(rows)}
    return site.page("period.html", path, rows=part, **values)


# ---------------------------------------------------------------------------------------------- queries and search


def _queries(site: "Site", path: str) -> bytes:
    return site.page("queries.html", path)


def _question(site: "Site", path: str, question: Question) -> bytes:
    values: dict[str, Any] = {"question": question, "answer": None, "rows": []}
    if question.answered:
        values["answer"] = answer = site.answer(question.name)
        links = site.things.link
        values["rows"] = [[links(cell) if cell is not None else Link("") for cell in row] for row in answer.rows[:MANY]]
    return site.page("query.html", path, **values)


def _search(site: "Site", path: str) -> bytes:
    parts = " ".join(key + "+" * (not part.whole) for key, part in site.search_parts.items())
    return site.page("search.html", path, parts=parts)


class Part(NamedTuple):
    """A part of the search index: things one of whose words begins as the part is named."""

    entries: list[list[str]]
    """Kind, slug, label and other names of each, the shortest labels first."""
    whole: bool
    """Whether it has all of them; those of a longer beginning have parts of their own where it has not."""


def search_parts(site: "Site") -> dict[str, Part]:
    """Return the parts of the search index by name, so that a search loads little of it, however much there is.

    A name of common words alone is found, when it is given whole, in a part that is named by a number. What an event is
    called by its kind and sides alone is found through these and left out.
    """
    entries: list[list[str]] = []
    for kind in PAGED:
        for node in site.things.all(kind):
            label = site.things.label(node)
            if kind == "event" and label.startswith(f"{site.things.event(node).kind_label.capitalize()} "):
                continue
            names = (link.text for link in site.things.names(node))
            entries.append([kind, node.value.rpartition("/")[2], label, *names])
    ranked = sorted(entries, key=lambda entry: len(entry[2]))
    words = [(word, place) for place, entry in enumerate(ranked) for name in entry[2:] for word in fold(name).split()]
    parts = dict(_divided(words, 0, ranked))
    for key, places in _common(ranked, parts).items():
        parts[key] = Part([ranked[place] for place in places], True)
    return dict(sorted(parts.items()))


def _common(entries: list[list[str]], parts: Mapping[str, Part]) -> dict[str, list[int]]:
    """Return the places of the entries with a name of common words alone, by the part that has those called so."""
    found: dict[str, list[int]] = {}
    for place, entry in enumerate(entries):
        folded = {fold(name) for name in entry[2:]}
        rare = {name for name in folded if any(parts[_last(word, parts)].whole for word in name.split())}
        for key in {f"-{sum(map(ord, name)) % 64}" for name in folded - rare}:
            found.setdefault(key, []).append(place)
    return found


def _last(word: str, parts: Mapping[str, Part]) -> str:
    """Return the part of the longest beginning of a word."""
    depth, key = 0, part_named(word)
    while not parts[key].whole and part_named(word, depth + 1) != key:
        depth, key = depth + 1, part_named(word, depth + 1)
    return key


def _divided(words: Iterable[tuple[str, int]], depth: int, entries: list[list[str]]) -> Iterator[tuple[str, Part]]:
    """Yield the parts for words and the places of the entries that have them; what is too much is divided further."""
    by_key: dict[str, list[tuple[str, int]]] = {}
    for word, place in words:
        by_key.setdefault(part_named(word, depth), []).append((word, place))
    for key, group in by_key.items():
        places = sorted({place for _, place in group})
        yield key, Part([entries[place] for place in places[:MOST_FOUND]], len(places) <= MOST_FOUND)
        if len(places) > MOST_FOUND:
            yield from _divided(((w, p) for w, p in group if part_named(w, depth + 1) != key), depth + 1, entries)


def part_named(word: str, depth: int = 0) -> str:
    """Return the name of the part of the search index that has the words that begin like ``word``, folded.

    Two letters, and ``depth`` more; of other scripts than ASCII, numbers that stand for the letters.

    >>> part_named("jinping"), part_named("g20"), part_named("x"), part_named("习近平")
    ('ji', 'g2', 'x', 'u32')
    >>> part_named("jinping", 1), part_named("x", 1), part_named("习近平", 2)
    ('ji-n', 'x', 'u32-17-51')
    """
    plain = word[: next((at for at, c in enumerate(word) if not c.isascii()), len(word))]
    if plain:
        return "-".join(filter(None, (plain[:2], plain[2 : 2 + depth])))
    return "u" + "-".join(str(ord(c) % 64) for c in word[: depth + 1])


def _search_part(site: "Site", path: str) -> bytes:
    """Return a part of the index as a script: a page opened from the file system may load no JSON."""
    key = path.removeprefix("search/").removesuffix(".js")
    if key not in site.search_parts:
        raise AbsentError(path)
    text = json.dumps(site.search_parts[key].entries, ensure_ascii=False, separators=(",", ":"))
    return f"window.searchParts[{json.dumps(key)}] = {text};\n".encode()


def _data(site: "Site", path: str) -> bytes:
    return site.page("data.html", path, dumps=sorted(site.dumps, key=lambda dump: (dump.compressed, dump.title)))


def _missing(site: "Site", path: str) -> bytes:
    return site.page("404.html", path, near=[])


# ---------------------------------------------------------------------------------------------- an article


def article(site: "Site", node: ox.NamedNode, part: int) -> dict[str, Any]:
    """Return what a page of an article shows: what it states, each with the sentences it states it in.

    A long article has several pages: a thing stands where it is first stated. Raises `AbsentError`.
    """
    things = site.things
    parts = things.parts_of(node)
    if part not in parts:
        raise AbsentError(f"{node.value}: part {part}")
    # The graph is read once: of a long article, a look-up a passage would take longer than all the rest.
    said: dict[str, dict[str, list[Term]]] = {}
    for quad in site.store.quads(graph=node):
        if isinstance(quad.subject, ox.NamedNode):
            said.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object)
    quotes = {name: _passage(about) for name, about in said.items() if _EXACT in about}
    main = {getattr(term, "value", "") for term in said.get(node.value, {}).get(_ABOUT, ())}
    stated: dict[str, list[tuple[Any, list[evidence.Passage], bool]]] = {}
    for name, about in sorted(said.items()):
        if _EVIDENCE not in about or _TYPE.value not in about:
            continue
        kind = name.removeprefix(site.store.base).partition("/")[0]
        found = {getattr(term, "value", "") for term in about[_EVIDENCE]}
        passages = sorted(quotes[passage] for passage in found & quotes.keys())
        if (passages[0].start // PART if passages else 0) != part:
            continue
        stated.setdefault(kind, []).append((_shown(site, kind, ox.NamedNode(name)), passages, name in main))
    for rows in stated.values():
        rows.sort(key=lambda row: (not row[2], row[1][0][0] if row[1] else 0))
    return {
        "report": things.reports([node])[0],
        "stated": stated,
        "quotes": sorted(quote for quote in quotes.values() if quote.start // PART == part),
        "parts": [(number, part_of(node.value.rpartition("/")[2], number * PART)) for number in parts],
        "part_size": PART,
        "part_of": partial(part_of, node.value.rpartition("/")[2]),
        "reasons": sorted(getattr(q.object, "value", "") for q in site.store.quads(None, _MESSAGE, None, node)),
        "published": any(site.store.quads(node, _TYPE, None, DEFAULT_GRAPH)),
    }


def _passage(about: dict[str, list[Term]]) -> evidence.Passage:
    start, end, quote = (getattr(about[name][0], "value", "") for name in (_START, _END, _EXACT))
    return evidence.Passage(int(start), int(end), quote)


def _shown(site: "Site", kind: str, node: ox.NamedNode) -> Any:
    things = site.things
    if kind == "event":
        return things.event(node)
    if kind == "tenure":
        return things.tenure(node)
    return things.link(node)
