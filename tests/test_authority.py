"""Who is who: the rules of its data, whose failure says what to mend, and the look-ups."""

import csv
import importlib.util
import re
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from kg.authority import Authority, Person, name_key
from kg.edtf import bounds
from kg.errors import AuthorityError

ROOT = Path(__file__).parent.parent
TABLES = ROOT / "seeds" / "authority"
CURATED = TABLES / "curated"
SOURCE = ROOT.parent / "shared" / "data"
TRAVELS = SOURCE / "us-travels.jsonl"
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
QID = re.compile(r"Q[1-9]\d*")
KINDS = {
    "office": "head-of-state head-of-government foreign-minister minister speaker party-leader organisation-head "
    "ambassador other",
    "agreement": "treaty agreement mou joint-statement declaration plan contract initiative partnership",
}


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.load()


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def table(name: str) -> list[dict[str, str]]:
    return rows(TABLES / f"{name}.csv")


# -- rules of the data -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted([*TABLES.glob("*.csv"), *CURATED.glob("*.csv")]), ids=lambda p: p.stem)
def test_every_table_is_utf8_with_lf_and_full_rows(path: Path) -> None:
    data = path.read_bytes()
    assert b"\r" not in data and not data.startswith(b"\xef\xbb\xbf"), f"{path.name}: save as UTF-8 with LF, no BOM"
    assert data.endswith(b"\n"), f"{path.name}: end the last line"
    with path.open(encoding="utf-8", newline="") as stream:
        widths = {len(row) for row in csv.reader(stream)}
    assert len(widths) == 1, f"{path.name}: rows have {sorted(widths)} cells; quote cells that hold commas"


