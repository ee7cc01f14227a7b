"""Bodies of requests: small ones are sent in one piece, long ones piece by piece, both with their length.

None is packed, though a long list would shrink to a fifth: nothing in the API's description says that it
unpacks requests, and there is no asking first. A create is sent once, and who took packed bytes for a
list of nobody, or answered 400 for them, would have used up its id.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from teli_iac.model import Body, WeighedBody

LARGEST_JOINED = 8 * 2**20
"""Bytes up to which a body is held whole; a longer one is encoded twice instead of kept."""


@dataclass(frozen=True, slots=True, repr=False)
class Payload:
    """What goes out and how many bytes it has. The length is always told: many servers read no chunks."""

    content: bytes | Iterable[bytes]
    length: int

    def __repr__(self) -> str:
        return f"Payload({self.length} bytes)"


def measure(body: Body) -> Payload:
    """Encode a body once: a small one is joined, a long one only counted. Encoding fails here or never.

    One that was weighed before is taken at its word; were that wrong, no server would take it for whole.
    """
    if isinstance(body, WeighedBody):
        return Payload(body, body.length)
    pieces: list[bytes] = []
    length = 0
    for piece in body:
        length += len(piece)
        if length <= LARGEST_JOINED:
            pieces.append(piece)
        else:
            pieces.clear()
    return Payload(b"".join(pieces) if length <= LARGEST_JOINED else body, length)
