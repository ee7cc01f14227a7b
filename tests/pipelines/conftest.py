from collections.abc import Iterator
from pathlib import Path

import pytest

from teli_iac.author import write_first_project
from tests.pipelines.github import Comments, github


@pytest.fixture
def comments() -> Iterator[Comments]:
    with github(Comments()) as served:
        yield served


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The first project, as it lies in a runner's workspace."""
    folder = tmp_path / "workspace"
    folder.mkdir()
    write_first_project(folder)
    return folder
