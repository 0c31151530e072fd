"""Bad files of every kind that archives of news hold, each with what must become of it.

    python tests/badfiles.py DIR

writes them, and the good ones that stand beside them, into DIR.
"""

import bz2
import gzip
import io
import json
import lzma
import os
import socket
import struct
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from packed import SENTENCE, atom, record, response, rss, tarred, zipped

MB = 1_000_000
QUICK = partial(gzip.open, compresslevel=1)


class Bad(NamedTuple):
    """A file: its bytes or how it is made, and what becomes of each thing in it, by what follows the file's name.

    ``read`` and ``same`` (as another) may be followed by ``~`` and a part of the warning; ``refused`` is followed by a
    part of the reason.
    """

    content: bytes | Callable[[Path], object]
    outcome: str | Mapping[str, str]


def told(topic: str) -> str:
    """Return two sentences that no other file has."""
    return f"{SENTENCE} They spoke of {topic} and of trade between the two countries."


def text(topic: str) -> bytes:
    """Return a plain text about ``topic``."""
    return f"Envoy of Ghana comes to Malta\n\n{told(topic)}\n".encode()


def html(topic: str, head: str = "", before: str = "", after: str = "") -> str:
    """Return a web page about ``topic``."""
    body = f"{before}<h1>Envoy of Ghana comes to Malta</h1><p>{told(topic)}</p>{after}"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def row(topic: str, **fields: Any) -> bytes:
    """Return a record about ``topic`` as JSON."""
    return json.dumps({"title": "Envoy of Ghana comes to Malta", "text": told(topic), **fields}).encode()


def item(topic: str, more: str = "") -> str:
    """Return an item of RSS about ``topic``."""
    return f"<item><title>Envoy of Ghana comes to Malta</title><description>{told(topic)}</description>{more}</item>"


def crawled(topic: str, **more: Any) -> bytes:
    """Return a record of a crawl with a page about ``topic``."""
    return record(response(html(topic).encode()), f"https://gazette.example/{topic.replace(' ', '-')}", **more)


def linked(target: str) -> Callable[[Path], object]:
    """Return what makes a symbolic link."""
    return lambda path: path.symlink_to(target)


def listening(path: Path) -> None:
    """Make a socket."""
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may have 107 bytes
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def closed(path: Path) -> None:
    """Make a file that nobody may read."""
    path.write_bytes(text("secrets"))
    path.chmod(0)


def folder(files: Mapping[str, bytes], loop: bool = False) -> Callable[[Path], object]:
    """Return what makes a folder."""

    def make(path: Path) -> None:
        path.mkdir()
        for name, content in files.items():
            (path / name).write_bytes(content)
        if loop:
            (path / "again").symlink_to("..")

    return make


