"""Markup made harmless before it is parsed, and which HTML elements are what."""

import re

DEEPEST = 3000
"""Open elements beyond which a page's tags are dropped before parsing: the parser's time is their square."""
LONGEST_TAG = 8000
"""Characters beyond which a tag loses its attributes, for the same reason."""

# https://html.spec.whatwg.org/multipage/indices.html#elements-3
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
    "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
INLINE = frozenset({
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "img", "ins", "kbd", "mark", "q", "s", "small",
    "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "wbr",
})  # fmt: skip
VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
})  # fmt: skip

_NAMED_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_STRAY_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]{0,2000})?/?>")


_UNDERLINED = re.compile(r"<(u|span)(?: [^<>]{0,100}underline[^<>]{0,100})?>([^<>\n]{2,300})</\1>(?=\s*[A-ZÀ-Þ(])")
_ENDS = (".", "!", "?", ":", "”", '"', "\n")
# [words](address): the words stay
_MARKDOWN_BOLD = re.compile(r"\*\*(?! )([^*\n]{1,400}?)(?<! )\*\*(?!\*)")
_NOTE = re.compile(r"\[(?:(?<=[^\s\[(]\[)\d{1,3}\](?![(\w])|\d{1,3}\](?=[A-Z][a-z]))")
"""The number of a note behind a word, or of a link before one: "in Oslo.[1]", "[2]Home"."""
_MARKDOWN_LINK = re.compile(r"\[([^\[\]\n]{0,400})\]\(https?://[^\s()]{0,2000}\)")


def harmless(markup: str) -> str:
    """Return markup that parses in linear time: no comment left open, no endless tag, no bottomless nesting."""
    last_end = markup.rfind("-->")
    if markup.find("<!--", last_end + 1) >= 0:
        # A comment that never ends would swallow the rest of the page.
        markup = markup[: last_end + 1] + markup[last_end + 1 :].replace("<!--", "")
    markup = _shorten_tags(markup)
    return _ANY_TAG.sub("\n", markup) if _depth(markup) > DEEPEST else markup


def _shorten_tags(markup: str) -> str:
    pieces = markup.split(">")
    if max(map(len, pieces)) <= LONGEST_TAG:
        return markup
    return ">".join(piece if len(piece) <= LONGEST_TAG else _shortened(piece) for piece in pieces)


def _shortened(piece: str) -> str:
    start = _NAMED_TAG.search(piece)
    if not start or len(piece) - start.start() <= LONGEST_TAG:
        return piece
    closing = piece.rfind("</")
    return piece[: start.end()] + (">" + piece[closing:] if closing > start.start() else "")


def _depth(markup: str) -> int:
    """Return an upper bound of how deep elements are nested."""
    if markup.count("<") < DEEPEST:
        return 0
    depth = deepest = 0
    for found in _NAMED_TAG.finditer(markup):
        if found[2].lower() not in VOID:
            depth += -1 if found[1] else 1
            deepest = max(deepest, depth)
    return deepest


def untag(text: str) -> str:
    """Return plain text without stray HTML tags and Markdown links; tags that end a paragraph become line ends.

    >>> untag("the 13<sup>th</sup> Congress<br/>Next <Suggest To A Friend>")
    'the 13th Congress\\nNext <Suggest To A Friend>'
    >>> untag("**Norway** and Peru agree.[2]")
    'Norway and Peru agree.'
    >>> untag("It closes. <u>Visit to Peru</u> President X left.")
    'It closes.\\n\\nVisit to Peru\\n\\n President X left.'
    """
    if "</u>" in text or "underline" in text:
        text = _with_headings_apart(text)
    if "**" in text:
        text = _MARKDOWN_BOLD.sub(r"\1", text)
    if "[" in text:
        text = _NOTE.sub("", text)
    if "](http" in text:
        text = _MARKDOWN_LINK.sub(_linked_words, text)
    return _STRAY_TAG.sub(_tag_space, text) if "<" in text and ">" in text else text


def _with_headings_apart(text: str) -> str:
    """Return text with a line of their own for underlined words between two sentences, which are a heading."""
    parts, done = [], 0
    for found in _UNDERLINED.finditer(text):
        before = text[done : found.start()].rstrip(" \t")
        if before.endswith(_ENDS) or not (before or done):
            parts += [before, found[2]]
            done = found.end()
    return "\n\n".join((*parts, text[done:]))


def _linked_words(found: re.Match[str]) -> str:
    """The words of a link within a paragraph; one that stands alone is left for the rules of chrome."""
    text, (start, end) = found.string, found.span()
    alone = (not start or text[start - 1] == "\n") and (end == len(text) or text[end] == "\n")
    return found[0] if alone else found[1]


def _tag_space(found: re.Match[str]) -> str:
    name = found[1].lower()
    return "\n" if name in BLOCKS or name == "br" else "" if name in INLINE else found[0]
