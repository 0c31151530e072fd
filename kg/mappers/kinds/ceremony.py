"""Ceremonies: celebrations, wreaths, awards, openings, banquets — who gives them, and for whom."""

from kg.language.text import Mention
from kg.language.words import words
from kg.mappers.acts import passive, verbal
from kg.mappers.arguments import hosts_after
from kg.mappers.circumstances import date_behind, locate
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.drafts import Draft
from kg.mappers.groups import Group, find_groups
from kg.mappers.kinds.unions import raised
from kg.mappers.reference import go_on, resolved
from kg.mappers.subjects import find_subject, subject_after

_HONOURS = words("ceremonies", "honours")
_OF_PEOPLE = ("of", "for")
_ONTO = ("to", "on", "upon")
_TRIBUTES = ("to", "of")
"""What closes the phrases of praise: "paid tribute to", "honoured the memory of"."""
_MEMORIALS = words("ceremonies", "memorials")
_HEADS = words("ceremonies", "heads")
_FRAMES = words("ceremonies", "frames")
_DEFINITE = words("ceremonies", "definite")
_OF_PLACES = words("ceremonies", "before_places")
_FEAST_ENDS = words("ceremonies", "feast_ends")
_PASSIVE = words("grammar", "passive_helpers")
_OPENING = words("ceremonies", "opening_verbs")
_OFFICES = words("ceremonies", "offices_abroad")
_SHUT = words("ceremonies", "parts_verb_from_office")
_ABROAD = words("ceremonies", "before_hosts")
_THINGS = words("ceremonies", "opened_things")
_PLANTED = words("ceremonies", "planted_things")
_HONOURING = words("ceremonies", "honouring")
_GREETED = words("ceremonies", "greeted")
_CONFERRING = words("ceremonies", "conferring")
_ATTENDING = words("ceremonies", "attending")
_ACTING = ("person", "office", "he")
_BEFORE_INFINITIVES = words("acts", "future_auxiliaries") | {"to"}
_MARKED = "marked"
_MARKING = ([_MARKED], ["marks"], ["mark"], ["marking"])
_OPENERS = ("person", "office", "he", "group")
_WHICH = ("which", "that")
_MOST_PRESENT = 8
_ARTICLES = ("a", "an", "the")
_DONE_AT = ("ceremony", "aid", "signing", "appointment")
"""Kinds of act that are done at a ceremony, which is no event beside them."""
_INTO_OFFICE = "inauguration"
_ALL_SORTS = "ceremony"
_SAW = frozenset(("saw", "sees"))
_HOSTING = words("grammar", "hosting_verbs")
_NO_OCCASION = words("gatherings", "no_gathering_after")
_AROUND_TALKS = ("welcome", "banquet")
"""Kinds that belong to talks, before or behind."""
_AT_MISSIONS = ("anniversary", "banquet", "ceremony")
"""Kinds of feast that an embassy gives where it is."""
_CALLED_AFTER = frozenset(("wreath-laying", "opening"))


