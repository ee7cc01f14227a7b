"""Parquet objects of a bucket as tables: listed first, then read by DuckDB in the ranges that it wants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from teli_iac.leads.queries.faults import not_installed, unreachable
from teli_iac.model import Connection

_PARQUET = ".parquet"


def open_bucket(connection: Connection) -> tuple[Any, Mapping[str, Sequence[str]]]:
    """What DuckDB reads the objects through, and the objects of each table. Raises Unreadable.

    Credentials, region and endpoint are those of the environment (AWS_…): an address in a manifest decides
    none of them, so it cannot send a session's token elsewhere.
    """
    try:
        from obstore.exceptions import BaseError  # noqa: PLC0415  an extra: paid for only by who uses it
        from obstore.fsspec import FsspecStore  # noqa: PLC0415  the same
    except ImportError:
        raise not_installed(connection, "obstore and fsspec", "duckdb") from None
    address = connection.settings["bucket"].rstrip("/")
    try:
        store = FsspecStore("s3")
        found = store.find(address.removeprefix("s3://"))
    except (BaseError, OSError, ValueError):
        raise unreachable(connection, "its bucket cannot be listed") from None  # the cause may quote much
    return store, _tables(connection, address, [f"s3://{str(name).removeprefix('s3://')}" for name in found])


def _tables(connection: Connection, address: str, objects: Sequence[str]) -> Mapping[str, Sequence[str]]:
    tables: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(objects):
        below = PurePosixPath(name.removeprefix(f"{address}/"))
        if below.suffix == _PARQUET and not below.parts[0].startswith("."):
            tables[below.parts[0].removesuffix(_PARQUET)].append(name)
    if not tables:
        raise unreachable(connection, "there is no Parquet object in its bucket below the prefix")
    return tables
