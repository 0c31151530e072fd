"""Appointments: who comes into an office, leaves it, or is put forward for it."""

from dataclasses import replace
from itertools import pairwise

from kg.language.dates import When, compatible
from kg.language.lexicon import EVENTS, Hit
from kg.language.text import Mention, Text
from kg.language.words import words
from kg.mappers.acts import bodies, first_object, own_date, passive, verbal
from kg.mappers.arguments import read_arguments
from kg.mappers.circumstances import date_behind
from kg.mappers.clauses import Sentence, Trigger
from kg.mappers.drafts import Draft
from kg.mappers.groups import Arguments, Group, standing_for
from kg.mappers.kinds.unions import on_record, raised
from kg.mappers.news import lead_sentences
from kg.mappers.person import Register
from kg.mappers.reference import resolved

_TURNS = words("grammar", "turns")
_APPOINTING = words("acts", "appointing_verbs")
_LONGEST_COMPANY = 12
"""Tokens between a verb and the colon before those it is done to."""
_NEWLY = words("acts", "lately")
_REMOVING = words("acts", "removing_verbs")
_GOVERNMENTS = words("offices", "governments")
_NAMING = words("acts", "naming_verbs")
_ALONE = words("acts", "naming_alone")
_THANKING = words("grammar", "thanking_verbs")
_HIS = words("groups", "own")
_THEIRS = _HIS | words("groups", "their")
_RECEIVING = words("acts", "receiving_verbs") | words("acts", "passive_auxiliaries")
_SENDING = words("grammar", "before_authors")
_WINS = words("acts", "wins")
_BESIDE = words("acts", "beside_elections")
_WINNING = words("acts", "winning_verbs")
_ORGANS = words("grammar", "state_organs")
_FOLLOWING = words("acts", "following_verbs")
_AS_OFFICE = words("deeds", "as_office") | words("deeds", "successor_with")
_ELSEWHEN = words("acts", "elsewhen")
_UPON = ("on", "upon")
_BROAD = ("appointment", "inauguration")
_HEADING = words("deeds", "heading")
_CABINETS = words("deeds", "cabinets")
_INSTEAD = words("deeds", "successor_with")
_HOLDING = words("gatherings", "held_verbs")
_COMPANIES = words("acts", "put_into_office")
_NAMING_SOME = words("acts", "naming_some")
_HONOURS = words("acts", "honours")
_TO_ATTEND = words("acts", "attending_occasions")
_GOING_TO = words("acts", "before_goals")
_OCCASIONS = words("ceremonies", "heads")
_JOINS = words("grammar", "joins")
_OF_TWO = words("acts", "last_of_two")
_CHAIRS = words("deeds", "chairs") | words("deeds", "seats")


