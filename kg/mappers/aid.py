"""Aid: who gives what to whom."""

from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.drafts import Draft


def aid(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Help given or pledged."""
    s.take(
        draft,
        "donor",
        args.get("subject", [])
        + args.get("by", [])
        + args.get("from", [])
        + args.get("adjective", [])
        + args.get("possessor", []),
    )
    s.take(
        draft,
        "recipient",
        args.get("to", []) + args.get("for", []) + args.get("in", []) + (args.get("object", []) if t.predicate else []),
    )
    if not draft.weight():
        return "nobody is said to give"
    draft.parties |= s.register.homes(draft.people)
    draft.roles = [(role, k) for role, k in draft.roles if role == "donor"]
    return None
