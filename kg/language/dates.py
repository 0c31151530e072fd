"""Dates as articles print them → EDTF values, each with the rule by which it was read.

A value is an EDTF level 0 date or interval (Library of Congress, 2019): ``2021-02-08``, ``2023-12``, ``2023``,
``2025-07-25/2025-07-26``. Nothing is guessed: what cannot be placed in a year stays unread.
"""

import re
from calendar import isleap
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from kg.edtf import bounds
from kg.language.words import read_lexicon, words

_CALENDAR: dict[str, list[str]] = read_lexicon()["dates"]
MONTHS = {name: number for number, names in enumerate(_CALENDAR["months"], 1) for name in names.split()}
WEEKDAYS = {name: number for number, name in enumerate(_CALENDAR["weekdays"])}

_TODAY_AND: str = _CALENDAR["ever"][0]
_TODAY_AND_TOMORROW: str = "".join(_CALENDAR["ever"])
_NAMED_DAYS = tuple(_CALENDAR["named_days"])
DATE_WORDS = {
    "month": tuple(MONTHS),
    "weekday": tuple(WEEKDAYS),
    "reference": tuple(_CALENDAR["references"]),
    "ordinal": tuple(
        f"{n}{['st', 'nd', 'rd'][n % 10 - 1] if n % 10 in (1, 2, 3) and n // 10 != 1 else 'th'}" for n in range(1, 32)
    ),
}
"""Words without which, a year apart, no date is printed, by the sort of date they may belong to."""

