"""What only the ledger in git must do: leave the user's repository alone, and reach its remote as git."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from teli_iac.errors import LedgerError, NotConfigured
from teli_iac.git_program import run_git
from teli_iac.ledger import Backend, open_ledger
from tests.ledger.repositories import PROGRAM, REF, clone, git, make_bare
from tests.ledger.sites import files
from tests.ledger.worlds import ACCOUNT, KEY, MINUTE, NOON, history, intended, made, people, written


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    return make_bare(tmp_path / "remote.git")


@pytest.fixture
def checkout(bare: Path, tmp_path: Path) -> Path:
    return clone(bare, tmp_path / "clone")


def ledger_in(folder: Path, place: str = "git") -> Backend:
    return open_ledger(place, str(folder), "acme")


def lived(ledger: Backend) -> None:
    """The ledger is made, written and read back."""
    ledger.release(written(made(ledger), [intended()]))
    assert ledger.load(ACCOUNT, KEY).version == 1
    assert ledger.people([people().ref]) == {people().ref: people()}


def program(folder: Path, name: str, script: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_nothing_in_the_users_repository_is_touched(checkout: Path) -> None:
    (checkout / "half-done").write_text("work")
    git(checkout, "add", "half-done")
    before = files(checkout)

    lived(ledger_in(checkout))

    assert files(checkout) == before


def test_a_clone_does_not_fetch_the_ledger_unasked(bare: Path, checkout: Path, tmp_path: Path) -> None:
    lived(ledger_in(checkout))
    git(checkout, "push", "--quiet", "origin", "HEAD")

    another = clone(bare, tmp_path / "another")

    assert b"teli-iac" not in git(another, "for-each-ref")


def test_the_history_tells_every_write_in_order_and_is_only_added_to(bare: Path, checkout: Path) -> None:
    lived(ledger_in(checkout))

    told = git(bare, "log", "--reverse", "--format=%an, %s", REF).decode().splitlines()

    assert told == [
        "teli-iac, Make the ledger",
        "teli-iac, Give the lease, token 1",
        "teli-iac, Record event 1",
        "teli-iac, Take the lease back, token 1",
    ]


def test_events_beyond_one_file_are_kept_in_the_next(bare: Path, checkout: Path) -> None:
    ledger = made(ledger_in(checkout))
    lease = ledger.acquire("ann", NOON, MINUTE)
    many = [history()[9]] * 300

    ledger.append(many, (people(),), NOON, lease, 0)
    ledger.append(many, (people(),), NOON, lease, 300)

    names = git(bare, "ls-tree", "-r", "--name-only", f"{REF}:events").decode().split()
    assert names == ["00000000.log", "00000001.log", "00000002.log"]
    assert [stored.sequence for stored in ledger_in(checkout).events()] == list(range(1, 601))


def _detached(bare: Path, folder: Path) -> Path:
    checkout = clone(bare, folder / "clone")
    git(checkout, "checkout", "--quiet", "--detach")
    return checkout


def _shallow(bare: Path, folder: Path) -> Path:
    git(clone(bare, folder / "first"), "push", "--quiet", "origin", "HEAD")
    git(folder, "clone", "--quiet", "--depth=1", bare.as_uri(), "shallow")
    return folder / "shallow"


def _worktree(bare: Path, folder: Path) -> Path:
    git(clone(bare, folder / "clone"), "worktree", "add", "--quiet", str(folder / "linked"))
    return folder / "linked"


def _subfolder(bare: Path, folder: Path) -> Path:
    inside = clone(bare, folder / "clone") / "campaigns" / "acme"
    inside.mkdir(parents=True)
    return inside


def _relative(bare: Path, folder: Path) -> Path:
    inside = _subfolder(bare, folder)
    git(inside, "remote", "set-url", "origin", "../remote.git")
    return inside


def _without_a_commit(bare: Path, folder: Path) -> Path:
    git(folder, "init", "--quiet", "empty")
    git(folder / "empty", "remote", "add", "origin", str(bare))
    return folder / "empty"


@pytest.mark.parametrize(
    "check_out", [_detached, _shallow, _worktree, _subfolder, _relative, _without_a_commit]
)
def test_a_ledger_is_used_from_every_kind_of_checkout(
    bare: Path, tmp_path: Path, check_out: Callable[[Path, Path], Path]
) -> None:
    lived(ledger_in(check_out(bare, tmp_path)))


def test_a_ledger_lies_in_a_remote_of_another_object_format(tmp_path: Path) -> None:
    bare = make_bare(tmp_path / "remote.git", "--object-format=sha256")

    lived(ledger_in(_without_sha1(bare, tmp_path)))


def _without_sha1(bare: Path, folder: Path) -> Path:
    git(folder, "init", "--quiet", "--object-format=sha256", "clone")
    git(folder / "clone", "remote", "add", "origin", str(bare))
    return folder / "clone"


def test_neither_a_name_nor_a_mail_address_needs_to_be_configured(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    git(checkout, "config", "user.useConfigOnly", "true")

    lived(ledger_in(checkout))


def test_another_remote_and_a_branch_can_be_named(checkout: Path, tmp_path: Path) -> None:
    upstream = make_bare(tmp_path / "upstream.git")
    git(checkout, "remote", "add", "upstream", str(upstream))
    before = files(checkout)

    lived(ledger_in(checkout, "git?remote=upstream&branch=memory/acme"))

    assert git(upstream, "for-each-ref", "--format=%(refname)") == b"refs/heads/memory/acme\n"
    assert files(checkout) == before  # no branch of the remote is followed either


def test_several_projects_of_one_repository_have_a_ledger_each(checkout: Path) -> None:
    lived(ledger_in(checkout))

    assert not open_ledger("git", str(checkout), "other").exists()


def test_hooks_are_not_run(checkout: Path, tmp_path: Path) -> None:
    hooks = tmp_path / "hooks"
    for name in ("pre-push", "reference-transaction", "post-checkout"):
        program(hooks, name, "exit 1")
    git(checkout, "config", "core.hooksPath", str(hooks))

    lived(ledger_in(checkout))


def test_what_the_repository_says_about_reaching_the_remote_is_done(checkout: Path, tmp_path: Path) -> None:
    ssh = program(
        tmp_path / "programs", "ssh", f'for last; do :; done; echo . >> "{tmp_path}/used"; eval "$last"'
    )
    git(checkout, "config", "core.sshCommand", str(ssh))
    git(checkout, "config", "ssh.variant", "simple")
    git(checkout, "remote", "set-url", "origin", f"host:{tmp_path}/remote.git")

    lived(ledger_in(checkout))

    assert (tmp_path / "used").exists()


def test_our_own_secrets_and_another_repository_are_not_handed_to_git(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = program(
        tmp_path / "programs", "git", f'env >> "{tmp_path}/seen"; exec "{PROGRAM}" "$@"'
    ).parent
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TELI_API_KEY", "secret of the API")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))

    lived(ledger_in(checkout))

    seen = (tmp_path / "seen").read_text()
    assert "secret of the API" not in seen
    assert "elsewhere" not in seen


def test_a_remote_that_takes_no_writes_names_the_right_that_is_missing(bare: Path, checkout: Path) -> None:
    lived(ledger_in(checkout))
    program(bare / "hooks", "pre-receive", "echo 'you may only read' >&2; exit 1")
    ledger = ledger_in(checkout)

    assert ledger.load(ACCOUNT, KEY).version == 1
    with pytest.raises(LedgerError, match="you may only read") as refused:
        ledger.acquire("ann", NOON, MINUTE)

    assert "contents: write" in refused.value.next_step


def test_on_a_host_that_takes_branches_only_a_branch_does(bare: Path, checkout: Path) -> None:
    program(bare / "hooks", "update", 'case "$1" in refs/heads/*) exit 0; esac; exit 1')

    with pytest.raises(LedgerError, match="did not take a write") as refused:
        made(ledger_in(checkout))
    lived(ledger_in(checkout, "git?branch=teli-iac-ledger"))

    assert "git?branch=NAME" in refused.value.next_step


def test_a_remote_that_cannot_be_reached_is_named_without_its_password(checkout: Path) -> None:
    git(checkout, "remote", "set-url", "origin", "http://ann:secret-word@127.0.0.1:1/acme.git")
    ledger = ledger_in(checkout)

    for use in (ledger.exists, lambda: made(ledger), lambda: ledger.load(ACCOUNT, KEY)):
        with pytest.raises(LedgerError, match="could not be read") as unreachable:
            use()
        assert "secret-word" not in unreachable.value.message
        assert "127.0.0.1" in unreachable.value.message


def test_a_ref_that_holds_something_else_is_no_ledger(checkout: Path) -> None:
    git(checkout, "push", "--quiet", "origin", f"HEAD:{REF}")

    with pytest.raises(LedgerError, match=r"ledger\.json is missing") as damaged:
        ledger_in(checkout).load(ACCOUNT, KEY)
    with pytest.raises(LedgerError, match=r"ledger\.json is missing"):
        made(ledger_in(checkout))

    assert "Do not start a new one" in damaged.value.next_step


def test_a_folder_outside_any_repository_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match="in no git repository"):
        ledger_in(tmp_path).exists()


def test_a_remote_that_is_not_there_or_has_several_addresses_is_refused(checkout: Path) -> None:
    git(checkout, "remote", "set-url", "--add", "--push", "origin", "one")
    git(checkout, "remote", "set-url", "--add", "--push", "origin", "two")

    for place in ("git", "git?remote=upstream"):
        with pytest.raises(NotConfigured, match="no remote"):
            ledger_in(checkout, place).exists()


def test_without_git_the_ledger_says_what_to_install(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(checkout))

    with pytest.raises(NotConfigured, match="git cannot be started") as refused:
        ledger_in(checkout).exists()

    assert "2.31" in refused.value.next_step


def test_git_that_does_not_end_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = program(tmp_path / "programs", "git", "sleep 600 & wait").parent
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")

    # It returns only when the pipe is closed, which `sleep` holds as well.
    ran = run_git(("fetch",), tmp_path, {}, within=0.2)

    assert ran.code is None
    assert ran.said == "git did not end in time"
