"""The graph from which articles were taken is that of the others, byte for byte."""

import random
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from kg.articles import Article, Reading, read
from kg.engines import map_articles, nquads
from kg.engines.progress import Progress
from kg.engines.removing import Remover
from kg.engines.resolving import Resolver
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


@pytest.mark.parametrize(("bucket", "piece"), [(10**9, 10**9), (150_000, 20)])
def test_what_is_left_is_the_graph_of_what_is_left(
    records: dict[str, Record], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bucket: int, piece: int
) -> None:
    monkeypatch.setattr("kg.engines.resolving.BUCKET", bucket)
    monkeypatch.setattr("kg.engines.resolving.PIECE", piece)
    resolver = Resolver(Here(), Setting(str(tmp_path), BASE, encoded), Judgements(), progress=Progress(None))
    graph = resolver.resolve(list(records.values()))
    whole = b"".join(Path(b.file).read_bytes() for b in graph.buckets)
    assert whole == nquads(records.values())
    remover, chance = Remover(resolver, graph, records), random.Random(1)  # noqa: S311 - any articles will do
    for size in (1, 2, 5, 40, len(records) - 1):
        gone = chance.sample(sorted(records), size)
        removed = remover.without(gone, ["<x:more> <x:p> <x:o> .\n"])
        left = nquads([record for key, record in records.items() if key not in gone])
        data = b"".join(Path(b.file).read_bytes() for b in removed.graph.buckets)
        assert data.replace(b"<x:more> <x:p> <x:o> .\n", b"") == left
        assert removed.graph.quads == left.count(b"\n") + 1
        assert removed.graph.events == left.count(b"/ontology/Event> .\n")
        assert removed.graph.people == left.count(b"/ontology/Person> .\n")
        assert unchanged(data, removed.changed) == unchanged(whole, removed.changed)


def unchanged(data: bytes, changed: set[str]) -> list[bytes]:
    """Return the lines about other things than those that changed."""
    things = {thing.encode() for thing in changed} | {b"<x:more>"}
    return [line for line in data.splitlines() if line.partition(b" ")[0] not in things]
