"""Messages: from whom, to whom; what is said within a call or meeting is part of it."""

from kg.language.words import words
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.drafts import Draft
from kg.mappers.groups import Group

_ORIGIN = words("grammar", "before_origins")
_REQUESTS = words("grammar", "requests")
_THANKING = words("grammar", "thanking_verbs")


def message(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Messages: from whom, to whom."""
    if t.kind == "invitation":
        return ""
    senders, receivers = _ends(s, t, args)
    if not s.take(draft, "sender", senders):
        return "no sender is stated"
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
        _take_other_side(s, draft)
    draft.parties |= s.register.homes(draft.people)
    if _spoken(s, draft):
        return ""
    return "no recipient is stated" if draft.weight() < 2 else None


def _ends(s: Sentence, t: Trigger, args: Arguments) -> tuple[list[Group], list[Group]]:
    """Senders and recipients by how they stand to the phrase."""
    if t.predicate and s.text.low[t.end - 1] in _ORIGIN and args.get("object"):
        return args["object"], args.get("to") or args.get("subject", [])  # "conveyed the greetings of X to Y"
    senders = args.get("from") or args.get("subject", []) + args.get("possessor", []) + args.get("by", [])
    receivers = args.get("object", []) + args.get("to", []) + args.get("with", []) + args.get("for", [])
    return _asking(s, t) or senders, receivers


def _asking(s: Sentence, t: Trigger) -> list[Group]:
    """Who has somebody pass a message on: "X asked Y to convey his greetings to Z"."""
    low = s.text.low
    at = next((k for k in range(s.clause_start(t.start), t.start) if low[k] in _REQUESTS), None)
    before = [g for g in s.groups if at is not None and s.clause_start(t.start) <= g.start and g.end <= at]
    return [s.resolved(before[-1])] if before else []


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
    return (s.resolved(before[-1]), between[-1]) if before and between else None


def _take_other_side(s: Sentence, draft: Draft) -> None:
    """Greetings conveyed at a meeting are for those of the other side."""
    bodies = {s.register.country_of(k) for k in draft.people}
    occasion = next((d for d in s.drafts if d.lead), None)
    for k in sorted(occasion.people) if occasion else ():
        if s.register.country_of(k) not in bodies:
            draft.roles.append(("recipient", k))


def _spoken(s: Sentence, draft: Draft) -> bool:
    """Whether the words passed within a call or meeting of the same people, and so are part of it."""
    begin, end = s.span
    if draft.lead or s.text.says("written", begin, end):
        return False
    return any(d.top in ("call", "meeting") and d.lead and draft.people <= d.people for d in s.drafts)
