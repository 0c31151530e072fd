"""Building: everything seen is accounted for, builds repeat byte for byte, and mistakes are one sentence."""

import gzip
import json
import os
from itertools import islice
from pathlib import Path

import pytest

from kg.articles import Article, Reading, Refusal, read
from kg.engines import Mapped, Summary, build, map_articles, mapping, nquads, unread_sentences
from kg.errors import KgError
from kg.language.lexicon import Lexicon
from kg.mappers.claims import ArticleClaims
from kg.resources import folder
from kg.store import Store

SEEDS = Path(str(folder("seeds") / "articles"))
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
TALKS = "Chinese Foreign Minister Wang Yi met Australian Foreign Minister Penny Wong in Canberra on Wednesday."
CALL = "Finnish President Alexander Stubb spoke by phone with Kenyan President William Ruto on Tuesday."


def row(text: str, **fields: str) -> str:
    return json.dumps({"text": text, "date": "2024-05-08", **fields})


@pytest.fixture
def mess(tmp_path: Path) -> Path:
    """Return a folder of good articles and of everything that can be wrong with a file."""
    path = tmp_path / "mess"
    path.mkdir()
    (path / "good.txt").write_text(f"8 May 2024\n\n{TALKS}")
    (path / "good-again.txt").write_text(f"8 May 2024\n\n{TALKS}")
    (path / "empty.txt").write_bytes(b"")
    (path / "blank.txt").write_text(" \n\n\t\n")
    (path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (path / "rows.jsonl").write_text(
        "\n".join(
            (
                row(CALL),
                '{"text": "broken',
                row(CALL),
                "[]",
                '{"title": "no text"}',
                row("It rained all day long in the valley."),
            )
        )
    )
    (path / "broken.json").write_text('{"text": ')
    (path / "cut.txt.gz").write_bytes(gzip.compress(CALL.encode() * 50)[:40])
    (path / "latin.txt").write_bytes("Café talks: the envoy of Perú spoke at length about coffee.".encode("cp1252"))
    (path / "new\nline.txt").write_text("The ministry moved to a new house near the river last spring.")
    (path / "nowhere.txt").symlink_to(path / "missing.txt")
    (path / "loop").symlink_to(path)
    os.mkfifo(path / "pipe.txt")
    return path


def test_read_refused_and_duplicate_add_up_to_what_was_seen(mess: Path) -> None:
    readings = list(read([mess]))
    mapped = map_articles(readings)
    assert len(mapped.records) + len(mapped.refused) + len(mapped.duplicates) == mapped.seen == len(readings)
    refused = {refusal.file for refusal in mapped.refused}
    assert {"empty.txt", "blank.txt", "binary.txt", "picture.png", "broken.json", "cut.txt.gz", "pipe.txt"} <= refused
    assert {"rows.jsonl#2", "rows.jsonl#4", "rows.jsonl#5", "nowhere.txt", "loop"} <= refused
    assert mapped.duplicates == [("good.txt", "good-again.txt"), ("rows.jsonl#3", "rows.jsonl#1")]
    assert {record.article.file for record in mapped.records} == {
        "good-again.txt", "latin.txt", "new\nline.txt", "rows.jsonl#1", "rows.jsonl#6",
    }  # fmt: skip


def test_a_build_counts_and_tells_what_it_did(mess: Path, tmp_path: Path) -> None:
    told: list[str] = []
    summary = build([mess], tmp_path / "store", progress=told.append)
    text = summary.text()
    read_, refused, twice = summary.articles, len(summary.refused), len(summary.duplicates)
    assert read_ + refused + twice == summary.seen
    assert f"{read_} in the store ({summary.seen} seen: {read_} read, {refused} refused, {twice} duplicate)" in text
    assert "! empty.txt: is empty; give it a text\n" in text
    assert "= good.txt: the same article as good-again.txt\n" in text
    assert "? latin.txt: no date stated, and none could be inferred\n" in text
    assert "rows.jsonl#6: no event found" in text
    assert "shapes        conforms" in text and summary.conforms
    stages = [message for message in told if ":" not in message]
    assert stages == ["reading and mapping", "resolving", "validating", "storing"]


def test_an_unreadable_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TALKS)

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("kg.articles.sources.os.open", refuse)
    mapped = map_articles(read([path]))
    assert [(r.file, r.reason) for r in mapped.refused] == [("a.txt", "may not be read; change its permissions")]


