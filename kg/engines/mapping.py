"""Mapping: sources and readings to records, whatever engine asks; and which of several articles that are one stays."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import TypeVar

import msgspec

from kg.articles import Article, Reading, Refusal, Source, interpret
from kg.collector import no_collection
from kg.errors import KgError
from kg.iris import BASE, digest
from kg.judgements import Judgements
from kg.language.lexicon import Lexicon, load_lexicon
from kg.mappers import map_article
from kg.mappers.claims import Unread
from kg.resolution import Record, resolve
from kg.resources import digest_of, folder

Place = TypeVar("Place", bound=tuple[str, ...])

_CLAIMS = ("articles", "authority", "language", "mappers", "edtf.py", "iris.py", "namespaces.py", "sparql.py")
"""The code that decides what an article states."""


class Mapped(msgspec.Struct):
    """What reading and mapping gave: a record an article, and what gave none. read + refused + duplicates = seen."""

    records: list[Record] = []
    refused: list[Refusal] = []
    duplicates: list[tuple[str, str]] = []
    """File, and the file it repeats."""

    @property
    def seen(self) -> int:
        """How many sources there were."""
        return len(self.records) + len(self.refused) + len(self.duplicates)


def map_articles(readings: Iterable[Reading], *, lexicon: Lexicon | None = None) -> Mapped:
    """Return a record for each article of ``readings``, each article once.

    Of two readings of one article (same address or same text) the one whose file name sorts first stays, so that order
    changes nothing.
    """
    lexicon = lexicon or load_lexicon()
    mapped = Mapped()
    with no_collection():
        articles = []
        for reading in readings:
            if reading.article is not None:
                articles.append(reading.article)
            elif reading.refusal is not None:
                mapped.refused.append(reading.refusal)
        for article in _each_once(articles, mapped.duplicates):
            mapped.records.append(record_of(article, lexicon))
    mapped.duplicates.sort()
    mapped.refused.sort(key=lambda r: r.file)
    return mapped


def _each_once(articles: list[Article], duplicates: list[tuple[str, str]]) -> list[Article]:
    """Return the articles, those of one address or one text once, by key; note the others in ``duplicates``."""
    first: dict[str, Article] = {}
    kept = []
    for article in sorted(articles, key=lambda a: (a.file, a.content_digest)):
        names = (article.key, digest(article.text))
        stays = next((first[name] for name in names if name in first), None)
        if stays is not None:
            duplicates.append((article.file, stays.file))
            continue
        first |= dict.fromkeys(names, article)
        kept.append(article)
    return sorted(kept, key=lambda a: a.key)


def map_source(source: Source | Refusal, lexicon: Lexicon) -> Iterator[Record | Refusal]:
    """Yield what a source gives: a record an article, a refusal for what is none; one bad article spoils no other."""
    try:
        for reading in interpret(source):
            yield map_reading(reading, lexicon)
    except Exception as error:
        yield Refusal(source.file, _fault(error))


def map_reading(reading: Reading, lexicon: Lexicon) -> Record | Refusal:
    """Return the record of an article, or why there is none."""
    if reading.article is None:
        return reading.refusal or Refusal("", "is neither an article nor refused")
    try:
        return record_of(reading.article, lexicon)
    except Exception as error:
        return Refusal(reading.article.file, _fault(error))


def record_of(article: Article, lexicon: Lexicon) -> Record:
    """Return an article with what it states."""
    return Record(article, map_article(article, lexicon), article.content_digest)


def _fault(error: Exception) -> str:
    """Return the rest of a sentence about a file that cannot be mapped."""
    if isinstance(error, KgError):
        return f"cannot be mapped: {error}"
    return f"cannot be mapped ({type(error).__name__}: {error}); leave it out and report it"


def first_of_each(names: Mapping[Place, Sequence[str]]) -> dict[Place, Place]:
    """Return what shares a name (address, text) with something that stays, and the first such.

    What sorts first stays, so that order changes nothing.

    >>> first_of_each({("b",): ["url 1", "text 2"], ("a",): ["url 1"], ("c",): ["text 2"]})
    {('b',): ('a',)}
    """
    first: dict[str, Place] = {}
    repeated: dict[Place, Place] = {}
    for place in sorted(names):
        stays = next((first[name] for name in names[place] if name in first), None)
        if stays is None:
            first |= dict.fromkeys(names[place], place)
        else:
            repeated[place] = stays
    return repeated


@cache
def claims_version() -> str:
    """Return the digest of what decides an article's claims: the code, the vocabulary, who is who."""
    package = resources.files("kg")
    data = [folder("ontology"), folder("seeds") / "authority"]
    return digest_of([*(package / name for name in _CLAIMS), *data])


@cache
def graph_version() -> str:
    """Return the digest of all that decides the graph beside the articles, judgements and rules of a user's own."""
    return digest_of([resources.files("kg"), folder("ontology"), folder("shapes"), folder("seeds") / "authority"])


def unread_sentences(records: Iterable[Record]) -> Iterator[tuple[str, Unread, str]]:
    """Yield file, reason and sentence of what betrays an event that no mapper could read."""
    for record in records:
        for unread in record.claims.unread:
            yield record.article.file, unread, record.article.text[unread.span[0] : unread.span[1]]


def nquads(records: Iterable[Record], *, base: str = BASE, judgements: Judgements | None = None) -> bytes:
    """Return the resolved graph of records as sorted N-Quads."""
    with no_collection():
        return resolve(records, load_lexicon(), base, judgements)


def texts(records: Iterable[Record], *, base: str = BASE) -> dict[str, str]:
    """Return the articles' texts by IRI."""
    return {f"{base}article/{record.key}": record.article.text for record in records}
