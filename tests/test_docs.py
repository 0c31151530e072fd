"""The pages say what the program does: their commands run, their tables are its own, their links lead somewhere."""

import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

import kg
from kg import namespaces, queries
from kg.cli import main as command_line

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("seeds/**/*.md")])
DECISIONS = sorted(ROOT.glob("docs/decisions/*.md"))
RESULTS = sorted(ROOT.glob("bench/results/*.json"))
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
REMEDY = "run: python docs/regenerate.py, and read what it changed"


def script(path: str) -> ModuleType:
    """Return a script of this checkout as a module."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


regenerate = script("docs/regenerate.py")
measuring = script("bench/measuring.py")


def commands() -> list[str]:
    """Return the lines of the shell blocks of the README."""
    return [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines()]


@pytest.mark.parametrize("page", regenerate.PAGES, ids=lambda page: page.name)
def test_what_a_page_takes_from_the_program_is_what_the_program_says(page: Path) -> None:
    text = page.read_text("utf-8")
    assert regenerate.regenerated(text) == text, REMEDY


def test_every_writer_has_its_place_in_a_page() -> None:
    found = [name for page in regenerate.PAGES for _, name, _ in regenerate.BLOCK.findall(page.read_text("utf-8"))]
    assert sorted(found) == sorted(regenerate.WRITERS)


def test_a_stale_table_and_a_stale_answer_are_found() -> None:
    stale = "<!-- queries -->\n| old |\n<!-- /queries -->\n"
    assert "who-met" in regenerate.regenerated(stale)
    told = "<!-- transcript -->\n```console\n$ kg --version\nold\n```\n<!-- /transcript -->"
    assert f"$ kg --version\nkg, version {kg.__version__}\n```" in regenerate.regenerated(told)


def test_the_transcript_goes_from_articles_to_answers() -> None:
    told = README.partition("<!-- transcript -->")[2].partition("<!-- /transcript -->")[0]
    typed = [line.split()[2] for line in told.splitlines() if line.startswith("$ kg ")]
    assert typed == ["build", "query", "explain", "who"]
    asked = re.search(r"^\$ kg explain (\S+)$", told, re.MULTILINE)
    assert asked
    assert told.count(asked[1]) >= 3, "the event explained is one that the query gave"


def test_the_readme_is_short_and_has_two_commands() -> None:
    assert len(README.splitlines()) <= 180
    build, test = commands()
    fresh = "python3 -m venv .venv && . .venv/bin/activate && pip install "
    assert build == fresh + ". && kg build seeds/articles"
    assert test == fresh + "'.[dev]' && pytest"


def test_continuous_integration_installs_and_tests_as_the_readme_says() -> None:
    steps = commands()[1].split(" && ")[2:]
    lines = (ROOT / ".ci" / "run").read_text()
    assert [step.replace("install", "install --quiet") in lines for step in steps] == [True, True]


def test_continuous_integration_is_a_script_that_parses() -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is missing: .ci/run was not parsed")
    assert subprocess.run([bash, "-n", ROOT / ".ci" / "run"], capture_output=True).stderr == b""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_files(page: Path) -> None:
    broken = [target for target in LINK.findall(page.read_text("utf-8")) if not (page.parent / target).exists()]
    assert broken == []


def test_files_that_contributors_are_sent_to_exist() -> None:
    named = re.findall(r"`((?:kg|ontology|seeds|shapes|queries|tests|docs|bench|\.ci)/[^`\s]*)`", CONTRIBUTING)
    assert len(named) > 30
    assert [path for path in named if "NAME" not in path and not (ROOT / path).exists()] == []


def test_every_command_and_query_has_a_heading_in_the_reference() -> None:
    headings = re.findall(r"^#+ (kg.*)$", (ROOT / "docs" / "cli.md").read_text("utf-8"), re.MULTILINE)
    expected = ["kg", *(f"kg {name}" for name in command_line.commands)]
    assert [heading for heading in headings if not heading.startswith("kg query ")] == expected
    assert {f"kg query {name}" for name in queries.names()} <= set(headings)


def test_one_version_is_told_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == kg.__version__
    assert namespaces.VERSION_IRI.endswith(f"/{kg.__version__}")
    assert kg.__version__ in (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("note", DECISIONS, ids=lambda note: note.stem)
def test_a_decision_is_dated_and_says_why_and_what_it_costs(note: Path) -> None:
    text = note.read_text("utf-8")
    title, _, date, *_ = text.splitlines()
    assert title.startswith("# ")
    assert note.name.startswith(f"{date}-")
    assert all(f"**{word}:**" in text for word in ("Decided", "Why", "Costs"))


def test_decisions_are_kept() -> None:
    assert DECISIONS


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: result.stem)
def test_a_measured_table_is_made_of_the_figures_kept(result: Path) -> None:
    table = measuring.table(json.loads(result.read_text()))
    assert table == result.with_suffix(".md").read_text("utf-8"), "measure again with --keep"


def test_measurements_were_kept() -> None:
    assert {result.stem for result in RESULTS} == {
        "browsing",
        "growth",
        "hostile",
        "increments",
        "kills-builds",
        "kills-loads",
        "loading",
        "mapping",
        "mapping-corpus",
        "mapping-corpus-compiled",
        "publishing",
        "quads",
        "queries-1000",
        "queries-10000",
        "queries-15",
        "reading",
        "serving",
        "serving-minutes",
        "spark",
        "startup",
        "titles",
        "validation",
        "who",
    }


@pytest.mark.parametrize(
    ("line", "rows"),
    [("startup.py --runs 1", ["`python -c pass`", "`kg --help`", "`kg queries`", "`kg query events`"]),
     ("mapping.py --runs 1 --articles 1", ["read and map", "read only", "bare ahocorasick-rs scan"])],
)  # fmt: skip
def test_a_measurement_runs_and_prints_its_table(line: str, rows: list[str]) -> None:
    name, *arguments = line.split()
    command = [sys.executable, ROOT / "bench" / name, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=True)
    assert [f"| {row} |" in done.stdout for row in rows] == [True] * len(rows)
