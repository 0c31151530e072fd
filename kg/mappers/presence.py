"""Presence: those told to have been there too, or to have travelled along, of the event that the text is about.

"Also present were X and Y", "taking part in it were X and Y", "X joined the call", "X accompanied the President".
"""

from dataclasses import dataclass, field
from datetime import timedelta

from kg.edtf import bounds
from kg.language.dates import compatible, parse_day
from kg.language.lexicon import Hit
from kg.language.text import Mention, Text
from kg.language.words import words
from kg.mappers.drafts import GATHERINGS, Draft
from kg.mappers.groups import find_groups
from kg.mappers.kinds.unions import united
from kg.mappers.person import Register

_ATTENDING = words("presence", "attending")
_INTO = words("presence", "into")
_OCCASION_NOUNS = words("presence", "occasions")
_GOING_ALONG = words("presence", "going_along")
_DELEGATIONS = words("presence", "delegations")
_THERE = ("person", "office", "body")
_ALSO = frozenset(("also", "present"))
_ORIGIN = words("grammar", "before_origins")
_LEADING = words("grammar", "leading_verbs")
_LED = words("grammar", "leading_participles")
_SAID = words("grammar", "said_verbs")
_REPRESENTED = words("presence", "standing_for")
_CLOSING = frozenset((".", ",", ";", "and"))
_FURTHER = words("grammar", "others_unnamed")
_AGAIN = words("presence", "again") | _FURTHER
_TRAVELLING = words("presence", "travelling")
_BEFORE_FIRST = words("presence", "before_first")
_OPENING = words("presence", "opening")
_THOSE = words("presence", "those")
_COUNTING_IN = words("presence", "counting_in")
_JOINS = words("grammar", "joins")
_BEING = words("grammar", "passive_helpers")
_DEFINITE = words("grammar", "definite_determiners")
_POSSESSIVES = words("groups", "own") | words("groups", "their")
_HEADS = _OPENING | _THOSE
_LIST_VERBS = _BEING | _COUNTING_IN
_CONFIRMING = words("presence", "confirming")
_PARTAKING = words("gatherings", "partaking")
_VERBS = _GOING_ALONG | _TRAVELLING | _ATTENDING | _OPENING | _CONFIRMING
_TELLING = _VERBS | _HEADS | _AGAIN | _LED
"""Without any of these, or a phrase of attendance, nobody's presence is told."""
_FRAMING = words("grammar", "attending_prepositions")
_HOSTING = words("grammar", "hosting_verbs")
_IN_COMPANY = tuple(sorted(words("presence", "in_company")))
_BESIDE = words("presence", "beside")
_SIDES = frozenset(("side", "sides"))
_HELPING = words("grammar", "auxiliaries")
_KIN = words("names", "kin")
_JOINING_ON = ("that", "which")
_OCCASIONS = ("meeting", "ceremony", "conference", "signing", "call")
_TALKS = ("meeting", "call", "conference")
_WITH_JOURNEYS = (*_OCCASIONS, "visit")
_MET_AT = ("meeting", "conference")
"""Occasions after which joint statements are issued."""
_ISSUED = "issuance"
_DAYS_TO_ISSUE = 14
_FARTHEST_AGENT = 10
"""Tokens behind "accompanied" up to "by"."""
_FARTHEST_STOOD_FOR = 3
"""Tokens behind "represented" up to the name of who was not there."""
_FARTHEST_AGAIN = 3
"""Tokens of a sentence before "present", where it opens with it: "Also |present| at the talks were"."""
_FARTHEST_HEAD = 8
"""Tokens of a sentence before the word that opens a list of those present."""
_FARTHEST_VERB = 18
"""Tokens between that word and the verb of the list."""
_FARTHEST_FIRST = 12
"""Tokens between that verb and the first of the list."""
_MOST_ADJECTIVES = 4
_LONGEST_OPENING = 14
"""Tokens of a sentence that only tells whom the list behind it is of."""
_RELATIVES = frozenset(("where", "which"))
_ENDS = (".", ";", ",")
_BEING_THERE = ("attend", "participat")
_UP_TO_ATTENDING = words("presence", "up_to_attending") | _HELPING
_FARTHEST_OPENER = 5
"""Tokens of a sentence before those who are told to have been there: "Ministers and other officials from X"."""
_NEAR = 5
"""Tokens before those words up to which a clause of its own begins."""
_BULLETS = frozenset("-•*–")


