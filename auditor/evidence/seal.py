"""Who made a case and when: an Ed25519 signature and an RFC 3161 time stamp over its manifest.

Both are files that openssl checks too:

    openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in manifest.json -sigfile manifest.json.sig
    openssl ts -verify -data manifest.json -in manifest.json.tsr -CAfile tsa-root.pem
"""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.errors import OutputError, UsageError
from auditor.evidence.manifest import PUBLIC_KEY, SIGNATURE, TIME_STAMP

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
    from cryptography.x509 import Certificate

_TIMEOUT = 30.0
_LONGEST_TOKEN = 1_000_000


class SealError(Exception):
    """A signature or time stamp does not hold."""


class Sealer:
    """Signs and stamps, as far as it was told to.

    Raises:
        UsageError: the key file cannot be used.
    """

    def __init__(self, key: Path | None = None, tsa: str | None = None) -> None:
        self._key = _private_key(key) if key else None
        self._tsa = tsa
        if tsa and not tsa.startswith(("http://", "https://")):
            raise UsageError(f"--tsa: expected the http or https address of a time-stamping authority, got {tsa!r}")

    def signature(self, manifest: bytes) -> dict[str, bytes]:
        """The files of the signature, none without a key."""
        if not self._key:
            return {}
        return {SIGNATURE: self._key.sign(manifest), PUBLIC_KEY: _pem(self._key.public_key())}

    def time_stamp(self, manifest: bytes) -> dict[str, bytes]:
        """The file of the time stamp, none without an authority.

        Raises:
            OutputError: the authority gives none.
        """
        return {TIME_STAMP: _time_stamp(manifest, self._tsa)} if self._tsa else {}


def check_signature(manifest: bytes, signature: bytes, public_key: bytes, trusted: Path | None) -> str:
    """The fingerprint of the key that signed `manifest`.

    Raises:
        SealError: the signature is of other content or of another key than the trusted one.
        UsageError: the file of the trusted key cannot be used.
    """
    from cryptography.exceptions import InvalidSignature

    stated = _public_key(public_key)
    if stated is None:
        raise SealError("its public key is no Ed25519 key in PEM form")
    expected = _trusted_key(trusted) if trusted else stated
    try:
        expected.verify(signature, manifest)
    except InvalidSignature as error:
        raise SealError("the signature is not of this manifest by this key") from error
    if _pem(stated) != public_key or _pem(expected) != public_key:
        raise SealError("the public key in the case is not the one that signed")
    return key_fingerprint(expected)


def key_fingerprint(key: Ed25519PublicKey) -> str:
    """What a person compares: the SHA-256 of the key itself."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()


def check_time_stamp(manifest: bytes, token: bytes, roots: Path | None) -> tuple[dt.datetime, bool]:
    """The time that an authority states for `manifest`, and whether the authority was checked against `roots`.

    Raises:
        SealError: the time stamp is of other content, or not by an authority that the roots vouch for.
        UsageError: the file of the roots cannot be used.
    """
    from rfc3161_client import VerificationError, decode_timestamp_response
    from rfc3161_client.verify import VerifierBuilder

    try:
        answer = decode_timestamp_response(token)
        moment = answer.tst_info.gen_time
        imprint = answer.tst_info.message_imprint.message
    except ValueError as error:
        raise SealError("the time stamp is not one of RFC 3161") from error
    if imprint != hashlib.sha256(manifest).digest():
        raise SealError("the time stamp is of other content")
    if roots is None:
        return moment, False
    builder = VerifierBuilder()
    for certificate in _certificates(roots):
        builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify_message(answer, manifest)
    except VerificationError as error:
        raise SealError(f"the time stamp does not hold: {error}") from error
    return moment, True


def _time_stamp(manifest: bytes, tsa: str) -> bytes:
    import requests
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, decode_timestamp_response

    asked = TimestampRequestBuilder().data(manifest).hash_algorithm(HashAlgorithm.SHA256).build()
    try:
        answer = requests.post(
            tsa, data=asked.as_bytes(), headers={"Content-Type": "application/timestamp-query"}, timeout=_TIMEOUT
        )
        answer.raise_for_status()
        token = answer.content[:_LONGEST_TOKEN]
        stamped = decode_timestamp_response(token)
        if stamped.status or stamped.tst_info.nonce != asked.nonce:
            raise ValueError("it refused, or answered another request")
        check_time_stamp(manifest, token, None)
    except (requests.RequestException, ValueError, SealError) as error:
        raise OutputError(f"no time stamp from {tsa}: {error}") from error
    return token


def _private_key(path: Path) -> Ed25519PrivateKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except OSError as error:
        raise UsageError(f"--sign-key: {path}: {error.strerror or error}") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UsageError(f"--sign-key: {path}: no unencrypted private key in PEM form") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise UsageError(f"--sign-key: {path}: not an Ed25519 key (openssl genpkey -algorithm ed25519 makes one)")
    return key


def _trusted_key(path: Path) -> Ed25519PublicKey:
    try:
        key = _public_key(path.read_bytes())
    except OSError as error:
        raise UsageError(f"--key: {path}: {error.strerror or error}") from error
    if key is None:
        raise UsageError(f"--key: {path}: no Ed25519 public key in PEM form")
    return key


def _public_key(pem: bytes) -> Ed25519PublicKey | None:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


def _pem(key: Ed25519PublicKey) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _certificates(path: Path) -> list[Certificate]:
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(path.read_bytes())
    except OSError as error:
        raise UsageError(f"--tsa-root: {path}: {error.strerror or error}") from error
    except ValueError as error:
        raise UsageError(f"--tsa-root: {path}: no certificates in PEM form") from error
