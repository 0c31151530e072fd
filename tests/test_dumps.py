"""Dumps: every form holds what it says, reads back alike in two libraries, and never changes."""

import io

import pyoxigraph as ox
import pytest

from kg import dumps
from kg.errors import DumpError
from kg.store import Store
from kg.turtle import Names

FORMATS = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "nquads": ox.RdfFormat.N_QUADS,
           "trig": ox.RdfFormat.TRIG, "jsonld": ox.RdfFormat.JSON_LD}  # fmt: skip
# Whatever literals and IRIs hold must come back: quotes, line ends, letters of every script, ends that look like names.
HARD = "".join(
    sorted(
        f"{line} .\n"
        for line in (
            r'<http://e.org/s> <http://e.org/p> "a \"quoted\" \\ back\nslash\ttab"',
            '<http://e.org/s> <http://e.org/p> "习近平 Thưởng \U0001f600"@zh',
            '<http://e.org/s> <http://e.org/p> "007"^^<http://www.w3.org/2001/XMLSchema#token>',
            '<http://e.org/s> <http://e.org/p> "12"^^<http://www.w3.org/2001/XMLSchema#integer>',
            '<http://e.org/s> <http://e.org/p> "2023-12"^^<http://id.loc.gov/datatypes/edtf/EDTF>',
            "<http://e.org/s> <http://e.org/p> <https://w3id.org/diplomacy-kg/id/event/2023.>",
            "<http://e.org/s> <http://e.org/p> <https://w3id.org/diplomacy-kg/id/event/a.b-c>",
            "<http://e.org/s> <http://e.org/p> <https://w3id.org/diplomacy-kg/id/event/>",
            "<http://e.org/s> <http://e.org/p> <https://w3id.org/diplomacy-kg/id/event/-x>",
            "<http://e.org/s-1> <http://e.org/p> <http://e.org/a/(b);c,d>",
            "<http://e.org/s> <http://e.org/p> <http://e.org/o> <http://e.org/g>",
            "<http://e.org/s> <http://e.org/p> <http://e.org/o> <http://e.org/g-1>",
        )
    )
).encode()


def dumped(store: Store, form: str) -> bytes:
    output = io.BytesIO()
    dumps.dump(store, form, output)
    return output.getvalue()


def quads(data: bytes, form: str) -> set[str]:
    return {str(quad) for quad in ox.parse(data, format=FORMATS[form])}


def expected(nquads: bytes, form: str) -> set[str]:
    found = ox.parse(nquads, format=ox.RdfFormat.N_QUADS)
    default = ox.DefaultGraph()
    return {str(quad) for quad in found if form not in dumps.TRIPLES_ONLY or quad.graph_name == default}


@pytest.mark.parametrize("form", dumps.WRITERS)
def test_a_dump_holds_exactly_its_graphs(sample: Store, sample_nquads: bytes, form: str) -> None:
    assert quads(dumped(sample, form), form) == expected(sample_nquads, form)


@pytest.mark.parametrize("form", dumps.WRITERS)
def test_hard_terms_come_back_from_every_form(form: str) -> None:
    assert quads(dumped(Store.in_memory(HARD), form), form) == expected(HARD, form)


@pytest.mark.parametrize("form", dumps.WRITERS)
def test_a_dump_is_the_same_whatever_the_order_of_loading(sample: Store, sample_nquads: bytes, form: str) -> None:
    other = Store.in_memory(b"".join(reversed(sample_nquads.splitlines(keepends=True))))
    assert dumped(other, form) == dumped(sample, form)


def test_nquads_are_the_bytes_the_store_was_filled_with(sample: Store, sample_nquads: bytes) -> None:
    assert dumped(sample, "nquads") == sample_nquads


def test_lines_are_sorted_even_where_one_iri_begins_another() -> None:
    assert dumped(Store.in_memory(HARD), "nquads") == HARD


@pytest.mark.parametrize(("form", "name"), [("turtle", "turtle"), ("ntriples", "nt")])
def test_rdflib_reads_the_same_default_graph(sample: Store, form: str, name: str) -> None:
    from rdflib import Graph
    from rdflib.compare import to_isomorphic

    ours = Graph().parse(data=dumped(sample, form), format=name)
    theirs = Graph().parse(data=dumped(sample, "ntriples"), format="nt")
    assert len(ours) == len(expected(dumped(sample, "nquads"), form))
    assert to_isomorphic(ours) == to_isomorphic(theirs)


@pytest.mark.parametrize(("form", "name"), [("trig", "trig"), ("jsonld", "json-ld")])
def test_rdflib_reads_the_same_graphs(sample: Store, sample_nquads: bytes, form: str, name: str) -> None:
    from rdflib import Dataset

    def read(data: bytes, syntax: str) -> set[tuple[str, ...]]:
        dataset = Dataset()
        dataset.parse(data=data, format=syntax)
        return {tuple(str(part) for part in quad) for quad in dataset.quads()}

    assert read(dumped(sample, form), name) == read(sample_nquads, "nquads")


@pytest.mark.parametrize("form", dumps.WRITERS)
def test_a_form_that_leaves_graphs_out_says_so(sample: Store, form: str) -> None:
    note = dumps.dump(sample, form, io.BytesIO())
    if form in dumps.TRIPLES_ONLY:
        assert note is not None
        assert "5 article graphs" in note
        assert "nquads" in note
    else:
        assert note is None


def test_turtle_is_grouped_by_subject_in_iri_order(sample: Store) -> None:
    text = dumped(sample, "turtle").decode()
    subjects = [str(quad.subject) for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]
    assert subjects == sorted(subjects)
    assert 'person:xi-jinping\n  a dip:Person ;\n  rdfs:label "Xi Jinping"@en ;' in text


def test_another_base_has_prefixes_too() -> None:
    line = b"<https://example.org/kg/person/a> <http://e.org/p> <https://example.org/kg/event/b> .\n"
    store = Store.in_memory(line, base="https://example.org/kg/")
    assert "person:a\n  <http://e.org/p> event:b ." in dumped(store, "turtle").decode()


@pytest.mark.parametrize("form", dumps.WRITERS)
def test_an_empty_store_gives_a_file_that_parses(form: str) -> None:
    assert quads(dumped(Store.in_memory(b""), form), form) == set()


def test_blank_nodes_are_refused() -> None:
    with pytest.raises(DumpError, match="blank nodes"):
        dumped(Store.in_memory(b"_:a <http://e.org/p> _:a .\n"), "nquads")


def test_an_unknown_format_names_those_there_are(sample: Store) -> None:
    with pytest.raises(DumpError, match="no dump format 'xml'; choose one of turtle"):
        dumps.dump(sample, "xml", io.BytesIO())


def test_names_that_need_escapes_stay_whole() -> None:
    names = Names({"ex": "http://e.org/"})
    assert [names.iri(f"http://e.org/{end}") for end in ("a.b", "a.", "", "a,b", "é")] == [
        "ex:a.b", "<http://e.org/a.>", "<http://e.org/>", "<http://e.org/a,b>", "<http://e.org/é>"]  # fmt: skip
