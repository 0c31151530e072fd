"""Stored queries: golden answers on two engines, parameters, writers, and what SPARQL by hand may not do."""

import csv
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from kg import queries, sparql, things
from kg.errors import QueryError
from kg.store import Store

GRAPHS = Path(__file__).parent / "graphs"
PARAMETERS: Mapping[str, dict[str, str]] = json.loads((GRAPHS / "parameters.json").read_text())
PROMISED = {
    "articles": "article, file, title, publisher, published, language, url",
    "people": "person, name, wikidata, articles",
    "offices": "office, name, of, wikidata",
    "tenures": "person, name, office, of, start, end, wikidata",
    "events": "event, type, date, end, place, persons, sides, status, agreements, articles",
    "agreements": "agreement, name, type, sides, date, count, events, articles",
    "discrepancies": "discrepancy, kind, article, stated, expected, subject",
    "stated-people": "article, name, person",
    "stated-offices": "article, person, office, of, when",
    "stated-events": "article, event, type, date, end, place, persons, sides, status",
    "stated-agreements": "article, name, type, sides, date, count",
}


def run(store: Store, name: str, **values: str) -> queries.Table:
    answer = queries.run(store, queries.load(name), values)
    assert isinstance(answer, queries.Table)
    return answer


def written(answer: queries.Answer, form: str) -> str:
    output = io.StringIO()
    queries.WRITERS[form](answer, output)
    return output.getvalue()


def column(table: queries.Table, name: str) -> list[str]:
    return [queries.text_of(row[table.columns.index(name)]) for row in table.rows]


@pytest.mark.parametrize("name", queries.names())
def test_each_stored_query_gives_its_expected_answer(sample: Store, name: str) -> None:
    answer = run(sample, name, **PARAMETERS.get(name, {}))
    assert answer.rows, "an empty answer proves nothing"
    assert written(answer, "csv") == (GRAPHS / "expected" / f"{name}.csv").read_text()


@pytest.mark.parametrize("name", queries.names())
def test_each_stored_query_answers_alike_in_rdflib(sample: Store, sample_rdflib: Any, name: str) -> None:
    query = queries.load(name)
    bound = queries.bind(query, queries.terms(sample, query, PARAMETERS.get(name, {})))
    result = sample_rdflib.query(bound)
    rows = [tuple(ox.Literal(str(cell)) if cell is not None else None for cell in row) for row in result]
    table = queries._join_lists(queries.Table(tuple(map(str, result.vars)), rows), query.lists)
    assert written(table, "csv") == (GRAPHS / "expected" / f"{name}.csv").read_text()


@pytest.mark.parametrize("name", queries.names())
def test_each_header_says_what_the_query_gives(sample: Store, name: str) -> None:
    query = queries.load(name)
    assert run(sample, name, **PARAMETERS.get(name, {})).columns == query.columns
    assert set(query.lists) <= set(query.columns)
    assert query.tags
    assert query.summary != query.description
    known = {*queries.CLASSES, "date", "integer", "string"}
    assert all(parameter.description and parameter.type in known for parameter in query.parameters)


@pytest.mark.parametrize("name", PROMISED)
def test_promised_queries_have_the_promised_columns(name: str) -> None:
    assert ", ".join(queries.load(name).columns) == PROMISED[name]


@pytest.mark.parametrize("name", queries.names())
def test_headers_read_by_grlc_hold_only_what_it_understands_or_passes_over(name: str) -> None:
    import yaml

    text = (Path(__file__).parent.parent / "queries" / f"{name}.rq").read_text()
    header = yaml.safe_load("\n".join(line.lstrip("#+") for line in text.splitlines() if line.startswith("#+")))
    assert header["method"] == "GET"
    assert set(header) <= {"summary", "description", "method", "tags", "defaults", "columns", "lists", "parameters"}
    # A comma ends a description that is not quoted, and what follows it is read as a key.
    assert all(set(said) <= {"type", "description", "partial"} for said in header.get("parameters", {}).values())
    # grlc replaces a variable's name wherever it occurs, so none may begin another.
    variables = {found[0] for found in queries._VARIABLE.finditer(text)}
    assert not [(a, b) for a in variables for b in variables if a != b and b.startswith(a)]


@pytest.mark.parametrize("name", queries.names())
def test_no_stored_query_joins_what_shares_no_variable(name: str) -> None:
    # An empty branch binds nothing to join by: on a thousand articles it made seconds of milliseconds.
    assert not re.search(r"UNION\s*\{\s*\}|\{\s*\}\s*UNION", queries.load(name).text)