@pytest.mark.parametrize("path", sorted(TABLES.glob("*.csv")), ids=lambda p: p.stem)
def test_every_derived_table_is_sorted_and_without_doubles(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        _, *cells = csv.reader(stream)
    assert cells == sorted(cells), f"{path.name} is not sorted: do not edit it, edit curated/ and derive again"
    assert len(cells) == len({tuple(row) for row in cells}), f"{path.name} holds a row twice: derive again"


@pytest.mark.parametrize("path", sorted(CURATED.glob("*.csv")), ids=lambda p: p.stem)
def test_every_curated_row_says_where_it_is_from(path: Path) -> None:
    column = "licence" if path.stem == "sources" else "source"
    missing = [row for row in rows(path) if not row[column]]
    assert not missing, f"curated/{path.name}: fill {column} in {missing[:3]}"


@pytest.mark.parametrize(
    ("name", "key"),
    [("people", "id"), ("offices", "id"), ("organisations", "id"), ("countries", "iso"), ("places", "id"),
     ("agreements", "id"), ("sources", "key")],
)  # fmt: skip
def test_ids_are_unique(name: str, key: str) -> None:
    twice = [value for value, n in Counter(row[key] for row in table(name)).items() if n > 1]
    assert not twice, f"{name}.csv: {twice[:5]} name two things; tell their labels apart in curated/{name}.csv"


@pytest.mark.parametrize("name", ["people", "offices", "organisations", "countries"])
def test_a_qid_is_well_formed_and_names_one_thing(name: str) -> None:
    found = [row["wikidata"] for row in table(name) if row["wikidata"]]
    bad = [qid for qid in found if not QID.fullmatch(qid)]
    assert not bad, f"{name}.csv: {bad[:5]} are no QIDs; copy them from the source or leave the cell empty"
    twice = [qid for qid, n in Counter(found).items() if n > 1]
    assert not twice, f"{name}.csv: {twice[:5]} stand in two rows; merge the rows in curated/{name}.csv"


def test_tenures_refer_to_people_offices_and_sources_that_exist() -> None:
    people, offices = ({row["id"] for row in table(name)} for name in ("people", "offices"))
    sources = {row["key"] for row in table("sources")}
    for row in table("tenures"):
        assert row["person"] in people, f"curated/tenures.csv: add {row['person']} to curated/people.csv"
        assert row["office"] in offices, f"curated/tenures.csv: no office {row['office']}; see the ids of offices.csv"
        unknown = set(row["source"].split("|")) - sources
        assert not unknown, f"curated/tenures.csv: add {unknown} to curated/sources.csv"


def test_offices_are_of_a_country_or_an_organisation() -> None:
    bodies = {row["iso"] for row in table("countries")} | {row["acronym"] for row in table("organisations")} | {"EU"}
    unknown = {row["of"] for row in table("offices")} - bodies
    assert not unknown, f"offices of {sorted(unknown)}: give the acronym in curated/organisations.csv"


def test_no_acronym_is_a_country_code() -> None:
    codes = {row["iso"] for row in table("countries")}
    both = codes & {row["acronym"] for row in table("organisations")}
    assert not both, f"{both} are countries too; make the acronym longer and keep the short one as an alias"


def test_kinds_are_those_of_the_vocabulary() -> None:
    for name in KINDS:
        unknown = {row["kind"] for row in table(f"{name}s")} - set(KINDS[name].split())
        assert not unknown, f"{name}s.csv: {unknown} are no kinds; take one of {KINDS[name]}"


def test_parties_places_and_relations_refer_to_what_exists() -> None:
    codes = {row["iso"] for row in table("countries")} | {row["acronym"] for row in table("organisations")}
    places = {row["id"] for row in table("places")}
    for row in table("agreements"):
        assert set(filter(None, row["parties"].split("|"))) <= codes, f"agreements: parties of {row['label']}"
    for row in table("places"):
        assert row["country"] in codes and row["place"] in places | {""}, f"places: country or place of {row['label']}"
    for row in table("relations"):
        assert row["a"] < row["b"] and {row["a"], row["b"]} <= codes, (
            f"relations: {row['a']}-{row['b']}: two codes, in order"
        )


def test_dates_are_iso_and_in_order() -> None:
    for row in table("tenures"):
        start, end = row["start"], row["end"]
        assert DATE.fullmatch(start) and DATE.fullmatch(row["as_of"]), f"tenures: dates of {row}"
        assert not end or (DATE.fullmatch(end) and bounds(start)[0] <= bounds(end)[1]), f"tenures: end of {row}"
    for name in ("agreements", "relations"):
        for row in table(name):
            assert not row["established"] or DATE.fullmatch(row["established"]), f"{name}: date of {row}"


def test_the_tables_stay_small() -> None:
    size = sum(path.stat().st_size for path in TABLES.glob("*.csv"))
    assert size < 4_000_000, f"{size} bytes; leave out kinds of office in derive.py"


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def derive_module() -> ModuleType:
    return load(TABLES / "derive.py")


@pytest.mark.skipif(not SOURCE.is_dir(), reason=f"NOT CHECKED that the tables can be derived again: no {SOURCE}")
def test_deriving_again_gives_the_same_bytes(tmp_path: Path) -> None:
    derive_module().derive(SOURCE, tmp_path)
    for path in sorted(TABLES.glob("*.csv")):
        again = (tmp_path / path.name).read_bytes()
        assert again == path.read_bytes(), f"{path.name} is not what derive.py writes: run it and commit the result"
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in TABLES.glob("*.csv")}


@pytest.mark.skipif(not SOURCE.is_dir(), reason=f"NOT CHECKED that QIDs are in the source: no {SOURCE}")
@pytest.mark.parametrize("name", ["people", "organisations"])
def test_every_curated_qid_was_read_in_the_source(name: str) -> None:
    known = {
        line.split("\t")[0] for file in (name, "parties") for line in (SOURCE / f"{file}.tsv").open(encoding="utf-8")
    }
    invented = {row["wikidata"] for row in rows(CURATED / f"{name}.csv")} - known - {""}
    assert not invented, f"curated/{name}.csv: {invented} are not in the source; leave the cell empty"


# -- deriving ----------------------------------------------------------------------------------------------------


def test_homonyms_are_told_apart_by_country_then_by_qid_in_any_order() -> None:
    four = [("Q1", "Wang Yi", "CN"), ("Q2", "Wang Yi", "CN"), ("Q3", "Wang Yi", "TW"), ("Q4", "Wang Yi", "CN"),
            ("Q5", "Xi Jinping", "CN")]  # fmt: skip
    people = [{"qid": qid, "label": label, "iso": iso} for qid, label, iso in four]
    name_apart = derive_module().name_apart
    ids = name_apart(people)
    assert ids == {
        "Q1": "wang-yi-cn-q1",
        "Q2": "wang-yi-cn-q2",
        "Q3": "wang-yi-tw",
        "Q4": "wang-yi-cn-q4",
        "Q5": "xi-jinping",
    }
    assert name_apart(people[::-1]) == ids


