"""Running the house on this machine: articles in, a resolved, validated store out."""

import gc
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kg import __version__
from kg.articles import Article, Reading, Refusal, read
from kg.errors import KgError
from kg.iris import BASE, digest
from kg.judgements import Judgements, parse
from kg.language.lexicon import Lexicon, load_lexicon
from kg.mappers import map_article
from kg.mappers.claims import Unread
from kg.namespaces import VERSION_IRI
from kg.resolution import Record, resolve

if TYPE_CHECKING:
    from kg.quarantine import Publishable
    from kg.store import Store
    from kg.validation import Report

RECORDS = "records.msgpack"
JUDGEMENTS = "judgements.sssom.tsv"


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


class Summary(msgspec.Struct, kw_only=True):
    """What a build did, in counts."""

    store: str
    seen: int = 0
    articles: int = 0
    unchanged: int = 0
    refused: list[Refusal] = []
    duplicates: list[tuple[str, str]] = []
    warnings: list[tuple[str, str]] = []
    """File and warning."""
    without_date: list[str] = []
    without_events: list[str] = []
    unread: int = 0
    """Sentences that betray an event which no mapper could read."""
    people: int = 0
    events: int = 0
    agreements: int = 0
    discrepancies: list[str] = []
    quads: int = 0
    conforms: bool = True
    violations: list[str] = []
    validation_warnings: int = 0
    quarantined: list[tuple[str, str]] = []
    """Files of the articles kept out of the default graph, and the first reason."""

    @property
    def read(self) -> int:
        """How many of the sources seen gave an article of their own."""
        return self.seen - len(self.refused) - len(self.duplicates)

    @property
    def verdict(self) -> str:
        """What validation found, in a few words."""
        parts = [f"{len(self.violations)} violations (kg validate tells)"] if self.violations else ["conforms"]
        parts += [f"{len(self.quarantined)} kept out (kg query quarantined tells)"] if self.quarantined else []
        parts += [f"{self.validation_warnings} warnings"] if self.validation_warnings else []
        return ", ".join(parts)

    def findings(self, strict: bool = False) -> bool:
        """Return whether a user should look: the graph does not conform, or, if strict, anything is amiss."""
        return not self.conforms or bool(strict and (self.refused or self.discrepancies or self.validation_warnings))

    def text(self) -> str:
        """Return the summary as a table of a few lines."""
        refused, twice = len(self.refused), len(self.duplicates)
        seen = f"{self.seen} seen: {self.read} read, {refused} refused, {twice} duplicate"
        rows = [
            ("articles", f"{self.articles} in the store ({seen})"),
            ("events", str(self.events)),
            ("people", str(self.people)),
            ("agreements", str(self.agreements)),
            ("discrepancies", str(len(self.discrepancies))),
            ("unread", f"{self.unread} sentences that betray an event (kg map --unread lists them)"),
            ("shapes", self.verdict),
            ("store", f"{self.store}, {self.quads:,} quads"),
        ]  # fmt: skip
        lines = [f"{name:<14}{value}" for name, value in rows]
        lines += [f"! {refusal.file}: {refusal.reason}" for refusal in self.refused]
        lines += [f"= {file}: the same article as {other}" for file, other in self.duplicates]
        lines += [f"~ {file}: {warning}" for file, warning in self.warnings]
        lines += [f"? {file}: no event found" for file in self.without_events]
        lines += [f"? {file}: no date stated, and none could be inferred" for file in self.without_date]
        lines += [f"# {label}" for label in self.discrepancies]
        lines += [f"x {violation}" for violation in self.violations[:10]]
        lines += [f"q {file}: {reason}" for file, reason in self.quarantined]
        return "\n".join(lines) + "\n"


def map_articles(
    readings: Iterable[Reading], *, lexicon: Lexicon | None = None, known: dict[str, Record] | None = None
) -> Mapped:
    """Return a record for each article of ``readings``, each article once.

    ``known`` are records by digest that need no mapping again. Of two readings of one article (same address or same
    text) the one whose file name sorts first stays, so that order changes nothing.
    """
    lexicon = lexicon or load_lexicon()
    known = known or {}
    mapped = Mapped()
    with _no_collection():
        articles = []
        for reading in readings:
            if reading.article is not None:
                articles.append(reading.article)
            elif reading.refusal is not None:
                mapped.refused.append(reading.refusal)
        for article in _each_once(articles, mapped.duplicates):
            fingerprint = _fingerprint(article)
            record = known.get(fingerprint)
            mapped.records.append(record or Record(article, map_article(article, lexicon), fingerprint))
    mapped.duplicates.sort()
    mapped.refused.sort(key=lambda r: r.file)
    return mapped


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the cyclic collector still: mapping makes no cycles, and what it makes stays; a sixth of its time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


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


def _fingerprint(article: Article) -> str:
    """What decides an article's claims: its content and file name, the software, the vocabulary."""
    return digest("|".join((article.content_digest, article.file, __version__, VERSION_IRI)), 32)


def unread_sentences(records: Iterable[Record]) -> Iterator[tuple[str, Unread, str]]:
    """Yield file, reason and sentence of what betrays an event that no mapper could read."""
    for record in records:
        for unread in record.claims.unread:
            yield record.article.file, unread, record.article.text[unread.span[0] : unread.span[1]]


