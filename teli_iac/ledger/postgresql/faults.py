"""What PostgreSQL refuses, translated into what a person can do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from teli_iac.errors import LedgerError
from teli_iac.ledger.postgresql.address import Address
from teli_iac.ledger.rules import torn

if TYPE_CHECKING:
    import psycopg

_AGAIN = "Run the command again: it goes on from what the ledger and Teli show."

# By the beginning of SQLSTATE; the longest that fits is taken.
_NEXT_STEPS = {
    "": "See that the server runs, can be reached from here, and has this database, user and password (given"
    " by PGPASSWORD or ~/.pgpass); then run the command again.",
    "25006": "The server takes no writes: name the primary server, not a replica.",
    "40": _AGAIN,
    "42501": "Let this user make the schema teli_iac_ledger, or give it the schema and its tables.",
    "53": "See to the server: its disk, memory or connections are used up. Then run the command again.",
    "54": "See to the server's limits, then run the command again.",
    "55P03": "Another process stays in a write of this ledger: end it, then run the command again.",
    "57": "See that the server is up again, then run the command again.",
    "58": "See to the server: it could not read or write a file.",
}
_DAMAGE = ("22", "23", "42", "XX")
"""Data, constraints or tables that are not as we made them."""


class CommitUnknown(Exception):
    """The connection broke during a commit: it was made, or it was not."""


@contextmanager
def explained(address: Address) -> Iterator[None]:
    """Raise our errors where the body meets PostgreSQL's."""
    import psycopg  # noqa: PLC0415  imported before: there is an address

    try:
        yield
    except CommitUnknown as error:
        raise LedgerError(
            f"Whether a write reached the ledger in {address} is not known: the connection broke.", _AGAIN
        ) from error
    except psycopg.Error as error:
        raise _explain(address, error) from error
    except UnicodeDecodeError as error:
        raise torn("it holds text that is none") from error


def _explain(address: Address, error: psycopg.Error) -> LedgerError:
    state = error.sqlstate or ""
    fitting = max((known for known in _NEXT_STEPS if state.startswith(known)), key=len)
    if not fitting and state.startswith(_DAMAGE):
        return torn(f"PostgreSQL says: {_said(error)}")
    return LedgerError(f"The ledger in {address} cannot be used: {_said(error)}.", _NEXT_STEPS[fitting])


def _said(error: psycopg.Error) -> str:
    lines = (error.diag.message_primary or str(error)).splitlines() or ["nothing"]
    return "".join(character for character in lines[0] if character.isprintable())[:300].rstrip(".")