def appointment(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Elections, appointments, resignations: who comes or goes."""
    if s.text.low[t.end : t.end + 1] and s.text.low[t.end] in _BESIDE:
        return ""
    if s.text.low[t.end - 1].startswith("delegation"):
        return _delegation(s, args, draft)
    if t.predicate and not (verbal(s, t) and _names_office(s, t) and _follows_somebody(s, t)):
        return ""
    if t.predicate and s.text.low[t.start - 1] == "since" and not date_behind(s, t):
        return ""  # "his first visit |since taking office|"
    if any(x.predicate and x.end == t.start and x.top == t.top for x in s.triggers):
        return ""  # "toppled |elected| President X"
    seat = t.predicate and t.end - t.start == 1 and _CHAIRS.intersection(s.text.low[t.end : t.end + 9])
    if seat and first_object(s, t) is None:
        return _seat(s, t, args, draft)
    congratulated = s.text.says("congratulating", s.span[0], t.hit.start) is not None
    who = _congratulated(s, t) if congratulated and t.predicate and _wished_on(s, t) else None
    who = who or (_of_verb(s, t, args, draft) if t.predicate else _of_noun(s, t, args))
    if who is None and congratulated:
        who = _congratulated(s, t)
    if who is None and t.predicate and s.text.low[t.start].endswith("ing") and not passive(s, t):
        who = _told_of(s, t)
        if who is not None and date_behind(s, t) is None:
            draft.background = True
            draft.forget_date()
    if who is None and t.predicate and s.text.low[t.start - 1] in _NEWLY:
        return ""  # "received the newly appointed ambassadors"
    if congratulated or not t.predicate:
        _redate(s, t, draft)
    draft.parties = set()
    if who is not None:
        s.take(draft, "appointee", [Group(who.start, who.end, [m for m in who.mentions if m.type != "body"])])
        s.take(draft, "appointee", _to_other_offices(s, t, who))
    if t.predicate and not _GOVERNMENTS.isdisjoint(s.words_of(t)):
        draft.parties |= _homes_of(s, args.get("subject", []) + args.get("possessor", []))
    if not draft.people and not draft.offices and not draft.parties and not _take_unnamed(s, t, args, draft):
        return _seat(s, t, args, draft) and _vote(s, t, args, draft)
    if t.predicate and t.end - t.start == 1 and _in_a_life(s, t, draft):
        return ""
    acting = t.predicate and not passive(s, t) and not congratulated
    appointers = _homes_of(s, args.get("subject", [])) if acting else set()
    draft.parties |= (
        (appointers & s.authority.organisations.keys() if _transitive(s, t) else set())
        or _of_office(s, t)
        or (appointers if _transitive(s, t) else set())
        or _countries(s.register, s.register.homes(draft.people))
        or _homes_of(s, args.get("subject", []))
        or _held_before(s, who)
    )
    if t.kind == "nomination":
        draft.parties |= appointers & s.authority.countries.keys()  # "Austria nominated X as head of the UN"
    if not draft.parties and t.kind == "election" and t.predicate:
        draft.parties |= _voting(s, t)
    draft.parties = raised(draft.parties, s.authority) | _attending(s, t, args)
    if congratulated:
        draft.lead = draft.headline = False
    elif (
        t.predicate
        and not draft.date
        and draft.status == "occurred"
        and not draft.background
        and _of_today(s, t, draft)
    ):
        draft.date, draft.rule = s.published, "day-of-publication"
    return None if draft.people or draft.parties else "nobody is said to take or leave an office"


# -- who ----------------------------------------------------------------------------------------------------------


def _of_verb(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> Group | None:
    """Whom a verb brings into an office or out of it: its object, or in the passive its subject."""
    put = [m for m in s.text.mentions[s.index] if m.end <= t.start and any(x.proposed for x in m.titles)]
    if t.kind == "nomination" and put:  # "NAME, to be Ambassador, vice NAME, which was sent to the Senate"
        return Group(put[-1].start, put[-1].end, put[-1:])
    if "vice" in s.text.low[max(s.first, t.start - 8) : t.start]:
        draft.lead, draft.date, draft.rule, draft.premises = False, None, None, []
        return _replaced(s, t)
    if s.text.low[t.end - 1] == "by" and t.end - t.start > 1 and s.text.low[t.end - 2] in _FOLLOWING:
        draft.background = True
        return _first_of(args.get("object", []) + args.get("by", []))  # "was succeeded by X"
    if t.end < s.last and s.text.low[t.end] == ":" and passive(s, t):  # "three ministers were dismissed: X, Y and Z"
        named = [m for m in s.text.mentions[s.index] if m.start > t.end and m.type == "person"]
        return Group(named[0].start, named[-1].end, named) if named else None
    if s.text.low[t.start] in _FOLLOWING and not passive(s, t) and (new := _put_instead(s, t)):
        return new
    if s.text.low[t.start].endswith("ing") and not args.get("subject") and not _transitive(s, t):
        return _nearest_before(s, t)  # "the first visit of the President since taking office"
    if _on_being(s, t):
        return _nearest_before(s, t)
    if not _transitive(s, t) or passive(s, t):
        subject = None if _somebody_else(s, t) else _first_of(args.get("subject", []))
        if subject is not None and s.text.low[t.start - 1] in _OF_TWO:
            return Group(subject.start, subject.end, subject.mentions[-1:])
        return subject
    if listed := _as_listed(s, t):
        return listed
    behind = first_object(s, t) if s.text.low[t.start - 1] not in _NEWLY else None
    if behind is not None and all(m.type == "office" and m.titles[0].plural for m in behind.mentions):
        return None  # "will appoint envoys"
    if behind is not None and _NAMING_SOME.isdisjoint(s.text.low[t.end : behind.start]):
        return resolved(s, behind)
    before = s.text.low[t.start - 1] if t.start > s.first else ""
    if before in _NEWLY or (s.text.low[t.start] in _REMOVING and t.end - t.start == 1):
        return None  # "the newly elected President", "dismissed the claims"
    draft.status = "planned" if before == "once" else draft.status
    return _right_before(s, t)


def _as_listed(s: Sentence, t: Trigger) -> Group | None:
    """Those named behind a colon: "dismissed two ambassadors: X and Y"."""
    at = next((k for k in range(t.end, min(t.end + _LONGEST_COMPANY, s.last)) if s.text.low[k] == ":"), None)
    if at is None or any(m.type == "person" and t.end <= m.start < at for m in s.text.mentions[s.index]):
        return None
    if _COMPANIES.isdisjoint(s.text.low[t.end : at]):
        return None
    named = [m for m in s.text.mentions[s.index] if m.start > at and m.type == "person"]
    return Group(named[0].start, named[-1].end, named) if named else None


def _on_being(s: Sentence, t: Trigger) -> bool:
    """Whether it tells what somebody is wished well on: "extended his regards to X |upon being elected|"."""
    near = s.text.low[max(s.first, t.start - 2) : t.end]
    return any(
        a in _UPON and (b == "being" or b == s.text.low[t.start]) and b.endswith("ing") for a, b in pairwise(near)
    )


def _put_instead(s: Sentence, t: Trigger) -> Group | None:
    """Who comes in of "replaced Foreign Minister X with Y"."""
    low = s.text.low
    at = next((k for k in range(t.end + 1, min(s.clause_end(t.end), t.end + 16)) if low[k] in _INSTEAD), None)
    if at is None or first_object(s, t, 4) is None:
        return None
    return next((g for g in s.groups if 0 < g.start - at < 7 and g.mentions[0].type == "person"), None)


def _nearest_before(s: Sentence, t: Trigger) -> Group | None:
    """The person or office named last before a phrase."""
    named = [m for m in s.text.mentions[s.index] if m.end <= t.start and m.type in ("person", "office")]
    return Group(named[-1].start, named[-1].end, named[-1:]) if named else None


def _somebody_else(s: Sentence, t: Trigger) -> bool:
    """Whether the subject is a relation of those named: "her predecessor had been elected"."""
    before = [m for m in s.text.mentions[s.index] if m.end <= t.start and m.type in ("person", "office", "he", "own")]
    if not before or before[-1].type != "own" or s.text.low[before[-1].end] in _ORGANS:
        return False  # "she and her government resigned"
    return not passive(s, t) or t.start - before[-1].end > 1


def _names_office(s: Sentence, t: Trigger) -> bool:
    """Whether somebody is named something that is an office: not "was named a Fellow", "was named twice"."""
    if s.text.low[t.end - 1] in _GOVERNMENTS and t.end - t.start > 1:
        return True  # "approved a new government"
    if not _CABINETS.isdisjoint(s.text.low[t.end : t.end + 6]):
        return True
    if s.text.low[t.end - 1] in _HEADING:
        return True  # "was chosen to lead"
    if not (_NAMING & set(s.words_of(t)) or (t.end - t.start == 1 and s.text.low[t.start] in _ALONE)):
        return True
    if passive(s, t) and any(m.titles and 0 <= t.start - m.end < 2 for m in s.text.mentions[s.index]):
        return True  # "the acting minister, X, was named in April"
    near = range(t.end, min(t.end + 14, s.last))
    return any(k in s.text.heads and s.text.low[k] not in _HONOURS for k in near)


def _follows_somebody(s: Sentence, t: Trigger) -> bool:
    """Whether a lone "replaces", "succeeded" tells who came after whom: not "replaced the old rules"."""
    if t.end - t.start > 1 or s.text.low[t.start] not in _FOLLOWING or passive(s, t):
        return True
    if not _AS_OFFICE.isdisjoint(s.text.low[t.end : t.end + 14]):
        return True
    if s.text.low[t.end : t.end + 1] == ["in"]:
        return False
    return any(m.type in ("person", "office") for g in s.groups if g.end <= t.start for m in g.mentions) and (
        first_object(s, t, 4) is not None
    )


def _take_unnamed(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> bool:
    """Take those put into office whom no name follows at once: "swore in five envoys, among them X and Y"."""
    low = s.text.low
    sworn = t.kind == "inauguration" and low[t.end] == "of"  # "led the swearing-in of the cabinet"
    if not (t.predicate or sworn) or t.kind == "nomination":
        return False
    done_to = t.predicate and passive(s, t)
    near = range(max(s.first, t.start - 7), t.start) if done_to else range(t.end, min(t.end + 9, s.last - 1))
    if not any(low[k] in _COMPANIES and low[k + 1][0] not in "'’" for k in near):
        return False
    by = args.get("by", []) if done_to else args.get("subject", [])
    draft.parties |= bodies(s, by + args.get("possessor", [])) or (_homes_in_news(s) if done_to else set())
    stop = min((x.start for x in s.triggers if x.start > t.end and x.top != "appointment"), default=s.last)
    named = [m for m in s.text.mentions[s.index] if t.end < m.start < stop and m.type == "person"]
    if draft.parties and any(low[k] in _NAMING_SOME for k in range(t.end, min(stop, t.end + 20))):
        s.take(draft, "appointee", [Group(m.start, m.end, [m]) for m in named])
    return bool(draft.parties)


def _homes_in_news(s: Sentence) -> set[str]:
    """The one country of the change of office told first, else that of the press."""
    news = next((d.parties for d in s.drafts if d.lead and d.top == "appointment"), set())
    return set(news) if len(news) == 1 else {s.register.home} if s.register.home and not news else set()


def _transitive(s: Sentence, t: Trigger) -> bool:
    """Whether the phrase does something to somebody: "appointed", "accepted the resignation of"."""
    phrase = s.words_of(t)
    if t.kind == "nomination" or (len(phrase) == 1 and (phrase[0] in _NAMING or phrase[0] in _ALONE)):
        return True
    if phrase[-1] in ("of", "for") and len(phrase) > 1:
        return phrase[-2] in s.lex.event_nouns
    return any(word in _APPOINTING for word in phrase)


def _replaced(s: Sentence, t: Trigger) -> Group | None:
    """Whom a nominee is to follow: "vice NAME, resigned"."""
    low = s.text.low
    for m in s.text.mentions[s.index]:
        if m.end == t.start - 1 and low[m.end] == "," and m.start > s.first and low[m.start - 1] == "vice":
            return Group(m.start, m.end, [m])
    return None


def _right_before(s: Sentence, t: Trigger) -> Group | None:
    """Those of whom a bare participle is said: "the new Prime Minister, once elected by", "NAME, elected in May"."""
    for g in reversed(s.groups):
        if g.end <= t.start:
            gap = s.text.low[g.end : t.start]
            near = len(gap) <= 2 and gap and all(w == "," or w.endswith("ly") or w in ("once", "first") for w in gap)
            return g if near and g.mentions[-1].type in ("person", "office") else None
    return None


def _of_noun(s: Sentence, t: Trigger, args: Arguments) -> Group | None:
    """Whose election, inauguration or resignation a noun names."""
    won = _won(s, t)
    if won is not t:
        args = read_arguments(s, won)
    owner = _first_of(args.get("possessor", []))
    if owner is not None and not _pronoun_of(s, won):
        return owner
    if owner is not None and t.kind == "appointment" and not s.text.says("congratulating", *s.span):
        return owner if own_date(s, t) else None  # "prior to her appointment" looks back, and says no more
    if s.text.says("congratulating", s.span[0], t.hit.start):
        return _first_of(args.get("of", [])) or _congratulated(s, won)
    return owner or _first_of(args.get("of", []))


def _won(s: Sentence, t: Trigger) -> Trigger:
    """The phrase from the noun of winning on: "victory in the presidential election"."""
    low = s.text.low
    for k in range(t.start - 1, max(s.first, t.start - 9), -1):
        if low[k] in _WINS and low[k + 1] in ("in", "at"):
            return replace(t, start=k)
    return t


def _pronoun_of(s: Sentence, t: Trigger) -> bool:
    """Whether the noun is "his", "her" or "their" ("his recent election victory")."""
    return _owned_by(s, t, _THEIRS)


def _owned_by(s: Sentence, t: Trigger, pronouns: frozenset[str]) -> bool:
    return not pronouns.isdisjoint(s.text.low[max(s.first, t.start - 5) : t.start])


def _first_of(groups: list[Group]) -> Group | None:
    return next((g for g in groups if any(m.type in ("person", "office") for m in g.mentions)), None)


def _congratulated(s: Sentence, t: Trigger) -> Group | None:
    """Who is congratulated: named between the wishes and what they are on, else to whom they are sent."""
    wishes = s.text.says("congratulating", s.span[0], t.hit.start)
    if wishes is None:
        return None
    at = s.text.token_at(wishes[0])
    named = [m for m in s.text.mentions[s.index] if m.type in ("person", "office") and not m.predicative]
    between = [m for m in named if at < m.start and m.end <= t.start and not _sends(s, m)]
    if between:
        several = between if _owned_by(s, t, _THEIRS - _HIS) else between[-1:]
        return Group(several[0].start, several[-1].end, several)
    before = [m for n, m in enumerate(named) if m.end <= at and not (n and m.person == named[n - 1].person >= 0)]
    if len(before) > 1 and before[-1].end == at and not _well_wished(s, at):
        before.pop()  # "X is grateful for the letter in which Y congratulated him"
    thanks = next((k for k in range(s.first, at) if s.text.low[k] in _THANKING), None)
    if (
        thanks is not None and "for" in s.text.low[max(thanks, at - 5) : at]
    ):  # "X thanked Y for the good wishes on his re-election"
        before = [m for m in before if m.end <= thanks]
        return Group(before[-1].start, before[-1].end, before[-1:]) if before else None
    addressed = [m for m in before if s.text.low[max(m.start - 1, s.first)] in ("to", "with")]
    chosen = addressed[-1:] or before[1:][-1:] or (before[:1] if _well_wished(s, at) else [])
    if chosen:
        return Group(chosen[0].start, chosen[0].end, chosen)
    return _other_side(s, before)


def _wished_on(s: Sentence, t: Trigger) -> bool:
    """Whether a verb is what somebody is congratulated on: "on taking office and being elected"."""
    return s.text.low[t.start] in ("on", "upon") or s.text.low[t.start].endswith("ing")


def _sends(s: Sentence, m: Mention) -> bool:
    """Whether good wishes are somebody's and not for somebody: "the congratulations of the King"."""
    return s.text.low[m.start - 1 - (s.text.low[m.start - 1] == "the")] in _SENDING


def _well_wished(s: Sentence, at: int) -> bool:
    """Whether the one named before the wishes got them ("was congratulated by", "received congratulations")."""
    return any(word in _RECEIVING for word in s.text.low[max(s.first, at - 4) : at])


def _other_side(s: Sentence, speakers: list[Mention]) -> Group | None:
    """The one person of the news who is not the one who speaks."""
    speaking = {m.person for m in speakers}
    for d in s.drafts:
        if d.lead and d.top in ("call", "meeting", "message"):
            others = sorted(d.people - speaking)
            return standing_for(others[0], 0) if len(others) == 1 else None
    return None


def _to_other_offices(s: Sentence, t: Trigger, who: Group) -> list[Group]:
    """Those put into offices of their own behind the first: "appointed X as envoy to A |and Y as envoy to B|"."""
    low = s.text.low
    if who.start < t.start or len(who.mentions) > 1 or t.kind not in ("appointment", "nomination"):
        return []
    stop = min((x.start for x in s.triggers if x.start > t.end and x.top != t.top), default=s.last)
    named = (m for m in s.text.mentions[s.index] if who.end < m.start < stop and m.type == "person" and m.person >= 0)
    joined = (m for m in named if low[m.start - 1] in _JOINS)
    offices = {x.start for x in s.text.mentions[s.index] if x.type == "office"}
    given = (m for m in joined if low[m.end] == "as" or m.end in offices)
    return [Group(m.start, m.end, [m]) for m in given]


# -- sides and dates ----------------------------------------------------------------------------------------------


def _countries(register: Register, bodies: set[str]) -> set[str]:
    """The bodies that are known; who holds an office of an unknown one acts at home."""
    return on_record(bodies, register.authority) or ({register.home} if bodies and register.home else set())


def _homes_of(s: Sentence, groups: list[Group]) -> set[str]:
    """The bodies for which those of groups stand."""
    people = {m.person for g in groups for m in g.mentions if m.type == "person" and m.person >= 0}
    named = {m.value for g in groups for m in g.mentions if m.type == "body"}
    return s.register.homes(people) | named


def _attending(s: Sentence, t: Trigger, args: Arguments) -> set[str]:
    """The sides of an inauguration others come to: who attends, and where a delegation is sent."""
    if t.predicate or s.lex.event_kinds[t.kind].code != "inauguration":
        return set()
    before = s.text.low[max(s.first, t.start - 6) : t.start]
    if not any(word.startswith("attend") for word in before):
        return set()
    hosts = {
        country
        for m in s.text.mentions[s.index]
        if m.end <= t.start and m.type in ("body", "place") and (country := s.lex.country_of(m.value))
    }
    return hosts | _homes_of(s, args.get("subject", [])) | ({s.register.home} if s.register.home else set())


def _of_today(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Whether an undated change of office is of the day: the lead tells of such, and this is not told as past."""
    if s.published is None or "had" in s.text.low[max(s.first, t.start - 3) : t.end]:
        return False
    if not _ELSEWHEN.isdisjoint(s.text.low[t.end : min(s.last, t.end + 12)]):
        return False  # "took over two days later"
    if s.text.low[t.end - 1] == "by" and not draft.lead:
        return False  # "X was succeeded by Y"
    end = s.text.spans[lead_sentences(s.text) - 1][1]
    kinds = s.lex.event_kinds
    return any(kinds[h.sense.value].top == "appointment" for h in s.text.layers[EVENTS] if h.start < end)


def _redate(s: Sentence, t: Trigger, draft: Draft) -> None:
    """Date what is told by a noun, or wished well on, by the date of its own phrase only."""
    own = own_date(s, t)
    if (
        own is None
        and t.kind == "election"
        and not _HOLDING.isdisjoint(s.text.low[max(s.first, t.start - 4) : t.start])
    ):
        return  # "on January 13, X |held| elections"
    draft.forget_date()
    if own is not None:
        draft.take_date(own)


def _voting(s: Sentence, t: Trigger) -> set[str]:
    """The country in whose vote somebody is chosen, named right behind: "was declared winner of X's election"."""
    near = (m for m in s.text.mentions[s.index] if t.end <= m.start < t.end + 6 and m.type in ("body", "place"))
    return {land for m in near if (land := s.lex.country_of(m.value))}


def _vote(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """A vote nobody is named with: that of a country, on a day."""
    places = [g for name in ("possessor", "adjective", "in", "of") for g in args.get(name, [])]
    countries = {c for g in places for m in g.mentions if (c := s.lex.country_of(m.value))}
    if not countries:  # "re-elected after a general election on May 29"
        news = next((d for d in s.drafts if d.lead and d.top == "appointment"), None)
        countries = news.parties & s.authority.countries.keys() if news else set()
    if t.predicate and s.text.low[t.start] in _WINNING:  # "the party won the elections in X"
        near = range(t.end, min(t.end + 12, s.last))
        named = (m for m in s.text.mentions[s.index] if m.start in near and m.type in ("body", "place"))
        countries = {c for m in named if (c := s.lex.country_of(m.value))} & s.authority.countries.keys()
    elif t.predicate:
        return "nobody is said to take or leave an office"
    if t.kind != "election" or not draft.date or len(countries) != 1:
        return "nobody is said to take or leave an office"
    draft.parties = countries
    return None


def _of_office(s: Sentence, t: Trigger) -> set[str]:
    """The body of the office that a verb brings somebody into, as it says: "was nominated as NATO's next chief"."""
    if not t.predicate:
        return set()
    said = (m for m in s.text.mentions[s.index] if m.predicative and t.start < m.start < t.end + 16)
    office = next(said, None)
    of = {title.of for title in office.titles[:1] if title.of and not title.inferred} if office else set()
    if not of and s.text.low[t.end - 1] == "as":  # "resigned as UN-Arab League envoy"
        of = {m.value for m in s.text.mentions[s.index] if m.type == "body" and t.end <= m.start < t.end + 2}
    return on_record(of, s.authority)


def _held_before(s: Sentence, who: Group | None) -> set[str]:
    """The countries of the offices printed with somebody, former ones too."""
    titles = [title for m in who.mentions for title in m.titles] if who else []
    return {title.of for title in titles if title.of and title.of in s.authority.countries}


def _told_of(s: Sentence, t: Trigger) -> Group | None:
    """Who took an office before what is told of him: "X's visit is his first |since taking office|"."""
    if s.text.low[t.start - 1] not in _TURNS:
        return None
    return next((g for g in s.groups if g.end < t.start and g.mentions[0].type == "person"), None)


def _in_a_life(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Whether an office is only told of the life of somebody put forward: "she was selected as a Fellow of …"."""
    if draft.lead or s.text.low[t.start] not in _NAMING or draft.parties:
        return False
    return not _of_office(s, t) or (draft.date is None and any(d.kind == "nomination" for d in s.drafts))


def _seat(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """A state that takes the chair or a seat of an organisation: "X assumed the chairmanship of Y"."""
    reason = "nobody is said to take or leave an office"
    before = [g for g in s.groups if s.clause_start(t.start) <= g.start and g.end <= t.start]
    if not t.predicate or not before:
        return reason
    named = [m for m in s.text.mentions[s.index] if t.end <= m.start < t.end + 9 and m.type == "body"]
    bodies = {m.value for m in named} & s.authority.organisations.keys()
    takers = [resolved(s, before[-1])]
    lands = _homes_of(s, takers) & s.authority.countries.keys()
    seated = _CHAIRS.intersection(s.text.low[t.end : t.end + 9]) or s.text.low[t.end : t.end + 1] == ["to"]
    if not (bodies and lands and seated):
        return reason
    s.take(draft, "appointee", takers)
    draft.parties = lands | bodies
    return None


def _delegation(s: Sentence, args: Arguments, draft: Draft) -> str | None:
    """A delegation designated for an occasion abroad; its members are listed behind."""
    draft.parties = _homes_of(s, args.get("subject", [])) or ({s.register.home} if s.register.home else set())
    draft.name = "delegation"
    return None if draft.parties else "nobody is said to be sent"


# -- lists --------------------------------------------------------------------------------------------------------


def nominate(register: Register, drafts: list[Draft], published: str | None) -> None:
    """Add those a list names: "NAME, of Ohio, to be Ambassador", "The following were appointed: …"."""
    text, listed = register.text, False
    appointed: dict[int, list[Draft]] = {}
    for d in drafts:
        for person in d.people if d.top == "appointment" else ():
            appointed.setdefault(person, []).append(d)
    for k, entry in enumerate(register.entries):
        if not any(t.proposed for t in entry.titles):
            continue
        proposed = next(m for m in entry.mentions if any(t.proposed for t in m.titles))
        near = next(
            (
                d
                for d in appointed.get(k, ())
                if (d.date == published and (d.lead or d.kind == "nomination"))
                or (not d.date and d.kind == "nomination")
            ),
            None,
        )
        if near is None:
            drafts.append(_listed(register, k, "nomination", text.around(proposed.start), published))
        elif not near.date:
            near.main = near.lead = True
            near.date, near.rule = published, "day-of-publication"
        listed = True
    if listed:  # what honours somebody put forward has had belongs to his life
        drafts[:] = [d for d in drafts if d.kind != "award" or d.date]
    for d in drafts if listed else ():
        if d.top == "appointment" and not d.parties and register.home:
            d.parties.add(register.home)
        if d.rule == "day-of-publication" and d.kind != "nomination" and d.top == "appointment" and not d.lead:
            d.forget_date()  # told of the life of somebody put forward
            d.background = True
    hits = [h for h in text.layers[EVENTS] if text.lexicon.event_kinds[h.sense.value].top == "appointment"]
    if hits and not listed:
        _read_lists(register, drafts, hits, published)
    _drop_unnamed(drafts)
    _seat_delegations(register, drafts, published)
    _seat_envoys(register, drafts)
    drafts[:] = [one for d in drafts for one in _one_by_one(d)]


def _one_by_one(d: Draft) -> list[Draft]:
    """The appointment of each of several: "named X and Y ambassadors". A delegation is sent as one."""
    chosen = [role for role in d.roles if role[0] == "appointee"]
    if d.top != "appointment" or d.name or len(chosen) < 2:
        return [d]
    beside = [role for role in d.roles if role[0] != "appointee"]
    return [
        replace(d, roles=[role, *beside], parties=set(d.parties), spans=list(d.spans), premises=list(d.premises))
        for role in chosen
    ]


def _drop_unnamed(drafts: list[Draft]) -> None:
    """Drop what tells that some were put into office, where others tell who they are."""
    told = [d for d in drafts if d.top == "appointment" and d.people]
    for draft in [d for d in drafts if d.kind in _BROAD and not (d.people or d.offices or d.name)]:
        if any(draft.parties <= d.parties and compatible(draft.date, d.date) for d in told):
            drafts.remove(draft)


def _listed(register: Register, person: int, kind: str, sentence: int, published: str | None) -> Draft:
    """The appointment of one person of a list, on the day of publication."""
    span = register.text.spans[sentence]
    draft = Draft(kind, "appointment", roles=[("appointee", person)], spans=[span], order=span[0])
    draft.main = draft.lead = True
    draft.date, draft.rule = published, "day-of-publication" if published else None
    home = {register.home} if register.home else set()
    told = _countries(register, register.homes(draft.people))
    draft.parties |= (told & register.authority.countries.keys()) or home or told  # put forward by it, to whatever body
    return draft


def _read_lists(register: Register, drafts: list[Draft], hits: list[Hit], published: str | None) -> None:
    """Add those named behind the colon of "the appointed ministers are as follows:"."""
    text = register.text
    known = {k for d in drafts if d.top == "appointment" for k in d.people}
    for index in dict.fromkeys(text.around(text.token_at(hit.start)) for hit in hits):
        for m in _behind_colon(text, index):
            if m.person not in known:
                known.add(m.person)
                drafts.append(_listed(register, m.person, "appointment", text.around(m.start), published))


def _behind_colon(text: Text, index: int) -> list[Mention]:
    """Those listed behind the colon of "… are as follows:", in the same sentence or in the lines below."""
    first, last = text.sentences[index]
    low = text.low[first:last]
    if ":" not in low or not ("follows" in low or "following" in low):
        return []
    colon = first + low.index(":")
    listed = [m for m in text.mentions[index] if m.start > colon and m.titles]
    while not listed or colon == last - 1:
        index += 1
        line = text.mentions[index] if index < len(text.sentences) else []
        put = [m for m in line if m.type == "person" and m.start == text.sentences[index][0] and _put_as(text, m)]
        if not put and not (any(m.titles for m in line) and _begins_with_office(text, index)):
            break
        listed += put or [m for m in line if m.titles]
    return [m for m in listed if m.type == "person" and m.person >= 0 and m.name and m.name[1] - m.name[0] > 1]


def _put_as(text: Text, m: Mention) -> bool:
    """Whether an office is given to somebody by "as", in a list: "X Y |as| ambassador to Z;"."""
    return text.low[m.end : m.end + 1] == ["as"]


def _begins_with_office(text: Text, index: int) -> bool:
    """Whether a line begins with somebody or an office, behind no more than a bullet."""
    first, last = text.sentences[index]
    near = range(first, min(first + 3, last))
    return text.mentions[index][0].start in near or any(k in text.heads for k in near)


_MOST_MEMBERS = 100
_ATTENDED = ("ceremony", "appointment", "conference")
"""Kinds of occasion a delegation is sent to."""
_OF_THE_ARTICLE = ("day-of-publication", "announced-for", "same-occasion")
"""Rules by which a date is that of the article rather than that of the event."""


def _seat_envoys(register: Register, drafts: list[Draft]) -> None:
    """Add the envoys that the sentences behind name: "Among them are X of Sudan and Y of Angola"."""
    text = register.text
    for draft in (d for d in drafts if d.kind == "credentials"):
        told = text.around(text.token_at(max(begin for begin, _ in draft.spans)))
        for index in range(told + 1, min(told + 8, len(text.sentences))):
            first, last = text.sentences[index]
            if text.says("listing", text.tokens.starts[first], text.tokens.end(min(first + 6, last) - 1)) is None:
                continue
            row = text.mentions[index]
            for m in (m for m in row if m.type == "person" and m.person >= 0 and m.person not in draft.people):
                draft.roles.append(("participant", m.person))
                land = next((x for x in row if x.type == "body" and 0 <= x.start - m.end <= 2), None)
                draft.parties |= {land.value} if land else _countries(register, register.homes([m.person]))


def _seat_delegations(register: Register, drafts: list[Draft], published: str | None) -> None:
    """Add to a delegation those who lead it and those listed as its members, and the journey it is to make."""
    text = register.text
    for draft in [d for d in drafts if d.top == "appointment" and d.name == "delegation"]:
        announced = text.around(text.token_at(max(begin for begin, _ in draft.spans)))
        parts = _delegations_apart(text, announced)
        if not parts:
            draft.roles += _members(register, draft, range(announced + 1, _end_of_lists(text, announced)))
            if draft.people and published:
                rows = [k for k in (announced, announced + 1) if k == announced or _says_more(text, k)]
                _send(register, drafts, draft, rows, published)
            continue
        together = {text.spans[k] for k in (0, announced)}
        drafts[:] = [d for d in drafts if d is not draft and not (d.top == "ceremony" and together & set(d.spans))]
        for part in parts:
            told = text.spans[part.start]
            sent = replace(draft, roles=[], parties=set(draft.parties), spans=[*draft.spans, told])
            sent.roles = _members(register, sent, part)
            drafts.append(sent)
            if sent.people and published:
                _send(register, drafts, sent, [announced, *part[:2]], published, apart=True)


def _end_of_lists(text: Text, announced: int) -> int:
    return min(len(text.sentences), announced + _MOST_MEMBERS)


def _delegations_apart(text: Text, announced: int) -> list[range]:
    """The sentences that tell of each of several delegations: "X will lead the |delegation to| the Opening"."""
    end = _end_of_lists(text, announced)
    low = text.low
    starts = []
    for k in range(announced + 1, end):
        first, last = text.sentences[k]
        if any(low[n] == "delegation" and low[n + 1] == "to" for n in range(first, last - 1)):
            starts.append(k)
    return [range(k, stop) for k, stop in zip(starts, [*starts[1:], end], strict=True)] if len(starts) > 1 else []


def _members(register: Register, draft: Draft, rows: range) -> list[tuple[str, int]]:
    """Those whom sentences behind the news of a delegation name as who leads it and who goes with it."""
    text, listed = register.text, False
    found: dict[int, None] = {}
    for index in rows:
        first, last = text.sentences[index]
        low = text.low[first:last]
        at = low.index("delegation") if "delegation" in low else -1
        listed = listed or (at >= 0 and low[at + 1 : at + 2] == [":"])
        if listed or at >= 0 or (index == rows.start and not _TO_ATTEND.isdisjoint(low)):
            found |= dict.fromkeys(m.person for m in text.mentions[index] if m.type == "person" and m.person >= 0)
    return [("appointee", k) for k in found if k not in draft.people]


def _send(
    register: Register, drafts: list[Draft], sent: Draft, rows: list[int], published: str, *, apart: bool = False
) -> None:
    """Add the visit a delegation is designated for: "… to Bogotá to attend the Inauguration on August 7".

    Where and when may be told in the sentence behind: "The delegation will visit Hanoi on July 27".
    """
    text = register.text
    span = text.spans[rows[1] if apart else rows[0]]
    goals = [m for k in rows for m in text.mentions[k] if m.type in ("body", "place") and _is_goal(text, m)]
    hosts = {c for m in goals if (c := text.lexicon.country_of(m.value))} - sent.parties
    told = [w for k in rows for w in text.dates(*text.spans[k], published)]
    days = [w for w in told if len(w.value) >= 10 and _ahead(w, published)]
    if len(hosts) != 1:
        return
    visit = None if apart else next((d for d in drafts if d.top == "visit" and hosts <= d.parties), None)
    if visit is None:
        visit = Draft("presidential-delegation", "visit", spans=[span], order=span[0] + 1)
        drafts.append(visit)
    visit.main = visit.lead = True
    visit.status, visit.parties = "planned", visit.parties | sent.parties | hosts
    town = next((m.value for m in goals if m.type == "place"), None)
    visit.place = (town if visit.place in hosts else None) or visit.place or town or next(iter(hosts))
    visit.roles = [("visitor", k) for k in sorted(sent.people)]
    if days:
        visit.take_date(days[0])
    _attend(register, drafts, sent, visit, rows[1:] if apart else [0, rows[0]])


def _says_more(text: Text, index: int) -> bool:
    """Whether a sentence goes on about a delegation just told of: it is named there, or who will attend."""
    first, last = text.sentences[index] if index < len(text.sentences) else (0, 0)
    return any(text.low[k] == "delegation" or text.low[k] in _TO_ATTEND for k in range(first, last))


def _is_goal(text: Text, m: Mention) -> bool:
    """Whether a country or town is where somebody goes: "to the Republic of Y", "the Rio 2016 Games"."""
    before = m.start - 1 - (text.low[m.start - 1] == "the")
    return text.low[before] in _GOING_TO or (m.type == "place" and before < m.start - 1)


def _ahead(when: When, published: str) -> bool:
    """Whether a day lies ahead, or is that of publication and printed in full."""
    return when.value > published or (when.value == published and when.rule == "stated")


def _attend(register: Register, drafts: list[Draft], sent: Draft, visit: Draft, rows: list[int]) -> None:
    """Tell the occasion a delegation is sent to: its day and place, and of a ceremony those who attend it."""
    text = register.text
    spans = {text.spans[k] for k in rows}
    told = [d for d in drafts if d.top in _ATTENDED and d is not sent and d.spans and spans.issuperset(d.spans)]
    low = [word for k in rows for word in text.low[slice(*text.sentences[k])]]
    if not told and not (_TO_ATTEND | _OCCASIONS).isdisjoint(low):
        kind = "opening" if "opening" in low else "ceremony"
        told = [Draft(kind, "ceremony", spans=list(visit.spans), order=visit.order + 1)]
        drafts += told
    if told and rows[-1] != rows[0] and all(d.top == "appointment" for d in told):
        told += _beside_inauguration(text, drafts, visit, rows[-1])
    for d in told:
        d.main = d.lead = False
        d.status, d.place = "planned", visit.place
        d.parties |= visit.parties
        if d.date is None or d.rule in _OF_THE_ARTICLE:
            d.date_as(visit)
        if d.top == "ceremony":
            d.roles = [("participant", k) for k in sorted(sent.people)]


def _beside_inauguration(text: Text, drafts: list[Draft], visit: Draft, index: int) -> list[Draft]:
    """The ceremonies beside an inauguration: "to attend the Inauguration on May 5 and |ceremonies| on May 6"."""
    first, last = text.sentences[index]
    attend = [k for k in range(first, last) if text.low[k] in _TO_ATTEND]
    head = next((k for k in range(attend[1], last) if text.low[k] in _OCCASIONS), None) if len(attend) > 1 else None
    if head is None:
        return []
    ceremony = Draft("ceremony", "ceremony", spans=list(visit.spans), order=text.tokens.starts[head])
    begin, end = text.span(head, last)
    for when in text.dates(begin, end, None)[:1]:
        ceremony.take_date(when)
    drafts.append(ceremony)
    return [ceremony]
