"""What a shell is offered when somebody presses Tab."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import PATIENCE, environment, process

SHELLS = ("bash", "zsh", "fish")


def _offered(folder: Path, line: str) -> list[str]:
    words = line.split(" ")
    asked = {
        "_TELI_IAC_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    done = process(folder, **asked)
    assert (done.code, done.err) == (0, "")
    return [line.partition(",")[2] for line in done.out.splitlines() if line]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("teli-iac pl", ["plan"]),
        ("teli-iac s", ["show", "settle", "schema", "sandbox"]),
        ("teli-iac fm", ["fmt"]),
        ("teli-iac --c", ["--color"]),
        ("teli-iac --color a", ["auto", "always"]),
        ("teli-iac plan --det", ["--detailed-exitcode"]),
        ("teli-iac plan --o", ["--out"]),
        ("teli-iac apply --on-error c", ["continue"]),
        ("teli-iac plan --allow max", ["max_new_people=", "max_deletes="]),
        ("teli-iac sandbox ", ["clock", "dial", "reset", "serve"]),
        ("teli-iac ledger ", ["init", "log", "show", "unlock", "verify"]),
        ("teli-iac explain unkn", ["unknown_outcome", "unknown_status"]),
        ("teli-iac explain teli-e00", [f"TELI-E00{n}" for n in range(2, 10)]),
        ("teli-iac schema C", ["Campaign"]),
        ("teli-iac completion z", ["zsh"]),
    ],
)
def test_what_can_follow_is_offered(line: str, offered: list[str], tmp_path: Path) -> None:
    assert _offered(tmp_path, line) == offered


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_for_the_shell_that_was_named(shell: str, tmp_path: Path) -> None:
    script = process(tmp_path, "completion", shell)
    assert (script.code, script.err) == (0, "")
    assert f"_TELI_IAC_COMPLETE={shell}_complete" in script.out


@pytest.mark.parametrize(
    ("variable", "shell"),
    [("/usr/bin/zsh", "zsh"), ("/bin/fish", "fish"), ("/bin/dash", "bash"), ("", "bash")],
)
def test_the_script_is_for_the_shell_in_use(variable: str, shell: str, tmp_path: Path) -> None:
    assert f"={shell}_complete" in process(tmp_path, "completion", SHELL=variable).out


_PRESS_TAB = """
eval "$(teli-iac completion bash)"
COMP_WORDS=(teli-iac val)
COMP_CWORD=1
_teli_iac_completion teli-iac
echo "${COMPREPLY[@]}"
complete -p teli-iac
"""


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash to complete in")
def test_a_real_bash_completes_with_the_script(tmp_path: Path) -> None:
    command = tmp_path / "bin" / "teli-iac"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m teli_iac "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    variables = environment(tmp_path)
    done = subprocess.run(  # noqa: S603  our own script
        [shutil.which("bash") or "", "--norc", "-c", _PRESS_TAB],
        env=variables | {"PATH": f"{command.parent}:{variables['PATH']}"},
        capture_output=True,
        check=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.stdout.splitlines() == ["validate", "complete -o nosort -F _teli_iac_completion teli-iac"]
    assert done.stderr == ""
