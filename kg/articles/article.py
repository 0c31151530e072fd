"""The article as the rest of the house sees it: clean text and what the top of the page said."""

import msgspec

from kg.articles.characters import printable
from kg.iris import digest


class Cut(msgspec.Struct, frozen=True):
    """A stretch of the source that is not the article: its words and why it went (menu, comment form, byline …)."""

    text: str
    reason: str


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One article, its text in NFC with paragraphs apart by blank lines.

    ``text`` begins with the headline, where there is one, then a blank line, then the body; offsets everywhere in
    this package count characters of ``text``.
    """

    text: str
    file: str
    """The file's name relative to the path given; a row of JSONL adds ``#`` and its line number."""
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    """ISO date, at the precision stated."""
    dateline: str | None = None
    """The place a dateline names ("HÀ NỘI —", "Hanoi, Dec. 1 (Xinhua)")."""
    dateline_date: str | None = None
    """The date a dateline names, ISO, at the precision stated; a year may be missing: ``--12-01``."""
    url: str | None = None
    language: str = "en"
    cut: tuple[Cut, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def body_start(self) -> int:
        """Offset in ``text`` at which the body begins."""
        return len(self.title) + 2 if self.title else 0

    @property
    def key(self) -> str:
        """The slug of the article's IRI: from its URL, else from its text."""
        return digest(self.url or self.text)

    @property
    def content_digest(self) -> str:
        """SHA-256 of all that mapping reads, as ``sha256:`` and 64 hexadecimal digits."""
        fields = (
            self.text,
            self.title,
            self.publisher,
            self.published,
            self.dateline,
            self.dateline_date,
            self.url,
            self.language,
        )
        return "sha256:" + digest("\x1f".join(f or "" for f in fields), 64)


class Refusal(msgspec.Struct, frozen=True):
    """A source that gave no article: its name and one sentence that says why."""

    file: str
    reason: str

    @property
    def line(self) -> str:
        """Name and reason as they are shown, on one line."""
        return printable(f"{self.file}: {self.reason}")


class Reading(msgspec.Struct, frozen=True):
    """What one source (a file, a row) gave: an article or a refusal, exactly one of them."""

    article: Article | None = None
    refusal: Refusal | None = None
