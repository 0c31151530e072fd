"""Signings: which instruments an event phrase concludes, and who does."""

from dataclasses import replace

from kg.language.dates import When
from kg.language.words import words
from kg.mappers.acts import bodies, is_past, own_date, years_told
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.drafts import Draft
from kg.mappers.groups import Group, people_in
from kg.mappers.instruments import Instrument, party_mentions
from kg.mappers.kinds.concluded import comes_into_force, concluded, is_bare, named_by_news, signer_between
from kg.mappers.kinds.signatories import (
    complete_by_news,
    lands_told_of,
    pair_near,
    subject_signs,
    take_from_the_news,
    take_parties,
    take_signatories,
    take_talked,
    who_signed,
)
from kg.mappers.kinds.unions import united
from kg.mappers.reference import resolved

_DETERMINERS = words("grammar", "instrument_determiners")
_DEFINITE = words("grammar", "definite_determiners")
_BROAD = words("grammar", "broad_acts")
_SIGNS = words("grammar", "signs")
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
_ALONE = ("ratification", "adoption", "issuance")
"""Kinds of signing that need no other side."""
_BETWEEN_SEVERAL = ("treaty", "agreement", "mou", "joint-statement")
_BEFORE_ISSUED = words("acts", "before_issued")
_MARKS = frozenset((":", "-", "--", "|", "–", "—"))
_STATEMENTS = words("grammar", "bare_statements")
_LAWMAKING = words("acts", "lawmaking")
_SINCE = words("acts", "coming_later")
_TRUCES = words("deeds", "truces")
_MANDATES = words("deeds", "mandates")
_YEARS = words("acts", "year_counts")
_HASTY = words("grammar", "hasty")
_UNDONE = words("grammar", "before_undone")
_MARKING = words("grammar", "marking_verbs")
_APPLAUDING = words("grammar", "welcoming_verbs") | words("acts", "gratitude") | words("deeds", "congratulating")
_LATELY = words("acts", "before_done")
_VIEWS = words("grammar", "put_on_paper")
_MEMBERS = words("acts", "members_counted")
_COUNTED = words("grammar", "numbers") | words("grammar", "quantities")
_HAVE = words("grammar", "perfect_auxiliaries")
_PLANNED = words("grammar", "planning_participles")
_BEFORE_GERUNDS = words("acts", "ahead_of_gerunds")
_BEFORE_BARE = words("acts", "before_bare_ratification")
_NEAR_BEFORE = 8
"""Drafts told last among which is a journey of the same sentence."""
_SIGNING_AS = {"subject", "by", "possessor", "between", "with", "among"}


