"""Kinds of event: how each reads those around its phrase — a function a kind, chosen by `ASSEMBLE`.

A function fills the draft and returns ``None``, or says why there is no event ("" where it is none of its own).
"""

from collections.abc import Callable

from kg.language.dates import compatible
from kg.language.lexicon import AGREEMENTS, NAMES
from kg.language.words import words
from kg.mappers.aid import aid
from kg.mappers.appointment import appointment
from kg.mappers.ceremony import ceremony
from kg.mappers.clauses import Arguments, Group, Sentence, Trigger
from kg.mappers.coercion import coercion
from kg.mappers.conference import conference
from kg.mappers.drafts import Draft
from kg.mappers.relations import relations
from kg.mappers.statement import statement

_HOSTING = words("grammar", "hosting_verbs")
_CALLED = [[word] for word in sorted(words("grammar", "after_a_call"))]


def meeting(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Meetings and calls: everybody around takes part."""
    hosted = t.predicate and s.text.low[t.start] in _HOSTING
    if _bare(t) and not _addressed(s, t, args):
        return ""
    if t.top == "call" and s.text.says("in_person", *s.span):
        draft.kind = draft.top = "meeting"
    for name in ("subject", "possessor", "adjective", "object", "with", "between", "of", "among", "involving", "by"):
        role = "participant" if not hosted else {"subject": "host", "object": "guest"}.get(name, "participant")
        s.take(draft, role, args.get(name, []))
    if _bare(t) and t.top == "call":
        s.take(draft, "participant", args.get("to", []))
    if "subject" in args and "for" in s.text.low[args["subject"][0].end : t.start]:
        before = [g for g in s.groups if g.end <= args["subject"][0].start and g.start >= s.clause_start(t.start)]
        s.take(draft, "host", [s.resolved(g) for g in before[-1:]])
    explicit = any(n in args for n in ("object", "with", "between", "among", "of", "possessor", "adjective"))
    if not t.predicate and draft.lead and len(draft.people) == 1 and set(args) <= {"object", "subject"}:
        _lead_only(s, t, draft)  # "During a telephone conversation, X wished Y …"
    if not explicit and not ("subject" in args and (t.predicate or len(draft.people) > 1)):
        return "no participant is stated" if not draft.lead else _lead_only(s, t, draft)
    return _enough(s, t, draft)


def _bare(t: Trigger) -> bool:
    """Whether the phrase is a lone verb ("spoke", "met"), which says little by itself."""
    return t.predicate and t.end - t.start == 1


def _addressed(s: Sentence, t: Trigger, args: Arguments) -> bool:
    """Whether a lone verb has somebody it is done with: "spoke today with X", "X and Y spoke", "welcomed X to Z"."""

    def somebody(*names: str) -> int:
        return sum(m.type in ("person", "office") for n in names for g in args.get(n, []) for m in g.mentions)

    if s.text.low[t.start] in _HOSTING:
        return bool(somebody("object")) and (s.text.low[t.start][:3] != "wel" or "to" in args)
    if s.text.low[t.start].startswith("call"):  # "called X today", not "called X's words a threat"
        return any(s.text.low[g.end : g.end + 1] in _CALLED for g in args.get("object", [])) and bool(
            somebody("object")
        )
    named = {g.start for g in s.groups if g.mentions[0].type in ("person", "office")}
    together = any(g.start in named for g in args.get("subject", [])) and somebody("subject") > 1
    return bool(somebody("with", "to", "object")) or together


def _enough(s: Sentence, t: Trigger, draft: Draft) -> str | None:
    """Say what is missing where fewer than two met; talks of bodies alone are a gathering."""
    sides = {p for p in draft.parties if p in s.authority.countries} | s.register.homes(draft.people)
    if draft.weight() < 2 and not draft.lead:
        return "fewer than two take part"
    if len(draft.people) + len(draft.offices) < 2 and len(sides) < 2 and not draft.lead:
        return "fewer than two take part"
    if not draft.people and not draft.offices:
        if len(draft.parties) < 2:
            return "fewer than two take part"
        if not t.predicate and t.top == "meeting" and not draft.lead:
            draft.kind = draft.top = "conference"
    return None


def _lead_only(s: Sentence, t: Trigger, draft: Draft) -> str | None:
    """ "During a telephone conversation, X wished Y …": in the lead those named are those who met."""
    if t.start - s.first < 5:
        for m in s.text.mentions[s.index]:
            if m.type == "person" and m.person >= 0 and s.text.low[m.start - 1] != "of":
                s.take(draft, "participant", [Group(m.start, m.end, [m])])
    return None if len(draft.people) > 1 else "no participant is stated"


def visit(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Visits: who travels, and where to; a visit to several countries is one a country."""
    visitors = args.get("possessor", []) + args.get("of", []) + args.get("by", [])
    if not visitors or t.predicate:
        visitors = visitors + args.get("subject", [])
    if not s.take(draft, "visitor", visitors + args.get("adjective", [])):
        return "nobody is said to travel"
    homes = s.register.homes(draft.people)
    _take_goals(s, t, args, draft)
    placed = draft.place is not None
    named = draft.people or draft.offices
    if not named and not (placed and len(draft.parties) > 1 and not t.predicate):
        return "nobody is said to travel"
    if not placed:
        return _goal_untold(s, t, args, draft, homes)
    if len(homes) == 1 and s.lex.country_of(draft.place or "") in homes and len(draft.parties) < 2:
        return ""  # a trip at home
    return None


def _take_goals(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> None:
    goals = [g for name in ("to", "in", "at") for g in args.get(name, [])]
    for m in (m for g in goals + (args.get("object", []) if t.predicate else []) for m in g.mentions):
        country = s.lex.country_of(m.value) if m.type in ("place", "body") else None
        if country or m.type == "place":
            draft.place = draft.place or m.value
            draft.parties |= {country} if country else set()
            draft.legs += [country] if country and country not in draft.legs else []
    if t.predicate and draft.place is None:
        s.locate(t, args, draft)
        country = s.lex.country_of(draft.place) if draft.place else None
        draft.parties |= {country} if country else set()


def _goal_untold(s: Sentence, t: Trigger, args: Arguments, draft: Draft, homes: set[str]) -> str | None:
    """A visit to nowhere is a guest's, if the article speaks for another country than his."""
    home = s.register.home
    if t.predicate or not (draft.lead or "possessor" in args or "of" in args) or not home or not homes or home in homes:
        return "no destination is stated"
    draft.parties.add(home)
    draft.place = home
    return None


def message(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Messages: from whom, to whom."""
    if t.kind == "invitation":
        return ""
    senders = args.get("from", []) or args.get("subject", []) + args.get("possessor", []) + args.get("by", [])
    if not s.take(draft, "sender", senders):
        return "no sender is stated"
    receivers = args.get("object", []) + args.get("to", []) + args.get("with", []) + args.get("for", [])
    s.take(draft, "recipient", receivers)
    thanks = _thanked(s, t)
    if thanks:
        draft.roles.clear()
        draft.parties.clear()
        s.take(draft, "sender", [thanks[1]])
        if "object" not in args and not any(m.type == "body" for g in receivers for m in g.mentions):
            s.take(draft, "recipient", [thanks[0]])
        else:
            s.take(draft, "recipient", receivers)
    if "from" in args and not receivers:
        _counterparts(s, draft)
    draft.parties |= s.register.homes(draft.people)
    if _spoken(s, t, draft):
        return ""
    if draft.weight() < 2:
        return "no recipient is stated"
    return None


def _thanked(s: Sentence, t: Trigger) -> tuple[Group, Group] | None:
    """ "X thanked Y for Y's message": who thanks received, who is thanked sent."""
    low = s.text.low
    at = next((k for k in range(t.start - 1, s.first - 1, -1) if low[k].startswith("thank")), None)
    if at is None or "for" not in low[at : t.start]:
        return None
    last_for = max(k for k in range(at, t.start) if low[k] == "for")
    before = [g for g in s.groups if g.end <= at]
    between = [
        g for g in s.groups if g.start > at and g.end <= last_for and g.mentions[-1].type not in ("own", "group")
    ]
    return (s.resolved(before[-1]), between[-1]) if before and between else None


def _counterparts(s: Sentence, draft: Draft) -> None:
    """Greetings conveyed at a meeting are for those of the other side."""
    bodies = {s.register.country_of(k) for k in draft.people}
    occasion = next((d for d in s.drafts if d.lead), None)
    for k in sorted(occasion.people) if occasion else ():
        if s.register.country_of(k) not in bodies:
            draft.roles.append(("recipient", k))


def _spoken(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Whether the words passed within a call or meeting of the same people, and so are part of it."""
    begin, end = s.span
    if draft.lead or s.text.says("written", begin, end):
        return False
    return any(d.top in ("call", "meeting") and d.lead and draft.people <= d.people for d in s.drafts)


def signing(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Signings: who signs; the instrument stands in the same clause."""
    if t.kind == "ceasefire" and not t.predicate:
        return ""
    draft.name = _instrument(s, t)
    if not draft.name:
        return "no instrument is named"
    subject = [] if _passive(s, t) else args.get("subject", [])
    s.take(draft, "signatory", subject + args.get("by", []) + args.get("possessor", []))
    for name in ("between", "with", "adjective", "from", "among"):
        s.take(draft, "signatory", args.get(name, []))
    s.take(draft, "participant", args.get("presence", []))
    if not draft.weight():
        for other in s.drafts:
            if other.lead or other.main:
                draft.parties |= other.parties
                if not draft.background and compatible(draft.date, other.date or s.published):
                    draft.roles += [("participant", k) for _, k in other.roles]
                break
    draft.parties |= s.register.homes(draft.people)
    return None if draft.weight() else "nobody is said to sign"


def _passive(s: Sentence, t: Trigger) -> bool:
    """ "was signed", "the Declaration signed in February": whoever stands before is no signatory."""
    if s.text.low[t.start] in ("was", "were", "been", "be", "being", "is", "are"):
        return True
    if not t.predicate:
        return False
    before = s.text.tokens.ends[t.start - 1] if t.start > s.first else 0
    if any(h.start < before <= h.end for h in s.text.layers[AGREEMENTS]):
        return True
    word = s.text.tokens.words[t.start - 1] if t.start > s.first else ""
    return word[:1].isupper() and not any(m.start < t.start <= m.end for m in s.text.mentions[s.index])


def _instrument(s: Sentence, t: Trigger) -> str:
    """The kind of instrument that stands nearest in the clause, "" where none does."""
    begin, end = s.text.span(s.clause_start(t.start), s.clause_end(t.end))
    near = [(abs(h.start - t.hit.end), h.sense.value) for h in s.text.layers[AGREEMENTS] if begin <= h.start < end]
    near += [
        (abs(h.start - t.hit.end), "agreement")
        for h in s.text.layers[NAMES]
        if begin <= h.start < end and h.sense.type == "agreement"
    ]
    return min(near)[1] if near else ""


ASSEMBLE: dict[str, Callable[[Sentence, Trigger, Arguments, Draft], str | None]] = {
    "meeting": meeting, "call": meeting, "visit": visit, "message": message, "conference": conference,
    "signing": signing, "statement": statement, "appointment": appointment, "relations": relations,
    "ceremony": ceremony, "aid": aid, "coercion": coercion,
}  # fmt: skip
"""By the notation of the top kind."""
