"""A collector of OpenTelemetry on loopback: it answers 200, and keeps what it was sent."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


class Collector:
    """What was sent to it, as bytes, by path."""

    def __init__(self) -> None:
        self.received: list[tuple[str, bytes]] = []
        self.url = ""

    def spans(self) -> list[Any]:
        sent = [ExportTraceServiceRequest.FromString(b) for path, b in self.received if path == "/v1/traces"]
        return [
            s for each in sent for r in each.resource_spans for scope in r.scope_spans for s in scope.spans
        ]

    def counts(self) -> dict[str, int]:
        sent = [
            ExportMetricsServiceRequest.FromString(b) for path, b in self.received if path == "/v1/metrics"
        ]
        metrics = [
            m
            for each in sent
            for r in each.resource_metrics
            for scope in r.scope_metrics
            for m in scope.metrics
        ]
        return {m.name: sum(point.as_int for point in m.sum.data_points) for m in metrics}


@contextmanager
def collecting() -> Iterator[Collector]:
    collector = Collector()

    class Receiving(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            plain = gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body
            collector.received.append((self.path, plain))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiving)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    collector.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield collector
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
