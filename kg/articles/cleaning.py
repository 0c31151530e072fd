"""Raw text and metadata → `Article`: the messy top read, chrome cut away, nothing of the article lost."""

import re
from functools import lru_cache
from itertools import islice, pairwise, takewhile

from kg.articles.article import Article, Cut, Reading, Refusal
from kg.articles.chrome import agencies, copyright_holder, furniture, is_body, named_publisher, vocabulary
from kg.articles.datelines import Dateline, find_dateline, is_lone_place, signed_start, split_credits, split_sign
from kg.articles.dates import Stamp, find, is_bare, is_update, stamp, tell_apart, without_dates
from kg.articles.draft import Draft, is_slug, one_line, unslug, web_address
from kg.articles.languages import language_of
from kg.articles.lines import (
    TEXT,
    TITLE,
    Line,
    bulleted,
    is_breadcrumb,
    is_prose,
    lines_of,
    mark_furniture,
    mark_menu,
    mark_tail,
)
from kg.iris import fold

_DIGIT = re.compile(r"\d")
_BYLINE = re.compile(
    r"(?:By|BY|Reported by|Written by) (?!(?:the|a|an)\b)[^\W\d_][\w.’'-]*"
    r"(?: (?:and |& )?[^\W\d_a-z][\w.’'-]*){0,6}(?:,.{0,80})?"
)
_URL_LINE = re.compile(
    r"(?:(?:url|link|source|original|read at|available at) ?:? ?|\[[^\[\]]{0,120}\]\()?<?(https?://\S+?)[>)]?",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-ZÀ-Þ][\w.’'-]*(?:[ /,]+[A-ZÀ-Þ][\w.’'-]*){0,2}")
_NOTED = re.compile(r"[A-ZÀ-Þ][\w.’' -]{0,60} \([\w.: -]{2,40}\)")
_SIGNED_PLACE = re.compile(r"[^\W\d_a-z][\w.’'-]*(?:[ ,]+[^\W\d_a-z][\w.’'-]*){0,3}")
_ISSUED = re.compile(
    r"(?:The |This |Below is the |Text of the )?(?:following )?"
    r"(?:press release|release|statement|speech|remarks|communiqué|note|text|article|report)s?(?: below)?"
    r"(?: (?:was|were|is))? (?:issued|published|released|posted|delivered|made)"
    r"(?: (?:by|in) (?:the )?(?P<name>[^,.]{2,60}?))?,? on ",
    re.IGNORECASE,
)
_SIGNED_STAMP = re.compile(r"[\d:.,\s]*(?:[AaPp]\.?[Mm]\.?)?\s*\bby (?:the )?(?P<name>\S.{1,60})")
_SOURCE = re.compile(r"\(?(?:Source|SOURCE)(?: ?[:/-] ?| )([^.:]{2,60})\)?")
_PLACED_DATE = re.compile(r"\s*[-–—]+\s+(?P<place>[^\W\d_a-z][^-–—.\d]{2,40}?)\s+[-–—]+(?: [^\W\d_a-z][^.]{2,80})?")
_AGENCY = re.compile(r"^\s*\([^\W\d_][\w. -]{1,20}\)\s*$")
_BY = re.compile(r"\bby [^\W\d_]\w*", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:[^\W\d]{1,10}\.? ?){0,3}(?:No|Nr|N°|№)\.? ?:? ?[\w/-]{1,12},? ")
_DATED_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?=[/-])")
_LETTERS = re.compile(r"[a-z]+")
_ENUMERATED = re.compile(r"(?:\(?(?P<number>\d{1,3})[.)]|\d{1,2}/\d{1,2}|[•·▪●*–-])\s+(?=[\"“‘(]?[A-ZÀ-Þ])")
_NO_NAME = frozenset(":()")
"""Marks by which a line that betrays a publisher is more than a body's name: "Source: …", "… (kremlin.ru)"."""
_LONGEST_CAPTION = 160
"""Letters behind a headline that is told again under a picture."""
_HEADER = 20
"""Lines at most above the first paragraph."""
_LETTERHEAD = 8
"""Lines at most before a dateline, of an address and the headline told again."""
_TITLE_MARK = re.compile(r"(?:#{1,6} |(?:subject|title|headline) ?: ?)", re.IGNORECASE)


