"""Meetings and calls: who talked with whom."""

from dataclasses import replace

from kg.language.words import words
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.complements import undated
from kg.mappers.drafts import Draft
from kg.mappers.groups import Group, people_in
from kg.mappers.kinds.ceremony import ceremony
from kg.mappers.kinds.conference import conference
from kg.mappers.kinds.gathering import find_gathering, governor_of, in_round
from kg.mappers.kinds.in_person import tell_apart
from kg.mappers.kinds.partners import (
    at_ministry,
    confided_in,
    doing_there,
    framed_by,
    gone_on,
    lead_only,
    of_the_news,
    other_side,
    own_counterpart,
    partner_far_behind,
    recalled,
    shared_with,
    spoken_to,
    telling,
    told_aside,
    told_there,
    who_speak,
    who_travels,
    with_guest,
    with_hosts,
    with_locals,
    with_members,
)
from kg.mappers.kinds.receptions import (
    at_the_landing,
    called_together,
    come_together,
    convenes,
    hosted_from_afar,
    is_addressed,
    is_lone_verb,
    is_received,
    sees_somebody,
    sent_by,
    welcomed_into_office,
)
from kg.mappers.kinds.series import (
    are_several_talks,
    further_partners,
    heads_several,
    in_each_land,
    meet_apart,
    part_hosts,
    part_talks,
    visit_to_come,
)
from kg.mappers.kinds.sitting import SITTING_PARTICLES, members_held, members_met, organ_convened, organ_met
from kg.mappers.reference import fronted, leaders, resolved
from kg.mappers.subjects import find_subject

_COUNTRIES = words("grammar", "two_states")
_HOSTING = words("grammar", "hosting_verbs")
_SPEAKING = words("grammar", "speaking_verbs")
_FARTHEST_SPOKEN = 12
"""Tokens between "spoke" and the gathering somebody spoke at."""
_ARTICLES = words("grammar", "determiners")
_NOBODY = words("grammar", "nobody")
_BARGAINING = words("gatherings", "bargaining")
_FRAMING = words("grammar", "attending_prepositions")
_FROM_AFAR = words("grammar", "afar_prepositions")
_ARGUMENT = words("grammar", "argument_prepositions")
_MET_THINGS = words("grammar", "met_things")
_TALKS = ("talks", "negotiations")
_TALKS_OF = ("meeting", "call")
_DEFINITE = words("grammar", "definite_determiners")
_FEW = 8
"""Of the events told last, those that are looked at."""
_GOING = words("gatherings", "resuming")
_FOLLOWED = words("grammar", "following_verbs")
_PARTNERS = ("with", "between", "object", "of", "possessor", "adjective")
_TOGETHER = ("subject", "possessor", "adjective", "object", "with", "between", "of", "among", "involving", "by")
_CARRYING = words("gatherings", "carrying")
_BEFORE_PEOPLE = words("groups", "own") | {"the"}
_SEEING = words("grammar", "seeing_verbs")
_APPEALS = words("grammar", "appeals")
_TOP_LEVELS = words("gatherings", "top_levels")
_OF_SEVERAL = words("gatherings", "of_several")
_AWAITING = words("grammar", "awaiting")
_ABOUT = words("grammar", "about_topics")
_SPOKEN_OF = words("grammar", "attending_prepositions") | _ABOUT | {"of"}
_RECEPTIONS = frozenset(("reception", "receptions"))
_BY_VIDEO = "video-call"
_DONE_FROM_AFAR = ("ceremony", "signing")
"""Kinds of deed that a video link may only be the way of."""
_MEALS = words("grammar", "meals")
_HOLDERS = ("subject", "possessor")
_DISPATCHING = words("grammar", "dispatching_verbs")
_NO_PLACE = ("to", "as", "in")
_EXPLICIT = frozenset(("object", "with", "between", "among", "of", "possessor", "adjective", "from"))


