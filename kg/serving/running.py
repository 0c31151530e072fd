"""Running the server: what keeps it from beginning is told in a sentence."""

import asyncio
import socket
from collections.abc import Callable
from math import ceil

import uvicorn
from starlette.applications import Starlette

from kg.errors import KgError


def run(
    app: Starlette, host: str, port: int, *, root_path: str = "", patience: float = 0, begun: Callable[[int], None]
) -> None:
    """Serve until a signal ends it; requests under way then have ``patience`` seconds.

    ``begun`` is called with the port once workers wait: the one the system chose where ``port`` is 0. Raises `KgError`
    where it cannot listen there or no worker opens the store.
    """
    listening = _listen(host, port)
    config = uvicorn.Config(
        app, root_path=root_path, log_level="warning", server_header=False, timeout_graceful_shutdown=ceil(patience) + 2
    )

    async def serve() -> None:
        await app.state.holder.now.pool.open()
        begun(listening.getsockname()[1])
        await uvicorn.Server(config).serve(sockets=[listening])

    with listening:
        asyncio.run(serve())


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.create_server((host, port), family=family, backlog=2048)
        # Taken over by each connection: or the head of an answer waits for an acknowledgement before its body follows.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError as error:
        why = error.strerror or error
        raise KgError(f"cannot listen at {host}, port {port} ({why}); give another --host or --port") from None
    return listening
