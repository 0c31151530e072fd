"""The news: which events an article is about, and the days of those it gives none."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from kg.edtf import bounds
from kg.language.dates import When, compatible, parse_day
from kg.language.lexicon import EVENTS
from kg.language.text import Mention, Text
from kg.language.words import words
from kg.mappers.claims import Span
from kg.mappers.drafts import Draft
from kg.mappers.kinds.unions import united
from kg.mappers.person import Register
from kg.mappers.presence import sides_led

# Kinds that a day ahead is announced for, and the kinds that go with them.
_ANNOUNCED = ("meeting", "visit", "conference", "ceremony")
_BRINGING = ("visit", "meeting", "conference")
_PREPARED = ("meeting", "visit", "signing", "ceremony", "statement", "conference")
_OCCASIONS = (
    "meeting",
    "visit",
    "conference",
    "ceremony",
    "signing",
    "call",
    "statement",
    "relations",
    "appointment",
    "aid",
)
_AHEAD = ("meeting", "visit", "conference", "ceremony", "signing", "call")
"""Kinds that a headline announces for a day that the text names as to come; of the others that is a deadline."""
_WITH_IT = ("signing", "statement", "ceremony", "conference", "appointment")
_TALKS = ("meeting", "call")
# Of them, those that somebody who speaks tells of others.
_SOON_TOLD = 5
"""Sentences in which it is told when a journey of the news begins."""
_A_DAY = 10
"""Letters of a date that tells a day."""
_AFTER = words("grammar", "afterwards")
_CAUSES = tuple(f"{phrase} " for phrase in sorted(words("grammar", "cause_openings")))
_MOVING = words("grammar", "moving_verbs")
_SPOKEN_OF = ("signing", "appointment")
# Kinds that fill a day beside its main event, or the days of a visit.
_PARTS = ("meeting", "call", "message", "visit", "aid")
# Kinds of what is done on a visit.
_ATTENDED = ("conference", "ceremony")
_ON_A_JOURNEY = ("meeting", "conference", "ceremony", "signing")
# Kinds told to explain the news rather than as the news.
_RATIFIED = "ratification"
_TOPICS = ("coercion", "aid", "relations")
_TO_ENVOYS = ("summons", "expulsion", "recall")
"""What is done to envoys as soon as there is a quarrel."""
_NO_NEWS = ("statement", "appointment", *_TOPICS)

_DELEGATIONS = words("gatherings", "delegations")
_BEFORE_AUTHORS = words("grammar", "before_authors")
_IT = "it"
_SPEECHES = words("gatherings", "speeches")
_PASSIVE = words("grammar", "passive_helpers")
_ORGANS = words("grammar", "speaking_organs")
_UNNAMED = words("grammar", "talkers_unnamed")
_PERFECT = words("grammar", "perfect_auxiliaries")
_TELLING = words("grammar", "telling_verbs")
_LONG_AGO = re.compile(r"\b(?:months?|years?|decades?|centur(?:y|ies)) ago\b")
_PLACED = re.compile(rf"\b(?:{'|'.join(sorted(words('grammar', 'placing_in_time')))})(?: [\w.'’-]+){{0,4}} $")
_PAST = 120
"""How many characters behind a phrase "ago" still tells when it was."""
_WHO = "who"
_FRESH = 31
"""For how many days something is news."""
_IN_A_DAY = ("meeting", "conference", "ceremony", "signing", "statement", "call")
"""Kinds of what is done one after the other on a day."""
_YEAR = 365
_TOO = 40
"""Characters before a phrase within which "also" is said of it."""
_NEAR = 900
"""Characters up to which what follows is told as of the same day."""
_BEHIND = 90
"""How many characters behind a phrase still tell that it was on the day of what was told before."""
_AT_HEAD = 30
"""How many characters of a sentence tell how it goes on from others."""
_OF_THE_NEWS = ("day-of-publication", "same-occasion")
_MOST_MESSAGES = 8
"""How many messages dated are looked at for those likewise sent."""
_NEXT = 2
"""How many sentences behind a journey tell of what was done on it."""
_TAIL = 40
"""How many characters behind "said" are still the end of a sentence ("…, the spokesman said on Tuesday")."""


def lead_sentences(text: Text) -> int:
    """Return how many sentences at the top tell the news: the headline and the first of the body."""
    count = 2 if text.article.title else 1
    if len(text.sentences) > count:
        first, last = text.sentences[count - 1]
        where = any(m.is_where and m.start == first and m.end >= last - 1 for m in text.mentions[count - 1])
        count += where  # "Dar es Salaam. President X arrived"
    return min(len(text.sentences), count)


def settle(text: Text, register: Register, drafts: list[Draft], published: str | None) -> None:
    """Tell main events from background, and date what shares the day of the news; may add a statement."""
    if all(_is_anniversary(d) for d in drafts if d.lead):
        _find_news(text, register, drafts, published)
    lead = [d for d in drafts if d.lead]
    begun = _where_begun(lead)
    talks = [d for d in lead if d.top in _TALKS and d.status == "occurred" and not d.aside]
    newsworthy = any(d.top not in _TOPICS and not d.aside for d in lead)
    first = min((d.order for d in lead), default=0)
    for d in lead:
        beside = (
            (d.top == "coercion" and d.kind != "summons" and not (d.order == first and d.told))
            or d.aside
            or _is_anniversary(d)
            or _only_places(text, d, begun)
        )
        d.main = not (newsworthy and (beside or _is_of_old(d, talks, published)))
    if not lead and drafts:
        next((d for d in drafts if not (d.aside or d.background)), drafts[0]).main = True
    _take_leaders(text, register, drafts)
    _name_talkers(text, register, drafts)
    _take_speakers(text, register, drafts)
    _take_lands(register, drafts)
    _date_departures(text, drafts, published)
    _date_headline(text, drafts, published)
    _date_lead(text, drafts, published)
    _date_measures(drafts)
    _date_plans(drafts, early_end(text))
    _date_journeys(text, drafts)
    _date_communiques(drafts)
    _date_sequels(text, drafts, beside=True)
    _date_occasion(text, register, drafts, published)
    _date_sequels(text, drafts)
    _date_besides(text, drafts)
    if _date_under_way(drafts, published):
        _date_journeys(text, drafts)
        _date_occasion(text, register, drafts, published)
    _date_statements(text, drafts, published)
    _date_messages(register, drafts)
    _date_spoken_of(text, drafts)
    _take_hosts(text, register, drafts)


def _is_anniversary(d: Draft) -> bool:
    """Whether ties are only told of by how long they last: "exchanged messages |on 70 years of ties|"."""
    return d.top == "relations" and d.rule == "years-since"


def _only_places(text: Text, d: Draft, begun: dict[Span, int]) -> bool:
    """Whether something is only told to place the news before it in time: "called Y |following| his visit to Z"."""
    if begun.get(d.spans[0], d.order) >= d.order:
        return False
    return _PLACED.search(text.folded, max(d.spans[0][0], d.order - 60), d.order) is not None


def _where_begun(lead: list[Draft]) -> dict[Span, int]:
    """Where the first thing that happened is told, by sentence; statements are of what they name."""
    begun: dict[Span, int] = {}
    for d in lead:
        if d.status == "occurred" and d.top not in ("signing", "statement"):
            begun[d.spans[0]] = min(d.order, begun.get(d.spans[0], d.order))
            for span in d.spans[1:] if d.order < d.spans[-1][0] else ():
                begun[span] = span[0]  # told before, in the headline
    return begun


def _is_of_old(d: Draft, talks: list[Draft], published: str | None) -> bool:
    """Whether what the lead tells beside a talk lies before it: "met X |to mark 100 years of ties|", "to follow up on
    |last week's call|", "to discuss |his recent trip|"."""
    if d.rule == "years-since":
        return True
    day = parse_day(published or "")
    if day is None or not any(x is not d for x in talks[:2]) or d.headline:
        return False
    if d.background or not d.date:
        return d.background
    first = (day - timedelta(days=_FRESH if d.told or d.top not in _TALKS else 1)).isoformat()
    return d.top != "visit" and bounds(d.date)[1] < first


