"""Builds upon builds: what is known is not read again, and what stays is what one build of everything would give."""

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from packed import page, record, response, zipped

from kg.engines import Rules, build, mapping
from kg.engines.resolving import Resolver
from kg.errors import StoreError
from kg.resources import folder
from kg.store import Store

SEEDS = Path(str(folder("seeds") / "articles"))
TALKS = "Chinese Foreign Minister Wang Yi met Australian Foreign Minister Penny Wong in Canberra on Wednesday."
CALL = "Finnish President Alexander Stubb spoke by phone with Kenyan President William Ruto on Tuesday."
VISIT = "Japanese Prime Minister Fumio Kishida arrived in Paris on Thursday for talks with President Emmanuel Macron."


def row(text: str, **fields: str) -> str:
    return json.dumps({"text": text, "date": "2024-05-08", **fields}) + "\n"


def quads(path: Path) -> list[str]:
    with Store.open(path) as store:
        return sorted(str(quad) for quad in store.quads())


def stored(path: Path) -> list[str]:
    """Return the files of the articles in the graph, in order."""
    with Store.open(path) as store:
        return sorted(entry.file for entry in store.journal.each_once()[0])


def assert_same(one: Path, *paths: Path, where: Path) -> None:
    """Assert that a store is byte for byte that of one build of ``paths``."""
    build(paths, where)
    assert quads(one) == quads(where)
    with Store.open(one) as left, Store.open(where) as right:
        assert left.ledger["digest"] == right.ledger["digest"]
        assert left.ledger["state"] == right.ledger["state"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a folder of three articles."""
    path = tmp_path / "in"
    path.mkdir()
    for name, text in (("a", CALL), ("b", TALKS), ("c", VISIT)):
        (path / f"{name}.txt").write_text(f"8 May 2024\n\n{text}")
    return path


def only(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let the functions of the engine that ``names`` names fail when they are called."""

    def never(*_: object, **__: object) -> None:
        raise AssertionError("what is known was done anew")

    for name in names:
        monkeypatch.setattr(f"kg.engines.{name}", never)


def test_an_unchanged_build_reads_maps_resolves_and_stores_nothing(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build([path], tmp_path / "store")
    ledger = (tmp_path / "store" / "store.json").read_bytes()
    only(monkeypatch, "mapping.interpret", "mapping.map_article", "resolving.Resolver.resolve")
    monkeypatch.setattr(Store, "replace", None)
    second = build([path], tmp_path / "store")
    assert (tmp_path / "store" / "store.json").read_bytes() == ledger
    assert (first.unchanged, second.unchanged) == (0, 3)
    assert second.text() == first.text()


def test_refusals_and_duplicates_are_told_again_without_being_read_again(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path / "again.txt").write_bytes((path / "a.txt").read_bytes())
    (path / "bad.json").write_text('{"title": "no text"}')
    first = build([path], tmp_path / "store")
    assert (len(first.refused), first.duplicates) == (1, [("again.txt", "a.txt")])
    only(monkeypatch, "mapping.interpret", "resolving.Resolver.resolve")
    second = build([path], tmp_path / "store")
    assert second.text() == first.text()
    assert second.seen == 5


def test_one_changed_article_is_the_only_one_mapped(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([path], tmp_path / "store")
    mapped = []
    real = mapping.map_article
    monkeypatch.setattr(
        mapping, "map_article", lambda article, lexicon: mapped.append(article.file) or real(article, lexicon)
    )
    (path / "b.txt").write_text(f"8 May 2024\n\n{TALKS} They spoke of trade.")
    build([path], tmp_path / "store")
    assert mapped == ["b.txt"]
    assert stored(tmp_path / "store").count("b.txt") == 1
    assert_same(tmp_path / "store", path, where=tmp_path / "fresh")


def test_another_vocabulary_maps_everything_anew_even_what_is_not_given(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([path], tmp_path / "store")
    monkeypatch.setattr("kg.engines.local.claims_version", lambda: "another")
    build([path / "a.txt"], tmp_path / "store")
    with Store.open(tmp_path / "store") as store:
        assert {entry.mapped for entry in store.journal.entries.values()} == {"another"}


def test_articles_added_in_any_order_are_those_of_one_build(path: Path, tmp_path: Path) -> None:
    (path / "again.txt").write_text(f"{CALL}\n")
    (path / "z.txt").write_text(f"8 May 2024\n\n{TALKS}")
    for number, names in enumerate(("a b c again z", "z again c b a", "c z a again b")):
        for name in names.split():
            build([path / f"{name}.txt"], tmp_path / str(number))
        assert_same(tmp_path / str(number), path, where=tmp_path / f"fresh-{number}")


def test_an_article_of_one_address_is_replaced_by_the_later_build(tmp_path: Path) -> None:
    for name, text in (("old", CALL), ("new", TALKS)):
        (tmp_path / f"{name}.jsonl").write_text(row(text, url="https://example.org/1"))
        build([tmp_path / f"{name}.jsonl"], tmp_path / "store")
    assert stored(tmp_path / "store") == ["new.jsonl#1"]
    assert_same(tmp_path / "store", tmp_path / "new.jsonl", where=tmp_path / "fresh")


def test_a_file_that_says_something_else_is_another_article_and_the_old_one_goes(path: Path, tmp_path: Path) -> None:
    build([path], tmp_path / "store")
    (path / "a.txt").write_text(f"8 May 2024\n\n{CALL} They agreed to meet again.")
    assert build([path], tmp_path / "store").articles == 3
    assert_same(tmp_path / "store", path, where=tmp_path / "fresh")


def test_a_file_that_is_no_article_any_more_takes_its_article_along(path: Path, tmp_path: Path) -> None:
    build([path], tmp_path / "store")
    (path / "a.txt").write_text(" \n\n ")
    assert build([path], tmp_path / "store").articles == 2
    assert_same(tmp_path / "store", path, where=tmp_path / "fresh")


def test_files_of_one_name_in_two_folders_are_two_articles(tmp_path: Path) -> None:
    for name, text in (("monday", CALL), ("tuesday", TALKS)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(f"8 May 2024\n\n{text}")
        build([tmp_path / name], tmp_path / "store")
    assert stored(tmp_path / "store") == ["a.txt", "a.txt"]
    assert_same(tmp_path / "store", tmp_path / "monday", tmp_path / "tuesday", where=tmp_path / "fresh")


def test_what_is_gone_stays_without_prune_and_goes_with_it(path: Path, tmp_path: Path) -> None:
    build([path], tmp_path / "store")
    (path / "b.txt").unlink()
    assert build([path], tmp_path / "store").articles == 3
    assert build([path], tmp_path / "store", prune=True).articles == 2
    assert_same(tmp_path / "store", path, where=tmp_path / "fresh")


def test_prune_leaves_what_came_from_elsewhere(path: Path, tmp_path: Path) -> None:
    (tmp_path / "other.jsonl").write_text(
        row(VISIT, url="https://example.org/9") + row(TALKS, url="https://example.org/8")
    )
    build([path], tmp_path / "store")
    build([tmp_path / "other.jsonl"], tmp_path / "store")
    for name in "abc":
        (path / f"{name}.txt").unlink()
    (path / "d.txt").write_text("It rained all day long in the valley.")
    build([path], tmp_path / "store", prune=True)
    assert stored(tmp_path / "store") == ["d.txt", "other.jsonl#1", "other.jsonl#2"]
    assert_same(tmp_path / "store", path, tmp_path / "other.jsonl", where=tmp_path / "fresh")


def test_rows_that_are_gone_go_with_prune(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text(row(CALL) + row(TALKS) + row(VISIT))
    build([rows], tmp_path / "store")
    rows.write_text(row(CALL) + row(TALKS))
    assert build([rows], tmp_path / "store").articles == 3
    assert build([rows], tmp_path / "store", prune=True).articles == 2
    assert_same(tmp_path / "store", rows, where=tmp_path / "fresh")


def test_rows_that_move_up_keep_their_articles(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(row(f"{CALL} This was call {n}.") for n in range(10)))
    build([rows], tmp_path / "store")
    rows.write_text("".join(row(f"{CALL} This was call {n}.") for n in range(1, 10)))
    build([rows], tmp_path / "store")
    assert stored(tmp_path / "store") == [f"rows.jsonl#{n}" for n in range(1, 10)]


def test_members_that_are_gone_go_with_prune_unless_the_archive_cannot_be_read(tmp_path: Path) -> None:
    news, members = tmp_path / "news.zip", {f"{n}.txt": text.encode() for n, text in enumerate((CALL, TALKS, VISIT))}
    news.write_bytes(zipped(members))
    build([news], tmp_path / "store")
    news.write_bytes(zipped(members)[:-40])
    assert build([news], tmp_path / "store", prune=True).articles == 3
    del members["1.txt"]
    news.write_bytes(zipped(members))
    assert build([news], tmp_path / "store").articles == 3
    assert build([news], tmp_path / "store", prune=True).articles == 2
    assert_same(tmp_path / "store", news, where=tmp_path / "fresh")


def test_an_unchanged_archive_is_not_read_anew_and_renamed_members_keep_their_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news = tmp_path / "news.zip"
    news.write_bytes(
        zipped({"a.txt": CALL.encode(), "b.warc": record(response(page("Gozo")), "https://example.org/1")})
    )
    build([news], tmp_path / "store")
    with monkeypatch.context() as patch:
        only(patch, "mapping.interpret")
        assert build([news], tmp_path / "store").articles == 2
    news.write_bytes(zipped({"z.txt": CALL.encode()}))
    build([news], tmp_path / "store")
    assert stored(tmp_path / "store") == ["news.zip!b.warc#1", "news.zip!z.txt"]


def test_a_duplicate_takes_the_place_of_what_is_pruned(path: Path, tmp_path: Path) -> None:
    (path / "z.txt").write_bytes((path / "a.txt").read_bytes())
    build([path], tmp_path / "store")
    (path / "a.txt").unlink()
    build([path], tmp_path / "store", prune=True)
    assert stored(tmp_path / "store") == ["b.txt", "c.txt", "z.txt"]
    assert_same(tmp_path / "store", path, where=tmp_path / "fresh")


def test_a_folder_that_moved_takes_its_articles_along(path: Path, tmp_path: Path) -> None:
    build([path], tmp_path / "store")
    moved = path.rename(tmp_path / "moved")
    build([moved], tmp_path / "store")
    (moved / "a.txt").write_text("It rained all day long in the valley.")
    assert build([moved], tmp_path / "store").articles == 3
    assert_same(tmp_path / "store", moved, where=tmp_path / "fresh")


def test_prune_of_a_path_that_is_missing_removes_nothing(path: Path, tmp_path: Path) -> None:
    build([path], tmp_path / "store")
    path.rename(tmp_path / "unplugged")
    with pytest.raises(StoreError, match="would remove all that came from it"):
        build([path], tmp_path / "store", prune=True)
    assert len(stored(tmp_path / "store")) == 3


def test_what_cannot_be_opened_is_not_pruned(path: Path, tmp_path: Path) -> None:
    build([path], tmp_path / "store")
    (path / "a.txt").unlink()
    (path / "a.txt").symlink_to(path / "nowhere.txt")
    assert build([path], tmp_path / "store", prune=True).articles == 3


def test_a_store_pruned_empty_is_an_empty_store(path: Path, tmp_path: Path) -> None:
    build([path], tmp_path / "store")
    for file in path.iterdir():
        file.unlink()
    summary = build([path], tmp_path / "store", prune=True)
    assert (summary.articles, summary.quads, quads(tmp_path / "store")) == (0, 0, [])


def test_a_store_answers_for_its_last_build_while_the_next_one_maps(path: Path, tmp_path: Path) -> None:
    build([path], tmp_path / "store")
    (path / "d.txt").write_text("It rained all day long in the valley.")

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("kg.engines.local.judge", stop)
        build([path], tmp_path / "store")
    assert stored(tmp_path / "store") == ["a.txt", "b.txt", "c.txt"]
    with pytest.MonkeyPatch.context() as patch:
        only(patch, "mapping.interpret", "mapping.map_article")
        assert build([path], tmp_path / "store").articles == 4
    assert_same(tmp_path / "store", path, where=tmp_path / "fresh")


def test_the_sample_articles_built_one_by_one_are_those_built_at_once(tmp_path: Path) -> None:
    files = sorted(SEEDS.iterdir(), reverse=True)[:5]
    for file in files:
        build([file], tmp_path / "store")
    assert_same(tmp_path / "store", *files, where=tmp_path / "fresh")


LEADERS = ("Chinese President Xi Jinping", "Indian Prime Minister Narendra Modi", "President Joko Widodo of Indonesia",
           "Japanese Foreign Minister Yoko Kamikawa", "Foreign Minister Anna Berg of Sweden")  # fmt: skip
TOLD = (
    "{one} met {other} in Geneva on {day} March 2024.",
    "On {day} March 2024 {other} held talks with {one}.",
    "{other} was received by {one}.",
    "{one} phoned {other} on {day} March 2024.",
    "{one} and {other} signed an agreement on trade in Geneva on {day} March 2024.",
    "{one} sent condolences to {other} on {day} March 2024.",
    "{one} will visit Geneva on {day} March 2024 to meet {other}.",
)
NO_CALLS = """#+ message: A call; this desk covers meetings only.
SELECT ?this ?article WHERE {
  GRAPH ?article { ?this dip:kind <https://w3id.org/diplomacy-kg/ontology/event-kind/call> }
}
"""


MET_ELSEWHERE = """#+ message: Who takes part takes part in another event too.
#+ severity: Warning
#+ reads: [dip:participant, dip:kind]
#+ together: [dip:participant]
SELECT ?this ?value WHERE {
  ?one dip:participant ?person . ?other dip:participant ?person ; dip:kind ?value FILTER(?one != ?other)
  VALUES ?which { 1 2 }
  BIND(IF(?which = 1, ?one, ?person) AS ?this)
}
"""
"""What it finds is found in the parts of several people, of whom it may or may not tell."""


def told(chance: random.Random) -> str:
    """Return one of few articles, so that many tell of one event, and in different words."""
    one, other = chance.sample(LEADERS, 2)
    return " ".join(text.format(one=one, other=other, day=chance.randint(4, 5)) for text in chance.sample(TOLD, 3))


def outcome(path: Path) -> tuple[object, dict[str, object]]:
    """Return what a store is known by, and the summary it keeps but for its name."""
    with Store.open(path) as store:
        summary = json.loads(store.read_file("summary.json") or b"")
        return (store.ledger["digest"], store.ledger["state"], store.ledger["quads"]), summary | {"store": ""}


@pytest.mark.parametrize("seed", range(4))
def test_what_was_added_changed_and_removed_step_by_step_is_what_one_build_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Little by little, without resolving all of it again; a rule of every other run keeps articles out."""
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "no-calls.rq").write_text(NO_CALLS)
    (tmp_path / "checks" / "met-elsewhere.rq").write_text(MET_ELSEWHERE)
    rules = Rules(checks=(tmp_path / "checks",) if seed % 2 else ())
    monkeypatch.setattr("kg.engines.judging.PORTION", 2_000 * seed + 1)
    chance, rows, resolved = random.Random(seed), dict[int, str](), list[object]()  # noqa: S311 - repeats
    real = Resolver.resolve
    monkeypatch.setattr(Resolver, "resolve", lambda self, places: resolved.append(self) or real(self, places))
    path, kept = tmp_path / "in", set[bool]()
    for step in range(6):
        for number in chance.sample(range(40), 40 if step == 0 else chance.randint(1, 7)):
            if chance.random() < 0.3:
                rows.pop(number, None)
            else:
                rows[number] = row(told(chance), url=f"https://example.org/{number}")
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir()
        for number, text in rows.items():
            (path / f"{number}.jsonl").write_text(text)
        build([path], tmp_path / "store", rules=rules, prune=True)
        resolved_here = len(resolved)
        build([path], tmp_path / f"fresh-{step}", rules=rules)
        assert resolved_here == step + 1, "but for the first step only what hangs together is resolved"
        found = outcome(tmp_path / "store")
        assert found == outcome(tmp_path / f"fresh-{step}")
        kept.add(bool(found[1]["quarantined"]))
    assert kept == ({True} if seed % 2 else {False})


def damaged(folder: Path) -> None:
    """Turn a byte of the lines of a bucket."""
    file = folder / "bucket-0.nq"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


@pytest.mark.parametrize(
    "harm",
    [
        damaged,
        lambda folder: (folder / "facts-events-0").write_bytes(b""),
        lambda folder: next(folder.glob("tellings-*")).unlink(),
        lambda folder: (folder / "workings").write_bytes((folder / "workings").read_bytes()[:-9]),
        lambda folder: (folder / "workings").write_bytes(b"sealed"),
        shutil.rmtree,
    ],
)
def test_workings_that_are_not_as_they_were_only_cost_a_build_of_everything(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: Callable[[Path], object]
) -> None:
    build([path], tmp_path / "store")
    (folder,) = (tmp_path / "store" / "scratch").iterdir()
    harm(folder)
    (path / "d.txt").write_text(f"8 May 2024\n\n{TALKS} They spoke of trade.")
    resolved = list[object]()
    real = Resolver.resolve
    monkeypatch.setattr(Resolver, "resolve", lambda self, places: resolved.append(self) or real(self, places))
    build([path], tmp_path / "store")
    assert len(resolved) == 1
    assert_same(tmp_path / "store", path, where=tmp_path / "fresh")
    assert [file for file in (tmp_path / "store" / "scratch").iterdir() if file != folder] != []


def test_a_store_is_revised_whatever_folder_a_build_is_run_in(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([path], tmp_path / "store")
    (path / "a.txt").unlink()
    monkeypatch.chdir(tmp_path)
    with monkeypatch.context() as patch:
        only(patch, "resolving.Resolver.resolve")
        build(["in"], "store", prune=True)
    (path / "d.txt").write_text(f"8 May 2024\n\n{TALKS} They spoke of trade.")
    (path / "b.txt").unlink()
    monkeypatch.chdir(path)
    with monkeypatch.context() as patch:
        only(patch, "resolving.Resolver.resolve")
        build(["."], "../store", prune=True)
    assert_same(tmp_path / "store", path, where=tmp_path / "fresh")


def test_a_store_that_was_moved_or_whose_journal_was_written_anew_is_built_as_any_other(
    path: Path, tmp_path: Path
) -> None:
    build([path], tmp_path / "store")
    store = (tmp_path / "store").rename(tmp_path / "moved")
    (path / "a.txt").write_text(f"8 May 2024\n\n{CALL} They agreed to meet again.")
    build([path], store)
    assert_same(store, path, where=tmp_path / "fresh")
    with Store.open(store, mode="write") as opened:
        opened.journal.compact()
        opened._write_ledger({**opened.ledger, "journal": opened.journal.batches})
    (path / "b.txt").unlink()
    build([path], store, prune=True)
    assert_same(store, path, where=tmp_path / "without")
