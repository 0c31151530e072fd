"""Crawls: the web pages of a WARC (or ARC) file, record by record.

A record's WARC-Date is the day of the crawl, never that of publication.
https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/
"""

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from kg.articles.packing import HEAD, LARGEST, ByPieces, Stream, Unreadable

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
"""Media types of articles; of what else a crawl holds (pictures, scripts, redirections) nothing is said."""
LONGEST_HEADER = 1_000_000
"""Bytes of one record's header."""
_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})


class Record(msgspec.Struct, frozen=True):
    """A page of a crawl: its number among all records of the file, what it holds or why it does not."""

    number: int
    page: bytes = b""
    url: str | None = None
    media_type: str = ""
    charset: str | None = None
    warnings: tuple[str, ...] = ()
    problem: str = ""


def is_crawl(head: bytes) -> bool:
    """Return whether a file that begins with ``head`` is a crawl.

    >>> is_crawl(b"WARC/1.0\\r\\nWARC-Type: warcinfo"), is_crawl(b"WARC files hold crawls.")
    (True, False)
    """
    return head.startswith((b"WARC/0.", b"WARC/1.", b"WARC/2.", b"filedesc://"))


class _Watched(ByPieces):
    """A stream of which a header without end is given up."""

    def __init__(self, stream: Stream) -> None:
        super().__init__(stream)
        self.left: int | None = LONGEST_HEADER

    def read(self, size: int = HEAD) -> bytes:
        """Return some bytes. Raises `Unreadable` where a header goes on and on."""
        data = super().read(size)
        if self.left is not None:
            self.left -= len(data)
            if self.left < 0:
                raise Unreadable("is a damaged WARC file: a record's header has no end; fetch it again")
        return data


def records(stream: Stream) -> Iterator[Record]:
    """Yield the pages of an unpacked crawl. Raises `Unreadable` at damage, where nothing more can be read."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    class Records(ArchiveIterator):  # type: ignore[misc]
        INC_RECORD = ""  # what is amiss between two records is counted there, and told here

    logging.getLogger("warcio").addHandler(logging.NullHandler())  # what matters of its warnings is told here
    watched = _Watched(stream)
    found = Records(watched, no_record_parse=True)
    number = 0
    while True:
        watched.left = LONGEST_HEADER
        try:
            record = next(found)
        except StopIteration:
            if watched.last.rstrip(b"\r\n\0 ") and not watched.last.endswith(b"\n"):
                raise _damaged(number, "the header of the next one is cut off") from None
            break
        except (ArchiveLoadFailed, ValueError, AttributeError) as error:
            raise _damaged(number, _brief(error)) from None
        number += 1
        watched.left = None
        page = _page(record, number)
        _skip(record)
        if getattr(record.raw_stream, "limit", 0) > 0:
            raise _damaged(number - 1, "the next one is cut off")
        if page is not None:
            yield page
        if found.err_count:
            raise _damaged(number, "a record is longer than it says")


def _damaged(number: int, what: str) -> Unreadable:
    return Unreadable(
        f"is a damaged or truncated WARC file after record {number} ({what}); what comes before is read, fetch it again"
    )


def _skip(record: "ArcWarcRecord") -> None:
    while record.raw_stream.read(HEAD):
        pass


def _page(record: "ArcWarcRecord", number: int) -> Record | None:
    """Return the page that a record holds, ``None`` where it holds something else."""
    headers = record.rec_headers
    url = headers.get_header("WARC-Target-URI") or headers.get_header("uri")
    if record.rec_type == "response":
        return _response(record, number, url)
    if record.rec_type not in ("resource", "conversion"):
        return None
    media_type, charset = _media_type(record.content_type)
    return _whole(record.raw_stream, record, Record(number, b"", url, media_type, charset))


def _response(record: "ArcWarcRecord", number: int, url: str | None) -> Record | None:
    """Return the page of an HTTP response, ``None`` where it is none or another status than success."""
    from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

    if not (url or "").startswith(("http:", "https:")):
        return None
    try:
        http = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/2.0"]).parse(record.raw_stream)
    except (StatusAndHeadersParserException, EOFError, ValueError):
        return Record(number, url=url, problem="is no answer of a web server; fetch the crawl again")
    if not http.get_statuscode().startswith("2"):
        return None
    media_type, charset = _media_type(http.get_header("Content-Type"))
    encoding = (http.get_header("Content-Encoding") or "").strip().lower()
    if media_type in PAGES and encoding not in _ENCODINGS:
        return Record(number, url=url, problem=f"is packed as {encoding[:20]!r}, which is not read; crawl it unpacked")
    record.http_headers = http
    return _whole(record.content_stream(), record, Record(number, b"", url, media_type, charset))


def _whole(content: Any, record: "ArcWarcRecord", page: Record) -> Record | None:
    """Return ``page`` with its content."""
    if page.media_type not in PAGES:
        return None
    try:
        data = content.read(LARGEST + 1)
        while len(data) <= LARGEST and (more := content.read(LARGEST + 1 - len(data))):
            data += more
    except (OSError, ValueError, EOFError) as error:
        return msgspec.structs.replace(page, problem=f"cannot be unpacked ({_brief(error)}); fetch the crawl again")
    cut = record.rec_headers.get_header("WARC-Truncated")
    warnings = (f"the crawl cut the page off ({cut[:20]})",) if cut else ()
    return msgspec.structs.replace(page, page=data, warnings=warnings)


def _media_type(stated: str | None) -> tuple[str, str | None]:
    """Return a media type and its charset.

    >>> _media_type('text/html; Charset="UTF-8"'), _media_type(None)
    (('text/html', 'UTF-8'), ('', None))
    """
    name, *parameters = (stated or "").split(";")
    pairs = (parameter.partition("=") for parameter in parameters)
    charset = next((value.strip(" \"'") for key, _, value in pairs if key.strip().lower() == "charset"), None)
    return name.strip().lower(), charset or None


def _brief(error: Exception) -> str:
    return (str(error) or type(error).__name__).split("\n")[0][:100]
