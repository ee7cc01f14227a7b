"""`make demo`: a campaign's life, shown with the real program, with no key and without a network.

Every step says what will be seen, shows the command as a person types it, runs it, and ends the demo with
an error when what was seen is something else.
"""  # noqa: INP001  examples/ is a folder of files to copy, not a package

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory

from teli_iac.errors import ExitCode

PROJECT = Path(__file__).with_name("demo")

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_NEWCOMER = "+14155550125,Frances,Wednesday at 11\n"
_MOVED = "+14155550125,Frances,Thursday at 9\n"


class Demo:
    """A project in a folder of its own, and what is shown while it lives."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._folder = folder
        self._environment = environment
        self._steps = 0

    def tell(self, sentence: str) -> None:
        """Begin a step."""
        self._steps += 1
        print(f"\n{self._bold(f'{self._steps}. {sentence}')}\n", flush=True)

    def run(self, command: str, *, code: ExitCode, shows: str) -> None:
        """Run `teli-iac COMMAND`; unless it exits and shows what was announced, the demo fails."""
        print(f"$ teli-iac {command}", flush=True)
        done = subprocess.run(  # noqa: S603  our own program
            [sys.executable, "-m", "teli_iac", *command.split()],
            cwd=self._folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            encoding="utf-8",
        )
        print(done.stdout, flush=True)
        if done.returncode != code:
            sys.exit(f"The demo failed: that exited {done.returncode}, and should have exited {code:d}.")
        if shows not in _COLOUR.sub("", done.stdout):
            sys.exit(f'The demo failed: that should have shown "{shows}".')

    def write(self, name: str, text: str) -> None:
        """Write a file of the project, and show what became of it."""
        path = self._folder / name
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(text, encoding="utf-8")
        print(f"{name}:")
        for line in unified_diff(before.splitlines(), text.splitlines(), n=0, lineterm=""):
            if not line.startswith(("---", "+++", "@@")):
                print(f"  {line[0]} {line[1:]}")
        print(flush=True)

    def read(self, name: str) -> str:
        """A file of the project."""
        return (self._folder / name).read_text(encoding="utf-8")

    def _bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if "CLICOLOR_FORCE" in self._environment else text


def show(demo: Demo) -> None:
    """The story."""
    demo.tell("One campaign, five people. Validating works offline and wants no key.")
    demo.run("validate", code=ExitCode.DONE, shows="1 campaign, 5 people")

    demo.tell("A plan says what would happen to whom. It exits 2: there are changes.")
    demo.run("plan --detailed-exitcode", code=ExitCode.CHANGES, shows="campaign/reminders")

    demo.tell("Apply launches it. A person would leave --auto-approve out, and be asked.")
    demo.run("apply --auto-approve", code=ExitCode.DONE, shows="launched")

    demo.tell("The same plan again has nothing to do, and exits 0.")
    demo.run("plan --detailed-exitcode", code=ExitCode.DONE, shows="Nothing to do.")

    demo.tell("The embedded Teli makes the calls that are due. Not everybody answers.")
    demo.run("sandbox dial", code=ExitCode.DONE, shows="5 calls made")

    demo.tell("Two days pass; whoever did not answer is called again, and the campaign completes.")
    demo.run("sandbox clock +2d", code=ExitCode.DONE, shows="Z")
    demo.run("plan --detailed-exitcode", code=ExitCode.DONE, shows="fulfilled")

    demo.tell("A sixth person is added: launched alone, and the five are not called again.")
    demo.write("leads/reminders.csv", demo.read("leads/reminders.csv") + _NEWCOMER)
    demo.run("plan", code=ExitCode.DONE, shows="people were added")
    demo.run("apply --auto-approve", code=ExitCode.DONE, shows="launched")

    demo.tell("Before the call her appointment moves: stop, prove that nobody was called, launch anew.")
    demo.write("leads/reminders.csv", demo.read("leads/reminders.csv").replace(_NEWCOMER, _MOVED))
    demo.run("apply --auto-approve", code=ExitCode.DONE, shows="launched")
    demo.run("sandbox dial", code=ExitCode.DONE, shows="1 call made")

    demo.tell("Destroy removes it all from Teli. The ledger remembers: another apply would call nobody.")
    demo.run("destroy --auto-approve", code=ExitCode.DONE, shows="campaign/reminders")
    demo.run("plan --detailed-exitcode", code=ExitCode.DONE, shows="Nothing to do.")


def main() -> None:
    """Show it in a copy of the project that is gone afterwards, and so is the ledger's key."""
    with TemporaryDirectory(prefix="teli-iac-demo-") as temporary:
        folder = Path(temporary, "demo")
        shutil.copytree(PROJECT, folder, ignore=shutil.ignore_patterns(".teli"))
        show(Demo(folder, _environment(Path(temporary))))
    print("That was all of it, and nobody's phone rang. Now try `teli-iac init` in a folder of your own.")


def _environment(home: Path) -> Mapping[str, str]:
    """The present one without settings for teli-iac; colour as here, for the program writes into a pipe."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("TELI_")}
    ours |= {"XDG_CONFIG_HOME": str(home / "config"), "PYTHONIOENCODING": "utf-8"}
    if sys.stdout.isatty() and "NO_COLOR" not in os.environ:
        ours["CLICOLOR_FORCE"] = "1"
    return ours


if __name__ == "__main__":
    main()