def article(draft: Draft) -> Reading:
    """Return the article of a draft, or a refusal where nothing but chrome is in it."""
    lines, removed = lines_of(draft.text)
    if removed:
        draft.warn(f"{removed} control characters or lone surrogates were removed")
    if not lines:
        return refused(draft.file, "is empty; give it a text")
    _read_metadata(draft)
    lines = _split_dated(lines)
    _mark(lines, draft)
    _drop_enumeration(lines)
    _join_dateline(lines)
    _read_top(lines, draft)
    sign = _read_end(lines, draft)
    _read_datelines(lines, draft, sign)
    if sign:
        draft.publisher = draft.publisher or agencies().get(sign, sign)
    if draft.either and not draft.published:
        _tell_order(draft)
    if not draft.published and (found := _date_of_title(draft.title or "") or _date_of_address(draft.url or "")):
        draft.published = found
    if draft.updated and not draft.published:
        draft.published = draft.updated
        draft.warn("only the date of an update is stated; it is taken for the date of publication")
    if not draft.publisher:
        held = (copyright_holder(line.text) for line in lines if line.kind == "copyright line")
        draft.publisher = next(filter(None, held), None)
    return _finish(lines, draft)


def _tell_order(draft: Draft) -> None:
    """Read a date in figures day-first or month-first, whichever the other dates of the text bear out."""
    dateline = (draft.dateline_date or "")[-5:]
    fitting = [day for day in draft.either if dateline and day.endswith(dateline)]
    draft.published = fitting[0] if len(fitting) == 1 else tell_apart(draft.either, draft.text)
    if draft.published:
        draft.warn(f"the stated date is read as {draft.published}, since the dates of the text fit this order")
    else:
        draft.warn(f"the stated date may be read day-first or month-first, {' or '.join(draft.either)}; it is left out")


def _date_of_title(title: str) -> str | None:
    """Return the date that a ministry sets into the heading of a release.

    >>> _date_of_title("No: 72, 3 March 2023, Regarding the Floods"), _date_of_title("Note (Lima, 3 March 2023)")
    ('2023-03-03', '2023-03-03')
    >>> _date_of_title("Statement on the talks of 3 March 2023") is None
    True
    """
    found = find(title) if _DIGIT.search(title) else None
    if not found or len(found.iso or "") < 10:
        return None
    numbered = _NUMBERED.fullmatch(title, 0, found.start) and title[found.end : found.end + 1] in (",", ":", " ")
    closing = title[found.end :].strip() == ")" and "(" in title[: found.start]
    return found.iso if numbered or closing else None


def _date_of_address(url: str) -> str | None:
    """Return the date in the path of a page's address.

    >>> _date_of_address("https://example.org/2023/03/04/talks"), _date_of_address("https://example.org/2023/talks")
    ('2023-03-04', None)
    """
    found = _DATED_PATH.search(url)
    dated = stamp("-".join(found.groups())) if found else None
    return dated.iso if dated else None


def refused(file: str, reason: str) -> Reading:
    """Return the reading of a source that gives no article; ``reason`` continues the file's name."""
    return Reading(refusal=Refusal(file, reason))


def _finish(lines: list[Line], draft: Draft) -> Reading:
    paragraphs = [line.text for line in lines if line.kind == TEXT]
    if not paragraphs:
        return refused(draft.file, "has no text left once menus and other chrome are cut; check that it is an article")
    title = draft.title
    body = "\n\n".join(paragraphs)
    return Reading(
        article=Article(
            text=f"{title}\n\n{body}" if title else body,
            file=draft.file,
            title=title,
            publisher=draft.publisher,
            published=draft.published,
            dateline=draft.dateline,
            dateline_date=draft.dateline_date,
            url=draft.url,
            language=language_of(body, draft.language),
            cut=(*draft.cut, *_cuts(lines)),
            warnings=tuple(draft.warnings),
        )
    )