def early_end(text: Text) -> int:
    """Return the offset up to which sentences are near the top."""
    near = text.sentences[:_NEAR_THE_TOP]
    return text.tokens.starts[near[-1][0]] if near else 0


_NEAR_THE_TOP = 4
"""How many sentences, of which the last only begins there."""


def _first(drafts: Iterable[Draft], kinds: tuple[str, ...], status: str) -> Draft | None:
    return next((d for d in drafts if d.status == status and d.top in kinds), None)


def _find_news(text: Text, register: Register, drafts: list[Draft], published: str | None) -> None:
    """The lead gave no event: the first near the top is the news, else what the lead has somebody say."""
    early = early_end(text) if len(text.sentences) >= _NEAR_THE_TOP else len(text.text)
    near = [d for d in drafts if d.order <= early and not d.background and d.weight() > 1 and d.status == "occurred"]
    near = [d for d in near if not _is_anniversary(d)]
    news = next((d for d in near if d.top != "statement"), near[0] if near else None)
    if news is not None and news.top not in _NO_NEWS:
        news.lead = True
        day = _day_of_lead(text, published) if news.date is None else None
        if day is not None:
            news.date, news.rule, news.premises = day.value, "same-occasion", [(day.start, day.end)]
    if news is None or not news.lead or news.top == "conference":
        statement = _lead_statement(text, register, published, drafts)
        known = next((d for d in drafts if statement and _is_same_speech(d, statement)), None)
        if known is not None:
            known.lead = True
        elif statement is not None:
            drafts.append(statement)


