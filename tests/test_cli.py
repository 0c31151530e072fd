"""The command line: what each command prints, its exit codes, and errors in one sentence."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg import cli, dumps, queries
from kg.engines import Summary

COMMANDS = ["map", "build", "validate", "queries", "query", "sparql", "explain", "dump", "who"]


def kg(*arguments: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli.main, [str(argument) for argument in arguments], input=stdin)


def real(*arguments: object, **options: object) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=300, **options)  # type: ignore[call-overload,no-any-return]


def assert_one_sentence(result: Result) -> None:
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("kg: ")
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr


def test_help_lists_every_command() -> None:
    listed = kg("--help").stdout.split("Commands:")[1]
    assert [line.split()[0] for line in listed.strip().splitlines()] == list(cli.main.commands)
    assert set(COMMANDS) <= set(cli.main.commands)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    result = kg(command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout


@pytest.mark.parametrize("name", queries.names())
def test_every_stored_query_explains_its_parameters(name: str) -> None:
    text = kg("query", name, "--help").stdout
    query = queries.load(name)
    assert all(f"--{parameter.name}" in text for parameter in query.parameters)
    assert all(column in text for column in query.columns)


def test_choices_are_the_formats_there_are() -> None:
    assert tuple(queries.WRITERS) == cli.QUERY_FORMATS
    assert tuple(dumps.WRITERS) == cli.DUMP_FORMATS
    assert {*cli.MAP_FORMATS} <= {*dumps.WRITERS}


def test_queries_lists_all_of_them() -> None:
    listed = kg("queries").stdout
    assert [line.split()[0] for line in listed.splitlines()] == queries.names()


def test_a_query_prints_csv(sample_path: Path) -> None:
    result = kg("query", "people", "--store", sample_path, "--format", "csv")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "person,name,wikidata,articles"
    assert "Võ Văn Thưởng,Q10833302,1" in result.stdout


def test_the_store_may_come_from_the_environment(sample_path: Path) -> None:
    result = CliRunner().invoke(cli.main, ["query", "articles"], env={"KG_STORE": str(sample_path)})
    assert "call-hanoi.txt" in result.stdout


def test_a_table_shows_names_that_can_be_given_back(sample_path: Path) -> None:
    shown = kg("query", "who-met", "--person", "习近平", "--store", sample_path).stdout
    event = shown.splitlines()[2].split()[0]
    assert event == "event/2021-02-08-call-cn-vn-0000000a"
    assert "telephoned" in kg("explain", event, "--store", sample_path).stdout


def test_sparql_is_read_from_standard_input_and_knows_the_prefixes(sample_path: Path) -> None:
    result = kg("sparql", "-", "--store", sample_path, stdin="ASK { ?s a dip:Event }")
    assert (result.exit_code, result.stdout) == (0, "true\n")


def test_construct_comes_as_turtle(sample_path: Path) -> None:
    result = kg("sparql", "CONSTRUCT WHERE { ?s a dip:Event }", "--store", sample_path)
    assert result.stdout.startswith("@prefix dip:")


def test_explain_gives_json(sample_path: Path) -> None:
    result = kg("explain", "VN", "--store", sample_path, "--format", "json")
    assert json.loads(result.stdout)["label"] == "Viet Nam"


def test_a_dump_goes_to_a_file_and_tells_what_it_leaves_out(sample_path: Path, tmp_path: Path) -> None:
    result = kg("dump", "--store", sample_path, "-o", tmp_path / "out.ttl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "5 article graphs" in result.stderr
    assert (tmp_path / "out.ttl").read_bytes().startswith(b"@prefix")
    assert [file.name for file in tmp_path.iterdir()] == ["out.ttl"]


def test_nquads_on_standard_output_are_the_stored_ones(sample_path: Path, sample_nquads: bytes) -> None:
    assert real("dump", "--store", sample_path, "--format", "nquads").stdout == sample_nquads


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["query", "peple"], "did you mean people"),
        (["query", "who-met"], "needs --person"),
        (["query", "who-met", "--person", "Xi Jinpin"], "near names: Xi Jinping"),
        (["query", "who-met", "--person", "Xi Jinping", "--from", "soon"], "takes a date"),
        (["query", "people", "--format", "ttl"], "choose --format table"),
        (["sparql", "SELECT"], "does not parse"),
        (["sparql", "DELETE WHERE { ?s ?p ?o }"], "changes data"),
        (["explain", "nobody at all"], "is called 'nobody at all'"),
    ],
)
def test_what_a_user_can_mend_is_told_in_one_sentence(sample_path: Path, arguments: list[str], told: str) -> None:
    result = kg(*arguments, "--store", sample_path) if arguments[1] != "peple" else kg(*arguments)
    assert_one_sentence(result)
    assert told in result.stderr


@pytest.mark.parametrize(
    "command", [["query", "events"], ["sparql", "ASK {}"], ["explain", "x"], ["dump"], ["validate"]]
)
def test_a_store_that_is_none_is_told_in_one_sentence(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "letter.txt").write_text("")
    for path, told in ((tmp_path / "none", "there is no store"), (tmp_path, "is not a store")):
        result = kg(*command, "--store", path)
        assert_one_sentence(result)
        assert told in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [["nothing"], ["dump", "--format", "xml"], ["query", "who-met", "--persn", "x"], ["map"], ["who"],
     ["who", "President", "--of", "VN"], ["who", "President", "--batch", "x"], ["serve", "--deadline", "nan"],
     ["validate", "--deadline", "inf"], ["load", "--to", "http://127.0.0.1:1", "--batch", "nan"]],
)  # fmt: skip
def test_wrong_use_exits_with_2(arguments: list[str]) -> None:
    result = kg(*arguments)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr


@pytest.mark.parametrize(("store", "output"), [("sample", "missing/out.ttl")])
def test_a_file_that_cannot_be_written_is_told(sample_path: Path, tmp_path: Path, store: str, output: str) -> None:
    result = kg("dump", "--store", sample_path, "-o", tmp_path / output)
    assert_one_sentence(result)
    assert "cannot be written" in result.stderr


@pytest.mark.parametrize(
    "base", ["id", "http://example.org", "ftp://example.org/", "http://example.org/a b/", "http://e.org/<>/"]
)
def test_a_base_that_makes_no_iris_is_refused(tmp_path: Path, base: str) -> None:
    (tmp_path / "a.txt").write_text("A text.")
    assert_one_sentence(kg("map", tmp_path / "a.txt", "--base", base))


@pytest.mark.parametrize(
    ("conforms", "discrepancies", "arguments", "code"),
    [(True, [], [], 0), (True, ["x"], [], 0), (True, ["x"], ["--strict"], 1), (False, [], [], 1)],
)
def test_build_exits_by_what_it_found(
    monkeypatch: pytest.MonkeyPatch, conforms: bool, discrepancies: list[str], arguments: list[str], code: int
) -> None:
    summary = Summary(store="s", conforms=conforms, discrepancies=discrepancies)
    monkeypatch.setattr("kg.engines.build", lambda *_, **__: summary)
    result = kg("build", "articles", *arguments)
    assert result.exit_code == code
    assert result.stdout == summary.text()


def test_who_prints_the_holder_as_tsv() -> None:
    result = kg("who", "President", "--of", "VN", "--on", "2023-12-01")
    header, row = (line.split("\t") for line in result.stdout.splitlines())
    assert header == ["title", "of", "on", "name", "holder", "wikidata", "verdict"]
    assert row[4:] == ["Võ Văn Thưởng", "Q10833302", "holder"]


def test_who_contradicts_a_name_and_exits_with_1_only_if_strict() -> None:
    asked = ["who", "President", "--of", "Vietnam", "--on", "2023-12-01", "--name", "Vo Van Thang"]
    assert kg(*asked).stdout.splitlines()[1].endswith("\tcontradicted")
    assert (kg(*asked).exit_code, kg(*asked, "--strict").exit_code) == (0, 1)


def test_who_answers_a_batch_and_keeps_its_other_columns() -> None:
    batch = "id\ttitle\tof\ton\tname\n7\tPresident\tVN\t2023-12-01\tVo Van Thuong\n8\tPresident\tVN\t2023-12-01\n"
    lines = kg("who", "--batch", "-", stdin=batch).stdout.splitlines()
    assert lines[0] == "id\ttitle\tof\ton\tname\tholder\twikidata\tverdict"
    assert [line.split("\t")[0] for line in lines[1:]] == ["7", "8"]
    assert all(line.endswith("Võ Văn Thưởng\tQ10833302\tholder") for line in lines[1:])


@pytest.mark.parametrize(
    ("batch", "told"),
    [("", "no column title, of, on"), ("title\tof\nx\ty\n", "no column on"), ("title\tof\ton\na\tb\tc\td\n", "row 2"),
     ("title\tof\ton\nPresident\tVN\tsoon\n", "'soon' is not a date")],
)  # fmt: skip
def test_a_bad_batch_is_told_in_one_sentence(batch: str, told: str) -> None:
    result = kg("who", "--batch", "-", stdin=batch)
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_row_with_a_bad_date_is_told_and_the_others_are_answered() -> None:
    batch = "title\tof\ton\tname\nPresident\tVN\t2024-02-30\t\nPresident\tVN\t2023-12-01\tT\n"
    result = kg("who", "--batch", "-", "--why", stdin=batch)
    assert [line.split("\t")[6] for line in result.stdout.splitlines()] == ["verdict", "unknown", "unknown"]
    assert [line.split("\t")[11] for line in result.stdout.splitlines()] == ["why", "no-date", "no-name"]
    assert "row 2: '2024-02-30' is not a date" in result.stderr
    assert result.exit_code == 2


def test_why_adds_the_tenure_that_says_so() -> None:
    header, row = kg("who", "President", "--of", "VN", "--on", "2023-12-01", "--why").stdout.splitlines()
    assert header.split("\t")[7:] == ["office", "start", "end", "as_of", "why", "reason"]
    assert row.split("\t")[7:9] == ["president-vn", "2023-03-02"]


def test_a_reader_that_stops_early_is_no_error(sample_path: Path) -> None:
    command = f"'{sys.executable}' -m kg dump --format nquads --store '{sample_path}' | head -n 1"
    result = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, timeout=300)
    assert result.stderr == b""
    assert result.stdout.count(b"\n") == 1


def test_names_of_every_script_come_out_in_any_locale(sample_path: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    result = real("query", "people", "--store", sample_path, env=environment)
    assert result.returncode == 0
    assert "Thưởng" in result.stdout.decode()


def test_an_error_in_a_real_process_has_no_traceback() -> None:
    result = real("query", "nothing")
    assert result.returncode == 2
    assert result.stderr.startswith(b"kg: there is no stored query")


def test_help_imports_nothing_heavy() -> None:
    heavy = {"rdflib", "pyoxigraph", "msgspec", "yaml", "rigour", "pyshacl"}
    code = f"import sys, kg.cli; print(sorted({heavy!r} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


def test_a_query_imports_nothing_that_it_does_not_ask(sample_path: Path) -> None:
    heavy = {"rdflib", "pyshacl", "rigour", "jinja2", "urllib3"}
    run = f"kg.cli.main(['query', 'events', '--store', {str(sample_path)!r}, '--format', 'csv'], standalone_mode=False)"
    code = f"import sys, kg.cli; {run}; print(sorted({heavy!r} & set(sys.modules)))"
    lines = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.splitlines()
    assert lines[0].startswith("event,type,date") and lines[-1] == "[]"
