"""Conferences: gatherings — what they are called, whose they are and who takes part.

A gathering is named by capitals, a number, or the bodies before its noun ("the 12th BRICS summit", "a China-Africa
media forum"). One that is not ("the summit") is the one spoken of before, or is told to be held; else it is no event.
"""

import re

from msgspec import Struct
from msgspec.structs import replace

from kg.language.dates import compatible
from kg.language.text import Mention
from kg.language.words import words
from kg.mappers.arguments import find_subject, hosts_after, subject_after
from kg.mappers.clauses import Arguments, Group, Sentence, Trigger
from kg.mappers.drafts import GATHERINGS, Draft
from kg.mappers.kinds.unions import raised

_ORDINALS = words("grammar", "ordinals")
_STAY_OUT = words("gatherings", "before_names")
_SMALL = words("gatherings", "within_names")
_NOT_AFTER = words("gatherings", "no_gathering_after")
_NOT_BEFORE = words("gatherings", "no_gathering_before")
_PARTS = words("gatherings", "parts")
_DEFINITE = words("gatherings", "definite")
_VAGUE = words("gatherings", "vague")
_CARRYING = words("gatherings", "carrying")
_STANDING = words("gatherings", "standing")
_APART = words("grammar", "apart")
_STAND_INS = words("gatherings", "stand_ins")
_WHERE = words("gatherings", "where")
_BOARDS = words("gatherings", "boards")
_PHRASE_ENDS = words("gatherings", "phrase_ends")
_JOINTS = frozenset("-–—'’/&()")
_ITS = words("gatherings", "whose")
_BLOCS = words("gatherings", "blocs")
_TRAVEL = words("gatherings", "travel")
_MODALS = words("gatherings", "modals")
_SPEAKING = words("gatherings", "speaking")
_PURPOSE = words("gatherings", "purpose")
_HELPERS = words("gatherings", "helpers")
_SEATING = words("gatherings", "before_seats")
_JOINING = words("gatherings", "within_titles")
_SITTING = words("gatherings", "sitting_bodies")
_ORGANS = words("gatherings", "sitting_organs")
_BESIDE = words("gatherings", "beside")
_MEETING = words("gatherings", "sitting_verbs")
_WITH_OTHERS = frozenset(("object", "with", "to", "by"))
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 16  # tokens of a name before its noun


class Name(Struct):
    """What a gathering is called, in tokens."""

    start: int
    head: int
    """The noun: "summit", "forum"."""
    end: int
    proper: bool
    """Whether capitals, a number or a body before the noun tell it from others."""
    numbered: bool


def no_gathering(s: Sentence, t: Trigger) -> bool:
    """Return whether the phrase names no gathering, which needs no look at who stands around."""
    return _is_none(s, t, _read_name(s, t))


