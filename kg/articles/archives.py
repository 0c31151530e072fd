"""Files of many files: ZIP and tar, read member by member, nothing written to disk.

What a member is called leads nowhere: names are words only. Sizes that an archive claims are not believed; the
bytes that come out are counted.
"""

import re
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from typing import cast

import msgspec

from kg.articles.packing import ByChunks, ByPieces, Stream, Unreadable

MOST_MEMBERS = 1_000_000
"""Members of one archive."""
LONGEST_LISTING = 128_000_000
"""Bytes of a ZIP archive's directory, which is read whole."""
LONGEST_HEADER = 1_000_000
"""Bytes of one header of a tar archive, which may hold names of any length."""

_DRIVE = re.compile(r"^[A-Za-z]:(?=/)")
_OFFICE = ("[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF")
"""Members by which a ZIP archive is an office document, a book or a program."""


class Member(msgspec.Struct, frozen=True):
    """A member of an archive: its name, and its content or why it has none."""

    name: str
    stream: ByChunks | None = None
    problem: str = ""


def archive_kind(head: bytes, suffix: str = "") -> str | None:
    """Return what archive, a key of `ARCHIVES`, begins with ``head``.

    >>> archive_kind(b"PK\\x03\\x04..."), archive_kind(b"Hanoi")
    ('ZIP', None)
    """
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "ZIP"
    if head[257:262] == b"ustar" or (suffix == ".tar" and _is_old_tar(head)):
        return "tar"
    return None


def _is_old_tar(head: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(head[:512], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def zip_members(stream: Stream) -> Iterator[Member]:
    """Yield the files of a ZIP archive in the order it lists them. Raises `Unreadable`."""
    if not stream.seekable():
        raise Unreadable("is a ZIP archive, which is read from its end; give it as a file of its own")
    try:
        _check_listing(stream)
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(f"is a damaged or truncated ZIP archive ({_brief(error)}); fetch it again") from None
    with archive:
        listed = archive.infolist()
        if any(info.filename in _OFFICE for info in listed):
            raise Unreadable("is an office document, a book or a program, not text; save it as text or HTML")
        for info in listed[:MOST_MEMBERS]:
            if not info.is_dir() and (name := _name_of(info.filename)) is not None:
                yield from _zip_member(archive, info, name)
        if len(listed) > MOST_MEMBERS:
            raise Unreadable(f"holds more than {MOST_MEMBERS:,} files; split it")


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Iterator[Member]:
    if not name:
        yield Member(info.filename, problem=_LEADS_OUT)
    elif info.flag_bits & 1:
        yield Member(name, problem="is encrypted; unpack it yourself")
    elif info.external_attr >> 28 == 0xA:
        yield Member(name, problem=_NO_FILE)
    else:
        try:
            content = archive.open(info)
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError, struct.error) as error:
            yield Member(name, problem=f"cannot be unpacked ({_brief(error)}); fetch the archive again")
            return
        with content:
            yield Member(name, cast(ByChunks, content))


_END, _LOCATOR, _END64 = struct.Struct("<4s4H2LH"), struct.Struct("<4sLQL"), struct.Struct("<4sQ2H2L4Q")


def _check_listing(stream: Stream) -> None:
    """Raise `Unreadable` where a ZIP archive's directory is too long to be read whole.

    The record at the end is looked for as `zipfile` does: APPNOTE.TXT 6.3.10, sections 4.3.14 to 4.3.16.
    """
    stream.seek(0, 2)
    size = stream.tell()
    stream.seek(max(0, size - (1 << 16) - _END.size))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    stream.seek(0)
    if at < 0 or at + _END.size > len(tail):
        raise zipfile.BadZipFile("its directory is missing")
    length = _END.unpack_from(tail, at)[5]
    if at >= _LOCATOR.size and (found := _LOCATOR.unpack_from(tail, at - _LOCATOR.size))[0] == b"PK\x06\x07":
        stream.seek(min(found[2], size))
        record = stream.read(_END64.size)
        length = _END64.unpack(record)[8] if len(record) == _END64.size else length
        stream.seek(0)
    if length > LONGEST_LISTING:
        raise Unreadable("lists more files than can be held in memory; split it")


class _Header(tarfile.TarInfo):
    """A header of a tar archive, read whole only where it is short."""

    def _proc_member(self, tar: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE,
                         tarfile.SOLARIS_XHDTYPE) and self.size > LONGEST_HEADER:  # fmt: skip
            raise tarfile.ReadError("a header is too long")
        return super()._proc_member(tar)  # type: ignore[misc,no-any-return]


def tar_members(stream: Stream) -> Iterator[Member]:
    """Yield the files of a tar archive in its order. Raises `Unreadable`, at the end too."""
    pieces = ByPieces(stream)
    try:
        with tarfile.open(fileobj=pieces, mode="r|", tarinfo=_Header) as archive:  # type: ignore[call-overload]
            for _ in range(MOST_MEMBERS):
                info = archive.next()
                if info is None:
                    if any(pieces.last[-512:]):  # an archive ends with blocks of zeros
                        raise tarfile.ReadError("its end is missing")
                    return
                archive.members.clear()  # it would keep them all
                if (name := _name_of(info.name)) is not None and not info.isdir():
                    yield _tar_member(archive, info, name)
    except (tarfile.TarError, OSError, ValueError, EOFError, OverflowError) as error:
        raise Unreadable(
            f"is a damaged or truncated tar archive ({_brief(error)}); what comes before is read, fetch it again"
        ) from None
    raise Unreadable(f"holds more than {MOST_MEMBERS:,} files; split it")


def _tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo, name: str) -> Member:
    if not name:
        return Member(info.name, problem=_LEADS_OUT)
    if not info.isreg():
        return Member(name, problem=_NO_FILE)
    return Member(name, cast(ByChunks, archive.extractfile(info)))


_LEADS_OUT = "has a name that leads out of its archive; archives with such names are made to do harm"
_NO_FILE = "is a link or device in an archive; give files"


def _name_of(stated: str) -> str | None:
    """Return a member's name as a relative path, empty where it leads out, ``None`` where it is hidden.

    >>> _name_of("/var/news/a.html"), _name_of("C:\\\\news\\\\a.html"), _name_of("./a//b.txt")
    ('var/news/a.html', 'news/a.html', 'a/b.txt')
    >>> _name_of("../../etc/passwd"), _name_of("__MACOSX/._a.html"), _name_of("a/.DS_Store")
    ('', None, None)
    """
    parts = [part for part in _DRIVE.sub("", stated.replace("\\", "/")).split("/") if part not in ("", ".")]
    if ".." in parts:
        return ""
    if any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return None
    return "/".join(parts)


def _brief(error: Exception) -> str:
    return (str(error) or type(error).__name__).split("\n")[0][:100]


ARCHIVES: dict[str, Callable[[Stream], Iterator[Member]]] = {"ZIP": zip_members, "tar": tar_members}
"""Archives by name, each with the function that yields its members."""
