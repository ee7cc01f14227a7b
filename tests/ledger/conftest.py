"""Every backend of the registry, each in a fresh place."""

from __future__ import annotations

from pathlib import Path

import pytest

from teli_iac.ledger import BACKENDS, Backend
from tests.ledger.sites import SITES, Site


@pytest.fixture(params=sorted(BACKENDS))
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def site(scheme: str, tmp_path: Path) -> Site:
    return SITES[scheme](tmp_path)


@pytest.fixture
def ledger(site: Site) -> Backend:
    return site.open()