def _cuts(lines: list[Line]) -> list[Cut]:
    """Return what was cut, neighbours with the same reason together."""
    cuts: list[Cut] = []
    before = TEXT
    for line in lines:
        if line.kind not in (TEXT, TITLE):
            if line.kind == before:
                cuts[-1] = Cut(f"{cuts[-1].text}\n{line.text}", line.kind)
            else:
                cuts.append(Cut(line.text, line.kind))
        before = line.kind
    return cuts


def _read_metadata(draft: Draft) -> None:
    draft.title = one_line(draft.title)
    draft.publisher = one_line(draft.publisher)
    if draft.title and is_slug(draft.title):
        draft.title = unslug(draft.title)


@lru_cache(maxsize=1)
def _dated_start() -> re.Pattern[str]:
    labels = "|".join(vocabulary()["stamp"]["labels"])
    return re.compile(rf"(?:(?:{labels})\s*:?\s+)?(?=\d{{4}}-\d\d-\d\d\b)", re.IGNORECASE)


def _split_dated(lines: list[Line]) -> list[Line]:
    """Return lines with a date at the very top ("date 2023-12-01 Leaders meet") on a line of its own."""
    first = lines[0].text
    found = find(first[:80]) if _dated_start().match(first) else None
    if not found or not is_bare(first[: found.start]) or not (rest := first[found.end :].lstrip(" |-–—:,")):
        return lines
    if first[found.end : found.end + 1] not in (" ", ":", ",", "|") or is_bare(rest):
        return lines
    return [Line(first[: found.end], True), Line(rest, False), *lines[1:]]


def _mark(lines: list[Line], draft: Draft) -> None:
    """Mark what can be told line by line: chrome, date stamps, addresses, breadcrumbs, bylines, file names, menus."""
    mark_furniture(lines)
    sentences = 0
    last = max((index for index, line in enumerate(lines) if line.kind == TEXT), default=0)
    for index, line in enumerate(lines):
        sentences += line.kind == TEXT and is_prose(line.text)
        if line.kind == "byline" and not sentences and not draft.published:
            _note_stamp(line.text, find(line.text), draft)  # By News Desk, March 3, 2023
        if line.kind == "press contact" and sentences and not draft.published and len(line.text) < 120:
            _note_stamp(line.text, stamp(line.text), draft)  # Media Office of the Speaker, March 3, 2023
        if line.kind == TEXT and len(line.text) < 260:
            # A date deep inside belongs to what is told there.
            if (sentences < 3 or index >= last - 5) and _read_stamp(line.text, draft):
                line.kind = "date stamp"
            else:
                line.kind = _kind_of(line.text, sentences > 0, draft)
    mark_menu(lines)
    mark_tail(lines)


def _read_stamp(text: str, draft: Draft) -> bool:
    """Return whether a line is a date stamp, or a byline with one, and note its date."""
    if len(text) >= 120 or not _DIGIT.search(text):
        return False
    found = stamp(text)
    dated = find(text) if not found and _BYLINE.fullmatch(text) else None
    if found or dated:
        _note_stamp(text, found or dated, draft)
    return bool(found or dated)


def _kind_of(text: str, begun: bool, draft: Draft) -> str:
    if "http" in text and (address := _URL_LINE.fullmatch(text)):
        if not draft.url and not begun:
            draft.url = web_address(address[1])
        return "address"
    if len(text) < 120 and (_BYLINE.fullmatch(text) or _writer().fullmatch(text)):
        return "byline"
    if not begun and is_breadcrumb(text):
        return "breadcrumb"
    if "|" in text and len(parts := text.split("|")) > 1 and all(furniture(part.strip()) for part in parts):
        return "menu"
    return "file name" if not begun and is_slug(text) else TEXT


def _note_stamp(text: str, found: Stamp | None, draft: Draft) -> None:
    if found is None:
        return
    if found.problem and not draft.published:
        draft.doubt(found)
    elif found.iso and is_update(text):
        draft.updated = draft.updated or found.iso
    elif not draft.published:
        draft.published = found.iso


