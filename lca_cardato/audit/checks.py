"""What is looked at in a run folder, and whether its files are those that are listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lca_cardato.audit.files import below
from lca_cardato.audit.read import read_file
from lca_cardato.errors import CardatoError
from lca_cardato.files.atomic import sha256
from lca_cardato.files.read import lies_inside
from lca_cardato.files.runs import SUMS, is_junk, read_sums
from lca_cardato.sentence import say


@dataclass(frozen=True)
class Check:
    """One check: what was looked at, and what is wrong (nothing when `problems` is empty).

    Attributes
    ----------
    name : str
    count : int
        How much was looked at.
    problems : tuple of str
    notes : tuple of str
        What is no fault, but to be known: own data, what was accepted, what can't be checked.
    accepted : bool
        Whether something was accepted that would else be a problem.
    """

    name: str
    count: int
    problems: tuple[str, ...]
    notes: tuple[str, ...] = ()
    accepted: bool = False


def files_check(folder: Path) -> Check:
    """Every listed file is there with its digest, and no other file is."""
    listed = read_sums(read_file(folder, SUMS).decode("utf-8", errors="replace"))
    there = below(folder)
    present = {name for name, path in there.items() if path.is_symlink() or not path.is_dir()} - {
        SUMS
    }
    problems = [say("{name}: missing", name=name) for name in sorted(set(listed) - present)]
    problems += [
        say("{name}: not listed in {file}", name=name, file=SUMS)
        for name in sorted(present - set(listed))
    ]
    for name in sorted(present & set(listed)):
        if (folder / name).is_symlink() or not lies_inside(folder, name):
            problems.append(say("{name}: a link, which may point outside the folder", name=name))
        elif digest_of(folder, name) != listed[name]:
            problems.append(
                say("{name}: its content is not what {file} says", name=name, file=SUMS)
            )
    problems += [
        say("{name}: an empty folder, which no run has", name=name)
        for name, path in there.items()
        if path.is_dir() and not path.is_symlink() and not any(map(_inside(name), there))
    ]
    junk = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*"))]
    notes = [say("{name}: left out, a system made it", name=name) for name in junk if is_junk(name)]
    return Check("files", len(listed), tuple(problems), tuple(notes))


def _inside(name: str) -> Callable[[str], bool]:
    return lambda other: other.startswith(f"{name}/")


def digest_of(folder: Path, name: str) -> str:
    """Digest of a file, empty when it can't be read."""
    try:
        return sha256(read_file(folder, name))
    except CardatoError:
        return ""


def files_below(folder: Path, name: str) -> list[str]:
    """Files below a folder of a run, by their place in the run."""
    return [
        f"{name}/{one}"
        for one, path in below(folder / name).items()
        if path.is_file() and not path.is_symlink()
    ]
