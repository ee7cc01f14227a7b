"""An apply as OpenTelemetry spans and counters, where the standard OTEL_* variables ask for it.

OpenTelemetry has its home here, and nothing of it is imported before it is asked for. Nothing here may hold
up or break an apply: what cannot be sent is dropped. No phone number, no name and nothing else of a lead is
in it, only addresses, ids, digests and counts.
"""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING

from teli_iac.model import Ending, Outcome, OutcomeKind, Plan

if TYPE_CHECKING:
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span

ENDPOINTS = (
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
    "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
)
_TIME_OUT = "OTEL_EXPORTER_OTLP_TIMEOUT"
_SECONDS = 5.0
_FLUSH_MILLISECONDS = 5000


def is_wanted(environment: Mapping[str, str]) -> bool:
    """Whether the environment names a collector and does not switch telemetry off."""
    off = environment.get("OTEL_SDK_DISABLED", "").strip().lower() == "true"
    return not off and any(environment.get(name, "").strip() for name in ENDPOINTS)


def is_installed() -> bool:
    """Whether the extra `teli-iac[otel]` is there."""
    try:
        return importlib.util.find_spec("opentelemetry.exporter.otlp.proto.http") is not None
    except ModuleNotFoundError:
        return False


class Telemetry:
    """The spans and counters of one command: a span for it, and one for each campaign below that."""

    def __init__(self, command: str, release: str, environment: Mapping[str, str]) -> None:
        logging.getLogger("opentelemetry").setLevel(logging.CRITICAL)  # it would talk into an apply's output
        resource = _resource(release, environment)
        time_out = None if environment.get(_TIME_OUT) else _SECONDS
        self._tracers = _tracers(resource, time_out)
        self._meters = _meters(resource, time_out)
        meter = self._meters.get_meter("teli-iac", release)
        self._changes = meter.create_counter("teli_iac.changes", "{change}", "Changes by action and result")
        self._people = meter.create_counter("teli_iac.people", "{person}", "People handed to Teli")
        self._runs = meter.create_counter("teli_iac.runs", "{run}", "Commands by exit code")
        self._tracer = self._tracers.get_tracer("teli-iac", release)
        self._command = command
        self._root: Span = self._tracer.start_span(f"teli-iac {command}")
        self._open: dict[str, Span] = {}

    def plan(self, plan: Plan) -> None:
        """What is about to be done, in counts."""
        self._root.set_attributes(
            {
                "teli_iac.project": plan.account.project,
                "teli_iac.plan_digest": plan.digest,
                "teli_iac.people.new": plan.new_people,
                "teli_iac.people.again": plan.people_again,
                **{f"teli_iac.changes.{word}": number for word, number in plan.summary.items()},
            }
        )

    def step(self, outcome: Outcome) -> None:
        """One campaign begins, or comes to its result."""
        if outcome.kind is OutcomeKind.STARTED:
            self._open[outcome.address] = self._begin(outcome)
            return
        span = self._open.pop(outcome.address, None) or self._begin(outcome)
        span.set_attributes({"teli_iac.result": outcome.sentence, "teli_iac.people": outcome.people})
        if outcome.campaign_id:
            span.set_attribute("teli_iac.campaign_id", outcome.campaign_id)
        self._say(span, failed=outcome.kind in {OutcomeKind.FAILED, OutcomeKind.UNKNOWN})
        span.end()
        self._changes.add(1, {"action": str(outcome.action), "result": str(outcome.sentence)})

    def ending(self, ending: Ending) -> None:
        """How it ended."""
        self._people.add(ending.people, {"command": self._command})
        self.close(int(ending.exit_code))

    def close(self, exit_code: int) -> None:
        """End what is open and send what is left, for some seconds at most."""
        for span in self._open.values():
            span.end()
        self._open.clear()
        self._root.set_attribute("teli_iac.exit_code", exit_code)
        self._say(self._root, failed=exit_code != 0)
        self._root.end()
        self._runs.add(1, {"command": self._command, "exit_code": exit_code})
        self._tracers.force_flush(_FLUSH_MILLISECONDS)
        self._tracers.shutdown()
        self._meters.shutdown(timeout_millis=_FLUSH_MILLISECONDS)

    def _begin(self, outcome: Outcome) -> Span:
        from opentelemetry.trace import set_span_in_context  # noqa: PLC0415  paid for only where asked for

        return self._tracer.start_span(
            f"{outcome.action} campaign",
            context=set_span_in_context(self._root),
            attributes={"teli_iac.address": outcome.address, "teli_iac.action": str(outcome.action)},
        )

    def _say(self, span: Span, *, failed: bool) -> None:
        from opentelemetry.trace import StatusCode  # noqa: PLC0415  paid for only where asked for

        span.set_status(StatusCode.ERROR if failed else StatusCode.OK)


def _resource(release: str, environment: Mapping[str, str]) -> Resource:
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415  paid for only where asked for

    name = environment.get("OTEL_SERVICE_NAME", "").strip() or "teli-iac"
    return Resource.create({"service.name": name, "service.version": release})


def _tracers(resource: Resource, time_out: float | None) -> TracerProvider:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415  paid for only where asked for
        OTLPSpanExporter,
    )
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415  the same
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415  the same

    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(timeout=time_out)))
    return provider


def _meters(resource: Resource, time_out: float | None) -> MeterProvider:
    from opentelemetry.exporter.otlp.proto.http.metric_exporter import (  # noqa: PLC0415  paid for only where asked for
        OTLPMetricExporter,
    )
    from opentelemetry.sdk.metrics import MeterProvider  # noqa: PLC0415  the same
    from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader  # noqa: PLC0415  the same

    reader = PeriodicExportingMetricReader(OTLPMetricExporter(timeout=time_out))
    return MeterProvider([reader], resource, shutdown_on_exit=False)
