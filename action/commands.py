"""What each command of the action does: which words teli-iac is given, and what is told of its answer."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from action.inputs import Inputs
from action.running import Answer, run

CHANGES = 2
"""The exit code of --detailed-exitcode for: it worked, and there is something to do."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a command; `comment` begins with the hidden marker, or is empty."""

    code: int
    summary: str
    comment: str = ""
    plan: Mapping[str, object] = field(default_factory=dict)
    plan_path: str = ""
    well: tuple[int, ...] = (0,)

    def outputs(self) -> dict[str, str]:
        """The outputs of the action, as text; what is not known is empty."""
        told = {"exitcode": str(self.code), "plan_path": self.plan_path}
        if not self.plan:
            return told | {"has_changes": _truth(self.code == CHANGES and CHANGES in self.well)}
        summary, people = _numbers(self.plan, "summary"), _numbers(self.plan, "people")
        calling = summary["launch"] + summary["extend"] + summary["replace"]
        acting = calling + summary["update"] + summary["delete"]
        return told | {
            "has_changes": _truth(acting > 0),
            "launches": str(calling),
            "deletes": str(summary["delete"]),
            "people_new": str(people["new"]),
            "people_again": str(people["again"]),
            "plan_digest": str(self.plan["plan_digest"]),
            "blocked": str(summary["blocked"]),
        }


def review(inputs: Inputs) -> Done:
    """Validate, with a sentence at each faulty line; then what differs from the base. No key is needed."""
    valid = run(inputs, "validate", "--format", "github", *inputs.arguments, shown=True)
    if valid.code:
        return Done(valid.code, _failed("validate", valid))
    words = ("diff", "--format", "markdown", "--detailed-exitcode", inputs.base, *inputs.arguments)
    compared = run(inputs, *words, shown=False)
    if compared.code not in (0, CHANGES):
        return Done(compared.code, _failed("diff", compared))
    marker = f"<!-- teli-iac diff {_plain(inputs.folder.name)} -->\n"
    return Done(compared.code, compared.out, marker + compared.out, well=(0, CHANGES))


def plan(inputs: Inputs) -> Done:
    """Plan, save it, and tell it as text in the log, as annotations, as a summary and as a comment."""
    files = {name: inputs.temporary / f"teli-iac-plan.{name}" for name in ("json", "markdown", "github")}
    for stale in (*files.values(), inputs.plan_file):
        stale.unlink(missing_ok=True)
    writes = [f"--write={name}={file}" for name, file in files.items()]
    words = ("--detailed-exitcode", f"--out={inputs.plan_file}", *writes)
    answer = run(inputs, "plan", *words, *inputs.arguments, shown=True)
    if not all(file.exists() for file in files.values()):
        return Done(answer.code or 1, _failed("plan", answer))
    sys.stdout.write(_read(files["github"]))
    told, saved = _read(files["markdown"]), inputs.plan_file.exists()
    path = str(inputs.plan_file) if saved else ""
    return Done(answer.code, told, told, json.loads(_read(files["json"])), path, well=(0, CHANGES))


def apply(inputs: Inputs) -> Done:
    """Apply what was approved, and nothing else."""
    file = inputs.temporary / "teli-iac-applied.json"
    file.unlink(missing_ok=True)
    what = [str(inputs.plan_file)] if inputs.plan_file.exists() else []
    if inputs.expect_digest:
        what.append(f"--expect-digest={inputs.expect_digest}")
    if not what:
        return Done(
            64, "apply wants a saved plan (plan-file) or a digest (expect-digest); nothing was sent.\n"
        )
    answer = run(inputs, "apply", *what, f"--write=json={file}", *inputs.arguments, shown=True)
    applied = json.loads(_read(file)) if file.exists() else {}
    head = f"**teli-iac apply ended with exit code {answer.code}.**\n\n"
    return Done(answer.code, head + _fenced(answer.out), plan=applied)


COMMANDS: Mapping[str, Callable[[Inputs], Done]] = {"review": review, "plan": plan, "apply": apply}


def _failed(command: str, answer: Answer) -> str:
    return f"**teli-iac {command} ended with exit code {answer.code}; the log says why.**\n"


def _fenced(text: str) -> str:
    return f"~~~~text\n{text.replace('~~~~', '~~~ ')}~~~~\n"


def _numbers(plan: Mapping[str, object], name: str) -> Mapping[str, int]:
    numbers = plan[name]
    assert isinstance(numbers, dict)  # noqa: S101  schemas/plan.json says so
    return numbers


def _plain(name: str) -> str:
    return "".join(each for each in name.lower() if each in "abcdefghijklmnopqrstuvwxyz0123456789-")[:40]


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _truth(value: bool) -> str:  # noqa: FBT001  it is what is told
    return "true" if value else "false"
