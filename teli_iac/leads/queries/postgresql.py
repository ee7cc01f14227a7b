"""PostgreSQL: one read-only transaction, one moment of the database, a cursor that gives rows in batches."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from teli_iac.leads.faults import Fault, Unreadable
from teli_iac.leads.queries.faults import (
    no_list,
    not_installed,
    refused,
    took_too_long,
    unreachable,
)
from teli_iac.leads.queries.protocol import Answer, Surroundings
from teli_iac.leads.queries.secrets import in_clear_to_none, secret
from teli_iac.leads.queries.statements import place_in_query
from teli_iac.model import Connection

if TYPE_CHECKING:
    import psycopg

_ROWS_AT_ONCE = 5000
_CURSOR = "leads"
_BEFORE_THE_QUERY = len(f'DECLARE "{_CURSOR}" CURSOR FOR ')
_MAY_STAND_IN_A_MANIFEST = frozenset(
    {
        "application_name",
        "channel_binding",
        "connect_timeout",
        "dbname",
        "gssencmode",
        "host",
        "hostaddr",
        "port",
        "sslmode",
        "sslnegotiation",
        "target_session_attrs",
        "user",
    }
)
_ALWAYS = {
    "application_name": "teli-iac",
    "client_encoding": "utf8",
    "connect_timeout": "20",
    # Only what the connection names is sent: no PGPASSWORD, which may be for another server, and no file.
    "passfile": os.path.join(os.devnull, "none"),  # noqa: PTH118  no path of ours
}
_WHY_NOT = {
    "authentication failed": "the server refuses the user or the password",
    "password": "the server asks for a password in a way that is not given, or none is declared",
    "could not translate": "its host has no address",
    "refused": "nobody answers at its address",
    "No such file": "nobody answers at its address",
    "timeout": "nobody answers in time",
    "certificate": "its certificate is not trusted",
    "SSL": "it has no encryption as the address asks for",
    "does not exist": "the server has no such database or user",
}
_STEPS = {
    "25006": "The transaction can only read: ask by one SELECT.",
    "42501": "Let the connection's user read the table.",
    "42601": "Ask by one SELECT.",
}


@contextmanager
def ask(connection: Connection, text: str, around: Surroundings) -> Iterator[Answer]:
    """The answer as of one moment; see `protocol.Ask`."""
    words = _address(connection, around)
    import psycopg  # noqa: PLC0415  imported before: there is an address

    try:
        database = psycopg.connect(**words, prepare_threshold=None)  # type: ignore[arg-type]  # libpq's own words
    except psycopg.Error as error:
        raise unreachable(connection, _why_not(error)) from None  # the cause may quote the address
    try:
        with _explained(connection, text):
            database.read_only = True
            database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            limit = str(int(connection.timeout.total_seconds() * 1000))
            database.execute("SELECT set_config('statement_timeout', %s, true)", (limit,))
            with database.cursor(_CURSOR) as cursor:
                # A server-side cursor is declared by the extended protocol: of two statements it takes none.
                cursor.execute(text.encode())
                columns = tuple(column.name for column in cursor.description or ())
                if not columns:
                    raise no_list("The query gives no columns")
                yield Answer(columns, _batches(connection, text, cursor))
    finally:
        database.close()  # nothing to commit


def _batches(
    connection: Connection, text: str, cursor: psycopg.ServerCursor[tuple[object, ...]]
) -> Iterator[Sequence[Sequence[object]]]:
    with _explained(connection, text):
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            yield rows


def _address(connection: Connection, around: Surroundings) -> Mapping[str, str]:
    """What to connect to, in libpq's words. Raises Unreadable, without a word of a secret one."""
    try:
        import psycopg  # noqa: PLC0415  an extra, and slow to import: paid for only by who uses it
        from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415  the same
    except ImportError:
        raise not_installed(connection, "psycopg", "postgresql") from None
    whole = secret(connection, "url_from", around)
    try:
        words = {
            word: str(value)
            for word, value in conninfo_to_dict(whole or connection.settings["url"]).items()
            if value is not None
        }
    except psycopg.Error:
        raise _no_address(connection) from None  # the cause quotes the address
    if whole is None:
        _refuse_strange(connection, words)
    password = secret(connection, "password_from", around) or words.get("password", "")
    return {**_ALWAYS, **words, "password": password, **in_clear_to_none(words)}


def _refuse_strange(connection: Connection, words: Mapping[str, str]) -> None:
    for word in sorted(words.keys() - _MAY_STAND_IN_A_MANIFEST):
        step = f"Leave {word} out, or give the whole address by url_from."
        raise unreachable(connection, f"{word} may not stand in an address in a manifest", step)


def _no_address(connection: Connection) -> Unreadable:
    step = (
        "Write postgresql://user@host:port/database?sslmode=verify-full, with signs like / and @ as %2F, %40."
    )
    return unreachable(connection, "its address cannot be read", step)


def _why_not(error: psycopg.Error) -> str:
    told = str(error)
    return next((why for sign, why in _WHY_NOT.items() if sign in told), "the connection cannot be made")


@contextmanager
def _explained(connection: Connection, text: str) -> Iterator[None]:
    import psycopg  # noqa: PLC0415  imported before: there is an address

    try:
        yield
    except psycopg.Error as error:
        raise _explain(connection, text, error) from None  # the cause may quote somebody
    except UnicodeDecodeError:
        told = "The query gives text that is not UTF-8"
        raise Unreadable(Fault("TELI-E068", told, next_step="Let the query turn it into text.")) from None


def _explain(connection: Connection, text: str, error: psycopg.Error) -> Unreadable:
    state = error.sqlstate
    if state == "57014":
        return took_too_long(connection)
    if state is None or state.startswith(("08", "57P", "53")):
        return unreachable(connection, f"it broke off ({state or type(error).__name__})")
    place = place_in_query(text, error.diag.statement_position, _BEFORE_THE_QUERY)
    return refused(connection, f"{state} {type(error).__name__}{place}", _STEPS.get(state, ""))
