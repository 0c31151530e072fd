"""A graph from which articles were taken, and to which others were added, is that of those there are, byte for byte."""

import random
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from kg.articles import Article, Reading, read
from kg.engines import map_articles, nquads
from kg.engines.progress import Progress
from kg.engines.resolving import Resolver
from kg.engines.revising import Reviser
from kg.engines.stages import Setting
from kg.engines.workers import Here
from kg.iris import BASE
from kg.judgements import Judgements
from kg.resolution import Record
from kg.resources import folder

CASES = Path(__file__).parent / "events"
SEEDS = Path(str(folder("seeds") / "articles"))


def encoded(places: Sequence[Record]) -> Iterator[bytes]:
    return map(msgspec.msgpack.encode, places)


@pytest.fixture(scope="module")
def records() -> dict[str, Record]:
    """Return the sample articles and those of the cases of events, by key: many report one event."""
    readings = list(read([SEEDS]))
    for file in sorted(CASES.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["case"]):
            told = [Article(file=f"{file.stem}-{number}-{n}.txt", **one) for n, one in enumerate(case["articles"])]
            readings += [Reading(article=article) for article in told]
    return {record.key: record for record in map_articles(readings).records}


def shortened(record: Record) -> Record:
    """Return what an article states in the first half of its claims."""
    claims = record.claims
    return msgspec.structs.replace(
        record, claims=msgspec.structs.replace(claims, events=claims.events[: len(claims.events) // 2])
    )


@pytest.mark.parametrize(("bucket", "piece"), [(10**9, 10**9), (150_000, 20)])
def test_a_revised_graph_is_the_graph_of_the_articles_there_are_now(
    records: dict[str, Record], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bucket: int, piece: int
) -> None:
    monkeypatch.setattr("kg.engines.resolving.BUCKET", bucket)
    monkeypatch.setattr("kg.engines.resolving.PIECE", piece)
    chance = random.Random(1)  # noqa: S311 - any articles will do
    base = {key: records[key] for key in chance.sample(sorted(records), len(records) // 2)}
    resolver = Resolver(Here(), Setting(str(tmp_path), BASE, encoded), Judgements(), progress=Progress(None))
    graph = resolver.resolve(list(base.values()))
    whole = b"".join(b.lines() for b in graph.buckets)
    assert whole == nquads(base.values())
    reviser = Reviser(resolver, graph, base)
    others = sorted(records.keys() - base.keys())
    for less, more in ((1, 0), (0, 1), (2, 3), (5, 0), (0, len(others)), (40, 20), (len(base) - 1, 2)):
        gone = {key: base[key] for key in chance.sample(sorted(base), less)}
        come = {key: records[key] for key in chance.sample(others, more)}
        come |= {key: shortened(base[key]) for key in list(gone)[:5]}  # these only say something else
        revised = reviser.revised(gone, come, ["<x:more> <x:p> <x:o> .\n"])
        left = nquads([*(record for key, record in base.items() if key not in gone), *come.values()])
        data = b"".join(b.lines() for b in revised.graph.buckets)
        assert data.replace(b"<x:more> <x:p> <x:o> .\n", b"") == left
        assert revised.graph.quads == left.count(b"\n") + 1
        assert revised.graph.events == left.count(b"/ontology/Event> .\n")
        assert revised.graph.people == left.count(b"/ontology/Person> .\n")
        assert unchanged(data, revised.changed) == unchanged(whole, revised.changed)


def test_buckets_are_of_about_one_size(
    records: dict[str, Record], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """People, offices and what is said of each article alone are cut too, but never what is said of one thing."""
    monkeypatch.setattr("kg.engines.resolving.BUCKET", 200_000)
    resolver = Resolver(Here(), Setting(str(tmp_path), BASE, encoded), Judgements(), progress=Progress(None))
    buckets = [bucket.lines() for bucket in resolver.resolve(list(records.values())).buckets]
    assert len(buckets) > 5
    largest = max((data for data in buckets if len(_subjects(data)) > 1), key=len)
    assert len(largest) < 2 * 200_000, sorted(_subjects(largest))[:: len(_subjects(largest)) // 20 + 1]


def _subjects(data: bytes) -> set[bytes]:
    return {line.partition(b" ")[0] for line in data.splitlines()}


def unchanged(data: bytes, changed: set[str]) -> list[bytes]:
    """Return the lines about other things than those that changed."""
    things = {thing.encode() for thing in changed} | {b"<x:more>"}
    return [line for line in data.splitlines() if line.partition(b" ")[0] not in things]
