"""Stored queries and SPARQL by hand: list, load, run, and write the answers.

A stored query is a file of ``queries/``: a ``#+`` header in YAML, which grlc reads too, then SPARQL. Its parameters
are variables named as grlc names them (``?_name_iri`` required, ``?__name_iri`` optional; https://grlc.io/); ours are
bound to terms that Oxigraph itself spells out, so nothing a user types is ever read as SPARQL. Header keys of our
own, which grlc passes over: ``columns``, ``lists`` (columns of several values) and ``parameters`` (their types).
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from itertools import groupby
from typing import IO, Any, NamedTuple

import pyoxigraph as ox

from kg.collector import no_collection
from kg.endpoint import sparql as spell
from kg.errors import QueryError
from kg.namespaces import PREFIXES
from kg.resources import folder
from kg.sparql import check, position
from kg.store import Store, Term
from kg.things import CLASSES, Parameter, Source, find
from kg.turtle import Names, describe, header, rank

XSD = PREFIXES["xsd"]
_VARIABLE = re.compile(r"\?(?P<optional>__?)(?P<name>[a-z]+)(?:_[a-z]+)*\b")
_WHOLE = re.compile(r"\{ SELECT \* (\{[^{}]*\}) \}")
"""A pattern that engines read by itself, in the order of an index, and then join; without SELECT they look it up."""
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_AT = re.compile(r"error at (\d+):(\d+):\s*")


class StoredQuery(NamedTuple):
    """A stored query: what its header says, and its SPARQL."""

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    columns: tuple[str, ...]
    lists: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str


class Table(NamedTuple):
    """The answer to a SELECT: columns, and rows of as many terms, None where unbound."""

    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]


class Graph(NamedTuple):
    """The answer to a CONSTRUCT or DESCRIBE: its triples, sorted, without repetition."""

    triples: list[ox.Triple]


Answer = Table | Graph | bool


def names() -> list[str]:
    """Return the names of the stored queries, sorted."""
    return sorted(file.name.removesuffix(".rq") for file in folder("queries").iterdir() if file.name.endswith(".rq"))


def load(name: str) -> StoredQuery:
    """Return the stored query ``name``. Raises `QueryError` with near names where there is none."""
    if name not in (known := names()):
        raise QueryError(f"there is no stored query {name!r}; {_did_you_mean(name, known)}")
    return parse(name, _read(folder("queries") / f"{name}.rq"))


def _read(file: Traversable) -> str:
    return file.read_text(encoding="utf-8")


def parse(name: str, text: str) -> StoredQuery:
    """Return the stored query that the file ``text`` holds. Raises `QueryError` where its header is not as it should.

    >>> parse("a", "#+ summary: All\\n#+ columns: [s]\\nSELECT ?s { ?s ?p ?_o_iri }").parameters[0].required
    True
    """
    import yaml  # here: it is only needed once a query is asked for

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    head = "\n".join(line[2:] for line in text.splitlines() if line.startswith("#+"))
    try:
        header = yaml.load(head, Loader=loader)  # noqa: S506  a safe loader, in C where it is there
    except yaml.YAMLError as error:
        raise QueryError(f"the header of the query {name} is not YAML: {' '.join(str(error).split())}") from None
    if not isinstance(header, dict) or "summary" not in header:
        raise QueryError(f"the query {name} has no summary; begin the file with: #+ summary: …")
    return _stored_query(name, header, text)


def _stored_query(name: str, header: Mapping[str, Any], text: str) -> StoredQuery:
    return StoredQuery(
        name=name,
        summary=header["summary"],
        description=header.get("description", header["summary"]),
        tags=tuple(header.get("tags", ())),
        columns=tuple(header.get("columns", ())),
        lists=tuple(header.get("lists", ())),
        parameters=_parameters(header, text),
        text=text,
    )


def _parameters(header: Mapping[str, Any], text: str) -> tuple[Parameter, ...]:
    """Return the parameters in the order of the header, then those of the text that the header passes over."""
    variables = {found["name"]: found["optional"] == "_" for found in _VARIABLE.finditer(text)}
    described = header.get("parameters", {})
    defaults = {key: str(value) for pair in header.get("defaults", ()) for key, value in pair.items()}
    ordered = [key for key in described if key in variables] + sorted(variables.keys() - described)
    return tuple(
        Parameter(
            key,
            described.get(key, {}).get("type", "string"),
            variables[key] and key not in defaults,
            described.get(key, {}).get("description", ""),
            defaults.get(key),
            described.get(key, {}).get("partial"),
        )
        for key in ordered
    )


def run(source: Source, query: StoredQuery, values: Mapping[str, str]) -> Answer:
    """Return the answer of ``source`` to ``query``, with ``values`` as users write them. Raises `QueryError`."""
    text = bind(query, terms(source, query, values))
    with no_collection():  # rows hold no cycles, and there may be very many
        answer = _sorted_answer(source, text, query.columns) if isinstance(source, Store) else _answer(source, text)
        return _join_lists(answer, query.lists) if isinstance(answer, Table) else answer


def terms(source: Source, query: StoredQuery, values: Mapping[str, str]) -> dict[str, Term]:
    """Return the term each of ``values`` stands for in ``source``. Raises `QueryError` for unknown or missing ones."""
    known = [parameter.name for parameter in query.parameters]
    for name in values:
        if name not in known:
            raise QueryError(f"{query.name} has no parameter {name!r}; {_did_you_mean(name, known)}")
    missing = [f"--{p.name}" for p in query.parameters if p.required and p.name not in values]
    if missing:
        raise QueryError(f"{query.name} needs {' and '.join(missing)}; see: kg query {query.name} --help")
    given = {parameter: values.get(parameter.name, parameter.default) for parameter in query.parameters}
    return {parameter.name: term(source, parameter, value) for parameter, value in given.items() if value is not None}


def bind(query: StoredQuery, bound: Mapping[str, Term]) -> str:
    """Return the SPARQL of ``query`` with each parameter in ``bound`` in its place, spelt by `kg.endpoint.sparql`.

    Where it is about one thing, patterns that are to be read whole, to answer about everything, no longer are.
    """
    text = _VARIABLE.sub(lambda found: spell(bound[found["name"]]) if found["name"] in bound else found[0], query.text)
    return _WHOLE.sub(r"\1", text) if any(isinstance(term, ox.NamedNode) for term in bound.values()) else text


def term(source: Source, parameter: Parameter, value: str) -> Term:
    """Return the term that ``value`` stands for as ``parameter``. Raises `QueryError` where it stands for none."""
    if parameter.type in CLASSES:
        return find(source, value, parameter.type, asked=f"--{parameter.name}")
    if parameter.type == "date":
        return ox.Literal(_day(parameter, value), datatype=ox.NamedNode(XSD + "date"))
    if parameter.type == "integer":
        if not re.fullmatch(r"[+-]?\d{1,18}", value):
            raise QueryError(f"--{parameter.name} takes a whole number, not {value!r}")
        return ox.Literal(int(value))
    return ox.Literal(value)


def _day(parameter: Parameter, value: str) -> str:
    """Return the day ``value`` names, or the first or last of its month or year where the parameter allows it."""
    found = _DATE.fullmatch(value.strip())
    if found is None or not _is_date(*found.groups()):
        raise QueryError(f"--{parameter.name} takes a date such as 2023-12-01, not {value!r}")
    year, month, day = found.groups()
    if day is None and parameter.partial is None:
        raise QueryError(f"--{parameter.name} takes a full date such as 2023-12-01, not {value!r}")
    last = parameter.partial == "last"
    month = month or ("12" if last else "01")
    return f"{year}-{month}-{day or (monthrange(int(year), int(month))[1] if last else '01')}"


def _is_date(year: str, month: str | None, day: str | None) -> bool:
    """Tell whether the parts, as far as given, are those of a day of the calendar.

    >>> _is_date("2023", "02", "29"), _is_date("2024", "02", "29"), _is_date("2024", "13", None)
    (False, True, False)
    """
    if year == "0000" or not 1 <= int(month or 1) <= 12:
        return False
    return 1 <= int(day or 1) <= monthrange(int(year), int(month or 1))[1]


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    known = list(known)
    close = get_close_matches(name, known, 3, 0.5)
    if close:
        return f"did you mean {' or '.join(close)}?"
    return f"there are: {', '.join(known)}" if known else "it has none"


# ---------------------------------------------------------------------------------------------- answers


def ask(source: Source, text: str, *, prefixes: Mapping[str, str] | None = None) -> Answer:
    """Return the answer of ``source`` to SPARQL by hand: SELECT, ASK, CONSTRUCT or DESCRIBE. Raises `QueryError`.

    ``prefixes`` need no declaration in it. See `kg.sparql` for what is refused. There is no limit of time.
    """
    check(text)
    return _answer(source, text, prefixes)


def _answer(source: Source, text: str, prefixes: Mapping[str, str] | None = None) -> Answer:
    try:
        results = source.query(text, prefixes)
        if isinstance(results, ox.QueryBoolean):
            return bool(results)
        if isinstance(results, ox.QueryTriples | list):
            return Graph(sorted(set(results), key=str))
        columns = tuple(variable.value for variable in results.variables)
        with no_collection():
            return Table(columns, [tuple(row) for row in results])
    except SyntaxError as error:
        raise QueryError(_explain_syntax(text, str(error))) from None
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the query cannot be run: {' '.join(str(error).split())}") from None


_ORDER = re.compile(r"\sORDER BY((?:\s+\?\w+)+)\s*\Z")
_SELECT = re.compile(r"^SELECT\s+(?:DISTINCT\s+)?", re.MULTILINE)
_IN_ORDER = frozenset((XSD + "string", PREFIXES["rdf"] + "langString"))


def _sorted_answer(store: Store, text: str, columns: tuple[str, ...]) -> Answer:
    """Return the answer to a query whose ORDER BY at the end, of plain variables, is carried out here.

    Oxigraph reads both terms from disk for each comparison, which takes longer than all the rest. Where a key is of a
    type whose order is not that of its text, Oxigraph sorts. https://www.w3.org/TR/sparql11-query/#modOrderBy
    """
    order, select = _ORDER.search(text), _SELECT.search(text)
    if order is None or select is None or not columns:
        return _answer(store, text)
    keys = [variable[1:] for variable in order[1].split()]
    more = [key for key in keys if key not in columns]  # selected too, in front of the columns asked for
    asked = "".join(f"?{key} " for key in more)
    answer = _answer(store, text[: select.end()] + asked + text[select.end() : order.start()])
    if not isinstance(answer, Table):
        return answer
    keyed = [_keys([row[answer.columns.index(key)] for row in answer.rows]) for key in keys]
    sortable = [keys for keys in keyed if keys is not None]
    if len(sortable) < len(keyed):
        return _answer(store, text)
    combined = list(zip(*sortable, strict=True))
    rows = [answer.rows[at][len(more) :] for at in sorted(range(len(combined)), key=combined.__getitem__)]
    return Table(answer.columns[len(more) :], rows)


def _keys(cells: list[Term | None]) -> Sequence[object] | None:
    """Return by what a column is sorted, None where it holds literals whose order is not that of their text."""
    kinds = set(map(type, cells))
    if ox.Literal in kinds:
        types = {cell.datatype.value for cell in cells if isinstance(cell, ox.Literal)}
        if not types <= _IN_ORDER:
            return None
    if len(kinds) == 1 and kinds <= {ox.Literal, ox.NamedNode}:
        return [cell.value for cell in cells]  # type: ignore[union-attr]
    return [_rank(cell) for cell in cells]


def _rank(cell: Term | None) -> tuple[int, str]:
    """Return by what an unbound cell, a blank node, an IRI and a string are sorted, in this order."""
    if cell is None:
        return 0, ""
    return (1 if isinstance(cell, ox.BlankNode) else 2 if isinstance(cell, ox.NamedNode) else 3), text_of(cell)


def _explain_syntax(text: str, message: str) -> str:
    """Return Oxigraph's complaint as one sentence.

    >>> _explain_syntax("SELECT *", "error at 1:9: expected '{'")
    "the query does not parse at line 1, column 9: expected '{'"
    """
    found = _AT.match(message)
    reason = " ".join(message[found.end() if found else 0 :].split())
    where = f"line {found[1]}, column {found[2]}" if found else position(text, len(text))
    short = reason if len(reason) <= 120 else reason[:120].rsplit(",", 1)[0] + ", …"
    return f"the query does not parse at {where}: {short or 'something is missing'}"


def _join_lists(table: Table, lists: Iterable[str]) -> Table:
    """Return ``table`` with the values of each cell in the columns ``lists`` unique, sorted and apart by ``"; "``."""
    columns = list(zip(*table.rows, strict=True))
    if not columns:
        return table
    for place in [table.columns.index(column) for column in lists if column in table.columns]:
        columns[place] = tuple(
            cell if isinstance(cell, ox.Literal) and "; " not in cell.value else _sorted_list(cell)
            for cell in columns[place]
        )
    return Table(table.columns, list(zip(*columns, strict=True)))


_NOTHING = ox.Literal("")


def _sorted_list(cell: Term | None) -> Term:
    if cell is None:
        return _NOTHING  # as a list of no values is spelt
    if not isinstance(cell, ox.Literal):
        return cell
    return ox.Literal("; ".join(sorted(set(cell.value.split("; ")) - {""})))


def text_of(cell: Term | None) -> str:
    """Return a cell as plain text: the IRI, the literal's lexical form, nothing where unbound."""
    if cell is None:
        return ""
    return cell.value if isinstance(cell, ox.NamedNode | ox.Literal | ox.BlankNode) else str(cell)