def ceremony(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Celebrations, wreaths, awards, openings."""
    if t.kind == "anniversary" and t.predicate and _is_aim_of_journey(s, t):
        return ""
    if (
        t.kind == "anniversary"
        and s.words_of(t) in _MARKING
        and not (_MARKED in s.words_of(t) and s.whens and "subject" in args)
    ):
        return ""  # "This year |marks| the 40th anniversary of", "will |mark| it"
    if t.kind == "anniversary" and t.predicate and (land := _of_itself(s, t)):
        draft.parties = land
        return None
    if t.kind == "opening" and t.predicate and (taker := _into_office(s, t)):
        draft.kind, draft.top = _INTO_OFFICE, "appointment"
        s.take(draft, "appointee", taker)
        guests = Draft(t.kind, t.top)
        s.take(guests, "participant", args.get("subject", []))
        draft.parties |= s.register.homes(draft.people | guests.people) | guests.parties
        return None
    if t.kind == t.top and t.predicate and any(x.kind == "wreath-laying" and x.start >= t.end for x in s.triggers):
        return ""  # "|paid homage| to the fallen, laying a wreath"
    known = _spoken_of(s, t)
    if known is not None:
        coming = known if known.top == t.top else Draft(t.kind, t.top)
        s.take(coming, "participant", _attending(s, t, args))
        known.parties |= coming.parties | s.register.homes(coming.people)
        return ""
    if not t.predicate and s.text.low[t.end] in _NO_OCCASION:
        return ""  # "met at the |reception| hall"
    if not _is_held(s, t, draft) or _is_setting(s, t) or (t.kind == "banquet" and _is_hosted_to(s, t)):
        return ""
    if t.kind == "welcome" and t.predicate and passive(s, t) and "by" in s.words_of(t) and not args.get("subject"):
        return ""  # "the ceasefire |was welcomed by| X"
    if t.kind == "welcome" and not t.predicate and any(d.kind == "wreath-laying" and d.lead for d in s.drafts):
        return ""  # "the ceremony ended with a march by the |guard of honour|"
    if t.predicate and t.kind == t.top and s.text.low[t.end - 1] not in _HEADS:
        draft.name = s.text.low[t.end - 1 - (s.text.low[t.end - 1] in _OF_PLACES)]
    if t.kind == "award" and not t.predicate and _is_conferred(s, t):
        s.take(draft, "participant", _giver_and_honoree(s, t))
    s.take(draft, "participant", args.get("subject", []) + args.get("by", []))
    if t.kind == "opening" and (office := _office_opened(s, t)) is not None:
        s.take(draft, "participant", _opener(s, t))
        draft.parties |= _owner_and_host(s, t, args, draft, office)
    elif t.kind == "opening" and not t.predicate and (thing := _thing_opened(s, t)) is not None:
        draft.parties |= _owner_and_host(s, t, args, draft, thing)
    aims = args.get("object", [])
    if s.text.low[t.end - 1] in _OF_PLACES and t.predicate and t.kind != "award":
        # "laid flowers at the X Memorial" honours, but brings nobody
        aims = [g for g in aims if all(m.type == "body" for m in g.mentions)]
    if t.kind == "opening":
        aims = aims + [g for g in args.get("with", []) if g.mentions[0].type in ("person", "office")]
    else:
        aims = aims + args.get("to", []) + args.get("for", []) * (t.kind in _AROUND_TALKS)
        aims = aims + args.get("with", []) * (t.kind != "award")
    if t.kind == "welcome":  # "the welcoming ceremony of the President of X"
        aims = aims + [g for g in args.get("of", []) if g.mentions[0].type in ("person", "office")]
    if t.kind == "banquet":
        aims = aims + _honoured(s, t)
        _take_visit(s, t, draft)
    if t.kind == "award":  # "conferred the Order of X |on| Y"
        aims = aims + [g for how in ("on", "upon") for g in args.get(how, []) if g.mentions[0].type == "person"]
        if not any(m.type == "person" for g in aims for m in g.mentions):
            aims = aims + _conferred_on(s, t)
    s.take(draft, "honoree" if t.kind == "award" else "participant", aims)
    if not draft.weight() or not t.predicate:
        s.take(draft, "participant", _attending(s, t, args))
    if draft.kind in _AT_MISSIONS and (office := _mission(s, t)) is not None:
        draft.parties |= _owner_and_host(s, t, args, draft, office)
    s.take(draft, "participant", _present(s, t))
    if t.kind == "welcome" and not draft.weight() and not t.predicate:
        s.take(draft, "participant", _host_and_guest(s, t))
    if t.kind == "welcome":
        s.take(draft, "participant", _greeters(s))
    if t.kind in _AROUND_TALKS and not draft.people and not t.predicate and (talks := _talks_followed(s, t)):
        s.take(draft, "participant", talks)
    if t.kind in _AROUND_TALKS and not draft.weight() and not t.predicate:
        go_on(s, draft, "participant")
    if t.kind == "welcome" and not draft.weight() and not t.predicate:
        _take_guests(s, draft)
    if draft.weight() and t.kind == "anniversary" and not t.predicate and "possessor" in args:
        draft.parties |= _sides(s, t, {"possessor": args["possessor"]}, draft)  # at "X's Independence Day celebrations"
    if not draft.weight():
        draft.parties |= _sides(s, t, args, draft) or _bodies_before(s, t) or _hosts(s, t, args, draft)
    if not draft.parties | s.register.homes(draft.people) and (draft.lead or s.whens):
        draft.parties |= _land(s, t, args, draft)
    draft.parties = raised(draft.parties, s.authority) | s.register.homes(draft.people)
    if t.kind == "award" and not draft.lead and _is_of_career(s, t, args, draft):
        return ""
    if draft.date is None and len(s.whens) == 1 and (_is_framed(s, t) or s.text.says("held", *s.span)):
        draft.take_date(s.whens[0])
    dated = draft.date is not None and len(draft.date) == 10
    if t.kind == "opening" and t.predicate and not (draft.people or dated) and _office_opened(s, t) is not None:
        return ""  # "X opened an embassy in Y in 2011": no ceremony, but a change of relations
    return None if draft.weight() else "nobody is said to take part"


def _is_hosted_to(s: Sentence, t: Trigger) -> bool:
    """Whether a meal is what guests are received at: "hosted X |to an official dinner|"."""
    begin = s.clause_start(t.start)
    hosted = any(
        x.predicate and x.top == "meeting" and not _HOSTING.isdisjoint(s.text.low[x.start : x.end])
        for x in s.triggers
        if begin <= x.end <= t.start
    )
    return hosted and not t.predicate and "to" in s.text.low[max(begin, t.start - 2) : t.start]


def _is_aim_of_journey(s: Sentence, t: Trigger) -> bool:
    """Whether a feast is only what somebody comes for: "the state visit by X on May 2 |to celebrate| the alliance"."""
    if t.start == s.first or s.text.low[t.start - 1] != "to":
        return False
    begin = s.clause_start(t.start)
    return any(x.top == "visit" and not x.predicate and begin <= x.start < t.start for x in s.triggers)


def _of_itself(s: Sentence, t: Trigger) -> set[str]:
    """The country whose own feast a relative clause tells of: "greetings on Y's Day, |which was celebrated|"."""
    low = s.text.low
    k = t.start - 1
    while k > s.first and low[k] in _PASSIVE:
        k -= 1
    if low[k] != "which" or not s.whens:
        return set()
    near = [m for m in s.text.mentions[s.index] if m.type == "body" and k - 7 < m.start and m.end <= k]
    return {m.value for m in near[-1:]} & s.authority.countries.keys()


def _into_office(s: Sentence, t: Trigger) -> list[Group]:
    """Who takes office at "the inauguration ceremony of |President X|", where nothing is opened."""
    behind = next((g for g in s.groups if g.start >= t.end), None)
    inaugurated = any(word.startswith(_INTO_OFFICE) for word in s.words_of(t))
    if behind is None or not inaugurated or s.text.low[t.end - 1] not in _OF_PEOPLE or behind.start - t.end > 1:
        return []
    return [resolved(s, behind)] if behind.mentions[0].type in ("person", "office") else []


def _is_held(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Whether the phrase tells of an act, and not of praise, of a feast as such or of a rank."""
    clause = s.text.low[s.clause_start(t.start) : s.clause_end(t.end)]
    if "such" in s.text.low[max(s.first, t.start - 2) : t.start]:
        return False  # "a tradition of such ceremonies"
    if t.kind == "anniversary":
        framed = not t.predicate and _is_attended(s, t)
        commemorated = t.predicate and s.text.low[t.start] == "commemorated" and bool(s.whens)
        return framed or commemorated or s.text.says("kept", *s.span) is not None or _is_feast(s, t)
    if t.kind == "opening" and t.predicate and s.text.folded[t.hit.start : t.hit.end] in _OPENING:
        return _office_opened(s, t) is not None or _is_opened_by_somebody(s, t)
    if t.kind == "opening" and not t.predicate and s.text.folded[t.hit.start : t.hit.end] in _OPENING:
        return False  # "an open and secure region"
    if s.text.folded.startswith("opening of", t.hit.start) and t.end - t.start == 2:
        told = _is_framed(s, t) or s.text.says("presence", *s.span) is not None or date_behind(s, t) is not None
        return told and not (_THINGS | _OFFICES).isdisjoint(s.text.low[t.end : t.end + 8])
    if s.text.low[t.end - 1 - (t.end - t.start > 1 and not passive(s, t))].startswith("plant"):
        begin, end = (s.clause_start(t.start), t.start) if passive(s, t) else (t.end, t.end + 7)
        return not _PLANTED.isdisjoint(s.text.low[begin:end])
    if t.kind == "award":
        if t.predicate and not verbal(s, t):
            return False  # "is the recipient of many awards"
        told = not t.predicate and any(x.kind == "award" and x.predicate for x in s.triggers)
        if s.text.low[t.end - 1] == "decorated" and _is_decorated(s, t):
            return True
        return not told and (t.predicate or t.end - t.start > 1) and not _HONOURS.isdisjoint(clause)
    if t.kind == "wreath-laying" and t.predicate and s.text.low[t.end - 1] in _TRIBUTES:
        return not _MEMORIALS.isdisjoint(clause)  # "paid tribute to those who fought" is praise
    if s.text.low[t.end - 1] in _HEADS and t.end - t.start == 1 and not t.predicate:
        there = _is_framed(s, t) or s.text.says("held", *s.span) or s.text.says("presence", *s.span)
        return draft.lead or bool(there)
    return True


def _is_decorated(s: Sentence, t: Trigger) -> bool:
    """Whether it is somebody who is decorated, and no hall."""
    near = range(t.start - 3, t.start) if passive(s, t) else range(t.end, t.end + 3)
    return any(m.type == "person" and not set(near).isdisjoint(range(m.start, m.end)) for m in s.text.mentions[s.index])


def _office_opened(s: Sentence, t: Trigger) -> int | None:
    """The embassy or consulate that is opened: "opened its new |embassy", "the |embassy … was reopened"."""
    low = s.text.low
    for k in range(t.end, min(t.end + 9, s.last)):
        if low[k] in _OFFICES or (low[k] == "commission" and low[k - 1] == "high"):
            return k
        if low[k] in _SHUT:
            break
    before = next((k for k in range(t.start - 1, s.clause_start(t.start) - 1, -1) if low[k] in _OFFICES), None)
    after = low[t.end] if t.end < s.last else "."
    closed = not after.isalnum() or after in _SHUT or not _PASSIVE.isdisjoint(low[max(s.first, t.start - 3) : t.start])
    return before if before is not None and closed else None


def _thing_opened(s: Sentence, t: Trigger) -> int | None:
    """The building that a noun says is opened: "the inauguration of the X-funded |hospital| in Y"."""
    low = s.text.low
    near = range(t.end + (low[t.end] == "of"), min(t.end + 8, s.last))
    shut = next((k for k in near if low[k] in _SHUT or low[k] == ","), t.end + 8)
    return next((k for k in near if k < shut and low[k] in _THINGS), None)


def _mission(s: Sentence, t: Trigger) -> int | None:
    """The embassy that gives a feast: "the |Embassy| of X in Y held a reception", "X's |embassy| in Y celebrated"."""
    low, begin = s.text.low, s.clause_start(t.start)
    return next((k for k in range(begin, min(t.start, begin + 8)) if low[k] in _OFFICES), None)


def _is_opened_by_somebody(s: Sentence, t: Trigger) -> bool:
    """Whether somebody opens a thing, or it is unveiled: "X opened an |exhibition|", "a |statue| was unveiled"."""
    low, begin = s.text.low, s.clause_start(t.start)
    if low[t.start] in _PASSIVE:
        return not _THINGS.isdisjoint(low[max(begin, t.start - 8) : t.start])
    if low[t.start] == "open" and low[t.start - 1] not in _BEFORE_INFINITIVES:
        return False  # "an open technology centre"
    people = [m for m in s.text.mentions[s.index] if m.type in _OPENERS]
    if low[t.start - 1] == "," and low[t.end] == "by":  # "the |school|, opened by X"
        behind = any(t.end < m.start < t.end + 3 for m in people)
        return behind and not _THINGS.isdisjoint(low[max(s.first, t.start - 8) : t.start])
    opener = any(begin <= m.start < t.start for m in people)
    taken_up = low[max(s.first, begin - 6) : begin] if begin > s.first and low[begin - 1] in _WHICH else []
    return opener and not _THINGS.isdisjoint(low[t.end : t.end + 7] + taken_up)


def _is_conferred(s: Sentence, t: Trigger) -> bool:
    """Whether an honour passes from one to the other: "received the |Friendship Medal| from Y"."""
    return not _CONFERRING.isdisjoint(s.text.low[s.clause_start(t.start) : s.clause_end(t.end)])


def _giver_and_honoree(s: Sentence, t: Trigger) -> list[Group]:
    """The few that the clause of an honour names, and the country that gives it."""
    begin, end = s.clause_start(t.start), s.clause_end(t.end)
    kinds = ("person", "office", "body")
    named = [g for g in s.groups if begin <= g.start < end and g.mentions[0].type in kinds]
    return named if len(named) < 4 else []


def _conferred_on(s: Sentence, t: Trigger) -> list[Group]:
    """Who gets an honour that its name parts from the verb: "presented the highest order, the X, |to| Y"."""
    low = s.text.low
    behind = [g for g in s.groups if t.end <= g.start < s.clause_end(t.end) and g.mentions[0].type == "person"]
    return [g for g in behind if low[g.start - 1 - (low[g.start - 1] == "the")] in _ONTO][:1] if t.predicate else []


def _bodies_before(s: Sentence, t: Trigger) -> set[str]:
    """The countries and organisations that the clause names before a ceremony: "the A delegation paid tribute"."""
    begin, words = s.clause_start(t.start), s.text.tokens.words
    before = (m for m in s.text.mentions[s.index] if m.type == "body" and begin <= m.start < t.start)
    return {m.value for m in before if words[m.end] not in _FEAST_ENDS}  # not in "United Nations Day"


def _hosts(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> set[str]:
    """The country in which an unnamed guest is welcomed, or that something is opened in."""
    return _land(s, t, args, draft) if t.kind == "welcome" else set()


def _land(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> set[str]:
    """The country in which a ceremony takes place."""
    locate(s, t, args, draft)
    country = s.lex.country_of(draft.place) if draft.place else None
    return {country} if country else set()


def _opener(s: Sentence, t: Trigger) -> list[Group]:
    """Who opens it, behind "by" in the same clause: "was reopened … by the country's foreign minister, X"."""
    low = s.text.low
    by = next((k for k in range(t.end, min(t.end + 12, s.last)) if low[k] == "by"), None)
    named = [g for g in s.groups if by is not None and by < g.start < by + 9 and g.mentions[0].type == "person"]
    return named[:1]


def _owner_and_host(s: Sentence, t: Trigger, args: Arguments, draft: Draft, office: int) -> set[str]:
    """The country of an embassy and the one it is in: "the Embassy of A in B", "A's embassy in B"."""
    low, sides = s.text.low, set()
    countries = s.authority.countries
    for m in s.text.mentions[s.index]:
        begin = m.start - 1 - (low[m.start - 1] == "the")
        near = office - 5 < m.end <= office or (m.start > office and begin - office < 9 and low[begin] in _ABROAD)
        if near and m.type == "body" and m.value in countries:
            sides.add(m.value)
        elif near and m.type == "place" and (country := s.lex.country_of(m.value)):
            sides.add(country)
    if len(sides | s.register.homes(draft.people)) < 2:
        locate(s, t, args, draft)
        draft.place = draft.place or _place_of_report(s)
        country = s.lex.country_of(draft.place) if draft.place else None
        sides |= {country} if country else set()
    return sides


def _place_of_report(s: Sentence) -> str | None:
    """The place before the first words, where "here" is: "ISLAMABAD - The embassy was opened here"."""
    if "here" not in s.text.low[s.first : s.last]:
        return None
    head = next((m for m in s.text.mentions[s.index] if m.type == "place"), None)
    return head.value if head is not None and head.start - s.first < 2 else None


def _is_of_career(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> bool:
    """Whether an honour belongs to the life of somebody told of: it has no day, or nobody is said to give it."""
    if draft.status == "planned":
        return False
    told = any(d.lead and d.top == "appointment" for d in s.drafts)
    decorated = "decorated" in s.words_of(t) and draft.date is not None
    return (told and draft.date is None) or not (decorated or _is_given(s, t, args))


def _is_given(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether it is told who gave an award; else it belongs to a career."""
    passive = not t.predicate or not _PASSIVE.isdisjoint(s.text.low[max(s.first, t.start - 3) : t.start + 1])
    givers = args.get("by", []) if passive else args.get("subject", [])
    return any(m.type in ("person", "office", "body") for g in givers for m in g.mentions)


def _is_feast(s: Sentence, t: Trigger) -> bool:
    """Whether the day kept is named in capitals behind the phrase: "a reception to mark St. Patrick's Day"."""
    after = s.text.tokens.words[t.end : t.end + (6 if t.predicate else 24)]
    return any(
        word in _FEAST_ENDS and n and after[n - 1][:1].isupper() | (after[n - 1] in "'s’s")
        for n, word in enumerate(after)
    )


def _is_attended(s: Sentence, t: Trigger) -> bool:
    """Whether somebody is told to have been there: "will attend the 20th Day of Vesak |celebrations|"."""
    return not _ATTENDING.isdisjoint(s.text.low[max(s.first, t.start - 9) : t.start])


def _is_setting(s: Sentence, t: Trigger) -> bool:
    """Whether it only tells where another act was done: "handed over the supplies at a |ceremony|"."""
    if t.predicate or s.text.low[t.end - 1] not in _HEADS:
        return False
    if t.kind == _ALL_SORTS and any(x.top == "signing" and _leads_to(s, t, x) for x in s.triggers):
        return True
    begin = s.clause_start(t.start)
    done = (x for x in s.triggers if (x.predicate or x.kind == "credentials") and x.top in _DONE_AT)
    return _is_framed(s, t) and any(begin <= x.start and x.end <= t.start for x in done)


def _leads_to(s: Sentence, t: Trigger, x: Trigger) -> bool:
    """Whether it is that of a signing told behind it: "a |ceremony| held |for| the signing of", "it |saw| X sign"."""
    gap = s.text.low[t.end : x.start]
    return bool(gap) and x.start < s.clause_end(t.end) and (gap[-2:] == ["for", "the"] or not _SAW.isdisjoint(gap))


def _is_framed(s: Sentence, t: Trigger) -> bool:
    """Whether something is told as done at it: "at a handing-over |ceremony"."""
    return not _FRAMES.isdisjoint(s.text.low[max(s.first, t.start - 5) : t.start])


def _spoken_of(s: Sentence, t: Trigger) -> Draft | None:
    """The ceremony that a bare "the ceremony" goes on about."""
    low = s.text.low
    if low[t.end - 1] not in _HEADS:
        return None
    if t.end - t.start > 1 and not t.predicate and low[t.start - 1] in _DEFINITE:  # "the |wreath-laying ceremony|"
        return next((d for d in s.drafts if d.kind == t.kind and d.lead), None)
    if low[t.end - 2] not in _DEFINITE or t.end - t.start > 1 + t.predicate * 2:
        return None
    told = [d for d in s.drafts if d.top == "ceremony" or d.kind == _INTO_OFFICE]
    if t.predicate:  # "was sworn in on May 5. X |attended the ceremony|"
        return told[-1] if told and told[-1].kind == _INTO_OFFICE and told[-1].spans[-1][1] + 3 >= s.span[0] else None
    return next((d for d in told if d.lead), told[-1] if told else None)


def _attending(s: Sentence, t: Trigger, args: Arguments) -> list[Group]:
    """Those who act at it: before it, behind the opening phrase, or told to have hosted or attended it."""
    told = args.get("by", []) + args.get("subject", []) + hosts_after(s, t.end)
    if not _is_framed(s, t):
        if t.kind == "welcome" and not any(m.type == "person" for g in told for m in g.mentions):
            return told + find_subject(s, t)  # "X was accorded a guard of honour by the Air Force"
        return told or (find_subject(s, t) if _is_attended(s, t) else [])
    if after := subject_after(s, t.end):
        return told + after
    begin = s.clause_start(t.start)
    before = [g for g in s.groups if begin <= g.start and g.end <= t.start and g.mentions[0].type in _ACTING]
    return told + ([resolved(s, g) for g in before] if 0 < len(before) < 4 else find_subject(s, t))


def _present(s: Sentence, t: Trigger) -> list[Group]:
    """Those told to have been there, behind "attended by", "in the presence of"."""
    said = s.text.says_first("presence", s.text.tokens.end(t.end - 1), s.span[1])
    if said is None:
        return []
    return [resolved(s, g) for g in s.groups if s.text.tokens.starts[g.start] >= said[1]][:_MOST_PRESENT]


def _talks_followed(s: Sentence, t: Trigger) -> list[Group]:
    """Who is at talks that a meal is told to follow: "A and B will hold talks, |followed by| a dinner"."""
    told = s.drafts[-1] if s.drafts else None
    if told is None or told.spans[-1] != s.span or len(told.people) < 2:
        return []
    low, k = s.text.low, t.start - 1 - (s.text.low[t.start - 1] in _ARTICLES)
    if low[k - 1 : k + 1] != ["followed", "by"]:
        return []
    return [Group(0, 0, [Mention("person", 0, 0, person=person) for person in sorted(told.people)])]


def _honoured(s: Sentence, t: Trigger) -> list[Group]:
    """For whom a banquet is given: "a dinner |in honour of| X"."""
    low, stop = s.text.low, s.clause_end(t.end)
    at = next((k for k in range(t.end, min(t.end + 9, stop)) if low[k] in _HONOURING and low[k - 1] == "in"), None)
    behind = at + 1 + (low[at + 1] == "of") + (low[at + 1] == "of" and low[at + 2] == "the") if at is not None else 0
    return [resolved(s, g) for g in s.groups if at is not None and 0 <= g.start - behind < 2][:1]


def _take_visit(s: Sentence, t: Trigger, draft: Draft) -> None:
    """Those of a visit that is told to include a banquet: "will host X for a visit, |which will include a dinner|"."""
    near = s.text.low[max(s.first, t.start - 5) : t.start]
    told = [d for d in s.drafts if d.top in ("meeting", "visit") and d.spans[-1] == s.span and d.people]
    if not told or not any(word.startswith("includ") for word in near):
        return
    people = dict.fromkeys(k for d in told for k in sorted(d.people))
    draft.roles += [("participant", k) for k in people if k not in draft.people]
    draft.parties |= {party for d in told for party in d.parties}
    draft.status = told[-1].status
    draft.date_as(told[-1])


def _host_and_guest(s: Sentence, t: Trigger) -> list[Group]:
    """The two of the talks told right before "the welcoming ceremony"."""
    told = [d for d in s.drafts if d.top == "meeting" and len(d.people) == 2]
    near = told and told[-1].spans[-1][1] + 3 >= s.span[0]
    pair = [Mention("person", 0, 0, person=k) for k in sorted(told[-1].people)] if near else []
    return [Group(t.start, t.end, pair)] if len(s.register.homes({m.person for m in pair})) == 2 else []


def _greeters(s: Sentence) -> list[Group]:
    """Those who receive a guest in the sentence of his welcome or beside it: "He was |greeted by| the King and X"."""
    low, rows = s.text.low, s.text.sentences
    for k in range(max(0, s.index - 1), min(s.index + 2, len(rows))):
        for n in range(rows[k][0], rows[k][1] - 2):
            if low[n] in _GREETED and low[n + 1] == "by":
                groups = find_groups(s.text, s.text.mentions[k])
                return [resolved(s, g) for g in groups if 0 < g.start - n < 4 and g.mentions[0].type == "person"][:1]
    return []


def _take_guests(s: Sentence, draft: Draft) -> None:
    """Those who come on the journey that a welcome is for: "X will visit Y. The welcome ceremony will take place …"."""
    told = [d for d in s.drafts if d.top == "visit" and d.people and not d.background]
    for journey in told[-1:]:
        draft.roles += [("participant", k) for k in sorted(journey.people)]
        draft.parties |= journey.parties


def _sides(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> set[str]:
    """The sides of a ceremony nobody is named at: those it is of, else those of the ceremony told before it."""
    owners = [g for how in ("adjective", "possessor", "between", "of", "with") for g in args.get(how, [])]
    words = s.text.tokens.words
    kept = {m.end for g in owners for m in g.mentions if words[m.end : m.end + 1] and words[m.end] in _FEAST_ENDS}
    sides = {m.value for g in owners for m in g.mentions if m.type == "body" and m.end not in kept}
    if not sides and t.kind in _CALLED_AFTER and draft.date:
        sides = next((set(d.parties) for d in s.drafts if d.top == "ceremony"), set())
    if not sides and s.text.says("held", *s.span):
        sides = {m.value for m in s.text.mentions[s.index] if m.type == "body" and m.value in s.authority.countries}
    return sides
