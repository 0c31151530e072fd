"""Attendance: who takes part in a gathering — whose it is, who attends, who met on its margins, who came."""

from dataclasses import replace

from kg.language.dates import compatible
from kg.language.text import Mention
from kg.language.words import words
from kg.mappers.acts import acting_capitals
from kg.mappers.arguments import hosts_after, only_hosts, sides_told
from kg.mappers.circumstances import locate
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.drafts import GATHERINGS, Draft, Name
from kg.mappers.groups import Group
from kg.mappers.kinds.gathering import (
    FARTHEST_HOST,
    WAYS,
    before_name,
    governed,
    governor_of,
    is_addressed,
    is_carried,
    is_met_for,
    is_partaking,
    is_there_for,
)
from kg.mappers.kinds.sitting import ORGANS, parties_of_organ
from kg.mappers.presence import sides_led
from kg.mappers.reference import resolved
from kg.mappers.subjects import find_subject, subject_after

_TALKS = ("negotiation-round", "dialogue")
_OF_TWO = ("meeting", "call")
_SUMMIT_GOERS = ("head-of-state", "head-of-government", "vice-president", "deputy-prime-minister")
_APART = words("grammar", "apart")
_WHERE = words("gatherings", "where")
_AT_WHICH = ("at", "in", "during")
_TO_DO = frozenset(("to", "would"))
_AT = words("gatherings", "beside_talks")
_HOSTING = words("grammar", "hosting_verbs")
_AHEAD = words("gatherings", "ahead_of")
_ITS = words("gatherings", "whose")
_BLOCS = words("gatherings", "blocs")
_VAGUE = words("gatherings", "vague")
_PURPOSE = words("gatherings", "purpose")
_HELPERS = words("gatherings", "helpers")
_AUXILIARIES = words("grammar", "auxiliaries")
_MEETING = words("gatherings", "sitting_verbs")
_FOR_DEEDS = words("gatherings", "for_deeds")
_INTO = ("in", "at", "of")
_OF = ("of", "by")
_POSSESSIVES = words("groups", "own") | words("groups", "their")
_BREAKS = words("grammar", "joins") | words("gatherings", "articles")
_FARTHEST_OWNER = 5
"""Tokens between whose it is and a noun: "his active and fruitful |participation|"."""
_FARTHEST_THANKED = 3
_FARTHEST_INVITER = 6
_FARTHEST_BROUGHT = 16
_DONE_THERE = words("grammar", "done_there")
_FARTHEST_PRONOUN = 10
_WE, _YOU = words("turns", "both"), words("turns", "addressee") | words("turns", "addressees_own")
_I = words("turns", "speaker")
_OTHER_CLAUSE = frozenset((",", "that", "which", "where"))
_TO_COME = words("acts", "future_auxiliaries")
_FEW_BEHIND = 8
"""Tokens behind those named first at a gathering up to the verb of what they do there."""
_STANDING_FOR = words("gatherings", "standing_for")
_ALONGSIDE = words("gatherings", "alongside")
_BESIDE = words("gatherings", "beside")
_MINISTERS = words("gatherings", "of_ministers")
_WITHIN_ROWS = frozenset((",", "and", "of", "the"))
_FARTHEST_MINISTERS = 7
"""Tokens behind the name of a gathering in which those who gather are told."""


