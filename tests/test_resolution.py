"""Resolution: one thing, one node, whatever the order; what contradicts stays apart; every claim has its passage."""

import doctest
import importlib
import io
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import dumps
from kg.articles import Article, Reading, read
from kg.engines import build, map_articles, nquads
from kg.errors import MappingError
from kg.iris import BASE, digest
from kg.mappers.claims import ArticleClaims, PersonClaim
from kg.namespaces import ONTOLOGY
from kg.resolution import Record
from kg.resources import folder
from kg.store import Store
from kg.store.outlines import digest_of

LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
DERIVED = ox.NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")
OA = "http://www.w3.org/ns/oa#"
DEFAULT = ox.DefaultGraph()
SEEDS = Path(str(folder("seeds") / "articles"))

TALKS = "Foreign Minister Wang Yi of China held talks with Foreign Minister Bui Thanh Son of Vietnam in Hanoi on {}."


def article(text: str, file: str = "a.txt", published: str = "2024-05-08", url: str | None = None) -> Article:
    return Article(text=text, file=file, published=published, url=url)


def graph(*articles: Article) -> ox.Dataset:
    """Return the resolved graph of articles."""
    return dataset(nquads(map_articles(Reading(article=a) for a in articles).records))


def dataset(quads: bytes) -> ox.Dataset:
    return ox.Dataset(ox.parse(quads, format=ox.RdfFormat.N_QUADS))


def dip(name: str) -> ox.NamedNode:
    return ox.NamedNode(ONTOLOGY + name)


def things(data: ox.Dataset, cls: str, where: ox.NamedNode | ox.DefaultGraph = DEFAULT) -> list[ox.NamedNode]:
    """Return the things of a class of ours in a graph, sorted."""
    found = (q.subject for q in data.quads_for_object(dip(cls)) if q.predicate == TYPE and q.graph_name == where)
    return sorted({s for s in found if isinstance(s, ox.NamedNode)}, key=str)


def value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    assert not isinstance(term, ox.Triple)
    return term.value


def values(data: ox.Dataset, subject: ox.NamedNode, predicate: ox.NamedNode,
           where: ox.NamedNode | ox.DefaultGraph = DEFAULT) -> set[str]:  # fmt: skip
    quads = data.quads_for_subject(subject)
    return {value(q.object) for q in quads if q.predicate == predicate and q.graph_name == where}


def events(data: ox.Dataset, kind: str) -> list[ox.NamedNode]:
    """Return the events of a kind in the default graph."""
    iri = f"{ONTOLOGY}event-kind/{kind}"
    return [e for e in things(data, "Event") if iri in values(data, e, dip("kind"))]


def people(data: ox.Dataset, event: ox.NamedNode) -> set[str]:
    return {iri.rpartition("/")[2] for iri in values(data, event, dip("participant"))}


@pytest.fixture(scope="module")
def seeds() -> tuple[list[Record], bytes]:
    """Return the records of the shipped articles and their graph."""
    records = map_articles(read([SEEDS])).records
    return records, nquads(records)


@pytest.fixture(scope="module")
def shipped(seeds: tuple[list[Record], bytes]) -> ox.Dataset:
    return dataset(seeds[1])


@pytest.mark.parametrize(
    "module",
    [
        "resolution.quads",
        "resolution.identity",
        "resolution.matching",
        "resolution.reports",
        "resolution.versions",
        "mappers",
        "language.tokens",
        "language.lexicon",
    ],
)
def test_the_examples_of_docstrings_hold(module: str) -> None:
    assert doctest.testmod(importlib.import_module(f"kg.{module}")).failed == 0


# -- one event, two events --------------------------------------------------------------------------------------


def test_an_event_that_two_articles_report_is_one_node() -> None:
    one = article(TALKS.format("Monday"), "a.txt")
    other = article(f"The day was warm. {TALKS.format('May 6, 2024')}", "b.txt")
    data = graph(one, other)
    (meeting,) = events(data, "meeting")
    assert values(data, meeting, DERIVED) == {f"{BASE}article/{one.key}", f"{BASE}article/{other.key}"}


