"""Bytes to characters: encodings told apart, unwanted characters removed, nothing repaired by guessing."""

import codecs
import html
import re
import unicodedata

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MAGICS = {
    b"%PDF-": "a PDF", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture",
    b"PK\x03\x04": "a ZIP archive", b"\xd0\xcf\x11\xe0": "an office document", b"\x7fELF": "a program",
    b"SQLite format 3": "a database", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"(\xb5/\xfd": "Zstandard",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive", b"Rar!\x1a": "a RAR archive", b"PAR1": "Parquet", b"Obj\x01": "Avro",
}  # fmt: skip

# Charsets are read as browsers read them: https://encoding.spec.whatwg.org/#names-and-labels
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "iso8859-9": "cp1254"}

_CONTROL = bytes([*range(9), *range(14, 32)])
# Control characters but tab and line ends, lone surrogates, noncharacters.
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# Soft hyphen, zero-width space and joiners, direction marks, word joiner, byte order mark: invisible in news.
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
# What keyboards and fonts give instead of an apostrophe: "Peru`s", "Peru´s", "Peru‘s".
_MARKS = "`´‘′"
_APOSTROPHE = re.compile(rf"[{_MARKS}](?:(?<=\w.)(?=\w)|(?<=s[`´])(?= ))")  # the mark first: it can be searched for
_LINE_ENDS = ("\r\n", "\r", "\u0085", "\u2028", "\u2029")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")


def binary_kind(head: bytes) -> str | None:
    """Return what kind of binary data ``head`` begins, or ``None`` for text.

    >>> binary_kind(b"%PDF-1.7"), binary_kind(b"Hanoi")
    ('a PDF', None)
    """
    for magic, kind in MAGICS.items():
        if head.startswith(magic):
            return kind
    if not head or wide_encoding(head):
        return None
    control = len(head) - len(head.translate(None, _CONTROL))
    return "binary data" if control > len(head) * 0.05 + 1 else None


def wide_encoding(head: bytes) -> str | None:
    """Return UTF-16 or UTF-32 where a byte order mark, or a NUL in every other byte, shows it.

    >>> wide_encoding("Hà Nội".encode("utf-16-le")), wide_encoding(b"Hanoi")
    ('utf-16-le', None)
    """
    for bom, name in BOMS[1:]:
        if head.startswith(bom):
            return name
    pairs = min(len(head), 1024) // 2
    even, odd = head[: 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if pairs > 3 and odd > pairs * 0.6 and even < pairs * 0.1:
        return "utf-16-le"
    return "utf-16-be" if pairs > 3 and even > pairs * 0.6 and odd < pairs * 0.1 else None


def decode(data: bytes, declared: str | None = None) -> tuple[str, list[str]]:
    """Return the text of ``data`` and warnings: by byte order mark, declared charset, UTF-8, UTF-16, then cp1252.

    A declared Latin-1 gives way to UTF-8 where the bytes are valid UTF-8: such bytes are hardly ever meant as Latin-1.

    >>> decode("Hà Nội".encode("utf-16"))
    ('Hà Nội', [])
    >>> decode(b"caf\\xe9")
    ('café', ['the encoding is not stated and not UTF-8; read as Windows-1252'])
    """
    if data.startswith(codecs.BOM_UTF8):
        data, declared = data[3:], "utf-8"
    warnings: list[str] = []
    for encoding in _candidates(data, declared):
        try:
            return data.decode(encoding), warnings
        except (UnicodeError, LookupError):
            if encoding != "utf-8":
                warnings.append(f"the encoding {encoding!r} does not fit")
    warnings.append("the encoding is not stated and not UTF-8; read as Windows-1252")
    return data.decode("cp1252", "replace"), warnings


def _candidates(data: bytes, declared: str | None) -> list[str]:
    wide = wide_encoding(data[:4096])
    if wide:
        return [wide]
    name = _codec(declared)
    if name in ("iso8859-1", "cp1252", "ascii"):
        return ["utf-8", "cp1252"]
    # UTF-16 declared inside readable ASCII is a known lie of converted pages.
    return ([_WIDER.get(name, name)] if name and not name.startswith("utf-16") else []) + ["utf-8"]


def _codec(declared: str | None) -> str | None:
    try:
        found = codecs.lookup(declared) if declared else None
    except (LookupError, ValueError):
        return None
    # Python counts base64, rot13 and the like among its codecs; they are no encodings of text.
    return found.name if found and getattr(found, "_is_text_encoding", True) else None


def clean(text: str) -> tuple[str, int]:
    """Return ``text`` in NFC with plain line ends, hyphens, apostrophes, and how many unwanted characters were removed.

    >>> clean("Ha\\u0300 No\\u0323\\u0302i\\x00\\r\\nso\\u00adft")
    ('Hà Nội\\nsoft', 1)
    >>> clean("Peru`s Vice\\u2010President spoke of ``two steps''")[0]
    'Peru’s Vice-President spoke of “two steps”'
    """
    removed = 0
    if not text.replace("\n", "").isprintable():  # one fast look tells most texts that need nothing
        text, removed = _UNWANTED.subn("", text)
        for end in _LINE_ENDS:
            text = text.replace(end, "\n")
        text = _INVISIBLE.sub("", text)
    if "``" in text:
        text = text.replace("``", "“").replace("''", "”")
    text = text.replace("\u2010", "-")
    if any(mark in text for mark in _MARKS):
        text = _APOSTROPHE.sub("’", text)
    return (text if text.isascii() else unicodedata.normalize("NFC", text)), removed


def printable(text: str) -> str:
    """Return ``text`` on one line, what cannot be seen or would act on a terminal escaped.

    >>> print(printable("a\\nb \\x1b[31m Hà Nội"))
    a\\nb \\x1b[31m Hà Nội
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def unescape(text: str) -> str:
    """Return ``text`` with HTML entities resolved, twice where they were escaped twice.

    >>> unescape("AT&T &amp;amp; Vi&#7879;t Nam&rsquo;s")
    'AT&T & Việt Nam’s'
    """
    for _ in range(2):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda found: html.unescape(found.group()), text)
    return text
