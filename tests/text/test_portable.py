"""Nothing that only one kind of system has, by construction: the code is read, not run."""

import ast
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = sorted((ROOT / "lca_cardato").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
POSIX_MODULES = {
    "fcntl", "grp", "nis", "ossaudiodev", "pty", "pwd", "resource", "spwd", "syslog", "termios",
    "tty", "posix", "winreg", "msvcrt", "crypt",
}  # fmt: skip
POSIX_NAMES = {
    "fork", "forkpty", "getuid", "geteuid", "getgid", "setuid", "mkfifo", "mknod", "chown", "uname",
    "getpgid", "setsid", "killpg", "wait3", "wait4", "nice", "statvfs", "sched_getaffinity",
    "O_NONBLOCK", "O_DIRECTORY", "O_NOFOLLOW", "SIGKILL", "SIGHUP", "SIGALRM", "alarm", "symlink",
    "chmod", "link", "kill", "getloadavg", "tzset",
}  # fmt: skip
GUARDED = {("atomic.py", "kill")}
"""Uses behind a question for the system, each with a test of its own."""
OPENS = {"open": 1, "read_text": 0, "write_text": 1, "fdopen": 1, "NamedTemporaryFile": 0}
"""Text functions -> place of their mode or of the encoding among the arguments."""


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield node, getattr(node.func, "attr", getattr(node.func, "id", ""))


def named(call):
    return {word.arg for word in call.keywords}


def mode(call, place):
    """Mode of an open, or what it may be."""
    given = [word.value for word in call.keywords if word.arg == "mode"] or call.args[place:][:1]
    parts = (part for arg in given for part in ast.walk(arg) if isinstance(part, ast.Constant))
    return "".join(part.value for part in parts if isinstance(part.value, str))


@pytest.mark.parametrize("path", PACKAGE, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_module_or_function_of_one_system(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            assert not {alias.name.split(".")[0] for alias in node.names} & POSIX_MODULES
        elif isinstance(node, ast.ImportFrom):
            assert (node.module or "").split(".")[0] not in POSIX_MODULES
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            used = node.value.id in ("os", "signal", "time") and node.attr in POSIX_NAMES
            assert not used or (path.name, node.attr) in GUARDED, f"{node.value.id}.{node.attr}"


@pytest.mark.parametrize("path", PACKAGE + TESTS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_text_file_has_its_encoding(path):
    """Windows writes cp1252 where none is named."""
    for call, name in calls(path):
        if name == "open" and isinstance(call.func, ast.Attribute):
            continue  # os.open, archive.open, webbrowser.open: no text
        if name in ("open", "fdopen") and "b" not in mode(call, 1):
            assert "encoding" in named(call), f"line {call.lineno}"
        if name == "NamedTemporaryFile" and mode(call, 0) and "b" not in mode(call, 0):
            assert "encoding" in named(call), f"line {call.lineno}"
        if name in ("read_text", "write_text") and isinstance(call.func, ast.Attribute):
            given = len(call.args) > (1 if name == "write_text" else 0)
            metadata = name == "read_text" and call.args and isinstance(call.args[0], ast.Constant)
            assert "encoding" in named(call) or given or metadata, f"line {call.lineno}"


@pytest.mark.parametrize("path", PACKAGE, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_processes_and_names_of_files(path):
    for call, name in calls(path):
        words = {word.arg: word.value for word in call.keywords}
        of_os = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "os"
        assert not (of_os and name in ("system", "popen", "spawnv")), f"line {call.lineno}"
        assert "shell" not in words, f"line {call.lineno}"
        assert "preexec_fn" not in words and "start_new_session" not in words
        if name == "strftime":  # %-d, %s, %e: not on Windows
            for arg in call.args:
                assert not any(f in str(getattr(arg, "value", "")) for f in ("%-", "%s", "%e"))
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            bad = node.value.startswith(("/tmp", "/dev/", "/usr", "/var", "/home", "/etc"))
            assert not bad, f"line {node.lineno}: {node.value}"


def test_files_of_the_project_have_names_that_every_system_takes():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    names = [name for name in listed.stdout.split("\0") if name]
    if not names:
        pytest.skip("no git checkout")
    reserved = {"con", "prn", "aux", "nul", *(f"com{i}" for i in range(10)),
                *(f"lpt{i}" for i in range(10))}  # fmt: skip
    for name in names:
        for part in Path(name).parts:
            assert not set(part) & set('<>:"\\|?*') and part == part.rstrip(" ."), name
            assert part.split(".")[0].lower() not in reserved, name
        assert len(name) < 150, name
    assert len({name.lower() for name in names}) == len(names)