def nquads(records: Iterable[Record], *, base: str = BASE, judgements: Judgements | None = None) -> bytes:
    """Return the resolved graph of records as sorted N-Quads."""
    return resolve(records, load_lexicon(), base, judgements)


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What graphs are held to: our own shapes and checks, folders of more, and the engine that validates."""

    shapes: tuple[Path, ...] = ()
    checks: tuple[Path, ...] = ()
    engine: str = "auto"
    deadline: float | None = None

    def report(self, quads: bytes, texts: dict[str, str] | None = None) -> "Report":
        """Return what is wrong with ``quads``; ``texts`` are articles' texts by IRI. Raises `ValidationError`."""
        from kg.resources import folder
        from kg.validation import load_checks, load_shapes, own_checks, own_shapes, validate

        own = folder("shapes")
        return validate(
            quads,
            load_shapes([own, *self.shapes]) if self.shapes else own_shapes(),
            checks=load_checks([own, *self.checks]) if self.checks else own_checks(),
            engine=self.engine,
            texts=texts,
            deadline=self.deadline,
        )


def build(paths: Iterable[str | os.PathLike[str]], store: str | os.PathLike[str], *, base: str = BASE,
          judgements: Judgements | None = None, rules: Rules | None = None,
          progress: Callable[[str], None] | None = None) -> Summary:  # fmt: skip
    """Map, resolve, validate and store the articles of ``paths``; return what happened.

    What the store holds already stays; an article met again is replaced whole, an unchanged one is not mapped anew.
    ``judgements`` replace those of the store, which keeps a copy for the next build; None leaves them. An article that
    breaks ``rules``, by default our own, stays out of the default graph.
    """
    from kg.quarantine import sort_out
    from kg.store import Store

    tell = progress or (lambda message: None)
    with Store.open(store, mode="write") as opened:
        old = _old_records(opened.read_file(RECORDS))
        if judgements is None:
            judgements = kept_judgements(opened)
        tell("reading and mapping")
        mapped = map_articles(read([os.fspath(p) for p in paths]), known={r.digest: r for r in old})
        if not mapped.records and not old:
            reasons = "; ".join(f"{r.file}: {r.reason}" for r in mapped.refused[:3])
            raise KgError(
                f"no article could be read from {', '.join(str(p) for p in paths)}"
                + (f" ({reasons})" if reasons else "")
            )
        records = {r.key: r for r in old} | {r.key: r for r in mapped.records}
        unchanged = {r.digest for r in old}
        tell("resolving and validating")
        resolve_all = partial(nquads, base=base, judgements=judgements)
        published = sort_out(list(records.values()), resolve_all, (rules or Rules()).report)
        summary = _summarise(mapped, list(records.values()), published.quads, str(Path(store)), unchanged)
        _tell_findings(summary, published, records)
        tell("storing")
        opened.write_file(JUDGEMENTS, judgements.text().encode())
        before = opened.mapped
        opened.note_mapped({r.key: before.get(r.key) if r.digest in unchanged else None for r in records.values()})
        opened.write_file(RECORDS, msgspec.msgpack.encode(sorted(records.values(), key=lambda r: r.key)))
        opened.replace([published.quads], _ledger(base, len(records)))
    return summary


def _ledger(base: str, articles: int) -> dict[str, str | int]:
    built = datetime.now(UTC).isoformat(timespec="seconds")
    return {"base": base, "software": __version__, "articles": articles, "built": built}


def texts(records: Iterable[Record], *, base: str = BASE) -> dict[str, str]:
    """Return the articles' texts by IRI."""
    return {f"{base}article/{record.key}": record.article.text for record in records}


def stored_texts(store: "Store") -> dict[str, str]:
    """Return the texts of a store's articles by IRI."""
    return texts(_old_records(store.read_file(RECORDS)), base=store.base)


def kept_judgements(store: "Store") -> Judgements:
    """Return the judgements that the last build of a store was given."""
    kept = store.read_file(JUDGEMENTS)
    return parse(kept.decode(), str(store.path / JUDGEMENTS)) if kept else Judgements()


def _old_records(data: bytes | None) -> list[Record]:
    return msgspec.msgpack.decode(data, type=list[Record]) if data else []


def _summarise(mapped: Mapped, records: list[Record], quads: bytes, store: str, old: set[str]) -> Summary:
    lines = quads.decode().splitlines()
    counts: Counter[str] = Counter()
    discrepancies = []
    for line in lines:
        parts = line.split(" ", 3)
        if len(parts) == 4 and parts[3] == "." and parts[1].endswith("#type>"):
            counts[parts[2].rpartition("/")[2].rstrip(">")] += 1
        elif "/discrepancy/" in parts[0] and parts[1].endswith("#label>") and line.endswith('"@en .'):
            discrepancies.append(line.split(" ", 2)[2][1:-6])
    return Summary(
        store=store,
        seen=mapped.seen,
        articles=len(records),
        unchanged=sum(r.digest in old for r in mapped.records),
        refused=mapped.refused,
        duplicates=mapped.duplicates,
        warnings=[(r.article.file, w) for r in mapped.records for w in r.article.warnings],
        without_date=sorted(r.article.file for r in mapped.records if not r.claims.published),
        without_events=sorted(r.article.file for r in mapped.records if not r.claims.events),
        unread=sum(len(r.claims.unread) for r in records),
        people=counts["Person"],
        events=counts["Event"],
        agreements=counts["Agreement"],
        discrepancies=sorted(discrepancies),
        quads=len(lines),
    )


def _tell_findings(summary: Summary, published: "Publishable", records: dict[str, Record]) -> None:
    report = published.report
    summary.conforms = report.conforms and not published.held
    summary.violations = [result.text() for result in report.results if result.severity == "Violation"]
    summary.validation_warnings = sum(result.severity == "Warning" for result in report.results)
    summary.quarantined = sorted(
        (records[article.rpartition("/")[2]].article.file, result.message)
        for article, results in published.held.items()
        for result in results[:1]
    )
