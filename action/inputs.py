"""What the workflow says, read once from the environment; nothing of it ever passes through a shell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


class InputRefused(Exception):
    """An input that the action does not know; its text is for the person who wrote the workflow."""


@dataclass(frozen=True, slots=True)
class PullRequest:
    """Where a comment goes, and what it is about."""

    number: int
    api: str
    repository: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Inputs:
    """One run of the action."""

    command: str
    program: str
    folder: Path
    arguments: tuple[str, ...]
    base: str
    plan_file: Path
    expect_digest: str
    temporary: Path
    output_file: Path
    summary_file: Path
    about: str
    """The commit and the run, as a line of Markdown."""
    pull_request: PullRequest | None


def read_inputs(variables: Mapping[str, str]) -> Inputs:
    """Raises InputRefused for a command or a truth that is none."""
    command = _one_of(variables, "COMMAND", ("review", "plan", "apply"))
    workspace, temporary = Path(variables["GITHUB_WORKSPACE"]), Path(variables["RUNNER_TEMP"])
    installed = _one_of(variables, "INSTALL", ("true", "false")) == "true"
    event = _event(variables)
    base = variables["INPUT_BASE"] or f"origin/{variables.get('GITHUB_BASE_REF') or 'main'}"
    if base.startswith("-"):
        raise InputRefused("The input base is a revision, and no option.")
    return Inputs(
        command=command,
        program=str(temporary / "teli-iac" / "bin" / "teli-iac") if installed else "teli-iac",
        folder=workspace / variables["INPUT_WORKING_DIRECTORY"],
        arguments=tuple(line.strip() for line in variables["INPUT_ARGUMENTS"].splitlines() if line.strip()),
        base=base,
        plan_file=_plan_file(variables, workspace, temporary),
        expect_digest=variables["INPUT_EXPECT_DIGEST"],
        temporary=temporary,
        output_file=Path(variables["GITHUB_OUTPUT"]),
        summary_file=Path(variables["GITHUB_STEP_SUMMARY"]),
        about=_about(variables, event),
        pull_request=_pull_request(variables, event),
    )


def _one_of(variables: Mapping[str, str], name: str, known: tuple[str, ...]) -> str:
    given = variables[f"INPUT_{name}"]
    if given not in known:
        raise InputRefused(f"The input {name.lower()} takes {', '.join(known[:-1])} or {known[-1]}.")
    return given


def _plan_file(variables: Mapping[str, str], workspace: Path, temporary: Path) -> Path:
    given = variables["INPUT_PLAN_FILE"]
    return workspace / given if given else temporary / "teli-iac.plan"


def _event(variables: Mapping[str, str]) -> Mapping[str, object]:
    file = variables.get("GITHUB_EVENT_PATH")
    event = json.loads(Path(file).read_text(encoding="utf-8")) if file else {}
    pull_request = event.get("pull_request")
    return pull_request if isinstance(pull_request, dict) else {}


def _about(variables: Mapping[str, str], event: Mapping[str, object]) -> str:
    # GITHUB_SHA of a pull request is a merge that nobody made and nobody can look up later.
    head = event.get("head")
    commit = head["sha"] if isinstance(head, dict) else variables.get("GITHUB_SHA", "")
    run = f"{variables.get('GITHUB_SERVER_URL')}/{variables.get('GITHUB_REPOSITORY')}/actions/runs"
    return f"For commit {str(commit)[:12]}, by [this run]({run}/{variables.get('GITHUB_RUN_ID')})."


def _pull_request(variables: Mapping[str, str], event: Mapping[str, object]) -> PullRequest | None:
    wanted = _one_of(variables, "COMMENT", ("true", "false")) == "true"
    number, token = event.get("number"), variables["INPUT_GITHUB_TOKEN"]
    if not (wanted and isinstance(number, int)):
        return None
    return PullRequest(number, variables["GITHUB_API_URL"], variables["GITHUB_REPOSITORY"], token)
