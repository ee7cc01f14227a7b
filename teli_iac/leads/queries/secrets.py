"""What a connection takes from the environment, and nothing but what it names."""

from __future__ import annotations

from teli_iac.leads.queries.faults import unset
from teli_iac.leads.queries.protocol import Surroundings
from teli_iac.model import Connection


def secret(connection: Connection, word: str, around: Surroundings) -> str | None:
    """The value of the variable that `word` names; None when it names none. Raises Unreadable when unset."""
    variable = connection.settings.get(word)
    if variable is None:
        return None
    value = around.environment.get(variable, "")
    if not value:
        raise unset(connection, variable)
    return value
