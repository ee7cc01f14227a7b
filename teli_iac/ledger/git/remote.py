"""One ref of a remote: look at it, fetch it, move it if it is still where we saw it.

All objects live in a repository of our own in the folder for temporary files. Nothing of the user's
repository is written: no index, no branch, no object; only its settings are read, to reach the remote.
"""

from __future__ import annotations

import shutil
import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import mkdtemp

from teli_iac.errors import LedgerError
from teli_iac.git_program import Ran, run_git
from teli_iac.ledger.git import faults
from teli_iac.ledger.git.address import Address

_LOCAL = 120.0
_REMOTE = 120.0
"""Seconds until git is stopped: alone, and when it talks to a remote."""

_TIP = "refs/ledger/tip"
_REACHING = (
    "http.",
    "credential.",
    "ssh.",
    "protocol.",
    "safe.",
    "core.sshcommand",
    "core.askpass",
    "core.gitproxy",
)
_LISTS = (".extraheader", ".helper", ".curloptresolve")


class Remote:
    """The ledger's ref, seen from the repository that `folder` belongs to."""

    def __init__(self, address: Address, folder: Path) -> None:
        self.address = address
        self._folder = folder
        self._url = ""
        self._environment: Mapping[str, str] = {}

    def look(self) -> str | None:
        """The commit at the ref, or None when there is no such ref. LedgerError when nobody can say."""
        ran = self._ask("ls-remote", "--quiet", "--", self._opened(), self.address.ref)
        if ran.code != 0:
            raise faults.unreachable(self.address, ran)
        lines = [line.split("\t") for line in ran.output.decode().splitlines()]
        return next((commit for commit, ref in lines if ref == self.address.ref), None)

    def fetch(self, known: str | None) -> str:
        """Bring what is at the ref here, and its commit; only what is new since the commit that is known."""
        depth = () if known else ("--depth=1",)
        options = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", *depth)
        ran = self._ask("fetch", *options, "--", self._opened(), f"+{self.address.ref}:{_TIP}")
        if ran.code != 0:
            raise faults.unreachable(self.address, ran)
        return self.work("rev-parse", "--verify", f"{_TIP}^{{commit}}").decode().strip()

    def move(self, before: str | None, after: str) -> bool:
        """Move the ref from the commit `before` (None: make it) to `after`; False when it is elsewhere.

        What became of a push is never taken from its words: when it failed, the ref is looked at. LedgerError
        when the remote takes no writes, or when nobody can say.
        """
        lease = f"--force-with-lease={self.address.ref}:{before or ''}"
        push = ("push", "--quiet", "--no-verify", lease, "--", self._opened(), f"{after}:{self.address.ref}")
        ran = self._ask(*push)
        if ran.code == 0:
            return True
        try:
            now = self.look()
            arrived = now is not None and (now == after or self._contains(after))
        except LedgerError as error:
            raise faults.unknown(self.address, ran) from error
        if now == before:
            raise faults.unwritable(self.address, ran)
        return arrived

    def work(self, *arguments: str, given: bytes = b"") -> bytes:
        """What git answers in our own repository, without the remote."""
        self._opened()
        ran = run_git(arguments, self._folder, self._environment, within=_LOCAL, given=given)
        if ran.code != 0:
            raise faults.unusable(ran)
        return ran.output

    def _ask(self, *arguments: str) -> Ran:
        return run_git(arguments, self._folder, self._environment, within=_REMOTE)

    def _contains(self, commit: str) -> bool:
        """Whether somebody went on from this commit: then it did arrive."""
        ancestry = ("merge-base", "--is-ancestor", commit, self.fetch(commit))
        return run_git(ancestry, self._folder, self._environment, within=_LOCAL).code == 0

    def _opened(self) -> str:
        """The remote's address; the first use reads the settings and makes the scratch repository."""
        if not self._url:
            objects, top = _repository(self._folder)
            self._folder = top
            url = _push_url(self.address, top)
            scratch = Path(mkdtemp(prefix="teli-iac-"))
            weakref.finalize(self, shutil.rmtree, scratch, ignore_errors=True)
            init = ("init", "--quiet", "--bare", "--template=", f"--object-format={objects}", str(scratch))
            ran = run_git(init, top, {}, within=_LOCAL)
            if ran.code != 0:
                raise faults.unusable(ran)
            self._environment = {"GIT_DIR": str(scratch), **_settings(top)}
            self._url = url
        return self._url


def _repository(folder: Path) -> tuple[str, Path]:
    """The format of objects, and the top of the work tree, which relative addresses start from."""
    ran = run_git(("rev-parse", "--show-object-format", "--show-toplevel"), folder, {}, within=_LOCAL)
    if ran.code != 0:
        raise faults.no_repository(ran)
    objects, top = ran.output.decode().split("\n", 1)
    return objects, Path(top.removesuffix("\n"))


def _push_url(address: Address, top: Path) -> str:
    """Where pushes go. Reads go there as well: a mirror that lags behind would hide who was called."""
    ran = run_git(("remote", "get-url", "--push", "--all", "--", address.remote), top, {}, within=_LOCAL)
    urls = ran.output.decode().splitlines()
    if ran.code != 0 or len(urls) != 1:
        raise faults.no_remote(address)
    return urls[0]


def _settings(top: Path) -> dict[str, str]:
    """The settings that decide how remotes are reached, for another repository: proxies, keys, credentials.

    They go through the environment, since a token may be among them and an argv is seen by others. Lists
    are emptied first, or git would add them to those of the user and the machine.
    """
    ran = run_git(("config", "--list", "-z"), top, {}, within=_LOCAL)
    pairs = list(_reaching(ran.output.decode("utf-8", errors="surrogateescape").split("\0")))
    variables = {"GIT_CONFIG_COUNT": str(len(pairs))}
    for number, (name, value) in enumerate(pairs):
        variables |= {f"GIT_CONFIG_KEY_{number}": name, f"GIT_CONFIG_VALUE_{number}": value}
    return variables


def _reaching(entries: list[str]) -> Iterator[tuple[str, str]]:
    emptied: set[str] = set()
    for entry in entries:
        name, found, value = entry.partition("\n")
        if not name.lower().startswith(_REACHING):
            continue
        if name.lower().endswith(_LISTS) and name not in emptied:
            emptied.add(name)
            yield name, ""
        yield name, value if found else "true"
