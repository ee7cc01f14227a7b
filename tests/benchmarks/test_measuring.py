"""What is compared runs in turn, and nothing that fails or is absent keeps the rest from being measured."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.measuring import Cost, Failed, Run, Work, in_turn, run, wrong_of_ours

REPOSITORY = Path(__file__).parents[2]


def saying(word: str, folder: Path) -> Work:
    script = f"open('said', 'a').write('{word} ')"
    return Work([sys.executable, "-c", script], folder)


def ending(code: int, folder: Path, *, ours: bool = False) -> Work:
    script = f"print('what went wrong'); raise SystemExit({code})"
    return Work([sys.executable, "-c", script], folder, ours=ours)


def test_what_is_compared_runs_in_turn_and_the_first_round_only_warms_up(tmp_path: Path) -> None:
    works = {word: saying(word, tmp_path) for word in ("ours", "theirs")}
    measured = in_turn(works, 2, patience=600)
    assert (tmp_path / "said").read_text(encoding="utf-8").split() == ["ours", "theirs"] * 3
    assert [len(each.cost.runs) for each in measured.values() if each.cost] == [2, 2]


def test_without_patience_the_first_round_is_the_only_one_and_counts(tmp_path: Path) -> None:
    measured = in_turn({"ours": saying("ours", tmp_path)}, 20, patience=0)
    assert measured["ours"].cost is not None
    assert len(measured["ours"].cost.runs) == 1


def test_a_peer_that_fails_or_is_absent_is_not_measured_and_the_others_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    works = {
        "broken": ending(3, tmp_path),
        "nowhere": Work(["no-such-program"], tmp_path),
        "absent": Work([""], tmp_path, absent="not installed"),
        "sound": saying("sound", tmp_path),
    }
    before = list(wrong_of_ours())
    measured = in_turn(works, 2, patience=600)
    assert measured["sound"].cost is not None
    assert measured["absent"].why_not == "not installed"
    assert measured["broken"].why_not.startswith("failed: python")
    assert measured["nowhere"].why_not.startswith("failed: no-such-program ended with 127")
    assert "what went wrong" in capsys.readouterr().err
    assert list(wrong_of_ours()) == before


def test_a_command_of_ours_that_fails_is_remembered_to_the_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    in_turn({"our plan": ending(1, tmp_path, ours=True)}, 1, patience=0)
    assert wrong_of_ours()[-1].startswith("our plan: failed: ")
    assert capsys.readouterr().err.startswith("our plan: ")


def test_another_code_can_be_what_is_wanted(tmp_path: Path) -> None:
    wanted = Work([sys.executable, "-c", "raise SystemExit(2)"], tmp_path, codes=(2,))
    assert run(wanted).seconds > 0
    with pytest.raises(Failed):
        run(Work(wanted.command, tmp_path))


def test_all_pythons_are_measured_with_byte_code_whatever_our_own_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    script = "import sys; print(sys.dont_write_bytecode)"
    assert run(Work([sys.executable, "-c", script], tmp_path)).printed == "False\n"


def test_memory_of_the_program_that_measures_is_not_that_of_what_it_measures(tmp_path: Path) -> None:
    nothing = Work([sys.executable, "-c", "pass"], tmp_path)
    before = run(nothing).peak
    held = bytearray(200 * 1024**2)
    assert run(nothing).peak < before + 50
    assert held


@pytest.mark.parametrize(("seconds", "median"), [([3, 1, 2], 2), ([4, 1, 2, 3], 2.5), ([7], 7)])
def test_a_time_is_the_median_and_a_peak_the_highest(seconds: Sequence[float], median: float) -> None:
    cost = Cost(tuple(Run(each, peak) for peak, each in enumerate(seconds, 1)))
    assert cost.seconds == median
    assert cost.peak == len(seconds)


def test_a_run_that_is_broken_off_keeps_the_tables_that_it_has(tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    command = [sys.executable, "-m", "benchmarks", "--short", "--json", str(kept)]
    only = ["--only", "start-up", "--only", "campaigns"]
    with subprocess.Popen(  # noqa: S603  our own program
        [*command, *only], cwd=REPOSITORY, env=dict(os.environ), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("| `teli-iac --help`"):
                break
        while not kept.with_suffix(".md").exists():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        told = process.stdout.read()
        assert process.wait() == 130
    assert "Broken off." in told
    assert "NOT MEASURED" in told
    assert "Start-up" in kept.read_text(encoding="utf-8")
