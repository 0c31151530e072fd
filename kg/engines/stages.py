"""The stages of resolution: functions of a job each, for workers to run on many jobs at once.

    records ─ tell ─▶ reports ─ gather ─▶ tellings ─ compare ─▶ pairs ─ join ─▶ events ─┐
       └───────────────────────────── state ──────────────────────────▶ lines ◀─────────┴─ references ◀ facts

Between stages everything lies in files (`kg.engines.spills`), in pieces of what belongs together: reports by the slug
of their telling, tellings by block. Lines lie in sorted runs, cut where buckets begin; a bucket holds all lines of its
subjects, and the buckets one after the other are the sorted N-Quads of the build.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import msgspec

from kg.engines.spills import Piece, spill, spilled, write_pieces
from kg.files import span
from kg.judgements import parse
from kg.language.lexicon import load_lexicon
from kg.resolution import Record
from kg.resolution.articles import ArticleWriter
from kg.resolution.clusters import Cluster, Telling, joined, pairs_of, tellings
from kg.resolution.events import EventWriter
from kg.resolution.happenings import happening
from kg.resolution.links import Links
from kg.resolution.matching import Ground, blocks
from kg.resolution.parts import AGREEMENT, PERSON, Fact, Facts, Part
from kg.resolution.references import ReferenceWriter, place_of
from kg.resolution.reports import Report, reports_of, solo_name
from kg.store.outlines import Lines, Outlined, outlined, revised

EVERY = 4
"""Of the lines of an article one in so many tells where to cut, by chance: each begins with the same kinds of lines."""
Pair = tuple[str, str, Ground]
"""The slugs of two tellings, and what says that they are of one event."""


class Setting(NamedTuple):
    """What all jobs of a build have in common."""

    scratch: str
    base: str
    read: Callable[[Sequence[Any]], Iterator[bytes]]
    """Gives the records at places, as MessagePack; a function of a module."""
    cuts: tuple[str, ...] = ()
    """What the lines of each bucket but the first are not less than."""
    pieces: int = 1
    """In how many pieces tellings, people, offices and agreements lie."""

    def file(self, name: str) -> Path:
        """Return the path of a file among those of the build that are thrown away."""
        return Path(self.scratch) / name


class Written(NamedTuple):
    """What a job has written: lines by bucket, facts, how many parts, and the slugs of events that lead to others."""

    lines: dict[str, Piece]
    facts: dict[str, Piece]
    """By the place where they are looked at (`kg.resolution.references.place_of`)."""
    parts: int
    names: dict[str, str]


@cache
def article_writer(base: str) -> ArticleWriter:
    """Return what writes the parts of articles, made once in a process."""
    return ArticleWriter(load_lexicon(), base)


@cache
def event_writer(base: str) -> EventWriter:
    """Return what writes the parts of events, made once in a process."""
    return EventWriter(load_lexicon(), base)


def _records(setting: Setting, places: Sequence[object]) -> Iterator[Record]:
    decoder = msgspec.msgpack.Decoder(Record)
    return map(decoder.decode, setting.read(places))


def tell(job: tuple[Setting, int, Sequence[object]]) -> dict[str, Piece]:
    """Leave the reports of some records, by the slug of the telling, in a number of pieces, and all slugs."""
    setting, number, places = job
    namer = event_writer(setting.base).namer
    slugs: list[list[str]] = []

    def reports() -> Iterator[tuple[str, tuple[str, Report]]]:
        for record in _records(setting, places):
            slugs.append([])
            for report in reports_of((record,), namer):
                slug = solo_name(report, namer)
                slugs[-1].append(slug)
                yield piece_of(slug, setting.pieces), (slug, report)

    left = spill(setting.file(f"reports-{number}"), reports())
    setting.file(f"slugs-{number}").write_bytes(msgspec.msgpack.encode(slugs))
    return left


def piece_of(slug: str, pieces: int) -> str:
    """Return in which of so many pieces the telling with a slug is."""
    return str(crc32(slug.encode()) % pieces)


def gather(job: tuple[Setting, str, Sequence[Piece]]) -> tuple[dict[str, Piece], dict[str, Piece]]:
    """Leave tellings, as one piece and again by block; return where."""
    setting, name, pieces = job
    told: dict[str, list[Report]] = {}
    for slug, report in spilled(pieces, tuple[str, Report]):
        told.setdefault(slug, []).append(report)
    tellings = [(slug, told_together(reports)) for slug, reports in told.items()]
    by_block = ((block, telling) for telling in tellings for block in {b for r in telling[1] for b in blocks(r)})
    whole = spill(setting.file(f"tellings-{name}"), ((name, telling) for telling in tellings))
    return whole, spill(setting.file(f"blocks-{name}"), by_block)


Told = Mapping[str, tuple[Report, ...]]
"""Reports by the slug of their telling; none where it is told no more."""


def told_together(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Return the reports of a telling in their order."""
    return tuple(sorted(reports, key=lambda report: (report.article, report.position)))


