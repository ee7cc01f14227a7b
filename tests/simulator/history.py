"""What happens in one history: people edit, apply, click and decide; machines fail; time passes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from teli_iac.errors import TeliIacError
from teli_iac.model import OnError, PartState, Plan, RecordedPart, Settlement, Verification
from tests.simulator.audit import FOREIGN, Auditor
from tests.simulator.editing import Editor
from tests.simulator.hands import ACCOUNT, Company, on_stage, the_key
from tests.simulator.manifests import PROJECT, Manifests
from tests.simulator.medium import MemoryLedger
from tests.simulator.stage import NOW, Applier, Stage
from tests.simulator.teli import Asked, Teli
from tests.simulator.themes import THEMES, Theme
from tests.simulator.wire import Wire

_BEGIN = datetime(2026, 12, 1, 9, tzinfo=UTC)
_MOST_APPLIERS = 3
_LONGEST_PASSAGE_AT_WORK = timedelta(minutes=5)
_LONGEST_UNSEEN = timedelta(minutes=10)
_DELICATE = "has written LaunchIntended"
"""Where it hurts most to stand still."""
_TARGETED = 0.1
_USED = 0.8
_LEASE_ENDS = timedelta(minutes=2)
_UNTIL_REST = (2, 20, 20, 900)
"""Minutes between the last applies: outcomes lapse, calls are counted, campaigns come to their end."""

Tell = Callable[[str], None]
Work = Callable[[], None]


def play(seed: int, tell: Tell = lambda _: None) -> list[str]:
    """Play one history from its beginning to its audit; the promises that were broken in it."""
    history = History(seed, tell)
    with on_stage(history.company):
        try:
            return history.play()
        finally:
            history.stage.crash_all()


class History:
    """One seed. Acts are drawn until there were enough; then faults stop and everything comes to rest."""

    def __init__(self, seed: int, tell: Tell) -> None:
        self.stage = stage = Stage(seed, _BEGIN, tell)
        self._theme: Theme = stage.random.choice(THEMES)
        self._teli = Teli(stage.random, self._theme.quirks, _BEGIN)
        stage.world = self._teli
        self._wire = Wire(stage, self._teli, self._theme.troubles)
        ledger = MemoryLedger(stage, self._theme.ledger)
        self.company = Company(stage, self._wire, Manifests(), ledger)
        self.company.found_ledger(self._theme.ledger)
        self._editor = Editor(stage, self.company.manifests, self._theme)
        self._auditor = Auditor(self._teli, self.company)
        self._started = 0
        stage.tell(f"theme: {self._theme.name}")

    def play(self) -> list[str]:
        for campaign_id in FOREIGN:
            self._teli.answer(Asked("create", "", {}, _foreign(campaign_id)))
        self._editor.begin()
        acts, weights = zip(*self._acts(), strict=True)
        for _ in range(self.stage.random.randrange(10, self._theme.length)):
            self.stage.random.choices(acts, weights)[0]()
            self._look_after_alarms()
            if found := list(self._auditor.violations()):
                return found
        last_plan = self._come_to_rest()
        found = [*self._auditor.violations(), *self._auditor.used_twice()]
        return found or list(self._auditor.missed(last_plan) if last_plan else ())

    def _acts(self) -> list[tuple[Work, int]]:
        theme = self._theme
        return [
            (self._go_on, 40),
            (self._start, 14),
            (self._editor.edit, theme.edits),
            (self._pass_time, 10),
            (self._crash, theme.crashes),
            (self._freeze, theme.freezes),
            (self._oversleep, theme.oversleeps),
            (self._tear, theme.crashes // 4),
            (self._click, theme.clicks),
            (self._settle, theme.settles),
            (self._lose_ledger, theme.losses),
            (self._save, theme.saves),
        ]

    def _go_on(self) -> None:
        for _ in range(self.stage.random.choice((1, 3, 10, 40, 100))):
            if self._wire.alarm or not self.stage.go_on():
                return

    def _start(self) -> None:
        if len(self.stage.appliers) < (_MOST_APPLIERS if self._theme.races else 1):
            self._begin_work(self._command())
        else:
            self._go_on()

    def _command(self) -> Work:
        draw, company = self.stage.random, self.company
        if company.saved and draw.random() < _USED:
            saved = draw.choice(company.saved[-2:])
            return lambda: company.apply_saved(saved)
        if draw.random() < self._theme.destroys:
            return company.destroy
        on_error = draw.choice((OnError.STOP, OnError.CONTINUE))
        today = sorted(company.manifests.today)
        targets = [draw.choice(today)] if today and draw.random() < _TARGETED else []
        return lambda: company.apply(on_error, *(f"campaign/{name}" for name in targets))

    def _begin_work(self, work: Work) -> Applier:
        self._started += 1
        skew = timedelta(seconds=self.stage.random.choice(self._theme.skews))
        return self.stage.start(f"a{self._started}", skew, work)

    def _save(self) -> None:
        if not self.stage.appliers:
            self._begin_work(self.company.save_plan)

    def _pass_time(self) -> None:
        passage = timedelta(minutes=self.stage.random.choice((1, 5, 12, 16, 30, 120, 1500)))
        if self.stage.at_work:
            passage = min(passage, _LONGEST_PASSAGE_AT_WORK)
        self.stage.tell(f"{passage} pass")
        self._advance(passage)

    def _advance(self, passage: timedelta) -> None:
        """Let time pass, but not so long at once that something late comes and calls unseen."""
        self._look_after_alarms()
        until = self.stage.now + passage
        while self.stage.now < until:
            longest = _LONGEST_UNSEEN if self._teli.expects else passage
            self.stage.advance(min(until, self.stage.now + longest))
            self._look_after_alarms()

    def _crash(self) -> None:
        if self.stage.appliers:
            self.stage.crash(self.stage.random.choice(self.stage.appliers))

    def _tear(self) -> None:
        if self.stage.appliers:
            self.stage.tear(self.stage.random.choice(self.stage.appliers))

    def _freeze(self) -> None:
        draw = self.stage.random
        if not self.stage.appliers:
            return
        applier = draw.choice(self.stage.appliers)
        # Nothing helps a process that stands still for longer just when it has decided to send a create.
        longest = 70 if applier.at.startswith("sends create") else 1200
        self.stage.freeze(applier, timedelta(seconds=min(longest, draw.choice((30, 70, 400, 1200)))))

    def _oversleep(self) -> None:
        """Somebody stands still just after an intent, until it has lapsed and another has taken over."""
        if not self.stage.appliers:
            return
        sleeper = self.stage.random.choice(self.stage.appliers)
        while sleeper.at != _DELICATE and not sleeper.over:
            self.stage.go_on()
        if sleeper.over:
            return
        self.stage.freeze(sleeper, timedelta(minutes=20))
        self._advance(timedelta(minutes=16))
        other = self._begin_work(lambda: self.company.apply(OnError.CONTINUE))
        while not other.over and self.stage.go_on():
            pass

    def _click(self) -> None:
        """Somebody uses the dashboard."""
        draw = self.stage.random
        ours = [campaign_id for campaign_id in self._teli.ids if campaign_id not in FOREIGN]
        if not ours:
            return
        kind, campaign_id = draw.choice(("pause", "resume", "resume", "end", "delete")), draw.choice(ours)
        if kind == "delete" and not self._is_known(campaign_id):
            return  # nothing would show that it ever was: docs/proof.md says so
        self.stage.tell(f"somebody clicks {kind} on {campaign_id}")
        self._teli.order(kind, campaign_id, by_hand=True)
        if kind in {"end", "delete"}:
            self._auditor.given_up([campaign_id])

    def _settle(self) -> None:
        """A person decides about a campaign whose outcome nobody knows."""
        waiting = [part for part in self._recorded_parts() if _waits_for_a_person(part)]
        if self.stage.appliers or not waiting:
            return
        draw = self.stage.random
        name, settlement = draw.choice(waiting).name, draw.choice(list(Settlement))
        self.stage.tell(f"somebody settles {name}: {settlement}")
        concerned = [part.campaign_id for part in waiting if part.name == name]
        if not self.company.settle(f"campaign/{name}", settlement):
            return
        self._auditor.given_up(concerned)
        if settlement is Settlement.RETRY:
            self._auditor.retried(concerned)

    def _recorded_parts(self) -> list[RecordedPart]:
        return list(self.company.ledger.load(ACCOUNT, the_key()).parts.values())

    def _is_known(self, campaign_id: str) -> bool:
        recorded = self.company.ledger.load(ACCOUNT, the_key()).parts.get(campaign_id)
        return recorded is not None and recorded.state is not PartState.INTENDED

    def _lose_ledger(self) -> None:
        """The ledger is gone and somebody makes a new one, while Teli shows all there is."""
        deleted = any(order.kind == "delete" for order in self._teli.orders)
        if self._teli.settled and not deleted:
            self.stage.crash_all()
            self.stage.tell("the ledger is lost, and made anew")
            self.company.found_ledger(self._theme.ledger)

    def _look_after_alarms(self) -> None:
        """Teli was left with what must be ended before its first call: somebody applies before that."""
        while self._wire.alarm:
            self.stage.tell("alarm: somebody applies, and nothing fails")
            calm, self.stage.calm = self.stage.calm, True
            self._wire.alarm = False
            self.stage.crash_all()
            self.stage.advance(self.stage.now + _LEASE_ENDS)
            self._apply_in_peace()
            self.stage.calm = calm

    def _apply_in_peace(self) -> None:
        self.stage.start("a0", NOW, lambda: self.company.apply(OnError.CONTINUE))
        while self.stage.go_on():
            pass

    def _come_to_rest(self) -> Plan | None:
        """No more faults: everybody finishes, and somebody applies now and then."""
        self.stage.calm = True
        self.stage.tell("nothing fails any more")
        while self.stage.go_on():
            pass
        for minutes in _UNTIL_REST:
            self._advance(timedelta(minutes=minutes))
            self._apply_in_peace()
        self._advance(timedelta(days=1))
        self._apply_in_peace()
        try:
            return self.company.plan()
        except TeliIacError as error:
            self.stage.tell(f"no plan: {error.message}")
            return None


def _waits_for_a_person(part: RecordedPart) -> bool:
    unclear = part.state is PartState.INTENDED or part.verification is Verification.FAILED
    return unclear or part.releasing


def _foreign(campaign_id: str) -> dict[str, object]:
    return {
        "campaign_id": campaign_id,
        "organization_id": PROJECT.organization_id,
        "tenant_id": PROJECT.tenant_id,
        "voice_agent_id": "agent_other",
        "campaign_begin_time": f"{_BEGIN:%Y-%m-%dT%H:%M:%SZ}",
        "campaign_end_time": f"{_BEGIN + timedelta(days=300):%Y-%m-%dT%H:%M:%SZ}",
        "leads": [],
    }
