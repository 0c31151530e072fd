"""Worker processes: who asks gets the next free one; what takes long is moved aside, what takes too long is killed.

A query begins in a worker of the quick lane. If it has not ended soon, its worker becomes a slow one, with little
claim on the processor, and a new one takes its place, so that those who ask little never wait for those who ask much.
"""

import asyncio
import os
import socket
import struct
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import msgspec

from kg.errors import KgError
from kg.serving.worker import Reply, Request, frame

QUICK = 0.25
"""Seconds after which a query is a slow one."""
NICE = 10
TRIES = 3
"""How often a worker that dies while it opens the store is started at first."""


class BusyError(Exception):
    """Too many long queries are under way."""


class DeadlineError(Exception):
    """A query took too long and its worker was killed."""


class DiedError(Exception):
    """A worker died of a query: of too much memory, or of a fault of the engine."""


class Nursery:
    """The process that workers are forked from: so they start at once, and cost little."""

    def __init__(self, store: Path, memory: int):
        self._arguments = (str(store), str(memory))
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._turn = asyncio.Lock()

    def _open(self) -> socket.socket:
        """Return the socket of the process, which is started where there is none."""
        if self._process is None or self._process.poll() is not None or self._control is None:
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            ours.setblocking(False)
            with theirs:
                # Not asyncio's: whoever is cancelled while that starts a process may wait for its end for ever.
                self._process = subprocess.Popen(  # noqa: S603  this program
                    [sys.executable, "-m", "kg.serving.worker", *self._arguments],
                    stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                    env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
                         "MALLOC_ARENA_MAX": "2"},
                )  # fmt: skip
            self.close()
            self._control = ours
        return self._control

    async def bear(self) -> "Worker":
        """Return a worker that has opened the store. Raises `DiedError`."""
        ours, theirs = socket.socketpair()
        with theirs:
            async with self._turn:
                control = self._open()
                try:
                    socket.send_fds(control, [b"fork"], [theirs.fileno()])
                    number = await asyncio.get_running_loop().sock_recv(control, 4)
                except OSError:
                    number = b""
        if len(number) < 4:
            ours.close()
            raise DiedError
        reader, writer = await asyncio.open_connection(sock=ours, limit=1 << 20)
        worker = Worker(struct.unpack(">I", number)[0], reader, writer, self)
        try:
            await worker.ready()
        except BaseException:
            worker.kill()
            raise
        return worker

    def kill(self, worker: int) -> None:
        """End a worker at once."""
        if self._control is not None:
            with suppress(OSError):
                self._control.send(struct.pack(">I", worker))

    def close(self) -> None:
        """End the process and all its workers."""
        if self._control is not None:
            self._control.close()
            self._control = None


class Worker:
    """A process that answers one request at a time."""

    def __init__(self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, nursery: Nursery):
        self._number, self._reader, self._writer, self._nursery = number, reader, writer, nursery
        self.slow = False

    async def ready(self) -> None:
        """Return once the store is open. Raises `DiedError`."""
        await self._reply()

    async def _reply(self) -> Reply:
        try:
            head = await self._reader.readexactly(4)
            data = await self._reader.readexactly(struct.unpack(">I", head)[0])
        except (asyncio.IncompleteReadError, ConnectionResetError):
            raise DiedError from None
        return msgspec.msgpack.decode(data, type=Reply)

    async def ask(self, request: Request) -> Reply:
        """Return the answer to a request. Raises `DiedError`."""
        try:
            self._writer.write(frame(msgspec.msgpack.encode(request)))
            await self._writer.drain()
        except (BrokenPipeError, ConnectionResetError):
            raise DiedError from None
        return await self._reply()

    def demote(self) -> None:
        """Give this worker less of the processor than the others."""
        self.slow = True
        with suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, self._number, NICE)

    def kill(self) -> None:
        """End the process at once."""
        self._nursery.kill(self._number)
        self._writer.close()


class Pool:
    """The workers of a store: ``quick`` wait for requests, up to ``slow`` more may be under way."""

    def __init__(self, store: Path, *, quick: int, slow: int, deadline: float, memory: int):
        self._store = store
        self._nursery = Nursery(store, memory)
        self._quick, self._slow, self._deadline = quick, slow, deadline
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._slow_now = 0
        self._starting: set[asyncio.Task[None]] = set()
        self._workers: set[Worker] = set()
        self._closed = False
        self.killed = 0

    async def open(self) -> None:
        """Start the workers, unless they are there. Raises `KgError` where they cannot open the store."""
        if self._workers:
            return
        # All have ended before anything is closed: or one of them would start the nursery anew.
        added = await asyncio.gather(*(self._add(TRIES) for _ in range(self._quick)), return_exceptions=True)
        for failure in filter(None, added):
            self.close()
            if not isinstance(failure, DiedError):
                raise failure
            raise KgError(
                f"no worker could open the store {self._store}; check it with: kg check, or give more --memory"
            ) from None

    async def _add(self, tries: int = 0) -> None:
        """Start a worker; one that dies at that is followed by another, ``tries`` times, or for as long as it takes."""
        tried = 0
        while not self._closed:
            try:
                worker = await self._nursery.bear()
            except DiedError:
                tried += 1
                if tried == tries:
                    raise
                await asyncio.sleep(min(0.05 * 2**tried, 5))
                continue
            if self._closed:
                worker.kill()
                return
            self._workers.add(worker)
            self._idle.put_nowait(worker)
            return

    def close(self) -> None:
        """Kill all workers."""
        self._closed = True
        for task in self._starting:
            task.cancel()
        for worker in self._workers:
            worker.kill()
        self._workers.clear()
        self._nursery.close()

    async def ask(self, request: Request) -> Reply:
        """Return the answer to a request. Raises `BusyError`, `DeadlineError`, `DiedError`."""
        begun = asyncio.get_running_loop().time()
        try:
            worker = await asyncio.wait_for(self._idle.get(), self._deadline)
        except TimeoutError:
            raise BusyError from None
        left = self._deadline - (asyncio.get_running_loop().time() - begun)
        task = asyncio.create_task(worker.ask(request))
        try:
            done, _ = await asyncio.wait({task}, timeout=min(QUICK, left))
            if not done and left > QUICK:
                self._move_aside(worker)
                done, _ = await asyncio.wait({task}, timeout=left - QUICK)
            if not done:
                raise DeadlineError
            reply = task.result()
        except BaseException:  # the asker may have gone, too
            task.cancel()
            self._drop(worker)
            raise
        self._take_back(worker)
        return reply

    def _move_aside(self, worker: Worker) -> None:
        if self._slow_now >= self._slow:
            raise BusyError
        self._slow_now += 1
        worker.demote()
        self._replace()

    def _take_back(self, worker: Worker) -> None:
        if worker.slow:  # another has taken its place
            self._forget(worker)
        else:
            self._idle.put_nowait(worker)

    def _drop(self, worker: Worker) -> None:
        self.killed += 1
        if not worker.slow:
            self._replace()
        self._forget(worker)

    def _forget(self, worker: Worker) -> None:
        self._slow_now -= worker.slow
        self._workers.discard(worker)
        worker.kill()

    def _replace(self) -> None:
        """Start another worker; the one that asks does not wait for it."""
        task = asyncio.get_running_loop().create_task(self._add())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)
