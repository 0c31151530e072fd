"""Kinds of event: how each reads those around its phrase — a function a kind, chosen by `ASSEMBLE`.

A function fills the draft and returns ``None``, or says why there is no event ("" where it is none of its own).
"""

from collections.abc import Callable

from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.drafts import Draft
from kg.mappers.kinds.aid import aid
from kg.mappers.kinds.appointment import appointment
from kg.mappers.kinds.ceremony import ceremony
from kg.mappers.kinds.coercion import coercion
from kg.mappers.kinds.conference import conference
from kg.mappers.kinds.credentials import credentials
from kg.mappers.kinds.meeting import meeting, negotiations
from kg.mappers.kinds.message import message
from kg.mappers.kinds.relations import relations
from kg.mappers.kinds.signing import signing
from kg.mappers.kinds.statement import statement
from kg.mappers.kinds.visit import visit

ASSEMBLE: dict[str, Callable[[Sentence, Trigger, Arguments, Draft], str | None]] = {
    "meeting": meeting, "call": meeting, "visit": visit, "message": message, "conference": conference,
    "signing": signing, "statement": statement, "appointment": appointment, "relations": relations,
    "ceremony": ceremony, "aid": aid, "coercion": coercion,
    "credentials": credentials, "negotiation-round": negotiations,
}  # fmt: skip
"""By the notation of the kind itself, where that is read in a way of its own, else of its top kind."""