# ---------------------------------------------------------------------------------------------- writers

Writer = Callable[[Answer, IO[str]], None]


def write_table(answer: Answer, output: IO[str], *, base: str = "") -> None:
    """Write a SELECT's answer as aligned columns for a terminal, IRIs below ``base`` cut to what `find` accepts."""
    if not isinstance(answer, Table):
        return _write_other(answer, output, "table")
    cells = [[_one_line(text_of(cell), base) for cell in row] for row in answer.rows]
    widths = [max(map(width, column)) for column in zip(answer.columns, *cells, strict=True)]
    for line in (list(answer.columns), ["─" * wide for wide in widths], *cells):
        padded = (cell + " " * (wide - width(cell)) for cell, wide in zip(line, widths, strict=True))
        output.write("  ".join(padded).rstrip() + "\n")
    return None


def _one_line(text: str, base: str) -> str:
    shown = text.removeprefix(base) if base else text
    # A terminal obeys control characters, and what articles print is not ours.
    return "".join(c if c.isprintable() else " " for c in shown)


def width(text: str) -> int:
    """Return how many columns of a terminal ``text`` takes, by the widths of Unicode (UAX #11).

    >>> width("Xi"), width("习近平"), width("e\\u0301")
    (2, 6, 1)
    """
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(0 if category(c) in ("Mn", "Me", "Cf") else 2 if east_asian_width(c) in "WF" else 1 for c in text)


