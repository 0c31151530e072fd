"""How long the commands take from start to end, beside what the same costs without them.

    python bench/startup.py [--runs N] [--keep]

The peers, in the same run: Python that does nothing, and rdflib that parses the same graph and asks the same query.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import measuring

ROOT = Path(__file__).parent.parent
RDFLIB = """
import sys
from rdflib import Dataset
dataset = Dataset()
dataset.parse(sys.argv[1], format="nquads")
print(len(list(dataset.query(open(sys.argv[2]).read()))))
"""


def commands(kg: str, folder: Path) -> dict[str, list[str]]:
    """Return the commands to measure by name; ``folder`` gets a store and a dump of the sample articles."""
    store, dump, articles = str(folder / "store"), str(folder / "dump.nq"), str(ROOT / "seeds" / "articles")
    build = [kg, "build", articles, "--store"]
    subprocess.run([*build, store], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([kg, "dump", "--store", store, "--format", "nquads", "-o", dump], check=True)
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        "kg --help": [kg, "--help"],
        "kg queries": [kg, "queries"],
        "kg query events": [kg, "query", "events", "--store", store],
        "the same in rdflib": [sys.executable, "-c", RDFLIB, dump, str(ROOT / "queries" / "events.rq")],
        "kg who President --of VN --on 2023-12-01": [kg, "who", "President", "--of", "VN", "--on", "2023-12-01"],
        "kg build seeds/articles": ["sh", "-c", 'rm -rf "$0" && exec "$@"', f"{store}-new", *build, f"{store}-new"],
    }


def compare(runs: int) -> list[dict[str, Any]]:
    """Return a row a command: median seconds, and as a multiple of Python that does nothing."""
    kg = shutil.which("kg", path=str(Path(sys.executable).parent)) or "kg"
    with tempfile.TemporaryDirectory() as folder:
        times = {name: measuring.seconds(line, runs=runs) for name, line in commands(kg, Path(folder)).items()}
    return [
        {"": f"`{name}`" if name.startswith(("kg", "python")) else name, "seconds": spent}
        | {"times python": spent / times["python -c pass"]}
        for name, spent in times.items()
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=9, metavar="N")
    parser.add_argument("--keep", action="store_true", help="leave the figures in bench/results")
    asked = parser.parse_args()
    measuring.report("startup", "python bench/startup.py", compare(asked.runs), keep=asked.keep)


if __name__ == "__main__":
    main()
