"""Archives, crawls and feeds made of a few lines, for tests of reading them."""

import io
import tarfile
import zipfile
from collections.abc import Mapping, Sequence

SENTENCE = "The foreign minister of Malta received the ambassador of Ghana in Valletta on Friday."


def page(words: str, *, head: str = "") -> bytes:
    """Return a web page with a headline and two paragraphs that say ``words``."""
    body = f"<h1>Envoy of Ghana received in {words}</h1><p>{SENTENCE}</p><p>They spoke of {words}.</p>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def tarred(members: Mapping[str, bytes], mode: str = "w") -> bytes:
    """Return a tar archive, packed as ``mode`` says (``w:gz`` …)."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return packed.getvalue()


def response(content: bytes, headers: Sequence[str] = ("Content-Type: text/html",), status: str = "200 OK") -> bytes:
    """Return an answer of a web server."""
    return "\r\n".join((f"HTTP/1.1 {status}", *headers, "", "")).encode() + content


def record(block: bytes, url: str = "", kind: str = "response", headers: Sequence[str] = ()) -> bytes:
    """Return a record of a WARC file."""
    media = "application/http; msgtype=response" if kind == "response" else "text/plain"
    lines = ["WARC/1.0", f"WARC-Type: {kind}", "WARC-Date: 2024-05-06T07:08:09Z", f"Content-Type: {media}"]
    lines += [f"WARC-Target-URI: {url}"] if url else []
    lines += [f"Content-Length: {len(block)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + block + b"\r\n\r\n"


def rss(*items: str, title: str = "The Malta Gazette") -> bytes:
    """Return an RSS feed of the items given as XML."""
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"'
    channel = f"<title>{title}</title><link>https://gazette.example/</link><language>en</language>{''.join(items)}"
    return f'<?xml version="1.0"?><rss version="2.0" {spaces}><channel>{channel}</channel></rss>'.encode()


def atom(*entries: str) -> bytes:
    """Return an Atom feed of the entries given as XML."""
    head = "<title>The Malta Gazette</title><updated>2024-05-06T07:08:09Z</updated>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{head}{"".join(entries)}</feed>'.encode()
