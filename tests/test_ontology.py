"""The vocabulary is complete, and Python knows exactly its terms."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from examination import contradictions, names_in, names_of, unknown
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse
from rdflib import Dataset, Graph

from kg.articles import read as read_articles
from kg.engines import map_articles, nquads
from kg.errors import ResourceError
from kg.namespaces import DIP, ONTOLOGY, PREFIXES, SCHEMES, TERMS, VERSION_IRI, Kind, curie, iri, load_kinds
from kg.resources import folder

CORE = "diplomacy.ttl"
ALIGNMENTS = "alignments.ttl"
KINDS = {f"{scheme}-kinds.ttl" for scheme in SCHEMES}
TOP_EVENTS = "meeting call visit message conference signing statement appointment relations ceremony aid coercion"
AGREEMENTS = "treaty agreement mou joint-statement declaration plan contract initiative partnership"
TOP_OFFICES = (
    "head-of-state head-of-government foreign-minister minister speaker party-leader organisation-head ambassador other"
)
DISCREPANCIES = "holder date name office count place"
PLOVER = "AGREE CONSULT SUPPORT AID RETREAT DISAPPROVE THREATEN MOBILIZE SANCTION COERCE ASSAULT FIGHT"


def read(file: str) -> Store:
    store = Store()
    store.extend(parse((folder("ontology") / file).read_bytes(), format=RdfFormat.TURTLE))
    return store


def objects(store: Store, subject: str, predicate: str) -> list:
    return [quad.object for quad in store.quads_for_pattern(NamedNode(subject), NamedNode(iri(predicate)), None)]


def declared() -> set[str]:
    kinds = ("owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty", "rdf:Property", "rdfs:Datatype")
    store = read(CORE)
    patterns = [store.quads_for_pattern(None, NamedNode(iri("rdf:type")), NamedNode(iri(kind))) for kind in kinds]
    return {quad.subject.value for pattern in patterns for quad in pattern}


def all_kinds() -> list[Kind]:
    return [kind for scheme in SCHEMES for kind in load_kinds(scheme)]


def phrases(kind: Kind) -> list[str]:
    return [phrase.casefold() for phrase in (*kind.nouns, *kind.hidden)]


def test_the_folder_holds_the_vocabulary_its_alignments_and_a_file_a_scheme() -> None:
    assert {file.name for file in folder("ontology").iterdir() if file.name.endswith(".ttl")} == {
        CORE,
        ALIGNMENTS,
        *KINDS,
    }


def test_python_knows_exactly_the_terms_that_the_ontology_declares() -> None:
    assert declared() == TERMS


def test_a_misspelt_term_fails_and_names_the_terms_there_are() -> None:
    with pytest.raises(AttributeError, match=r"holdr is not declared; terms are .*holder"):
        getattr(DIP, "hold" + "r")


def test_curies_of_unknown_prefixes_and_terms_are_refused() -> None:
    with pytest.raises(ResourceError, match="prefix of 'dpi:holder'"):
        iri("dpi:holder")
    with pytest.raises(ResourceError, match="dip:holdr is not declared"):
        iri("dip:holdr")


def test_curies_of_kinds_are_allowed_and_expand_and_shrink_to_the_same() -> None:
    assert curie(iri("dip:event-kind/call")) == "dip:event-kind/call"


def test_importing_the_namespaces_loads_no_rdf_library() -> None:
    code = "import sys, kg.namespaces; print({'rdflib', 'pyoxigraph', 'pyshacl'} & set(sys.modules))"
    checkout = Path(__file__).parent.parent
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=checkout)
    assert done.stdout.strip() == "set()"


# What the guide to FAIR vocabularies (Garijo and Poveda-Villalón, 2020, section 3) and its validator FOOPS! ask of an
# ontology's own description; whether its IRIs resolve is for the day the namespace is registered.
FAIR = (
    *("dcterms:title", "dcterms:description", "dcterms:creator", "dcterms:publisher", "dcterms:license"),
    *("dcterms:created", "dcterms:issued", "dcterms:modified", "dcterms:bibliographicCitation"),
    *("owl:versionIRI", "owl:versionInfo"),
)


def test_the_ontology_meets_the_checklist_of_fair_vocabularies() -> None:
    header = read(CORE)
    assert [name for name in FAIR if len(objects(header, ONTOLOGY, name)) != 1] == []
    assert objects(header, ONTOLOGY, "dcterms:license") == [NamedNode("https://creativecommons.org/licenses/by/4.0/")]
    assert objects(header, ONTOLOGY, "owl:versionIRI") == [NamedNode(VERSION_IRI)]
    assert objects(header, ONTOLOGY, "owl:versionInfo") == [Literal(VERSION_IRI.removeprefix(ONTOLOGY))]
    assert objects(header, ONTOLOGY, "dcterms:bibliographicCitation")[0].value.endswith(VERSION_IRI)
    vann = {quad.predicate.value: quad.object.value for quad in header if "/vann/" in quad.predicate.value}
    assert vann == {
        "http://purl.org/vocab/vann/preferredNamespacePrefix": "dip",
        "http://purl.org/vocab/vann/preferredNamespaceUri": ONTOLOGY,
    }


@pytest.mark.parametrize(
    ("file", "described"),
    [(ALIGNMENTS, "alignments"), *((f"{scheme}-kinds.ttl", f"{scheme}-kind") for scheme in SCHEMES)],
)
def test_each_other_file_says_what_it_is_whose_and_since_when(file: str, described: str) -> None:
    store = read(file)
    asked = ("title", "description", "creator", "created", "modified", "license")
    missing = [name for name in asked if len(objects(store, ONTOLOGY + described, f"dcterms:{name}")) != 1]
    assert missing == []


@pytest.mark.parametrize("file", [CORE, ALIGNMENTS, *(f"{scheme}-kinds.ttl" for scheme in SCHEMES)])
def test_dates_of_a_file_come_in_the_order_of_its_life(file: str) -> None:
    stages = ("dcterms:created", "dcterms:issued", "dcterms:modified")
    dates = [
        quad.object for stage in stages for quad in read(file).quads_for_pattern(None, NamedNode(iri(stage)), None)
    ]
    assert {date.datatype.value for date in dates} == {iri("xsd:date")}
    assert dates == sorted(dates, key=lambda date: date.value)


@pytest.mark.parametrize("term", sorted(TERMS), ids=curie)
def test_each_term_has_a_label_a_definition_and_its_ontology(term: str) -> None:
    store = read(CORE)
    for predicate in ("rdfs:label", "skos:definition"):
        assert [text.language for text in objects(store, term, predicate)] == ["en"], predicate
    assert objects(store, term, "rdfs:isDefinedBy") == [NamedNode(ONTOLOGY)]


def test_labels_and_definitions_of_terms_are_distinct() -> None:
    store = read(CORE)
    definitions = Counter(objects(store, term, "skos:definition")[0].value for term in TERMS)
    assert max(definitions.values()) == 1
    classes = [term for term in TERMS if NamedNode(iri("owl:Class")) in objects(store, term, "rdf:type")]
    assert len({objects(store, term, "rdfs:label")[0].value for term in classes}) == len(classes) == 7


def test_domains_ranges_and_superproperties_are_declared_terms() -> None:
    store = read(CORE)
    for predicate in ("rdfs:domain", "rdfs:range", "rdfs:subPropertyOf", "owl:disjointWith"):
        named = {quad.object.value for quad in store.quads_for_pattern(None, NamedNode(iri(predicate)), None)}
        assert {name for name in named if name.startswith(ONTOLOGY)} <= TERMS, predicate


def test_any_two_classes_are_disjoint_and_all_from_what_the_graph_takes_from_others() -> None:
    told = read(CORE).quads_for_pattern(None, NamedNode(iri("owl:disjointWith")), None)
    pairs = {frozenset((quad.subject.value, quad.object.value)) for quad in told}
    own = {pair for pair in pairs if pair <= TERMS}
    assert len(own) == 7 * 6 / 2
    assert len(pairs - own) == 7 * 6


def test_each_role_is_a_participant() -> None:
    store = read(CORE)
    roles = {role for kind in load_kinds("event") for role in (kind.subject_role, kind.object_role)}
    assert None not in roles
    for role in roles - {DIP.participant}:
        assert objects(store, role, "rdfs:subPropertyOf") == [NamedNode(DIP.participant)]


def test_alignments_are_of_declared_terms_and_an_event_is_no_schema_event() -> None:
    store = read(ALIGNMENTS)
    own = {quad.subject.value for quad in store} - {ONTOLOGY + "alignments"}
    assert own <= TERMS
    superclasses = {quad.object.value for quad in store.quads_for_pattern(NamedNode(DIP.Event), _subclass(), None)}
    assert superclasses == {iri("sem:Event"), iri("lode:Event")}


# -- what the axioms say of the graph ------------------------------------------------------------------------------

# The axioms of OWL 2 RL that need no list and no blank node.
AXIOMS = {
    *("rdf:type", "rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range"),
    *("owl:disjointWith", "owl:propertyDisjointWith", "owl:inverseOf"),
}
BROKEN = sorted((Path(__file__).parent / "ontology").iterdir())
VOCABULARY = (CORE, ALIGNMENTS, *sorted(KINDS))


@pytest.fixture(scope="module")
def seeds() -> Graph:
    """Return all that the sample articles say, and what they say together, as one graph."""
    quads = Dataset(default_union=True)
    quads.parse(data=nquads(map_articles(read_articles([folder("seeds") / "articles"])).records), format="nquads")
    graph = Graph()
    for subject, predicate, value, _ in quads.quads():
        graph.add((subject, predicate, value))
    return graph


def with_ontology(graph: Graph) -> Graph:
    """Return a graph and the axioms of the ontology; what only annotates is left out, for no rule sees it."""
    both = graph_of(folder("ontology") / CORE, folder("ontology") / ALIGNMENTS)
    for triple in [*both]:
        if curie(triple[1]) not in AXIOMS:
            both.remove(triple)
    for triple in graph:
        if not curie(triple[1]).startswith(("rdfs:label", "skos:", "schema:", "dcterms:", "oa:exact")):
            both.add(triple)
    return both


def graph_of(*files: Any) -> Graph:
    graph = Graph()
    for file in files:
        graph.parse(data=file.read_bytes(), format="turtle")
    return graph


def data_of(name: str, ending: str) -> list[Any]:
    return [file for file in folder(name).iterdir() if file.name.endswith(ending)]


def test_nothing_the_sample_articles_say_contradicts_the_ontology(seeds: Graph) -> None:
    assert len(seeds) > 3000
    assert contradictions(with_ontology(seeds)) == set()


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_a_broken_graph_contradicts_the_ontology_as_it_expects(file: Path) -> None:
    lines = file.read_text("utf-8").splitlines()
    expected = {line.removeprefix("# finds: ") for line in lines if line.startswith("# finds: ")}
    assert expected
    assert contradictions(with_ontology(graph_of(file))) == expected


def test_no_term_in_data_shapes_queries_or_the_vocabulary_itself_is_unknown(seeds: Graph, sample_nquads: bytes) -> None:
    sample = Dataset().parse(data=sample_nquads, format="nquads")
    assert unknown(names_of(seeds)) == set()
    assert unknown(names_of(sample)) == set()
    assert unknown(names_of(graph_of(*data_of("shapes", ".ttl")))) == set()
    assert unknown(asked()) == set()
    named = {ONTOLOGY + "alignments", VERSION_IRI + "/alignments"}
    assert unknown(set(names_of(graph_of(*(folder("ontology") / file for file in VOCABULARY)))) - named) == set()


def asked() -> set[str]:
    """Return the IRIs of all stored queries and checks."""
    files = data_of("queries", ".rq") + data_of("shapes", ".rq")
    return {name for file in files for name in names_in(file.read_text("utf-8"))}


def test_each_term_is_used_in_data_kinds_or_queries(seeds: Graph) -> None:
    kinds = graph_of(*(folder("ontology") / file for file in sorted(KINDS)))
    assert sorted(map(curie, TERMS - {*names_of(seeds), *names_of(kinds), *asked()})) == []


@pytest.mark.parametrize(
    "name",
    [
        "dip:holdr",
        "schema:headlin",
        "oa:exakt",
        "skos:note2",
        f"<{ONTOLOGY}persons>",
        f"<{ONTOLOGY}event-kind/summitt>",
    ],
)
def test_a_misspelt_term_of_a_query_is_unknown(name: str) -> None:
    prefixes = " ".join(f"PREFIX {prefix}: <{space}>" for prefix, space in PREFIXES.items())
    assert len(unknown(names_in(f"{prefixes} SELECT * {{ ?s {name} ?o }}"))) == 1


def test_a_misspelt_term_of_a_graph_is_unknown_as_class_property_or_datatype() -> None:
    dip, prov = f"@prefix dip: <{ONTOLOGY}> .", f"@prefix prov: <{PREFIXES['prov']}> ."
    graph = Graph().parse(data=f'{dip} {prov} prov:x a prov:Entitty ; dip:of2 "1"^^dip:PLOWER .', format="turtle")
    assert unknown(names_of(graph)) == {"prov:x", "prov:Entitty", "dip:of2", "dip:PLOWER"}


def test_the_axioms_are_of_owl_2_rl() -> None:
    spaces = (PREFIXES["owl"], PREFIXES["rdfs"], PREFIXES["rdf"])
    used = {quad.predicate.value for quad in read(CORE) if quad.predicate.value.startswith(spaces)}
    annotations = {"rdfs:label", "rdfs:isDefinedBy", "owl:versionIRI", "owl:versionInfo"}
    assert {curie(name) for name in used} <= AXIOMS | annotations
    characteristics = {
        quad.object.value for quad in read(CORE).quads_for_pattern(None, NamedNode(iri("rdf:type")), None)
    }
    allowed = "Ontology Class ObjectProperty DatatypeProperty FunctionalProperty AsymmetricProperty IrreflexiveProperty"
    assert {name for name in characteristics if name.startswith(PREFIXES["owl"])} <= {
        PREFIXES["owl"] + name for name in allowed.split()
    }


def test_there_are_no_blank_nodes_in_the_ontology() -> None:
    for file in (CORE, ALIGNMENTS, *sorted(KINDS)):
        assert [quad for quad in read(file) if "_:" in (str(quad.subject)[:2], str(quad.object)[:2])] == [], file


@pytest.mark.parametrize(
    ("scheme", "codes"),
    [("event", TOP_EVENTS), ("agreement", AGREEMENTS), ("office", TOP_OFFICES), ("discrepancy", DISCREPANCIES)],
)
def test_the_top_kinds_are_those_that_queries_rely_on(scheme: str, codes: str) -> None:
    assert {kind.code for kind in load_kinds(scheme) if kind.broader is None} == set(codes.split())


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_kind_is_named_after_its_notation_which_is_its_own(scheme: str) -> None:
    kinds = load_kinds(scheme)
    assert len({kind.code for kind in kinds}) == len(kinds)
    assert {kind.iri for kind in kinds} == {f"{ONTOLOGY}{scheme}-kind/{kind.code}" for kind in kinds}
    assert {kind.code for kind in kinds if not re.fullmatch(r"[a-z0-9-]+", kind.code)} == set()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_kind_has_one_definition_one_plain_code_and_one_place_in_its_scheme(scheme: str) -> None:
    store = read(f"{scheme}-kinds.ttl")
    for kind in load_kinds(scheme):
        assert [text.language for text in objects(store, kind.iri, "skos:definition")] == ["en"], kind.code
        plain = [code for code in objects(store, kind.iri, "skos:notation") if code.datatype.value == iri("xsd:string")]
        assert plain == [Literal(kind.code)]
        assert objects(store, kind.iri, "skos:inScheme") == [NamedNode(f"{ONTOLOGY}{scheme}-kind")], kind.code
        above = objects(store, kind.iri, "skos:broader") + objects(store, kind.iri, "skos:topConceptOf")
        assert len(above) == 1, kind.code


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_scheme_lists_its_top_kinds_and_its_licence(scheme: str) -> None:
    store = read(f"{scheme}-kinds.ttl")
    top = {node.value for node in objects(store, f"{ONTOLOGY}{scheme}-kind", "skos:hasTopConcept")}
    assert top == {kind.iri for kind in load_kinds(scheme) if kind.broader is None}
    assert len(objects(store, f"{ONTOLOGY}{scheme}-kind", "dcterms:license")) == 1


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_phrase_stands_under_one_kind_of_a_scheme_only_once(scheme: str) -> None:
    found = Counter(phrase for kind in load_kinds(scheme) for phrase in phrases(kind))
    assert [phrase for phrase, count in found.items() if count > 1] == []


def test_phrases_have_single_spaces_and_no_space_at_their_ends() -> None:
    assert [phrase for kind in all_kinds() for phrase in phrases(kind) if phrase != " ".join(phrase.split())] == []


def test_predicate_phrases_are_in_lower_case() -> None:
    assert [phrase for kind in load_kinds("event") for phrase in kind.hidden if phrase != phrase.lower()] == []


def test_each_event_kind_has_noun_and_predicate_phrases() -> None:
    assert [kind.code for kind in load_kinds("event") if not (kind.alt and kind.hidden)] == []


def test_codes_of_cameo_are_two_to_four_digits_and_codes_of_plover_its_categories() -> None:
    codes: dict[str, set[str]] = {DIP.CAMEO: set(), DIP.PLOVER: set()}
    for kind in all_kinds():
        for datatype, code in kind.notations:
            codes[datatype].add(code)
    assert {code for code in codes[DIP.CAMEO] if not re.fullmatch(r"(0[1-9]|1[0-9]|20)[0-9]{0,2}", code)} == set()
    assert codes[DIP.PLOVER] == set(PLOVER.split())


def test_labels_are_english_and_at_top_of_events_vietnamese_and_chinese() -> None:
    assert [kind.code for kind in all_kinds() if kind.labels.get("en") != kind.label] == []
    top = [kind for kind in load_kinds("event") if kind.broader is None]
    assert [kind.code for kind in top if kind.labels.keys() != {"en", "vi", "zh"}] == []


def test_a_narrower_kind_knows_its_top_kind_and_inherits_its_roles() -> None:
    kinds = {kind.code: kind for kind in load_kinds("event")}
    assert (kinds["state-visit"].broader, kinds["state-visit"].top) == ("visit", "visit")
    assert (kinds["state-visit"].subject_role, kinds["state-visit"].object_role) == (DIP.visitor, DIP.host)
    assert (kinds["call"].broader, kinds["call"].top) == (None, "call")


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("held talks with", "meeting"),
        ("had a telephone conversation with", "call"),
        ("paid an official visit to", "official-visit"),
        ("exchanged congratulations", "congratulations"),
        ("were signed", "signing"),
        ("was elected", "election"),
        ("laid a wreath", "wreath-laying"),
        ("imposed sanctions on", "sanctions"),
    ],
)
def test_a_phrase_betrays_the_most_specific_kind(phrase: str, code: str) -> None:
    assert [kind.code for kind in load_kinds("event") if phrase in phrases(kind)] == [code]


@pytest.mark.parametrize(
    ("wording", "title"),
    [
        ("foreign minister", "Minister of Foreign Affairs"),
        ("party chief", "General Secretary"),
        ("premier", "Premier"),
        ("state president", "President"),
        ("state councillor", "State Councilor"),
        ("political bureau member", "Member of the Politburo"),
        ("deputy foreign minister", "Deputy Minister of Foreign Affairs"),
    ],
)
def test_a_wording_of_a_title_leads_to_the_plain_title(wording: str, title: str) -> None:
    assert [kind.label for kind in load_kinds("office") if wording in phrases(kind)] == [title]


def test_an_unknown_scheme_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(ResourceError, match="use one of agreement, discrepancy, event, office"):
        load_kinds("people")


def test_prefixes_are_distinct_namespaces() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert {namespace for namespace in PREFIXES.values() if namespace[-1] not in "#/"} == set()


def _subclass() -> NamedNode:
    return NamedNode(iri("rdfs:subClassOf"))
