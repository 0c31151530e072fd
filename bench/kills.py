"""Kill builds and loads at random moments and see that nothing acknowledged is lost.

    python bench/kills.py [--kills N] [--of builds|loads] [--jobs N ...] [--seed N] [--keep]

Kills of builds with each number of jobs, and as many of loads into an Oxigraph server on loopback. Each is the real
command in a process of its own, forked from this one, which has loaded everything but opened no store, so that a kill
hits the work and not its start. With several jobs all stages of a build are done by workers, however little there is to
do, and the database is filled while the graph is validated. After each kill the store is read and compared with what
two uninterrupted builds made, and what counts as loaded with what the server holds; then the same command goes on until
it comes to its end, while workers of the one before may still be at their last job. These have to end by themselves.
Exit code 1 and a line for each fault found; standard error tells how far it is.
"""

import argparse
import ctypes
import json
import os
import pickle
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import measuring
import msgspec
import pyoxigraph as ox

from kg import cli
from kg.articles import Article
from kg.engines import local, taking
from kg.iris import digest
from kg.language.lexicon import load_lexicon
from kg.loading import DEFAULT, Loader
from kg.mappers import map_article
from kg.resources import folder
from kg.store import Store
from kg.transport import Transport

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

BATCH = 8
"""Sources acknowledged together here, so that there are moments between."""

OWN = ". The two sides went through the {} points of a plan for trade and for the safety of ships at sea. "

PIECE = "0.02"
"""Megabytes sent together here, for the same reason."""

ORPHANED = 60
"""Seconds after which no worker of a killed build may be there any more."""

PR_SET_CHILD_SUBREAPER = 36
"""Of prctl(2)."""
FEW = taking.FEW, local.FEW
"""Batches and articles that are few, as kg has it."""

Contents = dict[tuple[str, int], str]
Graphs = dict[str, frozenset[str]]
"""Triples by the name of their graph."""


def inputs(path: Path, *, changed: bool = False, edition: int = 0) -> Path:
    """Write the sample articles, and their texts with other names as rows; ``changed``: some other, gone, and new.

    The rows of each edition are other ones.
    """
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir()
    samples = sorted(Path(str(folder("seeds") / "articles")).iterdir())
    for number, sample in enumerate(samples):
        if not (changed and number % 5 == 0):
            shutil.copy(sample, path)
    texts = [sample.read_text(errors="replace") for sample in samples if sample.suffix == ".txt"]
    rows = []
    for number in range(24 + 4 * changed):
        name = "Anna" if changed and number % 7 == 0 else "Jan"
        own = OWN.format(100 * edition + number)
        text = texts[number % len(texts)].replace("Minister", f"Minister {name}").replace(". ", own, 1)
        rows.append({"url": f"https://example.org/{number}", "text": text, "date": "2024-05-08"})
    (path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def apart(work: Callable[[], Any]) -> Any:
    """Return what ``work`` returns in a process of its own; raises what it raises."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            result: tuple[bool, Any] = (True, work())
        except BaseException as error:  # told by the parent
            result = (False, repr(error))
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(result, pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read()
    os.waitpid(child, 0)
    fine, value = pickle.loads(data)  # noqa: S301 - our own
    if not fine:
        raise RuntimeError(value)
    return value


def started(command: Sequence[str]) -> int:
    """Start a command of kg in a process of its own and return its id."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        try:
            cli.main(list(command))
        except SystemExit as done:
            os._exit(int(done.code or 0))
        os._exit(3)
    return child


def building(path: Path, store: Path, jobs: int = 1) -> list[str]:
    """Return the command that builds a store."""
    return ["build", str(path), "--prune", "--store", str(store), "--jobs", str(jobs)]


def ended(child: int) -> int:
    """Wait for a command and return its exit code, negative where it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def hold(fact: bool, otherwise: str) -> None:
    """Raise `RuntimeError` where something is not so."""
    if not fact:
        raise RuntimeError(otherwise)


def state(store: Path) -> tuple[str, Contents]:
    """Return the digest of the graph and the contents acknowledged. Raises `RuntimeError` where a part is broken."""
    from kg.store.damage import damage
    from kg.store.journal import Journal, batches_of
    from kg.store.ledger import read_ledger
    from kg.store.outlines import digest_of, line_of

    if not (store / "store.json").exists():
        hold(not any(store.glob("journal/*")), "a journal without a ledger")
        return "", {}
    hold(not (found := damage(store)), str(found))
    journal = Journal(store, batches_of(store, read_ledger(store)))
    for entry in journal.entries.values():
        if not entry.refused:
            article = msgspec.msgpack.decode(journal.payload(entry), type=taking.Stored).article
            hold(digest(article.text) == entry.text, f"half an article: {entry.file}")
    contents = {i: entry.content for i, entry in journal.entries.items()}
    with Store.open(store) as opened:
        if "digest" not in opened.ledger:
            return "", contents
        lines = b"".join(sorted(map(line_of, opened.quads())))
        hold(digest_of([lines]) == opened.ledger["digest"], "the graph is not what the ledger says")
        return opened.ledger["digest"], contents


def adopt_orphans() -> None:
    """Be the parent of what killed commands leave, where the system can do that (Linux, prctl(2))."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def orphans_end() -> bool:
    """Wait for processes that killed commands have left; tell whether all of them have ended."""
    end = time.monotonic() + ORPHANED
    while time.monotonic() < end:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.1)
        except ChildProcessError:
            return True
    return False


