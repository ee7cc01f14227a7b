"""A plan, or the problems of manifests, as JUnit's XML: what a pipeline lists under *Tests*.

Each campaign and each guard is a test: blocked and refused ones fail. The file answers to the schema of
Ant's JUnit task and to that of Jenkins, which is why it has empty elements that nobody reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from teli_iac.model import Action, Change, GuardName, Plan
from teli_iac.render.findings import Finding, Level, Wrong, below, findings_of_plan, findings_of_problems
from teli_iac.render.headlines import words
from teli_iac.render.protocol import Refused
from teli_iac.render.sanitise import for_terminal

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


@dataclass(frozen=True, slots=True)
class _Test:
    name: str
    group: str
    failure: str = ""
    kind: str = ""


def render_junit(plan: Plan, refusals: Sequence[Refused], *, folder: str = "") -> str:
    """A suite of campaigns and one of guards, as of the plan's own time."""
    refused = {each.guard: each for each in refusals}
    found = {each.rule: each.message for each in findings_of_plan(plan, refusals) if each.mark is None}
    guards = (
        _Test(guard, "guards", found.get(guard, "") if guard in refused else "", "refused")
        for guard in GuardName
    )
    blocked = _blocked(plan, folder)
    campaigns = (_campaign(change, blocked.get(change.address, "")) for change in plan.changes)
    return _suites((("campaigns", campaigns), ("guards", guards)), plan.now)


def render_problems_junit(problems: Sequence[Wrong], now: datetime, *, folder: str = "") -> str:
    """A failed test for each problem, a passed one for each warning; one that passed without either."""
    found = below(findings_of_problems(problems), folder)
    tests = [_problem(each) for each in found] or [_Test("every manifest is in order", "manifests")]
    return _suites((("manifests", tests),), now)


def _blocked(plan: Plan, folder: str) -> dict[str, str]:
    found = findings_of_plan(plan, ())
    said = zip(plan.blocked, below(found[: len(plan.blocked)], folder), strict=True)
    return {change.address: _at(finding) for change, finding in said}


def _campaign(change: Change, failure: str) -> _Test:
    what = "unchanged" if change.action is Action.KEEP else words(change)
    return _Test(f"{change.address} {what}", "campaigns", failure, change.reason)


def _problem(finding: Finding) -> _Test:
    file = finding.mark.file if finding.mark else "manifests"
    line = f" line {finding.mark.line}" if finding.mark else ""
    failure = _at(finding) if finding.level is Level.ERROR else ""
    return _Test(f"{finding.rule}{line}", file, failure, finding.rule)


def _at(finding: Finding) -> str:
    place = f"{finding.mark}: " if finding.mark else ""
    return f"{place}{finding.message}"


def _suites(suites: Iterable[tuple[str, Iterable[_Test]]], now: datetime) -> str:
    body = "".join(_suite(number, name, [*tests], now) for number, (name, tests) in enumerate(suites))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n{body}</testsuites>\n'


def _suite(number: int, name: str, tests: Sequence[_Test], now: datetime) -> str:
    failures = sum(bool(test.failure) for test in tests)
    at = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return (
        f'<testsuite id="{number}" name="{name}" package="teli-iac" hostname="localhost"'
        f' timestamp="{at}" tests="{len(tests)}" failures="{failures}" errors="0" time="0">\n<properties/>\n'
        f"{''.join(_case(test) for test in tests)}<system-out/>\n<system-err/>\n</testsuite>\n"
    )


def _case(test: _Test) -> str:
    head = f'<testcase name="{_attribute(test.name)}" classname="{_attribute(test.group)}" time="0"'
    if not test.failure:
        return f"{head}/>\n"
    said = _attribute(test.failure)
    return (
        f'{head}>\n<failure type="{_attribute(test.kind)}" message="{said}">{said}</failure>\n</testcase>\n'
    )


def _attribute(text: str) -> str:
    """Visible on one line, with single spaces, as the schema's tokens want it; never empty."""
    return " ".join(for_terminal(text).split()).translate(_ESCAPED) or "-"
