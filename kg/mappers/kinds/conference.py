"""Conferences: gatherings told as events — which one is meant, whether it is told as held, when and where.

A gathering is named by capitals, a number, or the bodies before its noun ("the 12th BRICS summit", "a China-Africa
media forum"). One that is not ("the summit") is the one spoken of before, or is told to be held; else it is no event.
"""

from dataclasses import replace

from kg.edtf import bounds
from kg.language.dates import When, compatible
from kg.language.text import Mention
from kg.language.words import words
from kg.mappers.acts import own_date
from kg.mappers.arguments import hosts_after
from kg.mappers.circumstances import locate
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.drafts import GATHERINGS, Draft, Name
from kg.mappers.kinds.attendance import is_of_way, take_attending, take_owners, talk_before
from kg.mappers.kinds.gathering import (
    before_name,
    governed,
    governor_of,
    is_carried,
    is_held,
    is_hosted_for,
    is_met_for,
    is_state_of,
    of_two,
    on_margins,
    own_side,
)
from kg.mappers.kinds.unions import raised
from kg.mappers.plans import is_promised, is_scheduled
from kg.mappers.reference import leaders, resolved
from kg.mappers.subjects import find_subject

_DEFINITE = words("gatherings", "definite")
_VAGUE = words("gatherings", "vague")
_BEFORE_HEADS = (
    words("gatherings", "carrying") | words("gatherings", "articles") | words("gatherings", "talk_adjectives")
)
_JOINT = words("gatherings", "joint")
_OTHERS = words("gatherings", "others")
_PURPOSES = words("gatherings", "purposes")
_LEAVING = words("gatherings", "leaving")
_FARTHEST_GOAL = 14  # tokens between a journey and the gathering it is for
_FARTHEST_PLACE = 9
_FARTHEST_ARTICLE = 4
_BETWEEN = words("grammar", "argument_prepositions") | {"and", "or"}
_SERIES = words("gatherings", "series")
_LEADERS = words("gatherings", "of_heads") | words("gatherings", "of_ministers")
_STAND_INS = words("gatherings", "stand_ins")
_WHERE = words("gatherings", "where")
_BEFORE_TOPICS = words("gatherings", "before_topics")
_PLACING = words("grammar", "placing_prepositions")
_SMALL_ONES = words("gatherings", "parts") | words("gatherings", "sitting_nouns")
_HOSTING = words("grammar", "hosting_verbs")
_AHEAD = words("acts", "future_auxiliaries") | {"would"}
_EARLIER = words("grammar", "earlier_ones")
_CHANNELS = words("gatherings", "channels")
_KEPT_UP = ("dialogue", "negotiation-round")
_GOING_ON = words("gatherings", "going_on")
_VALUED = words("gatherings", "valued")
_ATTENDING = words("presence", "attending")
_THERE = words("ceremonies", "attending")
_BEING_THERE = words("acts", "present_auxiliaries")
_DISCUSSING = words("gatherings", "discussing")
_MODALS = words("gatherings", "modals")
_OF_SEVERAL = words("gatherings", "of_several")


