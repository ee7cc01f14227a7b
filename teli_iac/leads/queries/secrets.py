"""What a connection takes from the environment, and nothing but what it names."""

from __future__ import annotations

from collections.abc import Mapping

from teli_iac.leads.queries.faults import unset
from teli_iac.leads.queries.protocol import Surroundings
from teli_iac.model import Connection

_PROVEN = frozenset({"verify-ca", "verify-full"})


def secret(connection: Connection, word: str, around: Surroundings) -> str | None:
    """The value of the variable that `word` names; None when it names none. Raises Unreadable when unset."""
    variable = connection.settings.get(word)
    if variable is None:
        return None
    value = around.environment.get(variable, "")
    if not value:
        raise unset(connection, variable)
    return value


def in_clear_to_none(words: Mapping[str, str]) -> Mapping[str, str]:
    """A password is shown in clear to no server whose certificate is not proven; in the words of libpq."""
    is_local = words.get("host", "").startswith("/")
    return {} if is_local or words.get("sslmode") in _PROVEN else {"require_auth": "!password"}
