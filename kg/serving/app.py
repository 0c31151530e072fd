"""The server: pages, things, SPARQL, stored queries, graphs, health; everything is read-only."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple

import pyoxigraph as ox
from rapidfuzz import process
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg import __version__
from kg.errors import QueryError
from kg.publishing import AbsentError, Site
from kg.queries import StoredQuery, load, names
from kg.serving.description import describe
from kg.serving.holding import Holder, Holding
from kg.serving.openapi import openapi
from kg.serving.pool import BusyError, DeadlineError, DiedError, Pool
from kg.serving.protocol import GRAPH_TYPES, TYPES, pairs, preferred, read_request
from kg.serving.reconciling import Reconciliation
from kg.serving.refusals import RefusedError, read_body, refuse
from kg.serving.worker import Request

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Headers of every answer: no script but our own files, nothing framed, nothing guessed."""
MEDIA = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".ttl": "text/turtle; charset=utf-8", ".jsonld": "application/ld+json", ".csv": "text/csv; charset=utf-8",
    ".svg": "image/svg+xml",
}  # fmt: skip
THING_TYPES = {"text/html": ".html", "text/turtle": ".ttl", "application/ld+json": ".jsonld"}


class Limits(NamedTuple):
    """What strangers may take."""

    deadline: float = 20
    """Seconds a query may take."""
    memory: int = 2_000_000_000
    """Bytes of address space a query may take."""
    answer: int = 50_000_000
    """Bytes an answer may have."""
    body: int = 100_000
    """Bytes a request may have."""
    quick: int = 6
    """Workers that wait for requests."""
    slow: int = 8
    """Queries that may take long at one time."""
    rate: float = 200
    """Queries a second of one client, over time; 0 is no limit."""


