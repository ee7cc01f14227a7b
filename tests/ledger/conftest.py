"""Every backend of the registry, each in a fresh place."""

from __future__ import annotations

from pathlib import Path

import pytest

from teli_iac.ledger import BACKENDS, Backend, open_ledger


@pytest.fixture(params=sorted(BACKENDS))
def place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def ledger(place: str, tmp_path: Path) -> Backend:
    return open_ledger(place, str(tmp_path))
