"""What is wrong inside a document that its schema let pass."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Complaint:
    """A problem before it has a file and a line: `path` leads from the document's root to the value."""

    code: str
    path: tuple[str | int, ...]
    message: str
    next_step: str
