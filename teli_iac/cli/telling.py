"""How an apply is told while it works: as text for people, or as one event a line for machines."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from teli_iac.cli import terminal
from teli_iac.cli.consent import tell_findings
from teli_iac.cli.outputs import Outputs
from teli_iac.cli.session import Session
from teli_iac.errors import TeliIacError
from teli_iac.model import Ending, Outcome
from teli_iac.render import (
    Stream,
    ended,
    failed,
    planned,
    render_ending,
    render_outcome,
    step,
)
from teli_iac.workflow import PlanResult


class Teller(Protocol):
    """Tells a plan that is put to a person, each step, and how it ended."""

    def plan(self, result: PlanResult) -> None:
        """What is about to be done."""
        ...

    def step(self, outcome: Outcome) -> None:
        """One campaign begins, or comes to its result."""
        ...

    def ending(self, ending: Ending) -> None:
        """How it all ended."""
        ...

    def fault(self, fault: TeliIacError) -> None:
        """What ended it before its end."""
        ...


class AsText:
    """The plan and the ending as the answer, steps as talk."""

    def __init__(self, session: Session, outputs: Outputs) -> None:
        self._session = session
        self._outputs = outputs
        # Once: to ask the system anew for each step costs as much as to write it.
        self._colour = terminal.talks_in_colour(session, os.environ)

    def plan(self, result: PlanResult) -> None:
        """The plan as a reviewer reads it."""
        terminal.answer(_text_of(result, self._outputs))
        tell_findings(result.findings, self._session)

    def step(self, outcome: Outcome) -> None:
        """One line on stderr."""
        terminal.talk(render_outcome(outcome, colour=self._colour))

    def ending(self, ending: Ending) -> None:
        """The sum."""
        colour = terminal.answers_in_colour(self._session, os.environ)
        terminal.last_word(render_ending(ending, colour=colour))

    def fault(self, fault: TeliIacError) -> None:
        """Nothing: it is told where every fault is."""


class AsEvents:
    """Everything as one event a line on stdout; the plan as text on stderr, for whoever watches."""

    def __init__(
        self, session: Session, outputs: Outputs, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._session = session
        self._outputs = outputs
        self._stream = Stream()
        self._now = now

    def plan(self, result: PlanResult) -> None:
        """What is about to be done."""
        terminal.talk(_text_of(result, self._outputs))
        tell_findings(result.findings, self._session)
        terminal.answer(self._stream.line(planned(result.plan, result.refusals), self._now()))

    def step(self, outcome: Outcome) -> None:
        """One step. Never ends an apply because nobody reads on."""
        terminal.last_word(self._stream.line(step(outcome), self._now()))

    def ending(self, ending: Ending) -> None:
        """The last event."""
        terminal.last_word(self._stream.line(ended(ending), self._now()))

    def fault(self, fault: TeliIacError) -> None:
        """The last event, when it came to no ending."""
        terminal.last_word(self._stream.line(failed(fault), self._now()))


def _text_of(result: PlanResult, outputs: Outputs) -> str:
    folder = Path(result.basis.desired.project.folder)
    return outputs.text_of("text", result.plan, result.refusals, folder)
