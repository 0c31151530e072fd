"""HTTP as a polite client speaks it: named, patient, never endless, and one sentence when it cannot be done.

Redirects are answers and never followed, so that what is sent to one server, a password above all, reaches no other.
"""

import random
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from kg import __version__
from kg.errors import TransportError

if TYPE_CHECKING:
    import urllib3

# Who asks, and where to read on, as https://foundation.wikimedia.org/wiki/Policy:User-Agent_policy wants it.
USER_AGENT = f"diplomacy-kg/{__version__} (https://w3id.org/diplomacy-kg) urllib3"
AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))
"""Statuses that may pass."""
MOST_BYTES = 16 << 20


class Response(NamedTuple):
    """An answer that came whole."""

    status: int
    url: str
    headers: Mapping[str, str]
    """By names in lower case."""
    body: bytes

    @property
    def kind(self) -> str:
        """The media type of the body, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Transport:
    """Sends requests one at a time.

    ``deadline`` is for a request with all its tries, in seconds, ``timeout`` for a server that says nothing, ``most``
    for the bytes of an answer. ``sleep``, ``clock`` and ``jitter`` are arguments so that tests need not wait.
    """

    def __init__(
        self,
        *,
        attempts: int = 4,
        deadline: float = 120,
        timeout: float = 30,
        most: int = MOST_BYTES,
        again: frozenset[int] = AGAIN,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.attempts, self.deadline, self.timeout, self.most, self.again = attempts, deadline, timeout, most, again
        self._sleep, self._clock, self._jitter = sleep, clock, jitter
        self._pool: urllib3.PoolManager | None = None

    def request(
        self, method: str, url: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        """Return the answer, asked for again while that may help and the deadline allows. Raises `TransportError`.

        A status that may pass and does not is an error; any other status is an answer.
        """
        end = self._clock() + self.deadline
        problem = ""
        for attempt in range(self.attempts):
            wait = 0.5 * 2**attempt * (1 + self._jitter() / 2)  # many clients must not come back all at once
            try:
                response = self._once(method, url, body, headers or {}, end)
            except _RequestError as failure:
                problem = str(failure)
                if not failure.may_pass:
                    break
            else:
                if response.status not in self.again:
                    return response
                problem = f"it answers with status {response.status}{first_line(response)}"
                wait = max(wait, _retry_after(response.headers.get("retry-after", "")))
            if self._clock() + wait > end:
                problem += f" and asks to wait {wait:.0f} s" if wait > self.deadline else ""
                break
            if attempt + 1 < self.attempts:
                self._sleep(wait)
        where = url.partition("?")[0]
        raise TransportError(
            f"{where} cannot be asked ({problem}); check the network and the address, or try again later"
        )

    def _once(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], end: float) -> Response:
        """Return the answer to one request; redirects are answers too."""
        from urllib3.exceptions import HTTPError, LocationParseError, NameResolutionError, NewConnectionError
        from urllib3.util import Timeout

        timeout = Timeout(self.timeout, read=max(0.1, min(self.timeout, end - self._clock())))
        try:
            answer = self._manager().request(
                method, url, body=body, headers={"User-Agent": USER_AGENT, **headers},
                preload_content=False, redirect=False, retries=False, timeout=timeout,
            )  # fmt: skip
            try:
                content = self._body(answer, end)
            except BaseException:
                answer.close()
                raise
            answer.release_conn()  # read to its end, so that the next request may use the connection
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
            if len(body) > self.most:
                raise _RequestError(f"its answer is longer than {self.most >> 20} MB", may_pass=False)
            if self._clock() > end:
                raise _RequestError(f"its answer took longer than {self.deadline:.0f} s", may_pass=False)
        return bytes(body)


def first_line(response: Response) -> str:
    """Return what an answer says in plain text, ``": …"`` in one line, nothing where it is a page or says nothing.

    >>> first_line(Response(400, "", {"content-type": "text/plain"}, b"no such\\n graph"))
    ': no such graph'
    """
    if response.kind in ("text/html", "application/xhtml+xml"):
        return ""
    text = " ".join(
        "".join(c if c.isprintable() else " " for c in response.body[:2000].decode(errors="replace")).split()
    )
    return f": {text if len(text) <= 160 else text[:160] + '…'}" if text else ""


def authorization(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the header that ``KG_TOKEN`` (Bearer) or ``KG_USER`` and ``KG_PASSWORD`` (Basic) make, none without them.

    RFC 6750, section 2.1; RFC 7617, section 2. Raises `TransportError` for what cannot stand in a header.

    >>> authorization({"KG_USER": "a", "KG_PASSWORD": "b"})
    {'Authorization': 'Basic YTpi'}
    """
    token, user = environment.get("KG_TOKEN"), environment.get("KG_USER")
    if token:
        if not token.isascii() or not token.isprintable() or " " in token:
            raise TransportError("KG_TOKEN holds blanks or letters that no token has; set it anew")
        return {"Authorization": f"Bearer {token}"}
    if not user:
        return {}
    if ":" in user:
        raise TransportError("KG_USER holds a colon, which no user's name may; set it anew")
    pair = f"{user}:{environment.get('KG_PASSWORD', '')}".encode()
    return {"Authorization": f"Basic {b64encode(pair).decode()}"}


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
