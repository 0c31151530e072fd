"""Tails of titles: what stands behind the head, "of Foreign Affairs", "to Sri Lanka", ", Commerce and Tourism"."""

from kg.iris import fold
from kg.language.bodies import BODIES, DASHES, BodyReader
from kg.language.lexicon import Hit
from kg.language.words import words

_PREPOSITIONS = words("grammar", "title_prepositions")
_LEGAL_FORMS = words("grammar", "legal_forms")
_STATE_BODIES = words("grammar", "state_bodies")
_LOCAL = words("offices", "local_organs")
_PARTS_OF_BODIES = _STATE_BODIES | words("grammar", "governing_bodies")
_POSTED = words("grammar", "posted")
_BEFORE_BODIES = words("grammar", "before_bodies")
_OF_TERRITORIES = words("offices", "of_territories")
_SENT = words("offices", "sent")
_OF_PORTFOLIOS = words("offices", "of_portfolios")
_POSTS = words("grammar", "posts")
_DISTRICTS = words("grammar", "districts")
_SPOKEN_OF = words("grammar", "bodies_spoken_of")
_WITHIN = words("grammar", "within_bodies")
_JOINS = words("offices", "portfolio_joins")
_AFTER_PLURALS = words("offices", "after_plurals")
_STYLES = words("offices", "styles_of_states")
_WHOLE_ORGANS = words("offices", "whole_organs")
_AT_NOTHING = words("offices", "at_nothing")
_OF_ONE = _AT_NOTHING | words("offices", "of_one")
_PLACING = words("offices", "placing")
_HEADS_OF_PORTFOLIOS = _OF_PORTFOLIOS | words("offices", "portfolio_apart")
_WITHIN_PORTFOLIOS = words("offices", "within_portfolios")
_PORTFOLIO_PREPOSITIONS = words("offices", "portfolio_prepositions")
_PARTS_OF_MINISTRIES = words("offices", "parts_of_ministries")
_BELONGING = words("offices", "belonging")
_GOVERNMENTS = words("offices", "governments")
_WITHIN_GOVERNMENTS = words("offices", "within_governments")
_AMBASSADORS = words("offices", "accredited")
_CHARGED = words("offices", "charged")
_MISSIONS = words("offices", "missions")
_CONSULS = words("offices", "consuls")
_NATIONAL_ORGANS = words("offices", "national_organs")
_OF_THE_STATE = words("offices", "of_the_state")
_HEADS_OF_MISSION = words("offices", "heads_of_mission")
_OF_FIELDS = words("offices", "of_fields")
_INTERIM = words("offices", "interim")
_SENDING = words("offices", "sending")
_ORDINALS = words("grammar", "ordinals")
_MINISTRIES = ("Ministry of", "Ministry for", "Department of")
_MINISTRY = "ministry"
_DEFINITE = ("the", "its", "their", "his", "her")
_RULERS = ("president", "prime-minister")
_HIS_OFFICE = ("office", "administration")
_FIRM_HEADS = words("offices", "heads_of_firms")
_FIRMS = words("offices", "firms")
_MOST_TOLD = 5
"""Words that tell what a firm is before its name."""
_BUSINESS = words("offices", "business")
_MARKS = ("(", ",", *DASHES)
_MOST_PARTS = 10  # of what follows the head of a title


class Tail:
    """What is read after the head of a title."""

    __slots__ = ("end", "of", "start", "words")

    def __init__(self, end: int, start: int) -> None:
        self.end = end
        self.start = start
        """Where the title begins."""
        self.words: list[str] = []
        self.of: str | None = None

    def text(self) -> str:
        """What stands behind the head, marks set close."""
        return " ".join(self.words).replace(" ,", ",")


