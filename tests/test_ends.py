"""Articles that end in the middle of a sentence: what can be read is, and nothing fails."""

import tomllib
from pathlib import Path

import pytest

from kg.articles import Article
from kg.language.lexicon import load_lexicon
from kg.mappers import map_article

CASES = sorted((Path(__file__).parent / "cases").glob("events-*.toml"))


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_an_article_may_end_at_any_word(file: Path) -> None:
    texts = [case["text"] for case in tomllib.loads(file.read_text("utf-8"))["case"] if "text" in case][:8]
    lexicon = load_lexicon()
    for text in texts:
        words = text.split(" ")
        for count in range(1, len(words) + 1):
            cut = " ".join(words[:count]).rstrip(".,;:")
            for title in (None, cut):
                body = cut if title is None else f"{title}\n\n{cut}"
                article = Article(text=body, file="cut", title=title, published="2024-05-15", publisher=None, url=None)
                map_article(article, lexicon)


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
    map_article(
        Article(text=text, file="cut", title=None, published="2024-05-15", publisher=None, url=None), load_lexicon()
    )
