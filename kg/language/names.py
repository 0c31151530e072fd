"""Names of persons: where one begins and ends beside titles, honorifics, particles and marks."""

import re

from kg.language.titles import TitleReader
from kg.language.words import words

_MOST_NAME_WORDS = 7
_MOST_HONORIFICS = 12
_AL = re.compile(r"[a-z]{2,3}-[A-Z]")  # al-Sisi, el-Abed
_GLUE = re.compile(r"[a-z]([A-Z][a-z]+)$")
_DETERMINERS = words("grammar", "determiners")
TITLES_AS_NAMES = words("names", "titles_as_names")
_APPOINTING = words("acts", "appointing_verbs")
_AUXILIARIES = words("grammar", "passive_auxiliaries")
_AFTER_NAMES = words("grammar", "after_names")


class NameReader(TitleReader):
    """Reads names in one sentence."""

    def _runs_on(self, i: int) -> bool:
        """Whether the word after ``i`` may go on a name."""
        if i + 1 >= self.last:
            return False
        following = self.words[i + 1]
        return following[0].isupper() or following == "." or self.low[i + 1] in self.lex.particles

    def _name_end(self, i: int, *, titled: bool) -> int:
        """The token after the personal name that begins at ``i``; ``i`` itself where none does."""
        words, low, lex, entities = self.words, self.low, self.lex, self.t.entities
        j = i
        while j < self.last and j - i < _MOST_NAME_WORDS:
            word = words[j]
            if j in entities and not (word.endswith(".") and len(word) == 2):
                hit, end = entities[j]
                kind = hit.sense.type
                if kind == "person":
                    if j == i:
                        return self._extended(self._longer(end, titled=titled), i)
                    j = end
                    continue
                if end - j > 1 or not (self._surname(j, kind, titled=titled) if j > i else self._forename(j, kind)):
                    break
            if (
                low[j] in lex.particles
                and j + 1 < self.last
                and words[j + 1][0].isupper()
                and (j > i or word[0].isupper())
            ):
                if not word[0].isupper() and low[j] == "e" and j == i:
                    break
                j += 1
                continue
            if (
                j == i
                and titled
                and low[j] in TITLES_AS_NAMES
                and j + 1 < self.last
                and words[j + 1][0].isupper()
                and low[j + 1] not in lex.never
            ):
                j += 1
                continue
            if j > i and "-" in word and _AL.match(word):
                j += 1
                continue
            if self._barred(j, i):
                break
            if len(word) == 1 and j + 1 < self.last and words[j + 1] == ".":
                j += 2
                continue
            j += 1
        j = self._extended(j, i)
        while j > i and (low[j - 1] in lex.particles and not words[j - 1][0].isupper()):
            j -= 1
        if j > i + 1 and low[j - 1] in lex.institutions and low[j - 1] not in lex.name_words:
            return i  # "Anchorage Rotary Club"
        if j > i and all(
            len(words[k].rstrip(".")) < 2 or (words[k].isupper() and len(words[k]) < 4) for k in range(i, j)
        ):
            return i  # initials and acronyms alone are nobody's name
        return j

    def _barred(self, j: int, i: int) -> bool:
        """Whether the word at ``j`` cannot belong to the name that begins at ``i``."""
        word, low, lex = self.words[j], self.low[j], self.lex
        if j > i and low in TITLES_AS_NAMES and j + 1 < self.last:  # "Inga Rhonda King, …"
            after = self.words[j + 1]
            if not after[0].isupper() and not (self.low[j + 1] == "of" and j - i < 2):
                return False
        if len(word) == 1 and word.isupper() and self.words[j + 1 : j + 2] == ["."]:
            return False  # an initial
        if not word[0].isupper() or not word[0].isalpha() or self._glued(j) or low in lex.action_words:
            return True
        if low in lex.never and not (j > i and self.low[j - 1] in lex.particles):
            return True
        if low in lex.name_words:
            return False
        return low in lex.heads or (j > i and (j in self.t.heads or low in lex.portfolio))

    def _surname(self, j: int, kind: str, *, titled: bool) -> bool:
        """Whether the name of a place or people at ``j`` may be somebody's surname ("Volker Türk, the …")."""
        if kind == "place":
            return titled
        closed = titled or (j + 1 < self.last and self.words[j + 1] == ",")
        return kind == "demonym" and closed and self.low[j] in self.lex.name_words

    def _forename(self, j: int, kind: str = "place") -> bool:
        """Whether the name of a place at ``j`` may be somebody's first name: a word goes on that is none but a name."""
        k = j + 1
        if kind != "place":
            return False
        if k >= self.last or not self.words[k][0].isupper() or k in self.t.entities or k in self.t.heads:
            return False
        low, lex = self.low[k], self.lex
        return not (low in lex.never or low in lex.portfolio or low in lex.institutions or low in lex.heads)

    def _longer(self, end: int, *, titled: bool) -> int:
        """Past a further surname that who is who leaves out ("Alejandro Giammattei Falla")."""
        word = self.low[end] if end < self.last else ""
        if word and _AL.match(self.words[end]):
            return end + 1
        further = word in self.lex.name_words and self.words[end][0].isupper() and end not in self.t.entities
        further = further and (titled or not (end + 1 < self.last and self.words[end + 1][0].isupper()))
        return end + 1 if further and end not in self.t.heads and word not in self.lex.portfolio else end

    def _glued(self, j: int) -> bool:
        """Whether a layout fault glued a title to the word ("JairPresident")."""
        word = self.words[j]
        found = None if word[1:].islower() else _GLUE.search(word)
        return bool(found and found[1].lower() in self.lex.heads)

    def _extended(self, j: int, i: int) -> int:
        """Past a suffix: "Biden, Jr.", "Lemmon, II"."""
        k = j + 1 if j < self.last and self.words[j] == "," else j
        if j > i and k < self.last and self.low[k].rstrip(".") in self.lex.suffixes and self.words[k][0].isupper():
            return k + 2 if k + 1 < self.last and self.words[k + 1] == "." and not self.low[k].endswith(".") else k + 1
        return j

    def _past_honorifics(self, n: int) -> int:
        """Past "Mr.", "His Excellency Dr." …"""
        begin = n
        if n < self.last and self.low[n] not in self.lex.honorific_starts:
            return n
        while n < self.last and n - begin < _MOST_HONORIFICS:
            if " ".join(self.low[n : n + 3]) in self.lex.honorifics:
                n += 3
            elif " ".join(self.low[n : n + 2]) in self.lex.honorifics:
                n += 2
            elif self.low[n] in self.lex.honorifics or (self.words[n] == "." and n > begin):
                n += 1
            elif (
                self.words[n] == "("
                and n > begin
                and self.low[n + 1 : n + 2]
                and self.low[n + 1] in self.lex.honorifics
            ):
                n = next((k + 1 for k in range(n + 2, min(n + 5, self.last)) if self.words[k] == ")"), n + 1)
            else:
                break
        return n

    def _leads_to_name(self, k: int) -> bool:
        n = self._skip_to_name(k)
        return n < self.last and self.words[n][0].isupper() and self._name_end(n, titled=True) > n

    def _skip_to_name(self, k: int) -> int:
        """Past honorifics, a comma before a name, quotation marks."""
        n = k
        if n + 1 < self.last and self.words[n] in (",", "–", "-", ":") and self.words[n + 1][0].isupper():
            m = self._past_honorifics(n + 1)
            end = self._name_end(m, titled=True) if m < self.last else m
            closed = (
                end >= self.last
                or not self.words[end][0].isalpha()
                or self.low[end] in _AFTER_NAMES
                or (self.low[end] == "of" and m > n + 1)
                or self._next_line(end)
            )
            if end - m >= 2 and closed and not any(self.low[x] in self.lex.portfolio for x in range(m, end)):
                n += 1
        return self._past_honorifics(n)

    def _closes(self, k: int, *, listed: bool, bare: bool, untitled: bool = True) -> bool:
        """Whether an apposition may end before ``k``: a mark follows, and no other name that the title belongs to.

        Without an article the verb may follow at once ("A B, chairman of C said"); "…, the President said" is another.
        ``untitled``: no title stands before the name, so that the items of a list have theirs behind.
        """
        if k >= self.last or self._next_line(k) or (untitled and bare and self._begins_item(k)):
            return True
        if self.low[k] == "and" and k + 1 < self.last:
            following = self._title_from(k + 1 + (self.low[k + 1] in _DETERMINERS))
            return following is None or not self._leads_to_name(following.end)
        if self.low[k] == "'s":
            return False
        if self.words[k][0].isalnum():
            return bare and not self.words[k][0].isupper()
        return not (self.words[k] == "," and self._leads_to_name(k))

    def _begins_item(self, k: int) -> bool:
        """Whether at ``k`` another name begins that has its title behind it: "[A, Head of X,] Mr. B, Head of Y"."""
        n = k + (self.words[k] == ",")
        begin = self._past_honorifics(n)
        end = self._name_end(begin, titled=True) if begin < self.last and self.words[begin][0].isupper() else begin
        if end - begin < 2 or (n == k and begin == n) or end + 1 >= self.last or self.words[end] != ",":
            return False
        title = self._title_from(end + 1 + (self.low[end + 1] in _DETERMINERS), after_name=True)
        return title is not None and (
            title.end >= self.last
            or not self.words[title.end][0].isalnum()
            or self._next_line(title.end)
            or self._past_honorifics(title.end) > title.end
            or self.low[title.end] in ("and", "as")
        )

    def _titled_after(self, end: int) -> bool:
        """Whether an office follows the words before ``end``: ", chairman of …", ", of Ohio, to be …"."""
        low, words = self.low, self.words
        k = end
        if k + 2 < self.last and low[k] == "as" and low[k + 1] not in ("well", "if", "though"):
            n = k + 1 + (low[k + 1] in _DETERMINERS)  # "nominated X as ambassador"
            return self._title_from(n, after_name=True) is not None
        if k + 2 < self.last and low[k] in _AUXILIARIES and any(w in _APPOINTING for w in low[k + 1 : k + 4]):
            return True  # "X was appointed Minister"
        if k + 2 >= self.last or words[k] != ",":
            return False
        if low[k + 1] == "who" and low[k + 2] in ("is", "was", "serves", "served"):
            n = k + 3
            while n < self.last and (low[n] in _DETERMINERS or low[n] == "as"):
                n += 1
            return n < self.last and self._title_from(n, after_name=True) is not None
        if low[k + 1] == "of" and (words[k + 2][0].isupper() or low[k + 2] == "the"):
            k = next((n for n in range(k + 2, min(k + 8, self.last)) if words[n] == ","), k)
            return low[k + 1 : k + 3] == ["to", "be"] or (
                k + 2 < self.last
                and self._title_from(k + 1 + (low[k + 1] in _DETERMINERS), after_name=True) is not None
            )
        if low[k + 1 : k + 3] in (["to", "be"], ["nominee", "for"]):
            return True
        title = self._title_from(k + 1 + (low[k + 1] in _DETERMINERS), after_name=True)
        return title is not None and self._closes(title.end, listed=False, bare=low[k + 1] not in _DETERMINERS)
