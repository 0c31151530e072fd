"""Clauses: a sentence taken apart around its event phrases."""

from bisect import bisect_left
from dataclasses import dataclass

from kg.authority import Authority
from kg.language.dates import WEEKDAYS
from kg.language.lexicon import LEADERS, Hit, Lexicon
from kg.language.text import Mention, Text, Title
from kg.language.words import words
from kg.mappers.claims import OfficeRef, Span
from kg.mappers.drafts import Draft
from kg.mappers.groups import Arguments, Group, find_groups, lists, with_it
from kg.mappers.instruments import Instrument
from kg.mappers.person import Register
from kg.mappers.sittings import is_opening, is_sitting
from kg.mappers.turns import Turn

__all__ = ["Arguments", "Context", "Group", "Sentence", "Trigger"]

_ANOTHER = words("gatherings", "others")
_DEFINITE = words("ceremonies", "definite")
_OWNING = frozenset(("with", "between", "of", "among"))
"""Before whom a meeting is of."""
_TALKS = ("meeting", "call", "conference")
_FARTHEST_TOLD = 8
"""Events back in which a gathering was told of."""
_CLAUSE_BREAKS = words("grammar", "clause_breaks")
_ADVERBS = words("grammar", "clause_adverbs")
_FORMS_OF_BE = words("grammar", "passive_helpers")
_NOMINAL = words("grammar", "before_nouns")
_AUXILIARIES = words("grammar", "auxiliaries")
_BEFORE_VERBS = words("grammar", "before_verbs")
_RECEIVING = words("grammar", "own_hosts")
_OWN = words("groups", "own")
_BEFORE_PARTICIPLES = words("grammar", "before_participles")
_VISITING = words("grammar", "visiting_verbs")
_ANY = words("grammar", "any_one")
_LATER_THAN = ("after", "since")
_OBJECTS = words("grammar", "any_one") | words("grammar", "determiners")
_EARLIER = words("grammar", "earlier_ones")
_FRONTING = words("grammar", "fronting_words")
_HOURS = words("grammar", "times_of_day")
_CALLED_HOME = "recall"
_APPROVING = words("grammar", "approving_verbs")
_SAID = words("grammar", "said_verbs")
_ARTICLES = words("gatherings", "articles")
_BEHIND_SAID = words("grammar", "argument_prepositions") | words("dates", "day_words") | {".", ",", "”"}
_NO_SPEAKER = words("grammar", "before_participles") | words("grammar", "passive_helpers") | {"and", "who", "which"}
_SHORTEST_CLAUSE = 3
"""Tokens of what somebody is told to have said, at least."""
_LONGEST_OPENING = 12
"""Tokens up to which a clause is opened by days and places."""
_LONGEST_SPEAKER = 14
"""Tokens at most from the comma behind it to the verb of saying."""
_EXCHANGES = ("meeting", "call", "visit", "message")
_DONE = (*_EXCHANGES, "conference")
"""Kinds whose nouns tell what somebody does with a verb: "the letter that X sent"."""
_TOPICAL = (*_DONE, "aid")
"""Kinds whose bare nouns may be what an instrument is on."""
_ON = words("grammar", "topic_prepositions") - {"for", "in", "to"}
_DETERMINERS = words("grammar", "instrument_determiners")
_RELATIVES = ("that", "which")
_BY_PARTICIPLE = ("appointment", "aid", "coercion", "statement")
"""Kinds whose verbs alone may be told of by a participle."""
_BEFORE_CLAUSES = words("deeds", "before_gerunds") | {",", "and", "by", "for"}
_STEPS = words("deeds", "steps")
_MAKING = words("grammar", "light_verbs") - words("grammar", "before_no_subject")
_LED_ON = words("grammar", "argument_prepositions")
_ACTING = ("person", "office", "he", "group", "body")


@dataclass(slots=True, init=False)
class Trigger:
    """An event phrase in tokens ``[start, end)``."""

    start: int
    end: int
    hit: Hit
    kind: str
    top: str

    predicate: bool
    """Whether the phrase is a predicate ("met with") and not a noun ("talks")."""

    def __init__(self, start: int, end: int, hit: Hit, kind: str, top: str, predicate: bool) -> None:
        # written out, since compiled it then is
        self.start, self.end, self.hit, self.kind, self.top, self.predicate = start, end, hit, kind, top, predicate


