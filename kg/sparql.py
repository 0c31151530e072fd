"""Reading SPARQL written by others before Oxigraph does: what it must not ask for, and how deep it may nest.

Oxigraph follows ``SERVICE`` over the network and dies of a stack overflow on deep nesting, which no ``except`` can
catch. So the text is cut into the tokens of SPARQL 1.1, section 19.8, and judged by them.
https://www.w3.org/TR/sparql11-query/#sparqlGrammar
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.errors import QueryError

MAX_LENGTH = 16_384
MAX_DEPTH = 64
MAX_OPERATORS = 1_000

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"))
_REMOTE = {
    "SERVICE": "SERVICE asks other servers and is switched off; ask them on their own",
    "FROM": "FROM is switched off; name the graph with GRAPH <iri> { … }",
}
_OPENING, _CLOSING = frozenset(("(", "[", "{", "<<")), frozenset((")", "]", "}", ">>"))
_OPERATORS = frozenset("!+-*/|&^=<>")
_CODEPOINT_ESCAPE = re.compile(r"\\[uU][0-9A-Fa-f]{4}")
_WORD = re.compile(r"[A-Za-z]+")
_TOKEN = re.compile(
    r"""
    (?P<blank>[\x20\t\r\n]+ | \#[^\r\n]*)
  | (?P<string>'''(?:'{0,2}(?:[^'\\]|\\.))*''' | \"\"\"(?:"{0,2}(?:[^"\\]|\\.))*\"\"\"
             | '(?:[^'\\\r\n]|\\.)*' | "(?:[^"\\\r\n]|\\.)*")
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<variable>[?$](?:\w|[^\x00-\x7f])+)
  | (?P<tag>@[A-Za-z][A-Za-z0-9-]*)
  | (?P<name>(?:[^\W\d]|[^\x00-\x7f])?(?:[\w.-]|[^\x00-\x7f])*
            :(?:[\w.:-]|[^\x00-\x7f]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])*)
  | (?P<word>[^\W\d](?:\w|[^\x00-\x7f])*)
  | (?P<number>[0-9.][0-9.eE]*)
  | (?P<mark><<|>>|\^\^|\|\||&&|<=|>=|!=|[(){}\[\].,;=<>!+\-*/|&^?~])
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A token of SPARQL: its kind (a group of the grammar above), its text, its offset in the query."""

    kind: str
    text: str
    start: int


def tokenize(text: str) -> Iterator[Token]:
    """Yield the tokens of ``text`` without blanks and comments. Raises `QueryError` at what is no token.

    >>> [token.text for token in tokenize('ASK { ?s a "}" } # {')]
    ['ASK', '{', '?s', 'a', '"}"', '}']
    """
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise QueryError(f"the query does not parse at {position(text, at)}: check the quotes and brackets there")
        if found.lastgroup != "blank":
            yield Token(found.lastgroup or "", found.group(), at)
        at = found.end()


def position(text: str, offset: int) -> str:
    """Return where ``offset`` is in ``text``, in words.

    >>> position("ab\\ncd", 4)
    'line 2, column 2'
    """
    return f"line {text.count(chr(10), 0, offset) + 1}, column {offset - text.rfind(chr(10), 0, offset)}"


def check(text: str, *, local: bool = False) -> None:
    """Return if ``text`` may be run: one of `FORMS`, local, and within the caps. Raises `QueryError` else.

    ``local`` says that the engine takes FROM for graphs of its own, as Oxigraph does, and so allows it.
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(f"the query has {len(text):,} characters and may have {MAX_LENGTH:,}; shorten it")
    if _CODEPOINT_ESCAPE.search(text):
        raise QueryError("the query has \\u escapes; write the characters themselves")
    tokens = list(tokenize(text))
    words = [token.text.upper() for token in tokens if token.kind == "word"]
    _check_form(words)
    if _is_ambiguous(tokens):
        # Read both ways at once: every word and bracket counts, wherever it stands.
        words, marks = [word.upper() for word in _WORD.findall(text)], list(text)
        _check_words(words, local)
        _check_caps(sum(mark in _OPENING for mark in marks) + text.count("<<"), marks)
    else:
        marks = [token.text for token in tokens if token.kind == "mark"]
        _check_words(words, local)
        _check_caps(_depth(tokens), marks)