_MONTH = r"(?P<month>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|jun(?:e|\.)?|jul(?:y|\.)?|" \
         r"aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"  # fmt: skip
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_TO = r"\s*(?:-|—|to|and|through|until)\s*"
_UNTIL = rf",?\s*(?:-|—|to|through|until)\s*(?:(?:{'|'.join(WEEKDAYS)}),?\s+)?"
"""Between two days of two months; "and" joins them and spans nothing."""
_DAY2 = rf"(?:{_TO}(?P<day2>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_TAIL = r"(?:,?\s+(?P<tail>last|next|this) year\b)?"
_M1, _M2 = _MONTH, _MONTH.replace("month", "month2")
_FAR, _NEAR = 24, 12  # letters before a date word that may belong to its date
_LONGEST = 36  # letters from the date word on
_NUMBERS: dict[str, int] = {"a": 1, "an": 1} | read_lexicon()["counts"]["numbers"]
_SEASONS: dict[str, int] = read_lexicon()["counts"]["seasons"]
_COUNT = rf"{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}|\d{{1,3}}"
_DATED = rf"(?:{'|'.join(_CALENDAR['dated_nouns'])})\b"
_OWN = "|".join(["a", *(word for word in _CALENDAR["whose"] if word != "the")])
"""Before a year: with "the" it is part of a name ("the 2024 X Summit")."""
_MET = rf"(?:{'|'.join(_CALENDAR['yearly_nouns'])})\b"
_ROUGHLY = words("acts", "roughly")
_PATTERNS = tuple(
    (rule, sort, reach, needed, re.compile(pattern))
    for rule, sort, reach, needed, pattern in (
        ("iso", "year", 0, "-", rf"\b{_YEAR}-(?P<mm>0[1-9]|1[0-2])(?:-(?P<dd>0[1-9]|[12]\d|3[01]))?\b(?!-)"),
        ("iso", "year", _NEAR, ".", rf"(?<![\d.])(?P<dd>0?[1-9]|[12]\d|3[01])\.(?P<mm>0[1-9]|1[0-2])\.{_YEAR}\b"),
        ("iso", "year", _NEAR, "/", rf"(?<![\d/])(?P<dd>1[3-9]|2\d|3[01])/(?P<mm>0?[1-9]|1[0-2])/{_YEAR}\b(?!/)"),
        ("iso", "year", _NEAR, "/", rf"(?<![\d/])(?P<mm>0?[1-9]|1[0-2])/(?P<dd>1[3-9]|2\d|3[01])/{_YEAR}\b(?!/)"),
        ("iso", "year", _NEAR, "-", rf"(?<![\d-])(?P<dd>1[3-9]|2\d|3[01])-(?P<mm>0?[1-9]|1[0-2])-{_YEAR}\b(?!-)"),
        ("span", "month", 0, "", rf"\b{_M1}\s+{_DAY}{_UNTIL}{_M2}\s+(?P<day2>[12]?\d|3[01])(?:,?\s+{_YEAR})?\b"),
        ("span", "month", _FAR, "", rf"\b{_DAY}\s+{_M1}{_UNTIL}(?P<day2>[12]?\d|3[01])\s+{_M2}(?:,?\s+{_YEAR})?\b"),
        ("span", "month", _NEAR, "between ",
         rf"\bbetween {_M1}\s+{_DAY} and {_M2}\s+(?P<day2>[12]?\d|3[01])(?:,?\s+{_YEAR})?\b"),
        ("month-day", "month", 0, "", rf"\b{_M1}\s+{_DAY}{_DAY2}"
                                  rf"(?:,?\s+(?:of\s+)?{_YEAR}\b|\b(?!\s*(?:%|per\s?cent|percent)))"
                                  rf"{_TAIL}"),
        ("day-month", "month", _FAR, "",
         rf"\b(?:the\s+)?{_DAY}{_DAY2}\s+(?:of\s+)?{_M1}\b(?:,?\s+{_YEAR}\b)?{_TAIL}"),
        ("month", "month", _FAR, "",
         rf"\b(?:(?P<which>last|this past|next|this|early|late|mid|in|since|of|from|until|by|for)[\s-]+)"
         rf"(?:early\s+|late\s+|mid-?\s?)?{_M1}\b"
         rf"(?:,?\s+(?:of\s+)?(?:(?P<tail>last|next|this) year|{_YEAR}\b))?"),
        ("month", "month", 0, "", rf"\b{_M1}\b,?\s+(?:{_YEAR}|(?P<tail>last|next|this) year)\b"),
        ("month", "month", _NEAR, "",
         rf"(?:\b(?P<which>{'|'.join(_CALENDAR['whose'])})|'s)\s+{_M1}(?=\s+(?:[\w.&'-]+\s+){{0,5}}?{_DATED})"),
        ("today-day", "reference", 0, "(",
         r"\b(?:today|tonight|(?:yesterday|this|last)(?: morning| afternoon| evening| night)?),?\s*"
         rf"\((?:the\s+)?{_DAY}\)"),
        ("today-day", "reference", _FAR, "on ",
         rf"\bon (?:the )?{_DAY} (?:morning|afternoon|evening|night)\b"),
        ("today-day", "ordinal", _NEAR, "on the ",
         rf"\bon the {_DAY}(?=[,.;)]|\s(?:in|at|with|to|for|and)\b|$)"),
        ("day-of", "reference", _FAR, " month",
         rf"\b(?:the )?{_DAY}{_DAY2.replace('(?P', '(?:the )?(?P')} (?:of )?(?P<which>this|last|next) month\b"),
        ("ago", "reference", _FAR, " ago",
         rf"\b(?P<count>{_COUNT}) (?P<unit>day|week|month|year)s? ago(?P<today> today)?\b"),
        ("day-ref", "reference", _NEAR, "",
         r"\b(?P<ref>today|tonight|yesterday|tomorrow|this (?:morning|afternoon|evening)|last (?:night|evening)|"
         r"earlier today|day before yesterday)\b"),
        ("weekday", "weekday", _NEAR, "",
         rf"\b(?<!\bgood )(?:(?P<which>last|next|this|on|late|early|coming)\s+)?(?P<weekday>{'|'.join(WEEKDAYS)})\b"
         r"(?: (?:of )?(?P<tail>last|this|next) week\b)?"),
        ("period", "reference", 0, "",
         r"\b(?:(?P<which>last|next|this|earlier this|later this|previous|the same|past|coming|upcoming)\s+)"
         r"(?P<unit>week(?! of )|weekend|month|year)\b"),
        ("season", "reference", 0, "",
         rf"\b(?P<which>last|this past|this|next|this coming) (?P<season>{'|'.join(_SEASONS)})\b"),
        ("season", "year", _FAR, "", rf"\b(?P<season>{'|'.join(_SEASONS)}),? {_YEAR}\b"),
        ("weekend", "reference", _NEAR, "the weekend", r"\b(?:over|at|during|on|this) the weekend\b"),
        ("year", "year", _NEAR, "", rf"(?:\b(?:{_OWN})|'s)\s+{_YEAR}(?=\s+(?:[\w-]+\s+){{0,2}}?{_MET})"),
        ("year", "year", _NEAR, "",
         r"\b(?:in|since|(?:of|during|year|for|by|from|until|to|early|late|mid)(?![\s-]+18))"
         rf"[\s-]+{_YEAR}\b(?![-/]\d)"),
    )
)  # fmt: skip
"""The sorts of dates by rule: the sort of date word in each, how far before that one may begin, letters that are in
each, and its form."""
_FROM_BEFORE = re.compile(
    rf"\b(?:(?P<count>{_COUNT}) (?P<unit>day|week|month|year)s? (?P<way>later|earlier)(?! than)"
    r"|(?:the|that) (?P<which>same|next|following|previous) (?P<part>day|morning|afternoon|evening|night|month|year)"
    r"|(?P<that>that (?:day|morning|afternoon|evening|night)(?=[ ]?[,.;)]|$| (?:and|by|for|in|with|at|to)\b))"
    r"|the (?P<eve>day|night|evening) (?P<side>before|after)(?=[ ]?[,.;)]|$)|(?P<during>during the day|"
    r"in the (?:morning|afternoon|evening)(?! o[fn] )|later (?:in the|that) (?:day|morning|afternoon|evening|night))"
    r"|(?<!by the )(?:earlier|later|early|late|end|beginning|start|middle) (?:in|of) the (?P<whole>month|year)"
    rf"|(?P<comes>comes?|came) (?P<apart>{_COUNT}) (?P<by>day|week|month|year)s? (?P<from>after|before)"
    rf"|(?:(?P<far>{_COUNT}) (?P<off>day|week|month|year)s?|hours|minutes) (?P<than>after|before)(?= [a-z]))\b"
)
"""A date counted from the one told before."""
_FOR = ("for ", "ahead of ", "before ")
_OPENING = 6
"""Letters within which a date opens a sentence."""
_SPANS = ("day", "night", "evening", "week", "month", "year", "hour", "minute")
_ENDS_OF_SPANS = "|".join(sorted({form[-3:] for span in _SPANS for form in (span, f"{span}s")}))
_COUNTED = re.compile(
    r" (?:later|earlier|(?:same|next|following|previous) [dmaeny]|the (?:morning|afternoon|evening)"
    r"|the day(?<=during the day)|(?:in|of) the [my]|in the (?<=later in the )|that (?=day|mornin|afterno|evenin|night)"
    rf"|before(?<=(?:{_ENDS_OF_SPANS}) before)|after(?<=(?:{_ENDS_OF_SPANS}) after))"
)
"""What is in every such date; what begins with a blank is searched for much faster."""
_THAT_YEAR = re.compile(rf"\b{_M1}(?:\s+{_DAY})?,?\s+(?:of\s+)?(?:that|the same) year\b")
"""A month or day of the year told before."""
_DATE_WORD = re.compile(
    "|".join(rf"\b(?P<{sort}>{'|'.join(sorted(names, key=len, reverse=True))})\b" for sort, names in DATE_WORDS.items())
    + rf"|{_YEAR}\b"
)


