"""How far an apply has come, whether it goes on, and how it ended."""

from __future__ import annotations

from collections import Counter

from teli_iac.apply.means import Means
from teli_iac.apply.parts import steps_of
from teli_iac.errors import ExitCode
from teli_iac.kinds.intentions import Result
from teli_iac.model import Action, Change, Ending, OnError, Outcome, OutcomeKind, Plan, Reason, Sentence

LAUNCHED = frozenset({Sentence.LAUNCHED, Sentence.FOUND_LAUNCHED})
GOES_ON_AFTER = LAUNCHED | {Sentence.NOBODY_LEFT}
"""The next part of a campaign follows on one that is launched, or in which nobody may be called any more."""

REMOVED = frozenset({Sentence.REMOVED, Sentence.STOPPED})
_GOOD = (
    LAUNCHED
    | REMOVED
    | {
        Sentence.RECORDED,
        Sentence.PAUSED,
        Sentence.RESUMED,
        Sentence.RELEASED,
        Sentence.NOBODY_LEFT,
    }
)
_BEGINNING = {
    Action.LAUNCH: Sentence.LAUNCHING,
    Action.EXTEND: Sentence.LAUNCHING,
    Action.REPLACE: Sentence.REPLACING,
    Action.PAUSE: Sentence.PAUSING,
    Action.RESUME: Sentence.RESUMING,
}
_UNTOUCHED = frozenset(
    {Sentence.REJECTED, Sentence.NOT_SENT, Sentence.NOT_STARTED, Sentence.ALREADY_THERE, Sentence.RECORDED}
)
_BEFORE_ITS_LAUNCH = frozenset({Sentence.NOBODY_LEFT, Sentence.LIST_FAILED})
"""After these nothing is different on Teli."""


class Tally:
    """Counts outcomes as they happen. Used by the one thread that tells them."""

    def __init__(self, plan: Plan, means: Means) -> None:
        self._plan = plan
        self._means = means
        self._total = sum(_steps(change) for change in plan.changes)
        self._done = 0
        self._skipped = 0
        self._people = 0
        self._suppressed = 0
        self._ended: Counter[Sentence] = Counter()
        self._unknown = [c.address for c in plan.blocked if c.reason is Reason.UNKNOWN_OUTCOME]
        self._touched = False
        self._failed = False
        self._begun: set[str] = set()
        self._broken: set[str] = set()
        self._unrecorded = False

    def goes_on(self) -> bool:
        """Whether something new may begin."""
        return self.may_still_end() and not self._failed

    def may_launch(self) -> bool:
        """Whether a launch may begin: none does while an outcome is unknown, unless it is a target."""
        return self.goes_on() and bool(self._plan.targets or not self._unknown)

    def may_still_end(self) -> bool:
        """Whether a part that must not call may be ended: no failure elsewhere is a reason to let it call."""
        return not (self._unrecorded or self._means.stopping())

    def started(self, change: Change) -> Outcome:
        """A change begins."""
        sentence = _BEGINNING.get(change.action, Sentence.REMOVING)
        if change.action is Action.REPLACE and change.launch:  # a further part of what it launches
            sentence = Sentence.LAUNCHING
        return self._outcome(change, OutcomeKind.STARTED, Result(sentence, change.campaign_id or ""))

    def finished(self, change: Change, result: Result) -> Outcome:
        """A change has come to its result."""
        self._done += 1
        self._total += len(result.parts[1:])  # as many as no plan could know of
        self._suppressed += result.suppressed
        if result.sentence in LAUNCHED:
            self._begun.add(change.address)
            self._people += change.people - result.suppressed
        return self.turned_out(change, result)

    def turned_out(self, change: Change, result: Result) -> Outcome:
        """What became of a change, perhaps after it had been finished already."""
        self._ended[result.sentence] += 1
        self._touched |= _touches(change, result.sentence)
        if result.sentence is Sentence.OUTCOME_UNKNOWN:
            self._unknown.append(change.address)
        if result.sentence not in _GOOD:
            self._broken.add(change.address)
            self._failed |= self._means.on_error is OnError.STOP
            self._unrecorded |= result.sentence is Sentence.LEDGER_FAILED
        return self._outcome(change, _kind(result.sentence), result)

    def is_sound(self, change: Change) -> bool:
        """Whether it may follow on what was launched of its campaign: nothing does once any of it failed."""
        return not (change.address in self._begun and change.address in self._broken)

    def leave(self, count: int) -> None:
        """Changes that were not begun."""
        self._skipped += count

    def ending(self) -> Ending:
        """The sum of it all."""
        counts = self._ended
        good = sum(counts[sentence] for sentence in _GOOD)
        failed = counts.total() - good - counts[Sentence.OUTCOME_UNKNOWN]
        return Ending(
            exit_code=self._exit_code(failed),
            launched=sum(counts[sentence] for sentence in LAUNCHED),
            removed=sum(counts[sentence] for sentence in REMOVED),
            failed=failed,
            skipped=self._skipped,
            blocked=len(self._plan.blocked),
            unknown=tuple(self._unknown),
            people=self._people,
            suppressed=self._suppressed,
        )

    def _exit_code(self, failed: int) -> ExitCode:
        """The most serious wins (semantics §8)."""
        if self._unknown:
            return ExitCode.UNKNOWN
        if failed:
            return ExitCode.PARTLY if self._touched else ExitCode.ERROR
        if self._skipped:
            return ExitCode.INTERRUPTED
        return ExitCode.REFUSED if self._plan.blocked else ExitCode.DONE

    def _outcome(self, change: Change, kind: OutcomeKind, result: Result) -> Outcome:
        return Outcome(
            address=change.address,
            kind=kind,
            action=change.action,
            sentence=result.sentence,
            campaign_id=result.campaign_id or change.campaign_id,
            people=change.people - result.suppressed,
            detail=result.faults,
            done=self._done,
            total=self._total,
            suppressed=result.suppressed,
        )


def _steps(change: Change) -> int:
    """How many results a change comes to: its own, and one for parts that failed their verification."""
    acts = change.action not in {Action.KEEP, Action.BLOCKED} or change.launch is not None
    return (steps_of(change) if acts else 0) + int(bool(change.verify))


def _touches(change: Change, sentence: Sentence) -> bool:
    if sentence in _BEFORE_ITS_LAUNCH:  # a replacement has ended its parts by then
        return change.action is Action.REPLACE
    # The API fails a launch only before its intent; afterwards every fault of it is looked into.
    refused_early = sentence is Sentence.API_FAILED and change.launch is not None
    return sentence not in _UNTOUCHED and not refused_early


def _kind(sentence: Sentence) -> OutcomeKind:
    if sentence in _GOOD:
        return OutcomeKind.DONE
    return OutcomeKind.UNKNOWN if sentence is Sentence.OUTCOME_UNKNOWN else OutcomeKind.FAILED
