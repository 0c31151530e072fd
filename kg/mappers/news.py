"""The news: which events an article is about."""

from datetime import timedelta

from kg.edtf import bounds
from kg.language.dates import When, compatible, parse_day
from kg.language.lexicon import EVENTS
from kg.language.text import Mention, Text
from kg.language.words import words
from kg.mappers.claims import Span
from kg.mappers.drafts import Draft
from kg.mappers.lead import FRESH, NEAR_THE_TOP, TOPICS, day_of_lead, early_end, lead_sentences
from kg.mappers.newsmakers import name_talkers, take_heads, take_hosts, take_lands, take_leaders, take_speakers
from kg.mappers.occasions import date_by_news, places_the_news
from kg.mappers.person import Register

_TALKS = ("meeting", "call")
_NO_NEWS = ("statement", "appointment", *TOPICS)
_PASSIVE = words("grammar", "passive_helpers")
_ORGANS = words("grammar", "speaking_organs")
_TELLING = words("grammar", "telling_verbs")
_TOLD = words("grammar", "said_verbs")
_BESIDE = words("acts", "beside_verbs") | words("grammar", "clause_adverbs") | words("dates", "day_words")
"""What may part a verb from who does it."""
_TAIL = 40
"""How many characters behind "said" are still the end of a sentence ("…, the spokesman said on Tuesday")."""


def settle(text: Text, register: Register, drafts: list[Draft], published: str | None) -> None:
    """Tell main events from background, and date what shares the day of the news; may add a statement."""
    if all(_is_anniversary(d) for d in drafts if d.lead):
        _find_news(text, register, drafts, published)
    lead = [d for d in drafts if d.lead]
    begun = _where_begun(lead)
    talks = [d for d in lead if d.top in _TALKS and d.status == "occurred" and not d.aside]
    newsworthy = any(d.top not in TOPICS and not d.aside for d in lead)
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
    take_leaders(text, register, drafts)
    name_talkers(text, register, drafts)
    take_speakers(text, register, drafts)
    take_heads(text, register, drafts)
    take_lands(register, drafts)
    date_by_news(text, register, drafts, published)
    take_hosts(text, register, drafts)


def _is_anniversary(d: Draft) -> bool:
    """Whether ties are only told of by how long they last: "exchanged messages |on 70 years of ties|"."""
    return d.top == "relations" and d.rule == "years-since"


def _only_places(text: Text, d: Draft, begun: dict[Span, int]) -> bool:
    """Whether something is only told to place the news before it in time: "called Y |following| his visit to Z"."""
    if begun.get(d.spans[0], d.order) >= d.order:
        return False
    return places_the_news(text, d)


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
    first = (day - timedelta(days=FRESH if d.told or d.top not in _TALKS else 1)).isoformat()
    return d.top != "visit" and bounds(d.date)[1] < first


def _find_news(text: Text, register: Register, drafts: list[Draft], published: str | None) -> None:
    """The lead gave no event: the first near the top is the news, else what the lead has somebody say."""
    early = early_end(text) if len(text.sentences) >= NEAR_THE_TOP else len(text.text)
    near = [d for d in drafts if d.order <= early and not d.background and d.weight() > 1 and d.status == "occurred"]
    near = [d for d in near if not _is_anniversary(d)]
    news = next((d for d in near if d.top != "statement"), near[0] if near else None)
    if news is not None and news.top not in _NO_NEWS:
        news.lead = True
        day = day_of_lead(text, published) if news.date is None else None
        if day is not None:
            news.take_day(day)
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
        if (said := _day_said(text, index, published)) is not None:
            draft.take_date(said)
        return draft
    return None


def _day_said(text: Text, index: int, published: str | None) -> When | None:
    """The day on which something is said: right behind the verb of saying, else the first told that is not ahead."""
    begin, end = text.spans[index]
    told = [w for w in text.dates(begin, end, published) if not published or w.value <= published]
    said = (w for w in told if not _TOLD.isdisjoint(text.low[text.token_at(w.start) - 1 : text.token_at(w.start)]))
    return next(said, told[0] if told else None)


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
    if reported:
        return None
    spoke = next(m for m in reversed(able) if text.tokens.end(m.end - 1) <= said[0])
    return None if _said_by_another(text, spoke.end, text.token_at(said[0])) else spoke


def _said_by_another(text: Text, end: int, verb: int) -> bool:
    """Whether somebody unnamed stands between a name and a verb: "X may visit Y, |officials in Z| said"."""
    comma = next((k for k in range(verb - 1, end - 1, -1) if text.low[k] == ","), verb)
    between = text.low[comma + 1 : verb]
    return any(word.isalpha() and not (word in _BESIDE or word.endswith("ly")) for word in between)


def _opens(text: Text, index: int, m: Mention) -> bool:
    """Whether a country or organisation heads a sentence and its verb: "Pakistan on Tuesday rejected …"."""
    if m.type != "body" or m.adjective or text.low[m.end] in ("'s", "'"):
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