class When(NamedTuple):
    """A date read in a text."""

    start: int
    end: int
    """Offsets of the words, half open."""
    value: str
    """EDTF."""
    rule: str
    """``stated`` where the words give the whole date, else the rule that completed them."""


def shift_years(value: str, years: int) -> str:
    """Return an EDTF date as many years later, a leap day as its month.

    >>> shift_years("2024-10-07", -1), shift_years("2024-02-29", -1)
    ('2023-10-07', '2023-02')
    """
    year = int(value[:4]) + years
    return f"{year:04d}-02" if value[4:] == "-02-29" and not isleap(year) else f"{year:04d}{value[4:]}"


def compatible(one: str | None, other: str | None) -> bool:
    """Return whether two EDTF values may mean the same time: their bounds overlap, or one is unknown.

    >>> compatible("2023-12", "2023-12-12"), compatible("2023-12-12", "2023-12-13"), compatible(None, "2020")
    (True, False, True)
    """
    if not one or not other:
        return True
    (a, b), (c, d) = bounds(one), bounds(other)
    return a <= d and c <= b


def overlay(one: str | None, other: str | None) -> str | None:
    """Return the more precise of two compatible values."""
    if not one or not other:
        return one or other
    return max(one, other, key=lambda v: (-_width(v), v))


@lru_cache(maxsize=4096)
def _width(value: str) -> int:
    first, last = bounds(value)
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


@lru_cache(maxsize=4096)
def parse_day(value: str) -> date | None:
    """Return the day of an ISO date at day precision, else None.

    >>> parse_day("2021-02-08"), parse_day("2021-02")
    (datetime.date(2021, 2, 8), None)
    """
    try:
        return date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None


def date_words(folded: str) -> list[tuple[int, str]]:
    """Return where the words stand without which there is no date, and the sort of date each may belong to."""
    return [(word.start(), word.lastgroup or "") for word in _DATE_WORD.finditer(folded)]


