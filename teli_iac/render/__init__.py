"""Values become text: plans, problems, and what an apply does. Pure, and only `cli` prints.

Every text ends with one newline and is safe for the sink it is made for: a terminal or a log, or a JSON
parser. To add a format, write a module that tells a `Plan` and name it in `FORMATS`; the conformance
suite in tests/render/ then holds it to what every format promises.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from teli_iac.model import Plan
from teli_iac.render.events import render_events, render_events_jsonl
from teli_iac.render.json import render_json
from teli_iac.render.ledger import render_ledger, render_ledger_json
from teli_iac.render.outcomes import render_ending, render_outcome
from teli_iac.render.problems import render_error, render_problems
from teli_iac.render.protocol import Format, Refused
from teli_iac.render.sanitise import for_terminal
from teli_iac.render.text import render_text

__all__ = [
    "FORMATS",
    "Format",
    "Refused",
    "for_terminal",
    "render_ending",
    "render_error",
    "render_events",
    "render_events_jsonl",
    "render_json",
    "render_ledger",
    "render_ledger_json",
    "render_outcome",
    "render_problems",
    "render_text",
]


def _for_machines(render: Callable[[Plan, Sequence[Refused]], str]) -> Format:
    """A format without colour and width."""

    def told(plan: Plan, refusals: Sequence[Refused], *, colour: bool, width: int) -> str:  # noqa: ARG001  the signature of every format
        return render(plan, refusals)

    return told


FORMATS: dict[str, Format] = {
    "text": render_text,
    "json": _for_machines(render_json),
}
