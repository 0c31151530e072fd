"""Judging: the graph is validated bucket by bucket, and articles that break a rule are taken out until none does.

buckets ─ refer ─▶ what each refers to ─ answer ─▶ the classes of that ─ look ─▶ findings
   └──────────────── what checks read, of all buckets together ─────────────────────┘
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.engines.progress import Progress
from kg.engines.resolving import Resolved, Resolver
from kg.engines.rules import Rules
from kg.engines.spills import Piece, spill, spilled, write_pieces
from kg.engines.stages import Bucket, Setting
from kg.store import Place
from kg.validation.results import Report, Result
from kg.validation.statements import Statement, Statements, statement

if TYPE_CHECKING:
    from kg.validation import Shapes

MUCH = 300_000_000
"""Bytes that checks read, above which they are put on disk."""


class Verdict(NamedTuple):
    """What may be published, what remains to be said of it, and who was kept out and why."""

    graph: Resolved
    report: Report
    held: dict[str, list[Result]]
    """Violations by the key of the article kept out."""


def judge(resolver: Resolver, places: Mapping[str, Place], rules: Rules, progress: Progress) -> Verdict:
    """Return the graph of the records at ``places`` but those that break ``rules``, with the reasons of these.

    Articles are taken out until no violation is left that one of them states: what two of them say together may
    break a rule, and what one says may have hidden what another does.
    """
    from kg.quarantine import blamed, described

    held: dict[str, list[Result]] = {}
    reasons: list[str] = []
    graph = resolver.resolve(list(places.values()))
    while True:
        progress.stage("validating")
        report = validated(resolver, graph, rules)
        found = blamed(report, held)
        if not found:
            break
        for key, results in found.items():
            reasons += described(resolver.article(places[key]), resolver.iri_of(key), results)
        held |= found
        graph = resolver.resolve([place for key, place in places.items() if key not in held])
    return Verdict(resolver.with_lines(graph, reasons) if reasons else graph, report, held)


def validated(resolver: Resolver, graph: Resolved, rules: Rules) -> Report:
    """Return what is wrong with the graph; of findings that are no violations without labels and places."""
    shapes, _ = rules.load()
    if len(graph.buckets) < 2 or not shapes.local or rules.engine == "pyshacl":
        return rules.report(b"".join(Path(bucket.file).read_bytes() for bucket in graph.buckets))
    from kg.validation.places import Places

    results, notes = _findings(resolver, graph, rules)
    wrong = [result for result in results if result.severity == "Violation"]
    others = [result for result in results if result.severity != "Violation"]
    complete = Places(Spread(resolver, graph.buckets)).complete(wrong) if wrong else []
    return Report(tuple(sorted([*complete, *others], key=lambda result: result.rank)), tuple(sorted(notes)))


def _findings(resolver: Resolver, graph: Resolved, rules: Rules) -> tuple[list[Result], set[str]]:
    """Return the findings in all buckets and across them, each once."""
    from kg.validation.checks import findings_of

    asked: dict[str, list[tuple[str, Piece]]] = defaultdict(list)
    known: dict[str, Piece] = {}
    read: list[Piece] = []
    for job, (questions, described, checked) in resolver.each(refer, [(rules, bucket) for bucket in graph.buckets]):
        for name, piece in questions.items():
            asked[name].append((job[2].name, piece))
        known[job[2].name] = described
        read.append(checked)
    answers: dict[str, list[Piece]] = defaultdict(list)
    jobs = [(bucket.name, known[bucket.name], asked[bucket.name]) for bucket in graph.buckets if asked[bucket.name]]
    for _, pieces in resolver.each(answer, jobs):
        for name, piece in pieces.items():
            answers[name].append(piece)
    found: dict[Result, None] = {}
    notes: set[str] = set()
    for _, (results, noted) in resolver.each(look, [(rules, bucket, answers[bucket.name]) for bucket in graph.buckets]):
        found |= dict.fromkeys(results)
        notes |= set(noted)
    much = sum(piece.size for piece in read) > MUCH
    folder = resolver.setting.file("checks") if much else None
    found |= dict.fromkeys(findings_of((piece.read() for piece in read), rules.load()[1], folder))
    return list(found), notes


def refer(job: tuple[Setting, Rules, Bucket]) -> tuple[dict[str, Piece], Piece, Piece]:
    """Leave what a bucket refers to in others, by their names, the classes of its things, and what checks read."""
    from kg.validation.buckets import classes, references
    from kg.validation.checks import read_by

    setting, rules, bucket = job
    shapes, checks = rules.load()
    statements = Statements(Path(bucket.file).read_bytes())
    described = classes(statements.lines)
    things = sorted(references(statements.lines, described, shapes))
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
    from kg.validation import buckets

    _, rules, bucket, answers = job
    shapes: Shapes = rules.load()[0]
    return buckets.look(Path(bucket.file).read_bytes(), dict(_described(answers)), shapes, rules.engine)


class Spread:
    """The statements of all buckets, asked for few things; as `Places` asks `Statements`."""

    def __init__(self, resolver: Resolver, buckets: Sequence[Bucket]) -> None:
        self._resolver, self._buckets = resolver, {bucket.name: bucket for bucket in buckets}

    def about(self, subject: str) -> list[Statement]:
        """Return what is said of a subject."""
        bucket = self._buckets.get(_bucket_of(self._resolver.setting, subject.encode()))
        return [statement(line) for line in starting(bucket.file, f"{subject} ".encode())] if bucket else []

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


def starting(file: str, words: bytes) -> list[bytes]:
    """Return the lines of a file, which are sorted, that begin with ``words``."""
    found = []
    with open(file, "rb") as opened, mmap(opened.fileno(), 0, access=ACCESS_READ) as data:  # noqa: PTH123
        low, high = 0, len(data)
        while low < high:
            middle = (low + high) // 2
            begin = data.rfind(b"\n", 0, middle) + 1
            end = data.find(b"\n", begin) + 1
            if data[begin:end] < words:
                low = end
            else:
                high = begin
        while data[low : low + len(words)] == words:
            end = data.find(b"\n", low)
            found.append(data[low:end])
            low = end + 1
    return found