def compare(job: tuple[Setting, str, Sequence[Piece], Told]) -> tuple[list[Pair], int]:
    """Return the pairs of a block, some tellings being as given, and how large its smallest crowd is, 0 without one."""
    _, block, pieces, changed = job
    told: list[Telling] = [telling for telling in spilled(pieces, Telling) if telling[0] not in changed]
    told += [(slug, some) for slug, some in changed.items() if any(block in blocks(report) for report in some)]
    told.sort(key=lambda telling: telling[0])
    crowds: list[int] = []
    pairs = [(told[i][0], told[j][0], why) for (i, j), why in pairs_of(told, block, crowds).items()]
    return pairs, min(crowds, default=0)


def find(job: tuple[Setting, str, Sequence[Piece], frozenset[str]]) -> list[bytes]:
    """Return the tellings of a piece that have some slugs, as MessagePack."""
    _, _, pieces, slugs = job
    told = spilled(pieces, tuple[str, msgspec.Raw])  # most of which nobody wants
    return [msgspec.msgpack.encode(telling) for telling in told if telling[0] in slugs]


def join(job: tuple[Setting, str, Sequence[Piece], Sequence[Piece]]) -> Written:
    """Write the events of tellings that no others can meet, the pairs among them being some of those given."""
    setting, name, pieces, pairs = job
    told: list[Telling] = sorted(spilled(pieces, Telling), key=lambda telling: telling[0])
    return _write_events(setting, f"joined-{name}", joined(told, grounds_of(told, spilled(pairs, Pair))))


def grounds_of(told: Sequence[Telling], pairs: Iterable[Pair]) -> dict[tuple[int, int], Ground]:
    """Return, by the positions of tellings, the grounds of those of the pairs that are among them."""
    at = {slug: i for i, (slug, _) in enumerate(told)}
    return {(at[a], at[b]): why for a, b, why in sorted({pair for pair in pairs if pair[0] in at and pair[1] in at})}


def single(job: tuple[Setting, str, Sequence[Piece], Mapping[str, str]]) -> tuple[Written, dict[str, Piece]]:
    """Write the events of tellings that meet no others; leave those that do by the name of the job that joins them."""
    setting, name, pieces, jobs = job
    tellings: list[Telling] = list(spilled(pieces, Telling))
    alone: list[Cluster] = [([telling], ()) for telling in tellings if telling[0] not in jobs]
    left = spill(setting.file(f"paired-{name}"), ((jobs[t[0]], t) for t in tellings if t[0] in jobs))
    return _write_events(setting, f"events-{name}", alone), left


def _write_events(setting: Setting, name: str, clusters: Iterable[Cluster]) -> Written:
    names: dict[str, str] = {}
    return _write(setting, name, event_parts(event_writer(setting.base), clusters, names))._replace(names=names)


def event_parts(writer: EventWriter, clusters: Iterable[Cluster], names: dict[str, str]) -> Iterator[Part]:
    """Yield the part of each event; add to ``names`` the slugs that lead to others."""
    for told, rules in clusters:
        event = happening(told, rules, writer.namer)
        names |= dict.fromkeys(event.others, event.name)
        yield writer.part(event)


def state(job: tuple[Setting, int, Sequence[object], str]) -> Written:
    """Write the parts of articles; a file has the slugs of events by the slugs of tellings that have another."""
    setting, number, places, names = job
    writer = article_writer(setting.base)
    known = _names(names)
    slugs = msgspec.msgpack.decode(setting.file(f"slugs-{number}").read_bytes(), type=list[list[str]])
    told = zip(_records(setting, places), slugs, strict=True)
    return _write(setting, f"articles-{number}", (writer.part(record, known, own) for record, own in told))


@cache
def _names(path: str) -> dict[str, str]:
    return msgspec.msgpack.decode(Path(path).read_bytes(), type=dict[str, str])


