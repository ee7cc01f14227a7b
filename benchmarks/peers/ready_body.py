"""Send a body that lies ready in a file, piece by piece: nobody launches faster than this."""  # noqa: INP001  a script that is run, never imported

import sys
from collections.abc import Iterator
from pathlib import Path

import httpx

PIECE = 1 << 20


def pieces(path: Path) -> Iterator[bytes]:
    """The file's bytes."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


answer = httpx.post(
    f"{sys.argv[2]}/v1/voice/campaigns", content=pieces(Path(sys.argv[1])), timeout=600, trust_env=False
)
if answer.json()["success"] is not True:
    sys.exit(answer.text)
