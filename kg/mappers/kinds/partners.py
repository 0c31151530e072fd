"""Partners: those whom talks were with, where their phrase does not say it itself."""

from dataclasses import replace

from kg.language.text import Mention
from kg.language.words import words
from kg.mappers.circumstances import date_behind
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.drafts import Draft
from kg.mappers.groups import Group, closing, people_in
from kg.mappers.kinds.gathering import own_side
from kg.mappers.kinds.unions import on_record
from kg.mappers.reference import leaders, resolved
from kg.mappers.subjects import find_subject, may_act, subject_after

_BEING = words("grammar", "passive_helpers")
_HOLDING = words("grammar", "holding_talks")
_EARLIER = words("grammar", "earlier_ones")
_ONE = frozenset(("a", "an", "another"))
_FRAMING = words("grammar", "attending_prepositions")
_AFTER = words("grammar", "afterwards")
_GATHERING = ("call", "meeting", "conference", "ceremony")
_ADDRESSING = ("with", "to")
_TALKS = ("talks", "negotiations")
_DONE_THERE = words("grammar", "done_there")
_JOINING = words("grammar", "closing_joins") | {",", "that"}
_GOING_ON = _JOINING | words("grammar", "before_no_subject")
_TWO_SIDED = words("gatherings", "two_sided")
_HIS = words("groups", "own")
_INCLUDING = words("grammar", "verbs_of_including")
_TAKING_PLACE = words("gatherings", "taking_place")
_ITINERARIES = words("grammar", "itineraries")
_BEFORE_PEOPLE = words("groups", "own") | {"the"}
_HELD = words("grammar", "held_verbs")
_MEETING = words("grammar", "meeting_verbs")
_MINISTRIES = words("grammar", "speaking_organs")
_WITHIN = ("at", "in")
_LOCALS = words("grammar", "unnamed_partners")
_OFFICIALS = words("grammar", "unnamed_officials")
_ELSEWHERE = words("grammar", "from_elsewhere")
_STATES_OF_TALKS = words("grammar", "states_of_talks")
_DELEGATES = words("gatherings", "delegates")
_FIRMS = words("grammar", "firms")
_PHRASE_ENDS = words("gatherings", "phrase_ends")
_LONGEST_VERB = 24
"""Letters behind a speaker in which the verb that tells of speaking begins and ends."""
_FARTHEST_AGENT = 7
"""Tokens behind a participle up to by whom it was done."""
_FARTHEST_PASSIVE = 18
"""Tokens from "was" up to by whom something is told to have been done over the telephone."""
_HEARING = words("grammar", "hearing_verbs")
_SAYING_TO = words("grammar", "telling_verbs")
_TALKS_OF = ("meeting", "call", "conference")


def with_members(s: Sentence, t: Trigger, args: Arguments) -> Arguments:
    """Return those of somebody's government who were met, in his place.

    "members of X's cabinet, |including| A, B and C".
    """
    low = s.text.low
    name = "object" if "object" in args else "with"
    whose = args.get(name, [])[-1:]
    owned = next((k for g in whose for k in range(g.end, min(g.end + 4, s.last)) if low[k] == "'s"), 0)
    at = next((k for k in range(owned, min(owned + 5, s.last)) if low[k] == "including"), 0) if owned else 0
    met = [g for g in s.groups if at < g.start < at + 3 and any(m.type == "person" for m in g.mentions)]
    if not at or not met:
        return args
    lands = sorted(s.register.homes(m.person for m in whose[0].mentions if m.type == "person" and m.person >= 0))
    home = [Group(at, at, [Mention("body", at, at, value=land) for land in lands])] if lands else []
    return {**args, name: [*args[name][:-1], *met], "of": [*args.get("of", []), *home]}


def who_speak(s: Sentence) -> list[Group]:
    """Return the two whose words a headline gives, before talks or behind.

    "Remarks by A and B |Before Bilateral Meeting|".
    """
    told = s.drafts[-1] if s.drafts and s.text.article.title is not None else None
    if told is None or told.top != "statement" or len(s.register.homes(told.people)) < 2:
        return []
    return [Group(s.first, s.first, [Mention("person", 0, 0, person=k) for k in sorted(told.people)])]


