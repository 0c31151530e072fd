"""The text of an article, scanned and split: tokens, sentences, phrases, dates, each with its offsets."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

from kg.articles import Article
from kg.language.capitals import spelt_out
from kg.language.dates import When, find_dates
from kg.language.lexicon import ANAPHORS, MOODS, NAMES, TIMES, TITLES, Hit, Lexicon, Sense
from kg.language.tokens import Tokens, fold_text, split_sentences, tokenize
from kg.language.words import words

_BEFORE_STYLED = words("grammar", "definite_determiners")
_NO_OFFICES = words("grammar", "no_offices")
_OWN = words("groups", "own")
_PARTS_OF_CONTINENTS = words("grammar", "parts_of_continents")
_OF_REGIONS = words("grammar", "of_regions")
_OF_STATES = words("grammar", "of_states")
_STYLES = words("names", "styles")
_SIDES = words("grammar", "sides")
_LEADING = words("grammar", "leading_participles")
_BEFORE_NAMES = words("names", "before_listed")
_GENERALS = words("offices", "before_general")
_NOMINEES = words("names", "nominees")
_LONGEST_HEADING = 40
"""How many tokens behind "nominee" the name of the heading comes again."""
_MOST_OF_A_NAME = 8
"""How many tokens behind a style the comma that closes the name stands."""
_YEARS = tuple(re.compile(rf"{century}\d\d\b") for century in (18, 19, 20))
"""Apart, since a search for plain letters is faster."""


@dataclass(slots=True, init=False)
class Title:
    """An office as printed beside a name or alone, in tokens ``[start, end)``."""

    start: int
    end: int
    text: str
    """Without the country and without "former", "acting" kept."""
    kind: str | None
    """Notation of the office kind, where the words are one of its labels."""
    of: str | None
    """ISO code (capitals) or id of an organisation (small letters)."""
    when: str = "current"
    plural: bool = False
    printed: str = ""
    """All of it as printed."""
    inferred: bool = False
    """Whether ``of`` was completed from elsewhere."""
    proposed: bool = False
    """Somebody is named for it ("to be …", "nominee for …")."""
    counterpart: bool = False
    """Whether the words give the office of somebody else ("his Chilean counterpart")."""

    def __init__(
        self,
        start: int,
        end: int,
        text: str,
        kind: str | None,
        of: str | None,
        when: str = "current",
        plural: bool = False,
        printed: str = "",
        inferred: bool = False,
        proposed: bool = False,
        counterpart: bool = False,
    ) -> None:
        # written out, since compiled it then is: what makes a data class is not
        self.start, self.end, self.text, self.kind, self.of, self.when = start, end, text, kind, of, when
        self.plural, self.printed, self.inferred = plural, printed, inferred
        self.proposed, self.counterpart = proposed, counterpart


@dataclass(slots=True, init=False)
class Mention:
    """One mention in tokens ``[start, end)``, titles included; ``name`` spans the bare name."""

    type: str
    """``person``, ``office``, ``body`` (country or organisation), ``place``, or a stand-in: ``group``, ``he``, ``him``,
    ``own``, ``guest``."""
    start: int
    end: int
    name: tuple[int, int] | None = None
    titles: list[Title] = field(default_factory=list)
    value: str = ""
    """Body or place; the homonyms of a known name apart by ``|``."""
    adjective: bool = False
    organ: bool = False
    """Of a body: whether people of it are spoken of, who act for it ("Turkish officials", "a delegation from Chad")."""
    predicative: bool = False
    """Of an office: said of somebody ("… as President"), not somebody's stand-in."""
    person: int = -1
    """Position of the person in the article's register, once known."""
    origin: str = ""
    """The country in brackets behind a name without an office: "NAME (Peru)"."""

    def __init__(
        self,
        type: str,  # noqa: A002 - as the field
        start: int,
        end: int,
        name: tuple[int, int] | None = None,
        titles: list[Title] | None = None,
        value: str = "",
        adjective: bool = False,
        organ: bool = False,
        predicative: bool = False,
        person: int = -1,
        origin: str = "",
    ) -> None:
        self.type, self.start, self.end, self.name = type, start, end, name
        self.titles = titles if titles is not None else []
        self.value, self.adjective, self.organ = value, adjective, organ
        self.predicative, self.person, self.origin = predicative, person, origin

    def owns(self, other: "Mention", low: list[str]) -> bool:
        """Whether a body tells where the person named behind it is from.

        "Zambia's NAME", "Peru's, NAME", "Sudan's army leader NAME", where "army" is no part of the office; "a Chadian
        delegation led by NAME".
        """
        if self.type != "body" or other.type != "person":
            return False
        if self.organ and self.end + 1 < other.start < self.end + 4 and low[self.end + 1] == "by":
            return low[self.end] in _LEADING  # "a Chadian delegation |led by| NAME", "headed by its minister NAME"
        if self.organ:  # "Iran's top security official, NAME"
            last = low[self.end - 1]  # not so "after talks with Iranian officials, NAME flew home"
            one = last not in _SIDES and not last.endswith("s")
            return one and not other.titles and low[self.end : other.start] == [","]
        if low[self.end] not in ("'s", "'"):
            return False
        gap = low[self.end + 1 : other.start] if other.start - self.end < 5 else ["."]
        if gap and other.titles and other.titles[0].of == self.value:
            return all(word.isalpha() for word in gap) and "and" not in gap
        return gap in ([], [","])

    def comes_from(self, other: "Mention", low: list[str]) -> bool:
        """Whether somebody is told to be from the body named behind: "NAME of Zambia", "NAME, from Peru"."""
        if self.type != "person" or other.type != "body" or not other.is_where:
            return False
        gap, after = low[self.end : other.start], low[other.end : other.end + 1]
        return gap in _BEFORE_LANDS and after not in (["'s"], ["'"])

    @property
    def is_where(self) -> bool:
        """Whether a place or body itself is named, where one can be, and not its people or by its adjective."""
        return self.type in ("place", "body") and not (self.adjective or self.organ)


