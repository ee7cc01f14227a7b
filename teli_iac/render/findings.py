"""What tools for code review can show: one sentence at one place of a file, by how much it matters.

Both a plan and the problems of manifests are told so, and `sarif`, `junit` and `github` are three ways to
write it down. Every text is as others wrote it; each sink makes it safe.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from teli_iac.catalogue import CATALOGUE, Entry
from teli_iac.catalogue.guards import GUARDS
from teli_iac.catalogue.reasons import REASONS
from teli_iac.errors import Problem
from teli_iac.model import Action, Change, Mark, Plan, Severity
from teli_iac.model import Finding as Found
from teli_iac.render.facts import facts_of
from teli_iac.render.headlines import words
from teli_iac.render.protocol import Refused
from teli_iac.render.verdict import refusal

_ENTRIES: dict[str, Entry] = {
    **CATALOGUE,
    **{str(reason): entry for reason, entry in REASONS.items()},
    **{str(guard): entry for guard, entry in GUARDS.items()},
}


class Level(StrEnum):
    """How much a finding matters, in GitHub's words."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


Wrong: TypeAlias = Problem | Found
"""What validate tells: a problem of the manifests, or what Teli lacks for them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to be shown. `rule` is a code, reason or guard that `explain` knows; `title` is short."""

    level: Level
    rule: str
    title: str
    message: str
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Rule:
    """What a code, reason or guard means, wherever it is found."""

    title: str
    meaning: str
    next_step: str


def rule_of(name: str) -> Rule:
    """The catalogue's words about a rule; a code that it does not have is its own title."""
    entry = _ENTRIES.get(name)
    return Rule(entry.title, entry.meaning, entry.next_step) if entry else Rule(name, name, "")


def findings_of_problems(problems: Sequence[Wrong]) -> tuple[Finding, ...]:
    """Each at its place, as an error or a warning; its source line is left out, since it may be a lead's."""
    return tuple(
        Finding(
            _level_of(each),
            each.code,
            each.code,
            f"{_ended(each.message)} {each.next_step}".strip(),
            each.mark,
        )
        for each in problems
        if isinstance(each, Problem) or each.severity is not Severity.FINE
    )


def _ended(message: str) -> str:
    """A message as a sentence that another one can follow; the terminal has a line for each instead."""
    return message if message.endswith((".", "!", "?")) else f"{message}."


def _level_of(wrong: Wrong) -> Level:
    warned = not isinstance(wrong, Problem) and wrong.severity is Severity.WARNING
    return Level.WARNING if warned else Level.ERROR


def findings_of_plan(plan: Plan, refusals: Sequence[Refused]) -> tuple[Finding, ...]:
    """What refuses or waits for a person, then what calls people again or stops calls, then the rest."""
    return (
        *_refused(refusals),
        *(_blocked(change) for change in plan.blocked),
        *(_acting(change, plan) for change in plan.acting if _is_grave(change)),
        *_incomplete(plan),
        *(_acting(change, plan) for change in plan.acting if not _is_grave(change)),
    )


def below(findings: Sequence[Finding], folder: str) -> tuple[Finding, ...]:
    """The findings with their files named from further up: `folder` is where the project lies there."""
    if not folder:
        return tuple(findings)
    return tuple(
        replace(each, mark=replace(each.mark, file=f"{folder}/{each.mark.file}")) if each.mark else each
        for each in findings
    )


def _refused(refusals: Sequence[Refused]) -> Iterator[Finding]:
    for each in refusals:
        said = f"{refusal(each)} To allow it: {each.consent}"
        yield Finding(Level.ERROR, each.guard, f"guard {each.guard}", said, None)


def _blocked(change: Change) -> Finding:
    entry = REASONS[change.reason]
    said = f"{entry.meaning} Next: {entry.next_step.replace('ADDRESS', change.address)}"
    return Finding(Level.ERROR, change.reason, f"{change.address} {words(change)}", said, _place_of(change))


def _acting(change: Change, plan: Plan) -> Finding:
    facts = facts_of(change, plan.now)
    said = "; ".join(f"{fact.label} {fact.text}".strip() for fact in facts if fact.label != "next")
    level = Level.WARNING if _is_grave(change) else Level.NOTICE
    title = f"{change.address} {words(change)}"
    return Finding(level, change.reason, title, f"{said or words(change)}.", _place_of(change))


def _incomplete(plan: Plan) -> Iterator[Finding]:
    for gap in plan.gaps:
        said = f"Teli's list may lack campaigns, so nothing is launched: {gap}"
        yield Finding(Level.WARNING, "list_incomplete", "incomplete list", said, None)


def _is_grave(change: Change) -> bool:
    return bool(change.again) or (change.action in {Action.DELETE, Action.END} and change.live)


def _place_of(change: Change) -> Mark | None:
    """The line that changed, else the manifest; what left its manifest has no place."""
    changed = (each.origin for each in change.fields if each.origin and each.before is not None)
    return next(changed, change.origin)
