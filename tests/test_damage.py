"""Damage of every kind is found and told in one sentence each, backups are whole, and mishaps of disks lose nothing."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg import cli
from kg.engines import build
from kg.resources import folder
from kg.store import GENERATIONS, LEDGER, QUADS, Store
from kg.store.backups import back_up
from kg.store.damage import damage
from kg.store.journal import JOURNAL

SEEDS = sorted(Path(str(folder("seeds") / "articles")).iterdir())


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(cli.main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of two builds, with a file that a load keeps."""
    path = tmp_path_factory.mktemp("built") / "store"
    build(SEEDS[:3], path)
    build(SEEDS[3:5], path)
    with Store.open(path) as store:
        store.write_file("loaded-x.jsonl", b'{"to": "x"}\n')
        store.append_file("loaded-x.jsonl", b'{"holds": {}}\n')
    return path


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "store"))


def database(store: Path) -> Path:
    return next((store / GENERATIONS).iterdir()) / QUADS


def table(store: Path, *, index: int = -1) -> Path:
    """Return a table of the database, the largest unless told otherwise."""
    return sorted(database(store).glob("*.sst"), key=lambda path: path.stat().st_size)[index]


def batch(store: Path, *, index: int = 0) -> Path:
    return sorted((store / JOURNAL).iterdir())[index]


def flip(path: Path, at: float) -> None:
    """Turn one bit of a file, ``at`` being how far into it."""
    data = bytearray(path.read_bytes())
    data[int(at * (len(data) - 1))] ^= 1
    path.write_bytes(data)


def truncate(path: Path, by: int) -> None:
    os.truncate(path, max(0, path.stat().st_size - by))


def swap(one: Path, other: Path) -> None:
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def reledger(store: Path, **changes: object) -> None:
    """Change the ledger as no build would."""
    ledger = json.loads((store / LEDGER).read_text())
    (store / LEDGER).write_text(json.dumps(ledger | changes, indent=1, sort_keys=True))


KINDS: dict[str, Callable[[Path], object]] = {
    "ledger truncated": lambda s: truncate(s / LEDGER, 20),
    "ledger emptied": lambda s: truncate(s / LEDGER, 1_000_000),
    "ledger missing": lambda s: (s / LEDGER).unlink(),
    "ledger, a bit": lambda s: flip(s / LEDGER, 0.5),
    "ledger, a bit of its end": lambda s: flip(s / LEDGER, 1),
    "ledger, another count": lambda s: reledger(s, quads=1),
    "ledger, no journal": lambda s: reledger(s, journal=[]),
    "ledger of another store": lambda s: swap(s / LEDGER, _other(s) / LEDGER),
    "batch truncated": lambda s: truncate(batch(s), 1),
    "batch cut in half": lambda s: truncate(batch(s), batch(s).stat().st_size // 2),
    "batch emptied": lambda s: truncate(batch(s), 1_000_000),
    "batch missing": lambda s: batch(s).unlink(),
    "last batch missing": lambda s: batch(s, index=-1).unlink(),
    "batch, a bit of an article": lambda s: flip(batch(s), 0.3),
    "batch, a bit of its index": lambda s: flip(batch(s), 0.97),
    "batch, a bit of its beginning": lambda s: flip(batch(s), 0),
    "batch, a bit of its end": lambda s: flip(batch(s), 1),
    "batch longer": lambda s: batch(s).open("ab").write(b"more"),
    "batches swapped": lambda s: swap(batch(s), batch(s, index=-1)),
    "journal missing": lambda s: shutil.rmtree(s / JOURNAL),
    "table truncated": lambda s: truncate(table(s), 1),
    "table emptied": lambda s: truncate(table(s), 100_000_000),
    "table missing": lambda s: table(s).unlink(),
    "table, a bit of its beginning": lambda s: flip(table(s), 0),
    "table, a bit of its middle": lambda s: flip(table(s), 0.5),
    "table, a bit of its end": lambda s: flip(table(s), 1),
    "small table, a bit": lambda s: flip(table(s, index=0), 0.5),
    "tables swapped": lambda s: swap(table(s), table(s, index=-2)),
    "table of nowhere": lambda s: (database(s) / "999999.sst").write_bytes(b"x"),
    "manifest truncated": lambda s: truncate(next(database(s).glob("MANIFEST-*")), 5),
    "manifest, a bit": lambda s: flip(next(database(s).glob("MANIFEST-*")), 0.5),
    "manifest missing": lambda s: next(database(s).glob("MANIFEST-*")).unlink(),
    "CURRENT missing": lambda s: (database(s) / "CURRENT").unlink(),
    "options, a bit": lambda s: flip(next(database(s).glob("OPTIONS-*")), 0.5),
    "write-ahead log of nowhere": lambda s: (database(s) / "999998.log").write_bytes(b"x"),
    "database missing": lambda s: shutil.rmtree(database(s)),
    "judgements, a bit": lambda s: flip(database(s).parent / "judgements.sssom.tsv", 0.5),
    "judgements missing": lambda s: (database(s).parent / "judgements.sssom.tsv").unlink(),
    "outline, a bit": lambda s: flip(database(s).parent / "outline.gz", 0.5),
    "summary missing": lambda s: (database(s).parent / "summary.json").unlink(),
    "what a load keeps, a bit": lambda s: flip(s / "loaded-x.jsonl", 0.6),
    "what a load keeps, a bit of a seal": lambda s: flip(s / "loaded-x.jsonl", 0.2),
}


def _other(store: Path) -> Path:
    """Return another store, built beside."""
    path = store.with_name("other")
    build(SEEDS[5:6], path)
    return path


def test_a_whole_store_has_no_damage(store: Path) -> None:
    assert damage(store) == []
    result = kg("check", "--store", store)
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1)
    assert "6 articles" in result.stdout and "all as they were written" in result.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_found_and_told_with_what_to_do(store: Path, kind: str) -> None:
    KINDS[kind](store)
    result = kg("check", "--store", store)
    assert result.exit_code == 1, result.output
    lines = result.stdout.splitlines()
    assert lines and all("; " in line for line in lines)
    assert any(word in result.stdout for word in ("restore a backup", "kg build", "delete it"))
    assert result.stderr == ""