def _write(setting: Setting, name: str, parts: Iterable[Part]) -> Written:
    facts, lines, count = Facts(), list[str](), 0
    for part in parts:
        lines += part.lines
        facts.update(part.facts)
        count += 1
    return Written(write_lines(setting, name, lines), write_facts(setting, name, facts), count, {})


def write_facts(setting: Setting, name: str, facts: Mapping[Fact, int]) -> dict[str, Piece]:
    """Write facts and how many parts say each to a file; return where those of each place are."""
    return spill(setting.file(f"facts-{name}"), ((place_of(f, setting.pieces), (f, n)) for f, n in facts.items()))


def write_lines(setting: Setting, name: str, lines: list[str]) -> dict[str, Piece]:
    """Sort lines and write them to a file; return where those of each bucket are."""
    lines.sort()
    ends = [*(bisect_left(lines, cut) for cut in setting.cuts), len(lines)]
    starts = [0, *ends[:-1]]
    slices = enumerate(zip(starts, ends, strict=True))
    pieces = ((str(n), "".join(lines[start:end]).encode()) for n, (start, end) in slices if start < end)
    return write_pieces(setting.file(f"lines-{name}"), pieces)


class Referred(NamedTuple):
    """The references of one place: lines by bucket, facts by the place where more is to be made of them."""

    lines: dict[str, Piece]
    facts: dict[str, Piece]
    things: int
    """How many things the facts are about."""


def refer(job: tuple[Setting, str, Sequence[Piece], Sequence[tuple[Fact, int]], int, str]) -> Referred:
    """Write the references of a place; more parts may say a fact, or less, and a file has the judgements."""
    setting, place, pieces, more, number, judgements = job
    facts = Facts()
    for fact, count in (*spilled(pieces, tuple[Fact, int]), *more):
        facts[fact] += count
    facts = +facts
    part = reference_writer(setting.base, judgements).part(place, facts)
    things = len({fact[1] for fact in facts if fact[0] in (PERSON, AGREEMENT)})
    name = f"{place}-{number}"
    derived = write_facts(setting, name, dict.fromkeys(part.facts, 1))
    return Referred(write_lines(setting, name, part.lines), derived, things)


@cache
def reference_writer(base: str, judgements: str) -> ReferenceWriter:
    """Return what writes references, made once in a process; ``judgements`` is a file that has them."""
    lexicon = load_lexicon()
    links = Links(parse(Path(judgements).read_text(encoding="utf-8"), judgements), lexicon.authority, base)
    return ReferenceWriter(lexicon, base, links)


def sample(setting: Setting, places: Sequence[object]) -> list[str]:
    """Return the lines of some articles, as if each were alone."""
    writer = article_writer(setting.base)
    return [line for record in _records(setting, places) for line in writer.part(record, {}).lines]