def _check_form(words: list[str]) -> None:
    form = next((word for word in words if word in FORMS or word in UPDATES), None)
    if form in UPDATES:
        raise QueryError(f"{form} changes data and kg sparql only asks; begin with {', '.join(FORMS)}")
    if form is None:
        raise QueryError(f"the query has no form; begin with {', '.join(FORMS)}")


def _check_words(words: list[str], local: bool) -> None:
    for word in words:
        if word in _REMOTE and not (local and word == "FROM"):
            raise QueryError(_REMOTE[word])


def _check_caps(depth: int, marks: list[str]) -> None:
    if depth > MAX_DEPTH:
        raise QueryError(f"the query nests {depth} deep and may nest {MAX_DEPTH}; take it apart")
    operators = sum(mark[0] in _OPERATORS for mark in marks)
    if operators > MAX_OPERATORS:
        raise QueryError(f"the query has {operators:,} operators and may have {MAX_OPERATORS:,}; shorten it")


def _depth(tokens: list[Token]) -> int:
    """Return how many brackets are open at once, at most; brackets that close nothing do not buy depth."""
    deepest = depth = 0
    for token in tokens:
        if token.kind == "mark" and token.text in _OPENING:
            depth += 1
        elif token.kind == "mark" and token.text in _CLOSING:
            depth = max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


def _is_ambiguous(tokens: list[Token]) -> bool:
    """Tell whether a ``<…>`` may be "less than" to a parser that knows where it is, so that more text is code.

    In ``'a'<'>' && … 'x'`` what looks like the IRI ``<'>`` is an operator and the beginning of a string; likewise
    ``<?b#>`` may be an operator, a variable and a comment. It takes a quote, a ``#`` or a bracket inside to matter,
    and an operand before, inside round brackets.
    """
    open_brackets: list[str] = []
    before = ""
    for token in tokens:
        if token.kind == "mark" and token.text in _OPENING:
            open_brackets.append(token.text)
        elif token.kind == "mark" and token.text in _CLOSING and open_brackets:
            open_brackets.pop()
        elif token.kind == "iri" and _could_be_less_than(token.text, before, open_brackets):
            return True
        before = token.text if token.kind == "mark" else token.kind
    return False


def _could_be_less_than(iri: str, before: str, open_brackets: list[str]) -> bool:
    operand = before in ("string", "variable", "tag", "name", "number", "iri", "word", ")")
    return operand and "(" in open_brackets and any(mark in iri for mark in "'#([")


def inside(text: str, graph: str) -> str:
    """Return a SELECT or ASK about the default graph as one about the named graph ``graph``, spelt in SPARQL.

    What stands in its pattern goes inside ``GRAPH graph { … }``; a variable graph in it is never that one.

    >>> inside("ASK { ?s a ?c . GRAPH ?g { ?s ?p ?o } }", "<a:b>")
    'ASK { GRAPH <a:b> { ?s a ?c . GRAPH ?g { ?s ?p ?o } FILTER(?g != <a:b>) } }'
    """
    tokens = list(tokenize(text))
    start = next((token.start for token in tokens if token.text == "{"), None)
    if start is None:
        return text
    inserted = {start + 1: f" GRAPH {graph} {{"}
    open_brackets: list[str] = []
    variable = ""
    for before, token in zip([*tokens[:1], *tokens], tokens, strict=False):
        if token.text == "{" and token.kind == "mark":
            open_brackets.append(variable)
        elif token.text == "}" and token.kind == "mark" and open_brackets:
            named = open_brackets.pop()
            if named:
                inserted[token.start + 1] = f" FILTER({named} != {graph})"
            elif not open_brackets:
                inserted[token.start] = "} "
        variable = token.text if token.kind == "variable" and before.text.upper() == "GRAPH" else ""
    pieces, at = [], 0
    for place, piece in sorted(inserted.items()):
        pieces += [text[at:place], piece]
        at = place
    return "".join([*pieces, text[at:]])
