"""Contradictions with Wikidata as a file to import into the Mismatch Finder, for review and never sent.

Format: https://github.com/wmde/wikidata-mismatch-finder/blob/main/docs/UserGuide.md#creating-a-mismatches-import-file
"""

import csv
import io

import msgspec
from pyoxigraph import QuerySolution

from kg.authority import Authority, Person
from kg.linking.statements import is_elsewhere, items_of_things, sources
from kg.linking.unlinked import rows, value
from kg.namespaces import ONTOLOGY
from kg.store import Store

COLUMNS = (
    "item_id", "statement_guid", "property_id", "wikidata_value", "meta_wikidata_value", "external_value",
    "external_url", "type",
)  # fmt: skip
OFFICEHOLDER = "P1308"  # https://www.wikidata.org/wiki/Property:P1308
LONGEST_VALUE = 1500


class Mismatches(msgspec.Struct):
    """Rows for the Mismatch Finder."""

    rows: list[tuple[str, ...]] = []
    by_hand: int = 0
    """How many of them contradict a tenure that was not read in Wikidata."""

    def text(self) -> str:
        """Return them as a file to import."""
        table = io.StringIO()
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(COLUMNS)
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

    Another spelling of the holder's name is none, nor is one word alone, nor somebody of another country.
    Which statement of Wikidata is contradicted is not known here: its columns stay empty, as the format wants then.
    """
    items, articles = items_of_things(store), sources(store)
    pattern = """
      ?dispute dip:kind <%s> ; dip:stated ?stated ; dip:expected ?expected ; dip:statedIn ?article .
      ?stated rdfs:label ?name .
      ?believed dip:holder ?expected ; dip:office ?office ; dcterms:source ?keys .
      GRAPH ?article { ?tenure dip:holder ?stated ; dip:office ?office }"""
    found: dict[tuple[str, ...], bool] = {}
    for row in rows(store, pattern % f"{ONTOLOGY}discrepancy-kind/holder"):
        office, article = items.get(value(row, "office"), ""), articles.get(value(row, "article"))
        holder, url = items.get(value(row, "stated")) or value(row, "name"), article.url if article else ""
        fits = office and value(row, "expected") in items and max(len(holder), len(url)) <= LONGEST_VALUE
        if fits and not _is_misread(row, authority):
            cells = (office, "", OFFICEHOLDER, "", "", holder, url, "statement")
            read = any(key in authority.wikidata_sources for key in value(row, "keys").split("|"))
            found[cells] = found.get(cells, False) or read
    return Mismatches(sorted(found), sum(not read for read in found.values()))


def _is_misread(row: QuerySolution, authority: Authority) -> bool:
    """Return whether a contradiction lies in the reading, most likely: one name spelt in two ways, a foreigner."""
    stated, expected = (authority.people.get(value(row, who).rpartition("/")[2]) for who in ("stated", "expected"))
    post = authority.offices.get(value(row, "office").rpartition("/")[2])
    named = (stated,) if stated else authority.find_people(value(row, "name"))
    if post and named and all(is_elsewhere(person, post, authority) for person in named):
        return True
    return not stated and expected is not None and _may_be(value(row, "name"), expected, authority)


def _may_be(name: str, person: Person, authority: Authority) -> bool:
    """Return whether a name can be another form of a person's: one word of it, or any where names are of one family.

    Where family names come first and are few, sharing one says nothing.
    """
    words = authority.name_words
    said = {word for word in words.bare(name) if len(word) > 2}
    own = {word for spelling in (person.label, *person.aliases) for word in words.bare(spelling)}
    return len(said) < 2 or (person.country not in words.family_first and bool(said & own))
