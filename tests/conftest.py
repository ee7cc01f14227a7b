"""Properties try the same examples on every run, so that a change is judged by itself; a soak tries new ones.

Time is never judged: a slow machine is no failure.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.effort import SOAK, examples

# Spark's client brings gRPC, whose handlers abort one fork in thirty; some tests fork to set a limit.
os.environ["GRPC_ENABLE_FORK_SUPPORT"] = "0"

_UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

settings.register_profile("always", _UNHURRIED, derandomize=True, max_examples=examples(50))
settings.register_profile("soak", _UNHURRIED, max_examples=examples(100))
settings.load_profile("soak" if SOAK else "always")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where nothing may be skipped (.ci/run), a skipped test is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("TELI_SKIP_NOTHING") and reporter and reporter.stats.get("skipped"):
        reporter.write_line("Tests were skipped, and here nothing may be.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
