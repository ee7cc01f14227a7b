"""`version`: a literal, since asking the installed metadata would take a third of the time of `--help`."""

from __future__ import annotations

import click

from teli_iac.cli import terminal
from teli_iac.cli.command import Command

VERSION = "0.1.0"


@click.command(cls=Command)
def version() -> None:
    """Print the version, as `teli-iac 1.2.3`.

    Reads no file, opens no connection, and exits 0.
    """
    terminal.answer(f"teli-iac {VERSION}\n")
