"""Send a body that lies ready in a file through a bare socket: the system does nearly everything."""  # noqa: INP001  a script that is run, never imported

import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

address = urlsplit(sys.argv[2])
with (
    Path(sys.argv[1]).open("rb") as body,
    socket.create_connection((address.hostname or "", address.port or 80)) as connection,
):
    size = Path(sys.argv[1]).stat().st_size
    head = (
        f"POST /v1/voice/campaigns HTTP/1.1\r\nHost: {address.netloc}\r\n"
        f"Content-Length: {size}\r\nConnection: close\r\n\r\n"
    )
    connection.sendall(head.encode())
    connection.sendfile(body)
    # The answer comes in one piece or in several; only its end is certain.
    if b'"success": true' not in b"".join(iter(lambda: connection.recv(4096), b"")):
        sys.exit("it was not taken")
