"""Work on several campaigns at once, and begin nothing new once the apply has to stop."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from queue import SimpleQueue
from typing import TypeAlias

from teli_iac.apply.means import Means
from teli_iac.apply.parts import as_it_came, first_part, next_part, steps_of
from teli_iac.apply.tally import GOES_ON_AFTER, Tally
from teli_iac.apply.turns import NotBegun, Turn, Turns
from teli_iac.errors import ApiError, LedgerError
from teli_iac.kinds.intentions import Result
from teli_iac.model import Change, Outcome, Sentence

Work: TypeAlias = Callable[[Change, Means, Turn], Result]
Told: TypeAlias = "SimpleQueue[Change | Future[Result]]"
"""From the threads to the one that tells: a change that begins, and what became of one."""


def in_turn(act: Callable[[Change, Means], Result]) -> Work:
    """An act that is its turn from beginning to end."""
    return partial(_in_turn, act)


def work_through(  # noqa: PLR0913  what, how, with what, told to whom, until when, how far ahead
    changes: Iterable[Change],
    work: Work,
    means: Means,
    tally: Tally,
    goes_on: Callable[[], bool],
    *,
    beside: int = 0,
) -> Iterator[Outcome]:
    """Do the work for each change, `parallelism` at a time; an outcome when one begins and when it ends.

    `beside` more are made ready for their turn, or concluded after it.
    """
    queue = _Queue(changes, tally)
    running: dict[Future[Result], tuple[Change, Turn]] = {}
    told: Told = SimpleQueue()
    turns = Turns(means.parallelism, goes_on, means.api.wait_until_welcome)
    with pool_of(means.parallelism + beside) as pool, closing(turns):
        while running or (queue and goes_on()):
            while len(running) < means.parallelism + beside and goes_on() and (change := queue.take()):
                turn = Turn(turns, partial(told.put, change), partial(tally.is_sound, change))
                future = pool.submit(_do, work, change, means, turn)
                running[future] = change, turn
                future.add_done_callback(told.put)
                if not told.empty():
                    break  # news first: it may be a failure, or the end of a turn
            if not running:
                continue  # it was to stop just now, or only broken ones were left
            news = told.get()
            if isinstance(news, Change):
                yield tally.started(news)
                continue
            change, turn = running.pop(news)
            if isinstance(news.exception(), NotBegun):
                queue.put_back(change)
                continue
            result = news.result()
            if not turn.has_come:  # nothing of it was to be sent
                yield tally.started(change)
            change = as_it_came(change, result)
            outcome = tally.finished(change, result)
            queue.go_on_after(change, result)
            turn.end()  # only now: after a failure that was not told yet the next one would begin
            yield outcome
    queue.leave()


class _Queue:
    """What has not begun: the next part of a campaign before other campaigns, unless it is broken."""

    def __init__(self, changes: Iterable[Change], tally: Tally) -> None:
        self._changes = deque(map(first_part, changes))
        self._tally = tally

    def __bool__(self) -> bool:
        return bool(self._changes)

    def take(self) -> Change | None:
        """The next one that may begin."""
        while self._changes:
            change = self._changes.popleft()
            if self._tally.is_sound(change):
                return change
            self._tally.leave(steps_of(change))
        return None

    def put_back(self, change: Change) -> None:
        """It did not begin."""
        self._changes.append(change)

    def go_on_after(self, change: Change, result: Result) -> None:
        """Have the next part follow on one that is launched or needless; after all else the rest is left."""
        rest = next_part(change)
        if rest and result.sentence in GOES_ON_AFTER:
            self._changes.appendleft(rest)
        elif rest:
            self._tally.leave(steps_of(rest))

    def leave(self) -> None:
        """Count what was not begun."""
        self._tally.leave(sum(map(steps_of, self._changes)))


def _in_turn(act: Callable[[Change, Means], Result], change: Change, means: Means, turn: Turn) -> Result:
    turn.take()
    return act(change, means)


def _do(work: Work, change: Change, means: Means, turn: Turn) -> Result:
    try:
        return work(change, means, turn)
    except ApiError as error:
        return Result(Sentence.API_FAILED, change.campaign_id or "", (error.message,))
    except LedgerError as error:
        return Result(Sentence.LEDGER_FAILED, change.campaign_id or "", (error.message,))


@contextmanager
def pool_of(threads: int) -> Iterator[ThreadPoolExecutor]:
    """Threads that are waited for, unless a person broke off: then nothing waits for what is in flight."""
    pool = ThreadPoolExecutor(threads, thread_name_prefix="campaign")
    broken_off = False
    try:
        yield pool
    except KeyboardInterrupt:
        broken_off = True
        raise
    finally:
        pool.shutdown(wait=not broken_off, cancel_futures=broken_off)
