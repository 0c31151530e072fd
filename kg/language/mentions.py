"""Mentions: the people, offices, countries and bodies a sentence speaks of, titles and names read together.

The grammar is that of news English: a name stands beside its title ("President of the Republic of Angola Joao
Lourenco", "Santosh Jha, High Commissioner of India to Sri Lanka"), several titles may share a name, and a plural title
several names.
"""

from bisect import bisect_left
from dataclasses import replace

from kg.iris import fold
from kg.language.lexicon import LEADERS, Hit
from kg.language.names import FOR_RANK, HOLDING, SHOUTED, TITLES_AS_NAMES, NameReader
from kg.language.text import Mention, Text, Title
from kg.language.words import words

_COPULAS = words("grammar", "copulas")
_DETERMINERS = words("grammar", "determiners")
_ONE_A_COUNTRY = (*LEADERS, "foreign-minister")
_STACKING = words("grammar", "stacking")
_OF_SEVERAL = words("grammar", "verbs_of_several")
_PORTFOLIO_APART = words("offices", "portfolio_apart")
_LEADING = words("grammar", "leading_verbs")
_SIDES = words("grammar", "sides")
_APPOINTING = words("acts", "appointing_verbs")
_CHOOSING = words("acts", "choosing_verbs")
_AHEAD = words("acts", "before_coming")
_TAKING_UP = words("acts", "taking_up")
_FUTURE = words("acts", "future_auxiliaries")
_PARTING = frozenset((",", ";", "and", "who", "that"))
_FARTHEST_CHOICE = 9
"""Tokens at most between a verb of choosing and the office somebody is chosen for."""
_NEGATIONS = words("grammar", "negations")
_POSTS_HELD = words("offices", "posts_held")
_COUNTING = words("presence", "counting_in")
_HOLDING_POSTS = words("offices", "holding_posts")
_POSTED = frozenset(("to", "in"))
_PLAIN_HONORIFICS = words("names", "plain_honorifics")
_NOMINAL = words("acts", "appointing_nouns")
_CALLED = words("names", "callings")
_KIN = words("names", "kin")
_SUCCEEDING = words("acts", "succeeding")
_DONE_BY = words("names", "done_by")
_MET = words("names", "met_with")
_WISHES = words("names", "wishes")
_SAYING = words("grammar", "saying_verbs")
_FORMERLY = words("offices", "formerly")
_MANY = words("grammar", "people_of_states") | {"fellow"}
_OWN = words("groups", "own")
_ITS = words("groups", "its")
_WISHING = words("offices", "wishing_verbs")
_INFINITIVES = words("offices", "holding_infinitives")
_IF = words("offices", "conditions")
_STATES = words("grammar", "words_for_states")
_SAID_OF = words("offices", "said_of")
_PAST = words("grammar", "past_service")
_PAST_HOLDING = words("names", "past_holding_verbs")
_BEFORE_APPOSITIONS = words("names", "before_appositions")
_BEFORE_STACKED = words("offices", "before_stacked")
_SET_BEFORE = words("offices", "set_before")
_AT = ("at", "upon")
"""They open "At the invitation of", which another country's sends."""
_DEPARTMENTS = words("offices", "departments")
_JOINS_IN_NAMES = words("offices", "joins_in_names")
_BEFORE_COUNTRIES = words("offices", "before_countries")
_PEOPLE = words("grammar", "people_of_states")
_FUNDS = words("grammar", "capital_nouns")
_SETTLEMENTS = words("grammar", "settlements")
_BEARINGS = words("grammar", "bearings")
_BEFORE_TOWNS = words("grammar", "before_towns")
_LONGEST_LAY = 5
"""Tokens between a people and "of" before the name of a town of theirs."""
_TO_PLACES = words("grammar", "before_places")
_UNNAMED = words("grammar", "unnamed_people")
_WAS = words("grammar", "forms_of_be_past")
_SENT = _PEOPLE - words("grammar", "state_organs")
_DELEGATIONS = words("grammar", "delegations")
_FROM = words("grammar", "before_origins") | {"of"}
_NO_MODIFIERS = (
    words("grammar", "joins")
    | words("grammar", "before_no_subject")
    | words("grammar", "auxiliaries")
    | words("gatherings", "articles")
    | {"'s"}
)
_ROYAL = ("king", "queen", "sovereign-prince", "emperor", "sultan")  # kinds of office
_APPOSING = (",", "(", "–", "—")
_DASHES = frozenset(("-", "–", "—", ":"))

_WIDEST_JOIN = 6  # tokens
_IN_TERMS = words("offices", "in_terms")
_TERM_WORDS = 8
_YEAR_DIGITS = 4
_MOST_TITLES = 8  # of one person in a row


def find_mentions(text: Text) -> None:
    """Fill ``text.mentions``, a row a sentence, each in the order of the text."""
    starts = text.starts
    parser = Parser(text)
    begin = 0
    for first, last in text.sentences:
        end = bisect_left(starts, last, begin)
        text.mentions.append(parser.parse(first, last, starts[begin:end]) if begin < end else [])
        begin = end


