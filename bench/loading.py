"""How long it takes until a triple store holds the graph of a store, told by the clock, and once more with no change.

    python bench/loading.py [STORE] [--keep]

Beside ``kg load`` into an Oxigraph server on loopback, confirmed by it: Oxigraph's own bulk loader, which reads a file
and asks nobody; rdflib, which parses the file into memory. Without STORE the sample articles are built.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import measuring

from kg.dumps import dump
from kg.loading import Loader
from kg.store import Store
from queries import built

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds that ``work`` takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def loading(store: Store, url: str, protocol: str) -> Callable[[], object]:
    """Return what loads a store."""

    def work() -> None:
        loader = Loader(store, url, protocol=protocol)
        loader.load()
        loader.close()

    return work


def parsing(file: Path) -> Callable[[], object]:
    """Return what has rdflib parse a file."""
    from rdflib import Dataset

    return lambda: Dataset().parse(file, format="nquads")


def main() -> None:
    """Measure and print."""
    from servers import oxigraph, serving_oxigraph  # the servers of the tests

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", nargs="?", metavar="STORE")
    parser.add_argument("--keep", action="store_true", help="leave the figures in bench/results")
    asked = parser.parse_args()
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = Path(asked.store) if asked.store else built(folder / "store")
        with Store.open(path) as store:
            file = folder / "graph.nq"
            with file.open("wb") as output:
                dump(store, "nquads", output)
            quads = sum(1 for _ in file.open("rb"))

            def row(what: str, work: Callable[[], object]) -> None:
                spent = seconds(work)
                sent = None if "nothing" in what else quads
                rows.append({"": what, "quads sent": sent, "seconds": spent, "quads/s": sent and sent / spent})

            for protocol in ("gsp", "update"):
                with serving_oxigraph(folder / protocol) as url:
                    row(f"kg load, {protocol}", loading(store, f"{url}/store", protocol))
                    row(f"kg load, {protocol}, nothing changed", loading(store, f"{url}/store", protocol))
            command = [str(oxigraph()), "load", "--location", str(folder / "bulk"), "--file", str(file)]
            row("oxigraph load", lambda: subprocess.run(command, check=True, stderr=subprocess.DEVNULL))
            row("rdflib, parse", parsing(file))
    measuring.report("loading", f"python bench/loading.py{' STORE' if asked.store else ''}", rows, keep=asked.keep)


if __name__ == "__main__":
    main()