@pytest.mark.parametrize(
    ("office", "title", "of"),
    [("president-vn", "President", "VN"), ("prime-minister-gb", "Prime Minister", "GB"),
     ("general-secretary-cpv", "General Secretary", "CPV"), ("general-secretary-cpc", "General Secretary", "CPC"),
     ("minister-of-foreign-affairs-cn", "Minister of Foreign Affairs", "CN"),
     ("secretary-of-state-us", "Secretary of State", "US"),
     ("minister-of-foreign-affairs-ua", "Minister of Foreign Affairs", "UA"), ("taoiseach-ie", "Taoiseach", "IE"),
     ("ambassador-to-united-states-vn", "Ambassador to the United States", "VN"), ("chancellor-de", "Chancellor", "DE"),
     ("secretary-general-un", "Secretary-General", "UN"), ("premier-cn", "Premier", "CN")],
)  # fmt: skip
def test_titles_are_plain_and_ids_say_title_and_body(authority: Authority, office: str, title: str, of: str) -> None:
    found = authority.offices[office]
    assert (found.title, found.of) == (title, of)


# -- countries, organisations, places ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "iso"),
    [("VN", "VN"), ("Việt Nam", "VN"), ("Vietnamese", "VN"), ("the Netherlands", "NL"), ("Dutch", "NL"), ("U.S.", "US"),
     ("Lao PDR", "LA"), ("DPRK", "KP"), ("Republic of Korea", "KR"), ("Korea, Republic of", "KR"), ("Emirati", "AE"),
     ("Türkiye", "TR"), ("Kyrgyz Republic", "KG"), ("French Republic", "FR"), ("Lankan", "LK"), ("Czechia", "CZ"),
     ("China, People's Republic of", "CN"), ("Republic of China", "TW"), ("Vietnam's", "VN")],
)  # fmt: skip
def test_a_country_is_found_by_code_name_official_name_and_adjective(authority: Authority, text: str, iso: str) -> None:
    country = authority.country(text)
    assert country is not None and country.iso == iso


@pytest.mark.parametrize("text", ["us", "in", "Hanoi", "Congolese", "Atlantis", "CPV", ""])
def test_what_is_no_country_or_shared_by_two_finds_none(authority: Authority, text: str) -> None:
    assert authority.country(text) is None


def test_rigour_is_asked_only_on_request_and_never_takes_a_capital_for_its_country(authority: Authority) -> None:
    assert authority.country("Alemania") is None
    assert authority.country("Hanoi", widely=True) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("CPC", "CPC"), ("Chinese Communist Party", "CPC"), ("Communist Party of Việt Nam", "CPV"), ("NATO", "NATO"),
     ("United Nations", "UN"), ("International Monetary Fund", "IMF"), ("the European Union", "EU"), ("Quad", "Quad")],
)  # fmt: skip
def test_an_organisation_is_found_by_acronym_and_name(authority: Authority, text: str, code: str) -> None:
    organisation = authority.organisation(text)
    assert organisation is not None and organisation.code == code


def test_a_body_is_a_country_before_it_is_an_organisation(authority: Authority) -> None:
    australia, union = authority.body("AU"), authority.body("African Union")
    assert australia and australia.label == "Australia"
    assert union and union.label == "African Union"


def test_places_know_their_country_and_venues_their_city(authority: Authority) -> None:
    kyiv, kremlin = authority.place("Kiev"), authority.place("the Kremlin")
    assert kyiv and (kyiv.label, kyiv.country) == ("Kyiv", "UA")
    assert kremlin and kremlin.place == "moscow"


def test_relations_are_found_in_either_order(authority: Authority) -> None:
    relation = authority.relation("VN", "CN")
    assert relation and relation.established == "1950-01-18"
    assert authority.relation("CN", "VN") is relation


# -- people ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "person"),
    [("Nguyen Phu Trong", "nguyen-phu-trong"), ("Nguyễn Phú Trọng", "nguyen-phu-trong"),
     ("Kishida Fumio", "fumio-kishida"),
     ("Fumio Kishida", "fumio-kishida"), ("Joseph R. Biden, Jr.", "joe-biden"), ("Donald J. Trump", "donald-trump"),
     ("Antony J. Blinken", "antony-blinken"), ("习近平", "xi-jinping"), ("Volodymyr Zelensky", "volodymyr-zelenskyy"),
     ("Tập Cận Bình", "xi-jinping")],
)  # fmt: skip
def test_a_full_name_finds_one_person(authority: Authority, name: str, person: str) -> None:
    assert [one.id for one in authority.find_people(name)] == [person]


