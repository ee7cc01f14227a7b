"""Three ways to keep campaigns as files say, through the same histories of edits, faults and housekeeping.

*script*: the API documentation's own style, a loop that POSTs with retries; it is run for what was edited.
*state file*: Terraform's rule as a plain reconciler, missing -> create, changed -> delete and create.
*teli-iac*: what this repository ships. All speak real HTTP to the second Teli of the tests, whose dial log
is the judge (docs/comparison.md).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

import httpx

from benchmarks.sizes import Sizes
from benchmarks.tables import Printed, Scores
from teli_iac.errors import ExitCode, TeliIacError
from teli_iac.model import Settlement
from tests.promise.practice import Practice, Wanted, phone_number
from tests.second_teli import Fault, SecondTeli

_STEPS = 6
_TRIES = 3
_HOUR = timedelta(hours=1)
_SETTLED = timedelta(minutes=20)
_FAULTS = (
    None,
    None,
    Fault.CUT_BEFORE_REPLY,
    Fault.CUT_BEFORE_DOING,
    Fault.DONE_502,
    Fault.NOT_DONE_502,
    Fault.DONE_HTML,
)
_COLUMNS = ("people called twice", "people missed", "a person was needed")

Campaigns = dict[str, Wanted]


class Tool(Protocol):
    """One way; `apply` tells whether a person had to be asked."""

    def apply(self, wanted: Campaigns) -> bool:
        """Make it so, as far as this tool can."""
        ...


@dataclass(frozen=True, slots=True)
class Step:
    """What happens before an apply, what becomes of its first create, and whether calls are made after it."""

    edit: str
    person: int
    fault: Fault | None
    dials: bool


@dataclass(slots=True)
class Score:
    """Over all histories: people called more than once, people wanted to the end and never called, stops."""

    twice: int = 0
    missed: int = 0
    asked: int = 0


def measure(folder: Path, sizes: Sizes) -> Sequence[Printed]:
    """Play as many histories as asked with each tool."""
    tools: dict[str, Callable[[Path, SecondTeli], Tool]] = {
        "a script that POSTs with retries": lambda _, teli: _Script(teli),
        "a state file: missing -> create, changed -> replace": lambda _, teli: _StateFile(teli),
        "teli-iac": lambda place, teli: _Ours(Practice(place, teli.url), teli),
    }
    scores = {name: Score() for name in tools}
    for seed in range(sizes.histories):
        for number, (name, tool) in enumerate(tools.items()):
            with SecondTeli() as teli:
                _play(_history(seed), tool(folder / f"{seed}-{number}", teli), teli, scores[name])
    lines = {name: (score.twice, score.missed, score.asked) for name, score in scores.items()}
    return [Scores(f"The same {sizes.histories:,} histories of edits and faults", _COLUMNS, lines)]


def _history(seed: int) -> Sequence[Step]:
    lots = random.Random(seed)  # noqa: S311  the same histories every time
    edits = ("add", "add", "agent", "remove", "nothing", "tidy up")
    return tuple(
        Step(lots.choice(edits), lots.randrange(20, 90), lots.choice(_FAULTS), lots.random() < 0.5)  # noqa: PLR2004
        for _ in range(_STEPS)
    )


def _play(history: Sequence[Step], tool: Tool, teli: SecondTeli, score: Score) -> None:
    wanted = {"fall": Wanted(tuple(range(5))), "spring": Wanted(tuple(range(10, 15)))}
    score.asked += tool.apply(wanted)
    for step in history:
        _edit(step, wanted, teli)
        if step.fault:
            teli.faults["create", len(teli.log_of("create")) + 1] = step.fault
        score.asked += tool.apply(wanted)
        if step.dials:
            _dial(teli)
    score.asked += tool.apply(wanted)
    _dial(teli)
    people = {phone_number(person) for each in wanted.values() for person in each.people}
    score.twice += sum(count > 1 for count in teli.dialled.values())
    score.missed += sum(person not in teli.dialled for person in people)


def _edit(step: Step, wanted: Campaigns, teli: SecondTeli) -> None:
    fall = wanted["fall"]
    match step.edit:
        case "add":
            wanted["fall"] = replace(fall, people=tuple(dict.fromkeys((*fall.people, step.person))))
        case "remove":
            wanted["fall"] = replace(fall, people=fall.people[1:])
        case "agent":
            wanted["fall"] = replace(fall, agent=f"agent_{step.person}")
        case "tidy up":
            for campaign_id in _completed(teli):
                teli.order(campaign_id, "delete")


def _dial(teli: SecondTeli) -> None:
    teli.pass_time(_HOUR)
    teli.dial()


def _campaigns(teli: SecondTeli) -> list[dict[str, Any]]:
    asked = {"organization_id": "o", "is_admin": "true"}
    reply = httpx.get(f"{teli.url}/v1/voice/campaigns", params=asked, headers={"X-API-Key": "sk-person"})
    campaigns: list[dict[str, Any]] = reply.json()["campaigns"]
    return campaigns


def _completed(teli: SecondTeli) -> list[str]:
    return [each["campaign_id"] for each in _campaigns(teli) if each["status"].lower() == "completed"]


def _post(teli: SecondTeli, wanted: Wanted) -> str | None:
    """The id of a campaign that was created, None when the answer does not tell."""
    body = {
        "voice_agent_id": wanted.agent,
        "agent_outbound_number": "+14155550199",
        "leads": [{"phone_number": phone_number(person)} for person in wanted.people],
        "organization_id": "o",
        "tenant_id": "t",
    }
    try:
        reply = httpx.post(
            f"{teli.url}/v1/voice/campaigns", json=body, headers={"X-API-Key": "sk-script"}, timeout=5
        )
        reply.raise_for_status()
        return str(reply.json()["campaign_id"])
    except (httpx.HTTPError, ValueError, KeyError):
        return None


@dataclass(slots=True)
class _Script:
    """Posts what was edited since it was last run, each up to three times."""

    teli: SecondTeli
    posted: Campaigns = field(default_factory=dict)

    def apply(self, wanted: Campaigns) -> bool:
        """A person is needed when three tries have failed."""
        failed = False
        for name, each in wanted.items():
            if self.posted.get(name) == each:
                continue
            if any(_post(self.teli, each) for _ in range(_TRIES)):
                self.posted[name] = each
            else:
                failed = True
        return failed


@dataclass(slots=True)
class _StateFile:
    """Remembers the id that each create told, and makes what is missing or changed anew."""

    teli: SecondTeli
    state: dict[str, tuple[str, Wanted]] = field(default_factory=dict)

    def apply(self, wanted: Campaigns) -> bool:
        """A person is needed when a create told no id: what became of it is not in the state."""
        there = {each["campaign_id"] for each in _campaigns(self.teli)}
        failed = False
        for name, each in wanted.items():
            known, as_was = self.state.get(name, ("", None))
            if known in there and as_was == each:
                continue
            if known in there:
                self.teli.order(known, "delete")
            self.state.pop(name, None)
            campaign_id = _post(self.teli, each)
            if campaign_id:
                self.state[name] = campaign_id, each
            failed |= campaign_id is None
        return failed


@dataclass(slots=True)
class _Ours:
    """Applies until nothing is left to do, and asks a person where it says that it must."""

    practice: Practice
    teli: SecondTeli

    def apply(self, wanted: Campaigns) -> bool:
        """The person waits for `settle_after`, and gives up what nobody can know even then."""
        self.practice.want(**wanted)
        asked = False
        for number in range(_TRIES):
            if self._apply() is ExitCode.DONE:
                return asked
            asked = True
            if number:
                self._give_up(wanted)
            else:
                self.teli.pass_time(_SETTLED)
        return asked

    def _apply(self) -> ExitCode:
        try:
            return ExitCode(self.practice.apply().ending.exit_code)
        except TeliIacError as error:
            return error.exit_code

    def _give_up(self, wanted: Campaigns) -> None:
        for name in wanted:
            try:
                self.practice.settle(name, Settlement.ABANDON)
            except TeliIacError:
                continue
