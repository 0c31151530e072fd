"""An article in the making: what a reader of one format found, before the text is cleaned."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

import msgspec

from kg.articles.article import Cut
from kg.articles.characters import clean, unescape
from kg.articles.dates import Stamp, parse

_SLUG = re.compile(r"[^\W_]+(?:[_+%-]+[^\W_]+){2,}(?:\.\w{2,5})?")
_PLAIN_URL = re.compile(r"https?://[a-zA-Z0-9.-]+(?::\d+)?(?:/[\w./%~?=&+-]*)?", re.ASCII)
# User and password, host or IPv6 address, port.
_AUTHORITY = re.compile(r"(?:[^\s@%\[\]]*@)?(?:[^\s@%:\[\]<>\"\\^`{|}]+|\[[0-9a-fA-F:.]+\])(?::\d{0,5})?")
_NO_ESCAPE = re.compile(r"%(?![0-9a-fA-F]{2})")
_SAFE = "/:=&?~+!$,;@()*"
_BLANKS = re.compile(r"\s+")


class Draft(msgspec.Struct, kw_only=True):
    """A source's raw text and metadata; the fields are those of `Article`."""

    file: str
    text: str = ""
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    updated: str | None = None
    """The date of a stamp that says when the page was last changed."""
    either: tuple[str, ...] = ()
    """Both readings of a stated date in figures, where it alone does not tell which is meant."""
    dateline: str | None = None
    dateline_date: str | None = None
    url: str | None = None
    language: str | None = None
    cut: list[Cut] = []
    warnings: list[str] = []

    def warn(self, warning: str) -> None:
        """Add a warning, once."""
        if warning not in self.warnings:
            self.warnings.append(warning)

    def state_date(self, stated: str | None) -> None:
        """Set ``published`` from a date field, unless it is set; a date that cannot be is a warning."""
        found = parse(stated) if stated and not self.published else None
        if found:
            self.published = found.iso
        if found and found.problem:
            self.doubt(found)
        elif stated and not found and not self.published:
            self.warn(f"the stated date {stated[:40]!r} is not understood; it is left out")

    def doubt(self, found: Stamp) -> None:
        """Note a date that cannot be read as it stands."""
        if found.either:
            self.either = self.either or found.either
        else:
            self.warn(f"{found.problem}; it is left out")

    def state_url(self, stated: str | None) -> None:
        """Set ``url`` unless it is set; what is no web address is a warning."""
        if stated and not self.url:
            self.url = web_address(stated)
            if not self.url:
                self.warn(f"the address {stated[:80]!r} is no http or https URL; it is left out")


def one_line(text: str | None) -> str | None:
    """Return ``text`` as one clean line, or ``None`` where nothing is left.

    >>> one_line(" Xi &amp;  Trong\\n talk ")
    'Xi & Trong talk'
    """
    return _BLANKS.sub(" ", clean(unescape(text))[0]).strip() or None if text else None


def is_slug(line: str) -> bool:
    """Return whether ``line`` is a file name rather than words.

    >>> is_slug("Xi_Jinping_Pledges_to_Deepen_Ties"), is_slug("face-to-face"), is_slug("Xi meets Trong")
    (True, False, False)
    """
    return _SLUG.fullmatch(line) is not None and len(re.split(r"[_+%-]+", line)) >= 4


def unslug(line: str) -> str:
    """Return a file name's words.

    >>> unslug("Xi_Jinping_Pledges_to_Deepen_Ties.txt")
    'Xi Jinping Pledges to Deepen Ties'
    """
    return re.sub(r"[_+%]+" if "_" in line else r"[_+%-]+", " ", re.sub(r"\.\w{2,5}$", "", line)).strip()


def web_address(stated: str) -> str | None:
    """Return an http or https URL with unsafe characters encoded, else ``None``.

    >>> web_address("https://example.org/a b"), web_address("javascript:alert(1)")
    ('https://example.org/a%20b', None)
    """
    url = clean(stated)[0].strip()
    if _PLAIN_URL.fullmatch(url) and "%" not in url:
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not _AUTHORITY.fullmatch(parts.netloc):
        return None
    return urlunsplit((parts.scheme.lower(), quote(parts.netloc, _SAFE + "[]"), *map(_encoded, parts[2:])))


def _encoded(part: str) -> str:
    """Return a part of a URL as it may stand in an IRI: https://www.rfc-editor.org/rfc/rfc3987#section-2.2"""
    return _NO_ESCAPE.sub("%25", quote(part, _SAFE + "%"))
