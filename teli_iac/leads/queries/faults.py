"""What can go wrong between a query and its answer, told without a word of what the database says.

A database quotes values in its messages, and values are people. So only codes, places in the text of the
query and words of ours are told.
"""

from __future__ import annotations

from teli_iac.leads.faults import Fault, Unreadable
from teli_iac.model import Connection


def not_installed(connection: Connection, package: str, extra: str) -> Unreadable:
    """A library is missing."""
    told = f"The connection {connection.name} needs {package}, which is not installed"
    return Unreadable(Fault("TELI-E115", told, next_step=f"Run: python -m pip install 'teli-iac[{extra}]'"))


def unset(connection: Connection, variable: str) -> Unreadable:
    """The environment does not hold a secret."""
    told = f"The connection {connection.name} takes a secret from {variable}, which is not set"
    return Unreadable(Fault("TELI-E114", told, next_step=f"Set {variable} in the environment."))


def unreachable(connection: Connection, why: str, step: str = "") -> Unreadable:
    """Nobody answers, or nobody lets us in."""
    told = f"The connection {connection.name} cannot be used: {why}"
    return Unreadable(Fault("TELI-E116", told, next_step=step))


def refused(connection: Connection, why: str, step: str = "") -> Unreadable:
    """The database does not run the query."""
    return Unreadable(Fault("TELI-E117", f"{connection.name} refuses the query: {why}", next_step=step))


def took_too_long(connection: Connection) -> Unreadable:
    """It was stopped."""
    seconds = int(connection.timeout.total_seconds())
    told = f"{connection.name} has not answered within {seconds:,} s, the timeout of the connection"
    return Unreadable(Fault("TELI-E118", told))


def no_list(why: str) -> Unreadable:
    """What the query gives is no list of people."""
    return Unreadable(Fault("TELI-E119", why))


def no_row() -> Unreadable:
    """The answer is empty: more likely a query that went wrong than a campaign that calls nobody."""
    step = "Run the query in a client of the database: a date or a name in it may be wrong."
    return Unreadable(Fault("TELI-E070", "The query gives no row", next_step=step))
