"""What it costs to build again: nothing changed, a few articles added, changed, removed, beside building all of it.

    python bench/increments.py CORPUS [--articles N] [--few N] [--jobs N] [--keep]

The corpus is multiplied as for bench/growth.py. What comes out in the end is compared with a build of everything.
"""

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

import measuring
from growth import build, run
from multiplying import multiply

from kg.store import Store


def rebuild(corpus: str, articles: int, few: int, jobs: int) -> list[dict[str, Any]]:
    """Return a row a build; raises `SystemExit` where builds step by step do not give what one of everything gives."""
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        path, store = Path(folder) / "articles", Path(folder) / "store"
        multiply(corpus, path, articles + few)
        lines = [line for file in sorted(path.iterdir()) for line in file.read_text().splitlines(keepends=True)]
        for file in path.iterdir():
            file.unlink()
        (path / "all.jsonl").write_text("".join(lines[:-few]))
        more = path / "more.jsonl"

        def row(what: str, where: Path = store) -> None:
            rows.append({"": what, **run([*build(path, where, jobs), "--prune"])})

        row(f"{articles:,} articles")
        row("nothing changed")
        more.write_text("".join(lines[-few:]))
        row(f"{few} added")
        more.write_text("".join(map(changed, lines[-few:])))
        row(f"{few} changed")
        whole = Path(folder) / "whole"
        row("all of it in one build", whole)
        with Store.open(store) as one, Store.open(whole) as other:
            if one.ledger["digest"] != other.ledger["digest"]:
                raise SystemExit("builds step by step do not give what one build gives; find out why before measuring")
        more.unlink()
        row(f"{few} removed")
    first = rows[0]["processor s"]
    return [{**row, "share": row["processor s"] / first} for row in rows]


def changed(line: str) -> str:
    """Return the row of an article without its last sentences."""
    row = json.loads(line)
    return json.dumps({**row, "text": row["text"][: len(row["text"]) * 2 // 3]}) + "\n"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus")
    parser.add_argument("--articles", type=int, default=10_000, metavar="N")
    parser.add_argument("--few", type=int, default=10, metavar="N")
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    parser.add_argument("--keep", action="store_true", help="leave the figures in bench/results")
    asked = parser.parse_args()
    command = f"python bench/increments.py {Path(asked.corpus).name} --articles {asked.articles} --jobs {asked.jobs}"
    rows = rebuild(asked.corpus, asked.articles, asked.few, asked.jobs)
    measuring.report("increments", command, rows, keep=asked.keep)


if __name__ == "__main__":
    main()
