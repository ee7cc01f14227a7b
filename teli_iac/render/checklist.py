"""What was found out before a launch: a checklist for people, a document for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from teli_iac.model import Finding, JsonValue, Severity
from teli_iac.render.ink import Ink, Line, Span, paint
from teli_iac.render.json import json_text
from teli_iac.render.layout import flow, measure
from teli_iac.render.sanitise import for_terminal
from teli_iac.render.words import counted, enumerated, place

FORMAT_VERSION = "1"

_SIGNS = {
    Severity.FINE: ("  ok ", Ink.LAUNCHES),
    Severity.WARNING: ("   ? ", Ink.CHANGES),
    Severity.ERROR: ("   ! ", Ink.ALARM),
}
_HANGING = 7


def render_findings(findings: Iterable[Finding], *, colour: bool, width: int) -> str:
    """Each finding with its sign, and what to do about it; nothing at all when there are none."""
    room = measure(width)
    return paint((line for each in findings for line in _lines(each, room)), colour=colour)


def render_findings_json(findings: Sequence[Finding]) -> str:
    """The findings as one JSON document; fields are added, never renamed."""
    counts = Counter(each.severity for each in findings)
    return json_text(
        {
            "format_version": FORMAT_VERSION,
            "errors": counts[Severity.ERROR],
            "warnings": counts[Severity.WARNING],
            "findings": [_document(each) for each in findings],
        }
    )


def sum_of(findings: Iterable[Finding]) -> str:
    """How it all went, in one sentence."""
    counts = Counter(each.severity for each in findings)
    said = tuple(
        counted(counts[severity], noun)
        for severity, noun in ((Severity.ERROR, "error"), (Severity.WARNING, "warning"))
        if counts[severity]
    )
    return f"{enumerated(said)}." if said else "All is well."


def _lines(finding: Finding, room: int) -> list[Line]:
    sign, ink = _SIGNS[finding.severity]
    head = (Span(sign, ink), Span(for_terminal(finding.about), Ink.STRONG), Span("  "))
    code = f"{finding.code} " if finding.code else ""
    where = f" ({place(finding.mark)})" if finding.mark else ""
    lines = flow(head, f"{code}{finding.message}{where}", room, hanging=_HANGING)
    if finding.next_step:
        lines += flow((Span("       next  ", Ink.QUIET),), finding.next_step, room, hanging=13)
    return lines


def _document(finding: Finding) -> JsonValue:
    mark = finding.mark
    return {
        "severity": finding.severity,
        "code": finding.code or None,
        "about": finding.about,
        "message": finding.message,
        "next_step": finding.next_step or None,
        "place": {"file": mark.file, "line": mark.line, "column": mark.column} if mark else None,
    }