OF_DATABASES = ("table", "tables", "manifest", "CURRENT", "options", "database", "judgements", "summary", "outline")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.replace(",", "").split()[0] in OF_DATABASES])
def test_a_damaged_database_is_filled_anew_as_check_says(store: Path, kind: str) -> None:
    with Store.open(store) as before:
        digest = before.ledger["digest"]
    KINDS[kind](store)
    told = kg("check", "--store", store).stdout
    folder = database(store).parent
    assert f"delete the folder {folder} and run kg build --store {store}" in told
    shutil.rmtree(folder)
    assert kg("build", "--store", store).exit_code == 0
    assert damage(store) == []
    with Store.open(store) as after:
        assert after.ledger["digest"] == digest


def test_no_store_is_not_damage(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        result = kg("check", "--store", path)
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)


# ------------------------------------------------------------------------------------------------------- backups


def test_a_backup_is_a_store(store: Path, tmp_path: Path) -> None:
    result = kg("backup", tmp_path / "copy", "--store", store)
    assert result.exit_code == 0 and "6 articles" in result.stdout
    shutil.rmtree(store)
    assert kg("query", "articles", "--store", tmp_path / "copy").exit_code == 0
    assert build(SEEDS[:6], tmp_path / "copy").unchanged == 6
    with Store.open(tmp_path / "copy") as opened:
        assert opened.read_file("loaded-x.jsonl") == b'{"to": "x"}\n{"holds": {}}\n'


def test_a_backup_is_made_beside_a_reader_and_a_writer(store: Path, tmp_path: Path) -> None:
    with Store.open(store) as reader, Store.open(store, mode="write"):
        back_up(store, tmp_path / "copy")
        assert damage(tmp_path / "copy") == []
        assert any(reader.quads())


