"""How time and memory of a build grow with the number of articles, and what a second process is worth.

    python bench/growth.py CORPUS [--articles N ...] [--jobs N] [--keep]

The corpus is multiplied with names and dates varied (bench/multiplying.py); each build maps, resolves, validates and
stores into a fresh store. "Processor s" is what all processes of a build used: half of it is what two cores need when
nothing else is going on; "others" is how many cores others kept busy meanwhile. Memory is that of all processes, shared
pages counted once (PSS), looked at twice a second. "Exponent" is that of growth since the row above, of processor time.
"""

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import measuring
from multiplying import multiply

_TICKS = os.sysconf("SC_CLK_TCK")


class Watched:
    """What a process and all that it starts use of the machine, as Linux tells it."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._root = process.pid
        self._spent: dict[int, float] = {}
        self._known = {process.pid}
        self.peak = 0.0
        """MB."""

    @property
    def seconds(self) -> float:
        """Processor seconds."""
        return sum(self._spent.values())

    def look(self) -> None:
        """Look at all processes once."""
        parents = dict(_processes())
        while more := {pid for pid, (parent, _) in parents.items() if parent in self._known} - self._known:
            self._known |= more
        memory = 0.0
        for pid in self._known & parents.keys():
            self._spent[pid] = max(parents[pid][1], self._spent.get(pid, 0.0))
            memory += _memory(pid)
        self.peak = max(self.peak, memory)


def _processes() -> Iterator[tuple[int, tuple[int, float]]]:
    for path in Path("/proc").glob("[0-9]*"):
        try:
            fields = (path / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        yield int(path.name), (int(fields[1]), (int(fields[11]) + int(fields[12])) / _TICKS)


def _memory(pid: int) -> float:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1000
    except OSError:
        pass
    return 0.0


def _busy() -> float:
    """Return the processor seconds that the machine has spent."""
    fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    return sum(int(fields[n]) for n in (0, 1, 2, 5, 6)) / _TICKS


def run(command: list[str]) -> dict[str, float]:
    """Return what a command took: seconds, processor seconds, peak MB, and how many cores others had."""
    began, busy = time.perf_counter(), _busy()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        watched = Watched(process)
        while process.poll() is None:
            watched.look()
            time.sleep(0.5)
    if process.returncode not in (0, 1):  # 1 is findings
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    seconds = time.perf_counter() - began
    others = max((_busy() - busy - watched.seconds) / seconds, 0.0)
    return {"seconds": seconds, "processor s": watched.seconds, "peak MB": watched.peak, "others": others}


def build(articles: Path, store: Path, jobs: int) -> list[str]:
    """Return the command that builds a store."""
    return [sys.executable, "-m", "kg", "build", str(articles), "--store", str(store), "--jobs", str(jobs)]


def grow(corpus: str, sizes: list[int], jobs: int) -> list[dict[str, Any]]:
    """Return a row a size, and one of a single process at the size before the last, or the only one."""
    rows: list[dict[str, Any]] = []
    alone = sizes[-2] if len(sizes) > 1 else sizes[-1]
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            articles = Path(folder) / f"articles-{size}"
            multiply(corpus, articles, size)
            for number in [jobs, 1] if size == alone and jobs > 1 else [jobs]:
                figures = run(build(articles, Path(folder) / f"store-{size}-{number}", number))
                row = {"articles": f"{size:,}", "jobs": str(number), **figures, "articles/s": size / figures["seconds"]}
                before = next((r for r in reversed(rows) if r["jobs"] == str(number)), None)
                if before:
                    growth = size / int(before["articles"].replace(",", ""))
                    row["exponent"] = math.log(row["processor s"] / before["processor s"]) / math.log(growth)
                rows.append(row)
    return [{**dict.fromkeys(("articles", "jobs", "seconds")), **row, "exponent": row.get("exponent")} for row in rows]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus")
    parser.add_argument("--articles", type=int, nargs="+", default=[1000, 4000, 10_000], metavar="N")
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    parser.add_argument("--keep", action="store_true", help="leave the figures in bench/results")
    asked = parser.parse_args()
    sizes = " ".join(map(str, asked.articles))
    command = f"python bench/growth.py {Path(asked.corpus).name} --articles {sizes} --jobs {asked.jobs}"
    measuring.report("growth", command, grow(asked.corpus, sorted(asked.articles), asked.jobs), keep=asked.keep)


if __name__ == "__main__":
    main()
