"""Progress: what a build is at, how fast, and how long it still takes."""

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")
_EVERY = 0.5
"""Seconds between two messages of one stage."""


class Progress:
    """Tells stages, and how far each is, through ``tell``; None tells nothing."""

    def __init__(self, tell: Callable[[str], None] | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._tell, self._clock = tell, clock
        self._stage = ""
        self._begun = self._last = 0.0

    @property
    def watched(self) -> bool:
        """Whether anybody is told."""
        return self._tell is not None

    def stage(self, name: str) -> None:
        """Begin a stage."""
        self._stage, self._begun = name, self._clock()
        self._last = self._begun
        if self._tell:
            self._tell(name)

    def at(self, done: int, of: int | None = None, since: float | None = None) -> None:
        """Tell how much is done of how much, where that is known, since the stage or a step of it; not too often."""
        now = self._clock()
        if self._tell and now - self._last >= _EVERY and done:
            self._last = now
            self._tell(f"{self._stage}: {_how_far(done, of, now - (self._begun if since is None else since))}")

    def each(self, items: Iterable[Item], of: int) -> Iterator[Item]:
        """Yield ``items``, of which there are so many, and tell how far they are."""
        since = self._clock()
        for done, item in enumerate(items, 1):
            yield item
            self.at(done, of, since)


def _how_far(done: int, of: int | None, seconds: float) -> str:
    """Return count, rate and time left.

    >>> _how_far(1400, 10000, 7.0), _how_far(1400, None, 7.0)
    ('1,400 of 10,000, 200 a second, 0:43 left', '1,400, 200 a second')
    """
    rate = done / max(seconds, 0.001)
    told = f"{done:,}" + (f" of {of:,}" if of else "") + f", {rate:,.0f} a second"
    if not of:
        return told
    minutes, rest = divmod(round(max(of - done, 0) / rate), 60)
    return f"{told}, {minutes}:{rest:02} left"
