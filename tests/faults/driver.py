"""Run a command again and again, and let it fail at each of its writes in turn.

``python driver.py kill|full STRIDE FOLDER ARGUMENT...`` runs ``lca-cardato ARGUMENT...`` in a copy of
FOLDER once per STRIDE writes, the process killed (or the disk full) at that write, and looks at what is
left; with ``run-folder`` for arguments, the writing of a run folder alone. STRIDE 0 looks at a run
that nothing disturbs. Prints one JSON document: the writes, and what was wrong after which.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import Optional

MAKING = ("open", "os.mkdir", "os.rename", "fsync")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Watch:
    """Count the writes below a folder, and act at one of them."""

    def __init__(self, folder: str, at: int, mode: str) -> None:
        self.folder, self.at, self.mode, self.count = folder, at, mode, 0
        self.events: list[str] = []
        sys.addaudithook(self.hook)
        real = os.fsync

        def fsync(handle: int) -> None:
            self.event("fsync", "")
            real(handle)

        os.fsync = fsync

    def hook(self, event: str, arguments: tuple) -> None:
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, (str, bytes)) and flags & WRITING:
                self.inside(event, path)
        elif event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir"):
            self.inside(event, arguments[0])

    def inside(self, event: str, path: object) -> None:
        if isinstance(path, (str, bytes, os.PathLike)):
            text = os.path.abspath(os.fsdecode(path))
            if text.startswith(self.folder + os.sep):
                self.event(event, text)

    def event(self, event: str, text: str) -> None:
        self.count += 1
        place = os.path.relpath(text, self.folder) if text else ""
        self.events.append(f"{event} {place}".replace(str(os.getpid()), "PID"))
        if self.mode == "kill" and self.count == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.mode == "full" and self.at and self.count >= self.at and event in MAKING:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), text)


EVENTS: list[str] = []  # of the last child
RUN_FILES: Optional[dict[str, bytes]] = None


def prepare(folder: Path) -> None:
    """Make the files of a run once, so that writing them can be tried hundreds of times."""
    global RUN_FILES
    from lca_cardato.audit.run import run_files
    from lca_cardato.report.folder import pages
    from lca_cardato.studies.assess import assess

    scenario = folder / "s.yaml"
    RUN_FILES = run_files(assess(scenario), scenario, "en", pages=pages)


def write_again() -> None:
    """What `assess --out run` does at its end."""
    from lca_cardato.files.atomic import write_folder

    assert RUN_FILES is not None
    write_folder(Path("run"), RUN_FILES)


def child(folder: Path, arguments: list[str], at: int, mode: str) -> tuple[int, int, str]:
    """Run once in a process of its own; exit code (negative for a signal), writes, complaints."""
    told = Path(tempfile.mkstemp()[1])
    process = os.fork()
    if process == 0:
        code = 99
        try:
            os.chdir(folder)
            os.dup2(os.open(told, os.O_WRONLY | os.O_TRUNC), 2)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            sys.argv = ["lca-cardato", *arguments]
            watch = Watch(str(folder), at, mode)
            from lca_cardato.cli.main import app
            from lca_cardato.cli.outcome import run

            code = run(app if RUN_FILES is None else write_again)
            sys.stderr.flush()
            os.write(2, f"\nWRITES {watch.count} {json.dumps(watch.events)}\n".encode())
        finally:
            os._exit(code)
    status = os.waitpid(process, 0)[1]
    text = told.read_text(encoding="utf-8", errors="replace")
    told.unlink()
    body, _, count = text.rpartition("\nWRITES ")
    writes, _, events = count.partition(" ")
    EVENTS[:] = json.loads(events or "[]")
    return os.waitstatus_to_exitcode(status), int(writes or 0), body


def contents(folder: Path) -> dict[str, bytes]:
    """All files, hidden leftovers of a killed process apart."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".partial" not in path.as_posix()
    }


def differing(found: dict[str, bytes], wanted: dict[str, bytes]) -> list[str]:
    """Names that differ; what tells the time is left out."""
    timed = ("run.json", "ro-crate-metadata.json", "SHA256SUMS")
    return [
        name
        for name in sorted({*found, *wanted})
        if not name.endswith(timed) and found.get(name) != wanted.get(name)
    ]


def _import_all() -> None:
    """Import once what every child needs."""
    import importlib
    import pkgutil

    import lca_cardato

    for module in pkgutil.walk_packages(lca_cardato.__path__, "lca_cardato."):
        if not module.name.endswith(("__main__", ".cluster", ".api")):
            importlib.import_module(module.name)
    for name in ("bw2calc", "bw2data", "pyarrow.csv", "pyarrow.parquet", "scipy.sparse.linalg"):
        importlib.import_module(name)


def main() -> None:
    """Try every write."""
    mode, source, *arguments = sys.argv[1], *sys.argv[3:]
    stride = int(sys.argv[2])
    _import_all()
    if arguments == ["run-folder"]:
        prepare(Path(source))
    work = Path(tempfile.mkdtemp(prefix="faults-")).resolve()
    wrong: list[list[object]] = []

    def fresh() -> Path:
        folder = work / "run"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(source, folder)
        return folder

    folder = fresh()
    before = contents(folder)
    code, writes, text = child(folder, arguments, 0, mode)
    whole = contents(folder)
    events = list(EVENTS)
    if code:
        wrong.append([0, "the command fails by itself", text])
    outputs = sorted({name.split("/")[0] for name in whole if whole[name] != before.get(name)})
    tries = sorted({*range(1, writes + 1, stride), writes}) if stride else []
    for number, at in enumerate(tries):
        folder = fresh()
        code, _, text = child(folder, arguments, at, mode)
        left = contents(folder)
        if mode == "kill" and code != -signal.SIGKILL:
            wrong.append([at, f"ended by itself with {code}", text])
        if mode == "full":
            lines = text.strip().splitlines()
            partials = [str(path) for path in folder.rglob("*.partial*")]
            if code not in (0, 5) or (code == 5 and (len(lines) != 1 or "E502" not in lines[0])):
                wrong.append([at, f"exit code {code}", text])
            if partials:
                wrong.append([at, "left behind", partials])
        for name in outputs:
            state = {k: v for k, v in left.items() if k.split("/")[0] == name}
            old = {k: v for k, v in before.items() if k.split("/")[0] == name}
            new = {k: v for k, v in whole.items() if k.split("/")[0] == name}
            if differing(state, old) and differing(state, new):
                wrong.append([at, "neither as before nor whole", name])
        others = {k: v for k, v in before.items() if k.split("/")[0] not in outputs}
        if any(left.get(name) != data for name, data in others.items()):
            wrong.append([at, "an earlier file was touched", sorted(others)])
        if RUN_FILES is None and number % 8 and number < len(tries) - 2:
            continue  # what comes next is tried after some of them, and the last
        again = [name for name in outputs if name not in before and (folder / name).exists()]
        for name in again:
            path = folder / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        code, _, text = child(folder, arguments, 0, mode)
        if code or differing(contents(folder), whole):
            wrong.append(
                [at, f"the next run fails with {code}", text, differing(contents(folder), whole)]
            )
        partials = [str(path) for path in folder.rglob("*.partial*")]
        if partials:
            wrong.append([at, "the next run does not clear", partials])
    shutil.rmtree(work, ignore_errors=True)
    found = {"writes": writes, "outputs": outputs, "wrong": wrong[:20], "events": events}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
