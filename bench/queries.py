"""How fast the stored queries answer, from the name typed to the sorted table, and how rdflib does on the same graph.

    python bench/queries.py [STORE] [--runs N] [--rdflib SECONDS] [--keep]

STORE is a store that is built, for example from 1,000 or 10,000 articles; without one the sample articles are built.
Each query is asked with parameters that the store itself suggests: whoever and whatever occurs most often. Seconds are
processor time, medians of runs in one process. rdflib holds the same graph in memory, parsed untimed, is asked once,
and left out after --rdflib seconds a query (0 leaves it out).
"""

import argparse
import multiprocessing
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any

import measuring

from kg import queries
from kg.dumps import dump
from kg.namespaces import PREFIXES
from kg.store import Store

SEEDS = Path(__file__).parent.parent / "seeds" / "articles"
MOST = {
    "person": "?event dip:participant ?thing . ?thing a dip:Person",
    "country": "?event dip:party ?thing . ?thing a schema:Country",
    "event": "?thing a dip:Event ; prov:wasDerivedFrom ?event",
    "office": "?event dip:office ?thing . ?thing a dip:Office",
}
"""What occurs most often, as patterns that bind it to ``?thing``."""


def suggested(store: Store) -> Mapping[str, dict[str, str]]:
    """Return parameters for the queries that need some, names where things have one."""
    found = {kind: most(store, pattern) for kind, pattern in MOST.items()}
    person, country, event, office = (found[kind] for kind in MOST)
    return {
        "agreements-of": {"country": country[0]},
        "known-by": {"by": "2030", "of": country[0]},
        "meetings-per-year": {"a": country[0], "b": country[1]},
        "timeline": {"of": person[0]},
        "versions": {"event": event[0]},
        "who-held": {"office": office[0], "on": "2015-06-30"},
        "who-met": {"person": person[0], "from": "1990", "to": "2030"},
    }


def most(store: Store, pattern: str) -> list[str]:
    """Return the IRIs of the two things that occur most often."""
    select = f"SELECT ?thing (COUNT(*) AS ?n) {{ {pattern} }} GROUP BY ?thing ORDER BY DESC(?n) ?thing LIMIT 2"
    return [row[0].value for row in store.query(select, PREFIXES)] or [""]  # type: ignore[union-attr]


def timed(store: Store, name: str, values: dict[str, str], runs: int) -> tuple[float, int]:
    """Return the median processor seconds of ``runs`` answers, and their rows."""
    spent, rows = [], 0
    for _ in range(runs):
        begun = time.process_time()
        answer = queries.run(store, queries.load(name), values)
        spent.append(time.process_time() - begun)
        rows = len(answer.rows) if isinstance(answer, queries.Table) else 0
    return median(spent), rows


def in_rdflib(file: str, asked: list[tuple[str, str]], pipe: Any) -> None:
    """Parse a dump and answer queries, telling the seconds of each; run in a process that may be ended."""
    from rdflib import Dataset

    dataset = Dataset(default_union=False)
    dataset.parse(file, format="nquads")
    pipe.send(("", 0.0))
    for name, text in asked:
        begun = time.process_time()
        list(dataset.query(text))
        pipe.send((name, time.process_time() - begun))


def compared(store: Store, parameters: Mapping[str, dict[str, str]], patience: float) -> dict[str, float]:
    """Return the seconds rdflib takes for each query; from the first that outlasts ``patience`` on, none."""
    loaded = [(name, queries.load(name)) for name in queries.names()]
    asked = [(n, queries.bind(q, queries.terms(store, q, parameters.get(n, {})))) for n, q in loaded]
    spent: dict[str, float] = {}
    with tempfile.NamedTemporaryFile(suffix=".nq") as file:
        dump(store, "nquads", file.file)
        file.flush()
        while left := [pair for pair in asked if pair[0] not in spent]:
            ours, theirs = multiprocessing.get_context("spawn").Pipe()
            process = multiprocessing.get_context("spawn").Process(target=in_rdflib, args=(file.name, left, theirs))
            process.start()
            ours.recv()
            while len(spent) < len(asked) and ours.poll(patience):
                name, seconds = ours.recv()
                spent[name] = seconds
            process.kill()
            process.join()
            if late := next((name for name, _ in asked if name not in spent), None):
                spent[late] = float("inf")
    return spent


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", nargs="?", metavar="STORE")
    parser.add_argument("--runs", type=int, default=3, metavar="N")
    parser.add_argument("--rdflib", type=float, default=60, metavar="SECONDS")
    parser.add_argument("--keep", action="store_true", help="leave the figures in bench/results")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(asked.store) if asked.store else built(Path(folder) / "store")
        with Store.open(path) as store:
            parameters = suggested(store)
            articles = timed(store, "articles", {}, 1)[1]
            rows = []
            theirs = compared(store, parameters, asked.rdflib) if asked.rdflib else {}
            for name in queries.names():
                seconds, count = timed(store, name, parameters.get(name, {}), asked.runs)
                row: dict[str, Any] = {"": name, "rows": count, "ms": 1000 * seconds}
                if theirs:
                    row |= {"rdflib ms": 1000 * theirs[name], "times as fast": theirs[name] / seconds}
                rows.append(row)
    name = "queries" if not asked.store else f"queries-{round(articles, -3) or articles}"
    measuring.report(name, f"python bench/queries.py{' STORE' if asked.store else ''}", rows, keep=asked.keep)


def built(path: Path) -> Path:
    """Return the folder of a store of the sample articles."""
    from kg.engines import build

    build([str(SEEDS)], path)
    return path


if __name__ == "__main__":
    main()
