"""Giving back to Wikidata, for review and never sent: new tenures as QuickStatements, contradictions as mismatches.

Properties, as https://www.wikidata.org/wiki/Property:P39 and the like describe them: P39 position held, with the
qualifiers P580 start time and P582 end time; P854 reference URL, P577 publication date and P1476 title of the
reference; P1308 officeholder.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable

import msgspec
import pyoxigraph as ox

from kg.authority import Authority
from kg.linking.unlinked import rows, value
from kg.namespaces import ONTOLOGY, PREFIXES
from kg.store import Store

# https://github.com/wmde/wikidata-mismatch-finder/blob/main/docs/UserGuide.md#creating-a-mismatches-import-file
MISMATCH_COLUMNS = (
    "item_id", "statement_guid", "property_id", "wikidata_value", "meta_wikidata_value", "external_value",
    "external_url", "type",
)  # fmt: skip
LONGEST_VALUE = 1500
TAKES_OFFICE = ("appointment", "inauguration")
LEAVES_OFFICE = ("resignation", "dismissal")
_PRECISION = {4: 9, 7: 10, 10: 11}  # https://www.wikidata.org/wiki/Help:Dates#Precision, by length of the date


class Source(msgspec.Struct, frozen=True, order=True):
    """An article as a reference."""

    published: str
    url: str
    title: str
    language: str


class Given(msgspec.Struct, frozen=True):
    """A tenure that an article states and Wikidata, as far as who is who has it, does not."""

    person: str
    office: str
    source: Source
    start: str = ""
    end: str = ""

    def line(self) -> str:
        """Return it as a command of QuickStatements, version 1 (https://www.wikidata.org/wiki/Help:QuickStatements)."""
        cells = [self.person, "P39", self.office]
        cells += ["P580", quick_date(self.start)] if self.start else []
        cells += ["P582", quick_date(self.end)] if self.end else []
        cells += ["S854", f'"{_quotable(self.source.url)}"']
        cells += ["S577", quick_date(self.source.published)] if self.source.published else []
        title = _quotable(self.source.title)
        cells += ["S1476", f'{self.source.language}:"{title}"'] if title == self.source.title != "" else []
        return "\t".join(cells)


def quick_date(date: str) -> str:
    """Return a year, month or day as QuickStatements writes it, with its precision.

    >>> quick_date("2024-05-12"), quick_date("2024-05"), quick_date("2024")
    ('+2024-05-12T00:00:00Z/11', '+2024-05-00T00:00:00Z/10', '+2024-00-00T00:00:00Z/9')
    """
    year, month, day = (*date.split("-"), "00", "00")[:3]
    return f"+{year}-{month}-{day}T00:00:00Z/{_PRECISION[len(date)]}"


def _quotable(text: str) -> str:
    """Return text without what ends a value, a command or a line of QuickStatements.

    >>> _quotable('https://example.org/?a="b"|c')
    'https://example.org/?a=%22b%22%7Cc'
    """
    return re.sub(r'[\x00-\x20"|]', lambda found: f"%{ord(found[0]):02X}", text) if "://" in text else _one_line(text)


def _one_line(text: str) -> str:
    return " ".join(re.sub(r'["|]', "", text).split())


class Tenures(msgspec.Struct):
    """What there is to give, and why the rest stays here."""

    given: list[Given] = []
    known: int = 0
    unlinked: int = 0
    disputed: int = 0
    unsourced: int = 0
    """Without the address of an article that says so."""

    def text(self) -> str:
        """Return the commands, a line each, sorted."""
        return "".join(f"{line}\n" for line in sorted(one.line() for one in self.given))

    def summary(self) -> str:
        """Return what was left out, in one line."""
        return (
            f"{len(self.given)} tenures to review; left out: {self.known} known already, {self.unlinked} of people or "
            f"offices without item, {self.disputed} disputed, {self.unsourced} without an article's address"
        )


def tenures(store: Store, authority: Authority) -> Tenures:
    """Return the tenures that articles state between things with items and who is who has not."""
    known = {
        (authority.people[one.person].wikidata, authority.offices[one.office].wikidata) for one in authority.tenures
    }
    items, disputed = _items(store), {value(row, "who") for row in rows(store, "?dispute dip:stated ?who")}
    sources, turns = _sources(store), _turns(store)
    found = Tenures()
    for tenure, (holder, office) in sorted(_claimed(store).items()):
        person, post = items.get(holder, ""), items.get(office, "")
        if holder in disputed:
            found.disputed += 1
        elif not person or not post:
            found.unlinked += 1
        elif (person, post) in known:
            found.known += 1
        elif not (articles := [article for article in _stating(store, tenure) if article in sources]):
            found.unsourced += 1
        else:
            dated = [article for article in articles if (tenure, article) in turns]
            for article in dated or [min(articles, key=lambda article: sources[article])]:
                start, end = turns.get((tenure, article), ("", ""))
                found.given.append(Given(person, post, sources[article], start, end))
    return found


def _claimed(store: Store) -> dict[str, tuple[str, str]]:
    """Return holder and office of the tenures that articles state and who is who has not."""
    pattern = (
        "?tenure a dip:Tenure ; dip:holder ?holder ; dip:office ?office FILTER NOT EXISTS { ?tenure dip:asOf ?known }"
    )
    return {value(r, "tenure"): (value(r, "holder"), value(r, "office")) for r in rows(store, pattern)}


def _stating(store: Store, tenure: str) -> list[str]:
    """Return the articles that say of a tenure that it is or was, not that it is to come."""
    pattern = f"GRAPH ?article {{ <{tenure}> dip:tenureStatus ?status }} FILTER(?status != 'incoming')"
    return [value(row, "article") for row in rows(store, pattern)]


def _items(store: Store) -> dict[str, str]:
    pairs = ((value(r, "thing"), value(r, "item")) for r in rows(store, "?thing skos:exactMatch ?item"))
    return {thing: item.removeprefix(PREFIXES["wd"]) for thing, item in pairs if item.startswith(PREFIXES["wd"])}


def _sources(store: Store) -> dict[str, Source]:
    """Return the articles that have an address, by IRI."""
    pattern = (
        "?article a schema:NewsArticle ; schema:url ?url OPTIONAL { ?article schema:datePublished ?day } "
        "OPTIONAL { ?article schema:headline ?title }"
    )
    found = {}
    for row in rows(store, pattern):
        title = row["title"]
        language = (title.language or "en") if isinstance(title, ox.Literal) else ""
        day = value(row, "day")
        found[value(row, "article")] = Source(
            day if len(day) in _PRECISION else "", value(row, "url"), value(row, "title"), language
        )
    return found


def _turns(store: Store) -> dict[tuple[str, str], tuple[str, str]]:
    """Return start and end of tenures by article, where one sentence tells of the office and that it is taken or left.

    Where articles contradict each other there is none; else it is the most exact date, by the articles that have it.
    """
    pattern = """
      GRAPH ?article {
        ?tenure dip:holder ?who ; dip:evidence ?said . ?said oa:start ?a ; oa:end ?b .
        ?event dip:appointee ?who ; dip:kind ?kind ; dip:status "occurred" ; dip:date ?date ; dip:evidence ?told .
        ?told oa:start ?c ; oa:end ?d FILTER(?a < ?d && ?c < ?b)
      }"""
    dates: dict[tuple[str, bool], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows(store, pattern):
        kind, date = value(row, "kind").rpartition("/")[2], value(row, "date")
        if kind in (*TAKES_OFFICE, *LEAVES_OFFICE) and re.fullmatch(r"\d{4}(-\d\d){0,2}", date):
            dates[value(row, "tenure"), kind in TAKES_OFFICE][value(row, "article")].add(date)
    turns: dict[tuple[str, str], tuple[str, str]] = {}
    for (tenure, takes), said in dates.items():
        date = _agreed(said.values())
        for article in (article for article, own in said.items() if date and own == {date}):
            start, end = turns.get((tenure, article), ("", ""))
            turns[tenure, article] = (date, end) if takes else (start, date)
    return turns


def _agreed(said: Iterable[set[str]]) -> str:
    """Return the most exact of the dates that articles give, empty where they differ; who gives two gives none.

    >>> _agreed([{"2024-05"}, {"2024-05-12"}, {"2023", "2024"}]), _agreed([{"2024-05"}, {"2024-06"}])
    ('2024-05-12', '')
    """
    dates = [next(iter(own)) for own in said if len(own) == 1]
    best = max(dates, key=len, default="")
    return best if all(best.startswith(date) for date in dates) else ""


class Mismatches(msgspec.Struct):
    """Rows for the Mismatch Finder."""

    rows: list[tuple[str, ...]] = []
    by_hand: int = 0
    """How many of them contradict a tenure that was not read in Wikidata."""

    def text(self) -> str:
        """Return them as a file to import."""
        table = io.StringIO()
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(MISMATCH_COLUMNS)
        writer.writerows(self.rows)
        return table.getvalue()

    def summary(self) -> str:
        """Return how many there are, in one line."""
        return (
            f"{len(self.rows)} mismatches to review, {self.by_hand} of them with tenures that who is who did not read "
            "in Wikidata"
        )


def mismatches(store: Store, authority: Authority) -> Mismatches:
    """Return where an article has another holder for an office than who is who, both office and holder having items.

    Which statement of Wikidata is contradicted is not known here: its columns stay empty, as the format wants then.
    """
    items, sources = _items(store), _sources(store)
    pattern = """
      ?dispute dip:kind <%s> ; dip:stated ?stated ; dip:expected ?expected ; dip:statedIn ?article .
      ?stated rdfs:label ?name .
      ?believed dip:holder ?expected ; dip:office ?office ; dcterms:source ?keys .
      GRAPH ?article { ?tenure dip:holder ?stated ; dip:office ?office }"""
    found: dict[tuple[str, ...], bool] = {}
    for row in rows(store, pattern % f"{ONTOLOGY}discrepancy-kind/holder"):
        office, article = items.get(value(row, "office"), ""), sources.get(value(row, "article"))
        holder, url = items.get(value(row, "stated")) or value(row, "name"), article.url if article else ""
        if office and value(row, "expected") in items and max(len(holder), len(url)) <= LONGEST_VALUE:
            cells = (office, "", "P1308", "", "", holder, url, "statement")
            read = any(key in authority.wikidata_sources for key in value(row, "keys").split("|"))
            found[cells] = found.get(cells, False) or read
    return Mismatches(sorted(found), sum(not read for read in found.values()))
