"""What short texts state: every case of tests/cases is read and mapped as its file says."""

import tomllib
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from kg.articles import Article, read
from kg.articles.records import read_record
from kg.iris import fold
from kg.language.lexicon import Lexicon, load_lexicon
from kg.mappers import map_article
from kg.mappers.claims import AgreementClaim, ArticleClaims, EventClaim, OfficeClaim

FOLDER = Path(__file__).parent / "cases"
Case = dict[str, Any]
KEYS = {"title", "published", "publisher", "url", "text", "page", "format", "nothing", "absent"}
LISTS = {"persons", "offices", "events", "agreements"}
FIELDS = {
    "events": {"type", "kind", "date", "place", "persons", "sides", "status", "main", "borderline"},
    "agreements": {"name", "type", "sides", "date", "count", "stage", "borderline"},
}


def _cases() -> dict[str, Case]:
    """Return the cases by ``file:number``."""
    return {
        f"{path.stem}:{number}": case
        for path in sorted(FOLDER.glob("*.toml"))
        for number, case in enumerate(tomllib.loads(path.read_text("utf-8"))["case"], 1)
    }


def _known_failures() -> dict[str, str]:
    """Return the reasons of the cases that do not pass yet."""
    lines = (FOLDER / "known-failures.txt").read_text("utf-8").splitlines()
    told = (line.partition(" ") for line in lines if line.strip() and not line.startswith("#"))
    return {name: reason.strip() for name, _, reason in told}


CASES = _cases()
KNOWN_FAILURES = _known_failures()


def _parameters() -> Iterable[Any]:
    """Yield the cases by name, those that do not pass yet marked so."""
    for name in CASES:
        reason = KNOWN_FAILURES.get(name)
        marks = [pytest.mark.xfail(strict=True, reason=reason, raises=AssertionError)] if reason else []
        yield pytest.param(name, id=name, marks=marks)


