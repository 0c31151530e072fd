"""Agreements: the instruments an article states, once each, with their parties, date, count and stage."""

from dataclasses import dataclass, replace
from itertools import pairwise

from msgspec import structs

from kg.language.dates import When, compatible, overlay
from kg.language.lexicon import AGREEMENTS, TITLES
from kg.language.words import read_lexicon, words
from kg.mappers.claims import AgreementClaim, Span
from kg.mappers.drafts import Draft
from kg.mappers.event import Reader
from kg.mappers.instruments import CONCLUDED_BY, Instrument, party_mentions
from kg.mappers.kinds.unions import spelt_out

_CONCLUDED = words("grammar", "conclusion_participles")
_CONCLUDING = words("grammar", "concluding_verbs")
_CONCLUSIONS = words("grammar", "conclusion_nouns")
_PAST = words("grammar", "past_of_instruments")
_EXISTING = words("grammar", "existing_instruments")
_BINDING = words("grammar", "binding_words")
_BINDING_NOUNS = words("grammar", "binding_nouns")
_DETERMINERS = words("grammar", "instrument_determiners")
_RELATIVES = words("grammar", "relative_pronouns")
_STANDING = words("grammar", "verbs_of_standing")
_WEAK = frozenset(("plan", "initiative"))
_THESE = words("grammar", "pointing_back")
_PACKAGES = words("grammar", "packages")
_INCLUDING = words("grammar", "verbs_of_including")
_LOOSE = words("grammar", "loose_instruments")
_DEFINITE = words("grammar", "definite_determiners")
_INDEFINITE = words("grammar", "indefinite_determiners")
_UNILATERAL = words("grammar", "unilateral_modifiers")
_SMALL = words("grammar", "instrument_adjectives")
_EMPTY = words("grammar", "empty_words") | words("grammar", "function_words") | words("grammar", "numbers")
_OF_THREE = words("grammar", "of_three")
_RANKS = words("grammar", "partnership_ranks")
_RHETORIC = words("grammar", "everybody")
_PARTS = words("grammar", "parts_of_instruments")
_BETWEEN = words("grammar", "between_parties")
_ONLY_CONCLUDED = words("grammar", "only_concluded")
_TERMS = words("grammar", "before_terms")
_NUMBERED = words("grammar", "numbered_instruments")
_STAGES = ("cited", "announced", "signed", "ratified", "in-force")
_CONCLUDED_STAGES = _STAGES[2:]
_REACH = 100  # instruments back that one may be meant again: a list of ten thousand is read in linear time
_MUTUAL = frozenset(("treaty", "agreement", "mou", "contract"))
_OF_ONE = ("plan", "initiative", "declaration")
"""Kinds that need no other side."""
_COMING = words("grammar", "coming_instruments")
_LIKELY = words("grammar", "likely")
_TWO = words("grammar", "of_two")
_COUNTRIES = words("grammar", "two_states")
_ACRONYMS = words("grammar", "kind_acronyms")
_SUCH = ("such",)
_IS = words("grammar", "passive_helpers")
_NAMED = words("grammar", "naming_participles")
_COUNTS: dict[str, int] = read_lexicon()["counts"]["numbers"]
_PAIR = 2
_BETWEEN_DAYS = 6
"""Tokens between two days of a list of them."""
_ALONE = ("ratification", "adoption")
"""Kinds of signing that each does by itself."""
_FIRM = frozenset(("treaty", "agreement", "mou", "joint-statement", "declaration", "contract"))


def map_agreements(reader: Reader, drafts: list[Draft]) -> tuple[AgreementClaim, ...]:
    """Return a claim for each instrument, once; events that concern one get its position.

    An instrument told by its days ("the trilateral statements of November 9, 2020, and January 11, 2021") is one a day,
    and each was signed or issued on its day: those signings are added to ``drafts``. A signing of several kinds of
    instrument becomes one a kind.
    """
    return _Mapper(reader, drafts).claims()


@dataclass(slots=True)
class _Mark:
    """What tells an instrument from others of its kind, under whatever name it comes again."""

    content: set[str]
    """The words of its name, but for those that any of its kind has."""
    noun: str
    """Of a proper name, the head: a Code is no Charter, though a pact may be called agreement."""
    named: bool
    topic: set[str]
    """Its content, but for who it is between."""
    plural: bool
    coming: bool
    """Whether it is not yet what it is to be: "the draft treaty"."""
    pointing: bool
    """Whether it takes up what was told: "the agreements (with X)", "this deal"."""


