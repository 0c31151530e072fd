"""How long Apache Spark takes to map and resolve, beside the local engine on the same articles.

    python bench/spark.py CORPUS [--articles N] [--jobs N] [--keep]

Both write sorted N-Quads, which are compared byte by byte. "Start-up" is a Spark session that does nothing.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

import measuring
from growth import run
from multiplying import multiply

START = "from kg.engines.spark import session; session({}).range(1).count()"


def compare(corpus: str, articles: int, jobs: int) -> list[dict[str, Any]]:
    """Return a row an engine."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        multiply(corpus, folder / "articles", articles)
        kg = [sys.executable, "-m", "kg", "map", str(folder / "articles"), "--jobs", str(jobs)]
        local = run([*kg, "--format", "nquads", "-o", str(folder / "local.nq")])
        start = run([sys.executable, "-c", START.format(jobs)])
        spark = run([*kg, "--engine", "spark", "-o", str(folder / "shards")])
        shards = b"".join(file.read_bytes() for file in sorted((folder / "shards").glob("part-*")))
        if shards != (folder / "local.nq").read_bytes():
            raise SystemExit("the two engines do not write the same bytes; find out why before measuring")
    beyond = spark["seconds"] - start["seconds"]
    return [
        {"": "local", **local, "times local": 1.0},
        {"": "Spark, start-up", **start},
        {"": f"Spark, local[{jobs}]", **spark},
        {"": "Spark beyond start-up", "seconds": beyond, "times local": beyond / local["seconds"],
         "processor s": spark["processor s"] - start["processor s"]},
    ]  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus")
    parser.add_argument("--articles", type=int, default=10_000, metavar="N")
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    parser.add_argument("--keep", action="store_true", help="leave the figures in bench/results")
    asked = parser.parse_args()
    command = f"python bench/spark.py {Path(asked.corpus).name} --articles {asked.articles} --jobs {asked.jobs}"
    measuring.report("spark", command, compare(asked.corpus, asked.articles, asked.jobs), keep=asked.keep)


if __name__ == "__main__":
    main()
