"""Who applies, and from which commit of the manifests: what an auditor asks years later."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from teli_iac.errors import NotConfigured
from teli_iac.git_program import run_git
from teli_iac.model import Applied, Plan
from teli_iac.settings import Invocation, PlanOptions
from teli_iac.worlds import this_holder

_ACTORS = (
    "GITHUB_ACTOR",
    "GITLAB_USER_LOGIN",
    "BUILDKITE_BUILD_CREATOR",
    "CIRCLE_USERNAME",
    "BUILD_REQUESTEDFOR",
    "BUILD_USER_ID",
)
"""Who started the pipeline, as GitHub, GitLab, Buildkite, CircleCI, Azure and Jenkins say it."""

_COMMITS = (
    "GITHUB_SHA",
    "CI_COMMIT_SHA",
    "BUILDKITE_COMMIT",
    "CIRCLE_SHA1",
    "BITBUCKET_COMMIT",
    "BUILD_SOURCEVERSION",
    "GIT_COMMIT",
)
_MANIFESTS = (".", ":(exclude).*")
"""Everything below the folder that may be a manifest or a list: what begins with a dot is neither."""

_LONGEST = 200
_GIT_SECONDS = 5.0


def applied(plan: Plan, asked: Invocation, options: PlanOptions, folder: Path) -> Applied | None:
    """The note that an apply leaves in the ledger; none for a plan that sends nothing."""
    if not plan.acting or options.approval is None:
        return None
    commit, changed = _commit(folder, asked.environment)
    return Applied(
        by=_short(this_holder().partition(" ")[0]),
        actor=_first(_ACTORS, asked.environment),
        commit=commit,
        uncommitted=changed,
        plan_digest=plan.digest,
        approval=options.approval,
        people_new=plan.new_people,
        people_again=plan.people_again,
        release=asked.release,
    )


def _commit(folder: Path, environment: Mapping[str, str]) -> tuple[str | None, bool]:
    """The commit that is checked out in the folder, and whether files below it differ from it.

    Where there is no git, what the pipeline says; then nobody can tell whether something differs.
    """
    try:
        head = run_git(["rev-parse", "--verify", "HEAD"], folder, {}, within=_GIT_SECONDS)
        if head.code == 0:
            status = run_git(["status", "--porcelain", "--", *_MANIFESTS], folder, {}, within=_GIT_SECONDS)
            return head.output.decode("ascii", "replace").strip()[:64], bool(status.output.strip())
    except NotConfigured:
        pass
    return _first(_COMMITS, environment), False


def _first(names: tuple[str, ...], environment: Mapping[str, str]) -> str | None:
    given = (environment.get(name, "").strip() for name in names)
    return next((_short(value) for value in given if value), None)


def _short(text: str) -> str:
    return "".join(character for character in text if character.isprintable())[:_LONGEST]
