"""Occasions: the day of what is told without one, shared with the news, a journey, or what was told before."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, timedelta
from operator import attrgetter

from kg.edtf import bounds
from kg.language.dates import When, compatible, parse_day
from kg.language.lexicon import EVENTS
from kg.language.text import Text
from kg.language.words import words
from kg.mappers.drafts import Draft
from kg.mappers.lead import FRESH, TOPICS, day_of_lead, early_end, fresh_days, lead_sentences
from kg.mappers.person import Register

_ANNOUNCED = ("meeting", "visit", "conference", "ceremony")
"""Kinds that a day ahead is announced for."""
_BRINGING = ("visit", "meeting", "conference")
"""Kinds on which something is signed."""
_PREPARED = ("meeting", "visit", "signing", "ceremony", "statement", "conference")
"""Kinds that go with those."""
OCCASIONS = (
    *("meeting", "visit", "conference", "ceremony", "signing"),
    *("call", "statement", "relations", "appointment", "aid"),
)
"""Kinds of news on whose day other things are done."""
_AHEAD = ("meeting", "visit", "conference", "ceremony", "signing", "call")
"""Kinds that a headline announces for a day that the text names as to come; of the others that is a deadline."""
_WITH_IT = ("signing", "statement", "ceremony", "conference", "appointment")
"""Kinds that fill a day beside its main event, or the days of a visit."""
_TALKS = ("meeting", "call")
_SOON_TOLD = 5
"""Sentences in which it is told when a journey of the news begins."""
_A_DAY = 10
"""Letters of a date that tells a day."""
_MOVING = words("grammar", "moving_verbs")
_SPOKEN_OF = ("signing", "appointment")
"""Of them, those that somebody who speaks tells of others."""
_PARTS = ("meeting", "call", "message", "visit", "aid")
"""Kinds that are parts of an occasion."""
_ATTENDED = ("conference", "ceremony")
"""Kinds that somebody attends on a visit."""
_ON_A_JOURNEY = ("meeting", "conference", "ceremony", "signing")
"""Kinds of what is done on a visit."""
_RATIFIED = "ratification"
_TO_ENVOYS = ("summons", "expulsion", "recall")
"""What is done to envoys as soon as there is a quarrel."""
_PERFECT = words("grammar", "perfect_auxiliaries")
_AFTER = words("grammar", "afterwards")
_FROM_AFAR = ("call", "message")
_ANSWERS = words("grammar", "answers")
_LONG_AGO = re.compile(r"\b(?:months?|years?|decades?|centur(?:y|ies)) ago\b")
_PLACED = re.compile(rf"\b(?:{'|'.join(sorted(words('grammar', 'placing_in_time')))})(?: [\w.'’-]+){{0,4}} $")
_PLACING = 60
"""Characters before a phrase in which such words stand."""
_PAST = 120
"""How many characters behind a phrase "ago" still tells when it was."""
_WHO = "who"
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
_DAY_BEHIND = 3
"""How many sentences behind the news may give its day."""
_STANDING_IN = ("he", "him", "own", "group", "guest", "envoy")
"""What stands for those told of."""
_begins = attrgetter("start")
_OF_WORDS = ("message", "signing", "statement", "call")
"""Kinds of what is written or said, behind which stand the days of what that is about."""
_LASTING = ("conference", "visit")
_IN_PASSING = ("conference", "appointment", "message", "visit")
"""Kinds often named of those who do other things: "thanked X for the summit", "W, visiting Y, praised Z"."""
_OPENING = 4
"""Tokens that open a sentence, or lead on to a phrase."""
_DISCUSSING = words("gatherings", "discussing")


def date_by_news(text: Text, register: Register, drafts: list[Draft], published: str | None) -> None:
    """Date what shares the day of the news, of a journey, or of what was told before it."""
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
    _date_onwards(text, drafts, published)
    _date_between(text, drafts, published)


def places_the_news(text: Text, d: Draft) -> bool:
    """Return whether words right before an event place something else in time by it: "|following| his visit to Z"."""
    return _PLACED.search(text.folded, max(d.spans[0][0], d.order - _PLACING), d.order) is not None


def _first(drafts: Iterable[Draft], kinds: tuple[str, ...], status: str) -> Draft | None:
    return next((d for d in drafts if d.status == status and d.top in kinds), None)


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
    named = day_of_lead(text, published) if told is None else None
    for d in lead:
        if d.date is None and _LONG_AGO.search(text.folded, d.order, d.order + _PAST):
            continue  # "established ties about sixty years ago"
        if d.date is None and d.aside and published:
            d.date, d.rule = published[:7], "month-of-publication"
        elif (again := _told_again(d, lead)) is not None:
            d.date_as(again)
        elif d.date is None and told is not None and not (_is_written(text, d) or _comes_after(text, d, told)):
            d.date_as(told)
        elif d.date is None and named is not None and not _is_written(text, d):
            d.take_date(named)
        elif d.date is None and (behind := _day_behind(text, d, published)) is not None:
            d.take_day(behind)
        elif d.date is None and published:
            d.date, d.rule = published, "day-of-publication"


def _day_behind(text: Text, d: Draft, published: str | None) -> When | None:
    """The day that the sentences behind the news give first: "X opens trade talks. … The talks began |on Sunday|"."""
    if d.top in _OF_WORDS:
        return None
    index = text.sentence_of(text.token_at(d.order))
    for k in range(index + 1, min(index + 1 + _DAY_BEHIND, len(text.sentences))):
        days = fresh_days(text, range(k, k + 1), published, lasting=d.top in _LASTING)
        if days:
            return days[0] if _goes_on(text, k, d) else None
    return None


def _goes_on(text: Text, k: int, d: Draft) -> bool:
    """Whether a sentence speaks of an event or of those taking part in what was told, and of no other matter."""
    begin, end = text.spans[k]
    if any(m.type in _STANDING_IN or m.person in d.people or m.value in d.parties for m in text.mentions[k]):
        return True
    hits = text.layers[EVENTS]
    at = bisect_left(hits, begin, key=_begins)
    return at < len(hits) and hits[at].start < end


def _is_fresh(d: Draft, year_before: str) -> bool:
    """Whether an event of the lead has a day, and not one of years ago: "suspends the pact |signed in May 2002|"."""
    return d.date is not None and len(d.date) == 10 and d.date >= year_before


def _told_again(d: Draft, lead: list[Draft]) -> Draft | None:
    """Who comes or goes in a headline, told again below with its day: "King |sacks minister|. The king on Monday …"."""
    if not d.headline or d.top != "appointment" or d.rule not in (None, "day-of-publication"):
        return None
    again = [x for x in lead if x is not d and x.top == d.top and len(x.date or "") == 10 and x.parties == d.parties]
    return next((x for x in again if x.people == d.people), again[0] if again else None)


def _comes_after(text: Text, d: Draft, told: Draft) -> bool:
    """Whether one is the ratification of what was signed before, "ratified the treaty with X, |signed on May 3|", or
    done from afar after what it is told to follow: "|Following the talks| in X on May 3, Y called Z"."""
    if d.top in _FROM_AFAR and told.top not in _FROM_AFAR and places_the_news(text, told):
        return True
    return d.kind == _RATIFIED and told.top == "signing" and told.kind != _RATIFIED


def _is_written(text: Text, d: Draft) -> bool:
    """Whether a headline calls the article itself a statement, which is of the day it is published."""
    return d.headline and d.top == "statement" and text.folded.startswith("statement", d.order)


def _is_of_somebody(text: Text, d: Draft) -> bool:
    """Whether what is told only says who somebody is: "met X, |who was appointed| on May 3", "who came on Monday"."""
    return d.top == "appointment" or _WHO in text.folded[max(0, d.order - 8) : d.order].split()


def _date_plans(drafts: list[Draft], early: int) -> None:
    """Plans for the same people are for the day that one of them names."""
    for d in drafts:
        if d.top == "visit" and d.rule == "week-of-publication" and (talk := _talk_there(d, drafts)) is not None:
            d.date_as(talk)  # "will travel to Y |this week| for talks with Z |on May 10|"
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
        elif journey is not None and d.lands <= journey.parties and _is_on(d, journey):
            d.date, d.rule, d.premises = (journey.date or "")[:7], "same-occasion", list(journey.spans[:1])


def _is_on(d: Draft, journey: Draft) -> bool:
    """Whether a plan is told of a traveller, or near his journey of those whom he visits: "|is also to call on| Z"."""
    if d.people & journey.people:
        return True
    return d.top in _TALKS and len(d.lands) > 1 and 0 <= d.order - journey.order < _NEAR


def _told_before(d: Draft, occasion: Draft) -> bool:
    """Whether an occasion that lies ahead, of the same countries, is told in the sentence or the one before."""
    ahead = occasion.status == "planned" and occasion.date is not None and len(occasion.parties) > 1
    return ahead and d.parties <= occasion.parties and d.spans[0][0] - occasion.spans[-1][1] < 3


def _talk_there(d: Draft, drafts: list[Draft]) -> Draft | None:
    """A talk with a day told right behind a journey without one: "X will visit Y. He meets Z |on Friday|"."""
    talks = (m for m in drafts if m.top == "meeting" and m.status == d.status and len(m.date or "") == _A_DAY)
    talks = (m for m in talks if compatible(m.date, d.date))
    near = (m for m in talks if 0 <= m.spans[0][0] - d.spans[0][1] < 3 or m.spans[0] in d.spans)
    return next((m for m in near if m.people & d.people and m.parties == d.parties), None)


def _leg_to(d: Draft, ahead: Draft | None, drafts: list[Draft]) -> Draft | None:
    """Another journey than the one ahead, which the sentence that names a gathering tells to have led there."""
    legs = (v for v in drafts if v.top == "visit" and v is not ahead and v.spans[-1] == d.spans[-1])
    return next((v for v in legs if v.people & d.people), None)


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
        around = (max(d.spans[0][0], d.order - _BEHIND), d.order + _BEHIND)
        same = follows and (text.says("same_day", *head) or text.says("same_day", *around))
        if last and same and head[0] - last.spans[-1][1] < _NEAR:
            d.date_as(last)
        if d.date is not None and len(d.date) == 10:
            last = d
        meant = d.top == "signing" or not beside
        if meant and d.date is None and told is not None and d.status == told.status and _of_those(d, told):
            near = d.spans[0][0] - told.spans[-1][1] < _NEAR
            if near and d.top in _IN_A_DAY and text.says("sequel", d.spans[0][0], d.spans[0][0] + _AT_HEAD) is not None:
                d.share_within(told)
        if d.date is not None and len(d.date) == 10 and d.top in _IN_A_DAY and not d.background:
            told = None if beside and d.main else d


def _of_those(d: Draft, told: Draft) -> bool:
    """Whether those of what was told before did something, or their states, where nobody of these was named."""
    return bool(d.people & told.people) or (not told.people and len(told.parties) > 1 and d.parties == told.parties)


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
    if day is None or not d.date or d.lead or d.top not in TOPICS:
        return False
    return bounds(d.date)[1] < (day - timedelta(days=FRESH)).isoformat()


def _date_occasion(text: Text, register: Register, drafts: list[Draft], published: str | None) -> None:
    """What is told beside the main event, of the same people, and not as past, was on the same occasion."""
    _date_messages(register, drafts)
    news = (d for d in drafts if d.main and d.rule != "years-since" and not _is_stale(d, published))
    main = sorted(news, key=lambda d: d.top == "statement")  # which may only tell of another
    occasion = _first(main, OCCASIONS, "occurred")
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
            if d.date is None and (to & d.people or (homes and homes <= d.parties) or _sent_too(register, d, news)):
                d.share(news)


def _sent_too(register: Register, d: Draft, news: Draft) -> bool:
    """Whether a message is told right behind another, of those who sent that one or of their countrymen."""
    if not 0 <= d.order - news.order < _NEAR:
        return False
    mine, theirs = ({k for role, k in m.roles if role == "sender"} for m in (d, news))
    return bool(mine & theirs) or bool(
        mine and register.homes(theirs) and register.homes(mine) == register.homes(theirs)
    )


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
        if news is None or d.date or d.background or d.status != "occurred" or d.top not in TOPICS:
            continue
        lead = text.folded[max(d.spans[0][0], d.order - _TOO) : d.order].split()
        besides = "also" in lead or (d.kind in _TO_ENVOYS and d.told and d.parties <= news.parties | news.helped)
        if besides and (_PERFECT | _ANSWERS).isdisjoint(lead) and d.parties & news.parties:
            d.date, d.rule, d.premises = news.date, "same-occasion", list(news.spans[:1])


def _done_on(d: Draft, occasion: Draft) -> bool:
    """Whether a traveller is told to have attended something on the journey that is the news."""
    return occasion.top == "visit" and d.told and d.top in _ATTENDED and bool(d.people & occasion.people)


def _goes_with(text: Text, register: Register, d: Draft, occasion: Draft) -> bool:
    if occasion.top == "statement" and d.top in _SPOKEN_OF and d.people and not d.people & occasion.people:
        return False  # what others did
    if d.top == "message":
        there = occasion.top == "meeting" or (occasion.top == "visit" and d.lands <= occasion.lands)
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
            d.take_day(told)
        else:
            d.date, d.rule = published, "day-of-publication"


def _date_spoken_of(text: Text, drafts: list[Draft]) -> None:
    """A talk that somebody is told to have spoken after is of his day: "told reporters |following X's call with Y|"."""
    said = {d.spans[0]: d for d in drafts if d.top == "statement" and d.date and d.status == "occurred" and d.spans}
    for d in drafts:
        words = said.get(d.spans[0]) if d.top in _TALKS and d.date is None and not d.background and d.spans else None
        if words is None or d.status != "occurred" or d.order < words.order:
            continue
        if places_the_news(text, d):
            d.share(words)


def _date_onwards(text: Text, drafts: list[Draft], published: str | None) -> None:
    """What is told as done, without a date, right behind a sentence that gives a day was done that day."""
    for d in drafts:
        if d.date is not None or d.status != "occurred" or not d.told or d.background or d.recalled or d.aside:
            continue
        index = text.sentence_of(text.token_at(d.order))
        if not index or d.top in _IN_PASSING or text.dates(*text.spans[index], published):
            continue
        days = fresh_days(text, range(index - 1, index), published)
        if days and not _goes_back(text, d, index):
            d.take_day(days[-1])


def _date_between(text: Text, drafts: list[Draft], published: str | None) -> None:
    """What is told to have followed a day of the month of the article was done in that month."""
    month = (published or "")[:7]
    for d in drafts:
        if len(month) < 7 or d.date is not None or d.status != "occurred" or d.top in _IN_PASSING:
            continue
        begin, first = d.spans[0][0], text.token_at(d.spans[0][0])
        if text.low[first] not in _AFTER or places_the_news(text, d):
            continue
        days = text.dates(begin, d.order, published)
        after = text.token_at(days[0].end) if len(days) == 1 and len(days[0].value) == _A_DAY else first
        if text.low[after] == "'s" and "," in text.low[after : text.token_at(d.order)] and days[0].value[:7] == month:
            d.date, d.rule, d.premises = month, "month-of-publication", [(days[0].start, days[0].end)]


def _goes_back(text: Text, d: Draft, index: int) -> bool:
    """Whether a sentence tells what was before: "X |has already| had talks", "|Days before| it, Y met Z", "recalled the
    talks held a year |ago|", "they |discussed| steps after the summit"."""
    first, phrase = text.sentences[index][0], text.token_at(d.order)
    lead = text.low[first:phrase]
    opened = "before" in lead[:_OPENING] or not _PERFECT.isdisjoint(lead[-_OPENING:-1])
    return opened or not _DISCUSSING.isdisjoint(lead) or text.says("background", *text.spans[index]) is not None