def test_a_backup_begins_anew_where_a_build_replaces_the_store(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = shutil.copyfile, []

    def copy(source: Path, target: Path) -> None:
        if not calls:
            calls.append(source)
            build(SEEDS[5:6], store)
        real(source, target)

    monkeypatch.setattr("kg.store.backups.shutil.copyfile", copy)
    ledger = back_up(store, tmp_path / "copy")
    assert ledger["articles"] == 7
    assert damage(tmp_path / "copy") == []


@pytest.mark.parametrize("target", ["full", "file", "store/inside"])
def test_a_backup_overwrites_nothing(store: Path, target: str) -> None:
    (store.parent / "full").mkdir()
    for name in ("full/letter.txt", "file"):
        (store.parent / name).write_text("mine")
    result = kg("backup", store.parent / target, "--store", store)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert (store.parent / "full/letter.txt").read_text() == "mine"


@pytest.mark.parametrize("kind", ["table, a bit of its middle", "batch missing"])
def test_of_a_damaged_store_no_backup_is_made(store: Path, tmp_path: Path, kind: str) -> None:
    KINDS[kind](store)
    result = kg("backup", tmp_path / "copy", "--store", store)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "see kg check" in result.stderr
    assert not (tmp_path / "copy").exists()


# ------------------------------------------------------------------------------------------------- disks and locks


def test_a_lock_held_by_another_is_one_sentence(store: Path) -> None:
    with Store.open(store, mode="write"):
        result = kg("build", SEEDS[0], "--store", store)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "another process is writing" in result.stderr


def test_a_store_of_another_version_is_one_sentence(store: Path) -> None:
    reledger(store, format=1)
    for arguments in (("build", SEEDS[0]), ("check",), ("query", "articles"), ("backup", store.parent / "copy")):
        result = kg(*arguments, "--store", store)
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
        assert "has format 1, this kg reads 2; delete the folder and build it again" in result.stderr


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Yield a disk of 24 MB; skips, loudly, where none can be mounted."""
    path = tmp_path / "disk"
    path.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(path)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
        pytest.skip(
            "no disk could be mounted (that needs root): what a FULL or READ-ONLY disk does is NOT tested by this run"
        )
    try:
        yield path
    finally:
        subprocess.run(["umount", "-l", str(path)], check=False)


def many(path: Path, count: int) -> Path:
    """Write rows of articles, each a sample with a sentence of its own in its midst."""
    texts = [file.read_text(errors="replace") for file in SEEDS if file.suffix == ".txt"]
    own = ". The two sides went through the {} points of a plan for trade and for the safety of ships at sea. "
    rows = [
        {"url": f"https://example.org/{n}", "text": texts[n % len(texts)].replace(". ", own.format(n), 1)}
        for n in range(count)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_a_disk_that_fills_loses_nothing_and_the_build_goes_on_when_it_is_freed(disk: Path, tmp_path: Path) -> None:
    store = disk / "store"
    build(SEEDS[:3], store)
    rows = many(tmp_path / "rows.jsonl", 60)
    acknowledged: set[str] = set()
    for left in (30_000, 1_500_000):  # full while an article is taken in, and while the database is filled
        fill = disk / "fill"
        usage = shutil.disk_usage(disk)
        fill.write_bytes(bytes(max(0, usage.free - left)))
        result = subprocess.run([sys.executable, "-m", "kg", "build", str(rows), "--store", str(store)],
                                capture_output=True, text=True)  # fmt: skip
        fill.unlink()
        assert "Traceback" not in result.stderr
        assert (result.returncode, result.stderr.count("\n")) == (2, 1), result.stderr
        assert "is full; free some space and run the same command again" in result.stderr
        assert damage(store) == []
        with Store.open(store) as opened:
            assert any(opened.quads())
        ledger = json.loads((store / LEDGER).read_text())
        names = {batch["sha256"] for batch in ledger["journal"]}
        assert acknowledged <= names
        acknowledged = names
    assert build([rows], store).articles == 64
    assert damage(store) == []


def test_a_read_only_disk_is_read_and_not_written(disk: Path) -> None:
    build(SEEDS[:3], disk / "store")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    assert kg("query", "articles", "--store", disk / "store").exit_code == 0
    assert kg("check", "--store", disk / "store").exit_code == 0
    for store in ("store", "new"):
        result = kg("build", SEEDS[0], "--store", disk / store)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert "cannot be written (Read-only file system); give --store another folder" in result.stderr


def test_kills_lose_nothing_acknowledged() -> None:
    """A dozen kills; KG_KILLS=400 for those that are promised, and builds by several processes among them."""
    script = Path(__file__).parents[1] / "bench" / "kills.py"
    asked = [os.environ["KG_KILLS"]] if "KG_KILLS" in os.environ else ["12", "--jobs", "1"]
    done = subprocess.run([sys.executable, str(script), "--kills", *asked], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
