"""The command line: read flags, call `workflow`, print, exit. Only this package prints.

`program` is the tree of commands; each family of commands is a module that is imported when one of its
commands is asked for. Answers go to stdout, talk goes to stderr (`terminal`). Whatever goes wrong ends in
`faults`, which turns it into sentences and an exit code of semantics §8.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

import click

from teli_iac.cli.completion import VARIABLE
from teli_iac.cli.program import NAME, program
from teli_iac.cli.session import Session
from teli_iac.cli.terminal import close_streams, prepare_streams

_INTERRUPTED = 130
_VALUES_BETWEEN_COLLECTIONS = 1_000_000


def main() -> None:
    """Run the command that the process was started for, and exit with its code."""
    # Documents and plans are millions of small values without cycles; to visit them again after every few
    # hundred new ones, as is usual, is a quarter of the time of a large plan, after 100,000 still a tenth.
    gc.set_threshold(_VALUES_BETWEEN_COLLECTIONS, *gc.get_threshold()[1:])
    code = run(sys.argv[1:])
    gc.freeze()  # or Python looks for cycles among all of them once more before it ends
    if code == _INTERRUPTED:
        # Python would wait for threads that wait for answers which nobody wants any more.
        os._exit(code)
    # Python looks for cycles among all values once more before it ends: a tenth of a large plan, for nothing.
    gc.freeze()
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command to its exit code; nothing but the code leaves this function."""
    prepare_streams()
    try:
        return _run(arguments)
    finally:
        close_streams()


def _run(arguments: Sequence[str]) -> int:
    session = Session()
    try:
        if instruction := os.environ.get(VARIABLE):
            return _complete(instruction)
        with program.make_context(NAME, [*arguments]) as context:
            session = Session.of(context)
            return int(program.invoke(context) or 0)
    except click.exceptions.Exit as asked:  # such as --help
        return asked.exit_code
    except BaseException as fault:  # noqa: BLE001  the last door: every fault becomes sentences and a code
        from teli_iac.cli.faults import tell  # noqa: PLC0415  paid for only when something went wrong

        return tell(fault, session)


def _complete(instruction: str) -> int:
    from click.shell_completion import shell_complete  # noqa: PLC0415  paid for only when a shell asks

    return shell_complete(program, {}, NAME, VARIABLE, instruction)
