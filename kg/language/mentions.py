"""Mentions: the people, offices, countries and bodies a sentence speaks of, titles and names read together.

The grammar is that of news English: a name stands beside its title ("President of the Republic of Angola Joao
Lourenco", "Santosh Jha, High Commissioner of India to Sri Lanka"), several titles may share a name, and a plural title
several names.
"""

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise

from kg.iris import fold
from kg.language.names import SHOUTED
from kg.language.posts import PostReader
from kg.language.text import Mention, Text
from kg.language.words import words

_PEOPLE = words("grammar", "people_of_states")
_FUNDS = words("grammar", "capital_nouns")
_SETTLEMENTS = words("grammar", "settlements")
_BEARINGS = words("grammar", "bearings")
_BEFORE_TOWNS = words("grammar", "before_towns")
_LONGEST_LAY = 5
"""Tokens between a people and "of" before the name of a town of theirs."""
_TO_PLACES = words("grammar", "before_places")
_UNNAMED = words("grammar", "unnamed_people")
_SENT = _PEOPLE - words("grammar", "state_organs")
_DELEGATIONS = words("grammar", "delegations")
_LISTS = words("grammar", "verbs_of_including") | {":"}
_FROM_LAND = (["of"], ["of", "the"], ["from"])
_TO_TAKER = 6
"""Tokens from the name of a post to "to" before whoever gets it."""
_OPENING = 5
"""Tokens up to the office that opens a list of those who hold it."""
_FROM = words("grammar", "before_origins") | {"of"}
_VISITING = words("grammar", "visiting_verbs")
_NO_MODIFIERS = (
    words("grammar", "joins")
    | words("grammar", "before_no_subject")
    | words("grammar", "auxiliaries")
    | words("gatherings", "articles")
    | {"'s"}
)


def find_mentions(text: Text) -> None:
    """Fill ``text.mentions``, a row a sentence, each in the order of the text."""
    starts = text.starts
    parser = Parser(text)
    begin = 0
    for first, last in text.sentences:
        end = bisect_left(starts, last, begin)
        text.mentions.append(parser.parse(first, last, starts[begin:end]) if begin < end else [])
        begin = end


