"""One mapper a class: an article → its claims."""

import re
from datetime import date, timedelta

from kg.articles import Article
from kg.language.dates import WEEKDAYS, When, parse_day
from kg.language.lexicon import Lexicon
from kg.language.mentions import find_mentions
from kg.language.text import Text
from kg.mappers.agreement import map_agreements
from kg.mappers.claims import ArticleClaims, Span
from kg.mappers.drafts import claim_events
from kg.mappers.event import Reader
from kg.mappers.home import assume_home, find_home, told_home
from kg.mappers.kinds.unions import spelt_out
from kg.mappers.office import complete_all, map_offices
from kg.mappers.person import Register, map_people

__all__ = ["ArticleClaims", "map_article"]


def map_article(article: Article, lexicon: Lexicon) -> ArticleClaims:
    """Return what ``article`` states."""
    text = Text(article, lexicon)
    find_mentions(text)
    home = find_home(article, lexicon)
    published, rule, premises = _publication(article, text, lexicon)
    register = Register(text, told_home(article, home, text) or assume_home(text), published)
    complete_all(register)
    reader = Reader(register, _today(text, published))
    drafts, unread = reader.read()
    agreements = map_agreements(reader, drafts)
    for draft in drafts:
        draft.parties = spelt_out(draft.parties)
    return ArticleClaims(
        published=published,
        published_rule=rule,
        published_premises=premises,
        home=home,
        people=map_people(register),
        offices=map_offices(register),
        events=claim_events(drafts),
        agreements=agreements,
        unread=tuple(unread),
    )


_TODAY = re.compile(
    r"(?:today|tonight|this (?:morning|afternoon|evening)),?\s*\((\d{1,2})(?:st|nd|rd|th)?(?: [a-z]{3,9})?\)"
)


def _today(text: Text, published: str | None) -> str | None:
    """The day the article calls today: "this morning (17)" on a page of the 18th."""
    day = parse_day(published) if published else None
    said = (_TODAY.match(text.folded, start) for start, sort in text.date_words if sort == "reference")
    found = next(filter(None, said), None) if day else None
    if not found or not day:
        return published
    for back in (0, 1, 2, 3, -1):  # a page may be dated a time zone behind
        if (day - timedelta(days=back)).day == int(found[1]):
            return (day - timedelta(days=back)).isoformat()
    return published


_ANNIVERSARY = re.compile(
    r"\b(\d{1,3})(?:st|nd|rd|th)\s+anniversary\s+of\s+(?:the\s+)?(?:\w+\s+){0,6}?(?:diplomatic|bilateral)\s+(?:ties|relations)"
)
_WEEKDAY = re.compile(r"\b(" + "|".join(WEEKDAYS) + r")\b")


def _publication(article: Article, text: Text, lexicon: Lexicon) -> tuple[str | None, str | None, tuple[Span, ...]]:
    """The publication date, and where nothing states it, the rule and the words it was inferred from."""
    if article.published:
        return article.published, None, ()
    return _from_anniversary(text, lexicon) or _from_lead(text) or (None, None, ())


def _from_anniversary(text: Text, lexicon: Lexicon) -> tuple[str, str, tuple[Span, ...]] | None:
    """A weekday and the n-th anniversary of relations whose day is known meet in one date."""
    anniversary, weekday = _ANNIVERSARY.search(text.folded), _WEEKDAY.search(text.folded)
    if not anniversary or not weekday:
        return None
    bodies = {m.value for ms in text.mentions for m in ms if m.type == "body"}
    bodies |= {t.of for ms in text.mentions for m in ms for t in m.titles if t.of}
    for relation in lexicon.authority.relations.values():
        if {relation.a, relation.b} <= bodies and len(relation.established) == 10:
            founded = date.fromisoformat(relation.established)
            try:
                day = founded.replace(year=founded.year + int(anniversary[1]))
            except ValueError:
                continue
            shift = (WEEKDAYS[weekday[1]] - day.weekday() + 3) % 7 - 3
            return (
                (day + timedelta(days=shift)).isoformat(),
                "anniversary-weekday",
                (anniversary.span(), weekday.span()),
            )
    return None


def _from_lead(text: Text) -> tuple[str, str, tuple[Span, ...]] | None:
    """The day the lead gives its news: an article is no older than what it reports."""
    whole: When | None = None
    for first, last in text.sentences[:4]:
        begin, end = text.span(first, last)
        for when in text.dates(begin, end, None):
            if len(when.value) == 10 and when.rule == "stated":
                whole = whole or when
    return (whole.value, "day-of-the-news", ((whole.start, whole.end),)) if whole else None
