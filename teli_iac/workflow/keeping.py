"""Keeping the ledger: made, shown, checked, moved, made anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from teli_iac.api import parse_origin
from teli_iac.history import EventTold, LedgerKept
from teli_iac.ledger import open_ledger
from teli_iac.moving import bring_in, export, retire
from teli_iac.rebuilding import rebuild
from teli_iac.record_keeping import (
    Checked,
    check_whole,
    end_lease,
    look_up_campaigns,
    look_up_events,
    open_project_ledger,
)
from teli_iac.settings import Invocation, account_of
from teli_iac.worlds import make_ledger, open_worlds, read_project


def create_ledger(asked: Invocation) -> str:
    """Make the project's ledger unless it is there; a sentence about which of the two it was."""
    project = read_project(asked)
    account = account_of(project, parse_origin(project.base_url))
    ledger = open_ledger(project.ledger, project.folder, project.name)
    there = ledger.exists()
    key = make_ledger(ledger, account, asked)
    ledger.load(account, key)
    return f"The ledger of project {project.name} {'was there before' if there else 'is made'}."


def show_ledger(asked: Invocation, address: str | None) -> LedgerKept:
    """What the ledger remembers of every campaign, or of one; writes nothing and asks Teli nothing."""
    return look_up_campaigns(open_project_ledger(asked), address)


def list_events(asked: Invocation, address: str | None) -> tuple[EventTold, ...]:
    """Everything that was ever recorded, in order, or that of one campaign."""
    return look_up_events(open_project_ledger(asked), address)


def check_ledger(asked: Invocation) -> Checked:
    """Check the ledger link by link. Raises LedgerDamaged naming the first place that is wrong."""
    return check_whole(open_project_ledger(asked))


def unlock_ledger(asked: Invocation, approve: Callable[[str], bool]) -> str:
    """End the lease of a dead apply once a person approves, who is told who holds it; what was done."""
    return end_lease(open_project_ledger(asked), approve, asked)


def export_ledger(
    asked: Invocation, file: Path, retire_to: str | None, approve: Callable[[str], bool]
) -> str:
    """Write the ledger to a file; with `retire_to` it is closed here once approved, to go on there."""
    ledger = open_project_ledger(asked)
    return retire(ledger, file, retire_to, approve, asked) if retire_to else export(ledger, file)


def import_ledger(asked: Invocation, file: Path, *, restoring: bool) -> str:
    """Make the Project's ledger from a file that was exported; what came. Never joins two ledgers."""
    return bring_in(file, asked, restoring=restoring)


def rebuild_ledger(asked: Invocation, approve: Callable[[str], bool]) -> str:
    """Make a lost ledger anew from what ids, Teli's list and git prove, once that is approved."""
    with open_worlds(asked, connections=1) as worlds:
        return rebuild(worlds, asked, approve)