def test_the_phone_talks_told_in_two_capitals_are_one_event(shipped: ox.Dataset) -> None:
    calls = [e for e in events(shipped, "call") if "2021-02-08" in values(shipped, e, dip("date"))]
    assert len(calls) == 1
    assert len(values(shipped, calls[0], DERIVED)) == 2
    assert people(shipped, calls[0]) == {"xi-jinping", "nguyen-phu-trong"}


def test_two_leaders_of_one_country_who_meet_one_guest_on_one_day_are_two_events() -> None:
    guest = "met Finnish President Alexander Stubb in Hanoi on Tuesday."
    one = article(f"Vietnamese Prime Minister Pham Minh Chinh {guest}", "a.txt")
    other = article(f"Vietnamese Foreign Minister Bui Thanh Son {guest}", "b.txt")
    data = graph(one, other)
    assert sorted(map(sorted, (people(data, e) for e in events(data, "meeting")))) == [
        ["alexander-stubb", "bui-thanh-son"],
        ["alexander-stubb", "pham-minh-chinh"],
    ]


def test_meetings_on_two_days_are_two_events() -> None:
    data = graph(article(TALKS.format("Monday"), "a.txt"), article(TALKS.format("Tuesday"), "b.txt"))
    assert len(events(data, "meeting")) == 2


def test_undated_reports_of_two_articles_stay_two_events() -> None:
    text = "{} Foreign Minister Wang Yi of China recently visited Fiji."
    data = graph(article(text.format("Indeed."), "a.txt"), article(text.format("Yes."), "b.txt"))
    undated = [e for e in events(data, "visit") if not values(data, e, dip("date"))]
    assert len(undated) == 2


def test_a_plan_that_came_to_pass_has_occurred() -> None:
    plan = article("Chinese Foreign Minister Wang Yi will visit Fiji on May 10, 2024.", "a.txt", "2024-05-08")
    report = article("Chinese Foreign Minister Wang Yi visited Fiji on May 10, 2024.", "b.txt", "2024-05-11")
    data = graph(plan, report)
    (visit,) = events(data, "visit")
    assert values(data, visit, dip("status")) == {"occurred"}
    assert values(data, visit, dip("status"), ox.NamedNode(f"{BASE}article/{plan.key}")) == {"planned"}


# -- a pure function --------------------------------------------------------------------------------------------


def test_the_order_of_articles_changes_no_byte(seeds: tuple[list[Record], bytes]) -> None:
    records, whole = seeds
    assert nquads(reversed(records)) == whole
    assert nquads(records[5:] + records[:5]) == whole


def test_the_order_of_files_changes_no_byte() -> None:
    readings = list(read([SEEDS]))
    assert nquads(map_articles(reversed(readings)).records) == nquads(map_articles(readings).records)


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 2, 0, 3, 1)])
def test_five_increments_in_any_order_give_the_bytes_of_building_all_at_once(
    order: tuple[int, ...], seeds: tuple[list[Record], bytes], tmp_path: Path
) -> None:
    files = sorted(SEEDS.iterdir())
    for n in order:
        build(files[n::5], tmp_path)
    assert stored(tmp_path) == sorted(str(quad) for quad in dataset(seeds[1]))
    with Store.open(tmp_path) as store:
        assert store.ledger["digest"] == digest_of([seeds[1]])


def stored(path: Path) -> list[str]:
    with Store.open(path) as store:
        return sorted(str(quad) for quad in store.quads())


def test_the_quads_are_sorted_and_each_is_there_once(seeds: tuple[list[Record], bytes]) -> None:
    lines = seeds[1].splitlines()
    assert lines == sorted(set(lines))


