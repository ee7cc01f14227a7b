"""What a shell is offered when somebody presses Tab."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from teli_iac.cli.program import program
from tests.cli.running import PATIENCE, environment, process
from tests.manifests.folders import PROJECT, plain_campaign, write

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
        ("teli-iac s", [name for name in program.entries if name.startswith("s")]),
        ("teli-iac fm", ["fmt"]),
        ("teli-iac --c", ["--color"]),
        ("teli-iac --color a", ["auto", "always"]),
        ("teli-iac plan --detaile", ["--detailed-exitcode"]),
        ("teli-iac plan --o", ["--out"]),
        ("teli-iac apply --on-error c", ["continue"]),
        ("teli-iac plan --allow max", ["max_new_people=", "max_deletes="]),
        ("teli-iac sandbox ", ["clock", "dial", "reset", "serve"]),
        ("teli-iac ledger u", ["unlock"]),
        ("teli-iac explain unknown_s", ["unknown_status"]),
        ("teli-iac explain teli-e00", [f"TELI-E00{n}" for n in (2, 3, 4, 6, 7, 8, 9)]),
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


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("teli-iac plan --target c", ["campaign/fall", "campaign/winter"]),
        ("teli-iac settle campaign/w", ["campaign/winter"]),
        ("teli-iac -C sub apply --target campaign/f", ["campaign/fall"]),
    ],
)
def test_campaigns_of_the_manifests_are_offered(line: str, offered: list[str], tmp_path: Path) -> None:
    write(tmp_path, {"teli.yaml": PROJECT, "a.yaml": plain_campaign("fall"), "sub/x.txt": ""})
    write(tmp_path, {"b.yaml": plain_campaign("winter").replace("spec:", "psec:")})
    assert _offered(tmp_path, line) == offered


def test_where_there_is_nothing_to_read_nothing_is_offered_and_nothing_said(tmp_path: Path) -> None:
    assert _offered(tmp_path, "teli-iac plan --target c") == []
    write(tmp_path, {"teli.yaml": "{{{"})
    assert _offered(tmp_path, "teli-iac plan --target c") == []
