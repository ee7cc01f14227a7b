"""Reading, checking and freeing a project's ledger: everything about it that needs no Teli."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from teli_iac.api import parse_origin
from teli_iac.errors import Declined, LedgerLocked, LedgerMissing
from teli_iac.history import (
    EventTold,
    LedgerKept,
    events_told,
    ledger_kept,
    released_sets,
    uncounted_sets,
)
from teli_iac.ledger import Backend, fold, kind_of, open_ledger, read_whole
from teli_iac.model import Account, LedgerKey
from teli_iac.settings import Invocation, account_of
from teli_iac.worlds import existing_key, read_project, this_holder


@dataclass(frozen=True, slots=True, repr=False)
class ProjectLedger:
    """A project's ledger, and whose it is."""

    account: Account
    key: LedgerKey
    backend: Backend

    def __repr__(self) -> str:
        return f"ProjectLedger({self.account.project})"


@dataclass(frozen=True, slots=True)
class Checked:
    """How much was found whole."""

    project: str
    events: int
    people_sets: int


def open_project_ledger(asked: Invocation) -> ProjectLedger:
    """The ledger of the project that was asked for. Raises LedgerMissing when there is none."""
    project = read_project(asked)
    account = account_of(project, parse_origin(project.base_url))
    backend = open_ledger(project.ledger, project.folder, project.name)
    if not backend.exists():
        raise LedgerMissing(
            f"Project {project.name} has no ledger.",
            "If nothing was ever applied, run `teli-iac ledger init`; else restore the ledger.",
        )
    return ProjectLedger(account, existing_key(asked), backend)


def look_up_campaigns(ledger: ProjectLedger, address: str | None) -> LedgerKept:
    """What the ledger remembers of every campaign, or of one."""
    recorded = ledger.backend.load(ledger.account, ledger.key)
    released = ledger.backend.people(released_sets(recorded))
    return ledger_kept(ledger.account, replace(recorded, people=released), address)


def look_up_events(ledger: ProjectLedger, address: str | None) -> tuple[EventTold, ...]:
    """Everything that was ever recorded, or that of one campaign."""
    ledger.backend.load(ledger.account, ledger.key)  # refuses a foreign ledger
    stored = tuple(ledger.backend.events())
    recorded = fold(stored, ledger.key)
    people = ledger.backend.people(uncounted_sets(stored))
    return events_told(replace(recorded, people=people), stored, kind_of, address)


def end_lease(ledger: ProjectLedger, approve: Callable[[str], bool], asked: Invocation) -> str:
    """Free the ledger from a dead apply, once that is approved; what was done, in a sentence.

    `approve` is told who holds it. The lease that was told of is superseded, so that its holder, if it lives
    after all, can write nothing more. One that was renewed meanwhile is left alone: LedgerLocked.
    """
    ledger.backend.load(ledger.account, ledger.key)  # refuses a foreign ledger
    held = _lock(ledger.backend, asked.waiting.now())
    if held is None:
        return f"Nobody is writing the ledger of project {ledger.account.project}; it is free."
    if held.expires is None:
        raise AssertionError("a backend tells when the lease ends that it refuses for")
    if not approve(held.message):
        raise Declined("Not approved: the lease is left as it was.", "Type `yes`, or pass --auto-approve.")
    if _lock(ledger.backend, held.expires) is not None:
        raise LedgerLocked(
            "Its lease was renewed meanwhile, so its holder is alive; nothing was done.",
            "Wait until it is done, or end it first.",
        )
    return f"The ledger of project {ledger.account.project} is free. Run the command that died again."


def _lock(backend: Backend, at: datetime) -> LedgerLocked | None:
    """Take the lease, as of this instant, and give it back; who has it, when it cannot be taken.

    Taking it raises the token, which ends every lease before.
    """
    try:
        backend.release(backend.acquire(this_holder(), at, timedelta(0)))
    except LedgerLocked as locked:
        return locked
    return None


def check_whole(ledger: ProjectLedger) -> Checked:
    """Check all of it. Raises LedgerForeign, or LedgerDamaged naming the first place that is wrong."""
    whole = read_whole(ledger.backend, ledger.account, ledger.key)
    return Checked(ledger.account.project, len(whole.events), len(whole.people))