class Parser(PostReader):
    """Reads the mentions of a text sentence by sentence, left to right."""

    def parse(self, first: int, last: int, starts: list[int]) -> list[Mention]:
        """Return the mentions of the sentence ``[first, last)`` in order; they begin at some of ``starts``."""
        self.first, self.last = first, last
        self.out = []
        listed = self._listed(first)
        done = self._named(first, [], end=listed) if listed else first
        for i in starts:
            if i >= done and (after := self._at(i) or i + 1) > done:
                done = after
        for k, mention in enumerate(self.out):
            for title in mention.titles:
                if title.plural and title.of:
                    self._pair(k, title)
                    break
            if mention.type == "person" and mention.titles and not mention.predicative:
                self._go_without(k, mention)
            if mention.type == "office" and self._is_visiting(mention):
                mention.type, mention.titles = "guest", []
        self._give_listed()
        self._give_posts()
        return self.out

    def _give_posts(self) -> None:
        """Give an office to whom its post is told to go: "the post of |minister| has gone to |X|"."""
        for office, person in pairwise(self.out):
            if person.type != "person" or not (office.predicative and office.type == "office"):
                continue

            before = person.start - 1
            if self.low[before] != "to" or self.low[office.start - 1 - (self.low[office.start - 1] == "the")] != "of":
                continue
            if before - office.end < _TO_TAKER:
                person.titles = [*person.titles, *office.titles]
                office.titles, office.type = [], "gone"
        if any(m.type == "gone" for m in self.out):
            self.out = [m for m in self.out if m.type != "gone"]

    def _is_visiting(self, m: Mention) -> bool:
        """Whether an office is only what a guest is called, of whom was told before: "the |visiting minister|"."""
        title = m.titles[0]
        visiting = not _VISITING.isdisjoint(self.low[m.start - 1 : m.end])
        return visiting and len(m.titles) == 1 and title.of is None and not title.plural and not title.counterpart

    def _give_listed(self) -> None:
        """Give those of a list, each with his country, the office that opens it: "The envoys are |A of X, B (Y)|"."""
        if _LISTS.isdisjoint(self.low[self.first + 1 : self.first + _OPENING + 1]):
            return
        opening = range(self.first, min(self.first + _OPENING, self.last - 1))
        h = next((k for k in opening if self.low[k].removesuffix("s") in self.lex.heads), self.last)
        if self.low[h + 1] not in _LISTS or not self.low[h].endswith("s"):
            return
        title = self._title(h, self.first)
        for person in self.out:
            if person.origin and not person.titles:
                person.titles = [replace(title, of=person.origin, plural=False)]
        for person, land in pairwise(self.out):
            at_home = self.low[person.end : land.start] in _FROM_LAND and land.value in self.lex.authority.countries
            if at_home and person.type == "person" and not person.titles and land.type == "body":
                person.titles = [replace(title, of=land.value, plural=False)]

    def _at(self, i: int) -> int | None:
        """Record what begins at token ``i``; return the token after it, if anything does."""
        text, low, words = self.t, self.low[i], self.words
        after = None
        if low == "vice" and i + 1 < self.last and words[i - 1] == "," and words[i + 1][0].isupper():
            after = self._vice(i)
        if after is None and i in text.heads:
            after = self._titled(i)
        if after is None and i in text.entities:
            after = self._entity(i)
        if after is None and words[i][0].isupper():
            if (low in self.lex.honorific_starts or low in SHOUTED) and self._past_honorifics(i) > i:
                after = self._honoured(i)
            if after is None:
                after = self._capital(i)
        if after is None and i in text.anaphors:
            sort, after = text.anaphors[i]
            self.out.append(Mention(sort, i, after))
        if after is None and i in text.compounds:
            behind = self._past_people(i + 1)
            behind = i + 1 if self.low[behind] in ("'", "'s") else behind
            for body in text.compounds[i]:
                organ = behind > i + 1
                self.out.append(Mention("body", i, behind, value=body, adjective=not organ, organ=organ))
            after = behind
        return after

    def _entity(self, i: int) -> int | None:
        hit, end = self.t.entities[i]
        kind = hit.sense.type
        if kind == "country" and end < self.last and self.words[end] == "$" and self.words[end - 1].isupper():
            return end  # "US$50 million", not "promised Nepal $50 million"
        if kind == "person":
            if end < self.last and self.low[end] in self.lex.institutions:
                return end + 1  # a hospital named after somebody is nobody
            return self._named(i, [])
        if kind == "agreement":
            return end
        if kind == "place" and end == i + 1 and self._forename(i):
            name = self._name_end(i, titled=False)
            there = self.low[i - 1] == "in" and name > end + 1  # "at the talks |in Oslo| X Y, minister of Z, said"
            known = name > end + 1 and fold(self.words[end]) in self.lex.name_words  # "Mary Lou X"
            if name > end and not there and (known or self._titled_after(name)):  # "Santiago X, foreign minister of Y"
                return self._named(i, [], end=name)
        if kind == "place":
            state = self._government(i, end)
            self.out.append(Mention("body" if state else "place", i, end, value=state or hit.sense.value))
            return end
        if "capital" in self.low[end : end + 2] and self._is_capital(
            end + (self.low[end] == "'s")
        ):  # "in the Kazakh capital", "in Chad's capital"
            end += 1 + (self.low[end] == "'s")
            self.out.append(Mention("body", i, end, value=hit.sense.value))
            return end
        if kind == "country" and (capital := self._capital_of(i, end)) is not None:
            self.out.append(Mention("body", capital, end, value=hit.sense.value))
            return end
        if kind == "demonym" and (town := self._town_of(i, end)) > end:
            self.out.append(Mention("body", i, town, value=hit.sense.value))
            return town
        behind = self._past_people(end, noun=kind == "country")
        adjective = kind == "demonym" and behind == end
        organ = behind > end or self._behind_people(i)
        self.out.append(Mention("body", i, behind, value=hit.sense.value, adjective=adjective, organ=organ))
        return behind

    def _is_capital(self, k: int) -> bool:
        """Whether the word at ``k`` is the capital of a country whose town is not named, and no funds."""
        if k >= self.last or self.low[k] != "capital" or self.words[k] != "capital":
            return False
        after = k + 1 + (self.low[k + 1] == ",")
        return after not in self.t.entities and self.low[k + 1] not in _FUNDS

    def _capital_of(self, i: int, end: int) -> int | None:
        """Where "capital of" begins before a country at ``i``, whose town is not named: "in the |capital of Chad|"."""
        of = i - 1 - (self.low[i - 1] == "the")
        k = of - 1 - (self.low[of - 1] == "city")
        if k < 2 or self.low[of] != "of" or self.low[k] != "capital" or self.words[k] != "capital":
            return None
        before = k - 1 - (self.low[k - 1] == "the")
        after = end + (end < self.last and self.low[end] in (",", "("))
        return k if after not in self.t.entities and self.low[before] in _TO_PLACES else None

    def _town_of(self, i: int, end: int) -> int:
        """Past a town of a people that is no known place: "to the |Peruvian island of Xalupa|"; else ``end``."""
        of = next((k for k in range(end, min(end + _LONGEST_LAY, self.last - 1)) if self.low[k] == "of"), end)
        if of == end or self.low[of - 1] not in _SETTLEMENTS or self.low[of - 1] != self.words[of - 1]:
            return end
        before = i - 1
        while before > self.first and self.low[before] in _BEARINGS:
            before -= 1
        name = of + 1
        while name < self.last and self.words[name][:1].isupper() and name not in self.t.entities:
            name += 1
        told = self.low[before] == "the" and self.low[before - 1] in _BEFORE_TOWNS
        return name if told and name > of + 1 and name not in self.t.entities else end

    def _past_people(self, end: int, *, noun: bool = False) -> int:
        """Past the people behind the name of a body who act for it: "Turkish | officials".

        Behind a ``noun`` what was done is told: "Turkey |massed| troops", but "Turkish armed forces".
        """
        if self.words[end] == "(" and self.words[end + 2] == ")" and end + 2 < self.last:
            within = self._past_people(end + 3)  # "the Caribbean Community (CARICOM) |delegation|"
            return within if within > end + 3 else end
        behind = end
        for k in range(end, min(end + 4, self.last)):
            word = self.low[k]
            if k == end and word in _UNNAMED and word.endswith("s") and self._stands_last(k):
                return k + 1  # "met with G7 |Leaders| today"
            if (word != self.words[k] and not self._people_in_capitals(k)) or word < "a" or word in _NO_MODIFIERS:
                break  # a capital, a mark, a small word
            if word.endswith("ed") and (word in self.lex.verb_forms or (noun and k == end)):
                break  # "Japan |imposed| sanctions on officials"
            if word in self.lex.verbs:
                break  # "Peru |sent| rescue teams"
            if word in _PEOPLE or (word in _UNNAMED and k + 1 < self.last and self.words[k + 1] == self.low[k + 1]):
                behind = k + 1  # "Lao leaders sent", not "Lao leader X"
        return behind

    def _people_in_capitals(self, k: int) -> bool:
        """Whether people who act for a body are printed with a capital, and no name follows: "British MPs visited"."""
        word = self.low[k]
        return word in _PEOPLE and word.endswith("s") and k + 1 < self.last and self.words[k + 1] == self.low[k + 1]

    def _stands_last(self, k: int) -> bool:
        """Whether nothing goes on the name that the capital at ``k`` may end: not in "G7 |Leaders|' Statement"."""
        if k + 1 >= self.last:
            return True
        after = self.words[k + 1]
        return not after[0].isupper() and after not in ("'s", "'", "’") and not self._in_headline()

    def _is_adjective(self, i: int) -> bool:
        """Whether a body is named by its adjective: "a delegation of the |Chadian| parliament"."""
        return i in self.t.entities and self.t.entities[i][0].sense.type == "demonym"

    def _behind_people(self, i: int) -> bool:
        """Whether at ``i`` the body is named of whose people it is told: "officials from | Chad"."""
        before = i - 1 - (i > self.first and self.low[i - 1] == "the")
        if before <= self.first or self.low[before] not in _FROM:
            return False
        who = self.low[before - 1]
        return who in _SENT or (who in _DELEGATIONS and (self.low[before] == "from" or self._is_adjective(i)))
