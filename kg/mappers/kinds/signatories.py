"""Signatories: who signs, for whom, and between whom an instrument is."""

from itertools import pairwise

from kg.language.dates import compatible
from kg.language.words import words
from kg.mappers.acts import stand_in
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.drafts import Draft
from kg.mappers.groups import Group
from kg.mappers.instruments import Instrument, party_mentions
from kg.mappers.kinds.concluded import comes_into_force, opens_relative, signer_between
from kg.mappers.reference import resolved
from kg.mappers.subjects import subject_after

_DETERMINERS = words("grammar", "instrument_determiners")
_DEFINITE = words("grammar", "definite_determiners")
_PASSIVE = words("grammar", "passive_helpers")
_JOINING = words("gatherings", "belonging")
_RELATIVES = words("grammar", "relative_pronouns")
_PARTY = words("grammar", "party_prepositions")
_PREPOSITIONS = words("grammar", "before_no_subject") | {"of", "within"}
_ORGANS = words("grammar", "state_organs") | words("grammar", "state_bodies") | words("acts", "lawmaking")
_BY_WHOM = words("grammar", "attending_prepositions") | {"by"}
_ITS = words("groups", "its")
_COUNTRIES = words("grammar", "two_states") - words("grammar", "sides")
_TALKS = ("meeting", "visit", "call", "conference")
_CLOSING = words("grammar", "afterwards") | words("grammar", "ending_words") | {"end"}
_FAR_BEHIND = 16
"""Tokens behind an act within which the gathering is told after which it was done."""
_NEXT = 6
_BESIDE_VERB = 3
_SIGNATURES = words("deeds", "signatures")
_BEARING = words("deeds", "bearing")
_LONGEST_ROW = 30
_WERE = words("grammar", "forms_of_be_past")


def who_signed(s: Sentence, p: Instrument) -> set[str]:
    """Return who signed what is spoken of again: "|The truce| came into effect"."""
    if p.determiner not in _DEFINITE or p.named:
        return set()
    return next((d.parties for d in reversed(s.drafts[-8:]) if d.top == "signing" and d.parties), set())


def lands_told_of(s: Sentence) -> set[str]:
    """Return the few countries that the headline, or the sentence before, is about."""
    for k in dict.fromkeys((s.index - 1, 0)):
        lands = {m.value for m in s.text.mentions[max(0, k)] if m.type == "body"} & s.authority.countries.keys()
        if 1 < len(lands) < 6:
            return lands
    return set()


def pair_near(s: Sentence, known: set[str]) -> set[str]:
    """Return two countries, one of them known: who talk, or whom the sentence, one before or the headline is about."""
    turn = s.context.turns.get(s.index)
    if turn is not None:
        return s.register.homes({turn.speaker, turn.addressee})
    for k in (s.index, s.index - 1, 0):
        lands = {m.value for m in s.text.mentions[max(0, k)] if m.type == "body"} & s.authority.countries.keys()
        if len(lands | known) == 2:
            return lands
    return set()


