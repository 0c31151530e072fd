"""Dates that a page states outright: ISO, long and numeric forms, day-first unless the order cannot be told."""

import re
from datetime import date
from functools import lru_cache
from itertools import islice, permutations

import msgspec

from kg.articles.chrome import vocabulary

_ISO = re.compile(r"\d{4}-\d\d-\d\d(?!\d)", re.ASCII)
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?=T?\d{4,6}(?:\D|\Z))", re.ASCII)
_FIGURES = re.compile(r"(?<![\d/-])(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-]\d{4}(?![\d/-])", re.ASCII)
_CLOSE, _FAR = 10, 1000  # days between what an article tells and its date

EARLIEST, LATEST = 1900, 2100
"""Years outside are misprints or identifiers."""


class Stamp(msgspec.Struct, frozen=True):
    """A date found in a line: ISO at the precision stated, or ``None`` with the problem that forbids reading it."""

    iso: str | None
    start: int
    end: int
    problem: str | None = None
    either: tuple[str, ...] = ()
    """Both readings, day-first and month-first, where the date alone does not tell which is meant."""


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    calendar = vocabulary()["calendar"]
    short: dict[str, int] = calendar["abbreviations"]
    return {name: number for number, name in enumerate(calendar["months"], 1)} | short


@lru_cache(maxsize=1)
def month_pattern() -> str:
    """Return a regular expression that fits a month's name, full or short, any case."""
    return "(?i:" + "|".join(sorted(_months(), key=len, reverse=True)) + r")\b\.?"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    month = month_pattern()
    return re.compile(
        r"(?<![\d/.-])(?:"
        r"(?P<y1>\d{4})(?P<sep>[-/.])(?P<m1>\d{1,2})(?P=sep)(?P<d1>\d{1,2})(?!\d)"
        r"|(?P<y2>\d{4})年(?P<m2>\d{1,2})月(?:(?P<d2>\d{1,2})日)?"
        rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th|\.)?(?: day)?(?: of)?[ /-]?(?P<m3>{month}),?[ /-](?P<y3>\d{{4}})(?!\d)"
        rf"|(?P<m4>{month}),? ?(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<y4>\d{{4}})(?!\d)"
        r"|(?P<a5>\d{1,2})(?P<sep5>[-/.])(?P<b5>\d{1,2})(?P=sep5)(?P<y5>\d{4})(?!\d)"
        rf"|(?P<m6>{month}),? (?P<y6>\d{{4}})(?!\d)"
        r")|(?<!\S)(?P<y7>\d{4})(?P<m7>\d{2})(?P<d7>\d{2})(?!\S)"
    )


# Forms of other languages: 15 de marzo de 2022, 15. März 2022, 15 tháng 3 năm 2022, 2022. 3. 15.
_ELSEWHERE = re.compile(
    r"(?<![\d/.-])(?:(?P<d>\d{1,2})(?:er|\.?º|°|\.)? (?:de |tháng )?(?P<m>[^\s\d,/|]{2,15}|\d{1,2}(?= năm)),? "
    r"(?:de |del |năm )?(?P<y>\d{4})(?!\d)|(?P<y2>\d{4})\. (?P<m2>\d{1,2})\. (?P<d2>\d{1,2})\b\.?)"
)
_BUDDHIST = range(2400, 2700)
"""Years counted from the Buddha's death, 543 years before the common era."""


@lru_cache(maxsize=1)
def _months_elsewhere() -> dict[str, int]:
    lists: dict[str, list[str]] = vocabulary()["calendar"]["months_elsewhere"]
    return {
        name.casefold(): number
        for months in lists.values()
        for number, names in enumerate(months, 1)
        for name in names.split("|")
    }


