"""One comment for each project and pull request, written over and never added to.

It is found by its first line, which nobody sees, and by its author: a stranger who writes the same line gets
nothing. Where the token may not comment, as in the pull request of a fork, that is said, and nothing fails.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from action.commands import Done
from action.inputs import Inputs, PullRequest

_PAGE = 100
_PATIENCE = 30
_WORKFLOWS = "github-actions[bot]"
_OURS = {"plan": "<!-- teli-iac plan ", "review": "<!-- teli-iac diff "}
"""How the first line of a comment begins, by the command that keeps it."""


@dataclass(frozen=True, slots=True)
class _Comment:
    address: str
    marker: str


def tell_pull_request(inputs: Inputs, done: Done) -> None:
    """Write the comment, or say in the log why there is none."""
    if inputs.pull_request is None or inputs.command == "apply":
        return
    try:
        _write(inputs.pull_request, done, inputs)
    except urllib.error.HTTPError as refused:
        told = f"No comment: the token may not write one (HTTP {refused.code}). The step's summary has it."
        print(told)
    except (OSError, ValueError) as fault:
        print(f"No comment: GitHub could not be asked ({type(fault).__name__}). The step's summary has it.")


def _write(pull_request: PullRequest, done: Done, inputs: Inputs) -> None:
    mine = list(_mine(pull_request))
    body = f"{done.comment or done.summary}\n{inputs.about}\n"
    if not done.comment:
        # Which project it is may not be known then: an old comment must not look as if it were still true.
        outdated = [each for each in mine if each.marker.startswith(_OURS[inputs.command])]
        if len(outdated) == 1:
            _ask(pull_request, "PATCH", outdated[0].address, f"{outdated[0].marker}\n{body}")
        return
    marker = body.partition("\n")[0]
    same = [each for each in mine if each.marker == marker]
    if same:
        _ask(pull_request, "PATCH", same[0].address, body)
    else:
        _ask(pull_request, "POST", _all(pull_request), body)


def _mine(pull_request: PullRequest) -> Iterator[_Comment]:
    author = _author(pull_request)
    page, more = 1, True
    while more:
        comments = _ask(pull_request, "GET", f"{_all(pull_request)}?per_page={_PAGE}&page={page}")
        page, more = page + 1, len(comments) == _PAGE
        for each in comments:
            if (each.get("user") or {}).get("login") == author:
                first_line = each["body"].partition("\n")[0].strip()
                yield _Comment(f"/repos/{pull_request.repository}/issues/comments/{each['id']}", first_line)


def _author(pull_request: PullRequest) -> str:
    """A workflow's own token may not ask who it is."""
    try:
        return str(_ask(pull_request, "GET", "/user")["login"])
    except urllib.error.HTTPError:
        return _WORKFLOWS


def _all(pull_request: PullRequest) -> str:
    return f"/repos/{pull_request.repository}/issues/{pull_request.number}/comments"


def _ask(pull_request: PullRequest, method: str, path: str, body: str | None = None) -> Any:
    request = urllib.request.Request(  # noqa: S310  the runner names the address
        f"{pull_request.api}{path}",
        method=method,
        data=None if body is None else json.dumps({"body": body}).encode(),
        headers={
            "Authorization": f"Bearer {pull_request.token}",
            "Accept": "application/vnd.github+json",
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request, timeout=_PATIENCE) as reply:  # noqa: S310  the same
        return json.load(reply)