def take_signatories(s: Sentence, t: Trigger, args: Arguments, draft: Draft, row: list[Instrument]) -> None:
    """Add those who sign, and those for whom they do."""
    if t.predicate and "our" in s.text.low[t.start - 2 : t.start] and s.drafts and s.drafts[0].kind == "issuance":
        draft.parties |= s.drafts[0].parties  # "|our governments| issued a joint statement" in a joint statement
        return
    if s.text.low[t.start] in _BEARING:
        s.take(draft, "signatory", _whose_signatures(s, t))
        return
    subject = args.get("subject", []) if subject_signs(s, t, args, row) else _congratulated(s, t)
    subject = (stand_in(s, t.start) if t.predicate else []) or (row and signer_between(s, t, row[0])) or subject
    s.take(draft, "signatory", subject + args.get("by", []) + args.get("possessor", []))
    if s.text.low[t.end - 1] in _PARTY:
        s.take(draft, "signatory", args.get("object", []))  # "the agreement |reached between| X and Y"
    subject = subject or (_organ(s, t) if t.predicate and subject_signs(s, t, args, row) else _its(s, t))
    if subject:
        s.take(draft, "signatory", [subject[0], *_organs_beside(s, subject[0]), *_joining(s, subject[0])])
    s.take(draft, "signatory", [*_each_for_his_side(s, t), *_joined(s, t)])
    alone = _ratifies_for_itself(s, t, draft, row)
    for_them = s.text.low[t.end] == "for" if "by" in args else t.kind == "ratification" and not draft.weight()
    for name in ("between", "with", "adjective", "from", "among", *(("for",) if for_them else ())):
        s.take(draft, "signatory", [_as_countries(s, g) for g in args.get(name, []) if not alone])
    s.take(draft, "participant", args.get("presence", []) + _witnesses(s))
    if not t.predicate and "with" in args and not draft.people and t.start - s.first < _NEXT:
        s.take(draft, "signatory", subject_after(s, t.end))  # "After the |signing of a pact with| X, Y said"
    if not draft.weight():
        s.take(draft, "signatory", _subject_behind(s, t) or _antecedent(s, t) or _who_says_there(s, t, row))
    if not alone:
        take_parties(s, draft, row)
    if not draft.weight():
        s.take(draft, "signatory", _gathered(s, t) or _on_behalf(s, t))


def _whose_signatures(s: Sentence, t: Trigger) -> list[Group]:
    """Whose signatures a text bears: "a statement bearing |the signatures of| X, Y and Z"."""
    at = next((k for k in range(t.start, min(t.end + _NEXT, s.last)) if s.text.low[k] in _SIGNATURES), s.last)
    behind = (g for g in s.groups if g.start > at)
    first = next((g for g in behind if g.start - at < _NEXT), None)
    return [] if first is None else [g for g in s.groups if first.start <= g.start < first.end + _NEXT]


def _witnesses(s: Sentence) -> list[Group]:
    """In front of whom something is signed: "|in the presence of| X and Y", "while X and Y |looked on|"."""
    found = []
    if (said := s.text.says("looking_on", *s.span)) is not None:
        at = s.text.token_at(said[0])
        found += [g for g in s.groups if g.end <= at and at - g.end < _BESIDE_VERB][-1:]
    if (said := s.text.says("before_whom", *s.span)) is not None:
        at = s.text.token_at(said[1])
        found += [g for g in s.groups if 0 <= g.start - at < _BESIDE_VERB][:1]
    return [resolved(s, g) for g in found]


def _ratifies_for_itself(s: Sentence, t: Trigger, draft: Draft, row: list[Instrument]) -> bool:
    """Whether somebody ratifies what several others concern: "Chile |ratified| the NATO protocols for X and Y"."""
    if t.kind not in ("ratification", "adoption") or not draft.parties or comes_into_force(s, t):
        return False
    told = {m.value for phrase in row for m in party_mentions(s.text, phrase) if m.type == "body"}
    return len(told - draft.parties) > 1


def _as_countries(s: Sentence, g: Group) -> Group:
    """A group without the people whose "two countries" it is, where these are more than the two who lead them."""
    lands = [m for m in g.mentions if m.type == "body"]
    several = len(g.mentions) - len(lands) > 2 and s.text.low[g.end - 1] in _COUNTRIES
    return Group(g.start, g.end, lands) if lands and several else g


def _its(s: Sentence, t: Trigger) -> list[Group]:
    """Whose "its signing of", "X's parliament's swift ratification of" is: the country named last."""
    low = s.text.low
    begin = (
        s.first
        if low[t.start - 1] in _ITS
        else t.start - 9
        if "'s" in low[max(s.first, t.start - 5) : t.start]
        else t.start
    )
    if t.predicate:
        return []
    return [g for g in s.groups if begin <= g.end < t.start and g.mentions[-1].type == "body"][-1:]


