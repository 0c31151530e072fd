"""The parts of a page that are not its article: by their elements' names, and by how they are built."""

import re
from functools import lru_cache
from itertools import accumulate

from kg.articles.chrome import furniture, vocabulary
from kg.articles.tree import HEADINGS, Block, Page

_CALLED = {"nav": "navigation", "figcaption": "photo caption", "figure": "photo caption"}
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
LONGEST_CAPTION = 450
"""Characters of sentences beyond which the box of a picture is more than that."""

OTHER = "another article"
TEASER = "teaser"


def reasons_of(page: Page, headline: int) -> list[str]:
    """Return, for each element, why it is not the article (an ancestor's reason is inherited), or nothing.

    ``headline`` is the element of the article's headline, -1 where none is known.
    """
    built = _built(page, headline)
    reasons = _reasons(page, headline, built)
    if built and not any(block.is_paragraph and not reasons[block.element] for block in page.blocks):
        return _reasons(page, headline, {})  # a page of nothing but cards: they are what it tells
    return reasons


def _reasons(page: Page, headline: int, built: dict[int, str]) -> list[str]:
    total = page.prose[0] if page.prose else 0
    links = _counts(page, "a")
    reasons: list[str] = []
    for index, tag in enumerate(page.tags):
        parent = page.parents[index]
        reason = reasons[parent] if parent >= 0 else ""
        # An element with half of the sentences, or the headline and some, is the article, whatever it is called.
        if not reason and page.prose[index] * 2 <= total and not _is_story(page, index, headline):
            reason = _reason(tag, page.classes[index]) or built.get(index, "")
            if reason in _if_linked() and index not in built and links[page.ends[index]] == links[index]:
                reason = ""
        reasons.append(reason)
    return reasons


def _is_story(page: Page, element: int, headline: int) -> bool:
    return headline >= 0 and page.holds(element, headline) and page.prose[element] > page.prose[headline]


def _counts(page: Page, *tags: str) -> list[int]:
    """Return how many elements of these tags come before each element, and at last how many there are."""
    return [0, *accumulate(tag in tags for tag in page.tags)]


def _built(page: Page, headline: int) -> dict[int, str]:
    """Return elements that are chrome by their build: boxes under a heading like "Most read", cards, other stories."""
    found = _captions(page)
    held = page.sums((block.element, 1) for block in page.blocks)
    told = page.sums((block.element, 1) for block in page.blocks if block.is_paragraph)
    found.update(dict.fromkeys(_other_stories(page, headline, told), OTHER))
    invitations: dict[int, int] = {}
    for number, block in enumerate(page.blocks):
        kind = furniture(block.text) if len(block.text) < 80 else None
        if kind and kind.ends and (box := _box(page, number, held)) >= 0:
            found.setdefault(box, kind.reason)
        elif kind and kind.inset:
            parent = page.parents[page.parents[block.element]]
            for box in {page.parents[block.element], parent}:
                invitations[box] = invitations.get(box, 0) + 1
                if invitations[box] == 2:
                    found.setdefault(box, TEASER)
        elif block.linked * 10 > len(block.text) * 8 and block.text.count(" ") >= 2:
            found.setdefault(_card(page, block, held, told), TEASER)
    found.pop(-1, None)
    return found


def _captions(page: Page) -> dict[int, str]:
    """Return the boxes of pictures with their captions, unless most of the page stands in such boxes."""
    pictures = _counts(page, "img", "amp-img", "picture")
    found: dict[int, str] = {}
    held = end = 0
    for index, tag in enumerate(page.tags):
        pictured = pictures[page.ends[index]] > pictures[index] and page.prose[index] < LONGEST_CAPTION
        if pictured and index >= end and _picture(tag, page.classes[index]):
            found[index] = "photo caption"
            held, end = held + page.prose[index], page.ends[index]
    return found if found and held * 3 <= page.prose[0] else {}


def _other_stories(page: Page, headline: int, told: list[int]) -> list[int]:
    """Return elements that hold another story: an ``article`` beside the headline's, the parent of another ``h1``."""
    if headline < 0:
        return []
    articles = [index for index, tag in enumerate(page.tags) if tag == "article"]
    own = next((index for index in articles if page.holds(index, headline)), -1)
    stories = [index for index in articles if own >= 0 and told[own] and not page.holds(own, index)]
    if page.tags[headline] == "h1":
        later = [page.parents[i] for i in range(headline + 1, len(page.tags)) if page.tags[i] == "h1"]
        # Parts of the article under headings of their own are short, or leave nothing to the headline.
        others = [parent for parent in later if told[parent] > 1 and not page.holds(parent, headline)]
        rest = page.prose[0] - sum(page.prose[parent] for parent in others)
        stories += [parent for parent in others if page.prose[parent] <= rest]
    return stories


def _box(page: Page, number: int, held: list[int]) -> int:
    """Return the element that a block leads as its heading, or -1."""
    here = page.blocks[number].element
    while here >= 0 and held[here] <= 1:
        here = page.parents[here]
    leads = number == 0 or not page.holds(here, page.blocks[number - 1].element)
    return here if here >= 0 and leads else -1


def _card(page: Page, block: Block, held: list[int], told: list[int]) -> int:
    """Return the element in which a linked headline stands with a summary and little else, or -1."""
    here, card = block.element, -1
    heading = page.tags[here] in HEADINGS
    while (here := here if card < 0 and not heading else page.parents[here]) >= 0:
        if page.tags[here] in ("p", "td", "body") or told[here] > 1 or held[here] > 5 or card == here:
            break
        card = here
        heading = True
    return card if card >= 0 and told[card] == 1 else -1


@lru_cache(maxsize=1)
def _elements() -> frozenset[str]:
    return frozenset(vocabulary()["html"]["elements"])


@lru_cache(maxsize=1)
def _class_words() -> frozenset[str]:
    return frozenset(vocabulary()["html"]["words"])


@lru_cache(maxsize=1)
def _if_linked() -> frozenset[str]:
    return frozenset(vocabulary()["html"]["if_linked"])


@lru_cache(maxsize=1)
def _picture_words() -> frozenset[str]:
    return frozenset(vocabulary()["html"]["pictures"])


@lru_cache(maxsize=8192)
def _reason(tag: str, names: str) -> str:
    """Return why an element is chrome, by its tag, role, class or id, or nothing.

    >>> _reason("nav", ""), _reason("div", "td-related-articles box"), _reason("p", "lead")
    ('navigation', 'related', '')
    """
    if tag in _elements():
        return _CALLED.get(tag, tag)
    if names == "role-chrome":
        return "navigation"
    if not names or tag in ("html", "body", "main"):
        return ""
    return next((word for name in names.split() for word in _words(name) if word in _class_words()), "")


@lru_cache(maxsize=8192)
def _picture(tag: str, names: str) -> str:
    """Return "photo caption" for the box of a picture by its class or id, or nothing."""
    boxed = tag in ("div", "span", "li", "td", "dl", "section", "table") and names
    words = {word for name in names.split() for word in _words(name)} if boxed else set()
    return "" if words.isdisjoint(_picture_words()) else "photo caption"


def _words(name: str) -> list[str]:
    whole: list[str] = _WORD.findall(name)
    return [*whole, *(part for word in whole for part in word.split("-"))]
