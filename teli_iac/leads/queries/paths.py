"""Files and folders that a connection names: below the project folder, or not at all."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from teli_iac.leads.faults import Unreadable
from teli_iac.leads.queries.faults import unreachable
from teli_iac.model import Connection


def file_below(folder: str, connection: Connection) -> Path:
    """The database file of the connection; raises Unreadable unless it is a file below the folder."""
    path = path_below(folder, connection, connection.settings["file"])
    if not path.is_file():
        raise unreachable(connection, f"there is no file {connection.settings['file']}")
    return path


def path_below(folder: str, connection: Connection, named: str) -> Path:
    """Where a name leads, links followed; raises Unreadable when that is outside the project folder."""
    root = Path(folder).resolve()
    if PurePosixPath(named).is_absolute() or ".." in PurePosixPath(named).parts:
        raise _outside(connection, named)
    try:
        real = (root / named).resolve()
    except (OSError, RuntimeError, ValueError):
        raise unreachable(connection, f"the path {named} cannot be followed") from None
    if not real.is_relative_to(root):
        raise _outside(connection, named)
    return real


def _outside(connection: Connection, named: str) -> Unreadable:
    return unreachable(
        connection, f"{named} is not below the project folder", "Name a path below the project folder."
    )
