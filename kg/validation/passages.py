"""Passages: is the quotation what stands in the article's text at its offsets? The text is not in the graph."""

from collections.abc import Iterator, Mapping

from kg.namespaces import PREFIXES
from kg.validation.checks import CHECKS, COMPONENT
from kg.validation.results import Result, lexical
from kg.validation.statements import Statements, statement

_OA = PREFIXES["oa"]
_PREDICATES = tuple(f"<{_OA}{name}>".encode() for name in ("start", "end", "exact", "hasSource"))

_ABSENT = "The quotation is not what stands between the offsets in the article's text; copy it from there anew."
_LENGTH = (
    "The quotation has not as many characters as there are between its offsets; copy it from the article's text anew."
)
_ORDER = "The passage ends before it starts; correct its offsets."
_SOURCE = "The passage is in the graph of one article and has another as its source; point oa:hasSource to the former."


def findings(data: Statements, texts: Mapping[str, str]) -> Iterator[Result]:
    """Yield what is wrong with the passages of ``data``, without labels and places.

    ``texts`` are articles' texts by IRI; where one is missing, only the length of the quotation can be told.
    """
    passage = ""
    values: dict[str, str] = {}
    for line in sorted(line for name in _PREDICATES for line in data.by_property.get(name, ())):
        subject, predicate, value, graph = statement(line)
        if subject != passage:
            yield from _wrong(passage, values, texts)
            passage, values = subject, {}
        values[predicate[len(_OA) + 1 : -1]] = value
        values["graph"] = graph
    yield from _wrong(passage, values, texts)


def _wrong(passage: str, values: dict[str, str], texts: Mapping[str, str]) -> Iterator[Result]:
    if not {"start", "end", "exact"} <= values.keys():
        return  # the shapes tell what is missing
    graph, source = values["graph"], values.get("hasSource", "")
    if graph and source and source != graph:
        yield _result(passage, "hasSource", source, _SOURCE, "passage-source", graph)
    start, end, quote = (lexical(values[name])[0] for name in ("start", "end", "exact"))
    if not (start.isdecimal() and end.isdecimal()):
        return
    if int(end) <= int(start):
        yield _result(passage, "end", values["end"], _ORDER, "passage-order", graph)
        return
    text = texts.get(graph[1:-1] or source[1:-1])
    if text is not None and text[int(start) : int(end)] != quote:
        yield _result(passage, "exact", values["exact"], _ABSENT, "passage-quote", graph)
    elif len(quote) != int(end) - int(start):
        yield _result(passage, "exact", values["exact"], _LENGTH, "passage-length", graph)


def _result(passage: str, name: str, value: str, message: str, rule: str, graph: str) -> Result:
    return Result(
        severity="Violation",
        focus=passage[1:-1] if passage.startswith("<") else passage,
        path=_OA + name,
        value=value,
        message=message,
        shape=CHECKS + rule,
        component=COMPONENT,
        articles=(graph[1:-1],) if graph else (),
    )
