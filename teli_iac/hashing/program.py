"""What the second process does: it is told the key, is given pieces of people and answers with their records.

It writes nothing down, and ends when its input does: at the latest when whoever started it is gone.
"""

from __future__ import annotations

import sys
from typing import BinaryIO

from teli_iac.identity import records_of
from teli_iac.model import LedgerKey


def answer(given: BinaryIO, told: BinaryIO) -> None:
    """A line with the key, then pieces: a line with their length, then row texts, a line feed between two."""
    key = LedgerKey(bytes.fromhex(given.readline().decode()))
    while length := given.readline():
        texts = given.read(int(length)).split(b"\n")
        told.write(b"".join(records_of(key, texts)))
        told.flush()


def main() -> None:
    """Between standard input and standard output."""
    answer(sys.stdin.buffer, sys.stdout.buffer)