class Parser(NameReader):
    """Reads the mentions of a text sentence by sentence, left to right."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.out: list[Mention] = []
        self.leads = not text.vocabulary.isdisjoint(_LEADING)
        """Whether the text says of anybody that they lead."""
        self.row_met = -1
        """The token behind the last of those who were met or greeted in a row."""

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
        return self.out

    def _go_without(self, k: int, mention: Mention) -> None:
        """Give the office of the first to those behind it in a row: "Mali's President A, Chad's |B|, Benin's |C|".

        It is one that each country has but once, and they go by their countries alone.
        """
        title, out = mention.titles[0], self.out
        known = self.lex.office_kinds[title.kind].top if title.kind else ""
        if len(mention.titles) > 1 or known not in _ONE_A_COUNTRY or not title.of or title.plural or title.counterpart:
            return
        end = mention.end
        for land, person in zip(out[k + 1 :: 2], out[k + 2 :: 2], strict=False):
            owned = land.type == "body" and self.low[land.end : person.start] == ["'s"]
            if not owned or person.type != "person" or person.titles or not self._joined(end, land.start):
                return
            if land.start == end or land.value not in self.lex.authority.countries:
                return
            if person.value and known not in self._offices_known(person.value):
                return  # "President A of X and Y's |B|", who is its prime minister
            person.titles = [replace(title, of=land.value)]
            end = person.end

    def _offices_known(self, keys: str) -> set[str]:
        """The kinds of office that who is who gives somebody."""
        authority = self.lex.authority
        return {authority.offices[t.office].kind for key in keys.split("|") for t in authority.tenures_of(key)}

    def _pair(self, k: int, title: Title) -> None:
        """Give each of those named in one row the office of one of as many countries.

        "The foreign ministers of X and Y, A and B"; "the Polish and German presidents, A and B".
        """
        out, bodies, begin = self.out, [title.of], title.start
        before = k - 1
        while before >= 0 and out[before].type == "body" and self._joined(out[before].end, begin):
            bodies.insert(0, out[before].value)
            begin = out[before].start
            before -= 1
        people = [out[k]] if out[k].type == "person" else []
        end = out[k].end
        for mention in out[k + 1 :]:
            if mention.type not in ("body", "person") or not self._joined(end, mention.start):
                break
            if mention.type == "body" and not people:
                bodies.append(mention.value)
            elif mention.type == "person":
                people.append(mention)
            else:
                break
            end = mention.end
        if len(bodies) > 1 and len(people) == len(bodies):
            for person, body in zip(people, bodies, strict=True):
                own = [t for t in person.titles if not (t.plural and t.text == title.text)]
                person.titles = [*own, replace(title, of=body, plural=False)]
            if people[0] is out[k] and before + 1 < k:
                people[0].start = begin  # "the |Polish and German presidents, A| and B"
                del out[before + 1 : k]

    def _joined(self, end: int, start: int) -> bool:
        """Whether no more than commas, "and" and what goes before names stands between two mentions."""
        return start - end < _WIDEST_JOIN and all(
            w in (",", "and", "the") or w in self.lex.honorific_words for w in self.low[end:start]
        )

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
            behind = i + 1 if self.low[behind : behind + 1] in (["'"], ["'s"]) else behind
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
            if name > end and not there and self._titled_after(name):  # "Santiago X, foreign minister of Y"
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
        behind = self._past_people(end)
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

    def _past_people(self, end: int) -> int:
        """Past the people behind the name of a body who act for it: "Turkish | officials"."""
        behind = end
        for k in range(end, min(end + 4, self.last)):
            word = self.low[k]
            if k == end and word in _UNNAMED and word.endswith("s") and self._stands_last(k):
                return k + 1  # "met with G7 |Leaders| today"
            if (word != self.words[k] and not self._people_in_capitals(k)) or word < "a" or word in _NO_MODIFIERS:
                break  # a capital, a mark, a small word
            if word.endswith("ed") and word in self.lex.verb_forms:
                break  # "Japan |imposed| sanctions on officials"
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

    def _in_headline(self) -> bool:
        """Whether this is the headline, where capitals tell nothing."""
        return self.t.article.title is not None and self.t.sentences[0][0] == self.first

    def _behind_people(self, i: int) -> bool:
        """Whether at ``i`` the body is named of whose people it is told: "officials from | Chad"."""
        before = i - 1 - (i > self.first and self.low[i - 1] == "the")
        if before <= self.first or self.low[before] not in _FROM:
            return False
        who = self.low[before - 1]
        return who in _SENT or (self.low[before] == "from" and who in _DELEGATIONS)

    def _honoured(self, i: int) -> int | None:
        j = self._past_honorifics(i)
        if j + 1 < self.last and self.words[j] == "," and j + 1 in self.t.heads:
            j += 1  # "His Highness, Crown Prince …"
        if j >= self.last:
            return None
        named = self.low[j] in TITLES_AS_NAMES and self._plainly_styled(j)  # "Dr. Sultan X"
        if (j in self.t.heads or self.low[j] in self.lex.heads) and not named:
            return j
        end = self._name_end(j, titled=True)
        return self._named(j, [], start=i, end=end) if end > j else None

    def _plainly_styled(self, j: int) -> bool:
        """Whether the honorific before ``j`` is one that no sovereign has."""
        return self.low[j - 1 - (self.words[j - 1] == ".")] in _PLAIN_HONORIFICS and self._runs_on(j)

    def _capital(self, i: int) -> int | None:
        """A run of capitalised words that is nobody known: a person if its first word is somebody's name."""
        if self.low[i] in self.lex.never or not self._runs_on(i):
            return None
        end = self._name_end(i, titled=False)
        if end - i < 2 or (len(self.words[end - 1]) > 3 and self.words[end - 1].isupper()):
            return None
        if self._titled_after(end) or self._shown(i, end):
            return self._named(i, [], end=end)
        if self._is_put(i) and self._put_into(i, end):
            return self._named(i, [], end=end)
        if (
            i == self.first
            and self._put_as(end)
            and any(k in self.t.heads for k in range(end + 1, min(end + 8, self.last)))
        ):
            return self._named(i, [], end=end)  # of a list: "X Y as next High Commissioner to Z;"
        if i - 1 > self.first and self.low[i - 1] == "of" and self.low[i - 2] in _NOMINAL and self._put_as(end):
            return self._named(i, [], end=end)
        if i > self.first and self._is_followed(i, end):
            return self._named(i, [], end=end)
        first = fold(self.words[i]).split()
        last = fold(self.words[end - 1]).split()
        known = self.lex.name_words
        in_row = self._is_next_met(i, end)
        if not first or not last or (first[0] not in known and not in_row):
            return None
        if last[-1] not in known and not in_row and not self._acts_or_is_met(i, end):
            return None
        if end < self.last and self.low[end] in self.lex.institutions:
            return None
        if end < self.last and self.low[end] in self.lex.portfolio and self.words[end][0].isupper():
            return None  # "Bill Emerson Humanitarian Trust"
        if any(self.low[k] in self.lex.portfolio for k in range(i, end)):
            return None
        return self._named(i, [], end=end)

    def _is_followed(self, i: int, end: int) -> bool:
        """Whether capitals ``[i, end)`` are whose office goes to another: "succeeding X Y", "took over from X Y"."""
        low, lex = self.low, self.lex
        if low[i - 1] not in _SUCCEEDING and not (low[i - 1] == "from" and low[i - 2] == "over"):
            return False
        taken = any(low[k] in lex.portfolio or low[k] in lex.institutions or low[k] in lex.never for k in range(i, end))
        return not taken and end - i < 5 and not any(k in self.t.entities for k in range(i, end))

    def _acts_or_is_met(self, i: int, end: int) -> bool:
        """Whether somebody named ``[i, end)`` acts, or is met: "led by X Y", "met X Y", "X Y said"."""
        low, before = self.low, i - 1
        if end < self.last and low[end] in _SAYING:
            return True
        if before <= self.first:
            return False
        met = low[before] in _MET or (low[before] == "by" and low[before - 1] in _DONE_BY)
        met = met or (low[before] == "to" and low[before - 1] in _WISHES)
        if met:
            self.row_met = end
        return met

    def _is_next_met(self, i: int, end: int) -> bool:
        """Whether the name goes on a row of those who were met or greeted: "congratulated X Y, |V W|"."""
        before = i - 1
        before -= self.low[before] == "and" and self.low[before - 1] == ","
        if before != self.row_met or self.low[before] not in (",", "and") or end - i > 3:
            return False
        self.row_met = end
        return True

    def _put_as(self, end: int) -> bool:
        """Whether behind the name that ends before ``end``, and its bearer's country, an office is given with "as"."""
        if self.low[end : end + 1] == ["of"] or self.words[end : end + 1] == ["("]:
            found = self.t.entities.get(end + 1 + (self.low[end + 1 : end + 2] == ["the"]))
            if found is None or found[0].sense.type != "country":
                return False
            end = found[1] + (self.words[end] == "(")
        return self.low[end : end + 1] == ["as"]

    def _stands_alone(self, i: int, end: int) -> bool:
        """Whether capitals ``[i, end)`` go on nothing before them and are those of one ("Fellows, who" are many)."""
        before = self.words[i - 1] if i > self.first else ""
        return (
            not before[:1].isupper()
            and before != "'s"
            and self.low[end - 1].removesuffix("s") not in self.lex.heads | _MANY
        )

    def _shown(self, i: int, end: int) -> bool:
        """Whether capitals ``[i, end)`` are shown to be a name: "doctor X Y", "X Y (Chad)", "X Y of Sudan"."""
        low, lex = self.low, self.lex
        called = i > self.first and low[i - 1] in _CALLED and self.words[i - 1][0].islower()
        called = called or (low[end : end + 2] == [",", "who"] and self._stands_alone(i, end))
        if not called and (end + 1 >= self.last or low[end] not in ("(", "of")):
            return False
        if any(low[k] in lex.portfolio or low[k] in lex.institutions or low[k] in lex.never for k in range(i, end)):
            return False
        if called:
            return True
        k = end + 1 + (low[end + 1] == "the")
        found = self.t.entities.get(k)
        if found is None or found[0].sense.type != "country":
            return False
        known = sum(1 for n in range(i, end) if fold(self.words[n]) in lex.name_words)
        return known > 0 and (low[end] == "of" or (found[1] < self.last and self.words[found[1]] == ")"))

    def _named(self, i: int, titles: list[Title], *, start: int | None = None, end: int | None = None) -> int:
        """Record the person whose name begins at ``i``, with what follows the name; return the token after."""
        if start is None and not titles and self.words[i - 1] == "/" and "(" in self.words[max(self.first, i - 4) : i]:
            return self._name_end(i, titled=False) if end is None else end  # of a picture: "(Xinhua/|X Y|)"
        known = ""
        if i in self.t.entities and self.t.entities[i][0].sense.type == "person":
            known = self.t.entities[i][0].sense.value
        end = self._name_end(i, titled=bool(titles)) if end is None else end
        mention = Mention(
            "person", titles[0].start if titles else i if start is None else start, end, (i, end), titles, known
        )
        self.out.append(mention)
        mention.end = self._after_name(mention, end)
        if (
            titles
            and self.words[i - 1] in _DASHES
            and mention.end + 1 < self.last
            and self.words[mention.end] in _DASHES
        ):
            mention.end += 1  # "the minister – X – met"
        if self.leads and any(t.of is None for t in mention.titles) and (side := self._side_led(mention)):
            for title in mention.titles:
                title.of = title.of or side
        return mention.end

    def _side_led(self, mention: Mention) -> str | None:
        """The country whose delegation somebody is said to lead: "X led the Y side", "the Y side was led by X".

        So does one who led talks "from the Y side", or "from the side of Y".
        """
        low, end = self.low, mention.end
        leads = "from" in (low[end : end + 1] if low[end : end + 1] != [","] else low[end + 1 : end + 2])
        for k in range(end, min(end + 9, self.last)):
            leads = leads or low[k] in _LEADING
            found = self.t.entities.get(k) if leads else None
            sided = found and (low[found[1] : found[1] + 1] or [""])[0] in _SIDES
            if found and (sided or (low[k - 1] == "of" and low[k - 2] in _SIDES)):
                return self._country(found[0])
        by = mention.start - 1 - (low[mention.start - 1] == "the")
        if by <= self.first or low[by] != "by" or low[by - 1] not in _LEADING:
            return None
        side = next((k for k in range(by - 2, max(self.first, by - 6), -1) if low[k] in _SIDES), self.first)
        before = (self.t.entities.get(k) for k in range(side - 1, max(self.first - 1, side - 4), -1))
        return next((self._country(found[0]) for found in before if found and found[1] == side), None)

    def _country(self, hit: Hit) -> str | None:
        """The country that a name, or the adjective of its people, stands for."""
        return hit.sense.value if hit.sense.type in ("country", "demonym") else None

    def _after_name(self, mention: Mention, end: int) -> int:
        """Read "of COUNTRY" and appositions after a name."""
        office = self._put_into(mention.start, end) if self._is_put(mention.start) else None
        if office is not None:
            self._inherit(office)
            mention.titles = [*mention.titles, office]
            return office.end
        end = self._of_body(mention.titles, end)
        if end < self.last and self.words[end] == "(":
            close = next((k for k in range(end + 1, min(end + 8, self.last)) if self.words[k] == ")"), None)
            if close and not any(k in self.t.heads for k in range(end + 1, close)):
                self._bracketed(mention.titles, end + 1, close)
                end = self._of_body(mention.titles, close + 1)
        return self._apposition(mention, end)

    def _bracketed(self, titles: list[Title], first: int, last: int) -> None:
        """Read country or portfolio in brackets behind a name: "X (Chad)", "Ministers X (Health) and …"."""
        found = self.t.entities.get(first + (self.low[first] == "the"))
        for title in titles:
            if found and found[1] == last and found[0].sense.type == "country":
                title.of = title.of or found[0].sense.value
            elif fold(title.text) in _PORTFOLIO_APART and self._run(first) == last:
                title.text = f"{title.text.removesuffix('s')} of {self.t.printed(first, last)}"
                title.kind = self._kind_of(title.text)

    def _is_put(self, i: int) -> bool:
        """Whether a verb of appointing stands before ``i``, or before the calling there: "appointed lawyer | X"."""
        if i > self.first and self.low[i - 1] in _APPOINTING:
            return True
        return i - 1 > self.first and self.words[i - 1].islower() and self.low[i - 2] in _APPOINTING

    def _put_into(self, i: int, end: int) -> Title | None:
        """The office that somebody named from ``i`` to ``end`` is put into without "as": "named X | envoy to Y"."""
        if end + 1 >= self.last:
            return None
        n = end + 2 * (self.low[end : end + 2] == ["to", "be"])
        n += n < self.last and self.low[n] in _DETERMINERS
        title = self._title_from(n, after_name=True) if n < self.last else None
        if title is None or title.plural or not (title.kind or _POSTED.intersection(title.text.split())):
            return None
        return None if self._leads_to_name(title.end) else title

    def _of_department(self, titles: list[Title], end: int) -> int:
        """Read "Secretary NAME of the United States Department of the Treasury"."""
        n = end + 1 + (self.low[end + 1 : end + 2] == ["the"])
        found = self.t.entities.get(n)
        k = found[1] if found and found[0].sense.type == "country" else n
        if k + 2 >= self.last or self.low[k] not in _DEPARTMENTS or self.low[k + 1] not in ("of", "for"):
            return end
        stop = self._run(k + 2 + (self.low[k + 2] == "the"))
        for title in titles:
            if fold(title.text) in _PORTFOLIO_APART:
                title.text = f"{title.text} {self.t.printed(k + 1, stop)}"
                title.kind = self._kind_of(title.text)
            elif self.low[end] != "of" and title.text:  # "Director-General X from the Ministry of Y"
                title.text = f"{title.text} in the {self.t.printed(k, stop)}"
                title.kind = self._kind_of(title.text)
            title.of = title.of or (found[0].sense.value if found else None)
        return stop

    def _of_body(self, titles: list[Title], end: int) -> int:
        if titles and end + 1 < self.last and self.low[end] in _FROM:
            stop = self._of_department(titles, end)
            if stop > end:
                return stop
        if titles and end + 1 < self.last and self.low[end] == "of":
            k = end + 1 + (self.low[end + 1] == "the")
            if k in self.t.entities and self.t.entities[k][0].sense.type == "country":
                hit, after = self.t.entities[k]
                if after < self.last and self.low[after] == "'s":
                    return end
                for title in titles:
                    title.of = title.of or hit.sense.value
                return after
            return self._of_organisation(titles, k, end)
        return end

    def _of_organisation(self, titles: list[Title], k: int, end: int) -> int:
        """Read "President NAME of the European Commission"."""
        found = self.t.entities.get(k)
        if (
            found is None
            or found[0].sense.type != "organisation"
            or any(t.of or t.kind == "ambassador" for t in titles)
        ):
            return end
        after = found[1]
        if after < self.last and (self.low[after] == "'s" or self.words[after][0].isupper()):
            return end
        for title in titles:
            longer = f"{title.text} {self.t.printed(end, after)}"
            title.of = found[0].sense.value
            if (kind := self._kind_of(longer)) is not None:
                title.text, title.kind = longer, kind
        return after

    def _apposition(self, mention: Mention, end: int) -> int:
        """ ", TITLE …", ", who is also the TITLE", ", of Ohio, to be TITLE" after a name."""
        words, low = self.words, self.low
        k = end
        titles: list[Title] = []
        while k + 1 < self.last and (words[k] in _APPOSING or (titles and low[k] == "and")):
            n = k + 1 + (words[k] == "," and low[k + 1] == "and")
            if not titles and words[k] == "," and words[n].isdigit() and words[n + 1 : n + 2] == [","]:
                k = n + 1  # "X, 48, a former minister"
                continue
            if not titles and words[past := self._past_degree(n)] == "," and past > n:
                k = past  # "X, Ph.D., chair of"
                continue
            if not titles and self._tells_origin(n):
                comma = next((m for m in range(n + 1, min(k + 9, self.last)) if words[m] == ","), None)
                if comma is None:
                    break
                k = comma
                continue
            title = self._apposed(n, mention, titles[-1] if titles and low[k] == "and" else None)
            if title is None:
                break
            titles.append(title)
            k = title.end
        if not titles:
            return end
        mention.titles = mention.titles + titles
        return k

    def _past_degree(self, n: int) -> int:
        """Past what stands behind a name and is no part of it: "Ph.D."."""
        stop = n + 4 if self.words[n + 1] == "." and self.words[n + 3] == "." else n + 1
        return stop if "".join(self.low[n:stop]) in self.lex.postnominals else n

    def _tells_origin(self, n: int) -> bool:
        """Whether at ``n`` it is told where somebody is from: ", of | Ohio, to be …"."""
        return (
            n + 1 < self.last and self.low[n] == "of" and (self.words[n + 1][0].isupper() or self.low[n + 1] == "the")
        )

    def _apposed(self, n: int, mention: Mention, joined: Title | None) -> Title | None:
        """The title of an apposition whose words begin at ``n``.

        ``joined``: the title before, where "and" joins the two.
        """
        low, begun, told = self.low, self.low[n - 1], self.low[n] in _DETERMINERS
        when, n = self._time_told(n)
        while n < self.last and low[n] in _BEFORE_APPOSITIONS:
            n += 1
        if n < self.last and low[n] in _STATES:
            n = self._past_state(n)
        if n >= self.last:
            return None
        bare, untitled = low[n - 1] not in _DETERMINERS, not mention.titles
        title = self._title_from(n, after_name=untitled or not bare)  # else a name may follow: "TITLE X, TITLE Y"
        if title is not None and title.end + 1 < self.last and low[title.end] == "'s":
            following = self._title_from(title.end + 1, after_name=True)
            if following is not None:  # "the UN Secretary-General's Special Envoy"
                following.of = following.of or title.of
                title = following
        proposed = when == "incoming" or (joined is not None and joined.proposed)
        if title is None or not (proposed or self._closes(title.end, bare=bare, untitled=untitled)):
            return None
        if bare and low[title.end : title.end + 1] and low[title.end] in _OF_SEVERAL:
            return None  # "Minister X, Y's foreign minister |discuss| trade"
        unjoined = begun == "and" and told and mention.titles and low[n - 3 : n - 1] == [",", "and"]
        if unjoined and low[title.end] == "," and (title.end + 1 in self.t.heads or self._leads_to_name(title.end)):
            return None  # "Minister X, and the Commissioner for Y, Ambassador Z"
        if title.counterpart and begun == "and":
            return None  # "X, ambassador of Y, and his counterpart, Z"
        if title.plural and bare and title.printed.split()[-1].islower():
            return None  # "X, regional ministers and officials"
        if mention.titles and not bare and self._known_elsewhere(title, (mention.name or (n, n))[0]):
            return None  # "Prime Minister X, the Emir of Y, and President Z"
        if mention.titles and not bare and self._one_of_leaders(mention, title):
            return None
        if title.of is None:
            self._inherit(title)
        elif title.plural:
            self._share_behind(title)
        title.proposed = (when == "incoming" and not told) or bool(joined and joined.proposed)
        title.when = when or (joined.when if joined and joined.when == "incoming" else title.when)
        self._body_after(title)
        return title

    def _one_of_leaders(self, mention: Mention, title: Title) -> bool:
        """Whether a list of leaders goes on behind somebody's name with one unnamed, and then with others.

        "Prime Minister X, |the Emir of Y|, and President Z".
        """
        kinds = {t.kind for t in mention.titles if t.kind and self.lex.office_kinds[t.kind].top in _ONE_A_COUNTRY}
        if title.of is None or not kinds or self.low[title.end : title.end + 2] != [",", "and"]:
            return False
        led = title.kind is not None and self.lex.office_kinds[title.kind].top in _ONE_A_COUNTRY
        return led and self._title_from(title.end + 2) is not None

    def _time_told(self, n: int) -> tuple[str, int]:
        """When the words at ``n`` put the office that follows ("who was", "to be"), and the token after them."""
        low = self.low
        if n + 2 < self.last and low[n] == "who" and low[n + 1] in HOLDING:
            return "former" if low[n + 1] in _PAST_HOLDING else "", self._past_age(n + 2)
        if low[n : n + 2] == ["to", "be"]:
            return "incoming", n + 2
        if low[n : n + 4] == FOR_RANK:
            return "incoming", n + 4
        k = n + (low[n] in _DETERMINERS)
        if low[k : k + 2] in (["nominee", "for"], ["nominee", "to"]):
            return "incoming", k + 2 + (low[k + 2 : k + 3] == ["be"])
        return "", n

    def _body_after(self, title: Title) -> None:
        """The body set off by a mark: "Deputy Administrator, United States Agency for International Development"."""
        k = title.end
        if title.of is None and k + 1 < self.last and self.words[k] in (",", "–", "-") and k + 1 in self.t.entities:
            hit, after = self.t.entities[k + 1]
            ends = after >= self.last or not self.words[after][0].isupper()
            if hit.sense.type == "organisation" and ends:
                title.of, title.end = hit.sense.value, after

    def _vice(self, i: int) -> int | None:
        """ ", vice NAME, term expired": whom a nominee is to follow."""
        before = next(
            (m for m in reversed(self.out) if m.type == "person" and any(t.when == "incoming" for t in m.titles)), None
        )
        end = self._name_end(i + 1, titled=True) if before else i + 1
        if before is None or end == i + 1:
            return None
        titles = [
            Title(t.start, t.end, t.text, t.kind, t.of, "former", False, t.printed)
            for t in before.titles
            if t.when == "incoming"
        ]
        self.out.append(Mention("person", i + 1, end, (i + 1, end), titles))
        return end

    def _titled(self, h: int) -> int | None:
        """A title whose head is at ``h``, with the name or names it stands beside."""
        out = self.out
        title = self._title(h, out[-1].end if out and out[-1].type in ("person", "office") else self.first)
        swallowed: list[Mention] = []
        while out and out[-1].start >= title.start and out[-1].type in ("body", "place"):
            swallowed.insert(0, out.pop())
        named = self._named_before(title)
        if named is not None:
            named.titles = [*named.titles, title]
            named.end = title.end
            return title.end
        self._inherit(title)
        unknown = title.kind is None and title.of is None and not (title.counterpart or title.plural)
        if unknown and out and not swallowed and self._official_of(out[-1], title):
            title.of = out[-1].value  # "Oman's top security official, NAME"
        before = self._before(title.start)
        predicative = before >= self.first and (self.low[before] in _COPULAS or self._holds_post(before))
        if predicative and self.low[before] == "as" and self.low[before - 1] == "well":
            predicative = False  # "X as well as the president"
        titles, k = self._row(title, predicative=predicative)
        n = self._skip_to_name(k)
        if title.plural and n == k and k + 1 < self.last and self.words[k] in _DASHES:
            n = k + 1  # "the ambassadors – A of X, B of Y"
        end = self._name_end(n, titled=True) if n < self.last else n
        if end > n and self.words[k] == ",":
            apart = predicative and self.low[before] == "as" and self.low[end : end + 1] == ["as"]
            if apart or self._belongs_to_another(title, n):  # "A as High Commissioner, B as Ambassador"
                end = n
        if end > n and self._of_something_else(title, end):
            return end
        if end > n and (self.words[n][0].isupper() or self.low[n] in self.lex.particles):
            return self._named(n, [], end=end) if self._of_kin(before) else self._beside(titles, n, end)
        if title.plural and k + 2 < self.last:
            listed = max(self._country_list(title, title.of, k), self._row_of_names(title, k))
            if listed > k:
                return listed
        if predicative:
            if self._denied(before):
                return titles[-1].end
            self._tell_time(titles, before)
        elif title.kind is None and not title.counterpart:
            out += swallowed
            if not out or not self._official_of(out[-1], title):
                return None
            out[-1] = Mention("body", out[-1].start, title.end, value=out[-1].value, organ=True)
            return title.end
        sharing = [m.value for m in swallowed if m.type == "body"] if title.plural and len(titles) == 1 else []
        if len(sharing) > 1:  # "Baltic foreign ministers"
            titles = [replace(title, of=of, plural=False) for of in sharing]
        for t in titles:
            out.append(Mention("office", t.start, t.end, titles=[t], predicative=predicative))
        return titles[-1].end

    def _of_kin(self, of: int) -> bool:
        """Whether an office is only told of whose kin somebody is: "the wife of | the Premier of Chad X"."""
        return of > self.first and self.low[of] in ("of", "to") and self.low[of - 1] in _KIN

    def _holds_post(self, of: int) -> bool:
        """Whether "of" leads from a post to the office that somebody has: "held the post | of Director"."""
        low, first = self.low, self.first
        if self._counts_posts(of):
            return True
        if low[of] != "of" or of - 2 < first or low[of - 1] not in _POSTS_HELD:
            return False
        if low[of - 3] == "for":  # "was picked for the post of", "nominated X for the post of"
            return not _CHOOSING.isdisjoint(low[max(first, of - _FARTHEST_CHOICE) : of - 3])
        return not _HOLDING_POSTS.isdisjoint(low[max(first, of - 5) : of - 1])

    def _counts_posts(self, k: int) -> bool:
        """Whether the word at ``k`` leads to the offices somebody had: "her previous posts | include"."""
        return k > self.first and self.low[k] in _COUNTING and self.low[k - 1] in _POSTS_HELD

    def _official_of(self, body: Mention, title: Title) -> bool:
        """Whether a title nobody knows is of the body before it: "Iran's top security | official"."""
        begin = body.end + (self.low[body.end] == "'s")
        if body.type != "body" or body.organ or not (body.end <= title.start or body.start == title.start):
            return False
        if body.start == title.start:
            return True  # "the UN special coordinator for Lebanon"
        lex, between = self.lex, self.low[begin : title.start]
        told = begin > body.end or body.adjective
        return told and all(w in lex.portfolio or w in lex.modifiers or w in lex.skipped for w in between)

    def _row(self, title: Title, *, predicative: bool) -> tuple[list[Title], int]:
        """The titles in a row that share a name ("General Secretary … and President NAME"), and the token after."""
        low, heads = self.low, self.t.heads
        titles = [title]
        done = title.end
        while len(titles) < _MOST_TITLES:
            k = self._past_term(done) if predicative else done
            if k + 1 >= self.last or not (low[k] in _STACKING or k in heads):
                break
            n = k + (k not in heads)
            n += self.words[k] == "," and low[n] == "and"
            n += n < self.last and low[n] in _BEFORE_STACKED
            following = self._title_from(n) if n < self.last else None
            if following is None:
                break
            named = self._leads_to_name(following.end) or (not predicative and self._stacks_on(following.end))
            if low[k] != "and" and named == predicative:
                break  # "appointed as Minister of X, Deputy Minister of Y NAME" speaks of two
            if title.plural and not following.plural and self.words[k] == ",":
                break  # "a meeting of ministers, spokesman NAME said"
            if self.words[k] == "," and any(t.kind and t.kind == following.kind and t.of for t in titles):
                break  # "X, Foreign Minister of Peru, Foreign Minister NAME" speaks of two
            if self.words[k] == "," and self._opened_by(title) and self._acts_behind(following.end):
                break  # "On behalf of the President of X, Minister NAME met"
            if predicative:
                following = self._title_from(n, after_name=True) or following
            if n == k and low[k] in TITLES_AS_NAMES:
                break  # "Chief Executive Officer Sultan X"
            if (n == k + 1 and self._said_of_others(title, following)) or self._reign_apart(title, following):
                break
            ranked = following.kind == "ambassador" and following.of is None and (n == k or title.counterpart)
            if not ranked:  # a rank beside an office
                titles.append(following)
            done = following.end
        return titles, done

    def _past_term(self, k: int) -> int:
        """Past the years of an office, where a list goes on: "ambassador to X |from 2005 to 2009|, director of Y"."""
        n, dated = k, False
        while n < min(self.last, k + _TERM_WORDS) and (self.low[n] in _IN_TERMS or self.low[n].isdigit()):
            dated = dated or (self.low[n].isdigit() and len(self.low[n]) == _YEAR_DIGITS)
            n += 1
        n -= n > k and self.low[n - 1] == "and"
        return n if dated and n < self.last and self.low[n] in (",", "and") else k

    def _opened_by(self, title: Title) -> bool:
        """Whether an office is named in a phrase set before the sentence: "On behalf of | the President of X, …"."""
        low, before = self.low, title.start - 1 - (self.low[title.start - 1] == "the")
        opening = low[self.first : before]
        return before > self.first and low[before] == "of" and opening[0] in _SET_BEFORE and "," not in opening

    def _acts_behind(self, k: int) -> bool:
        """Whether the name behind a title is at once followed by a verb, and so no part of what stands before."""
        n = self._skip_to_name(k)
        end = self._name_end(n, titled=True)
        return end < self.last and self.words[end].isalpha()

    def _beside(self, titles: list[Title], n: int, end: int) -> int:
        """Record whose name ``[n, end)`` stands beside titles, and those who share them; return the token after."""
        title = titles[0]
        if len(titles) == 1 and (chief := self._chief_of(title)) is not None:
            k = self._named(n, [chief], end=end)
            self._serves(title, chief)
            return k
        models = [replace(t) for t in titles] if title.plural else []
        k = self._named(n, titles, end=end)
        if title.plural:
            k = self._name_list(k, titles, models)
            of, after = self._next_country(k)
            k = max(k, self._country_list(title, of, after, self._past_joins(k))) if of else k
        return k

    def _chief_of(self, title: Title) -> Title | None:
        """Whom an adviser serves, where the name behind is the chief's: "Policy Advisor to |President NAME|"."""
        head, to, chief = title.text.rpartition(" to ")
        kind = self._kind_of(chief) if to and head else None
        top = self.lex.office_kinds[kind].top if kind else ""
        if top not in LEADERS:
            return None
        return replace(title, start=title.end - len(chief.split()), text=chief, kind=kind, printed=chief)

    def _to_come(self, copula: int) -> bool:
        """Whether an office is still to be somebody's: "nominated X |as|", "will serve |as|", "is to |become|"."""
        low, first = self.low, self.first
        if "first" in low[copula + 1 : copula + 4]:
            return False  # "will be the first minister to visit Y"
        if low[copula] in ("be", "become") and low[copula - 1] in ("will", "to"):
            if low[copula - 1] == "will" or low[copula - 2] in _AHEAD:
                return True
        elif low[copula] not in ("as", "of"):
            return False
        elif low[copula] == "as" and not _FUTURE.isdisjoint(low[max(first, copula - 3) : copula]):
            return low[copula - 1] in _TAKING_UP
        begin = max(first, copula - _FARTHEST_CHOICE)
        chosen = next((k for k in range(copula - 1, begin, -1) if low[k] in _CHOOSING or low[k] in _PARTING), begin)
        return low[chosen] in _CHOOSING

    def _serves(self, title: Title, chief: Title) -> None:
        """Give the office of an adviser to whoever stands before it: "|NAME|, Policy Advisor to President X"."""
        before = self.out[-2] if len(self.out) > 1 else None
        if before is not None and before.type == "person" and before.end == title.start - 1:
            title.of = title.of or chief.of
            before.titles = [*before.titles, title]

    def _tell_time(self, titles: list[Title], copula: int) -> None:
        """Put offices said of somebody into the time told: "was", "previously served as", ", to be"."""
        low, first = self.low, self.first
        if low[copula - 1 : copula + 1] == ["to", "be"] and self.words[copula - 2] == ",":
            for title in titles:  # "NAME, a career diplomat, to be Ambassador"
                title.when, title.proposed = "incoming", True
        elif not titles[0].counterpart and self._to_come(copula):
            for title in titles:
                title.when = "incoming"
        elif self._counts_posts(copula) or (
            low[copula] != "is"
            and not _PAST.isdisjoint(low[max(first, copula - 3) : copula + 1])
            and _APPOINTING.isdisjoint(low[max(first, copula - 2) : copula + 1])
        ):
            for title in titles:
                title.when = "former"
        elif low[copula] == "as" and low[copula - 1] in _STACKING and (told := self._told_before(copula)) is not None:
            for title in titles:  # "served as ambassador to X from 2010 to 2014, and as governor"
                title.when = told.when

    def _told_before(self, start: int) -> Title | None:
        """The office said of somebody last, nobody named since: "served |as A in Lima|, as B in Rome"."""
        said = next((m for m in reversed(self.out) if m.type in ("office", "person") and m.end <= start), None)
        return said.titles[0] if said is not None and said.predicative else None

    def _before(self, start: int) -> int:
        """The token before a title and its article."""
        low, before = self.low, start - 1
        while before > self.first and (low[before] in _DETERMINERS or self._counts(before)):
            before -= 1
        adverb = before - (" ".join(low[before - 1 : before + 1]) in _FORMERLY)  # the first word of "most recently"
        if (adverb < before or low[before] in _FORMERLY) and adverb > self.first and low[adverb - 1] in _COPULAS:
            before = adverb - 1  # "was previously ambassador to …"
        if before - 1 > self.first and low[before] == "'s" and low[before - 1] in _STATES:
            before -= 2  # "as the country's 102nd prime minister"
            while before > self.first and low[before] in _DETERMINERS:
                before -= 1
        return before

    def _denied(self, copula: int) -> bool:
        """Whether an office is said not to be somebody's: "will not be the envoy"."""
        low, first = self.low, self.first
        before = low[max(first, copula - 3) : copula]
        if low[copula] in _INFINITIVES and before[-1:] == ["to"] and not _WISHING.isdisjoint(before):
            return True  # "wants to be president"
        if copula > first and low[copula - 1] in _IF:
            return True  # "if elected president"
        return not _NEGATIONS.isdisjoint(low[max(first, copula - 4) : copula + 2])

    def _inherit(self, title: Title) -> None:
        """Give "his special envoy", "the country's foreign minister" the body of whose they are."""
        before = title.start - 1
        if title.of is not None or title.counterpart or before <= self.first:
            return
        if self.words[before] == ",":
            sender = next((t for m in self.out[:1] if m.type == "office" for t in m.titles), None)
            if sender is not None and self._opened_by(sender) and self.low[self.first] not in _AT:
                title.of = sender.of  # "On behalf of the President of X, Minister NAME"
        elif self.low[before] in _OWN:
            holder = next((m for m in reversed(self.out) if m.type == "person" and m.titles), None)
            title.of = holder.titles[0].of if holder else None
        elif self.low[before] in _ITS:
            spoken = next((m for m in self.out if m.type == "body"), None)
            title.of = spoken.value if spoken and spoken.value in self.lex.authority.countries else None
        elif self.low[before] == "'s" and self.out and self.out[-1].type == "office" and self.out[-1].end == before:
            title.of = self.out[-1].titles[0].of  # "the UN Secretary-General's Special Envoy"
        elif self.low[before] == "'s" and self.low[before - 1] in _STATES and self.low[before - 2] == "the":
            clause = max((k for k in range(self.first, before) if self.words[k] == ","), default=self.first)
            title.of = self._only_country(clause) or self._only_country(self.first)

    def _only_country(self, start: int) -> str | None:
        """The one country named since token ``start``, if there is one."""
        countries = self.lex.authority.countries
        spoken = {m.value for m in self.out if m.start >= start and m.type == "body" and m.value in countries}
        return spoken.pop() if len(spoken) == 1 else None

    def _of_something_else(self, title: Title, end: int) -> bool:
        """Whether a name is part of that of a thing: "Prince George's County", "King Hussein Bridge"."""
        if title.kind not in _ROYAL:
            return False
        low, institutions = self.low, self.lex.institutions
        k = end + (end < self.last and low[end] == "'s")
        while k < min(end + 5, self.last) and low[k] not in institutions:
            if k in self.t.heads or not (self.words[k][0].isupper() or low[k] in _JOINS_IN_NAMES):
                break
            k += 1  # "King Salman Humanitarian Aid and Relief | Centre"
        last = k if k < self.last and (self.words[k][0].isupper() or k == end) else end - 1
        return low[last] in institutions or low[end - 1] in institutions

    def _belongs_to_another(self, title: Title, n: int) -> bool:
        """Whether the name at ``n``, behind a title and a comma, is not its holder's.

        It is that of a relation ("the wife of the president, X"), or of somebody known of another country ("the
        President of France, X and Y").
        """
        low, before = self.low, self._before(title.start)
        if before > self.first and low[before] == "of" and low[before - 1] in _CALLED:
            return True
        if before >= self.first and low[before] in _COPULAS and self._denied(before):
            return True  # "If elected president, X would"
        return self._known_elsewhere(title, n)

    def _known_elsewhere(self, title: Title, n: int) -> bool:
        """Whether at ``n`` somebody is named whom who is who gives to other countries than the office is of."""
        found, people = self.t.entities.get(n), self.lex.authority.people
        if found is None or found[0].sense.type != "person" or title.of not in self.lex.authority.countries:
            return False
        homes = {people[key].country for key in found[0].sense.value.split("|")}
        return "" not in homes and title.of not in homes

    def _stacks_on(self, k: int) -> bool:
        """Whether the last title of a row follows, and the name: "Member of X, Director of Y|, and Minister NAME"."""
        n = k + (self.words[k : k + 1] == [","])
        if self.low[n : n + 1] != ["and"] or n + 1 >= self.last:
            return False
        last = self._title_from(n + 1)
        return last is not None and self._leads_to_name(last.end)

    def _reign_apart(self, title: Title, following: Title) -> bool:
        """Whether two titles are of two: "the Emir of X, and President Y", "to X's Prime Minister, President Y"."""
        kinds = {t.kind: self.lex.office_kinds[t.kind].top for t in (title, following) if t.kind}
        if not (len(kinds) > 1 and set(kinds.values()) <= set(LEADERS)):
            return False
        apart = self.words[title.end] == "," and title.of is not None and self._acts_behind(following.end)
        return set(kinds.values()) == {LEADERS[0]} or (apart and title.of != following.of)

    def _said_of_others(self, title: Title, following: Title) -> bool:
        """Whether "the TITLE and TITLE NAME" speaks of two: "the Secretary and Foreign Minister X"."""
        if self.words[title.end - 1].islower() and following.printed.istitle():
            return True  # "the Saudi king and Crown Prince X"
        told = title.start > self.first and self.low[title.start - 1] == "the"
        return told and all(fold(t.printed) in _SAID_OF for t in (title, following))

    def _named_before(self, title: Title) -> Mention | None:
        """The person whom a title set between commas with an article is said of."""
        out, k = self.out, title.start - 1
        if not out or out[-1].type != "person" or k - 1 < self.first or self.low[k] != "the":
            return None
        after = self.words[title.end] if title.end < self.last else ""
        closed = after in (",", ".", ";") and not self._leads_to_name(title.end)
        closed = closed and not self._one_of_leaders(out[-1], title)
        unset = title.of is not None and not out[-1].titles and not title.plural
        if self.words[k - 1] != ",":  # "NAME the French ambassador to X, met"
            return out[-1] if out[-1].end == k and unset and closed and after == "," else None
        closed = closed or (unset and after in _WAS)  # "…, the French ambassador to X was held"
        return out[-1] if out[-1].end == k - 1 and closed and not title.plural else None

    def _share_behind(self, title: Title) -> None:
        """Give a title in the plural to the two named before it: "A and B, the ambassadors of X and Y"."""
        other = self.out[-1]
        if title.of is None or other.start - 2 < self.first or self.low[other.start - 1] != "and":
            return
        of, after = self._next_country(title.end)
        if of is None:
            return
        own = replace(title, plural=False)
        before = self.out[-2] if len(self.out) > 1 else None
        if before is not None and before.type == "person" and before.end == other.start - 1:
            before.titles = [*before.titles, own]
        elif (begin := self._capitals_before(other.start - 1)) is not None:
            self.out.insert(-1, Mention("person", begin, other.start - 1, (begin, other.start - 1), [own]))
        title.of, title.end, title.plural = of, after, False

    def _capitals_before(self, end: int) -> int | None:
        """Where the name that ends before token ``end`` begins."""
        begin = end
        while begin > self.first and self.words[begin - 1][0].isupper() and self.low[begin - 1] not in self.lex.never:
            begin -= 1
        return begin if end - begin > 1 and self._name_end(begin, titled=True) == end else None

    def _row_of_names(self, title: Title, k: int) -> int:
        """The names behind as many countries: "the foreign ministers of X and Y, A and B"."""
        bodies, n = [title.of], k
        while bodies[0] is not None and (found := self._next_country(n))[0] is not None:
            bodies.append(found[0])
            n = found[1]
        if len(bodies) < 2 or self.words[n] not in _APPOSING:
            return k
        names: list[tuple[int, int]] = []
        while len(names) < len(bodies):
            begin = self._past_honorifics(n + 1 + (self.words[n] == "," and self.low[n + 1] == "and"))
            n = self._name_end(begin, titled=True) if begin < self.last else begin
            if n == begin or (len(names) + 1 < len(bodies) and self.words[n] not in (",", "and")):
                return k
            names.append((begin, n))
        if title.kind is None or self.low[n : n + 1] == ["and"]:
            return k
        for (begin, end), of in zip(names, bodies, strict=True):
            self._named(begin, [replace(title, of=of, plural=False)], end=end)
        return n

    def _past_joins(self, k: int) -> int:
        """The token after the comma and "and" that join the items of a list at ``k``."""
        while k < self.last and (self.words[k] == "," or self.low[k] == "and"):
            k += 1
        return k

    def _country_list(self, title: Title, of: str | None, k: int, start: int = 0) -> int:
        """The names behind their countries: "the foreign ministers of X, NAME, of Y, NAME", "of X – NAME, Y – NAME".

        ``start``: where an item begins, if it is not the first.
        """
        done = k
        while of is not None and k + 1 < self.last:
            set_off = self.words[k] in (",", "-", "–", "(")
            if not set_off and not self.words[k][0].isupper():
                break
            n = self._past_honorifics(k + set_off)
            end = self._name_end(n, titled=True) if n < self.last else n
            if end == n:
                break
            copy = Title(title.start, title.end, title.text, title.kind, of, title.when, True, title.printed)
            copy.counterpart = title.counterpart
            listed = len(self.out)
            self._named(n, [copy], end=end)
            closed = end < self.last and self.words[end] == ")"
            self.out[listed].start = start or n
            self.out[listed].end += closed and self.out[listed].end == end
            done = end + closed
            start = self._past_joins(done)
            of, k = self._next_country(done)
        return done

    def _next_country(self, k: int) -> tuple[str | None, int]:
        """The country that goes on a list at ``k`` (", of Y", "and Z"), and the token after it."""
        while k < self.last and (self.words[k] in (",", ";") or self.low[k] in _BEFORE_COUNTRIES):
            k += 1
        found = self.t.entities.get(k)
        if found is None or found[0].sense.type != "country":
            return None, k
        return found[0].sense.value, found[1]

    def _name_list(self, k: int, titles: list[Title], models: list[Title]) -> int:
        """The names that share a title in the plural: "Presidents A of X and B of Y", "Senators A and B of Z"."""
        shared = [titles]
        while k + 1 < self.last and (self.words[k] == "," or self.low[k] == "and"):
            n = k + 1 + (self.words[k] == "," and self.low[k + 1] == "and")
            if n >= self.last or not (self.words[n][0].isupper() or self.low[n] in self.lex.particles):
                break
            n = self._past_honorifics(n)
            end = self._name_end(n, titled=True) if n < self.last else n
            if end == n:
                break
            copies = [replace(t, of=None) for t in models]
            start = len(self.out)
            k = self._named(n, copies, end=end)
            self.out[start].start = n
            shared.append(copies)
        k = self._share_countries(k, shared)
        for title in (t for row in shared[:-1] for t in row):
            several = title.kind is None or self.lex.office_kinds[title.kind].top not in _ONE_A_COUNTRY
            title.of = title.of or (shared[-1][0].of if several else None)
        return k

    def _share_countries(self, k: int, shared: list[list[Title]]) -> int:
        """Give each of "A and B of X and Y" their own country, the rest of which stands at ``k``."""
        bodies = [shared[-1][0].of]
        if len(shared) < 2 or bodies[0] is None or any(row[0].of for row in shared[:-1]):
            return k
        n = k
        while len(bodies) < len(shared):
            of, n = self._next_country(n)
            if of is None:
                return k
            bodies.append(of)
        for row, of in zip(shared, bodies, strict=True):
            for title in row:
                title.of = of
        return n