@pytest.mark.parametrize("name", ["Vo Van Thang", "Xi", "Х" + "i Jinping", "Xi Jinpin", "", "Nguyen Trong"])
def test_a_misprint_a_surname_or_a_look_alike_finds_nobody(authority: Authority, name: str) -> None:
    assert authority.find_people(name) == ()


def test_confusable_letters_keep_names_apart() -> None:
    assert name_key("Pu" + "\u0442" + "in") != name_key("Putin")


def test_near_people_suggest_the_one_meant_first(authority: Authority) -> None:
    assert authority.near_people("Vo Van Thang", 1)[0].id == "vo-van-thuong"
    assert authority.near_people("Qqqq Zzzz") == ()


def test_four_homonyms_are_all_found_and_their_offices_tell_them_apart(tmp_path: Path) -> None:
    authority = small(
        tmp_path,
        people="".join(f"wang-yi-cn-q{n},Wang Yi,,CN,Q{n}\n" for n in range(1, 5)),
        offices="minister-of-foreign-affairs-cn,Minister of Foreign Affairs of China,Minister of Foreign Affairs,"
        "foreign-minister,CN,Foreign Minister,\n",
        tenures="wang-yi-cn-q3,minister-of-foreign-affairs-cn,2013-03-16,,2026-05-26,x\n",
    )
    assert len(authority.find_people("Wang Yi")) == 4
    assert authority.who("Foreign Minister", "China", "2021-05-01", "Wang Yi").holders[0].id == "wang-yi-cn-q3"


# -- offices and tenures -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "of", "office"),
    [("Foreign Minister", "China", "minister-of-foreign-affairs-cn"), ("FM", "CN", "minister-of-foreign-affairs-cn"),
     ("Minister for Foreign Affairs", "CN", "minister-of-foreign-affairs-cn"),
     ("Foreign Minister", "US", "secretary-of-state-us"),
     ("External Affairs Minister", "India", "minister-of-external-affairs-in"),
     ("Prime Minister", "Ireland", "taoiseach-ie"),
     ("Federal Chancellor", "Germany", "chancellor-de"), ("Chancellor", "AT", "chancellor-at"),
     ("Party chief", "Vietnam", "general-secretary-cpv"), ("Party General Secretary", "CN", "general-secretary-cpc"),
     ("General Secretary", "CPC", "general-secretary-cpc"), ("State President", "VN", "president-vn"),
     ("Vietnamese President", "VN", "president-vn"), ("President of the United States", "US", "president-us"),
     ("PM", "VN", "prime-minister-vn"), ("Premier", "China", "premier-cn"), ("Prime Minister", "CN", "premier-cn"),
     ("Defense Minister", "VN", "minister-of-defence-vn"), ("Foreign Secretary", "UK", "foreign-secretary-gb"),
     ("National Assembly Chairman", "VN", "chairman-of-national-assembly-vn"), ("Queen", "GB", "monarch-gb"),
     ("Ambassador to China", "VN", "ambassador-to-china-vn"), ("Secretary General", "NATO", "secretary-general-nato")],
)  # fmt: skip
def test_an_office_is_found_by_the_ways_its_title_is_said(
    authority: Authority, title: str, of: str, office: str
) -> None:
    assert authority.find_offices(title, of)[0].id == office


@pytest.mark.parametrize(("title", "of"), [("Emperor", "China"), ("President", "Atlantis"), ("", "VN")])
def test_no_office_is_found_where_there_is_none(authority: Authority, title: str, of: str) -> None:
    assert authority.find_offices(title, of) == ()


def test_the_offices_of_a_body_are_its_own(authority: Authority) -> None:
    assert {one.of for one in authority.offices_of("VN")} == {"VN"}
    assert "president-vn" in {one.id for one in authority.offices_of("VN")}


