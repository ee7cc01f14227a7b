"""A Teli that takes every create and remembers only ids and counts, so that the client is what is measured.

`python server.py LATENCY` prints its address and answers until its input ends, LATENCY seconds later each.
At every line of its input it forgets all campaigns, and says so.
"""  # noqa: INP001  a script that is run, never imported

from __future__ import annotations

import json
import re
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LATENCY = float(sys.argv[1])
CAMPAIGNS: dict[str, dict[str, Any]] = {}
PERSON = b'"phone_number"'
FIELDS = re.compile(rb'"(campaign_id|voice_agent_id|campaign_begin_time|campaign_end_time)": ?"([^"]*)"')
HEAD = 4096
PIECE = 1 << 20


class Server(ThreadingHTTPServer):
    """As many connections as the client wants."""

    daemon_threads = True
    request_queue_size = 256


class Answer(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """List, or look up one id."""
        identity = self.path.split("?")[0].removeprefix("/v1/voice/campaigns").strip("/")
        if not identity:
            campaigns = [*CAMPAIGNS.values()]
            self._answer(200, {"success": True, "count": len(campaigns), "campaigns": campaigns})
        elif identity in CAMPAIGNS:
            self._answer(200, {"success": True, **CAMPAIGNS[identity]})
        else:
            self._answer(404, {"error": "Campaign not found"})

    def do_POST(self) -> None:
        """Take a create: its settings from its head, its people by counting."""
        head, people, rest = b"", 0, b""
        for piece in self._body():
            head = head if len(head) >= HEAD else head + piece[:HEAD]
            text = rest + piece
            people += text.count(PERSON)
            rest = text[-len(PERSON) + 1 :]
        settings = {name.decode(): value.decode() for name, value in FIELDS.findall(head)}
        settings |= {"status": "active"}
        pool = head.split(b'"leads"')[0].count(PERSON)
        CAMPAIGNS[settings["campaign_id"]] = {**settings, "contacts_count": people - pool}
        counts = {"contacts_count": people - pool, "invalid_leads_count": 0}
        self._answer(200, {"success": True, "campaign_id": settings["campaign_id"], **counts})

    def _body(self) -> Iterator[bytes]:
        if length := int(self.headers.get("Content-Length") or 0):
            while length:
                piece = self.rfile.read(min(length, PIECE))
                length -= len(piece)
                yield piece
        elif self.headers.get("Transfer-Encoding"):
            while size := int(self.rfile.readline(), 16):
                yield self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()

    def _answer(self, status: int, document: Mapping[str, Any]) -> None:
        time.sleep(LATENCY)
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


server = Server(("127.0.0.1", 0), Answer)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(f"http://127.0.0.1:{server.server_port}", flush=True)
for _ in sys.stdin:
    CAMPAIGNS.clear()
    print("forgotten", flush=True)
