"""A folder of bad files: everything in it is accounted for, the good files beside them are in, memory stays flat."""

import csv
import io
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import badfiles
import pytest

from kg.articles import printable

CHECKOUT = Path(__file__).parent.parent
MOST_MEMORY = 200_000
"""Kilobytes that the bad files may take beyond what the good ones take."""


class Built(NamedTuple):
    """What `kg build` printed and took, and the articles that are in the store then."""

    code: int
    output: str
    errors: str
    kilobytes: int
    articles: list[str]

    @property
    def outcomes(self) -> dict[str, list[str]]:
        """What became of each thing, by its name as printed: read, refused or same, and why or with what warning."""
        found: dict[str, list[str]] = {file: ["read"] for file in self.articles}
        warnings: dict[str, str] = {}
        for line in self.output.split("\n"):
            if line.startswith("! "):
                name, reason = split(line)
                found.setdefault(name, []).append(f"refused {reason}")
            elif line.startswith("= "):
                found.setdefault(split(line)[0], []).append("same")
            elif line.startswith("~ "):
                name, warning = split(line)
                warnings[name] = f"{warnings.get(name, '')}; {warning}"
        return {
            name: [f"{done} ~ {warnings[name]}" if done == "read" and name in warnings else done for done in outcome]
            for name, outcome in found.items()
        }


def split(line: str) -> tuple[str, str]:
    name, _, rest = line[2:].partition(": ")
    return name, rest


def build(folder: Path, store: Path) -> Built:
    """Build a store in a process of its own, and measure it."""
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "PYTHONUTF8": "1"}
    kg = [sys.executable, "-m", "kg"]
    with (store.with_suffix(".out")).open("w+b") as output, (store.with_suffix(".err")).open("w+b") as errors:
        process = subprocess.Popen(
            [*kg, "build", str(folder), "--store", str(store)], stdout=output, stderr=errors, env=environment
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        said, complained = output.read().decode(), errors.read().decode()
    asked = subprocess.run(
        [*kg, "query", "articles", "--store", str(store), "--format", "csv"], capture_output=True, env=environment
    )
    csv.field_size_limit(1_000_000)  # one of the titles is long
    rows = list(csv.DictReader(io.StringIO(asked.stdout.decode(), newline="")))
    return Built(process.returncode, said, complained, usage.ru_maxrss, sorted(printable(row["file"]) for row in rows))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("bad") / "news"
    folder.mkdir()
    badfiles.write(folder)
    return build(folder, folder.parent / "store")


def expected() -> dict[str, list[str]]:
    return {printable(name): outcome for name, outcome in badfiles.outcomes().items()}


def fits(wanted: str, found: str) -> bool:
    """Return whether what became of a thing is what must: the same word, then what is said contains what must be."""
    word, _, part = wanted.partition(" ")
    return found.split(" ")[0] == word and part.removeprefix("~ ") in found


def test_there_are_plenty_of_bad_files_of_every_kind() -> None:
    assert len(badfiles.BAD) >= 200
    assert {outcome.split(" ")[0] for listed in expected().values() for outcome in listed} == {
        "read",
        "refused",
        "same",
    }


def test_no_bad_file_ends_the_build(built: Built) -> None:
    assert "Traceback" not in built.output + built.errors
    assert (built.code, built.errors) == (0, "")


def test_everything_is_accounted_for(built: Built) -> None:
    counted = re.search(r"\((\d+) seen: (\d+) read, (\d+) refused, (\d+) duplicate\)", built.output)
    assert counted
    seen, *parts = map(int, counted.groups())
    assert sum(parts) == seen == sum(map(len, expected().values())) + len(badfiles.GOOD)
    listed = [outcome.split(" ")[0] for outcomes in built.outcomes.values() for outcome in outcomes]
    assert [listed.count(word) for word in ("read", "refused", "same")] == parts


def test_each_thing_becomes_what_it_must(built: Built) -> None:
    found = {name: outcome for name, outcome in built.outcomes.items() if not is_good(name)}
    assert differences(expected(), found) == {}


def differences(wanted: Mapping[str, list[str]], found: Mapping[str, list[str]]) -> dict[str, object]:
    """Return, by name, what must become of a thing and what becomes of it, where the two differ."""
    different: dict[str, object] = {}
    for name in {*wanted, *found}:
        must, does = wanted.get(name, []), found.get(name, [])
        if len(must) != len(does) or not all(map(fits, must, does)):
            different[name] = (must, does)
    return different


def test_another_outcome_would_be_noticed(built: Built) -> None:
    found = built.outcomes
    for name, other in (("empty.txt", "read"), ("utf8-bom.txt", "refused"), ("empty.txt", "refused is a PDF")):
        assert name in differences({name: [other]}, found)
    assert "no-such.txt" in differences({"no-such.txt": ["read"]}, found)
    assert "empty.txt" in differences({}, found)


def is_good(name: str) -> bool:
    return any(name == good or name.startswith((good + "#", good + "!")) for good in badfiles.GOOD)


def test_the_good_files_beside_them_are_all_in(built: Built) -> None:
    assert len([name for name in built.articles if is_good(name)]) == len(badfiles.GOOD)


def test_names_of_files_cannot_act_on_a_terminal(built: Built) -> None:
    assert [line for line in built.output.split("\n") if not line.isprintable()] == []


def test_memory_stays_flat(built: Built, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, content in badfiles.GOOD.items():
        (folder / name).write_bytes(content)
    good = build(folder, tmp_path / "store")
    assert good.code == 0
    assert built.kilobytes - good.kilobytes < MOST_MEMORY