def test_another_base_renames_things_and_nothing_else(seeds: tuple[list[Record], bytes]) -> None:
    records, whole = seeds
    base = "https://example.org/kg/"
    moved = nquads(records, base=base)
    assert b"/diplomacy-kg/id/" not in moved
    assert len(moved.splitlines()) == len(whole.splitlines())


# -- identity ---------------------------------------------------------------------------------------------------


def test_a_misprinted_holder_is_a_discrepancy_and_is_never_merged(shipped: ox.Dataset) -> None:
    stated = {person for d in things(shipped, "Discrepancy") for person in values(shipped, d, dip("stated"))}
    assert f"{BASE}person/vo-van-thang-vn" in stated
    (found,) = [
        d
        for d in things(shipped, "Discrepancy")
        if f"{BASE}person/vo-van-thang-vn" in values(shipped, d, dip("stated"))
    ]
    assert values(shipped, found, dip("expected")) == {f"{BASE}person/vo-van-thuong"}
    names = values(shipped, ox.NamedNode(f"{BASE}person/vo-van-thuong"), LABEL)
    assert "Vo Van Thang" not in names
    meeting = [e for e in events(shipped, "meeting") if "2023-12-01" in values(shipped, e, dip("date"))]
    assert [people(shipped, e) for e in meeting] == [{"vo-van-thang-vn", "wang-yi"}]


def test_a_holder_who_was_is_no_discrepancy() -> None:
    text = "Vietnamese President Vo Van Thuong met Chinese Foreign Minister Wang Yi in Hanoi on December 1."
    assert things(graph(article(text, published="2023-12-01")), "Discrepancy") == []


def test_unknown_people_of_one_name_in_two_countries_stay_apart() -> None:
    one = article("Deputy Minister Marta Lindqvarn of Sweden visited Oslo on Monday.", "a.txt")
    other = article("Deputy Minister Marta Lindqvarn of Finland visited Riga on Monday.", "b.txt")
    data = graph(one, other)
    named = [p.value.rpartition("/")[2] for p in things(data, "Person")]
    assert named == ["marta-lindqvarn-fi", "marta-lindqvarn-se"]


def test_an_unknown_person_of_one_country_is_one_in_two_articles() -> None:
    one = article("Deputy Minister Marta Lindqvarn of Sweden visited Oslo on Monday.", "a.txt")
    other = article("Deputy Minister Marta Lindqvarn of Sweden visited Riga on Tuesday.", "b.txt")
    assert [p.value.rpartition("/")[2] for p in things(graph(one, other), "Person")] == ["marta-lindqvarn-se"]


def test_an_article_is_named_by_its_address_else_by_its_text() -> None:
    text = TALKS.format("Monday")
    url = "https://example.org/talks"
    assert article(text, url=url).key == digest(url) == article("Other words.", url=url).key
    assert article(text).key == digest(text) != article("Other words.").key


def test_a_name_that_fits_the_holder_of_its_office_is_the_holders_and_says_why() -> None:
    text = "President Zelenskky of Ukraine met Foreign Minister Baerbock of Germany in Kyiv on Tuesday."
    data = graph(article(text, published="2023-05-10"))
    (where,) = articles(data)
    assert [p.value.rpartition("/")[2] for p in things(data, "Person")] == ["annalena-baerbock", "volodymyr-zelenskyy"]
    person = ox.NamedNode(f"{BASE}person/volodymyr-zelenskyy")
    (inference,) = values(data, person, dip("inference"), where)
    assert values(data, ox.NamedNode(inference), dip("rule"), where) == {"name-fits-holder"}
    premises = {
        p.removeprefix(BASE).partition("/")[0] for p in values(data, ox.NamedNode(inference), dip("premise"), where)
    }
    assert premises == {"passage", "tenure"}