@dataclass(slots=True)
class Told:
    """The words that tell of somebody's presence, as offsets."""

    begin: int
    end: int
    behind: bool = False
    """Whether only those named behind the words were there: "Taking part in the talks |were| X and Y"."""
    along: bool = False
    """Whether they tell of company on a journey."""
    sent: bool = False
    """Whether they tell of a delegation: of those on a journey, where that is the news."""
    absent: list[int] = field(default_factory=list)
    """Those for whom others were there."""
    alone: bool = False
    """Whether it is not told what at: "X and Y |took part|."."""
    lands: set[str] = field(default_factory=set)
    """The countries for which somebody was there."""


def may_tell(text: Text) -> bool:
    """Return whether any word of a text may tell of somebody's presence."""
    known = text.vocabulary
    return (
        not (
            _ATTENDING.isdisjoint(known)
            and _CONFIRMING.isdisjoint(known)
            and _OPENING.isdisjoint(known)
            and _GOING_ALONG.isdisjoint(known)
        )
        or not (_THOSE.isdisjoint(known) or _COUNTING_IN.isdisjoint(known))
        or not (_TRAVELLING.isdisjoint(known) and _DELEGATIONS.isdisjoint(known))
        or text.says("attendance", 0, len(text.text)) is not None
    )


def find_presence(text: Text, k: int) -> Told | None:
    """Return the words of a sentence that tell who was there too."""
    (begin, end), (first, last) = text.spans[k], text.sentences[k]
    said = text.says("attendance", begin, end)
    if said is None and _TELLING.isdisjoint(text.low[first:last]):
        return None
    if (listing := _listing(text, k)) is not None:
        return listing
    if said is not None and _elsewhere(text, said):
        return None
    if said is not None:
        near = text.low[text.token_at(said[0]) : text.token_at(said[1] - 1) + 2]
        return Told(*said, along=not _GOING_ALONG.isdisjoint(near), sent=not _DELEGATIONS.isdisjoint(near))
    return _joining(text, k) or _led_by(text, k)


def sides_led(text: Text, mentions: list[Mention]) -> set[str]:
    """Return the sides told to have sent somebody: "|The Omani delegation| was headed by X", "|Peru| was represented
    by Y"."""
    low, sides = text.low, set()
    for m in mentions:
        begin = m.end - (low[m.end - 1] in _DELEGATIONS)  # "the Omani delegation" is one mention
        sent = low[begin] in _DELEGATIONS or low[begin] in _SIDES
        verb = begin = begin + sent
        while low[verb] in _HELPING:
            verb += 1
        told = low[verb] in _REPRESENTED or (sent and low[verb] in _LED)
        if m.type == "body" and verb > begin and told:
            sides.add(m.value)
    return sides


def find_lists(text: Text) -> dict[int, list[int]]:
    """Return the sentences that end with a colon, each with those behind it that begin with a bullet."""
    found: dict[int, list[int]] = {}
    begun: int | None = None
    for k, (first, last) in enumerate(text.sentences):
        if begun is not None and text.low[first] in _BULLETS:
            found.setdefault(begun, []).append(k)
        else:
            begun = k if text.low[last - 1] == ":" else None
    return found


def _elsewhere(text: Text, said: tuple[int, int]) -> bool:
    """Whether those present were at something else than talks: "were present |at the airport| to see her off"."""
    n = text.token_at(said[1])
    if not _RELATIVES.isdisjoint(text.low[max(0, text.token_at(said[0]) - _NEAR) : text.token_at(said[0])]):
        return True  # "met X at an event |where reporters were also present|"
    there = text.low[n] == "at" and text.low[n - 1] == "present"
    return there and _OCCASION_NOUNS.isdisjoint(text.low[n + 1 : n + 5])