def small(folder: Path, **tables: str) -> Authority:
    """Return an authority of a few rows; countries and words are those shipped."""
    headers = {
        "people": "id,label,aliases,country,wikidata",
        "offices": "id,label,title,kind,of,aliases,wikidata",
        "tenures": "person,office,start,end,as_of,source",
        "organisations": "id,label,acronym,aliases,kind,country,wikidata",
        "places": "id,label,aliases,country,place",
    }
    for name, header in headers.items():
        (folder / f"{name}.csv").write_text(f"{header}\n{tables.get(name, '')}", encoding="utf-8")
    for name in ("countries", "name_words"):
        (folder / f"{name}.csv").write_bytes((TABLES / f"{name}.csv").read_bytes())
    return Authority.load(folder)


@pytest.fixture
def republic(tmp_path: Path) -> Authority:
    return small(
        tmp_path,
        people="ada,Ada Novak,,CZ,\nbea,Bea Horak,,CZ,\ncyn,Cyn Dvorak,,CZ,\n",
        offices="president-cz,President of Czechia,President,head-of-state,CZ,,\n"
        "deputy-cz,Deputy Prime Minister of Czechia,Deputy Prime Minister,other,CZ,,\n",
        tenures="ada,president-cz,2010-03,2015,2016-01-01,x\nbea,president-cz,2016-05-02,,2020-06-01,x\n"
        "cyn,president-cz,2024-05-01,,2024-06-01,x\n"
        "ada,deputy-cz,2001-01-01,2004-01-01,2016-01-01,x\nbea,deputy-cz,2002-01-01,2005-01-01,2016-01-01,x\n"
        "cyn,deputy-cz,2003-01-01,2006-01-01,2016-01-01,x\n",
    )


@pytest.mark.parametrize(
    ("on", "verdict", "people"),
    [
        ("2010-02-28", "unknown", []),  # before the first
        ("2010-03-15", "unknown", []),  # the start is known by month only
        ("2010-04-01", "holder", ["ada"]),
        ("2011", "holder", ["ada"]),
        ("2015-07-01", "unknown", []),  # the end is known by year only
        ("2016-03-01", "unknown", []),  # a gap
        ("2016-05-02", "holder", ["bea"]),
        ("2016-05", "unknown", []),  # the month began without her
        ("2020-06-01", "holder", ["bea"]),
        ("2020-06-02", "unknown", []),  # after the source was last read
        ("2024-05-02", "holder", ["cyn"]),
        ("2025", "unknown", []),
    ],
)
def test_a_holder_is_named_only_where_the_dates_leave_no_doubt(
    republic: Authority, on: str, verdict: str, people: list[str]
) -> None:
    answer = republic.who("President", "CZ", on)
    assert (answer.verdict, [one.id for one in answer.holders]) == (verdict, people)


@pytest.mark.parametrize(
    ("on", "name", "verdict"),
    [
        ("2012-01-01", "Ada Novak", "holder"),
        ("2012-01-01", "Novak", "holder"),
        ("2012-01-01", "Bea Horak", "contradicted"),
        ("2012-01-01", "Ada Nowak", "contradicted"),
        ("2015-07-01", "Ada Novak", "holder"),  # the dates allow it and the article says it
        ("2015-07-01", "Bea Horak", "unknown"),
        ("2016-04-01", "Bea Horak", "unknown"),  # elected, not yet in office, and nobody else known
        ("2022-01-01", "Bea Horak", "unknown"),  # open, but the source is older
        ("2022-01-01", "Cyn Dvorak", "unknown"),
    ],
)
def test_a_name_is_checked_against_the_holder(republic: Authority, on: str, name: str, verdict: str) -> None:
    assert republic.who("President", "CZ", on, name).verdict == verdict


def test_a_later_holder_ends_an_open_tenure_only_where_one_holds_it(republic: Authority) -> None:
    bea = next(one for one in republic.tenures_of("bea") if one.office == "president-cz")
    assert republic.end_of(bea) == "2024-05-01"
    assert republic.covers(bea, "2023-01-01") == "possible"
    assert republic.covers(bea, "2024-06-01") == "no"
    assert republic.is_shared("deputy-cz") and not republic.is_shared("president-cz")


def test_several_holders_are_also_held_and_strangers_to_them_unknown(republic: Authority) -> None:
    assert republic.who("Deputy Prime Minister", "CZ", "2003-06-01").verdict == "also-held"
    answer = republic.who("Deputy Prime Minister", "CZ", "2003-06-01", "Bea Horak")
    assert (answer.verdict, answer.holders[0].id) == ("also-held", "bea")
    assert republic.who("Deputy Prime Minister", "CZ", "2003-06-01", "Dee Maly").verdict == "unknown"


