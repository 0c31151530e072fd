"""Messages: from whom, to whom; what is said within a call or meeting is part of it."""

from dataclasses import replace
from itertools import pairwise

from kg.language.text import Mention
from kg.language.words import words
from kg.mappers.acts import mission_named, stricken
from kg.mappers.arguments import listed_with
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.drafts import Draft
from kg.mappers.groups import Group, standing_for
from kg.mappers.reference import fronted, resolved
from kg.mappers.subjects import find_subject, may_act, subject_after

_ARTICLES = words("grammar", "determiners")
_PREPOSITIONS = words("grammar", "argument_prepositions") | {","}
_GOING_ON = _PREPOSITIONS | words("acts", "addressing")
_TELLING = words("grammar", "telling_verbs")
_GOING_ON_DOING = words("grammar", "closing_joins") | {","}
_SAYING = words("grammar", "said_verbs")
_SAID_ON = frozenset((".", "that"))
_BEING = words("grammar", "passive_helpers")
_FIGURATIVE = words("deeds", "figurative")
_WAS = frozenset(("was", "were"))
_ORIGIN = words("grammar", "before_origins")
_RECEIVING = words("grammar", "receiving_verbs")
_ARRIVING = _RECEIVING | words("grammar", "arriving_messages")
_REQUESTS = words("grammar", "requests")
_TO_WHOM = ("object", "to", "with", "for")
_SENDING = words("grammar", "sending_verbs")
_ITS = words("groups", "its")
_POSSESSIVES = words("groups", "own") | words("groups", "their")
_STATES = words("grammar", "state_organs") | words("grammar", "people_of_states") | words("grammar", "peoples")
_BEFORE_SENDERS = frozenset(("of", "the"))
_BEFORE_RECIPIENTS = words("grammar", "state_organs") | {"the", "of", "to", "on", "over"} | _POSSESSIVES
_THANKING = words("grammar", "thanking_verbs")
_OFFICIALS = words("grammar", "unnamed_officials")
_ELSEWHERE = words("grammar", "from_elsewhere")
_HANDED = words("grammar", "handed_participles")
_PASSING_ON = _SENDING | _HANDED
_I = words("acts", "first_person_singular")
_HEADING = words("grammar", "before_writings")
_FRAMING = words("grammar", "attending_prepositions")
_OCCASIONS = words("presence", "occasions")
_TALKS = ("meeting", "call")
_TO_SENDER = 4
_GATHERED = words("grammar", "gathered_people")
_NAMED = 16
"""Tokens behind those who gather up to the countries in the name of their gathering."""
_FEW = 4
_NEXT = 2
_ANSWERING = words("grammar", "answering_verbs")
_DEFINITE = words("grammar", "definite_determiners") | _POSSESSIVES
_HAVING = words("grammar", "perfect_auxiliaries")
_OWN_MARKS = ("'s", "'")
_INFLECTED = ("ed", "s")
_BEFORE_TALKS = words("grammar", "before_talks")
_SHORTLY_BEFORE = words("grammar", "shortly_before")
_ALIKE = words("grammar", "alike")
_AT_LOSSES = ("condolences", "message")
_ADDRESSING = frozenset(("to", "on"))
"""Behind what a headline calls the text: to whom, or on what day."""