class _Mapper:
    """Claims the instruments of one article."""

    def __init__(self, reader: Reader, drafts: list[Draft]) -> None:
        self.reader, self.text, self.drafts = reader, reader.text, drafts
        self.found: list[AgreementClaim] = []
        titled = self.text.article.title is not None and self.text.sentences
        self.headline: Span | None = self.text.spans[0] if titled else None
        self.known: list[_Mark] = []
        by_force = sorted(drafts, key=lambda draft: draft.kind != _ALONE[0])  # a signing dates what one also ratifies
        self.signings: dict[int, Draft] = {k: d for d in by_force if d.top == "signing" for k in d.instruments}
        self.told: dict[Span, list[Draft]] = {}
        """The signings that each sentence tells."""
        for draft in drafts:
            for span in draft.spans if draft.top == "signing" else ():
                self.told.setdefault(span, []).append(draft)
        self.heads = {self.text.token_at(hit.start) for hit in self.text.layers[AGREEMENTS]}
        self.again: list[Draft] = []
        """Signings that turned out to be others told again."""
        self.list: tuple[int, Draft] | None = None
        """The last sentence of a list of what was signed, and the signing."""

    def claims(self) -> tuple[AgreementClaim, ...]:
        for phrase in [p for _, here in sorted(self.reader.instruments.items()) for p in here]:
            event = self._event(phrase)
            days = self._days(phrase)
            if days:
                self._claim_days(phrase, days, event)
            elif self._stated(phrase, event):
                self._claim(phrase, event)
        self.drafts[:] = [d for d in self.drafts if not any(d is again for again in self.again)]
        self._part_signings()
        return tuple(self.found)

    # -- what is an instrument, and what concludes it -----------------------------------------------------------

    def _event(self, phrase: Instrument) -> Draft | None:
        """The signing that concludes an instrument, or of the list it is an item of."""
        first, last = self.text.sentences[phrase.sentence]
        if phrase.start in self.signings:
            event = self.signings[phrase.start]
            listed = ":" in self.text.low[max(first, last - 3) : last] or self._listed(phrase.sentence + 1)
            if not phrase.nested and listed:
                self.list = phrase.sentence, event
            return None if phrase.nested else event
        near = self.list is not None and phrase.start - first < 4 + 4 * self._listed(phrase.sentence)
        if self.list and 0 < phrase.sentence - self.list[0] < 3 and near:
            self.list = phrase.sentence, self.list[1]
        return self.list[1] if self.list and phrase.sentence == self.list[0] and not phrase.nested else None

    def _listed(self, sentence: int) -> bool:
        """Whether a sentence only lists what was signed before: "These included a treaty", "The package includes"."""
        if sentence >= len(self.text.sentences):
            return False
        low, (first, _) = self.text.low, self.text.sentences[sentence]
        begins = low[first] in _THESE or (low[first] == "the" and low[first + 1] in _PACKAGES)
        does = any(word.endswith("ing") for word in low[first + 2 : first + 4])  # "They are working on"
        return begins and not does and not _INCLUDING.isdisjoint(low[first + 1 : first + 4])

    def _stated(self, phrase: Instrument, event: Draft | None) -> bool:
        """Whether a phrase states an instrument that exists or was concluded, and is no mere talk of one."""
        low = self.text.low
        if phrase.key:
            return True
        if self._also_called(phrase):
            return False
        if not _UNILATERAL.isdisjoint(low[phrase.start : phrase.tail]) or (event is None and self._heading(phrase)):
            return False
        if phrase.kind == "partnership":
            return self._ranked(phrase, event) and not self._served(phrase)
        proposed = phrase.named and low[phrase.start - 2] in _DEFINITE  # "the proposed Investment Treaty"
        k = phrase.start - 1
        durable = phrase.named and low[k].islower() and low[k - 1] in _INDEFINITE and low[k] not in _DETERMINERS
        unsure = (phrase.determiner in _INDEFINITE and not proposed) or durable  # "a |durable| Lake Accord"
        unsure = unsure or (not phrase.named and phrase.determiner not in _DEFINITE)
        if event is None and ((unsure and self._wished(phrase)) or self._studied(phrase)):
            return False
        if event is None and phrase.tail - phrase.head == 1 and low[phrase.head] in _ONLY_CONCLUDED:
            return False
        if not _NUMBERED.isdisjoint(low[phrase.head : phrase.tail]) and event is None:
            return any(low[k].isdigit() for k in range(phrase.tail, phrase.end))
        loose = not _LOOSE.isdisjoint(low[phrase.head : phrase.tail])
        if phrase.named:
            return (not (loose and phrase.plural) and not self._served(phrase)) or event is not None
        if phrase.count:
            return phrase.kind in _FIRM and (event is not None or not loose)
        if event is not None:
            told = phrase.described or phrase.head - phrase.start > 1 or bool(self._content(phrase))
            return told or not (phrase.plural or loose) or (phrase.tail - phrase.head > 1 and not loose)
        if self._told_concluded(phrase) or self._stands(phrase) or self._there_is(phrase):
            return True
        if phrase.plural and phrase.determiner in _DEFINITE and phrase.kind in _FIRM and not loose:
            return self._binding(phrase) and self._between(phrase)
        if loose or phrase.plural or phrase.kind not in _FIRM or self._concord(phrase):
            return False
        return self._binding(phrase) or self._between(phrase) or self._article(phrase) or self._dated(phrase)

    def _also_called(self, phrase: Instrument) -> bool:
        """Whether it only tells what another is called: "left the Lake Charter, |as the border treaty is known|"."""
        low = self.text.low
        at = self._before(phrase)
        return (
            low[at] == "as" and low[phrase.end] in _IS and not _NAMED.isdisjoint(low[phrase.end + 1 : phrase.end + 4])
        )

    def _heading(self, phrase: Instrument) -> bool:
        """Whether the phrase is all of its sentence: the heading of a section."""
        first, last = self.text.sentences[phrase.sentence]
        return phrase.start - first < 2 and last - phrase.end < 2

    def _ranked(self, phrase: Instrument, event: Draft | None) -> bool:
        """Whether a partnership has a rank or a name, and is not everybody's ("a shared future for mankind")."""
        low = self.text.low
        if phrase.plural or not _RHETORIC.isdisjoint(low[phrase.tail : phrase.end]):
            return False
        if not _RANKS.isdisjoint(low[phrase.start : phrase.tail]):
            return phrase.named or len(self._parties(phrase, event)) > 1
        return (phrase.named or (event is not None and phrase.described)) and low[phrase.tail - 1] not in _LOOSE

    def _wished(self, phrase: Instrument) -> bool:
        """Whether the words right before an instrument wish for one that does not exist."""
        first, _ = self.text.sentences[phrase.sentence]
        end = self.text.tokens.starts[phrase.start]
        return self.text.says("hoped", max(self.text.tokens.starts[first], end - 40), end) is not None

    def _studied(self, phrase: Instrument) -> bool:
        """Whether it is what somebody has a degree in: "Master of Science in National Security Strategy"."""
        return phrase.kind == "plan" and phrase.determiner == "in"

    def _served(self, phrase: Instrument) -> bool:
        """Whether it is what somebody is or was director, coordinator or fellow of."""
        if phrase.kind in _FIRM or phrase.nested:
            return False
        k = self._before(phrase)
        if k < 1 or self.text.low[k] not in ("of", "for", "at"):
            return False
        end = self.text.tokens.end(k - 1)
        return any(hit.end == end for hit in self.text.layers[TITLES])

    def _concord(self, phrase: Instrument) -> bool:
        """Whether it is no instrument but a way to be: "fully in accord with", "in agreement with"."""
        return phrase.determiner == "in" and phrase.start == phrase.head and not phrase.named

    def _stands(self, phrase: Instrument) -> bool:
        """Whether a clause about an instrument says what it does: "the fundamental treaty that serves as the basis"."""
        low, at = self.text.low, phrase.end + (self.text.low[phrase.end] == ",")
        firm = phrase.kind in _FIRM and not phrase.plural and phrase.determiner in _DEFINITE
        return firm and self._specific(phrase) and _follows(low, at)

    def _there_is(self, phrase: Instrument) -> bool:
        """Whether its adjectives say that an instrument is there: "the recent hostage deal", "the A-brokered truce"."""
        low = self.text.low[phrase.start : phrase.head]
        if phrase.kind not in _FIRM or phrase.plural or phrase.determiner not in _DEFINITE:
            return False
        if any(word.rpartition("-")[2] in CONCLUDED_BY for word in low):
            return True
        return not _EXISTING.isdisjoint(low) and (phrase.described or bool(self._content(phrase)))

    def _told_concluded(self, phrase: Instrument) -> bool:
        """Whether the words beside an instrument of which it is said what it is on tell that it was concluded.

        "adopted a joint statement on …", "the signing of an agreement with …", "the nuclear deal reached in …".
        """
        low = self.text.low
        first, last = self.text.sentences[phrase.sentence]
        if phrase.nested or phrase.end >= last:
            return False
        if phrase.kind != "initiative" and not phrase.plural and (phrase.described or phrase.determiner in _DEFINITE):
            at = phrase.end + (low[phrase.end] == ",")
            if at < last and low[at] in _PAST and self._specific(phrase):
                return True
        k = self._before(phrase)
        if k <= first or not phrase.described or phrase.kind not in _FIRM or self._wished(phrase):
            return False
        return low[k] in _CONCLUDING or (low[k] == "of" and low[k - 1] in _CONCLUSIONS)

    def _binding(self, phrase: Instrument) -> bool:
        """Whether the words before an instrument say that it binds: "under the …", "the implementation of the …"."""
        low = self.text.low
        k = phrase.owner - 1 if phrase.owner < phrase.start else self._before(phrase)
        if k <= self.text.sentences[phrase.sentence][0] or not self._specific(phrase):
            return False
        return low[k] in _BINDING or low[k - 1] in _BINDING_NOUNS

    def _specific(self, phrase: Instrument) -> bool:
        """Whether any word beside the noun says which instrument it is: "the nuclear agreement"."""
        return phrase.described or phrase.start < phrase.head or phrase.tail - phrase.head > 1

    def _before(self, phrase: Instrument) -> int:
        """The token before an instrument and its determiner."""
        return phrase.start - 1 - (self.text.low[phrase.start - 1] in _DETERMINERS)

    def _between(self, phrase: Instrument) -> bool:
        """Whether a phrase says between whom: "the border treaty with Georgia", "the U.S.-Japan security treaty"."""
        if _BETWEEN.isdisjoint(self.text.low[phrase.tail : phrase.end]):
            return len(self._bodies(replace(phrase, end=phrase.tail))) > 1
        return bool(self._bodies(phrase))

    def _article(self, phrase: Instrument) -> bool:
        """Whether it is "Article 5 of" the instrument that is spoken of."""
        at = phrase.start - 2 if phrase.determiner else phrase.start - 1
        return at >= 2 and self.text.low[at] == "of" and self.text.low[at - 2] in _PARTS

    def _dated(self, phrase: Instrument) -> bool:
        told = self.text.dates(*self.text.span(phrase.start, phrase.end), self.reader.published)
        return bool(told or self._year_before(phrase))

    def _year_before(self, phrase: Instrument) -> list[When]:
        """The year that begins the name of an instrument: "the |1904| treaty"."""
        low, k = self.text.low[phrase.start], phrase.start
        past = len(low) == 4 and low.isdigit() and "1800" < low <= (self.reader.published or "")
        if phrase.kind not in _FIRM or not past or k + 1 >= phrase.tail:
            return []
        begin, end = self.text.span(k, k + 1)
        return [When(start=begin, end=end, value=low, rule="stated")]

    # -- what is said of it ----------------------------------------------------------------------------------------

    def _bodies(self, phrase: Instrument) -> set[str]:
        """The bodies that the phrase itself names as its parties."""
        inside = party_mentions(self.text, phrase)
        bodies = {m.value for m in inside if m.type == "body"}
        return bodies | {m.titles[0].of for m in inside if m.type == "office" and m.titles[0].of}

    def _parties(self, phrase: Instrument, event: Draft | None) -> set[str]:
        """Those an instrument is between: as it says, as everyone knows, as who signs, as who the news is about."""
        bodies = self._bodies(phrase)
        if phrase.key and event is None and len(bodies) < 2:
            lexicon = self.reader.lex
            return {lexicon.body_of(code) for code in self.reader.authority.agreements[phrase.key].parties}
        if len(bodies) > 1 and (event is None or "with" not in self.text.low[phrase.tail : phrase.end]):
            return bodies
        if event is None and (self._own(phrase) if bodies else self._by_others(phrase)):
            return bodies
        if event is not None:
            return bodies | event.parties
        told = [d for d in self.drafts if d.main and d.parties]
        news = next((d.parties for d in told if d.top != "statement"), told[0].parties if told else set())
        if bodies and not bodies <= news:
            home = self.reader.register.home
            return bodies | ({home} if home else set())
        if len(news) == _PAIR + 1 and not bodies and self._of_two(phrase):
            place = next((d.place for d in told if d.parties == news and d.place), None)
            return news - {self.reader.lex.country_of(place or "")}
        if len(news) != 3 and not _OF_THREE.isdisjoint(self.text.low[phrase.start : phrase.tail]):
            all_told = set().union(*(d.parties for d in told if d.top != "statement"))
            return bodies or (all_told if len(all_told) == _PAIR + 1 else self._three_near(phrase))
        return bodies | news

    def _three_near(self, phrase: Instrument) -> set[str]:
        """The three of whom a sentence near by tells: "the trilateral accords", then "X will meet the leaders of Y"."""
        register, countries = self.reader.register, self.reader.authority.countries
        for k in range(phrase.sentence, min(phrase.sentence + 3, len(self.text.sentences))):
            told = self.text.mentions[k]
            lands = {m.value for m in told if m.type == "body"} | {x.of for m in told for x in m.titles if x.of}
            lands |= register.homes(m.person for m in told if m.type == "person" and m.person >= 0)
            if len(lands & countries.keys()) == _PAIR + 1:
                return {land for land in lands if land in countries}
        return set()

    def _own(self, phrase: Instrument) -> bool:
        """Whether it is of those alone whose name it bears: "a UN Security Council resolution", "Peru's Strategy"."""
        return phrase.kind in _OF_ONE and _BETWEEN.isdisjoint(self.text.low[phrase.tail : phrase.end])

    def _of_two(self, phrase: Instrument) -> bool:
        """Whether its sentence speaks of two countries, so that their host is none of them: "both countries"."""
        low, (first, last) = self.text.low, self.text.sentences[phrase.sentence]
        return any(a in _TWO and b in _COUNTRIES for a, b in pairwise(low[first:last]))

    def _by_others(self, phrase: Instrument) -> bool:
        """Whether its words tell that it is of others than the news: "the UN-mediated truce", "UNSCR 2735"."""
        low = self.text.low
        told = (word.rpartition("-")[2] in CONCLUDED_BY for word in low[phrase.start : phrase.head])
        resolution = phrase.kind == "declaration" and not _NUMBERED.isdisjoint(low[phrase.head : phrase.tail])
        numbered = resolution and phrase.end > phrase.tail and low[phrase.tail][0].isdigit()
        return numbered or any(told)

    def _coming(self, phrase: Instrument) -> bool:
        """Whether an instrument is yet to be concluded: "a draft treaty", "likely to sign 7 deals"."""
        low, k = self.text.low, phrase.start
        if phrase.key:
            return False
        before = low[k - 2 : k] if low[k - 1] == '"' else low[k - 1 : k]
        if not _COMING.isdisjoint(before) or not _COMING.isdisjoint(self.text.tokens.words[k : phrase.head]):
            return True
        if low[k - 2] == "to" and low[k - 3] in _LIKELY:
            return True
        behind = [*low[phrase.end + 1 : phrase.end + 4], "", "", ""]
        return behind[0] in _LIKELY and (behind[1] != "to" or behind[2] == "be")

    def _stage(self, phrase: Instrument, event: Draft | None) -> str:
        if event is None:
            end = self.text.span(phrase.start, phrase.end)[1]
            return "in-force" if self.text.says("in_force", end, end + 25) else "cited"
        if event.status == "planned":
            return "announced"
        if event.kind != "ratification":
            return "signed"
        span = self.text.spans[phrase.sentence]
        return "in-force" if self.text.says("in_force", *span) else "ratified"

    def _claim(self, phrase: Instrument, event: Draft | None) -> None:
        inside = self._own_dates(phrase) or (self._date_behind(phrase) if event is not None else [])
        mark = self._mark(phrase)
        done = event if event is not None and _dates(event, phrase) else None
        if mark.coming and done is not None and done.status == "occurred":
            done = None  # "finalised a draft treaty"
        claim = AgreementClaim(
            name=self.text.printed(phrase.start, phrase.end).strip(" ,"),
            key=phrase.key,
            kind=phrase.kind,
            parties=tuple(sorted(spelt_out(self._parties(phrase, event)))),
            date=inside[0].value if inside else done.date if done is not None else None,
            count=phrase.count,
            stage="announced" if mark.coming else self._stage(phrase, event),
            span=self.text.spans[phrase.sentence],
        )
        at = self._note(claim, mark)
        if event is None:
            return
        if phrase.determiner in _DEFINITE and not phrase.count:
            self._join_signings(event, at)
        event.agreements.append(at)

    def _join_signings(self, later: Draft, at: int) -> None:
        """Join a signing with one told before of the same instrument: "X signed a pact. Y signed |the pact|"."""
        for known in self.drafts:
            if known is later or at not in known.agreements or not {known.kind, later.kind}.isdisjoint(_ALONE):
                continue
            if known.status == later.status == "occurred" and compatible(known.date, later.date):
                known.join(later)
                known.main = known.main or later.main
                self.again.append(later)
                return

    def _note(self, claim: AgreementClaim, mark: _Mark) -> int:
        """The number of the instrument claimed, which is joined with one claimed already if they are the same."""
        at = self._again(claim, mark)
        if at is None:
            self.found.append(claim)
            self.known.append(mark)
            return len(self.found) - 1
        if self.found[at].kind != claim.kind:
            self.found[at] = structs.replace(self.found[at], kind=claim.kind, name=claim.name)
        longer = len(claim.name) > len(self.found[at].name)
        self.found[at] = _joined(self.found[at], claim)
        if longer:
            self.known[at] = mark
        return at

    def _own_dates(self, phrase: Instrument) -> list[When]:
        """The dates that a phrase gives its instrument: not its term, nor the year of another that it is about."""
        dates = self._year_before(phrase)
        for when in self.text.dates(*self.text.span(phrase.start, phrase.end), self.reader.published):
            k = self.text.token_at(when.start)
            about = len(when.value) == 4 and any(phrase.tail <= head < k for head in self.heads)
            if not about and (len(when.value) > 4 or self.text.low[k] not in _TERMS):
                dates.append(when)
        return dates

    def _date_behind(self, phrase: Instrument) -> list[When]:
        """The year that follows the last of several instruments signed: "and a tax treaty |in 2005|"."""
        low, k = self.text.low, phrase.end
        if low[k] != "in" or not low[k + 1].isdigit() or "and" not in low[max(0, phrase.start - 3) : phrase.start]:
            return []
        return self.text.dates(*self.text.span(k, k + 2), self.reader.published)

    def _mark(self, phrase: Instrument) -> _Mark:
        noun = self.text.tokens.words[max(phrase.head, phrase.tail - 1)]
        spelt = phrase.named and noun[1:].islower()
        if phrase.kind == "partnership":  # a comprehensive one is not yet strategic
            told = self.text.low[phrase.start : phrase.tail]
            rank = next((word for word in ("strategic", "comprehensive") if word in told), "")
        else:
            rank = noun.lower() if spelt else ""
        content = self._content(phrase)
        between = {self.text.low[k] for m in party_mentions(self.text, phrase) for k in range(m.start, m.end)}
        pointing = phrase.determiner in _DEFINITE and (not phrase.named or noun.lower() in _ACRONYMS)
        return _Mark(content, rank, phrase.named, content - between, phrase.plural, self._coming(phrase), pointing)

    def _content(self, phrase: Instrument) -> set[str]:
        """The words that tell an instrument from others of its kind."""
        low = self.text.low
        called = phrase.kind == "agreement" and phrase.named  # "Free Trade Agreement"
        inner = phrase.tail - 1 if called else phrase.head
        around = [low[k] for k in range(phrase.start, phrase.end) if not inner <= k < phrase.tail]
        words = {part for w in around for part in w.split("-")} - _EMPTY - (frozenset() if phrase.named else _SMALL)
        return {w for w in words if w[:1].isalpha() or len(w) == 4}

    def _again(self, claim: AgreementClaim, mark: _Mark) -> int | None:
        """The instrument already claimed that this one is, under a longer, shorter or bare name."""
        for k in range(max(0, len(self.found) - _REACH), len(self.found)):
            other, before = self.found[k], self.known[k]
            if claim.key or other.key:
                if claim.key == other.key or (k == len(self.found) - 1 and mark.pointing and not mark.content):
                    return k
                continue
            if other.kind != claim.kind and other.span == self.headline and self._is_vague(claim, other, before):
                return k
            if claim.kind != other.kind or _of_others(claim, other):
                continue
            if mark.coming and other.stage in _CONCLUDED_STAGES:
                continue  # "the draft peace treaty" is not the border treaty signed
            again = bool(other.count) and mark.plural and mark.pointing and mark.topic <= before.topic
            several = other.span == self.headline and not other.count and before.content <= mark.content
            if not (again or several) and (claim.count or 1) != (other.count or 1):
                continue
            if again or self._alike(mark, before) or self._headlined(claim, other):
                later = mark.named and before.named and claim.stage != other.stage  # "The Pact took effect"
                if later or not claim.date or not other.date or compatible(claim.date, other.date):
                    return k
        return None

    def _alike(self, a: _Mark, b: _Mark) -> bool:
        """Whether one name is the other with more or fewer words."""
        return (a.content <= b.content or b.content <= a.content) and not (a.noun and b.noun and a.noun != b.noun)

    def _is_vague(self, claim: AgreementClaim, other: AgreementClaim, before: _Mark) -> bool:
        """Whether the headline tells in a word for any instrument what the body names ("sign deal", a memorandum)."""
        vague = other.kind == "agreement" and not before.named and not other.count
        return vague and self._headlined(claim, other) and claim.date == other.date

    def _headlined(self, claim: AgreementClaim, other: AgreementClaim) -> bool:
        """Whether the body names in full what the headline told in short."""
        return other.span == self.headline and claim.stage == other.stage == "signed" and claim.parties == other.parties

    # -- signings ---------------------------------------------------------------------------------------------------

    def _days(self, phrase: Instrument) -> list[When]:
        """The past days, whole as stated, that stand in or right beside an instrument's name."""
        text, published = self.text, self.reader.published
        if phrase.key or published is None:
            return []
        begin, end = text.spans[phrase.sentence]
        first, last = text.span(phrase.start, phrase.end)
        found = [w for w in text.dates(begin, end, published) if len(w.value) == 10 and w.rule == "stated"]
        if phrase.count or text.low[phrase.start - 1] in _SUCH:
            return self._one_each(phrase, [w for w in found if w.start >= last and w.value < published])
        if not found:
            return []
        inside = [w for w in found if first <= w.start < last or (w.start >= last and self._reached(phrase, w.start))]
        reach = max([last, *(w.end for w in inside)])
        for when in found:  # "of November 9, 2020, and January 11 …"
            if when.start >= reach and when.start - reach < 7:
                inside.append(when)
                reach = when.end
        reach = first
        for when in reversed([w for w in found if w.end <= first]):
            gap = text.folded[when.end : reach].strip(" ,")
            if gap in ("", "and", "of", "the"):
                inside.append(when)
                reach = when.start
        return [when for when in inside if when.value < published]

    def _one_each(self, phrase: Instrument, days: list[When]) -> list[When]:
        """The days behind so many instruments that each has one: "three agreements: on May 2, June 3 and July 4"."""
        low, such = self.text.low, phrase.start - 2
        count = phrase.count or (_COUNTS.get(low[such], 0) if such >= 0 else 0)
        if len(days) != count or count < _PAIR:
            return []
        last = self.text.token_at(days[-1].start)
        if any(phrase.end < k < last for k in self.heads):
            return []  # the days may be of another
        for one, other in pairwise(days):
            gap = low[self.text.token_at(one.end) : self.text.token_at(other.start)]
            if len(gap) > _BETWEEN_DAYS or any(w[0].isalpha() and w not in _EMPTY and w not in _COUNTS for w in gap):
                return []
        return days

    def _antecedent(self, phrase: Instrument) -> Instrument:
        """The instruments of which there are "three such": those of their kind told last before; else the same."""
        if self.text.low[phrase.start - 1] not in _SUCH:
            return phrase
        near = (self.reader.instruments.get(k, ()) for k in range(phrase.sentence, phrase.sentence - 3, -1))
        told = (p for here in near for p in reversed(here) if p.start < phrase.start and p.kind == phrase.kind)
        return next(told, phrase)

    def _reached(self, phrase: Instrument, offset: int) -> bool:
        """Whether between an instrument and a day stands only who concluded it: ", reached by the leaders of X on"."""
        low = self.text.low
        k = phrase.end + (phrase.end < len(low) and low[phrase.end] == ",")
        if k >= len(low) or low[k] not in _CONCLUDED:
            return False
        day = self.text.token_at(offset)
        if any(at in self.heads for at in range(k + 1, day)):
            return False
        return day - k < 3 or any(k < m.start < day for m in self.text.mentions[phrase.sentence])

    def _claim_days(self, phrase: Instrument, days: list[When], event: Draft | None) -> None:
        """Claim an instrument told by its days, one a day, each signed on its day where its parties are told."""
        text = self.text
        if event is not None and event.date is None and phrase.count:
            event.take_date(days[0])
        span = text.spans[phrase.sentence]
        begin, end = text.span(phrase.start, phrase.end)
        told = [when for when in days if begin < when.start < end]
        name = text.text[begin : told[0].start].rsplit(None, 1)[0] if told else text.text[begin:end]
        reach = max([end, *(when.start for when in days)])
        stated = self._countries(phrase, reach)
        if (such := self._antecedent(phrase)) is not phrase:
            name = text.printed(such.start, such.end)
            stated = stated | self._countries(such, text.span(such.start, such.end)[1])
        if event is not None and phrase.count:
            stated = stated | event.parties
        counted = next(
            (k for k in range(phrase.start, phrase.head) if text.low[k] in _COUNTS or text.low[k].isdigit()), None
        )
        if phrase.count and counted is not None:
            name = text.printed(counted + 1, phrase.end)
        parties = stated if len(stated) > 1 else self._parties(phrase, None)
        for day in sorted({when.value for when in days}):
            own = next(text.text[w.start : w.end] for w in days if w.value == day)
            claim = AgreementClaim(
                name=" ".join((f"{name} of {own}" if phrase.count else name).split()).strip(" ,"),
                kind=phrase.kind,
                parties=tuple(sorted(parties)),
                date=day,
                stage="signed",
                span=span,
            )
            at = self._note(claim, self._mark(phrase))
            signing = self._signing_on(phrase.kind, day, span, stated)
            if signing is not None:
                signing.agreements.append(at)

    def _countries(self, phrase: Instrument, reach: int) -> set[str]:
        """The countries named from an instrument on up to the last of its days."""
        end = self.text.token_at(reach)
        bodies = self._bodies(replace(phrase, end=max(end, phrase.end)))
        return {b for b in bodies if b in self.reader.authority.countries}

    def _signing_on(self, kind: str, day: str, span: Span, parties: set[str]) -> Draft | None:
        """The signing of a day that a sentence tells, made where the parties are known."""
        here = self.told.setdefault(span, [])
        for draft in here:
            if draft.date == day:
                return draft
        parties = parties.union(*(d.parties for d in here))
        if len(parties) < 2:
            return None
        signing = Draft("signing", "signing", parties=set(parties), date=day, spans=[span], order=span[0])
        signing.name = kind
        signing.background = True
        self.drafts.append(signing)
        here.append(signing)
        return signing

    def _part_signings(self) -> None:
        """Make a signing of several kinds of instrument one a kind."""
        for draft in [d for d in self.drafts if d.top == "signing" and len(d.agreements) > 1]:
            kinds: dict[str, list[int]] = {}
            for at in draft.agreements:
                kinds.setdefault(self.found[at].kind, []).append(at)
            (draft.name, draft.agreements), *others = kinds.items()
            for kind, positions in others:
                part = replace(draft, name=kind, agreements=positions, roles=list(draft.roles), spans=list(draft.spans))
                day = self.found[positions[0]].date
                if day and draft.date and not compatible(day, draft.date):
                    part.date = day  # "a trade agreement in 1998 and a tax treaty |in 2005|"
                self.drafts.append(part)


