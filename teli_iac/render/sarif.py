"""Findings as SARIF 2.1.0, for code scanning: GitHub, GitLab, Azure DevOps and editors show it.

GitHub takes 25,000 results of one run and refuses the whole file above that, so what is more is counted in
the last one. Every result has a place, for GitHub drops those without: what has none stands at the top of
the Project's file. Characters beyond ASCII are escaped, as in every JSON of ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from teli_iac.model import JsonValue, Mark, Plan
from teli_iac.render.findings import (
    Finding,
    Level,
    Wrong,
    below,
    findings_of_plan,
    findings_of_problems,
    rule_of,
)
from teli_iac.render.json import json_text
from teli_iac.render.protocol import Refused
from teli_iac.render.words import counted

MOST_RESULTS = 25_000
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTICE: "note"}
_NOWHERE = Mark("teli.yaml", 1, 1)
_MORE = "more"


def render_sarif(plan: Plan, refusals: Sequence[Refused], *, folder: str = "") -> str:
    """What a plan does and what refuses it, at the lines that say so."""
    return _document(below(_placed(findings_of_plan(plan, refusals)), folder))


def render_problems_sarif(problems: Sequence[Wrong], *, folder: str = "") -> str:
    """What is wrong in the manifests; no problem is an empty list of results."""
    return _document(below(_placed(findings_of_problems(problems)), folder))


def _placed(found: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(Finding(f.level, f.rule, f.title, f.message, f.mark or _NOWHERE) for f in found)


def _document(found: Sequence[Finding]) -> str:
    shown = found if len(found) <= MOST_RESULTS else found[: MOST_RESULTS - 1]
    rules = list(dict.fromkeys(each.rule for each in shown))
    index = {rule: number for number, rule in enumerate(rules)}
    results = [_result(each, index[each.rule]) for each in shown]
    described = [_rule(rule) for rule in rules]
    if len(shown) < len(found):
        described.append({"id": _MORE, "shortDescription": {"text": "More findings than a file may hold"}})
        said = f"{counted(len(found) - len(shown), 'more finding')} left out: code scanning takes no more."
        place = shown[0].mark or _NOWHERE
        results.append(_result(Finding(found[-1].level, _MORE, "", said, place), len(rules)))
    driver: JsonValue = {"name": "teli-iac", "rules": described}
    run: JsonValue = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(name: str) -> JsonValue:
    rule = rule_of(name)
    help_text = f"{rule.meaning} {rule.next_step}".strip()
    return {
        "id": name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.meaning},
        "help": {"text": f"{help_text} More: teli-iac explain {name}"},
    }


def _result(finding: Finding, index: int) -> JsonValue:
    title = "" if finding.title in {"", finding.rule} else f"{finding.title}: "
    mark = finding.mark or _NOWHERE
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.level],
        "message": {"text": f"{title}{finding.message}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(mark.file)},
                    "region": {"startLine": max(1, mark.line), "startColumn": max(1, mark.column)},
                }
            }
        ],
    }


def _uri(file: str) -> str:
    """A path as a relative reference: no character of it is taken for a scheme, a query or a fragment."""
    return quote(file.encode("utf-8", "surrogatepass"), safe="/")
