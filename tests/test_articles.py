"""Reading articles: formats, encodings, messy tops, chrome, and what is refused."""

import doctest
import gzip
import importlib
import io
import json
import os
import pkgutil
import sys
import time
import unicodedata
from pathlib import Path

import pytest

import kg.articles
from kg.articles import PARSERS, Article, Reading, Refusal, gather, interpret, packing, read
from kg.articles import sources as articles_sources
from kg.articles.languages import language_of
from kg.resources import folder

CASES = Path(__file__).parent / "articles"
EXPECTED = sorted(CASES.glob("*.expected.json"))
SENTENCE = "The foreign minister of Malta received the ambassador of Ghana in Valletta on Friday."


def one(path: Path | str) -> Article:
    """Return the only article that a path gives."""
    (reading,) = read([path])
    assert reading.article, reading.refusal
    return reading.article


def article_of(folder: Path, content: str | bytes, name: str = "a.txt") -> Article:
    return one(written(folder, content, name))


def written(folder: Path, content: str | bytes, name: str = "a.txt") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refusal_of(path: Path | str) -> str:
    """Return the reason why the only source of a path is refused."""
    (reading,) = read([path])
    assert reading.refusal and not reading.article
    return reading.refusal.reason


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.name.removesuffix(".expected.json"))
def test_a_case_reads_as_its_file_says(expected: Path) -> None:
    wanted = json.loads(expected.read_text("utf-8"))
    article = one(expected.with_name(expected.name.removesuffix(".expected.json")))
    body = article.text[article.body_start :]
    warned, absent = wanted.pop("warned", None), wanted.pop("absent", ())
    seen = {
        "starts": body[: len(wanted.get("starts", ""))],
        "ends": body[-len(wanted.get("ends", "")) :],
        "paragraphs": body.count("\n\n") + 1,
    }
    assert {name: seen[name] if name in seen else getattr(article, name) for name in wanted} == wanted
    assert warned is None or any(warned in warning for warning in article.warnings)
    assert [words for words in absent if words in article.text] == []


def test_every_case_has_its_expectation_and_there_are_plenty() -> None:
    inputs = {path.name for path in CASES.iterdir()} - {path.name for path in EXPECTED}
    assert inputs == {path.name.removesuffix(".expected.json") for path in EXPECTED}
    assert len(inputs) >= 30


@pytest.mark.parametrize("module", [m.name for m in pkgutil.iter_modules(kg.articles.__path__, "kg.articles.")])
def test_the_examples_of_docstrings_hold(module: str) -> None:
    assert doctest.testmod(importlib.import_module(module)).failed == 0


def test_a_text_is_its_headline_a_blank_line_and_its_body(tmp_path: Path) -> None:
    article = article_of(tmp_path, f"Malta receives envoy of Ghana\n\n{SENTENCE}\n{SENTENCE}")
    assert article.text == f"Malta receives envoy of Ghana\n\n{SENTENCE}\n\n{SENTENCE}"
    assert article.text[article.body_start :].startswith("The foreign minister")


def test_an_absent_headline_is_not_invented(tmp_path: Path) -> None:
    assert article_of(tmp_path, f"{SENTENCE}\n\n{SENTENCE}").title is None


def test_what_is_cut_can_be_shown_with_its_reason(tmp_path: Path) -> None:
    article = article_of(tmp_path, f"A day in Malta again\n\n{SENTENCE}\n\nLeave a Reply\nName\nEmail")
    assert [(cut.reason, cut.text) for cut in article.cut] == [("comment form", "Leave a Reply\nName\nEmail")]


def test_a_comment_heading_inside_an_article_does_not_end_it(tmp_path: Path) -> None:
    article = article_of(tmp_path, f"A day in Malta again\n\n{SENTENCE}\n\nComments\n\n" + f"{SENTENCE}\n\n" * 3)
    assert article.text.count(SENTENCE) == 4


