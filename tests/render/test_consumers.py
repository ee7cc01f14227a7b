"""Policy tools that others made for Terraform judge our plans by the policies in examples/policies/.

They pin much, so they live in an environment of their own: `make consumers` makes it. Without it these tests
are skipped and say so.
"""

import json
import subprocess
from pathlib import Path

import pytest

from teli_iac.render.terraform import render_terraform
from tests.render.plans import PLANS

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / "build" / "consumers" / "bin"
POLICIES = ROOT / "examples" / "policies"
NOBODY_AGAIN = "CKV2_TELI_1"

pytestmark = pytest.mark.skipif(
    not (TOOLS / "checkov").exists(), reason="`make consumers` installs terraform-compliance and checkov"
)


def judge(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  a tool that make installed
        [str(TOOLS / words[0]), *words[1:]],
        cwd=folder,
        env={"HOME": str(folder), "PATH": f"{TOOLS}:/usr/bin:/bin", "LOG_LEVEL": "CRITICAL"},
        capture_output=True,
        check=False,
        timeout=240,
        text=True,
    )


@pytest.fixture
def written(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The plan that the test names, as a file."""
    shown = PLANS[request.param]()
    file = tmp_path / "tfplan.json"
    file.write_text(render_terraform(shown.plan, shown.refusals), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("written", "code", "said"),
    [("launch", 0, "2 scenarios (2 passed)"), ("rerun", 1, "2 scenarios (1 passed, 1 failed)")],
    indirect=["written"],
    ids=["first calls pass", "calls to the same people fail"],
)
def test_terraform_compliance_judges_a_plan(written: Path, code: int, said: str) -> None:
    policy = POLICIES / "terraform-compliance"
    done = judge(written.parent, "terraform-compliance", "-f", str(policy), "-p", str(written), "--no-ansi")
    assert (done.returncode, said in done.stdout) == (code, True), done.stdout + done.stderr


@pytest.mark.parametrize(
    ("written", "code", "judged"),
    [("launch", 0, (1, 0)), ("rerun", 1, (0, 1)), ("mixed", 0, (7, 0))],
    indirect=["written"],
    ids=["first calls pass", "calls to the same people fail", "a plan of every action is read whole"],
)
def test_checkov_judges_a_plan(written: Path, code: int, judged: tuple[int, int]) -> None:
    policy = POLICIES / "checkov"
    ours = ("--external-checks-dir", str(policy), "--check", NOBODY_AGAIN)
    quiet = ("--framework", "terraform_plan", "--skip-download", "-o", "json", "--compact")
    done = judge(written.parent, "checkov", "-f", str(written), *ours, *quiet)
    assert done.returncode == code, done.stdout + done.stderr
    summary = json.loads(done.stdout)["summary"]
    assert (summary["passed"], summary["failed"]) == judged
    assert summary["parsing_errors"] == 0
