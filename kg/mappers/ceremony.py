"""Ceremonies: celebrations, wreaths, awards, openings."""

from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.drafts import Draft


def ceremony(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Celebrations, wreaths, awards, openings."""
    if t.kind == "anniversary" and not s.text.says("kept", *s.span):
        return ""
    s.take(draft, "participant", args.get("subject", []) + args.get("by", []))
    s.take(
        draft,
        "honoree" if t.kind == "award" else "participant",
        args.get("object", []) + args.get("to", []) + args.get("with", []),
    )
    draft.parties |= s.register.homes(draft.people)
    return None if draft.weight() else "nobody is said to take part"
