"""HTTP as a polite client speaks it: named, patient, never endless, and one sentence when it cannot be done."""

import json
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple
from urllib.parse import urlencode

from kg import __version__
from kg.errors import LinkError

if TYPE_CHECKING:
    import urllib3

# Who asks, and where to read on, as https://foundation.wikimedia.org/wiki/Policy:User-Agent_policy wants it.
USER_AGENT = f"diplomacy-kg/{__version__} (https://w3id.org/diplomacy-kg; kg link) urllib3"
AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))
"""Statuses that may pass."""
MOST_BYTES = 16 << 20


class Response(NamedTuple):
    """An answer that came whole."""

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes


class Transport:
    """Sends requests one at a time; ``sleep`` and ``clock`` are arguments so that tests need not wait."""

    _headers: ClassVar[dict[str, str]] = {"User-Agent": USER_AGENT, "Accept": "application/json"}

    def __init__(
        self,
        *,
        attempts: int = 4,
        deadline: float = 120,
        timeout: float = 30,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.attempts, self.deadline, self.timeout = attempts, deadline, timeout
        self._sleep, self._clock = sleep, clock
        self._pool: urllib3.PoolManager | None = None

    def json(self, method: str, url: str, fields: Mapping[str, str] | None = None) -> Any:
        """Return the JSON of an answer with status 200. Raises `LinkError` for any other."""
        response = self.request(method, url, fields)
        if 300 <= response.status < 400:
            target = response.headers.get("location") or "another address"
            raise LinkError(f"{url} has moved to {target}; give that as --service if you trust it")
        if response.status != 200:
            raise LinkError(f"{url} answered with status {response.status}; check the address, or try again later")
        try:
            return json.loads(response.body)
        except (ValueError, RecursionError):
            kind = response.headers.get("content-type", "").partition(";")[0]
            found = f"{kind or 'something'} that is no JSON" if response.body else "nothing"
            raise LinkError(f"{url} answered with {found}; check that it is a reconciliation service") from None

    def request(self, method: str, url: str, fields: Mapping[str, str] | None = None) -> Response:
        """Return the answer, asked for again while that may help and the deadline allows. Raises `LinkError`."""
        end = self._clock() + self.deadline
        problem = ""
        for attempt in range(self.attempts):
            wait = 0.5 * 2**attempt
            try:
                response = self._once(method, url, fields, end)
            except _RequestError as failure:
                problem = str(failure)
                if not failure.may_pass:
                    break
            else:
                if response.status not in AGAIN:
                    return response
                problem = f"it answers with status {response.status}"
                wait = max(wait, _retry_after(response.headers.get("retry-after", "")))
            if self._clock() + wait > end:
                problem += f" and asks to wait {wait:.0f} s" if wait > self.deadline else ""
                break
            if attempt + 1 < self.attempts:
                self._sleep(wait)
        raise LinkError(f"{url} cannot be asked ({problem}); check the network and the address, or try again later")

    def _once(self, method: str, url: str, fields: Mapping[str, str] | None, end: float) -> Response:
        """Return the answer to one request; redirects are answers too."""
        from urllib3.exceptions import HTTPError, LocationParseError, NameResolutionError, NewConnectionError
        from urllib3.util import Timeout

        timeout = Timeout(self.timeout, read=max(0.1, min(self.timeout, end - self._clock())))
        body = urlencode(fields).encode() if fields else None
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if fields else {}
        try:
            answer = self._manager().request(
                method, url, body=body, headers=self._headers | headers,
                preload_content=False, redirect=False, retries=False, timeout=timeout,
            )  # fmt: skip
            try:
                content = self._body(answer, end)
            finally:
                answer.close()
        except (NameResolutionError, NewConnectionError) as error:
            raise _RequestError(_reason(error), may_pass=False) from None
        except (LocationParseError, ValueError) as error:
            raise _RequestError(f"the address is not valid: {error}", may_pass=False) from None
        except HTTPError as error:
            raise _RequestError(_reason(error)) from None
        return Response(answer.status, url, {name.lower(): value for name, value in answer.headers.items()}, content)

    def _manager(self) -> "urllib3.PoolManager":
        if self._pool is None:
            import urllib3

            self._pool = urllib3.PoolManager()
        return self._pool

    def _body(self, answer: "urllib3.BaseHTTPResponse", end: float) -> bytes:
        """Return the body, read piece by piece so that a server that drips is left at the deadline."""
        body = bytearray()
        while piece := answer.read1(1 << 16):
            body += piece
            if len(body) > MOST_BYTES:
                raise _RequestError(f"its answer is longer than {MOST_BYTES >> 20} MB", may_pass=False)
            if self._clock() > end:
                raise _RequestError(f"its answer took longer than {self.deadline:.0f} s", may_pass=False)
        return bytes(body)


class _RequestError(Exception):
    """A request that brought no whole answer."""

    def __init__(self, reason: str, *, may_pass: bool = True) -> None:
        super().__init__(reason)
        self.may_pass = may_pass


def _reason(error: Exception) -> str:
    """Return what went wrong in few words, without the objects that urllib3 puts into its messages."""
    from http.client import IncompleteRead

    from urllib3 import exceptions

    if any(isinstance(cause, IncompleteRead) for cause in (error, *error.args)):
        return "its answer stops half-way"
    words: tuple[tuple[type[Exception], str], ...] = (
        (exceptions.NameResolutionError, "its name cannot be resolved"),
        (exceptions.NewConnectionError, "nothing listens there"),
        (exceptions.TimeoutError, "it does not answer in time"),
        (exceptions.DecodeError, "its answer is garbled"),
        (exceptions.SSLError, "its certificate is not valid"),
        (exceptions.ProtocolError, "it breaks the connection off"),
    )
    return next((word for kind, word in words if isinstance(error, kind)), type(error).__name__)


def _retry_after(text: str) -> float:
    """Return how many seconds a ``Retry-After`` header asks to wait, 0 where it is not understood."""
    from urllib3.exceptions import InvalidHeader
    from urllib3.util import Retry

    try:
        return max(0.0, Retry().parse_retry_after(text)) if text else 0.0
    except InvalidHeader:
        return 0.0
