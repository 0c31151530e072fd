"""Aid: who gives what to whom."""

import re
from dataclasses import replace
from datetime import timedelta

from kg.edtf import bounds
from kg.language.dates import When, parse_day
from kg.language.text import Mention
from kg.language.words import read_lexicon, words
from kg.mappers.acts import (
    acts,
    bodies,
    given,
    given_at,
    given_by,
    hypothetical,
    is_past,
    metonym,
    own_date,
    owner_of_deed,
    owners,
    passive,
    reported,
    stand_in,
    stricken,
    told_by,
)
from kg.mappers.circumstances import date_behind, of_the_report
from kg.mappers.clauses import Sentence, Trigger
from kg.mappers.drafts import Draft
from kg.mappers.groups import Arguments, Group
from kg.mappers.reference import resolved
from kg.mappers.subjects import find_subject, nation_behind, subject_after

_GIVING = words("acts", "giving_verbs")
_GETTING = words("acts", "receiving_verbs") | {"delivery", "receiving", "accepting"}
_THANKING = words("acts", "gratitude")
_CREDIT = words("acts", "credit")
_TALKING = words("acts", "talk_of_aid")
_FIRST_PERSON = words("acts", "first_person") | words("acts", "first_person_singular")
_DEFINITE = words("grammar", "definite_determiners")
_WRITINGS = words("grammar", "signed_writings")
_SAYING = words("grammar", "said_verbs")
_AUXILIARIES = words("grammar", "auxiliaries") | words("gatherings", "modals")
_PLEDGING = words("acts", "pledging_verbs")
_DEBTS = words("deeds", "debts")
_DONORS = words("acts", "donors")
_PRESENT = words("acts", "present_auxiliaries")
_ASKING = words("acts", "asking_verbs")
_DECISIONS = words("acts", "decisions")
_PROMISING = words("acts", "promising_verbs") | words("acts", "glad")
_GLAD = words("acts", "glad")
_RESOLVED = _PROMISING | _DECISIONS
_NO_AID = words("acts", "beside_aid")
_VAGUE = words("acts", "vague_giving")
_TOTALS = words("acts", "totals")
_NEAR_IN_TIME = words("acts", "near_in_time")
_HANDING_OVER = words("acts", "handing_over")
_VAGUE_GIFTS = words("acts", "vague_gifts")
_VALUABLES = words("deeds", "money") | words("deeds", "goods")
_ARRIVING = words("acts", "arriving_verbs")
_PERFECT = words("grammar", "perfect_auxiliaries")
_TALKS = ("meeting", "call", "conference")
_OCCASIONS = ("visit", "signing", "ceremony", "relations")
_OUR = words("acts", "our")
_BACKING = words("deeds", "backing")
_HARDSHIPS = words("acts", "hardships")
_WORKS = words("acts", "undertakings") | words("acts", "put_up") | words("deeds", "works")
_UNDER_WAY = words("acts", "on_the_way")
_OWN = words("acts", "own")
_EACH_OTHER = (["each", "other"], ["one", "another"])
_INTENDING = words("acts", "intending")
_REACH, _FAR = 10, 14
"""Tokens before a noun in which the verb of giving stands; farther where a sum parts them."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SCALES: dict[str, int] = read_lexicon()["counts"]["scales"]
_LONGEST_SCALE = 12
_BESIDE = 5
"""Letters up to which nothing but a preposition parts a participle from its date."""
_WERE = words("grammar", "forms_of_be_past")
_EMBASSIES = words("ceremonies", "offices_abroad")
_BY_GIFTS = ("thanks", "with")
_THANKED_WITHIN = 7
"""Days within which thanks are reported."""
_PARTS_OF_DAY = ("late", "early")
_TO = ("to", "for", "in")
_WITH_GIFTS = ("aid", "visit")
"""Kinds whose phrases tell of the same gift: "the doses donated by X |arrived| in Y"."""
_HELPING = words("acts", "helping_verbs")
_TO_WHOM = _HELPING | words("deeds", "mending") | frozenset(_TO)


def aid(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Help given or pledged: an act of giving, thanks for one, or what it paid for; no wish and no topic."""
    behind = s.text.low[t.end : min(t.end + 3, s.last)]
    if behind and (behind[0] in _NO_AID or (behind[0] == "in" and any(w.endswith("ing") for w in behind))):
        return ""  # "aid workers", "assistance in promoting trade"
    if not t.predicate and s.text.low[t.start] == "with" and not _put_up(s, t):
        return ""  # "with the support of X" much is done that is no aid
    backing = not t.predicate and s.text.low[t.start] in _BACKING and s.text.low[t.end - 1] != "by"
    if backing and _HARDSHIPS.isdisjoint(s.text.low[t.end : t.end + 11]):
        return ""  # "thanked X for the support during the talks"
    if t.predicate and t.end - t.start == 1 and s.text.low[t.start] in _ARRIVING:
        return _arrival(s, t, args, draft)
    if t.predicate and s.text.low[t.start] in _HELPING and s.text.low[t.start - 1] == "to":
        return ""  # what a gift is for: "to help X recover"
    if t.predicate and _is_noun(s, t):
        return ""
    if t.predicate and s.text.low[t.start - 1] == "from" and s.text.low[t.start].endswith("ing"):
        return ""  # "kept a ship from bringing food"
    if t.predicate and s.text.low[t.end - 1] in _VAGUE and not _valued(s, t):
        return ""
    if not t.predicate and s.text.low[t.start] in _VAGUE_GIFTS and not _NUMBER.search(_sum(s, t)):
        return ""
    if t.predicate and draft.status != "planned" and not _resolved(s, t):
        return ""
    if s.text.low[t.end - 2 : t.end] == ["delivery", "of"] and "from" not in s.text.low[t.end : s.clause_end(t.end)]:
        return ""  # what was bought is delivered, too
    if _is_got(s, t, args) or (not t.predicate and _mutual(s, t)):
        return ""  # "give |each other| assistance in customs matters"
    both = bodies(s, args.get("between", [])) if not t.predicate and _NUMBER.search(_sum(s, t)) else set()
    if len(both) == 2:  # "the $5 million loan agreed in May between X and Y"
        draft.parties, draft.name, draft.background = both, _sum(s, t), True
        return None
    thanked = _thanked(s, t)
    firm = draft.status == "planned" and (draft.date is not None or _announced(s, t, draft) is not None)
    told = _told(s, t, args, firm=firm)
    if not thanked and not told:
        return ""
    if thanked:
        draft.status = "occurred"
        _date_thanked(s, t, draft)
    elif draft.date is not None and _meant_later(s, t, draft):
        draft.forget_date()
    elif draft.date is None and not t.predicate and (verb := given_at(s, t)) is not None:
        own = own_date(s, replace(t, start=verb, end=verb + 1))  # "the loan that X |granted| to Y in May"
        if own is not None:
            draft.take_date(own)
    givers, getters = _givers(s, t, args), _getters(s, t, args)
    if (got := _received(s, t)) is not None:
        givers, getters = bodies(s, got[1:]), bodies(s, got[:1])
    if thanked and not t.predicate and _its_own(s, t):
        givers = bodies(s, _thanked_owner(s, t, thanked[1])) or givers
    if thanked and givers - getters and not getters - bodies(s, thanked[1]):
        getters = set()  # "thanked |Y| for standing by his country in obtaining the IMF loan"
    if thanked and _is_credit(s, t):
        givers -= bodies(s, thanked[0])
        if not givers or not getters - givers:
            return ""  # "thanked X for his leadership in providing assistance"
    if thanked:
        getters = getters or bodies(s, _helped(s, t)) or bodies(s, thanked[0])
        givers |= bodies(s, thanked[1]) if not givers - getters else set()
    givers -= getters if givers - getters else set()
    getters -= givers
    if not givers:
        return "nobody is said to give"
    bare = t.predicate and s.text.low[t.start].endswith("ed") and s.text.low[t.end - 1 : t.end + 1].count("by") > 0
    alone = t.predicate and t.end - t.start == 1
    aside = _is_aside(s, _verb(s, t))
    praised = not (t.predicate or thanked or _acting(s, t)) and bool(owners(s, t)) and _in_talks(s)
    # "X welcomed Y's assistance": to whom is not told
    known = givers | (bodies(s, thanked[1]) if thanked else set())
    getters = getters or (set() if praised or (bare and not passive(s, t)) else _other_side(s, known, aside=aside))
    draft.parties, draft.helped = givers | getters, getters
    if len(draft.parties) < 2 and (alone or not draft.lead) and not (praised and draft.date):
        return "nobody is said to get it"
    draft.name = _sum(s, t)
    announced = None if thanked or (draft.date and draft.status != "planned") else _announced(s, t, draft)
    if announced is not None:
        draft.take_date(announced)
        draft.status = "occurred"
    if not draft.date and not thanked and _under_way(s, _verb(s, t)):
        draft.date, draft.rule = s.published, "day-of-publication" if s.published else None
    if not draft.date and not thanked and _pledged_there(s, t):
        day = parse_day(s.published or "")
        since = (day - timedelta(days=_THANKED_WITHIN)).isoformat() if day else ""
        dated = [d for d in s.drafts if d.lead and d.date and bounds(d.date)[1] >= since]
        talks = next((d for kinds in (_TALKS, _OCCASIONS) for d in dated if d.top in kinds), None)
        if talks is not None:
            draft.share_within(talks)
            draft.status = "occurred"
    draft.background = draft.background or bool(thanked) or not _acting(s, t)
    draft.roles = [] if thanked else _hands(s, t, args)
    draft.told = any(role == "donor" for role, _ in draft.roles) and _just_given(s, t)
    return None


