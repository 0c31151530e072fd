"""Appointments: who comes into an office, leaves it, or is put forward for it."""

from dataclasses import replace
from itertools import pairwise

from kg.language.lexicon import EVENTS, LEADERS
from kg.language.text import Mention
from kg.language.words import words
from kg.mappers.acts import bodies, first_object, own_date, passive, verbal
from kg.mappers.arguments import read_arguments
from kg.mappers.circumstances import date_behind
from kg.mappers.clauses import Sentence, Trigger
from kg.mappers.drafts import Draft
from kg.mappers.groups import Arguments, Group, standing_for
from kg.mappers.kinds.delegations import delegation
from kg.mappers.kinds.handovers import find_taker, gives, is_handover, is_named
from kg.mappers.kinds.unions import countries_or_home, on_record, raised
from kg.mappers.lead import lead_sentences
from kg.mappers.reference import acting_behind, resolved

_TURNS = words("grammar", "turns")
_ENDS = ("resignation", "dismissal")
_DETERMINERS = words("grammar", "determiners")
_BEHIND_QUITTING = (
    words("grammar", "argument_prepositions") | words("acts", "before_reasons") | words("grammar", "clause_adverbs")
) | {"as", "late", "early", "less", "just", "only", "and", "but", "when", "because"}
_ORDINALS = words("grammar", "ordinals")
_APPOINTING = words("acts", "appointing_verbs")
_TO_CHOSEN = 12
_BEHIND_THAT = 4
_BEHIND_COLON = 6
_PUT_FORWARD = ("nomination", "appointment")
_LONGEST_COMPANY = 12
"""Tokens between a verb and the colon before those it is done to."""
_NEWLY = words("acts", "lately")
_REMOVING = words("acts", "removing_verbs")
_GOVERNMENTS = words("offices", "governments")
_NAMING = words("acts", "naming_verbs")
_ALONE = words("acts", "naming_alone")
_THANKING = words("grammar", "thanking_verbs")
_HIS = words("groups", "own")
_THEIRS = _HIS | words("groups", "their")
_RECEIVING = words("acts", "receiving_verbs") | words("acts", "passive_auxiliaries")
_SENDING = words("grammar", "before_authors")
_WINS = words("acts", "wins")
_BESIDE = words("acts", "beside_elections")
_WINNING = words("acts", "winning_verbs")
_VICTORIES = words("acts", "wins") | words("deeds", "winners") | {"landslide", "majority"}
_ORGANS = words("grammar", "state_organs")
_FOLLOWING = words("acts", "following_verbs")
_AS_OFFICE = words("deeds", "as_office") | words("deeds", "successor_with")
_ELSEWHEN = words("acts", "elsewhen")
_BEING_SO = ("being", "having")
_UPON = ("on", "upon")
_BEFORE_ELECTED = (",", "(", "once", "first")
_HEADING = words("deeds", "heading")
_CABINETS = words("deeds", "cabinets")
_POSTS = words("deeds", "posts")
_INSTEAD = words("deeds", "successor_with")
_HOLDING = words("gatherings", "held_verbs")
_COMPANIES = words("acts", "put_into_office")
_NAMING_SOME = words("acts", "naming_some")
_HONOURS = words("acts", "honours")
_JOINS = words("grammar", "joins")
_OF_TWO = words("acts", "last_of_two")
_STEAD = words("deeds", "place") | {"stead"}
_OF_OFFICES = _APPOINTING - {"promoted", "promotes", "promote"} | {"quit", "quits"}
"""Verbs that tell a change of office by themselves."""
_CHAIRS = words("deeds", "chairs") | words("deeds", "seats")


