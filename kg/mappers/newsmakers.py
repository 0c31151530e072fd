"""Newsmakers: who takes part in the news, where other sentences tell it."""

from kg.edtf import bounds
from kg.language.dates import compatible
from kg.language.text import Mention, Text
from kg.language.words import words
from kg.mappers.authors import find_author
from kg.mappers.drafts import Draft
from kg.mappers.kinds.unions import on_record, united
from kg.mappers.occasions import OCCASIONS
from kg.mappers.person import Register
from kg.mappers.presence import sides_led

_TALKS = ("meeting", "call")
_DELEGATIONS = words("gatherings", "delegations")
_BEFORE_AUTHORS = words("grammar", "before_authors")
_IT = "it"
_SPEECHES = words("gatherings", "speeches")
_UNNAMED = words("grammar", "talkers_unnamed")
_NEXT = 2
"""How many sentences behind the news name those who talked."""
_VOICE = "spokes"
_ABSENT = words("presence", "absent") | words("presence", "standing_for") | words("grammar", "negations")
_OF_HEADS, _OF_MINISTERS = words("gatherings", "of_heads"), words("gatherings", "of_ministers")
_MINISTERS = ("foreign-minister", "organisation-head")
_HEADS = ("head-of-state", "head-of-government", *_MINISTERS)
"""Ranks of those for whom a gathering is held."""
_SEVERAL = 3
_MEETING = ("conference", "meeting", "call", "message", "appointment")
"""Kinds that tell whom somebody meets or what office he takes: who does it need not be at another gathering."""


def take_lands(register: Register, drafts: list[Draft]) -> None:
    """Add the goal of the journey that is the news to a gathering at which the traveller is told to have been on it."""
    journey = next((d for d in drafts if d.main and d.top == "visit" and d.people), None)
    for d in drafts if journey else ():
        if journey is None or d.top != "conference" or d.background or d.place or not d.people & journey.people:
            continue
        sides = d.parties | register.homes(d.people)
        if len(sides) == 1 and sides < journey.parties and compatible(d.date, journey.date):
            d.parties |= journey.parties


def _gathering_of_news(drafts: list[Draft]) -> Draft | None:
    """The gathering that is the news, if there is one only."""
    main = [d for d in drafts if d.main and d.top == "conference"]
    return main[0] if len(main) == 1 else None


def _take_homes(register: Register, news: Draft) -> None:
    """Add the sides of those who take part."""
    news.parties |= united(register.homes(news.people), register.authority)


def take_leaders(text: Text, register: Register, drafts: list[Draft]) -> None:
    """Add who led delegations to the gathering that is the news, chaired it or spoke at it, as told behind."""
    news = _gathering_of_news(drafts)
    if news is None:
        return
    told = {span for d in drafts for span in (d.spans[:1] if d is news else d.spans)}
    for index, mentions in enumerate(text.mentions):
        first, last = text.sentences[index]
        span = text.span(first, last)
        again = text.low[first] == _IT and index > 0 and text.spans[index - 1] in news.spans
        if span in told or (_DELEGATIONS.isdisjoint(text.low[first:last]) and not again):
            continue
        chairing = text.says("chairing", *span)
        led = [m for m in mentions if m.type == "person" and text.low[m.end] != "'s"]
        if chairing is None:
            led = [m for m in led if _spoke(text, m)]
        elif span in news.spans:  # "The forum begins on Thursday and is chaired by |X|"
            led = [m for m in led if text.tokens.starts[m.start] == chairing[1] + 1]
        people = [m.person for m in led if m.person >= 0]
        news.roles += [("participant", k) for k in dict.fromkeys(people) if k not in news.people]
        if led:
            news.parties |= sides_led(text, mentions)
    _take_homes(register, news)