def _top(lines: list[Line]) -> int:
    """Return the index of the first paragraph of the body: a sentence, or a line with a dateline."""
    for index, line in enumerate(lines):
        if line.kind == TEXT and (is_prose(line.text) or _has_full_dateline(lines, index)):
            return index
    return len(lines)


def _has_full_dateline(lines: list[Line], index: int) -> bool:
    """Return whether a dateline with a date or an agency opens the body; a mere "ANKARA:" may begin a headline.

    One that stands alone does if a sentence comes next; in a letterhead it is the headline.
    """
    found = find_dateline(lines[index].text)
    if not found or not (found.date or found.agency):
        return False
    below = next((line for line in islice(lines, index + 1, index + 6) if line.kind == TEXT), None)
    return found.end < len(lines[index].text) or (below is not None and is_prose(below.text))


def _read_top(lines: list[Line], draft: Draft) -> None:
    """Read title, publisher and the rest of the header above the first sentence."""
    start = _below_notices(lines, _top(lines)) if not draft.title else _top(lines)
    _split_stamps(lines[:start], draft)
    start = _title_with_full_stop(lines, start, draft)
    start = _issued(lines, start, draft)
    header = [line for line in lines[:start] if line.kind == TEXT]
    if draft.title:
        _drop_repeated_title(lines, draft.title)
    elif header and (start < len(lines) or len(header) > 1):
        _choose_title(_below_masthead(lines[:start], header), draft)
        _drop_repeated_title(lines, draft.title or "")
    if not draft.title and (slug := next((line for line in lines if line.kind == "file name"), None)):
        draft.title = unslug(slug.text)
        draft.warn("the headline is a file name, respelt")
    _read_header(lines, start, draft)


def _issued(lines: list[Line], start: int, draft: Draft) -> int:
    """Return where the body begins, past a sentence that says when, and perhaps by whom, the text was issued."""
    line = lines[start] if start < len(lines) else None
    found = find(line.text) if line and line.words <= 20 and _DIGIT.search(line.text) else None
    if line is None or found is None:
        return start
    signed = _ISSUED.fullmatch(line.text[: found.start])
    if not signed or not is_bare(line.text[found.end :]):
        return start
    _note_stamp(line.text, found, draft)
    draft.publisher = draft.publisher or signed["name"]
    line.kind = "date stamp"
    return start + 1


def _below_notices(lines: list[Line], start: int) -> int:
    """Return where the body begins, past a notice of the site that stands above the headline and its date."""
    if any(line.kind in ("date stamp", "byline") or (line.kind == TEXT and line.words >= 4) for line in lines[:start]):
        return start
    for index in range(start + 1, min(start + 12, len(lines) - 2)):
        line = lines[index]
        below = takewhile(lambda other: not is_prose(other.text), lines[index + 1 : index + 5])
        if line.kind != TEXT or is_prose(line.text) or line.words < 4 or all(b.kind != "date stamp" for b in below):
            continue
        above = sum(len(other.text) for other in lines[:index] if is_prose(other.text))
        if above * 2 < sum(len(other.text) for other in lines[index:] if other.kind == TEXT):
            for other in lines[:index]:
                other.kind = "above the headline" if other.kind == TEXT else other.kind
            return index + 1 + _top(lines[index + 1 :])
    return start


def _below_masthead(lines: list[Line], header: list[Line]) -> list[Line]:
    """Return the header lines below the page's menu or letterhead, where one may be a headline; else all of them.

    A letterhead ends in what the release is called, and holds nothing but names above that.
    """
    for index in (i for i in range(len(lines) - 1, 0, -1) if lines[i].kind == "kind of release"):
        above = [line for line in lines[:index] if line.kind == TEXT]
        below = [line for line in lines[index:] if line.kind == TEXT]
        named = all(line.words < 5 or line.text.isupper() or named_publisher(line.text) for line in above)
        if named and any(line.words >= 4 and not named_publisher(line.text) for line in below):
            return below
    menus = [i for i, line in enumerate(lines) if line.kind in ("menu", "page furniture", "breadcrumb")]
    ends = [i for i, before in zip(menus[1:], menus, strict=False) if i - before == 1]
    below = [line for line in lines[ends[-1] :] if line.kind == TEXT] if ends else []
    return below if any(line.words >= 4 for line in below) else header


