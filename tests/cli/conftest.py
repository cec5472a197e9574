"""Many bad files through the command."""

import re

import pytest

LINE = re.compile(r"error: (.+?)(?::(\d+):(\d+))?: (E\d{3})\b")


@pytest.fixture(scope="session")
def run_all(command):
    """Run cases, name -> (files, arguments, preparation or None); give name -> (result, folder)."""

    def run(cases, folder):
        def one(item):
            number, (files, arguments, prepare) = item
            place = folder / str(number)
            place.mkdir()
            for name, content in files.items():
                path = place / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content if isinstance(content, bytes) else content.encode())
            if prepare is not None:
                prepare(place)
            return command(*arguments, cwd=place), place

        return dict(zip(cases, map(one, enumerate(cases.values()))))

    return run


@pytest.fixture(scope="session")
def problems():
    """Read the lines of an error: (file, line, column, code); every line is one for people."""

    def read(done):
        found = []
        assert "Traceback" not in done.stderr and "E900" not in done.stderr, done.stderr
        for line in done.stderr.splitlines():
            assert line.isprintable() and len(line) < 2000, line
            if line.startswith("error: and "):
                continue
            match = LINE.match(line)
            assert match, line
            found.append((match[1], int(match[2] or 0), int(match[3] or 0), match[4]))
        return found

    return read