def find_dates(
    folded: str,
    anchor: str | None,
    offset: int = 0,
    words: Iterable[tuple[int, str]] | None = None,
    before: Callable[[str], When | None] = lambda unit: None,
) -> list[When]:
    """Return the dates in ``folded`` (see `kg.language.tokens.fold_text`), in order, none overlapping.

    ``anchor`` is the publication date (ISO, any precision) against which relative words are read; without it they
    stay unread. ``offset`` is added to the positions; ``words`` are the `date_words` where these are known; ``before``
    gives the date told last before, from which "the next day" and "two years later" count, and for the unit of "the
    same day", "that year" one told farther back.

    >>> [w.value for w in find_dates("on february 8 and in october 2022", "2021-02-09")]
    ['2021-02-08', '2022-10']
    >>> [w.value for w in find_dates("in july 2016 they met and two years later they signed", None)]
    ['2016-07', '2018']
    """
    day = parse_day(anchor) if anchor else None
    places: dict[str, list[int]] = {}
    for place, sort in date_words(folded) if words is None else words:
        places.setdefault(sort, []).append(place)
    found: list[When] = []
    taken = bytearray(len(folded))
    for rule, sort, reach, needed, pattern in _PATTERNS:
        done = 0
        for place in places[sort] if sort in places and needed in folded else ():
            if place < done or taken[place]:
                continue
            match = _match(pattern, folded, max(done, place - reach), place)
            if match is None or match.start() > place:
                continue
            start, done = match.span()
            if taken.find(1, start, done) >= 0:
                continue
            read = _READERS[rule](match, day, anchor, folded)
            if read or rule in ("iso", "month-day", "day-month"):  # an impossible day is no month either
                taken[start:done] = b"\x01" * (done - start)
            if read:
                found.append(When(start + offset, done + offset, *read))
    found.sort()
    found = _in_order(_without_weekdays(found, folded, offset), folded, offset)
    if "reference" in places and _COUNTED.search(folded) and _FROM_BEFORE.search(folded):
        found = sorted([*found, *_counted(found, folded, offset, before, anchor if day else None)])
    if ("that year" in folded or "same year" in folded) and _THAT_YEAR.search(folded):
        found = _of_that_year(found, folded, offset, before)
    return _share_years(found, folded, offset)


def _match(pattern: re.Pattern[str], folded: str, begin: int, place: int) -> re.Match[str] | None:
    """The next date that begins at the date word at ``place`` or, where ``begin`` lies before it, from there on."""
    if begin == place:
        return pattern.match(folded, place)
    blank = folded.find(" ", place + _LONGEST)
    return pattern.search(folded, begin, blank if blank >= 0 else len(folded))


def _counted(
    found: list[When], folded: str, offset: int, before: Callable[[str], When | None], anchor: str | None
) -> Iterator[When]:
    """The dates that count from one told before them, "the day before" from that of the text if none is."""
    last = 0
    for match in _FROM_BEFORE.finditer(folded):
        start, end = match.start("apart" if match["comes"] else 0) + offset, match.end() + offset
        if any(when.start < end and start < when.end for when in found):
            continue
        if match["far"] and not _ROUGHLY.isdisjoint(folded[: match.start()].split()[-1:]):
            continue  # "less than |a month after| he was sworn in"
        while last < len(found) and found[last].end <= start:
            last += 1
        here = found[last - 1] if last else None
        same = match["which"] == "same" or bool(match["during"] or match["that"])
        unit = ("year" if match["part"] == "year" else "day") if same else ""
        base = here if here or match["than"] or match["comes"] in ("come", "comes") else before(unit)
        eve = (match["eve"] and match["side"] == "before") or match["which"] == "previous"
        eve = eve or (match["way"] == "earlier" and match["unit"] == "day")
        if base is None and match["off"] == "day" and match.start() < _OPENING and last < len(found):
            base = found[last]  # "|A day after| meeting Y, X flew to Z on Tuesday"
        if base is None and anchor and (match["comes"] or match["whole"] or eve):
            base = When(start, start, anchor, "day-of-publication")
        value = _from(match, base)
        if value is not None:
            yield When(start, end, value, "counted-from-date")


def _of_that_year(found: list[When], folded: str, offset: int, before: Callable[[str], When | None]) -> list[When]:
    """The dates with the months of "that year" put in the year told last: "in 2018, and in May of that year"."""
    for match in _THAT_YEAR.finditer(folded):
        start, end = match.start() + offset, match.end() + offset
        told = [when for when in found if when.end <= start - 3]
        found = [when for when in found if when.end <= start - 3 or when.start >= end]
        year = told[-1] if told else before("year")
        parts = (int(year.value[:4]), _month(match), int(match["day"] or 1)) if year else None
        value = _ymd(*parts) if parts else None
        if value:
            found = sorted([*found, When(start, end, value if match["day"] else value[:7], "counted-from-date")])
    return found