def _title_with_full_stop(lines: list[Line], start: int, draft: Draft) -> int:
    """Return where the body begins, past a first line that is a headline although it ends in a full stop."""
    if draft.title or start + 2 >= len(lines) or any(line.kind == TEXT for line in lines[:start]):
        return start
    line, below = lines[start], lines[start + 1]
    if below.kind in ("date stamp", "byline") and line.words <= 25 and not find_dateline(line.text):
        return start + 1 + _top(lines[start + 1 :])
    return start


def _split_stamps(header: list[Line], draft: Draft) -> None:
    """Read header lines that hold a date among other things: "3 March 2023 | Ministry of …", "Moscow, 3 March 2023"."""
    for line in header:
        if line.kind == TEXT and read_mixed_line(line.text, draft):
            line.kind = "date stamp"


@lru_cache(maxsize=1)
def _beside_dates() -> re.Pattern[str]:
    """Return what parts a date from what else a line above the text holds: "3 March 2023 | News", "… Source: MFA"."""
    fields = "|".join(vocabulary()["stamp"]["fields"])
    return re.compile(rf"\s*[|•·丨]\s*|\s+/\s+|\s+(?=(?:{fields}) ?:)", re.IGNORECASE)


def read_mixed_line(text: str, draft: Draft) -> bool:
    """Return whether a line above the text is a date with a name, place or credit beside it, and note what it says."""
    if len(text) > 200 or text.count(" ") > 19 or not _DIGIT.search(text):
        return False
    parts = [part for part in _beside_dates().split(text) if part]
    stamps = ((part, found) for part in parts if (found := stamp(part)))
    dated = ((part, found) for part, found in stamps if found.problem or (found.iso or "").count("-") == 2)
    part, day = next(dated, ("", None)) if len(parts) > 1 else ("", None)
    if day:
        _note_stamp(part, day, draft)
        draft.publisher = draft.publisher or next(filter(None, map(named_publisher, parts)), None)
        return True
    found = find(text)
    placed = _PLACED_DATE.fullmatch(text, found.end) if found and is_bare(text[: found.start]) else None
    if placed:  # March 15, 2022 - Ottawa, Ontario - Foreign Ministry
        draft.dateline = draft.dateline or placed["place"]
    if found and (placed or _read_mixed_stamp(text, found, draft) or _is_credit(text)):
        _note_stamp(text, found, draft)
        return True
    return False


def _is_credit(text: str) -> bool:
    """Return whether a dated line says no more than who wrote when: names, and a time of day or a word of such lines.

    >>> _is_credit("By Ana Ruiz Posted 3 hours ago Tue 30 August 2022 at 2:03pm")
    True
    >>> _is_credit("Tashkent Declaration of 3 March 2023")
    False
    """
    words = re.findall(r"[^\W\d_][\w’'-]*", _BY.sub("by ", without_dates(text), count=1))
    known = [word for word in words if word.lower() in _credit_words()]
    timed = re.search(r"\d[:.]\d\d\b", text) is not None
    return (timed or bool(known)) and all(word in known or word[0].isupper() or is_bare(word) for word in words)


@lru_cache(maxsize=1)
def _credit_words() -> frozenset[str]:
    return frozenset(vocabulary()["stamp"]["credits"])


