"""Run folders as people handle them: packed, looked at, handed on. Nothing here is harmful."""

import io
import json
import re
import stat
import zipfile

import pytest
from audit.forging import content, edit, lists
from conftest import ROOT

from lca_cardato.audit import archive
from lca_cardato.audit.archive import opened
from lca_cardato.audit.run import run_files
from lca_cardato.audit.verify import verify_run
from lca_cardato.errors import CardatoError
from lca_cardato.files.atomic import write_folder
from lca_cardato.report.folder import pages

NAME = "recycled-wool-70"


@pytest.fixture(scope="module")
def files(assessed):
    return run_files(assessed(NAME), ROOT / "scenarios" / f"{NAME}.yaml", "it", pages=pages)


@pytest.fixture
def run(files, tmp_path):
    write_folder(tmp_path / "prova", files)
    return tmp_path / "prova"


def packed(place, files, top="prova/"):
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(f"{top}{name}", data)
    return place


def problems(folder):
    return [text for check in verify_run(folder, pages=pages) for text in check.problems]


JUNK = {".DS_Store": b"x", "tables/Thumbs.db": b"x", "inputs/desktop.ini": b"x",
        "inputs/rules/._cardato.yaml": b"\0", "__MACOSX/prova/._result.json": b"x"}  # fmt: skip


def test_what_systems_leave_is_no_forgery(run, command):
    for name, data in JUNK.items():
        (run / name).parent.mkdir(parents=True, exist_ok=True)
        (run / name).write_bytes(data)
    assert problems(run) == []
    done = command("verify", run, "--lang", "it")
    assert done.returncode == 0 and "tables/Thumbs.db: non considerato" in done.stdout
    assert command("reproduce", run).returncode == 0
    (run / "tables" / "Thumbs.dbx").write_bytes(b"x")
    assert problems(run)


@pytest.mark.parametrize("top", ["", "prova/", "another name/", "for the auditor/2025/prova/"])
def test_every_verb_takes_the_zip(files, tmp_path, command, top):
    pack = packed(tmp_path / "da-verificare.zip", {**files, **JUNK}, top)
    with opened(pack) as folder:
        assert content(folder) == {n: d for n, d in sorted(files.items()) if n != "SHA256SUMS"}
        kept = folder
    assert not kept.exists()
    done = command("verify", pack)
    assert (
        done.returncode == 0 and "Carded yarn Nm 8" in done.stdout and str(kept) not in done.stdout
    )
    if top:
        return
    sheet = tmp_path / "scheda.html"
    for words in (
        ["reproduce", pack],
        ["explain", pack],
        ["diff", pack, pack],
        ["report", pack, sheet],
    ):
        done = command(*words)
        assert done.returncode == 0, (words, done.stderr)
    assert "da-verificare" in sheet.read_text("utf-8")


def test_a_changed_zip_is_told_by_its_own_name(run, tmp_path, command):
    edit(run, "result.json", lambda d: d["indicators"]["energy"].update(value=1.5))
    pack = packed(tmp_path / "mail.zip", content(run))
    packed(pack, {**content(run), "SHA256SUMS": (run / "SHA256SUMS").read_bytes()})
    assert command("verify", pack).returncode == 6
    done = command("explain", pack)
    assert done.returncode == 6 and f"{pack}: E606" in done.stderr
    assert f"lca-cardato verify {pack}" in done.stderr and "lca-cardato-" not in done.stderr


def entry(name, mode=stat.S_IFREG | 0o644):
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


@pytest.mark.parametrize(
    ("name", "mode", "word"),
    [
        ("../outside.txt", None, "no name"),
        ("/outside.txt", None, "no name"),
        ("C:\\outside.txt", None, "no name"),
        ("run/a\nb.txt", None, "no name"),
        ("run/name. /x.txt", None, "no name"),
        ("run/link", stat.S_IFLNK | 0o777, "a link"),
        ("run/pipe", stat.S_IFIFO | 0o644, "a device"),
    ],
)
def test_nothing_is_written_outside(tmp_path, command, name, mode, word):
    pack = tmp_path / "x.zip"
    with zipfile.ZipFile(pack, "w") as made:
        made.writestr("run/SHA256SUMS", "")
        made.writestr(entry(name, mode) if mode else entry(name), "outside.txt")
    done = command("verify", pack)
    assert done.returncode == 6 and "E614" in done.stderr and word in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.zip"]