def of_the_news(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Take the two of the news for those of talks told beside it without them: "bilateral talks |held at the palace|",
    and where no talks are told yet, "|The meeting took place| on Sunday"."""
    low = s.text.low
    beside = not _TWO_SIDED.isdisjoint(s.words_of(t)) and low[t.end] == "held"
    told = any(d.top in _TALKS_OF and d.status == draft.status for d in s.drafts)
    first = not told and low[t.start - 1] == "the" and t.start - s.first < 2
    if t.predicate or not (beside or (first and not _TAKING_PLACE.isdisjoint(low[t.end : t.end + 2]))):
        return False
    pair = [m for m in leaders(s) if m.type == "person"]
    if len(pair) != 2 or len(s.register.homes({m.person for m in pair})) != 2:
        return False
    s.take(draft, "participant", [Group(t.start, t.end, pair)])
    return True


def telling(s: Sentence, t: Trigger) -> list[Group]:
    """Return who tells of a meeting of his with somebody: "X notes that a topic of the |meeting with| Y was …"."""
    begin, low = s.clause_start(t.start), s.text.low
    if begin == s.first or low[begin - 1] != "that":
        return []
    before = [g for g in s.groups if g.end < begin and may_act(s, g) and begin - g.end < 6]
    teller = before[-1] if before else None
    if teller is None or any(x.text.lower().startswith("spokes") for m in teller.mentions for x in m.titles):
        return []
    return [resolved(s, teller)] if teller.mentions[0].type in ("person", "he") else []


def doing_there(s: Sentence, t: Trigger) -> list[Group]:
    """Return who does something in talks told by the way: "X |thanked Z in a phone call with| Y"."""
    low = s.text.low
    k = next((k for k in range(t.start - 1, max(s.first + 2, t.start - 5), -1) if low[k] in _FRAMING), None)
    if k is None or not (low[k] == "during" or any(word in _ONE for word in low[k + 1 : t.start + 1])):
        k = t.start - 1 if low[t.start - 1] == "in" and _says_there(s, t) else None  # "X voiced hope in talks with Y"
    if k is None:
        return []
    found = [g for g in find_subject(s, t) if people_in(g) or g.mentions[0].type == "he"]
    return found if found and found[0].end < k and s.clause_start(k) == s.clause_start(found[0].start) else []


def _says_there(s: Sentence, t: Trigger) -> bool:
    """Whether what is told before talks is what somebody said in them, and not how these went."""
    subject = next(iter(find_subject(s, t)), None)
    if subject is None or subject.end > t.start:
        return False
    verb = s.text.tokens.starts[closing(s.text, subject)]
    return s.text.says("speech", verb, min(t.hit.start, verb + _LONGEST_VERB)) is not None


def own_counterpart(s: Sentence, args: Arguments, draft: Draft) -> list[Group]:
    """Return whose counterpart somebody is with whom a meeting was.

    "This comes after a |meeting with his X counterpart|", "A called the |meeting with his X counterpart| fruitful".
    """
    begin = args["with"][0].start
    if _HIS.isdisjoint(s.text.low[max(s.first, begin - 1) : begin + 1]):
        return []
    if not any(title.counterpart for m in s.text.mentions[s.index] if m.start >= begin for title in m.titles):
        return []
    acting = [resolved(s, g) for g in s.groups if g.end < begin and may_act(s, g)]
    here = {m.person: m for g in acting for m in g.mentions if m.type == "person" and m.person >= 0}
    last = list(here.values()) or [m for m in s.context.last_subject if m.type == "person" and m.person >= 0]
    homes = s.register.homes(m.person for m in last)
    met = s.register.homes(draft.people)
    return [Group(begin, begin, last)] if len(here) < 2 and homes and homes.isdisjoint(met) else []


def gone_on(s: Sentence, args: Arguments, t: Trigger, draft: Draft) -> list[Group]:
    """Return who held the talks that were held with somebody of another country: whoever the text goes on about."""
    low, end = s.text.low, max(g.end for g in args["with"])
    held = _BEING & set(low[t.end : t.end + 2]) and low[t.end + 1] in _HELD
    if not held and _TAKING_PLACE.isdisjoint(low[end : min(end + 3, s.last)]):
        return []
    last = [m for m in s.context.last_subject if m.type == "person" and m.person >= 0]
    homes = s.register.homes(m.person for m in last)
    met = s.register.homes(draft.people) | draft.parties
    return [Group(t.start, t.end, last)] if homes and homes.isdisjoint(met) else []


def who_travels(s: Sentence, t: Trigger, draft: Draft) -> list[Group]:
    """Return who travels to the country of those talked with.

    "|The programme includes| talks with Y", "Talks with Y are set".

    Talks of which no day is told lie ahead as the journey does.
    """
    hosts = s.register.homes(draft.people) or draft.parties
    lead = s.text.low[max(s.first, t.start - _FARTHEST_AGENT) : t.start]
    listed = not (_INCLUDING.isdisjoint(lead) or _ITINERARIES.isdisjoint(s.text.low[s.first : t.start]))
    journeys = (d for d in reversed(s.drafts) if d.top == "visit" and d.people and d.place and not d.background)
    visit = next((d for d in journeys if listed or {s.lex.country_of(d.place or "")} == hosts), None)
    if visit is None or visit.people & draft.people:
        return []
    if visit.status == "planned" and draft.date is None:
        draft.status = "planned"
    elif visit.status == "planned" != draft.status:
        return []
    return [Group(0, 0, [Mention("person", 0, 0, person=k) for k in sorted(visit.people)])]


def with_hosts(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> bool:
    """Take those whom a traveller talks with as his hosts' country: "During his visit, X will have talks on trade"."""
    if t.predicate or t.top != "meeting" or "subject" not in args or len(draft.people) != 1:
        return False
    if not any(x.top == "visit" and x.end <= t.start for x in s.triggers):
        return False
    if _HOLDING.isdisjoint(s.text.low[max(s.first, t.start - 4) : t.start]):
        return False
    visit = next((d for d in reversed(s.drafts) if d.top == "visit" and draft.people <= d.people), None)
    if visit is None or len(visit.parties & s.authority.countries.keys()) < 2 or len(visit.legs) > 1:
        return False
    draft.parties |= visit.parties
    return True


def with_guest(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Take who comes for whom his host talks with meanwhile: "|During X's visit|, the minister will have talks"."""
    if draft.top != "meeting" or len(draft.people) != 1 or _FRAMING.isdisjoint(s.text.low[s.first : s.first + 2]):
        return False
    if not any(x.top == "visit" and not x.predicate and x.end <= t.start for x in s.triggers):
        return False
    visit = next((d for d in reversed(s.drafts) if d.top == "visit"), None)
    homes = s.register.homes(draft.people)
    if visit is None or len(visit.people) != 1 or visit.people & draft.people or len(homes) != 1:
        return False
    if not homes <= visit.parties or homes & s.register.homes(visit.people):
        return False
    draft.roles += [("participant", k) for k in sorted(visit.people)]
    draft.parties |= visit.parties
    return True


def with_locals(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Take people unnamed whom a traveller talks with for those of his host country: "met executives of a bank".

    Whoever meets such people at home does so among his own, which is told where it is the news.
    """
    partner = _unnamed(s, t) if draft.top == "meeting" and not draft.background else None
    if partner is None:
        return False
    if not _OFFICIALS.isdisjoint(s.text.low[partner[0] : partner[1]]) and _with_those_there(s, partner[1], draft):
        return True
    told = Draft(draft.kind, draft.top)
    s.take(told, "participant", [Group(m.start, m.end, [m]) for m in s.context.last_subject])
    visits = [d for d in s.drafts if d.top == "visit" and d.people & (draft.people | told.people)]
    visits = [d for d in visits if d.under_way or not d.background]
    news = draft.lead and not draft.headline and bool(draft.people)
    if not visits and news and s.register.homes(draft.people) == {s.register.home}:
        draft.name = s.text.printed(*partner)  # the news: "the minister met with students"
        return True
    if not visits or (visits[-1].status == "planned" and draft.status == "occurred"):
        return False
    people = visits[-1].people & draft.people or visits[-1].people & told.people
    homes = s.register.homes(people)
    hosts = {p for d in visits for p in d.parties if p in s.authority.countries} - homes
    first, last = partner
    if len(hosts) > 1:  # "|While in Brazil|, the delegation met with officials", "… with officials |in Manila|"
        near = [g for g in s.groups if g.mentions[0].is_where and (g.end <= t.start or g.start - last in (1, 2))]
        there = [m for g in near if "in" in s.text.low[g.start - 2 : g.start] for m in g.mentions]
        hosts &= {s.lex.country_of(m.value) for m in there}
        if len(hosts) > 1 and len(homes) == 1:  # "|In both Manila and Hanoi|, she will meet with officials"
            draft.apart = [replace(draft, parties=homes | {host}) for host in sorted(hosts)]
            return True
    if len(homes) != 1 or len(hosts) != 1:
        return False
    others = (draft.parties | s.register.homes(draft.people)) - homes - hosts
    if on_record(others, s.authority):
        return False
    of = {m.value for m in s.text.mentions[s.index] if m.type == "body" and first <= m.start < last}
    if of & hosts and not _OFFICIALS.isdisjoint(s.text.low[first:last]):
        return False  # who may be named further on
    draft.roles += [("participant", k) for k in sorted(people - draft.people)]
    draft.parties |= homes if of & homes else homes | hosts
    draft.name = s.text.printed(first, last)
    return True


def _with_those_there(s: Sentence, end: int, draft: Draft) -> bool:
    """Take officials told of by where they are met for those of that country: "met with officials |in Lima|"."""
    there = next((g for g in s.groups if g.start - end in (1, 2) and s.text.low[end] == "in"), None)
    homes = s.register.homes(draft.people)
    if there is None or not there.mentions[0].is_where or len(homes) != 1 or not draft.parties <= homes:
        return False
    named = {s.lex.country_of(m.value) for m in there.mentions} - homes
    lands = sorted(land for land in named if land)
    if len(lands) > 1:
        draft.apart = [replace(draft, parties=homes | {land}, spans=list(draft.spans)) for land in lands]
    draft.parties |= homes | set(lands)
    return bool(lands)


def _unnamed(s: Sentence, t: Trigger) -> tuple[int, int] | None:
    """Where those stand with whom somebody talks, if they are no more than people of a kind or a firm."""
    low = s.text.low
    if low[t.end - 1] == "with" or (t.predicate and t.end - t.start == 1 and low[t.start] in _MEETING):
        k = t.end
    else:
        k = next((n + 1 for n in range(t.end, min(t.end + 5, s.last)) if low[n] == "with"), s.last)
    stop = next((n for n in range(k, min(k + 9, s.last)) if low[n] in _PHRASE_ENDS), min(k + 9, s.last))
    k += k < stop and low[k] == "the"
    if k >= stop or any(
        m.type in ("person", "office") and m.end > k and m.start < stop for m in s.text.mentions[s.index]
    ):
        return None
    if not _ELSEWHERE.isdisjoint(low[k:stop]):
        return None
    firm = s.text.tokens.words[k][:1].isupper() and not _FIRMS.isdisjoint(low[k:stop])
    return (k, stop) if firm or not _LOCALS.isdisjoint(low[k:stop]) else None


def recalled(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> bool:
    """Return whether those who talk in the news speak of another meeting of theirs.

    "commended the recent meeting in Y".
    """
    if t.predicate or draft.people or "in" not in args:
        return False
    behind = date_behind(s, t) if s.text.low[t.end] in _HELD else None
    dated = any(w.end + 1 == t.hit.start or (w is behind and len(w.value) == 10) for w in s.whens)
    dated = dated and any(m.type == "group" for m in s.text.mentions[s.index])
    if s.text.low[t.start - 1] not in _EARLIER and not dated:
        return False  # nor "at the May 3 |meeting| in Y", "the |talks| held in Y on May 3"
    news = next((d for d in s.drafts if d.lead and d.top in ("call", "meeting")), None)
    if news is None or len(news.people) != 2 or draft.lead:
        return False
    draft.roles = [("participant", k) for k in sorted(news.people)]
    draft.background = True
    return True


def spoken_to(s: Sentence, t: Trigger) -> Arguments:
    """Return who is told to do something "over the phone", and with whom, unless a verb of talking tells it already."""
    begin, end = s.clause_start(t.start), s.clause_end(t.end)
    if any(x is not t and x.top in _GATHERING and begin <= x.start < end for x in s.triggers):
        return {}
    people = [
        g
        for g in s.groups
        if begin <= g.start < end
        and (g.mentions[0].type in ("person", "office", "he", "guest", "envoy") or g.mentions[0].organ)
        and (may_act(s, g) or _is_addressed(s, g))
    ]
    if sum(len(g.mentions) for g in people[:2]) < 2:
        return {}
    return {"subject": [resolved(s, g) for g in people[:1]], "object": [resolved(s, g) for g in people[1:2]]}


def _is_addressed(s: Sentence, g: Group) -> bool:
    """Whether a preposition tells that somebody is spoken with, or speaks: "complained |to| X", "heard |from| X", "was
    briefed |by| X"."""
    low = s.text.low
    at = g.start - 1 - (low[g.start - 1] == "the")
    if low[at] == "by":
        return not _BEING.isdisjoint(low[max(s.first, at - _FARTHEST_PASSIVE) : at])
    return low[at] in _ADDRESSING or (
        low[at] == "from" and not _HEARING.isdisjoint(low[max(s.first, at - _FARTHEST_AGENT) : at])
    )


def shared_with(s: Sentence, t: Trigger) -> Arguments:
    """Return with whom two things joined by "and" were held: "held talks |and a joint press conference| with X"."""
    low = s.text.low
    if low[t.end] != "and":
        return {}
    other = next((x for x in s.triggers if t.end < x.start < t.end + 4 and not x.predicate), None)
    if other is None or low[other.end] != "with":
        return {}
    return {"with": [resolved(s, g) for g in s.groups if 0 < g.start - other.end < 5][:1]}


def partner_far_behind(s: Sentence, t: Trigger) -> Arguments:
    """Return with whom something is discussed that takes long to tell.

    "discussed the situation at the border of Y with X".
    """
    low = s.text.low
    stop = min([s.clause_end(t.end), *(x.start for x in s.triggers if x.start >= t.end)])
    for g in s.groups:
        if (
            t.end < g.start < stop
            and people_in(g)
            and low[g.start - 1 - (low[g.start - 1] in _BEFORE_PEOPLE)] == "with"
        ):
            return {"with": [resolved(s, g)]}
    return {}


def told_aside(s: Sentence, t: Trigger) -> list[Group]:
    """Return who does something in talks told of between commas: "X, |in a phone call with Y|, expressed"."""
    low = s.text.low
    at = next((k for k in range(t.start - 1, max(s.first, t.start - 7), -1) if low[k] == ","), None)
    if at is None or low[at + 1] not in _FRAMING or "," not in low[t.end : s.last]:
        return []
    named = [g for g in s.groups if g.end == at and g.mentions[0].type in ("person", "office") and may_act(s, g)]
    of_land = [g for g in s.groups if g.end == at - 2 and g.mentions[0].type == "person" and low[at - 2] == "of"]
    return [resolved(s, g) for g in (named or of_land)[:1]]


def framed_by(s: Sentence, t: Trigger) -> Arguments:
    """Return which several do something "in a call": "the ministers of A and B discussed Y in a telephone call"."""
    low = s.text.low
    near = range(t.start, max(s.first - 1, t.start - 5), -1)
    k = next((k for k in near if low[k] in _FRAMING or (low[k] in _AFTER and k == s.first)), None)
    if k is None or not _GOING_ON.isdisjoint(low[k + 1 : t.start]):
        return {}
    if low[k - 1] in _DONE_THERE and not any(closing(s.text, g) == k - 1 for g in s.groups):
        return {}  # "the commitments made during talks", not "X and Y agreed during talks"
    if k - s.opening(k) < 3:
        comma = next((n for n in range(t.end, min(t.end + 16, s.last)) if low[n] == ","), None)
        unnamed = comma == t.end and _ONE.isdisjoint(low[k + 1 : t.start + 1])
        if comma is None or unnamed or not _BEING.isdisjoint(low[t.end : comma]):
            return {}
        found = subject_after(s, comma)[:1]
        told = [g for g in s.groups if found and g.start >= found[0].end and people_in(g)][:1]
        if told and _addressee(s, found[0], told[0]):
            return {"subject": found, "object": [resolved(s, told[0])]}  # "In a call on Monday, X told Y that"
        return {"subject": found} if sum(map(people_in, found)) > 1 else {}
    found = [g for g in find_subject(s, t) if people_in(g) > 1]
    if not found:
        begin = s.clause_start(t.start)
        named = [g for g in s.groups if begin <= g.start and g.end <= k and people_in(g) and may_act(s, g)]
        found = named[:2] if len(named) > 1 and _addressee(s, *named[:2]) else []
    return {"subject": [resolved(s, g) for g in found]} if found else {}


def confided_in(s: Sentence, t: Trigger, speaker: Group) -> list[Group]:
    """Return with or to whom something is said right before it is told where: "raised it |with X| at a meeting"."""
    low = s.text.low
    at = next((k for k in range(t.start, max(speaker.end, t.start - 5), -1) if low[k] in _FRAMING), s.first)
    ending = (g for g in s.groups if at in (g.end, closing(s.text, g)))
    told = next((g for g in ending if g.start > speaker.end and people_in(g)), None)
    if told is None or not _GOING_ON.isdisjoint(low[at + 1 : t.start]):
        return []
    before = told.start - 1 - (s.text.low[told.start - 1] == "the")
    between = s.text.low[closing(s.text, speaker) : before]
    calm = _JOINING.isdisjoint(between) and not any(speaker.end <= x.start < before for x in s.triggers)
    return [resolved(s, told)] if low[before] in _ADDRESSING and 0 < len(between) < 9 and calm else []


def told_there(s: Sentence, t: Trigger, listener: Group) -> list[Group]:
    """Return who tells something to whoever stands nearest before talks: "|X| told Y at a meeting", "X briefed Y"."""
    low = s.text.low
    at = next((k for k in range(t.start - 1, max(listener.end, t.start - 5) - 1, -1) if low[k] in _FRAMING), None)
    if at is None or not _GOING_ON.isdisjoint(low[at + 1 : t.start]):
        return []
    begin = s.clause_start(t.start)
    teller = next((g for g in reversed(s.groups) if begin <= g.start and g.end <= listener.start), None)
    said = low[closing(s.text, teller) : listener.start] if teller is not None and may_act(s, teller) else []
    told = 0 < len(said) < 4 and not _SAYING_TO.isdisjoint(said) and _BEING.isdisjoint(said)
    return [resolved(s, teller)] if teller is not None and told and people_in(teller) else []


def _addressee(s: Sentence, speaker: Group, g: Group) -> bool:
    """Whether a group is whom the verb right behind the speaker is said to: "X |warned| Y in a call"."""
    between = s.text.low[closing(s.text, speaker) : g.start]
    if s.text.low[g.end] == "'s":
        return False  # "stressed |X's| commitment"
    return 0 < len(between) < (6 if between[-1] == "with" else 4) and not _JOINING.intersection(between[:-1])


def other_side(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Return the country that talks are with, or whose they are, where it goes without saying.

    It is the one they are held in ("Mr X's talks in Y"), or that of whoever tells of "talks with the delegation of Y".
    """
    if t.predicate or t.kind != "meeting" or s.text.low[t.end - 1] not in _TALKS or "between" in args:
        return None
    sides = draft.parties | s.register.homes(draft.people)
    if "with" in args and not draft.people and len(sides & s.authority.countries.keys()) == 1:
        if _DELEGATES.isdisjoint(s.text.low[t.end : t.end + 6]) and s.text.low[t.start - 2] not in _STATES_OF_TALKS:
            return None
        return own_side(s, t, draft)
    if "possessor" in args and len(draft.people) == 1 and "with" not in args and s.text.low[t.end] == "in":
        host = next((s.lex.country_of(m.value) for g in args.get("in", []) for m in g.mentions if m.is_where), None)
        return host if host not in sides else None
    return None


def at_ministry(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> bool:
    """Take the country in whose ministry talks are held for the other side: "talks |at the Y Foreign Ministry|"."""
    sides = draft.parties | s.register.homes(draft.people)
    if t.top != "meeting" or len(sides) != 1 or "with" in args:
        return False
    low = s.text.low
    for m in s.text.mentions[s.index]:
        lead = m.start - 1 - (low[m.start - 1] == "the")
        if m.type == "body" and m.start >= t.end and low[lead] in _WITHIN and m.value in s.authority.countries:
            behind = low[m.end - 1 : m.end + 3]
            if m.value not in sides and not _MINISTRIES.isdisjoint(behind):
                draft.parties |= sides | {m.value}
                return True
    return False


def lead_only(s: Sentence, t: Trigger, draft: Draft) -> str | None:
    """ "During a telephone conversation, X wished Y …": in the lead those named are those who met."""
    if t.start - s.first < 5:
        for m in s.text.mentions[s.index]:
            if m.type == "person" and m.person >= 0 and s.text.low[m.start - 1] != "of":
                s.take(draft, "participant", [Group(m.start, m.end, [m])])
    return None if len(draft.people) > 1 else "no participant is stated"