def test_a_dateline_without_a_year_gives_no_date_of_publication(tmp_path: Path) -> None:
    article = article_of(tmp_path, f"Envoy of Ghana comes to Malta\n\nVALLETTA, Dec. 1 (Xinhua) -- {SENTENCE}")
    assert (article.published, article.dateline, article.dateline_date) == (None, "VALLETTA", "--12-01")
    assert article.publisher == "Xinhua"


@pytest.mark.parametrize(
    ("line", "place", "date", "agency"),
    [
        ("HÀ NỘI (VNS) — ", "HÀ NỘI", None, "Viet Nam News"),
        ("TOKYO, March 3 (Kyodo) - ", "TOKYO", "--03-03", "Kyodo News"),
        ("WASHINGTON (AP) — ", "WASHINGTON", None, "AP"),
        ("TEHRAN, IRNA – ", "TEHRAN", None, "IRNA"),
        ("MOSCOW. November 18 (Interfax) - ", "MOSCOW", "--11-18", "Interfax"),
        ("BEIJING/HANOI, Dec. 1 (Xinhua) -- ", "BEIJING/HANOI", "--12-01", "Xinhua"),
        ("UNITED NATIONS, Sept. 20 (Xinhua) -- ", "UNITED NATIONS", "--09-20", "Xinhua"),
        ("Havana, Mar 3 (Prensa Latina) ", "Havana", "--03-03", "Prensa Latina"),
        ("ISLAMABAD, Mar 03 (APP): ", "ISLAMABAD", "--03-03", "Associated Press of Pakistan"),
        ("KUWAIT, March 3 (KUNA) -- ", "KUWAIT", "--03-03", "Kuwait News Agency"),
        ("Washington — ", "Washington", None, None),
        ("ISLAMABAD: ", "ISLAMABAD", None, None),
        ("Cairo - 3 March 2023 - ", "Cairo", "2023-03-03", None),
        ("VGP - ", None, None, "VGP News"),
    ],
)  # fmt: skip
def test_a_dateline_is_read_and_cut(
    tmp_path: Path, line: str, place: str | None, date: str | None, agency: str | None
) -> None:
    article = article_of(tmp_path, f"Envoy of Ghana comes to Malta\n\n{line}{SENTENCE}")
    assert article.text == f"Envoy of Ghana comes to Malta\n\n{SENTENCE}"
    assert (article.dateline, article.dateline_date, article.publisher) == (place, date, agency)


@pytest.mark.parametrize(
    "sentence",
    [
        "On February 8, 2021, the two leaders spoke by telephone - at length and in good spirits.",
        "ASEAN: the ministers of its ten members met in Vientiane, with one absent again.",
        "The Association of Southeast Asian Nations (ASEAN) – ten states in all – met in Vientiane.",
        "Russia - China trade grew by a tenth, the two ministers noted in Moscow on Friday.",
        "PRESIDENT PUTIN: Colleagues, good afternoon, we meet today to speak about the harvest.",
        "May 9 - a holiday in both countries - will be marked by a joint parade this year.",
    ],
)
def test_a_sentence_is_not_taken_for_a_dateline(tmp_path: Path, sentence: str) -> None:
    article = article_of(tmp_path, f"A day in the life of envoys\n\n{sentence}")
    assert (article.dateline, article.text[article.body_start :]) == (None, sentence)


@pytest.mark.parametrize(
    ("end", "publisher"),
    [(" — VNS", "Viet Nam News"), ("./. VNA", "Vietnam News Agency"), (" (ANI)", "ANI"), (" Enditem", None),
     ("\n\n--BERNAMA", "Bernama"), ("\n\n###", None), (" -- SPA", "Saudi Press Agency")],
)  # fmt: skip
def test_a_sign_off_is_cut_and_names_the_publisher(tmp_path: Path, end: str, publisher: str | None) -> None:
    article = article_of(
        tmp_path, f"Envoy of Ghana comes to Malta\n\n{SENTENCE.rstrip('.')}.{end}".replace("../.", "./.")
    )
    assert article.text.endswith("in Valletta on Friday.")
    assert article.publisher == publisher


