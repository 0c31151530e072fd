"""People: the names of an article gathered into one register, each person once."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from kg.authority import Authority
from kg.iris import fold
from kg.language.lexicon import LEADERS, TITLES, Lexicon
from kg.language.text import Mention, Text, Title
from kg.language.tokens import fold_text
from kg.language.words import words
from kg.mappers.claims import PersonClaim, Span
from kg.mappers.entries import Entry, is_misspelt, is_same_name, plain_name, telling_parts
from kg.mappers.linking import Linker

_BY_FIRST_NAME = frozenset(
    {"king", "queen", "sultan", "emir", "emperor", "pope", "grand-duke", "sovereign-prince", "crown-prince"}
)
"""Kinds of office whose holders go by their first name, which is no part of somebody else's."""
_CHANCELLERIES = words("offices", "chancelleries")
_HEADS = (*LEADERS, "party-leader")
_MINISTERS = ("minister", "foreign-minister")
_ANY_MINISTER = "minister"
"""What a minister of any portfolio is called."""
_LEADING_ONE = words("grammar", "leading_ones")
_ONE = words("grammar", "single_people")
_OF_A_PEOPLE = ("s", "sh", "ch", "ese")
"""Endings of words that mean a whole people behind "the", or a language: "the British", "the Swiss"."""
_BEHIND_ONE = (
    words("grammar", "auxiliaries") | words("grammar", "clause_adverbs") | words("grammar", "attending_prepositions")
) - {"to"} | {".", "'s", "who", "with", "on", "for"}
_BEHIND_VERBS = (
    words("grammar", "before_no_subject") | words("grammar", "determiners") | words("groups", "own") | {"that"}
)
_VISITING = words("grammar", "visiting_verbs")
_NOT_LONG_AGO = 150
"""Tokens back to where he was named whom "the Serb" means."""
_NOBODY: frozenset[int] = frozenset()
_MOST_MENTIONS = 50
"""Of one person that are looked at for how he is styled."""
_MANY = 200
"""People with a word in their names, above whom it tells none of them."""

_HONORIFICS = words("names", "honorifics")
_BEFORE_AUTHORS = words("grammar", "before_authors")
_AGENTS = words("acts", "agents")
_TO_OPENING = 2
"""Tokens before the office that a sentence begins with: "Named |minister|", "Appointed as |minister|"."""
_FOLLOWING = words("acts", "following_verbs")
_NO_NAMES = words("names", "particles") | words("names", "suffixes")
"""Parts of a name that tell nobody."""
_HEAD_OF_STATE = "head-of-state"
_HEAD_OF_GOVERNMENT = "head-of-government"
_PREMIER = "premier"
_MAJESTY = "majesty"
_LATTER = "latter"
_REIGNING = (("his", ("king", "sultan", "emir", "emperor")), ("her", ("queen",)))
"""How those who reign are styled, and the kinds of their offices."""
_NAMED_APART = ("foreign-minister", _HEAD_OF_STATE, _HEAD_OF_GOVERNMENT)
"""Kinds of office that one country calls otherwise than another."""
_DEPUTIES = words("offices", "deputies")
_COUNTING = words("presence", "counting_in")
_OWN = words("groups", "own")
_NUMERAL = re.compile(r"[IVX]+\.?")