class Trial:
    """Kills, and what came of them."""

    what = ""
    """What is killed."""

    def __init__(self, work: Path, chance: random.Random):
        self.work, self.chance = work, chance
        self.kills = self.begun = self.completed = self.most = 0
        self.faults = list[str]()
        self.lasts: dict[str, float] = {}
        """How long what is killed lasted when it was last left alone: others are on the machine too."""
        self._began = time.monotonic()

    def alone(self, name: str, command: Sequence[str]) -> None:
        """Run a command to its end, to know how long it lasts."""
        start = time.monotonic()
        hold((code := ended(started(command))) == 0, f"what was left alone ended with {code}")
        self.lasts[name] = time.monotonic() - start

    def killed(self, name: str, command: Sequence[str], *, anew: bool, last: bool) -> int:
        """Return how a command ended that is killed at a random moment of those it lasts, but not the last one.

        It may go on where others were killed, or begin ``anew``.
        """
        start, child = time.monotonic(), started(command)
        moment = start + self.chance.uniform(0, self.lasts[name] * 1.1)
        while last or time.monotonic() < moment:
            if (done := os.waitpid(child, os.WNOHANG))[0]:
                code = os.waitstatus_to_exitcode(done[1])
                break
            time.sleep(0.01)
        else:
            os.kill(child, signal.SIGKILL)
            code = ended(child)
        if code == -signal.SIGKILL:
            self.kills += 1
            self.lasts[name] *= 1.02  # should it last longer now, it has to come to its end all the same
        elif anew:
            self.lasts[name] = time.monotonic() - start
        if code not in (0, -signal.SIGKILL):
            self.fault(f"it ended with {code}")
        so_far = f"{self.kills} killed, {self.completed} completed, {len(self.faults)} faults"
        print(f"{self.what}: {so_far}, {time.monotonic() - self._began:.0f} s", file=sys.stderr, flush=True)
        return code

    def fault(self, what: str) -> None:
        """Take note of a fault."""
        self.faults.append(f"{self.what}, kill {self.kills}: {what}")

    def row(self) -> dict[str, Any]:
        """Return the row of the table."""
        figures = {"kills": self.kills, "faults": len(self.faults), "begun": self.begun, "completed": self.completed}
        return {"": self.what, **{name: str(n) for name, n in figures.items()}, "kept at most": str(self.most)}


class Builds(Trial):
    """Builds of one store that are killed until one comes to its end, first of these articles, then of changed ones."""

    def __init__(self, work: Path, chance: random.Random, jobs: int):
        super().__init__(work, chance)
        self.what = "builds" if jobs == 1 else f"builds, {jobs} jobs"
        self.jobs, self.stages = jobs, []
        for changed in (False, True):
            path, store = inputs(work / "in", changed=changed), work / "reference"
            self.alone(self._name(changed), building(path, store, jobs))
            self.stages.append((changed, *apart(lambda store=store: state(store))))

    def _name(self, changed: bool) -> str:
        return "changed" if changed else "first"

    def run(self, kills: int) -> None:
        """Kill ``kills`` builds."""
        while self.kills < kills and len(self.faults) < 20:
            store = self.work / "store"
            shutil.rmtree(store, ignore_errors=True)
            digests, before = {""}, {}
            for changed, whole, contents in self.stages:
                inputs(self.work / "in", changed=changed)
                self._until_done(self._name(changed), store, digests | {whole}, before, contents, kills)
                digests, before = {whole}, contents
                if self.kills >= kills:
                    break

    def _until_done(self, name: str, store: Path, digests: set[str], before: Contents, after: Contents,
                    kills: int) -> None:  # fmt: skip
        done: Contents = {}
        self.begun += 1
        first = self.kills
        while True:
            command = building(self.work / "in", store, self.jobs)
            code = self.killed(name, command, anew=self.kills == first, last=self.kills >= kills)
            if code not in (0, -signal.SIGKILL):
                return
            try:
                found, contents = apart(lambda: state(store))
            except RuntimeError as error:
                self.fault(str(error))
                return
            self._compare(
                found, contents, digests if code else digests & {found, *self._wholes(after)}, before, after, done
            )
            done = {i: content for i, content in contents.items() if after.get(i) == content}
            self.most = max(self.most, len(done))
            if code == 0:
                self.completed += contents == after and found in self._wholes(after)
                if contents != after or found not in self._wholes(after):
                    self.fault("what came to its end is not what was to come")
                return

    def _wholes(self, after: Contents) -> set[str]:
        return {whole for _, whole, contents in self.stages if contents == after}

    def _compare(self, found: str, contents: Contents, digests: set[str], before: Contents, after: Contents,
                 done: Contents) -> None:  # fmt: skip
        if found not in digests:
            self.fault("the graph is neither the old one nor the new one")
        lost = [i for i, content in done.items() if contents.get(i) != content]
        strange = [i for i, content in contents.items() if content not in (before.get(i), after.get(i))]
        if lost or strange:
            self.fault(f"{len(lost)} acknowledged articles lost, {len(strange)} strange")