class TailReader(BodyReader):
    """Reads what stands behind the head of a title."""

    def _may_trail(self, k: int) -> bool:
        """Whether the word at ``k`` can open what stands behind a head."""
        low = self.low[k]
        return low in _PREPOSITIONS or low in _JOINS or self.words[k] in _MARKS or low in _INTERIM

    def _right(self, tail: Tail, of: str | None, *, after_name: bool, closed: bool) -> None:
        """Read what stands after the head: "of Foreign Affairs", "of the Republic of Latvia", "to Sri Lanka".

        ``closed``: no name can follow, so that a run of capitals belongs to the title as a whole.
        """
        end = tail.end
        head = self.low[end - 1]
        for _ in range(_MOST_PARTS):
            k = tail.end
            if k + 1 >= self.last:
                break
            w = self.low[k]
            if w == "(":
                close = next((m for m in range(k + 1, min(k + 4, self.last)) if self.words[m] == ")"), None)
                if close is None:
                    break
                tail.end = close + 1
            elif w in _PREPOSITIONS and self.words[k][0].islower():  # "President To Lam"
                if not self._prepositional(tail, head, of, closed=closed):
                    break
            elif self.low[at := k + (w == ",")] in _INTERIM:
                tail.end = at + 1  # "Chargé d'Affaires, a.i., U.S. Embassy"
            elif not self._goes_on(tail, end) and not (after_name and self._set_off(tail)):
                break

    def _in_government(self, tail: Tail) -> bool:
        """Read "in Germany's new coalition | government"."""
        n = tail.end + 1 + (self.low[tail.end + 1] == "the")
        found = self.t.entities.get(n)
        if found is None or found[0].sense.type not in ("country", "demonym"):
            return False
        k = found[1]
        while k < min(found[1] + 5, self.last) and self.low[k] not in _GOVERNMENTS:
            if self.words[k][0].isupper() or not (self.words[k].isalpha() or self.low[k] == "'s"):
                return False
            k += 1
        if k >= self.last or self.low[k] not in _GOVERNMENTS:
            return False
        tail.of, tail.end = tail.of or found[0].sense.value, k + 1
        return True

    def _prepositional(self, tail: Tail, head: str, of: str | None, *, closed: bool) -> bool:
        """Read a preposition and what it governs into the tail."""
        k = tail.end
        if self.low[k] in _WITHIN_GOVERNMENTS and self._in_government(tail):
            return True
        if head.endswith("s") and head[:-1] in self.lex.heads and self.low[k] in _AFTER_PLURALS:
            return False  # "Presidents on Strengthening …"
        if self.low[k] == "at" and (tail.words[:1] == ["to"] or (head in _AT_NOTHING and not closed)):
            return False  # "hosted the prime minister at Camp X"
        n = k + 1
        while n < self.last and (self.words[n] in _BEFORE_BODIES or self.words[n][0].isdigit()):
            n += 1
        if n >= self.last:
            return False
        if self.low[k] == "to" and (tail.words or tail.of or of) and head in _OF_ONE and n in self.t.entities:
            return False  # "the visit of the President of Peru | to Chile"
        if self.low[k] == "to" and "minister" in head and fold(self.words[n]) in self.lex.name_words:
            return False  # "handed the job of finance minister | to X Y"
        if self._of_office(tail, n, head):
            return True
        if self.low[k] in ("of", "at") and (head in _FIRM_HEADS or head in _BUSINESS) and (firm := self._firm(n)) > n:
            self._take_body(tail, firm, self._run(firm))
            return True
        if self.low[k + 1] == "the":
            body = next((m for m in range(n, min(n + 3, self.last)) if self.words[m] in _SPOKEN_OF), None)
            if body is not None:  # "Secretary General of the regional bloc"
                tail.end = body + 1
                return True
        found = self.t.entities.get(n)
        if found is not None and found[0].sense.type in BODIES:
            return self._of_entity(tail, n, head, of, closed=closed)
        if self.words[n] in ('"', "“") and self.low[k] in _BELONGING:
            close = next((m for m in range(n + 1, min(n + 8, self.last)) if self.words[m] in ('"', "”")), None)
            if close is not None:
                tail.of, tail.end = tail.of or self.t.printed(n + 1, close), close + 1
            return close is not None
        whole = self._run(n)
        if whole == n and head in _HEADS_OF_PORTFOLIOS and self.low[k] in _PORTFOLIO_PREPOSITIONS:
            whole = self._small_portfolios(n)
        elif whole == n and self.low[k] == "of":
            whole = max(self._small_part(n), self._small_ministry(n))
        of_body = (self.low[k] in _BELONGING and head not in _OF_PORTFOLIOS) or head in _SENT
        end = whole if closed else self._before_name(tail, n, whole, body=of_body)
        if end == n or (self.low[k] == "at" and self.low[n] in _ORDINALS):
            return False  # "elected chairman at the First Session of …"
        sent = of in self.lex.authority.countries and not _SENT.isdisjoint(self.low[tail.start : k])
        if self.low[k] in _BELONGING and not sent and self._names_body(n, end, head, tail):
            self._take_body(tail, n, end)
        else:
            self._take(tail, n, end)
        return True

    def _firm(self, n: int) -> int:
        """Where the name begins behind what a firm is, "of |state rail operator| NAME"; else ``n``."""
        found = self.t.entities.get(n)
        k = found[1] if found is not None and found[0].sense.type == "demonym" else n
        begin = k
        while k < self.last and k - begin < _MOST_TOLD and self.words[k].islower() and self.words[k].isalpha():
            k += 1
        named = k > begin and k < self.last and self.low[k - 1] in _FIRMS and self.words[k][0].isupper()
        return k if named and k not in self.t.heads and k not in self.t.entities else n

    def _small_part(self, n: int) -> int:
        """Past a part of a ministry in small letters: "head of the | consular department"."""
        for k in range(n, min(n + 4, self.last)):
            if self.low[k] in _PARTS_OF_MINISTRIES:
                return k + 1 if k > n else n
            if not (self.words[k].isalpha() and self.words[k].islower()) or k in self.t.heads:
                break
        return n

    def _small_ministry(self, n: int) -> int:
        """Past a ministry in small letters: "secretary general of the Peruvian | foreign ministry"."""
        for k in range(n, min(n + 4, self.last)):
            if self.low[k] == _MINISTRY:
                return k + 1
            if self.words[k] not in self.lex.portfolio and self.words[k] not in self.lex.modifiers:
                break
        return n

    def _small_portfolios(self, n: int) -> int:
        """Past portfolios in small letters from ``n``: "deputy minister of | local administration and environment"."""
        k = good = n
        while (
            k < self.last
            and k - n < _MOST_PARTS
            and (self.low[k] in self.lex.portfolio or (k > n and self.low[k] in _WITHIN_PORTFOLIOS))
        ):
            k += 1
            if self.low[k - 1] in self.lex.portfolio:
                good = k
        return good

    def _take(self, tail: Tail, n: int, end: int) -> None:
        """Take the words up to ``end``, from the preposition that governs the token ``n``."""
        article = ["the"] if n - 1 > tail.end and self.low[n - 1] in _DEFINITE else []
        w = self.low[tail.end]
        if not (  # a bureau of a department is told by itself
            w in _PLACING and tail.words and self._is_state_body(n, end)
        ):
            owner = self._owner_within(n, end)
            own = self.t.entities[n][1] if owner and n in self.t.entities else n
            own += owner is not None and self.low[own] == "'s"
            post = self.low[own] in _POSTS
            if own > n and self.low[own - 1] == "'s" and self.low[end - 1] in self.lex.institutions:
                article = ["the"]  # "speaker of Chad's National Assembly"
            tail.words += ["at" if post else w, *(["the"] if post else article), self.t.printed(own, end)]
            tail.of = tail.of or owner
        else:
            tail.of = tail.of or self._owner_within(n, end)
        tail.end = end

    def _take_body(self, tail: Tail, n: int, end: int) -> None:
        """Take an organisation nobody knows: by the acronym that follows, else as printed without its legal form."""
        names = [w for w in self.words[n:end] if w.lower().replace(".", "") not in _LEGAL_FORMS and w not in ",."]
        close = end + 2
        if close < self.last and self.words[end] == "(" and self.words[close] == ")" and self._shortens(end + 1, names):
            names = [self.words[end + 1]]
            end = close + 1
        tail.of = tail.of or " ".join(names) or None
        tail.end = end

    def _names_body(self, n: int, end: int, head: str, tail: Tail) -> bool:
        """Whether the run ``[n, end)`` after "of" names an organisation, not a portfolio or a part of the state."""
        low, lex = self.low, self.lex
        if tail.of or head in _OF_PORTFOLIOS or head in _OF_TERRITORIES or self.words[end - 1] in lex.spelt_out:
            return False
        if self.words[n] in lex.spelt_out:
            return False  # "Chairman of the NA's Committee for External Affairs"
        if low[n] in _OF_THE_STATE and self._noun_of(n, end) in _NATIONAL_ORGANS:
            return False
        if head in _OF_FIELDS and low[end - 1] in lex.portfolio and lex.institutions.isdisjoint(low[n:end]):
            return False  # "Director of National Drug Control Policy"
        if all(low[k] in lex.portfolio or low[k] in lex.heads for k in range(n, end) if self.words[k][0].isupper()):
            return False
        return _PARTS_OF_BODIES.isdisjoint((low[end - 1], low[n], self._noun_of(n, end)))

    def _noun_of(self, n: int, end: int) -> str:
        """The noun of the body named ``[n, end)``: of "Superior Court of X" the court."""
        return self.low[next((k for k in range(n + 1, end) if self.low[k] in _WITHIN), end) - 1]

    def _head_end(self, h: int) -> tuple[int, str | None]:
        """The token after the head at ``h``, and the kind of office it names; told by those who read titles."""
        raise NotImplementedError

    def _past_honorifics(self, n: int) -> int:
        """Past "Mr.", "His Excellency Dr." …; told by those who read names."""
        raise NotImplementedError

    def _leads_to_name(self, k: int) -> bool:
        """Whether somebody's name follows at ``k``; told by those who read names."""
        raise NotImplementedError

    def _names_thing(self, k: int) -> bool:
        """Whether the word at ``k`` is the noun of a thing and ends nobody's name ("Negotiations")."""
        low, lex = self.low[k], self.lex
        return low in lex.event_nouns or low.removesuffix("s") in lex.event_nouns or low in lex.institutions

    def _before_name(self, tail: Tail, n: int, end: int, *, body: bool = False, past: int = 0) -> int:
        """Where the name of a person begins in the run ``[n, end)``, or its end if none seems to.

        ``body``: the run may name a body nobody knows, which a name may follow.
        """
        marked = max((m for m in range(n, end) if self._marks_body(m)), default=-1) + 1
        begin = max(marked, n + 1, past)
        if begin >= end or self._abbreviated(end) or self._past_honorifics(end) > end:
            return end
        before = self.low[begin - 1]
        if marked and before in _WITHIN and before not in _JOINS and end - begin > 2:
            begin += 1  # "Commission Against Addictions | X Y"
        organ = marked > 0 and (before in self.lex.institutions or before in _STATE_BODIES)
        rest = end - begin
        first = self._first_name(begin, end)
        joined = self.low[begin - 1] in _JOINS and self.words[end] == "," and self._leads_to_name(end)
        if first == end and (joined or self._names_thing(end - 1)):
            return end  # "Director-General for Neighbourhood and Enlargement Negotiations, X"
        if first == end - 1 and first > begin:
            first -= 1  # a surname known, and a first name that is not
        if organ and first == begin + 1 and end - first > 1:
            return begin  # "Intelligence Center | Audomaro Martínez Zapata", of whose names one is known
        if first < end:
            return begin if marked and self._kind_of(self.t.printed(tail.start, begin)) is not None else first
        if marked or past:
            known = rest == 1 and self._kind_of(self.t.printed(tail.start, begin)) is not None
            return begin if known or 2 <= rest <= 5 else end
        if not body:
            return begin if self._kind_of(self.t.printed(tail.start, begin)) is not None else end
        return end - 2 if end - n > 3 else n + 1

    def _of_office(self, tail: Tail, n: int, head: str) -> bool:
        """Read "to the President", "of the Romanian President", "of Chad's prime minister": whom the office serves."""
        found = self.t.entities.get(n)
        k = n
        if found is not None and found[0].sense.type in ("country", "demonym"):
            k = found[1] + (found[1] < self.last and self.low[found[1]] == "'s")
        if (end := self._office_of(k)) > k:
            ruler = "President" if self.low[k] == "presidential" else self.t.printed(k, end - 2)
            tail.words += ["of", "the", "Office", "of", "the", ruler]
            tail.of, tail.end = tail.of or (found[0].sense.value if found is not None and k > n else None), end
            return True
        hit = self.t.heads.get(k) if k < self.last else None
        if hit is None or not hit[0].sense.value or hit[0].sense.type == "titles":
            return False
        small = self.words[k].islower()
        if (small or self.low[n - 1] != "the") and not self._is_served(n, k, head):
            return False
        end, _ = self._head_end(k)
        tail.words += [self.low[tail.end], "the", self.t.printed(k, end)]
        if k > n and found:
            tail.of = tail.of or found[0].sense.value
        tail.end = end
        return True

    def _office_of(self, k: int) -> int:
        """Past the office of whoever leads a state: "the |President's Office|"; else ``k``."""
        if k + 1 >= self.last:
            return k
        if self.low[k] == "presidential":
            return k + 2 if self.low[k + 1] in _HIS_OFFICE else k
        hit = self.t.heads.get(k)
        end = hit[1] if hit is not None else k
        leads = hit is not None and hit[0].sense.value in _RULERS
        return (
            end + 2 if leads and end + 1 < self.last and self.low[end] == "'s" and self.low[end + 1] == "office" else k
        )

    def _is_served(self, n: int, k: int, head: str) -> bool:
        """Whether an office at ``k``, told with its country at ``n``, is nobody's title, so that others serve it.

        "envoy of |Chad's prime minister|", not "of |Chad's Prime Minister| X".
        """
        end = self.t.heads[k][1]
        told = k > n and (self.low[n - 1] == "the" or self.low[k - 1] == "'s")
        return told and head not in _OF_ONE and self.low[end] != "'s" and not self._leads_to_name(end)

    def _of_entity(self, tail: Tail, n: int, head: str, of: str | None, *, closed: bool) -> bool:
        """Read a known country, body or place after a preposition."""
        w = self.low[tail.end]
        hit, after = self.t.entities[n]
        kind = hit.sense.type
        if kind == "country" and after < self.last and self.words[after] in _STYLES:
            after += 1
        if kind == "demonym" or (kind in ("country", "place") and w != "to"):
            organ = self._run(n, past=after)
            organ = organ if closed else self._before_name(tail, n, organ, past=after)
            if organ > after and self._is_organ(after, organ):
                last = self.low[organ - 1]
                institution = last in _LEGAL_FORMS or (last in self.lex.institutions and last not in _STATE_BODIES)
                if institution or (kind == "place" and not self._is_state_body(after, organ)):
                    self._take_body(tail, n, organ)
                else:
                    self._take(tail, n, organ)
                    whose = kind == "place" or (kind == "country" and w in _BELONGING)
                    tail.of = tail.of or (self._body_of(hit) if whose else None)
                return True
        if kind == "demonym":
            organ = after
            while organ < self.last and organ < after + 3 and self.low[organ] in _STATE_BODIES:
                organ += 1
            organ = organ if organ > after else self._small_ministry(after)
            if organ > after and w in _BELONGING:  # "speaker of the Lebanese | parliament"
                tail.words += [w, "the", self.t.printed(after, organ)]
                tail.of, tail.end = tail.of or hit.sense.value, organ
            return False  # with it the title ends
        if kind == "country" and w == "to" and head in _AT_NOTHING and self.words[tail.end - 1].islower():
            return False  # "a visit by the prime minister | to China"
        if kind == "place":
            if w in _BELONGING and not _CONSULS.isdisjoint(self.low[tail.start : tail.end]):
                tail.words += ["in", self.t.printed(n, after)]  # where a consul sits is not the country he is of
                tail.end = after
                return True
            abroad = w == "to" and self.lex.authority.places[hit.sense.value].metonym == "yes"
            named_as = "as" in self.low[max(0, tail.start - 4) : tail.start]  # "appointed X as the new ambassador to Y"
            abroad = abroad and (closed or named_as or self._leads_to_name(after))  # "ambassador to Washington"
            name = self._past_honorifics(after)
            named = w == "in" and (name > after or self._first_name(name, min(name + 2, self.last)) == name)
            named = named or (w == "in" and self.words[after] == "," and self._leads_to_name(after))
            if head in _AMBASSADORS and (abroad or named):
                tail.words += ["to", self.lex.authority.countries[self._body_of(hit) or ""].label]
                tail.end = after
                return True
            charged = w == "for" and head in _CHARGED
            if (
                w != "of"
                and not charged
                and not (w == "in" and (tail.words or not _POSTED.isdisjoint(self.low[tail.start : tail.end])))
            ):
                return False
            posted = w == "in" and not _POSTS.isdisjoint(fold(" ".join(tail.words)).split())
            tail.words += [w, self.t.printed(n, after)]
            if w == "of" and tail.of is None and of is None:
                tail.of = self._body_of(hit)
            after = self._further_posts(tail, after, self._body_of(hit)) if posted else after
        elif w in _BELONGING or (w == "from" and kind == "country"):  # "ministers from Norway and Chad"
            if kind == "country" and self.low[tail.end - 1] in _DISTRICTS:
                tail.words += [w, self._label(hit)]  # "United States Attorney for the District of Guam"
                tail.end = after
            else:
                self._belongs_to(tail, hit, after)
            return True
        else:
            last = self.words[tail.end - 1]
            stationed = not _POSTED.isdisjoint(
                self.low[tail.start : tail.end - 1]
            )  # "Representative of UNDP |in Chad|"
            if w == "in" and not tail.words and (not last[0].isupper() or last.isupper()) and not stationed:
                return False  # "Norwegian FM | in Chad"
            if w == "in" and head in _AMBASSADORS:
                w = "to"  # "the ambassador of Norway |in Chad|"
            article = (
                ["the"] if self.low[n - 1] == "the" and fold(self.t.printed(n, after)) == fold(self._label(hit)) else []
            )
            tail.words += [w, *article, self.t.printed(n, after) if kind == "organisation" else self._label(hit)]
            posted = w == "in" and not _POSTS.isdisjoint(fold(" ".join(tail.words[:-1])).split())
            further = self._further_posts(tail, after, hit.sense.value) if posted else after
            after = self._further_countries(tail, after) if w in _SENDING else further
        tail.end = after
        return True

    def _belongs_to(self, tail: Tail, hit: Hit, after: int) -> None:
        """Take the country or organisation an office is "of"."""
        is_country = hit.sense.type == "country"
        if tail.of is None or (is_country and tail.of not in self.lex.authority.countries and not tail.of.islower()):
            if tail.of is not None:
                tail.words += ["of", "the", tail.of]
            tail.of = hit.sense.value
        tail.end = self._organ(after, tail.words)

    def _further_countries(self, tail: Tail, k: int) -> int:
        """Past further countries an envoy is sent to: "to India, Nepal and Bhutan"."""
        while k + 1 < self.last and (self.words[k] == "," or self.low[k] in _JOINS):
            n = k + 1 + (self.words[k] == "," and self.low[k + 1] == "and")
            n += n < self.last and self.low[n] == "the"
            found = self.t.entities.get(n)
            if found is None or found[0].sense.type != "country":
                break
            after = found[1]
            if after < self.last and (
                self.low[after] == "'s" or (self.words[after][0].isalnum() and self.low[after] != "and")
            ):
                break
            tail.words += [self.words[k], self._label(found[0])]
            k = after
        return k

    def _further_posts(self, tail: Tail, k: int, country: str | None) -> int:
        """Past further towns and countries of missions: "at the embassies in Lima, Peru, Rome and Oslo"."""
        end = k
        while k + 1 < self.last and (self.words[k] == "," or self.low[k] in _JOINS):
            n = k + 1 + (self.words[k] == "," and self.low[k + 1] == "and")
            n += n < self.last and self.low[n] == "in"
            n += n < self.last and self.low[n] == "the"
            hit, after = self.t.entities.get(n, (None, n))
            going_on = after < self.last and (self.words[after][0].isupper() or self.low[after] == "'s")
            if hit is None or hit.sense.type not in ("country", "place") or going_on:
                break  # "in Windhoek, Namibia and | the U.S. Mission"
            of, k = self._body_of(hit), after
            if hit.sense.type == "country" and of == country and self.words[n - 1] == ",":
                end = after
                continue  # "Lima|, Peru|"
            tail.words += [",", self.t.printed(n, after)]
            country, end = of, after
        return end

    def _organ(self, k: int, tail: list[str]) -> int:
        """Past the organ of a body just named: "… of the CPV Central Committee", "… Hue Municipal Committee"."""
        words, low = self.words, self.low
        if k + 2 < self.last and words[k] == "(" and words[k + 2] == ")":
            k += 3
        n = k
        while n < min(k + _MOST_PARTS, self.last) and words[n][0].isupper() and low[n] not in _LOCAL:
            n += 1
        if n + 1 < self.last and low[n] in _LOCAL and low[n + 1] in self.lex.portfolio and words[n + 1][0].isupper():
            tail += ["of", "the", self.t.printed(k, n + 2)]
            return n + 2
        n = k
        while n < self.last and words[n][0].isupper() and low[n] in self.lex.portfolio:
            n += 1
        if n > k and " ".join(low[k:n]) not in _WHOLE_ORGANS:
            tail += ["of", self.t.printed(k, n)]
        return n

    def _goes_on(self, tail: Tail, end: int) -> bool:
        """Read further portfolios: "Minister of Trade, | Commerce and | Tourism"."""
        k = tail.end
        if not (
            (self.words[k] == "," or self.words[k] in _JOINS)
            and (
                tail.words[:1] in (["of"], ["for"])
                or not {"of", "for"}.isdisjoint(self.low[max(end - 4, 0) : end])
                or (bool(tail.words) and tail.words[-1].startswith(_MINISTRIES))
            )
            and self.words[k - 1][0].isupper()
        ):
            return False
        n = k + 1 + (self.words[k] == "," and self.low[k + 1] == "and")
        n += self.low[n - 1] == "and" and self.low[n] == "the" and self.low[n + 1] in self.lex.portfolio
        if self.words[k] == "," and self.low[n - 1] == "the" and self.low[n] in _MISSIONS:
            return False  # "of Trade, and the Embassy's staff"
        hit, behind = self.t.entities.get(n, (None, n))
        after = self._portfolios(n)
        if hit is not None and hit.sense.type == "country" and behind > after:
            return False  # "the foreign ministers of Peru, | South Korea"
        if self.low[end - 1] in _OF_PORTFOLIOS or self.low[max(end - 4, 0)] in _OF_PORTFOLIOS:
            run = self._run(n)
            ends = run < self.last and self.words[run] in (",", ".", ")", ";", "of") and self._first_name(n, run) == run
            joined = self.words[k] != "," or "and" in self.low[n:run]
            after = max(after, run if ends and joined and run - n < 6 else n)
        if after == n or self._begins_title(n, after) or (self.words[k] != "," and self._leads_to_head(n)):
            return False
        tail.words.append(self.t.printed(k, after) if self.words[k] != "," else "," + self.t.printed(k + 1, after))
        tail.end = after
        return True

    def _begins_title(self, n: int, after: int) -> bool:
        """Whether the words ``[n, after)`` lead to another head ("… and Foreign Minister X")."""
        return (
            after in self.t.heads
            or (after < self.last and self.low[after] in self.lex.heads)
            or any(
                m in self.t.heads or self.low[m] in self.lex.heads
                for m in range(n, after)
                if not (self.low[m] in self.lex.portfolio and self.low[m + 1] in (",", "and"))
            )
        )

    def _seat(self, tail: Tail, k: int) -> int:
        """Read where an embassy or consulate is into the title of who heads it; return the token after.

        "Chargé d'Affaires, U.S. Embassy | Abu Dhabi" is sent to the Emirates, "Consul General, U.S. Consulate | Dubai"
        sits in Dubai.
        """
        k += self.low[k] in _PLACING
        hit, after = self.t.entities.get(k, (None, k))
        if hit is None or hit.sense.type not in ("country", "place"):
            return k
        head = self.low[tail.start : tail.end]
        country = self.lex.authority.countries.get(self._body_of(hit) or "")
        if country and not _HEADS_OF_MISSION.isdisjoint(head):
            tail.words += ["to", country.label]
        elif not _CONSULS.isdisjoint(head):
            tail.words += ["in", self.t.printed(k, after)]
        return after

    def _set_off(self, tail: Tail) -> bool:
        """Read the body or the field set off by a mark: "executive secretary, Union of …", "Director – South Asia"."""
        k = tail.end
        n = k + 1 + (self.low[k + 1] == "the")
        dash = self.words[k] in DASHES
        if n >= self.last or not (dash or self.words[k] == ",") or tail.of or not self.words[n][0].isupper():
            return False
        found = self.t.entities.get(n)
        if found is not None and found[0].sense.type == "organisation":
            if found[1] < self.last and self.words[found[1]][0].isupper():
                return False
            tail.of, tail.end = found[0].sense.value, found[1]
            return True
        if dash and found is not None and found[0].sense.type == "country":
            tail.words += ["for", self._label(found[0])]
            tail.end = self._further_countries(tail, found[1])
            return True
        end = self._run(n)
        if (
            end == n
            or n in self.t.heads
            or (end < self.last and self.words[end][0].isupper() and end not in self.t.entities)
        ):
            return False
        if dash:
            if self.low[end : end + 2] == [",", "nominee"]:
                return False  # "Ambassador to X - NAME, Nominee for"
            if found is None and not all(w in self.lex.portfolio for w in self.low[n:end]):
                return False
            tail.words += ["for", self.t.printed(n, end)]
            tail.end = end
        elif self.low[end - 1] in self.lex.institutions and _STATE_BODIES.isdisjoint((self.low[end - 1], self.low[n])):
            self._take_body(tail, n, end)
        elif self._is_state_body(n, end):
            owner = self._owner_within(n, end)
            own = self.t.entities[n][1] if owner and n in self.t.entities else n
            if self.low[own] not in _POSTS:
                tail.words += ["of", "the", self.t.printed(own, end)]
            else:
                end = max(end, self._seat(tail, own + 1))
            tail.end, tail.of = end, owner
        else:
            return False
        return True