def take_owners(s: Sentence, t: Trigger, args: Arguments, draft: Draft, name: Name) -> None:
    """Those whose gathering it is: in its name, before it as adjectives, "between", "of", "among" them."""
    low = s.text.low
    talks = t.kind == "negotiation-round" or not name.proper
    also = ["with"] if talks or t.kind == "dialogue" else []
    also += ["with"] if t.kind == "summit" and low[name.end : name.end + 1] == ["with"] else []
    also += ["object"] if t.predicate and low[t.end - 1] == "with" else []
    for how in ("adjective", "between", "of", "among", "involving", *also):
        owners = [g for g in args.get(how, []) if low[g.end] != "'s" or g.end <= name.start]
        # the parties to a treaty are no two who talk: "the Conference |of the Parties|"
        owners = [g for g in owners if not (name.start < g.start < name.end and _stands_for_others(g))]
        if how == "of":  # not so in "a session in Y, chaired by the President |of Z|"
            owners = [g for g in owners if "," not in low[name.end : g.start] or _is_row_of_names(s, name.end, g.start)]
        s.take(draft, "participant", [_own(s, g, name) for g in owners])
    for m in s.text.mentions[s.index]:
        if not name.start <= m.start < name.end:
            continue
        about = t.kind != "negotiation-round" and "on" in low[name.head : m.start]  # unlike in "peace talks on X"
        topic = m.start > name.head and (low[m.end] == "'s" or about)
        if m.type == "body" and not topic:
            draft.parties.add(m.value)
        elif m.type == "office":  # "the meeting of foreign ministers of |A and B|"
            row = next((g.mentions for g in s.groups if g.start == m.start and m.titles[0].plural), [m])
            draft.parties |= {title.of for x in row if x.type == "office" for title in x.titles if title.of}
    if not draft.weight():
        s.take(draft, "participant", _behind_acronym(s, name))
    if not draft.weight():
        _take_before(s, t, draft, name)
    if not draft.parties and name.numbered and (t.kind == "session" or _is_bare(s, name)):
        draft.parties |= _bloc_of_news(s) if low[name.head].startswith(("session", "summit")) else set()
    lead = name.start - (low[name.start - 1] in _VAGUE)  # "the bloc's |next| summit"
    called = low[max(s.first, lead - 2 * (low[lead - 1] == "'s")) : name.head + 5]  # "the |bloc's| summit"
    if not draft.parties and (not _BLOCS.isdisjoint(called) or low[lead - 1] in _ITS):
        draft.parties |= _bloc_of_news(s)
    own = ("body", "person") if t.kind == "dialogue" and "with" in args else ("body",)  # "X's dialogue with A and B"
    possessor = [g for g in args.get("possessor", []) if g.mentions[-1].type in own]
    s.take(draft, "participant", possessor)


def _stands_for_others(g: Group) -> bool:
    """Whether those meant by a group are named elsewhere: "the two sides"."""
    return any(not g.start <= m.start < g.end for m in g.mentions)


def _behind_acronym(s: Sentence, name: Name) -> list[Group]:
    """Whose a gathering is that has its acronym behind its name: "the meeting of the Council (ABC) |of the Union|"."""
    low, k = s.text.low, name.end
    if low[k] != "(" or low[k + 2 : k + 4] != [")", "of"]:
        return []
    return [g for g in s.groups if 0 <= g.start - k - 4 < 2]


def _talk_together(s: Sentence, t: Trigger, args: Arguments, name: Name) -> bool:
    """Whether those of several countries carry on talks: "X and Y |kicked off a round of talks|"."""
    carried = t.kind == _TALKS[0] and "subject" in args and is_carried(s, name)
    return carried and sides_told(s, {"subject": args["subject"]})


def _is_row_of_names(s: Sentence, begin: int, end: int) -> bool:
    """Whether tokens ``[begin, end)`` only go on with a title: "the Ministers of Foreign Affairs|, Trade and| of"."""
    words = s.text.tokens.words[begin:end]
    return all(word[0].isupper() or word in _WITHIN_ROWS for word in words)


def _is_bare(s: Sentence, name: Name) -> bool:
    """Whether a gathering has a number and no name: "the 45th annual summit"."""
    return s.text.low[name.start][0].isdigit() and not any(
        word[0].isupper() for word in s.text.tokens.words[name.start : name.end]
    )


