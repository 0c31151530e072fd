"""Coercion: who presses, punishes or attacks whom."""

from kg.mappers.clauses import Arguments, Group, Sentence, Trigger
from kg.mappers.drafts import Draft


def coercion(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Sanctions, expulsions, force."""
    args = {
        name: [Group(g.start, g.end, [m for m in g.mentions if m.type == "body"]) for g in groups]
        if not t.predicate
        else groups
        for name, groups in args.items()
    }
    if t.predicate:
        s.take(draft, "participant", args.get("subject", []))
    actors = s.take(draft, "participant", args.get("by", []) + args.get("possessor", []) + args.get("adjective", []))
    if not t.predicate and not actors:
        return ""
    s.take(
        draft,
        "participant",
        args.get("on", []) + args.get("against", []) + args.get("of", []) + args.get("object", []) + args.get("in", []),
    )
    draft.parties |= s.register.homes(draft.people)
    home = s.register.home
    if len(draft.parties) == 1 and t.kind == "use-of-force" and home and home not in draft.parties:
        draft.parties.add(home)
    return None if draft.parties else "nobody is said to act"
