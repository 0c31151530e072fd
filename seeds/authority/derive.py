"""Derive the tables of who is who from a folder of source tables and from the curated tables beside this script.

    python seeds/authority/derive.py SOURCE_DIR [OUT_DIR]

The output is sorted CSV (UTF-8, LF, one header line) and depends on nothing but the two inputs, so that running it
again gives the same bytes. What is kept, renamed and merged is described in README.md beside it.
"""

import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from kg.authority.names import Words, name_key
from kg.authority.rows import Person
from kg.edtf import bounds
from kg.iris import ascii_fold, fold, slug

Row = dict[str, str]
Tables = dict[str, list[Row]]
HERE = Path(__file__).parent

COLUMNS = {
    "sources": ("key", "description", "commit", "licence", "as_of"),
    "people": ("id", "label", "aliases", "country", "wikidata"),
    "offices": ("id", "label", "title", "kind", "of", "aliases", "wikidata"),
    "tenures": ("person", "office", "start", "end", "as_of", "source"),
    "organisations": ("id", "label", "acronym", "aliases", "kind", "country", "wikidata"),
    "countries": ("iso", "label", "aliases", "demonyms", "wikidata"),
    "places": ("id", "label", "aliases", "country", "place", "metonym"),
    "agreements": ("id", "label", "aliases", "kind", "parties", "established"),
    "relations": ("a", "b", "established", "source"),
    "name_words": ("kind", "words"),
}

# Offices of the source's mixed kind `other` that diplomacy deals with; the rest (governors of regions and banks,
# spouses, junior ministers, heads of services) is left out.
KEPT_OTHER = re.compile(
    r"\b(vice.president|(vice|deputy) (prime minister|premier|chancellor|secretary.general)|vice.chairman of the gov"
    r"|deputy chairman of the government|first deputy|deputy secretary of state|acting|national security|homeland sec"
    r"|security council|foreign secretary|deputy (minister of )?(foreign|defen[cs]e)|governor.general|crown prince"
    r"|secretary to the president|secretary.general (to|of) the (president|state council)|press secretary|spokes"
    r"|chief of staff of the (president|united states)|white house chief|presidential (chief|administration|office)"
    r"|presidential executive|head of the (presidential|office of the president)|advis[eo]r to the president"
    r"|under secretary of state for political|joint chiefs|(chief|head) of the general staff|national intelligence"
    r"|central intelligence|foreign affairs commission|president of republika srpska)",
    re.IGNORECASE,
)
DROPPED = re.compile(
    r"parliamentary (under.?)?secretary|parliamentary private|first lady|state bank|central bank"
    r"|syrian national coalition",
    re.IGNORECASE,
)
ENVOY = re.compile(
    r"(?:deputy )?(?:ambassador|permanent representative|high commissioner|consul general)(?:-at-large)?", re.I
)
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")


def read(path: Path, *, delimiter: str = ",", quoting: Literal[0, 3] = csv.QUOTE_MINIMAL) -> list[Row]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter, quoting=quoting))


def read_source(folder: Path, name: str) -> list[Row]:
    """Return the rows of a tab-separated source table, which knows no quoting."""
    return read(folder / f"{name}.tsv", delimiter="\t", quoting=csv.QUOTE_NONE)


def write(folder: Path, name: str, rows: Iterable[Row]) -> None:
    """Write a table, its rows sorted by their columns from left to right."""
    columns = COLUMNS[name]
    lines = sorted({tuple(row.get(column, "") for column in columns) for row in rows})
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(lines)


def join(*lists: str | Iterable[str], without: Sequence[str] = ()) -> str:
    """Return the parts of ``|``-separated lists as one list, in order, each once, those of ``without`` left out."""
    parts = [part for one in lists for part in (one.split("|") if isinstance(one, str) else one)]
    return "|".join(dict.fromkeys(part for part in parts if part and part not in without))


