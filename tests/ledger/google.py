"""What the tests know of Google Cloud Storage: its XML API, as far as obstore speaks it, over memory.

Nobody packages a server that speaks this with conditions, so this one is ours, and says little about
Google. It can be made a bad one: `ignored` are conditions that it does not see (`create`, `replace`), and
one that is `hasty` judges the conditions of four before it writes the first.
"""

from __future__ import annotations

import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

_DATE = "Tue, 24 Nov 2026 12:00:00 GMT"


class Google(ThreadingHTTPServer):
    """A store of one bucket: objects by name, each with the number of its generation."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, *ignored: str, hasty: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.objects: dict[str, tuple[int, bytes]] = {}
        self.ignored = ignored
        self.gate = threading.Lock()
        self.judged = threading.Barrier(4) if hasty else None
        self.generation = 0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def put(self, name: str, content: bytes, condition: str | None) -> int | None:
        """The new generation, or None when the condition does not hold; 0 stands for no object."""
        if not self._holds(name, condition):
            return None
        if self.judged is not None:
            self.judged.wait()
        with self.gate:
            if self.judged is None and not self._holds(name, condition):
                return None
            self.generation += 1
            self.objects[name] = (self.generation, content)
            return self.generation

    def _holds(self, name: str, condition: str | None) -> bool:
        kind = "create" if condition == "0" else "replace"
        now = self.objects.get(name, (0, b""))[0]
        return condition in {None, str(now)} or kind in self.ignored


class _Conversation(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Google

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        generation = self.server.put(self._name(), content, self.headers.get("x-goog-if-generation-match"))
        if generation is None:
            self._answer(HTTPStatus.PRECONDITION_FAILED)
        else:
            self._answer(HTTPStatus.OK, generation=generation)

    def do_GET(self) -> None:
        name = self._name()
        if not name:
            self._answer(HTTPStatus.OK, self._listed())
        elif name in self.server.objects:
            generation, content = self.server.objects[name]
            self._answer(HTTPStatus.OK, content, generation)
        else:
            self._answer(HTTPStatus.NOT_FOUND)

    def do_DELETE(self) -> None:
        self.server.objects.pop(self._name(), None)
        self._answer(HTTPStatus.NO_CONTENT)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  theirs
        pass

    def _name(self) -> str:
        return unquote(urlsplit(self.path).path).lstrip("/").partition("/")[2]

    def _listed(self) -> bytes:
        prefix = parse_qs(urlsplit(self.path).query).get("prefix", [""])[0]
        found = "".join(
            f"<Contents><Key>{escape(name)}</Key><LastModified>2026-11-24T12:00:00Z</LastModified>"
            f"<Size>{len(content)}</Size><ETag>{generation}</ETag></Contents>"
            for name, (generation, content) in sorted(self.server.objects.items())
            if name.startswith(prefix)
        )
        return f"<ListBucketResult>{found}</ListBucketResult>".encode()

    def _answer(self, status: HTTPStatus, content: bytes = b"", generation: int = 0) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Last-Modified", _DATE)
        if generation:
            self.send_header("ETag", f'"{generation}"')
            self.send_header("x-goog-generation", str(generation))
        self.end_headers()
        self.wfile.write(content)
