"""Whatever ends a command early becomes sentences and a code; bugs show no people."""

import errno
import re

import pytest

from teli_iac.cli.faults import tell
from teli_iac.cli.session import Session
from teli_iac.errors import (
    Declined,
    LeaseLost,
    LedgerLocked,
    NotConfigured,
    TeliIacError,
    UsageError,
)

LEAD = "+14155550141 Ada"


def _failing(message: str) -> Exception:
    """A bug deep in our code, with people in its messages and its locals."""
    lead = message
    with pytest.raises(KeyError) as caught:
        _stumble(lead)
    return caught.value


def _stumble(lead: str) -> None:
    try:
        int(lead)
    except ValueError as cause:
        raise KeyError(lead) from cause


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (UsageError("a", "b"), 64),
        (NotConfigured("a", "b"), 1),
        (Declined("a", "b"), 1),
        (LedgerLocked("a", "b"), 7),
        (LeaseLost("a", "b"), 5),
        (KeyboardInterrupt(), 130),
        (OSError(errno.ENOSPC, "No space left on device"), 1),
        (RuntimeError("bug"), 1),
        (MemoryError(), 1),
        (RecursionError(), 1),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_fault_ends_in_a_sentence_and_its_code(
    fault: BaseException, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tell(fault, Session()) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.strip()
    assert "Traceback" not in told.err


def test_an_error_is_told_with_its_next_step(capsys: pytest.CaptureFixture[str]) -> None:
    tell(NotConfigured("There is no API key.", "Set TELI_API_KEY."), Session())
    assert capsys.readouterr().err == "Error TELI-E004: There is no API key.\nNext: Set TELI_API_KEY.\n"


@pytest.mark.parametrize(("color", "coloured"), [("always", True), ("never", False), ("auto", False)])
def test_errors_are_coloured_as_asked(color: str, coloured: bool, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: FBT001  a case
    tell(TeliIacError("a", "b"), Session(color=color))
    assert ("\x1b[" in capsys.readouterr().err) == coloured


def test_the_system_says_why_a_file_cannot_be_used(capsys: pytest.CaptureFixture[str]) -> None:
    tell(PermissionError(errno.EACCES, "Permission denied", "campaigns/\x1b[31m.yaml"), Session())
    assert capsys.readouterr().err == (
        "Error: The operating system says: Permission denied: campaigns/\\x1b[31m.yaml.\n"
    )


def test_a_bug_is_named_without_the_people_it_stumbled_over(capsys: pytest.CaptureFixture[str]) -> None:
    tell(_failing(LEAD), Session())
    told = capsys.readouterr().err
    assert told.startswith("This is a bug in teli-iac: KeyError")
    assert "5550141" not in told
    assert "Ada" not in told


def test_a_traceback_that_was_asked_for_shows_every_cause_and_no_value(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(_failing(LEAD), Session(verbose=True))
    asked_by_flag = capsys.readouterr().err
    monkeypatch.setenv("TELI_IAC_TRACEBACK", "1")
    tell(_failing(LEAD), Session())
    asked_by_variable = capsys.readouterr().err
    for told in (asked_by_flag, asked_by_variable):
        assert "raise KeyError(lead) from cause" in told
        assert "\nValueError\n" in told
        assert told.endswith("\nKeyError\n")
        assert "5550141" not in told
        assert "Ada" not in told


def test_a_bug_says_where_in_our_code_it_happened(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(AttributeError) as caught:
        tell(RuntimeError(), None)  # type: ignore[arg-type]  # the bug
    assert tell(caught.value, Session()) == 1
    assert re.match(
        r"This is a bug in teli-iac: AttributeError in cli/faults.py, line \d+\.\n", capsys.readouterr().err
    )
