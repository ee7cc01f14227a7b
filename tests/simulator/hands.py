"""The shipped commands put on the stage: only transport, clock and storage medium are not the shipped ones.

Here and in `safeties`, and nowhere else in the tests, names of ours are replaced. The commands open their
worlds themselves, from files and the network, start threads to look things up, and renew their lease from a
thread that waits by the real clock; a history that is to be replayed step by step can have none of that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast
from unittest.mock import patch

import teli_iac.apply.pooling
import teli_iac.ledger.journal
import teli_iac.observe
import teli_iac.worlds
from teli_iac import workflow
from teli_iac.api import Waiting, WritingClient, parse_origin
from teli_iac.apply.turns import NotBegun, Turns
from teli_iac.approval import as_approved
from teli_iac.errors import TeliIacError
from teli_iac.ledger import Journal, ledger_key
from teli_iac.ledger.journal import Rhythm
from teli_iac.model import Account, Change, Ending, LedgerKey, OnError, Plan, Settlement
from teli_iac.proposal import PlanResult
from teli_iac.saved_plans import SavedPlan
from teli_iac.settings import Invocation, PlanOptions
from teli_iac.workflow import applying, planning, taking_over
from teli_iac.worlds import Worlds
from tests.simulator.manifests import PROJECT, Manifests, desired
from tests.simulator.medium import MemoryLedger
from tests.simulator.stage import Stage
from tests.simulator.wire import Wire

if TYPE_CHECKING:
    from teli_iac.api.sending import Sender

_T = TypeVar("_T")
_DECLINED = 0.03
_RELEASE = "simulated"
_ENVIRONMENT = {"TELI_API_KEY": "sk-test", "TELI_LEDGER_KEY": "a long enough text for a ledger"}
_ORIGIN = parse_origin(PROJECT.base_url)
ACCOUNT = Account(_ORIGIN.text, PROJECT.organization_id, PROJECT.tenant_id, PROJECT.name)


@dataclass(frozen=True, slots=True)
class Approved:
    """One create that a plan allowed from then on: campaign and run, its exact id if it has one, whom.

    `most` is how many of them at once, where the manifest says so.
    """

    at: datetime
    name: str
    run: int
    campaign_id: str | None
    numbers: frozenset[str]
    most: int | None = None


@dataclass
class Company:
    """Everything that one history plays with."""

    stage: Stage
    wire: Wire
    manifests: Manifests
    ledger: MemoryLedger
    approved: list[Approved] = field(default_factory=list)
    saved: list[SavedPlan] = field(default_factory=list)

    def found_ledger(self, troubles: float) -> None:
        """An empty ledger, as `ledger init` makes it."""
        self.ledger = MemoryLedger(self.stage, troubles)
        self.ledger.create(ACCOUNT, the_key(), self.stage.now)

    def apply(self, on_error: OnError, *targets: str) -> None:
        options = _options(on_error, *targets)
        self._carry_out(workflow.apply(self._asked(), options, self._approve, _never))

    def apply_saved(self, saved: SavedPlan) -> None:
        options = _options(OnError.CONTINUE)
        self._carry_out(workflow.apply_saved(saved, self._asked(), options, self._look_at, _never))

    def destroy(self) -> None:
        options = _options(OnError.CONTINUE)
        self._carry_out(workflow.destroy(self._asked(), options, self._approve, _never))

    def settle(self, address: str, settlement: Settlement) -> bool:
        """Whether there was something to settle, and it is."""
        try:
            self.stage.tell(workflow.settle(self._asked(), address, settlement))
        except TeliIacError as error:
            self.stage.tell(f"settle: {error.message}")
            return False
        return True

    def plan(self) -> Plan:
        return workflow.plan(self._asked(), _options(OnError.STOP)).plan

    def save_plan(self) -> None:
        """Plan, and have that plan approved for later."""
        options = _options(OnError.STOP)
        try:
            result = workflow.plan(self._asked(), options)
        except TeliIacError as error:
            self.stage.tell(f"plan: {error.message}")
            return
        self._remember(result.plan)
        nonce = f"{self.stage.random.getrandbits(128):032x}"
        self.saved.append(as_approved(result, options, nonce, _RELEASE))
        self.stage.tell(f"saves {_told(result.plan)}")

    def _carry_out(self, steps: workflow.Steps) -> None:
        try:
            with closing(steps):
                for step in steps:
                    if isinstance(step, Ending):
                        self.stage.tell(f"ends with {step.exit_code!r}")
                    else:
                        self.stage.tell(f"{step.address} {step.sentence} {' '.join(step.detail)}".rstrip())
        except TeliIacError as error:
            self.stage.tell(f"{type(error).__name__}: {error.message}")

    def _approve(self, result: PlanResult) -> bool:
        approved = self._look_at(result)
        if approved:
            self._remember(result.plan)
        return approved

    def _look_at(self, result: PlanResult) -> bool:
        self.stage.tell(f"plans {_told(result.plan)}")
        longest = 1 if self.stage.calm else self.stage.random.choice((1, 20, 300))
        self.stage.border("waits for approval", longest * self.stage.random.random())
        return self.stage.calm or self.stage.random.random() >= _DECLINED

    def _remember(self, plan: Plan) -> None:
        self.approved += [each for change in plan.changes for each in _allowed(change, self.stage.now)]

    def _asked(self) -> Invocation:
        return Invocation(
            cwd=Path("/project"),
            project_file=None,
            paths=(".",),
            environment=_ENVIRONMENT,
            config_folder=Path("/nowhere"),
            interactive=True,
            verbose=False,
            waiting=Waiting(sleep=self._sleep, jitter=lambda: 0.0, now=self.stage.clock),
            release=_RELEASE,
        )

    def _sleep(self, seconds: float) -> None:
        self.stage.border("waits", seconds)


@cache
def the_key() -> LedgerKey:
    key = ledger_key(_ENVIRONMENT, Path("/nowhere"), create=False)
    if key is None:
        raise AssertionError("the environment names a key")
    return key


@contextmanager
def on_stage(company: Company) -> Iterator[None]:
    """Let the shipped commands play with this company instead of files, network, threads and real time."""

    @contextmanager
    def open_worlds(asked: Invocation, connections: int, read: object = None) -> Iterator[Worlds]:
        del connections, read  # there is one wire, for one request at a time, and no file
        wanted = desired(company.manifests.today)
        # The wire answers to what a sender is asked, without being one.
        api = WritingClient(cast("Sender", company.wire), _ORIGIN, asked.waiting)
        yield Worlds(asked, wanted, _ORIGIN, ACCOUNT, api, company.ledger)

    @contextmanager
    def renewed(journal: Journal, _rhythm: Rhythm) -> Iterator[None]:
        company.stage.hold(journal)
        yield

    with ExitStack() as stack:
        for chapter in (planning, applying, taking_over):
            stack.enter_context(patch.object(chapter, "open_worlds", open_worlds))
        stack.enter_context(patch.object(applying, "open_to_leave", open_worlds))
        stack.enter_context(patch.object(teli_iac.worlds, "this_holder", company.stage.holder))
        stack.enter_context(patch.object(teli_iac.ledger.journal, "_renewed", renewed))
        stack.enter_context(patch.object(teli_iac.observe, "ThreadPoolExecutor", _InTurn))
        stack.enter_context(patch.object(teli_iac.apply.pooling, "ThreadPoolExecutor", _InTurn))
        stack.enter_context(patch.object(teli_iac.apply.pooling, "Turns", _NobodyWaits))
        yield


class _NobodyWaits(Turns):
    """In one thread nobody could give a turn back meanwhile: whoever finds none comes again later."""

    def expect(self) -> None:
        if not self._free:
            raise NotBegun
        super().expect()

    def _take_free_one(self) -> None:
        if not self._free:
            raise NotBegun
        super()._take_free_one()


class _InTurn(Executor):
    """Does what it is given at once, in this thread."""

    def __init__(self, *_: object, **__: object) -> None:
        super().__init__()

    def submit(self, work: Callable[..., _T], /, *given: Any, **named: Any) -> Future[_T]:
        future: Future[_T] = Future()
        try:
            future.set_result(work(*given, **named))
        except Exception as error:  # noqa: BLE001  as an executor does; a crash passes
            future.set_exception(error)
        return future


def _allowed(change: Change, at: datetime) -> Iterator[Approved]:
    for launch in change.launches:
        numbers = frozenset(lead.phone_number for lead in launch.leads)
        yield Approved(at, launch.name, launch.run, launch.campaign_id, numbers)
    if change.replacement and change.replacement.campaign:
        wanted = change.replacement.campaign
        numbers = frozenset(lead.phone_number for lead in wanted.leads)
        yield Approved(at, wanted.name, wanted.run, None, numbers, wanted.max_per_part)


def _options(on_error: OnError, *targets: str) -> PlanOptions:
    return PlanOptions(targets, {}, 2, on_error)


def _never() -> bool:
    return False


def _told(plan: Plan) -> str:
    changes = (f"{c.address.partition('/')[2]} {c.action} {c.reason} {c.people}" for c in plan.changes)
    return f"[{'; '.join(changes)}]{' gaps: ' + '; '.join(plan.gaps) if plan.gaps else ''}"
