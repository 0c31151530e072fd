"""An installed wheel, unpacked or zipped, finds its data folders and answers far from the checkout."""

import importlib.util
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kg.resources import FOLDERS

ROOT = Path(__file__).parent.parent
FILES = {
    "ontology": "diplomacy.ttl",
    "shapes": "event.ttl",
    "queries": "who-met.rq",
    "seeds": "authority/people.csv",
}
WHERE = """
from kg import resources
print(resources.__file__)
for name, file in {files!r}.items():
    print(name, len(resources.folder(name).joinpath(*file.split("/")).read_bytes()))
"""


def pip(*arguments: object) -> None:
    command = [sys.executable, "-m", "pip", *map(str, arguments), "--no-deps", "--no-index", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def python(path: Path, cwd: Path, *arguments: str) -> str:
    """Return what Python prints with ``path`` before all else on the search path, run in ``cwd``."""
    environment = {key: value for key, value in os.environ.items() if key != "KG_STORE"} | {"PYTHONPATH": str(path)}
    command = [sys.executable, "-P", *arguments]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of this checkout, built without a network."""
    for tool in ("pip", "hatchling"):
        if importlib.util.find_spec(tool) is None:
            pytest.skip(f"NO WHEEL WAS TESTED: {tool} is missing; pip install '.[dev]'")
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", ROOT, "--no-build-isolation", "--wheel-dir", folder)
    return next(folder.glob("diplomacy_kg-*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder into which the wheel was installed."""
    folder = tmp_path_factory.mktemp("installed")
    pip("install", wheel, "--target", folder)
    return folder


def found_files(path: Path, cwd: Path) -> dict[str, int]:
    """Return the size of a file of each data folder, as found by the package below ``path``."""
    module, *lines = python(path, cwd, "-c", WHERE.format(files=FILES)).splitlines()
    assert module.startswith(str(path)), f"{module} was imported instead of the package below {path}"
    return {name: int(size) for name, size in map(str.split, lines)}


def sizes() -> dict[str, int]:
    return {name: (ROOT / name / file).stat().st_size for name, file in FILES.items()}


def test_each_folder_with_modules_is_a_package() -> None:
    folders = {module.parent for module in (ROOT / "kg").rglob("*.py")}
    bare = sorted(folder.relative_to(ROOT).as_posix() for folder in folders if not (folder / "__init__.py").exists())
    assert not bare, f"add __init__.py with a docstring to {', '.join(bare)}: tools pass over folders without one"


def test_there_is_a_file_to_look_for_in_each_folder() -> None:
    assert set(FILES) == set(FOLDERS)


def test_an_installed_wheel_finds_its_data_folders(installed: Path, tmp_path: Path) -> None:
    assert found_files(installed, tmp_path) == sizes()


def test_a_zipped_wheel_finds_its_data_folders(wheel: Path, tmp_path: Path) -> None:
    assert found_files(wheel, tmp_path) == sizes()


def test_an_installed_wheel_lists_its_queries(installed: Path, tmp_path: Path) -> None:
    listed = python(installed, tmp_path, "-m", "kg", "queries")
    assert [line.split()[0] for line in listed.splitlines()] == sorted(p.stem for p in ROOT.glob("queries/*.rq"))


def test_an_installed_wheel_knows_who_is_who(installed: Path, tmp_path: Path) -> None:
    answer = python(installed, tmp_path, "-m", "kg", "who", "President", "--of", "VN", "--on", "2023-12-01")
    assert answer.splitlines()[-1].endswith("\tVõ Văn Thưởng\tQ10833302\tholder")


def test_an_installed_wheel_maps_an_article(installed: Path, tmp_path: Path) -> None:
    article = ROOT / "seeds" / "articles" / "phone-talks-beijing.html"
    assert "event-kind:call" in python(installed, tmp_path, "-m", "kg", "map", str(article))


def test_the_wheel_holds_the_package_its_data_its_licences_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    top = {"/".join(name.split("/")[:3]) for name in names if name.startswith("kg/data/")}
    assert top <= {name for name in top if name.split("/")[2] in FOLDERS}
    assert {name.split("/")[0] for name in names} == {"kg", next(n for n in names if ".dist-info/" in n).split("/")[0]}
    assert {"LICENSE", "ontology/LICENSE", "seeds/LICENSE"} <= {n.partition("/licenses/")[2] for n in names}
    assert not [name for name in names if "__pycache__" in name or name.startswith("kg/tests")]
    in_checkout = {p.relative_to(ROOT).as_posix() for p in (ROOT / "kg").rglob("*.py")}
    assert in_checkout == {n for n in names if n.endswith(".py") and not n.startswith("kg/data/")}
