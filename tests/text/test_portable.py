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
GUARDED = {("atomic.py", "kill"), ("__main__.py", "sched_getaffinity")}
"""Uses behind a question for the system, each with a test of its own."""
OPENS = {"open": 1, "read_text": 0, "write_text": 1, "fdopen": 1, "NamedTemporaryFile": 0}
"""Text functions -> place of their mode or of the encoding among the arguments."""


@pytest.fixture(scope="module")
def trees():
    """Path -> nodes of its tree, read once."""
    return {
        path: list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        for path in PACKAGE + TESTS
    }


def calls(nodes):
    for node in nodes:
        if isinstance(node, ast.Call):
            yield node, getattr(node.func, "attr", getattr(node.func, "id", ""))


def named(call):
    return {word.arg for word in call.keywords}


def mode(call, place):
    """Mode of an open, or what it may be."""
    given = [word.value for word in call.keywords if word.arg == "mode"] or call.args[place:][:1]
    parts = (part for arg in given for part in ast.walk(arg) if isinstance(part, ast.Constant))
    return "".join(part.value for part in parts if isinstance(part.value, str))


def of_one_system(path, nodes):
    """Modules and functions that only one kind of system has."""
    for node in nodes:
        if isinstance(node, ast.Import):
            used = {alias.name.split(".")[0] for alias in node.names} & POSIX_MODULES
        elif isinstance(node, ast.ImportFrom):
            used = {(node.module or "").split(".")[0]} & POSIX_MODULES
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            used = node.value.id in ("os", "signal", "time") and node.attr in POSIX_NAMES
            used = used and (path.name, node.attr) not in GUARDED
        else:
            continue
        if used:
            yield node.lineno


def without_encoding(path, nodes):
    """Text files opened without an encoding; Windows writes cp1252 there."""
    for call, name in calls(nodes):
        if name == "open" and isinstance(call.func, ast.Attribute):
            continue  # os.open, archive.open, webbrowser.open: no text
        if name in ("open", "fdopen"):
            missing = "b" not in mode(call, 1) and "encoding" not in named(call)
        elif name == "NamedTemporaryFile":
            text = mode(call, 0) and "b" not in mode(call, 0)
            missing = text and "encoding" not in named(call)
        elif name in ("read_text", "write_text") and isinstance(call.func, ast.Attribute):
            given = len(call.args) > (1 if name == "write_text" else 0)
            metadata = name == "read_text" and call.args and isinstance(call.args[0], ast.Constant)
            missing = "encoding" not in named(call) and not given and not metadata
        else:
            continue
        if missing:
            yield call.lineno


def odd_processes_and_names(path, nodes):
    """Shells, options of processes, formats of dates and places that Windows has not."""
    for call, name in calls(nodes):
        of_os = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "os"
        dates = [str(getattr(arg, "value", "")) for arg in call.args] if name == "strftime" else []
        if (
            (of_os and name in ("system", "popen", "spawnv"))
            or named(call) & {"shell", "preexec_fn", "start_new_session"}
            or any(part in text for text in dates for part in ("%-", "%s", "%e"))
        ):
            yield call.lineno
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node.value.startswith(("/tmp", "/dev/", "/usr", "/var", "/home", "/etc")):
                yield node.lineno


@pytest.mark.parametrize(
    ("rule", "paths"),
    [
        (of_one_system, PACKAGE),
        (without_encoding, PACKAGE + TESTS),
        (odd_processes_and_names, PACKAGE),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_no_file_breaks_the_rule(trees, rule, paths):
    found = [f"{p.relative_to(ROOT)}:{line}" for p in paths for line in rule(p, trees[p])]
    assert found == []


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (of_one_system, "import fcntl"),
        (of_one_system, "from pwd import getpwnam"),
        (of_one_system, "os.fork()"),
        (without_encoding, "open(path)"),
        (without_encoding, "path.read_text()"),
        (without_encoding, "path.write_text(text)"),
        (without_encoding, "NamedTemporaryFile('w')"),
        (odd_processes_and_names, "subprocess.run(words, shell=True)"),
        (odd_processes_and_names, "os.system(words)"),
        (odd_processes_and_names, "day.strftime('%-d')"),
        (odd_processes_and_names, "place = '/tmp/x'"),
    ],
)
def test_the_rule_sees_it(rule, code):
    assert list(rule(Path("a.py"), list(ast.walk(ast.parse(code))))) == [1]


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
