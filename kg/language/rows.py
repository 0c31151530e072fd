"""Rows: several names that share a title, a title that shares several countries."""

from dataclasses import replace

from kg.language.lexicon import LEADERS
from kg.language.people import PersonReader
from kg.language.text import Mention, Title

_ONE_A_COUNTRY = (*LEADERS, "foreign-minister")
_APPOSING = (",", "(", "–", "—")
_FROM = ("from", "in")
_POSTED = ("organisation", "country")
_WIDEST_JOIN = 6  # tokens


class RowReader(PersonReader):
    """Reads rows of people: "the foreign ministers of X and Y, A and B", "Presidents A of X and B of Y"."""

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

    def _row_of_names(self, title: Title, k: int) -> int:
        """The names behind as many countries: "the foreign ministers of X and Y, A and B"."""
        bodies, n = [title.of], k
        if title.of is None and self.low[k] in _FROM:  # "his counterparts |from X and Y, A and B|"
            first, n = self._next_country(k + 1)
            bodies = [first]
        while bodies[0] is not None and (found := self._next_country(n))[0] is not None:
            bodies.append(found[0])
            n = found[1]
        if len(bodies) < 2:
            return k
        posted = self._past_posting(n)
        if self.words[posted] not in _APPOSING:
            return k
        if posted > n:
            title = replace(title, text=f"{title.text} {self.t.printed(n, posted)}")
            n = posted
        names: list[tuple[int, int]] = []
        while len(names) < len(bodies):
            begin = self._past_honorifics(n + 1 + (self.words[n] == "," and self.low[n + 1] == "and"))
            n = self._name_end(begin, titled=True) if begin < self.last else begin
            if n == begin or (len(names) + 1 < len(bodies) and self.words[n] not in (",", "and")):
                return k
            names.append((begin, n))
        if (title.kind is None and not title.counterpart) or self.low[n] == "and":
            return k
        for (begin, end), of in zip(names, bodies, strict=True):
            self._named(begin, [replace(title, of=of, plural=False)], end=end)
        return n

    def _past_posting(self, n: int) -> int:
        """Past where envoys are sent: "the permanent representatives of X and Y |to the UN|, A and B"."""
        if self.low[n] != "to" or n + 2 >= self.last:
            return n
        found = self.t.entities.get(n + 1 + (self.low[n + 1] == "the"))
        return found[1] if found and found[0].sense.type in _POSTED and found[1] < self.last else n

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
