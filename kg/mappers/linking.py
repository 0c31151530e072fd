"""Entity linking: which person of who is who somebody is, by name, office and day."""

from kg.authority import Authority, Person
from kg.iris import fold
from kg.language.lexicon import Lexicon
from kg.language.text import Text, Title
from kg.mappers.entries import Entry


class Linker:
    """Links the people of one article to who is who."""

    def __init__(self, text: Text, home: str | None, day: str | None, spoken_of: set[str | None]) -> None:
        self.text, self.home, self.day, self.spoken_of = text, home, day, spoken_of
        self.lexicon: Lexicon = text.lexicon
        self.authority: Authority = text.lexicon.authority

    def identify(self, entry: Entry) -> str | None:
        """Return who is who's id where exactly one person fits name, office and day."""
        people = [self.authority.people[c] for c in sorted(entry.candidates)]
        if not people and len(entry.words) > 1:
            people = list(self.authority.find_people(entry.name))
        bodies = {t.of for t in entry.titles if t.of}
        if people:
            fitting = [p for p in people if self._fits(p, bodies, entry.titles)]
            if len(fitting) > 1:
                fitting = self._in_office(fitting) or self._at_home(fitting)
            return fitting[0].id if len(fitting) == 1 else None
        if len(entry.words) == 1 and self.day:
            return self.holder_named(entry)
        return None

    def _held_so(self, person: Person, titles: list[Title]) -> bool:
        """Whether a person ever held an office so called."""
        called = {fold(self.lexicon.title_label(t.kind, t.text)) for t in titles}
        return any(fold(self.authority.offices[t.office].title) in called for t in self.authority.tenures_of(person.id))

    def _fits(self, person: Person, bodies: set[str], titles: list[Title]) -> bool:
        """Whether office or country speak for a person: a name alone is no evidence, unless its bearer is in office."""
        if person.country in (bodies or self.spoken_of):
            return True
        if not bodies:
            return bool(self._in_office([person])) or self._held_so(person, titles)
        held = {self.lexicon.body_of(self.authority.offices[t.office].of) for t in self.authority.tenures_of(person.id)}
        organ = bodies <= self.authority.organisations.keys()  # of a union, in which the office is held
        return not held.isdisjoint(bodies) or (organ and self._held_so(person, titles))

    def _in_office(self, people: list[Person]) -> list[Person]:
        """Those who held some office on the day."""
        day = self.day
        if day is None:
            return []
        return [
            p for p in people if any(self.authority.covers(t, day) != "no" for t in self.authority.tenures_of(p.id))
        ]

    def _at_home(self, people: list[Person]) -> list[Person]:
        return [p for p in people if p.country == self.home]

    def holder_named(self, entry: Entry) -> str | None:
        """Return the holder of an office on the day, if so named: "President Biden", the full name never printed."""
        for title in entry.titles:
            if title.when == "current" and self.day:
                found = self.holders(entry, title, self.day)
                found = found or self._once_held(entry, title)
                if len(found) == 1:
                    return found.pop()
        return None

    def _once_held(self, entry: Entry, title: Title) -> set[str]:
        """Those so named who ever held such an office in the body stated, else at home ("President Clinton")."""
        label = self.lexicon.title_label(title.kind, title.text)
        body = title.of or self.lexicon.only_body(title.text) or self.home
        offices = {office.id for office in self.lexicon.offices(label, body)} if body else set()
        known = self.lexicon.leaders_by_name.get(entry.words[-1], ())
        return {t.person for _, t in known if t.office in offices}

    def holders(self, entry: Entry, title: Title, day: str) -> set[str]:
        """Return those so named who held such an office on the day: in the body stated, else at home, else anywhere."""
        label = self.lexicon.title_label(title.kind, title.text)
        for body in (title.of,) if title.of else (self.home,) if self.home else ():
            held = (t for office in self.lexicon.offices(label, body) for t in self.lexicon.holders(office.id, day))
            found = {t.person for t in held if entry.words[-1] in fold(self.authority.people[t.person].label).split()}
            if found or title.of:
                return found
        if (near := self._holders_near(entry, label, day)) is not None:
            return {near}
        leaders = self.lexicon.leaders_by_name.get(entry.words[-1], ())
        return {t.person for kind, t in leaders if kind == title.kind and self.authority.covers(t, day) != "no"}

    def _holders_near(self, entry: Entry, label: str, day: str) -> str | None:
        """The one so named who held such an office on the day in a body that the sentence names."""
        bodies = {m.value for m in self.text.mentions[entry.sentence] if m.type == "body"}
        bodies |= {t.of for m in self.text.mentions[entry.sentence] for t in m.titles if t.of}
        held = (
            t
            for body in bodies
            for office in self.lexicon.offices(label, body)
            for t in self.lexicon.holders(office.id, day)
        )
        found = {t.person for t in held if entry.words[-1] in fold(self.authority.people[t.person].label).split()}
        return found.pop() if len(found) == 1 else None