def message(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Messages: from whom, to whom."""
    if not t.predicate and any(p.start <= t.start < p.tail for p in s.context.instruments.get(s.index, ())):
        return ""  # "signed a |letter| of intent"
    if t.kind == "invitation" or _in_writing(s, t):
        return ""
    if not t.predicate and s.text.low[t.start - 1] in _FIGURATIVE:
        return ""  # "the vote sent a |clear message| to"
    if t.predicate and t.end - t.start == 1 and s.text.low[t.start].startswith("wish") and s.text.low[t.end] == "for":
        return ""
    if not t.predicate and s.text.low[t.start - 2] == "," and _goes_on_talking(s):
        return ""  # "X phones Y, |offers sympathy| over the death of Z"
    if (read := _read_out(s, t, args)) is not None:
        draft.roles, draft.parties = list(read.roles), set(read.parties)
        return None
    senders, receivers = _ends(s, t, args)
    if _takes_up(s, t, draft, senders):
        return None
    letter = _is_text_itself(s, t, draft)
    if letter and not senders:  # what it names besides people is what it is about: "on the treaty with Ghana"
        senders = _writer(s)
        receivers = [g for g in receivers if any(m.type in ("person", "office") for m in g.mentions)]
        if s.published:  # a date of the headline is that of what the letter is about: "on the Treaty of 1949"
            draft.date, draft.rule, draft.premises = s.published, "day-of-publication", []
    if not senders and _goes_also(s, t, draft, receivers):
        return ""
    if not s.take(draft, "sender", senders) and not _by_many(s, t):
        return "no sender is stated"
    reached = _reach(s, draft, receivers) or _reach_again(s, t, draft)
    if senders and len(draft.parties | s.register.homes(draft.people)) < 2:
        draft.parties |= _gathered(s, t, draft.parties | s.register.homes(draft.people))
        reached = _reach_talks(s, t, draft) or reached
    if not senders:
        draft.parties |= s.register.homes(draft.people)
        return None if draft.weight() else "no recipient is stated"
    bare = not t.predicate and t.kind == "message" and not draft.people and not draft.offices
    if bare and not letter and not _is_sent(s, t):
        return ""  # "its message to Y is clear"
    thanks = _thanked(s, t)
    if thanks:
        draft.roles.clear()
        draft.parties.clear()
        s.take(draft, "sender", [thanks[1]])
        if "object" not in args and not any(m.type == "body" for g in receivers for m in g.mentions):
            s.take(draft, "recipient", [thanks[0]])
        else:
            s.take(draft, "recipient", receivers)
    handed_on = t.predicate and s.text.low[t.start] in _PASSING_ON and s.text.low[t.end - 1] in _ORIGIN
    begin = s.text.tokens.starts[s.clause_start(t.start)]
    handed_on = handed_on or ("of" in args and s.text.says("conveyed", begin, t.hit.start) is not None)
    if ("from" in args or handed_on) and not reached:
        _take_other_side(s, draft, [g for name in ("subject", "possessor") for g in args.get(name, [])])
    draft.parties |= s.register.homes(draft.people)
    if t.predicate and t.kind == "condolences" and not reached:  # "condoled the death of X"
        draft.parties |= s.register.homes({m.person for g in args.get("of", []) for m in g.mentions if m.person >= 0})
    owner = mission_named(s, s.first, s.last) if t.kind == "condolences" and not reached else None
    if owner is not None:
        draft.parties.add(owner)  # "visited the X Embassy and signed the book of condolences"
    if _spoken(s, t, draft) and not _asking(s, t, args):
        return ""
    if s.context.author in draft.people:
        _write_now(s, t, draft)
    told = owner is not None or _reaches(s, draft) or (draft.lead and draft.people)
    if not letter and (draft.weight() < 2 or not told):
        return "no recipient is stated"
    draft.apart = _by_country(s, draft)
    if draft.date is None and "occasion" in s.text.low[s.first + 1 : s.first + 4] and s.drafts and s.drafts[-1].lead:
        draft.share_within(s.drafts[-1])  # "The forum opened on Monday. |On this occasion|, X sent its guests"
    if draft.date is None and s.published and _sent_before(s, t, draft):
        draft.date, draft.rule = s.published[:7], "month-of-publication"
    return None


def _goes_on_talking(s: Sentence) -> bool:
    """Whether the headline has told of talks right before."""
    return not s.index and bool(s.drafts) and s.drafts[-1].top in _TALKS and s.drafts[-1].spans[-1] == s.span


def _read_out(s: Sentence, t: Trigger, args: Arguments) -> Draft | None:
    """The message of which a participle tells what it says: "delivered a letter from X, |congratulating| Y"."""
    low = s.text.low
    if not t.predicate or not low[t.start].endswith("ing") or low[t.start - 1] != ",":
        return None
    told = s.drafts[-1] if s.drafts else None
    if told is None or told.top != "message" or told.spans[-1] != s.span:
        return None
    if not any(role == "recipient" for role, _ in told.roles):  # "the greetings of X, |congratulating Y|"
        _reach(s, told, args.get("object", []))
        told.parties |= s.register.homes(told.people)
    return told


def _by_many(s: Sentence, t: Trigger) -> bool:
    """Whether those who send are heads of many countries, unnamed: "|foreign leaders| sent congratulations to X"."""
    before = s.text.low[max(s.first, t.start - 6) : t.start]
    return t.predicate and not _OFFICIALS.isdisjoint(before) and not _ELSEWHERE.isdisjoint(before)


def _in_writing(s: Sentence, t: Trigger) -> bool:
    """Whether a noun only says how good wishes told already were sent: "congratulated X in a telegram"."""
    if t.predicate or s.text.low[t.end] in ("to", "from") or s.text.low[t.end - 1] in ("to", "from"):
        return False
    begin = s.clause_start(t.start)
    told = any(x.predicate and x.top == "message" and begin <= x.start < t.start for x in s.triggers)
    return told and "in" in s.text.low[max(begin, t.start - 4) : t.start]


def _handed(s: Sentence, t: Trigger) -> list[Group]:
    """Who gets a message that a verb in the passive tells of: "X |was presented| with a letter from Y"."""
    low, begin = s.text.low, s.clause_start(t.start)
    at = next((k for k in range(t.start - 1, begin, -1) if low[k] in _BEING and low[k + 1] in _HANDED), begin)
    if low[at - 1] == "and" and at > begin:
        return find_subject(s, t)  # "X met Y |and was handed| a letter"
    return [resolved(s, g) for g in s.groups if begin <= g.start and g.end <= at and may_act(s, g)][-1:]


def _is_sent(s: Sentence, t: Trigger) -> bool:
    """Whether a verb of sending or receiving in the clause makes a message one that goes out."""
    clause = s.text.low[s.clause_start(t.start) : s.clause_end(t.end)]
    return not _SENDING.isdisjoint(clause) or not _RECEIVING.isdisjoint(clause)


def _reaches(s: Sentence, draft: Draft) -> bool:
    """Whether a recipient, or a party beside the senders' own, is known."""
    own = s.register.homes({k for role, k in draft.roles if role == "sender"})
    to_somebody = any(role == "recipient" for role, _ in draft.roles)
    return to_somebody or bool(draft.parties - own) or len(draft.offices) + len(draft.parties) > 1


def _ends(s: Sentence, t: Trigger, args: Arguments) -> tuple[list[Group], list[Group]]:
    """Senders and recipients by how they stand to the phrase."""
    low = s.text.low
    if t.predicate and low[t.end - 1] in _ORIGIN and args.get("object"):
        passed_on = low[t.start] in _PASSING_ON  # "conveyed the greetings of X to Y", not "received greetings from X"
        return args["object"], args.get("to") or ([] if passed_on else args.get("subject", []))
    if t.predicate and args.get("by") and args.get("subject") and low[t.start - 1] in _BEING:
        return args["by"], args["subject"]  # "was congratulated by X"
    if not t.predicate and (answered := _answered(s, t, args)) is not None:
        return answered
    handed: tuple[list[Group], list[Group]] | None = None if t.predicate else _sent(s, t, args)
    sent = None if t.predicate else _told(s, t) or handed
    if sent is not None:
        senders, receivers = sent
    else:
        people = [g for g in args.get("from", []) if g.mentions[-1].type != "place"]  # not "on a flight from Kunming"
        people = people or _saying(s, t)
        senders = people or args.get("subject", []) + args.get("possessor", []) + args.get("by", [])
        senders = senders or args.get("among", []) or _come_from(s, t) or _done_by(s, t, receiving=False)
        own = _author(s, t) or _own(s, t) or _of_whom(s, t, args) or _came_first(s, t)
        senders, receivers = senders or _writers(s, t) or own, []
    if not t.predicate and t.kind == "condolences" and not any(name in args for name in _TO_WHOM):
        receivers = receivers + [g for g in args.get("in", []) if s.text.low[g.start - 1] == "in"]
    by = {g.start for g in senders}
    receivers = receivers + [g for name in _TO_WHOM for g in args.get(name, []) if g.start not in by]
    if "from" in args and not handed and _RECEIVING.intersection(low[s.clause_start(t.start) : t.start + t.predicate]):
        # "received letters from X", not "X, who delivered a letter from"
        receivers = receivers + (args.get("subject") or (find_subject(s, t) if not t.predicate and not handed else []))
    if "from" in args:
        receivers = receivers or _handed(s, t) or _done_by(s, t, receiving=True)
    receivers = receivers or _addressed(s, t) or _told_in(s, t, senders) or _told_behind(s, t, senders)
    return _asking(s, t, args) or senders, receivers or _written_to(s, t)


def _came_first(s: Sentence, t: Trigger) -> list[Group]:
    """Who is told behind to have been early with good wishes: "Among the first to congratulate X |was Y|"."""
    low = s.text.low
    if not t.predicate or low[t.start - 1] != "to" or "first" not in low[max(s.first, t.start - 4) : t.start]:
        return []
    at = next((k for k in range(t.end, s.last) if low[k] in _WAS), s.last)
    return [resolved(s, g) for g in s.groups if 0 < g.start - at < _TO_SENDER][:1]


def _done_by(s: Sentence, t: Trigger, *, receiving: bool) -> list[Group]:
    """By whom what a noun names is told to be sent or received: "condolences over floods in Y |were conveyed by| X", "a
    telegram from X |was received| on Monday |by| Y"."""
    low, stop = s.text.low, s.clause_end(t.end)
    near = (k + 1 for k in range(t.end + 1, stop - 1) if low[k] in _BEING)
    done = next((k for k in near if low[k].endswith("ed") or low[k] in _RECEIVING), stop)
    if t.predicate or done == stop or (low[done] in _RECEIVING) != receiving:
        return []
    by = next((k for k in range(done + 1, stop) if low[k] == "by"), stop)
    return [resolved(s, g) for g in s.groups if 0 < g.start - by < _TO_SENDER][:1]


def _told(s: Sentence, t: Trigger) -> tuple[list[Group], list[Group]] | None:
    """Who tells whom something in a message: "X |told| Y in a letter that", "told Y and Z in separate messages"."""
    low = s.text.low
    at = next((k for k in range(t.start - 1, max(s.first, t.start - 4), -1) if low[k] == "in"), None)
    if at is None:
        return None
    begin = s.clause_start(t.start)
    acting = [g for g in s.groups if begin <= g.start and g.end <= at and may_act(s, g)]
    for teller, told in pairwise(acting):
        verb = teller.end + (low[teller.end] in _HAVING)
        to_whom = verb + 1 < told.start and low[told.start - 1 - (low[told.start - 1] == "the")] == "to"
        near = told.start - verb < (_TO_SENDER if to_whom else _NEXT) and low[told.end] not in _OWN_MARKS
        plain = near and told.mentions[0].type in ("person", "office")
        told_so = low[verb].endswith(_INFLECTED) or low[verb] in s.lex.verb_forms
        if plain and (low[verb] in _TELLING or (told_so and "to" not in low[t.end - 1 : t.end + 1])):
            return [resolved(s, teller)], [resolved(s, told)]
    return None


def _takes_up(s: Sentence, t: Trigger, draft: Draft, senders: list[Group]) -> bool:
    """Whether a noun takes up a message told before, which then is told on: "|His message| also points to"."""
    if t.predicate or t.kind != "message" or s.text.low[t.start - 1] not in _DEFINITE or s.text.low[t.end - 1] == "to":
        return False
    told = next((d for d in reversed(s.drafts[-_FEW:]) if d.top == "message" and len(d.people) > 1), None)
    by = Draft(draft.kind, draft.top)
    s.take(by, "sender", senders)
    if told is None or not by.people or not by.people <= told.people or told.spans[-1] == s.span:
        return False
    draft.roles, draft.parties, draft.kind = list(told.roles), set(told.parties), told.kind
    return True


def _goes_also(s: Sentence, t: Trigger, draft: Draft, receivers: list[Group]) -> bool:
    """Add to the messages of the news those whom these are told to go to besides: "|The letters| also went to Y"."""
    lead = next((d for d in s.drafts if d.top == "message" and d.lead), None)
    if t.predicate or lead is None or s.text.low[t.start - 1] != "the":
        return False
    s.take(draft, "recipient", [g for g in receivers if g.start > t.end])
    if any(s.register.country_of(k) is None for k in draft.people):
        return False
    lead.parties |= draft.parties | s.register.homes(draft.people)
    lead.roles += [role for role in draft.roles if role not in lead.roles]
    return bool(draft.parties or draft.people)


def _answered(s: Sentence, t: Trigger, args: Arguments) -> tuple[list[Group], list[Group]] | None:
    """Who answers whose message: "X |replied to| a letter from Y", "|responding to| Y's letter, X"."""
    low, begin = s.text.low, s.clause_start(t.start)
    at = next((k for k in range(begin, t.start) if low[k] in _ANSWERING), None)
    if at is None or "to" not in low[at : t.start]:
        return None
    first = args.get("from") or args.get("possessor") or []
    by = [resolved(s, g) for g in s.groups if begin <= g.start and g.end <= at and may_act(s, g)][-1:]
    by = by or subject_after(s, t.end)
    return (by, first) if by and first else None


def _of_whom(s: Sentence, t: Trigger, args: Arguments) -> list[Group]:
    """Whose good wishes are told to be passed on: "the condolences |of X| were conveyed to Y"."""
    of = [g for g in args.get("of", []) if g.mentions[0].type in ("person", "office")]
    return [g for g in of if not t.predicate and _BEFORE_SENDERS.issuperset(s.text.low[t.end : g.start])]


def _sent(s: Sentence, t: Trigger, args: Arguments) -> tuple[list[Group], list[Group]] | None:
    """Who sends and gets what a noun names: "X sent Y his congratulations", "X passed on to Y the greetings of Z"."""
    low = s.text.low
    begin = max(s.clause_start(t.start), t.start - 24)
    back = range(t.start - 1, begin - 1, -1)
    at = next((k for k in back if low[k] in _PASSING_ON and low[k - 1] not in _BEING), None)
    if at is None:
        return None
    between = [g for g in s.groups if at < g.start and g.end <= t.start and g.mentions[0].type not in ("own", "group")]
    given = [
        resolved(s, g)
        for g in between
        if low[g.end] != "'s" and not g.mentions[-1].adjective and _BEFORE_RECIPIENTS.issuperset(low[at + 1 : g.start])
    ]
    of = (
        args.get("from")
        or [
            g
            for g in args.get("of", [])  # "the greetings of X", not "condolences on the death of X"
            if g.mentions[0].type in ("person", "office") and _BEFORE_SENDERS.issuperset(low[t.end : g.start])
        ]
    )
    of = of or ([] if low[t.start - 1] in _POSSESSIVES else args.get("possessor", []))
    if of or low[at] not in _SENDING:
        return (of, given) if of else None  # who hands a letter over need not have sent it
    before = [g for g in s.groups if begin <= g.start and g.end <= at and may_act(s, g)]
    reached = {m.person for g in given for m in g.mentions if m.person >= 0}
    others = [g for g in before if reached.isdisjoint(m.person for m in resolved(s, g).mentions)]
    before = others or before  # "phoned Y, |having sent him| a letter"
    if not before or not (given or low[t.start - 1] in _POSSESSIVES):
        return None
    return listed_with(s, resolved(s, before[-1])), given


def _come_from(s: Sentence, t: Trigger) -> list[Group]:
    """From whom messages are told to have come: "Greetings on the day |were received from| A and B"."""
    low = s.text.low
    at = next((k for k in range(t.end, s.clause_end(t.end)) if low[k] == "from" and low[k - 1] in _ARRIVING), None)
    return [resolved(s, g) for g in s.groups if at is not None and 0 < g.start - at < 3][:1] if not t.predicate else []


def _writers(s: Sentence, t: Trigger) -> list[Group]:
    """Who says something in a message: "In a letter to X, Y praised …", "Y, in a message to X, wished …"."""
    low = s.text.low
    framed = any(low[k] == "in" and low[k + 1] in _ARTICLES for k in range(max(s.first, t.start - 4), t.start))
    dated = any(s.text.token_at(w.start) == t.end for w in s.whens)  # "In a letter |last month|, X told Y"
    if t.predicate or not framed or not (dated or low[t.end - 1] in _GOING_ON or low[t.end] in _GOING_ON | _SAID_ON):
        return []
    if any(x.top == "message" and x.predicate and x.start != t.end for x in s.triggers):
        return []  # "congratulated X in a message on his re-election"
    return find_subject(s, t) or [Group(m.start, m.end, [m]) for m in fronted(s, t.end)]


def _saying(s: Sentence, t: Trigger) -> list[Group]:
    """Who says or writes in a message what is told before it: '"We share your grief," |she said in a message| to Y'."""
    low = s.text.low
    at = next((k for k in range(t.start - 1, max(s.first + 1, t.start - 4), -1) if low[k] == "in"), None)
    if t.predicate or at is None or low[at - 1] not in _SAYING:
        return []
    return [resolved(s, g) for g in s.groups if g.end == at - 1 and may_act(s, g)]


def _is_text_itself(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Whether a headline calls the text a letter: "Letter to the Speaker on …", "A Message to the Congress"."""
    to = not t.predicate and not _ADDRESSING.isdisjoint(s.text.low[t.end - 1 : t.end + 1])
    opens = t.start - s.first <= 1 or _HEADING.issuperset(s.text.low[s.first : t.start])
    return draft.headline and to and t.kind == "message" and opens


def _writer(s: Sentence) -> list[Group]:
    """Who writes the text itself: its author, else the state that publishes it."""
    if s.context.author is not None:
        return [standing_for(s.context.author, 0)]
    return [Group(0, 0, [Mention("body", 0, 0, value=s.register.home)])] if s.register.home else []


def _write_now(s: Sentence, t: Trigger, draft: Draft) -> None:
    """What an author sends in the text itself goes out as it is published, to those it tells of, if to nobody else."""
    if t.kind != "message" and len(draft.parties) < 2:
        draft.parties |= _told_of(s)
    if draft.date is None and not (t.predicate and s.text.low[t.start].endswith("ed")):
        draft.date, draft.rule, draft.lead = s.published, "day-of-publication" if s.published else None, True


def _told_of(s: Sentence) -> set[str]:
    """The countries of those of whom a statement is, its author apart: "Statement by X on the passing of |Y of Z|"."""
    named = {m.person for m in s.text.mentions[0] if m.type == "person" and m.person >= 0} - {s.context.author}
    return s.register.homes(named) | {m.value for m in s.text.mentions[0] if m.type == "body" and not m.adjective}


def _author(s: Sentence, t: Trigger) -> list[Group]:
    """Who sends what he calls his own: "I send |my deepest condolences| to", "|my congratulations| to"."""
    author = s.context.author
    if author is None or _I.isdisjoint(s.text.low[max(s.first, t.start - 5) : t.start + 1]):
        return []
    return [standing_for(author, t.start)]


def _own(s: Sentence, t: Trigger) -> list[Group]:
    """Who expresses what is told to be its own: "the ministry expresses |its heartfelt condolences|"."""
    return find_subject(s, t) if not t.predicate and s.text.low[t.start - 1] in _ITS else []


def _told_in(s: Sentence, t: Trigger, senders: list[Group]) -> list[Group]:
    """Whom somebody tells something in a message of his: "X assured Y in his message that"."""
    low = s.text.low
    at = t.start - 2 - (low[t.start - 1] not in _POSSESSIVES)
    if t.predicate or at <= s.first or low[at] != "in" or low[at + 1] not in _POSSESSIVES:
        return []
    before = [g for g in s.groups if g.end <= at and g.start >= s.clause_start(t.start)]
    told = [g for g in before[1:2] if 0 < g.start - before[0].end < 4 and may_act(s, g) and low[g.start - 1] != ","]
    by = [m.person for g in senders for m in g.mentions]
    return [resolved(s, g) for g in told if g.mentions[0].person not in by]


def _told_behind(s: Sentence, t: Trigger, senders: list[Group]) -> list[Group]:
    """Whom the writer named behind a message tells or thanks in it: "In a letter on Monday, X |told Y| that"."""
    by = next((g for g in senders if g.start > t.start), None)
    if by is None or t.predicate or s.text.low[by.end] not in _TELLING | _THANKING:
        return []
    return [resolved(s, g) for g in s.groups if 0 < g.start - by.end < 3 and may_act(s, g)][:1]


def _written_to(s: Sentence, t: Trigger) -> list[Group]:
    """Whom the message goes to in which good wishes are told: "X, in a message to Y, offered condolences"."""
    letter = next((x for x in s.triggers if x is not t and x.top == "message" and not x.predicate), None)
    if letter is None or not t.predicate:
        return []
    to = letter.end - 1 if s.text.low[letter.end - 1] == "to" else letter.end
    to += s.text.low[to] in _GOING_ON - _PREPOSITIONS  # "in a message |sent| to Y"
    behind = (g for g in s.groups if g.start - to - (s.text.low[g.start - 1] == "the") == 1)
    return [resolved(s, g) for g in behind] if s.text.low[to] == "to" else []


def _addressed(s: Sentence, t: Trigger) -> list[Group]:
    """Whom "to" names beyond the occasion or others: "condolences on the passing of X to Y", "to the families of the
    victims and the government of Y"."""
    low = s.text.low
    stop = s.clause_end(t.end)
    following = min((x.start for x in s.triggers if x.start >= t.end and x.top != t.top), default=stop)
    for g in s.groups:
        begin = g.start - 1 - (low[g.start - 1] == "the")
        of_state = low[begin] == "of" and low[begin - 1] in _STATES and all(m.type == "body" for m in g.mentions)
        if t.end <= begin < min(stop, following) and (low[begin] == "to" or of_state):
            return [resolved(s, g)]
    return []


def _by_country(s: Sentence, draft: Draft) -> list[Draft]:
    """What heads of several countries sent to one: a message each country; none where one sent."""
    senders = [k for role, k in draft.roles if role == "sender"]
    homes: dict[str, list[int]] = {}
    for k in senders:
        homes.setdefault(s.register.country_of(k) or "", []).append(k)
    others = [role for role in draft.roles if role[0] != "sender"]
    if len(homes) < 2 or "" in homes or not others or any(s.register.country_of(k) in homes for _, k in others):
        return []
    parties = draft.parties - set(homes)
    return [
        replace(
            draft,
            roles=[("sender", k) for k in people] + others,
            parties=parties | {home},
            offices=list(draft.offices),
            spans=list(draft.spans),
        )
        for home, people in homes.items()
    ]


def _asking(s: Sentence, t: Trigger, args: Arguments) -> list[Group]:
    """Who has somebody pass his message on: "X asked Y to convey his greetings to Z", "thanked Y and asked him to"."""
    low, begin = s.text.low, s.clause_start(t.start)
    at = next((k for k in range(begin, t.start) if low[k] in _REQUESTS), None)
    if at is None or any(low[g.start] not in _POSSESSIVES for g in args.get("possessor", [])):
        return []
    before = [g for g in s.groups if begin <= g.start and g.end <= at]
    return [resolved(s, before[0 if low[at - 1] in _GOING_ON_DOING else -1])] if before else []


def _thanked(s: Sentence, t: Trigger) -> tuple[Group, Group] | None:
    """ "X thanked Y for Y's message": who thanks received, who is thanked sent."""
    low = s.text.low
    at = next((k for k in range(t.start - 1, s.first - 1, -1) if low[k] in _THANKING), None)
    if at is None or "for" not in low[at : t.start]:
        return None
    last_for = max(k for k in range(at, t.start) if low[k] == "for")
    before = [g for g in s.groups if g.end <= at]
    between = [
        g for g in s.groups if g.start > at and g.end <= last_for and g.mentions[-1].type not in ("own", "group")
    ]
    return (resolved(s, before[-1]), resolved(s, between[-1])) if before and between else None


def _reach(s: Sentence, draft: Draft, receivers: list[Group]) -> bool:
    """Add the recipients, none of whom wrote the message himself; return whether anybody was added."""
    before = draft.weight()
    senders = {k for role, k in draft.roles if role == "sender"}
    s.take(draft, "recipient", receivers)
    if draft.weight() == before and draft.kind == "message":  # "sent a letter to |Rome|"
        lands = {s.lex.country_of(m.value) for g in receivers for m in g.mentions if m.type == "place"}
        draft.parties |= {land for land in lands if land}
    draft.roles = [(role, k) for role, k in draft.roles if role != "recipient" or k not in senders]
    return draft.weight() > before


def _reach_again(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Add those who got the message before, where this is like it ("sent a |similar| cable"), or a land struck."""
    told = next((d for d in reversed(s.drafts) if d.top == "message"), None)
    if told is not None and s.text.low[t.start - 1] in _ALIKE:
        to = [k for role, k in told.roles if role == "recipient"]
        draft.roles += [("recipient", k) for k in to]
        draft.parties |= s.register.homes(to)
        return bool(to)
    struck = stricken(s) - s.register.homes(draft.people) if t.kind in _AT_LOSSES else set()
    draft.parties |= struck
    return bool(struck)


def _gathered(s: Sentence, t: Trigger, own: set[str]) -> set[str]:
    """The countries, the sender's among them, of which those are who gather and get a message: "greetings to |the
    participants of the X-Y forum|", of which the sentence before may tell: "greetings to |its guests|"."""
    low, begin, stop = s.text.low, s.clause_start(t.start), s.clause_end(t.end)
    at = next((k for k in range(begin, stop) if low[k] in _GATHERED), None)
    if at is None:
        return set()
    named = {m.value for m in s.text.mentions[s.index] if m.type == "body" and at < m.start < min(at + _NAMED, stop)}
    before = s.text.spans[max(0, s.index - 1)][0]
    near = (d.lands for d in reversed(s.drafts[-_FEW:]) if d.top == "conference" and d.spans[-1][1] > before)
    lands = (named & s.authority.countries.keys()) or next(near, set())
    return lands if own & lands else set()  # not those of a forum that meets in Y


def _reach_talks(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Add the other of two who talk in the news, where one of them had sent or got a message before: "X had earlier
    sent |the President| a telegram", "repeated the condolences he had conveyed in writing"."""
    low, begin, stop = s.text.low, s.clause_start(t.start), s.clause_end(t.end)
    if _BEFORE_TALKS.isdisjoint(low[begin : stop + 1]) or s.text.says("written", s.span[0], s.span[1]) is None:
        return False
    senders = {k for role, k in draft.roles if role == "sender"}
    talks = next(
        (d for d in s.drafts if d.lead and d.top in _TALKS and len(d.people) == 2 and senders < d.people), None
    )
    if talks is None:
        return False
    draft.roles += [("recipient", k) for k in sorted(talks.people - draft.people)]
    draft.parties |= talks.lands
    if draft.date == talks.date or draft.date == s.published:
        draft.forget_date()
    return True


def _sent_before(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Whether good wishes went out not long before the talks of the news: "|Earlier|, X sent Y", "|already| wired"."""
    low = s.text.low
    if low[s.first : s.first + 2] == ["earlier", ","]:
        return True
    if draft.kind in _AT_LOSSES or _SHORTLY_BEFORE.isdisjoint(low[s.clause_start(t.start) : s.clause_end(t.end) + 1]):
        return False
    return any(d.lead and d.top in _TALKS and draft.people <= d.people for d in s.drafts)


def _take_other_side(s: Sentence, draft: Draft, conveying: list[Group]) -> None:
    """Greetings conveyed at a meeting are for those of the other side than whoever conveys them and sends them."""
    by = Draft(draft.kind, draft.top)
    s.take(by, "sender", conveying)
    there = [d for d in reversed(s.drafts) if d.top in _TALKS and by.people & d.people]
    told = there or sorted((d for d in s.drafts if d.lead), key=lambda d: len(d.people) < 2)
    present = told[0].people if told else set()
    bodies = s.register.homes(draft.people) or s.register.homes(by.people & present)
    draft.parties |= bodies
    for k in sorted(present):
        if s.register.country_of(k) not in bodies and k not in draft.people:
            draft.roles.append(("recipient", k))


def _spoken(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Whether the words passed within a call or meeting of the same people, and so are part of it."""
    begin, low = s.span[0], s.text.low
    framed = low[s.first] in _FRAMING and not _OCCASIONS.isdisjoint(low[s.first : s.first + 5])
    written = s.text.says("written", begin, s.text.tokens.end(s.clause_end(t.end) - 1))
    if written and not s.text.folded.startswith("convey", written[0]):
        return False
    talks = [d for d in s.drafts if _is_talk(d) and d.lead and draft.people <= d.people]
    told = any(x.predicate and x.top in ("call", "meeting") for x in s.triggers)
    beside = not draft.lead or framed  # "X |spoke with| Y and congratulated him" is of the lead
    return any(beside or (told and d.spans[-1] == s.span and draft.people) for d in talks)


def _is_talk(d: Draft) -> bool:
    """Whether people speak to each other: on the phone, in a meeting, where one presents his credentials."""
    return d.top in ("call", "meeting") or d.kind == "credentials"
