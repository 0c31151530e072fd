"""Web pages → drafts: metadata read, the article's block found by where its sentences are, the rest cut away."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from kg.articles.article import Cut, Reading
from kg.articles.characters import clean
from kg.articles.chrome import copyright_holder
from kg.articles.cleaning import article, read_mixed_line
from kg.articles.dates import is_update, stamp
from kg.articles.draft import Draft
from kg.articles.headlines import headline_of, site_above
from kg.articles.metadata import document_title, read_metadata
from kg.articles.records import record_draft
from kg.articles.regions import reasons_of
from kg.articles.scripts import SHORTEST, scripted_record
from kg.articles.tree import Block, Page

_SHORTEST_LEAD = 120
"""Letters of a lead at least where no full stop ends it."""
_LETTERHEAD = 8
"""Blocks above the headline at most that may hold place and date."""
_LONGEST_PIECE = 9
"""Letters at most of a day, a month or a year."""
_ELSEWHERE = ("navigation", "footer", "aside", "related", "banner", "teaser", "another article", "comment")


def read_page(text: str, file: str, warnings: Sequence[str] = (), url: str | None = None) -> Iterator[Reading]:
    """Yield the reading of one web page; ``url`` is where it was found, which counts for more than what it says."""
    draft = draft_of(Page(text), file, url)
    draft.warnings[:0] = warnings
    yield article(draft)


def draft_of(page: Page, file: str, url: str | None = None) -> Draft:
    """Return a page as a draft: metadata, the article's paragraphs, and what was cut."""
    draft = Draft(file=file, cut=[], warnings=[])
    draft.state_url(url)
    read_metadata(page.tree, draft)
    headline = headline_of(page, draft.title, document_title(page.tree))
    reasons = reasons_of(page, headline.element)
    kept = _kept(page, reasons, headline.element)
    start, end = _article(page, kept)
    inside = [start <= block.element < end and keep for block, keep in zip(page.blocks, kept, strict=True)]
    if (lead := _lead(page, kept, headline.element, start)) >= 0:
        inside[lead] = True
    draft.title = headline.text
    draft.publisher = draft.publisher or headline.site or site_above(page, headline.element)
    _read_visible_date(page, draft, reasons, headline.element, end)
    text = "\n\n".join(b.text for b, keep in zip(page.blocks, inside, strict=True) if keep and not b.is_link)
    draft.cut = _cuts(page.blocks, inside, reasons)
    # Pages built by scripts hold the article in their metadata or data only.
    draft.text = draft.text if len(text) < SHORTEST < len(draft.text) else text
    if len(draft.text) < SHORTEST and (record := scripted_record(page.tree)):
        _fill(draft, record_draft(record, file))
    if not draft.publisher:
        held = (copyright_holder(line) for cut in draft.cut for line in cut.text.split("\n"))
        draft.publisher = next(filter(None, held), None)
    return draft


def _fill(draft: Draft, other: Draft) -> None:
    """Give a draft the text of another, and what else the other knows and it does not."""
    draft.text, draft.title = other.text, other.title or draft.title
    draft.publisher = draft.publisher or other.publisher
    draft.published = draft.published or other.published
    draft.url = draft.url or other.url


def _kept(page: Page, reasons: list[str], headline: int) -> list[bool]:
    """Return which blocks may be the article's: no chrome, and below the headline where a third of the text is."""
    kept = [not reasons[block.element] for block in page.blocks]
    lengths = [len(b.text) if keep and b.is_paragraph else 0 for b, keep in zip(page.blocks, kept, strict=True)]
    below = sum(length for b, length in zip(page.blocks, lengths, strict=True) if b.element >= headline)
    if headline < 0 or below * 3 < sum(lengths):
        return kept
    return [keep and block.element >= headline for block, keep in zip(page.blocks, kept, strict=True)]


