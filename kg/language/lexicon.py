"""The words the reader knows: one scanner over every phrase of the vocabulary and of who is who."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from kg.authority import Authority, Office, Tenure
from kg.iris import fold
from kg.language.dates import DATE_WORDS, MONTHS
from kg.language.tokens import fold_text
from kg.language.words import read_lexicon, words
from kg.namespaces import Kind, load_kinds

# What a phrase may be, and in which layer it competes for its place in the text: the longest of a layer wins.
NAMES = 0
TITLES = 1
EVENTS = 2
AGREEMENTS = 3
MOODS = 4
TIMES = 5
ANAPHORS = 6
LEADERS = ("head-of-state", "head-of-government")
"""Top kinds of the offices of those who lead a country."""


# Marks become blanks, so that a phrase between blanks stands on word borders.
_MARKS = "\n\t\r.,;:!?()[]{}<>\"'`/\\|*_-–—―…“”‘’«»•·&%#@=+~^$€£\u00a0"
_PLAIN_MARKS = "".join(c for c in _MARKS if c.isascii()).encode()
_BLANKS = bytes.maketrans(_PLAIN_MARKS, b" " * len(_PLAIN_MARKS))


# Kinds of office whose title is one however it is worded ("State President", "chief diplomat").
_TITLES_ALONE = frozenset({"head-of-state", "head-of-government", "party-leader", "ambassador"})
_TITLES_OWN = frozenset({"minister", "other"})
"""Top kinds of office whose holders are called as the article calls them."""
_NOTED = words("grammar", "framing_remarks")
_ON_WHICH = ("after ", "since ")
"""Before the form in -ing of a lone verb: elsewhere it is more often a noun or an adjective than what somebody did."""
_TALKING = ("meeting", "call")
_WHILE_TALKING = (*_ON_WHICH, "before ", "upon ", "when ", "while ", ". ", ", ", "\n")
"""Before that of a verb of talking, which so opens a sentence or hangs on one: "|Receiving| X on Monday, Y said"."""
_STEM = 5
"""Letters of a noun that all its forms have ("spokesman", "spokesperson"; "adviser", "advisor")."""


@dataclass(slots=True, init=False)
class Sense:
    """What one phrase means."""

    layer: int
    type: str
    """``person``, ``country``, ``demonym``, ``organisation``, ``place``, ``agreement`` (a known one); ``title``;
    ``noun`` or ``predicate`` of an event; ``instrument`` (a noun for agreements); ``mood``; ``time``."""
    value: str
    """Id of the thing, or notation of the kind; ids of several homonyms are apart by ``|``."""
    exact: str
    """Where the phrase counts only as printed so: acronyms ("US", "EU")."""

    def __init__(self, layer: int, type: str, value: str, exact: str = "") -> None:  # noqa: A002 - as the field
        # written out, since compiled it then is
        self.layer, self.type, self.value, self.exact = layer, type, value, exact


class Hit:
    """A phrase found in a text, as offsets."""

    __slots__ = ("end", "sense", "start")

    def __init__(self, start: int, end: int, sense: Sense) -> None:
        self.start, self.end, self.sense = start, end, sense


class Lexicon:
    """Everything a text is scanned for; built once, then read only."""

    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        authority.prepare()
        self._held: dict[tuple[str, str], tuple[Tenure, ...]] = {}
        self._offices: dict[tuple[str, str], tuple[Office, ...]] = {}
        data = read_lexicon()
        names, offices = data["names"], data["offices"]
        self.abbreviations = frozenset(data["abbreviations"])
        self.honorifics = frozenset(names["honorifics"])
        self.honorific_words = frozenset(word for name in self.honorifics for word in name.split())
        self.honorific_starts = frozenset(name.split()[0] for name in self.honorifics)
        self.particles = frozenset(names["particles"])
        self.suffixes = frozenset(names["suffixes"])
        self.postnominals = frozenset(names["postnominals"])
        self.titles_as_names = frozenset(names["titles_as_names"])
        self.callings = frozenset(names["callings"])
        self.never = frozenset(names["never"])
        self.institutions = frozenset(names["institutions"])
        self.small = frozenset(data["grammar"]["small_words"])
        self.spelt_out: dict[str, str] = offices["spelt_out"]
        self._in_ing: set[str] = set()
        """Lone verbs of events in -ing."""
        self._talking: set[str] = set()
        """Those of them that tell of talks."""
        self.heads = frozenset(offices["heads"])
        self.counterparts = frozenset(offices["counterparts"])
        self.colleagues = frozenset(offices["colleagues"])
        self.modifiers = frozenset(offices["modifiers"])
        self.former = frozenset(offices["former"])
        self.incoming = frozenset(offices["incoming"])
        self.skipped = frozenset(offices["skipped"])
        self.portfolio = frozenset(offices["portfolio"])
        self.before_heads = self.modifiers | self.former | self.incoming | self.skipped | self.portfolio
        """Folded words that may stand before the head of a title."""
        self.inner = frozenset(offices["inner"])
        self.generic = frozenset(offices["generic"])
        self.leading = frozenset(offices["leading"])
        self.groups: dict[str, frozenset[str]] = {k: frozenset(v) for k, v in data["groups"].items()}
        self.moods: dict[str, list[str]] = data["modality"]
        self.event_kinds = {kind.code: kind for kind in load_kinds("event")}
        self.agreement_kinds = {kind.code: kind for kind in load_kinds("agreement")}
        self.office_kinds = {kind.code: kind for kind in load_kinds("office")}
        self.verbs: dict[str, tuple[str, ...]] = {forms[0]: tuple(forms) for forms in data["verbs"]["irregular"]}
        self.verb_forms = frozenset(form for row in self.verbs.values() for form in row)
        self._spoken = {code for code, kind in self.event_kinds.items() if kind.top == "statement"}
        self.event_nouns = frozenset(
            name.split()[-1].lower() for kind in self.event_kinds.values() for name in kind.nouns
        )
        self._acronyms = {body.acronym: body.id for body in authority.organisations.values() if body.acronym}
        self._organisations_by_label = {body.label: body for body in authority.organisations.values()}
        self.capitals = {place.label: place.country for place in authority.places.values() if place.metonym == "yes"}
        """Countries by the places whose names stand for their governments."""
        lands = {country.label: iso for iso, country in authority.countries.items()}
        self.namesakes = {
            lands[place.label]: Sense(NAMES, "place", place.id)
            for place in authority.places.values()
            if place.label in lands and place.country != lands[place.label]
        }
        """Places abroad that bear the name of a country: what they are, by that country."""
        self.office_places = frozenset(
            fold(name)
            for place in authority.places.values()
            for name in (place.label, *place.aliases)
            if "house" in name.lower() or "palace" in name.lower()
        )
        """Folded names of places that are parts of titles ("White House Press Secretary")."""
        self.kind_by_label = {fold(name): kind.code for kind in self.office_kinds.values() for name in _nouns(kind)}
        """Notations of office kinds by their folded labels."""
        self.ruling_parties = self._find_ruling_parties()
        """The party at the head of a state whose parties have a general or first secretary, by country."""
        self._sole: dict[str, str] = {
            fold(start): of if of in authority.countries else of.lower()
            for of, starts in data["sole_offices"].items()
            for start in starts
        }
        self._sole_bodies = self._find_sole_bodies()
        self.leaders_by_name = self._find_leaders()
        """Tenures of heads of state and government and foreign ministers, with office kind, by words of the name."""
        self.office_phrases = self._find_office_phrases()
        """Ids of offices by their folded labels and aliases, as an article may print them in full."""
        self._publishers: dict[str, str] = {
            fold(name): iso for iso, names in data["publishers"].items() for name in names
        }
        squeezed = ((name.removesuffix(" com").replace(" ", ""), iso) for name, iso in self._publishers.items())
        self._hosts = {name: iso for name, iso in squeezed if len(name) > 3}
        """The publishers by their names in one word, as host names have them."""
        self.name_words = self._find_name_words()
        """Folded words that occur in names of known people: weak evidence that a capitalised word begins a name."""
        self.action_words = self._find_action_words()
        """Verbs of events and of speaking in all their forms: in a headline they are capitalised, but no names."""
        called = (self.heads | self.callings) - self.name_words  # "Economist NAME said"
        self.no_first_names = self._longer_words(self.never | self.action_words | called)
        """Folded words that, capitalised, begin nobody's name."""
        self.no_names = self._longer_words(self.no_first_names | (self.portfolio - self.name_words))
        """Folded words that, capitalised, do not go on a name."""
        senses: dict[str, list[Sense]] = {}
        for phrase, sense in self._phrases():
            key = fold_text(phrase).strip()
            if len(key) > 1 and sense not in (known := senses.setdefault(key, [])):
                known.append(sense)
        self._known = [
            ("" if phrase.isalnum() else phrase, [(s.layer, s.exact, s) for s in sorted(found, key=_rank)])
            for phrase, found in senses.items()
        ]
        """Of each phrase the scanner knows: its words, where marks may stand between them, and its senses by rank."""
        padded = [f" {_without_marks(phrase)} " for phrase in senses]
        self._scanner = AhoCorasick(padded, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA)

    def _phrases(self) -> Iterator[tuple[str, Sense]]:
        who = self.authority
        people: dict[str, list[str]] = {}
        countries = {country.label for country in who.countries.values()}
        for person in who.people.values():
            for name in (person.label, *person.aliases):
                before, of, land = name.partition(" of ")
                if of and land in countries:
                    name = before  # the country is read as such
                if " " in name or "-" in name or not name.isascii():
                    people.setdefault(name, []).append(person.id)
        for name, ids in people.items():
            yield name, Sense(NAMES, "person", "|".join(sorted(set(ids))))
        for country in who.countries.values():
            for name in (country.label, *country.aliases):
                if name.isascii() or fold(name) not in self.name_words:  # "Đức" is a name far more often
                    yield name, Sense(NAMES, "country", country.iso, _exact(name))
            for name in country.demonyms:
                yield name, Sense(NAMES, "demonym", country.iso, _exact(name))
        for body in who.organisations.values():
            for name in (body.label, body.acronym, *body.aliases):
                if name:
                    yield name, Sense(NAMES, "organisation", body.id, _exact(name))
        for place in who.places.values():
            for name in (place.label, *place.aliases):
                yield name, Sense(NAMES, "place", place.id, _exact(name))
        data = read_lexicon()
        for code, names in data["regions"].items():
            states = "|".join(data["regions_in_full"].get(code, [self.body_of(code)]))
            for name in names:
                yield name, Sense(NAMES, "region", states)
        for known in who.agreements.values():
            for name in (known.label, *known.aliases):
                yield name, Sense(NAMES, "agreement", known.id, _exact(name))
        for kind in self.office_kinds.values():
            for name in _nouns(kind):
                yield name, Sense(TITLES, "title", kind.code, _exact(name))
                if name.endswith(" the President"):  # else "adviser to the | President of the Republic | of Angola"
                    yield f"{name} of the Republic", Sense(TITLES, "title", kind.code)
                if name[:5].lower() == "vice ":  # else "vice-|minister of trade" is one with another head
                    yield f"{name[:4]}-{name[5:]}", Sense(TITLES, "title", kind.code)
                yield from ((plural, Sense(TITLES, "titles", kind.code)) for plural in self._plurals(name))
        for name in self.heads:
            yield name, Sense(TITLES, "title", "")
        for name in self.counterparts | self.colleagues:
            yield name, Sense(TITLES, "titles" if name.endswith("s") else "title", "")
        for sort, group in self.groups.items():
            for name in group:
                yield name, Sense(ANAPHORS, "anaphor", sort)
        nouns = {name.lower() for kind in self.event_kinds.values() for name in kind.nouns}
        given = {name for kind in self.event_kinds.values() for name in kind.hidden}
        for kind in self.event_kinds.values():
            for name in (kind.label, *kind.alt):
                yield name, Sense(EVENTS, "noun", kind.code)
            for name in kind.hidden:
                for form in inflect(name, self.verbs) - nouns:
                    if form.endswith("ing") and " " not in form and form not in given:
                        self._in_ing.add(form)
                        if kind.top in _TALKING:
                            self._talking.add(form)
                    yield form, Sense(EVENTS, "predicate", kind.code)
        for kind in self.agreement_kinds.values():
            for name in _nouns(kind):
                titled = name.istitle() and name.replace(" ", "").isalpha()  # "the Nile |Economic Corridor|"
                exact = _exact(name) or (name if titled else "")
                yield name, Sense(AGREEMENTS, "instrument", kind.code, exact)
                if name[-1:].islower() and not name.endswith("s") and not exact:
                    plural = name[:-1] + "ies" if name.endswith("y") else name + "s"
                    yield plural, Sense(AGREEMENTS, "instrument", kind.code)
        for mood, phrases in self.moods.items():
            for name in phrases:
                yield name, Sense(MOODS, "mood", mood)
        for sort, names in DATE_WORDS.items():
            for name in names:
                yield name, Sense(TIMES, "time", sort)

    def _plurals(self, title: str) -> Iterator[str]:
        """A title in the plural: its head takes the ending ("Ministers of Foreign Affairs", "prime ministers")."""
        words = title.split()
        last = next((n for n, word in enumerate(words) if word.lower() in ("of", "for", "to", "in")), len(words)) - 1
        while last > 0 and words[last].lower() not in self.heads:
            last -= 1  # "Ambassadors Extraordinary and Plenipotentiary"
        head = words[last] if last >= 0 else ""
        if (head.lower() in self.heads or (len(words) == 1 and _exact(head))) and not head.endswith("s"):
            words[last] = f"{head[:-1]}ies" if head.endswith("y") else f"{head}s"
            yield " ".join(words)

    def _is_done(self, folded: str, start: int, end: int) -> bool:
        """Whether a lone form in -ing tells what somebody did: "after |receiving| X", "|Receiving| X, Y said"."""
        talking = folded[start:end] in self._talking
        return folded.endswith(_WHILE_TALKING if talking else _ON_WHICH, 0, start) or (talking and not start)

    def scan(self, text: str, folded: str) -> list[list[Hit]]:
        """Return, a layer (`NAMES` … `ANAPHORS`) each, the phrases in ``text`` in order, longest first won.

        ``folded`` is `fold_text` of ``text``. Hits stand on word borders; names begin with a capital as printed. Hits
        of a layer do not overlap; but `MOODS` and `TIMES` hold all there are.
        """
        layers: list[list[Hit]] = [[], [], [], [], [], [], []]
        known = self._known
        found = self._scanner.find_matches_as_indexes(f" {_without_marks(folded)} ", overlapping=True)
        found.reverse()  # they come by their ends; now the longest of those that begin together is the first
        found.sort(key=_START)
        for index, start, padded in found:
            end = padded - 2  # one blank before and one behind
            phrase, senses = known[index]
            if phrase and folded[start:end] != phrase and folded[start:end].replace("\n", " ") != phrase:
                continue
            for layer, exact, sense in senses:
                if exact:
                    if text[start:end] != exact:
                        continue
                elif layer == NAMES:
                    if text[start].islower() and not (sense.type == "country" and folded.startswith("the ", start)):
                        continue
                    start += 4 * text[start].islower()  # "in the |Emirates|", which "Emirates" alone is not
                    if text[start].islower():
                        continue
                elif layer == MOODS and text[start].isupper() and folded[start:end] in MONTHS:
                    continue  # "on May 14" wishes nothing
                elif layer == MOODS and folded.startswith(" be ", end) and _framed(folded, end + 4):
                    continue  # nor does "it should be noted that"
                elif layer == MOODS and start and text[start - 1] == "(" and text[end : end + 1] == ")":
                    continue  # nor does "the Andean Community (CAN)"
                elif layer == EVENTS and folded[start:end] in self._in_ing and not self._is_done(folded, start, end):
                    continue  # "the receiving side" receives nobody
                elif layer == EVENTS and start > 1 and folded[start - 1] == "-" and folded[start - 2].isalpha():
                    continue  # "president-elect" elects nobody
                kept = layers[layer]
                if layer != MOODS and layer != TIMES:  # each gives way to a longer one; the earlier wins among equals
                    while kept and start < kept[-1].end and end - start > kept[-1].end - kept[-1].start:
                        if kept[-1].start < start and sense.value in self._spoken and kept[-1].sense.type == _DOES:
                            break  # "issued a joint |statement after the talks|"
                        kept.pop()
                    if kept and start < kept[-1].end:
                        continue
                kept.append(Hit(start, end, sense))
        return layers

    def publisher_country(self, name: str) -> str | None:
        """The country for which a publisher speaks whose name does not tell it ("Xinhua")."""
        words = f" {fold(name)} "
        known = max((known for known in self._publishers if f" {known} " in words), key=len, default="")
        return self._publishers.get(known) or self.host_country(name)

    def host_country(self, host: str) -> str | None:
        """The country for which a publisher speaks, by the labels of its host name: "www.dhakatribune.com"."""
        labels = host.lower().split(".")[:-1] if " " not in host else ()
        return next((self._hosts[label] for label in labels if label in self._hosts), None)

    def title_label(self, kind: str | None, text: str) -> str:
        """The plain English title of an office: the kind's label, or the words with "Labour Minister" turned round."""
        if kind is not None:
            return self.office_kinds[kind].label
        words = text.split()
        if (
            len(words) > 1
            and words[-1].lower() == "minister"
            and words[-2][0].isupper()
            and words[0].lower() not in self.modifiers
        ):
            return "Minister of " + " ".join(words[:-1])
        return text[:1].upper() + text[1:]

    @lru_cache(maxsize=8192)  # noqa: B019 - a lexicon lives as long as the program
    def stated_title(self, kind: str | None, text: str) -> str:
        """The title an article states: its plain form, or its own words where they say more than that."""
        label = self.title_label(kind, text)
        top = self.office_kinds[kind].top if kind is not None else ""
        says_more = set(fold(label).split()) < set(fold(text).split())
        if (says_more and top not in _TITLES_ALONE) or (top in _TITLES_OWN and self._called_otherwise(label, text)):
            label = self.title_label(None, text)
        elif top == "ambassador":
            label = text if " to " in text or f"{label} of the " in text else label
        small = self.small
        return " ".join(
            w if w in small or not w[0].islower() or {"'", "’"} & set(w) else w[0].upper() + w[1:]
            for w in label.split()
        )

    @lru_cache(maxsize=8192)  # noqa: B019
    def _called_otherwise(self, label: str, text: str) -> bool:
        """Whether a title has another noun than the label of its kind: "presidential |aide|", "vice |premier|"."""
        noun = fold(text.partition(" of ")[0].partition(" to ")[0]).split()[-1:]
        if not noun or noun[0] not in self.heads or fold(text) in self.generic or text.isupper():
            return False
        return not any(word.startswith(noun[0][:_STEM]) for word in fold(label).split())

    @lru_cache(maxsize=8192)  # noqa: B019
    def office_named(self, printed: str, of: str | None, kind: str | None, text: str) -> tuple[str, str | None]:
        """Return title and body of an office as printed: who is who's where it has the whole phrase, else as read."""
        ids = self.office_phrases.get(fold(printed), ())
        if len(ids) == 1:
            office = self.authority.offices[ids[0]]
            body = of if of is None and office.of in self.authority.countries else self.body_of(office.of)
            if fold(office.title).split()[0] != fold(text).split()[0]:
                return self.stated_title(kind, text), of or body
            whole = of is not None and (of in self.authority.countries or of in self.authority.organisations)
            if body == of or not whole:
                return office.title, body
        if kind and of and (whose := self.phrase_body(printed, kind)) and whose != self.body_of(of):
            return self.stated_title(None, text), of  # "ECOWAS Commission President"
        return self.stated_title(kind, text), of

    @lru_cache(maxsize=8192)  # noqa: B019
    def phrase_body(self, printed: str, kind: str | None) -> str | None:
        """The body of the one office whose label an article prints in full ("President of the European Council")."""
        ids = self.office_phrases.get(fold(printed)) or (
            self.office_phrases.get(fold(self.office_kinds[kind].label), ()) if kind else ()
        )
        return self.body_of(self.authority.offices[ids[0]].of) if len(ids) == 1 else None

    def _find_ruling_parties(self) -> dict[str, str]:
        parties: dict[str, set[str]] = {}
        for office in self.authority.offices.values():
            body = self.authority.organisations.get(self.body_of(office.of))
            if body and body.country and body.kind == "party" and self._is_party_office(office.title):
                parties.setdefault(body.country, set()).add(body.id)
        return {country: found.pop() for country, found in parties.items() if len(found) == 1}

    def _is_party_office(self, title: str) -> bool:
        kind = self.office_kinds.get(self.kind_by_label.get(fold(title), ""))
        return kind is not None and kind.top == "party-leader" and "secretary" in kind.code

    @lru_cache(maxsize=8192)  # noqa: B019
    def only_body(self, title: str) -> str | None:
        """The body of an office whose bare title exists once in the world ("Pope", "Assistant Secretary of State")."""
        name = fold(title)
        found = self._sole_bodies.get(name)
        start = ""
        for word in () if found else name.split():
            start = f"{start} {word}" if start else word
            if start in self._sole:
                return self._sole[start]
        return found

    def _find_sole_bodies(self) -> dict[str, str]:
        bodies: dict[str, set[str]] = {}
        for office in self.authority.offices.values():
            bodies.setdefault(fold(office.title), set()).add(office.of if office.kind in LEADERS else "")
        return {title: self.body_of(of.pop()) for title, of in bodies.items() if len(of) == 1 and of != {""}}

    def offices(self, title: str, body: str) -> tuple[Office, ...]:
        """The offices of a body under a title; see `Authority.find_offices`."""
        key = (title, body)
        if key not in self._offices:
            self._offices[key] = self.authority.find_offices(title, self.notation(body))
        return self._offices[key]

    def body_of(self, code: str) -> str:
        """The body that a table names by ISO code, acronym or id."""
        if code in self.authority.countries:
            return code
        return self._acronyms.get(code, code)

    def holders(self, office: str, day: str) -> tuple[Tenure, ...]:
        """The tenures of an office that may cover a day; see `Authority.holders`."""
        key = (office, day)
        if key not in self._held:
            self._held[key] = self.authority.holders(office, day)
        return self._held[key]

    def country_of(self, place: str) -> str | None:
        """The country of a place or body, by its id."""
        if place in self.authority.countries:
            return place
        known = self.authority.places.get(place)
        return known.country or None if known else None

    def notation(self, body: str) -> str:
        """ISO code, acronym or, lacking one, the label of a body."""
        if body in self.authority.countries:
            return body
        known = self.authority.organisations.get(body)
        if known is None:
            return body
        if known.kind == "eu-body":
            return "EU"  # it acts for the Union
        whole = self._organisations_by_label.get(known.label.removesuffix(" Commission"))
        known = whole or known
        short = next((name for name in known.aliases if name.isupper() and len(name) == 2), "")
        return short or known.acronym or known.label

    def _find_name_words(self) -> frozenset[str]:
        counts: Counter[str] = Counter()
        for person in self.authority.people.values():
            counts.update(set(fold(person.label).split()))
        return frozenset(word for word in counts if len(word) > 1 and word not in self.never)

    def _find_action_words(self) -> frozenset[str]:
        data = read_lexicon()
        phrases = [name for kind in self.event_kinds.values() for name in kind.hidden]
        verbs = {form.split()[0] for name in phrases for form in inflect(name, self.verbs)}
        verbs |= {word for phrase in data["modality"]["speech"] for word in phrase.split()[:1]}
        verbs |= {*data["grammar"]["light_verbs"], *data["modality"]["attending"]}
        return frozenset(v for v in verbs if len(v) > 3 and v.endswith(("s", "ed", "ing"))) - self.name_words

    def _longer_words(self, words: frozenset[str]) -> frozenset[str]:
        """Words but for initials and those that may be part of a name after all."""
        parts = self.particles | self.suffixes | self.titles_as_names
        return frozenset(word for word in words - parts if len(word) > 1 and "-" not in word)

    def _find_leaders(self) -> dict[str, list[tuple[str, Tenure]]]:
        found: dict[str, list[tuple[str, Tenure]]] = defaultdict(list)
        kinds = {
            office.id: kind
            for office in self.authority.offices.values()
            if office.kind in ("head-of-state", "head-of-government", "foreign-minister")
            if (kind := self.kind_by_label.get(fold(office.title)))
        }
        people = self.authority.people
        for tenure in self.authority.tenures:
            if tenure.office in kinds:
                held = (kinds[tenure.office], tenure)
                for word in fold(people[tenure.person].label).split():
                    found[word] += (held,)
        return found

    def _find_office_phrases(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for office in self.authority.offices.values():
            found.setdefault(fold(office.label), []).append(office.id)
            if office.kind in ("head-of-state", "organisation-head"):
                for alias in office.aliases:
                    if len(alias.split()) > 2 and fold(alias) not in self.kind_by_label:
                        found.setdefault(fold(alias), []).append(office.id)
        return {name: tuple(sorted(set(ids))) for name, ids in found.items()}


def _framed(folded: str, at: int) -> bool:
    """Whether a verb at an offset only frames what is told: "should be |noted|"."""
    end = next((k for k in range(at, min(at + 16, len(folded))) if not folded[k].isalpha()), at)
    return folded[at:end] in _NOTED


def _without_marks(folded: str) -> str:
    """A folded text with blanks for marks."""
    if folded.isascii():
        return folded.encode().translate(_BLANKS).decode()  # bytes are translated ten times as fast as letters
    for mark in _MARKS:
        folded = folded.replace(mark, " ")
    return folded


def inflect(phrase: str, irregular: dict[str, tuple[str, ...]]) -> set[str]:
    """Return a predicate phrase with its first verb, given in the past tense, in every form that may occur.

    Of a regular verb some forms are no English ("visite"); they match nothing.

    >>> sorted(inflect("visited", {}))[:3]
    ['visit', 'visite', 'visited']
    >>> sorted(inflect("held talks", {"held": ("held", "hold")}))
    ['held talks', 'hold talks']
    """
    first, space, rest = phrase.partition(" ")
    forms = {first, *irregular.get(first, ())}
    if first.endswith("ed") and first not in irregular:
        stems = {first[:-1], first[:-2]} | ({first[:-3]} if len(first) > 5 and first[-3] == first[-4] else set())
        forms |= stems | {stem + "s" for stem in stems} | {first[:-2] + "ing"}
        if first.endswith("ied"):
            forms |= {first[:-3] + "y", first[:-1] + "s", first[:-3] + "ying"}
    return {form + space + rest for form in forms}


def _nouns(kind: Kind) -> Iterable[str]:
    return (kind.label, *kind.alt, *kind.hidden)


_DOES = "predicate"


def _exact(name: str) -> str:
    """Acronyms count only in capitals: "US" is a country, "us" is not."""
    return name if len(name) <= 5 and name.isupper() else ""


_RANK = {
    "person": 0,
    "agreement": 1,
    "organisation": 2,
    "country": 3,
    "demonym": 4,
    "place": 5,
    "predicate": 0,
    "noun": 1,
}


def _rank(sense: Sense) -> int:
    """Which of the senses of one phrase comes first."""
    return _RANK.get(sense.type, 9 if sense.value else 10)


_START = itemgetter(1)


@cache
def load_lexicon(authority: Authority | None = None) -> Any:
    """Return the lexicon over ``authority``, by default the one that ships with the package."""
    return Lexicon(authority or Authority.load())
