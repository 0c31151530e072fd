"""The country an article is written from, whose offices it need not mark: "the President", "Foreign Minister X"."""

import re
from collections import Counter
from functools import lru_cache

from kg.articles import Article
from kg.language.bodies import DASHES
from kg.language.lexicon import NAMES, Lexicon
from kg.language.text import Mention, Text, Title
from kg.language.tokens import fold_text

_OF_STATE = frozenset({"head-of-state", "head-of-government", "foreign-minister", "minister", "speaker"})
"""Top kinds of office that an article marks by the country unless it is its own."""
ACCREDITED = frozenset({"ambassador", "high-commissioner", "deputy-high-commissioner"})
"""Kinds of office of one state's envoy to another."""
MONARCHS = frozenset({"king", "queen", "emir", "sultan", "emperor"})
"""Kinds of office of those who reign."""
_OF_NO_STATE = frozenset({"igo", "un-body", "eu-body", "au-body"})
"""Kinds of organisations that publish from where they sit, and speak for no state."""
_AGENCY = re.compile(r"\((?!via\b)([^()]+)\)")
"""Who wrote what a publisher prints: "The Sun Daily (Bernama)"."""
_BEHIND_DATELINES = (":", *DASHES)
_NEAR_TOP = 9
"""How many sentences may hold the dateline."""
_CLEARLY = 1.5
"""How many times oftener than any other a country must be spoken of."""


def find_home(article: Article, lexicon: Lexicon) -> str | None:
    """Return the country for which an article speaks: its publisher's, else the dateline's, else its address's."""
    agency = _AGENCY.search(article.publisher or "")
    for source in (agency and agency[1], article.publisher, article.dateline):
        country = _country_in(source, lexicon) if source else None
        if country is not None:
            return country or None
    host = re.match(r"https?://([^/:]+)", article.url or "")
    if host is None:
        return None
    code = host[1].rpartition(".")[2].upper()
    if code in lexicon.authority.countries or code == "UK":
        return {"UK": "GB"}.get(code, code)
    return lexicon.host_country(host[1])


def told_home(article: Article, home: str | None, text: Text) -> str | None:
    """Return the country whose offices the article leaves unmarked, as far as publisher or dateline tell it.

    That is not ``home``, which `find_home` gives, where the article is written from another country and never speaks of
    that one.
    """
    line = article.dateline or _dateline_below(text) if home else None
    seat = _country_in(line, text.lexicon) if line else None
    return seat if seat and seat != home and not _speaks_of(text, home) else home


def _dateline_below(text: Text) -> str | None:
    """The place in capitals set before one of the first sentences, below captions: "MANILA: The ministry …"."""
    for begin, end in text.sentences[: _NEAR_TOP if ":" in text.vocabulary else 0]:
        found = text.entities.get(begin)
        if found is not None and found[1] < end and text.tokens.words[found[1]] == ":":
            printed = text.printed(begin, found[1])
            if printed.isupper() and found[0].sense.type == "place":
                return printed
    return None


def _speaks_of(text: Text, country: str | None) -> bool:
    """Whether a country, a place in it, or somebody of it is named."""
    authority = text.lexicon.authority
    for m in (m for mentions in text.mentions for m in mentions):
        if m.type == "body" and m.value == country:
            return True
        if m.type == "place" and authority.places[m.value].country == country:
            return True
        if any(title.of == country for title in m.titles) or (m.type == "person" and country in _countries_of(text, m)):
            return True
    return False


_MISSION = re.compile(
    r"\b(?:embassy|high commission|consulate(?: general)?|mission) of\b.+?\b(?:in|to)\b (?P<host>.+)", re.I
)


def find_host(article: Article, lexicon: Lexicon) -> str | None:
    """Return the country in which the mission is that publishes an article: "Embassy of X in Y"."""
    found = _MISSION.search(article.publisher or "")
    return _country_in(found["host"], lexicon) or None if found else None


