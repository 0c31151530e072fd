"""Judging: the graph is validated bucket by bucket, and articles that break a rule are taken out until none does.

buckets ─ refer ─▶ what each refers to ─ answer ─▶ the classes of that ─ look ─▶ findings
   └──────────────── what checks read, of all buckets together ──────── check ──────┘
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from kg.engines import stages
from kg.engines.progress import Progress
from kg.engines.removing import Removed, Remover
from kg.engines.resolving import Resolved, Resolver
from kg.engines.rules import Rules
from kg.engines.spills import Piece, spill, spilled, write_pieces
from kg.engines.stages import Bucket, Setting
from kg.files import starting
from kg.namespaces import iri
from kg.store import Place
from kg.validation import buckets
from kg.validation.checks import findings_of, read_by
from kg.validation.places import Places
from kg.validation.results import Report, Result
from kg.validation.statements import Statement, Statements, statement

MUCH = 160_000_000
"""Bytes that checks read, above which they are put on disk: in memory they take three times as many."""
_TYPE = f"<{iri('rdf:type')}>"


class Verdict(NamedTuple):
    """What may be published, what remains to be said of it, and who was kept out and why."""

    graph: Resolved
    report: Report
    held: dict[str, list[Result]]
    """Violations by the key of the article kept out."""


def judge(
    resolver: Resolver, graph: Resolved, places: Mapping[str, Place], rules: Rules, progress: Progress
) -> Verdict:
    """Return the graph of the records at ``places`` but those that break ``rules``, with the reasons of these.

    Articles are taken out until no violation is left that one of them states: what two of them say together may
    break a rule, and what one says may have hidden what another does.
    """
    from kg.quarantine import blamed, described

    held: dict[str, list[Result]] = {}
    reasons: list[str] = []
    progress.stage("validating")
    judgement = _Judgement(resolver, rules, graph)
    remover = Remover(resolver, graph, places)
    while found := blamed(judgement.report, held):
        for key, results in found.items():
            reasons += described(resolver.article(places[key]), resolver.iri_of(key), results)
        held |= found
        progress.stage(f"keeping {len(held)} articles out")
        removed = remover.without(held, reasons)
        graph = removed.graph
        judgement.revise(removed, partial(remover.without, frozenset(held), ()))
    return Verdict(graph, judgement.report, held)


class _Judgement:
    """What is wrong with a graph; of findings that are no violations without labels and places."""

    def __init__(self, resolver: Resolver, rules: Rules, graph: Resolved) -> None:
        self._resolver, self._rules = resolver, rules
        shapes, self._checks = rules.load()
        self._whole = not shapes.local or rules.engine == "pyshacl"
        self._notes: set[str] = set()
        self._read: list[Piece] = []
        if self._whole:
            self.report = self._of_all(graph)
        else:
            self._found, across = self._in_buckets(graph)
            self.report = self._complete(graph, [*self._found, *across])

    def revise(self, removed: Removed, alone: Callable[[], Removed]) -> None:
        """Judge a graph from which articles were removed; ``alone`` gives it without what tells of them."""
        if self._whole:
            self.report = self._of_all(alone().graph)
            return
        shapes = self._rules.load()[0]
        about = b"".join(piece.read() for piece in removed.about)
        statements = Statements(about)
        spread = Spread(self._resolver, removed.graph.buckets)
        others = buckets.references(statements, buckets.classes(statements), shapes)
        elsewhere = {thing: known for thing in others if (known := spread.classes(thing))}
        found, notes = buckets.look(about, elsewhere, shapes, self._rules.engine, self._rules.until)
        self._notes |= set(notes)
        kept = [result for result in self._found if f"<{result.focus}>" not in removed.changed]
        read = b"".join(line + b"\n" for line in read_by(statements, self._checks))
        fresh = write_pieces(self._resolver.setting.file("checked-anew"), [("", read)])[""]
        gone = frozenset(thing.encode() for thing in removed.changed)
        for _, across in self._resolver.each(check, [(self._rules, self._read, gone, [fresh])]):
            self.report = self._complete(removed.graph, [*kept, *found, *across])

    def _of_all(self, graph: Resolved) -> Report:
        return self._rules.report(b"".join(Path(bucket.file).read_bytes() for bucket in graph.buckets))

    def _in_buckets(self, graph: Resolved) -> tuple[list[Result], list[Result]]:
        """Return the findings in all buckets, and those of checks across them."""
        asked: dict[str, list[tuple[str, Piece]]] = defaultdict(list)
        known: dict[str, Piece] = {}
        rules, each = self._rules, self._resolver.each
        for job, (questions, described, checked) in each(refer, [(rules, bucket) for bucket in graph.buckets]):
            for name, piece in questions.items():
                asked[name].append((job[2].name, piece))
            known[job[2].name] = described
            self._read.append(checked)
        answers: dict[str, list[Piece]] = defaultdict(list)
        jobs = [(bucket.name, known[bucket.name], asked[bucket.name]) for bucket in graph.buckets if asked[bucket.name]]
        for _, pieces in each(answer, jobs):
            for name, piece in pieces.items():
                answers[name].append(piece)
        found, across = list[Result](), list[Result]()
        checking: tuple[Any, ...] = (check, rules, self._read, frozenset[bytes](), list[Piece]())  # takes longest
        looking = [(look, rules, bucket, answers[bucket.name]) for bucket in graph.buckets]
        for job, result in each(stages.either, [checking, *looking]):
            if job[1] is check:
                across += result
            else:
                found += result[0]
                self._notes |= set(result[1])
        return found, across

    def _complete(self, graph: Resolved, found: Iterable[Result]) -> Report:
        """Return the report of findings."""
        results = list(dict.fromkeys(found))
        wrong = [result for result in results if result.severity == "Violation"]
        others = [result for result in results if result.severity != "Violation"]
        complete = Places(Spread(self._resolver, graph.buckets)).complete(wrong) if wrong else []
        return Report(tuple(sorted([*complete, *others], key=lambda r: r.rank)), tuple(sorted(self._notes)))


def refer(job: tuple[Setting, Rules, Bucket]) -> tuple[dict[str, Piece], Piece, Piece]:
    """Leave what a bucket refers to in others, by their names, the classes of its things, and what checks read."""
    setting, rules, bucket = job
    shapes, checks = rules.load()
    statements = Statements(Path(bucket.file).read_bytes())
    described = buckets.classes(statements)
    things = sorted(buckets.references(statements, described, shapes))
    questions = spill(
        setting.file(f"questions-{bucket.name}"), ((_bucket_of(setting, thing), thing) for thing in things)
    )
    own = spill(setting.file(f"classes-{bucket.name}"), (("", item) for item in described.items()))
    read = b"".join(line + b"\n" for line in read_by(statements, checks))
    checked = write_pieces(setting.file(f"checked-{bucket.name}"), [("", read)])
    return questions, own.get("", Piece("", 0, 0)), checked[""]


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


def look(job: tuple[Setting, Rules, Bucket, Sequence[Piece]]) -> tuple[list[Result], tuple[str, ...]]:
    """Return what a bucket breaks."""
    _, rules, bucket, answers = job
    shapes, data = rules.load()[0], Path(bucket.file).read_bytes()
    return buckets.look(data, dict(_described(answers)), shapes, rules.engine, rules.until)


def check(job: tuple[Setting, Rules, Sequence[Piece], frozenset[bytes], Sequence[Piece]]) -> list[Result]:
    """Return what all buckets break together, by what checks read of them; but for some things, read anew."""
    setting, rules, pieces, gone, fresh = job
    much = sum(piece.size for piece in pieces) > MUCH

    def read() -> Iterator[bytes]:
        for piece in pieces:
            data = piece.read()
            yield b"".join(left_of(data.splitlines(keepends=True), gone)) if gone else data
        yield from (piece.read() for piece in fresh)

    with TemporaryDirectory(dir=setting.scratch) as folder:
        return findings_of(read(), rules.load()[1], folder=Path(folder) if much else None, until=rules.until)


def left_of(lines: Iterable[bytes], gone: Container[bytes]) -> Iterator[bytes]:
    """Yield the lines that are not about some things."""
    return (line for line in lines if line.partition(b" ")[0] not in gone)


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
