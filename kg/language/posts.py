"""Posts: titles with the names they stand beside, before or behind, one or several of them."""

from dataclasses import replace

from kg.iris import fold
from kg.language.lexicon import LEADERS
from kg.language.names import TITLES_AS_NAMES
from kg.language.rows import RowReader
from kg.language.text import Mention, Title
from kg.language.words import words

_COPULAS = words("grammar", "copulas")
_FRONTING = words("grammar", "fronting_words")
_GOVERNING = words("grammar", "argument_prepositions")
_DETERMINERS = words("grammar", "determiners")
_STACKING = words("grammar", "stacking")
_APPOINTING = words("acts", "appointing_verbs")
_CHOOSING = words("acts", "choosing_verbs")
_AHEAD = words("acts", "before_coming")
_TAKING_UP = words("acts", "taking_up")
_FUTURE = words("acts", "future_auxiliaries")
_PARTING = frozenset((",", ";", "and", "who", "that"))
_GIVING = words("posts", "giving")
_GOING = words("posts", "going")
_PUTTING = words("posts", "putting")
_PASSIVE = words("acts", "passive_auxiliaries")
_HANDING_OVER = _GIVING | _PUTTING | words("posts", "stepping")
_INVERTED = frozenset(("was", "were", "is", "are"))
_THERE = frozenset(("present", "there", "attendance", "side", "him", "her", "them"))
_TO_INVERTED = 8
"""Tokens before a verb in which it is told that another was there: "|Among those who called| was the president"."""
_CLOSING = frozenset((",", ".", ";", "(", ")", "–", "—"))
_TO_HANDOVER = 16
"""Tokens from the name of a post to the verb that tells to whom it goes."""
_FARTHEST_CHOICE = 9
"""Tokens at most between a verb of choosing and the office somebody is chosen for."""
_INDEFINITE = words("grammar", "indefinite_determiners")
_NEGATIONS = words("grammar", "negations")
_POSTS_HELD = words("offices", "posts_held")
_COUNTING = words("presence", "counting_in")
_HOLDING_POSTS = words("offices", "holding_posts")
_CALLED = words("names", "callings")
_KIN = words("names", "kin")
_FORMERLY = words("offices", "formerly")
_WISHING = words("offices", "wishing_verbs")
_INFINITIVES = words("offices", "holding_infinitives")
_IF = words("offices", "conditions")
_STATES = words("grammar", "words_for_states")
_SAID_OF = words("offices", "said_of")
_PAST = words("grammar", "past_service")
_BEFORE_STACKED = words("offices", "before_stacked")
_JOINS_IN_NAMES = words("offices", "joins_in_names")
_WAS = words("grammar", "forms_of_be_past")
_ROYAL = ("king", "queen", "sovereign-prince", "emperor", "sultan")  # kinds of office
_DASHES = frozenset(("-", "–", "—", ":"))
_IN_TERMS = words("offices", "in_terms")
_TERM_WORDS = 8
_YEAR_DIGITS = 4
_MOST_TITLES = 8  # of one person in a row


