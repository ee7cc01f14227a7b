"""A runner of GitHub and GitHub's API for comments, on this machine: what the action meets from outside."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.pipelines.judges import ROOT

STEP = 'cd "$GITHUB_ACTION_PATH" && exec python3 -m action'
BASH = shutil.which("bash") or "bash"
BOT = "github-actions[bot]"


@dataclass
class Comments:
    """The comments of pull request 7, and the address of the API that keeps them."""

    api: str = ""
    kept: list[dict[str, Any]] = field(default_factory=list)
    may_write: bool = True
    asked: list[str] = field(default_factory=list)

    def add(self, author: str, body: str) -> None:
        self.kept.append({"id": len(self.kept) + 1, "user": {"login": author}, "body": body})


@contextmanager
def github(comments: Comments) -> Iterator[Comments]:
    """Serve them on a free port of loopback."""

    class Api(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            comments.asked.append(f"GET {self.path}")
            if self.path == "/user":
                return self._answer(403, {"message": "Resource not accessible by integration"})
            found = re.fullmatch(r"/repos/acme/calls/issues/7/comments\?per_page=100&page=(\d+)", self.path)
            assert found, self.path
            start = (int(found[1]) - 1) * 100
            return self._answer(200, comments.kept[start : start + 100])

        def do_POST(self) -> None:
            assert self.path == "/repos/acme/calls/issues/7/comments"
            self._write(lambda body: comments.add(BOT, body))

        def do_PATCH(self) -> None:
            number = int(self.path.removeprefix("/repos/acme/calls/issues/comments/"))
            self._write(lambda body: comments.kept[number - 1].update(body=body))

        def _write(self, act: Any) -> None:
            comments.asked.append(f"{self.command} {self.path}")
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]
            assert self.headers["Authorization"] == "Bearer job-token"
            if not comments.may_write:
                return self._answer(403, {"message": "Resource not accessible by integration"})
            act(body)
            return self._answer(201 if self.command == "POST" else 200, {})

        def _answer(self, code: int, body: object) -> None:
            self.send_response(code)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, format: str, *_: object) -> None:  # noqa: A002  its parent's name
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Api) as server:
        comments.api = f"http://127.0.0.1:{server.server_port}"
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        try:
            yield comments
        finally:
            server.shutdown()
            serving.join()


@dataclass(frozen=True)
class Step:
    """How a step ended."""

    code: int
    log: str
    outputs: Mapping[str, str]
    summary: str


def run_action(workspace: Path, runner: Path, comments: Comments | None = None, **inputs: str) -> Step:
    """Run the last step of action.yml as a runner does: its own command, in bash."""
    runner.mkdir(exist_ok=True)
    event, output, summary = runner / "event.json", runner / "output", runner / "summary.md"
    pull_request = {"number": 7, "head": {"sha": "feedface" * 5}}
    event.write_text(json.dumps({"pull_request": pull_request} if comments else {}), encoding="utf-8")
    output.write_text("", encoding="utf-8")
    summary.write_text("", encoding="utf-8")
    program = runner / "bin"
    program.mkdir(exist_ok=True)
    (program / "teli-iac").write_text(
        f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m teli_iac "$@"\n', encoding="utf-8"
    )
    (program / "teli-iac").chmod(0o755)
    (program / "python3").unlink(missing_ok=True)
    (program / "python3").symlink_to(sys.executable)
    given = {
        "COMMAND": "plan", "WORKING_DIRECTORY": ".", "ARGUMENTS": "", "BASE": "", "PLAN_FILE": "",
        "EXPECT_DIGEST": "", "COMMENT": "true", "GITHUB_TOKEN": "job-token", "INSTALL": "false",
    } | inputs  # fmt: skip
    done = subprocess.run(  # noqa: S603  the step's own command
        [BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", STEP],
        env={
            "PATH": f"{program}:{os.environ['PATH']}",
            "HOME": str(runner),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_WORKSPACE": str(workspace),
            "GITHUB_REPOSITORY": "acme/calls",
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_API_URL": comments.api if comments else "",
            "GITHUB_RUN_ID": "42",
            "GITHUB_SHA": "c0ffee00" * 5,
            "GITHUB_BASE_REF": "main",
            "GITHUB_EVENT_PATH": str(event),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(summary),
            "RUNNER_TEMP": str(runner),
            "TELI_API_KEY": "test-key",
            "TELI_LEDGER_KEY": "ab" * 32,
            **{f"INPUT_{name}": value for name, value in given.items()},
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
        text=True,
    )
    return Step(done.returncode, done.stdout + done.stderr, read_outputs(output), summary.read_text("utf-8"))


def read_outputs(file: Path) -> dict[str, str]:
    """Read the file of outputs as the runner reads it: values between a delimiter and its repetition."""
    found, lines = {}, iter(file.read_text(encoding="utf-8").splitlines())
    for line in lines:
        name, _, delimiter = line.partition("<<")
        value = []
        for each in lines:
            if each == delimiter:
                break
            value.append(each)
        found[name] = "\n".join(value)
    return found
