"""People: names that are known, that follow an honorific, or that the words around show to be names."""

from itertools import pairwise

from kg.iris import fold
from kg.language.appositions import AppositionReader
from kg.language.lexicon import Hit
from kg.language.names import TITLES_AS_NAMES
from kg.language.text import Mention, Title
from kg.language.words import words

_LEADING = words("grammar", "leading_verbs")
_SIDES = words("grammar", "sides")
_PLAIN_HONORIFICS = words("names", "plain_honorifics")
_NOMINAL = words("acts", "appointing_nouns")
_CALLED = words("names", "callings")
_CONGRATULATING = words("deeds", "congratulating")
_OWN = words("groups", "own")
_TO_REASON = 7
"""Tokens behind a name up to what somebody is congratulated on."""
_SUCCEEDING = words("acts", "succeeding")
_DONE_BY = words("names", "done_by")
_MET = words("names", "met_with")
_WISHES = words("names", "wishes")
_BEFORE_THINGS = words("grammar", "determiners") | words("grammar", "before_no_subject")
"""Before the names of places and things, not of those who act: "|the| Winter Games will", "the border |at| X is"."""
_HELPING = words("grammar", "passive_auxiliaries") | words("acts", "future_auxiliaries")
_ACTING = words("acts", "winning_verbs") | words("grammar", "saying_verbs") | words("grammar", "said_verbs") | _HELPING
_SEVERAL = words("grammar", "unnamed_partners")
_MANY = words("grammar", "people_of_states") | {"fellow"}
_DASHES = frozenset(("-", "–", "—", ":"))
_GIVING = words("posts", "giving") | words("posts", "putting")
_HANDING_OVER = words("posts", "giving") | words("posts", "going")
_POSTS = words("posts", "nouns") | words("posts", "told_alone") | words("posts", "terms") | words("deeds", "cabinets")
_TO_POST = 8
"""Tokens between a name and the post that its bearer gets."""
_LONGEST_NAME = 4
_LONGEST_ROW = 6
"""Names of a row that is put into office."""