def _read_mixed_stamp(text: str, found: Stamp, draft: Draft) -> bool:
    """Return whether a header line is a date with a name beside it, and note the name as place or publisher."""
    before, after = text[: found.start], _AGENCY.sub("", text[found.end :])
    name = before.strip(" ,-–—.")
    publisher = named_publisher(name) if name else None
    if name and is_bare(after) and (publisher or _NOTED.fullmatch(name)):
        draft.publisher = draft.publisher or publisher or name  # Palace of the President (archive), 3 March 2023
        return True
    if name and is_bare(after) and _NAME.fullmatch(name):
        if fold(draft.publisher or "") == fold(name) or before.rstrip()[-1] in "-–—":
            draft.publisher = draft.publisher or name  # Andean Post - 3 March 2023
        else:
            draft.dateline = draft.dateline or name  # Lima, 3 March 2023
        return True
    by = _SIGNED_STAMP.fullmatch(after)  # Published on 3 March 2023 by the Andean Post
    if is_bare(before) and by and text.count(" ") < 14:
        draft.publisher = draft.publisher or by["name"].strip(" *_")
        return True
    return False


def _choose_title(header: list[Line], draft: Draft) -> None:
    best = max(header, key=_title_weight)
    if _title_weight(best)[0] and best.words >= 2:
        best.kind = TITLE
        title = _TITLE_MARK.sub("", best.text, count=1) or best.text
        quoted = title != best.text and title[0] == title[-1] == '"' and len(title) > 2
        draft.title = title[1:-1] if quoted else title


def _title_weight(line: Line) -> tuple[bool, bool, int]:
    """Return what makes a header line the headline: no bullet, no publisher's name, five words or nearly."""
    plain = not bulleted(line) and line.text[-1] not in ",;:" and len(line.text) < 320
    plain = plain and not _TITLE_MARK.sub("", line.text, count=1)[:1].islower()
    plain = plain and not (line.text[0] == "(" and line.text[-1] == ")")
    named = named_publisher(line.text) and (is_body(line.text) or not _NO_NAME.isdisjoint(line.text))
    return plain, not named, min(line.words, 5)


def _drop_repeated_title(lines: list[Line], title: str) -> None:
    """Mark lines at the top that repeat the headline given apart."""
    wanted = fold(title)
    for line in (*lines[:40], *lines[max(40, len(lines) - 6) :]):
        alike = line.kind in (TEXT, "file name") and abs(len(line.text) - len(title)) < 12
        alike = alike and fold(_TITLE_MARK.sub("", line.text, count=1)) == wanted
        if alike or (line.kind == TEXT and _captions(line.text, title)):
            line.kind = "headline repeated"


@lru_cache(maxsize=1)
def _pictures() -> frozenset[str]:
    return frozenset(vocabulary()["html"]["pictures"])


def _captions(text: str, title: str) -> bool:
    """Return whether a line is the headline once more, set under a picture.

    >>> _captions("Envoy of Peru visits Rome on Monday Photo: ministry", "Envoy of Peru visits Rome on Monday")
    True
    """
    told = text.startswith(title) and len(title.split()) > 3 and text[-1] not in ".!?"
    told = told and len(text) - len(title) < _LONGEST_CAPTION
    return told and not _pictures().isdisjoint(_LETTERS.findall(fold(text[len(title) :])))


def _read_header(lines: list[Line], start: int, draft: Draft) -> None:
    """Read the publisher's line and mark the labels left between headline and text."""
    for index, line in enumerate(lines[:start]):
        if line.kind != TEXT:
            continue
        name = _beside_stamp(lines, index) or named_publisher(line.text)
        titled = draft.title is not None
        known = name is not None and fold(draft.publisher or name) in (fold(name), fold(line.text))
        known = known or (is_body(line.text) and (not index or lines[index - 1].kind != TEXT))
        if name and known and (titled or _beside_stamp(lines, index)):
            draft.publisher = draft.publisher or name
            line.kind = "publisher"
        elif is_lone_place(line.text) and index + 1 == start:
            continue  # a dateline of its own
        elif index and lines[index - 1].kind == "byline" and line.words <= 5 and line.text[-1] not in ".!?":
            line.kind = "byline"  # the writer's post or desk
        elif _is_label(line, lines[:index], lines[index:start]):
            _read_label(line.text, draft)
            line.kind = "label"