def meeting(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Meetings and calls: everybody around takes part."""
    begin = s.clause_start(t.start)
    sent = any(x.top == "message" and not x.predicate and begin <= x.start and x.end <= t.start for x in s.triggers)
    if sent and t.predicate and s.text.low[t.end - 1] == "by" and "subject" not in args:
        return ""  # "a telegram from X |was received by| Y"
    plain = t.kind == "courtesy-call" and not t.predicate and s.text.low[t.start].startswith("call")
    if plain and s.date_between(t.end, t.end + 1):
        draft.kind = draft.top = "call"  # "held a |call on| Monday", and no "courtesy call on Monday"
    args = _as_gerund(s, t, _with_object(s, t, args))
    if welcomed_into_office(s, t, args, draft):
        return None
    if is_lone_verb(t) and not (is_addressed(s, t, args) and (not convenes(s, t) or come_together(s, t, args))):
        return _by_itself(s, t, args, draft)
    together = t.predicate and s.text.low[t.end - 1] in SITTING_PARTICLES
    if together and s.text.low[t.end] in _NO_PLACE and not _in_place(s, t):
        return ""  # "A and B came together |to build| a dam", "|in support| of Y"
    if together and _sat(s, t, args, draft):
        return None
    if _is_no_talk(s, t, args, draft):
        return ""
    args = _with_those_around(s, t, args)
    if _came_up(s, t, args):
        return ""
    tell_apart(s, t, args, draft)
    chain = further_partners(s, t, args)
    passive = is_received(s, t)
    if passive:
        args = _turned(s, t, args)
    addressed = args.keys() & {"with", "between"} or s.text.low[t.end - 1] == "with"
    if t.kind == "mediation" and not t.predicate and not addressed and _TALKS[0] not in s.words_of(t):
        return ""  # "thanked X for the mediation efforts"
    if t.kind == "exchange-of-views":
        if t.predicate and not addressed:
            args = {k: v for k, v in args.items() if k == "subject"} | partner_far_behind(s, t)
        if _told(s, args) or not _named(args) or _only_with_bodies(s, t, args):
            return ""
    if "subject" in args and (_between_others(t, args) or _only_told_of(s, t, args)):
        args = {k: v for k, v in args.items() if k != "subject"}
    hosted = passive or (t.predicate and t.top == "meeting" and bool(_HOSTING.intersection(s.words_of(t))))
    _take_all(s, t, args, draft, hosted=hosted)
    if not t.predicate and set(args) == {"with"} and _told_with_another(s, draft):
        return ""  # "X will meet A and B. |Meetings with the ministers| of …"
    if not t.predicate and set(args) == {"with"}:
        _take_host_of_several(s, draft)
    if not draft.people and _next(s, t):
        return _went_on(s, t, draft)
    if t.predicate and not _RECEPTIONS.isdisjoint(s.words_of(t)):
        guests = args.get("for" if s.text.low[t.end - 1] != "for" else "object", [])
        s.take(draft, "guest", guests)
        if draft.weight() < 2 or not guests:
            draft.kind, draft.top = "banquet", "ceremony"  # "hosted a reception to mark its National Day"
            return ceremony(s, t, args, draft)
    _take_partner(s, t, args, draft)
    among = "subject" in args and (t.predicate or _are_several(args, draft))
    if not (_EXPLICIT.intersection(args) or among or _held_by_several(t, args)):
        return _without_partner(s, t, args, draft)
    reason = None if with_locals(s, t, draft) or with_guest(s, t, draft) else _enough(s, t, args, draft)
    if reason is None and not _is_gathering(s, t, args, draft):
        _part(s, t, args, draft, chain, passive=passive, hosted=hosted)
    return reason


def _with_object(s: Sentence, t: Trigger, args: Arguments) -> Arguments:
    """Those whom somebody receives, told with a preposition."""
    if not t.predicate and s.text.low[t.end - 1] in _MEALS and "subject" in args and "with" not in args:
        return {**args, "object": args["for"]} if "for" in args else args  # "hosted a working lunch for X"
    if not t.predicate or "object" in args:
        return args
    if s.text.low[t.end - 1] == "host" and "to" in args:
        return {**args, "object": args["to"]}  # "played host on Monday to X"
    if "at" in args and _HOSTING.intersection(s.words_of(t)):
        return {**args, "object": [g for g in args["at"] if people_in(g)]}  # "received at Y X"
    if "of" in args and sent_by(s, t):
        return {**args, "object": args["of"]}  # "received a delegation of the Council of X"
    return args


def _by_itself(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """A verb without anybody whom it is done with: a body sits, or people unnamed are met."""
    if _sat(s, t, args, draft) or (convenes(s, t) and organ_convened(s, t, args, draft)):
        return None
    s.take(draft, "participant", args.get("subject", []))
    return None if with_locals(s, t, draft) or called_together(s, t, draft) else ""


def _came_up(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether countries are only what was talked about in others' talks: "X and Y also came up |in the call|"."""
    low = s.text.low
    if t.predicate or set(args) != {"subject"} or low[t.start - 1] not in _DEFINITE or low[t.start - 2] not in _FRAMING:
        return False
    lands = {m.value for g in args["subject"] for m in g.mentions if m.type == "body"}
    only = len(lands) == sum(len(g.mentions) for g in args["subject"])
    return only and any(d.top in _TALKS_OF and d.parties and not d.parties & lands for d in s.drafts[-_FEW:])


def _in_place(s: Sentence, t: Trigger) -> bool:
    """Whether the word right behind a verb leads to a place."""
    return any(m.is_where and t.end < m.start < t.end + 3 for m in s.text.mentions[s.index])


def _sat(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> bool:
    """Make a sitting of those who are told to have met among themselves: an organisation by its members, a board."""
    if members := members_met(s, t, args):
        draft.kind = draft.top = "conference"
        draft.parties |= members
        return True
    return organ_met(s, t, draft)


def _is_no_talk(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> bool:
    """Whether a phrase of meeting or calling tells of no talk here, or of one that is only hoped for."""
    low = s.text.low
    if not t.predicate:
        if draft.top == "meeting" and draft.date is None and _only_awaited(s, t):
            return True
        if t.kind == "meeting" and "talks" in s.words_of(t) and in_round(s, t):
            return True  # "the 22nd round of … talks"
        if t.top == "call" and low[t.end - 1] in _APPEALS and (low[t.end] == "for" or _bids(s, args)):
            return True  # "X's call for direct contact with Y", "the joint call from X and Y to renew talks"
        if t.top == "call" and low[t.start] in _FROM_AFAR and _does_from_afar(s, t):
            return True
    else:
        if "forward" in s.words_of(t) and (draft.date is None or (len(draft.date) < 7 and draft.top == "meeting")):
            return True  # "looks forward to hosting X later this year": a hope, if no day is set
        if low[t.end - 1] in _SEEING and not sees_somebody(s, t, args):
            return True  # "see hope", "the Holy See"
        if low[t.end] in _NOBODY:
            return True  # "met neither X nor Y"
        if _HOSTING.intersection(s.words_of(t)) and _hosts_gathering(s, t, args):
            return True  # the gathering is told by itself
        if t.top == "call" and is_lone_verb(t) and low[t.end] in _ABOUT and _told(s, args):
            return True  # "They also talked about Y"
        if t.top == "call" and _spoken_there(s, t):
            return True  # "X and Y spoke at the Oslo Forum"
    return at_the_landing(s, t) or _meets_thing(s, t)


def _hosts_gathering(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether those whom somebody hosts only name what gathering: "X hosted |the EU foreign ministers' meeting|"."""
    behind = (x for x in s.triggers if x.top == "conference" and t.end <= x.start < s.clause_end(t.end))
    name = next((found for x in behind if (found := find_gathering(s, x)) is not None), None)
    owners = (g for g in args.get("object", []) if s.text.low[g.end] in ("'", "'s"))
    return name is not None and any(name.start <= g.start < name.head for g in owners)


def _does_from_afar(s: Sentence, t: Trigger) -> bool:
    """Whether it only tells how something else was done: "opened the bridge |by video link|"."""
    begin = s.clause_start(t.start)
    done = [x for x in s.triggers if begin <= x.start and x.end <= t.start]
    return bool(done) and done[-1].top in _DONE_FROM_AFAR


def _spoken_there(s: Sentence, t: Trigger) -> bool:
    """Whether somebody only speaks at a gathering, or among others: "spoke on Monday |at the Oslo Forum|"."""
    if not is_lone_verb(t) or s.text.low[t.start] not in _SPEAKING:
        return False
    behind = [x for x in s.triggers if x.top == "conference" and 0 <= x.start - t.end < _FARTHEST_SPOKEN]
    name = next((found for x in behind if (found := find_gathering(s, x)) is not None), None)
    if name is None or s.text.low[governor_of(s, name)] != "at":
        return False
    return "with" not in s.text.low[t.end : name.start] and "to" not in s.text.low[t.end : name.start]


def _with_those_around(s: Sentence, t: Trigger, args: Arguments) -> Arguments:
    """The arguments of a talk with those who stand farther off than a phrase has its own."""
    if t.top == "call" and not t.predicate and s.text.low[t.start] in _FROM_AFAR:
        args = spoken_to(s, t)
    if t.predicate and s.text.low[t.start] in _SPEAKING and s.text.low[t.end] == "about":
        args = {k: v for k, v in args.items() if k != "with"}  # "talked about his contacts |with X|"
    if t.predicate and not args.keys() & {"with", "object"}:
        args = {**args, **shared_with(s, t)}
    if not t.predicate and args.keys().isdisjoint(("subject", "possessor", "between")) and (who := told_aside(s, t)):
        args = {**args, "subject": who}
    args = with_members(s, t, args)
    if not s.index and not t.predicate and args.keys().isdisjoint(_TOGETHER) and (who := who_speak(s)):
        args = {**args, "between": who}
    if not t.predicate and not args.keys() & {"subject", "with", "between", "possessor", "adjective"}:
        args = {**args, **framed_by(s, t)}
    elif not t.predicate and "subject" in args and args.keys().isdisjoint(_PARTNERS):
        told = confided_in(s, t, args["subject"][0])
        if not told and (teller := told_there(s, t, args["subject"][0])):
            args, told = {**args, "subject": teller}, args["subject"]
        args = {**args, "object": told} if told else args
    return args


def _turned(s: Sentence, t: Trigger, args: Arguments) -> Arguments:
    """The arguments of a passive as those of its verb: whoever "was received by X" is the object."""
    first = args.get("object", []) if s.text.low[t.end - 1] == "by" else []
    hosts = first + args.get("by", []) or args.get("object")
    ends = {"object": args.get("subject"), "subject": hosts, "by": []}
    return {k: v for k, v in {**args, **ends}.items() if v}


def _take_all(s: Sentence, t: Trigger, args: Arguments, draft: Draft, *, hosted: bool) -> None:
    """Take whoever stands to the phrase as those who talk do, host and guest where somebody is received."""
    names = list(_TOGETHER)
    if t.top == "call" or t.kind == "courtesy-call":
        names.append("from")
    if (t.top == "call" and (is_lone_verb(t) or _is_placed(s, t, args))) or s.text.low[t.end - 1] == "audience":
        names.append("to")
    if hosted and hosted_from_afar(s, t):
        draft.kind, draft.top = _BY_VIDEO, "call"
    role_of = {"subject": "host", "object": "guest"} if hosted else {}
    for name in names:
        if name in args:
            s.take(draft, role_of.get(name, "participant"), args[name])


def _is_placed(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether a call is told with whom it goes to: "placed a call |to| X", "made a call |on Monday to| X"."""
    first = args.get("to", [])[:1]
    return any(undated(s, s.text.low[t.end : g.start], t.end)[:1] == ["to"] for g in first)


def _went_on(s: Sentence, t: Trigger, draft: Draft) -> str | None:
    """Talks that "followed" are of those who did what was told before, and of its day."""
    s.take(draft, "participant", [Group(t.start, t.end, leaders(s))])
    just = s.drafts[-1] if s.drafts else None
    if just is not None and draft.date is None and just.date and just.spans[-1][1] + 3 >= s.span[0]:
        draft.share(just)
    return None if len(draft.people) > 1 else "no participant is stated"


def _take_partner(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> None:
    """Take those of a talk whom the sentence, or the news, tells beside its phrase."""
    alone = len(draft.people) + len(draft.offices) == 1
    opening = "with" in args and s.text.low[s.opening(t.start)] in _FRAMING  # "After talks with X, Y …"
    if not t.predicate and "subject" not in args and {"with", "between"} & args.keys() and (alone or opening):
        s.take(draft, "participant", [Group(m.start, m.end, [m]) for m in fronted(s, t.end)])
    if not t.predicate and (draft.people or draft.offices) and "with" in args and args.keys().isdisjoint(_HOLDERS):
        alone = len(draft.people) + len(draft.offices) == 1
        told = alone and (
            doing_there(s, t) or telling(s, t) or own_counterpart(s, args, draft) or gone_on(s, args, t, draft)
        )
        if not told and (travellers := who_travels(s, t, draft)):
            told = args["subject"] = travellers
        s.take(draft, "participant", told or [])
    guest = next(iter(args.get("subject", [])), None)
    for_talks = guest is not None and "for" in s.text.low[guest.end : t.start]
    if guest is not None and for_talks and _DISPATCHING.isdisjoint(s.text.low[guest.start - 2 : guest.start]):
        before = [g for g in s.groups if g.end <= guest.start and g.start >= s.clause_start(t.start)]
        s.take(draft, "host", [resolved(s, g) for g in before[-1:]])
    if not t.predicate and draft.lead and len(draft.people) == 1 and set(args) <= {"object", "subject"}:
        lead_only(s, t, draft)  # "During a telephone conversation, X wished Y …"


def _without_partner(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Talks told without whom they are with: of people unnamed, of a body, with hosts, or of those in the news."""
    if with_locals(s, t, draft):
        return None
    if members := members_held(s, t, args):
        draft.kind, draft.top, draft.name = "conference", "conference", s.text.printed(t.start, t.end)
        draft.parties |= members
        return None
    if with_hosts(s, t, args, draft) or recalled(s, t, args, draft):
        return None
    if draft.lead:
        return lead_only(s, t, draft)
    if not of_the_news(s, t, draft):
        return "no participant is stated"
    return None if with_guest(s, t, draft) else _enough(s, t, args, draft)


def _is_gathering(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> bool:
    """Make a gathering of a meeting that several came together for."""
    sitting = _met_for(s, t, args)
    if sitting is None:
        return False
    called = find_gathering(s, sitting)
    begin, end = (sitting.start, sitting.end) if called is None or not called.proper else (called.start, called.end)
    draft.kind, draft.top, draft.name = sitting.kind, "conference", s.text.printed(begin, end)
    return True


def _part(
    s: Sentence, t: Trigger, args: Arguments, draft: Draft, chain: list[Group], *, passive: bool, hosted: bool
) -> None:
    """Part what the sentence tells together: talks with each of several, a talk and the visit announced with it."""
    if passive and part_hosts(s, args, draft):
        return
    if chain:
        name = "object" if "object" in args else "with"
        common = [groups for k, groups in args.items() if k != name]
        for group in args[name] + chain:
            meet_apart(s, draft, *(("participant", groups) for groups in (*common, [group])))
    elif each := in_each_land(s, t, draft):
        draft.apart = each
    elif are_several_talks(s, t, args) or heads_several(s, t, args, draft):
        part_talks(s, t, args, draft)
    elif hosted and draft.status == "planned" and (visit := visit_to_come(s, t, args, draft)):
        draft.apart = [replace(draft, roles=list(draft.roles), spans=list(draft.spans)), visit]


def _meets_thing(s: Sentence, t: Trigger) -> bool:
    """Whether what is met is a thing: "met criticism", "spoke with warmth", and not "met opposition leader X"."""
    met = t.end + (s.text.low[t.end] in _ARTICLES)
    return s.text.low[met] in _MET_THINGS and not any(m.start <= met < m.end for m in s.text.mentions[s.index])


def _only_awaited(s: Sentence, t: Trigger) -> bool:
    """Whether a meeting is only looked forward to, and nobody says where it will be: "look forward to meeting soon"."""
    if _AWAITING.isdisjoint(s.text.low[max(s.first, t.start - 6) : t.start]):
        return False
    end = s.clause_end(t.end)
    return not s.whens and not any(m.is_where and t.end <= m.start < end for m in s.text.mentions[s.index])


def _between_others(t: Trigger, args: Arguments) -> bool:
    """Whether it is told whose talks with whom they are; whoever is named before tells of them.

    "X gave an update on the |talks between| A and B", "X told reporters after |A's talks with B|".
    """
    sides = [m for g in args.get("between", []) for m in g.mentions]
    owned = any(m.type == "person" for g in args.get("possessor", []) for m in g.mentions)
    return not t.predicate and (len(sides) > 1 or (owned and "with" in args))


def _only_told_of(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether the talks of two states are only spoken of: "assessed the state of things |at| the A-B |talks|"."""
    sides = next((g for g in args.get("adjective", []) if len(g.mentions) > 1), None)
    if t.predicate or sides is None:
        return False
    before = sides.start - 1 - (s.text.low[sides.start - 1] in _DEFINITE)
    if s.text.low[before] not in _SPOKEN_OF:
        return False
    return s.text.says("attending", *s.text.span(s.clause_start(t.start), t.start)) is None


def _held_by_several(t: Trigger, args: Arguments) -> bool:
    """Whether a noun is told with several who held it: "the talks held last week |by A and B officials|"."""
    rows = (g.mentions for g in args.get("by", []))
    return not t.predicate and any(len(row) > 1 and all(m.organ for m in row) for row in rows)


def _met_for(s: Sentence, t: Trigger, args: Arguments) -> Trigger | None:
    """The gathering that those who met came together for: "the leaders met for the third |summit|"."""
    if not t.predicate or t.kind != "meeting":
        return None
    hosted = "object" in args and bool(_HOSTING.intersection(s.words_of(t)))
    if {"object", "with"} & args.keys() and not hosted:
        return None
    for x in s.triggers:
        if x.top == "conference" and t.end <= x.start < s.clause_end(t.end):
            name = find_gathering(s, x)
            begin = min(name.start, x.start - 3) if name is not None else x.start - 3
            if hosted and x.kind == "summit" and not _OF_SEVERAL.isdisjoint(s.text.low[begin : x.start]):
                return x  # "will host A and B |for a trilateral leaders summit|"
            if (
                not hosted
                and name is not None
                and (name.proper or x.kind == "conference" or _row_of_several(args.get("subject", [])))
                and "for" in s.text.low[max(t.end, name.start - 3) : name.start]
            ):
                return x
    return None


def negotiations(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Negotiations of two persons are a meeting; those of delegations a round: "X held negotiations with Y"."""
    ends = [args.get(name, [])[:1] for name in (("between",) if "between" in args else ("subject", "object", "with"))]
    several = "between" in args or sum(len(end) for end in ends) > 1
    told = [
        g for end in ends for g in end if s.text.low[g.end - 1] not in _COUNTRIES
    ]  # not "between the two |countries|"
    persons = [m for g in told for m in g.mentions if m.type == "person"]
    held = several or not _CARRYING.isdisjoint(s.text.low[max(s.first, t.start - 3) : t.start])
    held = held or s.done_behind(t) is not None  # "the negotiations |the two men held|"
    if len(persons) == 2 and held and _BARGAINING.intersection(s.words_of(t)):
        draft.kind = draft.top = "meeting"
        return meeting(s, t, args, draft)
    return conference(s, t, args, draft)


def _bids(s: Sentence, args: Arguments) -> bool:
    """Whether those from whom a call comes thereby bid others do something: "the call from X |to renew|"."""
    last = max((g.end for g in args.get("from", [])), default=s.last)
    after = s.text.low[last : last + 2]
    return after[:1] == ["to"] and after[1:2] != [] and after[1].isalpha() and after[1] not in _BEFORE_PEOPLE


def _next(s: Sentence, t: Trigger) -> bool:
    """Whether talks are said to have come next: "bilateral talks followed", "at the meeting that followed"."""
    return not t.predicate and bool(_FOLLOWED.intersection(s.text.low[t.end : min(t.end + 2, s.last)]))


def _named(args: Arguments) -> bool:
    """Whether those who exchanged views are named: not so in "the two sides exchanged views"."""
    return bool(args.keys() & _EXPLICIT) or all(m.end for g in args.get("subject", []) for m in g.mentions)


def _as_gerund(s: Sentence, t: Trigger, args: Arguments) -> Arguments:
    """The groups around a "meeting" that goes right on to whom somebody met: "spent Monday in Y |meeting X|".

    So they are where it tells between commas what several did: "X and Y, |meeting in Z|, agreed".
    """
    if t.predicate or s.words_of(t) != ["meeting"] or not args.keys().isdisjoint(("subject", "possessor")):
        return args
    before, met = s.text.low[t.start - 1], args.get("object", [])[:1]
    if before == "," and not met:
        aside = [g for g in s.groups if g.end == t.start - 1 and people_in(g) > 1]
        return {**args, "subject": [resolved(s, g) for g in aside]} if aside else args
    if not met or before in _ARTICLES or met[0].start - t.end > 1 or not people_in(met[0]):
        return args
    around = {k: v for k, v in args.items() if k not in ("adjective", "object")}
    if who := find_subject(s, t):
        return {**around, "subject": who, "object": args["object"]}
    return {**around, "with": args["object"]}  # "After |meeting X|, Y said"


def _take_host_of_several(s: Sentence, draft: Draft) -> None:
    """Take who is told to have met several for the one whose talks with one of them are spoken of: "met A and B of
    other countries. … |In the talks with A|, the ministers discussed"."""
    if len(draft.people) != 1 or draft.lead:
        return
    told = [d for d in s.drafts if d.top == draft.top and d.lead and len(d.people) > 2 and draft.people < d.people]
    homes = s.register.homes([told[0].roles[0][1]]) if told else set()
    if homes and homes.isdisjoint(s.register.homes(draft.people)):
        draft.roles += [(role, k) for role, k in told[0].roles if s.register.homes([k]) == homes]


def _told_with_another(s: Sentence, draft: Draft) -> bool:
    """Whether several are those whom somebody else is told already to meet, and not each other."""
    return len(draft.people) > 1 and any(d.top == draft.top and draft.people < d.people for d in s.drafts)


def _only_with_bodies(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether nobody is named in "discussions with", which then may go on for years."""
    people = any(m.type in ("person", "office") for g in args.get("with", []) for m in g.mentions)
    return not t.predicate and s.text.low[t.end - 1] == "with" and not people


def _told(s: Sentence, args: Arguments) -> bool:
    """Whether an exchange of views is part of a call or meeting already told of."""
    people = {m.person for groups in args.values() for g in groups for m in g.mentions if m.person >= 0}
    return bool(people) and any(d.top in ("call", "meeting") and people <= d.people for d in s.drafts)


def _are_several(args: Arguments, draft: Draft) -> bool:
    """Whether those who act are more than one."""
    return len(draft.people) + len(draft.offices) > 1 or _row_of_several(args["subject"])


def _row_of_several(groups: list[Group]) -> bool:
    """Whether several countries or offices act together: "the leaders of A, B and C"."""
    return any(len(g.mentions) > 1 and all(m.end and not m.adjective for m in g.mentions) for g in groups)


def _enough(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Say what is missing where fewer than two met; talks of bodies alone are a gathering."""
    if other := other_side(s, t, args, draft):
        draft.parties.add(other)
        draft.background = True
    if at_ministry(s, t, args, draft):
        return None
    sides = draft.parties & s.authority.countries.keys() | s.register.homes(draft.people)
    if draft.people and any(m.organ for g in args.get("with", args.get("object", [])) for m in g.mentions):
        sides |= draft.parties & s.authority.organisations.keys()  # "met with fellow NATO leaders"
    if len(sides) == 1 and not draft.people and _talks_within(s, t):
        draft.kind, draft.top, draft.name = "negotiation-round", "conference", "talks"
        return None
    low = s.text.low
    with_others = not t.predicate or low[t.end - 1] in _ARGUMENT or low[t.end] in _ARGUMENT
    with_others = with_others or not args.keys().isdisjoint(("object", "between"))
    unnamed = not (draft.people or draft.offices)
    lenient = draft.lead and (with_others or unnamed or _row_of_several(args.get("subject", [])))
    if draft.weight() < 2 and not lenient:
        return "fewer than two take part"
    if len(draft.people) + len(draft.offices) < 2 and len(sides) < 2 and not lenient:
        return "fewer than two take part"
    if not draft.people and not draft.offices:
        if len(draft.parties) < 2:
            return "fewer than two take part"
        of_leaders = s.text.low[t.start - 1] in _TOP_LEVELS and len(draft.parties) == len(sides) == 2
        if (
            not t.predicate
            and t.top == "meeting"
            and not (draft.lead or of_leaders)
            and (_sides_beside(s, t) or _held_by_several(t, args))
        ):
            told = (d for d in s.drafts if d.top == "meeting" and d.status == draft.status and d.people)
            if draft.date is None and any(d.parties == draft.parties for d in told):
                return ""  # "It will be the first talks between the X and Y diplomats"
            draft.kind = draft.top = "conference"
    return None


def _talks_within(s: Sentence, t: Trigger) -> bool:
    """Whether those of one country talk with one another: "talks between Sudan's warring parties resumed in X"."""
    low = s.text.low
    if t.predicate or low[t.end - 1] not in _TALKS or low[t.end] != "between":
        return False
    behind = low[t.end : min(t.end + 16, s.last)]
    return s.text.says("held", *s.text.span(t.end, min(t.end + 20, s.last))) is not None or not _GOING.isdisjoint(
        behind
    )


def _sides_beside(s: Sentence, t: Trigger) -> bool:
    """Whether the sides stand beside "talks": "Russian-Ukrainian talks", "the talks between A and B"."""
    bodies = [m for m in s.text.mentions[s.index] if m.type == "body"]
    return any(-4 < m.end - t.start < 1 or 0 <= m.start - t.end < 6 for m in bodies)
