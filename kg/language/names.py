"""Names of persons: where one begins and ends beside titles, honorifics, particles and marks."""

import re

from kg.language.titles import TitleReader
from kg.language.words import words

_MOST_NAME_WORDS = 7
_MOST_HONORIFICS = 12
_LONGEST_APPOSITION = 12
"""Tokens from the comma behind a name to the one that closes what is told of its bearer."""
_AROUND_AGES = {",": ",", "(": ")"}
_STOPS = frozenset((",", ".", ";", ":", "(", ")"))
FOR_RANK = ["for", "the", "rank", "of"]
"""Before the rank somebody is put forward for."""
_MOST_ENTRY_WORDS = 30
"""Tokens of a list's entry before "to be"."""
_AL = re.compile(r"[a-z]{2,3}-[A-Z]")  # al-Sisi, el-Abed
_GLUE = re.compile(r"[a-z]([A-Z][a-z]+)$")
_DETERMINERS = words("grammar", "determiners")
_INDEFINITE = words("grammar", "indefinite_determiners")
TITLES_AS_NAMES = words("names", "titles_as_names")
_APPOINTING = words("acts", "appointing_verbs")
_ENTERING = words("names", "entering_verbs")
_PUTTING = words("acts", "appointing_nouns")
_AUXILIARIES = words("grammar", "passive_auxiliaries")
_AFTER_NAMES = words("grammar", "after_names")
_OPENING_CLAUSES = words("names", "as_clauses")
_BEFORE_TITLES = words("names", "before_further_titles")
_ABBREVIATED = words("names", "abbreviated")
_NICKNAME_MARKS = frozenset("\"“”‘’'")
_OPENING_PARTICLES = words("names", "opening_particles")
_MOST_PARTICLES = 5
_MARKS_BEFORE = words("names", "marks_before")
HOLDING = words("names", "holding_verbs")
SHOUTED = words("names", "shouted_honorifics")
_STATES = words("grammar", "words_for_states")
_ORDINALS = words("grammar", "ordinals")
_SERVING = words("grammar", "service")
_BECOMING = words("names", "becoming_verbs")
_BEFORE_HOLDING = _AUXILIARIES | words("acts", "future_auxiliaries")
_ADJECTIVES = words("names", "adjectival_honorifics")
_STATE_BODIES = words("grammar", "state_bodies")
_FORMERLY = words("offices", "formerly")
_WHOSE = words("grammar", "title_prepositions")
_KIN = words("names", "kin")
_DASHES = ("–", "—")
_WORDS_OF_STATES = 3
_ALSO = ("both", "also", "currently", "now")
_HOLDING_ON = _SERVING | _BECOMING | _BEFORE_HOLDING


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
        known = self.t.entities.get(i) if i < self.last else None
        if known is not None and known[0].sense.type == "person" and not _is_initial(self.words[i]):
            return self._extended(self._longer(known[1], titled=titled), i)
        j = self._past_name(i, titled=titled)
        if j == i:
            return i
        words, low, lex = self.words, self.low, self.lex
        j = self._extended(j, i)
        while j > i and low[j - 1] in lex.particles and not words[j - 1][0].isupper():
            j -= 1
        if j > i + 1 and low[j - 1] in lex.institutions and low[j - 1] not in lex.name_words:
            return i  # "Anchorage Rotary Club"
        for k in range(i, j):
            if len(words[k]) > 3 or not (len(words[k].rstrip(".")) < 2 or words[k].isupper()):
                return j
        return i  # initials and acronyms alone are nobody's name

    def _past_name(self, i: int, *, titled: bool) -> int:
        """Past the words that may make up a name from ``i``, small particles at its end among them."""
        words, low, entities, particles = self.words, self.low, self.t.entities, self.lex.particles
        j = i
        stop = min(self.last, i + _MOST_NAME_WORDS)
        while j < stop:
            word = words[j]
            if j in entities and not _is_initial(word):
                after = self._past_known(j, i, titled=titled)
                if after > j:
                    j = after
                    continue
                if after < j:
                    break
            if j > i and word in _NICKNAME_MARKS and (after := self._past_nickname(j)):
                j = after
                continue
            odd = low[j] in particles or low[j] in TITLES_AS_NAMES or "-" in word
            if not odd and not word[0].isupper():
                break
            if odd and self._joins_name(j, i, titled=titled):
                j += 1
            elif self._barred(j, i) and not (titled and self._middle(j, i)):
                break
            else:
                short = len(word) == 1 or low[j] in _ABBREVIATED
                j += 2 if short and j + 1 < self.last and words[j + 1] == "." else 1
        return j

    def _past_nickname(self, j: int) -> int:
        """Past what somebody goes by, in quotes within the name: "Ferdinand |“Bongbong”| Marcos"; 0 where none is."""
        words, stop = self.words, min(self.last, j + 4)
        close = next((k for k in range(j + 2, stop) if words[k] in _NICKNAME_MARKS), 0)
        goes_on = 0 < close < self.last - 1 and words[close + 1][0].isupper() and words[j + 1][0].isupper()
        return close + 1 if goes_on and self.low[close + 1] not in self.lex.never else 0

    def _joins_name(self, j: int, i: int, *, titled: bool) -> bool:
        """Whether the particle, title or compound at ``j`` belongs to the name that begins at ``i`` for certain."""
        word, low = self.words[j], self.low[j]
        if j > i and "-" in word and _AL.match(word):
            return True
        if j == i and titled and word in _OPENING_PARTICLES:  # "President von der Leyen"
            return self._opens_surname(j)
        if j + 1 >= self.last:
            return False
        if not self.words[j + 1][0].isupper():  # "Sultan bin X"
            return j == i and titled and low in TITLES_AS_NAMES and self.low[j + 1] in self.lex.particles
        if low in self.lex.particles and (j > i or word[0].isupper()):
            return True
        return j == i and titled and low in TITLES_AS_NAMES and self.low[j + 1] not in self.lex.never

    def _opens_surname(self, j: int) -> bool:
        """Whether the particle at ``j``, and others behind it, lead to a capitalised word: "von der Leyen"."""
        near = range(j + 1, j + _MOST_PARTICLES)
        after = next((k for k in near if k >= self.last or self.low[k] not in self.lex.particles), self.last)
        return self._goes_on_capital(after)

    def _past_known(self, j: int, i: int, *, titled: bool) -> int:
        """Past somebody known at ``j`` within a name; ``j`` where a known name may be a word of it, else less."""
        hit, end = self.t.entities[j]
        kind = hit.sense.type
        if kind == "person":
            return end
        if end - j > 1:
            return -1
        if titled and j - 1 > i and _is_initial(self.words[j - 1]):
            return j  # "Deputy Attorney General Lisa O. |Monaco|"
        may_be = self._surname(j, kind, titled=titled) if j > i else self._forename(j, kind)
        return j if may_be else -1

    def _barred(self, j: int, i: int) -> bool:
        """Whether the word at ``j`` cannot belong to the name that begins at ``i``."""
        word, low, lex = self.words[j], self.low[j], self.lex
        if low in TITLES_AS_NAMES and j > i and j + 1 < self.last:  # "Inga Rhonda King, …"
            after = self.words[j + 1]
            if not after[0].isupper() and not (self.low[j + 1] == "of" and j - i < 2):
                return False
        if not word[0].isupper():
            return True
        if len(word) == 1 and (self.words[j + 1] == "." or (j > i and self._goes_on_capital(j + 1))):
            return False  # an initial
        if low in lex.never and not (j > i and self.low[j - 1] in lex.particles) and not self._is_surname_he(j, i):
            return True
        if low in lex.action_words or not word[0].isalpha() or (not word[1:].islower() and self._glued(word)):
            return True
        if low in lex.name_words:
            return False
        return low in lex.heads or (j > i and (j in self.t.heads or low in lex.portfolio))

    def _middle(self, j: int, i: int) -> bool:
        """Whether the word of a building at ``j`` is the middle of a name: "Ms. Jennifer |Hall| Godfrey, …"."""
        after = self.low[j + 1]
        if j == i or self.low[j] not in self.lex.institutions or self.words[j + 2] != "," or not after.isalpha():
            return False
        return self.words[j + 1][0].isupper() and after not in self.lex.never and after not in self.lex.institutions

    def _is_surname_he(self, j: int, i: int) -> bool:
        """Whether "He" within a sentence, a capitalised word behind it, is the surname: "Ambassador |He Ping|"."""
        within = j == i > self.first and self.words[j] == "He" and self.words[j - 1][0].isalnum()
        return within and self._goes_on_capital(j + 1) and self.low[j + 1] not in self.lex.action_words

    def _goes_on_capital(self, k: int) -> bool:
        """Whether at ``k`` stands a capitalised word that may be a surname."""
        return (
            k < self.last
            and len(self.words[k]) > 1
            and self.words[k][0].isupper()
            and self.low[k] not in self.lex.never
        )

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
        if word in self.lex.particles and end + 1 < self.last and self.words[end][0] == "A" and len(word) == 2:
            return end + 2 if self.words[end + 1][0].isupper() else end  # "Mohammed bin Zayed |Al Nahyan|"
        if word == self.low[end - 1]:
            return end  # "Kassym-Jomart Tokayev |Tokayev Kassym-Jomart", of a caption
        further = word in self.lex.name_words and self.words[end][0].isupper() and end not in self.t.entities
        further = further and (titled or not (end + 1 < self.last and self.words[end + 1][0].isupper()))
        return end + 1 if further and end not in self.t.heads and word not in self.lex.portfolio else end

    def _glued(self, word: str) -> bool:
        """Whether a layout fault glued a title to a word ("JairPresident")."""
        found = _GLUE.search(word)
        return bool(found and found[1].lower() in self.lex.heads)

    def _extended(self, j: int, i: int) -> int:
        """Past a suffix: "Biden, Jr.", "Lemmon, II"."""
        if j > i + 1 and self.low[j - 1] in self.lex.suffixes and self.words[j : j + 2] == [".", ","]:
            return j + 1  # "Michael Platt Jr., resigned"
        k = j + 1 if j < self.last and self.words[j] == "," else j
        if j > i and k < self.last and self.low[k].rstrip(".") in self.lex.suffixes and self.words[k][0].isupper():
            return k + 2 if k + 1 < self.last and self.words[k + 1] == "." and not self.low[k].endswith(".") else k + 1
        return j

    def _past_honorifics(self, n: int) -> int:
        """Past "Mr.", "His Excellency Dr." …"""
        low = self.low
        if n + 1 < self.last and low[n] in SHOUTED and self.words[n].isupper() and self.words[n + 1].istitle():
            n += 1
        begin = n
        starts, honorifics = self.lex.honorific_starts, self.lex.honorifics
        if n >= self.last or low[n] not in starts:
            return n
        while n < self.last and n - begin < _MOST_HONORIFICS:
            word = low[n]
            if word in starts:
                if " ".join(low[n : n + 3]) in honorifics:
                    n += 3
                elif " ".join(low[n : n + 2]) in honorifics:
                    n += 2
                elif word in honorifics and not (word in _ADJECTIVES and self._opens_organ(n + 1)):
                    n += 1
                else:
                    break
            elif self.words[n] == "." and n > begin:
                n += 1
            elif word == "(" and n > begin and low[n + 1] in honorifics:
                n = next((k + 1 for k in range(n + 2, min(n + 5, self.last)) if low[k] == ")"), n + 1)
            else:
                break
        return n

    def _opens_organ(self, n: int) -> bool:
        """Whether the word at ``n`` is that of an organ: "the General |Secretariat of X"."""
        return n < self.last and (self.low[n] in self.lex.portfolio or self.low[n] in _STATE_BODIES)

    def _leads_to_name(self, k: int) -> bool:
        n = self._skip_to_name(k)
        return n < self.last and self.words[n][0].isupper() and self._name_end(n, titled=True) > n

    def _skip_to_name(self, k: int) -> int:
        """Past honorifics, a comma before a name, quotation marks."""
        n = k
        if n + 1 < self.last and self.words[n] in _MARKS_BEFORE:
            m = self._past_honorifics(n + 1)
            if m == n + 1 and not self.words[m][0].isupper():
                return n
            end = self._name_end(m, titled=True) if m < self.last else m
            closed = (
                end >= self.last
                or not self.words[end][0].isalpha()
                or self.low[end] in _AFTER_NAMES
                or self.low[end] in self.lex.verb_forms
                or (self.low[end].endswith("ed") and self.words[end].islower())  # "Envoy of X, A B |attended|"
                or m > n + 1  # "High Commissioner of India, |Mr.| X today presented"
                or self._next_line(end)
            )
            if end - m >= 2 and closed and not any(self.low[x] in self.lex.portfolio for x in range(m, end)):
                n += 1
        return self._past_honorifics(n)

    def _closes(self, k: int, *, bare: bool, untitled: bool = True) -> bool:
        """Whether an apposition may end before ``k``: a mark follows, and no other name that the title belongs to.

        Without an article the verb may follow at once ("A B, chairman of C said"); "…, the President said" is another.
        ``untitled``: no title stands before the name, so that the items of a list have theirs behind.
        """
        if k >= self.last or self._next_line(k) or (untitled and bare and self._begins_item(k)):
            return True
        if self.low[k] == "and" and k + 1 < self.last:
            following = self._title_from(k + 1 + (self.low[k + 1] in _DETERMINERS))
            if following is None or not self._leads_to_name(following.end):
                return True
            return untitled and self._begins_item(following.end)  # "A, Head of X and of Y |Mr. B, Head of Z|"
        if self.low[k] == "'s":
            return False
        if self.low[k] in self.lex.particles and self._opens_surname(k):
            return False  # "A, European Commission President | von der Leyen"
        if self.words[k][0].isalnum():
            return (bare and not self.words[k][0].isupper()) or self.low[k] == "who"
        return not (self.words[k] == "," and self._leads_to_name(k)) or (untitled and self._begins_item(k))

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
            or self.low[title.end] in _BEFORE_TITLES
        )

    def _listed(self, i: int) -> int:
        """The end of a name of any words that a list puts forward at ``i``: "April White, |of Ohio, to be"; else 0."""
        words, low = self.words, self.low
        stop = min(self.last - 3, i + _MOST_NAME_WORDS + 3)
        if "of" not in low[i + 3 : stop + 1]:
            return 0
        end = next((k for k in range(i + 2, stop) if words[k] == "," and low[k + 1] == "of"), 0)
        if not end or not all(w[0].isupper() or w in (".", ",") or w in self.lex.particles for w in words[i:end]):
            return 0
        if any(low[k] in self.lex.suffixes for k in range(i, end)) != ("," in words[i:end]):
            return 0
        behind = low[end + 1 : min(end + _MOST_ENTRY_WORDS, self.last)]
        at = next((n for n, w in enumerate(behind) if w in ("to", "for")), 0)
        return end if behind[at : at + 2] == ["to", "be"] or behind[at : at + 4] == FOR_RANK else 0

    def _titled_after(self, end: int) -> bool:
        """Whether an office follows the words before ``end``: ", chairman of …", ", of Ohio, to be …"."""
        if end + 2 >= self.last:
            return False
        low, mark = self.low, self.low[end]
        if mark in _AROUND_AGES and self.words[end + 1][0].isdigit() and low[end + 2] == _AROUND_AGES[mark]:
            behind = end + 4 < self.last and mark == "," and self._titled_behind(end + 2)
            return behind or (end + 4 < self.last and self._titled_after(end + 3))  # "X, 51, was elected"
        if mark == ",":
            return self._titled_behind(end) or self._takes_office_behind(end)
        if mark in _DASHES:
            return self._titled_behind(end)  # "X – foreign minister of Y – said"
        if (after := self._past_day(end)) > end and low[after : after + 1] == ["as"]:
            return self._titled_after(after)  # "appointed X |on Monday| as ambassador"
        if mark == "as" and low[end + 1] not in _OPENING_CLAUSES:
            n = self._past_lead(end + 1)  # "nominated X as ambassador"
            return self._title_from(n, after_name=True) is not None
        if mark in _AUXILIARIES and not _APPOINTING.isdisjoint(low[end + 1 : end + 4]):
            return True  # "X was appointed Minister"
        if mark == "of" and (land := self.t.entities.get(end + 1)) and land[0].sense.type == "country":
            after = land[1]
            if after + 4 >= self.last or low[after] not in _AUXILIARIES:
                return after + 4 < self.last and low[after] == "as" and self._titled_after(after)
            return low[after + 1] in _APPOINTING
        if mark == "'s":
            return low[end + 1] in _PUTTING and low[end + 2] == "as"  # "X's appointment as Minister"
        entering = end if mark in _ENTERING else self._entering(end)
        if entering:  # "X took the oath of office as President", "X will be sworn in as", "X succeeded Y as"
            return any(self._office_led(k) for k in range(entering + 1, min(entering + 7, self.last - 1)))
        n = self._past_adverbs(end)
        return self.low[n] in _HOLDING_ON and self._said_to_hold(n)

    def _takes_office_behind(self, comma: int) -> bool:
        """Whether only what somebody is parts a name from the verb: "X|, a former banker,| was elected"."""
        if self.low[comma + 1] not in _INDEFINITE:
            return False
        near = range(comma + 3, min(comma + _LONGEST_APPOSITION, self.last - 2))
        closing = next((k for k in near if self.words[k] in _STOPS), comma)
        return closing > comma and self.words[closing] == "," and self._titled_after(closing + 1)

    def _entering(self, end: int) -> int:
        """The verb of taking an office that is told as to come: "X is due to |take| office as"; 0 where none is."""
        if self.low[end] not in _BEFORE_HOLDING:
            return 0
        near = range(end + 1, min(end + 6, self.last - 1))
        return next((k for k in near if self.low[k] in _ENTERING or self.low[k] in _APPOINTING), 0)

    def _office_led(self, k: int) -> bool:
        """Whether the preposition at ``k`` leads to the office of one: "as | President", "of | Prime Minister"."""
        if self.low[k] not in ("as", "of"):
            return False
        title = self._title_from(self._past_lead(k + 1), after_name=True)
        return title is not None and title.kind is not None and not title.plural

    def _past_adverbs(self, n: int) -> int:
        """Past what tells when somebody held an office: "X |most recently| served as"."""
        while n + 3 < self.last and (self.low[n] in _FORMERLY or self.low[n : n + 2] == ["most", "recently"]):
            n += 1 + (self.low[n] == "most")
        return n

    def _said_to_hold(self, end: int) -> bool:
        """Whether behind the words before ``end`` an office is said of them: "X became Minister", "X served as"."""
        n = end
        if self.low[end] in _BEFORE_HOLDING and self.low[after := self._past_adverbs(end + 1)] in _HOLDING_ON:
            n = after
        if self.low[n] in _SERVING and self.low[n + 1] == "as":
            n += 1
        elif self.low[n] not in _BECOMING:
            return False
        n = self._past_lead(n + 1)
        title = self._title_from(n, after_name=True) if n < self.last else None
        if title is None or title.plural:
            return False
        told = not _WHOSE.isdisjoint(title.text.split()) and title.printed[0].isupper()
        return title.kind is not None or told  # "Head of the Africa Department", of whatever kind

    def _past_state(self, n: int) -> int:
        """Past "the Kingdom's", "the |Gulf state's|", "his |country's|" before an office."""
        for k in range(n, min(n + _WORDS_OF_STATES, self.last - 1)):
            if self.low[k] in _STATES and self.low[k + 1] == "'s":
                return k + 2
            if not self.words[k].replace("-", "").isalpha() or k in self.t.heads:
                break
        return n

    def _counts(self, k: int) -> bool:
        """Whether the word at ``k`` counts the holders of an office: "the third", "102nd"."""
        return self.low[k] in _ORDINALS or (self.words[k][0].isdigit() and self.words[k][-1].isalpha())

    def _past_lead(self, n: int) -> int:
        """Past what may stand before an office: "the country's 102nd"."""
        while n + 1 < self.last and (self.low[n] in _DETERMINERS or self._counts(n)):
            n += 1
        if n + 2 < self.last and self.low[n] in _STATES and self.low[n + 1] == "'s":
            return self._past_lead(n + 2)
        return n

    def _past_age(self, n: int) -> int:
        """Past what is told of somebody before the office: "who is | 78 and | a former minister", "who is |both| X"."""
        n += n + 1 < self.last and self.low[n] in _ALSO
        aged = n + 2 < self.last and self.words[n][0].isdigit() and self.low[n + 1] == "and"
        return n + 2 if aged else n

    def _titled_behind(self, comma: int) -> bool:
        """Whether an office follows a name and the comma at ``comma``."""
        low, k = self.low, comma
        if low[k + 1] == "who" and low[k + 2] in _AUXILIARIES and not _APPOINTING.isdisjoint(low[k + 3 : k + 6]):
            return True  # "X, who was appointed Minister"
        if low[k + 1] == "whom" and not _APPOINTING.isdisjoint(low[k + 2 : k + 7]):
            return True  # "X, whom Y appointed envoy"
        if low[k + 1] in _APPOINTING:
            n = self._past_lead(k + 2 + (low[k + 2] == "as"))
            return self._title_from(n, after_name=True) is not None  # "X, appointed Minister in May"
        if low[k + 1] == "who" and low[k + 2] in HOLDING:
            n = self._past_age(k + 3)
            while n < self.last and (low[n] in _DETERMINERS or low[n] == "as"):
                n += 1
            return n < self.last and self._title_from(n, after_name=True) is not None
        if low[k + 1] == "of" and (self.words[k + 2][0].isupper() or low[k + 2] == "the"):
            k = next((n for n in range(k + 2, min(k + 8, self.last)) if low[n] == ","), k)
            if low[k + 1] == "and" and (other := self._name_end(k + 2, titled=False)) > k + 3 and low[other] == ",":
                return low[other + 1] == "of" and self._titled_behind(other)  # "X, of Ohio, and Y, of Utah, were named"
            return (
                low[k + 1 : k + 3] == ["to", "be"]
                or (low[k + 1] in _AUXILIARIES and not _APPOINTING.isdisjoint(low[k + 2 : k + 5]))
                or low[k + 1 : k + 5] == FOR_RANK
                or (
                    k + 2 < self.last
                    and self._title_from(k + 1 + (low[k + 1] in _DETERMINERS), after_name=True) is not None
                )
            )
        put_forward = (["nominee", "for"], ["nominee", "to"])
        after = low[k + 1 : k + 3]
        if after == ["to", "be"] or after in put_forward or low[k + 2 : k + 4] in put_forward:
            return True
        n = k + 1 + (low[k + 1] in _DETERMINERS or low[k + 1] == "once")
        if low[n] in _KIN and low[n + 1] == "of":
            return True  # "X, wife of President Y"
        if n > k + 1 and low[n] in self.lex.callings and low[n + 1] in (",", "and", "who", ".", "by"):
            return True  # "X, an economist, …"
        if n > k + 1 or low[n] in _STATES:
            n = self._past_state(n)
        title = self._title_from(n, after_name=True) if n < self.last else None
        if title is not None and title.end + 1 < self.last and low[title.end] == "'s":
            title = self._title_from(title.end + 1, after_name=True) or title  # "the President's special envoy"
        if title is None:
            return False
        told = low[k + 1] == "the" and low[title.end] == "of" and title.printed.islower()
        return told or self._closes(title.end, bare=low[k + 1] not in _DETERMINERS)  # "X, the head of a bank"


def _is_initial(word: str) -> bool:
    return len(word) == 2 and word[1] == "."
