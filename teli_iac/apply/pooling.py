"""Work on several campaigns at once, and begin nothing new once the apply has to stop."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import TypeAlias

from teli_iac.apply.means import Means
from teli_iac.apply.tally import Tally
from teli_iac.errors import ApiError, LedgerError
from teli_iac.kinds.intentions import Result
from teli_iac.model import Change, Outcome, Sentence

Work: TypeAlias = Callable[[Change, Means], Result]


def work_through(
    changes: Iterable[Change], work: Work, means: Means, tally: Tally, goes_on: Callable[[], bool]
) -> Iterator[Outcome]:
    """Do the work for each change, `parallelism` at a time; an outcome when one begins and when it ends."""
    queue = deque(changes)
    running: dict[Future[Result], Change] = {}
    with pool_of(means.parallelism) as pool:
        while running or (queue and goes_on()):
            while queue and len(running) < means.parallelism and goes_on():
                change = queue.popleft()
                running[pool.submit(_do, work, change, means)] = change
                yield tally.started(change)
            ended, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in ended:
                yield tally.finished(running.pop(future), future.result())
    tally.leave(len(queue))


def _do(work: Work, change: Change, means: Means) -> Result:
    try:
        return work(change, means)
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
