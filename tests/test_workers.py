"""Workers: any number of them gives the same bytes, and one that dies takes no other article with it."""

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from kg.engines import Rules, build
from kg.engines.progress import Progress
from kg.engines.spills import Piece, Pieces, spill, spilled
from kg.engines.workers import Crew, Died, Here, Processes
from kg.errors import EngineError, KgError
from kg.resources import folder
from kg.store import Store
from kg.validation import Report

SEEDS = Path(str(folder("seeds") / "articles"))
CALL = "Finnish President Alexander Stubb spoke by phone with Kenyan President William Ruto on Tuesday."


def double(number: int) -> int:
    return 2 * number


def die_of_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def complain(number: int) -> int:
    raise KgError(f"{number} is wrong; give another")


@pytest.fixture(scope="module")
def processes() -> Processes:
    """Return two workers, started once."""
    with Processes(2) as found:
        yield found


def test_every_job_is_done_once(processes: Processes) -> None:
    assert sorted(processes.each(double, range(20))) == [(n, 2 * n) for n in range(20)]
    assert list(Here().each(double, range(3))) == [(0, 0), (1, 2), (2, 4)]


def test_a_worker_that_dies_is_told_and_the_others_go_on(processes: Processes) -> None:
    done = dict(processes.each(die_of_three, range(8)))
    died = done.pop(3)
    assert isinstance(died, Died) and "was killed" in died.reason
    assert done == {n: n for n in range(8) if n != 3}
    assert isinstance(died.error("resolved"), EngineError)


def test_what_a_job_raises_is_raised_here(processes: Processes) -> None:
    with pytest.raises(KgError, match="0 is wrong; give another"):
        list(processes.each(complain, [0]))
    assert dict(processes.each(double, [1])) == {1: 2}


def test_work_is_shared_only_where_there_is_much() -> None:
    with Crew(2) as crew, Crew(1) as alone:
        assert crew.workers(False).count == alone.workers(True).count == 1
        assert crew.workers(True).count == 2


def test_spilled_values_come_back_by_name(tmp_path: Path) -> None:
    pieces = Pieces()
    pieces.note(spill(tmp_path / "one", [("a", (1, "x")), ("b", (2, "y")), ("a", (3, "z"))]))
    pieces.note(spill(tmp_path / "two", [("b", (4, "w"))]))
    found = {name: sorted(spilled(some, tuple[int, str])) for name, some in pieces.jobs()}
    assert found == {"a": [(1, "x"), (3, "z")], "b": [(2, "y"), (4, "w")]}
    assert all(isinstance(piece, Piece) for _, some in pieces.jobs() for piece in some)