# ---------------------------------------------------------------------------------------------- parameters


@pytest.mark.parametrize(
    "value",
    ["Xi Jinping", "xi  JINPING", "习近平", "Tap Can Binh", "Q15031", "person/xi-jinping",
     "https://w3id.org/diplomacy-kg/id/person/xi-jinping"],
)  # fmt: skip
def test_a_person_may_be_given_in_many_ways(sample: Store, value: str) -> None:
    assert queries.find(sample, value, "person").value.endswith("/person/xi-jinping")


@pytest.mark.parametrize("value", ["Vietnam", "viet nam", "VN", "vn", "Việt Nam", "country/vn"])
def test_a_country_may_be_given_in_many_ways(sample: Store, value: str) -> None:
    assert queries.find(sample, value, "country").value.endswith("/country/vn")


def test_an_organisation_counts_as_a_country(sample: Store) -> None:
    assert queries.find(sample, "ASEAN", "country").value.endswith("/organisation/asean")


def test_an_article_may_be_given_by_its_file(sample: Store) -> None:
    assert queries.find(sample, "rows.jsonl#2", "article").value.endswith("/article/aaaaaaaaaaaaaaa4")


def test_an_unknown_person_lists_near_names(sample: Store) -> None:
    with pytest.raises(QueryError, match="no person of this store is called 'Xi Jinpin'; near names: Xi Jinping"):
        run(sample, "who-met", person="Xi Jinpin")


def test_a_thing_of_another_kind_is_refused(sample: Store) -> None:
    with pytest.raises(QueryError, match="country/vn is not a person of this store"):
        run(sample, "who-met", person="country/vn")


def test_an_ambiguous_name_lists_its_candidates() -> None:
    def person(name: str) -> str:
        iri = f"<https://w3id.org/diplomacy-kg/id/person/{name}>"
        rdf, rdfs = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
        cls = "https://w3id.org/diplomacy-kg/ontology/Person"
        return f'{iri} <{rdf}type> <{cls}> .\n{iri} <{rdfs}label> "Li Hua"@en .\n'

    store = Store.in_memory((person("li-hua-cn") + person("li-hua-sg")).encode())
    with pytest.raises(QueryError, match=r"'li hua' may be Li Hua <.*/li-hua-cn>, Li Hua <.*/li-hua-sg>; give the IRI"):
        queries.find(store, "li hua", "person")


def test_a_name_as_it_is_spelt_is_found_without_a_look_at_all_names(sample: Store, monkeypatch: Any) -> None:
    monkeypatch.setattr(things, "_named", lambda *_: pytest.fail("looked at all names"))
    for value in ("Xi Jinping", "xi  jinping", "习近平"):
        assert things.find(sample, value, "person").value.endswith("/person/xi-jinping")
    for value in ("VN", "vn", "Vietnam"):
        assert things.find(sample, value, "country").value.endswith("/country/vn")


def test_a_missing_parameter_is_named(sample: Store) -> None:
    with pytest.raises(QueryError, match="meetings-per-year needs --b"):
        run(sample, "meetings-per-year", a="China")


def test_an_unknown_parameter_brings_the_near_one(sample: Store) -> None:
    with pytest.raises(QueryError, match="has no parameter 'persn'; did you mean person"):
        run(sample, "who-met", persn="Xi Jinping")


def test_an_unknown_query_brings_the_near_one() -> None:
    with pytest.raises(QueryError, match="no stored query 'peple'; did you mean people"):
        queries.load("peple")


def test_with_narrows_a_meeting_to_two(sample: Store) -> None:
    assert len(run(sample, "who-met", person="Xi Jinping", **{"with": "Nguyen Phu Trong"}).rows) == 1
    assert not run(sample, "who-met", person="Xi Jinping", **{"with": "Li Hua"}).rows


@pytest.mark.parametrize(("first", "last", "found"), [("2021-02-08", "2021-02-08", 1), ("2021-02-09", "2022", 0),
                                                      ("2020", "2021-02", 1), ("2020", "2021-01", 0)])  # fmt: skip
def test_a_span_of_dates_has_both_ends(sample: Store, first: str, last: str, found: int) -> None:
    assert len(run(sample, "who-met", person="Xi Jinping", **{"from": first, "to": last}).rows) == found


