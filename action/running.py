"""Starting teli-iac: its answer as it comes, and the signal of a cancelled job, so that it stops cleanly."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import dataclass

from action.inputs import Inputs


@dataclass(frozen=True, slots=True)
class Answer:
    """How the program ended, and what it said on standard output."""

    code: int
    out: str


def run(inputs: Inputs, *words: str, shown: bool) -> Answer:
    """Run it in the folder of the Project; `shown` also prints its answer into the log, line by line."""
    with subprocess.Popen(  # noqa: S603  a list of words, and no shell
        [inputs.program, *words], cwd=inputs.folder, stdout=subprocess.PIPE, encoding="utf-8"
    ) as program:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda received, _: program.send_signal(received))
        lines = []
        for line in program.stdout or ():
            lines.append(line)
            if shown:
                sys.stdout.write(line)
                sys.stdout.flush()
        code = program.wait()
    return Answer(code if code >= 0 else 128 - code, "".join(lines))