@lru_cache(maxsize=4096)
def _country_in(source: str, lexicon: Lexicon) -> str | None:
    """The country that a publisher's name or a dateline names first; "" for a place of no country or a body of many."""
    for hit in lexicon.scan(source, fold_text(source))[NAMES]:
        if hit.sense.type in ("country", "demonym"):
            return hit.sense.value
        if hit.sense.type == "place":
            return lexicon.authority.places[hit.sense.value].country
        if hit.sense.type == "organisation" and lexicon.authority.organisations[hit.sense.value].kind in _OF_NO_STATE:
            return ""
    return lexicon.publisher_country(source)


def assume_home(text: Text) -> str | None:
    """Return the country whose offices an article leaves unmarked, told by the article alone.

    That is the country of the place it begins with ("Doha: …"); else of those known who bear such a title; else the
    country spoken of most of which nobody is marked as holding an office that is left unmarked with another.
    """
    return _place_first(text) or _of_unmarked(text)


def _place_first(text: Text) -> str | None:
    """The country of the place set before the first sentence: "New Delhi : A plane …"."""
    first = text.sentences[1:2] if text.article.title else text.sentences[:1]
    for begin, end in first:
        found = text.entities.get(begin)
        marked = found is not None and found[1] < end and text.tokens.words[found[1]] in _BEHIND_DATELINES
        if found and marked and found[0].sense.type == "place":
            return text.lexicon.authority.places[found[0].sense.value].country or None
    return None


def _of_unmarked(text: Text) -> str | None:
    """The country of the offices of state that stand beside names without one."""
    authority = text.lexicon.authority
    unmarked: set[str] = set()
    marked: set[tuple[str, str]] = set()
    known: Counter[str] = Counter()
    spoken: Counter[str] = Counter()
    guests: set[str] = set()
    mentions = [m for found in text.mentions for m in found]
    stated = {_surname(text, m) for m in mentions if any(title.of in authority.countries for title in m.titles)}
    for mention in mentions:
        if mention.type == "body" and mention.value in authority.countries:
            spoken[mention.value] += 1
        elif mention.type == "place":
            spoken[authority.places[mention.value].country] += 1
        for title in mention.titles if mention.type in ("person", "office") else ():
            if title.counterpart and title.of:
                guests.add(title.of)  # whoever meets "his Chilean counterpart" is not of Chile
            if mention.type == "office":
                continue
            if title.of and title.of in authority.countries and title.kind in ACCREDITED and " to " not in title.text:
                guests.add(title.of)  # whoever receives the Ambassador of X is not of X
            if _is_of_state(text, title):
                if title.of is None and any(other.of for other in mention.titles):
                    continue  # "Deputy Prime Minister and Minister of Defence of X"
                if title.of is None and _surname(text, mention) in stated:
                    continue  # "Minister Y", elsewhere "the Minister of Defence of X, NAME Y"
                if title.of is None:
                    unmarked.add(_sole(text, title))
                    known.update(_countries_of(text, mention))
                elif title.of in authority.countries:
                    marked.add((_sole(text, title), title.of))
    if not unmarked:
        return None
    if known:
        return known.most_common(1)[0][0]
    foreign = guests | {country for kind, country in marked if kind in unmarked}
    votes = Counter({country: n for country, n in spoken.items() if country and country not in foreign}).most_common(2)
    clear = votes and votes[0][1] > 1 and (len(votes) == 1 or votes[0][1] >= _CLEARLY * votes[1][1])
    return votes[0][0] if clear else None


def _surname(text: Text, mention: Mention) -> str:
    """The last word of a name."""
    return text.low[mention.name[1] - 1] if mention.name else ""


def _sole(text: Text, title: Title) -> str:
    """The kind of an office; whoever reigns, by whatever title, is the only one who does."""
    return "monarch" if title.kind in MONARCHS else title.kind or ""


def _is_of_state(text: Text, title: Title) -> bool:
    kind = text.lexicon.office_kinds.get(title.kind or "")
    return kind is not None and kind.top in _OF_STATE and title.when == "current" and not title.counterpart


def _countries_of(text: Text, mention: Mention) -> set[str]:
    """The countries of those whom who is who knows by the name."""
    authority = text.lexicon.authority
    if mention.value:
        return {authority.people[key].country for key in mention.value.split("|")} - {""}
    named = authority.find_people(text.printed(*mention.name)) if mention.name else ()
    return {named[0].country} - {""} if len(named) == 1 else set()