def _own(s: Sentence, g: Group, name: Name) -> Group:
    """A row without those of the gathering before: "the A Summit and |the B-C| Forum"."""
    nouns = (k for k in range(g.start, min(g.end, name.start)) if s.text.low[k] in GATHERINGS)
    last = max(nouns, default=g.start)
    return Group(g.start, g.end, [m for m in g.mentions if m.start > last]) if last > g.start else g


def _take_before(s: Sentence, t: Trigger, draft: Draft, name: Name) -> None:
    """Those named before a gathering that does not name its own: officers of one, who holds it, the board that sits."""
    # "the X finance ministers and bank governors' meeting"
    s.take(draft, "participant", [g for g in s.groups if g.start < name.start < g.end])
    if not draft.parties and is_carried(s, name):  # "the Council of … of the Union held a meeting"
        before = [m for m in s.text.mentions[s.index] if s.clause_start(t.start) <= m.start and m.end < name.start]
        national = {m.end for m in before if m.adjective}  # "the Russian |Security Council|"
        draft.parties |= {m.value for m in before if m.type == "body" and m.start not in national}
        draft.parties |= {title.of for m in before if m.type == "office" for title in m.titles if title.of}
        draft.parties |= set() if draft.parties else acting_capitals(s, t)
    if not (draft.parties or name.proper) and (organ := _organ_beside(s, t, name)):
        draft.parties |= parties_of_organ(s, organ)


def _organ_beside(s: Sentence, t: Trigger, name: Name) -> str:
    """The board that sits: "the |Committee| will hold its next meeting", "the next session of the |Board|"."""
    low = s.text.low
    begin, end = max(s.clause_start(t.start), name.start - 8), min(name.end + 5, s.clause_end(t.end))
    near = (*range(name.start - 1, begin - 1, -1), *range(name.head + 1, end))
    return next((low[k] for k in near if low[k] in ORGANS), "")


def _bloc_of_news(s: Sentence) -> set[str]:
    """The organisation that "the regional bloc" stands for: the first the article names."""
    rows = (m for row in s.text.mentions[: s.index + 1] for m in row)
    bodies = (value for m in rows for value in ([m.value] if m.type == "body" else [x.of for x in m.titles]))
    first = next((value for value in bodies if value in s.authority.organisations), None)
    return {first} if first else set()


