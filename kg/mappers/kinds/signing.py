"""Signings: which instruments an event phrase concludes, and who does."""

from dataclasses import replace

from kg.language.dates import When, compatible
from kg.language.words import words
from kg.mappers.acts import bodies, own_date, stand_in, years_told
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.complements import undated
from kg.mappers.drafts import Draft
from kg.mappers.groups import Group, people_in
from kg.mappers.instruments import Instrument, party_mentions
from kg.mappers.kinds.unions import united
from kg.mappers.reference import resolved

_JOINS = words("grammar", "instrument_joins")
_DETERMINERS = words("grammar", "instrument_determiners")
_DEFINITE = words("grammar", "definite_determiners")
_BROAD = words("grammar", "broad_acts")
_BY_PREPOSITION = words("grammar", "acts_by_prepositions")
_SIGNS = words("grammar", "signs")
_CONCLUDED = words("grammar", "conclusion_participles") | words("grammar", "auxiliaries")
_SPECIFYING = words("grammar", "specifying")
_PASSIVE = words("grammar", "passive_helpers")
_HELPERS = words("grammar", "auxiliaries")
_RIGHT_NOW = words("grammar", "right_now")
_RELATIVES = words("grammar", "relative_pronouns")
_PARTY = words("grammar", "party_prepositions")
_PREPOSITIONS = words("grammar", "before_no_subject") | {"of", "within"}
_UNILATERAL = words("grammar", "unilateral_modifiers")
_WRITINGS = words("grammar", "signed_writings")
_ISSUED = ("joint-statement", "declaration")
_AGREED = words("grammar", "agreeing_verbs")
_ON_OR_TO = (["on"], ["upon"], ["to"])
_NOT_ISSUED = ("treaty", "agreement", "mou", "contract", "partnership")
_PAPERS = words("grammar", "papers")
_ALONE = ("ratification", "adoption", "issuance")
"""Kinds of signing that need no other side."""
_BETWEEN_SEVERAL = ("treaty", "agreement", "mou", "joint-statement")
_BEFORE_ISSUED = words("acts", "before_issued")
_QUOTES = frozenset(('"', "“", "”"))
_ROW_MARKS = frozenset((",", ";", "and", "&", "well"))
_MARKS = frozenset((":", "-", "--", "|", "–", "—"))
_ORGANS = words("grammar", "state_organs") | words("grammar", "state_bodies") | words("acts", "lawmaking")
_QUANTITIES = words("grammar", "quantities")
_PARTS = words("grammar", "parts_of_instruments")
_ROUGHLY = words("acts", "roughly") | {"more"}
_STATEMENTS = words("grammar", "bare_statements")
_LAWMAKING = words("acts", "lawmaking")
_SINCE = words("acts", "coming_later")
_TRUCES = words("deeds", "truces")
_MANDATES = words("deeds", "mandates")
_YEARS = words("acts", "year_counts")
_BY_WHOM = words("grammar", "attending_prepositions") | {"by"}
_ITS = words("groups", "its")
_HASTY = words("grammar", "hasty")
_MARKING = words("grammar", "marking_verbs")
_COUNTRIES = words("grammar", "two_states") - words("grammar", "sides")
_APPLAUDING = words("grammar", "welcoming_verbs") | words("acts", "gratitude") | words("deeds", "congratulating")
_FORCE = words("acts", "force")
_LATELY = words("acts", "before_done")
_MEMBERS = words("acts", "members_counted")
_COUNTED = words("grammar", "numbers") | words("grammar", "quantities")
_TALKS = ("meeting", "visit", "call", "conference")
_HAVE = words("grammar", "perfect_auxiliaries")
_WERE = words("grammar", "forms_of_be_past")
_PLANNED = words("grammar", "planning_participles")
_PRONOUNS = frozenset(("it", "they"))
_WHO = frozenset(("he", "she", "they", "we"))
_BEFORE_GERUNDS = words("acts", "ahead_of_gerunds")
_BEFORE_BARE = words("acts", "before_bare_ratification")
_SIGNING_AS = {"subject", "by", "possessor", "between", "with", "among"}
_FAR = 40  # tokens between a verb and the instrument it concludes: signatories with long titles may stand there