def _article(page: Page, kept: list[bool]) -> tuple[int, int]:
    """Return the range of elements that is the article's: the smallest with nearly all its sentences.

    From the element with most sentences of its own it widens to ancestors that add much to it.
    """
    paragraphs = [b for b, keep in zip(page.blocks, kept, strict=True) if keep and b.is_paragraph]
    prose = page.sums((block.element, len(block.text)) for block in paragraphs)
    own = [0] * len(page.tags)
    for block in paragraphs:
        for element in (block.element, page.parents[block.element]):
            if element >= 0:
                own[element] += len(block.text)
    if not own or not max(own):
        return 0, len(page.tags)
    widest = here = max(range(len(own)), key=own.__getitem__)
    while (here := page.parents[here]) >= 0 and page.tags[here] != "html":
        much = 2 if page.tags[here] == "body" else 1.15
        if prose[here] >= much * prose[widest] or page.tags[here] == "article":
            widest = here
    return widest, page.ends[widest]


def _lead(page: Page, kept: list[bool], headline: int, start: int) -> int:
    """Return the number of the one paragraph in a box of its own between headline and text, or -1.

    What stands in the headline's own ``header`` sums the article up.
    """
    between = [
        number
        for number, block in enumerate(page.blocks)
        if kept[number] and headline < block.element < start
        if block.is_paragraph or (len(block.text) > _SHORTEST_LEAD and not block.is_link)
    ]
    if headline < 0 or len(between) != 1:
        return -1
    box = page.parents[headline]
    return -1 if page.tags[box] == "header" and page.holds(box, page.blocks[between[0]].element) else between[0]


def _read_visible_date(page: Page, draft: Draft, reasons: list[str], headline: int, end: int) -> None:
    """Read the date printed between headline and text where metadata gives none."""
    if draft.published:
        return
    runs = [(b.element, b.text) for b in page.blocks] + page.texts  # a date may share its block with a byline
    first = next((b.element for b in page.blocks if b.element >= headline and b.is_paragraph), 0)
    near = [
        (element, text)
        for element, text in runs
        if 0 <= element < end and 5 < len(text) < 100
        if headline <= element < first or not reasons[element].startswith(_ELSEWHERE)
    ]
    header = takewhile(lambda block: not block.is_paragraph, (b for b in page.blocks if headline <= b.element))
    beside = [block.text for block in header if not reasons[block.element].startswith(_ELSEWHERE)]
    pieces = [b for b in page.blocks if b.element < max(end, first) and not reasons[b.element].startswith(_ELSEWHERE)]
    # Above the headline many a page prints the day on which it is looked at, so whatever is below goes first.
    if not _take_stamp([text for element, text in near if element >= headline], draft) and not any(
        read_mixed_line(text, draft) for text in beside
    ):
        above = [text for element, text in near if element < headline]
        if not _take_stamp([*above, *_pieces(pieces)], draft):
            letterhead = [b.text for b in page.blocks if b.element < headline and not reasons[b.element]]
            any(read_mixed_line(text, draft) for text in letterhead[-_LETTERHEAD:])


def _pieces(blocks: list[Block]) -> list[str]:
    """Return what short blocks in a row say together, as a day, a month and a year each in a box of its own do."""
    rows = zip(blocks, blocks[1:], blocks[2:], strict=False)
    return [" ".join(b.text for b in row) for row in rows if all(len(b.text) <= _LONGEST_PIECE for b in row)]


def _take_stamp(texts: list[str], draft: Draft) -> bool:
    """Return whether one of the texts is the date of publication, and note it, and dates of updates on the way."""
    for text in texts:
        line = " ".join(clean(text)[0].split())
        found = stamp(line)
        if found and is_update(line):
            draft.updated = draft.updated or found.iso
        elif found:
            draft.published = found.iso
            if found.problem:
                draft.doubt(found)
            return True
    return False


def _cuts(blocks: list[Block], inside: list[bool], reasons: list[str]) -> list[Cut]:
    cuts: list[Cut] = []
    for block, keep in zip(blocks, inside, strict=True):
        reason = reasons[block.element] or (
            "links or dates" if block.is_link else "" if keep else "outside the article"
        )
        if reason and cuts and cuts[-1].reason == reason:
            cuts[-1] = Cut(f"{cuts[-1].text}\n{block.text}", reason)
        elif reason:
            cuts.append(Cut(block.text, reason))
    return cuts
