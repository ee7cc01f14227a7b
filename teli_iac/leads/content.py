"""The bytes of a list, hashed while they are read, so that reading them again proves them the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Protocol


class _Hash(Protocol):
    def update(self, data: bytes, /) -> object: ...

    def hexdigest(self) -> str: ...


class Hashed:
    """The same blocks; once they are all taken, `name` is what their content is called."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._kind, self._hash = _begun()

    def __iter__(self) -> Iterator[bytes]:
        for block in self._blocks:
            self._hash.update(block)
            yield block

    @property
    def name(self) -> str:
        """Equal for equal bytes, and for no others."""
        return f"{self._kind}:{self._hash.hexdigest()}"


def _begun() -> tuple[str, _Hash]:
    try:
        from blake3 import blake3  # noqa: PLC0415  an extra, asked for only by who has long lists
    except ImportError:
        return "sha256", hashlib.sha256()
    return "blake3", blake3()
