"""Running the house on this machine: articles in, a resolved, validated store out."""

import gc
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache, partial
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kg.articles import Article, Reading, Refusal, Source, gather, interpret
from kg.errors import KgError
from kg.iris import BASE, digest
from kg.judgements import Judgements, parse
from kg.language.lexicon import Lexicon, load_lexicon
from kg.mappers import map_article
from kg.mappers.claims import Unread
from kg.resolution import Record, resolve
from kg.resources import digest_of, folder

if TYPE_CHECKING:
    from kg.quarantine import Publishable
    from kg.store import Entry, Store
    from kg.store.intake import Intake
    from kg.validation import Report

JUDGEMENTS = "judgements.sssom.tsv"
SUMMARY = "summary.json"
BATCH = 200
"""Sources that are read, mapped and acknowledged together."""
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


def map_articles(readings: Iterable[Reading], *, lexicon: Lexicon | None = None) -> Mapped:
    """Return a record for each article of ``readings``, each article once.

    Of two readings of one article (same address or same text) the one whose file name sorts first stays, so that order
    changes nothing.
    """
    lexicon = lexicon or load_lexicon()
    mapped = Mapped()
    with _no_collection():
        articles = []
        for reading in readings:
            if reading.article is not None:
                articles.append(reading.article)
            elif reading.refusal is not None:
                mapped.refused.append(reading.refusal)
        for article in _each_once(articles, mapped.duplicates):
            mapped.records.append(_record(article, lexicon))
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


def _record(article: Article, lexicon: Lexicon) -> Record:
    return Record(article, map_article(article, lexicon), article.content_digest)


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
    return resolve(records, load_lexicon(), base, judgements)


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What graphs are held to: our own shapes and checks, folders of more, and the engine that validates."""

    shapes: tuple[Path, ...] = ()
    checks: tuple[Path, ...] = ()
    engine: str = "auto"
    deadline: float | None = None

    def report(self, quads: bytes, texts: dict[str, str] | None = None) -> "Report":
        """Return what is wrong with ``quads``; ``texts`` are articles' texts by IRI. Raises `ValidationError`."""
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

    @property
    def digest(self) -> str:
        """What the rules of a user's own say."""
        return digest_of([*self.shapes, *self.checks]) + self.engine


class Note(msgspec.Struct, array_like=True):
    """What a summary tells of an article, kept where it can be had without reading the article."""

    warnings: tuple[str, ...] = ()
    dated: bool = True
    events: int = 0
    unread: int = 0


class Stored(msgspec.Struct):
    """A record as the journal keeps it, whatever the claims of the version that wrote it look like."""

    article: Article


def build(paths: Iterable[str | os.PathLike[str]], store: str | os.PathLike[str], *, base: str = BASE,
          judgements: Judgements | None = None, rules: Rules | None = None, prune: bool = False,
          progress: Callable[[str], None] | None = None) -> Summary:  # fmt: skip
    """Map, resolve, validate and store the articles of ``paths``; return what happened.

    What the store holds already stays, unless with ``prune`` its source is gone from ``paths``; an article met again is
    replaced whole, an unchanged one is not read anew, and where nothing changed nothing is resolved. ``judgements``
    replace those of the store, which keeps a copy for the next build; None leaves them. An article that breaks
    ``rules``, by default our own, stays out of the default graph.
    """
    from kg.quarantine import sort_out
    from kg.store import Store
    from kg.store.intake import Intake, state_of

    tell, rules, named = progress or (lambda message: None), rules or Rules(), [os.fspath(path) for path in paths]
    with Store.open(store, mode="write") as opened:
        if judgements is None:
            judgements = kept_judgements(opened)
        tell("reading and mapping")
        intake = Intake(opened, named, version=claims_version(), prune=prune)
        _take_in(intake, named)
        articles = opened.journal.each_once()[0]
        if not articles and not opened.ledger.get("state"):
            reasons = "; ".join(f"{r.file}: {r.reason}" for r in intake.refused[:3])
            raise KgError(f"no article could be read from {', '.join(named)}" + (f" ({reasons})" if reasons else ""))
        state = digest("|".join((state_of(articles), graph_version(), base, judgements.text(), rules.digest)), 64)
        if opened.ledger.get("state") == state:
            opened.settle()
        else:
            tell("resolving and validating")
            records = [msgspec.msgpack.decode(data, type=Record) for data in opened.journal.payloads(articles)]
            published = sort_out(records, partial(nquads, base=base, judgements=judgements), rules.report)
            summary = _summarise(published, records, str(Path(store)))
            tell("storing")
            files = {JUDGEMENTS: judgements.text().encode(), SUMMARY: msgspec.json.encode(summary)}
            opened.replace([published.quads], _ledger(base, len(records), state), files)
        return _told(opened, intake, articles, str(Path(store)))


def _take_in(intake: "Intake", paths: list[str]) -> None:
    """Read and map what is not known of ``paths``, batch by batch, each acknowledged; then settle what stays."""
    unknown = intake.unknown(gather(paths))
    while sources := list(islice(unknown, BATCH)):
        with _no_collection():
            items = [item for source in sources for item in _mapped(source, intake)]
        intake.append(items)
    intake.finish()
    journal = intake.store.journal
    stale = iter([entry for entry in journal.each_once()[0] if entry.mapped != intake.version])
    while entries := list(islice(stale, BATCH)):
        intake.store.append([_mapped_anew(entry, journal.payload(entry), intake.version) for entry in entries])