def take_attending(s: Sentence, t: Trigger, args: Arguments, draft: Draft, name: Name) -> None:
    """Those who attend, host or open it, met on its margins, or are told to have come."""
    begin = s.text.tokens.starts[s.clause_start(t.start)]
    talk, guests = talk_before(s, t), list[Group]()
    later = talk is not None and not compatible(draft.date, talk.date or s.published)
    if not later and not _is_only_invited(s, begin, name):
        there = _partaking(s, name)
        if there and t.kind in _TALKS and len(draft.parties) > 1:
            there = []  # who lends a house for talks is no side of them
        subject = args.get("subject") or find_subject(s, t, before=name.start)
        if subject and s.text.low[subject[0].start - 1] in _STANDING_FOR:
            subject = [resolved(s, g) for g in s.groups if g.end < subject[0].start][-1:]  # "X will represent |Y| at"
        turn = s.context.turns.get(s.index)
        if turn is not None and subject and subject[0].end <= turn.start:
            subject = []  # whose words they are: "|NAME:| We held a session"
        if there is not None:
            s.take(draft, "participant", there)
        elif (journey := _on_the_way(s, name)) is not None:
            draft.roles += [("participant", k) for k in sorted(journey.people)]
            draft.status = journey.status
        elif subject and _lends_house(s, t, args, draft, name, subject[0]):
            pass
        elif subject and (
            t.predicate or _talk_together(s, t, args, name) or _goes_there(s, args, name, subject[0], draft)
        ):
            s.take(draft, "participant", subject + _those_beside(s, subject[0], t))
        elif _opens(s, name):
            s.take(draft, "participant", subject_after(s, name.end))
        if there is None and (guests := _hosted_for(s, name)):
            s.take(draft, "participant", guests)
    _take_those_talking(s, draft, name)
    hosts = args.get("by", []) or hosts_after(s, name.end)
    others = t.kind in _TALKS and (len(draft.parties) > 1 or sides_told(s, args))
    s.take(draft, "participant", [g for g in hosts if not (others and only_hosts(s, g))])
    draft.parties |= sides_led(s.text, s.text.mentions[s.index])
    there = _those_there(s, name.end)
    behind = s.text.low[there[0].end : there[0].end + _FEW_BEHIND] if there else []
    if draft.date is None and not _TO_COME.isdisjoint(behind):
        draft.status = "planned"  # "discussed the summit, |where A and B will| sign"
    s.take(draft, "participant", _colleagues(s, name.end) + there + _those_included(s, name))
    if t.start > s.first and governed(s, name):  # "co-chaired the dialogue with the Australian ministers"
        beside = [m for g in args.get("with", []) for m in g.mentions if m.type in ("person", "office")]
        s.take(draft, "participant", [Group(m.start, m.end, [m]) for m in beside])
    draft.aside = not guests and _is_apart(s, name)
    if s.text.says("margins", begin, s.text.tokens.end(name.head)):
        draft.aside = True
        here = s.drafts[-1] if s.drafts and s.drafts[-1].spans[-1] == s.span else None
        if here is not None and here.status == "planned":
            draft.status = "planned"
        ministers = here is not None and here.top in _OF_TWO and _is_of_ministers(s, name)
        s.take(draft, "participant", _those_met(s, of_body=bool(draft.parties) and not ministers))
    elif talk is not None and s.text.low[governor_of(s, name)] in _AT and not _used_there(s, name):
        draft.aside = True
        if compatible(
            draft.date, talk.date or s.published
        ):  # not in "met |today|, and spoke of … at the summit |on May 5|"
            draft.roles += [("participant", k) for k in sorted(talk.people - draft.people)]
    elif s.drafts and s.drafts[-1].spans[-1] == s.span and _is_next(s, name):
        last = s.drafts[-1]
        draft.roles += [role for role in last.roles if role not in draft.roles]
        if draft.status == "occurred" and draft.date is None:
            draft.status = last.status
        if draft.date is None and draft.status == last.status:
            draft.date_as(last)
    _take_those_come(s, t, args, draft, name)


def _is_only_invited(s: Sentence, begin: int, name: Name) -> bool:
    """Whether somebody is asked to a gathering, and no more: not so in "was invited by X |and will| attend"."""
    low, asked = s.text.low, s.text.says("invited", begin, s.text.tokens.end(name.head))
    if s.text.says("unsure", s.span[0], s.text.tokens.starts[name.head]):
        return True
    if asked is None:
        return False
    since = range(s.text.token_at(asked[1] - 1), name.start)
    return not any(low[k] == "and" and low[k + 1] in _AUXILIARIES for k in since)


def _is_apart(s: Sentence, name: Name) -> bool:
    """Whether what is told happened before or after the gathering, or for it: "met X |ahead of| the summit"."""
    low, governor = s.text.low, governor_of(s, name)
    if governor < s.first or is_addressed(s, governor):
        return False
    if is_met_for(s, name):
        return False
    return (
        low[governor] in _APART
        or low[governor] in _PURPOSE
        or (low[governor] in ("of", "to") and low[governor - 1] in _AHEAD)
    )


def talk_before(s: Sentence, t: Trigger) -> Draft | None:
    """Return the talk that the sentence has told before it names a gathering: "X |met Y| today at the summit"."""
    told = next((d for d in reversed(s.drafts) if d.spans[-1] == s.span), None)
    verbs = (x for x in s.triggers if x.predicate and x.top in _OF_TWO and x.end <= t.start)
    by = any(s.text.low[x.start] not in _HOSTING for x in verbs)  # unlike "hosted X at the first session"
    return told if by and told is not None and told.top in _OF_TWO and told.status == "occurred" else None


