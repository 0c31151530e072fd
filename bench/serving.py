"""How many requests `kg serve` answers, and how it fares while others ask it too much.

    python bench/serving.py [STORE] [--seconds N] [--keep]
    python bench/serving.py [STORE] --minutes N [--keep]

STORE is a store that is built; without one the sample articles are built. Pages of things, their Turtle and JSON-LD and
answers of "not modified" are asked for by wrk (32 connections, two threads), names to reconcile in batches of ten. Then
thirty hostile queries are asked, five at a time, beside one who asks for a page and a short query again and again.
Percentiles are of the time from request to answer; "processor ms" is what a request costs the server's own process,
which does not depend on what else the machine does. wrk is a package of most systems.

With --minutes, four clients ask for everything in turn for so long: pages, descriptions, what is not there, stored
queries, SPARQL, graphs, names to reconcile, bad requests. "MB" is then what all processes of the server hold together,
percentiles are those of the pages and descriptions of things.
"""

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import measuring

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from attacks import QUERIES
from servers import Answered, Server, serving_store

from kg.reconciliation import Entities
from kg.store import Store

SEEDS = Path(__file__).parent.parent / "seeds" / "articles"
DEADLINE = 5
PAGES = 500
"""Things whose pages are asked for, again and again."""
CONNECTIONS = 32
DESCRIBED = 3
"""How many of the kinds of request of `everything` ask for a thing's page or description."""
PAUSE = 0.02
"""Seconds for which a client that asks for everything waits between two requests."""
SCRIPT = """
local targets = {}
for line in io.lines("%s") do targets[#targets + 1] = line end
local next = 0
request = function()
  next = next + 1
  return wrk.format("%s", targets[(next - 1) %% #targets + 1], %s, nil)
end
"""


def chosen(store: Path, suffix: str, count: int = PAGES) -> list[str]:
    """Return the addresses of some things, the same each time."""
    with Store.open(store) as opened:
        names = list(Entities(opened).all)
    random.Random(1).shuffle(names)  # noqa: S311
    return [f"/{name}{suffix}" for name in names[:count]]


def wrk(server: Server, targets: Sequence[str], seconds: int, headers: str = "{}") -> dict[str, float]:
    """Return requests a second, percentiles in milliseconds, and answers that are errors."""
    with tempfile.TemporaryDirectory() as folder:
        listed, script = Path(folder) / "targets", Path(folder) / "script.lua"
        listed.write_text("\n".join(targets))
        script.write_text(SCRIPT % (listed, "GET", headers))
        command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s", str(script),
                   f"http://127.0.0.1:{server.port}"]  # fmt: skip
        begun = processor(server.process)
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    sockets = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", told)
    return {
        "requests/s": float(_found(r"Requests/sec:\s+([\d.]+)", told)),
        "processor ms": 1000 * (processor(server.process) - begun) / int(_found(r"(\d+) requests in", told)),
        "p50 ms": _milliseconds(_found(r"\n\s+50%\s+(\S+)", told)),
        "p99 ms": _milliseconds(_found(r"\n\s+99%\s+(\S+)", told)),
        "errors": float(errors[1] if errors else 0) + sum(map(float, sockets.groups() if sockets else ())),
    }


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise SystemExit(f"wrk printed no {pattern}:\n{text}")
    return found[1]


def _milliseconds(text: str) -> float:
    """Return a time as wrk prints it.

    >>> _milliseconds("12.50ms"), _milliseconds("800.00us"), _milliseconds("1.20s")
    (12.5, 0.8, 1200.0)
    """
    number, unit = float(text.rstrip("musn")), text.lstrip("0123456789.")
    return number * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[unit]


def percentile(times: Sequence[float], share: float) -> float:
    """Return the time that so many of a hundred do not exceed, in milliseconds."""
    return 1000 * sorted(times)[min(len(times) - 1, int(len(times) * share / 100))]


def reconciled(server: Server, store: Path, seconds: int) -> dict[str, float]:
    """Return figures of batches of ten names, one letter of each left out, asked for one after the other."""
    with Store.open(store) as opened:
        names = [entity.name for entity in Entities(opened).all.values() if len(entity.name) > 3]
    chance = random.Random(1)  # noqa: S311
    times: list[float] = []
    errors = 0
    ask(server, names[:1])  # the names are read when they are first asked for
    end, begun = time.monotonic() + seconds, processor(server.process)
    while time.monotonic() < end:
        slips = [name[:i] + name[i + 1 :] for name in chance.choices(names, k=10) if (i := chance.randrange(len(name)))]
        reply = ask(server, slips)
        times.append(reply.seconds)
        errors += reply.status != 200
    rate, spent = 10 * len(times) / sum(times), 100 * (processor(server.process) - begun) / len(times)
    return {
        "requests/s": rate,
        "processor ms": spent,
        "p50 ms": percentile(times, 50),
        "p99 ms": percentile(times, 99),
        "errors": errors,
    }