def _find_elsewhere(text: str) -> Stamp | None:
    """Return the first date in a form that is not English.

    >>> _find_elsewhere("martes, 15 de marzo de 2022").iso, _find_elsewhere("15 มีนาคม 2565").iso
    ('2022-03-15', '2022-03-15')
    """
    for found in _ELSEWHERE.finditer(text):
        name = (found["m"] or found["m2"]).casefold()
        known = _months_elsewhere()
        number = int(name) if name.isdecimal() else known.get(name) or known.get(name.rstrip("."))
        if number:
            year = int(found["y"] or found["y2"])
            year -= 543 if year in _BUDDHIST else 0
            iso, problem = _checked(str(year), str(number), found["d"] or found["d2"])
            return Stamp(iso, *found.span(), problem=problem and f"the stated date {found.group()!r} {problem}")
    return None


def find(text: str) -> Stamp | None:
    """Return the first date with a year in ``text``, else ``None``.

    >>> find("Published: 3rd March, 2023").iso, find("February 09, 2021 9:12 AM").iso, find("Dec 2023").iso
    ('2023-03-03', '2021-02-09', '2023-12')
    >>> find("03/04/2021").problem
    "the stated date '03/04/2021' may be read day-first or month-first"
    >>> find("Thu, 06/02/2022 - 18:05").iso
    '2022-06-02'
    >>> find("2021-02-30").problem
    "the stated date '2021-02-30' does not exist"
    """
    found = _pattern().search(text)
    if not found:
        return _find_elsewhere(text)
    groups = {name[0]: value for name, value in found.groupdict().items() if value and name[:3] != "sep"}
    if "a" in groups:
        return _numeric(found, groups, text[: found.start()])
    iso, problem = _checked(groups["y"], groups["m"], groups.get("d"))
    return Stamp(iso, *found.span(), problem=problem and f"the stated date {found.group()!r} {problem}")


def _numeric(found: re.Match[str], groups: dict[str, str], before: str) -> Stamp:
    """Read 9/2/2021: dots are day-first everywhere; else one part must exceed 12, or both be the same.

    Or the day of the week right ``before`` must fit one way only.
    """
    first, second = int(groups["a"]), int(groups["b"])
    both = [_checked(groups["y"], month, day) for day, month in permutations((groups["a"], groups["b"]))]
    (iso, problem), (other, _) = both if first > 12 or second <= 12 else both[::-1]
    if max(first, second) <= 12 and found.group("sep5") != "." and iso and other and first != second:
        week = _weekday(before)
        fitting = [day for day in (iso, other) if week is not None and date.fromisoformat(day).weekday() == week]
        if len(fitting) != 1:
            problem = f"the stated date {found.group()!r} may be read day-first or month-first"
            return Stamp(None, *found.span(), problem, (iso, other))
        iso = fitting[0]
    return Stamp(iso, *found.span(), problem and f"the stated date {found.group()!r} {problem}")


def tell_apart(either: tuple[str, ...], text: str) -> str | None:
    """Return which of two readings of a date ``text`` bears out, by its other dates; ``None`` where it does not.

    Those are dates in figures of which only one order makes a day, and days of months by name, close to one reading.

    >>> tell_apart(("2024-03-07", "2024-07-03"), "He visited Pristina on 5 and 6 March.")
    '2024-03-07'
    >>> tell_apart(("2024-03-07", "2024-07-03"), "Next: 06/28/2024"), tell_apart(("2024-03-07", "2024-07-03"), "Soon.")
    ('2024-07-03', None)
    """
    day_first, month_first = either
    orders = {
        int(found["a"]) > 12 for found in _FIGURES.finditer(text) if (int(found["a"]) > 12) != (int(found["b"]) > 12)
    }
    if len(orders) == 1:
        return day_first if orders.pop() else month_first
    near: list[int] = []
    days = [(found["month"] or found["month2"], found["day"] or found["day2"], found["year"]) for found in _named(text)]
    for reading in map(date.fromisoformat, either):
        told = (_checked(year or str(reading.year), month, day)[0] for month, day, year in days)
        near.append(min((abs((date.fromisoformat(day) - reading).days) for day in told if day), default=_FAR))
    if min(near) > _CLOSE or max(near) <= _CLOSE:
        return None
    return day_first if near[0] < near[1] else month_first


