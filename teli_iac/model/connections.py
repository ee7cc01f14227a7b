"""Where people live beyond files: the connections that the Project declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class ConnectionKind(StrEnum):
    """What answers at the other end of a connection."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"
    DUCKDB = "duckdb"
    SQLALCHEMY = "sqlalchemy"
    SPARK = "spark"


@dataclass(frozen=True, slots=True)
class Connection:
    """A database by the name that campaigns know it by.

    `settings` are as declared, by the kind's own words; of a secret they hold the name of the environment
    variable that has it (`password_from`), never the secret. A query may take as long as `timeout`.
    """

    name: str
    kind: ConnectionKind
    settings: Mapping[str, str]
    timeout: timedelta