class Context:
    """What a sentence knows of the article around it."""

    register: Register
    text: Text
    lex: Lexicon
    authority: Authority
    published: str | None
    drafts: list[Draft]
    author: int | None
    """Who says "I"."""
    turns: dict[int, Turn]
    """By sentence who says it to whom, where the words of two are printed."""
    before_press: bool
    """Whether those two speak to the press, and so of the talks that they have had."""
    last_subject: list[Mention]
    last_acting: dict[str, str]
    """The country ("land") and the organisation ("body") that were last told to act, or were spoken of first."""
    instruments: dict[int, list[Instrument]]
    """The instruments of each sentence that has any."""


_ROUNDS = ("round", "rounds")
_OF_ROUNDS = words("gatherings", "talks_in_plural")
_LONGEST_ROUND = 7
"""Tokens behind "round" up to the talks it is one of."""
_RUNNING = words("gatherings", "running_verbs")
_BEHIND_RUNNING = words("gatherings", "behind_running")
_WORK, _THEIRS = words("gatherings", "work"), words("gatherings", "whose")
_FARTHEST_RUN = 16
"""Tokens between a gathering and the verb that tells of it."""
_CLEFT = 3
"""Tokens before a date that a sentence begins with: "It was only on May 5 that"."""


class Sentence:
    """One sentence with its groups, dates and triggers."""

    def __init__(self, reader: Context, index: int, hits: list[Hit]) -> None:
        self.context = reader
        self.register, self.text, self.lex = reader.register, reader.text, reader.lex
        self.authority, self.published, self.drafts = reader.authority, reader.published, reader.drafts
        self.index = index
        self.first, self.last = self.text.sentences[index]
        self.span: Span = self.text.span(self.first, self.last)
        self.groups = find_groups(self.text, with_it(self.text, index))
        self.whens = self.text.dates(self.span[0], self.span[1], self.published)
        words = self.text.low[self.first : self.last]
        self._breaks = [self.first + n for n, word in enumerate(words) if word in _CLAUSE_BREAKS]
        self._breaks = [k for k in self._breaks if self.text.low[k + 1] != "ago"]  # "a while ago"
        if "that" in words:  # "|that| morning"
            self._breaks = [k for k in self._breaks if self.text.low[k] != "that" or self.text.low[k + 1] not in _HOURS]
        if self._breaks and self.whens:
            days = {self.text.token_at(when.start) for when in self.whens}
            self._breaks = [k for k in self._breaks if k not in days or self.text.low[k] != "that"]  # "|that| day"
        if words[:1] == ["it"] and "that" in words:  # "|It was| on May 5 |that| X met Y"
            at = self.text.tokens.starts[min(self.first + _CLEFT, self.last - 1)]
            dated = {self.text.token_at(when.end) for when in self.whens if when.start <= at}
            self._breaks = [k for k in self._breaks if k not in dated]
        if ":" in self.text.vocabulary and ":" in words:
            listing = {m.end for m in self.text.mentions[index] if lists(self.text, m)}
            self._breaks = [k for k in self._breaks if k not in listing and not self._of_clock(k)]
        """The tokens that end clauses."""
        self.attribution = self._attribution()
        """The comma before who said the sentence, where that is told behind; else 0."""
        if self.attribution and self.attribution not in self._breaks:
            self._breaks = sorted([*self._breaks, self.attribution])
        triggers = [self._trigger(hit) for hit in hits]
        self.triggers = [t for t in triggers if not self._tells_nothing(t)]
        if any(t.top == "conference" for t in self.triggers):
            self.triggers = [t for t in self.triggers if not self._runs(t)]
        if any(t.kind == _CALLED_HOME for t in self.triggers):
            self.triggers = [t for t in self.triggers if not self._what_for(t)]
        if not _VISITING.isdisjoint(self.text.vocabulary) and not _VISITING.isdisjoint(words):
            self.triggers = [t for t in self.triggers if not self._adjectival(t)]
        self.item_marks = self._find_item_marks()
        if self.item_marks:
            self._breaks = [k for k in self._breaks if k not in self.item_marks]
        for t in self.triggers if self._breaks else ():
            if (behind := self.done_behind(t)) is not None:
                self._breaks = [k for k in self._breaks if not t.end <= k < behind[1]]

    def done_behind(self, t: Trigger) -> tuple[Group, int] | None:
        """Return who is told behind a noun to have done what it says: "the visit |that X paid| to Y", "the talks |they
        had|", and the token that ends the verb."""
        low = self.text.low
        if t.predicate or t.top not in _DONE or low[t.end - 1] in _LED_ON:
            return None
        begin = t.end + (low[t.end] == ",")
        begin += begin < self.last and low[begin] in _RELATIVES
        if begin >= self.last or (begin == t.end + 1 and low[t.end] == ","):
            return None
        who = next((g for g in self.groups if g.start - begin in (0, low[begin] == "the")), None)
        if who is None or who.mentions[0].type not in _ACTING or who.mentions[-1].adjective:
            return None
        verb = who.end
        while verb < self.last and low[verb] in _AUXILIARIES:
            verb += 1
        if verb < self.last and low[verb] in _MAKING and not low[verb].endswith("ing"):
            return who, verb + 1
        return (who, verb) if low[verb - 1] in _MAKING and verb > who.end else None

    def _attribution(self) -> int:
        """The comma before who said it, told behind: "X will visit Y|,| the ministry said on Monday"; or 0."""
        low = self.text.low
        for k in range(self.last - 1, self.first + _SHORTEST_CLAUSE, -1):
            if low[k] in _SAID and (low[k + 1] in _BEHIND_SAID or k + 1 == self.last or low[k] == "told"):
                comma = next((n for n in range(k - 1, max(self.first, k - _LONGEST_SPEAKER), -1) if low[n] == ","), 0)
                if comma - self.first > _SHORTEST_CLAUSE and (not self._is_fronted() or "," in low[self.first : comma]):
                    named = any(comma < g.start and g.end <= k for g in self.groups)
                    speaking = named or self._is_unnamed(comma + 1, k)
                    return comma if speaking and low[k - 1] not in _NO_SPEAKER else 0
        return 0

    def _is_unnamed(self, begin: int, stop: int) -> bool:
        """Whether a noun of small letters stands between two tokens: "the ministry", "a senior diplomatic source"."""
        words = self.text.tokens.words[begin:stop]
        return len(words) > 1 and words[0] in _ARTICLES and all(word.isalpha() and word.islower() for word in words)

    def _is_fronted(self) -> bool:
        """Whether a phrase set before the sentence opens it: "At a meeting with X, Y told …", "Receiving X, Y said"."""
        opening = self.text.low[self.first]
        return opening in _FRONTING or opening.endswith(("ing", "ed"))

    def _tells_nothing(self, t: Trigger) -> bool:
        """Whether a phrase is none of an event: part of a name, what something is on or does, or a gerund."""
        return self._in_name(t) or self._is_topic(t) or self._is_brought_about(t) or self._is_gerund(t)

    def _in_name(self, t: Trigger) -> bool:
        """Whether a noun belongs to the name of a house or a palace: "at the |Jubilee| House"."""
        if self.text.low[t.start] in _RECEIVING and self.text.low[t.start - 1] in _OWN and t.end < self.last:
            return self.text.low[t.end] == ","  # "met his |host|, President X"
        return not t.predicate and any(
            m.type == "place" and m.start <= t.start and t.end <= m.end and m.end - m.start > t.end - t.start
            for m in self.text.mentions[self.index]
        )

    def _is_topic(self, t: Trigger) -> bool:
        """Whether it is only told what an instrument is on: "signed an agreement on visa-free |travel| with X"."""
        if t.predicate or t.top not in _TOPICAL:
            return False
        low, here = self.text.low, self.context.instruments.get(self.index, ())
        on = next((p.tail for p in here if p.tail < t.start < p.end and low[p.tail] in _ON), t.start)
        return on < t.start and _DETERMINERS.isdisjoint(low[on : t.start])

    def _is_brought_about(self, t: Trigger) -> bool:
        """Whether what may be a verb is a noun, by the verb right before it: "prompting |protests| by farmers"."""
        word, k = self.text.low[t.start], t.start - 1
        if t.top != "statement" or t.end - t.start > 1 or t.start == self.first or not word.endswith("s"):
            return False
        return t.predicate and self.text.tokens.words[k].islower() and self.text.low[k].endswith(("ing", "ed"))

    def _trigger(self, hit: Hit) -> Trigger:
        (start, stop), code, low = self.text.tokens_of(hit), hit.sense.value, self.text.low
        told = (self.first, self.attribution if self.attribution > start else self.last)
        if self.lex.event_kinds[code].top == "statement" and any(
            p.start <= start < p.end for p in self.context.instruments.get(self.index, ())
        ):
            code = "issuance"  # a joint statement is an instrument that is issued
        elif code == "meeting" and (is_sitting(self.text, self.index, start, stop) or self._sits_again(start, stop)):
            code = "conference"
        elif code == "video-call" and is_sitting(self.text, self.index, start, stop):
            code = "conference"  # "a virtual meeting of X's finance ministers"
        elif code == "inauguration" and is_opening(self.text, told, start, stop):
            code = "opening"
        elif self.lex.event_kinds[code].top == "aid" and low[start] in _APPROVING and self._of_instrument(stop):
            code = "adoption"
        stop = self._behind_round(stop) if code == "negotiation-round" else stop
        verbal = hit.sense.type == "predicate" and not self._noun_like(start)
        predicate = verbal or self._in_progress(start, stop) or (code == "visit" and self._with_object(start, stop))
        return Trigger(start, max(stop, start + 1), hit, code, self.lex.event_kinds[code].top, predicate)

    def _behind_round(self, stop: int) -> int:
        """The token behind the talks that a round is one of: "the third round |of border demarcation talks|"."""
        low = self.text.low
        if low[stop - 1] not in _ROUNDS or low[stop : stop + 1] != ["of"]:
            return stop
        for k in range(stop + 1, min(stop + _LONGEST_ROUND, self.last)):
            if low[k] in _OF_ROUNDS:
                return k + 1
            if not self.text.tokens.words[k][0].islower() or low[k] in _LED_ON:
                break
        return stop

    def _of_instrument(self, k: int) -> bool:
        """Whether a phrase ends at ``k`` within an instrument: "approved a loan | agreement"."""
        return any(p.start <= k - 1 and k < p.tail for p in self.context.instruments.get(self.index, ()))

    def _sits_again(self, start: int, stop: int) -> bool:
        """Whether a meeting is the gathering that the news tells of, or one more: "|The meeting| will be chaired by X",
        "|The 46th meeting| will be held in X"."""
        told = self.gathering_told()
        if told is None or self.text.low[stop - 1] != "meeting":
            return False
        before = self.text.low[start - 1] if start > self.first else ""
        if before in _DEFINITE:
            return told.lead and stop < self.last and self.text.low[stop] not in _OWNING
        if not (before in _ANOTHER or (before[:1].isdigit() and before.isalnum() and not before.isdigit())):
            return False
        return told.spans[-1] in (self.span, self.text.span(*self.text.sentences[self.index - 1]))

    def gathering_told(self) -> Draft | None:
        """The gathering told last, if no talk of a few was told since, nor is it only what that was held beside."""
        talks = (d for d in reversed(self.drafts[-_FARTHEST_TOLD:]) if d.top in _TALKS)
        told = next(talks, None)
        return told if told is not None and told.top == "conference" and not told.aside else None

    def _in_progress(self, start: int, stop: int) -> bool:
        """Whether a lone noun in -ing is the verb of "will be meeting", "is meeting with", "|Meeting| X, Y said"."""
        low = self.text.low
        if (start == self.first or low[start - 1] == ",") and stop - start == 1 and low[start].endswith("ing"):
            return any(g.start == stop and g.mentions[0].type == "person" for g in self.groups)
        if start > self.first and low[start - 1] in _LATER_THAN and stop - start == 1 and low[start].endswith("ing"):
            return low[stop] in _OBJECTS or any(g.start == stop for g in self.groups)  # "after |signing| a pact with"
        helping = start - 1 - (low[start - 1] in _ADVERBS)  # "is |also| meeting"
        return (
            stop - start == 1
            and helping >= self.first
            and low[start].endswith("ing")
            and low[helping] in _FORMS_OF_BE
            and low[stop] not in ("of", "between")
        )

    def _is_gerund(self, t: Trigger) -> bool:
        """Whether a lone form in -ing only names a deed: "the risk of |expelling| envoys", not "…, |expelling| two"."""
        low, k = self.text.low, t.start - 1
        if t.top not in _BY_PARTICIPLE or t.end - t.start > 1 or not (t.predicate and low[t.start].endswith("ing")):
            return False
        while k > self.first and (low[k].endswith("ly") or low[k] in _ADVERBS):
            k -= 1
        if any(self.text.token_at(when.end) == t.start for when in self.whens):
            return False  # "signed a decree on Monday |dismissing| X"
        told = low[k] in _BEFORE_CLAUSES or low[k] in _FORMS_OF_BE or (low[k] == "of" and low[k - 1] in _STEPS)
        return t.start > self.first and not told

    def _what_for(self, t: Trigger) -> bool:
        """Whether talks are only what an envoy is called home for: "recalled its ambassador |for consultations|"."""
        if t.predicate or t.top != "conference" or t.start == self.first or self.text.low[t.start - 1] != "for":
            return False
        return any(x.kind == _CALLED_HOME and x.end <= t.start for x in self.triggers)

    def has_no_object(self, k: int) -> bool:
        """Return whether a verb at token ``k`` says what begins or ends: "|opened| in X", "|concluded| its work"."""
        low = self.text.low
        if low[k] not in _RUNNING:
            return False
        at_work = low[k + 1] in _THEIRS and low[k + 2] in _WORK
        return at_work or low[k + 1] in _BEHIND_RUNNING or self.date_between(k + 1, k + 2)

    def _runs(self, t: Trigger) -> bool:
        """Whether a verb without an object only tells when a gathering begins or ends: "the forum |opened| in X"."""
        if not t.predicate or t.end - t.start > 1 or not self.has_no_object(t.start):
            return False
        before = (x for x in self.triggers if x.top == "conference" and self.clause_start(t.start) <= x.start)
        return any(0 < t.start - x.end < _FARTHEST_RUN for x in before)

    def _adjectival(self, t: Trigger) -> bool:
        """Whether a form that may stand before a title does so: "the visiting minister", not "after visiting Y"."""
        if self.text.low[t.start] not in _VISITING or t.end - t.start > 1:
            return False
        behind = t.end + (self.text.low[t.end] == "the")
        told = t.start == self.first or self.text.low[t.start - 1] in _BEFORE_PARTICIPLES
        return not told or not any(g.start == behind and g.mentions[0].type in ("place", "body") for g in self.groups)

    def _with_object(self, start: int, stop: int) -> bool:
        """Whether a lone noun is the verb, by the country or body right behind it: "X visits Y", "to visit Y"."""
        if stop - start > 1 or start == self.first:
            return False
        after = stop + (self.text.low[stop] == "the")
        if not any(g.start == after and g.mentions[0].type in ("place", "body") for g in self.groups):
            return False
        return not self._noun_like(start) or any(g.end == start for g in self.groups)

    def _noun_like(self, i: int) -> bool:
        """Whether a form that may be verb or noun ("visit", "meeting with") is the noun here."""
        low = self.text.low
        word = low[i]
        if i > self.first and low[i - 1] in ("a", "an") and not word.endswith(("ed", "ing")):
            return True  # "is a sign of friendship"
        if (
            low[i + 1 : i + 2] == ["of"]
            and i > self.first
            and low[i - 1] in _NOMINAL
            and not word.endswith(("ed", "ing"))
        ):
            return True  # "looked for |any sign of| a rift"
        if (
            i - 1 > self.first
            and low[i - 1] in _EARLIER
            and low[i - 2] in _NOMINAL
            and not word.endswith(("ed", "ing"))
        ):
            return True  # "his recent travel to"
        if word not in self.lex.event_nouns or word in _AUXILIARIES or word in self.lex.verbs:
            return False
        if word.endswith("ed"):
            return False
        before = low[i - 1] if i > self.first else ""
        if word.endswith("ing"):
            beside = low[i - 2] if before in _ADVERBS and i - 1 > self.first else before  # "is |also| meeting with"
            return before not in _BEFORE_PARTICIPLES and beside not in _FORMS_OF_BE
        if word.endswith("s"):
            return before in _NOMINAL
        return before not in _BEFORE_VERBS and not before.endswith("ly")

    def words_of(self, t: Trigger) -> list[str]:
        """Return the words of an event phrase, in lower case."""
        return self.text.low[t.start : t.end]

    def clause_start(self, i: int) -> int:
        """Return the first token of the clause around token ``i``."""
        n = bisect_left(self._breaks, i) if self._breaks else 0
        return self._breaks[n - 1] + 1 if n else self.first

    def opening(self, i: int) -> int:
        """Return the first token of the phrase around token ``i`` that opens its clause, behind a day and a place told
        before it: "On May 5, |during talks with| X, Y said"."""
        low, begin = self.text.low, self.clause_start(i)
        days = [(self.text.token_at(when.start), self.text.token_at(when.end)) for when in self.whens]
        for comma in [k for k in range(begin, min(i, begin + _LONGEST_OPENING)) if low[k] == ","]:
            where = low[begin] in _LED_ON and any(m.is_where and m.end == comma for m in self.text.mentions[self.index])
            dated = low[comma - 1] in WEEKDAYS or any(
                first <= comma <= end + (low[comma - 1] in _HOURS) for first, end in days
            )
            if not (dated or where):
                break
            begin = comma + 1
        return begin

    def clause_end(self, i: int) -> int:
        """Return the token after the clause around token ``i``."""
        if not self._breaks:
            return self.last
        n = bisect_left(self._breaks, i)
        return self._breaks[n] if n < len(self._breaks) else self.last

    def _of_clock(self, k: int) -> bool:
        """Whether a colon stands within the time of a day: "at 10|:|30"."""
        low = self.text.low
        return low[k] == ":" and low[k - 1].isdigit() and k + 1 < self.last and low[k + 1][:2].isdigit()

    def _find_item_marks(self) -> frozenset[int]:
        """The semicolons that part the items of a list, each a row of mentions, and no clauses."""
        marks = [k for k in self._breaks if self.text.low[k] == ";"]
        if not marks:
            return frozenset()
        begun = {g.start for g in self.groups}
        told = [t.start for t in self.triggers if t.predicate]
        items = set()
        for k, stop in zip(marks, [*marks[1:], self.attribution or self.last], strict=True):
            at = k + 1 + (self.text.low[k + 1] == "and")
            at += self.text.low[at] == "the"
            if at in begun and not any(k < start < stop for start in told):
                items.add(k)
        return frozenset(items)

    def homes_of(self, groups: list[Group]) -> set[str]:
        """Return the bodies for which those of groups stand."""
        people = {m.person for g in groups for m in g.mentions if m.type == "person" and m.person >= 0}
        named = {m.value for g in groups for m in g.mentions if m.type == "body"}
        return self.register.homes(people) | named

    def take(self, draft: Draft, role: str, groups: list[Group]) -> int:
        """Add the members of groups in a role; return how many were added."""
        if not groups:
            return 0
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
        indefinite = self.text.low[title.start - 1] in _ANY and title.start > self.first
        if title.plural and title.of is None and title.kind and self.lex.office_kinds[title.kind].top in LEADERS:
            indefinite = True  # "from a number of heads of state"
        k = self.register.holder(title) if not indefinite else None
        k = self._acting_in_office(title) if k is None and not indefinite else k
        if k is not None and not self._named_behind(title, k):
            if (role, k) not in draft.roles:
                draft.roles.append((role, k))
            return
        label, of = self.lex.office_named(title.printed, title.of, title.kind, title.text)
        of = of or self.lex.only_body(title.text) or (self._at_home(title) if draft.top in _EXCHANGES else None)
        if of:
            draft.parties.add(of)
            if not title.plural and title.kind not in (None, "other"):
                named = OfficeRef(title=label, kind=title.kind, of=of)
                draft.offices += [named] * (named not in draft.offices)

    def _acting_in_office(self, title: Title) -> int | None:
        """Who "the President" is where the article names several: the one whom the text goes on about."""
        if title.of is not None or title.kind is None or title.plural or title.counterpart:
            return None
        last = [m.person for m in self.context.last_subject if m.type == "person" and m.person >= 0]
        held = [t.kind for k in last for t in self.register.entries[k].titles if t.when == title.when]
        return last[0] if len(last) == 1 and title.kind in held else None

    def _named_behind(self, title: Title, k: int) -> bool:
        """Whether the one holder of an office in the article comes only behind it, as somebody else: "The President
        of the Republic wrote to his Chinese counterpart, X"."""
        mentions = self.text.mentions[self.index]
        here = next((m for m in mentions if m.person == k), None)
        return title.of is None and here is not None and here.start > title.start

    def _at_home(self, title: Title) -> str | None:
        """The country of the press that says "the President", "His Highness the Amir" without saying of where."""
        top = self.lex.office_kinds[title.kind].top if title.kind else ""
        bare = top in LEADERS and not title.plural and not title.counterpart and title.when == "current"
        printed = self.text.tokens.words[title.start][:1].isupper() and self.text.low[title.end : title.end + 1] != [
            "of"
        ]
        return self.register.home if bare and printed else None

    def date_between(self, first: int, stop: int) -> bool:
        """Return whether tokens ``[first, stop)`` hold a date."""
        begin, end = self.text.span(first, max(stop, first + 1))
        return any(begin <= w.start < end for w in self.whens)