def _is_same_speech(d: Draft, statement: Draft) -> bool:
    """Whether words reported further down ("X made the remarks at a briefing") are those of the news."""
    same = d.top == "statement" and d.status == "occurred" and not d.background and bool(d.people)
    return same and d.people == statement.people and compatible(d.date, statement.date)


_VOICE = "spokes"
_BESIDE_NEWS = "counted-from-date"
"""How a day is given that is not that of the news: "comes |a day after| X met Y"."""


def _day_of_lead(text: Text, published: str | None) -> When | None:
    """The day, of the last week, that the first sentences give for what they tell."""
    day = parse_day(published or "")
    if day is None:
        return None
    week = (day - timedelta(days=7)).isoformat()
    rows = (text.dates(*span, published) for span in text.spans[: lead_sentences(text)])
    days = (w for row in rows for w in row if len(w.value) == 10 and w.rule != _BESIDE_NEWS)
    days = (w for w in days if not _of_what_came_before(text, w))
    return next((w for w in days if week < w.value <= (published or "")), None)


def _of_what_came_before(text: Text, when: When) -> bool:
    """Whether a day is of what the news is told to follow, or of somebody: "After the talks |of May 2|, X sent"."""
    day = text.token_at(when.start)
    first, last = text.sentences[text.sentence_of(day)]
    who = next((k for k in range(day - 1, first, -1) if text.low[k] in (_WHO, ",")), first)
    if text.low[who] == _WHO:
        return True  # "welcomed X, |who arrived on Monday|"
    opened = text.low[first] in _AFTER or text.folded.startswith(_CAUSES, text.tokens.starts[first])
    return opened and "," in text.low[day:last]


def _lead_statement(text: Text, register: Register, published: str | None, drafts: list[Draft]) -> Draft | None:
    """News whose first sentence has somebody praise, urge or warn is a statement."""
    for index in reversed(range(lead_sentences(text))):
        begin, end = text.spans[index]
        speaker = _speaker(text, index, reported=bool(drafts) or _tells_plan(text, begin, end))
        if speaker is None:
            continue
        draft = Draft("statement", "statement", spans=[(begin, end)], order=begin)
        if speaker.type == "person":
            draft.roles.append(("speaker", speaker.person))
        else:
            draft.parties.add(speaker.value)
        draft.lead = True
        draft.parties |= register.homes(draft.people)
        for when in text.dates(begin, end, published)[:1]:
            draft.take_date(when)
        return draft
    return None


def _tells_plan(text: Text, begin: int, end: int) -> bool:
    """Whether an event is said to lie ahead, though it could not be read who takes part in it."""
    return text.says("planned", begin, end) is not None and any(begin <= h.start < end for h in text.layers[EVENTS])


def _speaker(text: Text, index: int, *, reported: bool) -> Mention | None:
    """Who says the words that a sentence reports: a person, or the ministry or government of a country.

    ``reported``: there is news without it, so that a "…, X said on Tuesday" at the end tells only who reports it.
    """
    end = text.spans[index][1]
    able = [
        m
        for m in text.mentions[index]
        if (m.type == "person" and m.person >= 0 and text.low[m.end] != "'s" and text.low[m.start - 1] not in _TELLING)
        or _speaks(text, m)
        or (not reported and _opens(text, index, m))
    ]
    said = text.says_first("speech", text.tokens.end(able[0].end - 1), end) if able else None
    if said is None or text.low[text.token_at(said[0]) - 1] in _PASSIVE:
        return None
    behind = text.token_at(said[1])
    turned = next((m for m in able if m.type == "person" and behind <= m.start <= behind + 1 and m.titles), None)
    if turned is not None:
        return turned  # "…, said the spokesman of the ministry, X"
    if end - said[1] > _TAIL:
        return able[0]
    return None if reported else next(m for m in reversed(able) if text.tokens.end(m.end - 1) <= said[0])


def _opens(text: Text, index: int, m: Mention) -> bool:
    """Whether a country or organisation heads a sentence and its verb: "Pakistan on Tuesday rejected …"."""
    if m.type != "body" or m.adjective or text.low[m.end : m.end + 1] in (["'s"], ["'"]):
        return False
    if (
        text.says_first("speech", text.tokens.end(m.end - 1), text.tokens.end(min(m.end + 4, len(text.low) - 1)))
        is None
    ):
        return False
    begin = m.start - (text.low[m.start - 1] == "the")
    return begin <= text.sentences[index][0] or text.low[begin - 1] in (":", "-", "–", "—", ")")


def _speaks(text: Text, m: Mention) -> bool:
    """Whether a body is named with the organ in whose words it speaks, at the head of what is said."""
    if m.type != "body":
        return False
    behind = text.low[m.start + 1 : m.end + 4]
    return not _ORGANS.isdisjoint(behind) and "of" not in behind


