"""Meetings and calls: who talked with whom; several that one sentence tells are parted."""

from dataclasses import replace

from kg.language.dates import When, compatible
from kg.language.lexicon import LEADERS
from kg.language.text import Mention
from kg.language.words import words
from kg.mappers.arguments import find_subject, may_act, subject_after, undated
from kg.mappers.circumstances import date_behind
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.drafts import Draft
from kg.mappers.groups import Group, leaves_out
from kg.mappers.kinds.ceremony import ceremony
from kg.mappers.kinds.conference import conference
from kg.mappers.kinds.gathering import find_gathering, in_round, own_side
from kg.mappers.kinds.sitting import members_held, members_met, organ_convened, organ_met
from kg.mappers.kinds.unions import on_record
from kg.mappers.reference import fronted, leaders, resolved

_HOSTING = words("grammar", "hosting_verbs")
_WELCOMING = words("grammar", "welcoming_verbs")
_CALLED = words("grammar", "after_a_call")
_BIDDING = words("grammar", "bidding_particles")
_COURTESIES = words("grammar", "courtesy_purposes")
_SEVERAL = words("grammar", "several_talks")
_SPEAKING = words("grammar", "speaking_verbs")
_APART = words("grammar", "one_by_one")
_BEING = words("grammar", "passive_helpers")
_ADVERBS = words("grammar", "clause_adverbs")
_LANDING = words("grammar", "landing_places")
_ARTICLES = words("grammar", "determiners")
_NOBODY = words("grammar", "nobody")
_HOLDING = words("grammar", "holding_talks")
_EARLIER = words("grammar", "earlier_ones")
_BARGAINING = words("gatherings", "bargaining")
_FRAMING = words("grammar", "attending_prepositions")
_FROM_AFAR = words("grammar", "afar_prepositions")
_GATHERING = ("call", "meeting", "conference", "ceremony")
_ADDRESSING = ("with", "to")
_ARGUMENT = words("grammar", "argument_prepositions")
_MET_THINGS = words("grammar", "met_things")
_SEATS = words("grammar", "seats")
_QUOTES = frozenset("\"“‘'")
_TALKS = ("talks", "negotiations")
_MASS = words("gatherings", "talks_in_plural")
_GOING = words("gatherings", "resuming")
_DONE_THERE = words("grammar", "done_there")
_JOINING = words("grammar", "closing_joins") | {",", "that"}
_GOING_ON = _JOINING | words("grammar", "before_no_subject")
_FOLLOWED = words("grammar", "following_verbs")
_GATHERED = ("ceremony", "meeting", "visit")
_TOGETHER = ("subject", "possessor", "adjective", "object", "with", "between", "of", "among", "involving", "by")
_CARRYING = words("gatherings", "carrying")
_CONVENING = words("gatherings", "convening_verbs")
_TWO_SIDED = words("gatherings", "two_sided")
_HIS = words("groups", "own")
_INCLUDING = words("grammar", "verbs_of_including")
_TAKING_PLACE = words("gatherings", "taking_place")
_ITINERARIES = words("grammar", "itineraries")
_BEFORE_PEOPLE = words("groups", "own") | {"the"}
_HELD = words("grammar", "held_verbs")
_SEEING = words("grammar", "seeing_verbs")
_AFTER_SEEN = words("gatherings", "after_sitting")
_APPEALS = words("grammar", "appeals")
_MEETING = words("grammar", "meeting_verbs")
_LOCALS = words("grammar", "unnamed_partners")
_OFFICIALS = words("grammar", "unnamed_officials")
_TOP_LEVELS = words("gatherings", "top_levels")
_ELSEWHERE = words("grammar", "from_elsewhere")
_STATES_OF_TALKS = words("grammar", "states_of_talks")
_DELEGATION = words("grammar", "delegations")
_DELEGATES = words("gatherings", "delegates")
_FIRMS = words("grammar", "firms")
_OF_SEVERAL = words("gatherings", "of_several")
_NEW = words("grammar", "newly")
_AGAIN = words("grammar", "once_more")
_AWAITING = words("grammar", "awaiting")
_ABOUT = words("grammar", "about_topics")
_THOSE_MET = _LOCALS | _OFFICIALS | words("gatherings", "guests")
_PHRASE_ENDS = words("gatherings", "phrase_ends")
_FARTHEST_AGENT = 7
"""Tokens behind a participle up to by whom it was done."""
_RECEPTIONS = frozenset(("reception", "receptions"))
_BY_VIDEO = "video-call"
_LEADING = words("grammar", "leading_nouns")
_OF_COUNTRIES = ("of", "from")
_TALKS_OF = ("meeting", "call", "conference")
_RANKS = (*LEADERS, "speaker")
_HOLDERS = ("subject", "possessor")
_EXPLICIT = frozenset(("object", "with", "between", "among", "of", "possessor", "adjective", "from"))


