"""Statements: words reported as an event."""

from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.drafts import Draft


def statement(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Statements reported as events."""
    s.take(
        draft,
        "speaker",
        args.get("subject", []) + args.get("by", []) + args.get("possessor", []) + args.get("from", []),
    )
    draft.parties |= s.register.homes(draft.people)
    return None if draft.weight() else "nobody is said to speak"
