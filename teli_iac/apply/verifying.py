"""Hold what was just launched against the list, and end what is not as it was sent (semantics §6).

`launch_grace` leaves the time for it: nobody is called before. What the list does not show yet is left to
the next plan, which verifies it then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from datetime import timedelta

from teli_iac.apply.driving import drive
from teli_iac.apply.means import Means
from teli_iac.errors import ApiError, LedgerError
from teli_iac.identity import PartReference, parse_campaign_id
from teli_iac.kinds.intentions import Result
from teli_iac.kinds.launching import end_unverified
from teli_iac.kinds.verification import faults_in_list, group_by_name, strangers_in_run
from teli_iac.kinds.wire import list_request, read_list
from teli_iac.model import Change, ObservedCampaign, Recorded, RecordedPart, Sentence, Verified

_WAITS = (0.0, 1.0, 2.0, 4.0)
_AT_LEAST = 100
_LONG = timedelta(seconds=20)
"""Well within any `launch_grace`, before which nobody is called."""

Ended = tuple[Change, Result]
Shown = Mapping[str, ObservedCampaign]
Recall = Callable[[], Recorded]


class Verifier:
    """Verifies what was launched while more is launched, some at a time: each list has all campaigns.

    So each time at least as many are verified as all times before, unless they have waited long.
    """

    def __init__(self, means: Means, pool: Executor) -> None:
        self._means = means
        self._pool = pool
        self._waiting: dict[str, Change] = {}
        self._since = means.waiting.now()
        self._verified = 0
        self._at_work: Future[Sequence[Ended]] | None = None

    def take(self, campaign_id: str, change: Change) -> None:
        """Note what was launched."""
        if not self._waiting:
            self._since = self._means.waiting.now()
        self._waiting[campaign_id] = change

    def ended(self) -> Iterator[Ended]:
        """What had to be ended so far; begins to verify what waits when it is worth it."""
        if self._at_work is not None and not self._at_work.done():
            return
        yield from self._results()
        if len(self._waiting) >= max(_AT_LEAST, self._verified) or self._waited_long():
            self._begin(self._means.journal.load)

    def rest(self) -> Iterator[Ended]:
        """What had to be ended of all the rest."""
        yield from self._results()
        if self._waiting:
            # Nothing is launched any more: what the ledger tells now it still tells when the list has come.
            self._begin(self._pool.submit(self._means.journal.load).result)
        yield from self._results()

    def _waited_long(self) -> bool:
        return bool(self._waiting) and self._means.waiting.now() - self._since > _LONG

    def _begin(self, recall: Recall) -> None:
        waiting, self._waiting = self._waiting, {}
        self._verified += len(waiting)
        self._at_work = self._pool.submit(_verify, waiting, self._means, recall)

    def _results(self) -> Iterator[Ended]:
        at_work, self._at_work = self._at_work, None
        if at_work is not None:
            yield from at_work.result()


def _verify(launched: Mapping[str, Change], means: Means, recall: Recall) -> Sequence[Ended]:
    """As `verify`; what cannot be recorded is told of one of them, and verified by the next plan."""
    try:
        return tuple(verify(launched, means, recall))
    except LedgerError as error:
        campaign_id, change = next(iter(launched.items()))
        return ((change, Result(Sentence.LEDGER_FAILED, campaign_id, (error.message,))),)


def verify(launched: Mapping[str, Change], means: Means, recall: Recall) -> Iterator[Ended]:
    """Verify launches, by id, against the list; a change and its result for each that had to be ended.

    The ledger is recalled after the list was read: whatever of ours that shows, it knows then.
    """
    shown = _read_until_shown(launched.keys(), means)
    references = group_by_name(reference for reference in map(parse_campaign_id, shown) if reference)
    recorded = recall()
    parts, known = recorded.parts, frozenset((*recorded.parts, *recorded.imports))
    faults = {
        campaign_id: _faults(parts[campaign_id], shown[campaign_id], references, known)
        for campaign_id in launched
        if campaign_id in shown
    }
    sound = (Verified(campaign_id) for campaign_id, found in faults.items() if not found)
    means.journal.record(*sound, at=means.waiting.now())
    for campaign_id, found in faults.items():
        if found:
            yield launched[campaign_id], drive(end_unverified(campaign_id, found), means)


def _read_until_shown(campaign_ids: Iterable[str], means: Means) -> Shown:
    wanted = frozenset(campaign_ids)
    shown: Shown = {}
    for pause in _WAITS:
        means.waiting.sleep(pause)
        try:
            listed = read_list(means.api.read(list_request(means.project)))
        except ApiError:
            continue
        shown = {campaign.campaign_id: campaign for campaign in listed}
        if wanted <= shown.keys():
            break
    return shown


def _faults(
    part: RecordedPart,
    shown: ObservedCampaign,
    ours: Mapping[str, Sequence[PartReference]],
    known: frozenset[str],
) -> tuple[str, ...]:
    reference = parse_campaign_id(part.campaign_id)
    strangers = strangers_in_run(reference, ours[reference.name], known) if reference else ()
    return (*faults_in_list(shown, part.people_count, part.begin, part.end), *strangers)