def _gathered(s: Sentence, t: Trigger) -> list[Group]:
    """The organisation at whose gathering a text is adopted: "adopted at the |EU| summit", "by the |UN| Assembly"."""
    at = next((k for k in range(t.end, min(t.end + 3, s.last)) if s.text.low[k] in _BY_WHOM), s.last)
    near = [g for g in s.groups if at < g.start < at + 5] or _before_closing(s, t)
    return [g for g in near if all(m.type == "body" and m.value in s.authority.organisations for m in g.mentions)][:1]


def _before_closing(s: Sentence, t: Trigger) -> list[Group]:
    """Whose gathering had come to its end: "issued on Sunday |at the end of| the GCC meeting"."""
    low, end = s.text.low, min(t.end + _FAR_BEHIND, s.last)
    met = next((x for x in s.triggers if t.end < x.start < end and x.top in _TALKS and not x.predicate), None)
    if met is None or _CLOSING.isdisjoint(low[t.end : met.start]):
        return []
    return [g for g in s.groups if t.end < g.start and abs(met.start - g.start) < _NEXT][:1]


def _on_behalf(s: Sentence, t: Trigger) -> list[Group]:
    """For whom something is signed: "was signed in Rome |on behalf of X| and all others"."""
    said = s.text.says("for_somebody", t.hit.end, s.text.span(s.first, s.clause_end(t.end))[1]) if t.predicate else None
    return [g for g in s.groups if said and s.text.token_at(said[1]) <= g.start < s.text.token_at(said[1]) + 4][:1]


def take_parties(s: Sentence, draft: Draft, row: list[Instrument]) -> None:
    """Add those between whom instruments are by their names."""
    for phrase in row:
        for m in party_mentions(s.text, phrase) if not phrase.nested else ():
            s.take(draft, "signatory", [Group(m.start, m.end, [m])])


def _organ(s: Sentence, t: Trigger) -> list[Group]:
    """The state whose organ stands before the verb: "the Ministry of Health of X signed"."""
    left = [g for g in s.groups if s.clause_start(t.start) <= g.start and g.end <= t.start][-1:]
    return [g for g in left if not _ORGANS.isdisjoint(s.text.low[max(s.first, g.start - 7) : g.start])] or [
        g for g in left if _is_chamber(s, g, t)
    ]


def _is_chamber(s: Sentence, g: Group, t: Trigger) -> bool:
    """Whether an organ stands between a country and the verb: "the Chilean |Congress| ratified"."""
    gap = s.text.low[g.end : t.start]
    near = len(gap) < 5 or ("voted" in gap and "," not in gap)
    return g.mentions[-1].type == "body" and near and not _ORGANS.isdisjoint(gap) and "," not in gap


def _organs_beside(s: Sentence, subject: Group) -> list[Group]:
    """The other organs of states that sign: "the Ministry of Finance of X and the Ministry of Finance of Y signed"."""
    found: list[Group] = []
    at, low = subject.start, s.text.low
    for g in reversed([g for g in s.groups if g.end <= subject.start]):
        gap = low[g.end : at]
        if "and" not in gap or len(gap) > 9 or _ORGANS.isdisjoint(gap):
            break
        found.append(g)
        at = g.start
    return found


def _joining(s: Sentence, subject: Group) -> list[Group]:
    """Those who sign with the subject: "the EU, |together with| the G7, approved", "signed it |alongside| Y"."""
    low = s.text.low
    at = subject.end + (low[subject.end] == ",")
    if low[at : at + 2] == ["together", "with"]:
        return [g for g in s.groups if at + 2 <= g.start < at + 4]
    beside = next((k for k in range(at, s.last) if low[k] == "alongside"), s.last)
    return [resolved(s, g) for g in s.groups if 0 < g.start - beside < _BESIDE_VERB][:1]


