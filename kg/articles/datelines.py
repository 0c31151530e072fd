"""Datelines and agencies' signs: "Hanoi, Dec. 1 (Xinhua) —" before a text, "— VNS" below it."""

import re
from functools import lru_cache

import msgspec

from kg.articles.chrome import agencies, agency_pattern, vocabulary
from kg.articles.dates import dateline_date, dateline_pattern, find, is_bare, month_pattern

_DIGIT = re.compile(r"\d")
_BRACKET = re.compile(r"[(/\[]")
_FIGURES = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4} ?: ?(?=[\"“‘]?[A-ZÀ-Þ])")
_DASH = r"(?:—|–|--+|-|:|\.-)"
_PLACE = (
    r"(?P<place>[^\W\d_][\w'’.\-]*?(?:[ /][^\W\d_][\w'’.\-]*?){0,4}(?: [\[(][^\W\d_][\w ]+[\])])?"
    r"(?:, ?[A-Z][\w.]+?(?: [A-Z][\w.]+?){0,2})?)"
)
_LONE_PLACE = re.compile(r"[^\W\d_]+(?:[ /,]+[^\W\d_]+){0,3}")
_CAPITALS = (
    r"[.!?”\"’'…)]\s*(?P<sign>[-–—/*|\s]*\b(?P<name>[A-Z][A-Z]{1,9}(?:[/-][A-Z]{2,9})*)[-–—/*|.)]*)$"
)  # fmt: skip
_SIGNED = re.compile(_CAPITALS)
_ENDED = re.compile(r"\s*(?:\./\.|/\.|#{2,}|-?30-?|\(?(?i:ends|enditem|end)\)?|\*+|■|□)\s*$")


class Dateline(msgspec.Struct, frozen=True):
    """What the words before a text say: place, ISO date (the year may be missing), agency; and where they end."""

    place: str | None
    date: str | None
    agency: str | None
    end: int


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    agency, date = agency_pattern(), dateline_pattern()
    signed = r"[(/\[] ?(?P<agency>[^\W\d_][\w.&' /-]{1,30}?) ?[)/\]]"
    return (
        # Hanoi, Dec. 1 (Xinhua) —   MOSCOW, November 18. /TASS/.   Riyadh, March 03, 2023, SPA --   LAOS, May 2 -
        re.compile(
            rf"\(?{_PLACE}[,.]? *(?:[,.:/-]|–|—)? *{date}[,.]?\)? *"
            rf"(?:{signed} *[.:]? *{_DASH}?\.?|,? ?(?P<agency2>{agency})(?:[.:]? *{_DASH}|\.|$)"
            rf"|[A-Z][A-Z.&' ]{{1,30}} *{_DASH}|{_DASH})(?: +|$)"
        ),
        # Lima (3 March 2023) —
        re.compile(rf"{_PLACE},? *\( ?{date} ?\) *{_DASH} +"),
        # MOSCOW (TASS / Sputnik - 5th April, 2022)   Doha (QNA, May 3) -
        re.compile(
            rf"{_PLACE},? *\((?P<agency>[^\W\d_a-z][^()\d]{{1,60}}?)(?: [-–—]|,) ?{date}\)"
            rf"[.:]? *{_DASH}? *(?=[\"“‘]?[^\W\d_])"
        ),
        # Hanoi (VNA) –   WASHINGTON (AP) —
        re.compile(rf"{_PLACE},? *(?:[(/\[] ?)(?P<agency>{agency}) ?[)/\]] *[.:]? *{_DASH}?\.? +"),
        # Jakarta (NP) -   Suva (Island News) -   an agency nobody knows
        re.compile(
            rf"{_PLACE},? *[(/\[] ?(?P<agency>[A-Z]{{2,8}}|[A-Z][a-z]+(?: [A-Z][a-z]+){{1,2}}) ?[)/\]]"
            rf" *{_DASH} +(?=[\"“‘]?[A-ZÀ-Þ])"
        ),
        # Tehran, IRNA –   New York CNN —
        re.compile(rf"{_PLACE}(?:, ?| )(?P<agency>{agency}) *{_DASH} +"),
        # (MENAFN- UkrinForm)   from an agency that passes on what another reports
        re.compile(rf"\((?P<agency>{agency}) ?[-–—/] ?[^()]{{2,40}}\) +(?=[\"“‘]?[A-ZÀ-Þ])"),
        # VGP -   (VNA) –
        re.compile(rf"\(?(?P<agency>{agency})\)? ?{_DASH} *(?=\S)"),
        # LUSAKA, Thursday -
        re.compile(rf"{_PLACE}, (?i:{'|'.join(vocabulary()['calendar']['weekdays'])})[.,]? *{_DASH} +"),
        # HÀ NỘI —   ISLAMABAD:
        re.compile(
            r"(?P<place>[^\W\d_a-z][^a-z,;:—–]{2,40}?(?:, [^\W\d_a-z][^a-z,;:—–]{2,30}?)?)"
            r" *(?:—|–|--+|-(?= )|:) +(?=[\"“‘]?[^\W\d_])"
        ),
        # ASTANA. Steppe News –   an agency nobody knows
        re.compile(
            r"(?P<place>[^\W\d_a-z]{4,20}(?:[ -][^\W\d_a-z]{3,20}){0,2})\. "
            r"(?P<agency>[A-ZÀ-Þ][\w.]+(?: [A-ZÀ-Þ][\w.]+){0,3}) ?(?:—|–|--+|-|/) +(?=[\"“‘]?[A-ZÀ-Þ])"
        ),
        # 12 March 2024, CANBERRA –   Friday, 3rd March, 2023, Lima:
        re.compile(
            rf"{date}, +(?P<place>[A-ZÀ-Þ][\w'’.-]+(?: [A-ZÀ-Þ][\w'’.-]+){{0,2}})"
            r" *(?:—|–|--+|-(?= )|:(?= )) *(?=[\"“‘]?[A-ZÀ-Þ])"
        ),
        # Baku. 1 June. REPORT.AZ/ …
        re.compile(rf"{_PLACE}\. *{date}\. +(?P<agency>[A-Z][A-Z.]{{1,20}}) ?/ *(?=[\"“‘]?[A-ZÀ-Þ])"),
        # Lima. 3 March 2023. …   Lima, 3 March 2023. …
        re.compile(rf"{_PLACE}[.,] {date}(?<=\d{{4}})\. +(?=[\"“‘]?[A-ZÀ-Þ])"),
        # BAKU, Azerbaijan, August 21. …
        re.compile(rf"(?P<place>[A-ZÀ-Þ]{{3,}}, [A-Z][a-z]+), {date}\. +(?=[\"“‘]?[A-ZÀ-Þ])"),
        # ADDIS ABABA May 7 The …
        re.compile(rf"(?P<place>[A-ZÀ-Þ]{{3,}}(?: [A-ZÀ-Þ]{{3,}}){{0,2}}),? (?P<lone>){date} +(?=[\"“‘]?[A-ZÀ-Þ])"),
        # DUSHANBE, 07.05.2024. /Steppe News/. …
        re.compile(
            r"(?P<place>[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,2}), (?P<figures>\d{1,2}[./]\d{1,2}[./]\d{4})"
            r"[.,]? ?/(?P<agency>[^/\d]{2,40})/[.:]? *(?:—|–|-+)? *(?=[\"“‘]?[A-ZÀ-Þ])"
        ),
        # Washington —
        re.compile(
            r"(?P<place>[A-ZÀ-Þ][\w'’.-]+(?: [A-ZÀ-Þ][\w'’.-]+){0,2}(?:, [A-ZÀ-Þ]\w+)?)"
            r" *(?:—|--+) *(?=[\"“‘]?[A-ZÀ-Þ])"
        ),
    )


@lru_cache(maxsize=512)
def find_dateline(text: str) -> Dateline | None:
    """Return the dateline that a paragraph begins with, else ``None``.

    >>> find_dateline("Hanoi, Dec. 1 (Xinhua) — President …")
    Dateline(place='Hanoi', date='--12-01', agency='Xinhua', end=25)
    >>> find_dateline("MOSCOW (Agency News / Sputnik - 05th April, 2022) The ministry …").date
    '2022-04-05'
    >>> find_dateline("HÀ NỘI — General Secretary …").place, find_dateline("VGP - The leader …").agency
    ('HÀ NỘI', 'VGP')
    >>> find_dateline("Baku. 1 June. REPORT.AZ/ The minister …").date
    '--06-01'
    >>> find_dateline("BAKU, Azerbaijan, Aug. 2. He …").date
    '--08-02'
    >>> find_dateline("06/23/2014:The minister met …").date
    '2014-06-23'
    >>> find_dateline("On February 8, 2021, the leaders spoke - at length") is None
    True
    """
    head = text[:160]
    dated, bracketed = _DIGIT.search(head) is not None, _BRACKET.search(head) is not None
    needed = (
        *(dated, dated and bracketed, dated and bracketed, bracketed, bracketed, True, bracketed),
        *(True, True, True, True, dated, dated, dated, dated, dated, dated, True),
    )
    for pattern, possible in zip(_patterns(), needed, strict=True):
        found = pattern.match(head) if possible else None
        if found and (dateline := _dateline(found)):
            return dateline
    figures = _FIGURES.match(head) if dated else None
    day = find(figures[0]) if figures else None  # "06/23/2014:The minister …"
    return Dateline(None, day.iso, None, figures.end()) if figures and day and day.iso else None


def _dateline(found: re.Match[str]) -> Dateline | None:
    groups = found.groupdict()
    place, agency = groups.get("place"), groups.get("agency") or groups.get("agency2")
    date = dateline_date(found) if "month" in groups else None
    if figures := groups.get("figures"):
        day = find(figures)
        date = day.iso if day else None
    if place is not None and not _is_place(
        place, signed=agency in agencies(), dated=bool(date) and "lone" not in groups
    ):
        return None
    return Dateline(place.strip(" .,(") if place else None, date, agency, found.end())


def _is_place(place: str, *, signed: bool, dated: bool) -> bool:
    """Return whether words before a dash are a place: a date or agency beside them helps to believe it."""
    short: list[str] = vocabulary()["datelines"]["short_places"]
    if signed:
        return not re.match(month_pattern(), place)
    if dated:
        return not is_bare(place + " ") or place in short
    words = place.replace(",", "").split()
    if len(words) > 4 or place in agencies() or not _words_apart().isdisjoint(word.upper() for word in words):
        return False
    return not place.isupper() or len(place) > 4 or place in short


@lru_cache(maxsize=1)
def _words_apart() -> frozenset[str]:
    return frozenset(vocabulary()["datelines"]["not_places"])


def is_lone_place(text: str) -> bool:
    """Return whether a line is a dateline of its own, a place in capitals.

    >>> is_lone_place("ANKARA"), is_lone_place("Ankara")
    (True, False)
    """
    return text.isupper() and len(text) > 3 and _LONE_PLACE.fullmatch(text) is not None


@lru_cache(maxsize=1)
def _agency_sign() -> re.Pattern[str]:
    sign = agency_pattern()
    return re.compile(
        rf"(?:\./\.|[-–—/*|(]+|(?<=[.!?”\"’'…)]))[-–—/*|(\s]*"
        rf"(?P<name>{sign})(?:/(?:{sign}|[A-Z]\w+ [A-Z]\w+))?[-–—/*|).\s]*$"
    )


@lru_cache(maxsize=1)
def _credits() -> re.Pattern[str]:
    words = "|".join(vocabulary()["authors"]["credits"])
    bracketed = rf"[(\[](?:{words})\b[^()\[\]]{{2,200}}[)\]]\.?"
    plain = rf"(?:{words}) by [^.()]{{2,80}}[;,] ?(?:{words}) by [^()]{{2,80}}"
    return re.compile(rf"(?<=[.!?”\"’])\s*(?:{bracketed}|{plain})$", re.IGNORECASE)


def split_credits(text: str) -> str:
    """Return a last paragraph without the reporters and editors named behind its last sentence.

    >>> split_credits("They agreed. (Reporting by Ana Ruiz; Editing by Tom Orr)")
    'They agreed.'
    """
    found = _credits().search(text, max(0, len(text) - 260))
    return text[: found.start()] if found else text


def split_sign(text: str) -> tuple[str, str | None]:
    """Return a last paragraph without the sign or end mark it ends in, and the agency where the sign names one.

    >>> split_sign("They agreed. — VNS"), split_sign("They agreed./. VNA"), split_sign("They agreed. Enditem")
    (('They agreed.', 'VNS'), ('They agreed.', 'VNA'), ('They agreed.', None))
    >>> split_sign("They met at the Saudi Press Agency (SPA).")
    ('They met at the Saudi Press Agency (SPA).', None)
    """
    known = _agency_sign().search(text, max(0, len(text) - 60))
    found = known or _SIGNED.search(text, max(0, len(text) - 40))
    marked = found and (known or re.search(r"[-–—/*|]", found["sign"]) or "./." in text[-20:])
    if found and marked and not text.endswith(f"({found['name']})."):
        rest = text[: found.start() if known else found.start("sign")].rstrip(" -–—/*|(")
        rest = rest.removesuffix("./.")
        return rest + "." * rest[-1:].isalnum(), found["name"]
    ended = _ENDED.search(text, max(0, len(text) - 30))
    if not ended or not (ended.start() == 0 or text[ended.start() - 1] in ".!?”\"’'…)" or "./." in ended.group()):
        return text, None
    rest = text[: ended.start()]
    return rest + "." * (rest[-1:].isalnum() and "./." in ended.group()), None


def signed_start(text: str, sign: str) -> Dateline | None:
    """Return the dateline of a paragraph that begins with the sign the article ends in, else ``None``.

    >>> signed_start("RRG - The two leaders spoke.", "RRG").end
    6
    """
    found = re.match(rf"\(?{re.escape(sign)}\)? *{_DASH} *(?=\S)", text)
    return Dateline(None, None, sign, found.end()) if found else None
