"""The files of a git revision are read as they were committed, and nothing of the clone is touched."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from teli_iac.errors import NotConfigured, UsageError
from teli_iac.revisions import find_revision, is_shallow, laid_out, list_revisions, read_files
from tests.ledger.repositories import git
from tests.ledger.sites import files


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose project lies in a folder of it."""
    top = tmp_path / "repository"
    (top / "acme" / "leads").mkdir(parents=True)
    git(top, "init", "--quiet", "--initial-branch=main")
    commit(top, "Begin", {"README.md": "read me", "acme/teli.yaml": "first"})
    commit(top, "Add people", {"acme/leads/fall.csv": "Phone\n"})
    commit(top, "Read on", {"README.md": "read on"})
    commit(top, "Change the project", {"acme/teli.yaml": "second"})
    return top


def commit(top: Path, subject: str, changed: dict[str, str]) -> None:
    for name, content in changed.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(content, encoding="utf-8")
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "--message", subject)


def subjects(folder: Path) -> list[str]:
    return [revision.subject for revision in list_revisions(folder)]


def test_revisions_are_those_that_changed_the_folder_newest_first(repository: Path) -> None:
    assert subjects(repository / "acme") == ["Change the project", "Add people", "Begin"]


def test_revisions_of_other_branches_and_of_amended_commits_are_known(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "-b", "side")
    commit(repository, "Aside", {"acme/aside.yaml": "aside"})
    git(repository, "commit", "--quiet", "--amend", "--message", "Aside, said better")
    git(repository, "checkout", "--quiet", "main")

    assert {"Aside", "Aside, said better"} <= set(subjects(repository / "acme"))


def test_a_branch_that_came_to_nothing_is_not_left_out(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "-b", "side")
    commit(repository, "There", {"acme/teli.yaml": "third"})
    commit(repository, "And back", {"acme/teli.yaml": "second"})
    git(repository, "checkout", "--quiet", "main")
    git(repository, "merge", "--quiet", "--no-ff", "--message", "Merge", "side")
    git(repository, "branch", "--quiet", "-D", "side")

    assert subjects(repository / "acme")[:2] == ["And back", "There"]


def test_a_revision_is_named_as_git_names_it(repository: Path) -> None:
    assert find_revision(repository, "HEAD~1").subject == "Read on"
    assert find_revision(repository / "acme", "main").at.tzinfo is not None


@pytest.mark.parametrize("text", ["nowhere", "", "--all", "HEAD:README.md", "main\nmain"])
def test_what_names_no_commit_is_refused(text: str, repository: Path) -> None:
    with pytest.raises(UsageError, match="no revision"):
        find_revision(repository, text)


def test_files_are_read_as_they_were_below_the_folder(repository: Path) -> None:
    revision = find_revision(repository, "HEAD~2")

    assert read_files(repository / "acme", revision) == {"leads/fall.csv": b"Phone\n", "teli.yaml": b"first"}
    assert read_files(repository / "acme", revision, lambda name: name.endswith(".yaml")).keys() == {
        "teli.yaml"
    }


def test_a_folder_that_was_not_there_yet_held_nothing(repository: Path) -> None:
    commit(repository, "Another project", {"other/teli.yaml": "other"})

    assert read_files(repository / "other", find_revision(repository, "HEAD~1")) == {}


def test_files_are_laid_out_and_taken_away_again(repository: Path) -> None:
    (repository / "acme" / "link.yaml").symlink_to("teli.yaml")
    commit(repository, "Link", {"acme/blank name.yaml": "blank"})

    with laid_out(repository / "acme", find_revision(repository, "HEAD")) as folder:
        assert (folder / "link.yaml").read_text(encoding="utf-8") == "second"
        assert (folder / "blank name.yaml").read_text(encoding="utf-8") == "blank"
        assert (folder / "leads" / "fall.csv").is_file()
        assert folder.stat().st_mode & 0o077 == 0

    assert not folder.exists()


def test_no_filter_of_the_repository_runs(repository: Path, tmp_path: Path) -> None:
    git(repository, "config", "filter.trap.smudge", f"touch '{tmp_path / 'ran'}'")
    commit(repository, "Trap", {"acme/.gitattributes": "* filter=trap\n"})

    with laid_out(repository / "acme", find_revision(repository, "HEAD")) as folder:
        assert (folder / "teli.yaml").read_text(encoding="utf-8") == "second"

    assert not (tmp_path / "ran").exists()


def test_nothing_of_the_clone_is_touched(repository: Path) -> None:
    (repository / "acme" / "teli.yaml").write_text("not committed", encoding="utf-8")
    before = files(repository)

    for revision in list_revisions(repository / "acme"):
        read_files(repository / "acme", revision)
        with laid_out(repository / "acme", revision):
            pass

    assert files(repository) == before


def test_a_shallow_clone_is_known_as_one(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", repository.as_uri(), "shallow")

    assert (is_shallow(repository), is_shallow(tmp_path / "shallow")) == (False, True)


def test_a_repository_without_a_commit_has_no_revisions(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")

    assert list_revisions(tmp_path) == ()


def test_a_folder_in_no_repository_is_told_so(tmp_path: Path, repository: Path) -> None:
    bare = tmp_path / "bare folder"
    shutil.copytree(repository / "acme", bare)

    with pytest.raises(NotConfigured, match="no git repository"):
        list_revisions(bare)
