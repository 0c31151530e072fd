"""Workers: functions run on many jobs, in this process or in several, none of which may take the others with it.

Processes are started from a clean one that has loaded the vocabulary (``forkserver``; ``spawn`` where that is missing),
never forked from one with an open store. What a job gives back goes through a pipe and has to be small: what is large
is written to a file by the worker.
"""

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Generic, NamedTuple, Protocol, Self, TypeVar

from kg.collector import no_collection
from kg.errors import EngineError
from kg.memory import give_back

Job = TypeVar("Job")
Result = TypeVar("Result")


class Died(NamedTuple):
    """What a job gives whose worker died; the system kills what needs too much memory."""

    code: int | None
    """Exit code; less than zero is a signal."""

    @property
    def reason(self) -> str:
        """How it ended, in a few words."""
        killed = self.code == -signal.SIGKILL
        return "was killed, for want of memory perhaps" if killed else f"ended with code {self.code}"

    def error(self, while_it: str) -> EngineError:
        """Return the error of a build that cannot go on without what the worker was to give."""
        return EngineError(
            f"a worker {self.reason} while it {while_it}; free some memory or take fewer --jobs, and run the same "
            "command again: it goes on where it was"
        )


class Done(NamedTuple, Generic[Job, Result]):
    """A job and what it gave."""

    job: Job
    result: Result | Died


class Workers(Protocol):
    """Who does jobs."""

    count: int

    def each(self, function: Callable[[Job], Result], jobs: Iterable[Job]) -> Iterator[Done[Job, Result]]:
        """Yield each job with what ``function`` gave for it, in the order they end; raise what it raised."""
        ...


class Here:
    """This process does all jobs itself, one after the other."""

    count = 1

    def each(self, function: Callable[[Job], Result], jobs: Iterable[Job]) -> Iterator[Done[Job, Result]]:
        """Yield each job with what ``function`` gave for it, in order."""
        with no_collection():
            for job in jobs:
                yield Done(job, function(job))


class _Worker:
    """A process and the pipe to it."""

    def __init__(self, context: Any) -> None:
        self.pipe, end = context.Pipe()
        self.process = context.Process(target=_work, args=(end,), daemon=True)
        self.process.start()
        end.close()

    def end(self) -> None:
        self.pipe.close()
        self.process.join(1)
        if self.process.is_alive():
            self.process.terminate()
            self.process.join()


class Processes:
    """Several processes share the jobs; one that dies is replaced."""

    def __init__(self, count: int) -> None:
        self.count = count
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        self._context: Any = multiprocessing.get_context(method)
        self._context.set_forkserver_preload(["kg.engines.preloaded"])
        self._workers: list[_Worker] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def each(self, function: Callable[[Job], Result], jobs: Iterable[Job]) -> Iterator[Done[Job, Result]]:
        """Yield each job with what ``function``, of a module, gave for it; of one whose worker died, `Died`."""
        waiting, busy = iter(jobs), dict[_Worker, Job]()
        try:
            while True:
                self._hand_out(function, waiting, busy)
                if not busy:
                    return
                for worker in self._ready(busy):
                    yield Done(busy.pop(worker), self._answer(worker))
        finally:
            for worker in busy:  # whoever asked wants no more
                worker.process.terminate()
                self._forget(worker)

    def _hand_out(self, function: Callable[[Job], Result], waiting: Iterator[Job], busy: dict[_Worker, Job]) -> None:
        """Give each idle worker a job, hiring up to the number wanted."""
        while len(busy) < self.count:
            try:
                job = next(waiting)
            except StopIteration:
                return
            busy[self._send(function, job, busy)] = job

    def _send(self, function: Callable[[Job], Result], job: Job, busy: Iterable[_Worker]) -> _Worker:
        """Give a job to a worker that is idle, or else a new one; return the worker."""
        for worker in [worker for worker in self._workers if worker not in busy]:
            try:
                worker.pipe.send((function, job))
            except OSError:  # it died with nothing to do
                self._forget(worker)
            else:
                return worker
        self._workers.append(_Worker(self._context))
        self._workers[-1].pipe.send((function, job))
        return self._workers[-1]

    def _ready(self, busy: Iterable[_Worker]) -> list[_Worker]:
        """Return the workers, at least one, that have answered or died."""
        ends = {end: worker for worker in busy for end in (worker.pipe, worker.process.sentinel)}
        return list(dict.fromkeys(ends[end] for end in wait(ends)))

    def _answer(self, worker: _Worker) -> Any:
        try:
            good, answer = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join()
            self._forget(worker)
            return Died(worker.process.exitcode)
        if not good:
            raise answer
        return answer

    def _forget(self, worker: _Worker) -> None:
        worker.end()
        self._workers.remove(worker)


class Crew:
    """This process, and so many others as soon as there is enough to do for them; ends them when it is left."""

    def __init__(self, jobs: int) -> None:
        self._here = Here()
        self._processes = Processes(jobs) if jobs > 1 else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._processes:
            self._processes.__exit__(kind, error, at)

    def workers(self, much: bool) -> Workers:
        """Return who is to do jobs of which there are, or are not, many."""
        return self._processes if much and self._processes else self._here


def _work(pipe: Connection) -> None:
    """Do what comes through the pipe until it is closed."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started the work ends it
    while True:
        try:
            function, job = pipe.recv()
        except (EOFError, ConnectionError):
            return
        try:
            answer = True, function(job)
        except Exception as error:
            answer = False, error
        try:
            pipe.send(answer)
        except (BrokenPipeError, ConnectionResetError):  # nobody is there any more
            return
        except Exception:  # an error that cannot be pickled
            pipe.send((False, RuntimeError(repr(answer[1]))))
        del job, answer
        give_back()


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