@pytest.mark.parametrize(
    "name",
    ["\u0425i Jinping", "\u0416i Jinping", "Xi Jinp\u0456ng", "X", "Xi Jinpang"],
    ids=["Cyrillic Kha", "Cyrillic Zhe", "Cyrillic i", "one letter", "look-alike"],
)
def test_a_look_alike_is_never_merged(name: str) -> None:
    text = "President {} of China met Foreign Minister Annalena Baerbock of Germany in Beijing on Tuesday."
    data = graph(
        article(text.format(name), "a.txt", published="2023-05-10"),
        article(text.format("Xi Jinping"), "b.txt", published="2023-05-10"),
        article(text.format("\u0426i Jinping"), "c.txt", published="2023-05-10"),
    )
    named = {
        p.value.rpartition("/")[2]: values(data, p, dip("namedAs"), w)
        for w in articles(data)
        for p in things(data, "Person", w)
    }
    assert all(len({form.casefold() for form in forms if " " in form}) < 2 for forms in named.values())


# -- evidence and completeness ----------------------------------------------------------------------------------


def test_every_quote_stands_at_its_offset(seeds: tuple[list[Record], bytes], shipped: ox.Dataset) -> None:
    texts = {f"{BASE}article/{record.key}": record.article.text for record in seeds[0]}
    passages = sorted({q.subject for q in shipped.quads_for_predicate(ox.NamedNode(OA + "exact"))}, key=str)
    assert len(passages) > 50
    for passage in passages:
        told = {q.predicate.value.removeprefix(OA): value(q.object) for q in shipped.quads_for_subject(passage)}
        assert texts[told["hasSource"]][int(told["start"]) : int(told["end"])] == told["exact"]


def test_a_claim_outside_its_article_fails_the_build() -> None:
    short = article("Too short.")
    claims = ArticleClaims(people=(PersonClaim(name="Nobody Known", forms=("Nobody Known",), span=(4, 400)),))
    with pytest.raises(MappingError, match="outside the article's text"):
        nquads([Record(short, claims, "d")])


@pytest.mark.parametrize("cls", ["Event", "Agreement", "Tenure", "Discrepancy", "Person"])
def test_everything_an_article_states_has_evidence(shipped: ox.Dataset, cls: str) -> None:
    counted = 0
    for where in articles(shipped):
        for thing in things(shipped, cls, where):
            counted += 1
            assert values(shipped, thing, dip("evidence"), where), f"{thing} in {where}"
    assert counted


def articles(data: ox.Dataset) -> list[ox.NamedNode]:
    """Return the names of the article graphs."""
    return sorted({q.graph_name for q in data if q.graph_name != DEFAULT}, key=str)


@pytest.mark.parametrize(
    "kind", ["person", "office", "country", "organisation", "place", "event", "agreement", "tenure"]
)
def test_everything_mentioned_has_a_label_in_the_default_graph(shipped: ox.Dataset, kind: str) -> None:
    used = {term for quad in shipped for term in (quad.subject, quad.object) if isinstance(term, ox.NamedNode)}
    ours = [term for term in used if term.value.startswith(f"{BASE}{kind}/")]
    assert ours
    assert [term for term in ours if not values(shipped, term, LABEL)] == []


def test_kinds_in_use_have_a_label_and_lead_to_their_top(shipped: ox.Dataset) -> None:
    used = {ox.NamedNode(value(q.object)) for q in shipped.quads_for_predicate(dip("kind"))}
    notation = ox.NamedNode("http://www.w3.org/2004/02/skos/core#notation")
    assert used
    assert [kind for kind in used if not values(shipped, kind, LABEL) or not values(shipped, kind, notation)] == []


def test_there_are_no_blank_nodes(shipped: ox.Dataset) -> None:
    assert [quad for quad in shipped if any(isinstance(term, ox.BlankNode) for term in quad)] == []


def test_an_inferred_date_carries_its_rule_and_what_it_rests_on(shipped: ox.Dataset) -> None:
    inferred = 0
    for where in articles(shipped):
        for node in things(shipped, "Inference", where):
            inferred += 1
            assert len(values(shipped, node, dip("rule"), where)) == 1
            assert values(shipped, node, dip("premise"), where)
    assert inferred


