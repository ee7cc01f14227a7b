"""Outputs and the step's summary, written so that no value can pass for another one."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path

SUMMARY_BYTES = 1_000_000
"""GitHub drops a step's summary whole above 1 MiB."""


def write_outputs(file: Path, outputs: Mapping[str, str]) -> None:
    """Each value stands between delimiters that nobody can guess."""
    with file.open("a", encoding="utf-8") as stream:
        for name, value in outputs.items():
            delimiter = f"end-{secrets.token_hex(16)}"
            stream.write(f"{name}<<{delimiter}\n{value}\n{delimiter}\n")


def write_summary(file: Path, text: str) -> None:
    """What does not fit is cut off, and the cut is told."""
    raw = text.encode()
    if len(raw) > SUMMARY_BYTES:
        cut = raw[:SUMMARY_BYTES].decode("utf-8", "ignore")
        text = f"{cut}\n\nThe rest did not fit into a summary; the log has it.\n"
    with file.open("a", encoding="utf-8") as stream:
        stream.write(f"{text}\n")
