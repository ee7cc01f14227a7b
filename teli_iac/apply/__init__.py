"""Walk a plan: record what was learned, stop what leaves, launch what is new, verify, tell each step.

Order (semantics §6): news and adoptions, parts that failed their verification, ends, pauses and deletes,
then each replacement whole before the next, then launches, several at once; their ids are looked up ahead,
others are made ready, intended and recorded while creates wait for their answers (`turns`), and they are
verified meanwhile. Every create has its durable intent first (`kinds.launching`). The first failure stops
whatever has not begun, and its intent is void, unless the apply was told to continue, and an unknown outcome
holds back every launch that is no target; but whatever must not call is ended.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from functools import partial

from teli_iac.apply import acts
from teli_iac.apply.means import Means
from teli_iac.apply.pooling import Work, in_turn, pool_of, work_through
from teli_iac.apply.scouting import Scouts, scouts_beside
from teli_iac.apply.tally import LAUNCHED, Tally
from teli_iac.apply.turns import intents_may_wait
from teli_iac.apply.verifying import Verifier
from teli_iac.kinds.intentions import Result
from teli_iac.model import Action, Change, Ending, Outcome, Plan, Reason

__all__ = ["Means", "apply_plan", "connections_of"]


def apply_plan(plan: Plan, means: Means) -> Generator[Outcome | Ending, None, None]:
    """Make a plan true: outcomes one by one as they happen, and the ending last.

    Raises LedgerError before anything is sent when the news cannot be recorded.
    """
    tally = Tally(plan, means)
    _record_news(plan, means)
    yield from (tally.finished(change, acts.adopt(change, means)) for change in _adoptions(plan))
    yield from work_through(_unverified(plan), in_turn(acts.end_failed), means, tally, tally.may_still_end)
    yield from work_through(_with(plan, Action.END), in_turn(acts.remove), means, tally, tally.may_still_end)
    yield from work_through(_with(plan, Action.PAUSE), in_turn(acts.steer), means, tally, tally.may_still_end)
    yield from work_through(_with(plan, Action.DELETE), in_turn(_removing(plan)), means, tally, tally.goes_on)
    yield from work_through(_with(plan, Action.RESUME), in_turn(acts.steer), means, tally, tally.goes_on)
    for change in _with(plan, Action.REPLACE):
        yield from _launch([change], in_turn(acts.exchange), means, tally)
    yield from _launch_all(_with(plan, Action.EXTEND, Action.LAUNCH), means, tally)
    yield tally.ending()


def connections_of(parallelism: int) -> int:
    """So many that look-ups ahead and the list that verifies take none from the creates."""
    return parallelism + scouts_beside(parallelism) + 1


def _record_news(plan: Plan, means: Means) -> None:
    learned = (event for change in plan.changes for event in change.learned)
    means.journal.record(*means.news, *plan.governed, *learned, at=means.waiting.now())


def _adoptions(plan: Plan) -> Iterator[Change]:
    return (change for change in plan.changes if change.action is Action.KEEP and change.launch)


def _unverified(plan: Plan) -> Iterator[Change]:
    return (change for change in plan.changes if change.verify)


def _with(plan: Plan, *actions: Action) -> Sequence[Change]:
    return [change for change in plan.changes if change.action in actions]


def _launch_all(launches: Sequence[Change], means: Means, tally: Tally) -> Iterator[Outcome]:
    with pool_of(scouts_beside(means.parallelism)) as pool:
        scouts = Scouts(launches, means, pool)
        ahead = intents_may_wait(launches)
        work = partial(acts.launch, scouts=scouts, ahead=ahead)
        # So that nobody's create waits while others are made ready, intended, and recorded as launched.
        beside = means.parallelism - 1 if ahead else means.parallelism // 2
        yield from _launch(launches, work, means, tally, beside=beside)


def _launch(
    changes: Sequence[Change], work: Work, means: Means, tally: Tally, *, beside: int = 0
) -> Iterator[Outcome]:
    """Launch, and verify meanwhile what was launched; what is not as it was sent is ended."""
    by_address = {change.address: change for change in changes}
    with pool_of(2) as pool:
        verifier = Verifier(means, pool)
        for outcome in work_through(changes, work, means, tally, tally.may_launch, beside=beside):
            yield outcome
            if outcome.sentence in LAUNCHED and outcome.campaign_id:
                part = replace(by_address[outcome.address], people=outcome.people)
                verifier.take(outcome.campaign_id, part)
            yield from (tally.turned_out(*ended) for ended in verifier.ended())
        yield from (tally.turned_out(*ended) for ended in verifier.rest())


def _removing(plan: Plan) -> Callable[[Change, Means], Result]:
    # A campaign that may have been renamed has not left: its people are held against the new name until
    # a person has decided. A plan of some campaigns does not see the new names of the others.
    renamed = plan.targets or any(change.reason is Reason.LOOKS_RENAMED for change in plan.changes)
    return acts.remove if renamed else acts.remove_and_forget
