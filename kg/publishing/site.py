"""The site: which pages there are, and the bytes of each, from the store alone.

The same pages are written to a folder, and answered live by a server: a page is known by its path, links between
pages are relative, so that the site works from the file system, at the root of a domain, or below a path.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import evidence
from kg.publishing import descriptions, lists
from kg.publishing.pack import Distribution, Release
from kg.publishing.pages import MANY, AbsentError, Answer, Question, pages, script_text
from kg.publishing.things import PAGED, Link, Row, Things, headed
from kg.store import DEFAULT_GRAPH, Store

if TYPE_CHECKING:
    import jinja2

TEMPLATES = Path(__file__).parent / "templates"
ASSETS = Path(__file__).parent / "assets"
SHOWN = 40
"""Rows of a list beside others on one page."""
_LISTS = ("holders", "offices", "agreements", "places", "articles")
_UNLISTED = ("event", "article", "discrepancy")
"""Kinds whose pages list no events, and so have no further pages."""
_AT_THE_HEAD = ("altLabel", "exactMatch")
"""Properties that the head of a page shows."""
_DATES = ("date", "start", "end")
_PARTICIPANT = "participant"
_PART = re.compile(r"(?P<name>[a-z]+)(?:-(?P<number>[2-9]|[1-9][0-9]{1,6}))?")

Answers = Callable[[Store, str], Answer]


class Site:
    """The pages of a store. ``questions`` are stored queries; ``answers`` runs those that ask for nothing, by name.

    ``endpoint`` is where a server answers SPARQL, relative to the start page; without one, the page of queries asks
    the published graph itself.
    """

    def __init__(
        self,
        store: Store,
        questions: tuple[Question, ...] = (),
        answers: Answers | None = None,
        title: str = "",
        *,
        endpoint: str = "",
    ):
        self.store = store
        self.things = Things(store)
        self.title = title or "Diplomacy knowledge graph"
        self.questions = {question.name: question for question in questions}
        self.endpoint = endpoint
        self.release: Release | None = None
        """What is released with the pages, where they are written to a folder, and its dumps."""
        self.dumps: list[Distribution] = []
        self.answers = answers
        self._answered: dict[str, Answer] = {}

    @cached_property
    def mapped(self) -> dict[str, str]:
        """When each article was mapped, by the slug of its IRI."""
        return self.store.mapped

    @cached_property
    def events(self) -> list[Row]:
        """All events, latest first, undated ones last."""
        return self.things.rows(self.things.all("event"))

    @cached_property
    def years(self) -> dict[str, list[Row]]:
        """All events by year, latest first."""
        return lists.years(self.events)

    @cached_property
    def search_parts(self) -> dict[str, lists.Part]:
        """The parts of the search index, by name."""
        return lists.search_parts(self)

    def answer(self, name: str) -> Answer:
        """Return the answer of one of the questions."""
        if name not in self._answered:
            assert self.answers is not None  # noqa: S101 (who gives questions gives answers)
            self._answered[name] = self.answers(self.store, name)
        return self._answered[name]

    # ------------------------------------------------------------------------------------------ paths

    def paths(self) -> Iterator[str]:
        """Yield the path of every page and file, each once."""
        yield from lists.paths(self)
        for kind in PAGED:
            for node in self.things.all(kind):
                name = node.value.removeprefix(self.store.base)
                yield from (f"{name}{suffix}" for suffix in (".html", *descriptions.SUFFIXES))
                yield from (f"{name}/{part}.html" for part in self._further(kind, node))
        yield from (f"assets/{file.name}" for file in sorted(ASSETS.iterdir()))

    def _further(self, kind: str, node: ox.NamedNode) -> Iterator[str]:
        """Yield the names of a thing's further pages: events beyond the first page, and lists too long for it."""
        if kind == "article":
            yield from map(str, self.things.parts_of(node)[1:])
        if kind in _UNLISTED or self.things.relations[node.value] <= min(SHOWN, MANY):  # most need no look at each list
            return
        yield from map(str, range(2, pages(len(self.things.events_of(node))) + 1))
        for name, rows in self._lists(node).items():
            if len(rows) > SHOWN:
                yield from (_part(name, number) for number in range(1, pages(len(rows)) + 1))

    def _lists(self, node: ox.NamedNode) -> dict[str, list[Any]]:
        """Return the lists of a thing's page that may be long, each by the name of the page of the whole of it."""
        things = self.things
        return {
            "holders": things.tenures_of(node) if things.path(node).startswith("office/") else [],
            "offices": things.offices_of(node),
            "agreements": things.agreements_of(node),
            "places": things.places_in(node),
            "articles": things.articles_of(node),
        }

    # ------------------------------------------------------------------------------------------ bytes

    def render(self, path: str) -> bytes:
        """Return the page or file at ``path``. Raises `AbsentError`."""
        if path.startswith("assets/"):
            return _asset(path.removeprefix("assets/"))
        kind, _, rest = path.partition("/")
        if kind not in PAGED:
            return lists.render(self, path)
        slug, _, further = rest.removesuffix(".html").partition("/")
        listed = _PART.fullmatch(further)
        suffix = PurePosixPath(rest).suffix
        if suffix in descriptions.SUFFIXES:
            return descriptions.write(self.store, self._node(kind, rest.removesuffix(suffix)), suffix)
        if suffix == ".html" and listed and listed["name"] in _LISTS:
            return self._whole_list(path, kind, self._node(kind, slug), listed["name"], int(listed["number"] or 1))
        if suffix != ".html" or not ((further.isascii() and further.isdigit()) or further == ""):
            raise AbsentError(path)
        return self._thing(path, kind, self._node(kind, slug), int(further or (kind != "article")))

    def _whole_list(self, path: str, kind: str, node: ox.NamedNode, name: str, number: int) -> bytes:
        """Return a page of one list of a thing."""
        rows = self._lists(node)[name]
        if len(rows) <= SHOWN or number > pages(len(rows)) or kind in _UNLISTED:
            raise AbsentError(path)
        part = rows[(number - 1) * MANY : number * MANY]
        values = {"label": evidence.label(self.store, node), "name": name, "rows": part, "count": len(rows)}
        thing = Link(str(values["label"]), self.things.path(node))
        return self.page("part.html", path, thing=thing, number=number, pages=pages(len(rows)), **values)

    def _node(self, kind: str, slug: str) -> ox.NamedNode:
        node = self.things.node(kind, slug)
        if node is None:
            raise AbsentError(f"{kind}/{slug}")
        return node

    def page(self, template: str, path: str, **values: Any) -> bytes:
        """Return a page made of a template, its links relative to ``path``."""
        rise = "../" * path.count("/")
        return (
            _environment()
            .get_template(template)
            .render(site=self, path=path, rise=rise, href=lambda link: _href(link, rise), **values)
            .encode()
        )

    # ------------------------------------------------------------------------------------------ pages of things

    def _thing(self, path: str, kind: str, node: ox.NamedNode, number: int) -> bytes:
        things = self.things
        values: dict[str, Any] = {
            "node": node,
            "kind": kind,
            "label": things.event(node).link.text if kind == "event" else headed(evidence.label(self.store, node)),
            "formerly": evidence.former_names(self.store, node),
            "disputes": [(things.link(ox.NamedNode(d.iri)), d) for d in evidence.disputes(self.store, node)],
            "matches": things.matches(node),
            "names": things.names(node),
            "jsonld": script_text(descriptions.embedded(self.store, node).decode()),
            "alternates": [f"{kind}/{node.value.rpartition('/')[2]}{s}" for s in descriptions.SUFFIXES],
            "number": number,
            "first": number == (kind != "article"),
        }
        if kind == "article":
            values |= lists.article(self, node, number)
        elif kind in ("event", "agreement", "discrepancy"):
            values |= self._told(node)
        else:
            values |= self._actor(node)
        if kind not in _UNLISTED:
            rows = things.events_of(node)
            values["pages"] = pages(len(rows))
            if number > values["pages"]:
                raise AbsentError(path)
            values |= {"rows": rows[(number - 1) * MANY : number * MANY], "events": len(rows)}
        elif kind != "article" and number > 1:
            raise AbsentError(path)
        return self.page(f"{kind}.html", path, **values)

    def _actor(self, node: ox.NamedNode) -> dict[str, Any]:
        return {
            "tenures": self.things.tenures_of(node) if self.things.path(node).startswith("person/") else [],
            "codes": self.things.codes(node),
            "lists": self._lists(node),
            "shown": SHOWN,
            "facts": self.facts(node),
        }

    def _told(self, node: ox.NamedNode) -> dict[str, Any]:
        """Return what an event, agreement or discrepancy is, and what each article says of it."""
        reports = [(self.things.reports([graph])[0], graph) for graph in evidence.stating(self.store, node)]
        reports.sort(key=lambda pair: (pair[0].published or "9999", pair[0].link.path))
        return {
            "facts": self.facts(node),
            "statements": [
                (
                    report,
                    evidence.statement(self.store, node, graph, self.mapped),
                    self.facts(node, graph),
                    self.inferences(node, graph),
                )
                for report, graph in reports[:SHOWN]
            ],
            "further": [report for report, _ in reports[SHOWN:]],
            "inferences": self.inferences(node),
            "pacts": self.things.agreements_of(node),
        }

    def facts(
        self, node: ox.NamedNode, graph: ox.NamedNode | ox.DefaultGraph = DEFAULT_GRAPH
    ) -> list[tuple[str, list[Link]]]:
        """Return what a graph says of a thing as pairs of a property's name and values, by name.

        Who has a part of their own in an event is named by that, and not as one who takes part besides.
        """
        found: dict[str, list[Link]] = {}
        for name, term in evidence.values(self.store, node, graph):
            if name not in _AT_THE_HEAD:
                link = self.things.link(term)
                found.setdefault(name, []).append(_day(link) if name in _DATES else link)
        parts = {link for name, links in found.items() if name != _PARTICIPANT for link in links}
        others = [link for link in found.pop(_PARTICIPANT, []) if link not in parts]
        found |= {_PARTICIPANT: others} if others else {}
        return [(_spaced(name), links) for name, links in sorted(found.items())]

    def inferences(
        self, node: ox.NamedNode, graph: ox.NamedNode | ox.DefaultGraph = DEFAULT_GRAPH
    ) -> list[tuple[str, list[Link]]]:
        """Return the rules by which something of a thing was concluded, each with its premises."""
        path = self.things.path
        return [
            (found.rule, [Link(*pair) for pair in zip(found.premises, map(path, map(ox.NamedNode, found.things)),
                                                      strict=True)])
            for found in evidence.inferences(self.store, node, graph)
        ]  # fmt: skip


def _spaced(name: str) -> str:
    """Return the name of a property as words.

    >>> _spaced("participatingOffice"), _spaced("date")
    ('participating office', 'date')
    """
    return re.sub("[A-Z]", lambda found: f" {found[0].lower()}", name)


def _day(link: Link) -> Link:
    """Return a date as it is shown: both ends of a span with a dash between."""
    return link._replace(text=link.text.replace("/", " – "))


def _part(name: str, number: int) -> str:
    """Return the name of a page of a list.

    >>> _part("offices", 1), _part("offices", 2)
    ('offices', 'offices-2')
    """
    return name if number == 1 else f"{name}-{number}"


def _href(link: Link, rise: str) -> str:
    """Return where a link leads from a page; only to pages of the site and to the web."""
    if link.path:
        return rise + link.path
    return link.url if link.url.startswith(("http://", "https://")) else ""


def _asset(name: str) -> bytes:
    file = ASSETS / name
    if PurePosixPath(name).name != name or not file.is_file():
        raise AbsentError(f"assets/{name}")
    return file.read_bytes()


@cache
def _environment() -> "jinja2.Environment":
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