_COLUMN = 44
"""Characters of a source's column where sources stand side by side."""


def write_columns(answer: Answer, output: IO[str], *, base: str = "") -> None:
    """Write a SELECT's answer turned over: a row a column, a column a row, so that a few rows stand side by side."""
    from textwrap import wrap

    if not isinstance(answer, Table):
        return _write_other(answer, output, "columns")
    wide = max(map(width, answer.columns))
    for place, name in enumerate(answer.columns):
        cells = [wrap(_one_line(text_of(row[place]), base), _COLUMN, break_on_hyphens=False) for row in answer.rows]
        for n in range(max(1, *map(len, cells)) if cells else 1):
            parts = [cell[n] if n < len(cell) else "" for cell in cells]
            head = name if n == 0 else ""
            line = (part + " " * (_COLUMN - width(part)) for part in parts)
            output.write(("  ".join((head + " " * (wide - width(head)), *line))).rstrip() + "\n")
    return None


def write_csv(answer: Answer, output: IO[str]) -> None:
    """Write a SELECT's answer as CSV (RFC 4180 with a header, lines ending in LF)."""
    import csv

    if not isinstance(answer, Table):
        return _write_other(answer, output, "csv")
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([text_of(cell) for cell in row] for row in answer.rows)
    return None


def write_json(answer: Answer, output: IO[str]) -> None:
    """Write the answer as SPARQL 1.1 Query Results JSON. https://www.w3.org/TR/sparql11-results-json/"""
    import json

    if isinstance(answer, Graph):
        raise _unfit("json", answer)
    if isinstance(answer, bool):
        document: dict[str, Any] = {"head": {}, "boolean": answer}
    else:
        bindings = [
            {column: _json_term(cell) for column, cell in zip(answer.columns, row, strict=True) if cell is not None}
            for row in answer.rows
        ]
        document = {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}
    json.dump(document, output, ensure_ascii=False, indent=1)
    output.write("\n")