class PostReader(RowReader):
    """Reads titles, those in a row that share a name, and whose they are."""

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
        if self.low[title.end] == "'s" and self.low[self._before(title.start)] == "as":
            of = self._title_from(title.end + 1, after_name=True) if title.end + 1 < self.last else None
            if of is not None:  # "served as the Secretary-General's Special Adviser"
                title = replace(of, start=title.start, of=of.of or title.of)
        self._inherit(title)
        self._share_owner(title)
        holder = self._is_held_by(title)
        if holder:
            return self._named(holder, [title])
        unknown = title.kind is None and title.of is None and not (title.counterpart or title.plural)
        if unknown and out and not swallowed and self._official_of(out[-1], title):
            title.of = out[-1].value  # "Oman's top security official, NAME"
        before, said = self._before(title.start), self._is_said(title)
        predicative = said or (before >= self.first and self._holds_post(before))
        if predicative and self.low[before] == "as" and self.low[before - 1] == "well":
            predicative = False  # "X as well as the president"
        titles, k = self._row(title, predicative=predicative)
        n = self._skip_to_name(k)
        if title.plural and n == k and k + 1 < self.last and self.words[k] in _DASHES:
            n = k + 1  # "the ambassadors – A of X, B of Y"
        end = self._name_end(n, titled=True) if n < self.last else n
        if end > n and self.words[k] == ",":
            apart = predicative and self.low[before] == "as" and self.low[end] == "as"
            seat = self.low[before - 1 : before + 1] == ["office", "of"] and self.words[end] != ","
            if apart or seat or self._belongs_to_another(title, n):  # "A as High Commissioner, B as Ambassador"
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

    def _is_held_by(self, title: Title) -> int:
        """Where the name begins of whoever an office is said to be held by: "the new minister |is| X"; else 0."""
        n = title.end + 1
        n += self.low[n - 1 : n + 1] == ["will", "be"]
        if title.plural or title.counterpart or n + 1 >= self.last or self.low[n - 1] not in ("is", "becomes", "be"):
            return 0
        n = self._past_honorifics(n)
        if n in self.t.heads or not self.words[n][0].isupper():
            return 0
        found = self.t.entities.get(n)
        if found is not None and found[0].sense.type != "person":
            return 0
        end = self._name_end(n, titled=True)
        return n if end - n > 1 and (end == self.last or self.words[end] in _CLOSING) else 0

    def _is_said(self, title: Title) -> bool:
        """Whether an office is said of somebody: "is the President of", "served as"."""
        before = self._before(title.start)
        if before < self.first or self.low[before] not in _COPULAS or self._puts_another(before):
            return False
        opening = self.low[max(self.first, before - _TO_INVERTED) : before]
        return self.low[before] not in _INVERTED or (_THERE.isdisjoint(opening[-2:]) and not _is_one_of_those(opening))

    def _share_owner(self, title: Title) -> None:
        """Give the second of two titles in the plural its country: "Chad's defence and | foreign ministers"."""
        k = title.start - 2
        if not (title.plural and title.of is None and k > self.first and self.low[k + 1] == "and"):
            return
        owner = self.out[-1] if self.out and self.low[k] in self.lex.portfolio else None
        if owner is not None and owner.type == "body" and owner.end + (self.low[owner.end] == "'s") == k:
            self.out.pop()
            title.of, title.start = owner.value, owner.start

    def _of_kin(self, of: int) -> bool:
        """Whether an office is only told of whose kin somebody is: "the wife of | the Premier of Chad X"."""
        if of <= self.first or self.low[of] not in ("of", "to") or self.low[of - 1] not in _KIN:
            return False
        beside = of - 3 >= self.first and self.words[of - 2] == "," and self.words[of - 3][0].isupper()
        return not beside  # "X, wife of | President Y"

    def _holds_post(self, of: int) -> bool:
        """Whether "of" leads from a post to the office that somebody has: "held the post | of Director"."""
        low, first = self.low, self.first
        if self._counts_posts(of):
            return True
        if low[of] == "to" and low[of - 1] in _PUTTING:
            return low[of - 2] in _WAS or low[of - 2] == "been"  # "was promoted | to Minister"
        if low[of] != "of" or of - 2 < first or low[of - 1] not in _POSTS_HELD:
            return False
        if not _HANDING_OVER.isdisjoint(low[max(first, of - _FARTHEST_CHOICE) : of - 1]) or self._goes_to(of):
            return True
        if low[of - 3] == "for":  # "was picked for the post of", "nominated X for the post of"
            return not _CHOOSING.isdisjoint(low[max(first, of - _FARTHEST_CHOICE) : of - 3])
        return not _HOLDING_POSTS.isdisjoint(low[max(first, of - 5) : of - 1])

    def _goes_to(self, of: int) -> bool:
        """Whether the office behind "the post of" is told there to go to somebody: "the post | of Minister went to"."""
        near = range(of + 1, min(self.last, of + _TO_HANDOVER))
        verb = next((k for k in near if self.low[k] in _GIVING or self.low[k] in _GOING), self.last)
        return verb < self.last and (self.low[verb] in _GOING or self.low[verb - 1] in _PASSIVE)

    def _counts_posts(self, k: int) -> bool:
        """Whether the word at ``k`` leads to the offices somebody had: "her previous posts | include"."""
        return k > self.first and self.low[k] in _COUNTING and self.low[k - 1] in _POSTS_HELD

    def _official_of(self, body: Mention, title: Title) -> bool:
        """Whether a title nobody knows is of the body before it: "Iran's top security | official"."""
        begin = body.end + (self.low[body.end] == "'s")
        within = title.start <= body.start < title.end  # "the |UN| special coordinator for Lebanon", "a top |Y| envoy"
        if body.type != "body" or body.organ or not (within or body.end <= title.start):
            return False
        lex, between = self.lex, self.low[title.start : body.start] if within else self.low[begin : title.start]
        told = within or begin > body.end or body.adjective
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
            if following is None and self.words[k] == "," and (again := self._told_again(titles[-1], n)):
                return titles, again
            if following is None and low[k] == "and" and not predicative and title.of is not None:
                following = self._role_there(n)  # "the Prime Minister of X and forum |chairperson| NAME"
            if following is None:
                break
            named = self._leads_to_name(following.end) or (not predicative and self._stacks_on(following.end))
            if low[k] != "and" and named == predicative:
                break  # "appointed as Minister of X, Deputy Minister of Y NAME" speaks of two
            if title.plural and not following.plural and self.words[k] == ",":
                break  # "a meeting of ministers, spokesman NAME said"
            if self.words[k] == "," and any(t.kind and t.kind == following.kind and t.of for t in titles):
                break  # "X, Foreign Minister of Peru, Foreign Minister NAME" speaks of two
            apart = self._opened_by(title) or (n == k + 1 and self._set_before(title))
            if self.words[k] == "," and apart and self._acts_behind(following.end):
                break  # "On behalf of the President of X, Minister NAME met", "According to a spokesman, Minister"
            if not predicative and self._of_other_state(title, following):
                break  # "the Greek Prime Minister and | Albanian President NAME" speaks of two
            if predicative:
                following = self._title_from(n, after_name=True) or following
            if n == k and low[k] in TITLES_AS_NAMES:
                break  # "Chief Executive Officer Sultan X"
            likened = title.counterpart and self.words[k] == ","  # "his Chadian counterpart, President NAME"
            of_others = n == k + 1 and not likened and self._said_of_others(title, following)
            if of_others or self._reign_apart(title, following):
                break
            ranked = following.kind == "ambassador" and following.of is None and (n == k or title.counterpart)
            if not ranked:  # a rank beside an office
                titles.append(following)
            done = following.end
        return titles, done

    def _told_again(self, title: Title, n: int) -> int:
        """Past an office told again behind a style: "the President of X, |His Excellency President| NAME"; else 0."""
        styled = self._past_honorifics(n) if title.of and n < self.last else n
        again = self._title_from(styled) if n < styled < self.last else None
        return again.end if again is not None and again.kind == title.kind and again.of is None else 0

    def _role_there(self, n: int) -> Title | None:
        """A title in small letters behind the word that tells where it is held, and before a name."""
        if n + 1 >= self.last or not (self.words[n].isalpha() and self.words[n].islower()):
            return None
        title = self._title_from(n + 1)
        small = title is not None and title.end == n + 2 and self.words[n + 1].islower()
        return title if small and title is not None and self._leads_to_name(title.end) else None

    def _past_term(self, k: int) -> int:
        """Past the years of an office, where a list goes on: "ambassador to X |from 2005 to 2009|, director of Y"."""
        n, dated = k, False
        while n < min(self.last, k + _TERM_WORDS) and (self.low[n] in _IN_TERMS or self.low[n].isdigit()):
            dated = dated or (self.low[n].isdigit() and len(self.low[n]) == _YEAR_DIGITS)
            n += 1
        n -= n > k and self.low[n - 1] == "and"
        return n if dated and n < self.last and self.low[n] in (",", "and") else k

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
        elif title.of and self.words[k] == ";":  # "the President of X, NAME|; Y, NAME; and Z, NAME|"
            of, after = self._next_country(k)
            told = of is not None and self.words[after] == ","
            k = max(k, self._country_list(title, of or "", after, self._past_joins(k))) if told else k
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

    def _of_something_else(self, title: Title, end: int) -> bool:
        """Whether a name is part of that of a thing: "Prince George's County", "King Hussein Bridge"."""
        if title.kind not in _ROYAL and self._kind_of(title.printed.rpartition(" ")[2]) not in _ROYAL:
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
        if self._set_before(title) and (self.low[title.start - 1] in _INDEFINITE or self._acts_behind(n)):
            return True  # "During talks with the President of Chad, X praised", "According to |a| spokesman, X, …"
        return self._known_elsewhere(title, n)

    def _set_before(self, title: Title) -> bool:
        """Whether an office is told in a phrase set before the sentence: "During talks with | the President, …"."""
        before = title.start - 1 - (self.low[title.start - 1] in _DETERMINERS)
        opening = self.low[self.first : before]
        return opening[:1] != [] and opening[0] in _FRONTING and "," not in opening and self.low[before] in _GOVERNING

    def _stacks_on(self, k: int) -> bool:
        """Whether the last title of a row follows, and the name: "Member of X, Director of Y|, and Minister NAME"."""
        n = k + (self.words[k] == ",")
        if self.low[n] != "and" or n + 1 >= self.last:
            return False
        last = self._title_from(n + 1)
        return last is not None and self._leads_to_name(last.end)

    def _of_other_state(self, title: Title, following: Title) -> bool:
        """Whether two titles are of two countries, and so of two people."""
        states = self.lex.authority.countries
        return title.of in states and following.of in states and title.of != following.of

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


def _is_one_of_those(opening: list[str]) -> bool:
    """Whether it is told behind who was one of those spoken of: "|Among those who called| was the president"."""
    at = opening.index("among") if "among" in opening else len(opening)
    return opening[at + 1 : at + 2] in (["those"], ["them"]) and "," not in opening[at:]
