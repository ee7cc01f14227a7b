"""The only home of cryptography: Ed25519 signatures of saved plans, with keys as openssl makes them.

A public key, and no shared secret: whoever applies can verify an approval without being able to give one.
"""

from __future__ import annotations

import base64
import binascii
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from teli_iac.errors import NotConfigured, UsageError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_MOST_BYTES = 16 * 1024
_MAKE_ONE = "Make a pair: openssl genpkey -algorithm ed25519 -out sign.key; chmod 600 sign.key;"
_PUBLIC_OF = "openssl pkey -in sign.key -pubout -out sign.pub"


def signer(path: Path) -> Callable[[bytes], str]:
    """Signs with the private key in a PEM file. NotConfigured when there is none, or others can read it."""
    key = _private_key(_read(path, private=True), path)
    return lambda signed: base64.b64encode(key.sign(signed)).decode()


def verifier(path: Path) -> Callable[[bytes, str], bool]:
    """Verifies with the public key in a PEM file. NotConfigured when it holds none."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  16 MB, paid for only by who signs

    key = _public_key(_read(path, private=False), path)

    def verify(signed: bytes, signature: str) -> bool:
        try:
            key.verify(base64.b64decode(signature, validate=True), signed)
        except (InvalidSignature, binascii.Error, ValueError):
            return False
        return True

    return verify


def _private_key(text: bytes, path: Path) -> Ed25519PrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415  as above
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415

    try:
        key = serialization.load_pem_private_key(text, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _no_key(path, "a private key without a passphrase", f"{_MAKE_ONE} {_PUBLIC_OF}") from error
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise _no_key(path, "an Ed25519 key", f"{_MAKE_ONE} {_PUBLIC_OF}")
    return key


def _public_key(text: bytes, path: Path) -> Ed25519PublicKey:
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415  as above
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415

    try:
        key = serialization.load_pem_public_key(text)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _no_key(path, "a public key", f"Take it from the private one: {_PUBLIC_OF}") from error
    if not isinstance(key, ed25519.Ed25519PublicKey):
        raise _no_key(path, "an Ed25519 key", f"{_MAKE_ONE} {_PUBLIC_OF}")
    return key


def _read(path: Path, *, private: bool) -> bytes:
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read(_MOST_BYTES)
    except OSError as error:
        said = (error.strerror or "unknown reason").lower()
        raise UsageError(f"The key file {path} cannot be read: {said}.", "Check its path.") from error
    if private and os.name == "posix" and mode & _OTHERS:
        raise NotConfigured(
            f"The key file {path} can be read or written by other users of this machine, who could approve"
            " plans with it.",
            f"Run: chmod 600 '{path}'",
        )
    return text


def _no_key(path: Path, what: str, next_step: str) -> NotConfigured:
    return NotConfigured(f"The key file {path} does not hold {what} in PEM form.", next_step)