def _mutual(s: Sentence, t: Trigger) -> bool:
    """Whether help is what two give |each other|, |one another|: a topic and no gift."""
    return any(s.text.low[k - 1 : k + 1] in _EACH_OTHER for k in range(max(s.first + 1, t.start - 4), t.start))


def _its_own(s: Sentence, t: Trigger) -> bool:
    """Whether help is that of whom somebody thanks: "thanked X for |its| aid"."""
    return not _OWN.isdisjoint(s.text.low[max(s.first, t.start - 6) : t.start])


def _thanked_owner(s: Sentence, t: Trigger, thanked: list[Group]) -> list[Group]:
    """Whose "its" is behind thanks: who is thanked, or whose leadership: "thanked the minister for |X's| lead"."""
    if any(g.mentions[0].type == "body" for g in thanked):
        return thanked
    after = [g for g in s.groups if thanked and thanked[-1].end <= g.start and g.end <= t.start]
    return [g for g in after if s.text.low[g.end] == "'s"][:1]


def _is_got(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether somebody receives the very gift the news is about, and so takes part: "X |received the donation|"."""
    low = s.text.low
    if t.predicate or low[t.start - 1] not in _DEFINITE or low[t.start - 2] not in _GETTING:
        return False
    news = next((d for d in s.drafts if d.top == "aid" and d.lead), None)
    if news is None:
        return False
    opening = t.start - 2 == s.first  # "|Receiving the donation|, X thanked …"
    s.take(news, "recipient", subject_after(s, t.end)[:1] if opening else find_subject(s, t))
    news.parties |= s.register.homes(news.people)
    return True


def _date_thanked(s: Sentence, t: Trigger, draft: Draft) -> None:
    """Date what somebody is thanked for by a date behind it that lies too far back to be that of the thanks."""
    draft.forget_date()
    own = date_behind(s, t)
    day = parse_day(s.published or "")
    given_then = t.predicate and own is not None and own.start - t.hit.end < _BESIDE  # "the rice |donated| on Monday"
    long_ago = day is not None and (day - timedelta(days=_THANKED_WITHIN)).isoformat()
    if own is not None and (given_then or (long_ago and bounds(own.value)[1] < long_ago)):
        draft.take_date(own)


def _is_noun(s: Sentence, t: Trigger) -> bool:
    """Whether a bare form is a noun behind an adjective of a country, or behind such: "a |Thai| supply |ship|"."""
    if t.end - t.start > 1 or s.text.low[t.start].endswith(("ed", "ing")):
        return False
    behind = any(x.end == t.start and x.predicate and x.top == t.top for x in s.triggers)
    return behind or any(m.adjective and m.end == t.start for m in s.text.mentions[s.index])


def _pledged_there(s: Sentence, t: Trigger) -> bool:
    """Whether help is told as pledged at the talks the news is about: "X |announced| the intent to provide"."""
    low = s.text.low
    near = range(t.start, max(s.clause_start(t.start), t.start - _FAR) - 1, -1)
    at = next((k for k in near if low[k] in _PLEDGING), None)
    return at is not None and low[at].endswith("ed") and low[at - 1] not in _PERFECT and low[at + 1] != "by"


def _announced(s: Sentence, t: Trigger, draft: Draft) -> When | None:
    """The day on which a gift is told to be made: "announced |on Friday| that X will provide"."""
    low, last = s.text.low, s.published or ""
    days = [w for w in s.whens if len(w.value) == 10 and w.value <= last]
    at = next((k for k in range(t.start - 1, s.first - 1, -1) if low[k] in _PLEDGING), None)
    if at is None and draft.status == "planned" and draft.date is None:
        return next((w for w in days if w.start > t.hit.end and of_the_report(s, w)), None)
    told = next((k for k in range(at + 1, t.end) if low[k] == "that" or low[k] in _AUXILIARIES), None) if at else None
    if told is None or (low[told] != "that" and "," in low[at:told]):
        return None
    end = s.text.tokens.starts[told]
    return next((w for w in reversed(s.whens) if w.end <= end and bounds(w.value)[0] <= last), None)


def _hands(s: Sentence, t: Trigger, args: Arguments) -> list[tuple[str, int]]:
    """Those who give and get in person: "the ambassador, X, handed the relief items over to the minister, Y"."""
    at = _verb(s, t)
    told = (t.predicate or at < t.start) and not given(s, t)  # not "welcomed X's gift", "the gift made by X"
    givers = [g for g in _before(s, at) if told and at - g.end < 8] or args.get("by", [])
    rows = (("donor", givers), ("recipient", args.get("to", [])))
    named = ((role, _person(s, role, m)) for role, row in rows for g in row for m in g.mentions)
    return [(role, k) for role, k in named if k is not None and k >= 0]


def _person(s: Sentence, role: str, m: Mention) -> int | None:
    """Who somebody named is, or who gives by an office that somebody of the article holds ("the President")."""
    if m.type == "office" and role == "donor":
        return s.register.holder(m.titles[0])
    return m.person if m.type == "person" else None


def _arrival(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Help that reaches those in need: "a plane with 15 tonnes of tents from X landed in Y"."""
    before = [g for g in s.groups if s.clause_start(t.start) <= g.start and g.end <= t.start]
    behind = [g for name in ("in", "at", "to", "object") for g in args.get(name, [])]
    behind += [g for g in s.groups if t.end <= g.start <= t.end + 2]
    getters = bodies(s, behind)
    givers = bodies(s, before) - getters or _donors(s, getters)
    if not givers or not getters:
        return "nobody is said to give"
    draft.parties, draft.helped = givers | getters, getters
    draft.name = _sum(s, t)
    return None


def _donors(s: Sentence, getters: set[str]) -> set[str]:
    """Those whose aid to the same the news is about."""
    return next((d.parties - d.helped for d in s.drafts if d.top == "aid" and d.lead and d.helped == getters), set())


def _resolved(s: Sentence, t: Trigger) -> bool:
    """Whether a verb of giving is no bare aim: not "asked the ministers to send", "ready to provide"."""
    low = s.text.low
    if t.start - 2 < s.first or low[t.start - 1] != "to":
        return True
    if "first" in low[max(s.first, t.start - 5) : t.start]:
        return True  # "one of the first countries to send"
    return low[_undated(s, t.start - 2)] in _PROMISING or not _DECISIONS.isdisjoint(
        low[max(s.first, t.start - 8) : t.start - 1]
    )


def _told(s: Sentence, t: Trigger, args: Arguments, *, firm: bool) -> bool:
    """Whether a phrase tells of an act: a verb of giving or getting, or a sum beside the noun.

    ``firm``: it is planned for a day that is told.
    """
    beside = t.predicate and s.text.low[t.start].endswith("ing") and not _under_way(s, t.start)
    if beside and _TALKING.intersection(s.text.low[s.clause_start(t.start) : t.start]):
        return False  # "will discuss crises, including by delivering aid to X"
    if t.predicate:
        known = any(g.mentions for name in ("object", *_TO, "by", "from", "subject") for g in args.get(name, []))
        return known or (_valued(s, t) and bool(stand_in(s, t.start) or metonym(s, t.start)))
    if _is_handed_over(s, t):
        return True  # "pledged to stand by Y, including |the provision today of| a $5 million package"
    if hypothetical(s, t) and not (firm and "would" in s.text.low[max(s.first, t.start - 6) : t.start]):
        return False
    if s.text.low[t.start - 1] in _TOTALS:
        return False  # "brought the |total| assistance to"
    if given(s, t) or _received(s, t) is not None:
        return True  # "efforts to deliver the aid |announced by X|"
    begin = s.clause_start(t.start)
    begin -= 2 * (begin - 2 >= s.first and s.text.low[begin - 1] == "that")  # "ensure that aid reaches X"
    at = _verb(s, t)
    promised = at < t.start and s.text.low[at - 1] == "to"  # "agreed on Monday |to extend| a loan"
    pledged = next((k + 1 for k in range(t.start - 1, begin, -1) if s.text.low[k] in _PLEDGING), begin)
    begin = pledged if s.text.low[pledged - 2] not in _PERFECT else begin  # "discussed X, as Y |announced| a gift"
    spoken = _TALKING.intersection(s.text.low[begin : t.start]) - (_PROMISING if promised else set())
    if spoken and not firm:
        return _NUMBER.search(_sum(s, t)) is not None and bool(_owned(s, t))  # "discussed our gift of 2 million doses"
    if promised and s.text.low[max(s.first, _undated(s, at - 2))] not in _RESOLVED:
        return False  # "clarified how to provide assistance"
    if _acting(s, t):
        return True
    sure = _NUMBER.search(_sum(s, t)) is not None or ("to" in args and is_past(s, t))
    return sure and bool(_given_by(s, t, args))


def _is_handed_over(s: Sentence, t: Trigger) -> bool:
    """Whether a noun before aid tells that it is given: "including |the provision| today |of| $5 million in aid"."""
    low = s.text.low
    near = range(t.start - 1, max(s.first, t.start - _REACH), -1)
    of = next((k for k in near if low[k] == "of"), s.first)
    at = next((k for k in range(of - 1, max(s.first, of - 3), -1) if low[k] in _HANDING_OVER), None)
    if at is None:
        return False
    if low[at - 1] in _NEAR_IN_TIME:
        return True  # "the |upcoming delivery| of X's humanitarian aid"
    return low[at - 2 : at] == ["including", "the"] and _NUMBER.search(_sum(s, t)) is not None


def _undated(s: Sentence, k: int) -> int:
    """The token that ends at ``k`` or before a date there: "|agreed| on Monday"."""
    when = next((w for w in s.whens if s.text.token_at(w.end) == k + 1), None)
    k = s.text.token_at(when.start) - 1 if when is not None else k
    return k - (s.text.low[k] in _PARTS_OF_DAY)


def _just_given(s: Sentence, t: Trigger) -> bool:
    """Whether a verb in the past tense tells of the gift: "announced a new package", not "has provided"."""
    at = _verb(s, t)
    past = s.text.low[at].endswith("ed") and (t.predicate or at < t.start)
    return past and s.text.low[at - 1] not in _PERFECT


def _owned(s: Sentence, t: Trigger) -> set[str]:
    """Whose gift it is that is spoken of: "the Japanese donation of", "our donation of"."""
    return _ours(s, t) or bodies(s, owners(s, t))


def _given_by(s: Sentence, t: Trigger, args: Arguments) -> set[str]:
    """Whose gift of a sum it is that is told without a verb of giving: "welcomed |Norway's| contribution of"."""
    if not _TOTALS.isdisjoint(s.text.low[max(s.first, t.start - 5) : t.start]):
        return set()  # "bringing |total| U.S. assistance to X to"
    return _owned(s, t) or bodies(s, args.get("adjective", []) + args.get("from", []))


def _ours(s: Sentence, t: Trigger) -> set[str]:
    """The state in whose name the text speaks, where it calls the gift "our" own."""
    home = s.register.home
    return {home} if home and t.start > s.first and s.text.low[t.start - 1] in _OUR else set()


def _valued(s: Sentence, t: Trigger) -> bool:
    """Whether a sum or the noun of aid follows."""
    before = passive(s, t) or (_taken_up_by(s, t) and _thanked(s, t) is not None)
    behind = s.text.low[max(s.first, t.start - 10) if before else t.end : min(t.end + 14, s.last)]
    near_end = range(t.end, s.clause_end(t.end) - 1)
    by = next((k for k in near_end if s.text.low[k] == "by" and s.text.low[k + 1] in _GIVING), None)
    behind += s.text.low[by : by + _REACH] if by is not None else []  # "pledged support to Y |by donating| rice"
    near = any(x.top == "aid" and not x.predicate and 0 <= x.start - t.end < 14 for x in s.triggers)
    return near or bool(_VALUABLES.intersection(behind))


def _taken_up_by(s: Sentence, t: Trigger) -> bool:
    """Whether a verb of giving says of a gift before it who gave it: "thanked Y for the $5 million |it had| lent"."""
    doer = t.start - 1 - (s.text.low[t.start - 1] in _PERFECT)
    return s.text.low[doer] == "it" or any(g.end == doer + 1 for g in s.groups)


def _under_way(s: Sentence, at: int) -> bool:
    """Whether the verb at token ``at`` tells of today: "is providing", "am announcing", "am proud to announce"."""
    low = s.text.low
    if low[at - 1] == "to" and not _GLAD.isdisjoint(low[max(s.first, at - 3) : at]):
        return bool(_PRESENT.intersection(low[max(s.first, at - 4) : at]))
    return low[at].endswith("ing") and bool(_PRESENT.intersection(low[max(s.first, at - 2) : at]))


def _sum(s: Sentence, t: Trigger) -> str:
    """The number beside a phrase that is no year; "" where none is. Gifts of other sums are other gifts."""
    first, last = max(s.first, t.start - 12), min(s.last, t.end + 12)
    if not _VALUABLES.intersection(s.text.low[first:last]):
        return ""
    for number in _NUMBER.finditer(s.text.folded, *s.text.span(first, last)):
        if not _YEAR.fullmatch(number[0]):
            return _in_full(number[0], s.text.folded[number.end() : number.end() + _LONGEST_SCALE].split())
    return ""


def _in_full(number: str, behind: list[str]) -> str:
    """A number in full, whatever word behind it counts ("2.5" million, "300" thousand) and however it is parted.

    >>> _in_full("2.5", ["million", "dollars"]), _in_full("2,500,000", []), _in_full("95", ["tents"])
    ('2500000', '2500000', '95')
    """
    parts = number.split(",")
    whole = "".join(parts) if all(len(part.partition(".")[0]) == 3 for part in parts[1:]) else number.replace(",", ".")
    scale = _SCALES.get(behind[0].rstrip("."), 1) if behind else 1
    return f"{float(whole) * scale:.0f}" if whole.count(".") < 2 else number


def _acting(s: Sentence, t: Trigger) -> bool:
    """Whether a verb of giving or getting governs the phrase: "provided aid", "aid was delivered", "a loan by"."""
    if t.predicate:
        return True
    low = s.text.low
    before = low[max(s.clause_start(t.start), t.start - _reach(s, t)) : t.start]
    behind = low[t.start : min(s.clause_end(t.end), t.end + 8)]
    if _made_by(s, t) or _put_up(s, t) or _WRITINGS.intersection(before):
        return True  # "put their signatures to notes on grant aid"
    if _UNDER_WAY.intersection(low[t.end : min(s.clause_end(t.end), t.end + 12)]):
        return True
    return bool(_GIVING.intersection(before) or _GETTING.intersection(before) or _GIVING.intersection(behind))


def _givers(s: Sentence, t: Trigger, args: Arguments) -> set[str]:
    """The bodies that give: owners, agents, sources, and the subject of a verb of giving."""
    low = s.text.low
    getting = _GETTING.intersection(low[max(s.first, t.start - 8) : t.start + t.predicate])
    givers = [*args.get("by", []), *args.get("from", [])] or _made_by(s, t) or ([] if t.predicate else given_by(s, t))
    if getting and not givers:
        givers = [g for g in s.groups if g.start >= t.end and low[g.start - 1 - (low[g.start - 1] == "the")] == "from"]
    if not t.predicate:
        if ours := _ours(s, t):
            return ours
        if not givers and _is_handed_over(s, t):
            return bodies(s, [resolved(s, g) for g in s.groups if acts(s, g)][:1])
        givers += owners(s, t) + args.get("adjective", [])
        if not givers and t.end < s.last and low[t.end] == "of":
            givers += args.get("of", [])
    elif passive(s, t) or low[t.end - 1] == "by":
        givers = givers or _given_before(s, t)
        return bodies(s, givers or (args.get("object", []) if low[t.end - 1] == "by" else []))
    if not getting and not (givers and not t.predicate):
        first_person = low[max(s.first, _verb(s, t) - 4) : _verb(s, t)]
        if s.register.home and _FIRST_PERSON.intersection(first_person):
            return bodies(s, givers) or {s.register.home}  # "today I am announcing"
        if _FIRST_PERSON.intersection(first_person):
            return bodies(s, givers) or _of_speaker(s)
        at = _verb(s, t)
        by_owner = low[at].endswith("ing") or low[at - 2] in _DECISIONS
        if by_owner and (owner := owner_of_deed(s, at)):
            return bodies(s, givers + owner)  # "X's leadership in providing", "X's decision to provide"
        givers += (
            _on_behalf(s, t)
            or stand_in(s, at)
            or _before(s, at)
            or metonym(s, at)
            or nation_behind(s, at)
            or reported(s, t)
        )
        if t.predicate and not givers:  # "pledged |American| support"
            givers = [g for g in args.get("object", []) if g.mentions[-1].adjective]
    return bodies(s, givers)


def _put_up(s: Sentence, t: Trigger) -> bool:
    """Whether something is built or run with the help named: "projects |with Y's support|", "built with aid of"."""
    low = s.text.low
    at = next((k for k in range(t.end - 1, max(s.first, t.start - 7), -1) if low[k] == "with"), None)
    return at is not None and not _WORKS.isdisjoint(low[max(s.first, at - 12) : at])


def _made_by(s: Sentence, t: Trigger) -> list[Group]:
    """By whom a gift was made, told behind what it is for: "a donation for X's schools, made by Y, was received"."""
    low = s.text.low
    by = next((k for k in range(t.end + 1, min(s.last, t.end + 18)) if low[k] == "by" and low[k - 1] in _GIVING), None)
    return [g for g in s.groups if by is not None and 0 < g.start - by < 6][:1]


def _given_before(s: Sentence, t: Trigger) -> list[Group]:
    """Who gave what is passed on: "ambulances |given by X| were handed over to Y"."""
    low = s.text.low
    by = next((k for k in range(t.start - 1, s.clause_start(t.start), -1) if low[k] == "by"), None)
    return [g for g in s.groups if by is not None and low[by - 1] in _GIVING and 0 < g.start - by < 3][:1]


def _received(s: Sentence, t: Trigger) -> list[Group] | None:
    """Who got help and from whom, by a clause behind the noun: "the assistance that |X| has received from |Y|"."""
    if t.predicate:
        return None
    low = s.text.low
    got = next((k for k in range(t.end + 1, min(s.last, t.end + _REACH)) if low[k] in _GETTING), None)
    if got is None or low[got + 1] != "from":
        return None
    getters = told_by(s, t, got)
    givers = [g for g in s.groups if 0 < g.start - got - 1 < 3][:1]
    return [*getters, *givers] if getters and givers else None


def _meant_later(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Whether the date of a draft is that of what is yet to come: "delivered food and |plans| to reach Y by August"."""
    low = s.text.low
    for when in s.whens:
        first = s.text.token_at(when.start)
        if when.value == draft.date and first >= t.end and not _INTENDING.isdisjoint(low[t.end : first]):
            return True
    return False


def _of_speaker(s: Sentence) -> set[str]:
    """The country of who says the words quoted: "“We will give …”, the minister told reporters"."""
    low = s.text.low
    for m in s.text.mentions[s.index]:
        if m.type == "person" and m.person >= 0 and (low[m.end] in _SAYING or low[m.start - 1] in _SAYING):
            return s.register.homes({m.person})
    return set()


def _on_behalf(s: Sentence, t: Trigger) -> list[Group]:
    """In whose name somebody hands over a gift: "on behalf of the people of Australia"."""
    said = s.text.says_first("for_somebody", t.hit.end, s.span[1])
    return [] if said is None else [g for g in s.groups if s.text.tokens.starts[g.start] >= said[1]][:1]


def _before(s: Sentence, at: int) -> list[Group]:
    """Who stands before the verb at token ``at`` and may act."""
    begin = s.clause_start(at)
    teller = next((g for g in s.groups if g.end == at and s.text.low[g.start - 1] == "as"), None)
    if teller is not None and at > s.first:
        return [resolved(s, teller)]  # "discussed vaccines, |as X| announced"
    free = [g for g in s.groups if begin <= g.start and g.end <= at and acts(s, g) and s.text.low[g.end] != "$"]
    free = [g for g in free if g.mentions[0].type != "its"] or free  # "opened |its| embassy and donated"
    if free and s.text.low[at - 1] == "," and s.text.low[free[0].end] == ",":
        return [resolved(s, free[0])]  # "X, speaking at the Y meeting, announced"
    first = _is_aside(s, at)  # "|X| stood by Y, providing"
    return [resolved(s, free[0 if first else -1])] if free else []


def _is_aside(s: Sentence, at: int) -> bool:
    """Whether the verb at token ``at`` tells of a gift beside other things: "X leads the effort|, providing| food"."""
    return at > s.first and s.text.low[at].endswith("ing") and s.text.low[at - 1] == ","


def _verb(s: Sentence, t: Trigger) -> int:
    """The token of the verb of giving: the phrase itself, or the nearest before a noun."""
    if t.predicate:
        return t.start
    return next(
        (k for k in range(t.start - 1, max(s.first, t.start - _reach(s, t)), -1) if s.text.low[k] in _GIVING), t.start
    )


def _reach(s: Sentence, t: Trigger) -> int:
    """How far before a noun its verb may stand: "to provide the X government with 5 million in direct aid"."""
    listed = sum(2 * len(g.mentions) for g in s.groups if t.start - _FAR <= g.end <= t.start and len(g.mentions) > 2)
    near = _VALUABLES.isdisjoint(s.text.low[max(s.first, t.start - _REACH) : t.start])
    return (_REACH if near else _FAR) + listed


def _getters(s: Sentence, t: Trigger, args: Arguments) -> set[str]:
    """The bodies that get it: behind "to" and "for", between verb and noun, or the subject of a verb of getting."""
    low = s.text.low
    if debtors := _debtors(s, t):
        return bodies(s, debtors)
    if t.predicate and not _GETTING.isdisjoint(low[t.start : t.end]):
        return bodies(s, stand_in(s, t.start) or args.get("subject", []))
    getters = [*args.get("to", []), *args.get("for", [])] or list(args.get("in", []))
    if t.predicate:
        done_by = low[t.end - 1] == "by"
        objects = [
            g for g in args.get("object", []) if not g.mentions[-1].adjective
        ]  # not "pledged |American| support"
        getters += args.get("subject", []) if passive(s, t) else [] if done_by else objects
        getters += [g for g in args.get("of", []) if "to" in low[t.end : g.start]]  # "to the ministry of X"
    else:
        between = [g for g in s.groups if _verb(s, t) < g.start and g.end <= t.start and low[g.end] != "'s"]
        getters += [g for g in between if not any(m.adjective for m in g.mentions)]
        came = next((k for k in range(t.end, s.clause_end(t.end)) if low[k] in _ARRIVING), s.last)
        getters += [g for g in s.groups if came < g.start < came + 4][:1]  # "a gift of tents from X arrived in |Y|"
    got = next((k for k in range(t.start - 1, max(s.first, t.start - 9), -1) if low[k] in _GETTING), None)
    if got is not None:
        getters += stand_in(s, got) or _before(s, got) or nation_behind(s, got)
    at = _verb(s, t)
    if not getters and at < t.start and low[at - 1] in _WERE:
        getters = _before(s, at)  # "|X| was granted a loan"
    if not getters and at < t.start:
        getters = _taken_up(s, at)
    getters = getters or _supported(s, at)
    if not getters and (low[t.end - 1] == "by" if t.predicate else _put_up(s, t)):
        near = [g for g in s.groups if g.end <= t.start <= g.end + 8 and not g.mentions[-1].adjective]
        getters = [g for g in near[-1:] if low[g.start - 1 - (low[g.start - 1] == "the")] in _TO]  # "in X, funded by Y"
    if not getters:
        stop = min([s.last, *(x.start for x in s.triggers if x.start > t.start and x.top not in _WITH_GIFTS)])
        begin = s.clause_start(t.start) if t.predicate and passive(s, t) else t.end  # "the bridge in X was funded by Y"
        behind = [g for g in s.groups if begin <= g.start < stop]
        leads = [low[g.start - 1 - (low[g.start - 1] == "the")] for g in behind]
        getters = [g for g, word in zip(behind, leads, strict=True) if word in _TO_WHOM] or [
            g
            for g, word in zip(behind, leads, strict=True)
            if t.predicate and word == "of" and "to" in low[max(t.end, g.start - 7) : g.start]
        ][:1]  # "to the government of X"
    return bodies(s, getters or _at_mission(s, t) or _behind_opening(s, t))


def _debtors(s: Sentence, t: Trigger) -> list[Group]:
    """Whose debt is let go: "cancelled $5 million of |X's| debt", "the debt |of X|", "the debt owed |by X|"."""
    low = s.text.low
    if not t.predicate or t.kind != "loan":
        return []
    debt = next((k for k in range(max(s.first, t.start - _FAR), min(s.last, t.end + _REACH)) if low[k] in _DEBTS), None)
    if debt is None or "to" in low[t.end : debt]:
        return []  # "lent money |to| service its debt"
    owned = [g for g in s.groups if g.end <= debt <= g.end + 4 and (low[g.end] == "'s" or g.mentions[-1].adjective)]
    leads = ((g, low[g.start - 1 - (low[g.start - 1] == "the")]) for g in s.groups if debt < g.start < debt + _REACH)
    return owned[-1:] or [g for g, word in leads if word == "of" or (word == "by" and not passive(s, t))][:1]


def _supported(s: Sentence, at: int) -> list[Group]:
    """To whom whoever acts at token ``at`` is said to give: "Y is the largest donor |to X|, having provided"."""
    low = s.text.low
    donor = next((k for k in range(at - 1, max(s.first, at - _FAR), -1) if low[k] in _DONORS), None)
    if donor is None:
        return []
    return [g for g in s.groups if donor < g.start < donor + 4 and low[donor + 1] in ("to", "of")][:1]


def _taken_up(s: Sentence, at: int) -> list[Group]:
    """Who is taken up by a relative before the verb at token ``at``: "|X|, to which Y sent aid"."""
    low = s.text.low
    near = range(at - 1, max(s.first + 1, at - 7), -1)
    which = next((k for k in near if low[k] in ("which", "whom") and low[k - 1] in _TO), s.first)
    return [g for g in s.groups if which > s.first and 0 <= which - 1 - g.end < 2]


def _behind_opening(s: Sentence, t: Trigger) -> list[Group]:
    """Who built or did something by a gift that opens the sentence: "With a loan from Y, |X| built"."""
    low = s.text.low
    if low[s.first] not in _BY_GIFTS:
        return []
    behind = [g for g in s.groups if g.start >= t.end and low[g.start - 1 - (low[g.start - 1] == "the")] == ","]
    return [g for g in behind if all(m.type == "body" and not m.adjective for m in g.mentions)][:1]


def _at_mission(s: Sentence, t: Trigger) -> list[Group]:
    """Where an embassy is that gives: "X's embassy |in Accra| donated 20 beds to a hospital"."""
    low = s.text.low
    if _EMBASSIES.isdisjoint(low[s.first : t.start]):
        return []
    near = (m for m in s.text.mentions[s.index] if m.is_where and m.end <= t.start and low[m.start - 1] == "in")
    return [Group(m.start, m.end, [m]) for m in near if not _EMBASSIES.isdisjoint(low[max(0, m.start - 3) : m.start])][
        :1
    ]


def _thanked(s: Sentence, t: Trigger) -> tuple[list[Group], list[Group]] | None:
    """Who thanks and who is thanked, where the phrase is what for: "X thanked Y for its assistance"."""
    low = s.text.low
    at = next((k for k in range(t.start - 1, s.first - 1, -1) if low[k] in _THANKING), None)
    if at is not None and _ASKING.intersection(low[at + 1 : t.start]):
        return None
    if at is None or t.start - at > 45 or not {"for", "of"}.intersection(low[at : t.start]):
        return None
    thankers = [g for g in s.groups if g.end <= at][-1:]
    if low[at - 1] == "and" and (first := [g for g in s.groups if g.end <= at and acts(s, g)][:1]):
        thankers = first  # "|He| said that X had helped since the war, and thanked Y"
    between = [g for g in s.groups if at < g.start and g.end <= t.start]
    return [resolved(s, g) for g in thankers], [resolved(s, g) for g in between[:1]]


def _helped(s: Sentence, t: Trigger) -> list[Group]:
    """Whom the support is for that somebody is thanked for first: "for its support |for Ukraine|, including aid"."""
    low = s.text.low
    at = next(k for k in range(t.start - 1, s.first - 1, -1) if low[k] in _THANKING)
    begin = at + 2 + (low[at + 2] == "the") if low[at + 1] == "to" else at  # not "thanks |to X|"
    between = [g for g in s.groups if begin < g.start and g.end <= t.start and all(m.is_where for m in g.mentions)]
    between = [g for g in between if low[g.end] not in ("'s", "'")]
    return [g for g in between if low[g.start - 1 - (low[g.start - 1] == "the")] in ("for", "to")]


def _is_credit(s: Sentence, t: Trigger) -> bool:
    """Whether it is for how somebody acts that he is thanked: "for Y's |leadership| in providing assistance"."""
    low = s.text.low
    at = next(k for k in range(t.start - 1, s.first - 1, -1) if low[k] == "for" or low[k] in _THANKING)
    return not _CREDIT.isdisjoint(low[at : t.start]) and not _sum(s, t)


def _in_talks(s: Sentence) -> bool:
    """Whether the news is a talk, in which one praises the other for what he gives to others."""
    news = next((d for d in s.drafts if d.lead), None)
    return news is not None and news.top in ("meeting", "call")


def _other_side(s: Sentence, givers: set[str], *, aside: bool) -> set[str]:
    """Whom the aid of the news is for; else who else the news is about, or the country of the press.

    What is given beside something else (``aside``) may be for anybody: "X leads the campaign, providing 500 tents".
    """
    helped = next((d.helped for d in s.drafts if d.top == "aid" and d.lead and d.helped), set())
    if helped and not helped & givers:
        return set(helped)
    if struck := stricken(s) - givers:
        return struck
    if aside:
        return set()
    news = next((d for d in s.drafts if d.lead and len(d.parties) > 1), None)
    others = news.parties - givers if news else set()
    others = {p for p in others if p in s.authority.countries} or others
    if len(others) == 1:
        return others
    if news is not None and not givers & news.parties:
        return set()  # what a third gives is not for those who talk
    home = s.register.home
    return {home} if home and home not in givers else set()