def appointment(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Elections, appointments, resignations: who comes or goes."""
    if s.text.low[t.end] in _BESIDE:
        return ""
    if s.text.low[t.end - 1].startswith("delegation"):
        return delegation(s, args, draft)
    handed = t.predicate and is_handover(s, t)
    taker = find_taker(s, t, args) if handed else None
    near = s.text.low[t.end : min(t.end + 9, s.last)]
    near = near[: near.index(",")] if "," in near else near
    seat = t.predicate and t.end - t.start == 1 and not _CHAIRS.isdisjoint(near)
    if handed and taker is None and not seat and s.text.low[t.start] not in _OF_OFFICES:
        return ""
    if t.predicate and taker is None and (_is_attribute(s, t) or _has_object(s, t)):
        return ""
    if taker is not None and is_named(s, t):
        draft.status = "occurred"
    told = taker is not None or verbal(s, t)
    if t.predicate and not (told and _names_office(s, t) and _follows_somebody(s, t)):
        return ""
    if t.predicate and "since" in s.text.low[max(s.first, t.start - 4) : t.start] and not date_behind(s, t):
        if not any(m.type == "person" and 0 <= t.start - m.end < 2 for m in s.text.mentions[s.index]):
            return ""  # "his first visit |since taking office|", "since he took office"
        draft.background = True
        draft.forget_date()
    if (
        t.predicate
        and s.text.low[t.start - 1] == "after"
        and "first" in s.text.low[max(s.first, t.start - 3) : t.start]
    ):
        return ""  # "his |first after taking office|"
    if any(x.predicate and x.end == t.start and x.top == t.top for x in s.triggers):
        return ""  # "toppled |elected| President X"
    if seat and taker is None and first_object(s, t) is None:
        return _seat(s, t, args, draft)
    wishes = s.text.says("congratulating", s.span[0], t.hit.start)
    congratulated = wishes is not None
    who = _congratulated(s, t) if congratulated and t.predicate and _wished_on(s, t) else _whose_first(s, t)
    if who is not None and not congratulated and date_behind(s, t) is None:
        draft.background = True
        draft.forget_date()
    if t.predicate and s.text.low[t.start] in _FOLLOWING and s.text.low[t.start - 1] == "who" and not date_behind(s, t):
        draft.background = True  # "X, |who succeeded| Y, arrived on Monday"
        draft.forget_date()
    who = taker or who or (_of_verb(s, t, args, draft) if t.predicate else _of_noun(s, t, args))
    if who is None and congratulated:
        who = _congratulated(s, t)
    if who is None and t.predicate and s.text.low[t.start].endswith("ing") and not passive(s, t):
        who = _told_of(s, t)
        if who is not None and date_behind(s, t) is None:
            draft.background = True
            draft.forget_date()
    if wishes and who and s.text.low[t.start - 1] == "their" and s.text.tokens.end(who.end - 1) <= wishes[0]:
        return ""  # "X congratulated |the envoys on their| appointment"
    if who is not None and t.predicate and _led_to(s, t, who):
        return ""
    if who is not None and s.text.low[t.start - 1] in _TURNS and _are_any(s, who):
        return ""  # "X and Y prime ministers meet soon |after taking office|"
    if who is None and t.predicate and s.text.low[t.start - 1] in _NEWLY:
        return ""  # "received the newly appointed ambassadors"
    if congratulated or not t.predicate:
        _redate(s, t, draft)
    draft.parties = set()
    if who is not None:
        s.take(draft, "appointee", [Group(who.start, who.end, [m for m in who.mentions if m.type != "body"])])
        s.take(draft, "appointee", _to_other_offices(s, t, who))
    if t.predicate and not _GOVERNMENTS.isdisjoint(s.words_of(t)):
        draft.parties |= s.homes_of(args.get("subject", []) + args.get("possessor", []))
    if not draft.people and not draft.offices and not draft.parties and not _take_unnamed(s, t, args, draft):
        return _seat(s, t, args, draft) and _vote(s, t, args, draft)
    acting = t.predicate and not passive(s, t) and not congratulated
    appointers = s.homes_of(args.get("subject", []) or _chamber(s, t)) if acting else set()
    if t.predicate and t.end - t.start == 1 and not appointers and _in_a_life(s, t, draft):
        return ""
    draft.parties |= (
        (appointers & s.authority.organisations.keys() if _transitive(s, t) else set())
        or _of_office(s, t)
        or (appointers if _transitive(s, t) else set())
        or countries_or_home(s.register, s.register.homes(draft.people))
        or s.homes_of(args.get("subject", []))
        or _held_before(s, who)
        or (_only_land(s, args) if t.predicate and who is not None else set())
        or (_voters(s, args) if t.kind == "election" else set())
    )
    if t.kind == "nomination":
        draft.parties |= appointers & s.authority.countries.keys()  # "Austria nominated X as head of the UN"
    if not draft.parties and t.kind == "election" and t.predicate:
        draft.parties |= _voting(s, t)
    draft.parties = raised(draft.parties, s.authority) | _attending(s, t, args)
    if congratulated:
        draft.lead = draft.headline = False
    elif t.predicate and not draft.date and _says_who(s, t):
        draft.background = True
    elif (
        t.predicate
        and not draft.date
        and draft.status == "occurred"
        and not draft.background
        and _of_today(s, t, draft)
    ):
        news = next((d for d in s.drafts if d.lead and d.top == "appointment" and d.date), None)
        if news is not None and t.kind not in _ENDS and not draft.lead:
            draft.share_within(news)  # "named a cabinet on Monday. |X becomes| minister"
        if draft.date is None:
            draft.date, draft.rule = s.published, "day-of-publication"
    return None if draft.people or draft.parties else "nobody is said to take or leave an office"


def _of_verb(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> Group | None:
    """Whom a verb brings into an office or out of it: its object, or in the passive its subject."""
    if s.text.low[t.start] == "announcing":  # "|Announcing the appointment|, the president said"
        return _first_of(args.get("of", []) or args.get("object", []))
    put = [m for m in s.text.mentions[s.index] if m.end <= t.start and any(x.proposed for x in m.titles)]
    if over := next((m for m in s.text.mentions[s.index] if m.name and m.name[1] <= t.start < m.end), None):
        return Group(over.start, over.end, [over])  # "X|, who was elected|, President of Y"
    if t.kind == "nomination" and put:  # "NAME, to be Ambassador, vice NAME, which was sent to the Senate"
        return Group(put[-1].start, put[-1].end, put[-1:])
    if "vice" in s.text.low[max(s.first, t.start - 8) : t.start]:
        draft.lead, draft.date, draft.rule, draft.premises = False, None, None, []
        return _replaced(s, t)
    if s.text.low[t.end - 1] == "by" and t.end - t.start > 1 and s.text.low[t.end - 2] in _FOLLOWING:
        draft.background = True
        return _first_of(args.get("object", []) + args.get("by", []))  # "was succeeded by X"
    if passive(s, t) and (at := _colon(s, t)):  # "three ministers were dismissed: X, Y and Z"
        told = (m for m in s.text.mentions[s.index] if m.start > at and m.type == "person")
        named = [m for m in told if s.text.low[m.start - 1] != "of"]  # not "in place of X"
        return Group(named[0].start, named[-1].end, named) if named and named[0].start - at < _BEHIND_COLON else None
    if s.text.low[t.start] in _FOLLOWING and not passive(s, t) and (new := _put_instead(s, t)):
        return new
    if s.text.low[t.start] in _FOLLOWING and not passive(s, t) and (old := _put_out(s, t, args)):
        return old
    if s.text.low[t.start].endswith("ing") and not args.get("subject") and not _transitive(s, t):
        if acting := acting_behind(s, t.end):  # "Since taking office, |X| has"
            return Group(acting[0].start, acting[0].end, acting)
        return _nearest_before(s, t)  # "the first visit of the President since taking office"
    if _on_being(s, t):
        return _nearest_before(s, t)
    if "whom" in s.text.low[max(s.first, t.start - 7) : t.start] and (whom := _first_of(args.get("object", []))):
        return whom  # "|X|, whom Y appointed envoy to Z"
    if not _transitive(s, t) or passive(s, t):
        subject = None if _somebody_else(s, t) else _first_of(args.get("subject", []))
        if subject is None and s.text.low[t.start] == "being" and s.text.low[t.start - 1] in _TURNS:
            return _nearest_before(s, t)  # "X's first visit since |being sworn in|"
        if subject is None and s.text.low[t.start - 1] == ",":
            subject = _before_apposition(s)
        if subject is not None and s.text.low[t.start - 1] in _OF_TWO:
            return Group(subject.start, subject.end, subject.mentions[-1:])
        return subject
    if listed := _as_listed(s, t):
        return listed
    alone = _CABINETS.isdisjoint(s.words_of(t))  # not "X, the premier, |reshuffled the cabinet| on Monday"
    dated = alone and any(s.text.token_at(when.start) - t.end in (0, 1) for when in s.whens)
    if dated and (who := _right_before(s, t)):
        return who  # "X, |re-elected| in May, also spoke with Y"
    if t.start == s.first and (acting := acting_behind(s, t.end)):
        return Group(acting[0].start, acting[0].end, acting)  # "Elected in May, |X| promised reforms"
    behind = first_object(s, t) if s.text.low[t.start - 1] not in _NEWLY else None
    if behind is not None and all(m.type == "office" and m.titles[0].plural for m in behind.mentions):
        return None  # "will appoint envoys"
    if behind is not None and _NAMING_SOME.isdisjoint(s.text.low[t.end : behind.start]):
        return resolved(s, behind)
    before = s.text.low[t.start - 1] if t.start > s.first else ""
    if before in _NEWLY or (s.text.low[t.start] in _REMOVING and t.end - t.start == 1):
        return None  # "the newly elected President", "dismissed the claims"
    draft.status = "planned" if before == "once" else draft.status
    return _right_before(s, t) if alone else None


def _colon(s: Sentence, t: Trigger) -> int:
    """The colon behind a verb before a list of those it is done to; 0 where there is none, or one is named before."""
    low = s.text.low
    at = next((k for k in range(t.end, min(t.end + _LONGEST_COMPANY, s.last)) if low[k] == ":"), 0)
    named = any(m.type == "person" and s.first <= m.start < at for m in s.text.mentions[s.index])
    return at if at and (at == t.end or not named) else 0


def _as_listed(s: Sentence, t: Trigger) -> Group | None:
    """Those named behind a colon: "dismissed two ambassadors: X and Y"."""
    at = next((k for k in range(t.end, min(t.end + _LONGEST_COMPANY, s.last)) if s.text.low[k] == ":"), None)
    if at is None or any(m.type == "person" and t.end <= m.start < at for m in s.text.mentions[s.index]):
        return None
    if _COMPANIES.isdisjoint(s.text.low[t.end : at]):
        return None
    named = [m for m in s.text.mentions[s.index] if m.start > at and m.type == "person"]
    return Group(named[0].start, named[-1].end, named) if named else None


def _is_attribute(s: Sentence, t: Trigger) -> bool:
    """Whether a participle only tells who is meant: "the newly |appointed| ambassador"."""
    low, k = s.text.low, t.start - 1
    return t.end - t.start == 1 and low[k] in _NEWLY and low[k - 1] in _DETERMINERS


def _has_object(s: Sentence, t: Trigger) -> bool:
    """Whether what may be a resignation is done to something: "|quit| the union", not "quit over a scandal"."""
    low = s.text.low
    if t.end - t.start > 1 or t.kind != _ENDS[0] or low[t.start] not in s.lex.verbs or t.end >= s.last:
        return False
    plain = low[t.end].isalpha() and low[t.end] not in _BEHIND_QUITTING and not low[t.end].endswith("ing")
    return plain and not s.date_between(t.end, t.end + 1)


def _chamber(s: Sentence, t: Trigger) -> list[Group]:
    """The state whose parliament or government chooses somebody: "|X's| parliament elected Y"."""
    near = (g for g in s.groups if 2 <= t.start - g.end < 5 and s.text.low[g.end] in ("'s", "’s", "'"))
    return [g for g in near if not _ORGANS.isdisjoint(s.text.low[g.end : t.start])]


def _before_apposition(s: Sentence) -> Group | None:
    """Who begins a sentence, told between commas what he is: "|X|, his country's first woman leader, took office"."""
    first = next((m for m in s.text.mentions[s.index] if m.type == "person"), None)
    if first is None or first.start - s.first > 1 or s.text.low[first.end] != ",":
        return None
    return Group(first.start, first.end, [first])


def _on_being(s: Sentence, t: Trigger) -> bool:
    """Whether it tells what somebody is wished well on: "extended his regards to X |upon being elected|"."""
    near = s.text.low[max(s.first, t.start - 3) : t.end]
    verbs = (*_BEING_SO, s.text.low[t.start])
    return any(a in _UPON and b in verbs and b.endswith("ing") for a, b in pairwise(near))


def _put_instead(s: Sentence, t: Trigger) -> Group | None:
    """Who comes in of "replaced Foreign Minister X with Y"."""
    low = s.text.low
    at = next((k for k in range(t.end + 1, min(s.clause_end(t.end), t.end + 16)) if low[k] in _INSTEAD), None)
    if at is None or first_object(s, t, 4) is None:
        return None
    return next((g for g in s.groups if 0 < g.start - at < 7 and g.mentions[0].type == "person"), None)


def _put_out(s: Sentence, t: Trigger, args: Arguments) -> Group | None:
    """Whom the leader of a state replaces by somebody unnamed: "X's president |replaces| the foreign minister"."""
    acting, behind = _first_of(args.get("subject", [])), first_object(s, t, 4)
    if acting is None or behind is None:
        return None
    ranks = [{s.lex.office_kinds[x.kind].top for m in g.mentions for x in m.titles if x.kind} for g in (acting, behind)]
    rank = next((n for n, top in enumerate(LEADERS) if top in ranks[0]), len(LEADERS))
    above = rank < len(LEADERS) and ranks[1] and ranks[1].isdisjoint(LEADERS[: rank + 1])
    return resolved(s, behind) if above else None


def _nearest_before(s: Sentence, t: Trigger) -> Group | None:
    """The person or office named last before a phrase."""
    named = [m for m in s.text.mentions[s.index] if m.end <= t.start and m.type in ("person", "office")]
    return Group(named[-1].start, named[-1].end, named[-1:]) if named else None


def _somebody_else(s: Sentence, t: Trigger) -> bool:
    """Whether the subject is a relation of those named: "her predecessor had been elected"."""
    before = [m for m in s.text.mentions[s.index] if m.end <= t.start and m.type in ("person", "office", "he", "own")]
    if not before or before[-1].type != "own" or s.text.low[before[-1].end] in _ORGANS:
        return False  # "she and her government resigned"
    if "and" in s.text.low[before[-1].end : t.start]:
        return False  # "X placed his hand on the book |and| was sworn in"
    return not passive(s, t) or t.start - before[-1].end > 1


def _names_office(s: Sentence, t: Trigger) -> bool:
    """Whether somebody is named something that is an office: not "was named a Fellow", "was named twice"."""
    if s.text.low[t.end - 1] in _GOVERNMENTS and t.end - t.start > 1:
        return True  # "approved a new government"
    if not _CABINETS.isdisjoint(s.text.low[t.end : t.end + 6]):
        return True
    if s.text.low[t.end - 1] in _HEADING:
        return True  # "was chosen to lead"
    if not (_NAMING & set(s.words_of(t)) or (t.end - t.start == 1 and s.text.low[t.start] in _ALONE)):
        return True
    if passive(s, t) and any(m.titles and 0 <= t.start - m.end < 2 for m in s.text.mentions[s.index]):
        return True  # "the acting minister, X, was named in April"
    if not _STEAD.isdisjoint(s.text.low[t.end : t.end + 4]):
        return True  # "was named |in his stead|"
    if s.text.low[t.end - 1] == "to" and not _POSTS.isdisjoint(s.text.low[t.end : t.end + 4]):
        return True  # "since she was named to the post in May"
    near = range(t.end, min(t.end + 14, s.last))
    if any(s.text.low[k] == "to" and s.text.low[k + 1] in _HEADING for k in near[:-1]):
        return True  # "tapped X to run the ministry"
    return any(k in s.text.heads and s.text.low[k] not in _HONOURS for k in near)


def _follows_somebody(s: Sentence, t: Trigger) -> bool:
    """Whether a lone "replaces", "succeeded" tells who came after whom: not "replaced the old rules"."""
    if t.end - t.start > 1 or s.text.low[t.start] not in _FOLLOWING or passive(s, t):
        return True
    if not _AS_OFFICE.isdisjoint(s.text.low[t.end : t.end + 14]):
        return True
    if s.text.low[t.end] == "in":
        return False
    return any(m.type in ("person", "office") for g in s.groups if g.end <= t.start for m in g.mentions) and (
        first_object(s, t, 4) is not None
    )


def _take_unnamed(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> bool:
    """Take those put into office whom no name follows at once: "swore in five envoys, among them X and Y"."""
    low = s.text.low
    sworn = t.kind == "inauguration" and low[t.end] == "of"  # "led the swearing-in of the cabinet"
    if not (t.predicate or sworn) or t.kind == "nomination":
        return False
    done_to = t.predicate and passive(s, t)
    near = range(max(s.first, t.start - 7), t.start) if done_to else range(t.end, min(t.end + 9, s.last - 1))
    if not any(low[k] in _COMPANIES and low[k + 1][0] not in "'’" for k in near):
        return False
    by = args.get("by", []) if done_to else args.get("subject", [])
    draft.parties |= bodies(s, by + args.get("possessor", [])) or (_homes_in_news(s) if done_to else set())
    stop = min((x.start for x in s.triggers if x.start > t.end and x.top != "appointment"), default=s.last)
    named = [m for m in s.text.mentions[s.index] if t.end < m.start < stop and m.type == "person"]
    if draft.parties and any(low[k] in _NAMING_SOME for k in range(t.end, min(stop, t.end + 20))):
        s.take(draft, "appointee", [Group(m.start, m.end, [m]) for m in named])
    return bool(draft.parties)


def _homes_in_news(s: Sentence) -> set[str]:
    """The one country of the change of office told first, else that of the press."""
    news = next((d.parties for d in s.drafts if d.lead and d.top == "appointment"), set())
    return set(news) if len(news) == 1 else {s.register.home} if s.register.home and not news else set()


def _transitive(s: Sentence, t: Trigger) -> bool:
    """Whether the phrase does something to somebody: "appointed", "accepted the resignation of"."""
    phrase = s.words_of(t)
    if gives(s, t):
        return True
    if t.kind == "nomination" or (len(phrase) == 1 and (phrase[0] in _NAMING or phrase[0] in _ALONE)):
        return True
    if phrase[-1] in ("of", "for") and len(phrase) > 1:
        return phrase[-2] in s.lex.event_nouns
    return any(word in _APPOINTING for word in phrase)


def _replaced(s: Sentence, t: Trigger) -> Group | None:
    """Whom a nominee is to follow: "vice NAME, resigned"."""
    low = s.text.low
    for m in s.text.mentions[s.index]:
        if m.end == t.start - 1 and low[m.end] == "," and m.start > s.first and low[m.start - 1] == "vice":
            return Group(m.start, m.end, [m])
    return None


def _right_before(s: Sentence, t: Trigger) -> Group | None:
    """Those of whom a bare participle is said: "the new Prime Minister, once elected by", "NAME, elected in May"."""
    for g in reversed(s.groups):
        if g.end <= t.start:
            gap = s.text.low[g.end : t.start]
            near = len(gap) <= 2 and gap and all(w in _BEFORE_ELECTED or w.endswith("ly") for w in gap)
            return g if near and g.mentions[-1].type in ("person", "office") else None
    return None


def _of_noun(s: Sentence, t: Trigger, args: Arguments) -> Group | None:
    """Whose election, inauguration or resignation a noun names."""
    if t.kind in _PUT_FORWARD and (one := _that_of(s, t)) is not None:
        return one
    won = _won(s, t)
    if won is not t:
        args = read_arguments(s, won)
    owner = _first_of(args.get("possessor", []))
    if owner is None and t.kind == "election" and (winner := _winner(s, t)) is not None:
        return winner
    if (of := _first_of(args.get("of", []))) is not None and _pronoun_of(s, won):
        return of  # "their first call since the election of |X|"
    if owner is not None and not _pronoun_of(s, won):
        return owner
    if owner is not None and t.kind == "appointment" and not s.text.says("congratulating", *s.span):
        return owner if own_date(s, t) else None  # "prior to her appointment" looks back, and says no more
    if s.text.says("congratulating", s.span[0], t.hit.start):
        return _first_of(args.get("of", [])) or _chosen(s, t) or _congratulated(s, won)
    return owner or _first_of(args.get("of", []))


def _that_of(s: Sentence, t: Trigger) -> Group | None:
    """Whose one of several is told to be: "sent nine nominations to the Senate, among them |that of X|"."""
    low = s.text.low
    at = next((k for k in range(t.end, s.last - 2) if low[k] == "that" and low[k + 1] == "of"), s.last)
    return next((g for g in s.groups if 0 < g.start - at < _BEHIND_THAT and _first_of([g])), None)


def _chosen(s: Sentence, t: Trigger) -> Group | None:
    """Whose the election is, told behind whose he is: "on the election |of the country's new head of state, X|"."""
    if s.text.low[t.end] != "of":
        return None
    named = next((m for m in s.text.mentions[s.index] if m.type == "person" and m.start > t.end), None)
    return Group(named.start, named.end, [named]) if named is not None and named.start - t.end < _TO_CHOSEN else None


def _winner(s: Sentence, t: Trigger) -> Group | None:
    """Who is told to have come out ahead in a vote: "|X swept to victory| in the election", "|X emerged winner| of"."""
    low, begin = s.text.low, s.clause_start(t.start)
    at = next((k for k in range(t.start - 1, max(begin, t.start - 9), -1) if low[k] in _VICTORIES), None)
    verb = next((k for k in range(at or begin, max(begin, t.start - 16), -1) if low[k] in _WINNING), None)
    if at is None or verb is None:
        return None
    return next(
        (resolved(s, g) for g in reversed(s.groups) if begin <= g.start and g.end <= verb and _first_of([g])), None
    )


def _won(s: Sentence, t: Trigger) -> Trigger:
    """The phrase from the noun of winning on: "victory in the presidential election"."""
    low = s.text.low
    for k in range(t.start - 1, max(s.first, t.start - 9), -1):
        if low[k] in _WINS and low[k + 1] in ("in", "at"):
            return replace(t, start=k)
    return t


def _pronoun_of(s: Sentence, t: Trigger) -> bool:
    """Whether the noun is "his", "her" or "their" ("his recent election victory")."""
    return _owned_by(s, t, _THEIRS)


def _owned_by(s: Sentence, t: Trigger, pronouns: frozenset[str]) -> bool:
    return not pronouns.isdisjoint(s.text.low[max(s.first, t.start - 5) : t.start])


def _first_of(groups: list[Group]) -> Group | None:
    return next((g for g in groups if any(m.type in ("person", "office") for m in g.mentions)), None)


def _congratulated(s: Sentence, t: Trigger) -> Group | None:
    """Who is congratulated: named between the wishes and what they are on, else to whom they are sent."""
    wishes = s.text.says("congratulating", s.span[0], t.hit.start)
    if wishes is None:
        return None
    at = s.text.token_at(wishes[0])
    named = [m for m in s.text.mentions[s.index] if m.type in ("person", "office") and not m.predicative]
    between = [m for m in named if at < m.start and m.end <= t.start and not _sends(s, m)]
    if between:
        several = between if _owned_by(s, t, _THEIRS - _HIS) else between[-1:]
        return Group(several[0].start, several[-1].end, several)
    before = [m for n, m in enumerate(named) if m.end <= at and not (n and m.person == named[n - 1].person >= 0)]
    if len(before) > 1 and before[-1].end == at and not _well_wished(s, at):
        before.pop()  # "X is grateful for the letter in which Y congratulated him"
    thanks = next((k for k in range(s.first, at) if s.text.low[k] in _THANKING), None)
    if (
        thanks is not None and "for" in s.text.low[max(thanks, at - 5) : at]
    ):  # "X thanked Y for the good wishes on his re-election"
        before = [m for m in before if m.end <= thanks]
        return Group(before[-1].start, before[-1].end, before[-1:]) if before else None
    addressed = [m for m in before if s.text.low[max(m.start - 1, s.first)] in ("to", "with")]
    chosen = addressed[-1:] or before[1:][-1:] or (before[:1] if _well_wished(s, at) else [])
    if chosen:
        return Group(chosen[0].start, chosen[0].end, chosen)
    return _other_side(s, before)


def _wished_on(s: Sentence, t: Trigger) -> bool:
    """Whether a verb is what somebody is congratulated on: "on taking office and being elected"."""
    return s.text.low[t.start] in ("on", "upon") or "ing" in (s.text.low[t.start][-3:], s.text.low[t.start - 1][-3:])


def _sends(s: Sentence, m: Mention) -> bool:
    """Whether good wishes are somebody's and not for somebody: "the congratulations of the King"."""
    return s.text.low[m.start - 1 - (s.text.low[m.start - 1] == "the")] in _SENDING


def _well_wished(s: Sentence, at: int) -> bool:
    """Whether the one named before the wishes got them ("was congratulated by", "received congratulations")."""
    return any(word in _RECEIVING for word in s.text.low[max(s.first, at - 4) : at])


def _other_side(s: Sentence, speakers: list[Mention]) -> Group | None:
    """The one person of the news who is not the one who speaks."""
    speaking = {m.person for m in speakers}
    for d in s.drafts:
        if d.lead and d.top in ("call", "meeting", "message"):
            others = sorted(d.people - speaking)
            return standing_for(others[0], 0) if len(others) == 1 else None
    return None


def _to_other_offices(s: Sentence, t: Trigger, who: Group) -> list[Group]:
    """Those put into offices of their own behind the first: "appointed X as envoy to A |and Y as envoy to B|"."""
    low = s.text.low
    if who.start < t.start or len(who.mentions) > 1 or t.kind not in ("appointment", "nomination"):
        return []
    stop = min((x.start for x in s.triggers if x.start > t.end and x.top != t.top), default=s.last)
    named = (m for m in s.text.mentions[s.index] if who.end < m.start < stop and m.type == "person" and m.person >= 0)
    joined = (m for m in named if low[m.start - 1] in _JOINS)
    offices = {x.start for x in s.text.mentions[s.index] if x.type == "office"}
    given = (m for m in joined if low[m.end] == "as" or m.end in offices)
    return [Group(m.start, m.end, [m]) for m in given]


def _attending(s: Sentence, t: Trigger, args: Arguments) -> set[str]:
    """The sides of an inauguration others come to: who attends, and where a delegation is sent."""
    if t.predicate or s.lex.event_kinds[t.kind].code != "inauguration":
        return set()
    before = s.text.low[max(s.first, t.start - 6) : t.start]
    if not any(word.startswith("attend") for word in before):
        return set()
    hosts = {
        country
        for m in s.text.mentions[s.index]
        if m.end <= t.start and m.type in ("body", "place") and (country := s.lex.country_of(m.value))
    }
    return hosts | s.homes_of(args.get("subject", [])) | ({s.register.home} if s.register.home else set())


def _says_who(s: Sentence, t: Trigger) -> bool:
    """Whether it is only told of somebody of whom more is told: "X, |who won the election|, will be sworn in"."""
    low = s.text.low
    end = s.text.low.index(",", t.end, s.last) if "," in low[t.end : s.last] else s.last
    return low[t.start - 2 : t.start] == [",", "who"] and any(x.start > end for x in s.triggers)


def _of_today(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Whether an undated change of office is of the day: the lead tells of such, and this is not told as past."""
    if s.published is None or "had" in s.text.low[max(s.first, t.start - 3) : t.end]:
        return False
    if not _ELSEWHEN.isdisjoint(s.text.low[t.end : min(s.last, t.end + 12)]):
        return False  # "took over two days later"
    if s.text.low[t.end - 1] == "by" and not draft.lead:
        return False  # "X was succeeded by Y"
    end = s.text.spans[lead_sentences(s.text) - 1][1]
    kinds = s.lex.event_kinds
    return any(kinds[h.sense.value].top == "appointment" for h in s.text.layers[EVENTS] if h.start < end)


def _redate(s: Sentence, t: Trigger, draft: Draft) -> None:
    """Date what is told by a noun, or wished well on, by the date of its own phrase only."""
    own = own_date(s, t)
    if (
        own is None
        and t.kind == "election"
        and not _HOLDING.isdisjoint(s.text.low[max(s.first, t.start - 4) : t.start])
    ):
        return  # "on January 13, X |held| elections"
    draft.forget_date()
    if own is not None:
        draft.take_date(own)


def _voting(s: Sentence, t: Trigger) -> set[str]:
    """The country in whose vote somebody is chosen, named right behind: "was declared winner of X's election"."""
    near = (m for m in s.text.mentions[s.index] if t.end <= m.start < t.end + 6 and m.type in ("body", "place"))
    return {land for m in near if (land := s.lex.country_of(m.value))}


def _voters(s: Sentence, args: Arguments) -> set[str]:
    """The countries whose a vote is: "|X's| presidential election", "the election |in X|"."""
    places = [g for name in ("possessor", "adjective", "in", "of") for g in args.get(name, [])]
    return {c for g in places for m in g.mentions if (c := s.lex.country_of(m.value))}


def _vote(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """A vote nobody is named with: that of a country, on a day."""
    countries = _voters(s, args)
    if not countries:  # "re-elected after a general election on May 29"
        news = next((d for d in s.drafts if d.lead and d.top == "appointment"), None)
        countries = news.parties & s.authority.countries.keys() if news else set()
    if t.predicate and s.text.low[t.start] in _WINNING:  # "the party won the elections in X"
        near = range(t.end, min(t.end + 12, s.last))
        named = (m for m in s.text.mentions[s.index] if m.start in near and m.type in ("body", "place"))
        countries = {c for m in named if (c := s.lex.country_of(m.value))} & s.authority.countries.keys()
    elif t.predicate:
        return "nobody is said to take or leave an office"
    if t.kind != "election" or not draft.date or len(countries) != 1:
        return "nobody is said to take or leave an office"
    draft.parties = countries
    return None


def _of_office(s: Sentence, t: Trigger) -> set[str]:
    """The body of the office that a verb brings somebody into, as it says: "was nominated as NATO's next chief"."""
    if not t.predicate:
        return set()
    said = (m for m in s.text.mentions[s.index] if m.predicative and t.start < m.start < t.end + 16)
    office = next(said, None)
    of = {title.of for title in office.titles[:1] if title.of and not title.inferred} if office else set()
    if not of and s.text.low[t.end - 1] == "as":  # "resigned as UN-Arab League envoy"
        of = {m.value for m in s.text.mentions[s.index] if m.type == "body" and t.end <= m.start < t.end + 2}
    return on_record(of, s.authority)


def _held_before(s: Sentence, who: Group | None) -> set[str]:
    """The countries of the offices printed with somebody, former ones too."""
    titles = [title for m in who.mentions for title in m.titles] if who else []
    return {title.of for title in titles if title.of and title.of in s.authority.countries}


def _only_land(s: Sentence, args: Arguments) -> set[str]:
    """The state of whoever puts somebody into office, else the only one the sentence speaks of."""
    if by := s.homes_of(args.get("by", [])) & s.authority.countries.keys():
        return by
    named = {m.value for m in s.text.mentions[s.index] if m.type == "body"}
    named |= {title.of for m in s.text.mentions[s.index] for title in m.titles if title.of}
    lands = named & s.authority.countries.keys()
    if named:
        return lands if len(named) == 1 == len(lands) else set()
    return next((set(d.parties) for d in s.drafts if d.lead and d.top == "appointment"), set())


def _told_of(s: Sentence, t: Trigger) -> Group | None:
    """Who took an office before what is told of him: "X's visit is his first |since taking office|"."""
    if s.text.low[t.start - 1] not in _TURNS:
        return None
    kinds = ("person", "own", "he") if date_behind(s, t) else ("person",)
    who = next((g for g in s.groups if g.end < t.start and g.mentions[0].type in kinds), None)
    return resolved(s, who) if who else None


def _are_any(s: Sentence, who: Group) -> bool:
    """Whether those who take an office are not told apart: "|prime ministers| meet after taking office"."""
    low = s.text.low[who.start : who.end]
    return all(m.type == "office" for m in who.mentions) and low[-1].endswith("s")


def _led_to(s: Sentence, t: Trigger, who: Group) -> bool:
    """Whether it is why somebody left an office that is told of no day of its own: "resigned |after losing a vote|"."""
    if t.kind not in _ENDS or not s.text.low[t.start].endswith("ing") or s.text.low[t.start - 1] not in _TURNS:
        return False
    people = {m.person for m in who.mentions if m.type == "person"}
    left = (d for d in s.drafts if d.kind in _ENDS and d.spans[-1] == s.span)
    return date_behind(s, t) is None and any(people & d.people for d in left)


def _whose_first(s: Sentence, t: Trigger) -> Group | None:
    """Whose first deed in office is told by somebody else: "Y said that |X's first trip| after taking office"."""
    low = s.text.low
    if not t.predicate or not low[t.start].endswith("ing") or low[t.start - 1] not in _TURNS:
        return None
    owners = [g for g in s.groups if g.end < t.start and low[g.end] == "'s" and g.mentions[0].type == "person"]
    return next((g for g in reversed(owners) if not _ORDINALS.isdisjoint(low[g.end : t.start])), None)


def _in_a_life(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Whether an office is only told of the life of somebody put forward: "she was selected as a Fellow of …"."""
    if draft.lead or s.text.low[t.start] not in _NAMING or draft.parties:
        return False
    return not _of_office(s, t) or (draft.date is None and any(d.kind == "nomination" for d in s.drafts))


def _seat(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """A state that takes the chair or a seat of an organisation: "X assumed the chairmanship of Y"."""
    reason = "nobody is said to take or leave an office"
    before = [g for g in s.groups if s.clause_start(t.start) <= g.start and g.end <= t.start]
    if not t.predicate or not before:
        return reason
    named = [m for m in s.text.mentions[s.index] if t.end <= m.start < t.end + 9 and m.type == "body"]
    bodies = {m.value for m in named} & s.authority.organisations.keys()
    takers = [resolved(s, before[-1])]
    lands = s.homes_of(takers) & s.authority.countries.keys()
    seated = _CHAIRS.intersection(s.text.low[t.end : t.end + 9]) or s.text.low[t.end] == "to"
    if not (bodies and lands and seated):
        return reason
    s.take(draft, "appointee", takers)
    draft.parties = lands | bodies
    return None