def _named(text: str) -> list[re.Match[str]]:
    """The days of months by name in a text."""
    return list(islice(re.compile(rf"\b{dateline_pattern()}").finditer(text), 40))


def _weekday(before: str) -> int | None:
    """The day of the week that ends the words before a date, Monday 0; ``None`` where none does."""
    word = before.rstrip(" ,.").rpartition(" ")[2].lower()
    names: list[str] = vocabulary()["calendar"]["weekdays"]
    if word not in names:
        return None
    return next(n for n, whole in enumerate(names[:7]) if whole[:3] == word[:3])


def _checked(year: str, month: str, day: str | None) -> tuple[str | None, str | None]:
    number = int(month) if month.isdecimal() else _months()[month.rstrip(".").lower()]
    try:
        whole = date(int(year), number, int(day or 1))
    except ValueError:
        return None, "does not exist"
    if not EARLIEST <= whole.year <= LATEST:
        return None, f"is outside {EARLIEST} to {LATEST}"
    return whole.isoformat() if day else whole.isoformat()[:7], None


def parse(text: str) -> Stamp | None:
    """Return the date of a metadata field, time and zone dropped; a bare year or month keeps its precision.

    >>> parse("2021-02-09T23:30:00+07:00").iso, parse("Tue, 09 Feb 2021 09:12:00 GMT").iso, parse("2021-02").iso
    ('2021-02-09', '2021-02-09', '2021-02')
    >>> parse("20210209T101500Z").iso
    '2021-02-09'
    >>> parse("soon") is None
    True
    """
    text = _BASIC.sub(r"\1-\2-\3", text, count=1) if _BASIC.match(text) else text
    if _ISO.match(text):
        iso, problem = _checked(text[:4], text[5:7], text[8:10])
        return Stamp(iso, 0, 10, problem and f"the stated date {text[:10]!r} {problem}")
    short = re.fullmatch(r"\s*(\d{4})(?:-(\d{2}))?\s*", text)
    if not short:
        return find(text)
    iso, problem = _checked(short[1], short[2] or "1", None)
    iso = iso if short[2] or iso is None else short[1]
    return Stamp(iso, 0, len(text), problem=problem and f"the stated date {text.strip()!r} {problem}")


_CLOCK = re.compile(
    r"\b(?:\d{1,2}[:.h]\d{2}(?::\d{2}(?:\.\d+)?)?|\d{1,2}(?= ?[ap]\.?m\b)|\d{4}(?= (?:hrs|gmt|hours)\b)|T\d{2}:\d{2}\S*"
    r"|\d{1,3} ?min(?:ute)?s? read)(?!\d)|(?:\b(?:GMT|UTC))? ?[+-]\d{1,2}(?::?\d{2})?\b",
    re.IGNORECASE,
)
# The number of a release beside its date: "No. 72, 3 March 2023", "3 March 2023 311/23"
_NUMBER = re.compile(
    r"(?:\b(?:No|Nr|PR|Ref)\b|N°|№|#)[.:]? ?[\w-]{0,8}\d[\w/-]{0,12}|(?<![\w/])\d{1,4}/\d{2,4}(?![\w/])"
)
# A year of two figures: "15.03.23", "15 Mar '23"
_SHORT_YEAR = re.compile(
    r"(?<![\d/.:-])\d{1,2}(?P<sep>[./-])\d{1,2}(?P=sep)\d{2}(?![\d/.:-])|(?<=[a-z.] )['’]\d{2}(?!\d)"
)
_PIECE = re.compile(r"[^\s,.:;()\[\]|/·•–—*-]+")


