"""A real PostgreSQL server for the tests of one process, on a Unix socket, thrown away at the end."""

from __future__ import annotations

import atexit
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.rows import TupleRow

_MISSING = "needs PostgreSQL: apt-get install postgresql, or put initdb on the PATH"
_numbers = itertools.count(1)


def server() -> Path:
    """The folder of the running server's socket. Skips the test where there is no PostgreSQL."""
    programs = _programs()
    if programs is None:
        pytest.skip(_MISSING)
    return _started(programs)


def fresh_place(socket: Path) -> str:
    """The address of an empty database."""
    name = f"fresh {next(_numbers)}"
    with connected(place_of(socket, "postgres")) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0'.encode())
    return place_of(socket, name)


def place_of(socket: Path, database: str) -> str:
    return f"postgresql://postgres@/{quote(database)}?host={quote(str(socket), safe='')}"


def connected(place: str) -> Connection[TupleRow]:
    from psycopg import connect  # noqa: PLC0415  an extra, which a machine without PostgreSQL may lack

    return connect(place, autocommit=True)


def rows(place: str) -> dict[str, list[TupleRow]]:
    """Every row of every table of ours, with the transaction that wrote it."""
    tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'teli_iac_ledger'"
    with connected(place) as connection:
        names = [name for (name,) in connection.execute(tables.encode())]
        return {
            name: connection.execute(f"SELECT xmin::text, * FROM teli_iac_ledger.{name}".encode()).fetchall()  # noqa: S608  names of ours
            for name in names
        }


def _programs() -> Path | None:
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = shutil.which("initdb") or next((str(path) for path in reversed(debian)), None)
    return None if found is None else Path(found).resolve().parent


@cache
def _started(programs: Path) -> Path:
    # A short folder of its own: a socket's path has a limit, and root's folders are closed to others.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    user = _user_for_postgresql()
    if user is not None:
        os.chown(folder, user, -1)
    data = folder / "data"
    _run([programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8"], folder, user)
    command: list[Path | str] = [
        programs / "postgres",
        "-D",
        data,
        "-k",
        folder,
        "-c",
        "listen_addresses=",
        "-c",
        "fsync=off",
    ]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, user=user, stdout=log, stderr=log)  # noqa: S603  ours
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(process.wait)
    atexit.register(process.terminate)
    _run([programs / "pg_isready", "-q", "-h", folder, "-t", "30"], folder, user, until_it_succeeds=process)
    return folder


def _run(
    command: list[Path | str],
    folder: Path,
    user: int | None,
    until_it_succeeds: subprocess.Popen[bytes] | None = None,
) -> None:
    while True:
        ran = subprocess.run(command, cwd=folder, user=user, capture_output=True, check=False)  # noqa: S603  ours
        if ran.returncode == 0:
            return
        if until_it_succeeds is None or until_it_succeeds.poll() is not None:
            pytest.fail(f"{command[0]}: {ran.stderr.decode()} {ran.stdout.decode()}")


def _user_for_postgresql() -> int | None:
    """Somebody else to be: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return names.get("postgres", names.get("nobody"))
