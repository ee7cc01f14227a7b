"""Runs the commands that are measured, one a line of its input, and stays small itself.

A system counts the memory of whoever starts a process in that process's peak, so they are started by one
that does nothing else. A line is `[seconds at most, argv, folder, variables, file for what it prints]`; the
answer is `[seconds, peak, seconds of the processor, exit code]`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time


def _run(most: int, argv: list[str], folder: str, variables: dict[str, str], printed: str) -> list[object]:
    since = time.perf_counter()
    child = os.fork()
    if not child:
        _become(argv, folder, variables, printed)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
    signal.alarm(most)
    _, status, used = os.wait4(child, 0)
    signal.alarm(0)
    seconds = time.perf_counter() - since
    return [seconds, used.ru_maxrss, used.ru_utime + used.ru_stime, os.waitstatus_to_exitcode(status)]


def _become(argv: list[str], folder: str, variables: dict[str, str], printed: str) -> None:
    try:
        os.chdir(folder)
        out = os.open(printed, os.O_WRONLY | os.O_TRUNC | os.O_CREAT, 0o600)
        for number, file in enumerate((os.open(os.devnull, os.O_RDONLY), out, out)):
            os.dup2(file, number)
        os.execvpe(argv[0], argv, variables)  # noqa: S606  the commands are ours and our peers'
    finally:
        os._exit(127)


def main() -> None:
    """Until the input ends."""
    for line in sys.stdin:
        print(json.dumps(_run(*json.loads(line))), flush=True)


if __name__ == "__main__":
    try:
        main()
    except (BrokenPipeError, KeyboardInterrupt):
        os._exit(130)  # nobody listens any more
