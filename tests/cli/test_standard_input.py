"""Manifests that kustomize, Helm or a generator pipes in: the path `-`."""

import subprocess
from pathlib import Path

import pytest

from tests.cli.running import PATIENCE, PROGRAM, Ran, at_terminal, environment
from tests.manifests.folders import CAMPAIGN, PROJECT, SHARED, plain_campaign, write

EVERYTHING = f"---\n# Source: charts/pools.yaml\n---\n{PROJECT}---\n{SHARED}---\n{CAMPAIGN}"


def _piped(folder: Path, given: str, *arguments: str) -> Ran:
    done = subprocess.run(  # noqa: S603  our own program
        [*PROGRAM, *arguments],
        cwd=folder,
        env=environment(folder),
        input=given.encode(),
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_everything_may_come_by_standard_input(tmp_path: Path) -> None:
    assert _piped(tmp_path, EVERYTHING, "validate", "-") == Ran(
        0, "Project acme is in order: 1 campaign, 1 person.\n", ""
    )
    assert "Plan: 1 to launch." in _piped(tmp_path, EVERYTHING, "plan", "-").out


def test_the_project_may_be_the_one_of_the_folder_and_leads_files_lie_below_it(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, "leads/a.csv": "phone_number\n+14155550120\n", "gen/x": ""})
    campaign = plain_campaign("fall").split("  leads:")[0] + "  leads: {file: leads/a.csv}\n"
    assert _piped(tmp_path / "gen", campaign, "validate", "-").out == (
        "Project acme is in order: 1 campaign, 1 person.\n"
    )


def test_problems_are_placed_in_standard_input_with_their_line(tmp_path: Path) -> None:
    told = _piped(tmp_path, EVERYTHING.replace("us-east\n", "us-west\n", 1), "validate", "-")
    assert told.code == 1
    assert '<stdin>:25:16: TELI-E047 There is no NumberPool called "us-west"' in told.err
    assert "  25 |   number_pool: us-west\n" in told.err


def test_nothing_on_standard_input_is_an_error_and_never_a_wish_to_delete(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT})
    for given in ("", "---\n# Source: nothing\n"):
        told = _piped(tmp_path, given, "plan", "-")
        assert told.code == 1
        assert told.err.startswith("<stdin>:1:1: TELI-E016 There is no manifest at all on standard input\n")


def test_what_standard_input_leaves_out_is_never_taken_as_gone(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT})
    both = plain_campaign("one") + "---\n" + plain_campaign("two").replace("0199", "0198")
    assert _piped(tmp_path, both, "apply", "-", "--auto-approve").code == 0
    for paths in (["-"], ["-", "."], [".", "-"]):
        planned = _piped(tmp_path, plain_campaign("one"), "plan", *paths)
        assert (planned.code, "delete" in planned.out) == (0, False)


def test_a_destroy_by_standard_input_removes_what_it_declares(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT})
    both = plain_campaign("one") + "---\n" + plain_campaign("two").replace("0199", "0198")
    _piped(tmp_path, both, "apply", "-", "--auto-approve")
    allowed = ("--auto-approve", "--allow", "live_deletes=1")
    removed = _piped(tmp_path, plain_campaign("one"), "destroy", "-", *allowed)
    assert (removed.code, removed.out.splitlines()[-1]) == (0, "Done: 1 removed.")


def test_a_saved_plan_of_standard_input_wants_the_same_again(tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT})
    one, other = plain_campaign("one"), plain_campaign("one").replace("0199", "0198")
    planned = _piped(tmp_path, one, "plan", "-", "--out", "saved.plan")
    assert "with the same standard input" in planned.out
    stale = _piped(tmp_path, other, "apply", "saved.plan")
    assert (stale.code, "campaign/one" in stale.err) == (3, True)
    assert _piped(tmp_path, "", "apply", "saved.plan").code == 1
    assert _piped(tmp_path, one, "apply", "saved.plan").code == 0


def test_at_a_terminal_nothing_is_waited_for(tmp_path: Path) -> None:
    screen = at_terminal(tmp_path, "validate", "-")
    assert screen.end() == 64
    assert "nothing is piped in" in screen.shown


@pytest.mark.parametrize("given", [b"\xff\xfe", b"\x00" * 10, b"a: " + b"x" * 5_000_000])
def test_hostile_bytes_are_refused_like_those_of_a_file(given: bytes, tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603  our own program
        [*PROGRAM, "validate", "-"],
        cwd=tmp_path,
        env=environment(tmp_path),
        input=given,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(b"<stdin>:1:")
