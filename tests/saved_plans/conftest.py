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
    """A project that wants to call three people."""
    project = Practice(tmp_path / "acme", teli.url)
    project.want(fall=Wanted((0, 1, 2)))
    return project
