"""Bringing a target to hold what a store holds, batch by batch, each confirmed by the target before it counts."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import pyoxigraph as ox

from kg.endpoint import Endpoint, addresses, values
from kg.errors import LoadError, QueryError
from kg.loading.graphs import CHECKED_DIGITS, DEFAULT, Checksum, Piece, Plan, checksum, pieces, plan, quads_of
from kg.loading.journal import Journal
from kg.loading.protocols import PROTOCOLS, RefusedError
from kg.store import Store
from kg.transport import AGAIN, Transport

BATCH = 8 << 20
"""Bytes that go into one request, unless the target wants fewer."""
MOST_GRAPHS = 500
"""Graphs of a batch: the target is asked for all of them at once."""
_LATER = (0.5, 1, 2, 4)
"""Seconds to wait for a target that says it will be done."""


class Report(NamedTuple):
    """What came of loading."""

    target: str
    protocol: str
    sent: int
    triples: int
    dropped: int
    unchanged: int

    def text(self) -> str:
        """Return it in lines."""
        how = f", by {self.protocol}" if self.protocol else ""
        return (
            f"graphs  {self.sent:,} sent ({self.triples:,} triples), {self.dropped:,} dropped, "
            f"{self.unchanged:,} unchanged\ntarget  {self.target}{how}\n"
        )


class _UnconfirmedError(LoadError):
    """A target that does not hold what it was sent."""

    def __init__(self, message: str, *, nothing: bool) -> None:
        super().__init__(message)
        self.may_be_protocol = nothing


class Loader:
    """Loads a store into the target of which ``url`` is an address.

    ``default_as`` names the graph that stands for our default graph there. ``again`` sends everything, ``replace`` lets
    a default graph be replaced that holds what was not loaded from here, ``trust`` takes the target's word for what it
    did. Only graphs that were loaded from here are ever dropped.
    """

    def __init__(
        self,
        store: Store,
        url: str,
        *,
        transport: Transport | None = None,
        headers: Mapping[str, str] | None = None,
        protocol: str = "auto",
        default_as: str = DEFAULT,
        again: bool = False,
        replace: bool = False,
        trust: bool = False,
        batch: int = BATCH,
        deadline: float = 900,
        tell: Callable[[str], None] | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._store, self._default = store, default_as
        self._to = addresses(url)
        transport = transport or Transport(
            attempts=6, deadline=deadline, timeout=min(300, deadline), again=AGAIN - {500}
        )
        self._endpoint = Endpoint(url, transport, headers=headers)
        self._writers = [writer(self._to, transport, headers or {}) for writer in PROTOCOLS[protocol]]
        self._again, self._replace, self._trust, self._limit = again, replace, trust, batch
        self._tell = tell or (lambda message: None)
        self._sleep = sleep
        self._journal = Journal(store, self._to.query)
        self._sent = self._triples = 0

    @property
    def _state(self) -> str:
        """What names the content of the store, and the graph that its default graph goes to."""
        return f"{self._store.ledger.get('digest')} {self._default}"

    def plan(self) -> Plan:
        """Return what there is to send and to drop; nobody is asked."""
        known = dict.fromkeys(self._journal.graphs) if self._again else self._journal.graphs
        return plan(self._store, known, renamed=self._default)

    def load(self) -> Report:
        """Bring the target up to date. Raises `LoadError`, `TransportError`; the next call then goes on."""
        if not self._again and self._journal.complete == self._state:
            return self._report(Plan({}, [], len(self._journal.graphs)))
        todo = self.plan()
        if todo.send or todo.drop:
            self._journal.begin()
            self._guard(todo)
            for batch in self._batches(todo):
                if any(piece.first and piece.graph == self._default for piece in batch):
                    self._guard(todo)  # once more: it may be the union of what has been sent meanwhile
                self._do(batch, todo)
        self._journal.finish(self._state)
        return self._report(todo)

    def _report(self, todo: Plan) -> Report:
        wrote = self._writers[0].name if todo.send or todo.drop else ""
        return Report(self._to.query, wrote, len(todo.send), self._triples, len(todo.drop), todo.unchanged)

    def close(self) -> None:
        """Let another process load."""
        self._journal.close()

    def _guard(self, todo: Plan) -> None:
        """Raise where the graph that our default graph is to replace holds what others put there."""
        name = self._default
        if name not in todo.send or name in self._journal.graphs or self._replace or self._trust:
            return
        if count := self._held([name])[name].triples:
            what = f"the graph <{name}>" if name else "the default graph"
            union = ", or is the union of all graphs" if not name else ""
            raise LoadError(
                f"{what} of {self._to.query} holds {count:,} triples that were not loaded from here{union}; "
                "name a graph for ours by --default-as IRI, or give --replace to have what it holds replaced"
            )

    def _batches(self, todo: Plan) -> Iterator[list[Piece]]:
        """Yield pieces that go together; what is dropped comes before what is sent."""
        batch: list[Piece] = []
        size = 0
        for piece in self._pieces(todo):
            alone = piece.first and piece.graph == self._default
            if batch and (size + piece.size > self._limit or len(batch) >= MOST_GRAPHS or alone):
                yield batch
                batch, size = [], 0
            batch.append(piece)
            size += piece.size
        if batch:
            yield batch

    def _pieces(self, todo: Plan) -> Iterator[Piece]:
        for name in todo.drop:
            yield Piece(name, [])
        for name in todo.send:
            yield from pieces(self._store, name, self._default, self._limit)

    def _do(self, batch: list[Piece], todo: Plan) -> None:
        """Write a batch and keep what the target confirms of it."""
        names = list(dict.fromkeys(piece.graph for piece in batch))
        whole = [piece.graph for piece in batch if piece.last]
        fresh = self._fresh(batch)
        self._journal.doubt(names)
        self._write_by_any(batch, whole, fresh=fresh)
        holds = {name: todo.send[name] for name in whole if name in todo.send}
        self._journal.confirm(holds, [name for name in whole if name not in holds])
        self._sent += len(holds)
        self._triples += sum(len(piece.triples) for piece in batch)
        self._tell(f"{self._sent:,} of {len(todo.send):,} graphs")

    def _fresh(self, batch: Sequence[Piece]) -> bool:
        """Tell whether the target is known to hold nothing of the graphs of a batch."""
        names = {piece.graph for piece in batch}
        if self._trust or names & self._journal.graphs.keys() or not all(piece.first for piece in batch):
            return False
        return not any(found.triples for found in self._held(names).values())

    # ------------------------------------------------------------------------------------------ writing

    def _write_by_any(self, batch: list[Piece], whole: list[str], *, fresh: bool) -> None:
        """Write by the first protocol that the target takes, which is then kept. Raises `LoadError`."""
        refused: list[str] = []
        while True:
            try:
                done = self._write(batch, fresh=fresh)
                self._confirm(whole, wait=not done)
                return
            except (RefusedError, _UnconfirmedError) as error:
                refused.append(str(error))
                if len(self._writers) == 1 or not error.may_be_protocol:
                    raise LoadError("; ".join(dict.fromkeys(refused))) from None
                self._writers = self._writers[1:]

    def _write(self, batch: list[Piece], *, fresh: bool) -> bool:
        """Write a batch, in smaller ones where it is refused as too large; return whether all was done at once."""
        try:
            done = self._writers[0].write(batch, fresh=fresh)
        except RefusedError as error:
            parts = _halves(batch) if error.may_be_size else None
            if parts is None:
                raise
            self._limit = max(1, min(self._limit, sum(piece.size for piece in batch) // 2))
            halves = [self._write(part, fresh=fresh) for part in parts]
            return all(halves)
        if len(self._writers) > 1 and self._trust:
            self._writers = self._writers[:1]
        return done

    # ------------------------------------------------------------------------------------------ confirming

    def _confirm(self, names: Sequence[str], *, wait: bool) -> None:
        """Return once the target holds the graphs ``names`` as they are here. Raises `LoadError` if it does not."""
        if self._trust:
            if wait:
                raise LoadError(f"{self._to.query} says that it will write later (status 202); leave --trust away")
            return
        wanted = {name: self._own(name) for name in names}
        for pause in (*(_LATER if wait else ()), 0):
            held = self._held(names)
            wrong = [name for name in names if held[name] != wanted[name]]
            if not wrong:
                self._writers = self._writers[:1]
                return
            self._sleep(pause)
        first, found = wrong[0], held[wrong[0]]
        what = f"the graph <{first}>" if first else "the default graph"
        others = f", and {len(wrong) - 1:,} more do not" if len(wrong) > 1 else ""
        raise _UnconfirmedError(
            f"{what} of {self._to.query} does not hold what was sent ({found.triples:,} triples of "
            f"{wanted[first].triples:,}){others}; see what the server says, then load again",
            nothing=all(not held[name].triples for name in wrong),
        )

    def _own(self, name: str) -> Checksum:
        """Return the checksum of a graph of our own, that of an empty one where there is none."""
        return checksum(quad.triple for quad in quads_of(self._store, name, self._default))

    def _held(self, names: Iterable[str]) -> dict[str, Checksum]:
        """Return the checksums of graphs at the target, asked by SPARQL. Raises `LoadError` without an answer."""
        named = [ox.NamedNode(name) for name in names if name != DEFAULT]
        held = {name: Checksum() for name in names}
        try:
            if named:
                where = f"VALUES ?g {{ {values(named)} }} GRAPH ?g {{ ?s ?p ?o }}"
                for graph, *found in self._rows(f"SELECT ?g {_SUMS} {{ {where} {_DIGEST} }} GROUP BY ?g"):
                    held[graph] = _checksum(found)
            if DEFAULT in held:
                ((_, *found),) = self._rows(f'SELECT ("" AS ?g) {_SUMS} {{ ?s ?p ?o {_DIGEST} }}')
                held[DEFAULT] = _checksum(found)
        except (QueryError, ValueError, KeyError) as error:
            raise LoadError(f"the target cannot be asked what it holds: {error}, or take its word by --trust") from None
        return held

    def _rows(self, text: str) -> Iterator[list[str]]:
        results = self._endpoint.query(text)
        if not isinstance(results, ox.QuerySolutions):
            raise QueryError(f"{self._to.query} answered a SELECT with something else")
        for row in results:
            yield [cell.value if isinstance(cell, ox.NamedNode | ox.Literal) else "" for cell in row]


_SUMS = "(COUNT(*) AS ?n) (SUM(?h) AS ?t)"
_VALUE = " + ".join(
    f'{16 ** (CHECKED_DIGITS - n)} * STRLEN(STRBEFORE("0123456789abcdef", SUBSTR(?d, {n}, 1)))'
    for n in range(1, CHECKED_DIGITS + 1)
)
# SPARQL has digests of strings and none of graphs, so one is added up: of each triple, what `checksum` adds up too.
_DIGEST = f'BIND(LCASE(MD5(CONCAT(STR(?s), " ", STR(?p), " ", STR(?o)))) AS ?d) BIND({_VALUE} AS ?h)'


def _checksum(found: Sequence[str]) -> Checksum:
    count, total = found
    return Checksum(int(count or 0), int(float(total or 0)))  # rdflib binds nothing where there is nothing


def _halves(batch: list[Piece]) -> tuple[list[Piece], list[Piece]] | None:
    """Return a batch in two, None where it is a triple or nothing."""
    middle = len(batch) // 2
    if middle:
        return batch[:middle], batch[middle:]
    halves = batch[0].halves()
    return ([halves[0]], [halves[1]]) if halves else None
