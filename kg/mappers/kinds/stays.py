"""Stays: the days of a journey, by how long it lasts and when it began."""

import re
from datetime import date, timedelta

from kg.edtf import bounds
from kg.language.dates import parse_day
from kg.language.words import read_lexicon, words
from kg.mappers.clauses import Sentence, Trigger
from kg.mappers.drafts import Draft

_BEGINNING = words("grammar", "beginning_verbs")
_ENDING = words("grammar", "ending_words")
_NUMBERS: list[str] = read_lexicon()["grammar"]["numbers"]
_DAYS = re.compile(r"\b(\w+)[- ]days?\b")
_ORDINALS: list[str] = read_lexicon()["grammar"]["ordinals"][:10]
_NTH_DAY = re.compile(rf"\bon the ({'|'.join(_ORDINALS)}|last|final) day\b")
_OF_DAYS = re.compile(rf"\b(?:the|'s|his|her) ({'|'.join(_ORDINALS)}|last|final) day\b")
_NTH = re.compile(r"\b(?:that|which) (\w+) on the (\d{1,2})(?:st|nd|rd|th)\b")
_LONGEST_NAME = 60
"""Letters up to which the noun of a gathering stands behind its length."""
_OVER = ("after a ", "after an ")


def last_for(s: Sentence, t: Trigger, draft: Draft) -> None:
    """Turn the day a visit or gathering of so many days began or ended into those days.

    "ended a three-day visit on May 7".
    """
    day = parse_day(draft.date or "")
    if day is None and draft.date is None and draft.status == "occurred" and _OF_DAYS.search(s.text.folded, *s.span):
        day = parse_day(s.published or "")  # "during the third day of his four-day visit"
    if day is None or draft.rule == "same-occasion":
        return
    begin, end = s.text.span(s.clause_start(t.start), max(t.end, s.clause_end(t.end)))
    if begun := _begun_on(s, t, day):
        draft.date, draft.rule = f"{begun.isoformat()}/{day.isoformat()}", "duration"
        return
    told = (m for m in _DAYS.finditer(s.text.folded, begin, end) if m[1] not in _ORDINALS)
    found = next((m for m in told if not _of_another(s, t, m.start()) and _of_this(s, t, m)), None)
    days = _count(found[1]) if found else 0
    if not 1 < days < 15 or found is None:
        return
    nth = _OF_DAYS.search(s.text.folded, s.span[0], end)
    if nth and (n := _ORDINALS.index(nth[1]) if nth[1] in _ORDINALS else days - 1) < days:
        first = day - timedelta(days=n)
        draft.date, draft.rule = f"{first.isoformat()}/{(first + timedelta(days=days - 1)).isoformat()}", "duration"
        draft.premises = [*draft.premises, found.span(), nth.span()]
        return
    stop = max([s.clause_end(t.end), *(s.text.token_at(last) for _, last in draft.premises if t.top == "conference")])
    clause = s.text.low[s.clause_start(t.start) : stop]
    if _ENDING.intersection(clause) or s.text.folded.endswith(
        _OVER, 0, found.start()
    ):  # "left |after a| two-day visit"
        first, last = day - timedelta(days=days - 1), day
    elif _BEGINNING.intersection(clause):
        first, last = day, day + timedelta(days=days - 1)
    else:
        return
    draft.date, draft.rule = f"{first.isoformat()}/{last.isoformat()}", "duration"
    draft.premises = [*draft.premises, found.span()]


def _of_another(s: Sentence, t: Trigger, at: int) -> bool:
    """Whether days told at an offset are those of a journey before: "ended a |two-day| visit to X and will go to Y"."""
    others = (x for x in s.triggers if x.top == "visit" and not x.predicate and at <= x.hit.end <= t.hit.start)
    return any("and" in s.text.low[x.end : t.start] for x in others)


def _of_this(s: Sentence, t: Trigger, days: re.Match[str]) -> bool:
    """Whether the days told are those of a visit, or stand before the noun of a gathering: "a |two-day| summit"."""
    if t.top != "conference":
        return True
    near = -1 <= t.hit.end - days.end() < _LONGEST_NAME
    return near and "," not in s.text.low[s.text.token_at(days.end()) : t.end]


def _begun_on(s: Sentence, t: Trigger, day: date) -> date | None:
    """The first day of a visit that ended on ``day``: "concluded his visit that commenced on the 28th"."""
    found = _NTH.search(s.text.folded, t.hit.end, min(t.hit.end + 90, s.span[1]))
    words_before = s.text.low[s.clause_start(t.start) : t.start]
    if found is None or _ENDING.isdisjoint(words_before) or _BEGINNING.isdisjoint(found[1].split()):
        return None
    back = next((n for n in range(1, 15) if (day - timedelta(days=n)).day == int(found[2])), 0)
    return day - timedelta(days=back) if back else None


def day_of_visit(s: Sentence, draft: Draft) -> None:
    """Date what was done "on the first day" by the days of the visit that the same people were on."""
    found = (
        _NTH_DAY.search(s.text.folded, *s.span)
        if draft.date is None and s.text.folded.find(" day", *s.span) >= 0
        else None
    )
    if found is None:
        return
    on = next((d for d in s.drafts if d.top == "visit" and d.people & draft.people and "/" in (d.date or "")), None)
    first, last = (parse_day(day) for day in bounds(on.date or "")) if on is not None else (None, None)
    if first is None or last is None:
        return
    day = first + timedelta(days=_ORDINALS.index(found[1])) if found[1] in _ORDINALS else last
    if day <= last:
        draft.date, draft.rule, draft.premises = day.isoformat(), "day-of-visit", [found.span()]


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS.index(word) + 1 if word in _NUMBERS else 0
