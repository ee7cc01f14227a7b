"""Walk a plan: record what was learned, stop what leaves, launch what is new, verify, tell each step.

Order (semantics §6): news and adoptions, parts that failed their verification, ends and deletes, then
launches, several at once. Every create has its durable intent first (`kinds.launching`). The first failure
stops whatever has not begun, unless the apply was told to continue; but whatever must not call is ended.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence

from teli_iac.apply.driving import drive
from teli_iac.apply.means import Means
from teli_iac.apply.pooling import work_through
from teli_iac.apply.tally import LAUNCHED, REMOVED, Tally
from teli_iac.apply.verifying import verify
from teli_iac.errors import LedgerError
from teli_iac.identity import key_people
from teli_iac.kinds.intentions import Result
from teli_iac.kinds.launching import LaunchOrder, end_unverified, launch
from teli_iac.kinds.removing import remove
from teli_iac.model import Action, Adopted, Change, Ending, Left, Outcome, Plan, Reason, Sentence

__all__ = ["Means", "apply_plan"]

_WAVE = 100
"""So many campaigns are launched before they are verified together: well within any `launch_grace`."""


def apply_plan(plan: Plan, means: Means) -> Generator[Outcome | Ending, None, None]:
    """Make a plan true: outcomes one by one as they happen, and the ending last.

    Raises LedgerError before anything is sent when the news cannot be recorded.
    """
    tally = Tally(plan, means)
    _record_news(plan, means)
    yield from (tally.finished(change, _adopt(change, means)) for change in _adoptions(plan))
    yield from work_through(_unverified(plan), _end_unverified, means, tally, tally.may_still_end)
    yield from work_through(_with(plan, Action.END), _remove, means, tally, tally.may_still_end)
    yield from work_through(_with(plan, Action.DELETE), _removing(plan), means, tally, tally.goes_on)
    launches = _with(plan, Action.LAUNCH)
    for start in range(0, len(launches), _WAVE):
        yield from _launch_wave(launches[start : start + _WAVE], means, tally)
    yield tally.ending()


def _record_news(plan: Plan, means: Means) -> None:
    learned = (event for change in plan.changes for event in change.learned)
    means.journal.record(*means.news, *plan.governed, *learned, at=means.waiting.now())


def _adoptions(plan: Plan) -> Iterator[Change]:
    return (change for change in plan.changes if change.action is Action.KEEP and change.launch)


def _unverified(plan: Plan) -> Iterator[Change]:
    return (change for change in plan.changes if change.verify)


def _with(plan: Plan, action: Action) -> Sequence[Change]:
    return [change for change in plan.changes if change.action is action]


def _launch_wave(wave: Sequence[Change], means: Means, tally: Tally) -> Iterator[Outcome]:
    launched: set[str] = set()
    for outcome in work_through(wave, _launch, means, tally, tally.goes_on):
        yield outcome
        if outcome.sentence in LAUNCHED:
            launched.add(outcome.address)
    to_verify = [change for change in wave if change.address in launched]
    try:
        yield from (tally.turned_out(*ended) for ended in verify(to_verify, means))
    except LedgerError as error:
        failed = Result(Sentence.LEDGER_FAILED, to_verify[0].campaign_id or "", (error.message,))
        yield tally.turned_out(to_verify[0], failed)


def _adopt(change: Change, means: Means) -> Result:
    """Record a part that the ledger lacked, with the people its manifest names (row 5)."""
    if change.launch is None:
        raise AssertionError("an adoption carries the part that it adopts")
    part, people = change.launch, key_people(means.key, change.launch.leads)
    adopted = Adopted(
        campaign_id=part.campaign_id,
        name=part.name,
        run=part.run,
        part=part.part,
        digest=part.digest,
        settings=part.settings,
        begin=part.settings.begin,
        end=part.settings.end,
        people=people.ref,
        people_count=len(people),
    )
    means.journal.record(adopted, people=(people,), at=means.waiting.now())
    return Result(Sentence.RECORDED, part.campaign_id)


def _end_unverified(change: Change, means: Means) -> Result:
    results = [drive(end_unverified(campaign_id, change.faults), means) for campaign_id in change.verify]
    return results[-1]


def _removing(plan: Plan) -> Callable[[Change, Means], Result]:
    # A campaign that may have been renamed has not left: its people are held against the new name until
    # a person has decided. A plan of some campaigns does not see the new names of the others.
    renamed = plan.targets or any(change.reason is Reason.LOOKS_RENAMED for change in plan.changes)
    return _remove if renamed else _remove_and_forget


def _remove_and_forget(change: Change, means: Means) -> Result:
    result = _remove(change, means)
    if result.sentence in REMOVED:
        means.journal.record(Left(change.address.partition("/")[2]), at=means.waiting.now())
    return result


def _remove(change: Change, means: Means) -> Result:
    result = Result(Sentence.REMOVED, change.campaign_id or "")
    for removal in change.removals:
        result = drive(remove(removal), means)
        if result.sentence not in REMOVED:
            break
    return result


def _launch(change: Change, means: Means) -> Result:
    if change.launch is None:
        raise AssertionError("a launch carries what it creates")
    people = key_people(means.key, change.launch.leads)
    return drive(launch(LaunchOrder(change.launch, means.project, people)), means)