def _listing(text: Text, k: int) -> Told | None:
    """A list of people set behind the verb: "Taking part in the talks were X and Y", "the participants included X"."""
    first, last = text.sentences[k]
    low = text.low
    again = low[first] in _AGAIN and _counted_in(text, k) is not None
    if not again and _HEADS.isdisjoint(low[first : first + _FARTHEST_HEAD]):
        return None
    named = [m for m in text.mentions[k] if m.type in ("person", "office")]
    named = named or [m for m in text.mentions[k] if m.type == "body" and not m.adjective]
    if not named:
        return None
    subject = (m for m in named if low[m.end] != "'s")  # "X's |delegation| included"
    begin = min(next((m.start for m in subject), last), first + _FARTHEST_HEAD)
    head = first if again else next((n for n in range(first, begin) if low[n] in _OPENING), None)
    verbs = _LIST_VERBS
    if head is None:
        head = next((n for n in range(first, begin) if low[n] in _THOSE), None)
        verbs = _COUNTING_IN
    if head is None:
        return None
    near = range(head + 1, min(head + _FARTHEST_VERB, last - 1))
    verb = _counted_in(text, k) if again else next((n for n in near if low[n] in verbs), None)
    behind = next((m for m in named if verb is not None and m.start > verb), None)
    if verb is None or behind is None or "," in low[head : verb - 1] or not _leads_on(text, verb + 1, behind.start):
        return None
    along = not (_GOING_ALONG.isdisjoint(low[first:verb]) and _TRAVELLING.isdisjoint(low[first:verb]))
    sent = not _DELEGATIONS.isdisjoint(low[first:verb])
    return Told(*text.span(head, verb + 1), behind=low[head] in _OPENING, along=along, sent=sent)


def _counted_in(text: Text, k: int) -> int | None:
    """The verb behind words that go on with those told of: "They |included| X", "Others expected |are| X"."""
    first, last = text.sentences[k]
    low = text.low
    if low[first + 1] in _COUNTING_IN:
        return first + 1
    near = range(first + 1, min(first + _FARTHEST_HEAD, last - 1)) if low[first] in _FURTHER else ()
    return next((n for n in near if low[n] in _LIST_VERBS), None)


def _leads_on(text: Text, begin: int, end: int) -> bool:
    """Whether only a title not known stands between a verb and the first of a list: not so in "were briefed by X"."""
    between = zip(text.tokens.words[begin:end], text.low[begin:end], strict=True)
    return end - begin <= _FARTHEST_FIRST and all(
        not word.isalpha() or word[0].isupper() or low in _BEFORE_FIRST or low in _KIN for word, low in between
    )


def _joining(text: Text, k: int) -> Told | None:
    """Words behind people: "X and Y |also joined the call|", "X |accompanied the President|"."""
    last = text.sentences[k][1]
    low = text.low
    begin = next((m.end for m in text.mentions[k] if m.type in _THERE or m.type == "he"), last)
    if _VERBS.isdisjoint(low[begin : last - 1]):
        return None
    for n in range(begin, last - 1):
        if low[n] in _GOING_ALONG and low[n - 1] in _BEING and (by := _agent(low, n, last)):
            return Told(*text.span(n, by + 1), along=True)  # "is accompanied |on the visit| by"
        if (low[n] in _GOING_ALONG and low[n + 1] != "by") or (low[n] in _TRAVELLING and low[n + 1] == "with"):
            return Told(*text.span(n, n + 1), along=True)
        if low[n] in _CONFIRMING and low[n + 1] in _POSSESSIVES and low[n + 2] in _PARTAKING:
            return Told(*text.span(n, n + 3), alone=True)  # "Envoys of X and Y |have confirmed their attendance|"
        progressive = low[n].endswith("ing") and not _BEING.isdisjoint(low[n - 2 : n])
        if low[n] not in _ATTENDING and not (progressive and low[n] in _OPENING):
            continue
        j = n + 1
        while j < last and low[j] in _INTO:
            j += 1
        if j < last and (low[j] == "it" or low[j] in _ENDS) and _acts_alone(text, k, begin, n):
            return Told(*text.span(n, j), alone=True)
        if j == last or not (low[j] in _DEFINITE or low[j] in _POSSESSIVES):
            continue
        noun = next((i for i in range(j + 1, min(j + 2 + _MOST_ADJECTIVES, last)) if low[i] in _OCCASION_NOUNS), last)
        plain = all(text.tokens.words[i].islower() or not low[i].isalpha() for i in range(j + 1, min(noun + 1, last)))
        if noun < last and plain and low[noun + 1] not in ("of", "with", "between"):
            return Told(*text.span(n, noun + 1))
    return None