def test_progress_tells_how_far_and_how_fast_but_not_too_often() -> None:
    told: list[str] = []
    moments = iter([0.0, 0.1, 10.0])
    progress = Progress(told.append, lambda: next(moments))
    progress.stage("mapping")
    progress.at(1, 100)
    progress.at(50, 100)
    assert told == ["mapping", "mapping: 50 of 100, 5 a second, 0:10 left"]
    Progress(None).stage("nobody is told")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return enough articles for workers to be worth their start."""
    path = tmp_path_factory.mktemp("archive")
    rows = [{"text": f"{CALL} It was call {n} of the year.", "date": "2024-05-08"} for n in range(450)]
    rows += [{"text": CALL, "date": f"2024-{n % 12 + 1:02}-{n % 27 + 1:02}", "url": f"urn:x:{n}"} for n in range(60)]
    (path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    for file in SEEDS.iterdir():
        (path / file.name).write_bytes(file.read_bytes())
    return path


def digest(path: Path) -> tuple[str, str]:
    with Store.open(path) as store:
        return store.ledger["digest"], store.ledger["state"]


def test_two_workers_give_the_bytes_of_one(archive: Path, tmp_path: Path) -> None:
    one, two = build([archive], tmp_path / "1", jobs=1), build([archive], tmp_path / "2", jobs=2)
    assert two.text().replace(str(tmp_path / "2"), str(tmp_path / "1")) == one.text()
    assert digest(tmp_path / "1") == digest(tmp_path / "2")


def test_an_article_that_is_too_much_for_a_worker_is_refused_alone(tmp_path: Path) -> None:
    from kg.articles import Source
    from kg.engines import taking

    sources = [
        ("digest", Source(f"/a/{n}.txt", f"{n}.txt", ".txt", b"deadly" if n == 3 else b"fine")) for n in range(5)
    ]
    job = taking.Unmapped(str(tmp_path), "v", sources)
    with pytest.MonkeyPatch.context() as patch, Crew(2) as crew:
        patch.setattr(taking, "map_sources", map_unless_deadly)
        batches = list(taking._one_by_one(job, Died(-9), crew))
    entries = {entry.file: entry.refused for batch in batches for entry in batch.index.entries}
    assert len(entries) == 5
    assert {file for file, refused in entries.items() if "the worker that had it was killed" in refused} == {"3.txt"}


def map_unless_deadly(job: object) -> object:
    from kg.engines import taking

    assert isinstance(job, taking.Unmapped)
    if any(source.data == b"deadly" for _, source in job.sources):
        os.kill(os.getpid(), signal.SIGKILL)
    return taking.map_sources(job)


NO_CALLS = """#+ message: A call; this desk covers meetings only.
{together}
SELECT ?this ?article WHERE {{
  GRAPH ?article {{ ?this dip:kind <https://w3id.org/diplomacy-kg/ontology/event-kind/call> }}
}}
"""
TWICE = """#+ message: "{{?value}} was in {{?other}} too; nothing to do."
#+ severity: Warning
#+ reads: [dip:participant]
{together}
SELECT ?this ?value ?other WHERE {{
  ?this dip:participant ?value . ?other dip:participant ?value FILTER(?other != ?this)
}}
"""


@pytest.mark.parametrize("parted", [False, True])
def test_buckets_and_parts_are_validated_as_the_whole_graph_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parted: bool
) -> None:
    from kg.engines import judging, resolving, stages

    (tmp_path / "a").mkdir()
    for name, text, together in (
        ("no-calls", NO_CALLS, "#+ together: []"),
        ("twice", TWICE, "#+ together: [dip:participant]"),
    ):
        (tmp_path / "a" / f"{name}.rq").write_text(text.format(together=together if parted else ""))
    rules = Rules(checks=(tmp_path / "a",))
    whole = build([SEEDS], tmp_path / "whole", rules=rules)
    expected = report(tmp_path / "whole", rules)
    asked: list[str] = []
    real = stages.either

    def either(job: tuple[Any, ...]) -> Any:
        asked.append(f"{job[1].__name__} {job[3] if job[1] is judging.check else ''}")
        return real(job)

    monkeypatch.setattr(stages, "either", either)
    monkeypatch.setattr(resolving, "BUCKET", 100_000)
    monkeypatch.setattr(resolving, "SAMPLE", 5)
    monkeypatch.setattr(resolving, "PIECE", 2)
    parts = build([SEEDS], tmp_path / "parts", rules=rules)
    assert asked.count("look ") > 3 and len({name for name in asked if name.startswith("check ")}) > 3
    assert ("check whole" in asked) is not parted
    assert whole.quarantined != [] and whole.validation_warnings > 10
    assert parts.text().replace(str(tmp_path / "parts"), str(tmp_path / "whole")) == whole.text()
    assert digest(tmp_path / "parts")[0] == digest(tmp_path / "whole")[0]
    assert whole.validation_warnings == sum(result.severity == "Warning" for result in expected.results)


def report(store: Path, rules: Rules) -> Report:
    """Return what is wrong with the content of a store, looked at as one."""
    with Store.open(store) as opened:
        return rules.report(b"".join(f"{quad} .\n".encode() for quad in opened.quads()))
