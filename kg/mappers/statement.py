"""Statements: words reported as an event — a speech, an appearance before the press, a condemnation of its own day."""

from kg.language.words import words
from kg.mappers.arguments import find_subject, subject_after
from kg.mappers.clauses import Arguments, Sentence, Trigger
from kg.mappers.drafts import Draft
from kg.mappers.groups import Group
from kg.mappers.unions import raised

_STANCES = frozenset(("condemnation", "threat", "support-statement"))
_ORGANS = words("grammar", "speaking_organs")
_SAID = words("grammar", "saying_verbs")
_WE = words("grammar", "we")
_FRAMES = words("grammar", "speech_frames")
_BARE = words("grammar", "bare_speeches")


def statement(s: Sentence, t: Trigger, args: Arguments, draft: Draft) -> str | None:
    """Statements reported as events, with those who speak."""
    if t.kind in _STANCES and not _is_news(s, t, draft):
        return ""
    if not s.take(draft, "speaker", _speakers(s, t, args)):
        draft.parties |= _ministry(s, t, draft)
    if not draft.weight():
        return "nobody is said to speak"
    draft.parties = raised(draft.parties, s.authority)
    draft.parties |= s.register.homes(draft.people)
    if t.kind not in _STANCES and draft.date is None and not s.text.says("earlier_news", *s.span):
        draft.background = False  # "earlier he held a press conference", the same day
    return None


def _is_news(s: Sentence, t: Trigger, draft: Draft) -> bool:
    """Whether a stance is told as an event: in the lead, on a day of its own, or in a statement.

    Else it is what was said at the call, the meeting or in the statement that the article is about.
    """
    told = [d for d in s.drafts if d.lead and d.top in ("call", "meeting", "statement", "message", "conference")]
    if draft.lead:
        return not any(d.spans[-1] == s.span for d in told)
    if draft.date and len(draft.date) > 4:
        return not any(d.date == draft.date for d in told)
    return s.text.says("in_statement", *s.span) is not None


def _ministry(s: Sentence, t: Trigger, draft: Draft) -> set[str]:
    """Return the country whose ministry speaks ("the Turkish Foreign Ministry said"), or that of a "we" in the lead."""
    low = s.text.low
    for m in s.text.mentions[s.index]:
        organ = next((k for k in range(m.end, min(m.end + 4, s.last)) if low[k] in _ORGANS), None)
        if (
            m.type == "body"
            and organ is not None
            and (m.end <= t.start or not _SAID.isdisjoint(low[organ : organ + 3]))
        ):
            return {m.value}
    spoken = draft.lead and s.register.home and not _WE.isdisjoint(low[max(s.first, t.start - 3) : t.start])
    return {s.register.home} if spoken and s.register.home else set()


def _speakers(s: Sentence, t: Trigger, args: Arguments) -> list[Group]:
    """Who speaks: subject, "by" and "from" whom, whose words; after "In a statement on Monday, …" whoever follows."""
    low = s.text.low
    if t.predicate:
        spoken = args.get("object", []) if low[t.end - 1] == "by" else []
        return args.get("subject", []) + args.get("by", []) + spoken
    told = args.get("by", []) + args.get("from", []) + args.get("of", []) * (low[t.end - 1] == "of")
    if low[t.end - 1] in ("by", "from", "of"):
        told = told or args.get("object", [])
    if told:
        return told
    framed = not _FRAMES.isdisjoint(low[max(s.first, t.start - 4) : t.start + 1])
    after = subject_after(s, t.end) if framed else []
    if after:
        return after
    whose = args.get("possessor", [])
    if whose and s.groups and (beside := [g for g in s.groups if 0 <= g.start - t.end < 2 and framed]):
        return beside  # "In his opening remarks Minister X called …"
    if low[t.end - 1] in _BARE and not framed:
        return args.get("subject", [])  # "his speech drew crowds" tells of none
    if whose or args.get("subject") or low[t.end - 1] in _BARE:
        return whose or args.get("subject", [])
    return find_subject(s, t) if framed else []