def test_holders_may_be_asked_for_with_or_without_doubt(republic: Authority) -> None:
    assert [one.person for one in republic.holders("president-cz", "2021-01-01")] == ["bea"]
    assert republic.holders("president-cz", "2021-01-01", certain=True) == ()


def test_a_president_elect_holds_no_office_yet(authority: Authority) -> None:
    answer = authority.who("President", "US", "2024-12-01", "Donald Trump")
    assert (answer.verdict, answer.holders[0].id) == ("contradicted", "joe-biden")


def test_a_misprinted_president_is_contradicted_and_the_holder_suggested(authority: Authority) -> None:
    answer = authority.who("President", "VN", "2023-12-01", "Vo Van Thang")
    assert answer.verdict == "contradicted"
    assert [one.id for one in answer.candidates] == ["vo-van-thuong"]
    assert answer.tenure and answer.tenure.start == "2023-03-02"


def test_after_the_last_reading_of_the_source_nothing_is_certain(authority: Authority) -> None:
    answer = authority.who("President", "Vietnam", "2099-01-01")
    assert answer.verdict == "unknown" and "last read" in answer.reason


@pytest.mark.parametrize(
    ("title", "of", "on", "name", "verdict", "why"),
    [
        ("Prime Minister", "CA", "2010-01-16", "Stephen Haper", "unknown", "spelling"),
        ("President", "GR", "2016-11-15", "Prokopios Pavlopoulis", "unknown", "spelling"),
        ("Prime Minister", "CN", "2013-04-13", "Li Liqiang", "contradicted", ""),
        ("President", "US", "1990-05-01", "George W. Bush", "contradicted", ""),  # another of that very name
        ("President", "US", "1990-05-01", "George Bush", "holder", ""),
        ("Queen", "NO", "2009-12-10", "Sonja", "unknown", "consort"),
        ("Prime Minister", "GB", "2020-01-31", "B", "unknown", "no-name"),
        ("Interim President", "EG", "2013-11-03", "Adly Mansour", "holder", ""),
        ("South Korean President", "KR", "2016-11-03", "Park", "holder", ""),
        ("Prime Minister", "Atlantis", "2013-11-03", "Park", "unknown", "no-such-body"),
        ("Foreign Minister", "Syria", "2013-05-01", "Walid al-Moallem", "holder", ""),
        ("Defence Minister", "Egypt", "2013-11-03", "Abdul Fatah al-Sisi", "holder", ""),
        ("Foreign Minister", "Tunisia", "1991-08-04", "Benyahia", "holder", ""),
        ("Emir", "KW", "2000-05-01", "Mishal Al-Ahmad Al-Jaber Al-Sabah", "contradicted", ""),  # he has all these names
        ("Acting Prime Minister", "FJ", "2022-02-12", "Aiyaz Sayed-Khaiyum", "unknown", "acting"),
        ("President", "CN", "2020-01-01", "习近平", "holder", ""),
        ("President", "FR", "2020-01-01", "Эмманюэль Макрон", "unknown", "script"),
        ("Minister of Foreign Affairs and Trade", "HU", "2020-05-05", "Péter Szijjártó", "holder", ""),
        ("Prime Minister", "uk", "2020-05-05", "Boris Johnson", "holder", ""),
        ("President", "Iran (Islamic Republic of)", "2020-05-05", "Hassan Rouhani", "holder", ""),
        ("President", "IR", "2024-10-25", "H.E. Masoud Pezeshkian", "holder", ""),
        ("Prime Minister", "Malaysia", "2020-10-25", "Tan Sri Muhyiddin Yassin", "holder", ""),
        ("Prime Minister", "Malaysia", "2020-10-25", " ", "unknown", "no-name"),
        ("Co-Prince", "Andorra", "2015-11-05", "François Hollande", "also-held", "several-holders"),
    ],
)  # fmt: skip
def test_a_name_is_told_from_a_slip_a_namesake_and_a_spouse(
    authority: Authority, title: str, of: str, on: str, name: str, verdict: str, why: str
) -> None:
    answer = authority.who(title, of, on, name)
    assert (answer.verdict, answer.why) == (verdict, why)


