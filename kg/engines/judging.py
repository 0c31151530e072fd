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
from typing import NamedTuple, Self

import msgspec

from kg.engines import stages
from kg.engines.progress import Progress
from kg.engines.resolving import Resolved, Resolver
from kg.engines.revising import Reviser
from kg.engines.rules import Rules
from kg.engines.spills import Piece, Pieces, spill, spilled, write_pieces
from kg.engines.stages import Bucket, Setting
from kg.files import starting
from kg.namespaces import iri
from kg.store import Place
from kg.validation import buckets
from kg.validation.checks import Check, findings_of, read_by
from kg.validation.parts import groups, hierarchy, parts
from kg.validation.places import Places
from kg.validation.results import Report, Result
from kg.validation.statements import Statement, Statements, statement

MUCH = 160_000_000
"""Bytes that checks read, above which they are put on disk: in memory they take three times as many."""
_WHOLE = "whole"
"""The part that is the whole graph."""
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
        shapes, setting = self._rules.load()[0], self._resolver.setting
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
        fresh = spill(setting.file("checked-anew"), _parted(after, self._checks, setting.pieces))
        touched = {_WHOLE, *fresh, *(name for name, _ in _parted(before, self._checks, setting.pieces))}
        anew = write_pieces(setting.file("everywhere-anew"), [("", everywhere)])[""]
        pieces = dict(self._parts.jobs())
        if hierarchy(before) != hierarchy(after):
            touched |= pieces.keys()
        jobs = [
            (check, self._rules, name, pieces.get(name, []), things, [fresh[name]] if name in fresh else [], [anew])
            for name in sorted(touched & (pieces.keys() | fresh.keys()))
        ]
        across = dict(self.known.across)
        for job, results in self._resolver.each(stages.either, jobs):
            across[job[3]] = results
        self.report = self._complete(revised.graph, chain(kept, found, *across.values()))
        return revised.graph

    def _of_all(self, graph: Resolved) -> Report:
        return self._rules.report(b"".join(Path(bucket.file).read_bytes() for bucket in graph.buckets))

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
            (check, rules, name, pieces, frozenset[bytes](), list[Piece](), self.known.everywhere)
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
    statements = Statements(Path(bucket.file).read_bytes())
    described = buckets.classes(statements)
    things = sorted(buckets.references(statements, described, shapes))
    questions = spill(
        setting.file(f"questions-{bucket.name}"), ((_bucket_of(setting, thing), thing) for thing in things)
    )
    own = spill(setting.file(f"classes-{bucket.name}"), (("", item) for item in described.items()))
    checked = spill(setting.file(f"checked-{bucket.name}"), _parted(statements, checks, setting.pieces))
    common = write_pieces(setting.file(f"everywhere-{bucket.name}"), [("", _joined(hierarchy(statements)))])
    return Referred(questions, own.get("", Piece("", 0, 0)), checked, common[""])


def _parted(statements: Statements, checks: Sequence[Check], number: int) -> Iterator[tuple[str, tuple[int, bytes]]]:
    """Yield what checks across things read: the name of a part, the number of the group of checks, and lines."""
    for at, group in enumerate(groups(checks)):
        if group.together is None:
            yield _WHOLE, (at, _joined(read_by(statements, group.checks)))
        elif not group.is_of_things:
            for place, lines in sorted(parts(read_by(statements, group.checks), group.together, number).items()):
                yield str(place), (at, _joined(lines))


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
    return _look(Statements(Path(bucket.file).read_bytes()), dict(_described(answers)), common, rules)


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


def check(job: tuple[Setting, Rules, str, Sequence[Piece], frozenset[bytes], Sequence[Piece], Sequence[Piece]]
          ) -> list[Result]:  # fmt: skip
    """Return what checks across things find in a part; but for some things, read anew."""
    setting, rules, name, pieces, gone, fresh, everywhere = job
    much = sum(piece.size for piece in pieces) > MUCH
    found: list[Result] = []
    for at, group in enumerate(groups(rules.load()[1])):
        if not group.is_of_things and (name == _WHOLE) == (group.together is None):
            read = chain((piece.read() for piece in everywhere), _read(at, pieces, gone), _read(at, fresh, frozenset()))
            with TemporaryDirectory(dir=setting.scratch) as folder:
                found += findings_of(read, group.checks, folder=Path(folder) if much else None, until=rules.until)
    return found


def _read(group: int, pieces: Sequence[Piece], gone: Container[bytes]) -> Iterator[bytes]:
    """Yield what a group of checks reads in pieces, but for what is about some things."""
    return (left_of(data, gone) if gone else data for at, data in spilled(pieces, tuple[int, bytes]) if at == group)


def left_of(data: bytes, gone: Container[bytes]) -> bytes:
    """Return the lines that are not about some things."""
    return b"".join(line for line in data.splitlines(keepends=True) if line.partition(b" ")[0] not in gone)


class Spread:
    """The statements of all buckets, asked for few things; as `Places` asks `Statements`."""

    def __init__(self, resolver: Resolver, graph: Iterable[Bucket]) -> None:
        self._resolver, self._buckets = resolver, {bucket.name: bucket for bucket in graph}

    def about(self, subject: str) -> list[Statement]:
        """Return what is said of a subject."""
        bucket = self._buckets.get(_bucket_of(self._resolver.setting, subject.encode()))
        return (
            [statement(line.rstrip(b"\n")) for line in starting(bucket.file, f"{subject} ".encode())] if bucket else []
        )

    def classes(self, thing: bytes) -> list[bytes]:
        """Return the classes of a thing."""
        return sorted({s.value.encode() for s in self.about(thing.decode()) if s.predicate == _TYPE})

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
    lines = Path(bucket.file).read_bytes().splitlines()
    return [line for line in lines if line.split(b" ", 3)[2] in things]