class PersonReader(AppositionReader):
    """Reads names, known or not, with what follows them."""

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
        if i > self.first and self.low[i - 1] == "the" and self.low[end : end + 1] == ["of"]:
            return None  # "received |the Grand Cross of| Merit"
        if self._titled_after(end) or self._shown(i, end) or self._is_congratulated(i, end):
            return self._named(i, [], end=end)
        if self._is_put(i) and (self._put_into(i, end) or self._put_with_others(end)):
            return self._named(i, [], end=end)
        if (
            i == self.first
            and self._put_as(end)
            and any(k in self.t.heads for k in range(end + 1, min(end + 8, self.last)))
        ):
            return self._named(i, [], end=end)  # of a list: "X Y as next High Commissioner to Z;"
        whose = self.low[i - 2] if i - 1 > self.first and self.low[i - 1] == "of" else ""
        told = whose in _NOMINAL or (whose == "that" and "nominations" in self.low[self.first : i])
        if told and self._put_as(end):
            return self._named(i, [], end=end)
        if i > self.first and self._is_followed(i, end):
            return self._named(i, [], end=end)
        first = fold(self.words[i]).split()
        last = fold(self.words[end - 1]).split()
        known = self.lex.name_words
        in_row = self._is_next_met(i, end)
        if not first or not last or (first[0] not in known and not in_row):
            return None
        told = last[-1] in known or in_row or self._acts_or_is_met(i, end)
        if not told and not (self._is_put(i) or self._gets_post(i, end)):
            return None
        if end < self.last and self.low[end] in self.lex.institutions:
            return None
        if end < self.last and self.low[end] in self.lex.portfolio and self.words[end][0].isupper():
            return None  # "Bill Emerson Humanitarian Trust"
        if any(self.low[k] in self.lex.portfolio for k in range(i, end)):
            return None
        return self._named(i, [], end=end)

    def _is_congratulated(self, i: int, end: int) -> bool:
        """Whether capitals ``[i, end)`` are somebody wished well: "congratulated X Y on Monday |on his| election"."""
        if (
            i <= self.first
            or self.low[i - 1] not in _CONGRATULATING
            or any(k in self.t.entities for k in range(i, end))
        ):
            return False
        last, others = self._past_row(end)
        near = self.low[last : min(last + _TO_REASON, self.last)]
        told = others > 1 or any(a in ("on", "for") and (b in _OWN or b.endswith("ing")) for a, b in pairwise(near))
        if told and others:
            self.row_met = end
        return told

    def _past_row(self, end: int) -> tuple[int, int]:
        """Past the names of a row behind one that ends before ``end``, and how many: "X Y|, V W and S T|"."""
        others = 0
        while others < _LONGEST_ROW:
            begin = end + (self.low[end] == ",")
            begin += self.low[begin] == "and"
            after = self._name_end(begin, titled=False) if end < begin < self.last else begin
            if after - begin < 2:
                break
            end, others = after, others + 1
        return end, others

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
        apart = i == self.first or not (self.words[before][0].isupper() or low[before] in _BEFORE_THINGS)
        behind = self._past_day(end) if end < self.last else end
        if apart and behind < self.last and self.words[behind].islower() and self._does(behind):
            return True
        if before <= self.first:
            return False
        met = low[before] in _MET or (low[before] == "by" and low[before - 1] in _DONE_BY)
        met = met or low[before - (low[before] == ",")] in _SEVERAL  # "three lawmakers, X Y and V W"
        met = met or (low[before] == "to" and low[before - 1] in _WISHES)
        if met:
            self.row_met = end
        return met

    def _does(self, k: int) -> bool:
        """Whether the word at ``k`` may be the verb of somebody named before it."""
        word = self.low[k]
        return word in _ACTING or word in self.lex.verb_forms or word in self.lex.action_words

    def _gets_post(self, i: int, end: int) -> bool:
        """Whether a post is told to be given to ``[i, end)``: "handed X Y the ministry", "the post has gone to X Y"."""
        low, before = self.low, i - 1
        if before <= self.first or end - i > _LONGEST_NAME:
            return False
        if low[before] in _GIVING:
            stop = min(end + _TO_POST, self.last)
            return not _POSTS.isdisjoint(low[end:stop]) or any(k in self.t.heads for k in range(end, stop))
        near = low[max(self.first, before - _TO_POST) : before]
        return low[before] == "to" and not _POSTS.isdisjoint(near) and not _HANDING_OVER.isdisjoint(near)

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
        if self.low[end] == "of" or self.words[end] == "(":
            found = self.t.entities.get(end + 1 + (self.low[end + 1] == "the"))
            if found is None or found[0].sense.type != "country":
                return False
            end = found[1] + (self.words[end] == "(")
        return self.low[end] == "as"

    def _put_with_others(self, end: int) -> bool:
        """Whether others are put into office with whom the capitals before ``end`` name: "named |X Y, V W| as"."""
        last, others = self._past_row(end)
        return others > 0 and self.low[last] == "as" and self._titled_after(last)

    def _stands_alone(self, i: int, end: int) -> bool:
        """Whether capitals ``[i, end)`` go on nothing before them and are those of one ("Fellows, who" are many)."""
        before = self.words[i - 1] if i > self.first else ""
        return (
            not before[:1].isupper()
            and before != "'s"
            and self.low[end - 1].removesuffix("s") not in self.lex.heads | _MANY
        )

    def _shown(self, i: int, end: int) -> bool:
        """Whether capitals ``[i, end)`` are shown a name: "doctor X Y", "X Y (Chad)", "X Y of Sudan", "Mali's X Y"."""
        low, lex = self.low, self.lex
        called = i > self.first and low[i - 1] in _CALLED and self.words[i - 1][0].islower()
        called = called or (low[end : end + 2] == [",", "who"] and self._stands_alone(i, end))
        owned = i - 1 > self.first and low[i - 1] == "'s" and end - i < 4 and self._behind_country(i - 1)
        if not (called or owned or self._before_country(end)):
            return False
        if any(low[k] in lex.portfolio or low[k] in lex.institutions or low[k] in lex.never for k in range(i, end)):
            return False
        if called:
            return True
        known = any(fold(self.words[n]) in lex.name_words for n in range(i, end))
        if owned and known and not any(k in self.t.entities for k in range(i, end)):
            return not self.words[end][:1].isupper()
        return known and not owned

    def _behind_country(self, end: int) -> bool:
        """Whether a country is named right before a token: "|India|'s X Y"."""
        found = (self.t.entities.get(k) for k in range(max(self.first, end - 3), end))
        return any(hit is not None and hit[1] == end and hit[0].sense.type == "country" for hit in found)

    def _before_country(self, end: int) -> bool:
        """Whether behind the words before a token a country is told: "X Y |of Sudan|", "X Y |(Chad)|"."""
        if end + 1 >= self.last or not (self.low[end] in ("of", "(") or self.low[end : end + 2] == [",", "from"]):
            return False
        k = end + 1 + (self.low[end] == ",")
        found = self.t.entities.get(k + (self.low[k] == "the"))
        if found is None or found[0].sense.type != "country":
            return False
        closing = {"(": ")", ",": ","}.get(self.low[end])
        return closing is None or (found[1] < self.last and self.low[found[1]] == closing)

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
        leads = low[end + (low[end] == ",")] == "from"
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
