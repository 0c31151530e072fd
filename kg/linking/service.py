"""A reconciliation service: what it says of itself, what it is asked, and what of its answers can be used.

Reconciliation Service API 0.1 (https://reconciliation-api.github.io/specs/0.1/) and 0.2 (…/specs/0.2/).
"""

import json
import math
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode, urljoin, urlsplit

import msgspec

from kg.errors import LinkError, TransportError
from kg.iris import digest
from kg.namespaces import PREFIXES
from kg.transport import Transport

VERSIONS = ("0.1", "0.2")
BATCH = 10
"""Queries sent at once, unless the service wants fewer; the Wikidata service slows down above."""
LONGEST = 300
"""Characters of a name or description that are kept."""
_QID = re.compile(r"Q[1-9]\d*")


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a service says of itself."""

    name: str
    identifier_space: str
    schema_space: str
    versions: tuple[str, ...]
    view: str = ""
    """Template of the address of an entity."""
    types: tuple[tuple[str, str], ...] = ()
    """Id and name of the types it offers by default."""
    properties_url: str = ""
    """Where it lists its properties."""
    batch: int = BATCH

    @property
    def is_wikidata(self) -> bool:
        """Whether its types and properties are Wikidata's."""
        return self.identifier_space == PREFIXES["wd"] and "wikidata.org/prop" in self.schema_space


Value = str | dict[str, str]
"""The value of a property: words, or the id and name of an entity."""


class Query(msgspec.Struct, frozen=True):
    """One question: a name, and what is known of whoever bears it."""

    text: str
    type: str = ""
    properties: dict[str, tuple[Value, ...]] = {}
    limit: int = 5

    def plain(self) -> dict[str, Any]:
        """Return it as the API wants it."""
        plain: dict[str, Any] = {"query": self.text, "limit": self.limit}
        if self.type:
            plain |= {"type": self.type, "type_strict": "should"}
        if self.properties:
            plain["properties"] = [{"pid": pid, "v": list(values)} for pid, values in self.properties.items()]
        return plain


class Candidate(msgspec.Struct, frozen=True):
    """An entity that the service proposes."""

    id: str
    name: str
    score: float
    description: str = ""


class Answer(msgspec.Struct, frozen=True):
    """The candidates for one query, best first, or why there are none to trust."""

    candidates: tuple[Candidate, ...] = ()
    problem: str = ""


