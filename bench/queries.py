"""How fast the stored queries answer, from the name typed to the sorted table, and how rdflib does on the same graph.

    python bench/queries.py [STORE] [--runs N] [--rdflib SECONDS] [--keep]

STORE is a store that is built, for example from 1,000 or 10,000 articles; without one the sample articles are built.
What is asked of one thing is asked by the thing's name, twice: of the hundredth by how often it occurs (the middle
one, of fewer), and of that which occurs most often. Seconds are processor time, medians of runs in one process, of
which there are fewer where they take seconds. rdflib holds the same graph in memory, parsed untimed, is asked once, and
given up after --rdflib processor seconds (0: never asked).
"""

import argparse
import math
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import Any

import measuring

from kg import queries
from kg.dumps import dump
from kg.errors import QueryError
from kg.namespaces import PREFIXES
from kg.store import Store
from kg.things import find

ENOUGH = 2.5
"""Seconds after which a query is not asked again."""
SEEDS = Path(__file__).parent.parent / "seeds" / "articles"
THINGS = {
    "person": "?event dip:participant ?thing . ?thing a dip:Person",
    "country": "?event dip:party ?thing . ?thing a schema:Country",
    "event": "?thing a dip:Event ; prov:wasDerivedFrom ?article",
    "office": "?tenure dip:office ?thing ; dip:start ?day . ?thing a dip:Office",
}
"""What occurs how often, as patterns that bind it to ``?thing``."""
ABOUT = {
    "agreements-of": {"country": "country"},
    "in-office": {"person": "person"},
    "meetings-per-year": {"a": "country", "b": "other country"},
    "timeline": {"of": "person"},
    "versions": {"event": "event"},
    "who-held": {"office": "office"},
    "who-met": {"person": "person"},
}
"""Queries about one thing: the kinds of thing that their parameters name."""
ALSO = {"known-by": {"by": "2030"}, "who-held": {"on": "2015-06-30"}, "who-met": {"from": "1990", "to": "2030"}}
"""Further parameters, with values."""


def asked_of(store: Store) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield what is asked: what it is called in the table, the name of the query, its parameters."""
    found = {kind: frequent(store, pattern) for kind, pattern in THINGS.items()}
    middle = {kind: called(store, kind, things[min(99, len(things) // 2)]) for kind, things in found.items()}
    most = {kind: called(store, kind, things[0]) for kind, things in found.items()}
    middle["other country"] = most["country"]
    most["other country"] = called(store, "country", found["country"][1])
    for name in queries.names():
        if name not in ABOUT:
            yield name, name, ALSO.get(name, {})
            continue
        for said, things in ((f"{name}, one thing", middle), (f"{name}, that of most", most)):
            yield said, name, {key: things[kind] for key, kind in ABOUT[name].items()} | ALSO.get(name, {})
    yield "in-office, all", "in-office", {}


def frequent(store: Store, pattern: str) -> list[str]:
    """Return the IRIs of the things that occur more than once, and those of the two that occur most in any case."""
    select = f"SELECT ?thing (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?thing ORDER BY DESC(?n) ?thing"
    found = [(row[0].value, int(row[1].value)) for row in store.query(select, PREFIXES)]  # type: ignore[union-attr]
    return [thing for place, (thing, times) in enumerate(found) if times > 1 or place < 2] or [""]


def called(store: Store, kind: str, thing: str) -> str:
    """Return the English label of a thing, its IRI where others are called so too."""
    select = f"SELECT ?label {{ <{thing}> rdfs:label ?label FILTER(LANG(?label) = 'en') }}"
    for (label,) in store.query(select, PREFIXES):  # type: ignore[union-attr]
        try:
            find(store, label.value, kind)
        except QueryError:
            break
        return str(label.value)
    return thing


def timed(store: Store, name: str, values: dict[str, str], runs: int) -> tuple[float, int]:
    """Return the median processor seconds of up to ``runs`` answers, and their rows."""
    spent, rows = list[float](), 0
    while len(spent) < runs and sum(spent) < ENOUGH:
        begun = time.process_time()
        answer = queries.run(store, queries.load(name), values)
        spent.append(time.process_time() - begun)
        rows = len(answer.rows) if isinstance(answer, queries.Table) else 0
    return median(spent), rows


def in_rdflib(file: str, texts: Mapping[str, str], patience: float, pipe: Any) -> None:
    """Parse a dump and answer queries, each in a process forked for it; send the seconds of each, None if too many."""
    from rdflib import Dataset

    dataset = Dataset(default_union=False)
    dataset.parse(file, format="nquads")
    for name, text in texts.items():
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.get_context("fork").Process(target=answer, args=(dataset, text, patience, theirs))
        process.start()
        theirs.close()
        try:
            pipe.send((name, ours.recv()))
        except EOFError:  # the system ended it
            pipe.send((name, None))
        process.join()


def answer(dataset: Any, text: str, patience: float, pipe: Any) -> None:
    """Ask rdflib once and send the processor seconds it takes, if that is not more than it may."""
    begun = time.process_time()
    most = math.ceil(begun + patience)
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    list(dataset.query(text))
    pipe.send(time.process_time() - begun)


def compared(store: Store, asked: Mapping[str, tuple[str, dict[str, str]]], patience: float) -> dict[str, float | None]:
    """Return the processor seconds that rdflib takes for each query."""
    loaded = {said: (queries.load(name), values) for said, (name, values) in asked.items()}
    texts = {said: queries.bind(query, queries.terms(store, query, v)) for said, (query, v) in loaded.items()}
    with tempfile.NamedTemporaryFile(suffix=".nq") as file:
        dump(store, "nquads", file.file)
        file.flush()
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        process = spawn.Process(target=in_rdflib, args=(file.name, texts, patience, theirs))
        process.start()
        spent = dict(ours.recv() for _ in texts)
        process.join()
    return spent


def row(said: str, count: int, spent: float, theirs: Mapping[str, float | None], patience: float) -> dict[str, Any]:
    """Return a row of the table."""
    figures: dict[str, Any] = {"": said, "rows": f"{count:,}", "ms": 1000 * spent}
    if theirs:
        found = theirs[said]
        over = "" if found is not None else "over "
        least = patience if found is None else found
        figures["rdflib ms"] = over + measuring.cell(1000 * least)
        figures["times as fast"] = over + measuring.cell(least / spent)
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", nargs="?", metavar="STORE")
    parser.add_argument("--runs", type=int, default=5, metavar="N")
    parser.add_argument("--rdflib", type=float, default=12, metavar="SECONDS")
    parser.add_argument("--keep", action="store_true", help="leave the figures in bench/results")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(asked.store) if asked.store else built(Path(folder) / "store")
        with Store.open(path) as store:
            articles = timed(store, "articles", {}, 1)[1]
            all_asked = {said: (name, values) for said, name, values in asked_of(store)}
            theirs = compared(store, all_asked, asked.rdflib) if asked.rdflib else {}
            answers = {said: timed(store, name, values, asked.runs) for said, (name, values) in all_asked.items()}
            rows = [row(said, count, spent, theirs, asked.rdflib) for said, (spent, count) in answers.items()]
    name = f"queries-{round(articles, -3) or articles}"
    command = f"python bench/queries.py{' STORE' if asked.store else ''}{'' if asked.rdflib else ' --rdflib 0'}"
    measuring.report(name, command, rows, keep=asked.keep)


def built(path: Path) -> Path:
    """Return the folder of a store of the sample articles."""
    from kg.engines import build

    build([str(SEEDS)], path)
    return path


if __name__ == "__main__":
    main()
