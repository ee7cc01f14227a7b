"""Fresh places for a ledger of every backend, with the means to look behind its back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from teli_iac.ledger import Backend, open_ledger
from tests.ledger import objects
from tests.ledger.postgresql import fresh_place, rows, server
from tests.ledger.repositories import clone, git, make_bare
from tests.ledger.worlds import ACCOUNT


@dataclass(frozen=True, slots=True)
class Site:
    """A place, and a project's folder to use it from.

    `clone` is the folder of the n-th machine that uses the same ledger. `snapshot` changes with any write;
    `kept` is all that is stored, in readable form.
    """

    place: str
    folder: Path
    clone: Callable[[int], Path]
    snapshot: Callable[[], object]
    kept: Callable[[], bytes]

    def open(self) -> Backend:
        return open_ledger(self.place, str(self.folder), ACCOUNT.project)


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    found = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


def _of_files(place: str, folder: Path, stored: Path) -> Site:
    return Site(
        place=place,
        folder=folder,
        clone=lambda _: folder,
        snapshot=lambda: files(stored),
        kept=lambda: b"".join(content for content, _ in files(stored).values()),
    )


def _local(fresh: Path) -> Site:
    return _of_files("local", fresh, fresh)


def _file(fresh: Path) -> Site:
    volume = fresh / "a volume"
    volume.mkdir()
    return _of_files(volume.as_uri(), fresh / "checkout", fresh)


def _git(fresh: Path) -> Site:
    bare = make_bare(fresh / "remote.git")
    return Site(
        place="git",
        folder=clone(bare, fresh / "clone"),
        clone=lambda number: clone(bare, fresh / f"clone {number}"),
        snapshot=lambda: files(fresh),
        kept=lambda: git(bare, "cat-file", "--batch", "--batch-all-objects"),
    )


def _postgresql(fresh: Path) -> Site:
    place = fresh_place(server())
    return Site(
        place=place,
        folder=fresh,
        clone=lambda _: fresh,
        snapshot=lambda: rows(place),
        kept=lambda: repr(rows(place)).encode(),
    )


def _objects(scheme: str) -> Callable[[Path], Site]:
    def site(fresh: Path) -> Site:
        prefix = objects.fresh_prefix()
        return Site(
            place=objects.place_of(scheme, objects.endpoint(scheme), prefix),
            folder=fresh,
            clone=lambda _: fresh,
            snapshot=lambda: objects.stamps(scheme, prefix),
            kept=lambda: b"".join(objects.stored(scheme, prefix).values()),
        )

    return site


SITES: dict[str, Callable[[Path], Site]] = {
    "local": _local,
    "file": _file,
    "git": _git,
    "postgresql": _postgresql,
    "s3": _objects("s3"),
    "gs": _objects("gs"),
    "az": _objects("az"),
}
