"""Work in a process of its own, which ends when its time is up: a pattern or a query of a user's may take for ever.

The process is a new one, never a fork: where Oxigraph and the fast engine have threads, a fork may wait for ever.
"""

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Thread

Work = Callable[[Iterator[bytes]], Iterator[bytes]]
"""What answers pieces of bytes with others; a function of a module, and none of them empty."""

_LEAST, _MOST = 0.001, 1e8
"""Seconds that an alarm may be set to."""
_MAIN = "from kg.validation.apart import main; main()"


class TimeUpError(Exception):
    """The process was not done in time."""


class EndedError(Exception):
    """The process ended before it was done: of too much memory, or of a fault of an engine."""


def answers(work: Work, pieces: Iterable[bytes], until: float | None) -> Iterator[bytes]:
    """Yield what ``work`` answers to ``pieces``, in a process that ends at ``until``, a time by `time.monotonic`.

    Raises `TimeUpError` and `EndedError`, after the answers that came before.
    """
    seconds = 0 if until is None else min(max(_LEAST, until - time.monotonic()), _MOST)  # 0 sets no alarm
    ours, theirs = Pipe()
    process = subprocess.Popen(  # noqa: S603  this very program, by names of this package
        [sys.executable, "-P", "-c", _MAIN, work.__module__, work.__name__, str(seconds)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    theirs.close()
    try:
        for piece in filter(None, pieces):
            ours.send_bytes(piece)
        ours.send_bytes(b"")
        while answer := ours.recv_bytes():
            yield answer
    except (EOFError, ConnectionError):
        raise (TimeUpError if process.wait() == -signal.SIGALRM else EndedError) from None
    finally:
        ours.close()
        process.kill()
        process.wait()


def main() -> None:
    """Answer what comes through standard input, a socket, by the function that the arguments name."""
    module, name, seconds = sys.argv[1:]
    signal.setitimer(signal.ITIMER_REAL, float(seconds))  # ends the process, whatever holds its threads
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # so does Ctrl-C
    gc.disable()
    pipe = Connection(0)
    work: Work = getattr(import_module(module), name)
    for answer in work(_pieces(pipe)):
        pipe.send_bytes(answer)
    pipe.send_bytes(b"")


def _pieces(pipe: Connection) -> Iterator[bytes]:
    yield from iter(pipe.recv_bytes, b"")
    Thread(target=_end_with, args=(pipe,), daemon=True).start()


def _end_with(pipe: Connection) -> None:
    """End this process as soon as whoever started it has ended."""
    pipe.poll(None)
    os._exit(1)