def number(qid: str) -> int:
    """Return the number of a QID for sorting, a large one where there is none."""
    return int(qid[1:]) if qid else sys.maxsize


# -- countries and organisations ---------------------------------------------------------------------------------


def countries(source: list[Row], curated: list[Row]) -> list[Row]:
    """Return the countries, curated labels, aliases and demonyms first."""
    mine = {row["iso"]: row for row in curated}
    rows = []
    for row in source:
        own = mine.get(row["iso2"], {})
        label = own.get("label") or row["label"]
        without = [label, *own.get("without", "").split("|")]
        rows.append({
            "iso": row["iso2"],
            "label": label,
            "aliases": join(own.get("aliases", ""), row["label"], row["aliases"], without=without),
            "demonyms": join(own.get("demonyms", ""), row["demonym"], without=own.get("without", "").split("|")),
            "wikidata": row["qid"],
        })  # fmt: skip
    return rows


def organisations(source: list[Row], parties: list[Row], curated: list[Row]) -> list[Row]:
    """Return the organisations: all of the source, named anew by curated rows of the same QID, and curated ones."""
    known = {row["qid"]: row | {"iso": ""} for row in source}
    party = {row["qid"]: row | {"kind": "party"} for row in parties}
    rows = [organisation(row, known.pop(row["wikidata"], party.get(row["wikidata"], {}))) for row in curated]
    return rows + [organisation({}, row) for row in known.values()]


def organisation(mine: Row, theirs: Row) -> Row:
    """Return one organisation of a curated and a sourced row, either of which may be empty."""
    label = mine.get("label") or theirs["label"]
    acronym = mine.get("acronym") or theirs.get("acronyms", "").split("|")[0]
    return {
        "id": slug(acronym or label),
        "label": label,
        "acronym": acronym,
        "aliases": join(
            mine.get("aliases", ""), theirs.get("label", ""), theirs.get("aliases", ""), without=[label, acronym]
        ),
        "kind": mine.get("kind") or theirs["kind"],
        "country": mine.get("country") or theirs.get("iso", ""),
        "wikidata": theirs.get("qid", ""),
    }


# -- offices -----------------------------------------------------------------------------------------------------


class Titles:
    """Plain titles: the label of an office without its country."""

    def __init__(self, table: list[Row], labels: Iterable[str]) -> None:
        self.names: dict[str, list[str]] = defaultdict(list)
        self.labels: dict[str, str] = {}
        self.of_iso = {"EU": "European Union"}
        for row in table:
            names = [row["label"], *row["aliases"].split("|"), *row["demonyms"].split("|")]
            self.names[row["iso"]] = sorted(filter(str.isascii, map(ascii_fold, names)), key=len, reverse=True)
            self.labels |= {fold(name): row["label"] for name in [row["label"], *row["aliases"].split("|")]}
            self.of_iso[row["iso"]] = row["label"]
        self.labels |= {"turkey": "Türkiye"}
        said = {fold(found[1]) for label in labels if (found := re.search(r"\b(?:to|of) the (.+)$", label))}
        self.with_article = {name for name in self.labels.values() if fold(name) in said}
        self.patterns = {iso: country_patterns(names) for iso, names in self.names.items()}

    def country(self, text: str) -> str:
        """Return the label of the country of that name, else the name."""
        return self.labels.get(fold(text.removeprefix("the ")), text.removeprefix("the "))

    def label(self, title: str, iso: str) -> str:
        """Return the label of an office: "Ambassador of China to Syria", "President of the United States"."""
        country = self.of_iso.get(iso, iso)
        country = f"the {country}" if country in self.with_article else country
        post, to, place = title.partition(" to ")
        return f"{post} of {country}{to}{place}" if ENVOY.fullmatch(post) else f"{title} of {country}"

    def title(self, label: str, iso: str) -> str:
        """Return the plain title: "ambassador of China to Syria" is "Ambassador to Syria"."""
        text = INVISIBLE.sub("", label).replace("’", "'").strip()
        if envoy := re.fullmatch(rf"(?:\w+ )*?({ENVOY.pattern})(?: of .+?)? to (?:the )?(.+)", text, re.IGNORECASE):
            place = self.country(re.sub(r" \(.*\)$", "", envoy[2]))
            return f"{capital(envoy[1])} to {'the ' if place in self.with_article else ''}{place}"
        return capital(strip_country(text, self.patterns.get(iso, ())))


