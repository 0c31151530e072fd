"""How well articles are read that no rule was written for: F1 by sort against annotations of our own.

    python bench/reading.py CORPUS SCORER [--keep]

``CORPUS`` is a folder of JSON lines whose articles have ids; those that bench/annotations has a file for are read.
``SCORER`` is the script of the project's annotation guide, which tells what counts as found; it is not part of this
repository and is called as ``SCORER --kg COMMAND --gold DIR --texts DIR --json FILE``. Totals only are shown, since
whoever has read what was missed there has tuned to it (bench/annotations/README.md).
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import measuring

ANNOTATIONS = Path(__file__).parent / "annotations"


def annotated(corpus: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a corpus that there is an annotation for."""
    for path in sorted(corpus.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if (ANNOTATIONS / f"{record['id']}.json").exists():
                    yield record


def scored(corpus: Path, scorer: Path) -> list[dict[str, Any]]:
    """Return a row a sort of thing (people, offices, events …): how many there are, precision, recall and F1."""
    with tempfile.TemporaryDirectory() as scratch:
        texts, figures = Path(scratch, "texts"), Path(scratch, "figures.json")
        texts.mkdir()
        for record in annotated(corpus):
            Path(texts, f"{record['id']}.json").write_text(json.dumps(record), "utf-8")
        kg = f"{sys.executable} -m kg"
        given = ["--kg", kg, "--gold", str(ANNOTATIONS), "--texts", str(texts), "--json", str(figures)]
        subprocess.run([sys.executable, str(scorer), *given], check=True, stdout=subprocess.DEVNULL)
        return [
            {"": sort, "stated": str(row["gold"])} | {name: row[name] for name in ("precision", "recall", "f1")}
            for sort, row in json.loads(figures.read_text("utf-8")).items()
        ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--keep", action="store_true", help="leave the figures in bench/results")
    asked = parser.parse_args()
    command = f"python bench/reading.py {asked.corpus.name} {asked.scorer.name}"
    measuring.report("reading", command, scored(asked.corpus, asked.scorer), keep=asked.keep)


if __name__ == "__main__":
    main()