class _Server:
    """What the handlers share: the content of the store, counts, what each client may still ask."""

    def __init__(self, holder: Holder, limits: Limits):
        self.holder, self.limits = holder, limits
        self.counts: dict[str, int] = {}
        self._allowance: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self.queries: dict[str, StoredQuery] = {name: load(name) for name in names()}

    # ------------------------------------------------------------------------------------------ pages

    async def show(self, request: HttpRequest) -> Response:
        path = request.url.path.removeprefix(request.scope.get("root_path", "")).removeprefix("/")
        path = f"{path}index.html" if not path or path.endswith("/") else path
        suffix = "." + path.rpartition(".")[2]
        holding = self.holder.now
        if suffix not in MEDIA:
            return await self._nothing(request, holding, path)
        try:
            known = holding.pages.get(path)
            body, tag = known if known is not None else await run_in_threadpool(holding.page, path)
        except AbsentError:
            return await self._nothing(request, holding, path)
        headers = {"ETag": tag, "Cache-Control": "public, max-age=60", "Vary": "Accept"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=MEDIA[suffix], headers=headers)

    async def _nothing(self, request: HttpRequest, holding: Holding, path: str) -> Response:
        """Return a page that says that there is nothing at ``path``, and what has a name like it.

        Comparing with all names takes time, so that who asks for too much that is not there gets the page without it.
        """
        patient = not self.over(_client(request))

        def made() -> bytes:
            near = holding.near(path) if patient else []
            return holding.site.page("404.html", path if path.count("/") < 20 else "", near=near)

        return Response(await run_in_threadpool(made), 404, media_type=MEDIA[".html"])

    async def thing(self, request: HttpRequest) -> Response:
        """Lead from a thing's IRI to its page or description: 303, https://www.w3.org/TR/cooluris/#r303gendocument."""
        name = f"{request.path_params['kind']}/{request.path_params['slug']}"
        holding = self.holder.now
        iri, things = holding.site.store.base + name, holding.site.things
        if not _is_iri(iri) or not any(holding.site.store.quads(ox.NamedNode(iri))):
            return await self._nothing(request, holding, f"{name}.html")
        path = things.path(things.successor(ox.NamedNode(iri)) or ox.NamedNode(iri))
        if not path:
            return await self._nothing(request, holding, f"{name}.html")
        suffix = preferred(request.headers.get("accept", ""), THING_TYPES)
        if not suffix:
            return refuse(406, "this is described as text/html, text/turtle and application/ld+json")
        plain, _, anchor = path.partition("#")
        target = plain.removesuffix(".html") + suffix + (f"#{anchor}" if anchor and suffix == ".html" else "")
        root = request.scope.get("root_path", "")
        return RedirectResponse(f"{root}/{target}", 303, headers={"Vary": "Accept"})

    async def term(self, request: HttpRequest) -> Response:
        """Lead from a term of the ontology to its place on the page, or to the Turtle."""
        term = request.path_params["term"]
        if not term or term.endswith((".html", ".ttl")):
            return await self.show(request)
        root = request.scope.get("root_path", "")
        if preferred(request.headers.get("accept", ""), {"text/html": "html", "text/turtle": "ttl"}) == "ttl":
            return RedirectResponse(f"{root}/ontology/diplomacy.ttl", 303, headers={"Vary": "Accept"})
        scheme, _, kind = term.partition("/")
        anchor = f"{scheme}-{kind}" if kind else scheme
        page = scheme if kind else "index"
        return RedirectResponse(f"{root}/ontology/{page}.html#{anchor}", 303, headers={"Vary": "Accept"})

    # ------------------------------------------------------------------------------------------ queries

    async def sparql(self, request: HttpRequest) -> Response:
        if request.method == "GET" and not request.url.query:
            return await self._description(request)
        body = await read_body(request, self.limits.body) if request.method == "POST" else b""
        accept = request.headers.get("accept", "")
        asked = read_request(
            request.method, request.url.query, request.headers.get("content-type", ""), body, accept, self.limits.answer
        )
        return await self._ask(request, asked)

    async def stored(self, request: HttpRequest) -> Response:
        name, _, form = request.path_params["name"].partition(".")
        if form == "html":
            return await self.show(request)
        if name not in self.queries:
            near = [found for found, _, _ in process.extract(name[:80], self.queries.keys(), limit=3, score_cutoff=60)]
            return refuse(
                404,
                f"there is no stored query {name[:80]!r}; "
                + (f"did you mean {', '.join(near)}?" if near else "see /queries.html"),
            )
        given = pairs(request.url.query)
        values = dict(given)
        if len(values) < len(given):
            return refuse(400, "give each parameter once")
        unknown = sorted(set(values) - {parameter.name for parameter in self.queries[name].parameters})
        if unknown:
            known = ", ".join(p.name for p in self.queries[name].parameters) or "none"
            return refuse(400, f"{name} has no parameter {unknown[0][:80]!r}; it has: {known}")
        return await self._ask(
            request, Request(stored=name, values=values, form=form or "json", most=self.limits.answer)
        )

    async def _ask(self, request: HttpRequest, asked: Request) -> Response:
        if wait := self.over(_client(request)):
            return refuse(429, "too many queries; ask more slowly", {"Retry-After": str(wait)})
        try:
            reply = await self.holder.now.pool.ask(asked)
        except BusyError:
            return refuse(503, "too many long queries are under way; try again", {"Retry-After": "5"})
        except DeadlineError:
            return refuse(503, f"the query took longer than {self.limits.deadline:g} s; ask for less at a time")
        except DiedError:
            return refuse(503, "the query took too much memory; ask for less at a time")
        if reply.error:
            return refuse(400 if reply.wrong else 503, reply.error)
        return Response(reply.body, media_type=TYPES[reply.form], headers={"Vary": "Accept"})

    def over(self, client: str) -> int:
        """Return in how many seconds a client may ask again, 0 for now: a bucket that refills, one a client."""
        if not self.limits.rate:
            return 0
        now = time.monotonic()
        left, then = self._allowance.pop(client, (self.limits.rate * 4, now))
        left = min(self.limits.rate * 4, left + (now - then) * self.limits.rate)
        self._allowance[client] = (max(left - 1, 0), now)
        if len(self._allowance) > 10_000:
            self._allowance.popitem(last=False)
        return 0 if left >= 1 else 1

    async def graph(self, request: HttpRequest) -> Response:
        """Answer the SPARQL 1.1 Graph Store HTTP Protocol, reading only. https://www.w3.org/TR/sparql11-http-rdf-update/"""
        if request.method not in ("GET", "HEAD"):
            return refuse(405, "this store is for reading", {"Allow": "GET, HEAD"})
        given = dict(pairs(request.url.query))
        if ("default" in given) == ("graph" in given) or given.get("default"):
            return refuse(400, "name a graph: ?default, or ?graph=IRI")
        form = preferred(request.headers.get("accept", ""), GRAPH_TYPES)
        if not form:
            return refuse(406, f"a graph is written as {', '.join(GRAPH_TYPES)}")
        if "graph" in given:
            if not _is_iri(given["graph"]):
                return refuse(400, "the graph's name is not an IRI")
            node = ox.NamedNode(given["graph"])
            if not any(self.holder.now.site.store.quads(graph=node)):
                return refuse(404, "there is no graph of that name")
            asked = Request(query=f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {node} {{ ?s ?p ?o }} }}", graph_form=form)
        else:
            asked = Request(query="CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", graph_form=form)
        return await self._ask(request, asked)

    async def _description(self, request: HttpRequest) -> Response:
        here = str(request.url.replace(query="", fragment=""))
        form = preferred(request.headers.get("accept", ""), GRAPH_TYPES) or "ttl"
        holding = self.holder.now
        described = await run_in_threadpool(lambda: describe(here, holding.triples, form))
        return Response(described, media_type=TYPES[form], headers={"Vary": "Accept"})

    # ------------------------------------------------------------------------------------------ operation

    async def openapi(self, request: HttpRequest) -> Response:
        """Return the description of this server for programs. https://spec.openapis.org/oas/v3.1.1.html"""
        title = self.holder.now.site.title
        return JSONResponse(
            openapi(str(request.base_url).rstrip("/"), title, self.queries.values(), self.limits.deadline)
        )

    async def health(self, request: HttpRequest) -> Response:
        """Tell that the server answers, and from what; ``stale`` where the store was changed and cannot be opened."""
        ledger = self.holder.now.site.store.ledger
        told: dict[str, str | int | None] = {"status": "stale" if self.holder.trouble else "ok", "version": __version__}
        told |= {"articles": ledger.get("articles"), "generation": self.holder.now.generation}
        return JSONResponse(told | ({"trouble": self.holder.trouble} if self.holder.trouble else {}))

    async def metrics(self, request: HttpRequest) -> Response:
        """Return counts in the text format of Prometheus."""
        lines = [f'kg_responses_total{{status="{status}"}} {count}' for status, count in sorted(self.counts.items())]
        lines.append(f"kg_workers_killed_total {self.holder.now.pool.killed}")
        lines.append(f"kg_reloads_total {self.holder.reloads}")
        return PlainTextResponse("\n".join(lines) + "\n")


