"""Events: who did what with whom, when and where, read around the trigger phrases of the vocabulary."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.language.dates import When, compatible, find_dates, overlay
from kg.language.lexicon import EVENTS, Hit
from kg.language.mentions import Mention, Text, Title
from kg.mappers.claims import EventClaim, OfficeRef, Span, Unread
from kg.mappers.person import Register

_JOINS = frozenset(
    (
        ",",
        "and",
        "&",
        "-",
        "–",
        "—",
        "as",
        "well",
        "along",
        "both",
        "the",
        "together",
        "also",
        "between",
        "plus",
        "his",
        "her",
    )
)
_CLAUSE_BREAKS = frozenset((";", ":", "that", "which", "while", "whereas", "but", "because", "?", "!"))
_NOT_SUBJECT = frozenset(
    (
        "with",
        "of",
        "to",
        "from",
        "by",
        "for",
        "in",
        "at",
        "between",
        "on",
        "during",
        "after",
        "following",
        "toward",
        "towards",
        "into",
        "including",
        "as",
        "than",
        "about",
        "against",
        "among",
        "under",
        "via",
    )
)
_ARGUMENT = frozenset(
    (
        "with",
        "between",
        "of",
        "by",
        "to",
        "from",
        "among",
        "for",
        "in",
        "at",
        "into",
        "against",
        "on",
        "hosted",
        "involving",
    )
)


_LIGHT = frozenset((
    "had", "has", "have", "having", "held", "holds", "hold", "holding", "paid", "pays", "pay", "paying", "made", "makes", "make", "making", "conducted", "conducts", "host", "hosts", "hosted", "hosting",
    "attend", "attends", "attended", "attending", "joined", "join", "participated", "participates", "participate", "participating", "part", "began", "begins", "started", "concluded", "completed", "on", "during", "at", "received",
    "gave", "give", "delivered", "deliver", "issued", "issue", "sent", "sends", "send", "addressed", "chaired", "co-chaired", "opened", "led", "undertake", "undertook", "embarked", "for", "exchanged", "extended", "conveyed", "offered", "expressed", "signed", "leading", "lead", "leads", "organized", "organised",
))  # fmt: skip
_HOSTED = frozenset(
    (
        "hosted",
        "attended",
        "signed",
        "organized",
        "organised",
        "convened",
        "chaired",
        "co-chaired",
        "issued",
        "adopted",
        "sponsored",
    )
)
_NOMINAL = frozenset(
    (
        "the",
        "a",
        "an",
        "his",
        "her",
        "their",
        "its",
        "this",
        "that",
        "these",
        "'s",
        "of",
        "first",
        "last",
        "recent",
        "bilateral",
        "official",
        "high-level",
        "mutual",
        "previous",
        "for",
        "during",
        "in",
        "phone",
        "peace",
    )
)
_HEAVY = frozenset(
    (
        "of",
        "about",
        "regarding",
        "by",
        "that",
        "between",
        "from",
        "against",
        "importance",
        "results",
        "outcome",
        "discussed",
    )
)


@dataclass(slots=True)
class Group:
    """Mentions in a row: "President X, Prime Minister Y and Z"."""

    start: int
    end: int
    mentions: list[Mention]


@dataclass(slots=True)
class Trigger:
    """An event phrase in tokens ``[start, end)``."""

    start: int
    end: int
    hit: Hit
    kind: str
    top: str

    predicate: bool
    """Whether the phrase is a predicate ("met with") and not a noun ("talks")."""


@dataclass
class Draft:
    """An event while it is read."""

    kind: str
    top: str
    roles: list[tuple[str, int]] = field(default_factory=list)
    offices: list[OfficeRef] = field(default_factory=list)
    parties: set[str] = field(default_factory=set)
    date: str | None = None
    rule: str | None = None
    premises: list[Span] = field(default_factory=list)
    place: str | None = None
    status: str = "occurred"
    main: bool = False
    lead: bool = False
    spans: list[Span] = field(default_factory=list)
    name: str = ""
    """What a conference is called; two of other names are not one."""
    headline: bool = False
    background: bool = False
    """Marked as past behind the news ("recent", "last", "since")."""
    agreements: list[int] = field(default_factory=list)
    order: int = 0

    @property
    def people(self) -> set[int]:
        """All who take part."""
        return {k for _, k in self.roles}

    def weight(self) -> int:
        """How much is known of who takes part."""
        return len(self.people) + len(self.parties) + len(self.offices)


class Reader:
    """Reads the events of one article."""

    def __init__(self, register: Register, published: str | None) -> None:
        self.register = register
        self.text: Text = register.text
        self.lex = register.lexicon
        self.authority = register.authority
        self.published = published
        self.drafts: list[Draft] = []
        self.unread: list[Unread] = []
        self.last_subject: list[Mention] = []
        self._starts = [self.text.tokens.starts[a] for a, _ in self.text.sentences]
        self.lead = self._lead()
        self.nearest = False
        self.early = self._starts[min(len(self._starts) - 1, 3)] if self._starts else 0

    def read(self) -> tuple[list[Draft], list[Unread]]:
        """Return the events, each once, and the triggers that gave none."""
        per_sentence: dict[int, list[Hit]] = {}
        for hit in self.text.layers[EVENTS]:
            k = bisect_right(self._starts, hit.start) - 1
            if k >= 0:
                per_sentence.setdefault(k, []).append(hit)
        for k in range(len(self.text.sentences)):
            hits = per_sentence.get(k)
            if self._attendance(k):
                continue
            if hits:
                self._sentence(k, hits)
            else:
                self._remember(self.text.mentions[k])
        self._nominations()
        self._settle()
        return self.drafts, self.unread

    def _lead(self) -> int:
        """How many sentences at the top tell the news: headline and first sentence of the body."""
        return min(len(self.text.sentences), 2 if self.text.article.title else 1)

    def _remember(self, mentions: list[Mention]) -> None:
        people = [m for m in mentions if m.type in ("person", "office")]
        if people:
            self.last_subject = people[:1]

    def _attendance(self, k: int) -> bool:
        """ "Also present were …": those named took part in the event the article is about."""
        begin, end = self.text.span(*self.text.sentences[k])
        people = [m.person for m in self.text.mentions[k] if m.type == "person" and m.person >= 0]
        if not people or self.text.says("attendance", begin, end) is None:
            return False
        occasion = next(
            (d for d in self.drafts if d.lead and d.top in ("meeting", "ceremony", "conference", "signing")), None
        ) or next((d for d in self.drafts if d.top in ("meeting", "ceremony", "conference", "signing")), None)
        if occasion is None:
            return False
        for person in people:
            if person not in occasion.people:
                occasion.roles.append(("participant", person))
                body = self.register.country_of(person)
                if body:
                    occasion.parties.add(body)
        occasion.spans.append((begin, end))
        return True

    # -- one sentence -------------------------------------------------------------------------------------------

    def _sentence(self, k: int, hits: list[Hit]) -> None:
        first, last = self.text.sentences[k]
        self.first, self.last, self.index = first, last, k
        self.groups = list(_groups(self.text, self.text.mentions[k]))
        begin, end = self.text.span(first, last)
        self.whens = self.text.dates(begin, end, self.published)
        self.span = (begin, end)
        triggers = []
        for hit in hits:
            start = self.text.token_at(hit.start)
            stop = self.text.token_at(hit.end)
            code = hit.sense.value
            predicate = hit.sense.type == "predicate" and not self._noun_like(start)
            if self.lex.event_kinds[code].top == "statement" and "joint" in self.text.low[max(first, start - 1) : stop]:
                code = "issuance"  # a joint statement is an instrument that is issued
            triggers.append(Trigger(start, max(stop, start + 1), hit, code, self.lex.event_kinds[code].top, predicate))
        self.triggers = triggers
        for trigger in triggers:
            draft = self._draft(trigger)
            if isinstance(draft, str):
                if draft:
                    self.unread.append(Unread(self.span, trigger.kind, draft))
                continue
            self._add(draft)
        self._remember(self.text.mentions[k])

    def _draft(self, t: Trigger) -> Draft | str:
        """The event a trigger tells, or why it tells none ("" where it is none of its own)."""
        status = self._status(t)
        if status == "unreal":
            return ""
        draft = Draft(t.kind, t.top, status=status, spans=[self.span], lead=self.index < self.lead, order=t.hit.start)
        draft.headline = self.index == 0 and self.text.article.title is not None
        draft.background = self._background(t)
        self.nearest = t.top == "appointment"
        args = self._arguments(t)
        self._when(t, draft)
        self._when_within(t, draft)
        reason = _ASSEMBLE[t.top](self, t, args, draft)
        if reason is not None:
            return reason
        self._where(t, args, draft)
        if (
            draft.date
            and self.published
            and status == "occurred"
            and draft.date > self.published
            and draft.date[: len(self.published)] != self.published[: len(draft.date)]
        ):
            draft.status = "planned"
        self._complete_parties(draft)
        return draft

    def _noun_like(self, i: int) -> bool:
        """Whether a form that may be verb or noun ("visit", "meeting with") is the noun here."""
        low = self.text.low
        word = low[i]
        if word not in self.lex.event_nouns or word in (
            "will",
            "shall",
            "is",
            "are",
            "was",
            "were",
            "to",
            "has",
            "have",
            "had",
            "be",
            "been",
        ):
            return False
        if word.endswith(("ed", "id", "et")) and word != "meet" or word in self.lex.verbs:
            return False
        before = low[i - 1] if i > self.first else ""
        if word.endswith("ing"):
            return before not in (
                "is",
                "are",
                "was",
                "were",
                "be",
                "been",
                "after",
                "by",
                "while",
                ",",
                "and",
                "before",
                "for",
            )
        if word.endswith("s"):
            return before in _NOMINAL
        return before not in (
            "to",
            "will",
            "would",
            "can",
            "shall",
            "must",
            "should",
            "may",
            "might",
            "and",
            "not",
            "also",
            "have",
            "has",
            "had",
            "officially",
            "then",
        ) and not before.endswith("ly")

    # -- modality -----------------------------------------------------------------------------------------------

    def _status(self, t: Trigger) -> str:
        """``occurred``, ``planned``, or ``unreal`` for what is wished, advised, denied or only talked of."""
        says, folded = self.text.says, self.text.folded
        begin, end = self.text.tokens.starts[self._clause_start(t.start)], t.hit.start
        if t.top == "conference" and not t.predicate and t.kind != "negotiation-round":
            ahead = says("ahead", max(begin, end - 60), end) or _TO_COME.match(folded, t.hit.end, t.hit.end + 60)
            return "planned" if ahead else "occurred"
        if t.top in ("meeting", "visit") and not t.predicate and _WILL.match(folded, t.hit.end, t.hit.end + 90):
            return "planned"
        if _FUTURE.match(folded, t.hit.start, t.hit.end):
            return "planned"
        plan, wish = says("planned", begin, end), says("unreal", max(begin, end - 70), end)
        lasting = t.top in ("conference", "coercion")
        if not lasting and says("scoping", begin, end):
            return "unreal"
        if wish and not (plan and plan[0] > wish[0]) and (not lasting or folded[wish[0] : wish[1]] in ("not", "no")):
            return "unreal"
        if plan and end - plan[1] < 110:
            return "planned"
        return "unreal" if t.predicate and folded[end - 4 : end].strip() == "to" and t.top != "aid" else "occurred"

    def _background(self, t: Trigger) -> bool:
        begin = self.text.tokens.starts[self._clause_start(t.start)]
        return self.text.says("background", max(begin, t.hit.start - 40), t.hit.start) is not None

    def _clause_start(self, i: int) -> int:
        low = self.text.low
        for k in range(i - 1, self.first - 1, -1):
            if low[k] in _CLAUSE_BREAKS:
                return k + 1
        return self.first

    def _clause_end(self, i: int) -> int:
        low = self.text.low
        for k in range(i, self.last):
            if low[k] in _CLAUSE_BREAKS:
                return k
        return self.last

    # -- arguments ----------------------------------------------------------------------------------------------

    def _arguments(self, t: Trigger) -> dict[str, list[Group]]:
        """Groups around a trigger by how they stand to it: ``subject``, ``possessor``, ``adjective``, ``object``, a preposition."""
        found: dict[str, list[Group]] = {}
        lo = self._clause_start(t.start)
        left = [g for g in self.groups if g.end <= t.start and g.start >= lo]
        low = self.text.low
        # possessor and adjectives: "Xi's state visit", "Russian-Ukrainian talks"
        rest = list(left)
        while rest:
            g = rest[-1]
            gap = low[g.end : t.start]
            if gap[:1] == ["'s"] and len(gap) <= 7 and not any(w in (",", "and") or w in _NOT_SUBJECT for w in gap):
                found.setdefault("possessor", []).append(g)
                rest.pop()
            elif (
                not t.predicate
                and (g.mentions[-1].type in ("own", "group") and low[g.end - 1] in ("his", "her", "their"))
                and len(gap) <= 6
                and not any(w in _NOT_SUBJECT for w in gap)
            ):
                found.setdefault("possessor", []).append(self._resolved(g))
                rest.pop()
            elif (
                not t.predicate
                and all(m.type == "body" for m in g.mentions)
                and len(gap) <= 4
                and all(w.isalnum() or w in "-" for w in gap)
                and not any(w in _NOT_SUBJECT or w in ("and", "the", "a") for w in gap)
            ):
                found.setdefault("adjective", []).append(g)
                rest.pop()
            else:
                break
        subject = self._subject(t, rest)
        if subject and (t.predicate or self._carries(subject, t)):
            found["subject"] = [subject]
        self._right(t, found)
        return found

    def _carries(self, subject: Group, t: Trigger) -> bool:
        """Whether the verb between a subject and a noun makes the subject take part ("held … talks", "during a meeting")."""
        gap = self.text.low[subject.end : t.start] if subject.end <= t.start else []
        at = next((n for n in range(len(gap) - 1, -1, -1) if gap[n] in _LIGHT), None)
        return at is not None and len(gap) - at < 14 and not any(w in _HEAVY for w in gap[at + 1 :])

    def _subject(self, t: Trigger, left: list[Group]) -> Group | None:
        low = self.text.low
        who = next((k for k in range(t.start - 1, self._clause_start(t.start) - 1, -1) if low[k] == "who"), None)
        if who is not None and t.start - who < 12:
            for g in reversed(left):
                if g.end <= who and who - g.end < 2:
                    single = low[who + 1] in ("is", "was", "has")
                    return Group(g.start, g.end, g.mentions[-1:] if single else g.mentions)
        free = []
        for g in reversed(left):
            before = low[g.start - 1] if g.start > self.first else ""
            if before == "the" and g.start - 2 >= self.first:
                before = low[g.start - 2]
            if before not in _NOT_SUBJECT:
                free.append(g)
        if low[t.start].endswith("ing") and t.predicate and t.start > self.first and low[t.start - 1] == "for" and free:
            return self._resolved(free[0])
        free.sort(key=lambda g: all(m.type == "body" for m in g.mentions))
        for g in free:
            if g.mentions[-1].type in ("place",) or (
                g.mentions[-1].type == "body" and g.mentions[-1].adjective and len(g.mentions) == 1
            ):
                continue
            return self._resolved(g)
        if t.predicate and not free and self._clause_start(t.start) > self.first:
            for g in reversed([g for g in self.groups if g.end <= t.start]):
                before = low[g.start - 1] if g.start > self.first else ""
                if before not in _NOT_SUBJECT and any(m.type == "person" for m in g.mentions):
                    return g
        return None

    def _resolved(self, g: Group) -> Group:
        """A pronoun gives way to those it stands for."""
        out: list[Mention] = []
        for m in g.mentions:
            if m.type in ("he", "own"):
                before = [
                    x
                    for x in self.text.mentions[self.index]
                    if x.end <= m.start and x.type in ("person", "office") and not x.predicative
                ]
                out += (before[-1:] if self.nearest else before[:1]) if before else self.last_subject
            elif m.type == "group":
                row = (
                    next((x for x in reversed(self.groups) if x.end <= m.start and len(x.mentions) > 1), None)
                    if self.text.low[m.start] == "their"
                    else None
                )
                out += row.mentions if row else self._leaders()
            else:
                out.append(m)
        return Group(g.start, g.end, out)

    def _leaders(self) -> list[Mention]:
        """Those whom "the two leaders", "both sides" stand for: who takes part in the news."""
        for draft in sorted(self.drafts, key=lambda d: not d.lead):
            if draft.weight() > 1:
                return [Mention("person", 0, 0, person=k) for k in sorted(draft.people)] + [
                    Mention("body", 0, 0, value=p) for p in sorted(draft.parties)
                ]
        spoken = [self.register.country_of(k) for k in range(len(self.register.entries))]
        return [Mention("body", 0, 0, value=b) for b in dict.fromkeys(spoken) if b][:2]

    def _right(self, t: Trigger, found: dict[str, list[Group]]) -> None:
        low, words = self.text.low, self.text.tokens.words
        stop = self._clause_end(t.end)
        right = [g for g in self.groups if g.start >= t.end and g.start < stop]
        k = t.end
        stop = min([stop, *(x.start for x in self.triggers if x.start >= t.end and x.top != t.top)])
        right = [g for g in right if g.start < stop]
        prep = low[t.end - 1] if not t.predicate and low[t.end - 1] in _ARGUMENT else "object"
        blank = 0
        for g in right:
            gap = low[k : g.start]
            if "'s" in gap or len(gap) > 12:
                break
            preps = [w for w in gap if w in _ARGUMENT]
            if any(w in (".", ";") for w in gap) or (
                gap.count(",") and not self._dates_between(k, g.start) and not preps
            ):
                break
            if any(w in ("who", "where", "when", "after", "before", "said", "and") for w in gap) and not preps:
                break
            if any(w in ("who", "where", "said", "told", "discussed", "stressed", "noted") for w in gap):
                break
            if preps[-1:] == ["by"] and any(w.endswith("ed") and w not in _HOSTED for w in gap):
                break
            prep = preps[-1] if preps else prep
            if "presence" in gap or "witnessed" in gap:
                prep, preps = "presence", ["presence"]
            if prep == "of" and len(preps) > 1 and preps[-2] in ("with", "between", "by", "to", "among", "from"):
                prep = preps[-2]  # "with the leaders of Armenia"
            if preps[-1:] == ["of"] and len(preps) > 1 and prep == "of" and preps[-2] != "of":
                break
            if (not preps and k > t.end) or (prep == "of" and k > t.end and preps == ["of"]):
                break
            found.setdefault(prep, []).append(self._resolved(g))
            k = g.end
            blank += 1
            if blank > 5:
                break
        del words

    def _dates_between(self, a: int, b: int) -> bool:
        starts = self.text.tokens.starts
        lo, hi = starts[a] if a < len(starts) else 0, starts[b]
        return any(lo <= w.start < hi for w in self.whens)

    # -- what a group means -------------------------------------------------------------------------------------

    def _take(self, draft: Draft, role: str, groups: list[Group]) -> int:
        """Add the members of groups in a role; return how many were added."""
        before = draft.weight()
        for g in groups:
            for m in g.mentions:
                if m.type == "person" and m.person >= 0:
                    if (role, m.person) not in draft.roles:
                        draft.roles.append((role, m.person))
                elif m.type == "body":
                    draft.parties.add(m.value)
                elif m.type == "office":
                    self._take_office(draft, role, m.titles[0])
        return draft.weight() - before

    def _take_office(self, draft: Draft, role: str, title: Title) -> None:
        k = self.holder_here(title)
        if k is not None:
            if (role, k) not in draft.roles:
                draft.roles.append((role, k))
            return
        label, of = self.lex.office_named(title.printed, title.of, title.kind, title.text)
        if of:
            draft.parties.add(of)
            if not title.plural and title.kind not in (None, "other"):
                draft.offices.append(OfficeRef(title=label, kind=title.kind, of=of))

    def holder_here(self, title: Title) -> int | None:
        """The person whom the article itself gives this office."""
        wanted = title.kind or title.text.lower()
        kinds = self.lex.office_kinds
        fits = []
        for k, entry in enumerate(self.register.entries):
            for other in entry.titles:
                same = (other.kind or other.text.lower()) == wanted or (other.kind and kinds[other.kind].top == wanted)
                if same and other.when != "former" and (title.of is None or other.of in (None, title.of)):
                    fits.append(k)
                    break
        if len(fits) > 1 and title.of is None:
            home = [k for k in fits if self.register.country_of(k) == self.register.home]
            fits = home or fits
        return fits[0] if len(fits) == 1 or (fits and title.of is not None) else None

    def _complete_parties(self, draft: Draft) -> None:
        for k in draft.people:
            body = self.register.country_of(k)
            if body:
                draft.parties.add(body)

    # -- when and where -----------------------------------------------------------------------------------------

    def _when(self, t: Trigger, draft: Draft) -> None:
        if draft.date:
            return
        begin, end = (
            self.text.tokens.starts[self._clause_start(t.start)],
            self.text.span(t.start, self._clause_end(t.end))[1],
        )
        best: tuple[int, When] | None = None
        for when in self.whens:
            inside = begin <= when.start < end
            gap = when.start - t.hit.end if when.start >= t.hit.end else t.hit.start - when.end
            cost = gap + (0 if inside else 60 if self._relative(t, when) else 250)
            between = self.text.folded[min(when.end, t.hit.end) : max(when.start, t.hit.start)]
            for other in self.triggers:
                if other is not t and min(when.end, t.hit.end) <= other.hit.start < max(when.start, t.hit.start):
                    cost += 60
            if when.rule == "stated" and len(when.value) == 4:
                cost += 30
            del between
            if cost < (300 if draft.lead else 180) and (best is None or cost < best[0]):
                best = (cost, when)
        if best is not None:
            when = best[1]
            draft.date, draft.rule = when.value, None if when.rule == "stated" else when.rule
            draft.premises = [(when.start, when.end)] if draft.rule else []

    def _when_within(self, t: Trigger, draft: Draft) -> None:
        """What a visit of the same sentence "included" is of its date and place."""
        host = next(
            (
                d
                for d in self.drafts
                if d.spans[-1] == self.span and d.top in ("visit", "meeting") and d.order < t.hit.start and d.date
            ),
            None,
        )
        if (
            draft.date is None
            and host is not None
            and t.top in ("signing", "relations", "ceremony")
            and "includ" in self.text.folded[host.order : t.hit.start]
        ):
            draft.date, draft.rule, draft.premises, draft.place = host.date, host.rule, host.premises, host.place

    def _relative(self, t: Trigger, when: When) -> bool:
        """Whether only "which" stands between a date and the trigger: "the visit in December 2023, which included …"."""
        lo, hi = self.text.token_at(when.end), t.start
        breaks = [w for w in self.text.low[lo:hi] if w in _CLAUSE_BREAKS]
        return breaks == ["which"]

    def _where(self, t: Trigger, args: dict[str, list[Group]], draft: Draft) -> None:
        if draft.place:
            return
        low = self.text.low
        lo, hi = self._clause_start(t.start), self._clause_end(t.end)
        best: tuple[int, str] | None = None
        for m in self.text.mentions[self.index]:
            if m.type not in ("place", "body") or m.adjective or not lo <= m.start < hi or m.start == 0:
                continue
            before = low[m.start - 1] if low[m.start - 1] != "the" else low[m.start - 2]
            if before not in ("in", "at") and not (before == "," and m.type == "place"):
                continue
            if m.type == "body" and m.value not in self.authority.countries:
                continue
            gap = m.start - t.end if m.start >= t.end else (t.start - m.end) + 12
            if gap < 30 and (best is None or gap < best[0]):
                best = (gap, m.value)
        if best is not None:
            draft.place = best[1]

    # -- kinds --------------------------------------------------------------------------------------------------

    def meeting(self, t: Trigger, args: dict[str, list[Group]], draft: Draft) -> str | None:
        """Meetings and calls: everybody around takes part."""
        for name in ("subject", "possessor", "adjective", "object", "with", "between", "of", "among", "involving"):
            if name in args:
                role = {
                    "subject": "host"
                    if t.top == "meeting" and t.predicate and "receiv" in t.hit.sense.value
                    else "participant"
                }.get(name, "participant")
                self._take(draft, role, args[name])
        if "by" in args and t.top == "meeting":
            self._take(draft, "participant", args["by"])
        if "subject" in args and self.text.low[args["subject"][0].end : t.start].count("for"):
            before = [
                g for g in self.groups if g.end <= args["subject"][0].start and g.start >= self._clause_start(t.start)
            ]
            self._take(draft, "host", [self._resolved(g) for g in before[-1:]])
        explicit = any(n in args for n in ("object", "with", "between", "among", "of", "possessor", "adjective"))
        if not explicit and not ("subject" in args and (t.predicate or draft.weight() > 2)):
            return "no participant is stated" if not draft.lead else self._lead_only(t, draft)
        if draft.weight() < 2 and not draft.lead:
            return "fewer than two take part"
        if (
            len(draft.people) + len(draft.offices) < 2
            and len(
                {p for p in draft.parties if p in self.authority.countries}
                | {self.register.country_of(k) or "" for k in draft.people}
            )
            < 2
            and not draft.lead
        ):
            return "fewer than two take part"
        if not draft.people and not draft.offices:
            if len(draft.parties) < 2:
                return "fewer than two take part"
            if not t.predicate and t.top == "meeting" and not draft.lead:
                draft.kind = draft.top = "conference"
        return None

    def _lead_only(self, t: Trigger, draft: Draft) -> str | None:
        """ "During a telephone conversation, X wished Y …": in the lead those named are those who met."""
        if t.start - self.first < 5:
            for m in self.text.mentions[self.index]:
                if m.type == "person" and m.person >= 0 and self.text.low[m.start - 1] != "of":
                    self._take(draft, "participant", [Group(m.start, m.end, [m])])
        return None if len(draft.people) > 1 else "no participant is stated"

    def visit(self, t: Trigger, args: dict[str, list[Group]], draft: Draft) -> str | None:
        """Visits: who travels, and where to."""
        visitors = args.get("possessor", []) + args.get("of", []) + args.get("by", [])
        if not visitors or t.predicate:
            visitors = visitors + args.get("subject", [])
        if not self._take(draft, "visitor", visitors) and "adjective" not in args:
            return "nobody is said to travel"
        if "adjective" in args:
            self._take(draft, "visitor", args["adjective"])
        goals = (
            args.get("to", [])
            + args.get("in", [])
            + args.get("at", [])
            + (args.get("object", []) if t.predicate else [])
        )
        placed = False
        for g in goals:
            for m in g.mentions:
                if m.type == "place" and not m.person >= 0:
                    place = self.authority.places[m.value]
                    draft.place = draft.place or m.value
                    if place.country:
                        draft.parties.add(place.country)
                    placed = True
                elif m.type == "body" and m.value in self.authority.countries:
                    draft.parties.add(m.value)
                    draft.place = draft.place or m.value
                    placed = True
        if not draft.people and not draft.offices and not (placed and len(draft.parties) > 1 and not t.predicate):
            return "nobody is said to travel"
        if not placed and t.predicate:
            self._where(t, args, draft)
            country = self._country(draft.place) if draft.place else None
            if country:
                draft.parties.add(country)
                placed = True
        visitors_homes = {self.register.country_of(k) for k in draft.people}
        if not placed:
            if t.predicate or (draft.lead is False and "possessor" not in args):
                return "no destination is stated"
            home = self.register.home
            if home and home not in visitors_homes and visitors_homes - {None}:
                draft.parties.add(home)
                draft.place = home
            else:
                return "no destination is stated"
        elif (
            draft.place
            and self._country(draft.place) in visitors_homes
            and len(visitors_homes) == 1
            and len(draft.parties) < 2
        ):
            return ""
        return None

    def _country(self, place: str) -> str | None:
        if place in self.authority.countries:
            return place
        known = self.authority.places.get(place)
        return known.country if known else None

    def message(self, t: Trigger, args: dict[str, list[Group]], draft: Draft) -> str | None:
        """Messages: from whom, to whom."""
        if t.kind == "invitation":
            return ""
        senders = args.get("from", []) or args.get("subject", []) + args.get("possessor", []) + args.get("by", [])
        if not self._take(draft, "sender", senders):
            return "no sender is stated"
        receivers = args.get("object", []) + args.get("to", []) + args.get("with", []) + args.get("for", [])
        self._take(draft, "recipient", receivers)
        thanks = self._thanked(t)
        if thanks:
            draft.roles.clear()
            draft.parties.clear()
            self._take(draft, "sender", [thanks[1]])
            if "object" not in args and not any(m.type == "body" for g in receivers for m in g.mentions):
                self._take(draft, "recipient", [thanks[0]])
            else:
                self._take(draft, "recipient", receivers)
        if "from" in args and not receivers:
            self._counterparts(draft)
        self._complete_parties(draft)
        if self._spoken(t, draft):
            return ""
        if draft.weight() < 2:
            return "no recipient is stated"
        return None

    def _thanked(self, t: Trigger) -> tuple[Group, Group] | None:
        """ "X thanked Y for Y's message": who thanks received, who is thanked sent."""
        low = self.text.low
        at = next((k for k in range(t.start - 1, self.first - 1, -1) if low[k].startswith("thank")), None)
        if at is None or "for" not in low[at : t.start]:
            return None
        last_for = max(k for k in range(at, t.start) if low[k] == "for")
        before = [g for g in self.groups if g.end <= at]
        between = [
            g for g in self.groups if g.start > at and g.end <= last_for and g.mentions[-1].type not in ("own", "group")
        ]
        return (self._resolved(before[-1]), between[-1]) if before and between else None

    def _counterparts(self, draft: Draft) -> None:
        """Greetings conveyed at a meeting are for those of the other side."""
        bodies = {self.register.country_of(k) for k in draft.people}
        occasion = next((d for d in self.drafts if d.lead), None)
        for k in sorted(occasion.people) if occasion else ():
            if self.register.country_of(k) not in bodies:
                draft.roles.append(("recipient", k))

    def _spoken(self, t: Trigger, draft: Draft) -> bool:
        """Whether the words passed within a call or meeting of the same people, and so are part of it."""
        begin, end = self.span
        if draft.lead or _WRITTEN.search(self.text.folded, begin, end):
            return False
        return any(d.top in ("call", "meeting") and d.lead and draft.people <= d.people for d in self.drafts)

    def conference(self, t: Trigger, args: dict[str, list[Group]], draft: Draft) -> str | None:
        """Gatherings: named ones, and talks of delegations."""
        low, words = self.text.low, self.text.tokens.words
        start = t.start
        while start > self.first and (
            words[start - 1][0].isupper()
            or words[start - 1][0].isdigit()
            or words[start - 1] in ("-", "–", "'s")
            or low[start - 1] in ("first-ever",)
        ):
            if low[start - 1] in ("the", "president", "at", "in", "on") or any(
                m.start <= start - 1 < m.end and m.type == "person" for m in self.text.mentions[self.index]
            ):
                break
            start -= 1
        if words[t.start - 1].lower() in ("video", "via", "press", "news") or low[t.start - 1] == "-":
            return ""
        named = start < t.start or (words[t.start][0].isupper() and t.start > self.first and t.kind != "congress")
        draft.name = self.text.printed(start, t.end)
        talks = t.kind == "negotiation-round" or not named
        for name in ("adjective", "between", "of", "among", "involving", *(("with",) if talks else ())):
            if name in args:
                self._take(draft, "participant", args[name])
        for m in self.text.mentions[self.index]:
            if m.type == "body" and start <= m.start < t.end:
                draft.parties.add(m.value)
        subject = args.get("subject", [])
        if subject and self._attends(subject[0].end, start):
            self._take(draft, "participant", subject)
        if "by" in args:
            self._take(draft, "participant", args["by"])
        gathers = _GATHERS.search(self.text.folded, *self.span)
        if gathers:
            for m in self.text.mentions[self.index]:
                if m.type == "body" and self.text.tokens.starts[m.start] > gathers.end():
                    draft.parties.add(m.value)
        if not named and len(draft.parties) + len(draft.people) < 2:
            return "the gathering is not named"
        for party in sorted(draft.parties):
            body = self.authority.organisations.get(party)
            if body and body.country:
                draft.parties.add(body.country)
        if not draft.parties and named:
            self._where(t, args, draft)
            country = self._country(draft.place) if draft.place else None
            if country:
                draft.parties.add(country)
        if not draft.parties and not draft.people:
            return "whose gathering it is is not stated"
        return None

    def _attends(self, a: int, b: int) -> bool:
        gap = " ".join(self.text.low[a:b])
        return bool(_ATTEND.search(gap))

    def signing(self, t: Trigger, args: dict[str, list[Group]], draft: Draft) -> str | None:
        """Signings: who signs; the instrument stands in the same clause."""
        if t.kind == "ceasefire" and not t.predicate:
            return ""
        draft.name = self._instrument(t)
        if not draft.name:
            return "no instrument is named"
        subject = [] if self._passive(t) else args.get("subject", [])
        self._take(draft, "signatory", subject + args.get("by", []) + args.get("possessor", []))
        for name in ("between", "with", "adjective", "from", "among"):
            self._take(draft, "signatory", args.get(name, []))
        self._take(draft, "participant", args.get("presence", []))
        if not draft.weight():
            for other in self.drafts:
                if other.lead or other.main:
                    draft.parties |= other.parties
                    if not draft.background and compatible(draft.date, other.date or self.published):
                        draft.roles += [("participant", k) for _, k in other.roles]
                    break
        self._complete_parties(draft)
        return None if draft.weight() else "nobody is said to sign"

    def _passive(self, t: Trigger) -> bool:
        """ "was signed", "the Declaration signed in February": whoever stands before is no signatory."""
        if self.text.low[t.start] in ("was", "were", "been", "be", "being", "is", "are"):
            return True
        if not t.predicate:
            return False
        before = self.text.tokens.ends[t.start - 1] if t.start > self.first else 0
        if any(h.start < before <= h.end for h in self.text.layers[3]):
            return True
        word = self.text.tokens.words[t.start - 1] if t.start > self.first else ""
        return word[:1].isupper() and not any(m.start < t.start <= m.end for m in self.text.mentions[self.index])

    def _instrument(self, t: Trigger) -> str:
        """The kind of instrument that stands nearest in the clause, "" where none does."""
        begin, end = self.text.span(self._clause_start(t.start), self._clause_end(t.end))
        near = [(abs(h.start - t.hit.end), h.sense.value) for h in self.text.layers[3] if begin <= h.start < end]
        near += [
            (abs(h.start - t.hit.end), "agreement")
            for h in self.text.layers[0]
            if begin <= h.start < end and h.sense.type == "agreement"
        ]
        return min(near)[1] if near else ""

    def statement(self, t: Trigger, args: dict[str, list[Group]], draft: Draft) -> str | None:
        """Statements reported as events."""
        self._take(
            draft,
            "speaker",
            args.get("subject", []) + args.get("by", []) + args.get("possessor", []) + args.get("from", []),
        )
        self._complete_parties(draft)
        return None if draft.weight() else "nobody is said to speak"

    def appointment(self, t: Trigger, args: dict[str, list[Group]], draft: Draft) -> str | None:
        """Elections, appointments, resignations: who comes or goes."""
        who = args.get("possessor", []) + (args.get("object", []) if t.predicate else []) + args.get("of", [])
        if not who or not any(m.type == "person" for g in who for m in g.mentions):
            who = who + args.get("subject", [])
        self._take(draft, "appointee", who)
        draft.parties = {p for p in draft.parties}
        self._complete_parties(draft)
        return (
            None if draft.people or (draft.offices and draft.parties) else "nobody is said to take or leave an office"
        )

    def relations(self, t: Trigger, args: dict[str, list[Group]], draft: Draft) -> str | None:
        """Relations set up, raised, lowered or cut between two bodies."""
        for name in ("subject", "between", "with", "adjective", "of", "possessor", "object", "to"):
            self._take(draft, "participant", args.get(name, []))
        if t.kind == "relations" and not t.predicate and not _YEARS_SINCE.search(self.text.folded, *self.span):
            return ""
        self._complete_parties(draft)
        draft.roles.clear()
        draft.offices.clear()
        countries = {p for p in draft.parties if p in self.authority.countries}
        if len(countries) < 2:
            for m in self._leaders():
                if m.type == "body":
                    countries.add(m.value)
        if len(countries) < 2:
            return "fewer than two parties are stated"
        draft.parties = countries if len(countries) <= 3 else draft.parties
        self._anniversary(t, draft)
        return None

    def _anniversary(self, t: Trigger, draft: Draft) -> None:
        begin, end = self.span
        found = _YEARS_SINCE.search(self.text.folded, begin, end)
        if found and self.published:
            year = int(self.published[:4]) - int(found[1])
            draft.date, draft.rule, draft.premises = str(year), "years-since", [found.span()]

    def ceremony(self, t: Trigger, args: dict[str, list[Group]], draft: Draft) -> str | None:
        """Celebrations, wreaths, awards, openings."""
        if t.kind == "anniversary" and not _DAY_KEPT.search(self.text.folded, *self.span):
            return ""
        self._take(draft, "participant", args.get("subject", []) + args.get("by", []))
        self._take(
            draft,
            "honoree" if t.kind == "award" else "participant",
            args.get("object", []) + args.get("to", []) + args.get("with", []),
        )
        self._complete_parties(draft)
        return None if draft.weight() else "nobody is said to take part"

    def aid(self, t: Trigger, args: dict[str, list[Group]], draft: Draft) -> str | None:
        """Help given or pledged."""
        self._take(
            draft,
            "donor",
            args.get("subject", [])
            + args.get("by", [])
            + args.get("from", [])
            + args.get("adjective", [])
            + args.get("possessor", []),
        )
        self._take(
            draft,
            "recipient",
            args.get("to", [])
            + args.get("for", [])
            + args.get("in", [])
            + (args.get("object", []) if t.predicate else []),
        )
        if not draft.weight():
            return "nobody is said to give"
        self._complete_parties(draft)
        draft.roles = [(role, k) for role, k in draft.roles if role == "donor"]
        return None

    def coercion(self, t: Trigger, args: dict[str, list[Group]], draft: Draft) -> str | None:
        """Sanctions, expulsions, force."""
        args = {
            name: [Group(g.start, g.end, [m for m in g.mentions if m.type == "body"]) for g in groups]
            if not t.predicate
            else groups
            for name, groups in args.items()
        }
        if t.predicate:
            self._take(draft, "participant", args.get("subject", []))
        actors = self._take(
            draft, "participant", args.get("by", []) + args.get("possessor", []) + args.get("adjective", [])
        )
        if not t.predicate and not actors:
            return ""
        self._take(
            draft,
            "participant",
            args.get("on", [])
            + args.get("against", [])
            + args.get("of", [])
            + args.get("object", [])
            + args.get("in", []),
        )
        self._complete_parties(draft)
        home = self.register.home
        if len(draft.parties) == 1 and t.kind == "use-of-force" and home and home not in draft.parties:
            draft.parties.add(home)
        return None if draft.parties else "nobody is said to act"

    # -- one record a real occurrence ---------------------------------------------------------------------------

    def _add(self, draft: Draft) -> None:
        for known in self.drafts:
            if self._one(known, draft):
                self._merge(known, draft)
                return
        self.drafts.append(draft)

    def _one(self, a: Draft, b: Draft) -> bool:
        if a.top != b.top or not compatible(a.date, b.date):
            return False
        if a.status != b.status and not (a.headline or b.headline):
            return False
        if a.top == "conference":
            return _one_name(a.name, b.name)
        if a.top == "signing" and a.name != b.name and a.spans[-1] == b.spans[-1]:
            return False
        people_a, people_b = a.people, b.people
        if people_a and people_b:
            if not people_a & people_b:
                return False
            if a.top == "appointment":
                return people_a == people_b
            if a.top in ("meeting", "call", "signing") and not (people_a <= people_b or people_b <= people_a):
                return False
        elif not (a.parties & b.parties):
            return False
        if a.top == "visit" and a.place and b.place and self._country(a.place) != self._country(b.place):
            return False
        if (
            a.place
            and b.place
            and self._country(a.place) != self._country(b.place)
            and a.top in ("meeting", "ceremony", "signing")
        ):
            return False
        return len(a.parties & b.parties) * 2 >= min(len(a.parties), len(b.parties))

    def _merge(self, a: Draft, b: Draft) -> None:
        for role in b.roles:
            if role[1] not in a.people:
                a.roles.append(role)
        a.parties |= b.parties
        a.offices += [o for o in b.offices if o not in a.offices]
        merged = overlay(a.date, b.date)
        if merged != a.date:
            a.date, a.rule, a.premises = b.date, b.rule, b.premises
        place = a.place
        if b.place and (
            place is None or (place in self.authority.countries and b.place not in self.authority.countries)
        ):
            a.place = b.place
        a.spans += [s for s in b.spans if s not in a.spans]
        a.lead = a.lead or b.lead
        if a.headline and not b.headline:
            a.status, a.headline = b.status, False
        if self.lex.event_kinds[a.kind].broader is None:
            a.kind = b.kind

    def _nominations(self) -> None:
        """ "NAME, of Ohio, to be Ambassador": each is an appointment of its own."""
        appointed = {k for d in self.drafts if d.top == "appointment" for k in d.people}
        for index, mentions in enumerate(self.text.mentions):
            for m in mentions:
                if m.type != "person" or m.person < 0 or not any(t.proposed for t in m.titles):
                    continue
                if m.person in appointed:
                    for d in self.drafts:
                        if d.top == "appointment" and m.person in d.people and not d.date:
                            d.main = d.lead = True
                            d.date, d.rule = self.published, "day-of-publication"
                    continue
                appointed.add(m.person)
                span = self.text.span(*self.text.sentences[index])
                draft = Draft(
                    "nomination",
                    "appointment",
                    roles=[("appointee", m.person)],
                    spans=[span],
                    order=span[0],
                    main=True,
                    lead=True,
                )
                draft.date, draft.rule = self.published, "day-of-publication" if self.published else None
                self._complete_parties(draft)
                self.drafts.append(draft)

    def _settle(self) -> None:
        """Tell main events from background and date the main ones by the day of publication."""
        if not any(d.lead for d in self.drafts):
            news = next(
                (
                    d
                    for d in self.drafts
                    if d.order <= self.early and not d.background and d.status == "occurred" and d.weight() > 1
                ),
                None,
            )
            if news is not None and news.top not in ("statement", "relations", "coercion", "aid", "appointment"):
                news.lead = news.main = True
            if news is None or not news.lead or news.top == "conference":
                self._lead_statement()
        lead = [d for d in self.drafts if d.lead]
        news = any(d.top not in ("coercion", "aid", "relations") for d in lead)
        for d in lead:
            d.main = not (news and d.top == "coercion")
        if not lead and self.drafts:
            self.drafts[0].main = True
        self._date_main()

    def _lead_statement(self) -> None:
        """News whose first sentence has somebody praise, urge, warn and nothing else happen is a statement."""
        for index in range(self.lead - 1, -1, -1):
            first, last = self.text.sentences[index]
            begin, end = self.text.span(first, last)
            subject = next((m for m in self.text.mentions[index] if m.type == "person" and m.person >= 0), None)
            if subject is None or self.text.says("speech", self.text.tokens.ends[subject.end - 1], end) is None:
                continue
            draft = Draft(
                "statement",
                "statement",
                roles=[("speaker", subject.person)],
                spans=[(begin, end)],
                lead=True,
                order=begin,
            )
            whens = self.text.dates(begin, end, self.published)
            if whens:
                draft.date, draft.rule = whens[0].value, None if whens[0].rule == "stated" else whens[0].rule
                draft.premises = [(whens[0].start, whens[0].end)] if draft.rule else []
            self._complete_parties(draft)
            self.drafts.append(draft)
            return

    def _date_main(self) -> None:
        """The news is of the day it was published; what went with it shares its day and place."""
        told = next(
            (
                d
                for d in self.drafts
                if d.lead
                and d.date
                and d.status == "occurred"
                and len(d.date) == 10
                and d.top in _OF_THE_DAY
                and not d.background
            ),
            None,
        )
        for d in self.drafts:
            if d.headline and d.date is None:
                ahead = self._announced()
                if (
                    ahead is not None
                    and not any(
                        x.lead and not x.headline and x.status == "occurred" and x.top != "statement"
                        for x in self.drafts
                    )
                    and d.top != "statement"
                ):
                    d.date, d.rule, d.status, d.premises = (
                        ahead.value,
                        "announced-for",
                        "planned",
                        [(ahead.start, ahead.end)],
                    )
            if (
                d.date is None
                and d.lead
                and d.status == "occurred"
                and self.published
                and not d.background
                and d.top in _OF_THE_DAY
            ):
                if told is not None:
                    d.date, d.rule, d.premises = told.date, told.rule, told.premises
                else:
                    d.date, d.rule = self.published, "day-of-publication"
        ahead = next(
            (
                d
                for d in self.drafts
                if d.main
                and d.status == "planned"
                and d.date
                and d.top in ("meeting", "visit", "conference", "ceremony")
            ),
            None,
        )
        for d in self.drafts:
            if (
                ahead is not None
                and d.status == "planned"
                and d.date is None
                and d.people & ahead.people
                and d.top in ("meeting", "visit", "signing", "ceremony")
            ):
                d.date, d.rule, d.premises = ahead.date, "same-occasion", list(ahead.spans[:1])
                d.place = d.place or ahead.place
        occasion = next(
            (
                d
                for d in self.drafts
                if d.main
                and d.status == "occurred"
                and d.top in ("meeting", "visit", "conference", "ceremony", "signing", "call", "statement")
            ),
            None,
        )
        if occasion is None:
            return
        for d in self.drafts:
            conveyed = (
                d.top == "message"
                and occasion.top == "meeting"
                and any(_CONVEYED.search(self.text.folded, *span) for span in d.spans)
            )
            if d is occasion or d.status != "occurred" or d.background or not (conveyed or d.top in _WITH_IT):
                continue
            if d.top == "conference" and d.order > self.early:
                continue
            if d.date is None and occasion.date and self._shares(d, occasion):
                d.date, d.rule, d.premises = occasion.date, "same-occasion", list(occasion.spans[:1])
                d.place = d.place or (occasion.place if occasion.top != "call" else None)

    def _announced(self) -> When | None:
        """The first day ahead of publication that the top of the body names: what a headline announces is for then."""
        for first, last in self.text.sentences[1:5]:
            begin, end = self.text.span(first, last)
            for when in self.text.dates(begin, end, self.published):
                if len(when.value) >= 10 and self.published and when.value[:10] > self.published:
                    return when
        return None

    def _shares(self, d: Draft, occasion: Draft) -> bool:
        return d.top == "signing" or bool(d.people & occasion.people or d.parties & occasion.parties)


_OF_THE_DAY = frozenset(("meeting", "call", "message", "statement", "signing", "ceremony", "visit", "conference"))
_WITH_IT = frozenset(("signing", "statement", "ceremony", "visit", "conference"))
_ATTEND = re.compile(
    r"\b(?:attend\w*|t[ao]k\w* part|tak\w+ part|participat\w*|address\w*|chair\w*|host\w*|open\w*|join\w*|at|delivered|spoke|speech|convene\w*|held|hold|holds|arriv\w+|organi[sz]\w+|inaugurat\w+|presid\w+|during|in)\b"
)
_WRITTEN = re.compile(r"\b(?:letter\w*|messag\w+|telegram\w*|cable\w*|sent|send|wrote|written|convey\w*|note)\b")
_TO_COME = re.compile(
    r"\W*(?:[\w' ]{0,40})?\b(?:will|is scheduled|is to|is set|are to|to be held|is expected|scheduled|slated)\b"
)
_WILL = re.compile(r"[^.;,]{0,70}\bwill\b")
_CONVEYED = re.compile(r"\b(?:convey\w*|pass\w* on|relay\w*)\b")
_DAY_KEPT = re.compile(r"\banniversar|\b(?:independence|national|victory|remembrance|unity) day\b")
_FUTURE = re.compile(
    r"(?:will|shall|is to|are to|is set to|are set to|is scheduled|are scheduled|is expected|are expected|to be|plans? to)\b"
)
_GATHERS = re.compile(
    r"\b(?:br(?:ought|ings|inging) together|attended by|participants? from|representatives? of|delegates from|leaders (?:of|from))\b"
)
_YEARS_SINCE = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)?[\s-](?:years?|anniversary)\b")


def _one_name(a: str, b: str) -> bool:
    words_a, words_b = ({w for w in re.findall(r"\w+", n.lower()) if w != "the"} for n in (a, b))
    return bool(words_a) and (words_a <= words_b or words_b <= words_a)


def _groups(text: Text, mentions: list[Mention]) -> Iterator[Group]:
    """Mentions joined by "and", and by commas where an "and" closes the row: "A, B and C"."""
    low = text.low
    row: list[Mention] = []
    commas: list[int] = []
    for mention in mentions:
        if mention.predicative:
            continue
        if row:
            gap = low[max(m.end for m in row) : mention.start]
            if _joined(gap, row[-1], mention):
                if "and" in gap or "&" in gap or "well" in gap or gap in (["-"], ["–"]):
                    commas = []
                elif "," in gap and not (mention.adjective and row[-1].adjective):
                    commas.append(len(row))
                row.append(mention)
                continue
            yield from _split(row, commas)
        row, commas = [mention], []
    if row:
        yield from _split(row, commas)


def _joined(gap: list[str], one: Mention, other: Mention) -> bool:
    pronouns = ("he", "own", "group")
    return (
        len(gap) <= 4
        and all(w in _JOINS for w in gap)
        and other.type not in pronouns
        and one.type not in pronouns
        and (one.type == "place") == (other.type == "place")
    )


def _split(row: list[Mention], commas: list[int]) -> Iterator[Group]:
    """A row, parted at the commas no "and" came after."""
    start = 0
    for cut in [*commas, len(row)]:
        part = row[start:cut]
        if part:
            yield Group(part[0].start, max(m.end for m in part), part)
        start = cut


_ASSEMBLE = {
    "meeting": Reader.meeting, "call": Reader.meeting, "visit": Reader.visit, "message": Reader.message, "conference": Reader.conference,
    "signing": Reader.signing, "statement": Reader.statement, "appointment": Reader.appointment, "relations": Reader.relations,
    "ceremony": Reader.ceremony, "aid": Reader.aid, "coercion": Reader.coercion,
}  # fmt: skip


def claim_events(drafts: list[Draft]) -> tuple[EventClaim, ...]:
    """Return the drafts as claims, main events first, in the order of the text."""
    claims = []
    for d in sorted(drafts, key=lambda d: (not d.main, d.order)):
        claims.append(
            EventClaim(
                kind=d.kind,
                top=d.top,
                name=(d.name or None) if d.top == "conference" else None,
                date=d.date,
                rule=d.rule,
                premises=tuple(d.premises),
                place=d.place,
                people=tuple(dict.fromkeys(d.roles)),
                offices=tuple(d.offices),
                parties=tuple(sorted(d.parties)),
                status=d.status,
                main=d.main,
                agreements=tuple(sorted(set(d.agreements))),
                spans=tuple(sorted(d.spans)),
            )
        )
    return tuple(claims)