def _spoke(text: Text, m: Mention) -> bool:
    """Whether a speech is told to be somebody's: "The session heard an |address by| X and statements by Y"."""
    by = m.start - 1 - (text.low[m.start - 1] == "the")
    return text.low[by] in _BEFORE_AUTHORS and text.low[by - 1] in _SPEECHES


def name_talkers(text: Text, register: Register, drafts: list[Draft]) -> None:
    """Name the top diplomats of the news, whose talk it tells: "|Minister A and his counterpart B| agreed"."""
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


def take_hosts(text: Text, register: Register, drafts: list[Draft]) -> None:
    """Add the host to a guest's ceremony abroad: the land he is told to be in, or that of his journey."""
    for d in (d for d in drafts if d.top == "ceremony"):
        if len(d.lands) != 1:
            continue
        land = text.lexicon.country_of(d.place) if d.place else None
        if land is not None:
            if d.kind == "welcome" or any(x is not d and land in x.parties and x.people & d.people for x in drafts):
                d.parties.add(land)
            continue
        journeys = [v for v in drafts if v.top == "visit" and v.people & d.people]
        told = [v for v in journeys if v.spans[-1] in d.spans] or [v for v in journeys if _within(d, v)]
        if told:
            d.parties |= max(told, key=lambda v: (v.order <= d.order, v.order)).lands


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


def take_speakers(text: Text, register: Register, drafts: list[Draft]) -> None:
    """Add those whom the article has speak to the one gathering that is the news, if nobody is told to attend it."""
    main = [d for d in drafts if d.main and d.top in OCCASIONS]
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
        able = (m for m in mentions if m.type == "person" and text.low[m.end] != "'s")
        speaker = next((m.person for m in able if m.person >= 0), None)
        if speaker is not None and speaker not in main[0].people and not _is_voice(register, speaker):
            main[0].roles.append(("speaker", speaker))
    _take_homes(register, main[0])


def take_heads(text: Text, register: Register, drafts: list[Draft]) -> None:
    """Add the heads of states whom the text names to a gathering of theirs that is the news, or the ministers to one.

    Not so those told to have met others elsewhere, nor where somebody is told not to be there, nor in a speech.
    """
    news = _gathering_of_news(drafts)
    ranks = _ranks_at(text, register, news) if news is not None else ()
    if news is None or not ranks or find_author(text, register) is not None:
        return
    known = {k for d in drafts if d.top in _MEETING for k in d.people}
    for index, mentions in enumerate(text.mentions):
        told = text.spans[index] == news.spans[0]  # who stands how to it there is read
        if told or not _ABSENT.isdisjoint(text.low[slice(*text.sentences[index])]):
            continue
        named = (m.person for m in mentions if m.type == "person" and m.person >= 0 and text.low[m.end] != "'s")
        for k in dict.fromkeys(k for k in named if k not in known):
            known.add(k)
            if _holds_one(register, k, ranks):
                news.roles.append(("participant", k))
    _take_homes(register, news)


def _ranks_at(text: Text, register: Register, news: Draft) -> tuple[str, ...]:
    """The ranks of those who meet at an organisation's gathering, or one of three states, as its name and the headline
    tell them."""
    lands, bodies = register.authority.countries, register.authority.organisations
    if len(news.parties & lands.keys()) < _SEVERAL and news.parties.isdisjoint(bodies):
        return ()
    called = {*text.low[slice(*text.sentences[0])], *news.name.lower().split()}
    return _HEADS if not _OF_HEADS.isdisjoint(called) else _MINISTERS if not _OF_MINISTERS.isdisjoint(called) else ()


def _holds_one(register: Register, person: int, ranks: tuple[str, ...]) -> bool:
    """Whether somebody holds an office of one of the ranks, in a state or an organisation that is known."""
    kinds = register.lexicon.office_kinds
    held = (t for t in register.entries[person].titles if t.kind and t.when == "current")
    return any(kinds[t.kind or ""].top in ranks and on_record({t.of or ""}, register.authority) for t in held)
