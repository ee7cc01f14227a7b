"""Compare a clone with a revision of its own, as `diff` does."""

from __future__ import annotations

from pathlib import Path

from teli_iac.model.comparison import Comparison
from teli_iac.reviewing import compare_with_revision
from teli_iac.settings import Invocation


def compare(clone: Path, *paths: str, revision: str = "HEAD") -> Comparison:
    """The working tree since the revision."""
    asked = Invocation(
        cwd=clone,
        project_file=None,
        paths=paths or (".",),
        environment={},
        config_folder=clone,
        interactive=False,
        verbose=False,
    )
    return compare_with_revision(asked, revision)
