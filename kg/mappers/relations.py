"""Relations: states set them up, raise, lower, cut or restore them, or look back on the years since."""

import re

from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.drafts import Draft

_YEARS_SINCE = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)?[\s-](?:years?|anniversary)\b")


def relations(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Relations set up, raised, lowered or cut between two bodies."""
    for name in ("subject", "between", "with", "adjective", "of", "possessor", "object", "to"):
        s.take(draft, "participant", args.get(name, []))
    if t.kind == "relations" and not t.predicate and not _YEARS_SINCE.search(s.text.folded, *s.span):
        return ""
    draft.parties |= s.register.homes(draft.people)
    draft.roles.clear()
    draft.offices.clear()
    countries = {p for p in draft.parties if p in s.authority.countries}
    if len(countries) < 2:
        for m in s.leaders():
            if m.type == "body":
                countries.add(m.value)
    if len(countries) < 2:
        return "fewer than two parties are stated"
    draft.parties = countries if len(countries) <= 3 else draft.parties
    _anniversary(s, t, draft)
    return None


def _anniversary(s: Sentence, t: Trigger, draft: Draft) -> None:
    begin, end = s.span
    found = _YEARS_SINCE.search(s.text.folded, begin, end)
    if found and s.published:
        year = int(s.published[:4]) - int(found[1])
        draft.date, draft.rule, draft.premises = str(year), "years-since", [found.span()]