def country_patterns(names: list[str]) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of a country's names and adjectives where they stand in the label of an office."""
    country = f"(?:the )?(?:{'|'.join(map(re.escape, filter(None, names)))})"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"[ ,]*\({country}\)$",
            rf",? (?:of|for|in|from) {country}$",
            rf", {country}$",
            rf"^{country}(?:'s)? ",
            rf" of {country}(?= to | in | under )",
        )
    )


def strip_country(text: str, patterns: Sequence[re.Pattern[str]]) -> str:
    """Return an office's label without the names and adjectives of its country, unless nothing would be left."""
    folded = ascii_fold(text)
    for found in (pattern.search(folded) for pattern in patterns):
        if found and len(text) == len(folded):
            rest = (text[: found.start()] + text[found.end() :]).strip(" ,")
            if (len(rest) > 3 or rest in ("FM", "PM")) and not re.search(r"\b(of|for|the|and)$", rest):
                return strip_country(rest, patterns)
    return text


def capital(text: str) -> str:
    """Return a title with capital letters where English wants them.

    >>> capital("minister of foreign affairs")
    'Minister of Foreign Affairs'
    """
    small = {"of", "the", "and", "for", "to", "in", "at", "on", "with", "by", "from", "de", "la", "o", "le", "a", "&"}
    return " ".join(word if i and word in small else word[:1].upper() + word[1:] for i, word in enumerate(text.split()))


PRIORITY = ("head-of-state", "head-of-government", "foreign-minister", "party-leader", "speaker", "organisation-head",
            "minister", "ambassador", "other")  # fmt: skip


class Offices:
    """The offices, and which of them each QID of the source has become."""

    def __init__(self, source: Tables, own: Tables, titles: Titles) -> None:
        self.of_label: dict[str, str] = {}
        self.titles = titles
        self.synonyms = own["titles"]
        self.held = Counter(office_key(row) for row in source["tenures"])
        self.said: dict[str, list[str]] = defaultdict(list)
        for row in source["office_aliases"]:
            self.said[row["qid"]].append(row["alias"])
        groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in filter(wanted, source["offices"]):
            groups[(fold(self._title(row)).replace(" the ", " "), row["iso"])].append(row)
        mine = {row["was"] or row["id"]: row for row in own["offices"]}
        rows = [row for group in groups.values() if (row := self._merge(group, mine))]
        rows += [dict(row) for row in own["offices"] if row["id"] not in {row["id"] for row in rows}]
        self.rows = [self.with_synonyms(row) for row in rows]

    def _merge(self, rows: list[Row], mine: dict[str, Row]) -> Row:
        """Return one office of the rows that have one title in one country; their best known QID stays."""
        rows = sorted(rows, key=lambda row: (-self.held[office_key(row)], number(row["qid"]), row["label"]))
        best = rows[0]
        title = self._title(best)
        name = slug("-".join(filter(None, (title.replace(" the ", " "), best["iso"]))))
        own = mine.get(name, {})
        if not (best["iso"] or own):
            return {}  # an office of nobody we could name
        name = own.get("id") or name
        self.of_label |= {office_key(row): name for row in rows}
        label = own.get("label") or self.titles.label(title, best["iso"])
        return {
            "id": name,
            "label": label,
            "title": own.get("title") or title,
            "kind": own.get("kind") or min((row["kind"] for row in rows), key=PRIORITY.index),
            "of": own.get("of") or best["iso"],
            "aliases": join(own.get("aliases", ""), sorted(self._plain(rows)), without=[title]),
            "wikidata": best["qid"],
        }

    def _title(self, row: Row) -> str:
        """Return the plain title of an office, under the usual one of its variants."""
        title = self.titles.title(row["label"], row["iso"])
        if found := re.fullmatch(
            r"(?!Prime|Foreign|First|State|Chief|Cabinet|Senior|Deputy|Junior|Minority)([A-Z]\w+) Minister", title
        ):
            title = f"Minister of {found[1]}"
        for one in self._synonyms(row["kind"], row["iso"]):
            if title in one["variants"].split("|"):
                return one["title"]
        return title

    def _synonyms(self, kind: str, of: str) -> list[Row]:
        return [one for one in self.synonyms if one["kind"] in ("", kind) and one["of"] in ("", of)]

    def _plain(self, rows: list[Row]) -> set[str]:
        """Return the other names of an office without their country: "Chinese FM" is "FM"."""
        return {self.titles.title(text, row["iso"]) for row in rows for text in [row["label"], *self.said[row["qid"]]]}

    def with_synonyms(self, row: Row) -> Row:
        """Return an office with the other ways its title is said, per kind, country or title."""
        said = [
            join(one["variants"], one["also"])
            for one in self._synonyms(row["kind"], row["of"])
            if fold(one["title"]) in ("", fold(row["title"]))
        ]
        return row | {"aliases": join(*said, row["aliases"], without=[row["title"], row["label"]])}


