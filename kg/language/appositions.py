"""Appositions: what stands behind a name and says whose it is ("of COUNTRY", ", TITLE of BODY,", "(COUNTRY)")."""

from dataclasses import replace

from kg.iris import fold
from kg.language.lexicon import LEADERS
from kg.language.names import FOR_RANK, HOLDING, NameReader
from kg.language.text import Mention, Text, Title
from kg.language.words import read_lexicon, words

_DETERMINERS = words("grammar", "determiners")
_ONE_A_COUNTRY = (*LEADERS, "foreign-minister")
_OF_SEVERAL = words("grammar", "verbs_of_several")
_PORTFOLIO_APART = words("offices", "portfolio_apart")
_LEADING = words("grammar", "leading_verbs")
_AGENTS = words("acts", "agents")
_APPOINTING = words("acts", "appointing_verbs") | words("posts", "making")
_PROMOTING = words("posts", "promoting")
_REPLACING = frozenset(word for word in words("acts", "succeeding") if word.endswith("ing"))
_POSTED = frozenset(("to", "in"))
_OWN = words("groups", "own")
_ITS = words("groups", "its")
_STATES = words("grammar", "words_for_states")
_PAST_HOLDING = words("names", "past_holding_verbs")
_BEFORE_APPOSITIONS = words("names", "before_appositions")
_SET_BEFORE = words("offices", "set_before")
_AT = ("at", "upon")
"""They open "At the invitation of", which another country's sends."""
_DEPARTMENTS = words("offices", "departments")
_BEFORE_COUNTRIES = words("offices", "before_countries")
_FROM = words("grammar", "before_origins") | {"of"}
_HEADING: dict[str, str] = read_lexicon()["offices"]["heading_verbs"]
_HOUSES = words("offices", "houses")
_FOR_A_TIME = words("offices", "led_for_a_time")
_GOVERNMENTS = words("offices", "governments")
_SERVING_ONE = words("offices", "serving_one")
_JOINING = ("and", "of", "the")
_SPANNING = ("from", "between")
_YEAR_DIGITS = 4
_APPOSING = (",", "(", "–", "—")
_LONGEST_OWNER = 6
"""Tokens of an office whose holder somebody is sent by: "the |African Union Commission Chairperson|'s envoy"."""


