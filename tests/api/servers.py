"""Servers on loopback that follow a script, a conversation a connection, and keep what they were sent."""

from __future__ import annotations

import contextlib
import json
import socket
import ssl
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Self

CERTIFICATE = Path(__file__).parent.parent / "cases" / "api" / "api_teli_test.pem"


class Caller:
    """The server's end of one connection."""

    def __init__(self, connection: socket.socket, server: Server) -> None:
        self.connection = connection
        self.server = server

    def read_head(self) -> bytes:
        """Read to the end of the headers, byte by byte, so that nothing of the body is taken."""
        head = b""
        while not head.endswith(b"\r\n\r\n") and (byte := self.connection.recv(1)):
            head += byte
        if head:
            self.server.heads.append(head)
        return head

    def read_request(self) -> bytes:
        """Read one whole request and keep its body; empty when the client is gone."""
        head = self.read_head()
        lines = head.lower().split(b"\r\n")
        length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), 0)
        body = b""
        while len(body) < length and (piece := self.connection.recv(length - len(body))):
            body += piece
        if head:
            self.server.bodies.append(body)
        return head

    def send(self, answer: bytes) -> None:
        self.connection.sendall(answer)

    def become_tls(self) -> None:
        """Go on in TLS, as api.teli.test."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        self.connection = context.wrap_socket(self.connection, server_side=True)


Conversation = Callable[[Caller], None]


class Server:
    """Listens on a free port. The last conversation is repeated for all further connections."""

    def __init__(self, *conversations: Conversation) -> None:
        self.heads: list[bytes] = []
        self.bodies: list[bytes] = []
        self.connections = 0
        self.over = threading.Event()
        self._conversations = conversations
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while not self.over.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            number = min(self.connections, len(self._conversations) - 1)
            self.connections += 1
            self._start(partial(self._converse, connection, self._conversations[number]))

    def _converse(self, connection: socket.socket, conversation: Conversation) -> None:
        connection.settimeout(10)  # a test that would hang fails instead
        caller = Caller(connection, self)
        try:
            with contextlib.suppress(OSError):  # the client went first
                conversation(caller)
        finally:
            caller.connection.close()

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work)
        self._threads.append(thread)
        thread.start()


def answer(body: bytes, *, status: str = "200 OK", headers: str = "") -> bytes:
    """A well-formed answer."""
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body


def json_answer(document: object, *, status: str = "200 OK", headers: str = "") -> bytes:
    """The same with a JSON body."""
    return answer(json.dumps(document).encode(), status=status, headers=headers)


OK = json_answer({"success": True})


def answering(*answers: bytes) -> Conversation:
    """Read a request, give the next answer, and so on over one connection; the last is repeated."""

    def converse(caller: Caller) -> None:
        given = 0
        while caller.read_request():
            caller.send(answers[min(given, len(answers) - 1)])
            given += 1

    return converse


def answering_once(reply: bytes) -> Conversation:
    """Read a request, give the answer and close, whatever the answer promised."""

    def converse(caller: Caller) -> None:
        caller.read_request()
        caller.send(reply)

    return converse


def close_at_once(_: Caller) -> None:
    """Accept and hang up."""


def close_after_headers(caller: Caller) -> None:
    """Hang up with the body unread."""
    caller.read_head()


def close_after_request(caller: Caller) -> None:
    """Read everything, which may well be carried out, and hang up."""
    caller.read_request()