def _take_lands(register: Register, drafts: list[Draft]) -> None:
    """The journey that is the news tells where a gathering was at which the traveller is told to have been on it."""
    journey = next((d for d in drafts if d.main and d.top == "visit" and d.people), None)
    for d in drafts if journey else ():
        if journey is None or d.top != "conference" or d.background or d.place or not d.people & journey.people:
            continue
        sides = d.parties | register.homes(d.people)
        if len(sides) == 1 and sides < journey.parties and compatible(d.date, journey.date):
            d.parties |= journey.parties


def _date_headline(text: Text, drafts: list[Draft], published: str | None) -> None:
    """What only the headline tells is announced for the first day ahead, unless the body tells of today."""
    if any(d.lead and not d.headline and d.status == "occurred" and d.top != "statement" for d in drafts):
        return
    ahead = _day_ahead(text, published)
    for d in drafts:
        if ahead is not None and d.headline and d.date is None and d.top in _AHEAD and not d.aside:
            d.date, d.rule, d.premises = ahead.value, "announced-for", [(ahead.start, ahead.end)]
            d.status = "planned"


def _date_departures(text: Text, drafts: list[Draft], published: str | None) -> None:
    """A journey without a day is of that on which the traveller is told, without the goal, to set out or arrive."""
    for d in [d for d in drafts if d.lead and d.top == "visit" and d.people and not _has_day(d)]:
        index = text.sentence_of(text.token_at(d.order))
        for k in range(index, min(index + _SOON_TOLD, len(text.sentences))):
            when = _day_of_departure(text, k, d, published)
            if when is not None and compatible(d.date, when.value) and when.value != published:
                d.take_date(when)
                d.spans.append(text.spans[k])
                break


def _has_day(d: Draft) -> bool:
    """Whether an event is dated by days, and not by the week, month or year they lie in."""
    return d.date is not None and len(d.date) >= _A_DAY and not (d.rule or "").startswith("week-of")


def _day_of_departure(text: Text, k: int, d: Draft, published: str | None) -> When | None:
    """The day right behind a verb of setting out or arriving that somebody is told to do: "X |leaves on Monday|"."""
    first, last = text.sentences[k]
    who = [m for m in text.mentions[k] if m.type in ("person", "he", "office")]
    if not who or (who[0].type == "person" and who[0].person not in d.people):
        return None
    for when in text.dates(*text.span(first, last), published):
        day = text.token_at(when.start)
        verb = next((n for n in range(day - 1, max(first, day - 4), -1) if text.low[n] in _MOVING), None)
        if verb is None or verb < who[0].start or len(when.value) != _A_DAY:
            continue
        if any(who[0].end <= m.start < verb for m in who):
            continue  # of somebody else
        to_come = not text.low[verb].endswith("ed") and text.low[verb] not in text.lexicon.verbs
        if to_come != (d.status == "planned"):
            return None  # when he will leave the place again
        if to_come and when.rule == "weekday-before-publication":
            ahead = (date.fromisoformat(when.value) + timedelta(days=7)).isoformat()
            return When(when.start, when.end, ahead, "weekday-after-publication")
        return when
    return None


def _date_measures(drafts: list[Draft]) -> None:
    """What a state is told to have done beside a measure that is the news, to the same state, was done that day."""
    news = next((d for d in drafts if d.main and d.top == "coercion" and d.status == "occurred" and _has_day(d)), None)
    for d in drafts if news else ():
        if news is None or d.top != "coercion" or d.date is not None or d.background or d.status != "occurred":
            continue
        near = 0 <= d.spans[0][0] - news.spans[-1][1] < _NEAR
        if near and d.kind != news.kind and d.parties == news.parties:
            d.share(news)


def _day_ahead(text: Text, published: str | None) -> When | None:
    for first, last in text.sentences[1:5]:
        for when in text.dates(*text.span(first, last), published):
            if len(when.value) >= 10 and published and when.value[:10] > published:
                return when
    return None


def _date_lead(text: Text, drafts: list[Draft], published: str | None) -> None:
    """An event of the lead without a day is of the day the lead names, else of the day of publication."""
    lead = [d for d in drafts if d.lead and d.status == "occurred" and not d.background]
    day = parse_day(published or "")
    year_before = (day - timedelta(days=_YEAR)).isoformat() if day else ""
    told = next((d for d in lead if _is_fresh(d, year_before) and not _is_of_somebody(text, d)), None)
    named = _day_of_lead(text, published) if told is None else None
    for d in lead:
        if d.date is None and _LONG_AGO.search(text.folded, d.order, d.order + _PAST):
            continue  # "established ties about sixty years ago"
        if d.date is None and d.aside and published:
            d.date, d.rule = published[:7], "month-of-publication"
        elif (again := _told_again(d, lead)) is not None:
            d.date_as(again)
        elif d.date is None and told is not None and not (_is_written(text, d) or _comes_after(d, told)):
            d.date_as(told)
        elif d.date is None and named is not None and not _is_written(text, d):
            d.take_date(named)
        elif d.date is None and published:
            d.date, d.rule = published, "day-of-publication"