def repeated(piece: bytes, size: int, *, start: bytes = b"", pack: Any = None) -> Callable[[Path], object]:
    """Return what writes ``piece`` again and again up to ``size`` bytes, packed or not, without holding it."""

    def make(path: Path) -> None:
        with (pack or open)(path, "wb") as output:
            output.write(start)
            block = piece * (MB // len(piece))
            for _ in range(size // len(block)):
                output.write(block)

    return make


def zip_bomb(path: Path) -> None:
    """Write a ZIP archive of members of 15 MB each, lines of JSON that are empty."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(4):
            archive.writestr(f"{n}.jsonl", b"\n" * 15 * MB)


def tar_bomb(path: Path) -> None:
    """Write a packed tar archive with a good member and one of 300 MB."""
    with tarfile.open(path, "w:gz", compresslevel=1) as archive:
        for name, size in (("a.txt", 0), ("b.txt", 300 * MB)):
            data = text("a bomb in a tar archive") if not size else b""
            member = tarfile.TarInfo(name)
            member.size = size or len(data)
            archive.addfile(member, io.BytesIO(data) if data else Zeros(size))


class Zeros(io.RawIOBase):
    """Endless spaces."""

    def __init__(self, size: int) -> None:
        self.size = size

    def read(self, size: int = -1) -> bytes:
        """Return ``size`` of them."""
        return b" " * size


def long_header() -> bytes:
    """Return a tar archive whose first header claims a name of 4 GB and brings 100 MB of it."""
    member = tarfile.TarInfo("././@LongLink")
    member.type, member.size = tarfile.GNUTYPE_LONGNAME, 4 * 1024 * MB
    return gzip.compress(member.tobuf(tarfile.GNU_FORMAT) + b"a" * 100 * MB, 1)


def overlapping() -> bytes:
    """Return a ZIP archive whose directory lists one member five times."""
    data = zipped({"a.txt": text("one member listed often")})
    at = data.rfind(b"PK\x05\x06")
    start = struct.unpack_from("<L", data, at + 16)[0]
    listing = data[start:at]
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 5, 5, len(listing) * 5, start, 0)
    return data[:start] + listing * 5 + end


def patched(data: bytes, at: bytes, offset: int, value: bytes) -> bytes:
    """Return data with ``value`` at ``offset`` from each occurrence of ``at``."""
    changed = bytearray(data)
    here = changed.find(at)
    while here >= 0:
        changed[here + offset : here + offset + len(value)] = value
        here = changed.find(at, here + 4)
    return bytes(changed)


def in_zip(flags: int | None = None, method: int | None = None) -> bytes:
    """Return a ZIP archive whose only member claims to be encrypted, or packed by a method."""
    data = zipped({"a.txt": text("a strange member")})
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        if flags is not None:
            data = patched(data, magic, offset, struct.pack("<H", flags))
        if method is not None:
            data = patched(data, magic, offset + 2, struct.pack("<H", method))
    return data


def special_members() -> bytes:
    """Return a tar archive of links and devices, and one file."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, kind in (("link", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("device", tarfile.CHRTYPE)):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
        data = text("special members")
        member = tarfile.TarInfo("a.txt")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return packed.getvalue()


def zip_link() -> bytes:
    """Return a ZIP archive with a symbolic link."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        member = zipfile.ZipInfo("link")
        member.create_system, member.external_attr = 3, 0o120777 << 16
        archive.writestr(member, "/etc/passwd")
    return packed.getvalue()


def laughs(count: int) -> bytes:
    """Return a feed whose entities grow ten times ``count`` times over."""
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, count))
    return rss(item(f"&a{count - 1};")).replace(b"<rss", f"<!DOCTYPE rss [{entities}]><rss".encode())


def reads(mark: str, parts: Iterable[object]) -> dict[str, str]:
    """Return the outcome of parts of a file that are read."""
    return {f"{mark}{part}": "read" for part in parts}


NESTED = "<div>" * 300, "</div>" * 300
CHINESE = "越南国家主席会见了来访的外交部长，双方讨论了贸易。" * 3
EMPTY, NOTHING, BINARY = "refused is empty", "refused no text left", "refused is binary data"
BIG, BOMB, CUT = (
    "refused is larger than 20 MB",
    "refused unpacks to more than 200 times",
    "refused damaged or truncated",
)
OUT, LINK = "refused leads out of its archive", "refused is a link or device"

ENCODINGS: dict[str, Bad] = {
    "utf8-bom.txt": Bad(b"\xef\xbb\xbf" + text("byte order marks"), "read"),
    "utf8-two-boms.txt": Bad(b"\xef\xbb\xbf" * 2 + text("two marks"), "read"),
    "utf16-le.txt": Bad(text("little ends").decode().encode("utf-16"), "read"),
    "utf16-be.txt": Bad(b"\xfe\xff" + text("big ends").decode().encode("utf-16-be"), "read"),
    "utf16-bare.txt": Bad(text("bare pairs").decode().encode("utf-16-le"), "read"),
    "utf32.txt": Bad(text("four bytes").decode().encode("utf-32"), "read"),
    "utf16.jsonl": Bad(
        (row("wide rows").decode() + "\n{x\n").encode("utf-16"), {"#1": "read", "#2": "refused not JSON"}
    ),
    "cp1252.txt": Bad(text("caf\u00e9s").decode().encode("cp1252"), "read ~ Windows-1252"),
    "latin1.html": Bad(html("na\u00efve art", '<meta charset="iso-8859-1">').encode("latin-1"), "read"),
    "lying-charset.html": Bad(html("fa\u00e7ades", '<meta charset="utf-8">').encode("cp1252"), "read ~ Windows-1252"),
    "unknown-charset.html": Bad(html("Klingon", '<meta charset="klingon">').encode(), "read"),
    "rot13-charset.html": Bad(html("codes", '<meta charset="rot13">').encode(), "read"),
    "utf16-said-inside.html": Bad(html("lies", '<meta charset="utf-16">').encode(), "read"),
    "gb2312.html": Bad(f'<html><head><meta charset="gb2312"></head><p>{CHINESE}</p>'.encode("gb18030"), "read"),
    "shift-jis.html": Bad(
        '<html><head><meta charset="shift_jis"></head><p>首脳会談が行われ、貿易について協議した。'
        "両国は協力を深めることで一致した。</p>".encode("shift_jis"),
        "read",
    ),
    "koi8-r.html": Bad(
        '<html><head><meta charset="koi8-r"></head><p>Министр иностранных дел принял посла Ганы в '
        "пятницу, они обсудили торговлю.</p>".encode("koi8-r"),
        "read",
    ),
    "mojibake.txt": Bad(text("caf\u00c3\u00a9s once more"), "read"),
    "half-a-character.txt": Bad(text("halves") + b"\xe2\x82", "read ~ Windows-1252"),
    "surrogate-bytes.txt": Bad(text("surrogates") + b"\xed\xa0\x80", "read ~ Windows-1252"),
    "lone-surrogate.json": Bad(row("lone ones").replace(b"lone", b"lone \\ud800"), "read ~ lone surrogates"),
    "surrogate-in-title.json": Bad(
        b'{"title": "Envoy \\udfff comes", "text": "' + told("odd titles").encode() + b'"}', "read"
    ),
}
CHARACTERS: dict[str, Bad] = {
    "nul.txt": Bad(text("nuls").replace(b"Malta", b"Mal\0ta"), "read ~ control characters"),
    "nul-in-json.json": Bad(row("nuls in rows").replace(b"Malta", b"Mal\\u0000ta"), "read ~ control characters"),
    "control.txt": Bad(text("bells").replace(b"They", b"\x07\x1b[31mThey"), "read ~ control characters"),
    "all-nul.txt": Bad(bytes(5000), BINARY),
    "noncharacters.txt": Bad(text("nothing \ufffe\uffff"), "read ~ control characters"),
    "old-line-ends.txt": Bad(text("old Macs").replace(b"\n", b"\r"), "read"),
    "odd-line-ends.txt": Bad(text("next lines").decode().replace("\n", "\u2028").encode(), "read"),
    "right-to-left.txt": Bad(text("\u202eedart\u202c"), "read"),
    "arabic.txt": Bad(
        "استقبل وزير الخارجية المالطي سفير غانا يوم الجمعة وتحدثا عن التجارة بين البلدين.".encode(), "read"
    ),
    "zero-width.txt": Bad(text("zero\u200bwidth\u200djoiners"), "read"),
    "confusables.txt": Bad(
        "President Vo Van Thu\u043eng received the envoy of Malta in Hanoi on Friday.".encode(), "read"
    ),
    "combining.txt": Bad(text("zalgo" + "\u0301" * 5000), "read"),
    "emoji.txt": Bad(text("👩‍👩‍👧‍👦🇲🇹"), "read"),
    "private-use.txt": Bad(text("\ue000\uf8ff signs"), "read"),
}
EMPTIES: dict[str, Bad] = {
    "empty.txt": Bad(b"", EMPTY),
    "empty.html": Bad(b"", EMPTY),
    "empty.json": Bad(b"", EMPTY),
    "blank.txt": Bad(b" \n\t\n\r\n ", EMPTY),
    "only-a-mark.txt": Bad(b"\xef\xbb\xbf", EMPTY),
    "blank-lines.jsonl": Bad(b"\n\n \n", EMPTY),
    "empty.txt.gz": Bad(gzip.compress(b""), EMPTY),
    "empty.zip": Bad(zipped({}), "refused holds no articles"),
    "folders-only.zip": Bad(zipped({"a/": b"", "a/b/": b""}), "refused holds no articles"),
    "no-pages.warc": Bad(record(b"software: x", kind="warcinfo"), "refused holds no articles"),
    "only-tags.html": Bad(b"<!DOCTYPE html><html><body><div><p></p></div></body></html>", EMPTY),
    "only-scripts.html": Bad(b"<html><script>var a = 1;</script><style>p {}</style></html>", EMPTY),
    "menu.txt": Bad(b"Home\nNews\nSports\nContact us\nLog in\n", NOTHING),
    "frameset.html": Bad(b"<html><frameset><frame src=a.html></frameset></html>", EMPTY),
    "empty-list.json": Bad(b"[]", "refused is an empty list"),
    "empty-record.json": Bad(b"{}", "refused has no text"),
}
BINARIES: dict[str, Bad] = {
    "picture.txt": Bad(b"\x89PNG\r\n\x1a\n" + bytes(99), "refused is a picture"),
    "photo.html": Bad(b"\xff\xd8\xff\xe0" + bytes(99), "refused is a picture"),
    "paper.pdf": Bad(b"%PDF-1.7\n%\xe2\xe3", "refused is a PDF"),
    "letter.docx": Bad(
        zipped({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<w/>"}), "refused office document"
    ),
    "letter.odt": Bad(zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "refused office document"),
    "letter.doc": Bad(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "refused is an office document"),
    "book.epub": Bad(zipped({"mimetype": b"application/epub+zip", "a.html": b"<p>x"}), "refused office document"),
    "program": Bad(b"\x7fELF\x02\x01\x01" + bytes(99), "refused is a program"),
    "news.db": Bad(b"SQLite format 3\0" + bytes(99), "refused is a database"),
    "noise.txt": Bad(bytes(range(256)) * 40, BINARY),
    "news.7z": Bad(b"7z\xbc\xaf\x27\x1c" + bytes(99), "refused is a 7z archive"),
    "news.rar": Bad(b"Rar!\x1a\x07\x00" + bytes(99), "refused is a RAR archive"),
    "news.zst": Bad(b"(\xb5/\xfd" + bytes(99), "refused is Zstandard"),
    "news.parquet": Bad(b"PAR1" + bytes(99) + b"PAR1", "refused is Parquet"),
    "packed-twice.gz.gz": Bad(gzip.compress(gzip.compress(text("two packings"))), BINARY),
}
UNOPENABLE: dict[str, Bad] = {
    "closed.txt": Bad(closed, "read" if os.geteuid() == 0 else "refused may not be read"),
    "pipe.txt": Bad(os.mkfifo, "refused is a pipe, socket or device"),
    "socket.txt": Bad(listening, "refused is a pipe, socket or device"),
    "zeros.txt": Bad(linked("/dev/zero"), "refused is a pipe, socket or device"),
    "to-itself.txt": Bad(linked("to-itself.txt"), "refused is a link to itself"),
    "to-and.txt": Bad(linked("fro.txt"), "refused is a link to itself"),
    "fro.txt": Bad(linked("to-and.txt"), "refused is a link to itself"),
    "nowhere.txt": Bad(linked("not-there.txt"), "refused points nowhere"),
    "loop": Bad(folder({"a.txt": text("loops")}, loop=True), {"/a.txt": "read", "/again": "refused a link back"}),
    "folder.txt": Bad(folder({"b.txt": text("folders named like files")}), {"/b.txt": "read"}),
}
NAMES: dict[str, Bad] = {
    "line\nend.txt": Bad(text("line ends in names"), "read"),
    "tab\tand \"quotes\" 'too'.txt": Bad(text("quotes in names"), "read"),
    os.fsdecode(b"not-utf8-\xff.txt"): Bad(text("names of bytes"), "read"),
    "n" * 250 + ".txt": Bad(text("long names"), "read"),
    "-rf.txt": Bad(text("names like options"), "read"),
    "\u202egpj.txt": Bad(text("names turned round"), "read"),
    "📰 #1!x.txt": Bad(text("signs in names"), "read"),
    "\x1b[31mred.txt": Bad(text("colours in names"), "read"),
    "100%25?a=b&c.html": Bad(html("names like addresses").encode(), "read"),
}
HUGE: dict[str, Bad] = {
    "huge.txt": Bad(repeated(b"Talks were held. ", 25 * MB), BIG),
    "huge.html": Bad(repeated(b"<p>Talks were held.", 25 * MB, start=b"<html>"), BIG),
    "huge.json": Bad(repeated(b"Talks were held. ", 25 * MB, start=b'{"text": "'), BIG),
    "huge-row.jsonl": Bad(
        row("small rows") + b'\n{"text": "' + b"a" * 21 * MB + b'"}\n' + row("smaller rows"),
        {"#1": "read", "#2": BIG, "#3": "read"},
    ),
    "bomb.txt.gz": Bad(repeated(b"a ", 300 * MB, pack=QUICK), BIG),
    "bomb.jsonl.gz": Bad(repeated(b"\n", 60 * MB, pack=QUICK), BOMB),
    "bomb.jsonl.bz2": Bad(repeated(b"\n", 60 * MB, pack=bz2.open), BOMB),
    "bomb.jsonl.xz": Bad(repeated(b"\n", 60 * MB, pack=lzma.open), BOMB),
    "bomb.zip": Bad(zip_bomb, {"!0.jsonl": EMPTY, "!1.jsonl": EMPTY, "": BOMB}),
    "bomb.tar.gz": Bad(tar_bomb, {"!a.txt": "read", "!b.txt": BIG, "": BOMB}),
    "nested.zip": Bad(
        zipped({"b.zip": zipped({"c.zip": zipped({"d.txt": text("dolls")})})}), {"!b.zip": "refused file of its own"}
    ),
    "nested.tar": Bad(
        tarred({"b.tar": tarred({"c.tar": tarred({"d.txt": text("dolls")})})}),
        {"!b.tar!c.tar": "refused archives inside"},
    ),
    "long-header.tar.gz": Bad(long_header(), "refused a header is too long"),
    "overlapping.zip": Bad(overlapping(), {"!a.txt": "read", **{f"!a.txt~{n}": "same" for n in (2, 3, 4, 5)}}),
}
ROWS = b"".join(row(f"rows before a cut {n}") + b"\n" for n in range(9))
MORE_ROWS = (
    b'{"text": "' + b"".join(text(f"rows cut off {n}").strip() for n in range(900)).replace(b"\n", b" ") + b'"}\n'
)
PAIR = tarred({"a.txt": text("packed members before a cut"), "b.txt": text("packed members cut off") * 90})
CUTS: dict[str, Bad] = {
    "cut.txt.gz": Bad(gzip.compress(text("texts cut off") * 99)[:-50], CUT),
    "cut.jsonl.gz": Bad(gzip.compress(ROWS) + gzip.compress(MORE_ROWS)[:-100], {**reads("#", range(1, 10)), "": CUT}),
    "cut.jsonl.bz2": Bad(
        bz2.compress(ROWS.replace(b"rows", b"lines")) + bz2.compress(MORE_ROWS)[:-100],
        {**reads("#", range(1, 10)), "": CUT},
    ),
    "cut.jsonl.xz": Bad(
        lzma.compress(ROWS.replace(b"rows", b"verses")) + lzma.compress(MORE_ROWS)[:40],
        {**reads("#", range(1, 10)), "": CUT},
    ),
    "bad-sum.txt.gz": Bad(gzip.compress(text("sums"))[:-8] + bytes(8), CUT),
    "noise-behind.txt.gz": Bad(gzip.compress(text("what is behind")) + b"noise", CUT),
    "zeros-behind.txt.gz": Bad(gzip.compress(text("what is padded")) + bytes(600), "read"),
    "two-members.jsonl.gz": Bad(gzip.compress(row("one") + b"\n") + gzip.compress(row("another")), reads("#", (1, 2))),
    "no-gzip.gz": Bad(b"\x1f\x8b\x08\x00 nothing of the kind", CUT),
    "no-bzip2.bz2": Bad(b"BZh9 nothing of the kind", CUT),
    "no-xz.xz": Bad(b"\xfd7zXZ\0 nothing of the kind", CUT),
    "no-zip.zip": Bad(b"PK\x03\x04 nothing of the kind", CUT),
    "text-named.zip": Bad(text("false names"), "read"),
    "text-named.gz": Bad(text("names without packing"), "read"),
    "cut.zip": Bad(zipped({"a.txt": text("lost directories")})[:-30], CUT),
    "cut.tar": Bad(
        tarred({"a.txt": text("whole members"), "b.txt": text("half members") * 90})[:3000],
        {"!a.txt": "read", "!b.txt": "refused cut off", "": CUT},
    ),
    "cut-between.tar": Bad(tarred({"a.txt": text("members before a cut")})[:1024], {"!a.txt": "read", "": CUT}),
    "cut.tar.gz": Bad(gzip.compress(PAIR[:1536]) + gzip.compress(PAIR[1536:])[:-50], {"!a.txt": "read", "": CUT}),
    "cut.warc": Bad(crawled("whole pages") + crawled("half pages")[:-90], {"#1": "read", "": CUT}),
    "cut.warc.gz": Bad(
        gzip.compress(crawled("packed pages")) + gzip.compress(crawled("half of them"))[:-90], {"#1": "read", "": CUT}
    ),
    "cut-in-header.warc": Bad(
        crawled("pages before headers") + b"WARC/1.0\r\nWARC-Type: resp", {"#1": "read", "": CUT}
    ),
}
MEMBERS: dict[str, Bad] = {
    "leads-out.zip": Bad(
        zipped({"../../a.txt": text("ways out"), "b.txt": text("ways in")}), {"!../../a.txt": OUT, "!b.txt": "read"}
    ),
    "leads-out.tar": Bad(tarred({"a/../../b.txt": text("more ways out")}), {"!a/../../b.txt": OUT}),
    "backslashes.zip": Bad(
        zipped({"..\\a.txt": text("ways back"), "news\\b.txt": text("slashes")}),
        {"!..\\a.txt": OUT, "!news/b.txt": "read"},
    ),
    "absolute.tar": Bad(tarred({"/etc/passwd": text("roots")}), {"!etc/passwd": "read"}),
    "drive.zip": Bad(zipped({"C:\\news\\a.txt": text("drives")}), {"!news/a.txt": "read"}),
    "links.tar": Bad(special_members(), {"!link": LINK, "!hard": LINK, "!device": LINK, "!a.txt": "read"}),
    "link.zip": Bad(zip_link(), {"!link": LINK}),
    "encrypted.zip": Bad(in_zip(flags=1), {"!a.txt": "refused is encrypted"}),
    "strange-packing.zip": Bad(in_zip(method=97), {"!a.txt": "refused cannot be unpacked"}),
    "bad-sum.zip": Bad(
        zipped({"a.txt": text("bad sums"), "b.txt": text("good sums")}, zipfile.ZIP_STORED).replace(
            b"bad sums", b"bad sins"
        ),
        {"!a.txt": "refused Bad CRC", "!b.txt": "read"},
    ),
    "no-text.zip": Bad(
        zipped({"a.png": b"\x89PNG" + bytes(9), "b.txt": b"", "c.txt": text("pictures beside texts")}),
        {"!a.png": "refused is a picture", "!b.txt": EMPTY, "!c.txt": "read"},
    ),
    "odd-names.zip": Bad(
        zipped({"a\nb.txt": text("lines in members"), "\u202ec.txt": text("turns in members")}),
        {"!a\nb.txt": "read", "!\u202ec.txt": "read"},
    ),
}
PAGES: dict[str, Bad] = {
    "nested-300.html": Bad(html("nests", before=NESTED[0], after=NESTED[1]).encode(), "read"),
    "nested-100000.html": Bad(html("deep nests", before="<div>" * 100_000).encode(), "read"),
    "comments.html": Bad(html("comments", after="<!--" * 50_000).encode(), "read"),
    "open-comment.html": Bad(html("open comments", before="<!-- ").encode(), "read"),
    "endless-tag.html": Bad(html("endless tags", after="<a href='" + "x" * 500_000).encode(), "read"),
    "attributes.html": Bad(
        html("attributes", after="<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">").encode(), "read"
    ),
    "entities.html": Bad(html("&#0;&#xD800;&#99999999;&nosuch; signs").encode(), "read"),
    "no-body.html": Bad(f"<title>x</title><p>{told('pages without bodies')}".encode(), "read"),
    "unclosed.html": Bad(f"<html><body><p>{told('open ends')}<p><b><i><a href='".encode(), "read"),
    "bad-data.html": Bad(
        html("bad data", '<script type="application/ld+json">{"@type": [[[</script>').encode(), "read"
    ),
    "deep-data.html": Bad(
        html("deep data", f'<script type="application/ld+json">{"[" * 99_999}</script>').encode(), "read"
    ),
    "tables.html": Bad(html("tables", before="<table><tr><td>" * 2000).encode(), "read"),
}
RECORDS: dict[str, Bad] = {
    "bad-line.jsonl": Bad(
        row("good lines") + b"\n{bad\n\n" + row("lines after bad ones"),
        {"#1": "read", "#2": "refused not JSON", "#4": "read"},
    ),
    "shapes.jsonl": Bad(
        row("shapes") + b'\n[1]\n"x"\n3\nnull\ntrue\n',
        {"#1": "read", **{f"#{n}": "refused is no JSON object" for n in range(2, 7)}},
    ),
    "cut.json": Bad(row("cut records")[:-9], "refused is not JSON"),
    "cut-list.json": Bad(b"[" + row("cut lists") + b", " + row("more of them")[:-9], "refused is not JSON"),
    "number.json": Bad(b"3", "refused is no JSON object"),
    "string.json": Bad(b'"Talks were held in Malta."', "refused is no JSON object"),
    "null.json": Bad(b"null", "read"),
    "strings.json": Bad(b'["a", "b"]', {"#1": "refused is no JSON object", "#2": "refused is no JSON object"}),
    "deep.json": Bad(b"[" * 100_000, "refused nested too deep"),
    "deep-field.json": Bad(b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "refused nested too deep"),
    "huge-number.json": Bad(row("numbers").replace(b"{", b'{"n": 1e999999, "m": -1e-999999, ', 1), "read"),
    "long-number.json": Bad(
        row("long numbers").replace(b"{", b'{"n": ' + b"9" * 5000 + b", ", 1), "refused is not JSON"
    ),
    "not-a-number.json": Bad(row("no numbers").replace(b"{", b'{"n": NaN, "m": -Infinity, ', 1), "read"),
    "twice-the-key.json": Bad(row("keys").replace(b"{", b'{"text": "no", ', 1), "read"),
    "wrong-types.json": Bad(b'{"title": {}, "text": 5, "date": [], "url": true}', "refused has no text"),
    "odd-fields.json": Bad(row("odd fields", title=["a"], date={"x": 1}, url=7, source=[[]]), "read"),
    "raw-line-ends.json": Bad(row("raw ends").replace(b"two", b"\n"), "read"),
    "long-title.json": Bad(row("long titles", title="a " * 300_000), "read"),
    "other-keys.json": Bad(b'{"abstract": "x", "author": "y"}', "refused has no text"),
    "trailing-comma.json": Bad(b"{" + row("commas")[1:-1] + b",}", "refused is not JSON"),
}
DATES: dict[str, Bad] = {
    f"date-{n}.json": Bad(row(f"days {n}", date=stated), "read ~ left out" if warned else "read")
    for n, (stated, warned) in enumerate(
        {
            "May": True,
            "31 February 2021": True,
            "0000-00-00": True,
            "2021-13-45": True,
            "soon": True,
            "9999-12-31": True,
            "1" * 9999: True,
            "2021-02": False,
            "1612742400": False,
        }.items()
    )
}
DUPLICATES: dict[str, Bad] = {
    "again-1.txt": Bad(text("what is said twice"), "read"),
    "again-2.txt": Bad(text("what is said twice"), "same"),
    "again-3.html": Bad(html("what is said twice").encode(), "same"),
    "changed-1.json": Bad(row("first versions", url="https://gazette.example/changed"), "read"),
    "changed-2.json": Bad(row("second versions", url="https://gazette.example/changed"), "same"),
    "again.zip": Bad(
        zipped({"a.txt": text("members twice"), "b.txt": text("members twice")}), {"!a.txt": "read", "!b.txt": "same"}
    ),
}
TEXTS: dict[str, Bad] = {
    "names.txt": Bad(
        ("The ministers " + ", ".join(f"Ana Mar{chr(97 + n % 26)}a Ro{n}" for n in range(10_000)) + " met.").encode(),
        "read",
    ),
    "capitals.txt": Bad(("Minister " * 20_000 + told("titles")).encode(), "read"),
    "bait.txt": Bad(("a" * 50_000 + "! " + told("bait")).encode(), "read"),
    "brackets.txt": Bad(("(" * 30_000 + told("brackets") + "[" * 30_000).encode(), "read"),
    "quotes.txt": Bad(("\"'" * 30_000 + told("quotation marks")).encode(), "read"),
    "one-word.txt": Bad(b"x" * MB, "read"),
    "spaces.txt": Bad((" " * MB + told("spaces") + "\t" * MB).encode(), "read"),
    "line-ends.txt": Bad(("\n" * 200_000 + told("line ends")).encode(), "read"),
    "commas.txt": Bad((told("commas") + " The ministers of " + "Malta, " * 20_000 + "met.").encode(), "read"),
    "ands.txt": Bad(("Malta and " * 20_000 + "Ghana held talks on Friday.").encode(), "read"),
    "dates.txt": Bad((told("dates") + " On " + "May 5, 2021, " * 10_000 + "they met.").encode(), "read"),
    "hyphens.txt": Bad((told("hyphens") + " The " + "vice-" * 30_000 + "minister met them.").encode(), "read"),
    "dots.txt": Bad((told("dots") + " U." * 50_000).encode(), "read"),
    "addresses.txt": Bad((told("many addresses") + " http://" * 50_000).encode(), "read"),
    "markdown.txt": Bad((told("links") + "[" * 20_000 + "](http://x ").encode(), "read"),
}
ADDRESSES: dict[str, Bad] = {
    f"address-{n}.json": Bad(row(f"addresses {n}", url=stated), "read ~ no http or https URL" if refused else "read")
    for n, (stated, refused) in enumerate(
        {
            "javascript:alert(1)": True,
            "data:text/html,<b>": True,
            "file:///etc/passwd": True,
            "http://": True,
            "//x/y": True,
            "https://gazette.example/a b\"c'<d>": False,
            "https://gazette.example/\n/x": False,
            "https://[::1": True,
            "https://xn--bcher-kva.example/ü?ö=ä#ß": False,
            "https://gazette.example/" + "x" * 100_000: False,
            "https://gazette.example/%zz%00": False,
            "https://us er@gazette.example/": True,
        }.items()
    )
}
FEEDS: dict[str, Bad] = {
    "laughs.rss": Bad(laughs(9), "refused defines entities"),
    "quadratic.rss": Bad(
        rss(item("&a;" * 20_000)).replace(b"<rss", b'<!DOCTYPE rss [<!ENTITY a "' + b"a" * 50_000 + b'">]><rss'),
        "refused defines entities",
    ),
    "outside.rss": Bad(
        rss(item("&a;")).replace(b"<rss", b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss'),
        "refused defines entities",
    ),
    "dtd.rss": Bad(
        rss(item("outside definitions")).replace(b"<rss", b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd"><rss'),
        {"#1": "read"},
    ),
    "no-items.rss": Bad(rss(), "refused without entries"),
    "no-entries.atom": Bad(atom(), "refused without entries"),
    "no-feed.xml": Bad(b"<?xml version='1.0'?><map><url/></map>", "refused without entries"),
    "breaks-off.rss": Bad(
        rss(item("feeds before a fault"), "<item></b>"), {"#1": "read", "": "refused no well-formed XML"}
    ),
    "cut.rss": Bad(
        rss(item("feeds before a cut"), item("feeds cut"))[:-150], {"#1": "read", "": "refused no well-formed XML"}
    ),
    "entities.rss": Bad(rss(item("feeds &nbsp; with & caf&eacute;s")), {"#1": "read"}),
    "no-text.rss": Bad(
        rss("<item><title>Envoy comes</title></item>", item("feeds of which an item has no text")),
        {"#1": "refused without a text", "#2": "read"},
    ),
    "deep.rss": Bad(rss(item("deep feeds", "<a>" * 50_000 + "</a>" * 50_000)), {"#1": "read"}),
    "deep-content.atom": Bad(
        atom('<entry><content type="xhtml">' + "<div>" * 50_000 + "x" + "</div>" * 50_000 + "</content></entry>"),
        "refused nests them without end",
    ),
    "elements.rss": Bad(rss("<a/>" * 600_000), "refused more than 500,000 elements"),
    "attributes.rss": Bad(
        rss(item("attributes of feeds", "<a " + " ".join(f"a{n}='1'" for n in range(50_000)) + "/>")), {"#1": "read"}
    ),
    "wrong-charset.rss": Bad(
        rss(item("caf\u00e9s of feeds")).decode().replace("?>", " encoding='utf-8'?>", 1).encode("cp1252"),
        {"#1": "read ~ Windows-1252"},
    ),
    "control.rss": Bad(rss(item("bells of feeds \x07\x00")), {"#1": "read"}),
    "cdata.rss": Bad(
        rss("<item><description>" + "<![CDATA[" * 50_000 + "</description></item>"), "refused no well-formed XML"
    ),
    "address.rss": Bad(
        rss(item("addresses of feeds", "<link>javascript:alert(1)</link>")), {"#1": "read ~ no http or https URL"}
    ),
}
CRAWLS: dict[str, Bad] = {
    "no-answer.warc": Bad(
        record(b"nonsense", "https://gazette.example/n") + crawled("answers"), {"#1": "refused no answer", "#2": "read"}
    ),
    "brotli.warc": Bad(
        record(response(b"x", ["Content-Type: text/html", "Content-Encoding: br"]), "https://gazette.example/b"),
        {"#1": "refused is packed as 'br'"},
    ),
    "not-gzip-inside.warc": Bad(
        record(
            response(html("false packings").encode(), ["Content-Type: text/html", "Content-Encoding: gzip"]),
            "https://gazette.example/z",
        ),
        {"#1": "read"},
    ),
    "bomb-inside.warc": Bad(
        record(
            response(gzip.compress(b"a " * 60 * MB, 1), ["Content-Type: text/html", "Content-Encoding: gzip"]),
            "https://gazette.example/g",
        ),
        {"#1": BIG},
    ),
    "picture-inside.warc": Bad(
        record(response(b"\x89PNG\r\n" + bytes(99)), "https://gazette.example/p"), {"#1": "refused is a picture"}
    ),
    "empty-inside.warc": Bad(
        record(response(b""), "https://gazette.example/e") + crawled("full answers"), {"#1": EMPTY, "#2": "read"}
    ),
    "endless-header.warc": Bad(
        crawled("headers") + b"WARC/1.0\r\nX: " + b"a" * 3 * MB, {"#1": "read", "": "refused header has no end"}
    ),
    "noise-between.warc": Bad(
        crawled("noise") + b"noise noise noise\r\n\r\n" + crawled("more noise"), {"#1": "read", "": CUT}
    ),
    "wrong-length.warc": Bad(crawled("lengths").replace(b"Content-Length: ", b"Content-Length: 99", 1), CUT),
    "negative-length.warc": Bad(
        crawled("negative lengths").replace(b"Content-Length: ", b"Content-Length: -", 1),
        {"#1": "refused no answer", "": CUT},
    ),
    "cut-by-crawler.warc": Bad(
        crawled("crawlers", headers=["WARC-Truncated: length"]), {"#1": "read ~ cut the page off"}
    ),
    "bad-address.warc": Bad(
        record(response(html("bad addresses").encode()), "https://[gazette/ x"), {"#1": "read ~ no http or https URL"}
    ),
    "bad-chunks.warc": Bad(
        record(
            response(
                b"zz\r\n" + html("bad chunks").encode(), ["Content-Type: text/html", "Transfer-Encoding: chunked"]
            ),
            "https://gazette.example/c",
        ),
        {"#1": "read"},
    ),
}

BAD: dict[str, Bad] = {
    name: bad
    for files in (
        ENCODINGS,
        CHARACTERS,
        EMPTIES,
        BINARIES,
        UNOPENABLE,
        NAMES,
        HUGE,
        CUTS,
        MEMBERS,
        PAGES,
        RECORDS,
        DATES,
        DUPLICATES,
        TEXTS,
        ADDRESSES,
        FEEDS,
        CRAWLS,
    )
    for name, bad in files.items()
}
"""All bad files by name."""

GOOD: dict[str, bytes] = {
    "good.txt": text("good texts"),
    "good.html": html("good pages").encode(),
    "good.json": row("good records"),
    "good.jsonl": row("good rows"),
    "good.rss": rss(item("good feeds")),
    "good.warc.gz": gzip.compress(crawled("good crawls")),
    "good.zip": zipped({"a.txt": text("good members")}),
    "good.tar.gz": tarred({"a.txt": text("good packed members")}, "w:gz"),
    "good.txt.gz": gzip.compress(text("good packed texts")),
    "good.txt.xz": lzma.compress(text("better packed texts")),
    "zz-good.txt": text("the last in the folder"),
}
"""Files that nothing is wrong with, an article each."""


def write(folder: Path) -> None:
    """Write all files into a folder."""
    for name, content in GOOD.items():
        (folder / name).write_bytes(content)
    for name, bad in BAD.items():
        if callable(bad.content):
            bad.content(folder / name)
        else:
            (folder / name).write_bytes(bad.content)


def outcomes() -> dict[str, list[str]]:
    """Return what must become of each thing in the bad files, by the name it is listed under."""
    expected: dict[str, list[str]] = {}
    for name, bad in BAD.items():
        printed = os.fsencode(name).decode("utf-8", "replace")
        parts = {"": bad.outcome} if isinstance(bad.outcome, str) else bad.outcome
        for part, outcome in parts.items():
            expected[printed + part] = outcome.split("; ")
    return expected


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    write(Path(sys.argv[1]))
