from __future__ import annotations

import os
from pathlib import Path

import pytest

from teli_iac.manifests.reading import MAX_BYTES
from tests.manifests.folders import PROJECT, parse, plain_campaign, read, refusals, write
from tests.strangers import common_folder, without_rights

EXCLUDING = PROJECT.replace('"sandbox:"', '"sandbox:", exclude: ["charts/**", "*.draft.yaml"]')


def test_every_yaml_file_of_every_folder_is_read(tmp_path: Path) -> None:
    files = {"teli.yaml": PROJECT, "a/one.yml": plain_campaign("one"), "a/b/two.YAML": plain_campaign("two")}
    write(tmp_path, files)
    assert list(parse(read(tmp_path)).campaigns) == ["one", "two"]


@pytest.mark.parametrize("name", [".pre-commit-config.yaml", ".gitlab-ci.yml"])
def test_a_dot_file_is_read_like_any_other_until_the_project_leaves_it_out(name: str, tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, name: "repos: []\n"})
    assert [refusal.split()[1] for refusal in refusals(read(tmp_path))] == ["TELI-E032"]
    write(tmp_path, {"teli.yaml": PROJECT.replace("spec: {", f"spec: {{exclude: [{name}], ")})
    assert refusals(read(tmp_path)) == []


def test_dot_folders_and_other_files_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, ".github/ci.yaml": "on: push\n", "notes.txt": "[[["})
    assert refusals(read(tmp_path)) == []


def test_excluded_files_are_not_judged_whatever_they_hold(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": EXCLUDING, "charts/a/values.yaml": "{{", "fall.draft.yaml": "[1"})
    assert refusals(read(tmp_path)) == []


def test_the_folder_of_an_excluded_project_may_lie_below(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": EXCLUDING, "charts/teli.yaml": PROJECT.replace("acme", "other")})
    assert parse(read(tmp_path)).project.name == "acme"


def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT})
    assert refusals(read(tmp_path, "fall")) == ["fall:1:1: TELI-E010 There is no such file or folder"]


def test_a_file_that_is_no_yaml_is_not_taken_for_a_manifest(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, "plan.json": "{}"})
    assert refusals(read(tmp_path, "plan.json")) == ["plan.json:1:1: TELI-E019 This is not a manifest file"]


def test_an_empty_folder_is_never_a_wish_to_delete_everything(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, "campaigns/.keep": ""})
    assert refusals(read(tmp_path, "campaigns")) == [
        "TELI-E016 There is no manifest at all under these paths"
    ]


def test_an_empty_folder_tells_how_to_begin(tmp_path: Path) -> None:
    (problem,) = read(tmp_path).problems
    assert "`teli-iac init`" in problem.next_step


def test_a_file_of_comments_is_no_manifest_at_all(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, "later.yaml": "# nothing yet\n---\n---\n"})
    assert refusals(read(tmp_path, "later.yaml")) == [
        "later.yaml:1:1: TELI-E016 There is no manifest at all under these paths"
    ]


def test_without_a_project_nothing_is_wanted(tmp_path: Path) -> None:
    write(tmp_path, {"one.yaml": plain_campaign("one")})
    assert refusals(read(tmp_path)) == ["TELI-E017 There is no Project"]


def test_two_projects_name_each_other(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": PROJECT, "b.yaml": PROJECT})
    assert refusals(read(tmp_path)) == [
        "b.yaml:2:7: TELI-E018 This is a second Project; the first is at a.yaml:2:7"
    ]


def test_a_project_given_by_name_counts_among_those_of_the_paths(tmp_path: Path) -> None:
    write(tmp_path, {"live.yaml": PROJECT, "trial.yaml": PROJECT})
    assert len(refusals(read(tmp_path, "live.yaml", project="trial.yaml"))) == 1
    assert refusals(read(tmp_path, "live.yaml", project="live.yaml")) == []


def test_a_project_above_gives_its_pools_but_not_its_campaigns(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"teli.yaml": f"{PROJECT}---\n{plain_campaign('above')}", "a/one.yaml": plain_campaign("one")},
    )
    manifests = read(tmp_path / "a")
    assert list(parse(manifests).campaigns) == ["one"]
    assert manifests.folder == str(tmp_path)


@pytest.mark.parametrize(
    ("paths", "covers"), [((".",), True), (("a",), False), (("teli.yaml", "a"), False), (("a", "."), True)]
)
def test_only_the_whole_folder_covers_the_project(
    tmp_path: Path, paths: tuple[str, ...], *, covers: bool
) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, "a/one.yaml": plain_campaign("one")})
    assert parse(read(tmp_path, *paths)).covers_project is covers