def ask(server: Server, names: Sequence[str]) -> Answered:
    """Return the answer to a batch of names."""
    form = urlencode({"queries": json.dumps({str(n): {"query": name} for n, name in enumerate(names)})}).encode()
    return server.ask("POST", "/reconcile", form, Content_Type="application/x-www-form-urlencoded")


def beset(server: Server) -> Iterator[dict[str, Any]]:
    """Yield the figures of those who attack and of one who does not."""
    stop = threading.Event()
    pages: list[Answered] = []
    queries: list[Answered] = []

    def live() -> None:
        while not stop.is_set():
            pages.append(server.ask("GET", "/person/xi-jinping.html"))
            queries.append(server.sparql("ASK { ?s a <https://w3id.org/diplomacy-kg/ontology/Event> }"))
            time.sleep(0.01)

    friend = threading.Thread(target=live)
    friend.start()
    with ThreadPoolExecutor(5) as attackers:
        hostile = list(attackers.map(server.sparql, QUERIES))
    stop.set()
    friend.join()
    for name, replies, well in (
        ("hostile queries", hostile, {200, 400, 403, 413, 503}),
        ("a page beside them", pages, {200}),
        ("a short query beside them", queries, {200}),
    ):
        times = [reply.seconds for reply in replies]
        errors = sum(reply.status not in well for reply in replies)
        yield {
            "": name, "requests/s": len(times) / sum(times), "p50 ms": percentile(times, 50),
            "p99 ms": percentile(times, 99), "worst ms": 1000 * max(times), "errors": errors,
        }  # fmt: skip


def memory(process: int) -> float:
    """Return the megabytes that a process holds."""
    text = Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1000  # type: ignore[index]


def processor(process: int) -> float:
    """Return the processor seconds that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rows(store: Path, seconds: int) -> Iterator[dict[str, Any]]:
    """Yield the figures of each kind of request."""
    with serving_store(store, "--deadline", str(DEADLINE), "--rate", "0") as server:
        pages = chosen(store, ".html")
        begun, spent = time.monotonic(), processor(server.process)
        first = [server.ask("GET", page) for page in pages]
        made, spent = time.monotonic() - begun, 1000 * (processor(server.process) - spent) / len(first)
        times = [reply.seconds for reply in first]
        errors = sum(reply.status != 200 for reply in first)
        yield {"": "pages, asked for first", "requests/s": len(first) / made, "processor ms": spent,
               "p50 ms": percentile(times, 50), "p99 ms": percentile(times, 99), "errors": errors}  # fmt: skip
        yield {"": "pages", **wrk(server, pages, seconds), "MB": memory(server.process)}
        tag = f'{{["If-None-Match"] = "{first[0].headers["etag"].replace(chr(34), chr(92) + chr(34))}"}}'
        yield {"": "a page, not modified", **wrk(server, pages[:1], seconds, tag), "MB": memory(server.process)}
        described = chosen(store, ".ttl", 250) + chosen(store, ".jsonld", 250)
        wrk(server, described, seconds)
        yield {"": "Turtle and JSON-LD", **wrk(server, described, seconds), "MB": memory(server.process)}
        yield {"": "names to reconcile", **reconciled(server, store, seconds), "MB": memory(server.process)}
        for row in beset(server):
            yield {**row, "MB": memory(server.process)}


def family(process: int) -> list[int]:
    """Return a process and all that descend from it."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents.setdefault(int(stat.read_text().rpartition(") ")[2].split()[1]), []).append(int(stat.parent.name))
    found = [process]
    for one in found:
        found += parents.get(one, [])
    return found


def held(process: int) -> float:
    """Return the megabytes that a process and its descendants hold, what they share counted once."""
    total = 0
    for one in family(process):
        with suppress(OSError):  # it may just have ended
            total += int(re.search(r"Pss:\s+(\d+)", Path(f"/proc/{one}/smaps_rollup").read_text())[1])  # type: ignore[index]
    return total / 1000