def _json_term(cell: Term) -> dict[str, str]:
    if isinstance(cell, ox.NamedNode):
        return {"type": "uri", "value": cell.value}
    if not isinstance(cell, ox.Literal):
        return {"type": "bnode", "value": text_of(cell)}
    extra = {"xml:lang": cell.language} if cell.language else {"datatype": cell.datatype.value}
    if extra.get("datatype") == XSD + "string":
        extra = {}
    return {"type": "literal", "value": cell.value, **extra}


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_xml(answer: Answer, output: IO[str]) -> None:
    """Write the answer as SPARQL Query Results XML. https://www.w3.org/TR/rdf-sparql-XMLres/"""
    from xml.sax.saxutils import quoteattr

    if isinstance(answer, Graph):
        raise _unfit("xml", answer)
    output.write('<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n')
    if isinstance(answer, bool):
        output.write(f"<head/>\n<boolean>{str(answer).lower()}</boolean>\n</sparql>\n")
        return
    head = "".join(f"<variable name={quoteattr(column)}/>" for column in answer.columns)
    output.write(f"<head>{head}</head>\n<results>\n")
    for row in answer.rows:
        cells = zip(answer.columns, row, strict=True)
        bound = (
            f"<binding name={quoteattr(name)}>{_xml_term(cell)}</binding>" for name, cell in cells if cell is not None
        )
        output.write(f"<result>{''.join(bound)}</result>\n")
    output.write("</results>\n</sparql>\n")


