"""The Reconciliation Service API 0.2 over HTTP.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.publishing import Site
from kg.reconciliation import RequestError, Service, SlowError, manifest, read_extension, read_queries
from kg.serving.holding import Holder
from kg.serving.protocol import FORM_TYPE, pairs, utf8
from kg.serving.refusals import RefusedError, read_body, refuse

AT_ONCE = 2
"""Requests worked on at one time: names are compared in this process, beside which pages are to be answered."""
FRAMED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
}
"""A preview is shown in a frame of whoever reconciles; it has no script."""
T = TypeVar("T")


class Reconciliation:
    """The handlers; ``over`` tells in how many seconds a client may ask again."""

    def __init__(self, holder: Holder, over: Callable[[str], int], body: int, deadline: float):
        self._holder, self._over, self._body, self._deadline = holder, over, body, deadline
        self._turns = asyncio.Semaphore(AT_ONCE)

    def routes(self) -> list[Route]:
        """Return what answers where."""
        return [
            Route("/reconcile", self._checked(self.endpoint), methods=["GET", "POST"]),
            Route("/reconcile/suggest/{kind}", self._checked(self.suggest)),
            Route("/reconcile/flyout/{kind}", self._checked(self.fly_out)),
            Route("/reconcile/properties", self._checked(self.properties)),
            Route("/reconcile/preview", self._checked(self.preview)),
        ]

    def _checked(self, handle: Callable[[Request], Any]) -> Callable[[Request], Any]:
        """Return a handler that says no in a sentence."""

        async def checked(request: Request) -> Response:
            if wait := self._over(request.client.host if request.client else ""):
                return refuse(429, "too many requests; ask more slowly", {"Retry-After": str(wait)})
            try:
                answer: Response = await handle(request)
            except RequestError as error:
                return refuse(400, str(error))
            except SlowError:
                return refuse(503, f"the request took longer than {self._deadline:g} s; send it in parts")
            return answer

        return checked

    async def _work(self, work: Callable[[Service, Site], T]) -> T:
        """Return what ``work`` makes, in a thread, of the current names."""
        holding = self._holder.now
        try:
            await asyncio.wait_for(self._turns.acquire(), self._deadline)
        except TimeoutError:
            raise RefusedError(503, "too many requests are under way; try again") from None
        try:
            return await run_in_threadpool(lambda: work(holding.service, holding.site))
        finally:
            self._turns.release()

    async def endpoint(self, request: Request) -> Response:
        """Answer queries, give data, or say what this service is."""
        given = await self._given(request)
        if "queries" in given and "extend" in given:
            raise RefusedError(400, "send either queries or extend")
        if "queries" in given:
            queries = read_queries(given["queries"])
            return JSONResponse(await self._work(lambda service, _: service.reconcile(queries, self._deadline)))
        if "extend" in given:
            asked = read_extension(given["extend"])
            return JSONResponse(await self._work(lambda service, _: service.extend(asked, self._deadline)))
        if request.method == "POST" or given:
            raise RefusedError(400, "send the parameter queries or extend")
        root = str(request.base_url).rstrip("/")
        site = self._holder.now.site
        return JSONResponse(manifest(f"{root}/reconcile", root, site.store.base, site.title))

    async def _given(self, request: Request) -> dict[str, str]:
        """Return the parameters of a request. Raises `RefusedError`."""
        found = pairs(request.url.query)
        if request.method == "POST":
            kind = request.headers.get("content-type", "")
            if kind.partition(";")[0].strip().lower() != FORM_TYPE:
                raise RefusedError(415, f"send queries as {FORM_TYPE}")
            found += pairs(utf8(await read_body(request, self._body), kind))
        given = dict(found)
        if len(given) < len(found):
            raise RefusedError(400, "give each parameter once")
        return given

    async def suggest(self, request: Request) -> Response:
        """Complete the beginning of the name of an entity, a property or a type."""
        kind, given = _kind(request), _parameters(request, "prefix", "type", "cursor")
        if "prefix" not in given:
            raise RefusedError(400, "give the parameter prefix")
        cursor = _number(given.get("cursor", "0"), "cursor", least=0)
        return JSONResponse(
            await self._work(lambda service, _: service.suggest(kind, given["prefix"], given.get("type", ""), cursor))
        )

    async def fly_out(self, request: Request) -> Response:
        """Return a line of HTML on an entity, a property or a type."""
        kind, given = _kind(request), _parameters(request, "id")
        found = await self._work(lambda service, _: service.fly_out(kind, given.get("id", "")))
        return JSONResponse(found) if found else refuse(404, f"there is no {kind} of that id")

    async def properties(self, request: Request) -> Response:
        """Propose properties of a type."""
        given = _parameters(request, "type", "limit")
        limit = _number(given.get("limit", "100"), "limit", least=1)
        return JSONResponse(await self._work(lambda service, _: service.properties(given.get("type", ""), limit)))

    async def preview(self, request: Request) -> Response:
        """Return a small page on an entity."""
        given = _parameters(request, "id")

        def made(service: Service, site: Site) -> bytes | None:
            entity = service.entities.find(given.get("id", ""))
            if entity is None:
                return None
            words, facts = service.describe(entity), service.facts(entity)
            return site.page("preview.html", "reconcile/preview", entity=entity, words=words, facts=facts)

        body = await self._work(made)
        if body is None:
            return refuse(404, "there is nothing of that id")
        return Response(body, media_type="text/html; charset=utf-8", headers=FRAMED)


def _kind(request: Request) -> str:
    kind = str(request.path_params["kind"])
    if kind not in ("entity", "property", "type"):
        raise RefusedError(404, "suggestions are of an entity, a property or a type")
    return kind


def _parameters(request: Request, *known: str) -> dict[str, str]:
    given = dict(pairs(request.url.query))
    if unknown := sorted(set(given) - set(known)):
        raise RefusedError(400, f"there is no parameter {unknown[0][:80]!r}; there are: {', '.join(known)}")
    return given


def _number(text: str, name: str, *, least: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text) >= least):
        raise RefusedError(400, f"{name} is to be a whole number, {least} or more")
    return int(text)
