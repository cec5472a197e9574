"""Keys in PEM for signatures, and the folder of keys that somebody trusts.

Signing is that of securesystemslib, which comes with the extra ``sign``. Whose a key is, is known
to whoever put it into the folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Callable, Optional

from lca_cardato.errors import CardatoError, InputError, shorten
from lca_cardato.files.extra import load
from lca_cardato.files.read import read_bytes
from lca_cardato.sentence import Sentence, say

MAX_BYTES = 1_000_000
MAKE = (
    "openssl genpkey -algorithm ed25519 -out key.pem; openssl pkey -in key.pem -pubout -out key.pub"
)


def library() -> Any:
    """Give securesystemslib.

    Raises
    ------
    MissingError
        ``E510``: the extra ``sign`` is missing.
    """
    what = say("signing")
    found = load("sign", "securesystemslib", what)
    for part in ("dsse", "signer", "exceptions"):
        load("sign", f"securesystemslib.{part}", what)
    load("sign", "cryptography.hazmat.primitives.serialization", what)
    return found


@dataclass(frozen=True)
class Pen:
    """What signs.

    Attributes
    ----------
    signer : securesystemslib.signer.CryptoSigner
    public : str
        Its public key in PEM.
    """

    signer: Any
    public: str

    @property
    def keyid(self) -> str:
        """Id of the key."""
        return str(self.signer.public_key.keyid)


def pen(path: Path, password: Optional[Callable[[], str]]) -> Pen:
    """Read a private key (PEM, PKCS 8).

    Raises
    ------
    InputError
        ``E510``: the extra ``sign`` is missing; ``E610``: it can't be used.
    """
    library()
    forms: Any = import_module("cryptography.hazmat.primitives.serialization")
    signers: Any = import_module("securesystemslib.signer")
    data = read_bytes(path, MAX_BYTES)
    try:
        try:
            private = forms.load_pem_private_key(data, None)
        except TypeError:  # protected by a password
            if password is None:
                raise ValueError(
                    say("it is protected by a password, and nobody can be asked")
                ) from None
            private = forms.load_pem_private_key(data, password().encode())
        made = signers.CryptoSigner(private)
        forms_ = (forms.Encoding.PEM, forms.PublicFormat.SubjectPublicKeyInfo)
        return Pen(made, private.public_key().public_bytes(*forms_).decode())
    except Exception as error:  # the libraries raise many kinds
        raise _no_key(
            path,
            say("no private key in PEM (PKCS 8)"),
            error,
            say("make one: {command}", command=MAKE),
        ) from None


def public(path: Path) -> Any:
    """Read a public key (PEM).

    Raises
    ------
    InputError
        ``E510``: the extra ``sign`` is missing; ``E610``: it can't be used.
    """
    library()
    data = read_bytes(path, MAX_BYTES)
    if b"PRIVATE KEY" in data:
        cure = f"openssl pkey -in {path} -pubout -out key.pub"
        raise _no_key(
            path,
            say("this is a private key; a signature is checked with the public one"),
            None,
            cure,
        )
    try:
        return public_of(data)
    except Exception as error:  # the libraries raise many kinds
        cure = "openssl pkey -in key.pem -pubout -out key.pub"
        raise _no_key(path, say("no public key in PEM"), error, cure) from None


def public_of(data: bytes) -> Any:
    """Give the public key of a text in PEM; whatever the libraries raise is the caller's."""
    forms: Any = import_module("cryptography.hazmat.primitives.serialization")
    signers: Any = import_module("securesystemslib.signer")
    return signers.SSlibKey.from_crypto(forms.load_pem_public_key(data))


def _no_key(path: Path, text: str, error: Optional[Exception], cure: str) -> CardatoError:
    if error is not None:
        text = say("{what} ({why})", what=text, why=_reason(error))
    return InputError.one("E610", text, file=str(path), suggestion=cure)


def _reason(error: Exception) -> str:
    first = error.args[0] if error.args else ""
    if isinstance(first, Sentence):
        return first
    return shorten(str(error) or type(error).__name__)
