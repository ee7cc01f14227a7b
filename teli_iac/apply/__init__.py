"""Walk a plan: record what was learned, stop what leaves, launch what is new, verify, tell each step.

Order (semantics §6): news and adoptions, parts that failed their verification, ends, pauses and deletes,
then each replacement whole before the next, then launches, several at once. Every create has its durable
intent first (`kinds.launching`). The first failure stops whatever has not begun, unless the apply was told
to continue; but whatever must not call is ended.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence

from teli_iac.apply import acts
from teli_iac.apply.means import Means
from teli_iac.apply.pooling import Work, work_through
from teli_iac.apply.tally import LAUNCHED, Tally
from teli_iac.apply.verifying import verify
from teli_iac.errors import LedgerError
from teli_iac.kinds.intentions import Result
from teli_iac.model import Action, Change, Ending, Outcome, Plan, Reason, Sentence

__all__ = ["Means", "apply_plan"]

_WAVE = 100
"""So many campaigns are launched before they are verified together: well within any `launch_grace`."""


def apply_plan(plan: Plan, means: Means) -> Generator[Outcome | Ending, None, None]:
    """Make a plan true: outcomes one by one as they happen, and the ending last.

    Raises LedgerError before anything is sent when the news cannot be recorded.
    """
    tally = Tally(plan, means)
    _record_news(plan, means)
    yield from (tally.finished(change, acts.adopt(change, means)) for change in _adoptions(plan))
    yield from work_through(_unverified(plan), acts.end_failed, means, tally, tally.may_still_end)
    yield from work_through(_with(plan, Action.END), acts.remove, means, tally, tally.may_still_end)
    yield from work_through(_with(plan, Action.PAUSE), acts.steer, means, tally, tally.may_still_end)
    yield from work_through(_with(plan, Action.DELETE), _removing(plan), means, tally, tally.goes_on)
    yield from work_through(_with(plan, Action.RESUME), acts.steer, means, tally, tally.goes_on)
    for change in _with(plan, Action.REPLACE):
        yield from _launch_wave([change], acts.exchange, means, tally)
    launches = _with(plan, Action.EXTEND, Action.LAUNCH)
    for start in range(0, len(launches), _WAVE):
        yield from _launch_wave(launches[start : start + _WAVE], acts.launch, means, tally)
    yield tally.ending()


def _record_news(plan: Plan, means: Means) -> None:
    learned = (event for change in plan.changes for event in change.learned)
    means.journal.record(*means.news, *plan.governed, *learned, at=means.waiting.now())


def _adoptions(plan: Plan) -> Iterator[Change]:
    return (change for change in plan.changes if change.action is Action.KEEP and change.launch)


def _unverified(plan: Plan) -> Iterator[Change]:
    return (change for change in plan.changes if change.verify)


def _with(plan: Plan, *actions: Action) -> Sequence[Change]:
    return [change for change in plan.changes if change.action in actions]


def _launch_wave(wave: Sequence[Change], work: Work, means: Means, tally: Tally) -> Iterator[Outcome]:
    changes = {change.address: change for change in wave}
    launched: dict[str, Change] = {}
    for outcome in work_through(wave, work, means, tally, tally.goes_on):
        yield outcome
        if outcome.sentence in LAUNCHED and outcome.campaign_id:
            launched[outcome.campaign_id] = changes[outcome.address]
    try:
        yield from (tally.turned_out(*ended) for ended in verify(launched, means))
    except LedgerError as error:
        campaign_id, change = next(iter(launched.items()))
        yield tally.turned_out(change, Result(Sentence.LEDGER_FAILED, campaign_id, (error.message,)))


def _removing(plan: Plan) -> Callable[[Change, Means], Result]:
    # A campaign that may have been renamed has not left: its people are held against the new name until
    # a person has decided. A plan of some campaigns does not see the new names of the others.
    renamed = plan.targets or any(change.reason is Reason.LOOKS_RENAMED for change in plan.changes)
    return acts.remove if renamed else acts.remove_and_forget
