"""A corpus multiplied: its articles again and again, each time with the dates moved and the names of people changed.

    python bench/multiplying.py CORPUS FOLDER --articles N

Dates move by whole weeks, so that weekdays stay right. Names that who is who does not know are made anew, word by word,
of the words that such names have in the corpus; so the copies tell of other people and other days, in the same prose.
"""

import argparse
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from itertools import count, islice
from pathlib import Path

from kg.articles import read
from kg.engines import map_articles
from kg.resolution import Record

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
_MONTH = "|".join(f"{month}|{month[:3]}" for month in MONTHS)
_DATE = re.compile(
    rf"\b(?:(?P<iso>\d{{4}}-\d\d-\d\d)|(?P<m>{_MONTH})(?P<dot>\.?) (?P<d>\d{{1,2}})(?P<y>,? \d{{4}})?"
    rf"|(?P<d2>\d{{1,2}}) (?P<m2>{_MONTH})(?P<y2>,? \d{{4}})?)(?![\w-])"
)
_ROWS = 1000
"""Articles in a file."""


class Multiplier:
    """Makes copies of the articles of a corpus."""

    def __init__(self, corpus: str) -> None:
        self._records = map_articles(read([corpus])).records
        self._names = [sorted(set(words(record))) for record in self._records]
        self._pool = sorted({name for names in self._names for name in names})

    def rows(self) -> Iterator[dict[str, str]]:
        """Yield the articles as they are, then with changes, over and over."""
        for copy in count():
            for record, names in zip(self._records, self._names, strict=True):
                yield self._row(record, names, copy)

    def _row(self, record: Record, names: list[str], copy: int) -> dict[str, str]:
        article, renamed = record.article, {name: self._other(name, copy) for name in names}
        pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b") if names and copy else None

        def changed(text: str) -> str:
            if not copy:
                return text
            moved = _DATE.sub(lambda found: moved_date(found, record.claims.published, copy), text)
            return pattern.sub(lambda found: renamed[found[0]], moved) if pattern else moved

        published = record.claims.published or ""
        return {
            "title": changed(article.title or ""),
            "date": changed(published),
            "publisher": article.publisher or "",
            "url": f"{article.url or f'https://example.org/{record.key}'}?copy={copy}",
            "lang": article.language,
            # Where nothing could be changed, the copy would be the same article again.
            "text": changed(article.text[article.body_start :]) + (f"\n\nCopy {copy}." if copy else ""),
        }

    def _other(self, name: str, copy: int) -> str:
        return self._pool[int(sha256(f"{name} {copy}".encode()).hexdigest(), 16) % len(self._pool)]


def words(record: Record) -> Iterator[str]:
    """Yield the words of the names of people whom who is who does not know."""
    for person in record.claims.people:
        if person.key is None:
            yield from (word for word in re.findall(r"\b[A-Z][a-z]{2,}\b", person.name) if word not in MONTHS)


def moved_date(found: re.Match[str], published: str | None, copy: int) -> str:
    """Return a date so many weeks later, as it was written; what is no date stays."""
    year = int((published or "2020")[:4])
    try:
        if found["iso"]:
            return (date.fromisoformat(found["iso"]) + timedelta(weeks=copy)).isoformat()
        month, day, said = found["m"] or found["m2"], int(found["d"] or found["d2"]), found["y"] or found["y2"]
        number = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(month))
        moved = date(int(said[-4:]) if said else year, number, day) + timedelta(weeks=copy)
    except ValueError:
        return found[0]
    name = MONTHS[moved.month - 1][: None if month in MONTHS else 3]
    year_said = f"{said[:-4]}{moved.year}" if said else ""
    return f"{name}{found['dot']} {moved.day}{year_said}" if found["m"] else f"{moved.day} {name}{year_said}"


def multiply(corpus: str, folder: Path, articles: int) -> None:
    """Write so many articles to ``folder``, JSONL of a thousand each."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = islice(Multiplier(corpus).rows(), articles)
    for number in count():
        some = list(islice(rows, _ROWS))
        if not some:
            return
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some)
        (folder / f"{number:04}.jsonl").write_text(text, "utf-8")


def main() -> None:
    """Write a folder of articles."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, required=True, metavar="N")
    asked = parser.parse_args()
    multiply(asked.corpus, asked.folder, asked.articles)


if __name__ == "__main__":
    main()