def test_a_holder_of_another_high_office_is_told(authority: Authority) -> None:
    answer = authority.who("President", "IN", "2016-08-29", "Modi")
    assert answer.verdict == "contradicted"
    assert answer.reason.endswith("not Modi, then Prime Minister (Narendra Modi)")


def test_a_ministry_of_more_is_meant_by_its_short_title_but_contradicts_nobody(authority: Authority) -> None:
    assert "minister-of-finance" in authority.related_offices("Finance Minister", "ID")[0].id
    assert authority.related_offices("Deputy Finance Minister", "ID") == ()


@pytest.mark.parametrize(
    ("name", "other"),
    [("Anthony Lake", "Anthony L. Gardner"), ("Lee Jun", "Lee Ki-jun"), ("Nguyen Trong", "Nguyễn Phú Trọng"),
     ("Mishal Al-Ahmad Al-Jaber Al-Sabah", "Jaber Al-Ahmad Al-Sabah")],
)  # fmt: skip
def test_a_name_with_parts_of_another_is_another(authority: Authority, name: str, other: str) -> None:
    country = {"Anthony Lake": "US", "Lee Jun": "KR", "Nguyen Trong": "VN"}.get(name, "KW")
    assert not authority.name_words.fits(name, Person("x", other, (), country, ""))


def test_both_hold_an_office_on_the_day_it_is_handed_over(authority: Authority) -> None:
    answer = authority.who("President", "France", "2012-05-15")
    assert [one.label for one in answer.holders] == ["Nicolas Sarkozy", "François Hollande"]
    assert (answer.verdict, answer.why) == ("also-held", "several-holders")


def test_the_terms_of_an_office_are_found_by_day_as_one_by_one(authority: Authority) -> None:
    for office in ("prime-minister-it", "federal-councillor-ch", "deputy-prime-minister-nl", "president-vn"):
        for on in ("1999-06-01", "2007", "2011-12", "2024-05-22"):
            slowly = [one for one in authority.tenures_in(office) if authority.covers(one, on) != "no"]
            assert list(authority.holders(office, on)) == slowly, (office, on)


def test_an_unknown_office_says_so(authority: Authority) -> None:
    assert "no office" in authority.who("Emperor", "China", "2020-01-01").reason


@pytest.mark.parametrize(
    ("title", "of", "on", "name"),
    [("Prime Minister", "UK", "2021-06-10", "Boris Johnson"), ("Chancellor", "Germany", "2003-05-15", "Schroeder"),
     ("President", "Ukraine", "2023-02-20", "Zelensky"),
     ("Foreign Minister", "Japan", "2022-05-22", "Hayashi Yoshimasa"),
     ("Party chief", "Vietnam", "2022-10-31", "Trong"), ("Foreign Minister", "China", "2023-12-01", "Wang"),
     ("Prime Minister", "Spain", "2022-06-28", "Pedro Sánchez Perez-Castejon")],
)  # fmt: skip
def test_surnames_other_spellings_and_longer_names_fit_the_holder(
    authority: Authority, title: str, of: str, on: str, name: str
) -> None:
    assert authority.who(title, of, on, name).verdict == "holder"


@pytest.mark.skipif(
    not TRAVELS.is_file(), reason=f"NOT CHECKED who met the presidents of the United States: no {TRAVELS}"
)
def test_holders_are_right_and_names_swapped_at_random_found_out(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(ROOT / "bench")
    bench = load(ROOT / "bench" / "who.py")
    shares = bench.figures(bench.outcomes(bench.read_questions(TRAVELS, authority, 1990), authority))
    assert shares["answered"] >= 95 and shares["right"] >= 97
    assert shares["true contradicted"] <= 2 and shares["false found out"] >= 99


# -- loading -----------------------------------------------------------------------------------------------------


def test_the_shipped_authority_is_loaded_once() -> None:
    assert Authority.load() is Authority.load()


def test_a_missing_table_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(AuthorityError, match=r"people\.csv of who is who is missing"):
        _ = Authority.load(tmp_path).people


def test_a_short_row_is_named(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,label,aliases,country,wikidata\nada,Ada\n", encoding="utf-8")
    with pytest.raises(AuthorityError, match="'ada,Ada' has 2 cells; give it 5"):
        _ = Authority.load(tmp_path).people