def _is_fresh(d: Draft, year_before: str) -> bool:
    """Whether an event of the lead has a day, and not one of years ago: "suspends the pact |signed in May 2002|"."""
    return d.date is not None and len(d.date) == 10 and d.date >= year_before


def _told_again(d: Draft, lead: list[Draft]) -> Draft | None:
    """Who comes or goes in a headline, told again below with its day: "King |sacks minister|. The king on Monday …"."""
    if not d.headline or d.top != "appointment" or d.rule not in (None, "day-of-publication"):
        return None
    again = [x for x in lead if x is not d and x.top == d.top and len(x.date or "") == 10 and x.parties == d.parties]
    return next((x for x in again if x.people == d.people), again[0] if again else None)


def _comes_after(d: Draft, told: Draft) -> bool:
    """Whether one is the ratification of what was signed before: "ratified the treaty with X, |signed on May 3|"."""
    return d.kind == _RATIFIED and told.top == "signing" and told.kind != _RATIFIED


def _is_written(text: Text, d: Draft) -> bool:
    """Whether a headline calls the article itself a statement, which is of the day it is published."""
    return d.headline and d.top == "statement" and text.folded.startswith("statement", d.order)


def _is_of_somebody(text: Text, d: Draft) -> bool:
    """Whether what is told only says who somebody is: "met X, |who was appointed| on May 3", "who came on Monday"."""
    return d.top == "appointment" or _WHO in text.folded[max(0, d.order - 8) : d.order].split()


def _date_plans(drafts: list[Draft], early: int) -> None:
    """Plans for the same people are for the day that one of them names."""
    main = [d for d in drafts if d.main and d.date]
    near = [d for d in drafts if d.date and d.order <= early]
    ahead = _first(main, _ANNOUNCED, "planned") or _first(near, ("visit",), "planned")
    journey = _first(main, ("visit",), "occurred") if ahead is None else None
    gatherings = [d for d in drafts if d.top == "conference" and d.status == "planned" and d.date]
    for n, d in enumerate(drafts):
        if d.status != "planned" or d.date is not None or d.top not in _PREPARED:
            continue
        before = drafts[max(0, n - 5) : n] if d.top == "signing" else []
        brought = next((o for o in reversed(before) if o.top in _BRINGING and _told_before(d, o)), None)
        if brought is not None:
            d.share_within(brought)  # "X will visit Y on June 19. |The parties are expected to sign| a pact"
            continue
        if d.top == "conference" and (leg := _leg_to(d, ahead, drafts)) is not None:
            if leg.date:
                d.share_within(leg)  # "From there he will travel on to |Y for the Z Summit|"
            continue
        place = next(
            (c for c in gatherings if d.top == "meeting" and c.spans[-1] == d.spans[-1] and c.order > d.order), d
        )
        if place is not d:
            d.share_within(place)  # "looks forward to meeting X |at the Y Summit in May|"
        elif ahead is not None and _same_people(d, ahead):
            if ahead.top == "visit" and d.top != "visit" and "/" in (ahead.date or ""):
                d.share_within(ahead)
            else:
                d.share(ahead)
        elif d.top == "visit" and (talk := _talk_there(d, drafts)) is not None:
            d.date_as(talk)
        elif journey is not None and d.people & journey.people and _lands(d) <= journey.parties:
            d.date, d.rule, d.premises = (journey.date or "")[:7], "same-occasion", list(journey.spans[:1])


def _told_before(d: Draft, occasion: Draft) -> bool:
    """Whether an occasion that lies ahead, of the same countries, is told in the sentence or the one before."""
    ahead = occasion.status == "planned" and occasion.date is not None and len(occasion.parties) > 1
    return ahead and d.parties <= occasion.parties and d.spans[0][0] - occasion.spans[-1][1] < 3


def _talk_there(d: Draft, drafts: list[Draft]) -> Draft | None:
    """A talk with a day told right behind a journey without one: "X will visit Y. He meets Z |on Friday|"."""
    talks = (m for m in drafts if m.top == "meeting" and m.status == "planned" and len(m.date or "") == _A_DAY)
    near = (m for m in talks if 0 <= m.spans[0][0] - d.spans[0][1] < 3 or m.spans[0] in d.spans)
    return next((m for m in near if m.people & d.people and m.parties == d.parties), None)


def _leg_to(d: Draft, ahead: Draft | None, drafts: list[Draft]) -> Draft | None:
    """Another journey than the one ahead, which the sentence that names a gathering tells to have led there."""
    legs = (v for v in drafts if v.top == "visit" and v is not ahead and v.spans[-1] == d.spans[-1])
    return next((v for v in legs if v.people & d.people), None)


def _lands(d: Draft) -> set[str]:
    """The countries of those who take part."""
    return {party for party in d.parties if len(party) == 2 and party.isupper()}


