"""A validation report as text, JSON, SARIF, Turtle or HTML."""

import json
from collections.abc import Callable
from html import escape
from typing import Any
from urllib.parse import quote

from kg import __version__
from kg.namespaces import PREFIXES
from kg.validation.results import SEVERITIES, Report, Result

LEVELS = dict(zip(SEVERITIES, ("error", "warning", "note"), strict=True))
"""What SARIF calls the severities: section 3.27.10 of the standard."""


def to_text(report: Report) -> str:
    """Return the report as paragraphs for a person."""
    return report.text() + "\n"


def to_json(report: Report) -> str:
    """Return the report as one JSON object: verdict, counts, notes and findings."""
    found = {
        "conforms": report.conforms,
        "counts": report.counts,
        "notes": list(report.notes),
        "results": [_json(result) for result in report.results],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _json(result: Result) -> dict[str, Any]:
    message, _, remedy = result.message.partition("; ")
    place = result.place
    return {
        "severity": result.severity,
        "rule": result.rule,
        "message": message,
        "remedy": remedy,
        "thing": result.focus,
        "label": result.label,
        "path": result.path,
        "value": result.value,
        "shape": result.shape,
        "component": result.component,
        "articles": list(result.articles),
        "place": {name: getattr(place, name) for name in place.__struct_fields__} if place else None,
    }


def to_sarif(report: Report) -> str:
    """Return the report as SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html"""
    rules = {result.rule: result for result in reversed(report.results)}
    order = {rule: index for index, rule in enumerate(sorted(rules))}
    driver = {
        "name": "diplomacy-kg",
        "semanticVersion": __version__,
        "rules": [_rule(rules[rule]) for rule in order],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif(result, order[result.rule]) for result in report.results],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(result: Result) -> dict[str, Any]:
    return {
        "id": result.rule,
        "defaultConfiguration": {"level": LEVELS[result.severity]},
        "properties": {"shape": result.shape, "component": result.component},
    }


def _sarif(result: Result, rule: int) -> dict[str, Any]:
    name = result.label or result.focus
    found: dict[str, Any] = {
        "ruleId": result.rule,
        "ruleIndex": rule,
        "level": LEVELS[result.severity],
        "message": {"text": f"{name}: {result.message}"},
        "locations": [_location(result)],
        "properties": {"path": result.path, "value": result.value, "articles": list(result.articles)},
    }
    return found


def _location(result: Result) -> dict[str, Any]:
    location: dict[str, Any] = {
        "logicalLocations": [{"name": result.label or result.focus, "fullyQualifiedName": result.focus}]
    }
    if place := result.place:
        physical: dict[str, Any] = {"artifactLocation": {"uri": quote(place.file, safe="/#:@%")}}
        region: dict[str, Any] = {"snippet": {"text": place.quote}} if place.quote else {}
        if place.line and place.column:
            region |= {"startLine": place.line, "startColumn": place.column}
        elif place.start is not None and place.end is not None:
            region |= {"charOffset": place.start, "charLength": max(place.end - place.start, 0)}
        if region.keys() - {"snippet"}:
            physical["region"] = region
        location["physicalLocation"] = physical
    return location


def to_turtle(report: Report) -> str:
    """Return the report as SHACL has it in RDF: https://www.w3.org/TR/shacl/#validation-report"""
    lines = [f"@prefix sh: <{PREFIXES['sh']}> .", "", "[] a sh:ValidationReport ;"]
    lines += [f"    sh:conforms {str(not report.results).lower()}" + (" ;" if report.results else " .")]
    if report.results:
        lines += ["    sh:result " + " ,\n        ".join(map(_turtle, report.results)) + " ."]
    return "\n".join(lines) + "\n"


def _turtle(result: Result) -> str:
    focus = result.focus if result.focus.startswith(("_:", '"')) else f"<{result.focus}>"
    parts = [
        "a sh:ValidationResult",
        f"sh:focusNode {focus}",
        f"sh:resultSeverity sh:{result.severity}",
        f"sh:sourceConstraintComponent <{result.component}>",
        f"sh:resultMessage {_literal(result.message)}@en",
    ]
    # A path of several steps has no spelling as one term; its shape tells it.
    parts += [f"sh:resultPath <{result.path}>"] if result.path and not set(result.path) & set("^|*+?()<> ") else []
    parts += [f"sh:value {result.value}"] if result.value else []
    parts += [f"sh:sourceShape <{result.shape}>"] if result.shape else []
    return "[ " + " ; ".join(parts) + " ]"


def _literal(text: str) -> str:
    from pyoxigraph import Literal

    return str(Literal(text))


_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>Validation report</title>
<style>
body {{ font: 1rem/1.5 sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
article {{ border-left: .3rem solid; padding-left: 1rem; margin: 1.5rem 0 }}
.Violation {{ border-color: #b00020 }} .Warning {{ border-color: #b26a00 }} .Info {{ border-color: #546e7a }}
h2 {{ font-size: 1rem; margin: 0 }} p {{ margin: .2rem 0 }} code {{ overflow-wrap: anywhere }}
</style>
<h1>Validation report</h1>
<p>{summary}</p>
{notes}{results}
</html>
"""


def to_html(report: Report) -> str:
    """Return the report as one page that loads nothing and runs nothing."""
    notes = "".join(f"<p>{escape(note)}</p>\n" for note in report.notes)
    results = "\n".join(map(_html, report.results))
    return _PAGE.format(summary=escape(report.summary), notes=notes, results=results)


def _html(result: Result) -> str:
    name = escape(result.label or result.focus)
    if result.focus.startswith(("http://", "https://")):
        name = f'<a href="{escape(result.focus)}">{name}</a>'
    lines = [f'<article class="{result.severity}">', f"<h2>{result.severity}: {name}</h2>"]
    lines += [f"<p>{escape(result.message)} <small>{escape(result.rule)}</small></p>"]
    lines += [f"<p><code>{escape(result.stated)}</code></p>"] if result.stated else []
    lines += [f"<p>{escape(result.place.text)}</p>"] if result.place else []
    lines += [f"<blockquote>{escape(result.quote)}</blockquote>"] if result.quote else []
    return "\n".join([*lines, "</article>"])


WRITERS: dict[str, Callable[[Report], str]] = {
    "text": to_text,
    "json": to_json,
    "sarif": to_sarif,
    "turtle": to_turtle,
    "html": to_html,
}
"""What writes a report, by the name of the form."""