class Register:
    """The people of one article; building it ties every mention of a person to its entry."""

    def __init__(self, text: Text, home: str | None, day: str | None) -> None:
        self.text, self.home, self.day = text, home, day
        self.lexicon: Lexicon = text.lexicon
        self.authority: Authority = text.lexicon.authority
        self.entries: list[Entry] = []
        self.complete = False
        """Whether every title has its body, so that nothing changes any more."""
        self._first_two: list[str] | None = None
        self._bodies: dict[int, str | None] = {}
        self._asked: dict[tuple[str, str | None], int | None] = {}
        self._places: dict[str, int] | None = None
        self._below: set[str] | None = None
        self._owner_of_page: int | None = None
        self._held: dict[str, dict[str | None, set[int]]] | None = None
        self._of_lands: dict[str | None, list[tuple[int, int]]] | None = None
        """Where the people of each country are named."""
        self._by_word: dict[str, set[int]] = defaultdict(set)
        self.spoken_of: set[str | None] = {m.value for ms in text.mentions for m in ms if m.type == "body"}
        self.spoken_of.add(home)
        self.spoken_of |= {t.of for ms in text.mentions for m in ms for t in m.titles}
        self.linker = Linker(text, home, day, self.spoken_of)
        headline = 1 if text.article.title and text.sentences else 0
        order = [*range(headline, len(text.sentences)), *range(headline)]
        self.shouting = bool(headline) and _title_case(text)
        later = [
            (i, mention)
            for i in order
            for mention in text.mentions[i]
            if mention.type == "person" and not self._enter_full(i, mention, headline=i < headline)
        ]
        for i, mention in sorted(later, key=lambda pair: pair[0]):
            self._enter_short(i, mention)
        self._find_short_forms()
        self._give_counterparts()
        for entry in self.entries:
            entry.key = self.linker.identify(entry)
        self._merge_same()
        self._take_origins()
        self._said_of()

    # -- entering -----------------------------------------------------------------------------------------------

    def _name(self, mention: Mention) -> str:
        return plain_name(self.text.printed(*(mention.name or (mention.start, mention.end))))

    def _enter_full(self, sentence: int, mention: Mention, *, headline: bool) -> bool:
        name = self._name(mention)
        words = fold(name).split()
        if not mention.value and (len(words) < 2 or sum(len(w) > 1 for w in words) < 2):
            return False
        for k in self._near(words):
            entry = self.entries[k]
            if (
                is_same_name(entry.words, words)
                or is_misspelt(entry.words, words)
                or (headline and len(entry.words) > 1 and words[: len(entry.words)] == entry.words)
            ):
                self._attach(k, mention, name if not headline else entry.name)
                return True
        if headline and not mention.value and not self._clean_in_headline(mention, words):
            return True
        self._open(sentence, mention, name)
        return True

    def _near(self, words: list[str]) -> list[int]:
        """The entries whose names may be ``words`` in another spelling."""
        by_word = self._by_word
        joined = by_word.get("".join(words), _NOBODY)
        if by_word.keys().isdisjoint(words):
            return sorted(joined)
        # one name in two spellings shares all words but one, so the commonest word need not be looked at
        owners = sorted((by_word.get(word, _NOBODY) for word in dict.fromkeys(words)), key=len)
        if len(words) == 2 and words[1] not in by_word:
            owners = owners[1:]  # a surname of two that nobody has may be misspelt, as a first name hardly is
        telling = [owned for owned in owners[: max(1, len(owners) - 1)] if len(owned) <= _MANY]
        return sorted(set().union(*telling, owners[0].intersection(*owners), joined))

    def _open(self, sentence: int, mention: Mention, name: str) -> None:
        """Begin an entry with its first mention."""
        self.entries.append(Entry(name, sentence))
        self._index(len(self.entries) - 1)
        self._attach(len(self.entries) - 1, mention, name)

    def _index(self, k: int) -> None:
        words = self.entries[k].words
        for word in (*words, "".join(words)):
            self._by_word[word].add(k)

    def _clean_in_headline(self, mention: Mention, words: list[str]) -> bool:
        """Whether a name only the headline prints ends where it seems to: a small word or nothing follows."""
        if not mention.titles:
            return False
        end = (mention.name or (0, 0))[1]
        tokens = self.text.tokens.words
        after = tokens[end] if end < self.text.sentences[0][1] else ""
        going_on = after.endswith("ing") and after.lower() in self.lexicon.never  # "Statement by A B |Welcoming| …"
        if len(words) > 3 or (after[:1].isupper() and not going_on):
            return False
        return not self.shouting or words[0] in self.lexicon.name_words or self._speaks_for(mention, words)

    def _speaks_for(self, mention: Mention, words: list[str]) -> bool:
        """Whether a name nobody knows stands behind a known title that a headline says whose words the text is in."""
        lead = self.text.low[max(0, mention.start - 4) : mention.start]
        lexicon = self.lexicon
        plain = not any(w in lexicon.portfolio or w in lexicon.modifiers or w in lexicon.event_nouns for w in words)
        return len(words) > 1 and plain and not _BEFORE_AUTHORS.isdisjoint(lead) and any(t.kind for t in mention.titles)

    def _attach(self, k: int, mention: Mention, name: str) -> None:
        entry = self.entries[k]
        mention.person = k
        entry.add(mention)
        entry.forms.add(name)
        if mention.value:
            entry.candidates.update(mention.value.split("|"))
        if len(fold(name).split()) > len(entry.words):
            entry.name, entry.words = name, fold(name).split()
            self._index(k)

    def _enter_short(self, sentence: int, mention: Mention) -> None:
        name = self._name(mention)
        words = fold(name).split()
        k = self._owner(words, mention)
        if k is None and len(words) > 1 and len(words[0]) == 1:  # "E.D. Mnangagwa", told in full elsewhere
            k = self._owner([word for word in words if len(word) > 1], mention)
            k = k if k is not None and self.entries[k].words[0][0] == words[0] else None
        if k is None and mention.titles:
            k = self._other_name(name)
        if k is not None:
            self._attach(k, mention, name)
        elif (
            sentence == 0 and self.shouting and not (self._in_office_named(mention, name) or self._printed_below(words))
        ):
            return
        elif (mention.titles or mention.start != (mention.name or (mention.start,))[0]) and self._credible(mention):
            self._open(sentence, mention, name)

    def _printed_below(self, words: list[str]) -> bool:
        """Whether words of a headline stand below it too, with capitals: "Minister Roe Visits", "Roe said"."""
        if self._below is None:
            text, last = self.text, self.text.sentences[0][1]
            self._below = {text.low[k] for k in text.tokens.capitals if k >= last}
        return len(words) == 1 and words[0] in self._below

    def _in_office_named(self, mention: Mention, name: str) -> bool:
        """Whether one word beside a title is somebody who, says who is who, holds that office ("President Biden")."""
        entry = Entry(name, 0)
        entry.add(mention)
        return bool(mention.titles) and self.linker.holder_named(entry) is not None

    def _other_name(self, name: str) -> int | None:
        """The entry of whoever who is who knows by another name as well: "President Jokowi", of Joko Widodo."""
        owners = (self._owner(fold(known.label).split()) for known in self.authority.find_people(name))
        return next((k for k in owners if k is not None), None)

    def _credible(self, mention: Mention) -> bool:
        """Whether one word beside a title is a name: a known one, or one next to a bare title ("Ambassador Dao")."""
        begin, end = mention.name or (mention.start, mention.end)
        low, lexicon = self.text.low, self.lexicon
        if end - begin == 1 and not mention.titles and low[begin] in lexicon.event_nouns:
            return False  # "the General Election Office"
        if end - begin > 1 or low[begin] in self.lexicon.name_words or not mention.titles:
            return True
        if low[begin].removesuffix("s") in lexicon.event_nouns or low[begin] in lexicon.event_nouns:
            return False
        if low[begin] in lexicon.portfolio or low[begin] in lexicon.institutions or low[begin] in lexicon.modifiers:
            return False
        return any(t.kind and len(t.printed.split()) < 4 and " of " not in t.printed for t in mention.titles)

    def _owner(self, words: list[str], mention: Mention | None = None) -> int | None:
        """The one person of whose name ``words`` are a part."""
        if not words:
            return None
        owners = [self._by_word.get(word, set()) for word in words]
        if min(map(len, owners)) > _MANY:
            return None
        fits = sorted(set.intersection(*owners))
        if len(fits) > 1 and mention is not None and mention.titles:
            kinds = {t.kind or fold(t.text) for t in mention.titles}
            titled = [k for k in fits if kinds & self.entries[k].called]
            fits = titled or fits
        styled = self._styled_so(fits, mention) if mention is not None and len(words) == 1 else []
        if mention is not None and any(t.kind in _BY_FIRST_NAME for t in mention.titles):
            royal = {t.kind for t in mention.titles}
            fits = [k for k in fits if royal & self.entries[k].called] or styled[:1]
        fits = styled if len(fits) > 1 and styled else fits
        if len(fits) > 1:
            last = [k for k in fits if self.entries[k].words[-1] == words[-1]]
            fits = last or fits
        if len(fits) == 1 and mention is not None and mention.titles and self._is_relation(fits[0], mention, words):
            return None
        return fits[0] if len(fits) == 1 or (fits and len(self.entries[fits[0]].words) == len(words)) else None

    def _headlined(self, words: list[str]) -> int | None:
        """Who of several of one surname the headline means by it alone: the first named."""
        first, last = self.text.sentences[0] if self.text.article.title is not None else (0, 0)
        owners = self._by_word.get(words[0], set())
        if len(words) > 1 or len(owners) > _MANY or words[0] not in self.text.low[first:last]:
            return None
        bearers = [k for k in sorted(owners) if self.entries[k].words[-1] == words[0]]
        return bearers[0] if len(bearers) > 1 else None

    def _styled_so(self, owners: list[int], mention: Mention) -> list[int]:
        """Those of a first name who are printed in full with the style that it has: "Prince X", "Sheikh X"."""
        low = self.text.low
        styles = set(low[mention.start : (mention.name or (mention.start,))[0]]) & _HONORIFICS
        if not styles:
            return []
        full = (
            (k, m)
            for k in owners
            for m in self.entries[k].mentions[:_MOST_MENTIONS]
            if m.name and m.name[1] - m.name[0] > 1
        )
        named = ((k, set(low[max(0, m.start - 2) : m.name[0]])) for k, m in full if m.name)
        return list(dict.fromkeys(k for k, lead in named if lead & styles))

    def _is_relation(self, k: int, mention: Mention, words: list[str]) -> bool:
        """Whether the one of that surname is not who is known to hold the office that day, but a relation.

        "President X and Dr. Anna X": of the two, only the spouse is named in full.
        """
        entry, kinds = self.entries[k], self.lexicon.office_kinds
        for title in mention.titles:
            leads = title.kind is not None and kinds[title.kind].top in LEADERS and title.kind not in entry.called
            if not leads or title.when != "current" or self.day is None:
                continue
            held = self.linker.holders(Entry(words[-1], 0), title, self.day)
            if held and not any(is_same_name(entry.words, fold(self.authority.people[p].label).split()) for p in held):
                return any(entry.words[-1] == fold(self.authority.people[p].label).split()[-1] for p in held)
        return False

    def _find_short_forms(self) -> None:
        """Add the mentions of known people by one part of their name ("Xi", "Trong")."""
        owners = {word: entries for word, entries in self._by_word.items() if len(word) > 1 and word not in _NO_NAMES}
        text = self.text
        low, words = text.low, text.tokens.words
        named = [i for i in text.tokens.capitals if (low[i] in owners or "-" in low[i]) and i not in text.entities]
        if not named:
            return
        read = {i for mentions in text.mentions if mentions for m in mentions for i in range(m.start, m.end)}
        sentence = 0
        for i in named:
            parts = [low[i]] if low[i] in owners else telling_parts(low[i])
            if i in read or not parts or not owners.keys() >= set(parts):
                continue
            k = self._owner(parts)
            k = self._headlined(parts) if k is None else k
            if k is None:
                continue
            while text.sentences[sentence][1] <= i:
                sentence += 1
            end = i + 1
            while (
                end < text.sentences[sentence][1]
                and low[end] in owners
                and k in owners[low[end]]
                and words[end][0].isupper()
            ):
                end += 1
            read.update(range(i, end))
            mention = Mention("person", i, end, (i, end), person=k)
            self.entries[k].add(mention)
            self.entries[k].forms.add(text.printed(i, end))
            text.mentions[sentence].append(mention)
            text.mentions[sentence].sort(key=lambda m: m.start)

    def _give_counterparts(self) -> None:
        """Give "his Chilean counterpart" the office of whoever was named before: in the sentence, else the last."""
        titles = [t for ms in self.text.mentions for m in ms for t in m.titles]
        if not any(t.counterpart or (t.kind is None and self._is_deputy(t)) for t in titles):
            return
        held = [self._first_office(entry.titles) for entry in self.entries]
        last: Title | None = None
        for mentions in self.text.mentions:
            offices = [(m, self._office_of(m, held)) for m in mentions]
            goes_on = bool(mentions) and mentions[0].type == "he" and last is not None
            first = last if goes_on else next((office for _, office in offices if office), last)
            model: Title | None = None
            pairs = _paired_counterparts(offices)
            for n, (mention, office) in enumerate(offices):
                given = pairs.get(n) or (None if goes_on else model) or first  # "|He| will see X and his counterpart Y"
                for title in mention.titles:
                    if title.counterpart and title.plural and title.of is None and n:  # "his Lao counterparts A and B"
                        title.of = next((t.of for t in offices[n - 1][0].titles if t.start == title.start), None)
                    own = self._first_office(mention.titles) if title.counterpart else None
                    if own:  # "Finance Minister X, his Chilean counterpart"
                        title.text, title.kind, own.of = own.text, own.kind, own.of or title.of
                    elif title.counterpart and given:
                        title.text, title.kind = self._called_there(given, title.of)
                    elif title.kind is None and given and given.kind and self._is_deputy(title):
                        title.text = f"Deputy {given.text}"
                        title.kind, title.of = self.lexicon.kind_by_label.get(fold(title.text)), given.of
                model = office or model
            last = first

    def _called_there(self, given: Title, of: str | None) -> tuple[str, str | None]:
        """What an office is called in the country of a counterpart: the Premier's in Russia is the Prime Minister."""
        kind = self.lexicon.office_kinds.get(given.kind or "")
        if of is None or kind is None or kind.top not in _NAMED_APART:
            return given.text, given.kind
        who = self.lexicon.authority
        usual = self.lexicon.office_kinds[_HEAD_OF_GOVERNMENT if kind.top == _HEAD_OF_STATE else kind.top].label
        found = who.find_offices(given.text, of) or who.find_offices(usual, of)
        if len(found) != 1:
            return given.text, given.kind
        return found[0].title, self.lexicon.kind_by_label.get(fold(found[0].title), given.kind)

    def _is_deputy(self, title: Title) -> bool:
        """Whether somebody is called the deputy of whoever was named before: "his deputy, X"."""
        low = self.text.low
        return title.start > 0 and low[title.start - 1] in _OWN and title.text.lower() in _DEPUTIES

    def _office_of(self, mention: Mention, held: list[Title | None]) -> Title | None:
        """The office of somebody who is not called a counterpart."""
        if any(t.counterpart or (t.kind is None and self._is_deputy(t)) for t in mention.titles):
            return None
        here = self._first_office(mention.titles)
        if here is not None and fold(here.text) == _ANY_MINISTER and mention.type == "person" and mention.person >= 0:
            here = held[mention.person] or here  # "|Minister| X and his Chilean counterpart"
        past = next((t for t in mention.titles if t.when == "former" and t.kind and t.of), None)
        return here or (held[mention.person] if mention.type == "person" and mention.person >= 0 else None) or past

    def _first_office(self, titles: Iterable[Title]) -> Title | None:
        """The first office in a row, of members of a house ("Senator X, the Minister of …") only where it is all."""
        kinds = self.lexicon.office_kinds
        held = [t for t in titles if t.when == "current" and t.kind and not t.counterpart]
        return next((t for t in held if kinds[t.kind or ""].top != "other"), held[0] if held else None)

    # -- identity -----------------------------------------------------------------------------------------------

    def _merge_same(self) -> None:
        """Entries that turned out to be one person become one ("Joe Biden", "President Biden")."""
        first: dict[str, int] = {}
        moved: dict[int, int] = {}
        for k, entry in enumerate(self.entries):
            if entry.key and entry.key in first:
                moved[k] = first[entry.key]
            elif entry.key:
                first[entry.key] = k
        if not moved:
            return
        kept = [k for k in range(len(self.entries)) if k not in moved]
        for k, to in moved.items():
            into, gone = self.entries[to], self.entries[k]
            into.add(*gone.mentions)
            into.forms |= gone.forms
            into.sentence = min(into.sentence, gone.sentence)
            if len(gone.words) > len(into.words):
                into.name, into.words = gone.name, gone.words
        self.entries = [self.entries[k] for k in kept]
        for n, entry in enumerate(self.entries):
            for mention in entry.mentions:
                mention.person = n

    def _take_origins(self) -> None:
        """Tie those called "Zambia's NAME", "NAME of Zambia", "NAME (Zambia)" to that body."""
        low = self.text.low
        for mentions in self.text.mentions:
            for one, other in pairwise(mentions):
                named, body = (other, one) if one.type == "body" else (one, other)
                if named.person < 0 or body.type != "body":
                    continue
                from_there = named is one and body.value in self.authority.countries and one.comes_from(other, low)
                if from_there or (named is other and one.owns(other, low)):
                    entry = self.entries[named.person]
                    entry.origin = entry.origin or body.value
        for entry in self.entries:
            entry.origin = next((m.origin for m in entry.mentions if m.origin), entry.origin)

    def _said_of(self) -> None:
        """Give "… as President" to whom it is said of, and "the President of X" to who holds that office."""
        last: int | None = None
        for mentions in self.text.mentions:
            subject: int | None = None
            leader: int | None = None
            opening: Mention | None = None
            end = 0
            for mention in mentions:
                if mention.type == "person" and mention.person >= 0:
                    if subject is not None and (
                        self._acts_on(mention) or self._aside(end, mention) or self._followed(mention)
                    ):
                        continue
                    subject, end = mention.person, mention.end
                    if opening is not None:
                        self._hold(subject, opening)
                        opening = None
                    leader = subject if leader is None else leader
                elif mention.type in ("he", "own") and subject is None:
                    subject = leader = last
                elif mention.type == "he":
                    subject = leader
                elif (
                    mention.type == "body"
                    and not mention.adjective
                    and self.text.low[mention.end : mention.end + 2] == [",", "as"]
                ):
                    subject = None  # "Japan, as chair of the group"
                elif mention.type == "group":
                    self._give_group(mention)
                elif mention.type == "office" and not (mention.predicative and mention.titles[0].plural):
                    if mention.predicative and subject is None and self.text.low[mention.start - 1] in _COUNTING:
                        subject = last  # "Earlier assignments include | Director of X"
                    k = (
                        self._said_of_whom(mention, subject)
                        if mention.predicative
                        else self._holder_here(mention.titles[0])
                    )
                    if k is not None:
                        self._hold(k, mention)
                    elif self._opens(mention):
                        opening = mention
            last = next((m.person for m in mentions if m.type == "person" and m.person >= 0), last)

    def _hold(self, k: int, office: Mention) -> None:
        """Give somebody an office that is told apart from the name."""
        self.entries[k].add(Mention("person", office.start, office.end, None, office.titles, person=k))

    def _opens(self, office: Mention) -> bool:
        """Whether a sentence begins with what whoever comes behind was made: "|Named minister| in May, X said"."""
        first = self.text.sentences[self.text.sentence_of(office.start)][0]
        return office.predicative and office.start - first <= _TO_OPENING and self.text.low[first].endswith("ed")

    def _said_of_whom(self, mention: Mention, subject: int | None) -> int | None:
        """Of whom "as President of X" is said: whoever is from X, rather than somebody of another country."""
        of = mention.titles[0].of
        countries = self.authority.countries
        if subject is None or of not in countries:
            return subject
        home = self.country_of(subject)
        if home == of or home not in countries:
            return subject
        row = self.text.mentions[self.text.sentence_of(mention.start)]
        before = {m.person for m in row if m.type == "person" and m.person >= 0 and m.start < mention.start}
        fits = [k for k in before if self.country_of(k) == of]
        return fits[0] if len(fits) == 1 else subject

    def _acts_on(self, mention: Mention) -> bool:
        """Whether somebody is by whom, or before whom, something is done to the one spoken of."""
        k = mention.start - 1
        return self.text.low[k - (self.text.low[k] == "the")] in _AGENTS

    def _followed(self, mention: Mention) -> bool:
        """Whether somebody is followed in an office that is told behind him: "X will take over from | Y | as envoy"."""
        low, k = self.text.low, mention.start - 1
        if low[mention.end] != "as" or k < 1:
            return False
        return low[k] in _FOLLOWING or low[k - 1 : k + 1] == ["over", "from"]

    def _aside(self, end: int, mention: Mention) -> bool:
        """Whether somebody is named in a clause on who was named before: "X, who replaces | Y | as"."""
        low = self.text.low
        if low[end : end + 2] != [",", "who"]:
            return False
        return low[mention.end] == "," or not _FOLLOWING.isdisjoint(low[end + 2 : end + 4])

    def _give_group(self, mention: Mention) -> None:
        """Give "the presidents" the office to each who, says who is who, held such a one on the day."""
        hit = self.text.heads.get(mention.end - 1)
        kind = hit[0].sense.value if hit else ""
        if not kind or not self.day:
            return
        label = self.lexicon.office_kinds[kind].label
        for k, entry in enumerate(self.entries):
            home = self.authority.people[entry.key].country if entry.key else ""
            if not home or any(title.kind == kind for title in entry.titles):
                continue
            title = Title(mention.start, mention.end, label, kind, home, printed=label)
            if self._holder_here(title) == k:
                entry.add(Mention("person", mention.start, mention.end, None, [title], person=k))

    def _holder_here(self, title: Title) -> int | None:
        """Who of the register held this office on the day, says who is who; "the President" is that at home."""
        of = title.of or (self.home if title.kind in ("president", "prime-minister", "king", "emir") else None)
        if not of or not self.day or title.plural or title.when != "current":
            return None
        for office in self.lexicon.offices(self.lexicon.title_label(title.kind, title.text), of):
            for tenure in self.lexicon.holders(office.id, self.day):
                place = self._place(tenure.person)
                if place is not None:
                    return place
        return None

    def _place(self, person: str) -> int | None:
        """Where somebody known to who is who stands; to be asked once all are identified."""
        if self._places is None:
            self._places = {entry.key: k for k, entry in enumerate(self.entries) if entry.key}
        return self._places.get(person)

    def homes(self, people: Iterable[int]) -> set[str]:
        """The bodies that people stand for."""
        return {body for k in people if (body := self.country_of(k))}

    def first_two(self) -> list[str]:
        """The two bodies, or fewer, that the people named first stand for; to be asked once all titles are complete."""
        if self._first_two is None:
            bodies = (self.country_of(k) for k in range(len(self.entries)))
            self._first_two = list(dict.fromkeys(body for body in bodies if body))[:2]
        return self._first_two

    def by_surname(self, word: str) -> int | None:
        """The one person of the article whose name has a word in it; ``None`` for several, or nobody."""
        spelt = fold(word)
        found = [k for k, entry in enumerate(self.entries) if spelt and spelt in entry.words]
        return found[0] if len(found) == 1 else None

    def country_of(self, k: int) -> str | None:
        """The body a person stands for: that of the first office stated, else the country who is who gives.

        Who heads an international organisation stands for it; who heads a party stands for its country.
        """
        if not self.complete:
            return self._body_of(k)
        if k not in self._bodies:
            self._bodies[k] = self._body_of(k)
        return self._bodies[k]

    def _body_of(self, k: int) -> str | None:
        authority = self.authority
        held = [title for title in self.entries[k].titles if title.of and title.when != "former"]
        stated = [title.text for title in held if not title.inferred]
        # not the home of "High Commissioner X", who is "UN High Commissioner for Y" before
        bodies = [t.of for t in held if t.of and not (t.inferred and any(f" {t.text} " in text for text in stated))]
        for body in bodies:
            if body in authority.countries:
                return body
        for body in bodies:
            known = authority.organisations.get(body)
            if known is not None:
                return known.country or body
        entry = self.entries[k]
        if entry.key is None:
            once = (t.of for t in entry.titles if t.of in authority.countries and not t.inferred)
            return next(iter(bodies), entry.origin) or next(once, None) or (self.home if k == self._whose() else None)
        of_body = entry.origin if entry.origin in authority.organisations else None
        return self._headed(entry.key) or of_body or authority.people[entry.key].country or entry.origin

    def _whose(self) -> int | None:
        """Whose page this is, where it need not tell the office: who begins the news on the page of a head of state."""
        if self._owner_of_page is None:
            text = self.text
            first = next(iter(text.mentions[1 if text.article.title else 0 :]), [])
            named = next((m.person for m in first if m.type == "person"), -1)
            publisher = text.article.publisher or ""
            titles = self.lexicon.scan(publisher, fold_text(publisher))[TITLES] if named >= 0 else []
            heads = {self.lexicon.office_kinds[hit.sense.value].top for hit in titles if hit.sense.value}
            told = named >= 0 and any(t.when == "current" for t in self.entries[named].titles)
            self._owner_of_page = named if not told and heads & {*LEADERS} else -1
        return self._owner_of_page

    def _headed(self, key: str) -> str | None:
        """The international organisation at whose head somebody known stood on the day."""
        for tenure in self.authority.tenures_of(key) if self.day else ():
            office = self.authority.offices[tenure.office]
            if office.kind == "organisation-head" and self.authority.covers(tenure, self.day or "") == "certain":
                body = self.lexicon.body_of(office.of)
                known = self.authority.organisations.get(body)
                if known is not None and not known.country:
                    return body
        return None

    def holder(self, title: Title) -> int | None:
        """The person to whom the article itself gives an office; to be asked once all titles are complete."""
        asked = title.kind or title.text.lower(), title.of
        if title.when == "incoming":
            return self._incoming(title)
        if title.kind == "chancellor" and fold(title.of or "") in _CHANCELLERIES:
            asked = "foreign-minister", title.of
        if asked not in self._asked:
            self._asked[asked] = self._holder(*asked)
        held = self._asked[asked]
        if title.counterpart and held not in self._holders_of(asked[0]).get(title.of, _NOBODY):
            return None  # "NAME met |his Chilean counterpart|", and is of no country known
        if held is None and title.kind == _PREMIER:  # what the press also calls a prime minister
            held = self._holder(_HEAD_OF_GOVERNMENT, title.of)
        return held if held is not None else self._so_called(title)

    def _incoming(self, title: Title) -> int | None:
        """Who "the President-elect" is: whom the article calls so by name."""
        named = ((k, x) for k, entry in enumerate(self.entries) for x in entry.titles if x.when == title.when)
        return next((k for k, x in named if x.kind == title.kind and title.of in (None, x.of)), None)

    def _so_called(self, title: Title) -> int | None:
        """Who "the minister", "the High Commissioner" is: whoever of the article was named last that is some such."""
        called = fold(title.text)
        if title.plural or title.counterpart or title.when != "current" or called in self.lexicon.generic:
            return None
        if called != _ANY_MINISTER:
            kind = self.lexicon.office_kinds.get(title.kind or "")
            if kind is not None and kind.top in _HEADS:
                return None
            longer = (f"{called} of ", f"{called} for ", f"{called} to ")
            fits = {
                k
                for k, entry in enumerate(self.entries)
                for x in entry.titles
                if x.when == "current" and title.of in (None, x.of) and _is_some(fold(x.text), longer)
            }
            return self._last_named(fits, title.start)
        held = (self._holders_of(kind) for kind in _MINISTERS)
        fits = {k for by_body in held for of, people in by_body.items() if title.of in (None, of) for k in people}
        return self._last_named(fits, title.start)

    def name_leaders(self) -> None:
        """Tie "the Argentine leader" to whom of the article heads that country; of several, to the last named."""
        low = self.text.low
        if _MAJESTY in self.text.vocabulary:
            self._name_monarch()
        if _LATTER in self.text.vocabulary:
            self._name_latter()
        for mention in (m for mentions in self.text.mentions for m in mentions if m.type == "body"):
            k: int | None = None
            if mention.organ and low[mention.end - 1] in _LEADING_ONE:
                k = self._leader_of(mention.value, mention.start)
            elif (mention.organ or mention.adjective) and self._is_one(mention):
                k = self._compatriot(mention.value, mention.start)
                mention.end += k is not None and low[mention.end] in _ONE
            if k is not None:
                mention.type, mention.person, mention.organ, mention.adjective = "person", k, False, False

    def _name_latter(self) -> None:
        """Tie "the latter" to who or what was named last before: "Roe met Poe. |The latter| then flew to Quito"."""
        rows = self.text.mentions
        for k, mentions in enumerate(rows):
            for m in [m for m in mentions if m.type == _LATTER]:
                last = next((x for x in reversed(rows[k - 1] if k else ()) if _is_named(x)), None)
                last = next((x for x in reversed(mentions) if x.end <= m.start and _is_named(x)), last)
                if last is None:
                    mentions.remove(m)
                else:
                    m.type, m.person, m.value = last.type, last.person, last.value

    def _is_one(self, m: Mention) -> bool:
        """Whether words for a body's people mean one person: "the Ghanaian |diplomat|", "|the Serb| then met X"."""
        low, last, after = self.text.low, self.text.low[m.end - 1], self.text.low[m.end]
        if low[m.start - 1 - (low[m.start - 1] in _VISITING)] != "the":
            return False
        if m.organ:
            return last in _ONE
        if after in _ONE:
            return not self.text.tokens.words[m.end + 1][:1].isupper()
        if last.endswith(_OF_A_PEOPLE):
            return False
        if after.endswith("ed"):
            return low[m.end + 1] in _BEHIND_VERBS  # "the Peruvian |proposed that|", no "Peruvian armed forces"
        return after in _BEHIND_ONE or after in self.lexicon.verb_forms or (after == "," and low[m.end + 1] == "who")

    def _compatriot(self, land: str, start: int) -> int | None:
        """Who of a country was named last before a token, not long ago."""
        if self._of_lands is None:
            self._of_lands = {}
            for k, entry in enumerate(self.entries):
                at = self._of_lands.setdefault(self.country_of(k), [])
                at += [(m.start, k) for m in entry.mentions[:_MOST_MENTIONS]]
            for at in self._of_lands.values():
                at.sort()
        at = self._of_lands.get(land, [])
        k = bisect_left(at, (start, -1)) - 1
        return at[k][1] if k >= 0 and start - at[k][0] < _NOT_LONG_AGO else None

    def _name_monarch(self) -> None:
        """Tie "His Majesty", alone, to the one who reigns at home, or whom alone the article names as reigning."""
        low = self.text.low
        for style, kinds in _REIGNING:
            held = [(k, of) for kind in kinds for of, people in self._holders_of(kind).items() for k in people]
            reigning = sorted({k for k, of in held if of == self.home} or {k for k, _ in held})
            for mention in (m for mentions in self.text.mentions for m in mentions if m.type == "he"):
                if len(reigning) == 1 and low[mention.start] == style and low[mention.end - 1] == _MAJESTY:
                    mention.type, mention.person = "person", reigning[0]

    def _leader_of(self, country: str, start: int) -> int | None:
        """Who heads a country, by an office of head of state, of government or of a party there."""
        heads = set().union(*(self._holders_of(kind).get(country, _NOBODY) for kind in _HEADS))
        return self._last_named(heads, start)

    def _last_named(self, people: Iterable[int], start: int) -> int | None:
        """Of several people whoever is named last before a token; of one, that one."""
        several = sorted(people)
        if len(several) < 2:
            return several[0] if several else None
        before = {k: max((m.start for m in self.entries[k].mentions if m.start < start), default=-1) for k in several}
        last = max(several, key=lambda k: before[k])
        return last if before[last] >= 0 else None

    def _holder(self, office: str, of: str | None) -> int | None:
        held = self._holders_of(office)
        fits = sorted(set().union(*held.values()) if of is None else held.get(None, set()) | held.get(of, set()))
        if len(fits) > 1 and office == "ambassador":  # and not whoever else is of the mission
            fits = [k for k in fits if any(t.kind == office for t in self.entries[k].titles)] or fits
        if len(fits) > 1 and of is None:
            fits = [k for k in fits if self.country_of(k) == self.home] or fits
            if office == _HEAD_OF_STATE and self.home is None:
                return fits[0]  # "the Head of State" of whose visits and calls it tells
        return fits[0] if len(fits) == 1 or (fits and of is not None) else None

    def _holders_of(self, office: str) -> dict[str | None, set[int]]:
        """Who holds or is to hold an office, given by its kind, top kind or words, by its body."""
        if self._held is None:
            self._held = self._find_held()
        return self._held.get(office, {})

    def _find_held(self) -> dict[str, dict[str | None, set[int]]]:
        found: dict[str, dict[str | None, set[int]]] = {}
        kinds = self.lexicon.office_kinds
        for k, entry in enumerate(self.entries):
            for title in entry.titles:
                if title.when != "former":
                    for name in {title.kind or title.text.lower(), *([kinds[title.kind].top] if title.kind else ())}:
                        found.setdefault(name, {}).setdefault(title.of, set()).add(k)
        return found