def meeting(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Meetings and calls: everybody around takes part."""
    if t.predicate and "object" not in args and "at" in args and _HOSTING.intersection(_words(s, t)):
        args = {**args, "object": [g for g in args["at"] if _present(g)]}  # "received at Y X"
    if t.predicate and "object" not in args and "of" in args and _sent_by(s, t):
        args = {**args, "object": args["of"]}  # "received a delegation of the Council of X"
    if _welcomed_into_office(s, t, args, draft):
        return None
    if _bare(t) and not (_addressed(s, t, args) and (not _convenes(s, t) or _come_together(s, t, args))):
        if members := members_met(s, t, args):
            draft.kind = draft.top = "conference"
            draft.parties |= members
            return None
        if organ_met(s, t, draft) or (_convenes(s, t) and organ_convened(s, t, args, draft)):
            return None
        s.take(draft, "participant", args.get("subject", []))
        return None if _with_locals(s, t, draft) or _called_together(s, t, draft) else ""
    if t.predicate and draft.date is None and "forward" in s.text.low[t.start : t.end]:
        return ""  # a hope, if no day is set
    if (
        t.predicate
        and "forward" in s.text.low[t.start : t.end]
        and len(draft.date or "") < 7
        and draft.top == "meeting"
    ):
        return ""  # "looks forward to hosting X later this year"
    if not t.predicate and draft.top == "meeting" and draft.date is None and _only_awaited(s, t):
        return ""
    if t.predicate and s.text.low[t.end - 1] in _SEEING and not _sees_somebody(s, t, args):
        return ""  # "see hope", "the Holy See"
    if t.predicate and s.text.low[t.end] in _NOBODY:
        return ""  # "met neither X nor Y"
    if not t.predicate and t.kind == "meeting" and "talks" in _words(s, t) and in_round(s, t):
        return ""  # "the 22nd round of … talks"
    if t.top == "call" and _bare(t) and s.text.low[t.end] in _ABOUT and _told(s, args):
        return ""  # "They also talked about Y"
    if _at_the_landing(s, t) or _meets_thing(s, t):
        return ""
    if t.top == "call" and not t.predicate and s.text.low[t.end] == "for" and s.text.low[t.end - 1] in _APPEALS:
        return ""  # "X's call for direct contact with Y"
    if t.top == "call" and not t.predicate and s.text.low[t.end - 1] in _APPEALS and _bids(s, args):
        return ""  # "the joint call from X and Y to renew talks"
    if t.top == "call" and not t.predicate and s.text.low[t.start] in _FROM_AFAR:
        args = _spoken_to(s, t)
    if t.predicate and s.text.low[t.start] in _SPEAKING and s.text.low[t.end] == "about":
        args = {k: v for k, v in args.items() if k != "with"}  # "talked about his contacts |with X|"
    if t.predicate and not args.keys() & {"with", "object"}:
        args = {**args, **_shared_with(s, t)}
    if not t.predicate and args.keys().isdisjoint(("subject", "possessor", "between")) and (who := _aside(s, t)):
        args = {**args, "subject": who}
    args = _with_members(s, t, args)
    if not s.index and not t.predicate and args.keys().isdisjoint(_TOGETHER) and (who := _who_speak(s)):
        args = {**args, "between": who}
    _place_apart(s, t, args, draft)
    chain = _chain(s, t, args)
    if passive := _received(s, t):
        first = args.get("object", []) if s.text.low[t.end - 1] == "by" else []
        hosts = first + args.get("by", []) or args.get("object")
        ends = {"object": args.get("subject"), "subject": hosts, "by": []}
        args = {k: v for k, v in {**args, **ends}.items() if v}
    if not t.predicate and not args.keys() & {"subject", "with", "between", "possessor", "adjective"}:
        args = {**args, **_framed(s, t)}
    addressed = args.keys() & {"with", "between"} or s.text.low[t.end - 1] == "with"
    if t.kind == "mediation" and not t.predicate and not addressed and _TALKS[0] not in _words(s, t):
        return ""  # "thanked X for the mediation efforts"
    if t.kind == "exchange-of-views" and t.predicate and not addressed:
        args = {k: v for k, v in args.items() if k == "subject"} | _partner(s, t)
    if t.kind == "exchange-of-views" and (_told(s, args) or not _named(args)):
        return ""
    if t.kind == "exchange-of-views" and _only_with_bodies(s, t, args):
        return ""  # "continues its discussions with the Fund"
    if "subject" in args and _between_others(t, args):
        args = {k: v for k, v in args.items() if k != "subject"}  # "X |gave an update on| the talks between A and B"
    names = (
        _TOGETHER
        + (("from",) if t.top == "call" or t.kind == "courtesy-call" else ())
        + (
            ("to",)
            if (t.top == "call" and (_bare(t) or s.text.low[t.end] == "to")) or s.text.low[t.end - 1] == "audience"
            else ()
        )
    )
    hosted = passive or (t.predicate and t.top == "meeting" and bool(_HOSTING.intersection(_words(s, t))))
    if hosted and _hosted_from_afar(s, t):
        draft.kind, draft.top = _BY_VIDEO, "call"
    role_of = {"subject": "host", "object": "guest"} if hosted else {}
    for name in names:
        if name in args:
            s.take(draft, role_of.get(name, "participant"), args[name])
    if not t.predicate and set(args) == {"with"} and _told_with_another(s, draft):
        return ""  # "X will meet A and B. |Meetings with the ministers| of …"
    if not draft.people and _next(s, t):
        s.take(draft, "participant", [Group(t.start, t.end, leaders(s))])
        just = s.drafts[-1] if s.drafts else None
        if just is not None and draft.date is None and just.date and just.spans[-1][1] + 3 >= s.span[0]:
            draft.share(just)
        return None if len(draft.people) > 1 else "no participant is stated"
    if t.predicate and not _RECEPTIONS.isdisjoint(s.text.low[t.start : t.end]):
        guests = args.get("for" if s.text.low[t.end - 1] != "for" else "object", [])
        s.take(draft, "guest", guests)
        if draft.weight() < 2 or not guests:
            draft.kind, draft.top = "banquet", "ceremony"  # "hosted a reception to mark its National Day"
            return ceremony(s, t, args, draft)
    if (
        not t.predicate
        and "subject" not in args
        and {"with", "between"} & args.keys()
        and (len(draft.people) + len(draft.offices) == 1 or ("with" in args and s.text.low[s.first] in _FRAMING))
    ):
        s.take(
            draft, "participant", [Group(m.start, m.end, [m]) for m in fronted(s, t.end)]
        )  # "After talks with X, Y …"
    if not t.predicate and (draft.people or draft.offices) and "with" in args and args.keys().isdisjoint(_HOLDERS):
        alone = len(draft.people) + len(draft.offices) == 1
        told = alone and (_telling(s, t) or _own_counterpart(s, args, draft) or _gone_on(s, args, t, draft))
        if not told and (travellers := _who_travels(s, t, draft)):
            told = args["subject"] = travellers
        s.take(draft, "participant", told or [])
    if _lie_ahead(s, t, draft):
        draft.status = "planned"
    if args.get("subject") and "for" in s.text.low[args["subject"][0].end : t.start]:
        before = [g for g in s.groups if g.end <= args["subject"][0].start and g.start >= s.clause_start(t.start)]
        s.take(draft, "host", [resolved(s, g) for g in before[-1:]])
    if not t.predicate and draft.lead and len(draft.people) == 1 and set(args) <= {"object", "subject"}:
        _lead_only(s, t, draft)  # "During a telephone conversation, X wished Y …"
    if not _EXPLICIT.intersection(args) and not ("subject" in args and (t.predicate or _are_several(args, draft))):
        if _with_locals(s, t, draft):
            return None
        if members := members_held(s, t, args):
            draft.kind, draft.top, draft.name = "conference", "conference", s.text.printed(t.start, t.end)
            draft.parties |= members
            return None
        if _with_hosts(s, t, args, draft) or _recalled(s, t, args, draft):
            return None
        if not draft.lead and not _of_the_news(s, t, draft):
            return "no participant is stated"
        if draft.lead:
            return _lead_only(s, t, draft)
    reason = None if _with_locals(s, t, draft) or _with_guest(s, t, draft) else _enough(s, t, args, draft)
    if reason is None and (sitting := _met_for(s, t, args)) is not None:
        called = find_gathering(s, sitting)
        begin, end = (sitting.start, sitting.end) if called is None or not called.proper else (called.start, called.end)
        draft.kind, draft.top, draft.name = sitting.kind, "conference", s.text.printed(begin, end)
        return None
    if reason is None and passive and _part_hosts(s, args, draft):
        return None
    if reason is None and chain:
        name = "object" if "object" in args else "with"
        common = [groups for k, groups in args.items() if k != name]
        for group in args[name] + chain:
            _meet_apart(s, draft, *(("participant", groups) for groups in (*common, [group])))
        return None
    if reason is None and (each := _in_each_land(s, t, draft)):
        draft.apart = each
        return None
    if reason is None and (_several(s, t, args) or _headed(s, t, args, draft)):
        _part(s, t, args, draft)
    elif reason is None and hosted and draft.status == "planned" and (visit := _coming(s, t, args, draft)):
        draft.apart = [replace(draft, roles=list(draft.roles), spans=list(draft.spans)), visit]
    return reason


def _meets_thing(s: Sentence, t: Trigger) -> bool:
    """Whether what is met is a thing: "met criticism", "meeting the needs of", and not "met opposition leader X"."""
    met = t.end + (s.text.low[t.end] in _ARTICLES)
    return s.text.low[met] in _MET_THINGS and not any(m.start <= met < m.end for m in s.text.mentions[s.index])


def _with_members(s: Sentence, t: Trigger, args: Arguments) -> Arguments:
    """Those of somebody's government who were met, in his place: "members of X's cabinet, |including| A, B and C"."""
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


def _who_speak(s: Sentence) -> list[Group]:
    """The two whose words a headline gives, before talks or behind: "Remarks by A and B |Before Bilateral Meeting|"."""
    told = s.drafts[-1] if s.drafts and s.text.article.title is not None else None
    if told is None or told.top != "statement" or len(s.register.homes(told.people)) < 2:
        return []
    return [Group(s.first, s.first, [Mention("person", 0, 0, person=k) for k in sorted(told.people)])]


def _only_awaited(s: Sentence, t: Trigger) -> bool:
    """Whether a meeting is only looked forward to, and nobody says where it will be: "look forward to meeting soon"."""
    if _AWAITING.isdisjoint(s.text.low[max(s.first, t.start - 6) : t.start]):
        return False
    end = s.clause_end(t.end)
    return not s.whens and not any(m.is_where and t.end <= m.start < end for m in s.text.mentions[s.index])


def _between_others(t: Trigger, args: Arguments) -> bool:
    """Whether it is told between whom talks are; whoever is named before tells of them."""
    sides = [m for g in args.get("between", []) for m in g.mentions]
    return not t.predicate and len(sides) > 1


def _welcomed_into_office(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> bool:
    """Make a change of office of a welcome: "welcomes X |as the new| Secretary General of Y"."""
    if t.end - t.start > 1 or s.text.low[t.start] not in _WELCOMING:
        return False
    who = next((m for m in s.text.mentions[s.index] if 0 <= m.start - t.end < 2 and m.type == "person"), None)
    behind = who.name[1] if who is not None and who.name else s.last
    if who is None or s.text.low[behind : behind + 1] != ["as"] or _NEW.isdisjoint(s.text.low[behind + 1 : behind + 3]):
        return False
    draft.kind = draft.top = "appointment"
    s.take(draft, "appointee", [Group(who.start, who.end, [who])])
    body = s.register.country_of(who.person)
    draft.parties |= {body} if body else set()
    return True


def _hosted_from_afar(s: Sentence, t: Trigger) -> bool:
    """Whether somebody is only host on a screen: "will host X |for a virtual meeting|"."""
    behind = (x for x in s.triggers if x.kind == _BY_VIDEO and t.end <= x.start < s.clause_end(t.end))
    return any("for" in s.text.low[max(t.end, x.start - 3) : x.start] for x in behind)


def _met_for(s: Sentence, t: Trigger, args: Arguments) -> Trigger | None:
    """The gathering that those who met came together for: "the leaders met for the third |summit|"."""
    if not t.predicate or t.kind != "meeting":
        return None
    hosted = "object" in args and bool(_HOSTING.intersection(_words(s, t)))
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
                and name.proper
                and "for" in s.text.low[max(t.end, name.start - 3) : name.start]
            ):
                return x
    return None


def _of_the_news(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Take the two of the news for those of talks told beside it without them: "bilateral talks |held at the palace|",
    and where no talks are told yet, "|The meeting took place| on Sunday"."""
    low = s.text.low
    beside = not _TWO_SIDED.isdisjoint(_words(s, t)) and low[t.end] == "held"
    told = any(d.top in _TALKS_OF and d.status == draft.status for d in s.drafts)
    first = not told and low[t.start - 1] == "the" and t.start - s.first < 2
    if t.predicate or not (beside or (first and not _TAKING_PLACE.isdisjoint(low[t.end : t.end + 2]))):
        return False
    pair = [m for m in leaders(s) if m.type == "person"]
    if len(pair) != 2 or len(s.register.homes({m.person for m in pair})) != 2:
        return False
    s.take(draft, "participant", [Group(t.start, t.end, pair)])
    return True


def negotiations(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Negotiations of two persons are a meeting; those of delegations a round: "X held negotiations with Y"."""
    ends = [args.get(name, [])[:1] for name in ("subject", "object", "with")]
    several = sum(len(end) for end in ends) > 1
    persons = [m for end in ends for g in end for m in g.mentions if m.type == "person"]
    held = several or not _CARRYING.isdisjoint(s.text.low[max(s.first, t.start - 3) : t.start])
    if len(persons) == 2 and held and _BARGAINING.intersection(_words(s, t)):
        draft.kind = draft.top = "meeting"
        return meeting(s, t, args, draft)
    return conference(s, t, args, draft)


def _telling(s: Sentence, t: Trigger) -> list[Group]:
    """Who tells of a meeting of his with somebody: "X notes that a topic of the |meeting with| Y was …"."""
    begin, low = s.clause_start(t.start), s.text.low
    if begin == s.first or low[begin - 1] != "that":
        return []
    before = [g for g in s.groups if g.end < begin and may_act(s, g) and begin - g.end < 6]
    teller = before[-1] if before else None
    if teller is None or any(x.text.lower().startswith("spokes") for m in teller.mentions for x in m.titles):
        return []
    return [resolved(s, teller)] if teller.mentions[0].type in ("person", "he") else []


def _own_counterpart(s: Sentence, args: Arguments, draft: Draft) -> list[Group]:
    """Whose counterpart somebody is with whom a meeting was: "This comes after a |meeting with his X counterpart|"."""
    begin = args["with"][0].start
    if _HIS.isdisjoint(s.text.low[max(s.first, begin - 1) : begin + 1]):
        return []
    if not any(title.counterpart for m in s.text.mentions[s.index] if m.start >= begin for title in m.titles):
        return []
    last = [m for m in s.context.last_subject if m.type == "person" and m.person >= 0]
    homes = s.register.homes(m.person for m in last)
    return [Group(begin, begin, last)] if homes and homes.isdisjoint(s.register.homes(draft.people)) else []


def _gone_on(s: Sentence, args: Arguments, t: Trigger, draft: Draft) -> list[Group]:
    """Who held the talks that were held with somebody of another country: whoever the text goes on about."""
    low, end = s.text.low, max(g.end for g in args["with"])
    held = _BEING & set(low[t.end : t.end + 2]) and low[t.end + 1] in _HELD
    if not held and _TAKING_PLACE.isdisjoint(low[end : min(end + 3, s.last)]):
        return []
    last = [m for m in s.context.last_subject if m.type == "person" and m.person >= 0]
    homes = s.register.homes(m.person for m in last)
    met = s.register.homes(draft.people) | draft.parties
    return [Group(t.start, t.end, last)] if homes and homes.isdisjoint(met) else []


def _who_travels(s: Sentence, t: Trigger, draft: Draft) -> list[Group]:
    """Who travels to the country of those talked with: "|The programme includes| talks with Y", "Talks with Y are set".

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


def _lie_ahead(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Whether talks are part of a journey to come: "|His programme includes| talks with Y", told of one who will go."""
    if draft.status != "occurred" or draft.date is not None or t.predicate:
        return False
    if _ITINERARIES.isdisjoint(s.text.low[max(s.first, t.start - 9) : t.start]):
        return False
    visit = next((d for d in reversed(s.drafts) if d.top == "visit" and d.people & draft.people), None)
    return visit is not None and visit.status == "planned"


def _with_hosts(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> bool:
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


def _with_guest(s: Sentence, t: Trigger, draft: Draft) -> bool:
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


def _with_locals(s: Sentence, t: Trigger, draft: Draft) -> bool:
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


def _called_together(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Make a gathering of those whom somebody calls together: "X convened |more than 20 legislators|"."""
    low, k = s.text.low, t.end
    while s.date_between(k, k + 1):
        k += 1  # "convened |today| the ministers"
    if not (_convenes(s, t) and draft.people and low[k][:1].isalnum()) or low[k] in _PHRASE_ENDS:
        return False
    stop = next((n for n in range(k, min(k + 7, s.last)) if low[n] in _PHRASE_ENDS), min(k + 7, s.last))
    called = [g for g in s.groups if k <= g.start < stop and any(m.type == "office" or m.organ for m in g.mentions)]
    if not called and _THOSE_MET.isdisjoint(low[k:stop]):
        return False
    news = (d for d in s.drafts if d.top in _TALKS_OF and d.lead and d.people & draft.people)
    told = next((d for d in news if compatible(d.date or s.published, draft.date)), None)
    by_office = [g for g in called if any(m.type == "office" for m in g.mentions)]
    s.take(told or draft, "participant", called if told is None else by_office)
    if told is not None:
        return False  # the meeting that the headline is about
    draft.kind = draft.top = "conference"
    draft.name = s.text.printed(k, stop)
    return True


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


def _recalled(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> bool:
    """Whether those who talk in the news speak of another meeting of theirs: "commended the recent meeting in Y"."""
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


def _spoken_to(s: Sentence, t: Trigger) -> Arguments:
    """Who is told to do something "over the phone", and with whom, unless a verb of talking tells it already."""
    begin, end, low = s.clause_start(t.start), s.clause_end(t.end), s.text.low
    if any(x is not t and x.top in _GATHERING and begin <= x.start < end for x in s.triggers):
        return {}
    people = [
        g
        for g in s.groups
        if begin <= g.start < end
        and (g.mentions[0].type in ("person", "office", "he") or g.mentions[0].organ)
        and (may_act(s, g) or low[g.start - 1 - (low[g.start - 1] == "the")] in _ADDRESSING)
    ]
    if sum(len(g.mentions) for g in people[:2]) < 2:
        return {}
    return {"subject": [resolved(s, g) for g in people[:1]], "object": [resolved(s, g) for g in people[1:2]]}


def _bare(t: Trigger) -> bool:
    """Whether the phrase is a lone verb ("spoke", "met", "called on"), which says little by itself."""
    return t.predicate and (t.end - t.start == 1 or (t.kind == "courtesy-call" and t.end - t.start == 2))


def _convenes(s: Sentence, t: Trigger) -> bool:
    """Whether the verb is one that bodies do, and with nobody: "the Council convened"."""
    return s.text.low[t.start] in _CONVENING


def _come_together(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether several people are told to have convened, and nobody whom they convened: "A, B and C convened |to|"."""
    row = args.get("subject", [])
    people = {m.person for g in row for m in g.mentions if m.type == "person"}
    several = len(people) > 1 or any(len(g.mentions) > 1 and _leads_row(s, g) for g in row)
    return several and "object" not in args and s.text.low[t.end] in _AFTER_SEEN


def _addressed(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether a lone verb has somebody it is done with: "spoke today with X", "X and Y spoke", "welcomed X to Z"."""
    low = s.text.low

    def somebody(*names: str) -> int:
        return sum(_present(g) for n in names for g in args.get(n, []))

    def led() -> bool:
        return any(_leads_row(s, g) for name in ("object", "from") for g in args.get(name, []))

    if low[t.start] in _HOSTING and _received(s, t):
        guests = [g.end for g in args.get("subject", []) if g.end <= t.start]
        beside = bool(guests) and not any(guests[-1] <= x.start < t.start for x in s.triggers)
        beside = beside or t.start == s.first  # "Received by X, Y said"
        return (
            (low[t.start] not in _WELCOMING or "in" in args or _at_a_seat(s, t))
            and beside
            and bool(somebody("by"))
            and bool(somebody("subject"))
        )
    if low[t.start] in _HOSTING:
        owning = any(low[g.end] == "'s" for g in args.get("object", []) if g.end < s.last)
        seated = not owning and ("to" in args or _at_a_seat(s, t))
        guests_named = somebody("object") or ("object" in args and _sent_by(s, t)) or led()
        return bool(guests_named) and (low[t.start] not in _WELCOMING or seated)
    if t.kind == "courtesy-call":
        return bool(somebody("object")) and not any(_bidden(s, g) for g in args["object"])
    if low[t.start].startswith("call"):  # "called X today", not "called X's words a threat"
        return any(low[g.end] in _CALLED for g in args.get("object", []) if g.end < s.last) and bool(somebody("object"))
    named = {g.start for g in s.groups if _present(g)}
    row = args.get("subject", [])
    together = any(g.start in named or all(m.end for m in g.mentions) for g in row) and somebody("subject") > 1
    together = together or any(len(g.mentions) > 1 and _leads_row(s, g) for g in row)
    if together or somebody("with", "to", "object", "between") or led():
        return True
    placed = _is_dated(s, t) or not args.keys().isdisjoint(("in", "at", "on"))
    return t.kind == "meeting" and placed and (somebody("subject") > 1 or _two_states(s, t, args))


def _sent_by(s: Sentence, t: Trigger) -> bool:
    """Whether it is a delegation, of whatever body, that stands behind the phrase."""
    return not _DELEGATION.isdisjoint(s.text.low[t.end : min(t.end + 3, s.last)])


def _leads_row(s: Sentence, g: Group) -> bool:
    """Whether those who lead countries are spoken of: "the |leaders| of A, B and C", "|leaders| from A"."""
    lead = g.start - 1 - (s.text.low[g.start - 1] == "the")
    return lead > s.first and s.text.low[lead] in _OF_COUNTRIES and s.text.low[lead - 1] in _LEADING


def _two_states(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether those of two states are spoken of together: "|the two foreign ministers| also met in November".

    No person of theirs need be known where they do it once more: "The two sides agreed to |meet again| in June".
    """
    spoken_of = {g.start for g in s.groups if g.mentions[0].type == "group"}
    row = [g for g in args.get("subject", []) if g.start in spoken_of]
    again = s.text.low[t.end] in _AGAIN
    return any(sum(m.type == "body" for m in g.mentions) == 2 and (again or _present(g) > 0) for g in row)


def _bids(s: Sentence, args: Arguments) -> bool:
    """Whether those from whom a call comes thereby bid others do something: "the call from X |to renew|"."""
    last = max((g.end for g in args.get("from", [])), default=s.last)
    after = s.text.low[last : last + 2]
    return after[:1] == ["to"] and after[1:2] != [] and after[1].isalpha() and after[1] not in _BEFORE_PEOPLE


def _sees_somebody(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether it is people, and right behind the verb, whom somebody sees."""
    begin = t.end + (s.text.low[t.end] in _BEFORE_PEOPLE)
    printed = s.text.tokens.words[t.end - 1]
    return printed.islower() and any(g.start == begin and _alone(s, g) for g in args.get("object", []))


def _alone(s: Sentence, g: Group) -> bool:
    """Whether somebody seen does nothing: "saw X in Y on Monday", not "saw X fall", "saw X's hopes"."""
    after = s.text.low[g.end]
    return (
        all(m.type == "person" for m in g.mentions) and (not after.isalpha() or after in _AFTER_SEEN) and after != "'s"
    )


def _is_dated(s: Sentence, t: Trigger) -> bool:
    """Whether the clause of a phrase gives it a day of its own: "the two leaders |last met in November|"."""
    begin, end = s.text.span(t.start, max(t.end, s.clause_end(t.end)))
    return any(begin <= w.start < end for w in s.whens)


def _present(g: Group) -> int:
    """How many of a group are people: by name, by office, or as those of a body ("Turkish and Iraqi officials")."""
    if any(m.organ for m in g.mentions):
        return len(g.mentions)
    return sum(m.type in ("person", "office") for m in g.mentions)


def _at_a_seat(s: Sentence, t: Trigger) -> bool:
    """Whether somebody is welcomed where people are talked to: "welcomed X at the presidential palace"."""
    low = s.text.low
    at = next((k for k in range(t.end, s.clause_end(t.end)) if low[k] == "at"), None)
    return at is not None and not _SEATS.isdisjoint(low[at + 1 : at + 6])


def _words(s: Sentence, t: Trigger) -> list[str]:
    return s.text.low[t.start : t.end]


def _received(s: Sentence, t: Trigger) -> bool:
    """Whether somebody is received: "was received by X", "was warmly received on Monday by X"."""
    low = s.text.low
    verb = next((k for k in range(t.start, t.end) if low[k] in _HOSTING), None) if t.predicate else None
    if verb is None or t.top != "meeting":
        return False
    being = next((k for k in range(verb - 1, max(s.first, verb - 6) - 1, -1) if low[k] in _BEING), None)
    if being is None:
        beside = verb == s.first or low[verb - 1] == ","  # "Received by X, Y said", "Y, received by X, said"
        return beside and low[verb].endswith("ed") and _agent_behind(s, t)
    return all(w in _ADVERBS or w.endswith("ly") for w in undated(s, low[being + 1 : verb], being + 1))


def _agent_behind(s: Sentence, t: Trigger) -> bool:
    """Whether a participle leads to by whom it was done: "received |at Y by| X", "|on Monday by| X"."""
    gap = undated(s, s.text.low[t.end : s.clause_end(t.end)], t.end)[:_FARTHEST_AGENT]
    where = gap[: gap.index("by")] if "by" in gap else ["?"]
    return s.text.low[t.end - 1] == "by" or not where or (where[0] in ("at", "in") and "," not in where)


def _at_the_landing(s: Sentence, t: Trigger) -> bool:
    """Whether somebody is received on arrival, which is no meeting yet."""
    if not t.predicate or not _HOSTING.intersection(_words(s, t)):
        return False
    return bool(_LANDING.intersection(s.text.low[s.clause_start(t.start) : s.clause_end(t.end)]))


def _next(s: Sentence, t: Trigger) -> bool:
    """Whether talks are said to have come next: "bilateral talks followed", "at the meeting that followed"."""
    return not t.predicate and bool(_FOLLOWED.intersection(s.text.low[t.end : min(t.end + 2, s.last)]))


def _bidden(s: Sentence, g: Group) -> bool:
    """Whether somebody called on is asked for something: "called on X to withdraw", "called on X for restraint"."""
    after = s.text.low[g.end : g.end + 2]
    if after[:1] != [] and after[0] in _BIDDING and after[-1] not in _COURTESIES:
        return True
    rest = s.text.low[g.end : min(g.end + 8, s.last - 1)]
    to = rest.index("to") if "to" in rest else 0
    whole = all(word in _QUOTES or (word.isalpha() and word not in _ARGUMENT) for word in rest[:to])
    return to > 0 and whole and s.text.low[g.end + to + 1] not in _COURTESIES  # 'called on the X army "to respect Y"'


def _shared_with(s: Sentence, t: Trigger) -> Arguments:
    """With whom two things joined by "and" were held: "held talks |and a joint press conference| with X"."""
    low = s.text.low
    if low[t.end : t.end + 1] != ["and"]:
        return {}
    other = next((x for x in s.triggers if t.end < x.start < t.end + 4 and not x.predicate), None)
    if other is None or low[other.end : other.end + 1] != ["with"]:
        return {}
    return {"with": [resolved(s, g) for g in s.groups if 0 < g.start - other.end < 5][:1]}


def _partner(s: Sentence, t: Trigger) -> Arguments:
    """With whom something is discussed that takes long to tell: "discussed the situation at the border of Y with X"."""
    low = s.text.low
    stop = min([s.clause_end(t.end), *(x.start for x in s.triggers if x.start >= t.end)])
    for g in s.groups:
        if t.end < g.start < stop and _present(g) and low[g.start - 1 - (low[g.start - 1] in _BEFORE_PEOPLE)] == "with":
            return {"with": [resolved(s, g)]}
    return {}


def _named(args: Arguments) -> bool:
    """Whether those who exchanged views are named: not so in "the two sides exchanged views"."""
    return bool(args.keys() & _EXPLICIT) or all(m.end for g in args.get("subject", []) for m in g.mentions)


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


def _place_apart(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> None:
    """A call held on the margins of a gathering was a meeting; a meeting by telephone or video link was a call."""
    begin, end = s.text.tokens.starts[s.clause_start(t.start)], s.text.span(t.start, max(t.end, s.clause_end(t.end)))[1]
    near, far = _told_around(s, t)
    talks = t.end - t.start == 1 and s.text.low[t.start].startswith("talk")  # "X, Y talk trade"
    if t.top == "call" and (
        s.text.says("in_person", near if len(s.triggers) > 1 else s.span[0], far)
        or (draft.headline and talks and s.text.says("by_telephone", 0, _end_of_news(s)) is None)
        or (draft.date is None and _in_one_room(s, t))
        or _at_a_place(s, t, args)
    ):
        draft.kind = draft.top = "meeting"
    elif t.kind == "exchange-of-views" and t.predicate and s.text.says("margins", max(begin, s.span[0]), end):
        draft.kind = "meeting"
    elif t.top == "meeting" and (
        s.text.says("by_video", max(begin, near), end)
        or (not t.predicate and "virtual" in s.text.low[t.start - 2 : t.start])
    ):
        draft.kind, draft.top = "video-call", "call"
    elif t.top == "meeting" and s.text.says("by_telephone", max(begin, near), far):
        draft.kind = draft.top = "call"


def _told_around(s: Sentence, t: Trigger) -> tuple[int, int]:
    """The part of a clause that tells of one talk and not of the one before or behind it, as offsets."""
    begin, end = s.text.tokens.starts[s.clause_start(t.start)], s.text.span(t.start, max(t.end, s.clause_end(t.end)))[1]
    for x in s.triggers:
        if x.top in _TALKS_OF and x is not t and _FROM_AFAR.isdisjoint(s.text.low[x.start - 1 : x.start + 1]):
            if x.end <= t.start:
                begin = max(begin, x.hit.end)
            elif x.start >= t.end:
                end = min(end, x.hit.start)
    return begin, end


def _end_of_news(s: Sentence) -> int:
    """The end of the first sentences, which tell the news."""
    first = s.text.sentences[:4]
    return s.text.span(*first[-1])[1]


def _in_one_room(s: Sentence, t: Trigger) -> bool:
    """Whether "talked with" is told of an occasion that people came to, and no telephone is spoken of."""
    news = next((d for d in s.drafts if d.lead), None)
    gathered = news is not None and (news.top in _GATHERED or news.kind == "credentials")
    heard = s.index < 2 and bool(s.context.turns)  # "X spoke with Y", and then what they said, word for word
    bare = _bare(t) or (heard and t.predicate and t.end - t.start == 2)
    if not (gathered or heard) or not (bare and s.text.low[t.start] in _SPEAKING):
        return False
    end = s.span[1] if heard else len(s.text.folded)
    return s.text.says("by_telephone", 0, end) is None and (not heard or s.text.says("by_video", 0, end) is None)


def _at_a_place(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether "spoke" is told with the place where it was: "spoke in Budapest with X", "talked with X in Sofia"."""
    low = s.text.low
    if not (t.predicate and low[t.start] in _SPEAKING and t.end - t.start < 3):
        return False
    begin = s.text.tokens.starts[s.clause_start(t.start)]
    if s.text.says("by_telephone", begin, s.span[1]) or s.text.says("by_video", begin, s.span[1]):
        return False
    if _at_a_seat(s, t):
        return True  # "spoke with community leaders at the palace"
    before = [t.end, *(g.end for how in _ADDRESSING for g in args.get(how, []))]
    places = [m for m in s.text.mentions[s.index] if m.type == "place" and t.end <= m.start < s.clause_end(t.end)]
    return any(
        undated(s, low[k : m.start], k) in (["in"], ["today", "in"]) for m in places[:2] for k in before if k < m.start
    )


def _several(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether the clause tells of several talks: "met separately with", "a series of meetings with"."""
    clause = s.text.low[s.clause_start(t.start) : s.clause_end(t.end)]
    if t.kind == "courtesy-call" and t.predicate and "visits" in _words(s, t):
        return True
    if t.kind == "courtesy-call" and t.predicate and sum(_present(g) for g in args.get("object", [])) > 1:
        return True  # "called on the president and the prime minister"
    if len(_principals(s, args)) > 1 or _principals_meet(s, args) or _on_journeys(s, args):
        return True
    if _some_of_many(s, args) or _on_several_days(s, args):
        return True
    return bool(_SEVERAL.intersection(clause)) or (
        clause.count("with") > 1 and ("with" in s.text.low[t.start : t.end + 1] or len(args.get("with", [])) > 1)
    )


def _some_of_many(s: Sentence, args: Arguments) -> bool:
    """Whether those met are some of many, of several countries: "met a number of presidents, |including| A and B"."""
    met = [g for name in ("object", "with") for g in args.get(name, [])]
    several = any(_in_plural(m) for g in met[:1] for m in g.mentions)
    people = [m.person for g in met for m in g.mentions if m.type == "person" and m.person >= 0]
    return several and len(s.register.homes(people)) > 1


def _on_several_days(s: Sentence, args: Arguments) -> bool:
    """Whether each of those met has a day of his own behind him: "met A on Monday and B on Tuesday"."""
    met = [g for name in ("object", "with") for g in args.get(name, [])] if len(s.whens) > 1 else []
    return len(met) > 1 and all(s.date_between(g.end, g.end + 2) for g in met)


def _in_plural(m: Mention) -> bool:
    """Whether those who hold an office are spoken of, and none of them."""
    return m.type == "office" and m.titles[0].plural


def _on_journeys(s: Sentence, args: Arguments) -> bool:
    """Whether those met are of as many countries as somebody travels to: "will travel to A and B, and meet X and Y"."""
    met = [m.person for name in ("object", "with") for g in args.get(name, []) for m in g.mentions if m.person >= 0]
    lands = s.register.homes(met)
    journeys = (d.place for d in s.drafts if d.top == "visit" and d.place)
    return 1 < len(lands) == len(met) and lands <= {s.lex.country_of(place) for place in journeys}


def _headed(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> bool:
    """Whether a headline tells of talks with several, one after the other: "Telephone |conversations with| X and Y"."""
    noun = t.end - 1 - (s.text.low[t.end - 1] in _ARGUMENT)
    several = s.text.low[noun].endswith("s") and s.text.low[noun] not in _MASS
    return draft.headline and several and not t.predicate and set(args) == {"with"}


def _aside(s: Sentence, t: Trigger) -> list[Group]:
    """Who does something in talks told of between commas: "X, |in a phone call with Y|, expressed"."""
    low = s.text.low
    at = next((k for k in range(t.start - 1, max(s.first, t.start - 7), -1) if low[k] == ","), None)
    if at is None or low[at + 1] not in _FRAMING or "," not in low[t.end : s.last]:
        return []
    named = [g for g in s.groups if g.end == at and g.mentions[0].type in ("person", "office") and may_act(s, g)]
    of_land = [g for g in s.groups if g.end == at - 2 and g.mentions[0].type == "person" and low[at - 2] == "of"]
    return [resolved(s, g) for g in (named or of_land)[:1]]


def _chain(s: Sentence, t: Trigger, args: Arguments) -> list[Group]:
    """Those behind a further "with" that a semicolon parts: "met with A; |with B and C|; and |with D|"."""
    low = s.text.low
    if ";" not in low[t.end : s.last] or not {"object", "with"} & args.keys():
        return []
    stop = min((x.start for x in s.triggers if x.start > t.start), default=s.last)
    found: list[Group] = []
    for g in s.groups:
        k = g.start - 1 - (low[g.start - 1] == "the")
        linked = t.end < k < stop and low[k] == "with" and low[k - 1] in (";", ",", "and")
        if linked and any(m.type in ("person", "office") for m in g.mentions):
            found.append(g)
    return found


def _principals(s: Sentence, args: Arguments) -> list[Mention]:
    """Those who rank so high that one traveller sees each by himself: "met President A, Prime Minister B and C"."""
    each = [m for name in ("object", "with") for g in args.get(name, []) for m in g.mentions]
    ranks = {
        s.lex.office_kinds[x.kind].top: m
        for m in each
        if m.type == "person"
        for x in m.titles
        if x.kind in s.lex.office_kinds
    }
    alone = [m for g in args.get("subject", []) for m in g.mentions]
    people = [m for m in each if m.type == "person" and m.titles]
    high = [r for r in _RANKS if r in ranks]
    if any(leaves_out(s.text, g.end) for name in ("object", "with") for g in args.get(name, [])):
        return []  # "met with President A, Minister B, and others"
    if len(alone) != 1 or not (high[:1] and (len(high) > 1 or (len(people) > 2 and high[0] != _RANKS[2]))):
        return []
    homes = s.register.homes({m.person for m in each if m.type == "person"})
    away = s.register.country_of(alone[0].person) if alone[0].type == "person" and alone[0].person >= 0 else None
    return (
        (people if len(people) > 2 else [ranks[r] for r in high])
        if len(homes) == 1 and away and away not in homes
        else []
    )


def _principals_meet(s: Sentence, args: Arguments) -> bool:
    """Whether those who meet one from abroad rank so high that each does so: "President A and Premier B met C"."""
    guests = [g for name in ("object", "with") for g in args.get(name, [])]
    return (
        sum(len(g.mentions) for g in args.get("subject", [])) == 2
        and len(_principals(s, {"subject": guests, "object": args.get("subject", [])})) > 1
    )


def _part_hosts(s: Sentence, args: Arguments, draft: Draft) -> bool:
    """Make a draft for each of those who received somebody: "was received |by| A and |by| B", "by President A and B."""
    hosts, guests = args.get("subject", []), args.get("object", [])
    if len(hosts) < 2 and len(_principals(s, {"subject": guests, "object": hosts})) < 2:
        return False
    rows = hosts if len(hosts) > 1 else [Group(m.start, m.end, [m]) for g in hosts for m in g.mentions]
    for host in rows:
        _meet_apart(s, draft, ("host", [host]), ("guest", guests))
    return True


def _in_each_land(s: Sentence, t: Trigger, draft: Draft) -> list[Draft]:
    """The meetings of a journey to several countries with those of each: "will meet |his counterparts|"."""
    mentions = [m for m in s.text.mentions[s.index] if m.start >= t.end]
    if draft.top != "meeting" or not any(m.type == "office" and m.titles[0].plural for m in mentions[:2]):
        return []
    journeys = [d for d in s.drafts if d.top == "visit" and d.people == draft.people and d.place and not d.background]
    lands = {s.lex.country_of(d.place or "") for d in journeys if d.spans[0] == journeys[-1].spans[0]}
    homes = s.register.homes(draft.people)
    if any(m.type == "person" for m in mentions):
        return []  # "met his counterparts: President X of Y and"
    named = {s.lex.country_of(m.value) for m in mentions if m.is_where}
    if len(lands) < 2 or named not in (set(), lands) or draft.parties - homes - lands:
        return []
    apart = sorted(land for land in lands if land)
    return [replace(draft, parties=homes | {k}, offices=[o for o in draft.offices if o.of == k]) for k in apart]


def _meet_apart(s: Sentence, draft: Draft, *took_part: tuple[str, list[Group]]) -> None:
    """Add a meeting of its own to those a sentence tells together, of the groups given with their roles."""
    one = replace(draft, roles=[], offices=[], parties=set(), spans=list(draft.spans), apart=[])
    for role, groups in took_part:
        s.take(one, role, groups)
    one.parties |= s.register.homes(one.people)
    draft.apart.append(one)


def _part(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> None:
    """Make a draft for each of those somebody met one after the other."""
    hosts = ("subject", "possessor", *(("of",) if "with" in args and not t.predicate else ()))
    common = [g for name in hosts for g in args.get(name, [])]
    partners = [m for name in ("object", "with", "from") for g in args.get(name, []) for m in g.mentions]
    partners = [m for m in partners if not _in_plural(m)] or partners
    each = [m for g in common for m in g.mentions if m.type == "person"]
    alone = len(partners) == 1 and (
        not _APART.isdisjoint(s.text.low[s.clause_start(t.start) : s.clause_end(t.end)]) or _principals_meet(s, args)
    )
    if alone:
        common, partners = [Group(m.start, m.end, [m]) for m in partners], each  # "X and Y separately received Z"
    if len(partners) < 2 or not (common or draft.headline):
        return
    rows = _with_their_lands(partners)
    for n, several in enumerate(rows):
        met = [Group(several[0].start, several[-1].end, several)]
        _meet_apart(s, draft, ("participant", common), ("participant", met))
        if len(s.whens) > 1 and not alone and (day := _day_of(s, t, rows, n)) is not None:
            draft.apart[-1].take_date(day)


def _day_of(s: Sentence, t: Trigger, rows: list[list[Mention]], n: int) -> When | None:
    """The day of its own on which one of several is met: "A on Monday and |B on Tuesday|", "A and |tomorrow B|"."""
    begin, end = rows[n][0].start, rows[n][-1].end
    stop = rows[n + 1][0].start if n + 1 < len(rows) else s.last
    behind = [w for w in s.whens if end <= s.text.token_at(w.start) < stop and not _of_next(s, w, stop)]
    before = [w for w in s.whens if (_of_next(s, w, begin) if n else w.end <= t.hit.start)]
    return next(iter(before if n and before else behind or before), None)


def _of_next(s: Sentence, when: When, begin: int) -> bool:
    """Whether a day stands right before somebody, whom token ``begin`` opens, and behind what joins him to others."""
    gap = s.text.low[s.text.token_at(when.end) : begin]
    return begin < s.last and when.start < s.text.tokens.starts[begin] and len(gap) < 4 and _JOINING.isdisjoint(gap)


def _coming(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> Draft | None:
    """The visit that is announced with a welcome: "X will welcome Y of Z |to the palace| on March 1"."""
    hosts, guests = ({k for role, k in draft.roles if role == end} for end in ("host", "guest"))
    lands = s.register.homes(hosts)
    goals = [m for g in args.get("to", []) for m in g.mentions if m.type in ("place", "body")]
    if not guests or len(lands) != 1 or not goals or lands & s.register.homes(guests):
        return None
    if s.lex.country_of(goals[0].value) not in lands or _WELCOMING.isdisjoint(_words(s, t)[-2:]):
        return None
    roles = [("visitor", k) for k in sorted(guests)]
    return replace(draft, kind="visit", top="visit", roles=roles, place=min(lands), spans=list(draft.spans), apart=[])


def _with_their_lands(partners: list[Mention]) -> list[list[Mention]]:
    """Those met, each with the country behind "of" that is his: "X of Norway and Y of Chad"."""
    rows: list[list[Mention]] = []
    for m in partners:
        if rows and m.type == "body" and rows[-1][-1].type == "person":
            rows[-1].append(m)
        else:
            rows.append([m])
    return rows


def _framed(s: Sentence, t: Trigger) -> Arguments:
    """Which several do something "in a call": "the ministers of A and B discussed Y in a telephone call"."""
    low = s.text.low
    near = range(t.start, max(s.first - 1, t.start - 5), -1)
    k = next((k for k in near if low[k] in _FRAMING), None)
    if k is None or not _GOING_ON.isdisjoint(low[k + 1 : t.start]):
        return {}
    if low[k - 1] in _DONE_THERE:
        return {}  # "the commitments made during talks"
    if k - s.first < 3:
        comma = next((n for n in range(t.end, min(t.end + 9, s.last)) if low[n] == ","), t.end)
        if comma == t.end or not _BEING.isdisjoint(low[t.end : comma]):
            return {}
        found = [g for g in subject_after(s, comma) if _present(g) > 1]
        return {"subject": found} if found else {}
    found = [g for g in find_subject(s, t) if _present(g) > 1]
    if not found:
        begin = s.clause_start(t.start)
        named = [g for g in s.groups if begin <= g.start and g.end <= k and _present(g) and may_act(s, g)]
        found = named[:2] if len(named) > 1 and _addressee(s, *named[:2]) else []
    return {"subject": [resolved(s, g) for g in found]} if found else {}


def _addressee(s: Sentence, speaker: Group, g: Group) -> bool:
    """Whether a group is whom the verb right behind the speaker is said to: "X |warned| Y in a call"."""
    between = s.text.low[speaker.end : g.start]
    return 0 < len(between) < 4 and not _JOINING.intersection(between)


def _are_several(args: Arguments, draft: Draft) -> bool:
    """Whether those who act are more than one."""
    return len(draft.people) + len(draft.offices) > 1 or _row_of_several(args["subject"])


def _row_of_several(groups: list[Group]) -> bool:
    """Whether several countries or offices act together: "the leaders of A, B and C"."""
    return any(len(g.mentions) > 1 and all(m.end and not m.adjective for m in g.mentions) for g in groups)


def _enough(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Say what is missing where fewer than two met; talks of bodies alone are a gathering."""
    if other := _other_side(s, t, args, draft):
        draft.parties.add(other)
        draft.background = True
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
        if not t.predicate and t.top == "meeting" and not (draft.lead or of_leaders) and _sides_beside(s, t):
            told = (d for d in s.drafts if d.top == "meeting" and d.status == draft.status and d.people)
            if draft.date is None and any(d.parties == draft.parties for d in told):
                return ""  # "It will be the first talks between the X and Y diplomats"
            draft.kind = draft.top = "conference"
    return None


def _other_side(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """The country that talks are with, or whose they are, where it goes without saying.

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


def _talks_within(s: Sentence, t: Trigger) -> bool:
    """Whether those of one country talk with one another: "talks between Sudan's warring parties resumed in X"."""
    low = s.text.low
    if t.predicate or low[t.end - 1] not in _TALKS or low[t.end : t.end + 1] != ["between"]:
        return False
    behind = low[t.end : min(t.end + 16, s.last)]
    return s.text.says("held", *s.text.span(t.end, min(t.end + 20, s.last))) is not None or not _GOING.isdisjoint(
        behind
    )


def _sides_beside(s: Sentence, t: Trigger) -> bool:
    """Whether the sides stand beside "talks": "Russian-Ukrainian talks", "the talks between A and B"."""
    bodies = [m for m in s.text.mentions[s.index] if m.type == "body"]
    return any(-4 < m.end - t.start < 1 or 0 <= m.start - t.end < 6 for m in bodies)


def _lead_only(s: Sentence, t: Trigger, draft: Draft) -> str | None:
    """ "During a telephone conversation, X wished Y …": in the lead those named are those who met."""
    if t.start - s.first < 5:
        for m in s.text.mentions[s.index]:
            if m.type == "person" and m.person >= 0 and s.text.low[m.start - 1] != "of":
                s.take(draft, "participant", [Group(m.start, m.end, [m])])
    return None if len(draft.people) > 1 else "no participant is stated"
