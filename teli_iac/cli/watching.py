"""Telemetry beside what is told: off unless the standard OTEL_* variables name a collector."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from teli_iac.cli import terminal
from teli_iac.cli.telling import Teller
from teli_iac.cli.version import VERSION
from teli_iac.errors import TeliIacError
from teli_iac.model import Ending, Outcome
from teli_iac.telemetry import Telemetry, is_installed, is_wanted
from teli_iac.workflow import PlanResult


def watched(teller: Teller, command: str, environment: Mapping[str, str]) -> Teller:
    """The teller itself, or one that also sends spans and counters."""
    if not is_wanted(environment):
        return teller
    if not is_installed():
        terminal.talk("The OTEL_ variables name a collector; to send to it: pip install 'teli-iac[otel]'\n")
        return teller
    with suppress(Exception):  # a collector's address that is no use is no reason not to apply
        return _Watched(teller, Telemetry(command, VERSION, environment))
    return teller


class _Watched:
    """Tells as the other does, and watches; what goes wrong with watching is passed over."""

    def __init__(self, teller: Teller, telemetry: Telemetry) -> None:
        self._teller = teller
        self._telemetry = telemetry

    def plan(self, result: PlanResult) -> None:
        self._teller.plan(result)
        _quietly(self._telemetry.plan, result.plan)

    def step(self, outcome: Outcome) -> None:
        self._teller.step(outcome)
        _quietly(self._telemetry.step, outcome)

    def ending(self, ending: Ending) -> None:
        self._teller.ending(ending)
        _quietly(self._telemetry.ending, ending)

    def fault(self, fault: TeliIacError) -> None:
        self._teller.fault(fault)
        _quietly(self._telemetry.close, int(fault.exit_code))


def _quietly(tell: Callable[..., None], *told: Any) -> None:
    with suppress(Exception):
        tell(*told)
