"""The service over HTTP, on this machine only, by waitress."""

from __future__ import annotations

import ipaddress
import logging
import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from teli_iac.errors import AddressRefused
from teli_iac.sandbox.application import application
from teli_iac.sandbox.store import Store

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_THREADS = 8


def serve(store: Path | Store | None, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Answer on a loopback address until KeyboardInterrupt; port 0 is a free one.

    `tell` gets one sentence with the address once connections are taken. Raises AddressRefused for an
    address that others could reach or that is in use, SandboxUnusable for a file that is no use.
    """
    service = application(store)
    with closing(_listen(_loopback(host), port)) as listener:
        address, taken = listener.getsockname()[:2]
        shown = f"[{address}]" if ":" in address else address
        tell(f"The embedded Teli answers at http://{shown}:{taken} until Ctrl-C. It calls nobody.")
        _answer_until_interrupted(service, listener)


def _loopback(host: str) -> str:
    """The address to listen on. A name other than `localhost` might lead anywhere, so it is refused."""
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        raise _refused(f"{host} is no loopback address") from None
    if not address.is_loopback:
        raise _refused(f"{host} can be reached from other machines")
    return str(address)


def _listen(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        return socket.create_server((address, port), family=family, backlog=1024)
    except (OSError, OverflowError) as fault:
        why = (fault.strerror if isinstance(fault, OSError) else None) or "there is no such port"
        raise _refused(f"{address} port {port} cannot be listened on: {why.lower()}") from fault


def _refused(message: str) -> AddressRefused:
    return AddressRefused(message, "Serve it on 127.0.0.1 and a port that is free, such as --port 0.")


def _answer_until_interrupted(service: WSGIApplication, listener: socket.socket) -> None:
    import waitress  # type: ignore[import-untyped]  # noqa: PLC0415  only who serves pays for the server

    # It warns whenever a request waits for a free thread, which is what requests do.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    open_sockets: dict[int, socket.socket] = {}
    server = waitress.create_server(service, map=open_sockets, sockets=[listener], threads=_THREADS)
    try:
        server.run()
    finally:
        for opened in list(open_sockets.values()):
            opened.close()
