"""Kinds of event: how each reads those around its phrase — a function a kind, chosen by `ASSEMBLE`.

A function fills the draft and returns ``None``, or says why there is no event ("" where it is none of its own).
"""

from collections.abc import Callable

from kg.language.dates import compatible
from kg.language.lexicon import AGREEMENTS, NAMES
from kg.mappers.aid import aid
from kg.mappers.appointment import appointment
from kg.mappers.ceremony import ceremony
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.coercion import coercion
from kg.mappers.conference import conference
from kg.mappers.drafts import Draft
from kg.mappers.meeting import meeting
from kg.mappers.message import message
from kg.mappers.relations import relations
from kg.mappers.statement import statement
from kg.mappers.visit import visit


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