def _follows(low: list[str], at: int) -> bool:
    """Whether a relative pronoun stands at a token, and behind it a verb by which an instrument stands."""
    return at + 1 < len(low) and low[at] in _RELATIVES and low[at + 1] in _STANDING


def _dates(event: Draft, phrase: Instrument) -> bool:
    """Whether the day of an event is that of its instrument: not where one ratifies or approves what several signed."""
    alone = event.kind == "adoption" and len(event.parties) < _PAIR and phrase.kind in _MUTUAL
    return event.kind != "ratification" and not alone


def _of_others(a: AgreementClaim, b: AgreementClaim) -> bool:
    """Whether one has signed two instruments with others: "signed an agreement with X, and one with Y"."""
    one, other = set(a.parties), set(b.parties)
    return a.stage == b.stage == "signed" and bool(one & other) and bool(one - other) and bool(other - one)


def _joined(a: AgreementClaim, b: AgreementClaim) -> AgreementClaim:
    """One claim of two of the same instrument: the fuller name, and whatever only one of them tells."""
    return structs.replace(
        a,
        name=b.name if len(b.name) > len(a.name) else a.name,
        parties=a.parties or b.parties,
        date=overlay(a.date, b.date) if compatible(a.date, b.date) else a.date,
        count=a.count or b.count,
        stage=max(a.stage, b.stage, key=_STAGES.index),
    )