def conference(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Gatherings: named ones, those told to be held, and talks of delegations."""
    low, name = s.text.low, _read_name(s, t)
    draft.name = s.text.printed(name.start, name.end)
    meant = _called_by_place(s, name) if name.proper else _spoken_of(s, t, name)
    if meant is not None:
        draft.name = meant.name
    elif low[name.head] in _STAND_INS and not name.proper:
        return ""
    _take_owners(s, t, args, draft, name)
    if meant is not None and name.proper and meant.place and (host := s.lex.country_of(meant.place)):
        draft.parties.add(host)
    _take_attending(s, t, args, draft, name)
    draft.parties = raised(draft.parties, s.authority)
    if meant is not None:
        return None if draft.weight() else ""
    if name.numbered:
        draft.background = False  # "the first Forum" is no earlier one
    told = [d.parties for d in s.drafts if d.top == "meeting"] if len(draft.parties) > 1 else []
    if t.kind == "negotiation-round" and any(draft.parties <= parties for parties in told):
        return ""  # the talks told of already, called negotiations
    if not name.proper and _between_persons(t, draft):
        return _as_talks(s, t, draft)
    if not name.proper and _is_wished(s, name):
        return ""
    if not name.proper and not _is_told(s, t, args, draft, name):
        return "the gathering is not named"
    _date_by_name(s, draft, name)
    if draft.aside and draft.date and any(w.end <= s.text.tokens.starts[name.start] for w in s.whens):
        draft.date, draft.rule = (
            draft.date[:7],
            "month-of-occasion",
        )  # the day is of what happened beside it or before it
    reason = _complete(s, t, args, draft, name)
    if reason is None:
        _part(s, draft, name)
    return reason


def _between_persons(t: Trigger, draft: Draft) -> bool:
    """Whether the gathering is of a few persons: "X and Y held consultations", "the summit of X and Y"."""
    return (t.kind == "dialogue" and len(draft.people) > 1) or (t.kind == "summit" and len(draft.people) == 2)


def _as_talks(s: Sentence, t: Trigger, draft: Draft) -> str | None:
    """Turn a gathering of two into a meeting, or a call where it was held from afar; none if already told of."""
    if any(
        d.top in ("call", "meeting") and d.people == draft.people and compatible(d.date, draft.date) for d in s.drafts
    ):
        return ""
    afar = "virtual" in s.text.low[max(s.first, t.start - 3) : t.end] or s.text.says("by_video", *s.span)
    draft.kind, draft.top = ("video-call", "call") if afar else ("meeting", "meeting")
    return None


def _part(s: Sentence, draft: Draft, name: Name) -> None:
    """Make a gathering for each body of a row: "the SCO and CSTO summits"."""
    noun = s.text.low[name.head]
    bodies = sorted(draft.parties & s.authority.organisations.keys())
    if noun.endswith("s") and noun[:-1] in GATHERINGS and len(bodies) > 1 and not draft.apart:
        others = draft.parties - set(bodies)
        for body in bodies:
            label = f"{s.lex.notation(body)} {noun[:-1]}"
            one = replace(draft, name=label, parties=others | {body}, roles=list(draft.roles), spans=list(draft.spans))
            draft.apart.append(one)


# -- the name -------------------------------------------------------------------------------------------------------


def members_met(s: Sentence, t: Trigger, args: Arguments) -> set[str]:
    """Return the organisation whose members alone are told to have met: "the ministers of the Group of Seven"."""
    if not t.predicate or t.end - t.start > 1 or t.kind != "meeting" or set(args) & _WITH_OTHERS:
        return set()
    who = [m for g in args.get("subject", []) for m in g.mentions]
    bodies = {m.value for m in who if m.type == "body"} | {
        x.of for m in who if m.type == "office" for x in m.titles if x.of
    }
    whole = all(m.type == "body" or (m.type == "office" and m.titles[0].plural) for m in who)
    return bodies if whole and len(bodies) == 1 and bodies <= s.authority.organisations.keys() else set()


def organ_met(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Make a sitting of a board of several that is told to have met: "the A-B Task Force on Energy |met| in X"."""
    low = s.text.low
    begin = max(s.clause_start(t.start), t.start - _LONGEST)
    if not t.predicate or low[t.start] not in _MEETING:
        return False
    organ = next((k for k in range(t.start - 1, begin - 1, -1) if low[k] in _ORGANS), None)
    if organ is None or t.start - _name_end(s, organ + 1) > 3:
        return False
    start = _name_start(s, organ + 1)
    owners = {m.value for m in s.text.mentions[s.index] if m.type == "body" and start <= m.start < t.start}
    known = next(
        (d for d in reversed(s.drafts) if d.top == "conference" and low[organ] in d.name.lower().split()), None
    )
    if known is not None:
        owners |= known.parties
    if len(owners) < 2 and not owners & s.authority.organisations.keys():
        return False
    draft.kind, draft.top, draft.name = "session", "conference", s.text.printed(start, _name_end(s, organ + 1))
    draft.parties |= raised(owners, s.authority)
    return True


def _read_name(s: Sentence, t: Trigger) -> Name:
    """The name around the noun of a trigger: "the 15th BRICS |Summit| on Trade"."""
    low = s.text.low
    head = next((k for k in range(t.end - 1, t.start - 1, -1) if low[k] in GATHERINGS), t.end - 1)
    start = _name_start(s, t.start if not t.predicate else head)
    end = _name_end(s, max(head + 1, t.end if not t.predicate else 0))
    numbered = any(_is_number(s, k) for k in range(start, head))
    bodies = any(m.type in ("body", "place") and start <= m.start < head for m in s.text.mentions[s.index])
    quoted = end < s.last and s.text.tokens.words[end] in "\"“«'‘" and end + 1 < s.last
    words = s.text.tokens.words
    capital = words[head][0].isupper() and head > s.first and (start < head or t.end - t.start > 1)
    longer = any(words[k][0].isupper() for k in range(start, head)) or (end > head + 1 and words[end - 1][0].isupper())
    if t.kind in ("dialogue", "negotiation-round") and not capital:
        # "China-EU dialogue" is a way of going on as well as a sitting; "the RCEP negotiations" have a name
        longer = longer and not bodies and t.kind == "negotiation-round"
        bodies = False
    proper = numbered or bodies or (longer and not _is_shouted(s)) or (longer and start < head) or capital or quoted
    return Name(start, head, end, proper or low[head] not in GATHERINGS, numbered)


def _is_shouted(s: Sentence) -> bool:
    return s.index == 0 and s.register.shouting


def _is_number(s: Sentence, k: int) -> bool:
    return s.text.low[k][:1].isdigit() or (s.text.low[k] in _ORDINALS and s.text.low[k] not in _VAGUE)


def _name_start(s: Sentence, head: int) -> int:
    """The first token of the name: back over capitals, numbers and the small words between them."""
    low, words = s.text.low, s.text.tokens.words
    people = [m for m in s.text.mentions[s.index] if m.type == "person" and m.end <= head]
    start, small = head, 0
    for k in range(head - 1, max(s.first, head - _LONGEST) - 1, -1):
        word = words[k]
        if low[k] in _JOINING and k - 1 > s.first and words[k - 1][0].isupper() and low[k - 1] in _SITTING:
            continue  # "Heads of State and Government"
        if low[k] in _STAY_OUT or any(m.start <= k < m.end for m in people):
            break
        if word[0].isupper() or _is_number(s, k):
            start, small = k, 0
        elif word[0].isalpha():
            small += 1
            if small > 4 or word.endswith("ly"):
                break
        elif word not in _JOINTS and low[k] != "'s":
            break
    while start < head and low[start] in _DEFINITE:
        start += 1
    return start


def _name_end(s: Sentence, k: int) -> int:
    """The token after the name: over "on Trade and Development", "of the Parties", but no date and nobody's name."""
    low, words = s.text.low, s.text.tokens.words
    dates = [(w.start, w.end) for w in s.whens]
    named = [m for m in s.text.mentions[s.index] if m.type in ("person", "office") and m.end > k]
    end, small = k, 0
    if k < s.last and words[k][0].isupper():
        return k  # "Summit Joint Statement"
    while k < s.last and small < 3 and k - end < 4:
        at = s.text.tokens.starts[k]
        if any(a <= at < b for a, b in dates) or any(m.start <= k < m.end for m in named):
            break
        if words[k][0].isupper():
            end, small = k + 1, 0
        elif low[k] in _SMALL:
            small += 1
        else:
            break
        k += 1
    return end


def _is_none(s: Sentence, t: Trigger, name: Name) -> bool:
    """Whether the noun tells of something else: a press conference, a conference room, a seat on a board, a body."""
    low = s.text.low
    before = low[name.head - 1] if name.head > s.first else ""
    if before in _NOT_BEFORE or before == "-" or (name.end < s.last and low[name.head + 1 : name.head + 2] == ["-"]):
        return True
    if name.head + 1 < s.last and low[name.head + 1] in _NOT_AFTER:
        return True
    if _goes_on(s, t) or _is_byname(s, name) or (low[name.head] not in GATHERINGS and not _is_occasion(s, t, name)):
        return True
    mentions = s.text.mentions[s.index]
    if any(title.start <= name.head < title.end for m in mentions for title in m.titles):
        return True
    if t.kind == "congress" and not (name.numbered or t.end - t.start > 2 or low[t.start] in ("party", "plenum")):
        return True
    if low[t.start] in ("round", "rounds") and not (_is_round(s, t) and _is_of_talks(s, t)):
        return True
    if _in_round(s, t) or _is_part(s, t, name):
        return True
    held = _governed(s, name) or name.numbered or _on_margins(s, name)
    if not held and (
        low[name.head] in _STANDING or any(m.type == "body" and m.start <= name.head < m.end for m in mentions)
    ):
        return True
    return _is_seat(s, name)


def _goes_on(s: Sentence, t: Trigger) -> bool:
    """Whether the name goes on to another noun: "the UN General Assembly |session", "the G20 |Summit"."""
    after = next((x for x in s.triggers if x.start >= t.end and x.top == "conference"), None)
    between = s.text.low[t.end : after.start] if after is not None else []
    return after is not None and len(between) < 4 and not any(w in _PHRASE_ENDS or w in _SMALL for w in between)


def _is_byname(s: Sentence, name: Name) -> bool:
    """Whether the name in quotation marks is another of the gathering right before it."""
    k = name.start - 1
    if k <= s.first or s.text.tokens.words[k] not in "\"“«'‘":
        return False
    return any(x.top == "conference" and 0 < k - x.end + 1 < 3 for x in s.triggers if x.end <= k)


def _is_occasion(s: Sentence, t: Trigger, name: Name) -> bool:
    """Whether a body named without such a noun is an occasion here: "at the G20 in Delhi", "attended COP28"."""
    low = s.text.low
    if t.end < s.last and low[t.end] not in _PHRASE_ENDS:
        return False
    if _on_margins(s, name):
        return True
    if low[t.start].startswith("cop"):
        return _governed(s, name)
    governor = _governor(s, name)
    return governor >= s.first and low[governor] in _WHERE and low[t.end : t.end + 1] == ["in"]


def _is_round(s: Sentence, t: Trigger) -> bool:
    """Whether the phrase is the counted round of a series: "the 15th round of …"."""
    before = s.text.low[t.start - 1] if t.start > s.first else ""
    return s.text.low[t.start] == "round" and (before[:1].isdigit() or before in _ORDINALS)


def _is_of_talks(s: Sentence, t: Trigger) -> bool:
    """Whether a round is one of talks and not, say, of sanctions: the phrase or the text around it says so."""
    talks = any(x is not t and x.top in ("conference", "meeting") for x in s.triggers)
    return t.end - t.start > 1 or talks or any(d.top == "conference" for d in s.drafts)


def _in_round(s: Sentence, t: Trigger) -> bool:
    """Whether the phrase only says what the round just named is of ("third round of the trade negotiations")."""
    return any(0 < t.start - x.start < 12 and _is_round(s, x) for x in s.triggers)


def _is_part(s: Sentence, t: Trigger, name: Name) -> bool:
    """Whether it is the opening session, a segment … of the gathering named right after it."""
    low = s.text.low
    if name.numbered or low[name.head] not in _PARTS or low[name.head + 1 : name.head + 2] != ["of"]:
        return False
    after = next((x for x in s.triggers if x.start > name.head and x.top == "conference"), None)
    return after is not None and after.start - name.head < 14 and "," not in low[name.head : after.start]


def _is_seat(s: Sentence, name: Name) -> bool:
    """Whether the gathering is only what somebody sits on: "a member of the board of the … Conference"."""
    low = s.text.low
    governor = _governor(s, name)
    if governor <= s.first or low[governor] not in _SEATING or _on_margins(s, name):
        return False
    people = [m for m in s.text.mentions[s.index] if m.type == "person" and m.start <= governor]
    before = range(max(s.first, governor - 6), governor)
    return any(low[k] in _BOARDS and not any(m.start <= k < m.end for m in people) for k in before)


def _on_margins(s: Sentence, name: Name) -> bool:
    """Whether something happens on the margins of the gathering."""
    return s.text.says("margins", *s.text.span(max(s.first, name.start - 6), name.head + 1)) is not None


def _governor(s: Sentence, name: Name) -> int:
    """The token that governs the name: the last before its article and adjectives; before the sentence if none."""
    low = s.text.low
    k = name.start - 1
    while k >= s.first and (low[k] in _DEFINITE or low[k] in _VAGUE or low[k] in ('"', "“", "a", "an")):
        k -= 1
    return k


def _governed(s: Sentence, name: Name) -> bool:
    """Whether the gathering is where something happens ("at the …") or what somebody attends."""
    governor = _governor(s, name)
    if governor < s.first:
        return False
    if s.text.low[governor] in _WHERE or _is_addressed(s, governor):
        return True
    if s.text.low[governor] == "for" and not _TRAVEL.isdisjoint(s.text.low[max(s.first, governor - 10) : governor]):
        return True
    begin = max(s.first, name.start - 8)
    return begin < name.start and s.text.says("attending", *s.text.span(begin, name.start)) is not None


def _is_addressed(s: Sentence, governor: int) -> bool:
    """Whether "before" the gathering is in its presence: "his speech before the General Assembly"."""
    low = s.text.low
    return low[governor] == "before" and not _SPEAKING.isdisjoint(low[max(s.first, governor - 3) : governor])


# -- which gathering ------------------------------------------------------------------------------------------------


def _spoken_of(s: Sentence, t: Trigger, name: Name) -> Draft | None:
    """The gathering that "the summit", "this forum" goes on about: the last of that noun, else the one of the lead."""
    low = s.text.low
    before = low[name.start - 1] if name.start > s.first else ""
    if before not in _DEFINITE and not (name.start < name.head and low[name.start] in _DEFINITE):
        return None
    known = [d for d in s.drafts if d.top == "conference"]
    same = [d for d in known if low[name.head] in d.name.lower().split()]
    if same:
        return same[-1]
    return known[0] if len(known) == 1 and known[0].lead and t.kind in ("conference", "summit") else None


def _called_by_place(s: Sentence, name: Name) -> Draft | None:
    """The gathering of the news that is also called by where it is: "the Abuja summit"."""
    if not any(m.type == "place" and (m.start, m.end) == (name.start, name.head) for m in s.text.mentions[s.index]):
        return None
    place = next(m.value for m in s.text.mentions[s.index] if m.start == name.start)
    told = [d for d in s.drafts if d.top == "conference" and not d.aside]
    return next((d for d in told if d.place == place or (d.lead and d.place is None)), None)


def _is_told(s: Sentence, t: Trigger, args: Arguments, draft: Draft, name: Name) -> bool:
    """Whether an unnamed gathering is told as held, or is negotiations between sides that are told to go on."""
    low = s.text.low
    if t.predicate or name.numbered:
        return True
    if _on_margins(s, name):
        return False
    talking = t.kind in ("negotiation-round", "dialogue")
    governor, before = _governor(s, name), low[name.start - 1] if name.start > s.first else ""
    if t.kind == "negotiation-round" and before in (_DEFINITE | _VAGUE):
        return _sides_of_talks(s, draft)
    held = s.text.says("held", *s.text.span(name.head, min(s.last, name.head + 24))) is not None
    carried = _is_carried(s, name)
    if len(draft.parties) + len(draft.people) < 2:
        told = held or (carried and bool(draft.weight()) and not talking)
        return told and (talking or not low[name.head].endswith("s")) and _sides_of_talks(s, draft)
    if talking:
        return held or carried or (governor >= s.first and low[governor] in _WHERE)
    return True


def _is_wished(s: Sentence, name: Name) -> bool:
    """Whether an unnamed gathering is only hoped for or possible: "a summit |can take place"."""
    begin = s.text.tokens.starts[max(s.clause_start(name.start), name.start - 12)]
    after = s.text.tokens.words[name.end : name.end + 6]  # as printed: "in May" is a month
    ahead = s.text.says("planned", begin, s.text.tokens.starts[name.start])
    wish = s.text.says("unreal", begin, s.text.tokens.starts[name.start])
    return bool(wish and not (ahead and ahead[0] > wish[0])) or not _MODALS.isdisjoint(after)


def _is_carried(s: Sentence, name: Name) -> bool:
    """Whether a verb before the noun makes it a sitting: "held a regular |meeting", "resumed |negotiations"."""
    return not _CARRYING.isdisjoint(s.text.low[max(s.first, name.start - 5) : name.start])


def _sides_of_talks(s: Sentence, draft: Draft) -> bool:
    """Give the sides of the talks spoken of before to those that name none; plans are those of the news."""
    if not draft.weight():
        before = [d for d in s.drafts if d.top == "conference" and len(d.parties) > 1]
        if before:
            draft.parties |= before[-1].parties
        elif draft.status == "planned":
            draft.parties |= {m.value for m in s.leaders() if m.type == "body"}
    return bool(draft.weight())


# -- who takes part -------------------------------------------------------------------------------------------------


def _take_owners(s: Sentence, t: Trigger, args: Arguments, draft: Draft, name: Name) -> None:
    """Those whose gathering it is: in its name, before it as adjectives, "between", "of", "among" them."""
    low = s.text.low
    talks = t.kind == "negotiation-round" or not name.proper
    for how in ("adjective", "between", "of", "among", "involving", *(("with",) if talks else ())):
        owners = [g for g in args.get(how, []) if low[g.end : g.end + 1] != ["'s"] or g.end <= name.start]
        s.take(draft, "participant", owners)
    for m in s.text.mentions[s.index]:
        if not name.start <= m.start < name.end:
            continue
        if m.type == "body" and not (m.start > name.head and low[m.end : m.end + 1] == ["'s"]):
            draft.parties.add(m.value)
        elif m.type == "office":
            draft.parties |= {title.of for title in m.titles if title.of}
    if not draft.weight() and _is_carried(s, name):  # "the Council of … of the Union held a meeting"
        before = [m for m in s.text.mentions[s.index] if s.clause_start(t.start) <= m.start and m.end < name.start]
        draft.parties |= {m.value for m in before if m.type == "body"}
        draft.parties |= {title.of for m in before if m.type == "office" for title in m.titles if title.of}
    if not draft.parties and t.kind == "session" and name.numbered and low[name.head].startswith("session"):
        draft.parties |= _bloc_of_news(s)
    if not draft.parties and (
        any(w in _BLOCS for w in low[name.head + 1 : name.head + 5]) or low[name.start - 1] in _ITS
    ):
        draft.parties |= _bloc_of_news(s)
    possessor = [g for g in args.get("possessor", []) if g.mentions[-1].type == "body"]
    s.take(draft, "participant", possessor)


def _bloc_of_news(s: Sentence) -> set[str]:
    """The organisation that "the regional bloc" stands for: the first the article names."""
    rows = (m for row in s.text.mentions[: s.index + 1] for m in row)
    bodies = (value for m in rows for value in ([m.value] if m.type == "body" else [x.of for x in m.titles]))
    first = next((value for value in bodies if value in s.authority.organisations), None)
    return {first} if first else set()


def _take_attending(s: Sentence, t: Trigger, args: Arguments, draft: Draft, name: Name) -> None:
    """Those who attend, host or open it, met on its margins, or are told to have come."""
    begin = s.text.tokens.starts[s.clause_start(t.start)]
    if not s.text.says("invited", begin, s.text.tokens.ends[name.head]):
        subject = args.get("subject") or find_subject(s, t)
        if subject and (t.predicate or (_governed(s, name) and _acts_there(s, subject[0], name))):
            s.take(draft, "participant", subject + _those_beside(s, subject[0], t))
        elif _opens(s, name):
            s.take(draft, "participant", subject_after(s, name.end))
    s.take(draft, "participant", args.get("by", []) or hosts_after(s, name.end))
    if t.start > s.first and _governed(s, name):  # "co-chaired the dialogue with the Australian ministers"
        beside = [m for g in args.get("with", []) for m in g.mentions if m.type in ("person", "office")]
        s.take(draft, "participant", [Group(m.start, m.end, [m]) for m in beside])
    governor = _governor(s, name)
    draft.aside = governor >= s.first and s.text.low[governor] in _APART | _PURPOSE and not _is_addressed(s, governor)
    if s.text.says("margins", begin, s.text.tokens.ends[name.head]):
        draft.aside = True
        s.take(draft, "participant", _those_met(s))
    elif s.drafts and s.drafts[-1].spans[-1] == s.span and _is_next(s, name):
        draft.roles += [role for role in s.drafts[-1].roles if role not in draft.roles]
    _take_those_come(s, t, args, draft)


def _those_beside(s: Sentence, subject: Group, t: Trigger) -> list[Group]:
    """Who acts with the subject: "X, together with Y and Z, co-chaired the …"."""
    low = s.text.low
    if low[subject.end : subject.end + 1] != [","] or low[subject.end + 1] not in _BESIDE:
        return []
    return [
        Group(m.start, m.end, [m])
        for m in s.text.mentions[s.index]
        if m.type in ("person", "office") and subject.end < m.start < t.start
    ]


def _take_those_come(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> None:
    """Those told to have come ("with the participation of A and B"), and the host to whom they came."""
    gathers = s.text.says("gathering", *s.span)
    if not gathers:
        return
    come = [m for m in s.text.mentions[s.index] if s.text.tokens.starts[m.start] >= gathers[1]]
    bodies = {m.value for m in come if m.type == "body"}
    if draft.parties <= bodies:
        s.locate(t, args, draft)
        country = s.lex.country_of(draft.place) if draft.place else None
        bodies |= {country} if country else set()
    draft.parties |= bodies
    s.take(draft, "participant", [Group(m.start, m.end, [m]) for m in come if m.type in ("person", "office")])


def _acts_there(s: Sentence, subject: Group, name: Name) -> bool:
    """Whether the verb before the gathering is the subject's: not so in "X rejected the words |used at the summit"."""
    low, governor = s.text.low, _governor(s, name)
    if subject.end > name.start:
        return False
    participle = low[governor - 1].endswith("ed")
    if not participle or low[governor] not in _WHERE or governor - 2 <= subject.end:
        return True
    return not (low[governor - 2].isalpha() and low[governor - 2].endswith("s") and low[governor - 2] not in _HELPERS)


def _opens(s: Sentence, name: Name) -> bool:
    """Whether the gathering opens the clause: "At the summit in Kazan, …"."""
    governor = _governor(s, name)
    return governor >= s.first and s.text.low[governor] in _WHERE and governor - s.clause_start(governor) < 3


def _those_met(s: Sentence) -> list[Group]:
    """Those who met on the margins of the gathering: everybody the sentence names, few as they are."""
    kinds = ("person", "office", "group", "he")
    met = [s.resolved(g) for g in s.groups if all(m.type in kinds and not m.predicative for m in g.mentions)]
    return met if len(met) < 5 else []


def _is_next(s: Sentence, name: Name) -> bool:
    """Whether the gathering follows another in a row: "attend the … Summit and the … Forum"."""
    governor = _governor(s, name)
    last = s.drafts[-1]
    return last.top == "conference" and governor >= s.first and s.text.low[governor] in ("and", ",")


# -- whose, when, where ---------------------------------------------------------------------------------------------


def _date_by_name(s: Sentence, draft: Draft, name: Name) -> None:
    """A year in the name dates the gathering: "the 2025 World Cities Summit"."""
    year = next(
        (w for w in s.text.low[name.start : name.end] if len(w) == 4 and w.isdigit() and w[:2] in ("19", "20")), ""
    )
    if year and not (draft.date or "").startswith(year):
        draft.date, draft.rule, draft.premises = year, None, []


def _complete(s: Sentence, t: Trigger, args: Arguments, draft: Draft, name: Name) -> str | None:
    """Settle whose the gathering is, where neither its name nor those who came tell: the host's."""
    itself = {m.value for m in s.text.mentions[s.index] if m.type == "body" and m.start <= name.head < m.end}
    if not draft.parties and t.kind == "negotiation-round":
        draft.parties |= {m.value for m in s.leaders() if m.type == "body"}  # "the RCEP negotiations", spoken of by two
    if not (draft.parties | s.register.homes(draft.people)) - itself:
        s.locate(t, args, draft)
        _take_host(s, draft, name)
    return None if draft.weight() else "whose gathering it is is not stated"


def _take_host(s: Sentence, draft: Draft, name: Name) -> None:
    """Add the body whose gathering is called by its place only ("the Johannesburg summit"), else the host country."""
    within = [m for m in s.text.mentions[s.index] if m.type == "place" and name.start <= m.start < name.end]
    series = [p for d in s.drafts if d.top == "conference" for p in d.parties if p in s.authority.organisations]
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
