"""Taking in: what a store does not know yet is read and mapped by workers, each batch kept before the next is given."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import msgspec

from kg.articles import Article, Refusal, Source, gather
from kg.engines.mapping import map_source, record_of
from kg.engines.progress import Progress
from kg.engines.workers import Crew, Died
from kg.iris import digest
from kg.language.lexicon import load_lexicon
from kg.resolution import Record
from kg.store import Batch, Entry, Place, write_batch
from kg.store.intake import Intake

BATCH, BYTES = 100, 4_000_000
"""Sources that a worker reads, maps and writes together, and the bytes after which there are no more."""
FEW = 4
"""Batches, or rather fewer, that this process maps sooner than others can be started."""


class Note(msgspec.Struct, array_like=True):
    """What a summary tells of an article, kept where it can be had without reading the article."""

    warnings: tuple[str, ...] = ()
    dated: bool = True
    events: int = 0
    unread: int = 0


class Stored(msgspec.Struct):
    """A record as the journal keeps it, whatever the claims of the version that wrote it look like."""

    article: Article


class Unmapped(NamedTuple):
    """Sources for a worker to map, each with what its entries have as `Entry.source`."""

    folder: str
    version: str
    sources: list[tuple[str, Source]]


class Outdated(NamedTuple):
    """Articles for a worker to map anew, as another vocabulary made their claims."""

    folder: str
    version: str
    entries: list[tuple[Entry, Place]]


def take_in(intake: Intake, paths: Sequence[str], crew: Crew, progress: Progress) -> None:
    """Read and map what is not known of ``paths``, batch by batch, each acknowledged; then settle what stays."""
    folder = str(intake.store.journal.folder)
    total = _Total(paths) if progress.watched and "-" not in paths else None
    sources = ((intake.source_of(source), source) for source in intake.unknown(gather(paths)))
    jobs = (Unmapped(folder, intake.version, batch) for batch in _batches(sources))
    few = list(islice(jobs, FEW))
    workers = crew.workers(len(few) >= FEW)
    with ThreadPoolExecutor(1) as aside:
        if workers.count > 1:  # this process needs the vocabulary later, and now has nothing to do
            aside.submit(load_lexicon)
        for job, result in workers.each(map_sources, chain(few, jobs)):
            for batch in [result] if isinstance(result, Batch) else _one_by_one(job, result, crew):
                intake.adopt(batch)
            progress.at(intake.seen, total.count if total else None)
    intake.finish()
    _map_anew(intake, folder, crew, progress)


def _map_anew(intake: Intake, folder: str, crew: Crew, progress: Progress) -> None:
    journal = intake.store.journal
    stale = [(entry, journal.place(entry)) for entry in journal.each_once()[0] if entry.mapped != intake.version]
    if not stale:
        return
    progress.stage("mapping anew, as the vocabulary changed")
    jobs = [Outdated(folder, intake.version, stale[at : at + BATCH]) for at in range(0, len(stale), BATCH)]
    for _, result in progress.each(crew.workers(len(jobs) >= FEW).each(map_anew, jobs), len(jobs)):
        if isinstance(result, Died):
            raise result.error("mapped articles anew")
        intake.store.adopt(result)


class _Total:
    """Counts what there is to read while the reading goes on."""

    def __init__(self, paths: Sequence[str]) -> None:
        self.count: int | None = None
        Thread(target=self._reckon, args=(paths,), daemon=True).start()

    def _reckon(self, paths: Sequence[str]) -> None:
        self.count = sum(1 for _ in gather(paths))


def _batches(sources: Iterable[tuple[str, Source]]) -> Iterator[list[tuple[str, Source]]]:
    held: list[tuple[str, Source]] = []
    size = 0
    for named, source in sources:
        held.append((named, source))
        size += len(source.data)
        if len(held) >= BATCH or size > BYTES:
            yield held
            held, size = [], 0
    if held:
        yield held


def _one_by_one(job: Unmapped, died: Died, crew: Crew) -> Iterator[Batch]:
    """Yield the batches of sources of which one was too much for a worker: only that one is refused."""
    if len(job.sources) > 1:
        singles = [job._replace(sources=[source]) for source in job.sources]
        for single, result in crew.workers(True).each(map_sources, singles):
            yield from [result] if isinstance(result, Batch) else _one_by_one(single, result, crew)
        return
    named, source = job.sources[0]
    reason = f"was too much: the worker that had it {died.reason}; split it or leave it out"
    yield _written(job.folder, [(_refused(Entry(origin=source.origin, source=named), source.file, reason), b"")])


def map_sources(job: Unmapped) -> Batch:
    """Read and map sources, and write what they give to a batch of the journal."""
    return _written(job.folder, [item for named, source in job.sources for item in _mapped(source, named, job.version)])


def map_anew(job: Outdated) -> Batch:
    """Map articles of the journal with the vocabulary there is now."""
    decode = msgspec.msgpack.Decoder(Stored).decode
    lexicon = load_lexicon()
    items = []
    for entry, place in job.entries:
        record = record_of(decode(place.read()).article, lexicon)
        items.append(_described(msgspec.structs.replace(entry), record, job.version))
    return _written(job.folder, items)


def _written(folder: str, items: Sequence[tuple[Entry, bytes]]) -> Batch:
    return write_batch(Path(folder), items)


def _mapped(source: Source, named: str, version: str) -> Iterator[tuple[Entry, bytes]]:
    """Yield an entry for each reading of a source, and for articles the record."""
    found = list(map_source(source, load_lexicon()))
    for number, result in enumerate(found, 1):
        entry = Entry(origin=source.origin, number=number, of=len(found), source=named)
        if isinstance(result, Refusal):
            yield _refused(entry, result.file, result.reason), b""
        else:
            yield _described(entry, result, version)


def _refused(entry: Entry, file: str, reason: str) -> Entry:
    entry.file, entry.refused = file, reason
    return entry


def _described(entry: Entry, record: Record, version: str) -> tuple[Entry, bytes]:
    """Return an entry filled with what is to be known of an article, and its record."""
    article, claims = record.article, record.claims
    entry.file, entry.key, entry.text = article.file, article.key, digest(article.text)
    entry.content = article.content_digest.removeprefix("sha256:")[:32]
    entry.mapped, entry.moment = version, datetime.now(UTC).isoformat(timespec="seconds")
    note = Note(article.warnings, bool(claims.published), len(claims.events), len(claims.unread))
    entry.note = msgspec.msgpack.encode(note)
    return entry, msgspec.msgpack.encode(record)