def _same_people(d: Draft, ahead: Draft) -> bool:
    beside = d.top == ahead.top == "meeting" and d.spans[0][0] - ahead.spans[-1][1] in range(4)
    return bool(d.people & ahead.people) or ((d.top == "signing" or beside) and d.parties == ahead.parties)


def _date_journeys(text: Text, drafts: list[Draft]) -> None:
    """What a traveller is told to have done right behind a journey of his was done on it."""
    journeys = [d for d in drafts if d.top == "visit" and d.date and d.people]
    for d in drafts if journeys else ():
        if d.date is not None or d.top not in _ON_A_JOURNEY or not d.people:
            continue
        before = [v for v in journeys if v.people & d.people and v.order <= d.order]
        told = max(before, key=lambda v: v.order, default=None)
        if told is None or told.status != d.status or (d.background and not d.told):
            continue
        near = text.sentence_of(text.token_at(d.order)) - text.sentence_of(text.token_at(told.order)) <= _NEXT
        land, host = (text.lexicon.country_of(place or "") for place in (d.place, told.place))
        if near and (land is None or land == host) and (host is None or land == host or host in d.parties):
            d.share_within(told)


def _date_sequels(text: Text, drafts: list[Draft], *, beside: bool = False) -> None:
    """What somebody is told to have done after something of a day was done that day: "|Following this|, X met Y".

    What anybody is told to have done "the same day" was, too. ``beside``: only what is signed after other things
    than the news.
    """
    told = last = None
    for d in sorted(drafts, key=lambda d: d.order):
        head = (d.spans[0][0], d.spans[0][0] + _AT_HEAD)
        follows = not beside and d.date is None and last is not None and d.status == last.status and not d.background
        same = follows and (text.says("same_day", *head) or text.says("same_day", d.order, d.order + _BEHIND))
        if last and same and head[0] - last.spans[-1][1] < _NEAR:
            d.date_as(last)
        if d.date is not None and len(d.date) == 10:
            last = d
        meant = d.top == "signing" or not beside
        if meant and d.date is None and told is not None and d.status == told.status and d.people & told.people:
            near = d.spans[0][0] - told.spans[-1][1] < _NEAR
            if near and d.top in _IN_A_DAY and text.says("sequel", d.spans[0][0], d.spans[0][0] + _AT_HEAD) is not None:
                d.share_within(told)
        if d.date is not None and len(d.date) == 10 and d.top in _IN_A_DAY and not d.background:
            told = None if beside and d.main else d


def _date_under_way(drafts: list[Draft], published: str | None) -> bool:
    """Who is told to be abroad is so in the month of the article; return whether that dates any journey."""
    under_way = [d for d in drafts if d.under_way and d.date is None and d.status == "occurred"] if published else []
    for d in under_way:
        d.date, d.rule = (published or "")[:7], "month-of-publication"
    return bool(under_way)


def _date_communiques(drafts: list[Draft]) -> None:
    """What sets up relations is signed when they are set up; what else is signed in years of old ties is not."""
    told = (r for r in drafts if r.top == "relations" and r.date and not r.background)
    news = [r for r in told if r.rule != "years-since"]  # of an anniversary, long before what is signed now
    for d in drafts:
        if d.top == "signing" and d.date is None and d.status == "occurred":
            relations = next((r for r in news if d.parties <= r.parties and (r.main or r.spans[0] in d.spans)), None)
            if relations is not None and len(d.parties) > 1:
                d.share(relations)


def _is_stale(d: Draft, published: str | None) -> bool:
    """Whether what stands first explains the news by what was long before: "since X broke off relations in 1961"."""
    day = parse_day(published or "")
    if day is None or not d.date or d.lead or d.top not in _TOPICS:
        return False
    return bounds(d.date)[1] < (day - timedelta(days=_FRESH)).isoformat()


def _date_occasion(text: Text, register: Register, drafts: list[Draft], published: str | None) -> None:
    """What is told beside the main event, of the same people, and not as past, was on the same occasion."""
    _date_messages(register, drafts)
    news = (d for d in drafts if d.main and d.rule != "years-since" and not _is_stale(d, published))
    main = sorted(news, key=lambda d: d.top == "statement")  # which may only tell of another
    occasion = _first(main, _OCCASIONS, "occurred")
    if occasion is None or occasion.date is None:
        return
    for d in drafts:
        if d is occasion or d.status != "occurred" or d.date is not None:
            continue
        if d.background and not _framed_by(d, occasion):
            continue
        early = d.top != "conference" or d.order <= early_end(text)
        if d.aside:
            if early and d.people & occasion.people:
                d.date, d.rule, d.premises = occasion.date[:7], "month-of-occasion", list(occasion.spans[:1])
        elif early and _goes_with(text, register, d, occasion):
            d.share(occasion)
        elif _part_of(d, occasion) or _done_on(d, occasion) or _framed_by(d, occasion):
            d.share_within(occasion)


