"""Somebody who does what a page says, in one folder, with `teli-iac` and a shell."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.cli.running import PATIENCE, PROGRAM, Screen, environment
from tests.site.blocks import Block, Try, first_missing, tries

_ANSWER = re.compile(r"(?P<question>.+: )yes")
_ADVICE = "What a page may ask for is told at the head of tests/site/test_commands_of_pages.py."
_ENDED = "echo $?"
_MEANWHILE = "meanwhile: "
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_AUTHOR = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "A"), ("EMAIL", "a@example.com"))
}


@dataclass
class Reader:
    """`instead` has what stands in the page, and what stands for it on this machine."""

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)
    instead: dict[str, str] = field(default_factory=dict)
    meanwhile: dict[str, Callable[[], None]] = field(default_factory=dict)
    """What somebody else does before a block, by the words behind `<!-- meanwhile: `."""
    ran: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.program("teli-iac", " ".join(f"'{word}'" for word in PROGRAM) + ' "$@"')
        self.program("python", f"'{sys.executable}' \"$@\"")

    def program(self, name: str, line: str) -> None:
        """Let a program of that name be on the PATH."""
        file = self._programs / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        file.chmod(0o755)

    def save(self, block: Block) -> None:
        """Write the file whose name stands above the block."""
        assert block.file, f"the page does not say which file this is:\n{block.text}"
        self.write({block.file: self._here(block.text)})

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def do(self, command: str) -> str:
        """What comes before a page's first command; it has to work."""
        code, out = self._do(Try(command, []))
        assert code == 0, f"$ {command}\n{out}"
        return out

    def follow(self, block: Block) -> None:
        """Do one command after the other, and see what the page shows; `echo $?` tells how one has ended."""
        if block.note.startswith(_MEANWHILE):
            self.meanwhile[block.note.removeprefix(_MEANWHILE)]()
        code = 0
        for each in tries(block):
            if each.command == _ENDED:
                assert each.shown == [str(code)], f"$ {self.ran[-1]}\nends with {code}"
                code = 0
                continue
            self._see_it_ended_well(code)
            self.ran.append(each.command)
            code, out = self._do(each)
            missing = first_missing(each.shown, _COLOUR.sub("", out))
            shows = f"the page shows, and nobody sees in this place:\n{missing}\n$ {each.command}\n{out}"
            assert missing is None, f"{shows}({code})\n{_ADVICE}"
        self._see_it_ended_well(code)

    def _see_it_ended_well(self, code: int) -> None:
        told = f"$ {self.ran[-1]}\nends with {code}, and no `$ {_ENDED}` says so" if code else ""
        assert code == 0, f"{told}\n{_ADVICE}"

    def _do(self, each: Try) -> tuple[int, str]:
        command = self._here(each.command)
        if command.startswith("export "):
            self.variables |= dict([command.removeprefix("export ").split("=", 1)])
            return 0, ""
        for line in each.shown:
            if asked := _ANSWER.fullmatch(line):
                return self._answer(command, asked["question"])
        done = subprocess.run(  # noqa: S603  a command of our own page
            ["/bin/sh", "-c", command],
            cwd=self.folder,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=PATIENCE,
            text=True,
        )
        return done.returncode, self._there(done.stdout)

    def _answer(self, command: str, question: str) -> tuple[int, str]:
        words = shlex.split(command)
        assert words[0] == "teli-iac", f"only teli-iac is answered: {command}"
        screen = Screen(self.folder, words[1:], self.environment())
        screen.wait_for(question)
        screen.type("yes\n")
        return screen.end(), self._there(screen.shown)

    @property
    def _programs(self) -> Path:
        return self.folder.parent / "programs"

    @property
    def home(self) -> Path:
        return self.folder.parent / "home"

    def environment(self) -> dict[str, str]:
        """What a command of the page is given."""
        self.home.mkdir(exist_ok=True)
        usual = environment(self.home, TERM="xterm", COLUMNS="80", **_AUTHOR)
        return usual | {"PATH": f"{self._programs}:{usual['PATH']}"} | self.variables

    def _here(self, text: str) -> str:
        for there, here in self.instead.items():
            text = text.replace(there, here)
        return text

    def _there(self, text: str) -> str:
        for there, here in self.instead.items():
            text = text.replace(here, there)
        return text
