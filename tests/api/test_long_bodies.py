import hashlib
import tracemalloc
import zlib
from collections.abc import Iterator

from teli_iac.api.bodies import LARGEST_JOINED, measure
from teli_iac.api.sending import LARGEST_ANSWER
from teli_iac.model import Request
from tests.api.clients import LIST, Pieces, connected
from tests.api.servers import OK, Caller, answer, answering


class _ManyLeads:
    """24 MB in pieces of 96 KB that are made when they are wanted."""

    def __iter__(self) -> Iterator[bytes]:
        for number in range(256):
            yield number.to_bytes(2, "big") * 48 * 1024


def _digest_of(pieces: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


class _Reader:
    """Reads a body without keeping it."""

    def __init__(self) -> None:
        self.digest = ""

    def __call__(self, caller: Caller) -> None:
        head = caller.read_head().lower()
        left = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
        assert b"transfer-encoding" not in head
        digest = hashlib.sha256()
        while left and (piece := caller.connection.recv(min(left, 65536))):
            digest.update(piece)
            left -= len(piece)
        self.digest = digest.hexdigest()
        caller.send(OK)


def test_a_long_list_of_leads_arrives_whole_and_is_never_held_whole() -> None:
    reader = _Reader()
    with connected(reader) as (_, client):
        tracemalloc.start()
        reply = client.write(Request("POST", "/v1/voice/campaigns", body=_ManyLeads()))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert reply.status == 200
    assert reader.digest == _digest_of(iter(_ManyLeads()))
    assert peak < 1.5 * LARGEST_JOINED


def test_a_body_is_joined_up_to_the_limit_and_streamed_above_it() -> None:
    half = b"x" * (LARGEST_JOINED // 2)
    at_the_limit = measure(Pieces((half, half)))
    above = Pieces((half, half, b"x"))
    assert (at_the_limit.content, at_the_limit.length) == (half + half, LARGEST_JOINED)
    assert (measure(above).content, measure(above).length) == (above, LARGEST_JOINED + 1)
    assert measure(Pieces(())).content == b""


def test_an_answer_that_unpacks_without_end_is_refused_before_it_fills_the_memory() -> None:
    packer = zlib.compressobj(level=1, wbits=31)
    bomb = (
        b"".join(packer.compress(b" " * 2**20) for _ in range(LARGEST_ANSWER // 2**20 + 1)) + packer.flush()
    )
    reply = answer(bomb, headers="Content-Encoding: gzip\r\n")
    with connected(answering(reply), answering(OK)) as (_, client):
        refused = client.read(LIST)
        assert (refused.status, refused.document) == (200, None)
        assert client.read(LIST).document == {"success": True}