def _acts_alone(text: Text, k: int, begin: int, verb: int) -> bool:
    """Whether those whom a sentence opens with are told to have been there and nothing else: "Delegations from X and Y
    |took part|", "A, B and C |are also expected to attend|"."""
    low = text.low
    if not (low[verb].startswith(_BEING_THERE) or low[verb + 1] == "part"):
        return False
    row = next((g for g in find_groups(text, text.mentions[k]) if g.start < begin <= g.end), None)
    opens = row is not None and row.start - text.sentences[k][0] <= _FARTHEST_OPENER
    return opens and row is not None and _UP_TO_ATTENDING.issuperset(low[row.end : verb])


def _agent(low: list[str], verb: int, last: int) -> int:
    """The "by" behind a passive, up to which it is only told on what journey: "accompanied on the visit |by|"; or 0."""
    by = next((k for k in range(verb + 2, min(verb + _FARTHEST_AGENT, last)) if low[k] == "by"), 0)
    return by if by and "," not in low[verb:by] else 0


def _led_by(text: Text, k: int) -> Told | None:
    """Words that tell who led a delegation spoken of: "The Y |delegation was led by| X", "|It was led by| X"."""
    first, last = text.sentences[k]
    low = text.low
    if _LED.isdisjoint(low[first : first + _LONGEST_OPENING + 2]):
        return None
    noun = next((n for n in range(first, min(first + _LONGEST_OPENING, last - 3)) if low[n] in _DELEGATIONS), last)
    if k and low[first] == "it" and not _DELEGATIONS.isdisjoint(low[text.sentences[k - 1][0] : first]):
        noun = first
    if noun + 3 < last and low[noun + 1] in _BEING and low[noun + 2] in _LED and low[noun + 3] == "by":
        return Told(*text.span(noun, noun + 4), behind=True, along=True, sent=True)
    return None


def _standing_for(text: Text, k: int) -> Told | None:
    """Words that tell who was there for others: "Y |will be represented by| X", "X |represented| Y"."""
    first, last = text.sentences[k]
    low = text.low
    verbs = [n for n in range(first, last - 2) if low[n] in _REPRESENTED]
    if not verbs:
        return None
    by = low[verbs[0] + 1] == "by" and low[verbs[0] - 1] in _BEING
    behind = by or verbs[0] == first
    absent = [whom for n in verbs for whom in _stood_for(text, k, n, by=by)]
    people = [m for m in text.mentions[k] if m.type == "person" and m not in absent]
    if not absent or not any((m.start > verbs[0]) == behind for m in people):
        return None
    told = Told(*text.span(verbs[0], verbs[0] + 1 + by), behind=behind)
    told.absent = [m.person for m in absent if m.type == "person"]
    told.lands = {m.value for m in absent if m.type == "body"}
    return told


def _stood_for(text: Text, k: int, verb: int, *, by: bool) -> list[Mention]:
    """Whom others stood for, before "was represented by" or right behind "represented"."""
    if by:
        return [m for m in text.mentions[k] if m.end <= verb and m.type in _THERE][-1:]
    return [m for m in text.mentions[k] if verb < m.start <= verb + _FARTHEST_STOOD_FOR and m.type in _THERE][:1]