def _xml_term(cell: Term) -> str:
    from xml.sax.saxutils import escape, quoteattr

    value = escape(_NOT_XML.sub("\ufffd", text_of(cell)))
    if isinstance(cell, ox.NamedNode):
        return f"<uri>{value}</uri>"
    if not isinstance(cell, ox.Literal):
        return f"<bnode>{value}</bnode>"
    attribute = (
        f" xml:lang={quoteattr(cell.language)}" if cell.language else f" datatype={quoteattr(cell.datatype.value)}"
    )
    return f"<literal{'' if cell.datatype.value == XSD + 'string' else attribute}>{value}</literal>"


def write_turtle(answer: Answer, output: IO[str]) -> None:
    """Write the answer of a CONSTRUCT or DESCRIBE as Turtle."""
    if not isinstance(answer, Graph):
        raise _unfit("ttl", answer)
    names = Names(PREFIXES)
    by_subject = groupby(sorted(answer.triples, key=lambda triple: str(triple.subject)), lambda triple: triple.subject)
    paragraphs = [describe(sorted(triples, key=rank), names) for _, triples in by_subject]
    output.write(header({prefix: PREFIXES[prefix] for prefix in sorted(names.used)}) + "".join(paragraphs))


def _write_other(answer: Answer, output: IO[str], form: str) -> None:
    if not isinstance(answer, bool):
        raise _unfit(form, answer)
    output.write(f"{str(answer).lower()}\n")


def _unfit(form: str, answer: Answer) -> QueryError:
    fitting = "ttl" if isinstance(answer, Graph) else "table, csv, json or xml"
    return QueryError(f"the format {form} does not fit this form of query; choose --format {fitting}")


WRITERS: dict[str, Writer] = {
    "table": write_table,
    "columns": write_columns,
    "csv": write_csv,
    "json": write_json,
    "xml": write_xml,
    "ttl": write_turtle,
}
"""The formats an answer can be written in."""
