"""A ledger leaves one place and goes on in another, and never in two at once (docs/ledger.md, *Moving*)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from teli_iac.api import parse_origin
from teli_iac.errors import AlreadyThere, Declined, ExportUnusable, LedgerError, LedgerMoved, UsageError
from teli_iac.identity import utc_text
from teli_iac.ledger import (
    Whole,
    appearing,
    hold,
    open_ledger,
    read_export,
    read_whole,
    spoken_place,
    write_export,
)
from teli_iac.model import Arrived, Moved, StoredEvent
from teli_iac.record_keeping import ProjectLedger
from teli_iac.render.words import counted
from teli_iac.settings import Invocation, account_of
from teli_iac.worlds import existing_key, read_project, this_holder

Approve = Callable[[str], bool]


def export(ledger: ProjectLedger, file: Path) -> str:
    """Write all of the ledger to a file; what was written, in sentences. The ledger goes on as it is."""
    _refuse_in_the_way(file)
    whole = read_whole(ledger.backend, ledger.account, ledger.key)
    _write(whole, file)
    return (
        f"{_counted(whole)} of project {ledger.account.project} are in {file.name}. It is a copy:"
        " the ledger here goes on being used. Keep it where no key of the ledger is."
    )


def retire(ledger: ProjectLedger, file: Path, to: str, approve: Approve, asked: Invocation) -> str:
    """Close the ledger here for good, and write it to a file that is imported at `to`.

    Closed first, so that there never is a file to be imported while the ledger is still written. A closed
    one is written again, so that a crash or a full disk in between costs nothing.
    """
    place = _destination(to, asked)
    _refuse_in_the_way(file)
    moved_to = ledger.backend.load(ledger.account, ledger.key).moved_to
    if moved_to is None:
        _close(ledger, place, approve, asked)
    elif moved_to != place:
        raise LedgerMoved(
            f"The ledger was moved to {moved_to} before; it cannot go to {place} from here.",
            f"Export it with --retire-to {moved_to}, import it there, and move it on from there.",
        )
    whole = read_whole(ledger.backend, ledger.account, ledger.key)
    _write(whole, file)
    return (
        f"{_counted(whole)} of project {ledger.account.project} are in {file.name}, and the ledger is closed"
        f" here. Now write `ledger: {place}` into the Project, and run: teli-iac ledger import {file.name}"
    )


def _destination(to: str, asked: Invocation) -> str:
    project = read_project(asked)
    open_ledger(to, project.folder, project.name)  # refuses what is no place
    place = spoken_place(to)
    if place == spoken_place(project.ledger):
        raise UsageError(f"The ledger lies at {place} already.", "Name the place that it is to go to.")
    return place


def _close(ledger: ProjectLedger, place: str, approve: Approve, asked: Invocation) -> None:
    project, now = ledger.account.project, asked.waiting.now
    if not approve(f"The ledger of project {project} is closed here for good, and goes on at {place}."):
        raise Declined("Not approved: the ledger stays where it is.", "Type `yes`, or pass --auto-approve.")
    with hold(ledger.backend, ledger.account, ledger.key, this_holder(), now) as journal:
        journal.record(Moved(place), at=now())


def bring_in(file: Path, asked: Invocation, *, restoring: bool) -> str:
    """Make the Project's ledger from a file; what came, in a sentence.

    All of it appears at once or nothing. Without `restoring` only what was closed where it lay before and
    sent to just this place.
    """
    project = read_project(asked)
    account = account_of(project, parse_origin(project.base_url))
    key = existing_key(asked)
    backend = open_ledger(project.ledger, project.folder, project.name)
    if backend.exists():
        raise LedgerError(
            f"Project {project.name} has a ledger already; two are never made one, and nothing was changed.",
            "Keep the one that is there, or let the Project's `ledger` name an empty place.",
        )
    with _opened(file) as lines:
        whole = read_export(lines, account, key)
    place = spoken_place(project.ledger)
    if not restoring:
        _refuse_elsewhere(whole, place)
    now = asked.waiting.now()
    arrived = StoredEvent(len(whole.events) + 1, now, Arrived(place))
    backend.restore(replace(whole, events=(*whole.events, arrived)), now)
    return f"{_counted(whole)} of project {project.name} came to {place}, and go on there."


def _refuse_elsewhere(whole: Whole, place: str) -> None:
    last = whole.events[-1] if whole.events else None
    if last is None or not isinstance(last.event, Moved):
        at = f", as of {utc_text(last.at)}" if last else ""
        raise ExportUnusable(
            f"The file is a copy of a ledger that was not closed{at}: it may still be in use where it lies.",
            "To move it: `teli-iac ledger export FILE --retire-to PLACE` there. If it is lost and this is its"
            " last copy: --restore. What happened after the copy was made is then forgotten.",
        )
    if last.event.place != place:
        raise ExportUnusable(
            f"The ledger in the file was sent to {last.event.place}, and the Project's `ledger` is {place}.",
            f"Write `ledger: {last.event.place}` into the Project, and import it there.",
        )


def _counted(whole: Whole) -> str:
    return f"{counted(len(whole.events), 'event')} and {counted(len(whole.people), 'set')} of people"


def _refuse_in_the_way(file: Path) -> None:
    if os.path.lexists(file):
        raise AlreadyThere(f"{file} is there and is not written over.", "Name another file.")
    if not file.parent.is_dir():
        raise UsageError(f"There is no folder {file.parent} to write to.", "Make it, or name another.")


def _write(whole: Whole, file: Path) -> None:
    try:
        with appearing(file) as fresh, fresh.open("w", encoding="utf-8", newline="\n") as opened:
            opened.writelines(write_export(whole))
            opened.flush()
            os.fsync(opened.fileno())
    except FileExistsError as error:
        raise AlreadyThere(f"{file} is there and is not written over.", "Name another file.") from error
    except OSError as error:
        raise LedgerError(
            f"{file} could not be written: {error.strerror}.", "See to the disk, then run it again."
        ) from error


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    try:
        with file.open("rb") as opened:
            yield opened
    except OSError as error:
        raise ExportUnusable(f"{file} cannot be read: {error.strerror}.", "Check its path.") from error
