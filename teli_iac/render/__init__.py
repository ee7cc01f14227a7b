"""Values become text: plans, problems, and what an apply does. Pure, and only `cli` prints.

Every text ends with one newline and is safe for the sink it is made for: a terminal or a log, a JSON
parser, a browser, a comment on a pull request. To add a format, write a module that tells a `Plan` and
name it in `FORMATS`; the conformance suite in tests/render/ then holds it to what every format promises.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeAlias

from teli_iac.model import Plan
from teli_iac.render.calls import render_calls, render_calls_json
from teli_iac.render.checklist import render_findings, render_findings_json, sum_of
from teli_iac.render.detail import Detail
from teli_iac.render.drift import render_drift, render_drift_json
from teli_iac.render.events import render_events, render_events_jsonl
from teli_iac.render.findings import Wrong
from teli_iac.render.github import render_github, render_problems_github
from teli_iac.render.gitlab import render_gitlab
from teli_iac.render.html import render_html
from teli_iac.render.json import render_json
from teli_iac.render.junit import render_junit, render_problems_junit
from teli_iac.render.ledger import render_ledger, render_ledger_json
from teli_iac.render.markdown import DEFAULT_BYTES, LEAST_BYTES, render_markdown
from teli_iac.render.operations import (
    render_halted,
    render_halted_json,
    render_hold,
    render_sighting,
    render_steered,
    render_steered_json,
)
from teli_iac.render.outcomes import render_ending, render_outcome
from teli_iac.render.problems import render_error, render_problems
from teli_iac.render.protocol import Format, Refused
from teli_iac.render.sanitise import for_terminal
from teli_iac.render.sarif import render_problems_sarif, render_sarif
from teli_iac.render.standing import (
    changed_parts,
    render_standing,
    render_standing_json,
    render_standing_line,
)
from teli_iac.render.streaming import Stream, ended, failed, planned, step
from teli_iac.render.terraform import render_terraform
from teli_iac.render.text import render_text
from teli_iac.render.text_diff import render_text_diff

__all__ = [
    "DEFAULT_BYTES",
    "FORMATS",
    "LEAST_BYTES",
    "PROBLEM_FORMATS",
    "Detail",
    "Format",
    "Refused",
    "Stream",
    "Wrong",
    "changed_parts",
    "ended",
    "failed",
    "for_terminal",
    "format_of",
    "planned",
    "render_calls",
    "render_calls_json",
    "render_drift",
    "render_drift_json",
    "render_ending",
    "render_error",
    "render_events",
    "render_events_jsonl",
    "render_findings",
    "render_findings_json",
    "render_halted",
    "render_halted_json",
    "render_hold",
    "render_json",
    "render_ledger",
    "render_ledger_json",
    "render_outcome",
    "render_problems",
    "render_sighting",
    "render_standing",
    "render_standing_json",
    "render_standing_line",
    "render_steered",
    "render_steered_json",
    "render_text",
    "render_text_diff",
    "step",
    "sum_of",
]


def _for_machines(render: Callable[[Plan, Sequence[Refused]], str]) -> Format:
    """A format without colour and width."""

    def told(plan: Plan, refusals: Sequence[Refused], *, colour: bool, width: int) -> str:  # noqa: ARG001  the signature of every format
        return render(plan, refusals)

    return told


FORMATS: dict[str, Format] = {
    "text": render_text,
    "json": _for_machines(render_json),
    "markdown": _for_machines(render_markdown),
    "html": _for_machines(render_html),
    "terraform": _for_machines(render_terraform),
    "gitlab": _for_machines(render_gitlab),
    "github": _for_machines(render_github),
    "sarif": _for_machines(render_sarif),
    "junit": _for_machines(render_junit),
}


def format_of(name: str, *, folder: str, most_bytes: int, detail: Detail | None = None) -> Format:
    """The format of a name.

    `folder` is where the project lies in its repository, `most_bytes` Markdown's budget, `detail` the text's.
    """
    if name == "text":
        return partial(render_text, detail=detail)
    fitted: dict[str, Callable[[Plan, Sequence[Refused]], str]] = {
        "markdown": partial(render_markdown, most_bytes=most_bytes),
        "github": partial(render_github, folder=folder),
        "sarif": partial(render_sarif, folder=folder),
        "junit": partial(render_junit, folder=folder),
    }
    return _for_machines(fitted[name]) if name in fitted else FORMATS[name]


ProblemsFormat: TypeAlias = Callable[[Sequence[Wrong], datetime, str], str]
"""How the problems of manifests are written down, as of a time, below a folder of their repository."""

PROBLEM_FORMATS: dict[str, ProblemsFormat] = {
    "github": lambda problems, _, folder: render_problems_github(problems, folder=folder),
    "sarif": lambda problems, _, folder: render_problems_sarif(problems, folder=folder),
    "junit": lambda problems, now, folder: render_problems_junit(problems, now, folder=folder),
}