@pytest.mark.parametrize(
    ("day", "holder"),
    [("2018-09-30", []), ("2018-10-01", ["Nguyễn Phú Trọng"]), ("2021-04-30", ["Nguyễn Phú Trọng"]),
     ("2021-05-01", []), ("2023-03-01", []), ("2023-03-02", ["Võ Văn Thưởng"]), ("2024-03-21", [])],
)  # fmt: skip
def test_an_office_is_held_within_the_precision_of_its_dates(sample: Store, day: str, holder: list[str]) -> None:
    assert column(run(sample, "who-held", office="office/president-vn", on=day), "name") == holder


@pytest.mark.parametrize("value", ["yesterday", "2023-02-29", "2023-13", "2023-12-01T00:00:00", "0000", "12/01/2023"])
def test_what_is_no_date_is_refused(sample: Store, value: str) -> None:
    with pytest.raises(QueryError, match="--from takes a date such as 2023-12-01"):
        run(sample, "who-met", person="Xi Jinping", **{"from": value})


def test_a_day_asked_for_must_be_a_day(sample: Store) -> None:
    with pytest.raises(QueryError, match="--on takes a full date"):
        run(sample, "who-held", office="President of China", on="2023")


def test_a_timeline_without_dates_holds_what_has_none(sample: Store) -> None:
    assert "" in column(run(sample, "timeline", of="Viet Nam"), "date")
    assert "" not in column(run(sample, "timeline", of="Viet Nam", **{"from": "1900"}), "date")


@pytest.mark.parametrize("value", ['" } } INSERT DATA { <a:a> <a:a> <a:a> } #', "\\u0022", "<>", "'''", "?s ?p ?o"])
def test_what_a_user_types_is_never_read_as_sparql(sample: Store, value: str) -> None:
    parameter = queries.Parameter("x", "string", True)
    query = queries.parse("echo", "#+ summary: Echo\nSELECT (?_x AS ?given) WHERE { }")
    answer = queries.run(sample, query, {"x": value})
    assert isinstance(answer, queries.Table)
    assert queries.text_of(answer.rows[0][0]) == value
    assert queries.term(sample, parameter, value) == ox.Literal(value)


def test_defaults_of_the_header_are_used(sample: Store) -> None:
    text = "#+ summary: Echo\n#+ defaults:\n#+   - x: 7\n#+ parameters:\n#+   x: {type: integer}\n"
    query = queries.parse("echo", text + "SELECT (?_x_integer + 1 AS ?y) WHERE { }")
    assert not query.parameters[0].required
    assert queries.run(sample, query, {}).rows[0][0] == ox.Literal(8)  # type: ignore[union-attr]
    with pytest.raises(QueryError, match="--x takes a whole number"):
        queries.run(sample, query, {"x": "seven"})


@pytest.mark.parametrize("text", ["#+ summary: [\nSELECT * {}", "SELECT * {}", "#+ - a\nSELECT * {}"])
def test_a_bad_header_is_told_in_a_sentence(text: str) -> None:
    with pytest.raises(QueryError, match="query bad"):
        queries.parse("bad", text)


# ---------------------------------------------------------------------------------------------- writers


def test_cells_of_several_values_are_sorted_and_unique() -> None:
    table = queries.Table(("a", "b"), [(ox.Literal("z; ; b; z"), ox.Literal("z; b"))])
    assert queries._join_lists(table, ["a"]).rows == [(ox.Literal("b; z"), ox.Literal("z; b"))]


def test_csv_reads_back(sample: Store) -> None:
    table = run(sample, "articles")
    rows = list(csv.reader(io.StringIO(written(table, "csv"))))
    assert rows[0] == list(table.columns)
    assert 'President receives minister, "visit" prepared' in [row[2] for row in rows]


@pytest.mark.parametrize(("form", "standard"), [("json", "JSON"), ("xml", "XML")])
def test_results_read_back_as_the_standard_says(sample: Store, form: str, standard: str) -> None:
    table = run(sample, "events")
    read = ox.parse_query_results(written(table, form).encode(), format=getattr(ox.QueryResultsFormat, standard))
    assert isinstance(read, ox.QuerySolutions)
    assert [variable.value for variable in read.variables] == list(table.columns)
    assert [tuple(row) for row in read] == table.rows


