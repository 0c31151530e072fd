"""The headline of a page and the name of its site: what metadata states, borne out by what the page shows."""

import re
from functools import lru_cache

import msgspec

from kg.articles.chrome import furniture, is_body, vocabulary
from kg.articles.draft import one_line
from kg.articles.lines import is_prose
from kg.articles.metadata import title_parts, without_site
from kg.articles.tree import HEADINGS, Block, Page
from kg.iris import fold

_BESIDE = re.compile(r"\s*(?:[|–—»·•/_｜:]|-(?=\s)|::|l(?=\s))+\s*")


class Headline(msgspec.Struct):
    """A headline, the element that shows it (-1: none), and the site's name as far as the page's title gives it."""

    text: str | None
    element: int = -1
    site: str | None = None


def headline_of(page: Page, stated: str | None, document: str | None) -> Headline:
    """Return the headline: what the page shows and a title bears out, else what the titles state without the site."""
    stated, document = one_line(stated), one_line(document)
    shown = [(block, one_line(block.text) or "") for block in page.blocks if len(block.text) < 320]
    titles = [_Title(fold(title), {fold(part) for part in title_parts(title)}) for title in (stated, document) if title]
    ranked = [
        (_rank(page, block, text, titles, bool(stated)), -number)
        for number, (block, text) in enumerate(shown)
        if titles
    ]
    best = max(ranked, default=((0, 0, 0), 0))
    if best[0][0]:
        block, text = shown[-best[1]]
        return Headline(text, block.element, _site(text, document))
    if stated:
        return Headline(without_site(stated), site=_site(without_site(stated), document))
    return _unborne(page, shown, document)


class _Title(msgspec.Struct):
    """A title that metadata states: folded as a whole and in the parts that bars and dashes make."""

    whole: str
    parts: set[str]

    def bears_out(self, bare: str, level: int, words: int) -> bool:
        """Return whether folded text of a page may be the headline of which this title tells."""
        if not bare or bare not in self.whole:
            return False
        if level == 3 or bare == self.whole or bare in self.parts:
            return True
        return (words >= 5 and self.whole.startswith(bare + " ")) or (words >= 4 and self.whole.endswith(" " + bare))


def _rank(page: Page, block: Block, text: str, titles: list[_Title], stated: bool) -> tuple[int, int, int]:
    """Return how likely a block is the headline, zeros where no title bears it out.

    What equals the first title comes first, then what is marked as headline, an ``h1``, another heading.
    """
    tag, words, bare = page.tags[block.element], text.count(" ") + 1, fold(text)
    level = 3 if tag == "h1" else 2 if tag in HEADINGS else 1
    # A page's title alone is often no more than the name of its site, which stands somewhere too.
    exact = bare == titles[0].whole and (stated or level > 1 or words > 3)
    if (words < (2, 4, 3, 2)[level] and not exact) or not any(t.bears_out(bare, level, words) for t in titles):
        return 0, 0, 0
    named = is_body(text)
    if furniture(text) or (level == 1 and named):
        return 0, 0, 0
    marked = not _marks().isdisjoint(page.classes[block.element].split())
    return 1 + exact, (0 if named else level) + 2 * marked, -(block.linked > 0)  # many a site's name is its only h1


@lru_cache(maxsize=1)
def _marks() -> frozenset[str]:
    return frozenset(vocabulary()["html"]["headlines"])


def _site(headline: str, document: str | None) -> str | None:
    """Return the name beside the headline in the page's title, where a bar or dash parts them.

    >>> _site("Peru and Ghana agree", "Peru and Ghana agree | News | Andean Post")
    'Andean Post'
    >>> _site("Peru and Ghana agree", "MOFA - Peru and Ghana agree")
    'MOFA'
    """
    before, found, after = (document or "").partition(headline)
    if not found:
        return None
    beside = _BESIDE.match(after)
    names = title_parts(after[beside.end() :])[::-1] if beside else []
    if after.startswith("-") and headline.count(" ") >= 3:  # Talks are held in Lima-Andean Post
        names = [after[1:].strip()]
    if not names and before.rstrip()[-1:] in tuple("|–—»·•-:_｜"):
        names = title_parts(before.rstrip(" |–—»·•-:_｜"))
    return next((name for name in names if 1 < len(name) < 80 and name.count(" ") < 9 and not furniture(name)), None)


def _unborne(page: Page, shown: list[tuple[Block, str]], document: str | None) -> Headline:
    """Return the headline where no metadata states one and no heading agrees with the page's title."""
    long = [(block, text) for block, text in shown if page.tags[block.element] == "h1" and text.count(" ") >= 2]
    if long:
        return Headline(long[0][1], long[0][0].element, _site(long[0][1], document))
    parts = title_parts(document) if document else []
    first = next((block for block in page.blocks if block.is_paragraph), None)
    headings = [
        (block, text)
        for block, text in shown
        if first and block.element < first.element and _is_heading(page, block) and not furniture(text)
    ]
    site = parts[-1] if len(parts) > 1 and not furniture(parts[-1]) else None
    site = document if document and is_body(document) else site
    headings = headings or [
        (block, text)
        for block, text in shown
        if first and block.element < first.element and _is_called_so(page, block) and not furniture(text)
    ]
    if headings:
        block, text = headings[-1]
        return Headline(text, block.element, site)
    if document and max(part.count(" ") for part in parts) >= 3 and not is_body(document):
        return Headline(without_site(document), site=_site(without_site(document), document))
    return Headline(None, site=site)


def _is_heading(page: Page, block: Block) -> bool:
    return page.tags[block.element] in HEADINGS and block.text.count(" ") >= 3 and block.linked == 0


def _is_called_so(page: Page, block: Block) -> bool:
    """Return whether a block is a heading by the name of its class or id alone."""
    words = any(word in page.classes[block.element] for word in vocabulary()["html"]["heading_words"])
    return words and block.text.count(" ") >= 3 and not is_prose(block.text)


def site_above(page: Page, headline: int) -> str | None:
    """Return the name of a body that stands alone above the headline, else ``None``."""
    above = (block.text for block in page.blocks if block.element < headline and len(block.text) < 100)
    return next((text for text in above if " " in text and "\n" not in text and is_body(text)), None)
