"""The README is true: its files and commands are tried in order, in one folder, and show what it says."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pytest

from teli_iac.errors import ExitCode
from tests.cli.running import PATIENCE, PROGRAM, Screen, environment, process

REPOSITORY = Path(__file__).parent.parent
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "examples/campaigns/README.md")

_FENCE = re.compile(r"(?ms)(?:^`(?P<file>[^`\n]+)`:\n\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$")
_ANSWER = "Enter a value: yes"
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Block(NamedTuple):
    file: str | None
    language: str
    text: str


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    return [Block(found["file"], found["language"], found["text"]) for found in _FENCE.finditer(page)]


BLOCKS = blocks(README)


class Try(NamedTuple):
    """A command, and the lines that are shown below it."""

    command: str
    shown: list[str]


def tries(block: Block) -> Iterator[Try]:
    for part in re.split(r"(?m)^\$ ", block.text)[1:]:
        command, *shown = part.splitlines()
        yield Try(command.split("  #")[0].strip(), shown)


@dataclass
class Reader:
    """Somebody who does what the README says, with `teli-iac` and a shell."""

    folder: Path
    variables: dict[str, str]
    ran: list[str] = field(default_factory=list)

    def save(self, block: Block) -> None:
        assert block.file, f"the README does not say which file this is:\n{block.text}"
        path = self.folder / block.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")

    def follow(self, each: Try) -> None:
        self.ran.append(each.command)
        code, out = self._do(each)
        assert code == 0, f"$ {each.command}\n{out}"
        said = [" ".join(line.split()) for line in _COLOUR.sub("", out).splitlines()]
        for line in each.shown:
            assert line in said, f"$ {each.command}\n{out}"

    def _do(self, each: Try) -> tuple[int, str]:
        words = shlex.split(each.command)
        if words[0] == "export":
            self.variables |= dict([words[1].split("=", 1)])
            return 0, ""
        if words[0] != "teli-iac":
            return _shell(self.folder, each.command)
        if _ANSWER in each.shown:
            return self._answer(words[1:])
        done = process(self.folder, *words[1:], **self.variables)
        return done.code, done.out + done.err

    def _answer(self, arguments: list[str]) -> tuple[int, str]:
        screen = Screen(self.folder, arguments, {"TERM": "xterm"} | self.variables)
        screen.wait_for(_ANSWER.removesuffix("yes"))
        screen.type("yes\n")
        return screen.end(), screen.shown


def _shell(folder: Path, command: str) -> tuple[int, str]:
    done = subprocess.run(  # noqa: S603  a command of our own page
        ["/bin/sh", "-c", command], cwd=folder, capture_output=True, check=False, text=True, timeout=PATIENCE
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def teli(tmp_path: Path) -> Iterator[str]:
    """The address of an embedded Teli that is served over HTTP, in the place of the real one."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with subprocess.Popen(  # noqa: S603  our own program
        [*PROGRAM, "sandbox", "serve", "--port", "0"],
        cwd=folder,
        env=environment(folder),
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stderr is not None
        try:
            told = server.stderr.readline()
            address = re.search(r"http://[^\s/]+", told)
            assert address, told
            yield address[0]
        finally:
            server.send_signal(signal.SIGINT)


def test_somebody_who_does_what_the_readme_says_sees_what_it_says(tmp_path: Path, teli: str) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    reader = Reader(folder, {"TELI_API_BASE_URL": teli})
    for block in BLOCKS:
        if block.language != "console":
            reader.save(block)
            continue
        for each in tries(block):
            # `make demo` is tried in test_examples, and `make test` runs this very test.
            if not each.command.startswith("make "):
                reader.follow(each)
    assert reader.ran.count("teli-iac plan") == len(re.findall(r"(?m)^\$ teli-iac plan$", README))
    assert "teli-iac apply" in reader.ran


@pytest.mark.parametrize("page", PAGES)
def test_every_target_of_make_that_a_page_names_exists(page: str) -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?m)^([a-z-]+):", makefile))
    named = set(re.findall(r"(?:`|\$ )make ([a-z-]+)", (REPOSITORY / page).read_text(encoding="utf-8")))
    assert named <= targets


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_links_to_exists(page: str) -> None:
    path = REPOSITORY / page
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_readme_explains_every_exit_code() -> None:
    told = re.findall(r"(?m)^\| (\d+) \|", README)
    assert [int(code) for code in told] == [code.value for code in ExitCode]
