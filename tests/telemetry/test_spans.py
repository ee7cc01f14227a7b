"""An apply as spans and counters, told to a collector on loopback; nobody who is called is in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from teli_iac.author import write_first_project
from teli_iac.telemetry import is_wanted
from tests.cli.running import process
from tests.telemetry.collector import collecting


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_first_project(tmp_path)
    return tmp_path


def _attributes(span: Any) -> dict[str, Any]:
    return {a.key: a.value.string_value or a.value.int_value for a in span.attributes}


def test_an_apply_is_a_span_with_one_below_it_for_each_campaign(project: Path) -> None:
    with collecting() as collector:
        applied = process(project, "apply", "--auto-approve", OTEL_EXPORTER_OTLP_ENDPOINT=collector.url)
    assert (applied.code, "OTEL" in applied.err) == (0, False)
    spans = {span.name: span for span in collector.spans()}
    root, launch = spans["teli-iac apply"], spans["launch campaign"]
    assert launch.parent_span_id == root.span_id
    assert _attributes(root)["teli_iac.people.new"] == 3
    assert _attributes(root)["teli_iac.exit_code"] == 0
    assert _attributes(launch)["teli_iac.address"] == "campaign/first-reminders"
    assert _attributes(launch)["teli_iac.result"] == "launched"
    assert collector.counts() == {"teli_iac.changes": 1, "teli_iac.people": 3, "teli_iac.runs": 1}


def test_no_number_and_no_name_is_sent(project: Path) -> None:
    with collecting() as collector:
        process(project, "apply", "--auto-approve", OTEL_EXPORTER_OTLP_ENDPOINT=collector.url)
    sent = b"".join(body for _, body in collector.received)
    assert sent
    assert b"415555" not in sent
    assert b"Ada" not in sent


def test_a_command_that_fails_is_an_error(project: Path) -> None:
    (project / "broken.yaml").write_text("kind: Campain\n")
    with collecting() as collector:
        process(project, "apply", "--auto-approve", OTEL_EXPORTER_OTLP_ENDPOINT=collector.url)
    (span,) = collector.spans()
    assert (_attributes(span)["teli_iac.exit_code"], span.status.code) == (1, 2)


def test_a_collector_that_is_not_there_changes_nothing(project: Path) -> None:
    applied = process(
        project,
        "apply",
        "--auto-approve",
        OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:9",
        OTEL_EXPORTER_OTLP_TIMEOUT="1",
    )
    assert (applied.code, "Traceback" in applied.err, "127.0.0.1" in applied.err) == (0, False, False)
    assert "Done: 1 launched." in applied.out


@pytest.mark.parametrize(
    ("variables", "wanted"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": ""}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4318"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://localhost:4318/v1/traces"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4318", "OTEL_SDK_DISABLED": "true"}, False),
    ],
)
def test_it_is_off_unless_a_collector_is_named(variables: dict[str, str], wanted: bool) -> None:  # noqa: FBT001  a parameter
    assert is_wanted(variables) is wanted