def _leading(text: Text, k: int) -> Told | None:
    """Words that tell who led the delegation that was spoken of: "X |led the delegation|."."""
    first, last = text.sentences[k]
    low = text.low
    if _DELEGATIONS.isdisjoint(text.vocabulary) or _LEADING.isdisjoint(low[first : last - 3]):
        return None
    for n in range(first + 1, last - 3):
        if low[n] in _LEADING and (end := _behind_delegation(low, n + 1)) and low[end] in _CLOSING:
            return Told(*text.span(n, end), along=True, sent=True)
    return None


def _behind_delegation(low: list[str], k: int) -> int:
    """The token behind "the delegation", "the Y delegation" that begins at token ``k``; 0 where none does."""
    noun = next((n for n in range(k + 1, min(k + 4, len(low) - 3)) if low[n] in _DELEGATIONS), 0)
    return noun + 1 if noun and low[k] in _DEFINITE | _POSSESSIVES else 0


_CLOSE = 24
"""Letters between an occasion and the words "was attended by"."""


class Presence:
    """Adds those who were there too to the events that an article tells."""

    def __init__(self, register: Register, drafts: list[Draft], published: str | None) -> None:
        self.register, self.text, self.lex = register, register.text, register.lexicon
        self.drafts, self.published = drafts, published
        self.told = may_tell(register.text)
        self.lists = find_lists(register.text)
        self.beside = not (_BESIDE | _DELEGATIONS).isdisjoint(register.text.vocabulary)
        self.represented = not _REPRESENTED.isdisjoint(register.text.vocabulary)

    def take(self, k: int, hits: list[Hit], last_subject: list[Mention]) -> bool:
        """Add those a sentence names to the event that they are told to have been at; whether it tells of nothing else.

        That is the meeting of the sentence before, if it is called so, else the news.
        """
        if k == 1 and self.drafts:
            self._complete_headline(k)
        said = find_presence(self.text, k) if self.told else None
        said = said or self._opens_list(k) or (_leading(self.text, k) if self.told and not hits else None)
        if said is None and self.represented:
            gatherings = all(self.lex.event_kinds[hit.sense.value].top == "conference" for hit in hits)
            said = _standing_for(self.text, k) if gatherings else None
        if said is None or self._is_aside(said, hits):
            return False
        begin, end = self.text.spans[k]
        by = self.text.folded.endswith(" by", said.begin, said.end)
        rows = [self.text.mentions[n] for n in (k, *self.lists.get(k, []))]
        named = [m for row in rows for m in row if m.type == "person" and m.person >= 0]
        begun = [m for m in self.text.mentions[k] if self.text.tokens.starts[m.start] < said.begin]
        begun = begun + last_subject * any(m.type == "he" for m in begun)
        before = {m.person for m in begun if m.type == "person"}.difference(said.absent)
        people = [m for m in named if not said.behind or self.text.tokens.starts[m.start] >= said.end]
        people = [m for m in people if m.person not in said.absent]
        if by and said.along and self._sets_out(hits) and not any(before <= d.people for d in self._journeys()):
            return False  # the journey is told here: "is accompanied on his visit to Y by Z"
        occasions = self._attended(k, said, before if by else set())
        lands = said.lands if people or said.along else self._sides_told(k, said)
        lands = lands.difference(*(occasion.parties for occasion in occasions))
        if not occasions or not (people or lands) or self._of_another_day(k, occasions):
            return False
        led = sides_led(self.text, self.text.mentions[k])
        for occasion in occasions:
            occasion.parties |= lands
            for m in people:
                self._add(occasion, m.person)
            occasion.parties |= led if occasion.top == "conference" else set()
            occasion.spans.append((begin, end))
        return True

    def _sides_told(self, k: int, said: Told) -> set[str]:
        """The countries whose people are told to have been there, unnamed: "attended by |the envoys of A and B|"."""
        low, first = self.text.low, self.text.sentences[k][0]
        begin, end = self.text.token_at(said.begin), self.text.token_at(said.end)
        by = self.text.folded.endswith(" by", said.begin, said.end)
        behind = said.behind or by or begin - first < _FARTHEST_AGAIN
        named = not _OCCASION_NOUNS.isdisjoint(low[first:end]) or low[first] in _ALSO
        if not (said.behind or said.alone or named):
            return set()  # "a concert was attended by"
        groups = find_groups(self.text, self.text.mentions[k])
        there = [g for g in groups if (g.start >= end if behind else g.end <= begin)]
        before = [(g.start, low[g.start - 1 - (low[g.start - 1] == "the")]) for g in there]
        of = [k for k, word in before if word in _ORIGIN or (said.behind and word in _LIST_VERBS)]
        bodies = [(g.start in of, m) for g in there for m in g.mentions if m.type == "body"]
        lands = {m.value for led, m in bodies if led or m.organ}
        offices = [x for g in there for m in g.mentions if m.type == "office" for x in m.titles[:1]]
        return lands | {x.of for x in offices if x.of and not x.inferred}

    def _sets_out(self, hits: list[Hit]) -> bool:
        """Whether a sentence tells of a journey."""
        return any(self.lex.event_kinds[hit.sense.value].top == "visit" for hit in hits)

    def _journeys(self) -> list[Draft]:
        """The journeys told so far, of people named."""
        return [d for d in self.drafts if d.top == "visit" and d.people]

    def _of_another_day(self, k: int, occasions: list[Draft]) -> bool:
        """Whether a sentence has dates, and none of them can be that of an occasion: "X was with Y in Z |in 2019|"."""
        days = [d.date for d in occasions if d.date]
        whens = self.text.dates(*self.text.spans[k], self.published) if days else []
        return bool(whens) and not any(compatible(w.value, day) for w in whens for day in days)

    def _opens_list(self, k: int) -> Told | None:
        """The words "included:", "were the following leaders:" before a list of people."""
        if k not in self.lists:
            return None
        first, last = self.text.sentences[k]
        opening = self.text.low[last - 5 : last - 1]
        if last - first > _LONGEST_OPENING or _LIST_VERBS.isdisjoint(opening):
            return None
        people = [n for n in self.lists[k] if any(m.type == "person" for m in self.text.mentions[n])]
        return Told(*self.text.span(last - 2, last), behind=True) if len(people) * 2 > len(self.lists[k]) else None

    def _complete_headline(self, k: int) -> None:
        """Add who acts in the talk that the headline tells of one: "During the conversation, |X and Y| agreed"."""
        first, low = self.text.sentences[k][0], self.text.low
        told = self.drafts[0]
        if not told.headline or told.top not in ("call", "meeting") or len(told.people) != 1:
            return
        if low[first] not in _FRAMING or low[first + 1] != "the" or low[first + 2] not in _OCCASION_NOUNS:
            return
        for g in find_groups(self.text, self.text.mentions[k]):
            if g.start == first + 4 and low[first + 3] == ",":
                for m in g.mentions:
                    if m.type == "person" and m.person >= 0:
                        self._add(told, m.person)

    def _add(self, occasion: Draft, person: int) -> None:
        """Add somebody, but no host to a journey."""
        body = self.register.country_of(person)
        if person in occasion.people:
            return
        if occasion.top != "visit":
            occasion.roles.append(("participant", person))
            occasion.parties |= united({body}, self.register.authority) if body else set()
        elif body is None or body not in occasion.parties or body in self._homes(occasion):
            occasion.roles.append(("visitor", person))

    def _homes(self, journey: Draft) -> set[str]:
        """The countries of travellers; of a delegation of which nobody is named yet, those told beside the host."""
        host = self.lex.country_of(journey.place or "")
        return self.register.homes(journey.people) or (journey.parties - {host} if host else set())

    def _is_aside(self, said: Told, hits: list[Hit]) -> bool:
        """Whether the words are an aside of a sentence that tells news itself: "Y hosted a forum |attended by| Z"."""
        if not self.text.folded.endswith(" by", said.begin, said.end):
            beside = [hit for hit in hits if not said.begin <= hit.start < said.end]
            tops = {self.lex.event_kinds[hit.sense.value].top for hit in beside if not self._only_tells(hit, said)}
            return not said.behind and not tops.issubset(_WITH_JOURNEYS)
        joined = self.text.folded.endswith(_IN_COMPANY, said.begin, said.end)
        if joined and any(hit.sense.type == "predicate" and not said.begin <= hit.start < said.end for hit in hits):
            return True
        return any(
            self._hosts(hit, said.begin) or self._talked(hit, said.begin) or self._took_office(hit, said.begin)
            for hit in hits
        )

    def _only_tells(self, hit: Hit, said: Told) -> bool:
        """Whether a phrase is who tells of it: "|told the press that| X was there", "X was there, Y |said in a …|"."""
        low, (first, stop) = self.text.low, self.text.tokens_of(hit)
        telling = self.lex.event_kinds[hit.sense.value].top == "statement" and low[first] in _SAID
        return telling and (said.end <= hit.start or low[stop] == "that")

    def _took_office(self, hit: Hit, offset: int) -> bool:
        """Whether an inauguration is what people were at, and not the news: "the inauguration, attended by Y"."""
        kind = self.lex.event_kinds[hit.sense.value]
        return kind.top == "appointment" and hit.end <= offset and offset - hit.end < _CLOSE

    def _hosts(self, hit: Hit, offset: int) -> bool:
        verb = hit.sense.type == "predicate"  # unlike "the welcome ceremony was attended by"
        return verb and hit.end <= offset and self.text.low[self.text.token_at(hit.start)] in _HOSTING

    def _talked(self, hit: Hit, offset: int) -> bool:
        """Whether a phrase before tells of talks of its own: "talks |with Z| were held, attended by Y"."""
        talks = self.lex.event_kinds[hit.sense.value].top in _TALKS and hit.end <= offset
        again = self.text.low[self.text.token_at(hit.start) - 1] in _DEFINITE
        return talks and not again and " with " in self.text.folded[hit.start : offset]

    def accompany(self, k: int) -> None:
        """Add company to what a sentence tells of somebody: "X, joined by Y, met Z", "Accompanied by Y, X visited"."""
        first, last = self.text.sentences[k]
        low = self.text.low
        if not self.beside:
            return
        span = self.text.span(first, last)
        told = [d for d in self.drafts if d.spans and d.spans[-1] == span and d.top in _WITH_JOURNEYS]
        for n in range(first, last - 2) if told else ():
            if low[n] in _DELEGATIONS:
                self._take_members(k, n, told)
            if low[n] not in _BESIDE or low[n + 1] not in ("by", "with") or (n > first and low[n - 1] != ","):
                continue
            groups = find_groups(self.text, self.text.mentions[k])
            behind = [g for g in groups if g.start >= n + 2 and g.mentions[0].type != "own"]
            if not behind or not _leads_on(self.text, n + 2, behind[0].start):
                continue
            rest = n == first  # "Accompanied by Y, |X| visited Z"
            who = behind[1:2] if rest else [g for g in groups if g.end == n - 1]
            principals = {m.person for g in who for m in g.mentions if m.type == "person"}
            if not principals and n > first:  # "X will travel to Y, |joined by Z|"
                principals = {m.person for g in groups if g.end < n for m in g.mentions if m.type == "person"}
            company = behind[:1]
            for g in behind[1:] if not rest else ():
                if not _JOINS.issuperset(low[company[-1].end : g.start]):
                    break
                company.append(g)
            for d in told:
                if principals & d.people:
                    for m in (m for g in company for m in g.mentions if m.type == "person" and m.person >= 0):
                        self._add(d, m.person)

    def _take_members(self, k: int, noun: int, told: list[Draft]) -> None:
        """Add those of whom it is told that a delegation included them: "flew to Z with a delegation |including Y|"."""
        verb = noun + 1 + (self.text.low[noun + 1] in _JOINING_ON)
        if self.text.low[verb] not in _COUNTING_IN:
            return
        row = next((g for g in find_groups(self.text, self.text.mentions[k]) if verb < g.start < verb + 3), None)
        for d in told if row is not None else ():
            for m in row.mentions if row is not None else ():
                if m.type == "person" and m.person >= 0:
                    self._add(d, m.person)

    def _attended(self, k: int, said: Told, before: set[int]) -> list[Draft]:
        """The events those named were at; of a journey, each leg of it."""
        occasion = self._occasion(k, said)
        said.along |= (
            said.sent
            and (occasion is None or not occasion.lead)
            and any(d.lead and d.top == "visit" for d in self.drafts)
        )
        if occasion is not None and before and occasion.people.isdisjoint(before):
            occasion = None  # "X flew to Y, accompanied by Z", where X took no part in the occasion
        visits = [d for d in self.drafts if d.top == "visit" and (d.lead or not d.background)]
        journeys = [d for d in visits if d.people or said.sent]
        journeys = [d for d in journeys if before <= d.people] if before else journeys[:1] * said.along
        company = said.along or self.text.folded.endswith(_IN_COMPANY, said.begin, said.end)
        if journeys and company and (said.along or occasion is None):
            travellers = journeys[0].people
            legs = [d for d in visits if (travellers <= d.people if travellers else d.parties == journeys[0].parties)]
            return legs + self._travelled_for(legs, travellers)
        leads = said.along and said.sent
        if occasion is None or (leads and (occasion.status == "planned" or occasion.top not in _TALKS)):
            return []  # "X will lead the delegation", which is to travel there
        return [occasion]

    def _travelled_for(self, journeys: list[Draft], travellers: set[int]) -> list[Draft]:
        """The gatherings that a journey is told to be for: "X is in Y |for the Z Summit|. He is accompanied by W"."""
        told = {span for d in journeys for span in d.spans}
        occasions = [d for d in self.drafts if d.top == "conference" and not told.isdisjoint(d.spans)]
        return [d for d in occasions if travellers and travellers <= d.people]

    def _occasion(self, k: int, said: Told) -> Draft | None:
        occasions = [d for d in self.drafts if d.top in _OCCASIONS]
        named = self.text.folded[said.begin : said.end + 16]
        just = self.text.spans[k - 1] if k else None
        again = self.text.low[self.text.token_at(said.begin)] in _AGAIN  # "met officials. |These included| X"
        last = next((d for d in reversed(occasions) if d.spans[-1] == just and (again or d.top in named)), None)
        if again and last is None:
            return None
        last = last or next((d for d in reversed(self._in_paragraph(k, occasions)) if d.top in named), None)
        if occasions and occasions[0].kind == _ISSUED:
            occasions = [d for d in occasions if d.top in _MET_AT and self._just_held(d)] or occasions
        news = next((d for d in occasions if d.lead), occasions[0] if occasions else None)
        last = last or self._so_called(said, occasions, news)
        return news if last is None or not news or last.status != "occurred" else last

    def _so_called(self, said: Told, occasions: list[Draft], news: Draft | None) -> Draft | None:
        """The last gathering whose noun those who were there are told to have been at, where that of the news has
        another: "the |preparatory meeting| closed the agenda of the summit. X attended the |meeting|"."""
        called = GATHERINGS.intersection(
            self.text.low[self.text.token_at(said.begin) : self.text.token_at(said.end - 1) + 2]
        )
        if news is None or news.top != "conference" or not called.isdisjoint(news.name.lower().split()):
            return None
        held = (d for d in reversed(occasions) if d.top == "conference" and d.spans[0][0] < said.begin)
        return next((d for d in held if not called.isdisjoint(d.name.lower().split())), None)

    def _in_paragraph(self, k: int, occasions: list[Draft]) -> list[Draft]:
        """The occasions that the paragraph of a sentence has told of before it."""
        here = self.text.spans[k][0]
        begin = self.text.text.rfind("\n", 0, here)
        return [d for d in occasions if begin < d.spans[0][0] < here and not d.background]

    def _just_held(self, d: Draft) -> bool:
        """Whether an occasion lies in the days before a statement was issued, as its own does."""
        day = parse_day(self.published or "")
        return not d.date or day is None or bounds(d.date)[1] >= (day - timedelta(days=_DAYS_TO_ISSUE)).isoformat()