class AppositionReader(NameReader):
    """Reads the offices, countries and bodies that follow a name."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.out: list[Mention] = []
        self.leads = not text.vocabulary.isdisjoint(_LEADING)
        """Whether the text says of anybody that they lead."""
        self.row_met = -1
        """The token behind the last of those who were met or greeted in a row."""

    def _in_headline(self) -> bool:
        """Whether this is the headline, where capitals tell nothing."""
        return self.t.article.title is not None and self.t.sentences[0][0] == self.first

    def _after_name(self, mention: Mention, end: int) -> int:
        """Read "of COUNTRY" and appositions after a name."""
        office = self._put_into(mention.start, end) if self._is_put(mention.start) else None
        if office is not None:
            self._inherit(office)
            mention.titles = [*mention.titles, office]
            return office.end
        if not mention.titles and mention.start > self.first and self.low[mention.start - 1] in _REPLACING:
            mention.titles = self._office_left(mention)
        end = self._of_body(mention.titles, end)
        if end < self.last and self.words[end] == "(":
            close = next((k for k in range(end + 1, min(end + 8, self.last)) if self.words[k] == ")"), None)
            if close and not mention.titles and (land := self._land_within(end + 1, close)):
                mention.origin, end = land, close + 1
            elif close and mention.titles and not any(k in self.t.heads for k in range(end + 1, close)):
                self._bracketed(mention.titles, end + 1, close)
                end = self._of_body(mention.titles, close + 1)
        return self._apposition(mention, end)

    def _office_left(self, leaving: Mention) -> list[Title]:
        """The office that goes to another, as one no longer held: "A was named Minister of X, replacing | B"."""
        put = next((m for m in reversed(self.out) if m is not leaving and (m.type == "person" or m.predicative)), None)
        if put is None or not (put.predicative or (put.name and any(t.start >= put.name[1] for t in put.titles))):
            return []
        taken = put.titles if put.name is None else [t for t in put.titles if t.start >= put.name[1]]
        return [replace(t, when="former", proposed=False) for t in taken if t.kind and not t.plural][:1]

    def _land_within(self, first: int, last: int) -> str:
        """The country that tokens ``[first, last)`` name, if nothing else."""
        found = self.t.entities.get(first + (self.low[first] == "the"))
        named = found is not None and found[1] == last and found[0].sense.type == "country"
        return found[0].sense.value if found is not None and named else ""

    def _bracketed(self, titles: list[Title], first: int, last: int) -> None:
        """Read country or portfolio in brackets behind a name: "X (Chad)", "Ministers X (Health) and …"."""
        found = self.t.entities.get(first + (self.low[first] == "the"))
        for title in titles:
            sends = title.kind is not None and self.lex.office_kinds[title.kind].top == "ambassador"
            senders = ("country", "organisation") if sends else ("country",)
            if found and found[1] == last and found[0].sense.type in senders:
                title.of = title.of or found[0].sense.value
            elif fold(title.text) in _PORTFOLIO_APART and self._run(first) == last:
                title.text = f"{title.text.removesuffix('s')} of {self.t.printed(first, last)}"
                title.kind = self._kind_of(title.text)

    def _is_put(self, i: int) -> bool:
        """Whether a verb of appointing stands before ``i``, or before the calling there: "appointed lawyer | X"."""
        if i > self.first and (self.low[i - 1] in _APPOINTING or self.low[i - 1] in _PROMOTING):
            return True
        calling = i - 1 > self.first and self.words[i - 1].islower() and self.low[i - 1] not in _AGENTS
        return calling and self.low[i - 2] in _APPOINTING

    def _put_into(self, i: int, end: int) -> Title | None:
        """The office that somebody named from ``i`` to ``end`` is put into without "as": "named X | envoy to Y"."""
        if end + 1 >= self.last:
            return None
        n = end + 2 * (self.low[end : end + 2] == ["to", "be"]) + (self.low[end] == "for")
        n += self.low[end] == "to" and n == end and self.low[i - 1] in _PROMOTING
        n += n < self.last and self.low[n] in _DETERMINERS
        title = self._title_from(n, after_name=True) if n < self.last else None
        if title is None or title.plural or not (title.kind or _POSTED.intersection(title.text.split())):
            return None
        return None if self._leads_to_name(title.end) else title

    def _of_department(self, titles: list[Title], end: int) -> int:
        """Read "Secretary NAME of the United States Department of the Treasury"."""
        n = end + 1 + (self.low[end + 1] == "the")
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
            if not titles and words[k] == "," and words[n].isdigit() and words[n + 1] == ",":
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
            self._sent_by(mention, end)
            return end
        mention.titles = mention.titles + titles
        return k

    def _sent_by(self, mention: Mention, end: int) -> None:
        """Read what somebody is to one named behind: "Ambassador X, |President Y's Special Envoy|"; Y is read next."""
        if end + 2 >= self.last or self.words[end] != "," or not self.words[end + 1][0].isupper():
            return
        owner = self._title_from(end + 1)
        begin = owner.end if owner is not None else end + 1
        begin += owner is None and self.low[begin] in self.lex.honorific_words
        name = self._name_end(begin, titled=True) if begin < self.last else begin
        if name == begin or name + 1 >= self.last or self.low[name] != "'s":
            return
        title = self._title_from(name + 1, after_name=True)
        if title is not None and self._closes(title.end, bare=True):
            title.of = title.of or (owner.of if owner is not None else None)
            mention.titles = [*mention.titles, title]

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
        if low[n] == "who" and (headed := self._headed(n + 1)) is not None:
            return headed
        when, n = self._time_told(n)
        while n < self.last and low[n] in _BEFORE_APPOSITIONS:
            n += 1
        if n < self.last and (low[n] in _STATES or low[n - 1] in _DETERMINERS):
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
        if bare and low[title.end] in _OF_SEVERAL:
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
        if low[title.end] in _SPANNING and title.end + 4 < self.last and _is_span(low[title.end + 1 : title.end + 4]):
            title.when = "former"  # "X, prime minister of Y from 2010 to 2014"
        self._body_after(title)
        return title

    def _headed(self, verb: int) -> Title | None:
        """The office of whoever heads a body: "X, who | heads the Senate of Chad", "who | runs Chad's Trade Ministry".

        So too of whoever advises somebody, or has a portfolio: "who | holds the portfolio of Trade".
        """
        low, role = self.low, _HEADING.get(self.low[verb])
        k = verb + 1 + (low[verb + 1 : verb + 2] == ["over"])
        if role is None or k + 2 >= self.last:
            return None
        if role == "adviser":
            chief = self._title_from(k + (low[k] == "the"), after_name=True)
            if chief is None or chief.plural:
                return None
            text, end = f"Adviser to the {chief.text[0].upper()}{chief.text[1:]}", chief.end
            return Title(verb, end, text, self._kind_of(text), chief.of, "current", False, text)
        k += low[k] == "the"
        if role == "minister":
            after = low[k : k + 2] == ["portfolio", "of"]
            end = self._portfolios(k + 2) if after else next((m for m in range(k, k + 4) if low[m] == "portfolio"), k)
            end = max(end, self._small_portfolios(k + 2)) if after else end
            if end <= k + 2 * after:
                return None
            fields = self.t.printed(k + 2 * after, end)
            text = f"Minister of {_capitals(fields) if fields.islower() else fields}"
            return Title(verb, end + (not after), text, self._kind_of(text), None, "current", False, text)
        of, begin, found = None, k, self.t.entities.get(k)
        if found is not None and found[0].sense.type in ("country", "demonym"):
            of, begin = found[0].sense.value, found[1] + (low[found[1]] == "'s")
        if found is not None and found[0].sense.type == "organisation" and role == "head" and low[found[1]] == ",":
            return Title(verb, found[1], "Head", self._kind_of("Head"), found[0].sense.value, "current", False, "Head")
        end = self._run(begin)
        if begin >= end or low[end - 1] in _FOR_A_TIME or not self._is_organ(begin, end):
            return None
        name, last = self.t.printed(begin, end), low[end - 1]
        if of is None and low[end] == "of":
            of, behind = self._next_country(end + 1 + (low[end + 1] == "the"))
            end = behind if of else end
        if of is None and name.islower():
            return None  # "who heads the committee"
        if last in _GOVERNMENTS:
            text = "Head of Government"
        elif "ministry" in (last, low[begin]):
            text = name.replace("Ministry", "Minister").replace("ministry", "minister")
        else:
            text = f"{'Speaker' if {last, low[begin]} & _HOUSES else role.capitalize()} of the {name}"
        return Title(verb, end, text, self._kind_of(text), of, "current", False, text)

    def _one_of_leaders(self, mention: Mention, title: Title) -> bool:
        """Whether a list of leaders goes on behind somebody's name with one unnamed, and then with others.

        "Prime Minister X, |the Emir of Y|, and President Z", "Chad's President X, and |the King of Y|".
        """
        kinds = {t.kind: t.of for t in mention.titles if t.kind and self._is_one_a_country(t)}
        if title.of is None or not kinds or not self._is_one_a_country(title):
            return False
        if set(kinds.values()) <= self.lex.authority.countries.keys() - {title.of}:
            return True
        return self.low[title.end : title.end + 2] == [",", "and"] and self._title_from(title.end + 2) is not None

    def _is_one_a_country(self, title: Title) -> bool:
        """Whether one person at a time holds such an office in a country."""
        return title.kind is not None and self.lex.office_kinds[title.kind].top in _ONE_A_COUNTRY

    def _time_told(self, n: int) -> tuple[str, int]:
        """When the words at ``n`` put the office that follows ("who was", "to be"), and the token after them."""
        low = self.low
        if n + 2 < self.last and low[n] == "who" and low[n + 1] in HOLDING:
            return "former" if low[n + 1] in _PAST_HOLDING else "", self._past_age(n + 2)
        if low[n : n + 2] == ["to", "be"]:
            return "incoming", n + 2
        if low[n] == "once":
            return "former", n + 1  # "X, once prime minister of Y"
        if low[n : n + 4] == FOR_RANK:
            return "incoming", n + 4
        k = n + (low[n] in _DETERMINERS)
        if low[k : k + 2] in (["nominee", "for"], ["nominee", "to"]):
            return "incoming", k + 2 + (low[k + 2] == "be")
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

    def _opened_by(self, title: Title) -> bool:
        """Whether an office is named in a phrase set before the sentence: "On behalf of | the President of X, …"."""
        low, before = self.low, title.start - 1 - (self.low[title.start - 1] == "the")
        opening = low[self.first : before]
        return before > self.first and low[before] == "of" and opening[0] in _SET_BEFORE and "," not in opening

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
            chief = next((m.titles[0] for m in reversed(self.out) if m.titles), None)
            if chief and fold(title.text) in _SERVING_ONE and self._is_one_a_country(chief):
                title.text = f"{title.text} to the {chief.text}"
        elif self.low[before] in _ITS:
            spoken = next((m for m in self.out if m.type == "body"), None)
            title.of = spoken.value if spoken and spoken.value in self.lex.authority.countries else None
        elif owner := self._owner_at(before + (self.low[title.start] == "'s")):
            title.of = owner.of  # "the UN Secretary-General's Special Envoy"
        elif self.low[before] == "'s" and self.low[before - 1] in _STATES and self.low[before - 2] == "the":
            clause = max((k for k in range(self.first, before) if self.words[k] == ","), default=self.first)
            title.of = self._only_country(clause) or self._only_country(self.first)

    def _owner_at(self, mark: int) -> Title | None:
        """The office whose holder's somebody is, by the "'s" at a token: "the |Chinese President|'s Special Envoy"."""
        if self.low[mark] != "'s":
            return None
        begun = range(max(self.first, mark - _LONGEST_OWNER), mark)
        titles = (self._title_from(k) for k in begun if self.words[k][0].isupper())
        return next((t for t in titles if t is not None and t.end == mark and t.of is not None), None)

    def _only_country(self, start: int) -> str | None:
        """The one country named since token ``start``, if there is one."""
        countries = self.lex.authority.countries
        spoken = {m.value for m in self.out if m.start >= start and m.type == "body" and m.value in countries}
        return spoken.pop() if len(spoken) == 1 else None

    def _known_elsewhere(self, title: Title, n: int) -> bool:
        """Whether at ``n`` somebody is named whom who is who gives to other countries than the office is of."""
        found, people = self.t.entities.get(n), self.lex.authority.people
        if found is None or found[0].sense.type != "person" or title.of not in self.lex.authority.countries:
            return False
        homes = {people[key].country for key in found[0].sense.value.split("|")}
        return "" not in homes and title.of not in homes

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

    def _next_country(self, k: int) -> tuple[str | None, int]:
        """The country that goes on a list at ``k`` (", of Y", "and Z"), and the token after it."""
        while k < self.last and (self.words[k] in (",", ";") or self.low[k] in _BEFORE_COUNTRIES):
            k += 1
        found = self.t.entities.get(k)
        if found is None or found[0].sense.type != "country":
            return None, k
        return found[0].sense.value, found[1]


def _capitals(fields: str) -> str:
    """Portfolios told in small letters as they are in a title: "foreign affairs and trade"."""
    return " ".join(word if word in _JOINING else word.capitalize() for word in fields.split())


def _is_span(told: list[str]) -> bool:
    """Whether three words are the years from which to which somebody held an office: "2010 to 2014"."""
    first, _, last = told
    return first.isdigit() and last.isdigit() and len(first) == len(last) == _YEAR_DIGITS