@pytest.mark.parametrize(
    ("stated", "iso"),
    [("April 22, 2022", "2022-04-22"), ("22 April 2022", "2022-04-22"),
     ("Friday, 22nd April, 2022 14:05 hrs IST", "2022-04-22"),
     ("2022/04/22", "2022-04-22"), ("22.04.2022", "2022-04-22"), ("04/22/2022 9:00 AM", "2022-04-22"),
     ("22/04/2022", "2022-04-22"),
     ("Published: Apr 22, 2022 | Updated: Apr 25, 2022", "2022-04-22"), ("2022-04-22T23:30:00-05:00", "2022-04-22"),
     ("03/03/2022", "2022-03-03"), ("03/04/2021", None), ("May", None), ("31 April 2021", None), ("2021-13-01", None)],
)  # fmt: skip
def test_a_date_stamp_is_read_or_left_out(tmp_path: Path, stated: str, iso: str | None) -> None:
    assert article_of(tmp_path, f"Envoy of Ghana comes to Malta\n\n{stated}\n\n{SENTENCE}").published == iso


def test_metadata_comes_before_what_the_text_says(tmp_path: Path) -> None:
    row = {
        "title": "Malta",
        "text": f"VALLETTA, May 1, 2019 (AFP) - {SENTENCE}",
        "date": "2019-05-02",
        "source": "Times",
    }
    article = article_of(tmp_path, json.dumps(row), "a.json")
    assert (article.published, article.publisher, article.dateline_date) == ("2019-05-02", "Times", "2019-05-01")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.jsonl"])
def test_unicode_encodings_are_told_apart(tmp_path: Path, encoding: str, name: str) -> None:
    words = "Thủ tướng met the ambassador of Ghana in Hà Nội on Friday, and both spoke of trade."
    shapes = {".html": f"<html><body><p>{words}</p></body></html>", ".txt": words}
    content = shapes.get(Path(name).suffix, json.dumps({"text": words}, ensure_ascii=False) + "\n")
    assert article_of(tmp_path, content.encode(encoding), name).text == words


def test_windows_1252_is_read_with_a_warning(tmp_path: Path) -> None:
    article = article_of(tmp_path, "The café owner — “a friend” — met the envoy of Ghana.".encode("cp1252"))
    assert "café owner — “a friend”" in article.text
    assert any("Windows-1252" in warning for warning in article.warnings)


def test_mojibake_is_left_as_it_is(tmp_path: Path) -> None:
    assert "cafÃ©" in article_of(tmp_path, "The envoy of Ghana went to a cafÃ© in Valletta on Friday.").text


def test_unwanted_characters_are_removed_and_counted(tmp_path: Path) -> None:
    raw = '{"text": "The en\\u00advoy of\\u200b Gha\\u0000na came to Ma\\ud800lta on Friday, e\\u0301lan and all."}'
    article = article_of(tmp_path, raw, "a.json")
    assert article.text == "The envoy of Ghana came to Malta on Friday, élan and all."
    assert unicodedata.is_normalized("NFC", article.text)
    assert article.warnings == ("2 control characters or lone surrogates were removed",)


def test_a_folder_is_read_in_order_of_name_with_relative_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.txt", ".hidden.txt", ".git/config", "a/.x"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(SENTENCE)
    assert [reading.article and reading.article.file for reading in read([tmp_path])] == ["a/1.txt", "a/2.txt", "b.txt"]


def test_a_bad_row_is_refused_alone(tmp_path: Path) -> None:
    rows = [
        json.dumps({"text": SENTENCE}),
        "{broken",
        "",
        json.dumps({"title": "x"}),
        "[1]",
        json.dumps({"body": SENTENCE}),
    ]
    readings = list(read([written(tmp_path, "\n".join(rows), "x.jsonl")]))
    assert [r.article.file for r in readings if r.article] == ["x.jsonl#1", "x.jsonl#6"]
    assert [r.refusal.file for r in readings if r.refusal] == ["x.jsonl#2", "x.jsonl#4", "x.jsonl#5"]