def _date_messages(register: Register, drafts: list[Draft]) -> None:
    """Where messages are the news, what others likewise sent to those who got them was sent that day."""
    sent = [d for d in drafts if d.top == "message" and d.status == "occurred" and not d.background]
    for news in [d for d in sent if d.date and (d.main or d.lead or d.rule in _OF_THE_NEWS)][:_MOST_MESSAGES]:
        to = {k for role, k in news.roles if role == "recipient"}
        homes = register.homes(to)
        for d in sent:
            if d.date is None and (to & d.people or (homes and homes <= d.parties)):
                d.share(news)


def _framed_by(d: Draft, occasion: Draft) -> bool:
    """Whether the occasion is told to be on a journey: "During his visit to X, Y met Z"."""
    return (
        d.top == "visit" and occasion.top == "meeting" and d.spans[0] in occasion.spans and d.people <= occasion.people
    )


def _part_of(d: Draft, occasion: Draft) -> bool:
    """Whether a talk, message or visit of the same people was told as part of the occasion."""
    if d.top not in _PARTS or (occasion.people and not d.people & occasion.people):
        return False
    if occasion.top == "statement" and d.top == "visit":
        return False  # of which somebody speaks
    return d.told or (d.top == "visit" and d.parties <= occasion.parties)


def _date_besides(text: Text, drafts: list[Draft]) -> None:
    """What one of those the news is about is told to have done besides was done that day: "X |also announced| aid"."""
    news = next((d for d in drafts if d.main and d.status == "occurred" and len(d.date or "") == 10), None)
    for d in drafts if news is not None else ():
        if news is None or d.date or d.background or d.status != "occurred" or d.top not in _TOPICS:
            continue
        lead = text.folded[max(d.spans[0][0], d.order - _TOO) : d.order].split()
        besides = "also" in lead or (d.kind in _TO_ENVOYS and d.told and d.parties <= news.parties | news.helped)
        if besides and _PERFECT.isdisjoint(lead) and d.parties & news.parties:
            d.date, d.rule, d.premises = news.date, "same-occasion", list(news.spans[:1])


def _done_on(d: Draft, occasion: Draft) -> bool:
    """Whether a traveller is told to have attended something on the journey that is the news."""
    return occasion.top == "visit" and d.told and d.top in _ATTENDED and bool(d.people & occasion.people)


def _goes_with(text: Text, register: Register, d: Draft, occasion: Draft) -> bool:
    if occasion.top == "statement" and d.top in _SPOKEN_OF and d.people and not d.people & occasion.people:
        return False  # what others did
    if d.top == "message":
        there = occasion.top == "meeting" or (occasion.top == "visit" and _lands(d) <= _lands(occasion))
        return there and any(text.says("conveyed", *span) for span in d.spans)
    if d.top == "appointment" and occasion.top in _TALKS:
        return False  # of which they talk, or on which one congratulates the other
    if d.top == "signing" and d.parties and d.parties.isdisjoint(occasion.parties):
        return False  # by others
    if d.top == "signing" and len(d.parties) == 1 and len(occasion.parties) > 1 and not d.people & occasion.people:
        return not d.parties <= register.authority.countries.keys()  # what one country gives itself
    return d.top in _WITH_IT and (
        d.top == "signing" or bool(d.people & occasion.people or d.parties & occasion.parties)
    )


def _date_statements(text: Text, drafts: list[Draft], published: str | None) -> None:
    """Words before the press or in a statement, told without a day, are of the day of the news."""
    undated = [d for d in drafts if d.top == "statement" and d.status == "occurred" and not (d.date or d.background)]
    if not undated or not published:
        return
    lead = [
        w
        for first, last in text.sentences[: lead_sentences(text)]
        for w in text.dates(*text.span(first, last), published)
    ]
    told = next((w for w in lead if len(w.value) == 10 and w.value <= published), None)
    for d in undated:
        if told is not None:
            d.date, d.rule, d.premises = told.value, "same-occasion", [(told.start, told.end)]
        else:
            d.date, d.rule = published, "day-of-publication"


def _date_spoken_of(text: Text, drafts: list[Draft]) -> None:
    """A talk that somebody is told to have spoken after is of his day: "told reporters |following X's call with Y|"."""
    said = {d.spans[0]: d for d in drafts if d.top == "statement" and d.date and d.status == "occurred" and d.spans}
    for d in drafts:
        words = said.get(d.spans[0]) if d.top in _TALKS and d.date is None and not d.background and d.spans else None
        if words is None or d.status != "occurred" or d.order < words.order:
            continue
        if _PLACED.search(text.folded, max(d.spans[0][0], d.order - 60), d.order):
            d.share(words)