def _congratulated(s: Sentence, t: Trigger) -> list[Group]:
    """Whom somebody congratulates on, or thanks for, "signing" something: they sign."""
    if not s.text.low[t.start].endswith("ing"):
        return []
    end = t.start - 1 - (s.text.low[t.start - 1] == "the")
    return [g for g in s.groups if g.end == end and s.text.low[end] in _PREPOSITIONS]


def _antecedent(s: Sentence, t: Trigger) -> list[Group]:
    """Who signs in a clause about him: "Luxembourg, which is set to sign"."""
    begin = s.clause_start(t.start)
    if not opens_relative(s, begin):
        return []
    return [g for g in s.groups if g.end == begin - 1 - (s.text.low[begin - 2] == ",")]


def _subject_behind(s: Sentence, t: Trigger) -> list[Group]:
    """Who does what a clause in front tells: "By ratifying the treaty, |Chile| …", "Having signed it, |Chile| …".

    So do those named behind what they did: "Signing the documents were |X and Y|".
    """
    low = s.text.low
    verbal = t.predicate or low[t.start + 1] in _DETERMINERS
    fronted = verbal and t.start - s.first < 3 and (low[t.start].endswith("ing") or low[s.first] == "having")
    if not fronted:
        return []
    comma = next((k for k in range(t.end, s.last) if low[k] == "," or low[k] in _WERE), s.last)
    return [g for g in s.groups if 0 < g.start - comma < 3][:1]


def _each_for_his_side(s: Sentence, t: Trigger) -> list[Group]:
    """Those who sign, each with his side: "was signed by X |for Kenya| and by Y |on behalf of Fiji|"."""
    low, found = s.text.low, list[Group]()
    for who, side in pairwise(s.text.mentions[s.index]) if t.predicate and t.kind == "signing" else ():
        if side.type != "body" or low[side.end : side.end + 1] == ["'s"]:
            continue
        begin = max(who.end, side.start - _NEXT)
        said = s.text.says("for_somebody", *s.text.span(begin, side.start)) if begin < side.start else None
        at = s.text.token_at(said[0]) if said else next((k for k in range(begin, side.start) if low[k] == "for"), None)
        if at is not None and who.type == "person" and at - who.end < 2:
            found.append(Group(who.start, who.end, [who]))
        if said or (found and found[-1].end == who.end):
            found.append(Group(side.start, side.end, [side]))
    return found


def _joined(s: Sentence, t: Trigger) -> list[Group]:
    """Who signs together, one joining the other: "X |joined| Y |in signing| the accord"."""
    low = s.text.low
    if low[t.start] != "signing" or low[t.start - 1] != "in":
        return []
    verb = next((k for k in range(t.start - 2, max(s.first, t.start - _LONGEST_ROW), -1) if low[k] in _JOINING), None)
    if verb is None:
        return []
    subject = [g for g in s.groups if g.end <= verb and verb - g.end < 3][-1:]
    return [*subject, *(g for g in s.groups if verb < g.start and g.end < t.start)]


def _who_says_there(s: Sentence, t: Trigger, row: list[Instrument]) -> list[Group]:
    """Who says something in what they issued: "In a communique |issued on Monday|, the ministers of X called for"."""
    begin = row[0].start - 1 - (s.text.low[row[0].start - 1] in _DETERMINERS) if row else s.first
    if not row or row[0].end != t.start or s.text.low[begin] != "in":
        return []
    before = [resolved(s, g) for g in s.groups if g.end == begin or (g.end == begin - 1 and s.text.low[g.end] == ",")]
    return subject_after(s, t.end) if begin == s.first else before


