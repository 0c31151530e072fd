"""Judging: the graph is validated bucket by bucket, and articles that break a rule are taken out until none does.

buckets ─ refer ─▶ what each refers to ─ answer ─▶ the classes of that ─ look ─▶ findings
   └──────────────── what checks across things read, in parts ───────── check ──────┘
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, Self

import msgspec

from kg.engines import stages
from kg.engines.progress import Progress
from kg.engines.resolving import Resolved, Resolver
from kg.engines.revising import Reviser
from kg.engines.rules import Rules
from kg.engines.spills import Piece, Pieces, spill, spilled, write_pieces
from kg.engines.spots import Spot, key_of, packed, unpacked
from kg.engines.stages import Bucket, Setting
from kg.namespaces import iri
from kg.store import Place
from kg.store.outlines import Lines
from kg.validation import buckets
from kg.validation.checks import Check, findings_of, read_by
from kg.validation.parts import groups, hierarchy, parts, touched
from kg.validation.places import Places
from kg.validation.results import Report, Result
from kg.validation.statements import Statement, Statements, statement

MUCH = 160_000_000
"""Bytes of the whole graph that checks read, above which they are put on disk: memory would take thrice as many."""
_WHOLE = "whole"
"""The part that is the whole graph."""
PORTION = 32_000_000
"""Bytes of a part, about, that are looked at together."""
SPOTS = 1024
"""In how many spots a part lies, so that little of it has to be looked at again where little changed."""
_TYPE = f"<{iri('rdf:type')}>"


class Verdict(NamedTuple):
    """What may be published, what remains to be said of it, and who was kept out and why."""

    graph: Resolved
    report: Report
    held: dict[str, list[Result]]
    """Violations by the key of the article kept out."""


def judge(reviser: Reviser, judgement: "Judgement", graph: Resolved, gone: Mapping[str, Place],
          come: Mapping[str, Place], places: Mapping[str, Place], progress: Progress) -> Verdict:  # fmt: skip
    """Return ``graph``, of which the judgement is, without the articles that break rules, and the reasons of these.

    It is the graph of ``reviser`` without the articles ``gone`` and with those that have ``come``; ``places`` are those
    of all records. Articles are taken out until no violation is left that one of them states: what two of them say
    together may break a rule, and what one says may have hidden what another does.
    """
    from kg.quarantine import blamed, described

    held: dict[str, list[Result]] = {}
    reasons: list[str] = []
    resolver = reviser.resolver
    while found := blamed(judgement.report, held):
        for key, results in found.items():
            reasons += described(resolver.article(places[key]), resolver.iri_of(key), results)
        held |= found
        progress.stage(f"keeping {len(held)} articles out")
        out = {key: places[key] for key in held.keys() - come.keys()}
        left = {key: place for key, place in come.items() if key not in held}
        graph = judgement.revised(reviser, {**out, **gone}, left, reasons)
    return Verdict(graph, judgement.report, held)


class Known(msgspec.Struct):
    """What was found in the graph of a resolver, and where what checks read of it lies."""

    found: list[Result] = []
    """In the buckets."""
    across: dict[str, list[Result]] = {}
    """By checks, in each part."""
    notes: list[str] = []
    parts: dict[str, list[Piece]] = {}
    """What checks read, by part …"""
    everywhere: list[Piece] = []
    """… and what they read in every part."""


class Judgement:
    """What is wrong with a graph; of findings that are no violations without labels and places."""

    def __init__(self, resolver: Resolver, rules: Rules, known: "Known | None" = None) -> None:
        self._resolver, self._rules = resolver, rules
        shapes, self._checks = rules.load()
        self._all_at_once = not shapes.local or rules.engine == "pyshacl"
        self.known = known or Known()
        self._parts, self._notes = Pieces(self.known.parts), set(self.known.notes)
        self.report = Report((), ())

    def of(self, graph: Resolved) -> Self:
        """Judge the graph of the resolver."""
        if self._all_at_once:
            self.report = self._of_all(graph)
            return self
        self.known.found = self._in_buckets(graph)
        self.known.notes, self.known.parts = sorted(self._notes), self._parts.found
        self.report = self._complete(graph, chain(self.known.found, *self.known.across.values()))
        return self

    def revised(self, reviser: Reviser, gone: Mapping[str, Place], come: Mapping[str, Place],
                lines: Sequence[str]) -> Resolved:  # fmt: skip
        """Judge the graph without some articles and with others, and return it with ``lines``, which are not judged."""
        revised = reviser.revised(gone, come, lines)
        if self._all_at_once:
            self.report = self._of_all(reviser.revised(gone, come).graph if lines else revised.graph)
            return revised.graph
        shapes = self._rules.load()[0]
        before, after = (
            Statements(b"".join(piece.read() for piece in some)) for some in (revised.before, revised.about)
        )
        spread = Spread(self._resolver, revised.graph.buckets)
        others = buckets.references(after, buckets.classes(after), shapes)
        elsewhere = {thing: known for thing in others if (known := spread.classes(thing))}
        things = frozenset(thing.encode() for thing in revised.changed)
        common = b"".join(piece.read() for piece in self.known.everywhere)
        everywhere = left_of(common, things) + _joined(hierarchy(after))
        found, notes = _look(after, elsewhere, everywhere, self._rules)
        self._notes |= set(notes)
        kept = [result for result in self.known.found if f"<{result.focus}>" not in revised.changed]
        across = self._across_anew(reviser.graph, before, after, things, everywhere)
        self.report = self._complete(revised.graph, chain(kept, found, *across.values()))
        return revised.graph

    def _across_anew(
        self, graph: Resolved, before: Statements, after: Statements, things: frozenset[bytes], everywhere: bytes
    ) -> dict[str, list[Result]]:
        """Return what checks find in each part, some ``things`` of ``graph`` being said otherwise than before.

        Only the spots are looked at, as they were and as they are, that have other lines. What is found there no more
        might still be found where else its thing has lines, so these spots are looked at too.
        """
        setting, pieces, known = self._resolver.setting, dict(self._parts.jobs()), self.known
        fresh = _write_spots(setting.file("checked-anew"), _parted(after, self._checks, setting.pieces))
        anew = [write_pieces(setting.file("everywhere-anew"), [("", everywhere)])[""]]
        spots = self._touched(before, after)
        wholly = {*pieces, *fresh} if hierarchy(before) != hierarchy(after) else {_WHOLE} & spots.keys()
        nothing, gone = list[Piece](), frozenset[bytes]()
        jobs = {
            name: (name, pieces.get(name, nothing), things, [fresh[name]] if name in fresh else nothing, anew)
            for name in {*pieces, *fresh}
        }
        asked = [(name, pieces.get(name, nothing), gone, nothing, known.everywhere) for name in spots.keys() - wholly]
        old = self._asked([(*job, sorted(spots[job[0]])) for job in sorted(asked)])
        new = self._asked([(*jobs[name], None) for name in sorted(wholly)])
        new |= self._asked([(*jobs[name], sorted(some)) for name, some in sorted(spots.items()) if name not in wholly])
        lost = {name: set(found).difference(new[name]) for name, found in old.items()}
        if self._rules.checks:  # ours are all about a thing that they read lines of; others may be found elsewhere
            again = {name for name, results in lost.items() if results}
            new |= self._asked([(*jobs[name], None) for name in sorted(again)])
            wholly |= again
        else:
            foci = {f"<{result.focus}>".encode() for results in lost.values() for result in results}
            spread = Spread(self._resolver, graph.buckets)
            others = self._touched(Statements(b"".join(map(spread.lines, sorted(foci)))), Statements())
            still = [(*jobs[name], sorted(some)) for name, some in sorted(others.items()) if lost.get(name)]
            new |= {name: [*new[name], *found] for name, found in self._asked(still).items()}
        across = {name: [r for r in results if r not in old.get(name, ())] for name, results in known.across.items()}
        across |= {name: [*across.get(name, ()), *new[name]] for name in sorted(new.keys() - wholly)}
        return across | {name: new[name] for name in sorted(wholly)}

    def _touched(self, before: Statements, after: Statements) -> dict[str, set[int]]:
        """Return the spots, by part, that have other lines where some are as ``after`` and not as ``before``."""
        number, found = self._resolver.setting.pieces, defaultdict[str, set[int]](set)
        for at, group in enumerate(groups(self._checks)):
            if group.is_of_things:
                continue
            was, now = list(read_by(before, group.checks)), list(read_by(after, group.checks))
            if group.together is None:
                found[_WHOLE] |= {key_of(at, 0)} if was != now else set()
                continue
            for spot in touched(was, now, group.together, number * SPOTS):
                found[str(spot % number)].add(key_of(at, spot))
        return {name: some for name, some in found.items() if some}

    def _asked(self, jobs: Iterable[tuple[Any, ...]]) -> dict[str, list[Result]]:
        """Return what checks find in parts, or in spots of them."""
        asked = [(check, self._rules, *job) for job in jobs]
        return {job[3]: found for job, found in self._resolver.each(stages.either, asked)}

    def _of_all(self, graph: Resolved) -> Report:
        return self._rules.report(b"".join(bucket.lines() for bucket in graph.buckets))

    def _in_buckets(self, graph: Resolved) -> list[Result]:
        """Return the findings in all buckets, and have those of checks across them."""
        asked: dict[str, list[tuple[str, Piece]]] = defaultdict(list)
        known: dict[str, Piece] = {}
        rules, each = self._rules, self._resolver.each
        for job, referred in each(refer, [(rules, bucket) for bucket in graph.buckets]):
            for name, piece in referred.questions.items():
                asked[name].append((job[2].name, piece))
            known[job[2].name] = referred.described
            self.known.everywhere += [referred.hierarchy] if referred.hierarchy.size else []
            self._parts.note(referred.parts)
        answers: dict[str, list[Piece]] = defaultdict(list)
        jobs = [(bucket.name, known[bucket.name], asked[bucket.name]) for bucket in graph.buckets if asked[bucket.name]]
        for _, pieces in each(answer, jobs):
            for name, piece in pieces.items():
                answers[name].append(piece)
        found = list[Result]()
        checking = [
            (check, rules, name, pieces, frozenset[bytes](), list[Piece](), self.known.everywhere, None)
            for name, pieces in self._parts.jobs()  # the largest first, as it takes longest
        ]
        looking = [(look, rules, bucket, answers[bucket.name], self.known.everywhere) for bucket in graph.buckets]
        for job, result in each(stages.either, [*checking, *looking]):
            if job[1] is check:
                self.known.across[job[3]] = result
            else:
                found += result[0]
                self._notes |= set(result[1])
        return found

    def _complete(self, graph: Resolved, found: Iterable[Result]) -> Report:
        """Return the report of findings."""
        results = list(dict.fromkeys(found))
        wrong = [result for result in results if result.severity == "Violation"]
        others = [result for result in results if result.severity != "Violation"]
        complete = Places(Spread(self._resolver, graph.buckets)).complete(wrong) if wrong else []
        return Report(tuple(sorted([*complete, *others], key=lambda r: r.rank)), tuple(sorted(self._notes)))


class Referred(NamedTuple):
    """What a bucket leaves for the others."""

    questions: dict[str, Piece]
    """What it refers to in others, by their names."""
    described: Piece
    """The classes of its things."""
    parts: dict[str, Piece]
    """What checks across things read of it, by the part that they read it in."""
    hierarchy: Piece
    """What they read of it in every part."""


def refer(job: tuple[Setting, Rules, Bucket]) -> Referred:
    """Leave what others have to know of a bucket, and what it has to know of them."""
    setting, rules, bucket = job
    shapes, checks = rules.load()
    statements = Statements(bucket.lines())
    described = buckets.classes(statements)
    things = sorted(buckets.references(statements, described, shapes))
    questions = spill(
        setting.file(f"questions-{bucket.name}"), ((_bucket_of(setting, thing), thing) for thing in things)
    )
    own = spill(setting.file(f"classes-{bucket.name}"), (("", item) for item in described.items()))
    checked = _write_spots(setting.file(f"checked-{bucket.name}"), _parted(statements, checks, setting.pieces))
    common = write_pieces(setting.file(f"everywhere-{bucket.name}"), [("", _joined(hierarchy(statements)))])
    return Referred(questions, own.get("", Piece("", 0, 0)), checked, common[""])


def _write_spots(path: Path, parted: Iterable[tuple[str, Spot]]) -> dict[str, Piece]:
    """Write what checks across things read to a file; return where that of each part is."""
    named: dict[str, list[Spot]] = defaultdict(list)
    for name, spot in parted:
        named[name].append(spot)
    return write_pieces(path, ((name, packed(spots)) for name, spots in named.items()))


def _parted(statements: Statements, checks: Sequence[Check], number: int) -> Iterator[tuple[str, Spot]]:
    """Yield what checks across things read: the name of a part, the number of a group of checks, a spot, and lines."""
    for at, group in enumerate(groups(checks)):
        if group.together is None:
            yield _WHOLE, (at, 0, _joined(read_by(statements, group.checks)))
        elif not group.is_of_things:
            lines = read_by(statements, group.checks)
            for spot, some in sorted(parts(lines, group.together, number * SPOTS).items()):
                yield str(spot % number), (at, spot, _joined(some))


def _joined(lines: Iterable[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def _bucket_of(setting: Setting, thing: bytes) -> str:
    return str(bisect_right(setting.cuts, f"{thing.decode()} "))


def answer(job: tuple[Setting, str, Piece, Sequence[tuple[str, Piece]]]) -> dict[str, Piece]:
    """Leave the classes of what other buckets refer to in one, by the names of those."""
    setting, name, described, asked = job
    known = dict(_described([described]))
    answers = (
        (asker, (thing, known[thing])) for asker, piece in asked for thing in spilled([piece], bytes) if thing in known
    )
    return spill(setting.file(f"answers-{name}"), answers)


def _described(pieces: Iterable[Piece]) -> Iterator[tuple[bytes, list[bytes]]]:
    return spilled([piece for piece in pieces if piece.size], tuple[bytes, list[bytes]])


def look(job: tuple[Setting, Rules, Bucket, Sequence[Piece], Sequence[Piece]]) -> buckets.Found:
    """Return what a bucket breaks, but for checks across things."""
    _, rules, bucket, answers, everywhere = job
    common = b"".join(piece.read() for piece in everywhere)
    return _look(Statements(bucket.lines()), dict(_described(answers)), common, rules)


def _look(
    data: Statements, elsewhere: Mapping[bytes, Sequence[bytes]], everywhere: bytes, rules: Rules
) -> buckets.Found:
    shapes, checks = rules.load()
    found, notes = buckets.look(data, elsewhere, shapes, rules.engine, rules.until)
    for group in groups(checks):
        if group.is_of_things:
            lines = _joined(read_by(data, group.checks))
            found = [*found, *findings_of([everywhere, lines], group.checks, until=rules.until)]
    return found, notes


def check(job: tuple[Setting, Rules, str, Sequence[Piece], frozenset[bytes], Sequence[Piece], Sequence[Piece],
                     Sequence[int] | None]) -> list[Result]:  # fmt: skip
    """Return what checks across things find in a part, or some spots of it; but for some things, read anew."""
    setting, rules, name, pieces, gone, fresh, everywhere, spots = job
    size, whole = sum(piece.size for piece in (*pieces, *fresh)), name == _WHOLE
    portions = 1 if whole else min(size // PORTION + 1, SPOTS)
    common = [piece.read() for piece in everywhere]
    found: list[Result] = []
    for portion in range(portions):
        told: dict[int, list[bytes]] = defaultdict(list)
        first, last = (setting.pieces * (SPOTS * n // portions) for n in (portion, portion + 1))
        for some, left_out in () if whole else ((pieces, gone), (fresh, frozenset[bytes]())):
            for piece in some:
                for at, data in unpacked(piece.read(), spots, first, last):
                    told[at].append(left_of(data, left_out) if left_out else data)
        for at, group in enumerate(groups(rules.load()[1])):
            if group.is_of_things or whole != (group.together is None):
                continue
            data_of = (
                chain(_read(at, pieces, gone), _read(at, fresh, frozenset())) if whole else [b"".join(told.pop(at, []))]
            )
            with TemporaryDirectory(dir=setting.scratch) as folder:
                on_disk = Path(folder) if whole and size > MUCH else None
                found += findings_of(chain(common, data_of), group.checks, folder=on_disk, until=rules.until)
    return found


def _read(group: int, pieces: Sequence[Piece], gone: Container[bytes]) -> Iterator[bytes]:
    """Yield what a group of checks reads in pieces, but for what is about some things."""
    for piece in pieces:
        for at, data in unpacked(piece.read()):
            if at == group:
                yield left_of(data, gone) if gone else data


def left_of(data: bytes, gone: Container[bytes]) -> bytes:
    """Return the lines that are not about some things."""
    return b"".join(line for line in data.splitlines(keepends=True) if line.partition(b" ")[0] not in gone)


class Spread:
    """The statements of all buckets, asked for few things; as `Places` asks `Statements`."""

    def __init__(self, resolver: Resolver, graph: Iterable[Bucket]) -> None:
        self._resolver, self._buckets = resolver, {bucket.name: bucket for bucket in graph}
        self._opened: dict[str, Lines] = {}

    def about(self, subject: str) -> list[Statement]:
        """Return what is said of a subject."""
        return list(map(statement, self.lines(subject.encode()).splitlines()))

    def lines(self, subject: bytes, predicate: bytes = b"") -> bytes:
        """Return the lines of a subject, or of these those with a predicate."""
        name = _bucket_of(self._resolver.setting, subject)
        if name not in self._buckets:
            return b""
        if name not in self._opened:
            self._opened[name] = Lines(self._buckets[name].content)
        return self._opened[name].about(subject, predicate)

    def classes(self, thing: bytes) -> list[bytes]:
        """Return the classes of a thing."""
        return sorted({line.split(b" ", 3)[2] for line in self.lines(thing, _TYPE.encode()).splitlines()})

    def pointing(self, things: set[str]) -> dict[str, list[Statement]]:
        """Return the statements whose value is one of ``things``, by value; goes through all buckets."""
        found = defaultdict(list)
        wanted = frozenset(thing.encode() for thing in things)
        for _, lines in self._resolver.each(point, [(bucket, wanted) for bucket in self._buckets.values()]):
            for line in lines:
                told = statement(line)
                found[told.value].append(told)
        return found


def point(job: tuple[Setting, Bucket, frozenset[bytes]]) -> list[bytes]:
    """Return the lines of a bucket that point to things."""
    _, bucket, things = job
    lines = bucket.lines().splitlines()
    return [line for line in lines if line.split(b" ", 3)[2] in things]
