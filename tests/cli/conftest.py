from pathlib import Path

import pytest

from teli_iac.author import write_first_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with the first project, which is planned for the embedded Teli."""
    folder = tmp_path / "acme"
    folder.mkdir()
    write_first_project(folder)
    return folder
