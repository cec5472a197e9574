"""Sign a run folder, and check a signature: in-toto statements in DSSE envelopes.

The signing itself is that of securesystemslib, which comes with the extra ``sign``. Whose a key is,
whether it is still good and where it came from is not known here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable, Optional

from lca_cardato.audit.attestation import PROVENANCE, STATEMENT
from lca_cardato.audit.compare import told
from lca_cardato.audit.files import below
from lca_cardato.audit.layout import ATTESTATION
from lca_cardato.audit.read import UNSHAPED, parse, read_file, read_json, shaped
from lca_cardato.audit.stored import Pages
from lca_cardato.audit.verify import require_sound
from lca_cardato.errors import CardatoError, DiskError, IntegrityError, shorten
from lca_cardato.files.atomic import sha256, write_file
from lca_cardato.files.read import read_bytes
from lca_cardato.files.runs import outside_runs
from lca_cardato.lots.keys import library as library_of
from lca_cardato.lots.keys import pen as pen_of
from lca_cardato.lots.keys import public
from lca_cardato.sentence import say

PAYLOAD = "application/vnd.in-toto+json"
ENDING = ".dsse.json"
MAX_BYTES = 5_000_000


def envelope_path(folder: Path) -> Path:
    """Where the envelope of a run lies when no place is named: beside the folder."""
    place = folder.resolve()
    return place.with_name(place.name + ENDING)


def attest(
    folder: Path,
    key: Path,
    out: Optional[Path] = None,
    accept_data: bool = False,
    force: bool = False,
    password: Optional[Callable[[], str]] = None,
    pages: Optional[Pages] = None,
) -> tuple[Path, str, int]:
    """Sign a run: a statement that names every file of the folder with its SHA-256.

    Parameters
    ----------
    folder : Path
    key : Path
        Private key in PEM (PKCS 8): Ed25519, ECDSA or RSA.
    out : Path, optional
        Envelope; beside the folder when left out.
    accept_data : bool
        Whether shipped data and program may be others than those of this installation.
    force : bool
        Whether an envelope that is there may be replaced.
    password : callable, optional
        Asks for the password of the key.
    pages : callable, optional
        As in `lca_cardato.audit.verify.verify_run`.

    Returns
    -------
    tuple of (Path, str, int)
        The envelope, id of the key, number of files.

    Raises
    ------
    IntegrityError
        ``E606``, ``E608``: the run is not as it was written, or rests on other data.
    InputError
        ``E510``: the extra ``sign`` is missing; ``E610``: the key can't be used.
    DiskError
        ``E503``, ``E504``: the envelope is there, or would lie in a run folder.
    """
    library = library_of()
    require_sound(folder, accept_data, pages)
    target = out or envelope_path(folder)
    outside_runs(target)
    pen = pen_of(key, password)
    payload = statement(folder)
    envelope = library.dsse.Envelope(
        json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode(), PAYLOAD, {}
    )
    envelope.sign(pen.signer)
    text = json.dumps(envelope.to_dict(), indent=2) + "\n"
    write_file(target, text.encode(), force, say("name another with --out, or --force"))
    return target, pen.keyid, len(payload["subject"])


def statement(folder: Path) -> dict[str, Any]:
    """Statement that is signed: every file of the folder, with the provenance of the run."""
    with shaped(folder):
        predicate = read_json(folder, ATTESTATION)["predicate"]
    return {
        "_type": STATEMENT,
        "subject": [
            {"name": name, "digest": {"sha256": digest}}
            for name, digest in _digests(folder).items()
        ],
        "predicateType": PROVENANCE,
        "predicate": predicate,
    }


def check_signature(folder: Path, key: Path, envelope: Optional[Path] = None) -> tuple[str, int]:
    """Check that a run folder is, file by file, the one that the owner of a key signed.

    Parameters
    ----------
    folder : Path
    key : Path
        Public key in PEM.
    envelope : Path, optional
        Beside the folder when left out.

    Returns
    -------
    tuple of (str, int)
        Id of the key, and number of files.

    Raises
    ------
    InputError
        ``E510``: the extra ``sign`` is missing; ``E610``: the key can't be used.
    DiskError
        ``E501``: there is no envelope.
    IntegrityError
        ``E611``: no envelope of a run; ``E612``: not signed with this key; ``E613``: of another
        run, or the run was changed since.
    """
    library, owner = library_of(), public(key)
    place = envelope or envelope_path(folder)
    try:
        document = parse(read_bytes(place, MAX_BYTES))
        signed = library.dsse.Envelope.from_dict(document)
    except DiskError as error:
        told_ = error.problems[0].message
        raise DiskError.one(
            "E501", say("the envelope: {why}", why=told_), file=str(place),
            suggestion=say("name it with --envelope; `lca-cardato attest` writes one"),
        ) from None  # fmt: skip
    except (CardatoError, *UNSHAPED, library.exceptions.Error) as error:
        raise _no_envelope(place, error) from None
    try:
        signed.verify([owner], 1)
    except library.exceptions.VerificationError:
        names = ", ".join(sorted(shorten(name, 16) for name in signed.signatures)) or "none"
        raise IntegrityError.one(
            "E612", say("the envelope is not signed with this key, or was changed after it was signed"),
            file=str(place), value=f"{shorten(owner.keyid, 16)}; in the envelope: {names}",
            suggestion=say("take the public key from the one who signed, by another way than the run"),
        ) from None  # fmt: skip
    try:
        if signed.payload_type != PAYLOAD:
            raise ValueError(f"payload type {signed.payload_type}")
        said = parse(signed.payload)
        if said["_type"] != STATEMENT:
            raise ValueError(f"statement {said['_type']}")
        subjects = {str(one["name"]): str(one["digest"]["sha256"]) for one in said["subject"]}
        run = str(said["predicate"]["runDetails"]["metadata"]["invocationId"])
    except UNSHAPED as error:
        raise _no_envelope(place, error) from None
    _same_files(folder, place, subjects, run)
    return str(owner.keyid), len(subjects)


def _same_files(folder: Path, place: Path, subjects: dict[str, str], run: str) -> None:
    found = _digests(folder)
    if found == subjects:
        return
    here = str(read_json(folder, "manifest.json").get("id"))
    names = [name for name in sorted({*found, *subjects}) if found.get(name) != subjects.get(name)]
    why = say("the run was changed after it was signed")
    if here != run:
        why = say(
            "the envelope is for the run {run}, this is {here}",
            run=told(run, 20),
            here=told(here, 20),
        )
    raise IntegrityError.one(
        "E613",
        say(
            "{why}: {count} files are others, such as {name}",
            why=why,
            count=len(names),
            name=told(names[0]),
        ),
        file=str(place),
        suggestion=say(
            "`lca-cardato verify {folder}` without --key examines the folder itself", folder=folder
        ),
    )


def _no_envelope(place: Path, error: Exception) -> CardatoError:
    return IntegrityError.one(
        "E611",
        say("not a DSSE envelope with the statement of a run"),
        file=str(place),
        value=told(str(error) or type(error).__name__),
        suggestion=say("name the file that `lca-cardato attest` wrote"),
    )


def _digests(folder: Path) -> dict[str, str]:
    there = below(folder).items()
    names = [name for name, path in there if path.is_symlink() or not path.is_dir()]
    return {name: sha256(read_file(folder, name)) for name in names}