def signing(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Signings: who signs; the instrument stands in the same clause."""
    if t.kind == "ceasefire" and not t.predicate:
        return ""
    if t.hit.sense.type == "predicate" and not t.predicate and s.text.low[t.start] in _BROAD | _SIGNS:
        return ""  # "is a sign of partnership"
    if s.text.low[t.start] in _SIGNS and (s.text.low[t.start - 2] in ("a", "an") or s.text.low[t.start + 1] == "of"):
        return ""  # "called it a good |sign|", "watched for any |sign| of"
    if (not t.predicate and _is_wished(s, t)) or _is_led_to(s, t):
        return ""
    if t.kind == "document-exchange" and not _VIEWS.isdisjoint(s.text.low[t.end : t.end + _NEAR_BEFORE]):
        return ""  # "exchanged documents reflecting the |positions| of the parties"
    if t.predicate and s.text.low[t.start].endswith("ed") and s.text.low[t.start - 1] in _PREPOSITIONS:
        return ""  # "through |extended| deterrence"
    if t.predicate and s.text.low[t.start].endswith("ing") and _ahead_of(s, t):
        draft.status = "planned"
        draft.forget_date()
    if s.text.low[t.start : t.end] == ["reached", "with"] and "'s" in s.text.low[t.end : t.end + 4]:
        return ""  # "the agreements |reached with| X's mediation"
    if not t.predicate and _spoken_of_again(s, t):
        return ""
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
    bills = (x for x in s.triggers if x.kind == "ratification" and t.end <= x.start < row[0].start)
    if t.kind == "signing" and any(s.text.low[x.start].endswith("ing") for x in bills):
        return ""  # "|signed| into law the bill ratifying the treaty"
    within = t.predicate and t.end > t.start + 1  # "|signed a joint statement|"
    if row[0].start <= t.start < row[0].end and not (within and (row[0].start == t.start or row[0].end < t.end)):
        return ""  # "the Joint Statement stresses …" tells of no issuing
    meant = "" if signer_between(s, t, row[0]) else named_by_news(s, row[0])
    draft.name = meant or row[0].kind
    draft.instruments = [] if meant else [phrase.start for phrase in row]
    draft.pointing = bool(meant) or is_bare(row[0])
    if row[0].sentence == s.index and _looked_back_on(s, t, row[0]):
        draft.background, draft.status = True, "occurred" if s.text.low[t.start].endswith("ed") else draft.status
    if not t.predicate and s.text.low[t.start - 1] == "for" and t.end - t.start == 1 and row[0].end == t.start - 1:
        draft.status = "planned"  # "prepare a treaty |for signing|"
    unset = draft.status == "planned" and draft.date is None
    if unset and comes_into_force(s, t) and not s.text.low[t.start].endswith("ing"):
        return ""  # "will take effect once both have ratified it"
    if comes_into_force(s, t) and s.text.low[t.start].endswith("s") and not draft.headline and not own_date(s, t):
        return ""  # "signed a protocol, which |takes effect| at once"
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
    already = s.text.low[t.start - 1] == "already" and s.text.low[t.start - 2] in _HAVE and own_date(s, t) is None
    if t.predicate and (already or (lasting and s.text.low[t.start - 1] in _HAVE)):
        draft.background = True  # "have signed 20 agreements since 2010", "have already signed them"
        draft.forget_date()
    if marked or _since(s, t):
        draft.background, draft.status = True, "occurred"
        _date_back(s, t, draft)
    take_signatories(s, t, args, draft, row)
    if draft.roles and _only_witnessed(s, args, row[0]):
        return ""
    if not draft.weight() and row[0].key is not None:
        draft.parties |= {s.lex.body_of(code) for code in s.authority.agreements[row[0].key].parties}
    relative = t.start > s.first and s.text.low[t.start - 1] in _RELATIVES
    if not draft.weight() and ":" in s.text.low[max(s.first, s.last - 3) : s.last]:
        take_parties(s, draft, s.context.instruments.get(s.index + 1, []))  # of the list that follows
    if t.predicate and s.register.home and _by_lawmakers(s, t):
        draft.parties.add(s.register.home)
    if not t.predicate and s.register.home and s.text.low[t.start - 1] in _LAWMAKING:
        draft.parties.add(s.register.home)  # "|Senate| ratification of the treaty"
    if draft.weight() < 2 and s.text.low[row[0].head] in _STATEMENTS and draft.background:
        return ""  # "the anniversary of the signing of the November 9, 2020, statement"
    if draft.people and len(draft.parties) < 2:
        draft.parties |= _where_gone(s, draft)
    unsaid = not draft.weight()
    alone = draft.parties and (_done_alone(s, t, row[0]) or _with_unknown(s, t, args))
    if not draft.weight() and t.predicate and not draft.headline and row[0].determiner not in _DEFINITE:
        take_talked(s, t, draft, others=True)
    if draft.weight() < 2 and not draft.people and not alone and not (relative and row[0].start > t.start):
        take_from_the_news(s, draft)
    if not draft.weight() and t.predicate:
        take_talked(s, t, draft)
    again = who_signed(s, row[0]) if t.predicate and draft.weight() < 2 else set()
    if not draft.weight() and t.predicate:
        draft.parties |= again or lands_told_of(s)
    draft.parties |= s.register.homes(draft.people)
    if not draft.parties and not row[0].described:
        draft.parties |= again  # "General X |signed the agreement| for the rebels"
    if unsaid and len(draft.parties) == 1 and draft.parties != again and not _may_be_alone(s, t, row[0]):
        draft.parties |= pair_near(s, draft.parties) if not draft.background or t.predicate else set()
        draft.roles = []
        if len(draft.parties) == 1 and not draft.parties & s.authority.organisations.keys():
            return "nobody is said to sign"
    complete_by_news(s, draft)
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


def _ahead_of(s: Sentence, t: Trigger) -> bool:
    """Whether something is told to come before what a gerund tells: "in advance of the Agreement |entering| …"."""
    return not _BEFORE_GERUNDS.isdisjoint(s.text.low[max(s.first, t.start - 8) : t.start])


def _where_gone(s: Sentence, draft: Draft) -> set[str]:
    """The sides of the journey that the same clause tells: "X will visit Y |to sign a number of agreements|"."""
    gone = (d for d in reversed(s.drafts[-_NEAR_BEFORE:]) if d.top == "visit" and d.spans[-1] == s.span)
    return next((set(d.parties) for d in gone if draft.people <= d.people and len(d.parties) == 2), set())


def _is_wished(s: Sentence, t: Trigger) -> bool:
    """Whether a noun tells of what is to be: "the |early| signing of", "comes into force |after| ratification"."""
    low = s.text.low
    if not _HASTY.isdisjoint(low[max(s.first, t.start - 3) : t.start]):
        return "'s" not in low[max(s.first, t.start - 5) : t.start] or _APPLAUDING.isdisjoint(low[s.first : t.start])
    bare = t.kind == "ratification" and t.end - t.start == 1 and low[t.end] not in ("of", "by")
    return bare and (t.start == s.first or low[t.start - 1] in _BEFORE_BARE)


def _is_led_to(s: Sentence, t: Trigger) -> bool:
    """Whether a signing is only what something leads up to: "talks |on the signing of|", "support for concluding"."""
    low, k = s.text.low, t.start - 1
    while k > s.first and (low[k] in _DETERMINERS or low[k] in _HASTY):
        k -= 1
    leads = k - 1 > s.first and low[k] in _PREPOSITIONS and low[k - 1] in _UNDONE
    return leads and (not t.predicate or low[t.start].endswith("ing")) and not is_past(s, t)


def _by_some(s: Sentence, t: Trigger) -> bool:
    """Whether it is only told how many did it: "23 of the 29 |member states have| ratified the protocol"."""
    low, k = s.text.low, t.start - 1
    while k > s.first and (low[k] in _HELPERS or low[k] in _LATELY):
        k -= 1
    counted = low[k] in _MEMBERS and any(w[0].isdigit() or w in _COUNTED for w in low[max(s.first, k - 6) : k])
    return counted and not any(k - 6 < g.end <= k + 1 for g in s.groups)


def _by_lawmakers(s: Sentence, t: Trigger) -> bool:
    """Whether a house of no country named ratifies something, which is that at home: "|Parliament| ratified"."""
    before = s.text.low[s.clause_start(t.start) : t.start]
    others = bodies(s, [g for g in s.groups if g.end <= t.start and s.clause_start(t.start) <= g.start])
    return not _LAWMAKING.isdisjoint(before) and others <= {s.register.home}


def _may_be_alone(s: Sentence, t: Trigger, p: Instrument) -> bool:
    """Whether one alone may conclude an instrument."""
    return (
        t.kind in _ALONE and not comes_into_force(s, t) and s.text.low[t.start] not in _AGREED
    ) or p.kind not in _BETWEEN_SEVERAL


def _done_alone(s: Sentence, t: Trigger, p: Instrument) -> bool:
    """Whether one alone may do it: ratify a treaty, adopt what is not joint, sign what is open to all."""
    if t.kind == "ratification":
        return not comes_into_force(s, t)
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
    return s.text.low[t.end] == "with" and "with" not in args


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


def _only_witnessed(s: Sentence, args: Arguments, p: Instrument) -> bool:
    """Whether it is only told who was there when what the sentence before tells was signed: "|The documents| were"."""
    told = s.drafts[-1] if s.drafts else None
    bare = p.determiner in _DEFINITE and not p.described and not p.named
    return bare and "presence" in args and not _SIGNING_AS & args.keys() and told is not None and told.top == "signing"


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
    take_signatories(s, t, args, draft, [])
    draft.parties |= s.register.homes(draft.people)
    if not draft.parties and draft.name == "" and s.register.home:
        draft.parties.add(s.register.home)
    return None if draft.weight() else "nobody is said to sign"


def _spoken_of_again(s: Sentence, t: Trigger) -> bool:
    """Whether "the signing", of nothing and by nobody, is that which was told before: "X said after |the signing|"."""
    low = s.text.low
    bare = t.end - t.start == 1 and low[t.start - 1] in _DEFINITE and not low[t.end : t.end + 1][0].isalpha()
    return bare and _told_signed(s)


def _told_signed(s: Sentence) -> bool:
    """Whether the news has told a signing already, so that "the signing ceremony" is where that was done."""
    return any(d.top == "signing" and not d.background and d.status == "occurred" for d in s.drafts[-6:])


def _truce_holds(s: Sentence, t: Trigger) -> bool:
    """Whether it is a truce that takes effect."""
    return t.kind == "ratification" and not _TRUCES.isdisjoint(s.text.low[s.clause_start(t.start) : t.start])


def _truce(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """A truce agreed on or an exchange of prisoners: those who fight, of whom no instrument is named."""
    draft.name = "agreement"
    take_signatories(s, t, args, draft, [])
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
    subject = args.get("subject", []) if subject_signs(s, t, args, []) else []
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
    return participle or not _RELATIVES.isdisjoint(gap) or bool(t.predicate and signer_between(s, t, p))