def test_the_undated_sample_has_its_date_from_the_anniversary(seeds: tuple[list[Record], bytes]) -> None:
    (record,) = [r for r in seeds[0] if r.article.file.startswith("seventy-five-years")]
    assert record.article.published is None
    assert (record.claims.published, record.claims.published_rule) == ("2025-01-18", "anniversary-weekday")
    quoted = {record.article.text[start:end].lower() for start, end in record.claims.published_premises}
    assert any("75th anniversary" in words for words in quoted) and "saturday" in quoted


def test_dates_have_bounds_in_order(shipped: ox.Dataset) -> None:
    checked = 0
    for event in things(shipped, "Event"):
        if values(shipped, event, dip("date")):
            (first,), (last,) = (values(shipped, event, dip(end)) for end in ("earliest", "latest"))
            assert first <= last
            checked += 1
    assert checked > 10


def test_no_province_of_a_menu_is_the_place_of_an_event(shipped: ox.Dataset) -> None:
    places = {value(q.object).rpartition("/")[2] for q in shipped.quads_for_predicate(dip("place"))}
    assert places & {"hanoi", "beijing"}
    assert places & {"an-giang", "ba-ria-vung-tau", "lao-cai", "ben-tre", "can-tho"} == set()


def test_one_subject_has_one_class_of_ours_in_the_default_graph(shipped: ox.Dataset) -> None:
    classes: dict[object, set[str]] = defaultdict(set)
    for quad in shipped.quads_for_predicate(TYPE):
        if quad.graph_name == DEFAULT and value(quad.object).startswith(ONTOLOGY):
            classes[quad.subject].add(value(quad.object))
    assert classes
    assert {s: c for s, c in classes.items() if len(c) > 1} == {}


def test_the_turtle_dump_of_the_default_graph_is_the_same_in_both_parsers(
    seeds: tuple[list[Record], bytes], shipped: ox.Dataset
) -> None:
    from rdflib import Graph
    from rdflib.compare import graph_diff, to_isomorphic

    turtle = io.BytesIO()
    dumps.dump(Store.in_memory(seeds[1]), "turtle", turtle)
    default = [quad.triple for quad in shipped if quad.graph_name == DEFAULT]
    assert {quad.triple for quad in ox.parse(turtle.getvalue(), format=ox.RdfFormat.TURTLE)} == set(default)
    wanted = Graph().parse(data="".join(f"{triple} .\n" for triple in default), format="nt")
    parsed = Graph().parse(data=turtle.getvalue(), format="turtle")
    _, missing, extra = graph_diff(to_isomorphic(wanted), to_isomorphic(parsed))
    assert (set(missing), set(extra)) == (set(), set())


def test_two_spellings_of_an_unknown_organisation_are_one_with_one_label() -> None:
    text = "Antony Blinken met Jane Roe, director of the {} Foundation, in Paris on 7 May 2024."
    data = graph(article(text.format("Amtrak")), article(text.format("AMTRAK"), "b.txt"))
    labels = [value(q.object) for q in data.quads_for_predicate(LABEL) if q.graph_name == DEFAULT]
    assert sorted(label for label in labels if "Foundation" in label) == [
        "AMTRAK Foundation",
        "Director (AMTRAK Foundation)",
        "Jane Roe, Director (AMTRAK Foundation)",
        "Meeting of AMTRAK Foundation, United States, 2024-05-07",
    ]


def test_a_tenure_an_article_calls_current_and_former_is_current() -> None:
    data = graph(
        article(
            "Former US Foreign Minister Jane Roe met Prime Minister Donald Tusk of Poland on 7 May 2024. "
            "US Secretary of State Jane Roe thanked him."
        )
    )
    assert [value(q.object) for q in data.quads_for_predicate(dip("tenureStatus"))] == ["current", "current"]
