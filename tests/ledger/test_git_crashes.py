"""The ledger in git when a process dies, or an answer is lost, at any of its pushes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from teli_iac.errors import LedgerError
from teli_iac.model import Left
from tests.ledger.processes import WRITES, assert_all_kept, go, started
from tests.ledger.repositories import PROGRAM, git
from tests.ledger.sites import SITES, Site
from tests.ledger.worlds import ACCOUNT, KEY, MINUTE, NOON, made


def git_that(folder: Path, at_the_push: str, number: int) -> dict[str, str]:
    """An environment whose git does something else than git at its n-th push."""
    programs = folder / "programs"
    programs.mkdir()
    script = f"""#!/bin/sh
case " $* " in *" push "*)
    echo >> "{folder}/pushes"
    if [ "$(wc -l < "{folder}/pushes")" -eq {number} ]; then
        {at_the_push}
    fi
esac
exec "{PROGRAM}" "$@"
"""
    (programs / "git").write_text(script)
    (programs / "git").chmod(0o755)
    return {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return SITES["git"](tmp_path)


@pytest.mark.parametrize("number", range(1, WRITES + 1))
@pytest.mark.parametrize("at_the_push", ["kill -9 $PPID; exit 1", f'"{PROGRAM}" "$@"; kill -9 $PPID; exit 1'])
def test_killed_at_any_push_a_ledger_keeps_all_it_acknowledged(
    site: Site, tmp_path: Path, at_the_push: str, number: int
) -> None:
    environment = {**os.environ, **git_that(tmp_path, at_the_push, number)}
    with started("live", site.place, site.folder, environment) as writer:
        go(writer)
        said = writer.communicate()[0].split()
    assert "done" not in said
    assert_all_kept(site, said)


def test_a_life_without_a_fault_pushes_as_often_as_is_enumerated_here(site: Site, tmp_path: Path) -> None:
    environment = {**os.environ, **git_that(tmp_path, "exit 1", 0)}

    with started("live", site.place, site.folder, environment) as writer:
        go(writer)
        assert writer.communicate()[0].split()[-1] == "done"

    assert (tmp_path / "pushes").read_text().count("\n") == WRITES


def test_a_push_whose_answer_is_lost_is_found_to_have_arrived(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease = made(site.open()).acquire("ann", NOON, MINUTE)
    environment = git_that(tmp_path, f'"{PROGRAM}" "$@"; exit 1', 1)
    monkeypatch.setenv("PATH", environment["PATH"])

    assert site.open().append((Left("fall"),), (), NOON, lease, 0) == 1
    assert site.open().load(ACCOUNT, KEY).version == 1


def test_a_push_whose_answer_is_lost_is_found_below_what_others_pushed_since(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease = made(site.open()).acquire("ann", NOON, MINUTE)
    bare = tmp_path / "remote.git"
    ref = "refs/teli-iac/ledger/acme"
    identity = "-c user.name=t -c user.email=t"
    more = (
        f'"{PROGRAM}" "$@"; unset GIT_DIR; cd "{bare}";'
        f' git update-ref {ref} "$(git {identity} commit-tree -p {ref} -m more {ref}^{{tree}})"; exit 1'
    )
    monkeypatch.setenv("PATH", git_that(tmp_path, more, 1)["PATH"])

    assert site.open().append((Left("fall"),), (), NOON, lease, 0) == 1
    assert git(bare, "log", "-1", "--format=%s", ref) == b"more\n"


def test_when_nobody_can_say_whether_a_push_arrived_the_command_says_so_and_writes_no_more(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = made(site.open())
    lease = ledger.acquire("ann", NOON, MINUTE)
    bare, away = tmp_path / "remote.git", tmp_path / "away.git"
    monkeypatch.setenv(
        "PATH", git_that(tmp_path, f'"{PROGRAM}" "$@"; mv "{bare}" "{away}"; exit 1', 1)["PATH"]
    )

    with pytest.raises(LedgerError, match="could not be found out"):
        ledger.append((Left("fall"),), (), NOON, lease, 0)

    away.rename(bare)
    with pytest.raises(LedgerError, match="at version 1, not 0"):
        ledger.append((Left("fall"),), (), NOON, lease, 0)
    assert ledger.load(ACCOUNT, KEY).version == 1


def test_a_write_that_another_machine_got_ahead_of_is_begun_again_from_there(site: Site) -> None:
    ours = made(site.open())
    first = ours.acquire("ann", NOON, MINUTE)
    theirs = site.open()
    theirs.append((Left("one"),), (), NOON, first, 0)

    assert ours.append((Left("two"),), (), NOON, first, 1) == 2
    renewed = theirs.renew(first, NOON, 2 * MINUTE)
    assert ours.append((Left("three"),), (), NOON + MINUTE, renewed, 2) == 3