def office_key(row: Row) -> str:
    """Return what tells offices of the source apart, in rows of offices and of tenures: the QID, else the label."""
    return row.get("office_qid") or row.get("qid") or row.get("office_label") or row["label"]


def wanted(row: Row) -> bool:
    """Return whether an office belongs here."""
    if DROPPED.search(row["label"]):
        return False
    return row["kind"] != "other" or bool(KEPT_OTHER.search(row["label"]))


# -- people and tenures ------------------------------------------------------------------------------------------


def people(source: list[Row], curated: list[Row], held: set[str]) -> tuple[list[Row], dict[str, str]]:
    """Return the people that hold a kept office or are curated, and the id of each QID."""
    mine = {row["wikidata"]: row for row in curated if row["wikidata"]}
    rows = [renamed(row, mine) for row in source if row["qid"] in held or row["qid"] in mine]
    ids = name_apart(rows)
    result = [person(row, ids[row["qid"]], mine.get(row["qid"], {})) for row in rows]
    taken = {row["id"] for row in result}
    for own in curated:
        if not own["wikidata"]:
            name = slug(own["label"])
            if name in taken:
                raise SystemExit(
                    f"curated/people.csv: {name} exists already; give its wikidata from people.csv instead"
                )
            result.append({"id": name, **{key: own[key] for key in ("label", "aliases", "country")}})
    return result, ids


def renamed(row: Row, mine: dict[str, Row]) -> Row:
    """Return a person under the curated name, else under the sourced one, else under an alias in Latin letters."""
    names = [row["label"], *row["aliases"].split("|")]
    readable = [name for name in names if name and ascii_fold(name)[:1].isascii()]
    label = mine.get(row["qid"], {}).get("label") or next(iter(readable), row["label"])
    return row | {"label": label, "aliases": join(names, without=[label])}


def person(row: Row, name: str, own: Row) -> Row:
    """Return a person with the curated label and aliases, folded doubles of the label dropped as look-ups fold."""
    label = row["label"]
    aliases = join(own.get("aliases", ""), row["aliases"]).split("|")
    kept = {fold(alias): alias for alias in reversed(aliases) if alias and fold(alias) != fold(label)}
    return {
        "id": name,
        "label": label,
        "aliases": "|".join(sorted(kept.values())),
        "country": own.get("country") or row["iso"],
        "wikidata": row["qid"],
    }