@pytest.mark.parametrize(("form", "standard"), [("json", "JSON"), ("xml", "XML")])
def test_terms_of_every_form_read_back(sample: Store, form: str, standard: str) -> None:
    answer = queries.ask(sample, 'SELECT * { VALUES (?a ?b ?c) { (<a:b> "x<&>\\n\\"y"@en 1.5) (UNDEF "z" true) } }')
    assert isinstance(answer, queries.Table)
    read = ox.parse_query_results(written(answer, form).encode(), format=getattr(ox.QueryResultsFormat, standard))
    assert [tuple(row) for row in read] == answer.rows  # type: ignore[union-attr]


def test_control_characters_leave_xml_well_formed() -> None:
    ET.fromstring(written(queries.Table(("a",), [(ox.Literal("\x01\x1b"),)]), "xml"))  # noqa: S314  what we wrote


def test_a_table_is_aligned_by_the_width_of_its_letters() -> None:
    table = queries.Table(("name", "x"), [(ox.Literal("习近平"), ox.Literal("1")), (ox.Literal("Xi"), ox.Literal("1"))])
    assert written(table, "table").splitlines() == ["name    x", "──────  ─", "习近平  1", "Xi      1"]


def test_a_table_sends_no_control_character_to_the_terminal() -> None:
    assert "\x1b" not in written(queries.Table(("a",), [(ox.Literal("\x1b[31mred"),)]), "table")


@pytest.mark.parametrize(("form", "answer"), [("table", "true\n"), ("csv", "true\n")])
def test_ask_is_answered_with_true_or_false(sample: Store, form: str, answer: str) -> None:
    assert written(queries.ask(sample, "ASK { ?s ?p ?o }"), form) == answer
    assert written(queries.ask(sample, "ASK { <a:a> ?p ?o }"), form) == answer.replace("true", "false")


def test_construct_is_written_as_turtle_that_reads_back(sample: Store) -> None:
    answer = queries.ask(sample, "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c }")
    assert isinstance(answer, queries.Graph)
    read = {quad.triple for quad in ox.parse(written(answer, "ttl"), format=ox.RdfFormat.TURTLE)}
    assert read == set(answer.triples)


@pytest.mark.parametrize(("text", "form", "fitting"), [("SELECT * { ?s ?p ?o }", "ttl", "table, csv"),
                                                       ("CONSTRUCT WHERE { ?s ?p ?o }", "csv", "ttl"),
                                                       ("DESCRIBE <a:a>", "json", "ttl"),
                                                       ("DESCRIBE <a:a>", "xml", "ttl"),
                                                       ("ASK { }", "ttl", "table, csv")])  # fmt: skip
def test_a_format_that_does_not_fit_names_those_that_do(sample: Store, text: str, form: str, fitting: str) -> None:
    with pytest.raises(QueryError, match=f"choose --format {fitting}"):
        written(queries.ask(sample, text), form)


# ---------------------------------------------------------------------------------------------- SPARQL by hand


@pytest.mark.parametrize(
    "text",
    ["INSERT DATA { <a:a> <a:a> <a:a> }", "LOAD <http://127.0.0.1:9/>", "CLEAR ALL", "PREFIX a: <a:> DROP ALL",
     "DELETE WHERE { ?s ?p ?o }"],
)  # fmt: skip
def test_updates_are_refused(sample: Store, text: str) -> None:
    with pytest.raises(QueryError, match="changes data"):
        queries.ask(sample, text)


@pytest.mark.parametrize(
    "text",
    ["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
     "SELECT * { sErViCe SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
     # what looks like an IRI is "less than" and a string: found by a reader that does not know where it is
     "SELECT * { ?s ?p ?o FILTER('a'<'>' && EXISTS { SERVICE <http://127.0.0.1:9/> { } } && 'x'='x') } #'",
     "SELECT * { ?s ?p ?o FILTER(?s<?b#>'''\n && EXISTS { SERVICE <http://127.0.0.1:9/> { } } #'''\n) }"],
)  # fmt: skip
def test_other_servers_are_never_asked(sample: Store, text: str) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        queries.ask(sample, text)


@pytest.mark.parametrize("clause", ["FROM <file:///etc/passwd>", "FROM NAMED <http://127.0.0.1:9/>"])
def test_other_data_is_never_read(sample: Store, clause: str) -> None:
    with pytest.raises(QueryError, match="FROM is switched off"):
        queries.ask(sample, f"SELECT * {clause} {{ ?s ?p ?o }}")


def test_escapes_that_hide_a_word_are_refused(sample: Store) -> None:
    with pytest.raises(QueryError, match="escapes"):
        queries.ask(sample, "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { } }")


