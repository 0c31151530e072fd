"""People: full names to those who bear them, and to those who nearly do."""

import difflib
from collections.abc import Iterator, Mapping
from functools import cached_property

from kg.authority.names import name_key
from kg.authority.rows import Person
from kg.authority.tables import Tables, grouped


class People(Tables):
    """The look-ups of people."""

    def find_people(self, name: str) -> tuple[Person, ...]:
        """Return the people a full name fits: exactly, else in the other order, else without initials and middle names.

        No name is stretched: nobody is found by likeness, and a name that mixes scripts fits nobody.
        """
        key = name_key(name)
        exact = self._people_by_name.get(key, ())
        if exact or " " not in key:
            return exact  # one word alone is no full name: "Xi" and "Trong" are resolved inside an article
        return next((found for form in self._forms(name) if (found := self._people_by_form.get(form))), ())

    def _forms(self, name: str) -> Iterator[str]:
        words = self.name_words.plain(name)
        yield " ".join(words)
        if len(words) > 2:
            yield f"{words[0]} … {words[-1]}"

    @cached_property
    def _people_by_name(self) -> Mapping[str, tuple[Person, ...]]:
        return grouped((name_key(name), one) for one in self.people.values() for name in (one.label, *one.aliases))

    @cached_property
    def _people_by_form(self) -> Mapping[str, tuple[Person, ...]]:
        return grouped((form, one) for one in self.people.values() for form in self._forms_of(one))

    def _forms_of(self, person: Person) -> Iterator[str]:
        """Yield the forms under which a person is found: other order; middle names dropped where they may be."""
        for name in (person.label, *person.aliases):
            words = self.name_words.plain(name)
            if 2 <= len(words) <= 4:
                yield " ".join(words)
                yield " ".join((*words[1:], words[0]))
                yield " ".join((words[-1], *words[:-1]))
                if person.country not in self.name_words.family_first:
                    yield f"{words[0]} … {words[-1]}" if len(words) == 2 else f"{words[0]} {words[-1]}"

    def near_people(self, name: str, n: int = 5) -> tuple[Person, ...]:
        """Return up to ``n`` people whose names look like this one, the likeliest first, for "did you mean"."""
        key = name_key(name)
        pool = {near for word in key.split() for near in self._names_by_start.get(word[:2], ())}
        close = difflib.get_close_matches(key, sorted(pool), n=2 * n, cutoff=0.6)
        people = dict.fromkeys(one for near in close for one in self._people_by_name[near])
        return tuple(people)[:n]

    @cached_property
    def _names_by_start(self) -> Mapping[str, tuple[str, ...]]:
        return grouped((start, key) for key in self._people_by_name for start in {word[:2] for word in key.split()})
