"""Annotations of a GitHub workflow: commands in its log that put a sentence at a line of a pull request.

GitHub shows ten of them for each step and drops the rest without a word, so there are at most ten, and
the last one says how many more there are. Only these lines begin with a command: whatever others wrote is
made safe for a log first, then escaped as the command wants it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from teli_iac.model import Plan
from teli_iac.render.findings import Finding, Level, Wrong, findings_of_plan, findings_of_problems
from teli_iac.render.findings import below as moved
from teli_iac.render.protocol import Refused
from teli_iac.render.sanitise import for_terminal
from teli_iac.render.verdict import decisions, impact
from teli_iac.render.words import counted

_MOST = 10
_LONGEST = 900
"""A longer sentence is cut: a log line is no place to read it, and GitHub shortens it anyway."""


def render_github(plan: Plan, refusals: Sequence[Refused], *, folder: str = "") -> str:
    """The annotations of a plan, and its sum as plain lines of the log."""
    found = moved(findings_of_plan(plan, refusals), folder)
    said = (decisions(plan), f"Impact: {impact(plan)}", f"Digest: {plan.digest}")
    return "".join(f"{line}\n" for line in (*_commands(found), *map(for_terminal, said)))


def render_problems_github(problems: Sequence[Wrong], *, folder: str = "") -> str:
    """The annotations of what is wrong in the manifests, and how much there is."""
    found = moved(findings_of_problems(problems), folder)
    return "".join(f"{line}\n" for line in (*_commands(found), counted(len(found), "problem")))


def _commands(found: Sequence[Finding]) -> Iterator[str]:
    shown = found if len(found) <= _MOST else found[: _MOST - 1]
    yield from map(_command, shown)
    if len(shown) < len(found):
        rest = found[len(shown) :]
        level = min((each.level for each in rest), key=[*Level].index)
        said = f"{counted(len(rest), 'more finding')} not shown: GitHub shows ten. The log has the whole."
        yield _command(Finding(level, "", "and more", said, None))


def _command(finding: Finding) -> str:
    mark = finding.mark
    place = {"file": mark.file, "line": str(mark.line), "col": str(mark.column)} if mark else {}
    settings = ",".join(
        f"{name}={_property(value)}" for name, value in {**place, "title": finding.title}.items()
    )
    return f"::{finding.level} {settings}::{_data(finding.message)}"


def _data(text: str) -> str:
    safe = for_terminal(text)
    short = safe if len(safe) <= _LONGEST else f"{safe[:_LONGEST]} ..."
    return short.replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