def signing(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Signings: who signs; the instrument stands in the same clause."""
    if t.kind == "ceasefire" and not t.predicate:
        return ""
    if t.hit.sense.type == "predicate" and not t.predicate and s.text.low[t.start] in _BROAD | _SIGNS:
        return ""  # "is a sign of partnership"
    if s.text.low[t.start] in _SIGNS and s.text.low[t.start - 2] in ("a", "an"):
        return ""  # "called it a good |sign|"
    if not t.predicate and _is_wished(s, t):
        return ""
    if t.predicate and s.text.low[t.start].endswith("ed") and s.text.low[t.start - 1] in _PREPOSITIONS:
        return ""  # "through |extended| deterrence"
    if t.predicate and s.text.low[t.start].endswith("ing") and _ahead_of(s, t):
        draft.status = "planned"
        draft.forget_date()
    if s.text.low[t.start : t.end] == ["reached", "with"] and "'s" in s.text.low[t.end : t.end + 4]:
        return ""  # "the agreements |reached with| X's mediation"
    here = s.context.instruments.get(s.index, ())
    if t.kind == "ratification" and any(p.start < t.start < p.end for p in here):
        return ""  # "the Resolution of Consent to the |Ratification| of the Protocols"
    row = concluded(s, t)
    if t.predicate and t.kind == "ratification" and row and _by_some(s, t):
        return ""
    if not row and (t.kind == "ceasefire" or _truce_holds(s, t)):
        return _truce(s, t, args, draft)
    if not row and t.kind == "adoption" and not _MANDATES.isdisjoint(s.text.low[t.end : t.end + 12]):
        return _mandate(s, t, args, draft)
    if (not row or row[0].sentence < s.index) and _for_somebody(s, t):
        return _signed_for(s, t, args, draft)
    if not row or not _UNILATERAL.isdisjoint(s.text.low[row[0].start : row[0].tail]):
        return _act_of_state(s, t, args, draft)
    within = t.predicate and t.end > t.start + 1  # "|signed a joint statement|"
    if row[0].start <= t.start < row[0].end and not (within and (row[0].start == t.start or row[0].end < t.end)):
        return ""  # "the Joint Statement stresses …" tells of no issuing
    meant = "" if _contact(s, t, row[0]) else _meant(s, row[0])
    draft.name = meant or row[0].kind
    draft.instruments = [] if meant else [phrase.start for phrase in row]
    draft.pointing = bool(meant) or _is_bare(row[0])
    if row[0].sentence == s.index and _looked_back_on(s, t, row[0]):
        draft.background, draft.status = True, "occurred" if s.text.low[t.start].endswith("ed") else draft.status
    if not t.predicate and s.text.low[t.start - 1] == "for" and t.end - t.start == 1 and row[0].end == t.start - 1:
        draft.status = "planned"  # "prepare a treaty |for signing|"
    unset = draft.status == "planned" and draft.date is None
    if unset and _comes_into_force(s, t) and not s.text.low[t.start].endswith("ing"):
        return ""  # "will take effect once both have ratified it"
    if draft.status == "planned" and draft.date is None and "forward" in s.text.low[s.clause_start(t.start) : t.start]:
        return ""  # "they look forward to the signing of"
    if draft.status == "planned" and draft.date is None and (when := _day_scheduled(s, t)) is not None:
        draft.take_date(when)
    marked = not t.predicate and _marked(s, t)
    if (
        not t.predicate
        and t.kind in _ALONE
        and not _APPLAUDING.isdisjoint(s.text.low[s.clause_start(t.start) : t.start])
    ):
        draft.background = True  # "congratulated X on the ratification of"
    lasting = s.text.low[s.first] == "since" or "since" in s.text.low[t.end : s.clause_end(t.end)]
    if t.predicate and lasting and s.text.low[t.start - 1] in _HAVE:
        draft.background = True  # "have signed 20 agreements since 2010"
        draft.forget_date()
    if marked or _since(s, t):
        draft.background, draft.status = True, "occurred"
        _date_back(s, t, draft)
    _take_signatories(s, t, args, draft, row)
    if draft.roles and _only_witnessed(s, args, row[0]):
        return ""
    if not draft.weight() and row[0].key is not None:
        draft.parties |= {s.lex.body_of(code) for code in s.authority.agreements[row[0].key].parties}
    relative = t.start > s.first and s.text.low[t.start - 1] in _RELATIVES
    if not draft.weight() and ":" in s.text.low[max(s.first, s.last - 3) : s.last]:
        _take_parties(s, draft, s.context.instruments.get(s.index + 1, []))  # of the list that follows
    if t.predicate and s.register.home and _by_lawmakers(s, t):
        draft.parties.add(s.register.home)
    if not t.predicate and s.register.home and s.text.low[t.start - 1] in _LAWMAKING:
        draft.parties.add(s.register.home)  # "|Senate| ratification of the treaty"
    if draft.weight() < 2 and s.text.low[row[0].head] in _STATEMENTS and draft.background:
        return ""  # "the anniversary of the signing of the November 9, 2020, statement"
    unsaid = not draft.weight()
    alone = draft.parties and (_done_alone(s, t, row[0]) or _with_unknown(s, t, args))
    if not draft.weight() and t.predicate and not draft.headline and row[0].determiner not in _DEFINITE:
        _take_talked(s, t, draft, others=True)
    if draft.weight() < 2 and not draft.people and not alone and not (relative and row[0].start > t.start):
        _take_from_the_news(s, draft)
    if not draft.weight() and t.predicate:
        _take_talked(s, t, draft)
    again = _signed_before(s, row[0]) if t.predicate and draft.weight() < 2 else set()
    if not draft.weight() and t.predicate:
        draft.parties |= again or _told_of(s)
    draft.parties |= s.register.homes(draft.people)
    if not draft.parties and not row[0].described:
        draft.parties |= again  # "General X |signed the agreement| for the rebels"
    if unsaid and len(draft.parties) == 1 and draft.parties != again and not _may_be_alone(s, t, row[0]):
        draft.parties |= _pair_near(s, draft.parties) if not draft.background or t.predicate else set()
        draft.roles = []
        if len(draft.parties) == 1 and not draft.parties & s.authority.organisations.keys():
            return "nobody is said to sign"
    if marked:
        draft.roles, draft.aside = [], True
    if not t.predicate and draft.status == "occurred" and draft.date is None and _lies_ahead(s, draft):
        draft.status = "planned"
    return None if draft.weight() else "nobody is said to sign"


def _day_scheduled(s: Sentence, t: Trigger) -> When | None:
    """The day of the occasion on which something is to be signed: "during X's visit |scheduled for| June 3"."""
    ahead = [w for w in s.whens if w.start > t.hit.end]
    at = s.text.token_at(ahead[0].start) if ahead else s.first
    return ahead[0] if at > s.first + 2 and s.text.low[at - 2] in _PLANNED else None


def _lies_ahead(s: Sentence, draft: Draft) -> bool:
    """Whether what is spoken of as a signing was told to be planned: "he called |the signing| a breakthrough"."""
    told = (d for d in s.drafts[-8:] if d.top == "signing" and d.name == draft.name and d.parties == draft.parties)
    return any(d.status == "planned" for d in told)


def _signed_before(s: Sentence, p: Instrument) -> set[str]:
    """Who signed what is spoken of again: "|The truce| came into effect"."""
    if p.determiner not in _DEFINITE or p.named:
        return set()
    return next((d.parties for d in reversed(s.drafts[-8:]) if d.top == "signing" and d.parties), set())


def _told_of(s: Sentence) -> set[str]:
    """The few countries that the headline, or the sentence before, is about."""
    for k in dict.fromkeys((s.index - 1, 0)):
        lands = {m.value for m in s.text.mentions[max(0, k)] if m.type == "body"} & s.authority.countries.keys()
        if 1 < len(lands) < 6:
            return lands
    return set()


def _ahead_of(s: Sentence, t: Trigger) -> bool:
    """Whether something is told to come before what a gerund tells: "in advance of the Agreement |entering| …"."""
    return not _BEFORE_GERUNDS.isdisjoint(s.text.low[max(s.first, t.start - 8) : t.start])


def _is_wished(s: Sentence, t: Trigger) -> bool:
    """Whether a noun tells of what is to be: "the |early| signing of", "comes into force |after| ratification"."""
    low = s.text.low
    if not _HASTY.isdisjoint(low[max(s.first, t.start - 3) : t.start]):
        return "'s" not in low[max(s.first, t.start - 5) : t.start] or _APPLAUDING.isdisjoint(low[s.first : t.start])
    bare = t.kind == "ratification" and t.end - t.start == 1 and low[t.end : t.end + 1] not in (["of"], ["by"])
    return bare and (t.start == s.first or low[t.start - 1] in _BEFORE_BARE)


def _by_some(s: Sentence, t: Trigger) -> bool:
    """Whether it is only told how many did it: "23 of the 29 |member states have| ratified the protocol"."""
    low, k = s.text.low, t.start - 1
    while k > s.first and (low[k] in _HELPERS or low[k] in _LATELY):
        k -= 1
    counted = low[k] in _MEMBERS and any(w[0].isdigit() or w in _COUNTED for w in low[max(s.first, k - 6) : k])
    return counted and not any(k - 6 < g.end <= k + 1 for g in s.groups)


def _comes_into_force(s: Sentence, t: Trigger) -> bool:
    """Whether it is told of an instrument that it entered into force, and not who ratified it."""
    return t.predicate and t.kind == "ratification" and s.text.low[t.end - 1] in _FORCE


def _by_lawmakers(s: Sentence, t: Trigger) -> bool:
    """Whether a house of no country named ratifies something, which is that at home: "|Parliament| ratified"."""
    before = s.text.low[s.clause_start(t.start) : t.start]
    others = bodies(s, [g for g in s.groups if g.end <= t.start and s.clause_start(t.start) <= g.start])
    return not _LAWMAKING.isdisjoint(before) and others <= {s.register.home}


def _pair_near(s: Sentence, known: set[str]) -> set[str]:
    """The two countries, one of them known, that the sentence, the one before or the headline is about, or who talk."""
    turn = s.context.turns.get(s.index)
    if turn is not None:
        return s.register.homes({turn.speaker, turn.addressee})
    for k in (s.index, s.index - 1, 0):
        lands = {m.value for m in s.text.mentions[max(0, k)] if m.type == "body"} & s.authority.countries.keys()
        if len(lands | known) == 2:
            return lands
    return set()


def _may_be_alone(s: Sentence, t: Trigger, p: Instrument) -> bool:
    """Whether one alone may conclude an instrument."""
    return (
        t.kind in _ALONE and not _comes_into_force(s, t) and s.text.low[t.start] not in _AGREED
    ) or p.kind not in _BETWEEN_SEVERAL


def _done_alone(s: Sentence, t: Trigger, p: Instrument) -> bool:
    """Whether one alone may do it: ratify a treaty, adopt what is not joint, sign what is open to all."""
    if t.kind == "ratification":
        return not _comes_into_force(s, t)
    if t.kind in _ALONE:
        return (
            s.text.low[t.start] not in _AGREED
            and p.kind != _ISSUED[0]
            and not p.plural
            and "joint" not in s.text.low[p.start : p.tail]
        )
    return p.key is not None and len(s.authority.agreements[p.key].parties) != 2


def _with_unknown(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether the other side is told, though nobody knows it: "which X |signed with| the Y People's Republic"."""
    return s.text.low[t.end : t.end + 1] == ["with"] and "with" not in args


def _since(s: Sentence, t: Trigger) -> bool:
    """Whether what is told came after a signing: "the progress |since the signing| of", "has been in force |since|"."""
    low = s.text.low
    if t.predicate:
        return t.kind == "ratification" and "since" in low[t.end - 1 : t.end + 1]
    k = t.start - 1 - (s.text.low[t.start - 1] in _DETERMINERS)
    return k > s.first and s.text.low[k] in _SINCE


def _marked(s: Sentence, t: Trigger) -> bool:
    """Whether a signing is only recalled: "the 30th |anniversary of| the treaty", "to |mark| the signing"."""
    k = t.start - 1 - (s.text.low[t.start - 1] in _DETERMINERS)
    if s.text.low[k] in _MARKING:
        return True
    return k - 1 > s.first and s.text.low[k] in ("of", "since") and s.text.low[k - 1] in _YEARS


def _date_back(s: Sentence, t: Trigger, draft: Draft) -> None:
    """Date a signing of which it is only told how many years it lies back, or by a date of its own phrase."""
    own = own_date(s, t)
    draft.forget_date()
    ago = next((k for k in range(s.first, s.last) if s.text.low[k] == "ago"), None)
    if _marked(s, t):
        years = years_told(s, t, reach=6)
    else:
        years = years_told(s, replace(t, start=ago, end=ago), reach=3) if ago else 0
    if years and s.published:
        draft.date, draft.rule = str(int(s.published[:4]) - years), "years-since"
    elif own is not None:
        draft.take_date(own)


def concluded(s: Sentence, t: Trigger) -> list[Instrument]:
    """The instruments that a phrase concludes: the nearest of its clause, with those in a row with it."""
    here = s.context.instruments.get(s.index, [])
    begin, end = s.clause_start(t.start), s.clause_end(t.end)
    if t.predicate and _opens_relative(s, begin) and t.start - begin < 16 and not _is_done_by_text(s, t, begin):
        before = [p for p in here if not p.nested and begin - 3 <= p.end < begin]
        if before:
            return _row(s, here, before[-1])  # "the treaty, which they signed"
    fits = [p for p in here if not p.nested and begin <= p.start < end and _reaches(s, t, p)]
    if not fits and t.predicate and s.text.low[t.start - 1] == "," and s.text.low[t.end] in _PREPOSITIONS:
        fits = [p for p in here if not p.nested and p.end == t.start - 1]  # "the declaration, |adopted| on Tuesday,"
    if not fits:
        fits = _fronted(s, t, here) or _pointed_at(s, t, here)
        return fits[-1:]
    nearest = min(fits, key=lambda p: (p.start - t.end if p.end > t.start else (t.start - p.end) * 2, p.start))
    return _row(s, here, nearest)


def _fronted(s: Sentence, t: Trigger, here: list[Instrument]) -> list[Instrument]:
    """The instrument of which a participle before it tells: "|Approved| in 2019, the trade agreement …"."""
    low = s.text.low
    if t.start != s.first or t.end - t.start > 1 or not low[t.start].endswith("ed"):
        return []
    comma = next((k for k in range(t.end, s.last) if low[k] == ","), s.last)
    return [p for p in here if not p.nested and 0 < p.start - comma < 3][:1]


def _pointed_at(s: Sentence, t: Trigger, here: list[Instrument]) -> list[Instrument]:
    """The instrument named last before "it": "X ratified the pact, and Y |signed it|", "It was |ratified by| Z"."""
    low = s.text.low
    if not t.predicate or low[t.start - 1] in _RELATIVES:
        return []
    if low[t.end : t.end + 1] != ["it"] and not _of_it(s, t):
        return []
    before = [p for p in here if p.end <= t.start] or s.context.instruments.get(s.index - 1, [])
    return [p for p in before if not p.nested and p.kind in _BETWEEN_SEVERAL]


def _of_it(s: Sentence, t: Trigger) -> bool:
    """Whether "it" or "they" is what was signed, or entered into force: "|It was| earlier ratified by"."""
    low, k = s.text.low, t.start - 1
    while k > s.first and (low[k] in _PASSIVE or low[k] in _HELPERS or low[k].endswith("ly") or low[k] in _LATELY):
        k -= 1
    done = low[t.start] in _PASSIVE or not _PASSIVE.isdisjoint(low[k + 1 : t.start])
    return k >= s.first and low[k] in _PRONOUNS and (done or _comes_into_force(s, t))


def _contact(s: Sentence, t: Trigger, p: Instrument) -> list[Group]:
    """Who signs in a clause that no pronoun opens: "the agreement |Switzerland| concluded with Russia"."""
    if p.end == t.start - 1 and s.text.low[p.end] in _WHO:  # "congratulated X on the agreement |he| reached with Y"
        return [g for g in s.groups if g.end <= p.start and any(m.type == "person" for m in g.mentions)][-1:]
    begin = p.end + (s.text.low[p.end : p.end + 1] == ["the"])
    return [g for g in s.groups if g.start == begin and g.end in (t.start, t.start - 1) and g.end <= t.start]


def _only_witnessed(s: Sentence, args: Arguments, p: Instrument) -> bool:
    """Whether it is only told who was there when what the sentence before tells was signed: "|The documents| were"."""
    told = s.drafts[-1] if s.drafts else None
    bare = p.determiner in _DEFINITE and not p.described and not p.named
    return bare and "presence" in args and not _SIGNING_AS & args.keys() and told is not None and told.top == "signing"


def _is_done_by_text(s: Sentence, t: Trigger, begin: int) -> bool:
    """Whether "which" is no object of a verb on anything: "a text, which |approved| it", "which he wrote and sent"."""
    low = s.text.low
    if low[t.start] not in _BROAD:
        return False
    return t.start == begin or not s.lex.verb_forms.isdisjoint(low[begin : t.start])


def _meant(s: Sentence, p: Instrument) -> str:
    """What is signed by the news, where the words only point back to it: "those who signed |the agreement|"."""
    if p.kind != "agreement" or p.plural or not _is_bare(p):
        return ""
    return next((d.name for d in reversed(s.drafts) if d.top == "signing" and not d.background), "")


def _is_bare(p: Instrument) -> bool:
    """Whether an instrument is told by no more than its noun, as one that is known: "the agreements"."""
    return not (p.named or p.described or p.count) and p.determiner in _DEFINITE


def _opens_relative(s: Sentence, begin: int) -> bool:
    return begin > s.first and s.text.low[begin - 1] in _RELATIVES


def _reaches(s: Sentence, t: Trigger, p: Instrument) -> bool:
    """Whether a phrase reaches an instrument: no preposition makes it a mere circumstance of what is signed."""
    if p.start < t.end and p.end > t.start:
        return True
    low = s.text.low
    after = p.start >= t.end
    gap = low[t.end : p.start] if after else low[p.end : t.start]
    if low[t.start] in _AGREED and t.kind == "adoption":
        return after and gap[:1] in _ON_OR_TO and _PREPOSITIONS.isdisjoint(gap[1:]) and len(gap) < 7
    act = low[t.end - 1 - (low[t.end - 1] == "of" and not t.predicate)]
    if t.kind == "issuance" and p.kind in _NOT_ISSUED and low[p.head] not in _PAPERS:
        return False  # "an agreement on recognition of visas |issued| in X"
    beside = _beside(act, undated(s, gap, t.end) if after else gap, after)
    if act in _BROAD and not beside and not (t.predicate and _contact(s, t, p)):
        return False  # what is issued or released may be anything
    before = p.start
    while p.count and before > t.end and low[before - 1] in _ROUGHLY:
        before -= 1  # "signed |more than| 30 deals"
    leads = next((w for w in reversed(low[t.end if after else s.first : before]) if w not in _DETERMINERS), "")
    of = before - 1 - (low[before - 1] in _DETERMINERS)
    if leads == "of" and (low[of - 1] in _QUANTITIES or (t.predicate and after and low[of - 1] in _PARTS)):
        leads = ""  # "signed |a number of| agreements", "|the first part of| the agreement"
    if leads == "of" and low[t.start] in _PASSIVE and not after:
        return False  # "few |details of| the agreement were released"
    if after and low[t.end - 1] == "to" and (len(gap) > 3 or "and" in gap):
        return False  # "Finland's accession to NATO, and …"
    if after and t.predicate and low[t.start] in _BY_PREPOSITION:
        return True
    if not after and len(gap) == 1 and gap[0] in _WHO and t.predicate:
        return True  # "the agreement |he| reached with"
    if leads in _PREPOSITIONS and (gap or not after):
        noun = not t.predicate or low[t.end - 1].endswith("ion")  # "|deposited its instrument of ratification| of"
        inner = leads == "of" and after and noun
        return len(gap) < _FAR and (inner or (not after and not gap))
    return len(gap) < _FAR


def _beside(word: str, gap: list[str], after: bool) -> bool:
    """Whether nothing stands between an act on anything and an instrument: "issued a joint …", "… was approved"."""
    if after:
        joined = not word.endswith("ed") and "and" in gap  # "the conclusion of his term |and| the pact"
        return not joined and all(
            (w[0].isalnum() or w in _QUOTES) and (w not in _PREPOSITIONS or w == "of") for w in gap
        )
    return word.endswith("ed") and all(w in _PASSIVE or w in _HELPERS or w in _PLANNED for w in gap)


def _row(s: Sentence, here: list[Instrument], one: Instrument) -> list[Instrument]:
    """An instrument and those joined to it: "a treaty, two protocols and a joint statement"."""
    n = here.index(one)
    lo = hi = n
    while lo > 0 and _joined(s, here[lo - 1], here[lo]):
        lo -= 1
    while hi + 1 < len(here) and _joined(s, here[hi], here[hi + 1]):
        hi += 1
    return [one, *here[lo:n], *here[n + 1 : hi + 1]]


def _joined(s: Sentence, a: Instrument, b: Instrument) -> bool:
    if b.nested:
        return True
    gap = s.text.low[a.end : b.start]
    if not _SPECIFYING.isdisjoint(gap):  # "documents were signed, including …"
        return a.plural and not a.named and all(w in _JOINS or w in _DETERMINERS or w in _CONCLUDED for w in gap)
    if gap[-2:] == ["along", "with"] and gap[-3:-2] == [","]:
        return b.plural  # "memoranda covering trade and culture, |along with| agreements on"
    begin = 0
    if gap and gap[0] in _BY_WHOM:  # "an agreement |in Rome|, a memorandum and …"
        begin = next((n for n, w in enumerate(gap) if w in _ROW_MARKS), 0)
        if not s.lex.verb_forms.isdisjoint(gap[:begin]):
            return False
    return (
        len(gap) - begin < 7
        and not _ROW_MARKS.isdisjoint(gap[begin:])
        and all(w in _JOINS or w in _DETERMINERS for w in gap[begin:])
    )


def issue(s: Sentence) -> Draft | None:
    """The issuing of what the whole article is, as its headline ``s`` says: "Joint Statement by the leaders of …"."""
    phrase = next((p for p in s.context.instruments.get(0, ()) if p.kind in _ISSUED and not p.plural), None)
    if s.text.article.title is None or phrase is None or not _is_headline(s, phrase) or _does_something(s, phrase):
        return None
    draft = Draft("issuance", "signing", spans=[s.span], lead=True, name=phrase.kind, instruments=[phrase.start])
    draft.order = s.span[0]
    stated = party_mentions(s.text, replace(phrase, end=s.last))
    for mentions in (stated, s.text.mentions[0], *s.text.mentions[1:2]):
        groups = [Group(m.start, m.end, [m]) for m in mentions if m.type in ("person", "office", "body")]
        if len(groups) > 1 or any(m.type == "body" and m.value.islower() for g in groups for m in g.mentions):
            s.take(draft, "signatory", groups)
            break
    draft.parties = united(draft.parties | s.register.homes(draft.people), s.authority)
    if s.published:
        draft.date, draft.rule = s.published, "day-of-publication"
    return draft if draft.weight() else None


def _is_headline(s: Sentence, p: Instrument) -> bool:
    """Whether a headline is the name of an instrument: before it stands whose it is, or what it is on and a colon."""
    low, lex = s.text.low, s.lex
    begin = p.start - (p.start > s.first and low[p.start - 1] in _DETERMINERS)
    if begin > s.first and low[begin - 1] in _MARKS:
        return p.end == s.last or p.kind == _ISSUED[0]
    mentioned = {k for m in s.text.mentions[0] for k in range(m.start, m.end)}
    return all(
        k in mentioned or not low[k].isalpha() or low[k] in _BEFORE_ISSUED or low[k] in lex.portfolio
        for k in range(s.first, begin)
    )


def _does_something(s: Sentence, p: Instrument) -> bool:
    """Whether a headline goes on with what the instrument does: "Joint statement of X and Y |meets| expectations"."""
    low = s.text.low
    after = (low[m.end] for m in s.text.mentions[0] if p.start < m.start and m.end < s.last)
    return any(word in s.lex.verb_forms and word.endswith(("s", "ed")) for word in after)


def _act_of_state(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """A decree or law that is signed is one country's; it is news only where the article is about it."""
    begin, end = s.text.tokens.starts[t.end - 1], s.span[1]
    ceremonial = not t.predicate and s.text.low[t.end - 1] == "ceremony" and {"between", "of", "by"} & args.keys()
    if (
        (ceremonial and not _told_signed(s))
        or (t.kind == "document-exchange" and t.end > t.start + 1)
        or not _WRITINGS.isdisjoint(s.words_of(t))
        or (
            t.kind == "signing" and s.text.low[t.start - 1] in _STATEMENTS and "by" in args
        )  # "the statement |was signed| by"
    ):
        draft.name = "agreement"
    elif not (draft.lead and t.kind == "signing" and s.text.says("acts_of_state", begin, min(end, begin + 60))):
        return "" if s.text.low[t.start] in _BROAD or not t.predicate else "no instrument is named"
    _take_signatories(s, t, args, draft, [])
    draft.parties |= s.register.homes(draft.people)
    if not draft.parties and draft.name == "" and s.register.home:
        draft.parties.add(s.register.home)
    return None if draft.weight() else "nobody is said to sign"


def _told_signed(s: Sentence) -> bool:
    """Whether the news has told a signing already, so that "the signing ceremony" is where that was done."""
    return any(d.top == "signing" and not d.background and d.status == "occurred" for d in s.drafts[-6:])


def _truce_holds(s: Sentence, t: Trigger) -> bool:
    """Whether it is a truce that takes effect."""
    return t.kind == "ratification" and not _TRUCES.isdisjoint(s.text.low[s.clause_start(t.start) : t.start])


def _truce(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """A truce agreed on or an exchange of prisoners: those who fight, of whom no instrument is named."""
    draft.name = "agreement"
    _take_signatories(s, t, args, draft, [])
    draft.roles.clear()
    return None if len(draft.parties) > 1 else "nobody is said to sign"


def _mandate(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """A resolution told only by what it does: "the Security Council extended the |mandate| of its mission in X"."""
    draft.name = "resolution"
    s.take(draft, "signatory", args.get("subject", []) + args.get("by", []))
    draft.parties = united(draft.parties & s.authority.organisations.keys(), s.authority)
    draft.roles.clear()
    return None if draft.parties else "nobody is said to sign"


def _for_somebody(s: Sentence, t: Trigger) -> bool:
    """Whether somebody signs for his side what was named before: "signed on behalf of X by Y", "Y |signed for| X"."""
    if t.kind != "signing" or not (t.predicate or _opens_signing(s, t)):
        return False
    end = s.text.span(s.first, s.clause_end(t.end))[1]
    lands = (g for g in s.groups if g.mentions[0].type == "body" and 0 < g.start - t.end < 3)
    return (s.text.low[t.end] == "for" and next(lands, None) is not None) or s.text.says(
        "for_somebody", s.span[0], end
    ) is not None


def _opens_signing(s: Sentence, t: Trigger) -> bool:
    """Whether those who signed are named behind what opens the sentence: "|Signing on behalf of| X |was| Y"."""
    return t.start == s.first and s.text.low[t.start] == "signing" and s.text.low[t.end] in _PREPOSITIONS


def _signed_for(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Who signed what the signing told before concludes; no event of its own."""
    known = next((d for d in reversed(s.drafts) if d.top == "signing"), None)
    if known is None:
        return "no instrument is named"
    after = [m for m in s.text.mentions[s.index] if m.start > t.end and s.text.low[m.start - 1] == "by"]
    subject = args.get("subject", []) if _acts(s, t, args, []) else []
    if _opens_signing(s, t):
        was = next((k for k in range(t.end, s.last) if s.text.low[k] in _PASSIVE), s.last)
        subject = [resolved(s, g) for g in s.groups if g.start > was and people_in(g)][:1]
    s.take(known, "signatory", subject + args.get("by", []) + [Group(m.start, m.end, [m]) for m in after])
    known.spans += [s.span] if s.span not in known.spans else []
    return ""


def _looked_back_on(s: Sentence, t: Trigger, p: Instrument) -> bool:
    """Whether a signing is told only to say which instrument is meant: "the treaty (which was) signed with X"."""
    if s.index < 2 and s.text.article.title is not None:
        return False
    if t.start > s.first and s.text.low[t.start - 1] in _RELATIVES:
        return True
    gap = s.text.low[p.end : t.start]
    if p.end > t.start or not _RIGHT_NOW.isdisjoint(gap):
        return False
    lone = t.end - t.start == 1 or s.text.low[t.end - 1] in _PARTY
    participle = t.predicate and not gap and lone and p.determiner in _DEFINITE
    return participle or not _RELATIVES.isdisjoint(gap) or bool(t.predicate and _contact(s, t, p))


def _take_signatories(s: Sentence, t: Trigger, args: Arguments, draft: Draft, row: list[Instrument]) -> None:
    if t.predicate and "our" in s.text.low[t.start - 2 : t.start] and s.drafts and s.drafts[0].kind == "issuance":
        draft.parties |= s.drafts[0].parties  # "|our governments| issued a joint statement" in a joint statement
        return
    subject = args.get("subject", []) if _acts(s, t, args, row) else _congratulated(s, t)
    subject = (stand_in(s, t.start) if t.predicate else []) or (row and _contact(s, t, row[0])) or subject
    s.take(draft, "signatory", subject + args.get("by", []) + args.get("possessor", []))
    if s.text.low[t.end - 1] in _PARTY:
        s.take(draft, "signatory", args.get("object", []))  # "the agreement |reached between| X and Y"
    subject = subject or (_organ(s, t) if t.predicate and _acts(s, t, args, row) else _its(s, t))
    if subject:
        s.take(draft, "signatory", [subject[0], *_organs_beside(s, subject[0]), *_joining(s, subject[0])])
    alone = _ratifies_for_itself(s, t, draft, row)
    for_them = (
        s.text.low[t.end : t.end + 1] == ["for"] if "by" in args else t.kind == "ratification" and not draft.weight()
    )
    for name in ("between", "with", "adjective", "from", "among", *(("for",) if for_them else ())):
        s.take(draft, "signatory", [_as_countries(s, g) for g in args.get(name, []) if not alone])
    s.take(draft, "participant", args.get("presence", []))
    if not draft.weight():
        s.take(draft, "signatory", _subject_behind(s, t) or _antecedent(s, t))
    if not alone:
        _take_parties(s, draft, row)
    if not draft.weight():
        s.take(draft, "signatory", _gathered(s, t) or _on_behalf(s, t))


def _ratifies_for_itself(s: Sentence, t: Trigger, draft: Draft, row: list[Instrument]) -> bool:
    """Whether somebody ratifies what several others concern: "Chile |ratified| the NATO protocols for X and Y"."""
    if t.kind not in ("ratification", "adoption") or not draft.parties or _comes_into_force(s, t):
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
    near = [g for g in s.groups if at < g.start < at + 5]
    return [g for g in near if all(m.type == "body" and m.value in s.authority.organisations for m in g.mentions)][:1]


def _on_behalf(s: Sentence, t: Trigger) -> list[Group]:
    """For whom something is signed: "was signed in Rome |on behalf of X| and all others"."""
    said = s.text.says("for_somebody", t.hit.end, s.text.span(s.first, s.clause_end(t.end))[1]) if t.predicate else None
    return [g for g in s.groups if said and s.text.token_at(said[1]) <= g.start < s.text.token_at(said[1]) + 4][:1]


def _take_parties(s: Sentence, draft: Draft, row: list[Instrument]) -> None:
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
    return g.mentions[-1].type == "body" and len(gap) < 5 and not _ORGANS.isdisjoint(gap) and "," not in gap


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
    """Those who sign with the subject: "the EU, |together with| the G7, approved"."""
    low = s.text.low
    at = subject.end + (low[subject.end : subject.end + 1] == [","])
    if low[at : at + 2] != ["together", "with"]:
        return []
    return [g for g in s.groups if at + 2 <= g.start < at + 4]


def _congratulated(s: Sentence, t: Trigger) -> list[Group]:
    """Whom somebody congratulates on, or thanks for, "signing" something: they sign."""
    if not s.text.low[t.start].endswith("ing"):
        return []
    end = t.start - 1 - (s.text.low[t.start - 1] == "the")
    return [g for g in s.groups if g.end == end and s.text.low[end] in _PREPOSITIONS]


def _antecedent(s: Sentence, t: Trigger) -> list[Group]:
    """Who signs in a clause about him: "Luxembourg, which is set to sign"."""
    begin = s.clause_start(t.start)
    if not _opens_relative(s, begin):
        return []
    return [g for g in s.groups if g.end == begin - 1 - (s.text.low[begin - 2] == ",")]


def _subject_behind(s: Sentence, t: Trigger) -> list[Group]:
    """Who does what a clause in front tells: "By ratifying the treaty, |Chile| …", "Having signed it, |Chile| …".

    So do those named behind what they did: "Signing the documents were |X and Y|".
    """
    low = s.text.low
    verbal = t.predicate or low[t.end] in _DETERMINERS
    fronted = verbal and t.start - s.first < 3 and (low[t.start].endswith("ing") or low[s.first] == "having")
    if not fronted:
        return []
    comma = next((k for k in range(t.end, s.last) if low[k] == "," or low[k] in _WERE), s.last)
    return [g for g in s.groups if 0 < g.start - comma < 3][:1]


def _acts(s: Sentence, t: Trigger, args: Arguments, row: list[Instrument]) -> bool:
    """Whether the subject signs: not of "was signed", "praised the signing of", "countries that signed"."""
    low, start = s.text.low, t.start
    if (
        low[start] in _PASSIVE
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


def _take_talked(s: Sentence, t: Trigger, draft: Draft, *, others: bool = False) -> None:
    """Take the two of whose talks a sentence tells: "21 documents were signed after the talks |between X and Y|".

    ``others``: only two who are not those of the news.
    """
    told = Draft("signing", "signing")
    s.take(told, "signatory", [g for g in s.groups if g.start >= t.end])
    lands = (told.parties | s.register.homes(told.people)) & s.authority.countries.keys()
    if len(lands) == 2 and not (others and any(lands <= d.parties for d in s.drafts if d.lead)):
        draft.parties |= lands
        draft.roles += told.roles if len(told.people) == 2 else []


def _take_from_the_news(s: Sentence, draft: Draft) -> None:
    """Those the news is about sign, where the sentence does not say who does."""
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
        if told is not None and len(told.parties) > 1:
            draft.parties |= told.parties
            if draft.date is None and told.status == draft.status:
                draft.share_within(told)  # "These talks resulted in |the signing of|"
