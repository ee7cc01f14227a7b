"""What Teli shows of agents and numbers, and what was found out before anybody is called."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from teli_iac.model.marks import Mark


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent as the list shows it; `texts` are those that may hold placeholders, by their field's name."""

    voice_agent_id: str
    name: str
    agent_type: str
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Inventory:
    """Agents and voice numbers of the account: None, and a sentence in `unanswered`, if Teli told nothing."""

    agents: tuple[Agent, ...] | None
    numbers: frozenset[str] | None
    unanswered: tuple[str, ...]


class Severity(StrEnum):
    """Whether a finding stands in the way of a launch, is worth knowing, or says that all is well."""

    ERROR = "error"
    WARNING = "warning"
    FINE = "fine"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found out: a code, what it is about, a sentence, and how to mend it.

    `code` is empty for what is fine. No finding holds a number of a person or a text of an agent.
    """

    code: str
    severity: Severity
    about: str
    message: str
    next_step: str
    mark: Mark | None = None