class Service:
    """A service that has been asked for its manifest."""

    def __init__(self, url: str, manifest: Manifest, transport: Transport, cache: "Cache | None" = None) -> None:
        self.url, self.manifest, self.transport, self.cache = url, manifest, transport, cache

    @classmethod
    def connect(cls, url: str, transport: Transport, cache: "Cache | None" = None) -> "Service":
        """Return the service at ``url``. Raises `LinkError` where there is none that this client understands."""
        if not _is_address(url):
            raise LinkError(f"{url!r} is not the address of a service; it begins with http:// or https://")
        return cls(url, read_manifest(get_json(transport, "GET", url), url), transport, cache)

    @property
    def space(self) -> str:
        """The IRI that identifiers are appended to, ending in a sign that parts names."""
        space = self.manifest.identifier_space
        return space if space.endswith(("/", "#", "=", ":")) else f"{space}/"

    def iri(self, identifier: str) -> str | None:
        """Return the IRI of an entity, None where the identifier cannot be one of this service.

        A file of Wikidata items that is served on this machine has a placeholder for its identifier space
        ("http://localhost/…"), which names nothing to anybody else: its items are Wikidata's.
        """
        is_item = _QID.fullmatch(identifier) is not None
        if is_item and _is_local(self.space):
            return PREFIXES["wd"] + identifier
        is_name = quote(identifier, safe="-._~:@!$&'()*+,;=%/") == identifier != ""
        return self.space + identifier if (is_item if self.space == PREFIXES["wd"] else is_name) else None

    def ask(self, queries: Sequence[Query]) -> list[Answer]:
        """Return an answer a query, in order; what was asked before comes from the cache. Raises `LinkError`."""
        known = [self.cache.get(query) if self.cache else None for query in queries]
        asked = [query for query, answer in zip(queries, known, strict=True) if answer is None]
        fresh = iter(self._ask(asked) if asked else ())
        return [answer if answer is not None else next(fresh) for answer in known]

    def _ask(self, queries: Sequence[Query]) -> list[Answer]:
        batch = {f"q{n}": query.plain() for n, query in enumerate(queries)}
        found = get_json(self.transport, "POST", self.url, {"queries": json.dumps(batch, ensure_ascii=False)})
        if not isinstance(found, dict):
            raise LinkError(f"{self.url} answered with a list or a bare value, not with a result for each query")
        answers = [read_result(found.get(f"q{n}")) for n in range(len(queries))]
        if self.cache:
            self.cache.put(pair for pair in zip(queries, answers, strict=True) if not pair[1].problem)
        return answers

    def properties(self) -> dict[str, str]:
        """Return the properties that the service offers, id by name in lower case; none where it lists none."""
        if not self.manifest.properties_url:
            return {}
        try:
            found = get_json(self.transport, "GET", self.manifest.properties_url)
            return {str(row["name"]).casefold(): str(row["id"]) for row in found["properties"]}
        except (LinkError, TransportError, LookupError, TypeError):
            return {}  # a help that many services announce and do not give

    def look_up(self, identifier: str) -> str:
        """Return why an entity cannot be what was proposed (gone, redirected), empty where nothing speaks against it.

        For a service on this machine nobody elsewhere is asked: only a view on this machine is looked at.
        """
        address = self._address(identifier)
        if not address or (_is_local(self.url) and not _is_local(address)):
            return ""
        try:
            response = self.transport.request("GET", address)
            for _ in range(4):
                if not (300 <= response.status < 400 and (target := response.headers.get("location"))):
                    break
                response = self.transport.request("GET", urljoin(response.url, target))
        except TransportError:
            return "it could not be looked up"
        if response.status in (404, 410):
            return "it is gone"
        if response.status != 200:
            return f"looking it up gives status {response.status}"
        return _redirection(identifier, response.url, response.body)

    def _address(self, identifier: str) -> str:
        """Return where an entity is described; of Wikidata the data, for its pages do not show redirections."""
        if self.manifest.identifier_space == PREFIXES["wd"] and not _is_local(self.url):
            return f"https://www.wikidata.org/wiki/Special:EntityData/{identifier}.json"
        return self.manifest.view.replace("{{id}}", quote(identifier, safe="")) if self.manifest.view else ""


def get_json(transport: Transport, method: str, url: str, fields: Mapping[str, str] | None = None) -> Any:
    """Return the JSON of an answer with status 200. Raises `LinkError` for any other, `TransportError` for none."""
    headers = {"Accept": "application/json"}
    if fields:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    body = urlencode(fields).encode() if fields else None
    response = transport.request(method, url, body=body, headers=headers)
    if 300 <= response.status < 400:
        target = response.headers.get("location") or "another address"
        raise LinkError(f"{url} has moved to {target}; give that as --service if you trust it")
    if response.status != 200:
        raise LinkError(f"{url} answered with status {response.status}; check the address, or try again later")
    try:
        return json.loads(response.body)
    except (ValueError, RecursionError):
        found = f"{response.kind or 'something'} that is no JSON" if response.body else "nothing"
        raise LinkError(f"{url} answered with {found}; check that it is a reconciliation service") from None