def _mapped(source: Source, intake: "Intake") -> "Iterator[tuple[Entry, bytes]]":
    """Yield an entry for each reading of a source, and for articles the record."""
    from kg.store import Entry

    found = list(interpret(source))
    named = intake.source_of(source)
    for number, reading in enumerate(found, 1):
        entry = Entry(origin=source.origin, number=number, of=len(found), source=named)
        if reading.article is not None:
            yield _described(entry, reading.article, intake.version)
        elif reading.refusal is not None:
            entry.file, entry.refused = reading.refusal.file, reading.refusal.reason
            yield entry, b""


def _mapped_anew(entry: "Entry", payload: bytes, version: str) -> "tuple[Entry, bytes]":
    """Return an entry whose claims another vocabulary made, with those of this one."""
    return _described(msgspec.structs.replace(entry), msgspec.msgpack.decode(payload, type=Stored).article, version)


def _described(entry: "Entry", article: Article, version: str) -> "tuple[Entry, bytes]":
    """Return an entry filled with what is to be known of an article, and its record."""
    record = _record(article, load_lexicon())
    claims = record.claims
    entry.file, entry.key, entry.text = article.file, article.key, digest(article.text)
    entry.content = article.content_digest.removeprefix("sha256:")[:32]
    entry.mapped, entry.moment = version, datetime.now(UTC).isoformat(timespec="seconds")
    entry.note = msgspec.msgpack.encode(
        Note(article.warnings, bool(claims.published), len(claims.events), len(claims.unread))
    )
    return entry, msgspec.msgpack.encode(record)


def _ledger(base: str, articles: int, state: str) -> dict[str, str | int]:
    built = datetime.now(UTC).isoformat(timespec="seconds")
    return {"base": base, "articles": articles, "built": built, "state": state}


def texts(records: Iterable[Record], *, base: str = BASE) -> dict[str, str]:
    """Return the articles' texts by IRI."""
    return {f"{base}article/{record.key}": record.article.text for record in records}


def stored_texts(store: "Store") -> dict[str, str]:
    """Return the texts of a store's articles by IRI."""
    payloads = store.journal.payloads(store.journal.each_once()[0])
    articles = (msgspec.msgpack.decode(data, type=Stored).article for data in payloads)
    return {f"{store.base}article/{article.key}": article.text for article in articles}


def kept_judgements(store: "Store") -> Judgements:
    """Return the judgements that the last build of a store was given."""
    kept = store.read_file(JUDGEMENTS)
    return parse(kept.decode(), str(store.path / JUDGEMENTS)) if kept else Judgements()


def _summarise(published: "Publishable", records: list[Record], store: str) -> Summary:
    """Return what there is to tell of the graph, whatever articles a build was given."""
    lines = published.quads.decode().splitlines()
    counts: Counter[str] = Counter()
    discrepancies = []
    for line in lines:
        parts = line.split(" ", 3)
        if len(parts) == 4 and parts[3] == "." and parts[1].endswith("#type>"):
            counts[parts[2].rpartition("/")[2].rstrip(">")] += 1
        elif "/discrepancy/" in parts[0] and parts[1].endswith("#label>") and line.endswith('"@en .'):
            discrepancies.append(line.split(" ", 2)[2][1:-6])
    report = published.report
    files = {record.key: record.article.file for record in records}
    return Summary(
        store=store,
        articles=len(records),
        people=counts["Person"],
        events=counts["Event"],
        agreements=counts["Agreement"],
        discrepancies=sorted(discrepancies),
        quads=len(lines),
        conforms=report.conforms and not published.held,
        violations=[result.text() for result in report.results if result.severity == "Violation"],
        validation_warnings=sum(result.severity == "Warning" for result in report.results),
        quarantined=sorted(
            (files[article.rpartition("/")[2]], result.message)
            for article, results in published.held.items()
            for result in results[:1]
        ),
    )


def _told(store: "Store", intake: "Intake", articles: "list[Entry]", name: str) -> Summary:
    """Return the summary kept with the graph, with what a build was given added."""
    summary = msgspec.json.decode(store.read_file(SUMMARY) or b"{}", type=Summary)
    notes = [(entry, msgspec.msgpack.decode(entry.note, type=Note)) for entry in articles]
    met = [(entry, note) for entry, note in notes if intake.is_met(entry)]
    summary.store = name
    summary.seen, summary.refused, summary.duplicates = intake.seen, intake.refused, intake.duplicates
    summary.unchanged = sum(not intake.is_new(entry) for entry, _ in met)
    summary.warnings = [(entry.file, warning) for entry, note in met for warning in note.warnings]
    summary.without_date = sorted(entry.file for entry, note in met if not note.dated)
    summary.without_events = sorted(entry.file for entry, note in met if not note.events)
    summary.unread = sum(note.unread for _, note in notes)
    return summary
