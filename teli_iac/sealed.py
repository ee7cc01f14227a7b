"""What this machine remembers for a plan, in files that only who has the ledger's key could have written.

A memory may be thrown away at any time, and nobody is launched by one. Whoever can write its folder, as a job
on another branch that shares a pipeline's cache can, must not make a plan say what manifests and ledger do
not: it is sealed under the ledger's key, which never lies beside it, and nothing of it is looked at before
the seal is found whole. Who has the key could write the ledger itself.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from teli_iac.model import LedgerKey

_PURPOSE = b"teli memory"
_SEAL_BYTES = 32


@dataclass(frozen=True, slots=True)
class SealedFile:
    """One memory; `about` is all that has to be the same for it to be believed."""

    file: Path
    key: LedgerKey
    about: str

    def read(self) -> bytes | None:
        """What was written there under this key about the same; None for anything else, a half included."""
        try:
            kept = self.file.read_bytes()
        except OSError:
            return None
        seal, body = kept[:_SEAL_BYTES], kept[_SEAL_BYTES:]
        return body if hmac.compare_digest(seal, self._seal(body)) else None

    def write(self, body: bytes) -> None:
        """Put this in its place, whole or not at all, for this user alone; nothing where that cannot be."""
        with suppress(OSError):
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor, path = tempfile.mkstemp(dir=self.file.parent)
            fresh = Path(path)
            try:
                with os.fdopen(descriptor, "wb") as out:
                    out.write(self._seal(body) + body)
                fresh.replace(self.file)
            except OSError:
                fresh.unlink(missing_ok=True)

    def _seal(self, body: bytes) -> bytes:
        about = hashlib.blake2b(self.about.encode()).digest()
        return _keyed(self.key, about + self.file.name.encode() + b"\n" + body)


def sealed_file(folder: Path, key: LedgerKey, name: str, about: str) -> SealedFile:
    """The memory of this `name` in the folder; from what it is called nobody learns the name."""
    return SealedFile(folder / _keyed(key, name.encode()).hex(), key, about)


def _keyed(key: LedgerKey, data: bytes) -> bytes:
    return hashlib.blake2b(data, key=key.secret, person=_PURPOSE, digest_size=_SEAL_BYTES).digest()