_BEFORE_VERBS = words("grammar", "before_verbs")
_OF_WHOM = ("of", "to", "for", "from", "and")
_BEFORE_LANDS = [[*comma, of, *the] for comma in ([], [","]) for of in ("of", "from") for the in ([], ["the"])]
"""Between a name and the country its bearer is from."""
_ARTICLES = frozenset(("the", "a", "an"))
_OF_PARTS, _PARTS_OF_STATES = words("offices", "of_parts"), words("offices", "parts_of_states")
_HALVES = frozenset(("north", "south"))
_AHEAD = 8
"""How many tokens a rule may look ahead of one it has read."""
_FAR_BEFORE = 8
"""Sentences before "the same day" in which the day may be told."""


class Text:
    """An article's text, scanned and split, with the mentions of each sentence."""

    def __init__(self, article: Article, lexicon: Lexicon) -> None:
        self.article = article
        self.lexicon = lexicon
        self.text = spelt_out(article.text, article.title, lexicon)
        self.folded = fold_text(self.text)
        self.tokens: Tokens = tokenize(self.text, self.folded)
        self._begins, self._words = self.tokens.starts, self.tokens.words
        self.low = self.tokens.low
        self.vocabulary = frozenset(self.low)
        """The folded words of the text, each once: what rules out a class of words at one look."""
        self.sentences = split_sentences(self.text, self.tokens, lexicon.abbreviations)
        if not _STYLES.isdisjoint(self.vocabulary):
            self.sentences = [part for whole in self.sentences for part in self._items(*whole)]
        if not _NOMINEES.isdisjoint(self.vocabulary):
            self.sentences = [part for whole in self.sentences for part in self._nominees(*whole)]
        self._firsts = [first for first, _ in self.sentences]
        self.spans = [self.span(first, last) for first, last in self.sentences]
        """The offsets of each sentence."""
        self.layers = lexicon.scan(self.text, self.folded)
        self._moods: dict[str, list[tuple[int, int]]] = {}
        for hit in self.layers[MOODS]:
            self._moods.setdefault(hit.sense.value, []).append((hit.start, hit.end))
        self._mood_begins = {mood: [start for start, _ in spans] for mood, spans in self._moods.items()}
        years = [(year.start(), "year") for pattern in _YEARS for year in pattern.finditer(self.folded)]
        self.date_words = sorted([*[(hit.start, hit.sense.value) for hit in self.layers[TIMES]], *years])
        self._date_places = [place for place, _ in self.date_words]
        self._dates: dict[tuple[int, int, str | None], list[When]] = {}
        self.entities: dict[int, tuple[Hit, int]] = {}
        """Names that begin at a token: the hit and the token after it."""
        self.compounds: dict[int, list[str]] = {}
        """Bodies joined in one token ("Russian-Chinese")."""
        self.heads: dict[int, tuple[Hit, int]] = {}
        self.prefixed: set[int] = set()
        """Heads of titles behind a prefix in the same token ("ex-president", "then-minister")."""
        self._place_hits()
        self.anaphors = self._find_anaphors()
        self.starts = self._mark_starts()
        self._close()
        self.mentions: list[list[Mention]] = []
        """A row a sentence, filled by `kg.language.mentions.find_mentions`."""

    def _items(self, first: int, last: int) -> list[tuple[int, int]]:
        """Part a list run together: "The Honorable A, Ambassador to X The Honorable B, Senator Mr. C, Director".

        It is one if somebody's style stands unannounced; then whoever has one, and a comma behind the name, is an item.
        """
        low = self.low
        styled = [k for k in range(first + 1, last - 1) if low[k] == "the" and self._begins_item(k)]
        if not styled:
            return [(first, last)]
        borders = {first, last, *styled}
        for k in range(first + 1, last - 1):
            if low[k] in _BEFORE_NAMES and self._begins_item(k) and self._names_item(k, last):
                borders.add(k)
        row = sorted(borders)
        return list(pairwise(row))

    def _nominees(self, first: int, last: int) -> list[tuple[int, int]]:
        """Part "A B, Nominee for Ambassador to X C D, Nominee for …", and the heading from "A B, a career member …"."""
        low, words = self.low, self.tokens.words
        borders = {first, last}
        for k in range(first + 1, last - 1):
            if low[k] not in _NOMINEES or words[k - 1] != "," or low[k + 1] not in ("for", "to"):
                continue
            begin = k - 1
            while begin > first and k - begin < _MOST_OF_A_NAME and self._goes_with_name(begin - 1):
                begin -= 1
            if k - begin > 2:
                borders.add(begin)
            name = set(words[begin : k - 1])
            again = (n for n in range(k + 2, min(last, k + _LONGEST_HEADING)) if words[n] == words[k - 2])
            for n in again:
                while n - 1 > k and words[n - 1] in name:
                    n -= 1
                if words[n - 1][0].isalnum() and words[n][0].isupper():
                    borders.add(n)
                    break
        return list(pairwise(sorted(borders)))

    def _goes_with_name(self, k: int) -> bool:
        """Whether the token at ``k`` may be a part of a name that goes on behind it."""
        word = self.tokens.words[k]
        initial = len(word) == 2 and word[1] == "."
        return (word[0].isupper() and (word.isalpha() or initial)) or (word == "." and len(self.low[k - 1]) == 1)

    def _begins_item(self, k: int) -> bool:
        """Whether a style in capitals stands at ``k`` right behind capitals or a bracket that end what goes before."""
        words, before = self.tokens.words, self.tokens.words[k - 1]
        if not words[k][0].isupper() or (self.low[k] == "the" and self.low[k + 1] not in _STYLES):
            return False
        ended = before == ")" or (before[0].isupper() and before[-1].isalnum())
        return ended and self.low[k - 1] not in _BEFORE_NAMES and self.low[k - 1] not in _GENERALS

    def _names_item(self, k: int, last: int) -> bool:
        """Whether a name closed by a comma follows the style at ``k``."""
        words = self.tokens.words
        for n in range(k + 1, min(k + _MOST_OF_A_NAME, last)):
            if words[n] == ",":
                return n - k > 2
            if not (words[n][0].isupper() or words[n] == "."):
                return False
        return False

    def _close(self) -> None:
        """Put line ends behind the last token, so that rules look at what follows without asking whether it does."""
        self._begins.extend([len(self.text)] * _AHEAD)
        for tokens in (self._words, self.low):
            tokens.extend(["\n"] * _AHEAD)

    def _find_anaphors(self) -> dict[int, tuple[str, int]]:
        """Words that stand for somebody, by their first token: which sort, and the token after."""
        found: dict[int, tuple[str, int]] = {}
        words = self.tokens.words
        for hit in self.layers[ANAPHORS]:
            first, last = self.tokens_of(hit)
            styled = self._honorific(first) if self.low[first] in self.lexicon.honorific_starts else 0
            if 0 < styled < len(words) and words[styled].islower() and self.low[styled] not in _BEFORE_STYLED:
                found[first] = ("he", styled)  # "His Highness also received X"
            if styled:
                continue  # "His Excellency the Minister"
            if len(words[first]) == 2 and words[first].isupper() and self._before_capital(first):
                continue  # "HE President X"
            goes_on = last < len(self.low) and (self.low[last] in _OF_WHOM or words[last][0].isupper())
            if hit.sense.value == "envoy" and goes_on:
                continue  # "the envoy of X"
            if hit.sense.value == "guest" and words[first].lower() in _OWN and self._names_one(last):
                continue  # "his guest, President X"
            if hit.sense.value != "leaders":
                found[first] = ("group" if hit.sense.value == "their" else hit.sense.value, last)
            elif last >= len(self.low) or self.low[last] not in ("of", "and"):
                found[first] = ("group", last)
        return found

    def _names_one(self, k: int) -> bool:
        """Whether who was spoken of before token ``k`` is named there."""
        return k < len(self.low) and (self.low[k] in (",", "from") or self.tokens.words[k][:1].isupper())

    def _before_capital(self, first: int) -> bool:
        """Whether a capitalised word that is not all capitals comes behind, or behind "the"."""
        after = self.tokens.words[first + 1 : first + 3]
        word = after[-1] if after[:1] == ["the"] else after[0] if after else ""
        return word[:1].isupper() and not word.isupper()

    def _honorific(self, first: int) -> int:
        """The token after an honorific of several words that begins at a token; 0 where none does."""
        ends = (first + n for n in (3, 2))
        return next((end for end in ends if " ".join(self.low[first:end]) in self.lexicon.honorifics), 0)

    def _mark_starts(self) -> list[int]:
        """The tokens at which a mention may begin, so that the rest need no look."""
        marks = {*self.entities, *self.heads, *self.compounds, *self.anaphors}
        low, words, lexicon, entities = self.low, self.tokens.words, self.lexicon, self.entities
        if "vice" in self.vocabulary:
            marks.update(i for i, word in enumerate(low) if word == "vice")
        honorifics, particles = lexicon.honorific_starts, lexicon.particles
        first, further = lexicon.no_first_names, lexicon.no_names
        last = len(words) - 1
        for i in self.tokens.capitals:
            small = low[i]
            if i in marks:
                continue
            if small in honorifics:
                marks.add(i)
            elif i < last:
                after, behind = words[i + 1], low[i + 1]
                if after[0].isupper():
                    named = behind not in further or i + 1 in entities or small in particles
                else:
                    named = after == "." or behind in particles
                if named and small not in first:
                    marks.add(i)
        return sorted(marks)

    def token_at(self, offset: int) -> int:
        """The first token that begins at or after ``offset``."""
        return bisect_left(self._begins, offset)

    def tokens_of(self, hit: Hit) -> tuple[int, int]:
        """The tokens ``[first, last)`` that a phrase begins and ends with."""
        begins, last = self._begins, len(self._begins)
        first = after = bisect_left(begins, hit.start)
        while after < last and begins[after] < hit.end:
            after += 1  # few words make a phrase
        return first, after

    def says(self, mood: str, begin: int, end: int) -> tuple[int, int] | None:
        """The last phrase of a mood ("planned", "unreal" …) between two offsets, as offsets."""
        spans = self._moods.get(mood)
        if spans is None:
            return None
        for k in range(bisect_left(self._mood_begins[mood], end) - 1, -1, -1):
            if spans[k][0] < begin:
                return None
            if spans[k][1] <= end:
                while k and spans[k - 1][0] == spans[k][0] and spans[k - 1][1] <= end:
                    k -= 1  # of those that begin there the longest, which come first
                return spans[k]
        return None

    def says_first(self, mood: str, begin: int, end: int) -> tuple[int, int] | None:
        """The first phrase of a mood between two offsets, as offsets."""
        spans = self._moods.get(mood)
        if spans is None:
            return None
        k = bisect_left(self._mood_begins[mood], begin)
        return spans[k] if k < len(spans) and spans[k][1] <= end else None

    def dates(self, begin: int, end: int, anchor: str | None) -> list[When]:
        """The dates between two offsets; see `kg.language.dates.find_dates`."""
        first, last = bisect_left(self._date_places, begin), bisect_left(self._date_places, end)
        if first == last:
            return []
        key = (begin, end, anchor)
        found = self._dates.get(key)
        if found is None:
            words = [(place - begin, sort) for place, sort in self.date_words[first:last]]
            found = find_dates(
                self.folded[begin:end], anchor, begin, words, lambda unit: self._date_before(begin, anchor, unit)
            )
            self._dates[key] = found
        return found

    def _date_before(self, begin: int, anchor: str | None, unit: str) -> When | None:
        """The last date told in the two sentences before an offset; for a unit ("day", "year") one a little farther."""
        index = bisect_left(self._firsts, self.token_at(begin))
        for n in range(index - 1, max(-1, index - 1 - (_FAR_BEFORE if unit else 2)), -1):
            span = self.spans[n]
            if span[1] > begin:
                continue
            found = find_dates(self.folded[span[0] : span[1]], anchor, span[0])
            if n < index - 2 or unit == "day":
                found = [when for when in found if len(when.value) == 10]
            if found:
                return found[-1]
        return None

    def sentence_of(self, token: int) -> int:
        """The number of the sentence a token stands in."""
        return bisect_right(self._firsts, token) - 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets of the tokens ``[start, end)``."""
        return self._begins[start], self._begins[end - 1] + len(self._words[end - 1])

    def printed(self, start: int, end: int) -> str:
        """The words of the tokens ``[start, end)`` as printed, white space made single."""
        if end - start < 2:
            return self._words[start].strip() if start < end else ""
        return " ".join(self.text[self._begins[start] : self._begins[end]].split())

    def _is_no_office(self, k: int) -> bool:
        """Whether a title is part of a rank or role: "|President|'s Counsel X", "the keynote |speaker|"."""
        if self.low[k] == "president":
            return self.low[k + 1 : k + 3] == ["'s", "counsel"]
        if k and self.low[k - 1] in _BEFORE_VERBS and not _ARTICLES.isdisjoint(self.low[k + 1 : k + 2]):
            return True  # "will also |co-chair| the forum"
        return self.low[k] == "speaker" and k > 0 and self.low[k - 1] in _NO_OFFICES

    def _of_a_continent(self, k: int) -> bool:
        """Whether the word at ``k`` makes the name behind it that of many peoples: "|Latin| American leaders"."""
        return self.low[k] in _PARTS_OF_CONTINENTS and self.tokens.words[k][0].isupper()

    def _place_hits(self) -> None:
        starts, words = self._begins, self._words
        size = len(starts)
        regions: list[Hit] = []
        others = set[str]()
        for layer, index in ((NAMES, self.entities), (TITLES, self.heads)):
            for hit in self.layers[layer]:
                if hit.sense.type == "region":
                    regions.append(hit)
                    continue
                first = bisect_left(starts, hit.start)
                if hit.sense.type == "organisation" and self._of_a_state(first):
                    continue
                if hit.sense.exact and self.low[first - 1] == "(" and self._stands_for_others(first, hit.sense.value):
                    others.add(self.folded[hit.start : hit.end])
                if hit.sense.type == "demonym" and first and self._of_a_continent(first - 1):
                    continue
                if layer == TITLES and first < size and self._is_no_office(first):
                    continue
                if first < size and starts[first] == hit.start:
                    last = first
                    while last < size and (end := starts[last] + len(words[last])) < hit.end:
                        last += 1
                    if end > hit.end and hit.sense.type in ("country", "demonym", "organisation"):
                        self.compounds.setdefault(first, []).append(hit.sense.value)
                    if end == hit.end or layer == TITLES:
                        index[first] = (hit, last + 1)
                elif layer == TITLES and self.folded[starts[first - 1] : hit.start].rstrip("-") in self.lexicon.former:
                    if first and first - 1 not in index:
                        index[first - 1] = (hit, self.token_at(hit.end))
                        self.prefixed.add(first - 1)
                elif layer == NAMES and self.low[first - 1].partition("-")[0] in _PARTS_OF_CONTINENTS:
                    continue  # "the Ibero-American summit"
                elif layer == NAMES and hit.sense.type in ("country", "demonym", "organisation"):
                    self.compounds.setdefault(first - 1, []).append(hit.sense.value)
                elif layer == NAMES and hit.sense.type == "place":
                    self._place_capitals(first - 1)

        for hit in regions:
            self._place_region(hit)
        if others:
            self.entities = {
                k: (hit, end)
                for k, (hit, end) in self.entities.items()
                if self.folded[hit.start : hit.end] not in others
            }
        for first in [k for k in self.entities if self.low[k] == "the" and k + 1 in self.heads]:
            self.entities.setdefault(first + 1, self.entities.pop(first))  # "The | UN special envoy"
        if not _HALVES.isdisjoint(self.vocabulary):
            self._place_halves()
        self._place_namesakes()

    def _place_namesakes(self) -> None:
        """Take the name of a country for the place abroad that bears it too, where towns or offices tell so.

        So it is all over a text that tells nothing of the country besides.
        """
        lands = {hit.sense.value for hit, _ in self.entities.values()} & self.lexicon.namesakes.keys()
        for land in sorted(lands):
            place = self.lexicon.namesakes[land]
            named = [(k, hit, end) for k, (hit, end) in self.entities.items() if hit.sense.value == land]
            bare = [(k, hit, end) for k, hit, end in named if hit.sense.type == "country" and end == k + 1]
            meant = [row for row in bare if self._is_namesake(row[0], place)]
            if meant and len(bare) == len(named) and not self._tells_of(land):
                meant = bare
            for k, hit, end in meant:
                self.entities[k] = (Hit(hit.start, hit.end, place), end)

    def _is_namesake(self, k: int, place: Sense) -> bool:
        """Whether a town or an office beside a name tells that a place abroad is meant.

        "Atlanta, |Georgia|", "|Georgia| Governor X", "the governor of |Georgia|".
        """
        low, places = self.low, self.lexicon.authority.places
        behind = k + 1 + (low[k + 1 : k + 2] == ["'s"])
        told = any(" ".join(low[behind : behind + n]) in _OF_PARTS for n in (1, 2, 3))
        if told or (k > 1 and low[k - 1] in ("of", "from") and low[k - 2] in _PARTS_OF_STATES):
            return True
        town = next((self.entities[n][0] for n in (k - 2, k - 3) if n in self.entities), None)
        beside = town is not None and low[k - 1] == "," and town.sense.type == "place"
        return beside and town is not None and places[town.sense.value].country == places[place.value].country

    def _tells_of(self, land: str) -> bool:
        """Whether a town of a country is named."""
        places = self.lexicon.authority.places
        named = (hit.sense.value for hit, _ in self.entities.values() if hit.sense.type == "place")
        return any(places[value].country == land for value in named)

    def _place_halves(self) -> None:
        """Take "the North", "the South" for the halves of a land, where the text names both in full."""
        countries, halves = self.lexicon.authority.countries, dict[tuple[str, str], Hit]()
        for hit, _ in self.entities.values():
            if hit.sense.type == "country" and hit.sense.value in countries:
                half, _, land = countries[hit.sense.value].label.lower().partition(" ")
                if half in _HALVES:
                    halves[half, land] = hit
        lands = [land for half, land in halves if half == "north" and ("south", land) in halves]
        for k in self.tokens.capitals if len(lands) == 1 else ():
            behind = self.tokens.words[k + 1 : k + 2] or [""]
            alone = k and self.low[k - 1] == "the" and behind[0] != "of" and not behind[0][:1].isupper()
            if self.low[k] in _HALVES and alone and k not in self.entities:
                known = halves[self.low[k], lands[0]]
                self.entities[k] = (Hit(self._begins[k], self.tokens.end(k), known.sense), k + 1)

    def _place_capitals(self, k: int) -> None:
        """Take capitals joined in one token for their states: "the Belgrade-Pristina dialogue"."""
        states = [self.lexicon.capitals.get(part, "") for part in self.tokens.words[k].split("-")]
        if len(states) > 1 and all(states):
            self.compounds.setdefault(k, []).extend(states)

    def _place_region(self, hit: Hit) -> None:
        """Take the adjective of a region for its states, if their officers or the states follow: "Baltic ministers"."""
        last = bisect_right(self.tokens.starts, hit.end - 1) - 1
        for k in range(last + 1, min(last + 5, len(self.low))):
            head = self.heads.get(k)
            if self.low[k] in _OF_REGIONS or (head is not None and head[0].sense.type == "titles"):
                self.compounds.setdefault(last, []).extend(hit.sense.value.split("|"))
                return
            if not self.low[k].isalpha() or self.tokens.words[k][0].isupper():
                return

    def _stands_for_others(self, k: int, known: str) -> bool:
        """Whether an acronym in brackets is of the words before it, and no known body's: "Staff Talks (|ST|)"."""
        body = self.lexicon.authority.organisations.get(known)
        letters, words, at = self.tokens.words[k], list[str](), k - 2
        while at >= 0 and len(words) < len(letters) and k - at < _AHEAD:
            if self.tokens.words[at][0].isupper():
                words.append(self.low[at])
            at -= 1
        if body is None or "".join(word[0] for word in reversed(words)) != letters.lower():
            return False
        return not any(word in name.lower() for name in (body.label, *body.aliases) for word in words)

    def _of_a_state(self, first: int) -> bool:
        """Whether the body named at ``first`` is another: a "National Security Council" is not the UN's."""
        if first < 2:
            return first > 0 and self.low[0] in _OF_STATES and self.tokens.words[0][0].isupper()
        longer = self.low[first - 1] == "and" and {self.low[first - 2], self.low[first]} <= self.lexicon.portfolio
        return longer or (self.low[first - 1] in _OF_STATES and self.tokens.words[first - 1][0].isupper())