def _read_label(text: str, draft: Draft) -> None:
    """Note agency and place where a header line is no more than these: "QNA | Doha"."""
    parts = [part.strip() for part in re.split(r"[|/]", text)]
    agency = next((part for part in parts if part in agencies()), None)
    if len(parts) == 2 and agency:
        draft.publisher = draft.publisher or agencies()[agency]
        draft.dateline = draft.dateline or next((p for p in parts if p != agency and _NAME.fullmatch(p)), None)


def _is_label(line: Line, above: list[Line], below: list[Line]) -> bool:
    """Return whether a header line is neither headline nor subtitle: all above the headline, three words below it."""
    if any(other.kind in (TITLE, "headline repeated") for other in above):
        return line.words <= 3 and (line.text[-1] not in ".,;:!?" or (line.words < 3 and line.text[-1] == ":"))
    return any(other.kind == TITLE for other in below)


def _beside_stamp(lines: list[Line], index: int) -> str | None:
    """Return a line's text where it directly follows a date stamp of the header: the publisher signs there."""
    line = lines[index]
    if index and not line.after_blank and lines[index - 1].kind == "date stamp" and line.words <= 12:
        below = lines[index + 1] if index + 1 < len(lines) else None
        return line.text if below is None or below.after_blank or below.kind != TEXT else None
    return None


def _read_datelines(lines: list[Line], draft: Draft, sign: str | None) -> None:
    """Read and cut the datelines of the first paragraphs; a place alone on the line above counts too.

    ``sign`` is what the text is signed with below: an agency of that name may stand above as well.
    """
    body = [line for line in lines if line.kind == TEXT]
    if draft.dateline and body and fold(body[-1].text) == fold(draft.dateline):
        body[-1].kind = "dateline"  # ministries sign with place and date
    for line, below in zip(body[:_LETTERHEAD], [*body[1:], None], strict=False):
        if below and is_lone_place(line.text) and is_prose(below.text):
            draft.dateline = draft.dateline or line.text
            line.kind = "dateline"
        elif found := find_dateline(line.text) or (signed_start(line.text, sign) if sign else None):
            _note_dateline(found, draft)
            _cut_dateline(line, found, draft)
            if line.kind == TEXT:
                return
        elif is_prose(line.text):
            return


def _join_dateline(lines: list[Line]) -> None:
    """Set a dateline that stands alone, its dash and all, before the paragraph it opens: "Lima (AP) —"."""
    for index, (line, below) in enumerate(pairwise(lines[:_HEADER])):
        lone = line.kind == below.kind == TEXT and line.words <= 8 and line.text[-1] in "-–—"
        if lone and is_prose(below.text) and not find_dateline(below.text):
            joined = f"{line.text} {below.text}"
            if find_dateline(joined):
                below.text = joined
                del lines[index]
            return


def _drop_enumeration(lines: list[Line]) -> None:
    """Cut the numbers or bullets from paragraphs that all have one, or are numbered from the first on: "1. Talks …"."""
    prose = [line for line in lines if line.kind == TEXT and is_prose(line.text)]
    marks = [_ENUMERATED.match(line.text) for line in prose]
    if len(marks) < 2 or not marks[0]:
        return
    numbers = [int(mark["number"]) for mark in marks if mark and mark["number"]]
    whole = all(marks)
    running = bool(marks[0]["number"]) and len(numbers) > 2 and numbers == list(range(1, len(numbers) + 1))
    for line, mark in zip(prose, marks, strict=True):
        if mark and (whole or (running and mark["number"])):
            line.text = line.text[mark.end() :]


def _note_dateline(found: Dateline, draft: Draft) -> None:
    draft.dateline = found.place or draft.dateline
    draft.dateline_date = found.date or draft.dateline_date
    if found.date and not found.date.startswith("--"):
        draft.published = draft.published or found.date
    if found.agency:
        draft.publisher = draft.publisher or agencies().get(found.agency, found.agency)