def _from(match: re.Match[str], base: When | None) -> str | None:
    """The date that "the next day", "two years later" give, counted from a date as precise as the unit."""
    if base is None or len(base.value) > 10:
        return None
    if match["whole"]:
        unit, count = match["whole"], 0
    elif match["count"]:
        way = 1 if match["way"] == "later" else -1
        unit, count = match["unit"], way * _number(match["count"])
    elif match["during"] or match["that"]:
        unit, count = "day", 0
    elif match["than"]:  # of what it was before or after: "met X on Monday, a day after he had met Y"
        unit, count = match["off"] or "day", (-1 if match["than"] == "after" else 1) * _number(match["far"] or "0")
    elif match["comes"]:  # of the news, or what was told: "The visit comes two days after X met Y"
        unit, count = match["by"], (-1 if match["from"] == "after" else 1) * _number(match["apart"])
    elif match["eve"]:
        unit, count = "day", 1 if match["side"] == "after" else -1
    else:
        unit = match["part"] if match["part"] in ("month", "year") else "day"
        count = {"same": 0, "previous": -1}.get(match["which"], 1)
    return _moved(base.value, unit, count)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def _moved(value: str, unit: str, count: int) -> str | None:
    """The day, week, month or year so many units from a date; ``None`` where the date is less precise than the unit.

    >>> _moved("2016-07-12", "year", 2), _moved("2016-07-31", "day", 1), _moved("2016-07", "day", 1)
    ('2018', '2016-08-01', None)
    >>> _moved("2024-01-15", "month", -2), _moved("2024-05-15", "week", -2)
    ('2023-11', '2024-04-29/2024-05-05')
    """
    if unit == "year":
        return str(int(value[:4]) + count)
    if unit == "month":
        return "{}-{:02d}".format(*_months_on(int(value[:4]), int(value[5:7]), count)) if len(value) >= 7 else None
    day = parse_day(value)
    if day is None:
        return None
    if unit == "day":
        return (day + timedelta(days=count)).isoformat()
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=count)
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def _months_on(year: int, month: int, count: int) -> tuple[int, int]:
    """The year and month so many months behind another, or before it."""
    months = year * 12 + month - 1 + count
    return months // 12, months % 12 + 1


def _without_weekdays(found: list[When], folded: str, offset: int) -> list[When]:
    """The dates, weekdays that only stand beside a day made part of it: "tomorrow, Sunday", "on Thursday, May 9"."""
    if len(found) < 2:
        return found
    dropped, whole = set(), {}
    for n in range(len(found) - 1):
        one, other = found[n], found[n + 1]
        beside = folded[one.end - offset : other.start - offset].strip() in ("", ",", "(")
        for weekday, day in ((one, other), (other, one)):
            if beside and weekday.rule.startswith("weekday") and len(day.value) >= 10 and day.rule[:4] != "week":
                dropped.add(weekday)
                whole[day] = day._replace(start=one.start, end=other.end)
        if beside and other.rule[:4] != "week" and _seen_from_now(one, folded, offset) and len(other.value) == 10:
            dropped.add(one)  # "tomorrow, May 9", of a text that came out late
    return [whole.get(when, when) for when in found if when not in dropped]


def _in_order(found: list[When], folded: str, offset: int) -> list[When]:
    """Two weekdays that span joined, and days somebody came for put behind that on which he came: "arrived on Tuesday
    for |Thursday's| talks"."""
    ordered: list[When] = []
    for other in found:
        one = ordered[-1] if ordered else None
        if one is None or len(one.value) != 10 or other.rule[:7] != "weekday":
            ordered.append(other)
            continue
        later = (date.fromisoformat(other.value) + timedelta(days=7)).isoformat() if other.value < one.value else ""
        if _spans_weekdays(one, other, folded, offset):
            ordered[-1] = When(one.start, other.end, f"{one.value}/{later or other.value}", one.rule)
        elif later and folded.endswith(_FOR, 0, other.start - offset) and folded.startswith("'s ", other.end - offset):
            ordered.append(When(other.start, other.end, later, "weekday-after-publication"))
        else:
            ordered.append(other)
    return ordered


def _spans_weekdays(one: When, other: When, folded: str, offset: int) -> bool:
    """Whether two weekdays are the first and the last of several: "from |Monday to Thursday|"."""
    between = folded[one.end - offset : other.start - offset].strip()
    weekdays = one.rule.startswith("weekday") and other.rule.startswith("weekday") and one.value != other.value
    if between == "and":  # "on |Thursday and Friday|"
        return weekdays and (date.fromisoformat(other.value) - date.fromisoformat(one.value)).days in (1, -6)
    return weekdays and between in ("to", "through", "until") and folded.endswith("from ", 0, one.start - offset)


def _seen_from_now(when: When, folded: str, offset: int) -> bool:
    """Whether a day is told as seen from the day of the text: "today", "tomorrow", "yesterday"."""
    return folded.startswith(("today", "tomorrow", "yesterday"), when.start - offset)


def _share_years(found: list[When], folded: str, offset: int) -> list[When]:
    """In "January 11 and November 26, 2021" the year belongs to both."""
    for n in range(len(found) - 2, -1, -1):
        one, other = found[n], found[n + 1]
        gap = folded[one.end - offset : other.start - offset].strip()
        if (
            one.rule == "year-of-publication"
            and other.rule == "stated"
            and len(other.value) == 10 == len(one.value)
            and gap in ("and", ",", ", and", "or")
        ):
            value = _ymd(int(other.value[:4]), int(one.value[5:7]), int(one.value[8:]))
            if value:
                found[n] = When(one.start, one.end, value, "stated")
    return found


