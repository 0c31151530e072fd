"""What the measurements share: runs apart from one another, the machine they ran on, tables of what came out."""

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

PEERS = Path(__file__).with_name("peers.py")
"""What runs in an environment of its own."""
RESULTS = Path(__file__).parent / "results"


def machine() -> dict[str, str]:
    """Return the kind of machine, the versions and the day, as the tables tell them."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        "python": platform.python_version(),
        "diplomacy-kg": version("diplomacy-kg"),
    }


def one_core() -> None:
    """Keep this process and its children on one core, where the system lets one choose."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def seconds(command: Sequence[str], *, runs: int) -> float:
    """Return the median seconds, from start to end, of ``runs`` runs of a command after one that warms the caches."""
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return median(times[1:])


def apart(script: str | Path, *arguments: str, python: str | Path = sys.executable) -> dict[str, float]:
    """Return the figures that ``script``, run in a process of its own, prints as JSON."""
    done = subprocess.run([str(python), str(script), *arguments], check=True, stdout=subprocess.PIPE)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def table(result: dict[str, Any]) -> str:
    """Return a result as Markdown: where and how it was measured, then the rows."""
    columns = list(result["rows"][0])
    lines = [
        ", ".join(f"{key} {value}" if key != "machine" else value for key, value in result["machine"].items()) + ":",
        "",
        f"    {result['command']}",
        "",
        f"| {' | '.join(columns)} |",
        f"|---{'|--:' * (len(columns) - 1)}|",
        *(f"| {' | '.join(cell(row.get(column)) for column in columns)} |" for row in result["rows"]),
    ]
    return "\n".join(lines) + "\n"


def cell(value: str | float | None) -> str:
    """Return a figure with the digits that mean something.

    >>> [cell(v) for v in ("kg", 1234.5, 12.34, 0.1234, 0.00001, None)]
    ['kg', '1,234', '12.3', '0.12', '0.00', '']
    """
    if value is None or isinstance(value, str):
        return value or ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def report(name: str, command: str, rows: list[dict[str, Any]], *, keep: bool) -> None:
    """Print a table; with ``keep`` leave it and its figures in results/, for docs/benchmarks.md."""
    result = {"command": command, "machine": machine(), "rows": rows}
    print(table(result), end="")
    if keep:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n")
        (RESULTS / f"{name}.md").write_text(table(result))
