import re

import pytest

from teli_iac.cli.program import program
from teli_iac.cli.version import VERSION
from tests.cli.commands import LISTED, help_of
from tests.cli.running import ran

every_command = pytest.mark.parametrize("words", LISTED, ids=" ".join)


@every_command
def test_help_fits_80_columns_and_any_character_set(words: tuple[str, ...]) -> None:
    text = help_of(words)
    assert text.isascii()
    assert [line for line in text.splitlines() if len(line) > 80] == []


@every_command
def test_help_has_no_mark_that_only_click_understands(words: tuple[str, ...]) -> None:
    assert "\b" not in help_of(words)


@pytest.mark.parametrize(
    "words", [words for words in LISTED if words and words not in {("ledger",), ("sandbox",)}]
)
def test_help_says_how_the_command_exits_and_what_it_never_does(words: tuple[str, ...]) -> None:
    text = help_of(words)
    assert "Exit codes:" in text or "exits 0" in text
    assert any(
        said in text for said in ("Never", "never", "nothing", "nobody", "Nobody", "no file", "no key")
    )


@every_command
def test_h_is_short_for_help(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    long = ran(capsys, *words, "--help")
    assert (long.code, long.err) == (0, "")
    assert ran(capsys, *words, "-h") == long


def test_the_line_of_a_command_is_in_the_help_of_its_group(capsys: pytest.CaptureFixture[str]) -> None:
    text = ran(capsys, "--help").out
    for name, entry in program.entries.items():
        assert re.search(rf"^  {name} +{re.escape(entry.line)}$", text, re.MULTILINE)


@pytest.mark.parametrize("words", [(), ("sandbox",), ("ledger",)], ids=" ".join)
def test_without_a_command_the_help_is_the_answer(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    bare = ran(capsys, *words)
    assert (bare.code, bare.err) == (0, "")
    assert bare.out == ran(capsys, *words, "--help").out


@pytest.mark.parametrize("arguments", [("version",), ("--version",)], ids=" ".join)
def test_the_version_is_told(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, *arguments).out == f"teli-iac {VERSION}\n"