def _colleagues(s: Sentence, end: int) -> list[Group]:
    """The countries whose officers somebody attends with: "alongside colleagues from A, B and C"."""
    low = s.text.low
    beside = next((k for k in range(end, min(end + 12, s.last - 2)) if low[k] in _ALONGSIDE), s.last)
    leads = next((k for k in range(beside + 1, min(beside + 5, s.last - 1)) if low[k] == "from"), s.last)
    return [g for g in s.groups if 0 < g.start - leads < 3 and g.mentions[0].type == "body"][:1]


def _those_included(s: Sentence, name: Name) -> list[Group]:
    """Who is told to be among those at a gathering: "will host 20 leaders for the Summit, |including A and B|"."""
    if s.text.low[name.end : name.end + 2] != [",", "including"] or name.end - name.start < 2:
        return []
    people = (m for m in s.text.mentions[s.index] if m.start > name.end and m.type in ("person", "office"))
    return [Group(m.start, m.end, [m]) for m in people]


def _those_there(s: Sentence, end: int) -> list[Group]:
    """Who did something at a gathering, told right behind its name: "the Y Summit, |at which| A and B launched"."""
    low = s.text.low
    near = range(end, min(end + 9, s.last - 1))
    at = next((k for k in near if low[k] in ("where", "which")), s.last)
    if at < s.last and low[at] == "which" and low[at - 1] not in _AT_WHICH:  # "the Summit, |which| A |will attend|"
        verb = s.text.says("attending", *s.text.span(at, s.clause_end(at + 1)))
        at = at if verb is not None and s.text.token_at(verb[0]) > at + 1 else s.last
    kinds = ("person", "office", "he", "group", *(["body"] if low[at] == "where" else []))
    there = [g for g in s.groups if g.start > at and g.mentions[0].type in kinds]
    first = [g for g in there if g.start - at < 3][:1]
    return [resolved(s, g) for g in first + [g for g in there[1:2] if first and low[g.start - 1] == "with"]]


def _partaking(s: Sentence, name: Name) -> list[Group] | None:
    """Who alone is told to be at a gathering by a noun or participle: "thanked |her| for attending", "|X's| presence
    at the Summit"; ``None`` without such a word."""
    low, k = s.text.low, governor_of(s, name)
    k -= low[k] == "'s"
    at = s.text.tokens.starts[max(k, 0)]  # "hosting |last year's| summit"
    k = next((s.text.token_at(w.start) - 1 for w in s.whens if w.start <= at < w.end), k)
    if k > s.first and low[k] in _INTO:
        among = next((g for g in s.groups if g.end == k and low[g.start - 1] in _OF), None)
        if among is not None and is_partaking(s, among.start - 2):
            return [resolved(s, among)]  # "the participation |of X| in"
        k -= 1
    if not is_partaking(s, k):
        return None
    for n in range(k - 1, max(s.first, k - _FARTHEST_OWNER) - 1, -1):
        if low[n] == "including":  # "commended X's leadership, |including| hosting the Summit"
            return [resolved(s, g) for g in s.groups if g.end < n and "'s" in low[g.end - 1 : g.end + 1]][-1:]
        if low[n] in _FOR_DEEDS and not s.date_between(n, n + 2):
            return _before(s, n)
        if low[n] in _POSSESSIVES and low[n - 1] in _FOR_DEEDS:
            return _before(s, n - 1)  # "thanked X for |his| participation"
        if low[n] == "'s" or low[n] in _POSSESSIVES:
            owner = [g for g in s.groups if n <= g.end <= n + 1][:1]
            spoken = any(x.top == "statement" and owner and x.end <= owner[0].start for x in s.triggers)
            thanks = owner and low[owner[0].start - 1] in _FOR_DEEDS and not spoken  # "a statement by X |on Y's|"
            thanked = _before(s, owner[0].start - 1) if thanks else []
            return [resolved(s, g, nearest=True) for g in owner] + thanked  # "thanked X |for Y's| work in hosting"
        if not (low[n].isalpha() or "-" in low[n]) or low[n] in _BREAKS:
            break
    return None if low[k].endswith("ing") or low[k] == "part" else []


