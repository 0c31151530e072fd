"""Memory that is free is given back."""

import subprocess
import sys

import pytest

FREED = """
from pathlib import Path
from kg.memory import give_back

def held():
    return int(Path("/proc/self/statm").read_text().split()[1])

before = held()
blocks = [bytes(100_000) for _ in range(1000)]  # each too small for a mapping of its own
last = bytes(100_000)  # stays, so that the heap does not shrink by itself
many = held()
del blocks
give_back()
assert many > 2 * before and held() - before < (many - before) / 4, (before, many, held())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there may be nothing to do")
def test_memory_that_is_free_is_given_back() -> None:
    subprocess.run([sys.executable, "-c", FREED], check=True)


def test_where_the_library_cannot_do_it_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.memory import give_back

    monkeypatch.setattr("ctypes.CDLL", lambda name: object())
    give_back()