def test_a_name_that_stands_twice_is_refused(tmp_path, command):
    pack = packed(
        tmp_path / "x.zip", {"SHA256SUMS": b"", "result.json": b"{}", "RESULT.json": b"[]"}
    )
    done = command("verify", pack)
    assert done.returncode == 6 and "stands twice" in done.stderr


@pytest.mark.parametrize("limit", ["MAX_UNPACKED", "MAX_BYTES"])
def test_too_much_is_refused_by_what_it_really_holds(tmp_path, monkeypatch, limit):
    """Also where the list of the archive says less than what lies in it."""
    monkeypatch.setattr(archive, limit, 3000)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("run/SHA256SUMS", "0" * 4000)
    pack = tmp_path / "x.zip"
    pack.write_bytes(
        data.getvalue().replace((4000).to_bytes(4, "little"), (40).to_bytes(4, "little"))
    )
    with pytest.raises(CardatoError, match=r"E211|E614"), opened(pack):
        pass
    pack.write_bytes(data.getvalue())
    with pytest.raises(CardatoError, match="E211"), opened(pack):
        pass


def test_too_many_files_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_FILES", 5)
    pack = packed(tmp_path / "x.zip", {f"{i}.txt": b"" for i in range(6)})
    with pytest.raises(CardatoError, match="E211"), opened(pack):
        pass


@pytest.mark.parametrize("data", [b"", b"PK", b"no archive", b"PK\x03\x04" + b"\0" * 200])
def test_what_is_no_archive_is_told(tmp_path, command, data):
    (tmp_path / "x.zip").write_bytes(data)
    done = command("verify", tmp_path / "x.zip", "--lang", "it")
    assert done.returncode == 6 and "E614" in done.stderr and "guasto" in done.stderr


def test_folders_may_be_parted_as_windows_powershell_does(files, tmp_path):
    """Its `Compress-Archive` writes backslashes; other systems unpack these as parts of names."""
    pack = tmp_path / "x.zip"
    with zipfile.ZipFile(pack, "w") as made:
        for name, data in files.items():
            info = zipfile.ZipInfo("x")
            info.filename, info.create_system = "prova\\" + name.replace("/", "\\"), archive.WINDOWS
            made.writestr(info, data)
    with opened(pack) as folder:
        assert problems(folder) == []
    with zipfile.ZipFile(pack, "w") as made:
        info = zipfile.ZipInfo("x")
        info.filename, info.create_system = "..\\outside.txt", archive.WINDOWS
        made.writestr(info, "x")
    with pytest.raises(CardatoError, match="no name"), opened(pack):
        pass


def test_two_runs_in_one_archive_are_told_by_name(files, tmp_path, command):
    both = {f"{name}/{path}": data for name in ("a", "b") for path, data in files.items()}
    done = command("verify", packed(tmp_path / "x.zip", both, "runs/"))
    assert done.returncode == 5 and "2 run folders" in done.stderr
    assert "runs/a, runs/b" in done.stderr


def test_an_archive_of_something_else_is_no_run(tmp_path, command):
    done = command("verify", packed(tmp_path / "x.zip", {"photo.jpg": b"x"}, ""))
    assert done.returncode == 5 and "E501" in done.stderr and "SHA256SUMS" in done.stderr


def test_the_folder_speaks_to_people(files):
    text = files["LEGGIMI.txt"].decode()
    for part in ("Prodotto: «", "Filatura Esempio", "kg CO2-eq", "Cardato: soddisfatto",
                 "non certifica nulla", "lca-cardato verify ."):  # fmt: skip
        assert part in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 100
    manifest = json.loads(files["manifest.json"])
    page = files["report.html"].decode()
    assert manifest["id"] in page and json.loads(files["run.json"])["written"] not in page
    assert {"report.html", "LEGGIMI.txt"} <= set(manifest["outputs"])


@pytest.mark.parametrize("name", ["report.html", "LEGGIMI.txt"])
def test_a_page_that_says_something_else_is_found(run, command, name):
    """Whoever changes it can write every digest anew; it is made again from the result."""
    path = run / name
    text = path.read_text("utf-8")
    other = re.sub(r"\d,\d", "98,7", text, count=1)
    assert other != text
    path.write_text(other, "utf-8")
    lists(run)
    done = command("verify", run)
    assert done.returncode == 6 and f"{name}: not what follows from result.json" in done.stdout
    (run / name).unlink()
    lists(run)
    assert f"{name}: missing" in command("verify", run).stdout
