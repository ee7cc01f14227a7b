"""The address of a database: read by libpq's own rules, completed, and shown without its secrets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from teli_iac.errors import NotConfigured

_DEFAULTS = {
    "connect_timeout": "20",
    # A replica lags behind, and would hide who was called a moment ago.
    "target_session_attrs": "primary",
    "application_name": "teli-iac",
    "client_encoding": "utf8",
}


@dataclass(frozen=True, slots=True)
class Address:
    """What to connect to; shown as host and database alone."""

    words: Mapping[str, str] = field(repr=False)

    def __str__(self) -> str:
        host = self.words.get("host") or "the local server"
        return f"the database {self.words.get('dbname') or 'of the user'!r} at {host}"


def parse_address(place: str) -> Address:
    """The address that a place names. Raises NotConfigured, without a word of it: it may hold a password."""
    try:
        import psycopg  # noqa: PLC0415  an extra, and slow to import: paid for only by who uses it
        from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415  the same
    except ImportError as error:
        raise NotConfigured(
            "A ledger in PostgreSQL needs psycopg, which is not installed.",
            "Run: python -m pip install 'teli-iac[postgresql]'",
        ) from error
    try:
        words = {name: str(value) for name, value in conninfo_to_dict(place).items() if value is not None}
    except psycopg.Error:
        raise _unreadable() from None  # the cause quotes the address
    # A password with an unescaped sign splits the address in other places, and its pieces would be shown.
    ports = words.get("port", "").replace(",", "")
    if "@" in words.get("host", "") + words.get("dbname", "") or not (ports.isdecimal() or not ports):
        raise _unreadable()
    return Address({**_DEFAULTS, **words})


def _unreadable() -> NotConfigured:
    return NotConfigured(
        "The address of the Project's ledger in PostgreSQL cannot be read.",
        "Write postgresql://user@host:port/database?sslmode=verify-full, with signs like / and @ in a word as"
        " %2F and %40. The password is better given by PGPASSWORD or ~/.pgpass.",
    )
