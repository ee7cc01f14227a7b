"""Ledgers as release 0.1 stored them, one per backend; run as a module, it writes what is not there yet."""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from teli_iac.ledger import read_export, read_whole, write_export
from teli_iac.ledger.postgresql import layout
from teli_iac.model import Event
from tests.ledger.postgresql import connected
from tests.ledger.repositories import REF, git
from tests.ledger.sites import SITES
from tests.ledger.worlds import ACCOUNT, KEY, history, made, written

GOLDEN = Path(__file__).parents[1] / "golden" / "ledger"
EXPORT = GOLDEN / "export-1.jsonl"
GIT = GOLDEN / "format-1.git.json"
POSTGRESQL = GOLDEN / "format-1.postgresql.sql"
_TABLES = ("format", "binding", "head", "lease", "events", "people")


def past() -> tuple[Event, ...]:
    """What happened in each of them."""
    with EXPORT.open("rb") as lines:
        return tuple(stored.event for stored in read_export(lines, ACCOUNT, KEY).events)


def git_files() -> Mapping[str, bytes]:
    """The files of the ledger in git by their names."""
    kept: dict[str, str] = json.loads(GIT.read_text(encoding="utf-8"))
    return {name: base64.b64decode(content) for name, content in kept.items()}


def _files_of(bare: Path) -> dict[str, str]:
    names = git(bare, "ls-tree", "-r", "--name-only", REF).decode().splitlines()
    return {name: base64.b64encode(git(bare, "show", f"{REF}:{name}")).decode() for name in names}


def _tables_and_rows(place: str) -> str:
    lines = ["CREATE SCHEMA teli_iac_ledger;\n", layout._TABLES.decode()]  # noqa: SLF001  written here, frozen there
    with connected(place) as connection:
        for table in _TABLES:
            rows = connection.execute(
                f"SELECT quote_literal(t::text) FROM teli_iac_ledger.{table} t".encode()  # noqa: S608  names of ours
            )
            for (row,) in rows:
                lines.append(f"INSERT INTO {table} SELECT ({row}::{table}).*;\n")
    return "".join(lines)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for scheme in ("git", "postgresql"):
            (fresh := Path(folder) / scheme).mkdir()
            site = SITES[scheme](fresh)
            ledger = made(site.open())
            ledger.release(written(ledger, history()))
            if not EXPORT.exists():
                EXPORT.write_text("".join(write_export(read_whole(ledger, ACCOUNT, KEY))))
            if scheme == "git" and not GIT.exists():
                GIT.write_text(json.dumps(_files_of(fresh / "remote.git"), indent=1) + "\n")
            if scheme == "postgresql" and not POSTGRESQL.exists():
                POSTGRESQL.write_text(_tables_and_rows(site.place))


if __name__ == "__main__":
    main()