def test_a_json_list_gives_an_article_each(tmp_path: Path) -> None:
    content = json.dumps({"articles": [{"text": SENTENCE}, {"text": ""}, 7]})
    readings = list(read([written(tmp_path, content, "x.json")]))
    assert [bool(reading.article) for reading in readings] == [True, False, False]


def test_json_lines_are_told_from_json_without_a_suffix(tmp_path: Path) -> None:
    content = "\n".join(json.dumps({"text": SENTENCE}) for _ in range(3))
    for name in ("x", "x.json", "x.txt"):
        assert len(list(read([written(tmp_path, content, name)]))) == 3


@pytest.mark.parametrize("suffix", [".txt", ".json", ".jsonl", ".html", ""])
def test_gzip_is_unpacked_whatever_the_name(tmp_path: Path, suffix: str) -> None:
    content = {".json": json.dumps({"text": SENTENCE}), ".jsonl": json.dumps({"text": SENTENCE}) + "\n"}
    content[".html"] = f"<html><body><p>{SENTENCE}</p></body></html>"
    packed = gzip.compress(content.get(suffix, SENTENCE).encode())
    for name in (f"a{suffix}.gz", f"b{suffix}"):
        assert article_of(tmp_path, packed, name).text == SENTENCE


def test_standard_input_is_read_and_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO(f'{{"text": "{SENTENCE}"}}\n'.encode() * 2)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw))
    assert [reading.article and reading.article.file for reading in read(["-"])] == ["-#1", "-#2"]
    assert not raw.closed


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\n\t\n", "is empty"),
        ("a.pdf", b"%PDF-1.7\n\x00\x01", "is a PDF"),
        ("noise.txt", bytes(range(256)) * 40, "is binary data"),
        ("menu.txt", b"Home\nNews\nSports\nContact us\nLog in\n", "no text left"),
        ("x.json", b'{"title": "x"', "is not JSON"),
        ("x.json", b"[]", "empty list"),
        ("x.json", b"3", "no JSON object"),
        ("x.json", b"[" * 100_000, "is not JSON"),
        ("x.html", b"<html><body><nav><a href=1>Home</a></nav></body></html>", ""),
        ("cut.txt.gz", gzip.compress(os.urandom(4000).hex().encode())[:-900], "truncated gzip"),
        ("cut.txt.gz", gzip.compress(SENTENCE.encode() * 90)[:-9], "truncated gzip"),
        ("bad.gz", b"\x1f\x8b\x08\x00 nothing of the kind", "gzip"),
        ("empty.gz", gzip.compress(b""), "is empty"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_refused_in_one_sentence(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    stated = refusal_of(written(tmp_path, content, name))
    assert reason in stated
    assert "\n" not in stated
    assert "; " in stated or reason


def test_strange_files_are_refused_and_the_others_go_on(tmp_path: Path) -> None:
    written(tmp_path, SENTENCE, "z.txt")
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "void").symlink_to("nowhere")
    written(tmp_path, SENTENCE, "with\nnewline.txt")
    readings = list(read([tmp_path, tmp_path / "missing", "/dev/null"]))
    refused = {r.refusal.file: r.refusal.reason for r in readings if r.refusal}
    assert {r.article.file for r in readings if r.article} == {"z.txt", "with\nnewline.txt"}
    assert set(refused) == {"fifo", "loop", "self", "void", "missing", "null"}
    assert (
        "pipe" in refused["fifo"] and "folder it lies in" in refused["loop"] and "does not exist" in refused["missing"]
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, SENTENCE)
    path.chmod(0)
    assert "permissions" in refusal_of(path)


def test_permission_denied_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(articles_sources.os, "open", denied)
    assert "change its permissions" in refusal_of(written(tmp_path, SENTENCE))


def test_too_large_an_article_is_refused_but_a_large_jsonl_is_streamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(articles_sources, "LARGEST", 10_000)
    assert "is larger than" in refusal_of(written(tmp_path, SENTENCE * 200))
    rows = [json.dumps({"text": SENTENCE * n}) for n in (1, 300, 1)] * 40
    readings = list(read([written(tmp_path, "\n".join(rows), "x.jsonl")]))
    assert [bool(reading.article) for reading in readings] == [True, False, True] * 40
    assert readings[-1].article and readings[-1].article.file == "x.jsonl#120"


def test_a_gzip_bomb_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (articles_sources, packing):
        monkeypatch.setattr(module, "LARGEST", 100_000)
    assert "is larger than" in refusal_of(written(tmp_path, gzip.compress(b"a" * 5_000_000), "a.txt.gz"))
    assert "200 times" in refusal_of(written(tmp_path, gzip.compress(b"\n" * 5_000_000), "a.jsonl.gz"))


def test_a_stream_of_rows_is_lazy(tmp_path: Path) -> None:
    row = json.dumps({"text": SENTENCE}).encode() + b"\n"
    readings = read([written(tmp_path, row * 20_000 + b"{", "x.jsonl")])
    start = time.perf_counter()
    assert isinstance(next(readings), Reading)
    assert time.perf_counter() - start < 1


HOSTILE = {
    "nested-300": "<html><body>" + "<div>" * 300 + f"<p>{SENTENCE}</p>" + "</div>" * 300,
    "nested-100000": "<html><body>" + "<div>" * 100_000 + f"<p>{SENTENCE}</p>",
    "nested-links": "<html><body>" + "<b><i><a>" * 20_000 + f"<p>{SENTENCE}</p>",
    "unknown-elements": "<html><body>" + "<x-y>" * 100_000 + f"<p>{SENTENCE}</p>",
    "open-comments": f"<html><body><p>{SENTENCE}</p>" + "<!--" * 50_000,
    "open-comments-first": "<html><body>" + "<!--" * 50_000 + f"<p>{SENTENCE}</p>",
    "attributes": "<html><body><p " + " ".join(f'a{n}="<"' for n in range(50_000)) + f">{SENTENCE}</p>",
    "open-tags": "<html><body>" + "<" * 200_000 + f"<p>{SENTENCE}</p>",
    "cards": "<html><body>" + f"<div><h2><a href=x>Envoys meet again</a></h2><p>{SENTENCE}</p></div>" * 8_000,
    "read-more": "<html><body>" + "<div><p>Read more</p></div>" * 30_000 + f"<p>{SENTENCE}</p>",
    "titles": "<html><title>" + "a b | " * 100_000 + "</title>" + "<p>a b c d e</p>" * 5_000 + f"<p>{SENTENCE}</p>",
    "script-data": "<html><script type='application/json'>" + "[" * 500_000 + f"</script><p>{SENTENCE}</p>",
    "dates": "2021-01-01 " * 50_000 + SENTENCE,
    "capitals": "A" * 500_000 + " " + SENTENCE,
    "places": "HANOI, " * 20_000 + SENTENCE,
    "bylines": "By " + "Ab " * 100_000 + SENTENCE,
    "spaces": "x" + " " * 1_000_000 + SENTENCE,
    "ampersands": "&" * 500_000 + SENTENCE,
    "backslashes": "\\" * 500_000 + SENTENCE,
    "names": "Talks: " + ", ".join(f"Jane Doe{n}" for n in range(10_000)) + ". " + SENTENCE,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_read_in_time_and_never_silently_empty(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, HOSTILE[name], "page.html" if HOSTILE[name].startswith("<html") else "text.txt")
    start = time.process_time()
    article = one(path)
    assert time.process_time() - start < 5
    assert "received the ambassador of Ghana" in article.text


def test_a_javascript_address_is_left_out_and_blanks_are_encoded(tmp_path: Path) -> None:
    rows = [
        {"text": SENTENCE, "url": url}
        for url in ("javascript:alert(1)", 'https://e.example/a "b"', "//e.example", "nonsense")
    ]
    readings = list(read([written(tmp_path, "\n".join(map(json.dumps, rows)), "x.jsonl")]))
    assert [r.article and r.article.url for r in readings] == [None, "https://e.example/a%20%22b%22", None, None]


@pytest.mark.parametrize(
    ("text", "stated", "language"),
    [("Le ministre des affaires étrangères est arrivé dans la capitale pour une visite", None, "fr"),
     ("Le ministre des affaires étrangères est arrivé dans la capitale pour une visite", "en-US", "fr"),
     ("El presidente de la república se reunió con los ministros en la capital", None, "es"),
     ("قال الوزير إن المحادثات كانت بناءة", None, "ar"),
     ("Der Minister ist in der Hauptstadt mit dem Kanzler", None, "de"),
     ("외교부 장관이 회담을 했다", None, "ko"), ("The minister spoke of the talks", "fr", "fr"), ("Malta", None, "en")],
)  # fmt: skip
def test_the_language_is_told_cheaply(text: str, stated: str | None, language: str) -> None:
    assert language_of(text, stated) == language


def test_every_suffix_has_a_parser_of_its_own() -> None:
    assert (set(PARSERS) - {"row"}) | {".jsonl"} == set(articles_sources.SUFFIXES.values())


def test_a_source_is_known_by_where_it_is_and_what_it_says(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"text": "One."}\n\n{"text": "Two."}\n')
    (tmp_path / "a.txt").write_text("Talks were held.")
    (tmp_path / "empty.txt").write_text("")
    found = list(gather([tmp_path]))
    assert [f.file if isinstance(f, Refusal) else f.origin for f in found] == [
        str(tmp_path / "a.txt"), "empty.txt", f"{rows}#1", f"{rows}#3",
    ]  # fmt: skip
    digests = {f.digest for f in found if not isinstance(f, Refusal)}
    assert len(digests) == 3
    assert {f.digest for f in gather([tmp_path]) if not isinstance(f, Refusal)} == digests
    assert [r for f in found for r in interpret(f)] == list(read([tmp_path]))


def test_the_sample_articles_are_all_read() -> None:
    samples = Path(str(folder("seeds") / "articles"))
    readings = list(read([samples]))
    assert [reading.refusal for reading in readings if reading.refusal] == []
    assert len({reading.article.key for reading in readings if reading.article}) == len(readings) >= 12


def test_the_page_of_samples_lists_every_sample() -> None:
    page = (Path(__file__).parent.parent / "docs" / "samples.md").read_text("utf-8")
    listed = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    assert listed == sorted(path.name for path in Path(str(folder("seeds") / "articles")).iterdir())


SAMPLES = {
    "lunar-new-year-letters.txt": (None, "RRG", "2024-02-02"),
    "phone-talks-hanoi.txt": ("Leaders of Viet Nam and China speak by telephone before Tet", "RRG", "2021-02-09"),
    "phone-talks-beijing.html": ("Xi Jinping Talks with Nguyen Phu Trong by Phone", "Great Wall Bulletin", None),
    "seventy-five-years.txt": ("Xi Jinping, To Lam and Luong Cuong Mark 75 Years of Ties", None, None),
    "partnership-upgraded.html": ("Vietnam and United States raise ties by two ranks", "Mekong Mirror", "2023-09-11"),
    "quad-summit-announced.txt": (
        "White House announces first Quad summit in person",
        "Potomac Courier",
        "2021-09-13",
    ),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_top_of_a_sample_is_read(name: str) -> None:
    article = one(Path(str(folder("seeds") / "articles" / name)))
    assert (article.title, article.publisher, article.published) == SAMPLES[name]
    assert not any(words in article.text for words in ("An Giang", "RRG", "Leave a Reply", "Most read", '\\"'))