def _cut_dateline(line: Line, found: Dateline, draft: Draft) -> None:
    sign, rest = line.text[: found.end], line.text[found.end :]
    if not rest:
        line.kind = "dateline"
        return
    draft.cut = [*draft.cut, Cut(sign.strip(), "dateline")]
    # An agency's sign ("VGP - ") strays into later sentences too.
    line.text = rest if found.place else rest.replace(sign.strip() + " ", "")


def _read_end(lines: list[Line], draft: Draft) -> str | None:
    """Cut the agency's sign and end marks after the last paragraph; return the sign."""
    _read_signed_end(lines, draft)
    body = [line for line in lines if line.kind == TEXT]
    _mark_author(body)
    if len(body) > 1 and (source := _SOURCE.fullmatch(body[-1].text)):
        draft.publisher = draft.publisher or agencies().get(source[1], source[1])
        body.pop().kind = "sign-off"
    if len(body) > 2 and body[-1].words <= 12 and (name := named_publisher(body[-1].text)):
        draft.publisher = draft.publisher or name  # whoever issued it signs with a name alone
        body.pop().kind = "sign-off"
    sign = None
    while body:
        rest, agency = split_credits(body[-1].text), None
        if rest == body[-1].text:
            rest, agency = split_sign(rest)
        if rest == body[-1].text:
            break
        sign = sign or agency
        if rest:
            draft.cut = [*draft.cut, Cut(body[-1].text[len(rest) :].strip(), "sign-off")]
            body[-1].text = rest
        else:
            body.pop().kind = "sign-off"
    return sign


def _read_signed_end(lines: list[Line], draft: Draft) -> None:
    """Read the place and date that a ministry sets below its text: "Islamabad, 3 March 2023", on one line or two."""
    text = [index for index, line in enumerate(lines) if line.kind in (TEXT, "date stamp")]
    for index in text[-4:]:
        line, before = lines[index], lines[index - 1]
        found = find(line.text) if line.words <= 8 and _DIGIT.search(line.text) else None
        if not found or not is_bare(line.text[found.end :]):
            continue
        place = line.text[: found.start].strip(" ,.-–—")
        if not is_bare(place) and line.kind == TEXT and _SIGNED_PLACE.fullmatch(place):
            draft.dateline = draft.dateline or (place if _is_signed_place(place) else None)
            _note_stamp(line.text, found, draft)
            line.kind = "date stamp"
        elif index and line.kind == "date stamp" and before.kind == TEXT and _is_signed_place(before.text):
            draft.dateline = draft.dateline or before.text.strip(" ,.")
            before.kind = "dateline"


def _is_signed_place(text: str) -> bool:
    named = len(text) < 40 and _SIGNED_PLACE.fullmatch(text.strip(" ,.")) is not None
    return named and not text.lower().startswith("the ") and not is_bare(text)


@lru_cache(maxsize=1)
def _writer() -> re.Pattern[str]:
    """Return what fits a byline of name and post: "Ana Ruiz, Diplomatic Correspondent"."""
    roles = "|".join(vocabulary()["authors"]["roles"])
    return re.compile(rf"(?:[A-ZÀ-Þ][\w.’'-]* ?){{2,4}}(?:,|[|–—-]) ?(?:[A-Z][\w’'-]+ ){{0,3}}(?i:{roles})s?")


@lru_cache(maxsize=1)
def _author() -> re.Pattern[str]:
    roles = "|".join(vocabulary()["authors"]["roles"])
    name = r"(?P<name>[^\W\d_a-z][\w’'-]+(?: [^\W\d_][\w.’'-]+){1,3}?)"
    return re.compile(rf"{name} (?:is|was|works as) (?:an? |the )?(?:[\w-]+ ){{0,4}}?(?:{roles})\b")


def _mark_author(body: list[Line]) -> None:
    """Mark a last paragraph that presents the author: a journalist of whom the article itself does not speak."""
    for line in body[:2:-1][:2]:
        found = _author().match(line.text)
        if found and not any(found["name"].split()[-1] in other.text for other in body if other is not line):
            line.kind = "about the author"
        elif is_prose(line.text):
            return