def name_apart(rows: list[Row]) -> dict[str, str]:
    """Return an id for each QID: the slug of the name, homonyms told apart by country, then by QID."""
    forms: tuple[Callable[[Row], str], ...] = (
        lambda row: slug(row["label"]),
        lambda row: slug(f"{row['label']} {row['iso']}"),
        lambda row: slug(f"{row['label']} {row['iso']} {row['qid']}"),
    )
    ids: dict[str, str] = {}
    for form in forms:
        left = [row for row in rows if row["qid"] not in ids]
        count = Counter(map(form, left))
        ids |= {row["qid"]: form(row) for row in left if count[form(row)] == 1}
    return ids


def tenures(
    source: list[Row], curated: list[Row], left_out: list[Row], persons: dict[str, str], offices: dict[str, str]
) -> list[Row]:
    """Return the tenures of kept people and offices; a curated row takes the place of a less exact one."""
    rows = [
        {
            "person": persons[row["person_qid"]],
            "office": offices[office_key(row)],
            **{column: row[column] for column in ("start", "end", "as_of")},
            "source": "|".join(key for key, _ in parts(row["source"])),
        }
        for row in source
        if row["person_qid"] in persons and office_key(row) in offices
    ]
    kept = {(row["person"], row["office"], row["start"]): row for row in one_each(rows)}
    for row in left_out:
        kept.pop((row["person"], row["office"], row["start"]), None)
    return [merged(dict(row), kept) for row in curated] + list(kept.values())


def merged(row: Row, kept: dict[tuple[str, str, str], Row]) -> Row:
    """Return a curated tenure with what less exact or equal rows of ``kept`` add; those are taken out of it."""
    for start in {row["start"], row["start"][:7], row["start"][:4]}:
        other = kept.pop((row["person"], row["office"], start), None)
        if other:
            row["end"] = row["end"] or other["end"]
            row["as_of"] = max(row["as_of"], other["as_of"])
            row["source"] = "|".join(sorted({*row["source"].split("|"), *other["source"].split("|")}))
    return row


def one_each(rows: list[Row]) -> list[Row]:
    """Return the rows with one for each person, office and start: the one with an end, then the latest."""
    best: dict[tuple[str, str, str], Row] = {}
    for row in sorted(rows, key=lambda row: (bool(row["end"]), row["as_of"], row["end"], row["source"])):
        best[(row["person"], row["office"], row["start"])] = row
    return list(best.values())


def parts(source: str) -> list[tuple[str, str]]:
    """Return key and full text of the sources that a tenure's source cell names.

    >>> parts("github:a/us-cabinet@0d5:html/holders21.csv ; end: github:b/pocom@44d:positions/secretary.xml")[1]
    ('pocom/secretary', 'github:b/pocom@44d:positions/secretary.xml')
    """
    found = []
    for part in re.split(r" ; (?:end: |in office: )?", source):
        if match := re.fullmatch(r"github:[^/]+/([^@]+)@\w+:(.+)", part):
            path = match[2].removesuffix("/wikidata.csv").removesuffix("html/holders21.csv")
            stem = Path(path).stem if path else ""
            found.append((f"{match[1]}/{stem}" if stem else match[1], part))
        else:
            found.append((f"web/{slug(part.removeprefix('search pages: '))[:48].strip('-')}", part))
    return found


def sources(tenure_rows: list[Row], commits: list[Row], curated: list[Row], used: set[str]) -> list[Row]:
    """Return the sources that tenures refer to, with commit, licence and the day they were last changed."""
    by_repo = {row["source"].removeprefix("github:"): row for row in commits}
    rows = {}
    for text in {row["source"] for row in tenure_rows}:
        for key, part in parts(text):
            repo = re.match(r"github:([^@]+)@", part)
            origin = by_repo.get(repo[1] if repo else "", {})
            rows[key] = {
                "key": key,
                "description": part.removeprefix("search pages: "),
                "commit": origin.get("commit", ""),
                "licence": origin.get("licence", "facts: dates only"),
                "as_of": origin.get("as_of", ""),
            }
    return [dict(row) for row in curated] + [row for key, row in rows.items() if key in used]