def test_a_folder_above_covers_the_project_but_holds_strangers(tmp_path: Path) -> None:
    write(tmp_path, {"here/teli.yaml": PROJECT, "elsewhere/one.yaml": plain_campaign("one")})
    manifests = read(tmp_path / "here", "..")
    assert manifests.covers_project
    assert [refusal[:38] for refusal in refusals(manifests)] == ["../elsewhere/one.yaml:1:1: TELI-E013 T"]


def test_a_file_is_read_once_however_often_it_is_given(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, "a/one.yaml": plain_campaign("one")})
    assert refusals(read(tmp_path, ".", "a", "a/one.yaml", "./a/../a")) == []


def test_a_link_to_a_file_that_is_read_anyway_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, "one.yaml": plain_campaign("one")})
    (tmp_path / "two.yaml").symlink_to("one.yaml")
    assert refusals(read(tmp_path)) == [
        'two.yaml:1:1: TELI-E014 This is the same file as "one.yaml", under another name'
    ]


def test_a_hard_link_is_the_same_file_too(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, "one.yaml": plain_campaign("one")})
    (tmp_path / "two.yaml").hardlink_to(tmp_path / "one.yaml")
    assert [refusal[:27] for refusal in refusals(read(tmp_path))] == ["two.yaml:1:1: TELI-E014 Thi"]


def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"in/teli.yaml": PROJECT, "out/one.yaml": plain_campaign("one")})
    (tmp_path / "in" / "one.yaml").symlink_to("../out/one.yaml")
    (tmp_path / "in" / "more").symlink_to("../out")
    assert [refusal.split(" This")[0] for refusal in refusals(read(tmp_path / "in"))] == [
        "more:1:1: TELI-E013",
        "one.yaml:1:1: TELI-E013",
    ]


def test_a_file_outside_the_project_is_never_quoted(tmp_path: Path) -> None:
    write(tmp_path, {"in/teli.yaml": PROJECT, "out/secrets.yaml": "password: hunter2: hunter2\n"})
    (tmp_path / "in" / "one.yaml").symlink_to("../out/secrets.yaml")
    assert not [problem for problem in read(tmp_path / "in").problems if problem.excerpt]


def test_a_link_that_leads_nowhere_is_not_passed_over(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT})
    (tmp_path / "one.yaml").symlink_to("gone.yaml")
    assert refusals(read(tmp_path)) == [
        "one.yaml:1:1: TELI-E011 This cannot be read: no such file or directory"
    ]


def test_a_link_to_a_folder_that_is_read_is_harmless_even_in_a_circle(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, "a/one.yaml": plain_campaign("one")})
    (tmp_path / "a" / "round").symlink_to("..")
    (tmp_path / "b").symlink_to("a")
    assert refusals(read(tmp_path)) == []


def test_a_link_to_itself_is_named_if_it_could_be_a_manifest(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT})
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "self.yaml").symlink_to("self.yaml")
    assert [refusal[:26] for refusal in refusals(read(tmp_path))] == ["self.yaml:1:1: TELI-E011 T"]


def test_a_project_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"one.yaml": plain_campaign("one")})
    assert [refusal[:26] for refusal in refusals(read(tmp_path, project="gone.yaml"))] == [
        "gone.yaml:1:1: TELI-E011 T"
    ]


def test_a_link_to_a_folder_that_is_not_read_could_hide_campaigns(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, ".made/one.yaml": plain_campaign("one")})
    (tmp_path / "campaigns").symlink_to(".made")
    assert refusals(read(tmp_path)) == [
        "campaigns:1:1: TELI-E054 This link leads to a folder that is not read"
    ]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT})
    os.mkfifo(tmp_path / "pipe.yaml")
    assert refusals(read(tmp_path)) == ["pipe.yaml:1:1: TELI-E012 This is not an ordinary file"]


def test_a_device_behind_a_link_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT})
    (tmp_path / "zero.yaml").symlink_to("/dev/zero")
    assert [refusal[15:24] for refusal in refusals(read(tmp_path))] == ["TELI-E013"]


def test_a_file_that_may_not_be_read_is_named() -> None:
    with common_folder() as folder:
        write(folder, {"teli.yaml": PROJECT, "one.yaml": plain_campaign("one")})
        (folder / "one.yaml").chmod(0)
        with without_rights():
            refused = refusals(read(folder))
    assert refused == ["one.yaml:1:1: TELI-E011 This cannot be read: permission denied"]


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, "big.yaml": "#" * (MAX_BYTES + 1)})
    assert refusals(read(tmp_path)) == ["big.yaml:1:1: TELI-E015 The file is larger than 4 MiB"]


def test_a_file_name_cannot_forge_a_line(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, "a\nb\x1b[2K.yaml": "[1"})
    assert [refusal.split(":")[0] for refusal in refusals(read(tmp_path))] == ["a·b·[2K.yaml"]