_Read = tuple[str, str] | None


def _month(match: re.Match[str], name: str = "month") -> int:
    return MONTHS[match[name].rstrip(".")]


def _group(match: re.Match[str], name: str) -> str | None:
    return match.groupdict().get(name)


def _ymd(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _near_year(month: int, day: int, anchor: date, *, future: bool) -> int | None:
    """The year that puts month and day nearest the anchor; a plan looks ahead, a report looks back."""
    best: tuple[int, int] | None = None
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        value = _ymd(year, month, day)
        if value is None:
            continue
        gap = (date.fromisoformat(value) - anchor).days
        cost = abs(gap) + (120 if (gap < 0) == future and gap else 0)
        if best is None or cost < best[0]:
            best = (cost, year)
    return best[1] if best else None


_AHEAD = re.compile(rf"\b(?:{'|'.join(_CALENDAR['ahead'])})\b")
_NEXT_HOLDER = re.compile(r"\bas (?:[^,.;]{2,30} )?next\b|\bnamed [^,.;]{0,24}\bnext\b")
"""What tells whom somebody is named: "was tapped |as Peru's next| envoy on Monday"."""


_ELSE = re.compile(r" (?:and|in which|where|that) |, [a-z]+ing ")
"""Where what follows a date goes on to something else."""
_RELATIVE = re.compile(r"\b(?:whom?|which)\b[^,.;]*$")
_PARTICIPLE = re.compile(r", \w+ed [^,.;]*$")
_ABOUT = re.compile(rf"\b(?:{'|'.join(_CALENDAR['leading_away'])}|to (?!be |take )[a-z]+)\b")
_TOLD = words("grammar", "said_verbs") | words("acts", "pledging_verbs") | words("modality", "in_statement")
_OF_THE_REPORT = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(_TOLD)))})(?: on)? $")


_DONE = re.compile(
    rf"(?:\b(?:{'|'.join(sorted(words('grammar', 'conclusion_participles')))})|\bhaving [^,.;]{{3,60}})"
    r"(?: (?:in|at) [^,.;]{2,40})? (?:on |in )?$"
)
"""Before a date of what was done, whatever is to come of it: "the pact, |signed in| April, will"."""
_PAST = "|".join(sorted(forms[0] for forms in read_lexicon()["verbs"]["irregular"]))
_SAID_OF = re.compile(rf", (?:[a-z]+ed|{'|'.join(sorted(words('grammar', 'irregular_participles')))}) [^,.;]*$")
"""Before a date that closes what only says who somebody is: "X, |elected president in| March, will be sworn in"."""
_ASIDE = re.compile(
    rf".*, (?:{'|'.join(sorted(words('grammar', 'personal_relatives')))}) [^.;]*, (?=(?:[a-z]+ed|{_PAST})\b)", re.DOTALL
)
"""Before the verb of a report what only says who acts: "X, |who will go to Y next month,| met Z on Friday"."""


_SPOKEN_OF = re.compile(
    r"\b(?:an?|the|his|her|its|their) (?:planned|scheduled|upcoming|forthcoming|next|expected)\b[^.;]*?"
    r" (?:during|at|in|when|as|while) (?=an?\b|they\b|their\b|talks\b|the two\b)"
)
"""What is only spoken of on an occasion: "discussed |the planned treaty at| a meeting on Friday"."""


def _ahead(match: re.Match[str], folded: str) -> bool:
    if _OF_THE_REPORT.search(folded, max(0, match.start() - 32), match.start()):
        return False
    if _DONE.search(folded, max(0, match.start() - 70), match.start()):
        return False
    if folded.startswith(",", match.end()) and _SAID_OF.search(folded, max(0, match.start() - 70), match.start()):
        return False
    after = _ELSE.split(folded[match.end() : match.end() + 40])[0]
    after = _ABOUT.split(after, maxsplit=1)[0]  # "met on Friday |to prepare| the next summit"
    near = max(0, match.start() - 80), match.start()
    if _RELATIVE.search(folded, *near) or _PARTICIPLE.search(folded, *near):
        after, _, _ = after.partition(",")  # "X, who visited Y in March, is expected to"
    begin = max(0, match.start() - 120)
    aside = _ASIDE.match(folded, max(0, match.start() - 200), match.start())
    begin = max(begin, aside.end() if aside else 0)
    told = _SPOKEN_OF.sub(" ", folded[begin : match.start()]) + folded[match.start() : match.end() + len(after)]
    return bool(_AHEAD.search(_NEXT_HOLDER.sub("", told) if "next" in told else told))


