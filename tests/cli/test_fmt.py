"""`fmt`: files on the disk, standard input, and what is never touched."""

import subprocess
from pathlib import Path

import pytest

from tests.cli.running import PATIENCE, PROGRAM, Ran, environment, ran
from tests.manifests.folders import CAMPAIGN, PROJECT, SHARED, write

UNTIDY = """kind: NumberPool
apiVersion: teli-iac/v1
metadata: { name: us-east }   # shared
spec: {numbers: ['+14155550101']}
"""
TIDY = """apiVersion: teli-iac/v1
kind: NumberPool
metadata: {name: us-east}     # shared
spec: {numbers: ["+14155550101"]}
"""
REPOSITORY = Path(__file__).parent.parent.parent


def _fmt(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> Ran:
    return ran(capsys, "-C", str(folder), "fmt", *arguments)


def _piped(folder: Path, given: bytes, *arguments: str) -> tuple[int, bytes, str]:
    done = subprocess.run(  # noqa: S603  our own program
        [*PROGRAM, *arguments],
        cwd=folder,
        env=environment(folder),
        input=given,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    return done.returncode, done.stdout, done.stderr.decode()


def test_files_are_written_in_their_one_form_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, "pools/east.yaml": UNTIDY})
    done = _fmt(tmp_path, capsys)
    assert (done.code, done.out) == (0, "Formatted pools/east.yaml\n")
    assert (tmp_path / "pools/east.yaml").read_text(encoding="utf-8") == TIDY
    assert _fmt(tmp_path, capsys) == Ran(0, "", "2 files: nothing to format.\n")


def test_check_writes_nothing_and_exits_1_when_a_file_would_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"east.yaml": UNTIDY, "tidy.yaml": TIDY.replace("us-east", "west")})
    done = _fmt(tmp_path, capsys, "--check")
    assert done == Ran(1, "Would format east.yaml\n", "1 of 2 files would be formatted.\n")
    assert (tmp_path / "east.yaml").read_text(encoding="utf-8") == UNTIDY
    assert _fmt(tmp_path, capsys, "--check", "tidy.yaml").code == 0


def test_diff_shows_what_would_change_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"east.yaml": UNTIDY})
    done = _fmt(tmp_path, capsys, "--diff")
    assert done.code == 0
    assert done.out.startswith("--- east.yaml\n+++ east.yaml formatted\n@@ ")
    assert "\n-spec: {numbers: ['+14155550101']}\n+metadata: {name: us-east}     # shared\n" in done.out
    assert (tmp_path / "east.yaml").read_text(encoding="utf-8") == UNTIDY
    assert _fmt(tmp_path, capsys, "--diff", "--check").code == 1


def test_a_diff_shows_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = CAMPAIGN.replace(
        'leads: [{phone_number: "+14155550199", first_name: Ada}]',
        'leads:\n    - { first_name: Ada, phone_number: "+14155550199" }\n'
        '    # - { first_name: Grace, phone_number: "+14155550198" }\n  # call (415) 555-0197 first\n'
        "  run: 1",
    )
    write(tmp_path, {"fall.yaml": people})
    shown = _fmt(tmp_path, capsys, "--diff").out
    assert "+    - ·" not in shown
    assert [word for word in ("Ada", "Grace", "0199", "0198", "0197", "4155550") if word in shown] == []
    assert "+15175550141" in shown


def test_a_file_with_a_problem_is_never_touched_and_the_others_are_formatted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = UNTIDY.replace("numbers", "nmubers")
    write(tmp_path, {"a.yaml": broken, "b.yaml": UNTIDY})
    done = _fmt(tmp_path, capsys)
    assert (done.code, done.out) == (1, "Formatted b.yaml\n")
    assert 'a.yaml:4:8: TELI-E035 "nmubers" is not a key of spec' in done.err
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") == broken
    assert (tmp_path / "b.yaml").read_text(encoding="utf-8") == TIDY


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x\n", "[", "", "a: 1\n", UNTIDY + "---\njust text\n"])
def test_what_is_no_manifest_is_never_touched(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"a.yaml": text})
    _fmt(tmp_path, capsys)
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") == text


def test_what_the_project_excludes_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = PROJECT.replace('"sandbox:"', '"sandbox:", exclude: ["drafts/**"]')
    write(tmp_path, {"teli.yaml": project, "drafts/east.yaml": UNTIDY})
    _fmt(tmp_path, capsys)
    assert (tmp_path / "drafts/east.yaml").read_text(encoding="utf-8") == UNTIDY


def test_the_projects_own_file_is_formatted_only_when_it_is_among_the_paths(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = "kind: Project\n" + PROJECT.replace("kind: Project\n", "")
    write(tmp_path, {"teli.yaml": project, "east.yaml": UNTIDY})
    assert _fmt(tmp_path, capsys, "east.yaml").out == "Formatted east.yaml\n"
    assert (tmp_path / "teli.yaml").read_text(encoding="utf-8") == project


def test_mode_byte_order_mark_line_ends_and_links_stay(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    real = tmp_path / "real.txt"
    real.write_bytes(b"\xef\xbb\xbf" + UNTIDY.replace("\n", "\r\n").encode())
    real.chmod(0o640)
    (tmp_path / "east.yaml").symlink_to(real)
    _fmt(tmp_path, capsys)
    assert (tmp_path / "east.yaml").is_symlink()
    assert real.read_bytes() == b"\xef\xbb\xbf" + TIDY.replace("\n", "\r\n").encode()
    assert real.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["east.yaml", "real.txt"]


def test_standard_input_is_formatted_to_standard_output(tmp_path: Path) -> None:
    assert _piped(tmp_path, UNTIDY.encode(), "fmt", "-") == (0, TIDY.encode(), "")
    assert _piped(tmp_path, UNTIDY.encode(), "fmt", "--check", "-") == (1, b"", "")
    assert _piped(tmp_path, TIDY.encode(), "fmt", "--check", "-") == (0, b"", "")


def test_problems_of_standard_input_are_told_and_nothing_is_printed(tmp_path: Path) -> None:
    code, out, err = _piped(tmp_path, b"kind: Campaing\n", "fmt", "-")
    assert (code, out) == (1, b"")
    assert err.startswith('<stdin>:1:7: TELI-E034 "Campaing" is not a kind of ours\n')


def test_standard_input_is_formatted_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _fmt(tmp_path, capsys, "-", ".").code == 64


@pytest.mark.parametrize("folder", ["examples", "teli_iac/first_project"])
def test_our_own_manifests_are_formatted(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    for project in {path.parent for path in (REPOSITORY / folder).rglob("teli.yaml")}:
        assert _fmt(project, capsys, "--check").out == ""


def test_shared_manifests_stay_as_readable_as_they_were(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"shared.yaml": SHARED})
    assert _fmt(tmp_path, capsys, "--check").code == 0