def _before(s: Sentence, n: int) -> list[Group]:
    """Who stands right before the preposition at token ``n``: "thanked |X of Y| for", "for hosting A |and for|"."""
    low = s.text.low
    if low[n - 1] == "and":
        n = next((k for k in range(n - 2, s.clause_start(n), -1) if low[k] == low[n]), n)
    turn = s.context.turns.get(s.index)
    begin = max(n - _FARTHEST_THANKED, 0 if turn is None else turn.start + 1)
    thanked = next((g for g in reversed(s.groups) if begin <= g.end <= n), None)
    if thanked is not None and thanked.mentions[0].type == "own":  # "thanked |her| for"
        thanked = Group(thanked.start, thanked.end, [replace(thanked.mentions[0], type="him")])
    town = thanked.mentions[-1] if thanked is not None and thanked.end == n else None
    if town is not None and town.type == "place" and (land := s.lex.country_of(town.value)):
        return [Group(town.start, town.end, [replace(town, type="body", value=land)])]  # "thanked |Tokyo| for hosting"
    return [resolved(s, thanked)] if thanked is not None else []


def _take_those_talking(s: Sentence, draft: Draft, name: Name) -> None:
    """Add who of two that talk is told to be at a gathering; their countries where they only had it held."""
    turn = s.context.turns.get(s.index)
    if turn is None or name.start <= turn.start:
        return
    low = s.text.low
    named = [m.end for m in s.text.mentions[s.index] if m.end <= name.start and m.type in ("person", "body")]
    begin = max(turn.start, s.clause_start(name.start), name.start - _FARTHEST_PRONOUN, *named)
    begin = next((k for k in range(name.start - 1, begin - 1, -1) if low[k] in _OTHER_CLAUSE), begin)
    said = low[begin : name.start]
    both = not _WE.isdisjoint(said)
    you, i = both or not _YOU.isdisjoint(said), both or not _I.isdisjoint(said)
    those = [turn.speaker] * i + [turn.addressee] * you
    if both and is_carried(s, name):
        draft.parties |= s.register.homes(those)
    elif governed(s, name):
        draft.roles += [("participant", k) for k in those if k not in draft.people]


def _on_the_way(s: Sentence, name: Name) -> Draft | None:
    """The journey told in the sentence that leads to or from a gathering: "will stop in Y while flying |from| the"."""
    if not governed(s, name) or s.text.low[governor_of(s, name)] not in WAYS:
        return None
    return next((d for d in reversed(s.drafts) if d.top == "visit" and d.spans[-1] == s.span), None)


def _hosted_for(s: Sentence, name: Name) -> list[Group]:
    """Who receives whom for a gathering, or to it: "|X| looks forward to welcoming |Y| to Z for the A Summit"."""
    low, governor = s.text.low, governor_of(s, name)
    if governor < s.first or low[governor] not in _PURPOSE:
        return []
    reach = FARTHEST_HOST if low[governor] == "for" else _FARTHEST_BROUGHT
    near = range(governor - 1, max(s.first, governor - reach) - 1, -1)
    verb = next((k for k in near if low[k] in _HOSTING), governor)
    guests = [g for g in s.groups if 0 < g.start - verb < 4 and g.end <= governor and low[g.end] != "'s"][:1]
    guests = [resolved(s, g) for g in guests]
    hosts = (g for g in s.groups if s.clause_start(verb) <= g.start and g.end <= verb)
    return guests + [resolved(s, g) for g in hosts if g.mentions[0].type != "body"][-1:] if guests else []