def subject_signs(s: Sentence, t: Trigger, args: Arguments, row: list[Instrument]) -> bool:
    """Return whether the subject signs: not of "was signed", "praised the signing of", "countries that signed"."""
    low, start = s.text.low, t.start
    if (
        (low[start] in _PASSIVE and not _is_to(low[start : t.end]))
        or "been" in low[start : t.end]
        or any(p.end == start - (low[start - 1] == ",") or p.start < start < p.end for p in row)
    ):
        return False
    subject = args.get("subject", [])
    if not t.predicate:
        return bool(subject) and s.text.says("attending", *s.text.span(subject[0].end - 1, start)) is not None
    if start > s.first and low[start - 1] in _RELATIVES:
        return any(g.end <= start and start - g.end < 3 for g in subject)
    word = s.text.tokens.words[start - 1] if start > s.first else ""
    named = any(m.start < start <= m.end for m in s.text.mentions[s.index])
    dated = any(s.text.token_at(when.end) == start for when in s.whens)
    organ = word.lower() in _ORGANS and any(_is_chamber(s, g, t) for g in s.groups if g.end < start)
    opening = start == s.first + 1  # "|Having| signed"
    return named or dated or organ or opening or not word[:1].isupper()  # not "the Declaration signed in February"


def _is_to(phrase: list[str]) -> bool:
    """Whether a form of "be" only puts an act ahead: "|is expected to| sign", not "is to be signed".

    >>> _is_to(["is", "to", "sign"]), _is_to(["is", "to", "be", "signed"])
    (True, False)
    """
    return "to" in phrase and "be" not in phrase


def take_talked(s: Sentence, t: Trigger, draft: Draft, *, others: bool = False) -> None:
    """Take the two of whose talks a sentence tells: "21 documents were signed after the talks |between X and Y|".

    ``others``: only two who are not those of the news.
    """
    told = Draft("signing", "signing")
    s.take(told, "signatory", [g for g in s.groups if g.start >= t.end])
    lands = (told.parties | s.register.homes(told.people)) & s.authority.countries.keys()
    if len(lands) == 2 and not (others and any(lands <= d.parties for d in s.drafts if d.lead)):
        draft.parties |= lands
        draft.roles += told.roles if len(told.people) == 2 else []


def complete_by_news(s: Sentence, draft: Draft) -> None:
    """Complete by the two whose deals the news is about a signing of one of them with a firm: "X of Y Group signed".

    Firms that nobody knows are no parties; what is signed so is part of the same occasion.
    """
    lands = draft.parties & s.authority.countries.keys()
    firms = {p for p in draft.parties - lands if p not in s.authority.organisations}
    if draft.headline or draft.background or not draft.people:
        return
    news = next((d for d in s.drafts if d.top == "signing" and d.lead and d is not draft), None)
    if news is None or not draft.parties - firms <= news.parties or draft.status != news.status:
        return
    pair = news.parties & s.authority.countries.keys()
    if len(pair) == 2 and (draft.date is None or compatible(draft.date, news.date)):
        draft.parties = (draft.parties - firms) | pair
        if draft.date is None and news.date is not None:
            draft.share(news)


def take_from_the_news(s: Sentence, draft: Draft) -> None:
    """Add those the news is about, where the sentence does not say who signs."""
    if draft.headline:
        for m in s.text.mentions[s.index]:
            s.take(draft, "signatory", [Group(m.start, m.end, [m])])
        return
    for other in s.drafts:
        then = compatible(draft.date, other.date or s.published)
        both = draft.parties <= other.parties and (then or len(other.parties) == len(draft.parties) + 1)
        if (other.lead or other.main) and (not draft.parties or both):
            draft.parties |= other.parties
            if then and len(other.people) < 3 and not draft.background:
                draft.roles += [("participant", k) for _, k in other.roles]
            return
    if not draft.parties:
        near = s.text.spans[max(0, s.index - 1) : s.index + 1]
        told = next((d for d in reversed(s.drafts[-6:]) if d.spans[0] in near and d.top in _TALKS), None)
        if told is not None and (len(told.parties) > 1 or told.parties & s.authority.organisations.keys()):
            draft.parties |= told.parties
            if draft.date is None and told.status == draft.status:
                draft.share_within(told)  # "These talks resulted in |the signing of|"
