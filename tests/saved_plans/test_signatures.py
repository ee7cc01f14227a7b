"""A required signature is that of one key over the whole plan, and nothing else passes for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from teli_iac.errors import ExitCode, NotConfigured, PlanStale, PlanUnsigned, UsageError
from teli_iac.model import Sentence
from tests.promise.practice import Practice
from tests.saved_plans.approving import apply_saved, edit, save
from tests.second_teli import SecondTeli

PEM = serialization.Encoding.PEM


class Pair:
    """A private key and its public one, in files as openssl writes them."""

    def __init__(self, folder: Path, name: str) -> None:
        self.private, self.public = folder / f"{name}.key", folder / f"{name}.pub"
        key = ed25519.Ed25519PrivateKey.generate()
        self.private.touch(0o600)
        self.private.write_bytes(_private(key))
        public = serialization.PublicFormat.SubjectPublicKeyInfo
        self.public.write_bytes(key.public_key().public_bytes(PEM, public))


def _private(key: ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey, passphrase: bytes = b"") -> bytes:
    encryption: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase:
        encryption = serialization.BestAvailableEncryption(passphrase)
    return key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, encryption)


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path, "sign")


def test_a_plan_that_is_signed_as_required_is_applied(practice: Practice, pair: Pair) -> None:
    file = save(practice, sign_key=pair.private)
    assert apply_saved(practice, file, signed_by=pair.public).sentences == [Sentence.LAUNCHED]


def test_an_unsigned_plan_is_refused(practice: Practice, pair: Pair, teli: SecondTeli) -> None:
    file = save(practice)
    teli.log.clear()
    with pytest.raises(PlanUnsigned, match="is not signed; nothing was sent") as refused:
        apply_saved(practice, file, signed_by=pair.public)
    assert refused.value.exit_code == ExitCode.STALE
    assert not teli.log


def test_a_plan_that_somebody_else_signed_is_refused(practice: Practice, pair: Pair, tmp_path: Path) -> None:
    file = save(practice, sign_key=Pair(tmp_path, "mallory").private)
    with pytest.raises(PlanUnsigned, match="not signed with the required key"):
        apply_saved(practice, file, signed_by=pair.public)


@pytest.mark.parametrize(
    "change",
    [
        {"saved_plan": {"allowed": {"live_deletes": 5}}},
        {"saved_plan": {"expires_at": "2099-01-01T00:00:00Z"}},
        {"saved_plan": {"nonce": "f" * 32}},
    ],
    ids=str,
)
def test_what_was_changed_after_it_was_signed_is_refused_however_well_it_is_sealed(
    change: dict[str, object], practice: Practice, pair: Pair
) -> None:
    file = save(practice, sign_key=pair.private)
    edit(file, change, resealed=True)
    with pytest.raises(PlanUnsigned, match="was changed after it was signed"):
        apply_saved(practice, file, signed_by=pair.public)


def test_a_careless_edit_of_a_signed_plan_is_refused(practice: Practice, pair: Pair) -> None:
    file = save(practice, sign_key=pair.private)
    edit(file, {"unmanaged": 7})
    with pytest.raises(PlanStale, match="was edited"):
        apply_saved(practice, file, signed_by=pair.public)


@pytest.mark.parametrize("signature", ["", "AAAA", "not base64 at all", "A" * 88, "é"])
def test_what_is_no_signature_is_none(signature: str, practice: Practice, pair: Pair) -> None:
    file = save(practice, sign_key=pair.private)
    edit(file, {"signature": signature})
    with pytest.raises(PlanUnsigned):
        apply_saved(practice, file, signed_by=pair.public)


def test_the_signature_of_another_plan_is_none_of_this(practice: Practice, pair: Pair) -> None:
    other = json.loads(save(practice, sign_key=pair.private, nonce="f" * 32).read_text())
    file = save(practice, sign_key=pair.private)
    edit(file, {"signature": other["signature"]})
    with pytest.raises(PlanUnsigned):
        apply_saved(practice, file, signed_by=pair.public)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_that_others_can_read_signs_nothing(
    mode: int, practice: Practice, pair: Pair, teli: SecondTeli
) -> None:
    pair.private.chmod(mode)
    with pytest.raises(NotConfigured, match="other users") as refused:
        save(practice, sign_key=pair.private)
    assert "chmod 600" in refused.value.next_step
    assert not teli.log
    assert not (practice.folder / "saved.plan").exists()


@pytest.mark.parametrize(
    "held", [b"", b"secret", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_a_file_without_a_key_is_said_to_have_none(held: bytes, practice: Practice, pair: Pair) -> None:
    file = save(practice, sign_key=pair.private)
    for key in (pair.private, pair.public):
        key.write_bytes(held)
    with pytest.raises(NotConfigured, match="does not hold a private key"):
        save(practice, sign_key=pair.private)
    with pytest.raises(NotConfigured, match="does not hold a public key"):
        apply_saved(practice, file, signed_by=pair.public)


def test_a_private_key_is_not_taken_for_a_public_one(practice: Practice, pair: Pair) -> None:
    file = save(practice, sign_key=pair.private)
    with pytest.raises(NotConfigured, match="does not hold a public key") as refused:
        apply_saved(practice, file, signed_by=pair.private)
    assert "-pubout" in refused.value.next_step


def test_a_key_of_another_kind_or_under_a_passphrase_is_refused(practice: Practice, pair: Pair) -> None:
    pair.private.write_bytes(_private(rsa.generate_private_key(65537, 2048)))
    with pytest.raises(NotConfigured, match="an Ed25519 key"):
        save(practice, sign_key=pair.private)
    pair.private.write_bytes(_private(ed25519.Ed25519PrivateKey.generate(), b"secret"))
    with pytest.raises(NotConfigured, match="without a passphrase"):
        save(practice, sign_key=pair.private)


def test_a_key_file_that_is_not_there_is_named(practice: Practice, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.key cannot be read"):
        save(practice, sign_key=tmp_path / "nowhere.key")
