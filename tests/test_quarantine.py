"""An article that breaks a rule stays out of the default graph, and spoils nothing else."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.engines import Rules, build
from kg.queries import Table, load, run
from kg.store import Store

GOOD = """Leaders talk

HANOI, 3 March 2024

President Xi Jinping of China met Prime Minister Narendra Modi of India in Hanoi on Sunday.
"""
BAD = """Leaders call

HANOI, 5 March 2024

President Xi Jinping of China telephoned President Vladimir Putin of Russia on Tuesday.
"""
NO_CALLS = """#+ message: A call; this desk covers meetings only.
SELECT ?this ?article WHERE {
  GRAPH ?article { ?this dip:kind <https://w3id.org/diplomacy-kg/ontology/event-kind/call> }
}
"""


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD)
    (folder / "bad.txt").write_text(BAD)
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "no-calls.rq").write_text(NO_CALLS)
    return folder


def kg(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def rows(store: Path, name: str) -> list[tuple[str, ...]]:
    with Store.open(store) as opened:
        answer = run(opened, load(name), {})
    assert isinstance(answer, Table)
    return [tuple("" if cell is None else str(getattr(cell, "value", cell)) for cell in row) for row in answer.rows]


def quads(store: Path) -> set[str]:
    with Store.open(store) as opened:
        return {str(quad) for quad in opened.quads()}


def test_an_article_that_breaks_a_rule_is_kept_out_with_its_reasons(articles: Path, tmp_path: Path) -> None:
    summary = build([articles], tmp_path / "store", rules=Rules(checks=(tmp_path / "checks",)))
    assert summary.quarantined == [("bad.txt", "A call; this desk covers meetings only.")]
    assert [row[1] for row in rows(tmp_path / "store", "articles")] == ["good.txt"]
    (row,) = rows(tmp_path / "store", "quarantined")
    assert row[1:5] == ("bad.txt", "Leaders call", "no-calls", "A call; this desk covers meetings only.")
    assert row[6].startswith("President Xi Jinping of China telephoned")
    assert not any("putin" in row[0] for row in rows(tmp_path / "store", "people"))
    assert len(rows(tmp_path / "store", "stated-events")) == 1


def test_what_is_published_is_what_the_other_articles_alone_give(articles: Path, tmp_path: Path) -> None:
    build([articles], tmp_path / "store", rules=Rules(checks=(tmp_path / "checks",)))
    build([articles / "good.txt"], tmp_path / "alone")
    beyond = quads(tmp_path / "store") - quads(tmp_path / "alone")
    assert quads(tmp_path / "alone") <= quads(tmp_path / "store")
    (article,) = {row[0] for row in rows(tmp_path / "store", "quarantined")}
    assert all(article in quad for quad in beyond)


def test_what_is_kept_out_comes_in_once_the_rule_is_gone(articles: Path, tmp_path: Path) -> None:
    build([articles], tmp_path / "store", rules=Rules(checks=(tmp_path / "checks",)))
    build([articles], tmp_path / "store")
    build([articles], tmp_path / "fresh")
    assert quads(tmp_path / "store") == quads(tmp_path / "fresh")


def test_a_check_that_never_ends_ends_the_build_in_one_sentence_and_the_next_goes_on(
    articles: Path, tmp_path: Path
) -> None:
    every = " . ".join(f"?s{n} ?p{n} ?o{n}" for n in range(8))
    query = f"#+ message: a; b\nSELECT ?this {{ ?this ?p ?o . {every} FILTER(STR(?s7) = CONCAT(STR(?this), 'x')) }}"
    (tmp_path / "checks" / "all-by-all.rq").write_text(query)
    arguments = ("build", articles, "--store", tmp_path / "store")
    result = kg(*arguments, "--checks", tmp_path / "checks", "--deadline", "1", "--jobs", "1")
    assert result.exit_code == 2
    assert "was not done in time; let it look at less, or allow more with --deadline\n" in result.stderr
    assert kg(*arguments).exit_code == 0
    build([articles], tmp_path / "fresh")
    assert quads(tmp_path / "store") == quads(tmp_path / "fresh")


def test_a_warning_is_published_and_counted(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "checks" / "no-calls.rq").write_text(NO_CALLS.replace("\n", "\n#+ severity: Warning\n", 1))
    arguments = ("build", articles, "--store", tmp_path / "store", "--checks", tmp_path / "checks")
    result = kg(*arguments)
    assert result.exit_code == 0
    assert "conforms, 1 warnings" in result.stdout
    assert kg(*arguments, "--strict").exit_code == 1


def test_a_build_that_keeps_articles_out_exits_with_1(articles: Path, tmp_path: Path) -> None:
    arguments = ("build", articles, "--store", tmp_path / "store", "--checks", tmp_path / "checks")
    result = kg(*arguments)
    assert result.exit_code == 1
    assert "1 kept out (kg query quarantined tells)" in result.stdout
    assert "q bad.txt: A call; this desk covers meetings only." in result.stdout
    assert kg("validate", "--store", tmp_path / "store").exit_code == 0


def test_a_build_by_rules_that_are_none_exits_with_2_and_leaves_the_store(articles: Path, tmp_path: Path) -> None:
    build([articles], tmp_path / "store")
    before = quads(tmp_path / "store")
    (tmp_path / "checks" / "bad.rq").write_text("SELECT")
    result = kg("build", articles, "--store", tmp_path / "store", "--checks", tmp_path / "checks")
    assert result.exit_code == 2
    assert "bad.rq is no check" in result.stderr
    assert quads(tmp_path / "store") == before
