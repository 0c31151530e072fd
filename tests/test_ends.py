"""Articles that end in the middle of a sentence: what can be read is, and nothing fails."""

import tomllib
from pathlib import Path

import pytest

from kg.articles import Article
from kg.language.lexicon import load_lexicon
from kg.mappers import map_article

CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))


def read(text: str, title: str | None = None) -> None:
    body = text if title is None else f"{title}\n\n{text}"
    article = Article(text=body, file="cut", title=title, published="2024-05-15", publisher=None, url=None)
    map_article(article, load_lexicon())


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_an_article_may_end_at_any_word(file: Path) -> None:
    for case in tomllib.loads(file.read_text("utf-8"))["case"]:
        words = case.get("text", "").split(" ")
        for count in range(1, len(words) + 1):
            cut = " ".join(words[:count]).rstrip(".,;:")
            read(cut)
            read(cut, title=cut)


@pytest.mark.parametrize(
    "text",
    [
        "On Tuesday he met his guest",
        "President Xi Jinping received President Vladimir Putin on Tuesday. He gave a dinner for his guest",
        "President Xi Jinping received President Vladimir Putin and His Excellency",
        "President Hakainde Hichilema of Zambia and His Majesty",
    ],
)
def test_an_article_may_end_at_who_was_spoken_of_before(text: str) -> None:
    read(text)
