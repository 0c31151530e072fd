"""How fast the engines validate, loading included, and whether they find the same.

    python bench/validation.py ARTICLES… [--articles 1000] [--times 10] [--reference] [--keep]

ARTICLES are mapped once, untimed. For --times as many, their graph is taken again under other IRIs. --reference lets
pySHACL validate the first graph too, which takes a minute or two. Of what takes seconds, the best of three runs counts.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from measuring import report

from kg.articles import read
from kg.engines import map_articles, nquads
from kg.iris import BASE
from kg.validation import Report, own_checks, own_shapes, validate


def timed(work: Callable[[], Report]) -> tuple[float, float, Report]:
    """Return processor seconds, seconds by the clock, and what ``work`` returns."""
    processor, clock = time.process_time(), time.perf_counter()
    found = work()
    return time.process_time() - processor, time.perf_counter() - clock, found


def again(graph: bytes, number: int) -> bytes:
    """Return a graph of other things that is as large."""
    return graph.replace(BASE.encode(), f"{BASE}{number}/".encode()) if number else graph


def row(name: str, articles: int, work: Callable[[], Report], *, runs: int = 1) -> tuple[dict[str, Any], Report]:
    """Return a row of the table, of the run that took least by the clock, and what was found."""
    processor, clock, found = min((timed(work) for _ in range(runs)), key=lambda run: run[1])
    figures = {
        "": name, "articles": articles, "processor s": processor, "clock s": clock,
        "ms an article": 1000 * clock / articles, "findings": len(found.results),
    }  # fmt: skip
    return figures, found


def essence(found: Report) -> Counter[tuple[str, ...]]:
    """Return what two engines have to agree on."""
    return Counter((r.focus, r.path, r.value, r.component, r.severity) for r in found.results)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", metavar="ARTICLES")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--reference", action="store_true")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    records = map_articles(read(options.paths)).records[: options.articles]
    graph, count = nquads(records), len(records)
    own_shapes(), own_checks()
    rows = []
    quick, found = row("shapes, shacl-rust", count, lambda: validate(graph, checks=(), engine="shacl-rust"), runs=3)
    rows += [quick, row("shapes and checks", count, lambda: validate(graph), runs=3)[0]]
    large = b"".join(again(graph, number) for number in range(options.times))
    rows += [row("shapes and checks", count * options.times, lambda: validate(large), runs=3)[0]]
    if options.reference:
        slow, same = row("shapes, pySHACL", count, lambda: validate(graph, checks=(), engine="pyshacl"))
        rows += [slow]
        for each in (quick, slow):
            each["times pySHACL"] = slow["clock s"] / each["clock s"]
        print("the same findings" if essence(found) == essence(same) else "DIFFERENT FINDINGS")
    rows[0].setdefault("times pySHACL", None)
    report("validation", "python bench/validation.py corpus --reference", rows, keep=options.keep)


if __name__ == "__main__":
    main()
