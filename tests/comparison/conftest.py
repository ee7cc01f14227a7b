from pathlib import Path

import pytest

from tests.comparison.repository import repository


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone with one campaign of three people, a pool and a policy, all committed."""
    folder = tmp_path / "clone"
    folder.mkdir()
    return repository(folder)
