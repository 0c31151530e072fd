"""What giving back to Wikidata needs of a store: the items of things, and articles as references."""

import msgspec
import pyoxigraph as ox

from kg.authority import Authority, Office, Person
from kg.linking.unlinked import rows, value
from kg.namespaces import PREFIXES
from kg.store import Store

DATE_LENGTHS = (4, 7, 10)
"""Of a year, a month, a day."""


class Source(msgspec.Struct, frozen=True, order=True):
    """An article as a reference."""

    published: str
    url: str
    title: str
    language: str


def items_of_things(store: Store) -> dict[str, str]:
    """Return the QIDs of the things that have one, by IRI."""
    pairs = ((value(r, "thing"), value(r, "item")) for r in rows(store, "?thing skos:exactMatch ?item"))
    return {thing: item.removeprefix(PREFIXES["wd"]) for thing, item in pairs if item.startswith(PREFIXES["wd"])}


def sources(store: Store) -> dict[str, Source]:
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
            day if len(day) in DATE_LENGTHS else "", value(row, "url"), value(row, "title"), language
        )
    return found


def is_elsewhere(person: Person, office: Office, authority: Authority) -> bool:
    """Return whether an office is known to be of another country than the one a person is known to be of."""
    return bool(person.country) and office.of in authority.countries and person.country != office.of