def _iso(match: re.Match[str], day: date | None, anchor: str | None, folded: str) -> _Read:
    if not match["dd"]:
        return f"{match['year']}-{match['mm']}", "stated"
    value = _ymd(int(match["year"]), int(match["mm"]), int(match["dd"]))
    return (value, "stated") if value else None


_WEEK_OF = re.compile(r"\bweek (?:of|beginning|starting)(?: on)? $")
_BEFORE_PAST = re.compile(r"\b(?:since|after) $")
_BEFORE_MAY = ("last", "this past", "next", "this", "in", "since")
_SOON = 6
"""Months for which "the June summit" may lie ahead."""
_TAILS = {"last": -1, "next": 1, "this": 0}
_YEAR_BEFORE = re.compile(rf"\b(?:(?P<tail>last|next|this) year|in {_YEAR}),? on (?:the )?$")
_YEARS_TO = re.compile(r"\s*-\s*(?:1[89]|20)\d\d\b")


def _month_day(match: re.Match[str], day: date | None, anchor: str | None, folded: str) -> _Read:
    if match["year"] and _YEARS_TO.match(folded, match.end()):
        return None  # of an anniversary: "(September 2, 1945 - 2023)"
    month, dom = _month(match), int(match["day"])
    year, rule = (int(match["year"]), "stated") if match["year"] else (0, "year-of-publication")
    if not year:
        if day is None:
            return None
        tail = _group(match, "tail")
        told = _YEAR_BEFORE.search(folded, max(0, match.start() - 24), match.start())
        if tail:
            near: int | None = day.year + _TAILS[tail]
        elif told:  # "last year on March 19", "in 2019, on May 7"
            near = int(told["year"]) if told["year"] else day.year + _TAILS[told["tail"]]
        elif _BEFORE_PAST.search(folded, max(0, match.start() - 6), match.start()) and not _ahead(match, folded):
            near = day.year - ((month, dom) > (day.month, day.day))  # "since February 24"
        else:
            near = _near_year(month, dom, day, future=_ahead(match, folded))
        if near is None:
            return None
        year = near
    first = _ymd(year, month, dom)
    second = _group(match, "day2")
    if first and not second and _WEEK_OF.search(folded, max(0, match.start() - 20), match.start()):
        return f"{first}/{(date.fromisoformat(first) + timedelta(days=6)).isoformat()}", rule
    if first is None or not second:
        return (first, rule) if first else None
    between = folded.endswith("between ", 0, match.start())  # "between May 5 and 8"
    joined = not between and re.search(r"and", folded[match.start() : match.end()])
    last = _ymd(year, month, int(second))
    if last is None or last <= first or (joined and int(second) - dom > 1):
        return first, rule
    return f"{first}/{last}", rule


def _span(match: re.Match[str], day: date | None, anchor: str | None, folded: str) -> _Read:
    months = _month(match), _month(match, "month2")
    year, rule = (int(match["year"]), "stated") if match["year"] else (0, "year-of-publication")
    if not year:
        near = day and _near_year(months[0], int(match["day"]), day, future=_ahead(match, folded))
        if not near:
            return None
        year = near
    first = _ymd(year - (months[1] < months[0] and bool(match["year"])), months[0], int(match["day"]))
    last = _ymd(year + (months[1] < months[0] and not match["year"]), months[1], int(match["day2"]))
    return (f"{first}/{last}", rule) if first and last and first < last else None


def _month_only(match: re.Match[str], day: date | None, anchor: str | None, folded: str) -> _Read:
    month = _month(match)
    if _group(match, "year"):
        return f"{match['year']}-{month:02d}", "stated"
    which = _group(match, "which")
    named = which is None or which in _CALENDAR["whose"]  # "the May summit"
    if day is None or (match["month"] == "may" and not named and which not in _BEFORE_MAY):
        return None
    tail = _group(match, "tail")
    year = day.year
    ahead = which != "since" and _ahead(match, folded)
    if tail:
        return f"{year + _TAILS[tail]}-{month:02d}", "year-of-publication"
    soon = which == "this" or (named and month - day.month < _SOON)
    if which in ("last", "this past") or (which != "next" and month > day.month and not (ahead or soon)):
        year -= month >= day.month
    elif which == "next" or (month < day.month and ahead and which != "this"):
        year += month <= day.month
    return f"{year}-{month:02d}", "month-before-publication"


def _day_ref(match: re.Match[str], day: date | None, anchor: str | None, folded: str) -> _Read:
    if day is None:
        return None
    ref = match["ref"]
    if folded.startswith(_TODAY_AND_TOMORROW, match.start()) or folded.endswith(_TODAY_AND, 0, match.start()):
        return None  # "the challenges of today and tomorrow"
    shift = (
        -1
        if ref in ("yesterday", "last night", "last evening")
        else 1
        if ref == "tomorrow"
        else -2
        if "before" in ref
        else 0
    )
    return (day + timedelta(days=shift)).isoformat(), "day-of-publication"


