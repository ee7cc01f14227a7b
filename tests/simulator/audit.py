"""What must not have happened, told by the dial log, the manifests, and what people approved and decided."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from teli_iac.errors import TeliIacError
from teli_iac.model import Action, Change, Plan, PlanConsumed, Reason
from tests.simulator.hands import ACCOUNT, Company, the_key
from tests.simulator.teli import Call, Create, Order, Teli

_ID = re.compile(r"acme_(?P<name>[a-z0-9-]+)_r(?P<run>\d+)p(?P<part>\d+)_[a-z2-7]{12}")
FOREIGN = ("by_hand", "acme2_fall_r1p1_aaaaaaaaaaaa", "acme_fall_r1p1")
_TOLD = frozenset(
    {
        Reason.HELD,
        Reason.LAPSED,
        Reason.UNFINISHED,
        Reason.RUN_WENT_BACK,
        Reason.PAUSED_ELSEWHERE,
        Reason.ENDED_ELSEWHERE,
        Reason.VANISHED,
        Reason.NOBODY_TO_CALL,
    }
)
"""With these a plan says that not everybody is called, or not now."""


class Auditor:
    """Reads each log on from where it stopped. People tell it what they gave up or let happen again."""

    def __init__(self, teli: Teli, company: Company) -> None:
        self._teli = teli
        self._company = company
        self._calls = self._creates = self._orders = 0
        self._dialled: Counter[tuple[str, int, str]] = Counter()
        self._retried: list[str] = []
        self._given_up: set[str] = set()
        self._sent: dict[str, set[str]] = defaultdict(set)
        self._paused_by_apply: set[str] = set()

    def given_up(self, campaign_ids: Iterable[str]) -> None:
        """Somebody decided that not everybody of these campaigns is to be called."""
        self._given_up.update(campaign_ids)

    def retried(self, campaign_ids: Iterable[str]) -> None:
        """Somebody decided that the people of these campaigns may be called once more."""
        self._retried.extend(campaign_ids)

    def violations(self) -> Iterator[str]:
        """Each promise that was broken since the last time, in a sentence."""
        for create in self._teli.creates[self._creates :]:
            yield from self._unapproved(create)
        for order in self._teli.orders[self._orders :]:
            yield from self._meddling(order)
        for call in self._teli.dialled[self._calls :]:
            yield from self._not_to_be_made(call)
        self._calls, self._creates = len(self._teli.dialled), len(self._teli.creates)
        self._orders = len(self._teli.orders)
        yield from self._torn()

    def _not_to_be_made(self, call: Call) -> Iterator[str]:
        name, run = self._run(call.campaign_id)
        self._dialled[name, run, call.number] += 1
        times = self._dialled[name, run, call.number]
        if times > 1 + self._times_let_again(name, run, call.number):
            yield f"{name}: {call.number} was dialled {times} times in run {run}"
        if run > self._company.manifests.highest_run(name):
            yield f"{name}: {call.number} was dialled in run {run}, which no manifest ever wanted"

    def _times_let_again(self, name: str, run: int, number: str) -> int:
        return sum(
            self._run(campaign_id) == (name, run) and number in self._numbers(campaign_id)
            for campaign_id in self._retried
        )

    def _meddling(self, order: Order) -> Iterator[str]:
        if order.by_hand:
            return
        if order.campaign_id in FOREIGN:
            yield f"{order.campaign_id} is not ours, and an apply gave it the order to {order.kind}"
        if order.kind == "pause":
            self._paused_by_apply.add(order.campaign_id)
        if order.kind == "resume" and order.campaign_id not in self._paused_by_apply:
            yield f"an apply resumed {order.campaign_id}, which no apply had paused"

    def _unapproved(self, create: Create) -> Iterator[str]:
        self._sent[create.campaign_id].update(create.numbers)
        found = _ID.fullmatch(create.campaign_id)
        if found is None:
            return
        numbers, campaign = set(create.numbers), (found["name"], int(found["run"]))
        if not any(
            each.campaign_id in {create.campaign_id, None} and (each.name, each.run) == campaign
            for each in self._company.approved
            if numbers <= each.numbers and len(numbers) <= (each.most or len(numbers))
        ):
            yield f"{create.campaign_id} was created for {len(numbers)} people, and no plan said so"

    def _torn(self) -> Iterator[str]:
        try:
            self._company.ledger.load(ACCOUNT, the_key())
        except TeliIacError as error:
            yield f"the ledger does not read back: {error.message}"

    def used_twice(self) -> Iterator[str]:
        """Saved plans that more than one apply has taken up, as the whole ledger tells."""
        events = (stored.event for stored in self._company.ledger.events())
        used = Counter(event.nonce for event in events if isinstance(event, PlanConsumed))
        yield from (f"the saved plan {n} was applied {times} times" for n, times in used.items() if times > 1)

    def missed(self, last_plan: Plan) -> Iterator[str]:
        """Everybody wanted is dialled or reported, once nothing fails any more and time has passed."""
        changes = {change.address.partition("/")[2]: change for change in last_plan.changes}
        for name in self._company.manifests.today:
            change = changes.get(name)
            if change is None:
                yield f"{name} is wanted, and the plan does not speak of it"
            elif self._cannot_be_proven(change):
                continue  # every apply tries, and says so
            elif change.action not in {Action.KEEP, Action.BLOCKED}:
                yield f"{name} does not come to rest: {change.action} {change.reason}"
            elif not _is_told(change):
                yield from self._not_dialled(name, change)

    def _cannot_be_proven(self, change: Change) -> bool:
        """Whether a release is open of a campaign that was created twice: its numbers never add up."""
        releases = change.replacement.releases if change.replacement else ()
        times = Counter(create.campaign_id for create in self._teli.creates)
        return change.reason is Reason.RESUMED and any(times[campaign_id] > 1 for campaign_id in releases)

    def _not_dialled(self, name: str, change: Change) -> Iterator[str]:
        manifests = self._company.manifests
        lineage, wanted = manifests.lineage(name), manifests.today[name]
        excused = {number for campaign_id in self._given_up for number in self._numbers(campaign_id)}
        for number in sorted(wanted.numbers - excused):
            if not self._dialled[lineage, wanted.run, number]:
                yield f"{name}: {number} was never dialled, and the plan says {change.reason}"

    def _run(self, campaign_id: str) -> tuple[str, int]:
        found = _ID.fullmatch(campaign_id)
        if found is None:
            return campaign_id, 1
        return self._company.manifests.lineage(found["name"]), int(found["run"])

    def _numbers(self, campaign_id: str) -> set[str]:
        return self._sent[campaign_id] | {
            number
            for create in self._teli.creates[self._creates :]
            if create.campaign_id == campaign_id
            for number in create.numbers
        }


def _is_told(change: Change) -> bool:
    return change.action is Action.BLOCKED or change.reason in _TOLD
