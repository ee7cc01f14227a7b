"""A change from a fork to its calls: real git repositories, the action, the embedded Teli on loopback."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import PROGRAM, environment
from tests.comparison.repository import FILES, edit, git
from tests.ledger.repositories import make_bare
from tests.manifests.folders import PROJECT, SHARED, write
from tests.pipelines.github import Comments, run_action


@pytest.fixture
def teli(tmp_path: Path) -> Iterator[str]:
    """The address of an embedded Teli that every clone reaches."""
    words = [*PROGRAM, "sandbox", "serve", "--port", "0"]
    with subprocess.Popen(  # noqa: S603  our own program
        words,
        cwd=tmp_path,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as serving:
        assert serving.stdout is not None
        said = serving.stdout.readline()
        yield said.split("answers at ")[1].split(" ")[0]
        serving.terminate()


def clone(origin: Path, folder: Path) -> Path:
    git(folder.parent, "clone", "--quiet", str(origin), str(folder))
    return folder


def test_a_pull_request_lives_from_a_fork_to_one_launch(
    tmp_path: Path, teli: str, comments: Comments
) -> None:
    origin, runner = make_bare(tmp_path / "origin.git", "--initial-branch=main"), tmp_path / "runner"
    first = clone(origin, tmp_path / "first")
    account = "organization_id: o, tenant_id: t, user_id: u"
    spec = f'{{base_url: "{teli}", ledger: git, allow_test_numbers: true, {account}}}'
    project = PROJECT.replace('spec: {base_url: "sandbox:"}', f"spec: {spec}") + f"---\n{SHARED}"
    write(first, FILES | {"teli.yaml": project})
    git(first, "add", "--all")
    git(first, "commit", "--quiet", "--message=begin")
    git(first, "push", "--quiet", "origin", "HEAD:main")

    fork = clone(origin, tmp_path / "fork")
    edit(fork, "leads/fall.csv", "+14155550122,gold\n", "+14155550122,gold\n+14155550123,gold\n")
    comments.may_write = False
    reviewed = run_action(fork, runner, comments, COMMAND="review")
    assert (reviewed.code, reviewed.outputs["has_changes"]) == (0, "true"), reviewed.log
    assert ("campaign/fall" in reviewed.summary, "the token may not" in reviewed.log) == (True, True)

    git(fork, "commit", "--quiet", "--all", "--message=one more")
    git(fork, "push", "--quiet", "origin", "HEAD:main")
    comments.may_write = True
    planning = clone(origin, tmp_path / "planning")
    planned = run_action(planning, runner, comments)
    assert (planned.code, planned.outputs["people_new"]) == (0, "4"), planned.log
    assert planned.outputs["plan_digest"] in comments.kept[0]["body"]

    approved = {"COMMAND": "apply", "EXPECT_DIGEST": planned.outputs["plan_digest"]}
    applied = run_action(clone(origin, tmp_path / "applying"), runner, None, **approved)
    assert (applied.code, "Done: 1 launched." in applied.summary) == (0, True), applied.log
    again = clone(origin, tmp_path / "again")
    assert run_action(again, runner, None, **approved).code == 3
    settled = run_action(again, runner, comments)
    assert (settled.code, settled.outputs["has_changes"]) == (0, "false"), settled.log
    told = "".join(each["body"] for each in comments.kept) + settled.summary + planned.log + reviewed.summary
    assert [number for number in ("5550120", "5550123") if number in told] == []