@pytest.mark.parametrize("name", list(_parameters()))
def test_a_text_states_what_its_case_says(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    lexicon = load_lexicon()
    article = _article(case, tmp_path)
    stated = Stated(map_article(article, lexicon), lexicon)
    assert "\n".join(stated.differences(case)) == ""


@pytest.mark.parametrize("name", CASES)
def test_a_case_is_well_formed(name: str) -> None:
    case = CASES[name]
    assert set(case) <= KEYS | LISTS, "a key is misspelt; see tests/cases/README.md"
    assert ("text" in case) != ("page" in case), "give either a text or a page"
    assert set(case) & (LISTS | {"nothing", "absent"}), "say what the text states"
    assert set(case.get("absent", {})) <= LISTS, "absent holds persons, offices, events or agreements"
    for sort, fields in FIELDS.items():
        assert all(set(record) <= fields for record in case.get(sort, ())), f"a field of {sort} is misspelt"


def test_there_are_plenty_of_cases_and_phenomena() -> None:
    assert len(CASES) >= 200
    assert len({name.partition(":")[0] for name in CASES}) >= 35


def test_a_known_failure_names_a_case_that_exists() -> None:
    assert sorted(set(KNOWN_FAILURES) - set(CASES)) == []


def _article(case: Case, folder: Path) -> Article:
    if "page" in case:
        path = folder / f"page.{case.get('format', 'txt')}"
        path.write_text(case["page"], "utf-8")
        (reading,) = read([path])
    else:
        record = {key: case[key] for key in ("title", "published", "publisher", "url", "text") if key in case}
        reading = read_record(record, "case.json")
    assert reading.article, reading.refusal
    return reading.article


def _alike(a: str, b: str) -> float:
    """The likeness of two short phrases between 0 and 1: by characters or by words, whichever is higher."""
    a, b = fold(a), fold(b)
    one, other = set(a.split()), set(b.split())
    shared = len(one & other)
    by_words = (shared / max(1, min(len(one), len(other))) + shared / max(1, len(one | other))) / 2
    return max(SequenceMatcher(None, a, b).ratio(), by_words)


def _left_over(
    wanted: list[Any], got: list[Any], fit: Callable[[Any, Any], float], least: float
) -> tuple[list[Any], list[Any]]:
    """Return the wanted that nothing fits, and what was got beyond them; the best fits pair first."""
    pairs = sorted(((fit(w, g), -i, -j) for i, w in enumerate(wanted) for j, g in enumerate(got)), reverse=True)
    used_w: set[int] = set()
    used_g: set[int] = set()
    for likeness, i, j in pairs:
        if likeness >= least and -i not in used_w and -j not in used_g:
            used_w.add(-i)
            used_g.add(-j)
    return (
        [w for i, w in enumerate(wanted) if i not in used_w],
        [g for j, g in enumerate(got) if j not in used_g],
    )


class Stated:
    """The claims of one article in the words of the cases."""

    def __init__(self, claims: ArticleClaims, lexicon: Lexicon) -> None:
        self.claims = claims
        self.lexicon = lexicon
        people = lexicon.authority.people
        self.names = [
            {fold(person.name)} | ({fold(people[person.key].label)} if person.key else set())
            for person in claims.people
        ]

    def differences(self, case: Case) -> list[str]:
        """Return a line for each thing that is wanted and not claimed, or claimed and not wanted."""
        lines: list[str] = []
        for sort in ("persons", "offices", "events", "agreements"):
            if sort in case or (case.get("nothing") and sort in FIELDS):
                lines += self._compared(sort, case.get(sort, []))
        for sort, forbidden in case.get("absent", {}).items():
            lines += self._forbidden(sort, forbidden)
        return lines

    def _compared(self, sort: str, wanted: list[Any]) -> list[str]:
        got, fit, least, tell = self._view(sort)
        borderline = [w for w in wanted if isinstance(w, dict) and w.get("borderline")]
        missing, extra = _left_over([w for w in wanted if w not in borderline], got, fit, least)
        _, extra = _left_over(borderline, extra, fit, least)
        return [f"missing {sort}: {w}" for w in missing] + [f"extra {sort}: {tell(g)}" for g in extra]

    def _forbidden(self, sort: str, forbidden: list[Any]) -> list[str]:
        got, fit, _, tell = self._view(sort)
        if sort == "events":  # whatever its status
            forbidden = [{"status": None, **({"type": w} if isinstance(w, str) else w)} for w in forbidden]
        elif sort == "agreements":
            forbidden = [{"name": w} for w in forbidden]
        return [f"forbidden {sort}: {tell(g)}" for g in got if any(fit(w, g) >= 1 for w in forbidden)]

    def _view(self, sort: str) -> tuple[list[Any], Callable[[Any, Any], float], float, Callable[[Any], str]]:
        """Return the claims of a sort, how well a wanted record fits one, the least fit, and how to tell a claim."""
        if sort == "persons":
            return self.names, lambda w, g: float(fold(w) in g), 1, lambda g: " = ".join(sorted(g))
        if sort == "offices":
            return list(self.claims.offices), self._fits_office, 0.7, self._tell_office
        if sort == "events":
            return list(self.claims.events), self._fits_event, 1, self._tell_event
        return list(self.claims.agreements), self._fits_agreement, 0.6, self._tell_agreement

    def _bodies(self, bodies: Iterable[str]) -> set[str]:
        return {self.lexicon.notation(body) for body in bodies}

    def _place(self, place: str | None) -> str:
        who = self.lexicon.authority
        known = who.countries.get(place or "") or who.places.get(place or "")
        return fold(known.label if known else place or "")

    def _same_people(self, wanted: list[str], got: EventClaim) -> bool:
        names = [self.names[n] for n in sorted({ref for _, ref in got.people})]
        return _left_over(wanted, names, lambda w, g: float(fold(w) in g), 1) == ([], [])

    def _fits_office(self, wanted: list[str], got: OfficeClaim) -> float:
        person, title, of, when = (*wanted, "current")[:4]
        same = fold(person) in self.names[got.person] and of == (self.lexicon.notation(got.of) if got.of else "")
        return _alike(title, got.title) if same and when == got.when else 0.0

    def _fits_event(self, wanted: dict[str, Any], got: EventClaim) -> float:
        fits = (
            wanted["type"] == got.top
            and wanted.get("status", "occurred") in (got.status, None)
            and wanted.get("kind", got.kind) == got.kind
            and wanted.get("main", got.main) == got.main
            and wanted.get("date", got.date or "") == (got.date or "")
            and ("place" not in wanted or fold(wanted["place"]) == self._place(got.place))
            and ("persons" not in wanted or self._same_people(wanted["persons"], got))
            and ("sides" not in wanted or set(wanted["sides"]) == self._bodies(got.parties))
        )
        return float(fits)

    def _fits_agreement(self, wanted: dict[str, Any], got: AgreementClaim) -> float:
        fits = (
            wanted.get("type", got.kind) == got.kind
            and wanted.get("count", got.count) == got.count
            and wanted.get("stage", got.stage) == got.stage
            and wanted.get("date", got.date or "") == (got.date or "")
            and ("sides" not in wanted or set(wanted["sides"]) == self._bodies(got.parties))
        )
        known = self.lexicon.authority.agreements.get(got.key or "")
        names = (got.name, known.label) if known else (got.name,)
        return max(_alike(wanted["name"], name) for name in names) if fits else 0.0

    def _tell_office(self, got: OfficeClaim) -> str:
        of = self.lexicon.notation(got.of) if got.of else ""
        return f"{[self._person(got.person), got.title, of, got.when]}"

    def _tell_event(self, got: EventClaim) -> str:
        return (
            f"{got.top} ({got.kind}) {got.date or 'undated'} {sorted({self._person(k) for _, k in got.people})} "
            f"{sorted(self._bodies(got.parties))} at {self._place(got.place) or '-'}, {got.status}"
        )

    def _tell_agreement(self, got: AgreementClaim) -> str:
        sides = sorted(self._bodies(got.parties))
        return f"{got.name!r} {got.kind} {sides} {got.date or 'undated'} count {got.count}, {got.stage}"

    def _person(self, ref: int) -> str:
        return " = ".join(sorted(self.names[ref]))