def _those_beside(s: Sentence, subject: Group, t: Trigger) -> list[Group]:
    """Who acts with the subject: "X, together with Y and Z, co-chaired the …"."""
    low = s.text.low
    if low[subject.end] != "," or low[subject.end + 1] not in _BESIDE:
        return []
    return [
        Group(m.start, m.end, [m])
        for m in s.text.mentions[s.index]
        if m.type in ("person", "office") and subject.end < m.start < t.start
    ]


def _take_those_come(s: Sentence, t: Trigger, args: Arguments, draft: Draft, name: Name) -> None:
    """Those told to have come ("with the participation of A and B"), and the host to whom they came."""
    gathers = s.text.says("gathering", *s.span)
    met = (x for x in s.triggers if x.predicate and s.text.low[x.start] in _MEETING and not _brings(s, name, x))
    if not gathers or is_there_for(s, name) or any(t.hit.end <= x.hit.start and x.hit.end <= gathers[0] for x in met):
        return  # "the forum in Y, where X |met| the leaders of Z"
    reach = ((m, m.end - 1 if m.type == "office" else m.start) for m in s.text.mentions[s.index])
    come = [m for m, k in reach if s.text.tokens.end(k) > gathers[1]]  # "drew |ministers from A|, B and C"
    come = [m for m in come if "invitation" not in s.text.low[m.start - _FARTHEST_INVITER : m.start]]
    before = [m for m in come if m.end <= name.start]
    if before and governed(s, name) and s.text.says("attending", *s.text.span(before[-1].end, name.start)):
        come = before  # "|leaders from A| will attend the summit, at a time when B"
    bodies = {m.value for m in come if m.type == "body"}
    if draft.parties <= bodies and t.kind not in _TALKS:  # who lends a house for talks is no side of them
        locate(s, t, args, draft)
        country = s.lex.country_of(draft.place) if draft.place else None
        bodies |= {country} if country else set()
    draft.parties |= bodies
    s.take(draft, "participant", [Group(m.start, m.end, [m]) for m in come if m.type in ("person", "office")])


def _brings(s: Sentence, name: Name, x: Trigger) -> bool:
    """Whether it is the gathering that gathers others: "the forum on Monday |gathered| officials from A and B"."""
    return (
        not any(name.end <= g.start and g.end <= x.start for g in s.groups)
        and "," not in s.text.low[name.end : x.start]
    )


def _lends_house(s: Sentence, t: Trigger, args: Arguments, draft: Draft, name: Name, subject: Group) -> bool:
    """Whether a country is only host of the talks of others: "|Norway| hosts peace talks between A and B"."""
    hosting = not _HOSTING.isdisjoint(s.text.low[subject.end : name.start])
    theirs = draft.parties - {m.value for m in subject.mentions}
    return hosting and t.kind in _TALKS and bool(theirs) and "with" not in args and subject.mentions[0].type == "body"


def _goes_there(s: Sentence, args: Arguments, name: Name, subject: Group, draft: Draft) -> bool:
    """Whether the subject is told to be at the gathering, or off to one "with" others; none is at one still to come."""
    if governed(s, name):
        ahead = draft.status == "occurred" and s.published and draft.date and draft.date[:7] > s.published[:7]
        if ahead and s.text.says("planned", *s.text.span(s.clause_start(name.start), name.head)):
            ahead = False  # "are to host the summit in May"
        if ahead and not _TO_DO.isdisjoint(s.text.low[subject.end : governor_of(s, name)]):
            ahead = False  # "agreed to see each other at the summit in May", "said he would attend"
        return not ahead and _acts_there(s, subject, name)
    if _have_come(s, subject, name):
        return True
    return "with" in args and s.text.low[governor_of(s, name)] == "for" and subject.end < name.start


def _way(s: Sentence, name: Name) -> Trigger | None:
    """The verb of a journey told before a gathering in its clause: "|arrived| in Y on Monday to attend the summit"."""
    begin = max(s.clause_start(name.start), name.start - _FARTHEST_BROUGHT)
    return next((x for x in s.triggers if x.top == "visit" and x.predicate and begin <= x.start < name.start), None)


