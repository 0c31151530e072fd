"""The description of the server for programs: it is of all stored queries, and what it says is so."""

import os
import subprocess
from pathlib import Path

import pytest
from servers import serving_store

from kg import queries
from kg.serving.openapi import openapi

PEERS = os.environ.get("KG_PEERS")
LEFT_OUT = "positive_data_acceptance"
"""What is not asked of the server: a name that is well-formed and names nothing is refused."""


def test_every_stored_query_is_described_with_its_parameters() -> None:
    loaded = [queries.load(name) for name in queries.names()]
    paths = openapi("http://localhost", "Sample", loaded, 5)["paths"]
    for query in loaded:
        operation = paths[f"/query/{query.name}"]["get"]
        assert operation["summary"] == query.summary
        told = {(one["name"], one["required"]) for one in operation["parameters"]}
        assert told == {(one.name, one.required) for one in query.parameters}


def test_the_server_answers_as_it_is_described(sample_path: Path, tmp_path: Path) -> None:
    """No answer is an error of the server; statuses, types and bodies are those described; what is wrong is refused."""
    if not PEERS:
        pytest.skip("set KG_PEERS to an environment with tests/peers.txt")
    with serving_store(sample_path, "--deadline", "10", "--rate", "0") as server:
        done = subprocess.run(
            [
                f"{Path(PEERS).absolute()}/bin/schemathesis", "--no-color", "run",
                f"http://127.0.0.1:{server.port}/openapi.json", "--phases", "coverage,fuzzing", "--max-examples", "2",
                "--seed", "1", "--exclude-checks", LEFT_OUT, "--exclude-path-regex", r"\.\{form\}$|/query/(stated|q)",
            ],
            cwd=tmp_path, capture_output=True, text=True, timeout=1200, env=os.environ | {"PYTHONUTF8": "1"},
        )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
    assert " passed" in done.stdout
