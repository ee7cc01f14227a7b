"""A lost ledger made anew from what ids, the API's list and the history of the manifests prove.

Whatever cannot be proven counts as given, or blocks until a person decides: nobody is called on a guess.
"""

from __future__ import annotations

from collections.abc import Callable

from teli_iac.errors import Declined, LedgerError, UsageError
from teli_iac.ledger import Whole, bind, ledger_key
from teli_iac.model import LedgerKey, Observed, Recorded, StoredEvent
from teli_iac.observe import Question, observe
from teli_iac.rebuilding.doubting import doubts_about
from teli_iac.rebuilding.proving import prove
from teli_iac.rebuilding.telling import told
from teli_iac.rebuilding.versions import past_of
from teli_iac.settings import Invocation
from teli_iac.worlds import Worlds

Approve = Callable[[str], bool]


def rebuild(worlds: Worlds, asked: Invocation, approve: Approve) -> str:
    """Make the project's ledger anew once what it will hold is approved; all of it or nothing.

    Raises LedgerError where there is a ledger, or where Teli's list is not complete.
    """
    _refuse_part_of_project(worlds)
    _refuse_ledger(worlds)
    key = ledger_key(asked.environment, asked.config_folder, create=True)
    if key is None:
        raise AssertionError("a key that is to be made is there afterwards")
    observed = _observe(worlds, key)
    past = past_of(worlds, asked)
    proof = prove(worlds, observed, past, key)
    doubts = doubts_about(worlds, observed, past, proof, key)
    if not approve(told(past, proof, doubts)):
        raise Declined("Not approved: no ledger was made.", "Type `yes`, or pass --auto-approve.")
    now = asked.waiting.now()
    happened = (*proof.events, *doubts.events)
    events = tuple(StoredEvent(place, now, event) for place, event in enumerate(happened, 1))
    people = {each.ref: each for each in (*proof.people, *doubts.people)}
    in_order = tuple(people[ref] for ref in sorted(people))
    worlds.ledger.restore(Whole(bind(worlds.account, key), events, in_order), now)
    return f"The ledger of project {worlds.account.project} is made anew. See what it means: teli-iac plan"


def _refuse_part_of_project(worlds: Worlds) -> None:
    if not worlds.desired.covers_project:
        raise UsageError(
            "A ledger is rebuilt for all of its project.", "Run it in the folder of the Project."
        )


def _refuse_ledger(worlds: Worlds) -> None:
    if worlds.ledger.exists():
        raise LedgerError(
            f"Project {worlds.account.project} has a ledger; nothing was changed.",
            "What it lacks of a campaign is taken in by `teli-iac adopt ADDRESS`. Only a ledger that is"
            " lost is rebuilt.",
        )


def _observe(worlds: Worlds, key: LedgerKey) -> Observed:
    nobody = Recorded(version=0, key=key)
    question = Question(worlds.desired.project, nobody, trusts_its_clock=worlds.origin.calls_nobody)
    observed = observe(worlds.api.reading(), question, worlds.asked.waiting)
    if observed.gaps:
        raise LedgerError(
            f"What Teli shows is not complete: {'; '.join(observed.gaps)}. No ledger was made.",
            "Run it again in a while.",
        )
    return observed


__all__ = ["rebuild"]
