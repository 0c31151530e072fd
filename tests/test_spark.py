"""Spark maps what the local engine maps, byte for byte, whatever the pieces; run with ``pytest -m spark`` alone too."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.articles import read
from kg.cli import main
from kg.engines import map_articles, nquads
from kg.errors import EngineError
from kg.resources import folder

SEEDS = Path(str(folder("seeds") / "articles"))
TALKS = "Chinese Foreign Minister Wang Yi met Australian Foreign Minister Penny Wong in Canberra on {}."
CALL = "Finnish President Alexander Stubb spoke by phone with Kenyan President William Ruto on Tuesday."

java = pytest.mark.skipif(
    not shutil.which("java"), reason="NO JAVA IS HERE: the Spark engine is NOT tested by this run; install Java 17"
)


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    pytest.importorskip("pyspark", reason="PYSPARK IS NOT INSTALLED: the Spark engine is NOT tested by this run")
    from kg.engines.spark import session

    found = session(2)
    yield found
    found.stop()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of the sample articles and rows of JSONL, some of them bad, repeated or of one event."""
    path = tmp_path_factory.mktemp("archive")
    shutil.copytree(SEEDS, path / "seeds")
    rows = [
        {"text": TALKS.format("Wednesday"), "date": "2024-05-08", "url": "https://example.org/1", "publisher": "One"},
        {"text": f"{TALKS.format('8 May')} Both spoke of trade.", "date": "2024-05-09", "publisher": "Two"},
        {"text": CALL, "date": "2024-05-08"},
        {"title": "no text"},
        {"text": CALL, "date": "2024-05-08"},
    ]
    lines = [json.dumps(row) for row in rows]
    (path / "rows.jsonl").write_text("\n".join([*lines[:2], "", '{"text": "broken', *lines[2:]]), "utf-8")
    (path / "more").mkdir()
    others = [{"text": f"{CALL} It was call number {n}.", "date": "2024-05-08"} for n in range(30)]
    (path / "more" / "a b.jsonl").write_text("".join(json.dumps(row) + "\n" for row in others), "utf-8")
    (path / "blank.txt").write_bytes(b" \n")  # Spark itself passes over files without a byte
    return path


def shards(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.glob("part-*")))


@pytest.mark.spark
@java
def test_shards_are_the_graph_of_the_local_engine(spark: Any, archive: Path, tmp_path: Path) -> None:
    from kg.engines.spark import map_archive

    found = map_archive(spark, [str(archive)], str(tmp_path / "out"), partitions=5)
    mapped = map_articles(read([archive]))
    wanted = nquads(mapped.records)
    assert shards(tmp_path / "out") == wanted
    assert (found.articles, found.quads) == (len(mapped.records), wanted.count(b"\n"))
    assert sorted(found.refused, key=str) == sorted(mapped.refused, key=str)
    assert found.duplicates == mapped.duplicates != []


@pytest.mark.spark
@java
def test_rows_of_parquet_are_articles(spark: Any, tmp_path: Path) -> None:
    from kg.engines.spark import map_archive

    rows = [(TALKS.format("Wednesday"), "2024-05-08", "https://example.org/1"), (CALL, "2024-05-08", None)]
    spark.createDataFrame(rows, "text string, date string, url string").coalesce(1).write.parquet(str(tmp_path / "in"))
    found = map_archive(spark, [str(tmp_path / "in")], str(tmp_path / "out"))
    assert (found.articles, found.refused) == (2, [])
    assert b"/person/wang-yi>" in shards(tmp_path / "out") and b"/person/alexander-stubb>" in shards(tmp_path / "out")


@pytest.mark.spark
@java
def test_the_command_tells_what_became_of_it(spark: Any, archive: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["map", str(archive), "--engine", "spark", "-o", str(tmp_path / "out")])
    assert done.exit_code == 0
    assert "kg: rows.jsonl#7: the same article as rows.jsonl#5\n" in done.stderr
    assert "kg: rows.jsonl#4: is not JSON" in done.stderr
    again = CliRunner().invoke(main, ["map", str(archive), "--engine", "spark", "-o", str(tmp_path / "out")])
    assert (again.exit_code, again.stderr.count("\n")) == (2, 1)
    assert "give -o a new folder" in again.stderr


@pytest.mark.spark
@java
def test_nothing_to_read_is_one_sentence(spark: Any, tmp_path: Path) -> None:
    from kg.engines.spark import map_archive

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "blank.txt").write_bytes(b" \n")
    with pytest.raises(EngineError, match=r"no article could be read from .*blank\.txt: "):
        map_archive(spark, [str(tmp_path / "in")], str(tmp_path / "out"))
    with pytest.raises(EngineError, match="Spark cannot read"):
        map_archive(spark, [str(tmp_path / "nowhere")], str(tmp_path / "out"))


def test_shards_need_a_folder() -> None:
    done = CliRunner().invoke(main, ["map", str(SEEDS), "--engine", "spark"])
    assert done.exit_code == 2
    assert "give the new folder for them as -o DIR" in done.stderr