# -- holders told by name ------------------------------------------------------------------------------------------


class Holders:
    """People, offices and tenures, and what rows that tell a holder by title and name add to them.

    A row that says what a tenure of the same person in the same office says, perhaps of another start, adds what that
    leaves open: an end, a later day on which the person was seen in office. A new tenure is added unless a row that is
    better sourced puts somebody else there.
    """

    def __init__(self, table: Tables, words: Words, offices: Offices) -> None:
        self.people, self.offices, self.tenures = table["people"], table["offices"], table["tenures"]
        self.words, self.titles, self.with_synonyms = words, offices.titles, offices.with_synonyms
        self.homes = {row["acronym"]: row["country"] for row in table["organisations"] if row["country"]}
        self.ids = {row["id"] for row in self.people}
        self._by_title: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for office in self.offices:
            for said in dict.fromkeys((office["title"], *office["aliases"].split("|"))):
                self._by_title[(office["of"], words.title_key(said))].append(office)
        self._of = {row["id"]: row["of"] for row in self.offices}
        self._in: dict[str, list[Row]] = defaultdict(list)
        self._known: dict[str, dict[str, Person]] = defaultdict(dict)
        for row in self.people:
            self._know(row, row["country"])
        self.by_id = {row["id"]: row for row in self.people}
        for tenure in self.tenures:
            self._in[tenure["office"]].append(tenure)
            of = self._of[tenure["office"]]
            self._know(self.by_id[tenure["person"]], self.homes.get(of, of))

    def _know(self, row: Row, country: str) -> None:
        aliases = tuple(filter(None, row.get("aliases", "").split("|")))
        self._known[country][row["id"]] = Person(row["id"], row["label"], aliases, country, row.get("wikidata", ""))

    def add(self, row: Row) -> str:
        """Take in one row; return a sentence if it contradicts what is better sourced and was left out."""
        row = row | {"as_of": max(row["as_of"], row["start"])}
        office = self._office(row)
        person = self._person(row, office)
        mine = [one for one in self._in[office] if one["person"] == person and _same(one, row)]
        for one in mine:
            _complete(one, row)
        for start, end in _gaps(row, mine):
            for other in self._in[office]:
                here = (bounds(start)[1], bounds(end or row["as_of"])[0])
                if row["title"] not in COLLECTIVE and other["person"] != person and _shared(here, other):
                    return f"{row['of']} {row['title']}: {row['name']} {start} {end} but {other}"
            tenure = {"person": person, "office": office, "start": start, "end": end}
            tenure |= {key: row[key] for key in ("as_of", "source")}
            self._in[office].append(tenure)
            self.tenures.append(tenure)
        return ""

    def _office(self, row: Row) -> str:
        """Return the office of a title, the one whose own title it is first; an unknown one becomes an office."""
        key = self.words.title_key(row["title"])
        found = self._by_title[(row["of"], key)]
        if not found:
            name = slug(f"{row['title']} {row['of']}")
            label = self.titles.label(row["title"], row["of"])
            kind = KIND_OF_TITLE.get(row["title"], "minister")
            new = {"id": name, "label": label, "title": row["title"], "kind": kind, "of": row["of"], "aliases": ""}
            new = self.with_synonyms(new)
            found.append(new)
            self.offices.append(new)
            self._of[name] = row["of"]
        return min(found, key=lambda one: (self.words.title_key(one["title"]) != key, one["id"]))["id"]

    def _person(self, row: Row, office: str) -> str:
        """Return the id of the person of a name: who held the office, else a compatriot, else a new person.

        The way the name is spelt becomes an alias of who was known under others.
        """
        name, known = row["name"].removeprefix("+"), self._known[row["of"]]
        if name in self.ids:
            return name
        if len(row["of"]) > 2:  # those of an organisation are at home elsewhere
            known = known | {
                one.id: one for group in self._known.values() for one in group.values() if one.label == name
            }
        here = dict.fromkeys(one["person"] for one in self._in[office])
        fits = [one for one in here if one in known and self.words.fits(name, known[one])]
        homeless = [one for one in self._known[""].values() if one.label == name]
        exact = homeless + [one for one in known.values() if name_key(name) in map(name_key, (one.label, *one.aliases))]
        wide = [one for one in known.values() if " " in name.strip() and self._fully(name, one)]
        if row["name"].startswith("+"):  # somebody of this very name, or new
            fits, wide = [], []
        for group in (
            [one.id for one in exact if one.id in fits],
            fits,
            [one.id for one in exact],
            [o.id for o in wide],
        ):
            if group:
                start = bounds(row["start"])[0]
                found = min(group, key=lambda one: (self._distance(one, office, start), one))
                self._alias(name, next(one for one in (*known.values(), *homeless) if one.id == found))
                return found
        new = slug(name)
        new = slug(f"{name} {row['of']}") if new in self.ids else new
        person = {"id": new, "label": name, "aliases": "", "country": row["of"] if len(row["of"]) == 2 else ""}
        self.ids.add(new)
        self.people.append(person)
        self.by_id[new] = person
        self._know(person, row["of"])
        return new

    def _alias(self, name: str, person: Person) -> None:
        """Add a spelling of a person's name that no look-up of the others finds."""
        said = [person.label, *person.aliases]
        if fold(name) in map(fold, said) or sorted(fold(name).split()) in [sorted(fold(one).split()) for one in said]:
            return
        row = self.by_id[person.id]
        row["aliases"] = join(row.get("aliases", ""), name)
        self._know(row, person.country)

    def _fully(self, name: str, person: Person) -> bool:
        """Return whether a name of two words or more is a person's, no surname alone deciding."""
        return len(person.label.split()) > 1 and self.words.fits(name, person)

    def _distance(self, person: str, office: str, start: str) -> int:
        """Return how many years lie between a day and the nearest tenure of a person in an office, if any."""
        years = [abs(int(one["start"][:4]) - int(start[:4])) for one in self._in[office] if one["person"] == person]
        return min(years, default=1000)