def _day_of_month(match: re.Match[str], day: date | None, anchor: str | None, folded: str) -> _Read:
    """Days of the month of the text or the one before or after it: "on the 25th of this month"."""
    if day is None:
        return None
    year, month = _months_on(day.year, day.month, _TAILS[match["which"]])
    first, last = _ymd(year, month, int(match["day"])), _ymd(year, month, int(match["day2"] or match["day"]))
    if first is None or last is None or last < first:
        return None
    return f"{first}/{last}" if first < last else first, "month-of-publication"


def _today_day(match: re.Match[str], day: date | None, anchor: str | None, folded: str) -> _Read:
    if day is None:
        return None
    for back in range(32):  # the day of that number nearest before
        near = day - timedelta(days=back)
        if near.day == int(match["day"]):
            return near.isoformat(), "day-of-publication"
    return None


def _weekday(match: re.Match[str], day: date | None, anchor: str | None, folded: str) -> _Read:
    if day is None or folded[max(0, match.start() - 12) : match.start()].rstrip().endswith(_NAMED_DAYS):
        return None
    back = (day.weekday() - WEEKDAYS[match["weekday"]]) % 7
    which, tail = match["which"], match["tail"]
    if tail is not None:  # "on Tuesday of last week"
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=_TAILS[tail])
        that = monday + timedelta(days=WEEKDAYS[match["weekday"]])
        return that.isoformat(), f"weekday-{'after' if that > day else 'before'}-publication"
    if which in ("next", "coming") or (which != "last" and _ahead(match, folded)):
        again = 7 if which in ("next", "coming") else 0  # "will meet on Monday", of a Monday, is for that day
        return (day + timedelta(days=(7 - back) % 7 or again)).isoformat(), "weekday-after-publication"
    return (day - timedelta(days=back or (7 if which == "last" else 0))).isoformat(), "weekday-before-publication"


def _period(match: re.Match[str], day: date | None, anchor: str | None, folded: str) -> _Read:
    if day is None:
        return None
    which, unit = match["which"], match["unit"]
    shift = -1 if which in ("last", "previous", "past") else 1 if which in ("next", "coming", "upcoming") else 0
    if which == "the same":
        return None
    if unit == "year":
        return str(day.year + shift), "year-of-publication"
    if unit == "month":
        return "{}-{:02d}".format(*_months_on(day.year, day.month, shift)), "month-of-publication"
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=shift)
    first = monday + timedelta(days=5 if unit == "weekend" else 0)
    return f"{first.isoformat()}/{(monday + timedelta(days=6)).isoformat()}", "week-of-publication"


def _season(match: re.Match[str], day: date | None, anchor: str | None, folded: str) -> _Read:
    """The year of a season that lies in one year, since its months are told in no other way."""
    which = _group(match, "which")
    if which is None:
        return match["year"], "stated"
    if day is None:
        return None
    ends = _SEASONS[match["season"]]
    shift = (-1 if ends >= day.month else 0) if which in ("last", "this past") else 0
    shift = (1 if ends - 2 <= day.month else 0) if which == "next" else shift
    return str(day.year + shift), "year-of-publication"


def _weekend(match: re.Match[str], day: date | None, anchor: str | None, folded: str) -> _Read:
    """Past, or that which goes on; to come where the words around say so."""
    if day is None:
        return None
    weeks = 0 if day.weekday() >= 5 or _ahead(match, folded) else -1
    first = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks, days=5)
    return f"{first.isoformat()}/{(first + timedelta(days=1)).isoformat()}", "week-of-publication"


def _ago(match: re.Match[str], day: date | None, anchor: str | None, folded: str) -> _Read:
    if day is None or not _ROUGHLY.isdisjoint(folded[: match.start()].split()[-1:]):
        return None
    if match["today"] and match["unit"] == "year":
        return shift_years(day.isoformat(), -_number(match["count"])), "year-of-publication"
    value = _moved(day.isoformat(), match["unit"], -_number(match["count"]))
    return (value, f"{match['unit']}-of-publication") if value else None


def _year(match: re.Match[str], day: date | None, anchor: str | None, folded: str) -> _Read:
    return match["year"], "stated"


_READERS = {
    "iso": _iso, "span": _span, "month-day": _month_day, "day-month": _month_day, "month": _month_only,
    "day-ref": _day_ref, "weekday": _weekday, "period": _period,
    "season": _season, "weekend": _weekend, "ago": _ago, "today-day": _today_day, "day-of": _day_of_month,
    "year": _year,
}  # fmt: skip
