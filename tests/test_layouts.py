"""What should not matter: one article laid out in many ways is read alike, headline, day and every paragraph."""

import json
import textwrap
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from kg.articles import Article, read

TITLE = "Norway and Peru sign an agreement on fish and on the forests of the Amazon"
PARAGRAPHS = (
    "Foreign Minister Javier González-Olaechea of Peru received the Minister of Foreign Affairs of Norway, Espen Barth "
    "Eide, in Lima on Monday. The two ministers, who had met at the United Nations in the year before, spoke of the "
    "fisheries of both countries and of the protection of the rainforest.",
    "They signed an agreement on fisheries, and Secretary General Ana Ruiz of the Community of Southern Fisheries "
    "attended. President Dina Boluarte thanked both of them at the Government Palace.",
    "According to the Peruvian ministry, the second round of consultations will be held in Oslo next year, after the "
    "parliaments of both countries have agreed to what was signed.",
    "The agreement is the third of its kind, said Ambassador Kari Nordmann.",
)
BODY = "\n\n".join(PARAGRAPHS)


def wrapped(width: int, between: str = "\n\n", first: str = "", others: str = "") -> str:
    """Return the paragraphs broken at a width."""
    filled = (
        textwrap.fill(
            paragraph, width, initial_indent=first, subsequent_indent=others,
            break_long_words=False, break_on_hyphens=False,
        )
        for paragraph in PARAGRAPHS
    )  # fmt: skip
    return between.join(filled)


def in_reply(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


PLAIN: dict[str, str] = {
    **{f"broken at {width}": wrapped(width) for width in range(45, 125, 5)},
    "indented": wrapped(70, first="    ", others="    "),
    "first lines indented": wrapped(70, "\n", first="     "),
    "hanging": wrapped(70, others="   "),
    "double-spaced": wrapped(70, "\n\n\n").replace("\n", "\n\n").replace("\n\n\n\n\n\n", "\n\n\n"),
    "quoted in a reply": in_reply(wrapped(70)),
    "ended as Windows does": wrapped(70).replace("\n", "\r\n"),
    "a paragraph a line": "\n".join(PARAGRAPHS),
    "far apart": "\n\n\n\n".join(PARAGRAPHS),
    "numbered": "\n\n".join(f"{number}. {paragraph}" for number, paragraph in enumerate(PARAGRAPHS, 1)),
    "bulleted": "\n\n".join(f"• {paragraph}" for paragraph in PARAGRAPHS),
    "hyphens of another kind": BODY.replace("-", "\u2010"),
    "soft hyphens": BODY.replace("agreement", "agree\u00adment"),
}

HEADS: dict[str, tuple[str, str]] = {
    "number, place and day": (
        f"REPUBLIC OF PERU\nMINISTRY OF PEACE\n\nPRESS RELEASE No. 12/2024\n\nLima, 7 May 2024\n\n{TITLE}\n\n",
        "\n\n-END-\n\nPress Department\nTel: +51 1 555 0100\nE-mail: press@andes.example\n",
    ),
    "fields": (
        f"MEDIA RELEASE\n\nTO: ALL MEDIA\nFROM: MINISTRY OF FOREIGN AFFAIRS\nDATE: 7 MAY 2024\nSUBJECT: {TITLE}\n\n",
        "\n\nENDS\n\nFor media enquiries contact:\nAna Quispe\n",
    ),
    "immediate release": (
        f"FOR IMMEDIATE RELEASE\nMay 7, 2024\n\n{TITLE}\n\n",
        "\n\n###\n",
    ),
    "day below the text": (
        f"Ministry of Foreign Affairs\nOffice of the Spokesperson\n***\nPress Release\nPR No. 88/2024\n{TITLE}\n\n",
        "\n\nLima\n7 May 2024\n",
    ),
    "front matter": (f'---\ntitle: "{TITLE}"\ndate: 2024-05-07\nauthor: Ana Quispe\n---\n\n', "\n"),
    "Markdown": (f"# {TITLE}\n\n*7 May 2024*\n\n**By Ana Quispe**\n\n", "\n\n---\n\n[Home](https://andes.example)\n"),
    "mail": (f"From: Press <press@andes.example>\nDate: Tue, 07 May 2024 10:00:00 -0500\nSubject: {TITLE}\n\n", "\n"),
}

PAGES: dict[str, Callable[[str], str]] = {
    "time element": lambda text: f"<article><h1>{TITLE}</h1><time datetime=2024-05-07>7 May</time>{text}</article>",
    "tables": lambda text: (
        f"<table><tr><td><a href=/>Home</a><td><b>{TITLE}</b><br><small>7 May 2024</small><br>{text}</table>"
    ),
    "boxes": lambda text: f"<div>7</div><div>May</div><div>2024</div><div><h2>{TITLE}</h2>{text}</div>",
    "credit": lambda text: (
        f"<h1>{TITLE}</h1><div>By Ana Quispe | Published May 7, 2024, 4:15 PM | Updated May 9, 2024</div>{text}"
        "<div>Related news</div><ul><li><a href=/1>Chile recalls its envoy from Freetown</a></li></ul>"
    ),
}

RECORDS: dict[str, dict[str, object]] = {
    "spelt otherwise": {"Headline": TITLE, "Full-Text": BODY, "publish_date": "2024-05-07 10:00:00"},
    "wrapped": {"response": {"results": [{"webTitle": TITLE, "pubDate": "2024-05-07", "fields": {"bodyText": BODY}}]}},
    "seconds": {"title": TITLE, "paragraphs": PARAGRAPHS, "timestamp": 1_715_083_200},
}


def read_one(folder: Path, name: str, content: str) -> Article:
    """Return the article of a file with this content."""
    path = folder / name
    path.write_bytes(content.encode())
    (reading,) = read([path])
    assert reading.article, reading.refusal
    return reading.article


def told(article: Article) -> tuple[str | None, str | None, tuple[str, ...]]:
    return article.title, article.published, tuple(article.text[article.body_start :].split("\n\n"))


WANTED = (TITLE, "2024-05-07", PARAGRAPHS)


@pytest.mark.parametrize("layout", PLAIN)
def test_a_text_is_read_alike_however_it_is_typed(tmp_path: Path, layout: str) -> None:
    assert told(read_one(tmp_path, "a.txt", f"{TITLE}\n\n7 May 2024\n\n\n{PLAIN[layout]}\n")) == WANTED


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("layout", ["broken at 75", "a paragraph a line", "far apart"])
def test_a_letterhead_is_told_from_the_article(tmp_path: Path, head: str, layout: str) -> None:
    above, below = HEADS[head]
    assert told(read_one(tmp_path, "a.txt", above + PLAIN[layout] + below)) == WANTED


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("breaks", ["<p>", "<br><br>"])
def test_a_page_is_read_alike_however_it_is_built(tmp_path: Path, page: str, breaks: str) -> None:
    text = "".join(breaks + escape(paragraph) for paragraph in PARAGRAPHS)
    built = (
        f"<!DOCTYPE html><html lang=en><title>{TITLE}</title><body>{PAGES[page](f'<div>{text}</div>')}</body></html>"
    )
    assert told(read_one(tmp_path, "a.html", built)) == WANTED


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_is_read_alike_whatever_its_keys(tmp_path: Path, record: str) -> None:
    assert told(read_one(tmp_path, "a.json", json.dumps(RECORDS[record]))) == WANTED