def everything(store: Path) -> list[Callable[[Server, random.Random], tuple[Answered, set[int]]]]:
    """Return requests of every kind, each with the statuses it may have."""
    pages, described = chosen(store, ".html", 5000), chosen(store, ".ttl", 5000) + chosen(store, ".jsonld", 5000)
    with Store.open(store) as opened:
        names = [entity.name for entity in Entities(opened).all.values() if entity.type == "person"]
        graphs = [graph.value for graph in opened.graphs()]
    dip = "https://w3id.org/diplomacy-kg/ontology/"

    def get(targets: Sequence[str], *well: int) -> Callable[[Server, random.Random], tuple[Answered, set[int]]]:
        return lambda server, chance: (server.ask("GET", chance.choice(targets)), set(well))

    single = [f"/{name}.html" for name in ("index", "timeline", "network", "matrix", "queries", "search", "data")]
    return [
        get(pages, 200), get(pages, 200), get(described, 200), get(single, 200),
        get([f"/person/{n}.html" for n in ("nobody", "joe-bidden", "x" * 300)] + ["/a/b/c", "/%2e%2e/etc/passwd"], 404),
        get(["/query/events.csv", "/query/people.json", "/query/tenures.xml", "/query/articles.csv?x=y"], 200, 400),
        lambda server, chance: (
            server.ask("GET", f"/query/who-met.csv?{urlencode({'person': chance.choice(names)})}"), {200, 400}),
        lambda server, chance: (
            server.sparql(f"SELECT * {{ ?s a <{dip}Event> ; ?p ?o }} LIMIT {chance.randrange(1, 2000)}"), {200}),
        lambda server, chance: (server.sparql(chance.choice(["SELECT", "DROP ALL", "ASK { SERVICE <http://a.b> {} }"])),
                                {400, 403}),
        lambda server, chance: (
            server.ask("GET", f"/graphs?{urlencode({'graph': chance.choice(graphs)})}"), {200}),
        lambda server, chance: (ask(server, chance.choices(names, k=10)), {200}),
    ]  # fmt: skip


def over_minutes(store: Path, minutes: int) -> Iterator[dict[str, Any]]:
    """Yield what a server that is asked for everything held, had answered and failed at, minute after minute."""
    requests = everything(store)
    done = 0
    pages: list[float] = []
    errors: list[str] = []
    stop = threading.Event()

    def live(server: Server, seed: int) -> None:
        nonlocal done
        chance = random.Random(seed)  # noqa: S311
        while not stop.is_set():
            kind = chance.randrange(len(requests))
            reply, well = requests[kind](server, chance)
            done += 1
            if kind < DESCRIBED:
                pages.append(reply.seconds)
            time.sleep(PAUSE)
            if reply.status not in well:
                errors.append(f"{reply.status} {reply.body[:200]!r}")

    with serving_store(store, "--deadline", "30", "--rate", "0") as server, ThreadPoolExecutor(4) as clients:
        yield {"": "at the start", "requests": 0.0, "errors": 0.0, "MB": held(server.process)}
        lives = [clients.submit(live, server, seed) for seed in range(4)]
        for minute in range(1, minutes + 1):
            time.sleep(60)
            yield {"": f"after {minute} min", "requests": float(done), "errors": float(len(errors)),
                   "p50 ms": percentile(pages, 50), "p99 ms": percentile(pages, 99), "MB": held(server.process),
                   "processes": float(len(family(server.process)))}  # fmt: skip
        stop.set()
        for one in lives:
            one.result()
    for error in sorted(set(errors))[:10]:
        print(error, file=sys.stderr)


@contextmanager
def at_hand(asked: str | None) -> Iterator[Path]:
    """Yield the store asked for, or one of the sample articles."""
    if asked:
        yield Path(asked)
        return
    from kg.engines import build

    with tempfile.TemporaryDirectory() as folder:
        build([str(SEEDS)], Path(folder) / "store")
        yield Path(folder) / "store"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", nargs="?", metavar="STORE")
    parser.add_argument("--seconds", type=int, default=10, metavar="N", help="how long each kind is asked for")
    parser.add_argument("--minutes", type=int, default=0, metavar="N", help="ask for everything for so long")
    parser.add_argument("--keep", action="store_true", help="leave the figures in bench/results")
    asked = parser.parse_args()
    if asked.minutes:
        with at_hand(asked.store) as store:
            found = [{"": "", **row} for row in over_minutes(store, asked.minutes)]
        command = f"python bench/serving.py{' STORE' if asked.store else ''} --minutes {asked.minutes}"
        columns = ("", "requests", "errors", "p50 ms", "p99 ms", "MB", "processes")
        rows_ = [{column: row.get(column) for column in columns} for row in found]
        measuring.report("serving-minutes", command, rows_, keep=asked.keep)
        return
    if not shutil.which("wrk"):
        raise SystemExit("install wrk first, for example: apt-get install wrk")
    columns = ("", "requests/s", "processor ms", "p50 ms", "p99 ms", "worst ms", "errors", "MB")
    with at_hand(asked.store) as store:
        found = [{name: row.get(name) for name in columns} for row in rows(store, asked.seconds)]
    name = "serving" if not asked.store else "serving-1000"
    measuring.report(name, f"python bench/serving.py{' STORE' if asked.store else ''}", found, keep=asked.keep)


if __name__ == "__main__":
    main()