KIND_OF_TITLE = {
    "President": "head-of-state", "King": "head-of-state", "Prince": "head-of-state", "Monarch": "head-of-state",
    "Supreme Leader": "head-of-state", "Leader": "head-of-state", "Captain Regent": "head-of-state",
    "Member of the Presidency": "head-of-state", "Chief Cabinet Secretary": "other", "Deputy President": "other",
    "State Counsellor": "head-of-government", "Permanent Representative to the United Nations": "ambassador",
    "Prime Minister": "head-of-government", "Premier": "head-of-government",
    "Minister of State": "head-of-government", "Minister of Foreign Affairs": "foreign-minister",
}  # fmt: skip


def _span(row: Row, *, surely: bool = False) -> tuple[str, str]:
    """Return the first and last day of a tenure; with ``surely`` those on which it was certainly held."""
    start, end = bounds(row["start"]), bounds(row["end"] or row["as_of"])
    return (start[1], end[0]) if surely else (start[0], end[1])


def _overlap(one: tuple[str, str], other: tuple[str, str]) -> int:
    """Return how many days two spans share; negative where they lie apart."""
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _same(tenure: Row, row: Row) -> bool:
    """Return whether a tenure is, at least in part, the one a row tells: days are shared or the starts lie close."""
    first, other = bounds(tenure["start"])[0], bounds(row["start"])[0]
    return _overlap(_span(tenure), _span(row)) > 0 or abs(_overlap((first, first), (other, other))) < CLOSE