def cut(job: tuple[Setting, Sequence[object], int, int, int, str]) -> tuple[str, ...]:
    """Return where to cut the lines of so many articles into buckets of a size, or least so many, by those of a few.

    A file has the judgements.
    """
    setting, places, articles, bucket, least, judgements = job
    size, some, facts = 0, list[str](), Facts()

    def count(lines: Sequence[str]) -> int:
        some.extend(f"{line.partition(' ')[0]} " for line in lines if crc32(line.encode()) % EVERY == 0)
        return sum(map(len, lines))

    for record in _records(setting, places):
        for part in _parts_alone(setting, record):
            size += count(part.lines)
            facts.update(part.facts)
    size += count(reference_writer(setting.base, judgements).lines(facts))
    return cuts(some, max(size * articles // len(places) // bucket, least) + 1)


def _parts_alone(setting: Setting, record: Record) -> Iterator[Part]:
    """Yield the part of an article, and of the events that it alone would tell."""
    writer = event_writer(setting.base)
    told = tellings(reports_of((record,), writer.namer), writer.namer)
    yield article_writer(setting.base).part(record, {})
    yield from event_parts(writer, (([telling], ()) for telling in told), {})


def cuts(lines: Sequence[str], buckets: int) -> tuple[str, ...]:
    """Return where to cut lines like these into so many buckets, never between those of one subject.

    >>> cuts(["<a> <p> 1 .", "<a> <q> 2 .", "<b> <p> 1 .", "<c> <p> 1 ."], 2)
    ('<b> ',)
    """
    subjects = sorted(line.partition(" ")[0] for line in lines)
    wanted = {subjects[len(subjects) * n // buckets] for n in range(1, buckets)} if subjects else set()
    return tuple(f"{subject} " for subject in sorted(wanted - {subjects[0]} if subjects else ()))


class Bucket(msgspec.Struct, frozen=True):
    """A finished bucket: sorted lines."""

    name: str
    content: Outlined
    quads: int
    discrepancies: tuple[str, ...]
    """Labels of the discrepancies of the default graph."""

    def lines(self) -> bytes:
        """Return its lines."""
        return Lines(self.content).all() if self.content.changes else Path(self.content.lines).read_bytes()


def finish(job: tuple[Setting, str, Sequence[Piece]]) -> Bucket:
    """Sort what runs have for a bucket, and write it."""
    setting, name, pieces = job
    lines: list[bytes] = []
    for piece in pieces:
        lines += piece.read().splitlines(keepends=True)
    lines.sort()
    data, quads, path = b"".join(lines), len(lines), setting.file(f"bucket-{name}.nq")
    lines.clear()  # of some things much is said
    path.write_bytes(data)
    return Bucket(name, outlined(path, data), quads, _labels(setting, data))


class Patch(NamedTuple):
    """What a bucket loses and gains."""

    name: str
    bucket: Bucket | None
    """As it is; None where there is none yet."""
    lost: list[Piece]
    gained: list[Piece]
    unjudged: list[Piece]
    """Gained too, and not to be validated."""
    version: int


def patch(job: tuple[Setting, Patch]) -> tuple[Bucket, set[str], Piece, Piece]:
    """Write what a bucket has otherwise; return it, the things of which it says something else, its lines, and the old.

    The lines about these are those to be validated. What is said of all others is in the file there was.
    """
    setting, (name, bucket, *pieces, version) = job
    lines, more, unjudged = (_lines(some) for some in pieces)
    lost, gained, others = map(_by_subject, (lines - more, more - lines, unjudged))
    known = Lines(bucket.content) if bucket else None
    about, old, renewed = dict[bytes, bytes](), list[bytes](), dict[bytes, bytes]()
    quads, labels = bucket.quads if bucket else 0, Counter(bucket.discrepancies if bucket else ())
    for subject in sorted({*lost, *gained, *others}):
        before = known.about(subject) if known else b""
        was = set(before.splitlines(keepends=True))
        after = was - lost.get(subject, set()) | gained.get(subject, set())
        if after != was:
            about[subject] = b"".join(sorted(after))
            old.append(before)
        all_lines = sorted(after | others.get(subject, set()))
        renewed[subject] = b"".join(all_lines)
        quads += len(all_lines) - len(was)
        labels.update(_labels(setting, renewed[subject]))
        labels.subtract(_labels(setting, before))
    path = setting.file(f"patched-{version}-{name}.nq")
    changed = write_pieces(setting.file(f"changed-{name}"), [("", b"".join(about.values())), ("old", b"".join(old))])
    things = {thing.decode() for thing in about}
    if bucket is None:
        fresh = b"".join(renewed.values())
        path.write_bytes(fresh)
        content = outlined(path, fresh)
    else:
        content = revised(bucket.content, renewed, path)
    return Bucket(name, content, quads, tuple(sorted(labels.elements()))), things, changed[""], changed["old"]


def _lines(pieces: Iterable[Piece]) -> set[bytes]:
    return {line for piece in pieces for line in piece.read().splitlines(keepends=True)}


def _by_subject(lines: Iterable[bytes]) -> dict[bytes, set[bytes]]:
    """Return lines by what they are about."""
    found: dict[bytes, set[bytes]] = {}
    for line in lines:
        found.setdefault(line.partition(b" ")[0], set()).add(line)
    return found


def _labels(setting: Setting, data: bytes) -> tuple[str, ...]:
    """Return the labels of the discrepancies of the default graph in sorted lines."""
    start, end = span(data, f"<{setting.base}discrepancy/".encode())
    return tuple(label for line in data[start:end].splitlines(keepends=True) if (label := _label(line)))


def _label(line: bytes) -> str:
    """Return the English label that a line of the default graph gives, if it does."""
    _, predicate, value = line.decode().split(" ", 2)
    return value[1:-7] if predicate.endswith("#label>") and value.endswith('"@en .\n') else ""


def either(job: tuple[Any, ...]) -> Any:
    """Return what the function gives that a job begins with."""
    setting, function, *rest = job
    return function((setting, *rest))
