"""Whatever ended a command early, told in sentences, and the exit code it means (semantics §8).

What is not ours to foresee is a bug: one sentence names the place in the code. No message, value or local
of it is shown, not even with `-v`, for they may hold the people of a campaign.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from teli_iac.cli.program import NAME, program
from teli_iac.cli.session import Session
from teli_iac.cli.terminal import answer, talk, talks_in_colour
from teli_iac.errors import ExitCode, TeliIacError
from teli_iac.render import for_terminal, render_error

_TRACEBACK = "TELI_IAC_TRACEBACK"
_PACKAGE = Path(__file__).parent.parent


def tell(fault: BaseException, session: Session) -> int:
    """Tell a person what happened, on stderr. The exit code."""
    said: Iterable[str] = ()
    code: int = ExitCode.ERROR
    match fault:
        case SystemExit():
            code = fault.code if isinstance(fault.code, int) else ExitCode.DONE
        case click.Abort() | KeyboardInterrupt():
            said, code = ["\nInterrupted.\n"], ExitCode.INTERRUPTED
        case click.exceptions.NoArgsIsHelpError():
            answer(f"{fault.message}\n")
            code = ExitCode.DONE
        case click.ClickException():
            said, code = _usage(fault), ExitCode.USAGE
        case TeliIacError():
            said = render_error(fault, colour=talks_in_colour(session, os.environ))
            code = fault.exit_code
        case BrokenPipeError():  # click was writing a help that nobody reads any more
            pass
        case OSError():
            said = _refused_by_system(fault)
        case _:
            said = _bug(fault, traceback_wanted=session.verbose or os.environ.get(_TRACEBACK) == "1")
    talk("".join(said))
    return code


def _usage(fault: click.ClickException) -> str:
    context = fault.ctx if isinstance(fault, click.UsageError) else None
    path = context.command_path if context else NAME
    said = for_terminal(fault.format_message())
    return f"Error: {said}{_belongs_before(fault)}\nTry '{path} --help' for help.\n"


def _belongs_before(fault: click.ClickException) -> str:
    """Where a standard option belongs, when it was given after the command."""
    standard = {name for option in program.params for name in option.opts}
    if isinstance(fault, click.NoSuchOption) and fault.option_name in standard:
        return f" It goes before the command: {NAME} {fault.option_name} …"
    return ""


def _refused_by_system(fault: OSError) -> str:
    place = f": {for_terminal(str(fault.filename))}" if fault.filename is not None else ""
    return f"Error: The operating system says: {fault.strerror or type(fault).__name__}{place}.\n"


def _bug(fault: BaseException, *, traceback_wanted: bool) -> Iterator[str]:
    yield f"This is a bug in teli-iac: {type(fault).__name__}{_place(fault)}.\n"
    if not traceback_wanted:
        yield "Next: run it again with `teli-iac -v …`, and report the traceback; it shows no people.\n"
        return
    yield "Traceback, without messages and values, for they may hold people:\n"
    for each in _chain(fault):
        yield from traceback.StackSummary.extract(traceback.walk_tb(each.__traceback__)).format()
        yield f"{type(each).__name__}\n"


def _chain(fault: BaseException) -> list[BaseException]:
    """The fault and what led to it, the first cause first."""
    chain: list[BaseException] = []
    current: BaseException | None = fault
    while current is not None and current not in chain:
        chain.insert(0, current)
        current = current.__cause__ or current.__context__
    return chain


def _place(fault: BaseException) -> str:
    """Where in our code it happened, as ` in plan.py, line 12`."""
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    if not ours:
        return ""
    return f" in {Path(ours[-1].filename).relative_to(_PACKAGE).as_posix()}, line {ours[-1].lineno}"