def is_of_way(s: Sentence, name: Name) -> bool:
    """Return whether the only date told beside a gathering is that of a journey to it."""
    way = _way(s, name)
    if way is None or s.date_between(name.end, s.clause_end(name.end)):
        return False
    return s.date_between(way.end, name.start) is not None


def _have_come(s: Sentence, subject: Group, name: Name) -> bool:
    """Whether heads of state or government have come shortly before a gathering: "arrived |ahead of| the summit"."""
    low, governor, way = s.text.low, governor_of(s, name), _way(s, name)
    if way is None or governor <= s.first or low[governor] != "of" or low[governor - 1] not in _AHEAD:
        return False
    return subject.end <= way.start and all(_heads(s, m) for m in subject.mentions)


def _acts_there(s: Sentence, subject: Group, name: Name) -> bool:
    """Whether the verb before the gathering is the subject's: not so in "X rejected the words |used at the summit"."""
    low, governor = s.text.low, governor_of(s, name)
    if subject.end > name.start or "what" in low[subject.end : name.start]:
        return False  # "discussed what was decided at the summit"
    return governor - 2 <= subject.end or not _used_there(s, name)


def _used_there(s: Sentence, name: Name) -> bool:
    """Whether a participle only tells what was done at the gathering: "the decisions |taken at the summit|"."""
    low, governor = s.text.low, governor_of(s, name)
    participle = low[governor - 1].endswith("ed") or low[governor - 1] in _DONE_THERE
    if not participle or low[governor] not in _WHERE:
        return False
    return low[governor - 2].isalpha() and low[governor - 2].endswith("s") and low[governor - 2] not in _HELPERS


def _opens(s: Sentence, name: Name) -> bool:
    """Whether the gathering opens the clause: "At the summit in Kazan, …"."""
    governor = governor_of(s, name)
    begin = governor - s.clause_start(governor)
    if governor >= s.first and is_addressed(s, governor):
        return begin < 8  # "Yesterday, in his speech before the Assembly, …"
    if s.text.low[governor - begin].endswith("ing") and governed(s, name):
        return begin < 8  # "|Speaking| on Monday |at| the Forum, …"
    if governor - begin == s.first and is_there_for(s, name):
        return True  # "|In Oslo for| the Forum, …"
    return governor >= s.first and s.text.low[governor] in _WHERE and begin < 3


def _those_met(s: Sentence, *, of_body: bool) -> list[Group]:
    """Those who met on the margins of the gathering and so attend it, few as they are.

    At a gathering of an organisation a head of state or government is among them; a minister may only have met there,
    unless it is one of ministers.
    """
    kinds = ("person", "office", "group", "he")
    met = [resolved(s, g) for g in s.groups if all(m.type in kinds and not m.predicative for m in g.mentions)]
    attend = not of_body or any(_heads(s, m) for g in met for m in g.mentions)
    return met if len(met) < 5 and attend else []


def _is_of_ministers(s: Sentence, name: Name) -> bool:
    """Whether it is ministers who gather: "the |Ministerial| Council", "the meeting of the Council of |Ministers|"."""
    return not _MINISTERS.isdisjoint(s.text.low[name.start : min(name.end + _FARTHEST_MINISTERS, s.last)])


def _heads(s: Sentence, m: Mention) -> bool:
    """Whether a mention is of a head of state or government, or of a deputy of one."""
    titles = s.register.entries[m.person].titles if m.type == "person" and m.person >= 0 else m.titles
    return any(title.kind and s.lex.office_kinds[title.kind].top in _SUMMIT_GOERS for title in titles)


def _is_next(s: Sentence, name: Name) -> bool:
    """Whether the gathering follows another in a row: "attend the … Summit and the … Forum"."""
    row = before_name(s, name.start)
    last = s.drafts[-1]
    return last.top == "conference" and row >= s.first and s.text.low[row] in ("and", ",")
