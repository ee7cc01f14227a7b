from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.promise.practice import Practice, Wanted
from tests.second_teli import SecondTeli


@pytest.fixture
def teli() -> Iterator[SecondTeli]:
    with SecondTeli() as service:
        yield service


@pytest.fixture
def practice(tmp_path: Path, teli: SecondTeli) -> Practice:
    """A project that wants two campaigns, one with a named person."""
    project = Practice(tmp_path / "acme", teli.url)
    project.want(fall=Wanted((0, 1, 2), names={0: "Ann-Christin"}), spring=Wanted((10, 11)))
    return project
