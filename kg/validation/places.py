"""Where an article states what is wrong: from a finding back to file, line, column and sentence."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

import msgspec

from kg.namespaces import DIP, PREFIXES, iri
from kg.validation.results import Place, Result, lexical, spoken
from kg.validation.statements import Statement

_TYPE, _LABEL, _ARTICLE = f"<{iri('rdf:type')}>", f"<{iri('rdfs:label')}>", f"<{iri('schema:NewsArticle')}>"
_NAMED, _FILE, _EVIDENCE = f"<{DIP.namedAs}>", f"<{DIP.file}>", f"<{DIP.evidence}>"
_PREMISE, _DERIVED = f"<{DIP.premise}>", f"<{iri('prov:wasDerivedFrom')}>"
_START, _END, _EXACT = (f"<{PREFIXES['oa']}{name}>" for name in ("start", "end", "exact"))


class Told(Protocol):
    """What is asked of the data: `kg.validation.statements.Statements`, or where they are spread over files."""

    def about(self, subject: str) -> list[Statement]:
        """Return what is said of a subject."""

    def pointing(self, things: set[str]) -> dict[str, list[Statement]]:
        """Return the statements whose value is one of ``things``, by value."""


class Places:
    """Completes findings with labels, articles and places; reads only what the findings are about."""

    def __init__(self, data: Told, texts: Mapping[str, str] | None = None) -> None:
        self._data = data
        self._texts = texts or {}
        self._about: dict[str, list[Statement]] = {}
        self._pointing: dict[str, list[Statement]] = {}
        self._bare: dict[str, bool] = {}

    def prepare(self, results: Iterable[Result]) -> None:
        """Read what ``results`` are about, which need not all be known yet."""
        for result in results:
            self._is_bare(_node(result.focus))

    def complete(self, results: Iterable[Result]) -> list[Result]:
        """Return ``results`` with the labels, articles and places of their things."""
        results = list(results)
        self._pointing = self._ways_to({_node(result.focus) for result in results})
        return [self._complete(result) for result in results]

    def _complete(self, result: Result) -> Result:
        focus = _node(result.focus)
        graphs = {f"<{article}>" for article in result.articles} or self._stating(focus, result)
        place = next(iter(self._places(focus, graphs)), None)
        articles = tuple(sorted(graph[1:-1] for graph in graphs))
        return msgspec.structs.replace(result, label=self._label(focus), articles=articles, place=place)

    def _stating(self, focus: str, result: Result) -> set[str]:
        """Return the article graphs that state what is wrong; none where the default graph states it by itself."""
        about = self._statements(focus)
        path = f"<{result.path}>"
        stated = [s.graph for s in about if s.predicate == path and s.value == result.value]
        stated = stated or [s.graph for s in about if s.predicate == path] or [s.graph for s in about]
        return {graph for graph in stated if graph}

    def _places(self, focus: str, graphs: set[str]) -> Iterator[Place]:
        """Yield where a thing is stated: its own passages, else those of what points to it, else its articles.

        Where it is known which articles state what is wrong, no other article's sentence is shown.
        """
        ways = [focus, *sorted({s.subject for s in self._pointing.get(focus, ())})]
        ways += sorted({s.subject for way in ways[1:] for s in self._pointing.get(way, ())})
        for way in ways:
            yield from self._quoted(way, graphs)
        articles = graphs or {s.value for s in self._statements(focus) if s.predicate == _DERIVED}
        for article in sorted(articles):
            yield Place(article=article[1:-1], file=self._file(article))

    def _quoted(self, thing: str, graphs: set[str]) -> Iterator[Place]:
        """Yield the passages of a thing, in any graph if ``graphs`` is empty."""
        about = self._statements(thing)
        stated = [s for s in about if s.predicate in (_EVIDENCE, _PREMISE)]
        stated += [Statement(thing, _EVIDENCE, thing, s.graph) for s in about if s.predicate == _EXACT][:1]
        for s in sorted(stated, key=lambda s: (s.graph, s.value)):
            if not graphs or s.graph in graphs:
                yield from filter(None, [self._place(s.value, s.graph)])

    def _place(self, passage: str, graph: str) -> Place | None:
        values = {s.predicate: s.value for s in self._statements(passage)}
        if _EXACT not in values or not graph:
            return None
        start, end = _offset(values.get(_START)), _offset(values.get(_END))
        line, column = position(self._texts.get(graph[1:-1]), start)
        return Place(
            article=graph[1:-1],
            file=self._file(graph),
            start=start,
            end=end,
            quote=spoken(values[_EXACT]),
            line=line,
            column=column,
        )

    def _file(self, article: str) -> str:
        files = sorted(spoken(s.value) for s in self._statements(article) if s.predicate == _FILE)
        return files[0] if files else article[1:-1]

    def _label(self, focus: str) -> str:
        about = self._statements(focus)
        labels = sorted(spoken(s.value) for s in about if s.predicate == _LABEL)
        names = sorted(spoken(s.value) for s in about if s.predicate == _NAMED)
        return next(iter(labels or names), "")

    def _statements(self, thing: str) -> list[Statement]:
        if thing not in self._about:
            self._about[thing] = self._data.about(thing)
        return self._about[thing]

    def _ways_to(self, things: set[str]) -> dict[str, list[Statement]]:
        """Return what points, at one remove or two, to things that have no passage of their own, by its value."""
        found: dict[str, list[Statement]] = {}
        for _ in range(2):
            bare = {thing for thing in things if self._is_bare(thing)}
            if not bare:
                break
            nearer = self._data.pointing(bare)
            found |= nearer
            things = {pointing.subject for statements in nearer.values() for pointing in statements}
        return found

    def _is_bare(self, thing: str) -> bool:
        if thing not in self._bare:
            is_article = any(s.predicate == _TYPE and s.value == _ARTICLE for s in self._statements(thing))
            self._bare[thing] = not is_article and next(self._quoted(thing, set()), None) is None
        return self._bare[thing]


def position(text: str | None, offset: int | None) -> tuple[int | None, int | None]:
    r"""Return line and column, both from 1, of an offset in a text; None where there is no such place.

    >>> position("Talks\n\nThey met.", 7), position("Talks", 9), position(None, 0)
    ((3, 1), (None, None), (None, None))
    """
    if text is None or offset is None or not 0 <= offset <= len(text):
        return None, None
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def _offset(value: str | None) -> int | None:
    if value is None or not value.startswith('"'):
        return None
    number = lexical(value)[0]
    return int(number) if number.isdecimal() else None


def _node(focus: str) -> str:
    return focus if focus.startswith(("_:", '"')) else f"<{focus}>"
