"""The store: what is in it, what it refuses, and that a killed build leaves the old one whole."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.store import GENERATIONS, LEDGER, QUADS, Entry, Store, generations, write_batch
from kg.store.backups import back_up
from kg.store.damage import damage
from kg.store.outlines import Lines, Outlined, digest_of, outlined, revised

OLD = b'<http://example.org/s> <http://example.org/p> "old" .\n'
NEW = b'<http://example.org/s> <http://example.org/p> "new" .\n<http://example.org/t> <http://example.org/p> "new" .\n'


def filled(path: Path, nquads: bytes = OLD) -> Path:
    with Store.open(path, mode="write") as store:
        store.replace(nquads)
    return path


def values(path: Path) -> list[str]:
    with Store.open(path) as store:
        return sorted(quad.object.value for quad in store.quads())  # type: ignore[union-attr]


def test_a_store_holds_what_it_was_given(tmp_path: Path) -> None:
    assert values(filled(tmp_path / "store")) == ["old"]


def test_replacing_leaves_nothing_of_the_old(tmp_path: Path) -> None:
    path = filled(filled(tmp_path / "store"), NEW)
    assert values(path) == ["new", "new"]
    assert [folder.name for folder in (path / GENERATIONS).iterdir()] == ["2"]


def test_lines_and_whole_bytes_fill_a_store_alike(tmp_path: Path) -> None:
    filled(tmp_path / "whole", NEW)
    with Store.open(tmp_path / "lines", mode="write") as store:
        store.replace(NEW.decode().splitlines(keepends=True))
    ledgers = [json.loads((tmp_path / name / LEDGER).read_text()) for name in ("whole", "lines")]
    assert ledgers[0]["digest"] == ledgers[1]["digest"]
    assert ledgers[0]["quads"] == 2


@pytest.mark.parametrize("piece", [1, 100, len(NEW) - 1, len(NEW)])
def test_a_file_that_is_large_fills_a_store_piece_by_piece(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    """A piece ends with a line; what is wrong in a later one leaves the old content all the same."""
    monkeypatch.setattr(generations, "PIECE", piece)
    assert values(filled(tmp_path / "store", NEW)) == ["new", "new"]
    with pytest.raises(StoreError, match="could not be written"):
        filled(tmp_path / "store", NEW.replace(b'org/t> <http://example.org/p> "new"', b'org/t> "no predicate"'))
    assert values(tmp_path / "store") == ["new", "new"]


def test_the_ledger_keeps_what_a_build_tells(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store", mode="write") as store:
        store.replace(OLD, {"built": "2023-12-01T00:00:00", "base": "https://example.org/id/"})
    with Store.open(tmp_path / "store") as store:
        assert store.ledger["built"] == "2023-12-01T00:00:00"
        assert store.base == "https://example.org/id/"


def test_the_default_graph_is_not_the_union(sample: Store) -> None:
    default = int(next(iter(sample.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")))[0].value)  # type: ignore[index,union-attr,arg-type]
    assert default < sample.ledger["quads"]


def test_bad_quads_leave_the_old_content(tmp_path: Path) -> None:
    path = filled(tmp_path / "store")
    with Store.open(path, mode="write") as store, pytest.raises(StoreError, match="old content is kept"):
        store.replace(b"<http://example.org/s> nonsense .\n")
    assert values(path) == ["old"]
    assert [folder.name for folder in (path / GENERATIONS).iterdir()] == ["1"]


def test_a_reader_keeps_its_answers_while_a_build_replaces_the_store(tmp_path: Path) -> None:
    path = filled(tmp_path / "store")
    with Store.open(path) as reader:
        filled(path, NEW)
        assert [quad.object.value for quad in reader.quads()] == ["old"]  # type: ignore[union-attr]
    assert values(path) == ["new", "new"]


@pytest.mark.parametrize("pause", [0.0, 0.01, 0.03, 0.06, 0.1, 0.2])
def test_a_killed_build_leaves_the_old_content_or_the_new(tmp_path: Path, pause: float) -> None:
    path = filled(tmp_path / "store")
    code = (
        "import sys; from kg.store import Store\n"
        "lines = [f'<http://example.org/{n:05}> <http://example.org/p> \"new\" .\\n' for n in range(20000)]\n"
        "store = Store.open(sys.argv[1], mode='write')\n"
        "print('go', flush=True)\n"
        "store.replace(lines); store.replace(lines)\n"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(pause)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    assert values(path) in (["old"], ["new"] * 20000)
    assert values(filled(path, NEW)) == ["new", "new"]


def test_two_builds_of_one_store_do_not_meet(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store", mode="write"), pytest.raises(StoreError, match="another process is writing"):
        Store.open(tmp_path / "store", mode="write")


@pytest.mark.parametrize("broken", ["truncated", "missing", "added"])
def test_a_damaged_database_is_refused(tmp_path: Path, broken: str) -> None:
    path = filled(tmp_path / "store", NEW)
    tables = sorted((path / GENERATIONS / "1" / QUADS).glob("*.sst"))
    if broken == "truncated":
        tables[0].write_bytes(tables[0].read_bytes()[:-1])
    elif broken == "missing":
        tables[0].unlink()
    else:
        (path / GENERATIONS / "1" / QUADS / "999999.sst").write_bytes(b"")
    with pytest.raises(StoreError, match="damaged; see kg check"):
        Store.open(path)


@pytest.mark.parametrize("mode", ["read", "write"])
def test_a_folder_of_other_things_is_no_store(tmp_path: Path, mode: str) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(StoreError, match="is not a store"):
        Store.open(tmp_path, mode=mode)  # type: ignore[arg-type]
    assert [file.name for file in tmp_path.iterdir()] == ["letter.txt"]


def test_a_missing_store_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="make one with: kg build"):
        Store.open(tmp_path / "none")


def test_a_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="is a file"):
        Store.open(tmp_path / "file", mode="write")


def test_a_store_of_another_format_is_refused(tmp_path: Path) -> None:
    path = filled(tmp_path / "store")
    ledger = json.loads((path / LEDGER).read_text())
    (path / LEDGER).write_text(json.dumps({**ledger, "format": 99}))
    with pytest.raises(StoreError, match="format 99"):
        Store.open(path)


def test_files_of_a_build_stay_beside_the_quads(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store", mode="write") as store:
        assert store.read_file("records") is None
        store.write_file("records", b"one")
        store.write_file("records", b"two")
        store.replace(OLD)
    with Store.open(tmp_path / "store") as store:
        assert store.read_file("records") == b"two"


@pytest.mark.parametrize("name", ["../escape", "quads", "lock", "a/b", ".."])
def test_files_of_a_build_stay_inside_the_folder(tmp_path: Path, name: str) -> None:
    with Store.open(tmp_path / "store", mode="write") as store, pytest.raises(StoreError, match="plain file name"):
        store.write_file(name, b"")


def test_a_store_open_for_reading_is_not_replaced(sample: Store) -> None:
    with pytest.raises(StoreError, match="open for reading"):
        sample.replace(OLD)


def test_an_empty_store_says_so(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store", mode="write") as store, pytest.raises(StoreError, match="is empty"):
        store.quads()


def lines(*changed: int, count: int = 600) -> list[str]:
    """Return sorted lines of as many subjects, each in a graph and in the default graph; those changed say more."""
    found = [f'<https://e.org/{n:04}> <https://e.org/p> "{n}" .\n' for n in range(count)]
    found += [f'<https://e.org/{n:04}> <https://e.org/p> "{n}" <https://e.org/g{n % 7}> .\n' for n in range(count)]
    return sorted(found + [f'<https://e.org/{n:04}> <https://e.org/q> "1.50"^^{DECIMAL} .\n' for n in changed])


DECIMAL = "<http://www.w3.org/2001/XMLSchema#decimal>"


def tables(path: Path) -> set[int]:
    return {file.stat().st_ino for file in path.glob(f"{GENERATIONS}/*/{QUADS}/*.sst")}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (lines(), lines(5, 77)),
        (lines(5, 77), lines()),
        (lines(), lines()[50:]),
        (lines()[50:], lines()),
        (lines(count=600), lines(3, count=640)),
        ([*lines(), "<https://e.org/z> <https://e.org/p> <https://e.org/o> <https://e.org/g9> .\n"], lines(1)),
    ],
)
def test_where_little_differs_only_that_is_written_and_the_result_is_the_same(
    tmp_path: Path, before: list[str], after: list[str]
) -> None:
    with Store.open(tmp_path / "step", mode="write") as step, Store.open(tmp_path / "whole", mode="write") as whole:
        whole.replace(iter(after))
        step.replace(before)
        old = tables(step.path)
        step.replace(after)
        assert old & tables(step.path)
        assert sorted(map(str, step.quads())) == sorted(map(str, whole.quads()))
        told = ("quads", "graphs", "digest")
        assert [step.ledger[name] for name in told] == [whole.ledger[name] for name in told]
        assert step.graphs() == whole.graphs()
    assert damage(tmp_path / "step") == []
    with Store.open(tmp_path / "step") as opened:
        assert sum(1 for _ in opened.quads()) == len(after)


def test_where_much_differs_the_database_is_filled_anew(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store", mode="write") as store:
        store.replace(lines(count=3000))
        old = tables(store.path)
        store.replace(lines(*range(2000), count=3000))
        assert not old & tables(store.path)
        assert store.ledger["quads"] == 8000


@pytest.mark.parametrize("changed", [[], [1500], list(range(2000))])
def test_what_was_begun_beforehand_becomes_what_is_asked_for(tmp_path: Path, changed: list[int]) -> None:
    def written(name: str, *numbers: int) -> list[Outlined]:
        given = lines(*numbers, count=3000)
        content = []
        for part in range(3):
            file = tmp_path / f"{name}-{part}.nq"
            file.write_text("".join(line for line in given if line.startswith(f"<https://e.org/{part}")))
            content.append(outlined(file, file.read_bytes()))
        return content

    with Store.open(tmp_path / "store", mode="write") as store, Store.open(tmp_path / "other", mode="write") as other:
        store.prepare(written("begun"))
        asked = written("asked", *changed)
        store.replace(asked)
        other.replace(asked)
        assert sorted(map(str, store.quads())) == sorted(map(str, other.quads()))
        assert store.ledger["digest"] == other.ledger["digest"]
    assert damage(tmp_path / "store") == []


@pytest.mark.parametrize("kept", [False, True])
def test_what_is_otherwise_than_in_a_file_counts_instead(tmp_path: Path, kept: bool) -> None:
    """Whether or not the content before was the same file, with other lines otherwise or with none."""
    file = tmp_path / "base.nq"
    file.write_text("".join(lines(count=3000)))
    base = outlined(file, file.read_bytes())
    subjects = sorted({line.partition(" ")[0].encode() for line in lines(count=3000)})

    def otherwise(name: str, *numbers: int, gone: int) -> Outlined:
        changes = {subjects[n]: b"%s <p:%s> <o:o> .\n" % (subjects[n], name.encode()) for n in numbers}
        changes |= {
            subjects[gone]: b"",
            b"<https://e.org/new>": b"<https://e.org/new> <p:%s> <o:o> .\n" % name.encode(),
        }
        return revised(base, changes, tmp_path / name)

    with Store.open(tmp_path / "store", mode="write") as store:
        store.replace([base])
        for content in (otherwise("a", 1, 2, 3, gone=4), otherwise("b", 2, 4, gone=3), base):
            if kept:
                store.replace(lines(count=2900))
            before = tables(store.path)
            store.replace([content])
            assert before & tables(store.path), "the database is the one before but for what differs"
            told = Lines(content).all()
            assert b"".join(sorted(f"{quad} .\n".encode() for quad in store.quads())) == told
            assert store.ledger["digest"] == digest_of([told])
            counted = (len(store.database), len(store.graphs()))
            assert counted == (store.ledger["quads"], store.ledger["graphs"])
    assert damage(tmp_path / "store") == []


def test_a_store_closed_before_what_was_begun_is_done_keeps_the_old_content(tmp_path: Path) -> None:
    path = filled(tmp_path / "store")
    (tmp_path / "new.nq").write_text("".join(lines(count=3000)))
    with Store.open(path, mode="write") as store:
        store.prepare([outlined(tmp_path / "new.nq", (tmp_path / "new.nq").read_bytes())])
    assert values(path) == ["old"]
    assert values(filled(path, NEW)) == ["new", "new"]


def test_a_build_has_a_folder_that_no_worker_of_an_earlier_one_knows(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store", mode="write") as store:
        first = store.scratch()
        second = store.scratch()
        assert second.is_dir()
        assert not first.exists()
    assert not second.exists()


def test_lines_that_are_not_sorted_are_refused(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store", mode="write") as store, pytest.raises(StoreError, match="sorted by subject"):
        store.replace(lines()[::-1])


def test_chunks_may_part_a_subject(tmp_path: Path) -> None:
    whole = "".join(lines(7))
    with Store.open(tmp_path / "one", mode="write") as one, Store.open(tmp_path / "two", mode="write") as two:
        one.replace([whole])
        two.replace(lines(7))
        assert one.ledger["digest"] == two.ledger["digest"]


def noted(store: Store, text: str, *numbers: int) -> None:
    """Add a batch of entries, one an origin, with a payload each."""
    store.append(
        [(Entry(origin=f"/{n}", key=str(n), file=f"{n}.txt", text=f"{n}"), f"{text} {n}".encode()) for n in numbers]
    )


def payloads(store: Store) -> list[bytes]:
    return sorted(store.journal.payloads(store.journal.each_once()[0]))


def test_a_journal_gives_the_latest_of_each_place_and_forgets_what_is_dropped(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store", mode="write") as store:
        noted(store, "old", 1, 2, 3)
        noted(store, "new", 2)
        store.append((), [("/3", 1)])
        assert payloads(store) == [b"new 2", b"old 1"]
    with Store.open(tmp_path / "store", mode="write") as store:
        assert payloads(store) == [b"new 2", b"old 1"]


def test_a_reader_sees_the_journal_as_it_was_when_the_graph_was_made(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store", mode="write") as store:
        noted(store, "old", 1)
        store.replace(OLD)
        noted(store, "new", 1)
        with Store.open(tmp_path / "store") as reader:
            assert payloads(reader) == [b"old 1"]
        store.settle()
    with Store.open(tmp_path / "store") as reader:
        assert payloads(reader) == [b"new 1"]


def test_a_journal_that_is_mostly_dead_is_written_anew_once_no_graph_needs_it(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store", mode="write") as store:
        for number in range(70):
            noted(store, f"try {number}", *range(10))
        assert len(store.journal.batches) == 70
        store.replace(OLD)
        assert len(store.journal.batches) == 1
        assert payloads(store) == [f"try 69 {n}".encode() for n in range(10)]
        noted(store, "later", 3)
        assert [path.name for path in sorted((store.path / "journal").iterdir())] == ["00000071", "00000072"]
    assert damage(tmp_path / "store") == []
    with Store.open(tmp_path / "store", mode="write") as store:
        assert b"later 3" in payloads(store)


def test_the_ledger_stays_short_however_many_batches_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.journal.VOLUME", 4)
    longest = 0
    with Store.open(tmp_path / "store", mode="write") as store:
        for number in range(30):
            noted(store, "told", number)
            longest = max(longest, len(json.loads((tmp_path / "store" / LEDGER).read_text())["journal"]))
    assert longest == 7
    told = sorted(f"told {n}".encode() for n in range(30))
    with Store.open(tmp_path / "store", mode="write") as store:
        (tmp_path / "store" / "journal" / "volume-lost").write_bytes(b"[]")  # as a killed build may leave it
        assert payloads(store) == told
        noted(store, "told", 0)
        store.replace(OLD)
    assert damage(tmp_path / "store") == []
    back_up(tmp_path / "store", tmp_path / "copy")
    for path in (tmp_path / "store", tmp_path / "copy"):
        with Store.open(path, mode="write") as store:
            assert payloads(store) == told
            assert len(list((path / "journal").glob("volume-*"))) == 6


def test_a_journal_written_anew_lists_its_batches_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.journal.VOLUME", 2)
    monkeypatch.setattr("kg.store.journal.BATCH", 5)
    with Store.open(tmp_path / "store", mode="write") as store:
        for number in range(90):
            noted(store, f"try {number}", *range(20))
        store.replace(OLD)
        assert len(store.journal.batches) == 4
    with Store.open(tmp_path / "store", mode="write") as store:
        assert payloads(store) == sorted(f"try 89 {n}".encode() for n in range(20))
        assert len(list((tmp_path / "store" / "journal").glob("volume-*"))) == 1
    assert damage(tmp_path / "store") == []


@pytest.mark.parametrize("broken", ["missing", "changed"])
def test_a_damaged_volume_is_found_and_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    monkeypatch.setattr("kg.store.journal.VOLUME", 2)
    with Store.open(tmp_path / "store", mode="write") as store:
        for number in range(5):
            noted(store, "told", number)
        store.replace(OLD)
    (volume,) = (tmp_path / "store" / "journal").glob("volume-*")
    data = volume.read_bytes()
    volume.unlink()
    if broken == "changed":
        volume.write_bytes(data.replace(b'"count": 1', b'"count": 2'))
    (told,) = damage(tmp_path / "store")
    assert told.startswith(f"journal/{volume.name} is ") and told.endswith("build it again")
    with pytest.raises(StoreError, match="see kg check"), Store.open(tmp_path / "store", mode="write"):
        pass
    with pytest.raises(StoreError, match="see kg check"):
        back_up(tmp_path / "store", tmp_path / "copy")


def test_a_batch_that_was_not_acknowledged_is_swept(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store", mode="write") as store:
        noted(store, "kept", 1)
        left = write_batch(store.journal.folder, [(Entry(origin="/2", key="2"), b"lost")])
        (store.journal.folder / "00000002").write_bytes(Path(left.path).read_bytes())
    with Store.open(tmp_path / "store", mode="write") as store:
        assert [path.name for path in store.journal.folder.iterdir()] == ["00000001"]
        assert payloads(store) == [b"kept 1"]