def _client(request: HttpRequest) -> str:
    return request.client.host if request.client else ""


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def application(site: Site, limits: Limits, again: Callable[[], Site] | None = None) -> Starlette:
    """Return the server of a site as an ASGI application.

    ``again`` opens the site once more when its store was built anew; without it the server stays with what it has.
    """

    def held(site: Site) -> Holding:
        quick, slow = limits.quick, limits.slow
        return Holding(
            site, Pool(site.store.path, quick=quick, slow=slow, deadline=limits.deadline, memory=limits.memory)
        )

    holder = Holder(held(site), (lambda: held(again())) if again else None, limits.deadline + 1)
    server = _Server(holder, limits)
    reconciliation = Reconciliation(holder, server.over, limits.body * 10, limits.deadline)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await holder.now.pool.open()
        tasks: set[asyncio.Future[None]] = set()

        def begin(work: Awaitable[None]) -> None:
            task = asyncio.ensure_future(work)
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        begin(holder.follow(begin))
        try:
            yield
        finally:
            for task in [*tasks]:
                task.cancel()
            holder.close()

    async def refused(request: HttpRequest, error: Exception) -> Response:
        return refuse(getattr(error, "status", 400), str(error))

    routes = [
        Route("/sparql", server.sparql, methods=["GET", "POST"]),
        Route("/sparql/", server.sparql, methods=["GET", "POST"]),
        Route("/graphs", server.graph, methods=["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"]),
        Route("/query/{name}", server.stored, methods=["GET"]),
        *reconciliation.routes(),
        Route("/openapi.json", server.openapi),
        Route("/health", server.health),
        Route("/metrics", server.metrics),
        Route("/id/{kind}/{slug}", server.thing),
        Route("/ontology/{term:path}", server.term),
        Route("/{path:path}", server.show),
    ]
    app = Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={RefusedError: refused, QueryError: refused},
        middleware=[
            Middleware(_Headed, counts=server.counts),
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "POST"],
                allow_headers=["Accept", "Content-Type"],
            ),
        ],
    )
    app.state.holder = holder
    return app


class _Headed:
    """Adds `HEADERS` to every answer, those it has not itself, and counts answers by status."""

    def __init__(self, app: ASGIApp, counts: dict[str, int]):
        self._app, self._counts = app, counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                status = str(message["status"])
                self._counts[status] = self._counts.get(status, 0) + 1
                own = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in _ENCODED if pair[0] not in own)]
            await send(message)

        await self._app(scope, receive, headed if scope["type"] == "http" else send)


_ENCODED = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
