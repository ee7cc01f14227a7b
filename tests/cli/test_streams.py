"""Streams as shells make them: closed, full, piped into something that goes away, of other character sets."""

import shlex
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import PATIENCE, PROGRAM, Ran, at_terminal, environment, process

PROGRAM_WORDS = shlex.join(PROGRAM)


def _shell(folder: Path, command: str, **more: str) -> Ran:
    done = subprocess.run(  # noqa: S603  the shell of every system
        ["/bin/sh", "-c", command.replace("teli-iac", PROGRAM_WORDS)],
        env=environment(folder, **more),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize(
    "command",
    [
        "teli-iac explain >&-",
        "teli-iac explain 2>&-",
        "teli-iac explain <&-",
        "teli-iac explain <&- >&- 2>&-",
        "teli-iac --help >&-",
    ],
)
def test_a_closed_stream_is_no_fault(command: str, tmp_path: Path) -> None:
    done = _shell(tmp_path, command)
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("command", ["teli-iac explain no-such-word 2>&-", "teli-iac no-such-command 2>&-"])
def test_a_fault_that_nobody_hears_keeps_its_exit_code(command: str, tmp_path: Path) -> None:
    assert _shell(tmp_path, command) == Ran(64, "", "")


@pytest.mark.parametrize("command", ["explain", "schema", "--help", "completion bash"])
def test_a_reader_that_goes_away_is_no_fault(command: str, tmp_path: Path) -> None:
    assert _shell(tmp_path, f"teli-iac {command} | true").err == ""


@pytest.mark.parametrize("command", ["explain", "schema", "--help", "version"])
def test_an_answer_that_finds_no_room_is_an_error(command: str, tmp_path: Path) -> None:
    done = _shell(tmp_path, f"teli-iac {command} > /dev/full")
    assert done.code == 1
    assert done.err == "Error: The operating system says: No space left on device.\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_stream_that_cannot_show_a_character_shows_its_likeness(encoding: str, tmp_path: Path) -> None:
    told = process(tmp_path, "version", "-v", PYTHONIOENCODING=encoding)
    assert told.code == 64
    assert f"teli-iac -v {'…' if encoding == 'utf-8' else '...'}\n" in told.err


def test_a_character_without_a_likeness_is_a_question_mark(tmp_path: Path) -> None:
    told = process(tmp_path, "explain", "日", PYTHONIOENCODING="ascii")
    assert (told.code, told.err.splitlines()[0]) == (64, 'Error TELI-E002: Nothing is called "?".')


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8", "no_SUCH"])
def test_every_locale_will_do(locale: str, tmp_path: Path) -> None:
    assert process(tmp_path, "version", "-v", LC_ALL=locale).code == 64
    assert process(tmp_path, "explain", "rerun", LC_ALL=locale).code == 0


def _first_line_at_terminal(folder: Path, *arguments: str, **variables: str) -> str:
    screen = at_terminal(folder, *arguments, "schema", "nothing", columns=80, **variables)
    assert screen.end() == 64
    return screen.shown.splitlines()[0]


RED = "\x1b[1;31mError\x1b[0m TELI-E002"
PLAIN = "Error TELI-E002"


@pytest.mark.parametrize(
    ("arguments", "variables", "begins"),
    [
        ((), {}, RED),
        ((), {"NO_COLOR": "1"}, PLAIN),
        ((), {"NO_COLOR": ""}, RED),
        ((), {"TERM": "dumb"}, PLAIN),
        ((), {"TERM": "dumb", "CLICOLOR_FORCE": "1"}, RED),
        ((), {"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, PLAIN),
        (("--color", "never"), {}, PLAIN),
        (("--color", "never"), {"CLICOLOR_FORCE": "1"}, PLAIN),
        (("--color", "always"), {"NO_COLOR": "1"}, RED),
    ],
)
def test_a_terminal_gets_colour_unless_somebody_objects(
    arguments: tuple[str, ...], variables: dict[str, str], begins: str, tmp_path: Path
) -> None:
    assert _first_line_at_terminal(tmp_path, *arguments, **variables).startswith(begins)


@pytest.mark.parametrize(
    ("arguments", "variables", "begins"),
    [
        ((), {}, PLAIN),
        ((), {"CLICOLOR_FORCE": "0"}, PLAIN),
        ((), {"CLICOLOR_FORCE": "1"}, RED),
        (("--color", "auto"), {}, PLAIN),
        (("--color", "always"), {}, RED),
    ],
)
def test_a_file_gets_no_colour_unless_somebody_asks(
    arguments: tuple[str, ...], variables: dict[str, str], begins: str, tmp_path: Path
) -> None:
    assert process(tmp_path, *arguments, "schema", "nothing", **variables).err.startswith(begins)


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_an_explanation_fits_the_terminal(columns: int, tmp_path: Path) -> None:
    screen = at_terminal(tmp_path, "explain", "unknown_outcome", columns=columns)
    assert screen.end() == 0
    longest = max(len(line) for line in screen.shown.splitlines())
    assert min(columns, 80) - 20 < longest <= min(columns, 80)
