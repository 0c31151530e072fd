"""Requests that are not answered as asked: a status and one sentence."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response


class RefusedError(Exception):
    """A request that is answered by a status and a sentence."""

    def __init__(self, status: int, message: str):
        super().__init__(message)
        self.status = status


def refuse(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    """Return the answer that says no."""
    return PlainTextResponse(message + "\n", status, headers=headers)


async def read_body(request: Request, most: int) -> bytes:
    """Return the body of a request. Raises `RefusedError` once it is larger than it may be."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise RefusedError(413, f"a request may have {most:,} bytes")
        parts.append(part)
    return b"".join(parts)
