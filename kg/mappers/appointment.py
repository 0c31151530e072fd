"""Appointments: who comes into an office, leaves it, or is put forward for it."""

from kg.language.words import words
from kg.mappers.claims import Span
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.drafts import Draft
from kg.mappers.person import Register

_APPOINTING = words("grammar", "appointing_verbs")


def appointment(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Elections, appointments, resignations: who comes or goes."""
    who = args.get("possessor", []) + (args.get("object", []) if t.predicate else []) + args.get("of", [])
    transitive = t.predicate and s.text.low[t.start] in _APPOINTING
    if not any(m.type == "person" for g in who for m in g.mentions) and not transitive:
        who = who + args.get("subject", [])
    s.take(draft, "appointee", who)
    draft.parties = set(draft.parties)
    draft.parties |= s.register.homes(draft.people)
    return None if draft.people or (draft.offices and draft.parties) else "nobody is said to take or leave an office"


def nominate(register: Register, drafts: list[Draft], published: str | None) -> None:
    """Add the nominations of a list: "NAME, of Ohio, to be Ambassador" is an appointment of its own."""
    text = register.text
    appointed = {k for d in drafts if d.top == "appointment" for k in d.people}
    for index, mentions in enumerate(text.mentions):
        for m in mentions:
            if m.type != "person" or m.person < 0 or not any(t.proposed for t in m.titles):
                continue
            if m.person not in appointed:
                appointed.add(m.person)
                drafts.append(_nomination(register, m.person, text.span(*text.sentences[index]), published))
                continue
            for d in drafts:
                if d.top == "appointment" and m.person in d.people and not d.date:
                    d.main = d.lead = True
                    d.date, d.rule = published, "day-of-publication"


def _nomination(register: Register, person: int, span: Span, published: str | None) -> Draft:
    """The nomination of one person, on the day of publication."""
    draft = Draft("nomination", "appointment", roles=[("appointee", person)], spans=[span], order=span[0])
    draft.main = draft.lead = True
    draft.date, draft.rule = published, "day-of-publication" if published else None
    draft.parties |= register.homes(draft.people)
    return draft