def _is_named(m: Mention) -> bool:
    """Whether a mention names somebody, or a body itself."""
    return m.person >= 0 if m.type == "person" else m.type == "body" and not m.adjective


def _paired_counterparts(offices: list[tuple[Mention, Title | None]]) -> dict[int, Title]:
    """Whose office each of several counterparts has, in their order: "A and B met |their counterparts| C and D"."""
    met = [n for n, (m, _) in enumerate(offices) if any(title.counterpart for title in m.titles)]
    held = [office for m, office in offices[: met[0]] if office is not None and m.type == "person"] if met else []
    return dict(zip(met, held, strict=True)) if len(held) == len(met) > 1 else {}


def map_people(register: Register) -> tuple[PersonClaim, ...]:
    """Return a claim for each person of the register."""
    text = register.text
    claims = []
    for k, entry in enumerate(register.entries):
        span: Span = text.spans[entry.sentence]
        claims.append(
            PersonClaim(
                name=_styled(entry),
                forms=tuple(sorted(entry.forms)),
                key=entry.key,
                country=register.country_of(k),
                span=span,
            )
        )
    return tuple(claims)


def _styled(entry: Entry) -> str:
    """The name; of one word, with the style it is printed with, which is part of it: "King Mswati III"."""
    if len([word for word in entry.name.split() if not _NUMERAL.fullmatch(word)]) > 1:
        return entry.name
    styles = (t.text for m in entry.mentions for t in m.titles if t.kind in _BY_FIRST_NAME and t.when == "current")
    style = next(styles, None)
    return f"{style} {entry.name}" if style else entry.name


def _is_some(office: str, longer: tuple[str, ...]) -> bool:
    """Whether an office is one that begins so, and not its deputy's: "UN |High Commissioner for| Refugees"."""
    found = next((office.find(name) for name in longer if name in office), -1)
    before = office[:found].split() if found >= 0 else []
    return found == 0 or (found > 0 and office[found - 1] == " " and before[-1] not in _DEPUTIES)


def _title_case(text: Text) -> bool:
    """Whether the headline capitalises most of its words, so that capitals tell nothing."""
    first, last = text.sentences[0]
    words = [w for w in text.tokens.words[first:last] if len(w) > 3 and w.isalpha()]
    return sum(w[0].isupper() for w in words) > 0.7 * len(words)