class Loads(Trial):
    """Loads of one store into a server that are killed until one comes to its end, and again with other articles."""

    def __init__(self, work: Path, chance: random.Random, server: str):
        super().__init__(work, chance)
        self.what, self.server, self.store = "loads", server, work / "loaded"
        self._build()
        self.alone(self.what, self._command)

    @property
    def _command(self) -> list[str]:
        return ["load", "--store", str(self.store), "--to", f"{self.server}/store", "--batch", PIECE]

    def _build(self) -> None:
        path = inputs(self.work / "in", changed=bool(self.begun % 2), edition=self.begun)
        hold((code := ended(started(building(path, self.store)))) == 0, f"the build to load ended with {code}")

    def run(self, kills: int) -> None:
        """Kill ``kills`` loads."""
        while self.kills < kills and len(self.faults) < 20:
            self.begun += 1
            self._build()
            code, first = -signal.SIGKILL, self.kills
            while code == -signal.SIGKILL:
                code = self.killed(self.what, self._command, anew=self.kills == first, last=self.kills >= kills)
                counted, wrong, whole = apart(self._compared)
                self.most = max(self.most, counted)
                if wrong or (code == 0 and not whole):
                    self.fault(f"{wrong} graphs wrongly counted, {'all' if whole else 'not all'} as in the store")
            self.completed += code == 0 and whole

    def _compared(self) -> tuple[int, int, bool]:
        """Return how many graphs count as loaded, how many of them wrongly, and whether the server holds the store."""
        dump = Transport(most=1 << 30).request("GET", f"{self.server}/store", headers={"Accept": "application/n-quads"})
        there = graphs_of(ox.parse(dump.body, format=ox.RdfFormat.N_QUADS))
        with Store.open(self.store) as store:
            here, loader = graphs_of(store.quads()), Loader(store, f"{self.server}/store")
            counted = here.keys() - loader.plan().send.keys()
            loader.close()
        return len(counted), sum(there.get(name) != here[name] for name in counted), there == here


def graphs_of(quads: Iterable[ox.Quad]) -> Graphs:
    """Return the triples of each graph."""
    found: dict[str, set[str]] = {}
    for quad in quads:
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else DEFAULT
        found.setdefault(name, set()).add(str(quad.triple))
    return {name: frozenset(triples) for name, triples in found.items()}


def builds(work: Path, seed: int, jobs: int, kills: int) -> Trial:
    """Return the trial of builds."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    taking.FEW, local.FEW = (1, 1) if jobs > 1 else FEW
    trial = Builds(work, random.Random(seed), jobs)  # noqa: S311 - chance that repeats
    trial.run(kills)
    if not orphans_end():
        trial.fault(f"processes of killed builds were there after {ORPHANED} seconds")
    return trial


def loads(work: Path, seed: int, kills: int) -> Trial:
    """Return the trial of loads."""
    from servers import serving_oxigraph  # the servers of the tests

    with serving_oxigraph(work / "server") as server:
        trial = Loads(work, random.Random(seed), server)  # noqa: S311 - chance that repeats
        trial.run(kills)
    return trial


def main() -> int:
    """Run the trials and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200, metavar="N")
    parser.add_argument("--of", choices=("builds", "loads"), help="only these")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2], metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--keep", action="store_true", help="leave the figures in bench/results")
    given = parser.parse_args()
    taking.BATCH = BATCH
    adopt_orphans()
    map_article(Article(text="President Xi Jinping met President Joe Biden.", file="a"), load_lexicon())
    trials = list[Trial]()
    of_builds = given.jobs if given.of != "loads" else []
    share = given.kills if given.of else given.kills // 2
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        work = Path(folder)
        trials += [builds(work / "builds", given.seed, jobs, share // len(of_builds)) for jobs in of_builds]
        trials += [loads(work, given.seed, share)] if given.of != "builds" else []
    faults = [fault for trial in trials for fault in trial.faults]
    print("\n".join(faults), end="\n" * bool(faults))
    of = f" --of {given.of}" * bool(given.of)
    jobs = f" --jobs {' '.join(map(str, given.jobs))}" * (given.jobs != [1, 2])
    name = f"kills-{given.of}" if given.of else "kills"
    command = f"python bench/kills.py --kills {given.kills}{of}{jobs}"
    measuring.report(name, command, [trial.row() for trial in trials], keep=given.keep)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