def test_an_article_that_cannot_be_mapped_is_refused_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = mapping.map_article

    def fail(article: Article, lexicon: Lexicon) -> ArticleClaims:
        return real(article, lexicon) if "by phone" in article.text else real(None, lexicon)  # type: ignore[arg-type]

    monkeypatch.setattr(mapping, "map_article", fail)
    for name, text in (("a.txt", CALL), ("b.txt", TALKS)):
        (tmp_path / name).write_text(text)
    summary = build([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "store")
    assert summary.articles == 1
    ((file, reason),) = [(refusal.file, refusal.reason) for refusal in summary.refused]
    assert file == "b.txt" and reason.startswith("cannot be mapped (AttributeError: ")
    assert reason.endswith("leave it out and report it")


def test_of_two_articles_with_one_address_the_first_file_stays(tmp_path: Path) -> None:
    url = "https://example.org/1"
    (tmp_path / "rows.jsonl").write_text(f"{row(CALL, url=url)}\n{row(TALKS, url=url)}\n")
    for readings in (list(read([tmp_path])), list(read([tmp_path]))[::-1]):
        mapped = map_articles(readings)
        assert [record.article.file for record in mapped.records] == ["rows.jsonl#1"]
        assert mapped.duplicates == [("rows.jsonl#2", "rows.jsonl#1")]


def test_three_copies_are_one_article_and_two_duplicates_in_any_order(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(TALKS)
    readings = list(read([tmp_path]))
    for order in (readings, readings[::-1], readings[1:] + readings[:1]):
        mapped = map_articles(order)
        assert [record.article.file for record in mapped.records] == ["a.txt"]
        assert mapped.duplicates == [("b.txt", "a.txt"), ("c.txt", "a.txt")]


def test_building_twice_keeps_every_byte_and_maps_nothing_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = build([SEEDS], tmp_path / "store")
    before = quads(tmp_path / "store")

    def never(*_: object) -> None:
        raise AssertionError("an unchanged article was mapped anew")

    monkeypatch.setattr("kg.engines.mapping.map_article", never)
    second = build([SEEDS], tmp_path / "store")
    assert quads(tmp_path / "store") == before
    assert (first.unchanged, second.unchanged) == (0, first.articles)
    assert second.quads == first.quads == len(before)


def quads(path: Path) -> list[str]:
    with Store.open(path) as store:
        return sorted(str(quad) for quad in store.quads())


def test_a_changed_article_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(row(CALL, url="https://example.org/1"))
    build([path], tmp_path / "store")
    path.write_text(row(TALKS, url="https://example.org/1"))
    summary = build([path], tmp_path / "store")
    assert (summary.articles, summary.unchanged) == (1, 0)
    build([path], tmp_path / "fresh")
    assert quads(tmp_path / "store") == quads(tmp_path / "fresh")
    assert "alexander-stubb" not in "".join(quads(tmp_path / "store"))


def test_articles_stay_in_the_store_when_others_come(tmp_path: Path) -> None:
    for name, text in (("a.txt", CALL), ("b.txt", TALKS)):
        (tmp_path / name).write_text(text)
    assert build([tmp_path / "a.txt"], tmp_path / "store").articles == 1
    assert build([tmp_path / "b.txt"], tmp_path / "store").articles == 2


def test_a_missing_path_is_a_sentence_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(KgError) as caught:
        build([tmp_path / "nowhere"], tmp_path / "store")
    message = str(caught.value)
    assert message.startswith("no article could be read from ") and str(tmp_path / "nowhere") in message
    assert "does not exist; check the path" in message
    assert "\n" not in message


def test_a_missing_path_beside_a_good_one_is_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CALL)
    summary = build([tmp_path / "a.txt", tmp_path / "nowhere"], tmp_path / "store")
    assert summary.articles == 1
    assert [refusal.file for refusal in summary.refused] == ["nowhere"]


def test_a_folder_of_nothing_but_refusals_says_why(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    with pytest.raises(KgError, match=r"empty\.txt: is empty; give it a text"):
        build([tmp_path / "in"], tmp_path / "store")


def test_the_shipped_articles_conform_and_show_their_discrepancy(tmp_path: Path) -> None:
    summary = build([SEEDS], tmp_path / "store")
    assert (summary.conforms, summary.refused, summary.duplicates) == (True, [], [])
    assert summary.articles == summary.seen == 15
    assert any("Vo Van Thang" in label for label in summary.discrepancies)
    assert summary.without_events == []
    assert summary.findings() is False
    assert summary.findings(strict=True) is True


def test_findings_are_what_a_user_should_look_at() -> None:
    assert Summary(store="s", conforms=False).findings()
    assert not Summary(store="s", refused=[Refusal("a.txt", "is empty; give it a text")]).findings()
    assert Summary(store="s", refused=[Refusal("a.txt", "is empty; give it a text")]).findings(strict=True)
    assert not Summary(store="s").findings(strict=True)


def test_an_empty_mapping_has_seen_nothing() -> None:
    assert Mapped().seen == 0
    assert nquads([]) == b""


def test_unread_sentences_come_with_their_file_and_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Talks were held. The weather was fine for the time of the year.")
    found = list(unread_sentences(map_articles(read([tmp_path])).records))
    assert [(file, sentence) for file, _, sentence in found] == [("a.txt", "Talks were held.")]
    assert all(unread.reason for _, unread, _ in found)


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"{CORPUS} is not there: the corpus is NOT mapped by this run")
def test_three_hundred_articles_of_the_corpus_are_mapped_and_accounted_for() -> None:
    readings: list[Reading] = []
    for path in sorted(CORPUS.glob("*.jsonl")):
        readings += islice(read([path]), 100)
    mapped = map_articles(readings)
    assert mapped.seen == len(readings) == 300
    assert len(mapped.records) > 290
    assert nquads(mapped.records)
