"""A project in a folder, planned and applied as the commands do it, against any Teli."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from teli_iac import workflow
from teli_iac.api import Waiting
from teli_iac.errors import ExitCode
from teli_iac.model import (
    Ending,
    GuardName,
    Halted,
    OnError,
    Outcome,
    OutcomeKind,
    PersonAct,
    Sentence,
    Settlement,
    Steered,
)
from teli_iac.settings import ByHand, Invocation, PlanOptions, Target
from teli_iac.workflow import PlanResult

NOBODY_ELSE = Target()
ENVIRONMENT = {"TELI_API_KEY": "sk-test", "TELI_LEDGER_KEY": "a long enough text for a ledger"}


@dataclass(frozen=True)
class Wanted:
    """A campaign as its manifest wants it; people are numbers from 0 to 99.

    With `most` they stand in a file, of whom one create may carry so many.
    """

    people: tuple[int, ...]
    run: int = 1
    agent: str = "agent_86f826bf8f59bacd5c10ae948a"
    settings: Mapping[str, object] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    metadata: Mapping[str, str] = field(default_factory=dict)
    most: int | None = None

    def manifest(self, name: str) -> str:
        spec = {
            "voice_agent_id": self.agent,
            "agent_outbound_number": "+14155550199",
            "run": self.run,
            "leads": self._leads(name),
            **self.settings,
        }
        return _document("Campaign", name, spec, **self.metadata)

    def _leads(self, name: str) -> object:
        if self.most is None:
            return [self._lead(person) for person in self.people]
        return {"file": f"{name}.jsonl", "max_per_part": self.most}

    def file(self) -> str:
        """The people as a file of leads."""
        return "".join(f"{json.dumps(self._lead(person))}\n" for person in self.people)

    def _lead(self, person: int) -> Mapping[str, str]:
        details = {"first_name": self.names[person]} if person in self.names else {}
        return {"phone_number": phone_number(person), **details}


def _document(kind: str, name: str, spec: Mapping[str, object], **metadata: str) -> str:
    """A manifest; JSON is YAML."""
    head = {"apiVersion": "teli-iac/v1", "kind": kind, "metadata": {"name": name, **metadata}}
    return json.dumps({**head, "spec": {**spec}})


def phone_number(person: int) -> str:
    return f"+1415555{100 + person:04d}"


@dataclass(frozen=True)
class Applied:
    """What an apply told, and how it ended."""

    outcomes: tuple[Outcome, ...]
    ending: Ending

    @property
    def sentences(self) -> list[Sentence]:
        """How each change turned out, without its beginning."""
        ended = (outcome for outcome in self.outcomes if outcome.kind is not OutcomeKind.STARTED)
        return [outcome.sentence for outcome in ended]


class Practice:
    """The project's folder; its ledger is in it, the environment is that of one user."""

    def __init__(self, folder: Path, base_url: str, **project: object) -> None:
        self.folder = folder
        self.ahead = timedelta(0)
        """How far this machine's clock is ahead of the test's."""
        self.sleep: Callable[[float], None] = lambda _: None
        folder.mkdir(parents=True, exist_ok=True)
        spec = {
            "organization_id": "1700000000000x100000000000000001",
            "tenant_id": "acme",
            "user_id": "1700000000000x100000000000000002",
            "base_url": base_url,
            "allow_test_numbers": True,
            **project,
        }
        manifest = {
            "apiVersion": "teli-iac/v1",
            "kind": "Project",
            "metadata": {"name": "acme"},
            "spec": spec,
        }
        (folder / "teli.yaml").write_text(json.dumps(manifest))

    def want(self, **campaigns: Wanted) -> None:
        """Let these campaigns, and no others, be in the manifests."""
        named = {name.replace("_", "-"): wanted for name, wanted in campaigns.items()}
        for name, wanted in named.items():
            (self.folder / f"{name}.jsonl").write_text(wanted.file())
        documents = [wanted.manifest(name) for name, wanted in named.items()]
        (self.folder / "campaigns.yaml").write_text("\n---\n".join(documents))

    def plan(self, asked: PlanOptions | None = None) -> PlanResult:
        return workflow.plan(self.asked(), asked or options())

    def detailed_exit_code(self) -> ExitCode:
        return self.plan().exit_code(detailed=True)

    def apply(
        self, asked: PlanOptions | None = None, stopping: Callable[[], bool] = lambda: False
    ) -> Applied:
        return _collect([*workflow.apply(self.asked(), asked or options(), lambda _: True, stopping)])

    def apply_after(self, approve: Callable[[], object]) -> Applied:
        """Apply, with something else happening while the plan waits for approval."""

        def approved(_: PlanResult) -> bool:
            approve()
            return True

        return _collect([*workflow.apply(self.asked(), options(), approved, lambda: False)])

    def destroy(self, asked: PlanOptions | None = None) -> Applied:
        return _collect([*workflow.destroy(self.asked(), asked or options(), lambda _: True, lambda: False)])

    def settle(self, name: str, settlement: Settlement) -> str:
        return workflow.settle(self.asked(), f"campaign/{name}", settlement)

    def halt(
        self,
        *addresses: str,
        target: Target = NOBODY_ELSE,
        looked: Callable[[], object] = lambda: None,
    ) -> Halted:
        """Halt as `teli-iac halt` does; `looked` is called after each look, when the ledger is told, too."""
        steps = workflow.halt(self.asked(), target, addresses, "the price is wrong")
        *_, ended = ((step, looked())[0] for step in steps)
        assert isinstance(ended, Halted)
        return ended

    def release(self) -> str:
        return workflow.release(self.asked(), NOBODY_ELSE, "the price is right")

    def steer(self, act: PersonAct, *addresses: str) -> Steered:
        """Pause, resume or end by hand, approved."""
        by_hand = ByHand(act, addresses, "by hand")
        *_, ended = workflow.steer(self.asked(), NOBODY_ELSE, by_hand, lambda *_: True)
        assert isinstance(ended, Steered)
        return ended

    def asked(self) -> Invocation:
        return Invocation(
            cwd=self.folder,
            project_file=None,
            paths=(".",),
            environment=ENVIRONMENT,
            config_folder=self.folder / "config",
            interactive=False,
            verbose=False,
            waiting=Waiting(sleep=self.sleep, jitter=lambda: 0.0, now=self._now),
        )

    def sleep_in_earnest(self) -> None:
        """Let waiting move this machine's clock on, so that what ends by itself ends; no time is spent."""

        def sleep(seconds: float) -> None:
            self.ahead += timedelta(seconds=seconds)

        self.sleep = sleep

    def _now(self) -> datetime:
        return datetime.now(UTC) + self.ahead


def options(
    *targets: str,
    on_error: OnError = OnError.STOP,
    parallelism: int = 1,
    allow: Mapping[GuardName, int] | None = None,
) -> PlanOptions:
    return PlanOptions(targets, allow or {}, parallelism, on_error)


def _collect(steps: list[Outcome | Ending]) -> Applied:
    *outcomes, ending = steps
    assert isinstance(ending, Ending)
    return Applied(tuple(each for each in outcomes if isinstance(each, Outcome)), ending)