@lru_cache(maxsize=1)
def _beside() -> frozenset[str]:
    stamp, calendar = vocabulary()["stamp"], vocabulary()["calendar"]
    weekdays = [day for days in calendar["weekdays_elsewhere"].values() for day in days]
    phrases = [*stamp["labels"], *stamp["updates"], *stamp["beside"], *calendar["weekdays"], *weekdays]
    return frozenset(piece for phrase in phrases for piece in _PIECE.findall(phrase))


@lru_cache(maxsize=1)
def _updates() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(vocabulary()['stamp']['updates'])})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def stamp(line: str) -> Stamp | None:
    """Return the date of a line that holds nothing but a date, its label and a time, else ``None``.

    >>> stamp("February 09, 2021 9:12 AM GMT+7").iso, stamp("Posted on: Tue, 3 March 2020 at 14:05 IST").iso
    ('2021-02-09', '2020-03-03')
    >>> stamp("Release date: 15.03.23").iso, stamp("15 Mar '23").iso
    ('2023-03-15', '2023-03-15')
    >>> stamp("No. 72, 3 March 2023").iso, stamp("3 March 2023 | 311/23").iso
    ('2023-03-03', '2023-03-03')
    >>> stamp("On February 8, 2021, the two leaders spoke") is None
    True
    """
    if len(line) >= 120:
        return None
    found = find(line)
    if not found and (short := _SHORT_YEAR.search(line)):
        year = short.end() - 2
        line = line[:year].rstrip("'’") + "20" + line[year:]
        found = find(line)
    if found and is_bare(line[: found.start]) and is_bare(line[found.end :]):
        return found
    return None


def is_bare(text: str) -> bool:
    """Return whether ``text`` is no more than what stands beside a date in a stamp, another date included.

    >>> is_bare(" 9:12 AM GMT+7"), is_bare("Moscow, ")
    (True, False)
    """
    return len(text) < 160 and _beside().issuperset(_PIECE.findall(without_dates(text).lower()))


def without_dates(text: str) -> str:
    """Return ``text`` without the dates and times of day in it.

    >>> without_dates("By Ana Ruiz, 3 March 2023, 9:12").split()
    ['By', 'Ana', 'Ruiz,', ',']
    """
    text = _pattern().sub(" ", text)
    found = _find_elsewhere(text)
    return _CLOCK.sub(" ", _NUMBER.sub(" ", text[: found.start] + text[found.end :] if found else text))


def is_update(line: str) -> bool:
    """Return whether a stamp says when the page was last changed, not when it was published.

    >>> is_update("Last updated: 3 March 2020")
    True
    """
    return _updates().match(line) is not None


@lru_cache(maxsize=1)
def dateline_pattern() -> str:
    """Return a regular expression for a dateline's date; groups ``month``, ``day``, ``month2``, ``day2``, ``year``."""
    month = month_pattern()
    week = "(?:(?i:" + "|".join(vocabulary()["calendar"]["weekdays"]) + r")\b[.,]? )?"
    ordinal = "(?:st|nd|rd|th)?"
    return (
        rf"{week}(?:(?P<month>{month}),? ?(?P<day>\d{{1,2}}){ordinal}"
        rf"|(?P<day2>\d{{1,2}}){ordinal}[ -](?P<month2>{month}))"
        r"(?:,? (?P<year>\d{4}))?(?!\d)"
    )


def dateline_date(found: re.Match[str]) -> str | None:
    """Return the ISO date of a match of `dateline_pattern`; the year may be missing: ``--12-01``.

    >>> dateline_date(re.fullmatch(dateline_pattern(), "Dec. 1"))
    '--12-01'
    """
    name, day, year = found["month"] or found["month2"], found["day"] or found["day2"], found["year"]
    if not name:
        return None
    iso, _ = _checked(year or "2000", name, day)  # 2000: a leap year, so that 29 February stands
    return iso if year or iso is None else "-" + iso[4:]
