"""Kill builds at random moments and see that nothing acknowledged is lost: python bench/kills.py --kills 200 [--jobs N]

Each build is the real command in a process of its own, forked from this one, which has loaded everything but opened no
store, so that a kill hits the build and not its start. With several jobs all stages are done by workers, however little
there is to do, and the database is filled while the graph is validated. After each kill the store is read and compared
with what two uninterrupted builds made; then the same command goes on. Exit code 1 and a line for each fault found.
"""

import argparse
import json
import os
import pickle
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from kg import cli
from kg.articles import Article
from kg.engines import local, taking
from kg.iris import digest
from kg.language.lexicon import load_lexicon
from kg.mappers import map_article
from kg.resources import folder

BATCH = 8
"""Sources acknowledged together here, so that there are moments between."""

OWN = ". The two sides went through the {} points of a plan for trade and for the safety of ships at sea. "

Contents = dict[tuple[str, int], str]


def inputs(path: Path, *, changed: bool = False) -> Path:
    """Write the sample articles, and their texts with other names as rows; ``changed``: some other, gone, and new."""
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
        text = texts[number % len(texts)].replace("Minister", f"Minister {name}").replace(". ", OWN.format(number), 1)
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


def started(path: Path, store: Path, jobs: int) -> int:
    """Start a build in a process of its own and return its id."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        try:
            cli.main(["build", str(path), "--prune", "--store", str(store), "--jobs", str(jobs)])
        except SystemExit as done:
            os._exit(int(done.code or 0))
        os._exit(3)
    return child


def ended(child: int) -> int:
    """Wait for a build and return its exit code, negative where it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def hold(fact: bool, otherwise: str) -> None:
    """Raise `RuntimeError` where something is not so."""
    if not fact:
        raise RuntimeError(otherwise)


def state(store: Path) -> tuple[str, Contents]:
    """Return the digest of the graph and the contents acknowledged. Raises `RuntimeError` where a part is broken."""
    from kg.store import Store
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


class Trial:
    """Builds of one store that are killed until one comes to its end, first of these articles, then of changed ones."""

    def __init__(self, work: Path, chance: random.Random, jobs: int):
        self.work, self.chance, self.jobs = work, chance, jobs
        self.kills, self.acknowledged, self.faults = 0, 0, list[str]()
        self.stages = []
        for changed in (False, True):
            path, store = inputs(work / "in", changed=changed), work / "reference"
            start = time.monotonic()
            code = ended(started(path, store, jobs))
            hold(code == 0, f"a build that was left alone ended with {code}")
            self.stages.append((changed, time.monotonic() - start, *apart(lambda store=store: state(store))))

    def run(self, kills: int) -> None:
        """Kill ``kills`` builds."""
        while self.kills < kills and len(self.faults) < 20:
            store = self.work / "store"
            shutil.rmtree(store, ignore_errors=True)
            digests, before = {""}, {}
            for changed, lasts, whole, contents in self.stages:
                inputs(self.work / "in", changed=changed)
                self._until_done(store, lasts, digests | {whole}, before, contents, kills)
                digests, before = {whole}, contents
                if self.kills >= kills:
                    break

    def _until_done(self, store: Path, lasts: float, digests: set[str], before: Contents, after: Contents,
                    kills: int) -> None:  # fmt: skip
        done: Contents = {}
        while True:
            last = self.kills >= kills
            child = started(self.work / "in", store, self.jobs)
            if not last:
                time.sleep(self.chance.uniform(0, lasts * 1.1))
                os.kill(child, signal.SIGKILL)
            code = ended(child)
            self.kills += code == -signal.SIGKILL
            if code not in (0, -signal.SIGKILL):
                self.faults.append(f"kill {self.kills}: the build ended with {code}")
                return
            try:
                found, contents = apart(lambda: state(store))
            except RuntimeError as error:
                self.faults.append(f"kill {self.kills}: {error}")
                return
            self._compare(
                found, contents, digests if code else digests & {found, *self._wholes(after)}, before, after, done
            )
            done = {i: content for i, content in contents.items() if after.get(i) == content}
            self.acknowledged = max(self.acknowledged, len(done))
            if code == 0:
                if contents != after or found not in self._wholes(after):
                    self.faults.append(f"kill {self.kills}: what came to its end is not what was to come")
                return

    def _wholes(self, after: Contents) -> set[str]:
        return {whole for _, _, whole, contents in self.stages if contents == after}

    def _compare(self, found: str, contents: Contents, digests: set[str], before: Contents, after: Contents,
                 done: Contents) -> None:  # fmt: skip
        if found not in digests:
            self.faults.append(f"kill {self.kills}: the graph is neither the old one nor the new one")
        lost = [i for i, content in done.items() if contents.get(i) != content]
        strange = [i for i, content in contents.items() if content not in (before.get(i), after.get(i))]
        if lost or strange:
            self.faults.append(f"kill {self.kills}: {len(lost)} acknowledged articles lost, {len(strange)} strange")


def main() -> int:
    """Run the trial and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    taking.BATCH = BATCH
    if given.jobs > 1:
        taking.FEW = local.FEW = 1
    map_article(Article(text="President Xi Jinping met President Joe Biden.", file="a"), load_lexicon())
    with tempfile.TemporaryDirectory(prefix="kills-") as work:
        trial = Trial(Path(work), random.Random(given.seed), given.jobs)  # noqa: S311 - chance that repeats
        trial.run(given.kills)
    print(f"{trial.kills} kills, {len(trial.faults)} faults, {trial.acknowledged} articles at most")
    print("\n".join(trial.faults), end="\n" * bool(trial.faults))
    return bool(trial.faults)


if __name__ == "__main__":
    sys.exit(main())
