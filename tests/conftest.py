"""Fixtures: the sample graph as N-Quads, as a store on disk, as an rdflib dataset; the sample articles built."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.engines import build
from kg.resources import folder
from kg.store import Store

GRAPHS = Path(__file__).parent / "graphs"


@pytest.fixture(scope="session")
def sample_nquads() -> bytes:
    """Return the sample graph as sorted N-Quads."""
    quads = ox.parse(path=str(GRAPHS / "sample.trig"), format=ox.RdfFormat.TRIG)
    return "".join(sorted({f"{quad} .\n" for quad in quads})).encode()


@pytest.fixture(scope="session")
def sample_path(sample_nquads: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a store that holds the sample graph; tests must not write to it."""
    path = tmp_path_factory.mktemp("sample") / "store"
    with Store.open(path, mode="write") as store:
        store.replace(sample_nquads, {"articles": 4})
    return path


@pytest.fixture
def sample(sample_path: Path) -> Iterator[Store]:
    """Yield the sample store, open for reading."""
    with Store.open(sample_path) as store:
        yield store


@pytest.fixture(scope="session")
def built_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a store built from the sample articles; tests must not write to it."""
    path = tmp_path_factory.mktemp("built") / "store"
    build([str(folder("seeds") / "articles")], path)
    return path


@pytest.fixture(scope="session")
def sample_rdflib(sample_nquads: bytes) -> Any:
    """Return the sample graph as an rdflib dataset whose default graph is not the union."""
    from rdflib import Dataset

    dataset = Dataset(default_union=False)
    dataset.parse(data=sample_nquads, format="nquads")
    return dataset