def _redirection(identifier: str, url: str, body: bytes) -> str:
    """Return whether a description is that of another entity, told by its address or, where it is JSON, its content."""
    if not re.search(rf"(?<!\w){re.escape(identifier)}(?!\w)", unquote(url)):
        return f"it redirects to {url}"
    try:
        entities = json.loads(body)["entities"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""
    if isinstance(entities, dict) and entities and identifier not in entities:
        return f"it redirects to {', '.join(map(str, list(entities)[:3]))}"
    return ""


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", url)


def _is_local(url: str) -> bool:
    """Return whether an address is on this machine."""
    host = urlsplit(url).hostname or ""
    return host in ("localhost", "::1") or host.endswith(".localhost") or bool(re.fullmatch(r"127(\.\d+){3}", host))


def read_manifest(data: Any, url: str) -> Manifest:
    """Return a manifest, checked. Raises `LinkError`."""
    if not isinstance(data, dict):
        raise LinkError(f"{url} answered with no manifest; check that it is a reconciliation service")
    texts = {key: data.get(key) for key in ("name", "identifierSpace", "schemaSpace")}
    missing = [key for key, value in texts.items() if not isinstance(value, str) or not value]
    if missing:
        raise LinkError(f"the manifest of {url} has no {', '.join(missing)}; check that it is a reconciliation service")
    versions = data.get("versions", ["0.1"])  # 0.1 knows no such field
    if not isinstance(versions, list) or not set(map(str, versions)) & set(VERSIONS):
        raise LinkError(f"{url} speaks version {versions} of the API, this client {' and '.join(VERSIONS)}")
    if "authentication" in data:
        raise LinkError(f"{url} asks for a key, which this client does not have; give --service another address")
    return Manifest(
        name=data["name"],
        identifier_space=data["identifierSpace"],
        schema_space=data["schemaSpace"],
        versions=tuple(map(str, versions)),
        view=_template(data.get("view")),
        types=tuple(_types(data.get("defaultTypes"))),
        properties_url=_properties_url(data.get("extend")),
        batch=_batch(data.get("batchSize")),
    )


def _template(view: Any) -> str:
    url = str(view.get("url", "")) if isinstance(view, dict) else ""
    return url if "{{id}}" in url and _is_address(url) else ""


def _types(types: Any) -> Iterator[tuple[str, str]]:
    for one in types if isinstance(types, list) else ():
        if isinstance(one, dict) and isinstance(one.get("id"), str):
            yield one["id"], str(one.get("name") or one["id"])


def _properties_url(extend: Any) -> str:
    where = extend.get("propose_properties") if isinstance(extend, dict) else None
    if not isinstance(where, dict):
        return ""
    url = f"{where.get('service_url', '')}{where.get('service_path', '')}"
    return f"{url}?type=" if _is_address(url) else ""


def _batch(size: Any) -> int:
    return min(size, BATCH) if isinstance(size, int) and size > 0 else BATCH


def read_result(data: Any) -> Answer:
    """Return the answer to one query; one candidate that breaks the rules makes all of them useless.

    For a tie would go unseen if the broken one were left out.

    >>> read_result({"result": [{"name": "A", "score": 1}]}).problem
    'a candidate has no id'
    """
    if not isinstance(data, dict) or not isinstance(data.get("result"), list):
        return Answer(problem="there is no result for it")
    found = []
    for one in data["result"]:
        problem = _problem(one)
        if problem:
            return Answer(problem=problem)
        found.append(
            Candidate(one["id"], _one_line(one["name"]), float(one["score"]), _one_line(one.get("description")))
        )
    return Answer(tuple(sorted(found, key=lambda c: (-c.score, c.id))))


def _one_line(text: Any) -> str:
    """Return words of a service as one line without control characters: they are printed, and stored in rows."""
    plain = "".join(c if c.isprintable() else " " for c in text[:LONGEST]) if isinstance(text, str) else ""
    return " ".join(plain.split())


def _problem(one: Any) -> str:
    if not isinstance(one, dict):
        return "a candidate is no object"
    if not isinstance(one.get("id"), str) or not one["id"].strip():
        return "a candidate has no id"
    if not isinstance(one.get("name"), str):
        return f"the candidate {one['id']} has no name"
    score = one.get("score")
    if isinstance(score, bool) or not isinstance(score, int | float) or not math.isfinite(score):
        return f"the score of {one['id']} is no number"
    return ""


class Cache:
    """Answers on disk, a file a service, a line an answer: what was answered stays whatever comes after.

    A ``fresh`` one does not read what was answered before.
    """

    def __init__(self, folder: Path, url: str, *, fresh: bool = False) -> None:
        self.path = folder / f"{digest(url)}.jsonl"
        self._answers = {} if fresh else dict(_cached_lines(self.path))

    def get(self, query: Query) -> Answer | None:
        """Return the answer a query was given before."""
        return self._answers.get(_cache_key(query))

    def put(self, pairs: Iterable[tuple[Query, Answer]]) -> None:
        """Keep answers; on return they are on disk."""
        added = {_cache_key(query): answer for query, answer in pairs}
        self._answers |= added
        lines = b"".join(msgspec.json.encode([key, answer]) + b"\n" for key, answer in added.items())
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab") as file:
                file.write(lines)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise LinkError(f"{self.path} cannot be written ({error.strerror}); give --cache another folder") from None


def _cache_key(query: Query) -> str:
    return digest(json.dumps(query.plain(), sort_keys=True), 32)


def _cached_lines(path: Path) -> Iterator[tuple[str, Answer]]:
    """Yield the answers of a file; a line cut short by a crash is left out."""
    lines = path.read_bytes().split(b"\n") if path.is_file() else []
    for line in lines:
        try:
            yield msgspec.json.decode(line, type=tuple[str, Answer])
        except msgspec.DecodeError:
            continue