def _take_leaders(text: Text, register: Register, drafts: list[Draft]) -> None:
    """Who led delegations to the gathering that is the news, chaired it or spoke at it, told in sentences behind."""
    main = [d for d in drafts if d.main and d.top == "conference"]
    if len(main) != 1:
        return
    told = {span for d in drafts for span in (d.spans[:1] if d is main[0] else d.spans)}
    for index, mentions in enumerate(text.mentions):
        first, last = text.sentences[index]
        span = text.span(first, last)
        again = text.low[first] == _IT and index > 0 and text.spans[index - 1] in main[0].spans
        if span in told or (_DELEGATIONS.isdisjoint(text.low[first:last]) and not again):
            continue
        chairing = text.says("chairing", *span)
        led = [m for m in mentions if m.type == "person" and text.low[m.end : m.end + 1] != ["'s"]]
        if chairing is None:
            led = [m for m in led if _spoke(text, m)]
        elif span in main[0].spans:  # "The forum begins on Thursday and is chaired by |X|"
            led = [m for m in led if text.tokens.starts[m.start] == chairing[1] + 1]
        people = [m.person for m in led if m.person >= 0]
        main[0].roles += [("participant", k) for k in dict.fromkeys(people) if k not in main[0].people]
        if led:
            main[0].parties |= sides_led(text, mentions)
    main[0].parties |= united(register.homes(main[0].people), register.authority)


def _spoke(text: Text, m: Mention) -> bool:
    """Whether a speech is told to be somebody's: "The session heard an |address by| X and statements by Y"."""
    by = m.start - 1 - (text.low[m.start - 1] == "the")
    return text.low[by] in _BEFORE_AUTHORS and text.low[by - 1] in _SPEECHES


def _name_talkers(text: Text, register: Register, drafts: list[Draft]) -> None:
    """Who the top diplomats of the news are, whose talk it tells: "|Minister A and his counterpart B| agreed"."""
    for d in drafts:
        if not (d.main and d.top in _TALKS and d.status == "occurred" and len(d.parties) > 1) or d.people:
            continue
        last = max(text.sentence_of(text.token_at(begin)) for begin, _ in d.spans)
        if _UNNAMED.isdisjoint(text.low[slice(*text.sentences[last])]):
            continue
        for mentions in text.mentions[last + 1 : last + 1 + _NEXT]:
            named = [m for m in mentions if m.type == "person" and m.person >= 0]
            people = list(dict.fromkeys(m.person for m in named))
            homes = register.homes(people)
            if len(people) == len(homes) > 1 and homes <= d.parties and named[0] is mentions[0]:
                d.roles += [("participant", k) for k in people]
                d.offices = [office for office in d.offices if office.of not in homes]
                break


def _take_hosts(text: Text, register: Register, drafts: list[Draft]) -> None:
    """A guest's ceremony abroad is its host's too: of the land he is told to be in, or that of his journey."""
    for d in (d for d in drafts if d.top == "ceremony"):
        if len(_lands(d)) != 1:
            continue
        land = text.lexicon.country_of(d.place) if d.place else None
        if land is not None:
            if d.kind == "welcome" or any(x is not d and land in x.parties and x.people & d.people for x in drafts):
                d.parties.add(land)
            continue
        journeys = [v for v in drafts if v.top == "visit" and v.people & d.people]
        told = [v for v in journeys if v.spans[-1] in d.spans] or [v for v in journeys if _within(d, v)]
        if told:
            d.parties |= _lands(max(told, key=lambda v: (v.order <= d.order, v.order)))


def _within(d: Draft, journey: Draft) -> bool:
    """Whether something may have been in the days of a journey: of the news, if it has no day."""
    if d.status != journey.status:
        return False
    if not d.date or not journey.date:
        return journey.main and not d.background
    (first, last), (begin, end) = bounds(d.date), bounds(journey.date)
    return begin <= last and first <= end


def _is_voice(register: Register, person: int) -> bool:
    """Whether somebody speaks for others by office, and so need not have been there."""
    return any(_VOICE in t.text.lower() for t in register.entries[person].titles)


def _take_speakers(text: Text, register: Register, drafts: list[Draft]) -> None:
    """Where the news is one gathering that nobody is told to attend, those whom the article has speak were there."""
    main = [d for d in drafts if d.main and d.top in _OCCASIONS]
    if len(main) != 1 or main[0].top != "conference" or main[0].people or main[0].status != "occurred":
        return
    for index, mentions in enumerate(text.mentions):
        begin, end = text.spans[index]
        if (
            (begin, end) in main[0].spans
            or text.says("speech", begin, end) is None
            or text.says("elsewhere", begin, end) is not None
        ):
            continue
        able = (m for m in mentions if m.type == "person" and text.low[m.end : m.end + 1] != ["'s"])
        speaker = next((m.person for m in able if m.person >= 0), None)
        if speaker is not None and speaker not in main[0].people and not _is_voice(register, speaker):
            main[0].roles.append(("speaker", speaker))
    main[0].parties |= united(register.homes(main[0].people), register.authority)