def conference(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Gatherings: named ones, those told to be held, and talks of delegations."""
    name = draft.gathering
    if name is None:
        return ""
    other = not name.proper and name.start > s.first and s.text.low[name.start - 1] in _OTHERS
    day = _day_within(s, name)
    draft.name = s.text.printed(name.start - other if day is None else s.text.token_at(day.end), name.end)
    if letters := _letters_behind(s, name):
        draft.names = [letters]
    this = _this_one(s, name)
    meant = (_called_by_place(s, name) or this) if name.proper else _spoken_of(s, t, name)
    if meant is not None and not compatible(meant.date, draft.date):
        own = own_date(s, t) is not None and not is_of_way(s, name)
        meant = None if own or is_held(s, name) else meant
        if meant is not None:
            draft.forget_date()  # "X, who hosted |the summit|, said that since Sunday"
    if meant is not None:
        meant.name = meant.name or draft.name
        draft.name = meant.name
    take_owners(s, t, args, draft, name)
    if not draft.weight() and (name.numbered or s.text.low[name.start - 1] in _OTHERS):
        draft.parties |= _sides_of_series(s, name)
    stands_in = meant is None and not name.proper and s.text.low[name.head] in _STAND_INS
    if stands_in and (len(draft.parties) < 2 or not is_carried(s, name)) and not _is_of_leaders(s, draft, name):
        return ""
    if meant is not None and name.proper and meant.place and (host := s.lex.country_of(meant.place)):
        draft.parties.add(host)
    if meant is not None and meant is this:
        meant.parties |= draft.parties
        meant.name = meant.name or s.text.printed(name.start, name.end)
        return ""
    take_attending(s, t, args, draft, name)
    draft.parties = raised(draft.parties, s.authority)
    if meant is not None:
        begins = bool(draft.premises) and is_scheduled(s, t, draft.premises)  # "|The forum| begins on Thursday"
        if not draft.weight() and draft.date and (begins or is_held(s, name)):
            draft.parties |= meant.parties  # "|the negotiations|, held in Y from May 4 to 7"
        settled = not name.proper and not meant.headline and (meant.date or not draft.date)
        if meant.lead and (settled or begins or (draft.date is None and not is_held(s, name))):
            draft.status = meant.status  # "is attending |the gathering|", which is to come
        return None if draft.weight() else ""
    if not name.proper and _between_persons(s, t, draft, name):
        s.take(draft, "participant", args.get("subject", []) if "with" in args else [])
        return _as_talks(s, t, draft)
    if _is_hosts_meeting(s, draft, name):
        return ""
    draft.background = draft.background or is_state_of(s, governor_of(s, name))
    reason = "" if _is_round_of_them(s, t, name) else _is_other(s, t, args, draft, name)
    if reason is None:
        _date(s, draft, name)
        _as_goal(s, draft, name)
        reason = _complete(s, t, args, draft, name)
        draft.aside = draft.aside or (draft.status == "planned" and talk_before(s, t) is not None)
    if reason is None:
        _take_land(s, t, args, draft, name)
        _part(s, draft, name)
    return reason


def _day_within(s: Sentence, name: Name) -> When | None:
    """The day that stands before a name: "as was announced at the |September 25| Oslo Summit"."""
    begin, end = s.text.tokens.starts[name.start], s.text.tokens.starts[name.head]
    day = next((w for w in s.whens if w.start == begin and w.end < end and len(w.value) > 7), None)
    return day if day is not None and s.text.low[s.text.token_at(day.end)] != "'s" else None


def _letters_behind(s: Sentence, name: Name) -> str:
    """How a gathering is called for short behind its name: "the 28th Conference of the Parties |(COP28)|"."""
    words, end = s.text.tokens.words, name.end
    short = words[end + 1] if words[end : end + 3 : 2] == ["(", ")"] else ""
    return short if name.proper and short[:2].isupper() else ""


def _is_round_of_them(s: Sentence, t: Trigger, name: Name) -> bool:
    """Whether the latest sitting is named of the talks told right before: "negotiations, after the |recent round|"."""
    told = s.drafts[-1] if s.drafts and s.drafts[-1].spans[-1] == s.span else None
    if told is None or told.kind != t.kind or t.kind != "negotiation-round" or name.proper:
        return False
    return s.text.low[name.start - 1] in _EARLIER and len(told.parties) > 1


def _is_of_leaders(s: Sentence, draft: Draft, name: Name) -> bool:
    """Whether it is told of which organisation's people the gathering is: "a gathering |of the leaders of the CIS|"."""
    of = not draft.parties.isdisjoint(s.authority.organisations)
    return of and s.text.low[name.end] == "of" and not _LEADERS.isdisjoint(s.text.low[name.end : name.end + 5])


def _is_hosts_meeting(s: Sentence, draft: Draft, name: Name) -> bool:
    """Whether a meeting only names what the same two met for: "X hosted Y of Z |for a meeting of the A-Z Group|"."""
    told = s.drafts[-1] if s.drafts else None
    if told is None or told.top != "meeting" or told.spans[-1] != s.span or len(told.people) < 2:
        return False
    for_it = s.text.low[name.head] == "meeting" and s.text.low[governor_of(s, name)] == "for"
    return for_it and draft.parties == told.parties and not draft.people - told.people


def _is_other(s: Sentence, t: Trigger, args: Arguments, draft: Draft, name: Name) -> str | None:
    """Why the phrase tells of no gathering of its own, where it does not."""
    told = [d.parties for d in s.drafts if d.top == "meeting"] if len(draft.parties) > 1 else []
    if (
        t.kind == "negotiation-round"
        and draft.status == "occurred"
        and any(draft.parties <= parties for parties in told)
    ):
        return ""  # the talks told of already, called negotiations
    if _goes_on(s, t, draft, name):
        return ""
    promised = is_promised(s, t)
    if name.proper:
        if not promised and _is_called_for(s, name):
            return ""
        general = _is_general(s, t, draft, name) or _is_channel(s, t, draft, name) or _is_standing(s, draft, name)
        return "" if general else None
    if (_is_wished(s, name) and not promised) or _is_their_meeting(s, draft, name):
        return ""
    return None if _is_told(s, t, args, draft, name) else "the gathering is not named"


def _between_persons(s: Sentence, t: Trigger, draft: Draft, name: Name) -> bool:
    """Whether the gathering is of a few persons: "X and Y held consultations", "the summit of X and Y", "the next
    meeting of the two ministers".

    Consultations that two services hold by turns, "political consultations", are a gathering even so.
    """
    if t.kind == "summit":
        return len(draft.people) == 2 and draft.parties.isdisjoint(s.authority.organisations)
    if s.text.low[name.head] == "meeting" and len(draft.parties & s.authority.countries.keys()) == 2:
        theirs = any(0 < g.start - name.head < 4 and g.mentions[0].type == "group" for g in s.groups)
        return len(draft.people) + len(draft.offices) == 2 or theirs
    if t.kind != "dialogue" or len(draft.people) + len(draft.offices) < 2:
        return False
    if s.text.low[name.head - 1] in _OF_SEVERAL:
        return False  # "welcomed X and Y for a |trilateral| dialogue"
    return name.head == t.start or s.text.low[name.head - 1] in _BEFORE_HEADS


def _as_talks(s: Sentence, t: Trigger, draft: Draft) -> str | None:
    """Turn a gathering of two into a meeting, or a call where it was held from afar; none if already told of."""
    if _told(s, draft):
        return ""
    afar = "virtual" in s.text.low[max(s.first, t.start - 3) : t.end] or s.text.says("by_video", *s.span)
    draft.kind, draft.top = ("video-call", "call") if afar else ("meeting", "meeting")
    return None


def _told(s: Sentence, draft: Draft) -> list[Draft]:
    """The talks that the same people are told already to have had then."""
    talks = [d for d in s.drafts if d.top in ("call", "meeting") and d.people == draft.people]
    return [d for d in talks if compatible(d.date, draft.date)]


def _is_their_meeting(s: Sentence, draft: Draft, name: Name) -> bool:
    """Whether it is the talk of those few just told of: "the meeting of the two ministers was held in a warm mood"."""
    few = len(draft.people) > 1 and s.text.low[name.head] == "meeting"
    return few and any(draft.parties <= d.parties for d in _told(s, draft))


def _part(s: Sentence, draft: Draft, name: Name) -> None:
    """Make a gathering for each body of a row: "the SCO and CSTO summits"."""
    noun = s.text.low[name.head]
    named = {m.value for m in s.text.mentions[s.index] if m.type == "body" and m.start <= name.head}
    bodies = sorted(raised(named, s.authority) & draft.parties & s.authority.organisations.keys())
    if noun.endswith("s") and noun[:-1] in GATHERINGS and len(bodies) > 1 and not draft.apart:
        others = draft.parties - set(bodies)
        for body in bodies:
            label = f"{s.lex.notation(body)} {noun[:-1]}"
            one = replace(draft, name=label, parties=others | {body}, roles=list(draft.roles), spans=list(draft.spans))
            draft.apart.append(one)


def _spoken_of(s: Sentence, t: Trigger, name: Name) -> Draft | None:
    """The gathering that "the summit", "this forum" goes on about: the last of that noun, else the one of the lead."""
    low = s.text.low
    before = low[max(s.first, name.start - 2) : name.start]
    near = bool(before) and (before[-1] in _DEFINITE or (before[0] == "the" and before[-1] not in _VAGUE))
    near = near or low[max(s.first, name.start - 3) : name.start] == ["this", "year", "'s"]
    if not near and not (name.start < name.head and low[name.start] in _DEFINITE):
        return None
    known = [d for d in s.drafts if d.top == "conference"]
    talks = t.kind in _KEPT_UP and name.start == t.start
    same = [d for d in known if d.bears(low[name.head]) or (talks and d.kind in _KEPT_UP)]
    if "today's" in before and (news := [d for d in same if d.date == s.published]):
        return news[-1]
    if same:
        return same[-1]
    if low[name.head] == "meeting" and (told := s.gathering_told()) is not None and told.lead:
        return told
    known = [d for d in known if not d.background]
    return known[0] if len(known) == 1 and known[0].lead and t.kind in ("conference", "summit", "session") else None


def _this_one(s: Sentence, name: Name) -> Draft | None:
    """The gathering of the news that "|this| 26th Meeting" goes on about."""
    if not name.numbered or name.start == s.first or s.text.low[name.start - 1] != "this":
        return None
    told = [d for d in s.drafts if d.top == "conference" and d.lead and not d.aside]
    return told[0] if len(told) == 1 else None


def _called_by_place(s: Sentence, name: Name) -> Draft | None:
    """The gathering of the news that is also called by where it is: "the Abuja summit"."""
    if not any(m.type == "place" and (m.start, m.end) == (name.start, name.head) for m in s.text.mentions[s.index]):
        return None
    place = next(m.value for m in s.text.mentions[s.index] if m.start == name.start)
    told = [d for d in s.drafts if d.top == "conference" and not d.aside]
    land = s.lex.country_of(place)
    return next((d for d in told if d.place in (place, land) or (d.lead and d.place is None)), None)


def _is_told(s: Sentence, t: Trigger, args: Arguments, draft: Draft, name: Name) -> bool:
    """Whether an unnamed gathering is told as held, or is negotiations between sides that are told to go on."""
    low = s.text.low
    if t.predicate or name.numbered:
        return True
    if on_margins(s, name):
        topic = low[name.head + 1] in _BEFORE_TOPICS and _has_topic(s, t, name)
        return topic or _is_of_leaders(s, draft, name)
    talking = t.kind in ("negotiation-round", "dialogue")
    governor, before = governor_of(s, name), low[name.start - 1] if name.start > s.first else ""
    if t.kind == "negotiation-round" and _is_definite(s, name):
        return _sides_of_talks(s, draft, name)
    if before in _VAGUE and draft.parties & s.authority.organisations.keys():
        return True  # "the upcoming meeting of NATO ministers"
    if t.kind in ("conference", "summit") and _is_known_there(s, name):
        return True
    if not draft.people and draft.parties and is_met_for(s, name):
        return True  # "the leaders of X |met in Y for a summit|"
    held = is_held(s, name) or bool(hosts_after(s, name.end))
    carried = is_carried(s, name) or _is_to_be_hosted(s, name)
    if len(draft.people) == 1 and governed(s, name) and _has_topic(s, t, name):
        return True
    if not low[name.head].endswith("s") and _is_fixed(s, t, draft, name):
        return True
    if len(draft.parties) + len(draft.people) < 2:
        if held and _may_wait(s, t, draft, name):
            return _sides_of_talks(s, draft, name) or draft.lead
        told = held or (carried and bool(draft.weight()) and t.kind != "dialogue") or before in _EARLIER
        return told and (talking or not low[name.head].endswith("s")) and _sides_of_talks(s, draft, name)
    if talking:
        return (
            held
            or carried
            or is_state_of(s, governor)
            or is_hosted_for(s, governor)
            or (governor >= s.first and low[governor] in _WHERE)
            or _is_joined(s, governor)
        )
    return True


def _is_joined(s: Sentence, governor: int) -> bool:
    """Whether somebody is told with a verb to take part in talks: "will |participate in| political consultations"."""
    if s.text.low[governor] in _ATTENDING:
        return True
    if s.text.low[governor] != "in":
        return False
    said = s.text.says("attending", *s.text.span(max(s.first, governor - 3), governor + 1))
    return said is not None


def _is_known_there(s: Sentence, name: Name) -> bool:
    """Whether a gathering is known to be near and where: "the upcoming regional |conference in Tunis|"."""
    low = s.text.low
    near = low[before_name(s, name.start) + 1 : name.start]
    placed = low[name.end] in _PLACING and any(m.is_where and m.start == name.end + 1 for m in s.text.mentions[s.index])
    return placed and "the" in near and not _VAGUE.isdisjoint(near) and low[name.head] not in _SMALL_ONES


def _is_definite(s: Sentence, name: Name) -> bool:
    """Whether talks are those that are known to go on: "|the| border demarcation negotiations"."""
    low = s.text.low
    for k in range(name.start - 1, max(s.first, name.start - _FARTHEST_ARTICLE) - 1, -1):
        if low[k] in _DEFINITE or low[k] in _VAGUE:
            return True
        if not s.text.tokens.words[k].islower() or low[k] in _BETWEEN:
            return False
    return False


def _is_fixed(s: Sentence, t: Trigger, draft: Draft, name: Name) -> bool:
    """Whether an unnamed gathering has a day and a place: "a summit in Geneva next week", "hosts a summit in June"."""
    if t.kind not in ("conference", "summit") or s.text.low[name.head] in _SMALL_ONES:
        return False
    if own_date(s, t) is None:
        return False
    there = any(m.is_where and name.head < m.start < name.head + _FARTHEST_PLACE for m in s.text.mentions[s.index])
    return there or (bool(draft.weight()) and _is_hosted(s, name))


def _has_topic(s: Sentence, t: Trigger, name: Name) -> bool:
    """Whether an unnamed gathering is told by its topic or its place: "spoke at |a forum on trade|"."""
    low = s.text.low
    article = low[max(s.first, name.start - 4) : name.start]
    told_apart = t.end - t.start > 1 or (name.start < name.head) or low[name.start - 1] not in _DEFINITE
    known = "the" in article and told_apart  # "attended |the business| forum on trade"
    small = low[name.head] in _SMALL_ONES and t.end - t.start == 1  # unlike "a |ministerial| meeting"
    if small or not (known or "a" in article or "an" in article):
        return False
    there = low[name.head + 1] in _PLACING and any(
        m.is_where and 0 < m.start - name.head < 4 for m in s.text.mentions[s.index]
    )
    return there or low[name.head + 1] in _BEFORE_TOPICS or low[name.head + 1] == "with"


def _is_called_for(s: Sentence, name: Name) -> bool:
    """Whether a gathering that is none yet is asked for: "called for |an emergency session of the Council|"."""
    if name.start <= s.first or s.text.low[name.start - 1] not in ("a", "an"):
        return False
    before = s.text.tokens.starts[max(s.first, name.start - 5)]
    return s.text.says("unreal", before, s.text.tokens.starts[name.start]) is not None


def _is_general(s: Sentence, t: Trigger, draft: Draft, name: Name) -> bool:
    """Whether the gatherings of one body are spoken of in general: "the East Asia Summits provide an opportunity"."""
    if s.text.low[name.head] not in _SERIES or draft.status == "planned" or name.numbered or draft.date:
        return False
    governor = governor_of(s, name)
    attended = governor >= s.first and s.text.low[governor] in _WHERE
    return len(draft.parties) < 2 and not attended and not is_held(s, name) and not draft.people


def _is_channel(s: Sentence, t: Trigger, draft: Draft, name: Name) -> bool:
    """Whether a dialogue without a day is only the way in which two go on working: "progress |under| the Dialogue"."""
    if t.kind != "dialogue" or draft.lead or name.numbered or draft.date or draft.status != "occurred":
        return False
    governor = governor_of(s, name)
    while governor > s.first and s.text.low[governor].endswith(("ly", "ed")):
        governor -= 2 if s.text.low[governor - 1] in _DEFINITE else 1  # "through the newly launched …"
    return governor >= s.first and s.text.low[governor] in _CHANNELS and not governed(s, name)


def _goes_on(s: Sentence, t: Trigger, draft: Draft, name: Name) -> bool:
    """Whether talks are only to be kept up: "agreed |to resume| the dialogue", "vowed to continue consultations"."""
    if t.kind not in _KEPT_UP or name.numbered or draft.date:
        return False
    governor = governor_of(s, name)
    return governor > s.first and s.text.low[governor] in _GOING_ON and s.text.low[governor - 1] == "to"


def _is_standing(s: Sentence, draft: Draft, name: Name) -> bool:
    """Whether a series is only spoken of, and no sitting of it: "the |importance of| the Bled Forum", "30 years of"."""
    own = draft.date if s.date_between(name.start, s.clause_end(name.end)) else None
    if name.numbered or own or draft.status == "planned" or is_held(s, name):
        return False
    governor = governor_of(s, name)
    if governor <= s.first:
        return False
    low = s.text.low
    if low[governor] == "of":
        return low[governor - 1] in _VALUED
    return low[governor] == "under" or low[governor - 1 : governor + 1] == ["such", "as"]


def _is_wished(s: Sentence, name: Name) -> bool:
    """Whether an unnamed gathering is only hoped for or possible: "a summit |can take place"."""
    begin = s.text.tokens.starts[max(s.clause_start(name.start), name.start - 12)]
    after = s.text.tokens.words[name.end : name.end + 6]  # as printed: "in May" is a month
    ahead = s.text.says("planned", begin, s.text.tokens.starts[name.start])
    wish = s.text.says("unreal", begin, s.text.tokens.starts[name.start])
    return bool(wish and not (ahead and ahead[0] > wish[0])) or not _MODALS.isdisjoint(after)


def _sides_of_talks(s: Sentence, draft: Draft, name: Name) -> bool:
    """Give the sides of the talks spoken of before to those that name none; plans are those of the news."""
    if not draft.weight():
        before = [d for d in s.drafts if d.top == "conference" and len(d.parties) > 1]
        if before:
            draft.parties |= before[-1].parties
        elif draft.status == "planned":
            draft.parties |= {m.value for m in leaders(s) if m.type == "body"}
        else:
            draft.parties |= of_two(s, name.start, min(name.end + 5, s.last))
    return bool(draft.weight())


def _sides_of_series(s: Sentence, name: Name) -> set[str]:
    """The sides of the gathering told last, where another of its series follows: "the 46th meeting", "the next one"."""
    told = s.drafts[-1] if s.drafts else None
    if told is None or told.top != "conference":
        return set()
    noun = s.text.low[name.head]
    alike = noun == "meeting" or told.bears(noun)
    serial = told.lead and s.text.low[before_name(s, name.start) + 2] in _OTHERS  # "since |the last| A Summit"
    return set(told.parties) if alike or serial else set()


def _date(s: Sentence, draft: Draft, name: Name) -> None:
    """A year in the name dates a gathering ("the 2025 World Cities Summit"); a day told before an occasion does not."""
    if name.numbered:
        draft.background = "rounds" in s.text.low[name.start : name.head + 1]  # "the first Forum" is no earlier one
    year = next(
        (w for w in s.text.low[name.start : name.end] if len(w) == 4 and w.isdigit() and w[:2] in ("19", "20")), ""
    )
    if year and not (draft.date or "").startswith(year):
        draft.date, draft.rule, draft.premises = year, None, []
    begin = s.text.tokens.starts[name.start]
    day = _day_within(s, name)
    if day is not None and draft.date is None:
        draft.take_date(day)
    own = any(
        w.start <= begin <= w.end + 1
        or (w.start > begin and (w.value == draft.date or (w.start, w.end) in draft.premises))
        for w in s.whens
    )
    before = any(w.end <= begin for w in s.whens) and not own
    if s.text.low[governor_of(s, name)] in _DISCUSSING:
        draft.aside = True
        if before:
            draft.forget_date()  # that of the talks about it
    if not (draft.aside and draft.date and before and not _is_hosted(s, name)):
        return
    if draft.status == "planned" and bounds(draft.date)[1] <= (s.published or ""):
        draft.forget_date()  # "met X |today| ahead of the summit"
    else:
        draft.date, draft.rule = draft.date[:7], "month-of-occasion"  # of what happened beside it or before it


def _as_goal(s: Sentence, draft: Draft, name: Name) -> None:
    """Date and place a gathering somebody is abroad for: "is in Y to attend the Z Forum" is about now, and there."""
    low = s.text.low
    if draft.date is None and is_hosted_for(s, governor_of(s, name)) and (day := _day_before(s, name)) is not None:
        draft.take_date(day)
        ahead = s.text.says("planned", *s.text.span(s.clause_start(name.start), name.start))
        draft.status = "planned" if ahead else draft.status
    now = draft.date in (None, (s.published or "")[:4]) and draft.status == "occurred"
    if s.published and now and _is_being_attended(s, name):
        draft.date, draft.rule, draft.premises = s.published[:7], "month-of-publication", []
    journey = next((x for x in reversed(s.triggers) if x.top == "visit" and x.end <= name.start), None)
    told = next((d for d in reversed(s.drafts) if d.top == "visit" and d.spans[-1] == s.span), None)
    if journey is None or told is None or not s.published or name.start - journey.end > _FARTHEST_GOAL:
        return
    between = low[journey.end : name.start]
    if "," in between or _PURPOSES.isdisjoint(between):
        return
    if draft.date and is_held(s, name):
        return
    if not draft.parties & s.authority.organisations.keys():
        draft.parties |= told.parties
    if s.date_between(journey.start, name.end):
        if told.status == "planned" and draft.date is None:
            draft.date_as(told)  # "will go to X |on April 25| for the conference"
    elif draft.date and len(draft.date) > 9 and draft.date > s.published:
        draft.status = "planned"  # "arrived in X for the summit |on May 28|", which is to come
    elif not s.date_between(name.end, min(name.end + 2, s.last)) and (
        not draft.date or draft.date == s.published[:4] or s.date_between(name.end, s.last)
    ):
        draft.date, draft.rule, draft.premises = s.published[:7], "month-of-publication", []
    if told.status == "planned" or low[journey.start + (low[journey.start] in ("has", "have"))] in _LEAVING:
        draft.status = "planned"


def _day_before(s: Sentence, name: Name) -> When | None:
    """The day told before a gathering for which others are received: "will go to X |on May 2| to host Y for the"."""
    begin, end = s.text.span(s.clause_start(name.start), name.start)
    return next((w for w in reversed(s.whens) if begin <= w.start and w.end <= end and len(w.value) == 10), None)


def _is_being_attended(s: Sentence, name: Name) -> bool:
    """Whether somebody is told to be at a gathering these days: "X |is attending| this year's Z Summit"."""
    low = s.text.low
    near = range(name.start - 1, max(s.first + 1, name.start - 6), -1)
    at = next((k for k in near if low[k].endswith("ing") and low[k] in _THERE), 0)
    return at > 0 and not _BEING_THERE.isdisjoint(low[at - 2 : at])


def _is_hosted(s: Sentence, name: Name) -> bool:
    """Whether somebody is host of others "for" the gathering, which is then on the day of it."""
    return not _HOSTING.isdisjoint(s.text.low[max(s.first, name.start - 12) : name.start])


def _is_to_be_hosted(s: Sentence, name: Name) -> bool:
    """Whether it is told who will be host of it: "|will host| peace talks", "Peru |hosts| talks"."""
    low = s.text.low
    verb = next((k for k in range(name.start - 1, max(s.first, name.start - 4), -1) if low[k] in _HOSTING), s.first)
    before = low[verb - 1] in _AHEAD or any(g.end == verb and g.mentions[-1].type == "body" for g in s.groups)
    return verb > s.first and before and not low[verb].endswith("ing")


def _complete(s: Sentence, t: Trigger, args: Arguments, draft: Draft, name: Name) -> str | None:
    """Settle whose the gathering is, where neither its name nor those who came tell: the host's."""
    itself = {m.value for m in s.text.mentions[s.index] if m.type == "body" and m.start <= name.head < m.end}
    if not draft.weight() and is_carried(s, name):
        s.take(draft, "participant", [resolved(s, g) for g in find_subject(s, t)])  # "|they| concluded the third round"
    if not draft.parties and t.kind == "negotiation-round":
        told = _talks_before(s, t, draft)
        draft.parties |= told or {m.value for m in leaders(s) if m.type == "body"}  # "the RCEP negotiations"
    if t.kind == "negotiation-round" and "with" in args and len(draft.parties) == 1 and (own := own_side(s, t, draft)):
        draft.parties.add(own)
    if not draft.parties and not _JOINT.isdisjoint(s.text.low[name.start : name.end]):  # "the Joint Committee session"
        known = {m.value for m in leaders(s) if m.type == "body"}
        draft.parties |= known if len(known) == 2 else set()
    if t.kind != "negotiation-round" and not (draft.parties | s.register.homes(draft.people)) - itself:
        locate(s, t, args, draft)
        _take_host(s, draft, name)
    waits = draft.lead and _may_wait(s, t, draft, name) and is_held(s, name)
    return None if draft.weight() or waits else "whose gathering it is is not stated"


def _may_wait(s: Sentence, t: Trigger, draft: Draft, name: Name) -> bool:
    """Whether the sentences behind may tell who was at a gathering of which it is only told that it was held."""
    one = s.text.low[name.head] not in _SMALL_ONES and not s.text.low[name.head].endswith("s")
    return t.kind in ("conference", "summit", "congress") and not draft.headline and (one or name.proper)


def _take_land(s: Sentence, t: Trigger, args: Arguments, draft: Draft, name: Name) -> None:
    """Add the country that people of another are told to attend a gathering in, unless it is an organisation's."""
    sides = draft.parties | s.register.homes(draft.people)
    if not draft.people or len(sides) > 1 or not sides <= s.authority.countries.keys():
        return
    behind = any(m.is_where and m.start > name.head for m in s.text.mentions[s.index])
    if behind or any(x.top == "visit" and x.end <= name.start for x in s.triggers):  # not in "met X in Y and praised"
        locate(s, t, args, draft)
        land = s.lex.country_of(draft.place) if draft.place else None
        draft.parties |= {land} if land else set()


def _talks_before(s: Sentence, t: Trigger, draft: Draft) -> set[str]:
    """The sides of the talks told right before: "told him of the talks. The last round was", "the talks of X with Y,
    the third round |of which|"."""
    if s.text.low[t.end : t.end + 2] == ["of", "which"]:
        named = [m.value for m in s.text.mentions[s.index] if m.type == "body" and m.end <= t.start]
        return set(named[-2:])
    told = s.drafts[-1] if s.drafts else None
    if told is None or told.top != "conference" or len(told.parties) < 2 or told.status != draft.status:
        return set()
    return set(told.parties) if s.text.sentence_of(s.text.token_at(told.order)) == s.index - 1 else set()


def _take_host(s: Sentence, draft: Draft, name: Name) -> None:
    """Add the body whose gathering is called by its place only ("the Johannesburg summit"), else the host country."""
    within = [m for m in s.text.mentions[s.index] if m.type == "place" and name.start <= m.start < name.end]
    noun = s.text.low[name.head]
    told = (d for d in s.drafts if d.top == "conference" and (d.lead or d.bears(noun)))
    series = [p for d in told for p in d.parties if p in s.authority.organisations]
    if within and series:
        draft.parties.add(series[-1])
        return
    places: list[Mention] = within
    country = s.lex.country_of(places[0].value if places else draft.place or "")
    home = s.register.home
    if country:
        draft.parties.add(country)
    elif home and any(home in d.parties for d in s.drafts if d.lead):
        draft.parties.add(home)