@pytest.mark.parametrize(
    "text",
    ['SELECT * { ?s ?p "SERVICE <a> { FROM" }', "SELECT * { ?service ?from ?load } # SERVICE",
     "SELECT * { ?s <a:SERVICE> 'FROM' }",
     "PREFIX from: <a:> SELECT * { ?s from:service ?o }", 'SELECT * { ?s ?p """a "quoted" {{{{ """ }',
     "SELECT * { VALUES (?a ?b) { (<a:b#c> <a:d#e>) } }", "SELECT * { ?s ?p ?o FILTER(?o < 5 && ?o > 1) }"],
)  # fmt: skip
def test_words_inside_strings_names_and_comments_do_no_harm(sample: Store, text: str) -> None:
    assert isinstance(queries.ask(sample, text), queries.Table)


@pytest.mark.parametrize(
    "text",
    ["SELECT*" + "{" * 5000 + "}" * 5000, "SELECT*{FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ")}",
     "SELECT*{?s ?p " + "[<a:p> " * 900 + "1" + "]" * 900 + "}", "SELECT*{FILTER(" + "!" * 16000 + "1)}",
     "SELECT*{FILTER(" + "1+" * 8000 + "1)}",
     "SELECT*{FILTER('''{}''''a'<'>'&&" + "(" * 5000 + "1" + ")" * 5000 + "&&'x'='x')}",
     "SELECT*{?s ?p " + "<<( <a:s> <a:p> " * 500 + "1" + " )>>" * 500 + "}"],
)  # fmt: skip
def test_nesting_that_would_kill_the_process_is_refused(sample: Store, text: str) -> None:
    with pytest.raises(QueryError):
        queries.ask(sample, text)


def test_nesting_up_to_the_cap_is_answered(sample: Store) -> None:
    depth = sparql.MAX_DEPTH
    assert isinstance(queries.ask(sample, "SELECT*" + "{" * depth + "}" * depth), queries.Table)
    with pytest.raises(QueryError, match=f"nests {depth + 1} deep"):
        queries.ask(sample, "SELECT*" + "{" * (depth + 1) + "}" * (depth + 1))


def test_a_closing_bracket_too_many_buys_no_depth() -> None:
    with pytest.raises(QueryError, match="deep"):
        sparql.check("SELECT*" + "}" * 500 + "{" * 100)


def test_a_long_query_is_refused(sample: Store) -> None:
    with pytest.raises(QueryError, match="may have 16,384"):
        queries.ask(sample, "ASK { } #" + "x" * sparql.MAX_LENGTH)


@pytest.mark.parametrize(("text", "where"), [("SELECT * {\n ?s ?p }", "line 2, column "),
                                             ("SELECT * { ?s ?p 'open }", "line 1, column 18"),
                                             ("SELECT * { ?s ?p ?o", "line 1, column 20")])  # fmt: skip
def test_what_does_not_parse_is_told_with_its_place(sample: Store, text: str, where: str) -> None:
    with pytest.raises(QueryError, match=where) as caught:
        queries.ask(sample, text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "   # nothing", "PREFIX a: <a:>"])
def test_nothing_is_no_query(sample: Store, text: str) -> None:
    with pytest.raises(QueryError, match="no form"):
        queries.ask(sample, text)


def test_sources_stand_side_by_side_in_columns(sample: Store) -> None:
    lines = written(run(sample, "versions", **PARAMETERS["versions"]), "columns").splitlines()
    named = {line.split("  ")[0].strip(): line for line in lines if line[0] != " "}
    assert [*named] == list(queries.load("versions").columns)
    assert re.search(r"planned +occurred", named["status"])
    assert re.search(r"2023-12 +2023-12-12", named["date"])
    assert all(queries.width(line) <= 11 + 2 * 46 for line in lines)


def test_a_pattern_that_is_read_whole_is_looked_up_where_one_thing_is_asked_of() -> None:
    query = queries.parse("q", "#+ summary: s\nSELECT * { ?s ?p ?__o_iri { SELECT * { ?s a ?c } } }")
    assert "{ SELECT * { ?s a ?c } }" in queries.bind(query, {})
    assert "{ SELECT * { ?s a ?c } }" in queries.bind(query, {"o": ox.Literal("1")})
    assert queries.bind(query, {"o": ox.NamedNode("x:o")}).endswith("SELECT * { ?s ?p <x:o> { ?s a ?c } }")