def _shared(here: tuple[str, str], other: Row) -> bool:
    """Return whether a tenure surely takes more of a span than sources differ by on a hand-over."""
    return _overlap(here, _span(other, surely=True)) > CLOSE // 2


COLLECTIVE = ("Member of the Presidency", "Captain Regent")
"""Titles that several hold at once."""

CLOSE = 45
"""Days that two sources may differ by on one event."""


def _gaps(row: Row, mine: list[Row]) -> Iterator[tuple[str, str]]:
    """Yield the parts of the time a row tells that tenures of the same person leave out, as start and end."""
    start = row["start"]
    for one in sorted(mine, key=lambda one: one["start"]):
        if _days(start, one["start"]) > CLOSE:
            yield start, one["start"]
        if not one["end"]:
            return
        start = max(start, one["end"])
    if not mine or _days(start, row["end"] or row["as_of"]) > CLOSE:
        yield start, row["end"]


def _days(start: str, end: str) -> int:
    """Return the days from the last that a date may mean to the first that another may."""
    return (date.fromisoformat(bounds(end)[0]) - date.fromisoformat(bounds(start)[1])).days


def _complete(tenure: Row, row: Row) -> None:
    """Add to a tenure what a row of the same person in the same office tells beyond it."""
    start, end, as_of = tenure["start"], tenure["end"], tenure["as_of"]
    if row["start"].startswith(start):
        start = row["start"]
    if row["end"].startswith(end) and row["end"] >= start:
        end = row["end"]
    if not row["end"]:
        as_of = max(as_of, row["as_of"])
    if (start, end, as_of) != (tenure["start"], tenure["end"], tenure["as_of"]):
        source = "|".join(sorted({*tenure["source"].split("|"), row["source"]}))
        tenure |= {"start": start, "end": end, "as_of": as_of, "source": source}


# -- all ---------------------------------------------------------------------------------------------------------


SOURCES = ("people", "offices", "tenures", "organisations", "countries", "office_aliases", "parties", "sources")


def derive(source: Path, out: Path, curated: Path = HERE / "curated") -> None:
    """Write every table into ``out``."""
    own = {path.stem: read(path) for path in sorted(curated.glob("*.csv"))}
    theirs = {name: read_source(source, name) for name in SOURCES}
    for name, rows in tables(theirs, own).items():
        write(out, name, rows)


def tables(theirs: Tables, own: Tables) -> Tables:
    """Return the rows of every table by its name."""
    table = {name: own[name] for name in ("relations", "name_words")}
    table["countries"] = countries(theirs["countries"], own["countries"])
    table["organisations"] = organisations(theirs["organisations"], theirs["parties"], own["organisations"])
    titles = Titles(table["countries"], (row["label"] for row in theirs["offices"]))
    offices = Offices(theirs, own, titles)
    held = {row["person_qid"] for row in theirs["tenures"] if office_key(row) in offices.of_label}
    table["people"], persons = people(theirs["people"], own["people"], held)
    table["tenures"] = tenures(theirs["tenures"], own["tenures"], own["left_out"], persons, offices.of_label)
    table["offices"] = offices.rows
    words = Words.of_rows((row["kind"], row["words"]) for row in own["name_words"])
    holders = Holders(table, words, offices)
    for row in sorted(
        own["holders"], key=lambda row: (row["source"] == "by-hand", row["source"], row["start"], *row.values())
    ):
        if problem := holders.add(row):
            print(problem, file=sys.stderr)
    used = {key for row in table["tenures"] for key in row["source"].split("|")}
    table["sources"] = sources(theirs["tenures"], theirs["sources"], own["sources"], used)
    for name in ("places", "agreements"):
        table[name] = [row | {"id": slug(row["label"])} for row in own[name]]
    return table


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: python seeds/authority/derive.py SOURCE_DIR [OUT_DIR]")
    derive(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else HERE)
