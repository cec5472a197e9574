"""Ask for known vulnerabilities of the locked runtime: ``python .ci/advisories.py [--required]``.

Run with an interpreter that has pip-audit. All pins are asked for, whatever Python or platform they
are for. The exit code is 1 for a known vulnerability, 2 when pip-audit fails for another reason
than the network. Where no service could be reached this is said, and the exit code is 0, or 3 with
``--required``.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Optional

from locks import LOCK, Pin, read_pins

SERVICES = ("pypi", "osv")
IGNORED: dict[str, str] = {}
"""Advisory -> why it does not touch this program."""

_NETWORK = re.compile(r"ConnectionError|ConnectTimeout|ReadTimeout|Timeout|HTTPError|ServiceError")


@dataclass
class Answer:
    """What a service said: packages it looked at, vulnerabilities, packages it does not know."""

    audited: int = 0
    found: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def read_answer(text: str) -> Answer:
    """Read the JSON of pip-audit."""
    answer = Answer()
    for item in json.loads(text)["dependencies"]:
        if "skip_reason" in item:
            answer.skipped.append(item["name"])
            continue
        answer.audited += 1
        for entry in item["vulns"]:
            names = [entry["id"], *entry.get("aliases", [])]
            if not any(name in IGNORED for name in names):
                fixed = ", ".join(entry.get("fix_versions", [])) or "none"
                what = f"{item['name']} {item['version']}: {' '.join(names)}, fixed in {fixed}"
                answer.found.append(what)
    return answer


def layers(pins: list[Pin]) -> list[list[str]]:
    """Pins as requirement lines without markers, a name once per list."""
    result: list[dict[str, str]] = []
    for pin in pins:
        place = next((layer for layer in result if pin.name not in layer), None)
        if place is None:
            result.append(place := {})
        place[pin.name] = pin.version
    return [[f"{name}=={version}" for name, version in layer.items()] for layer in result]


def ask(service: str, lines: list[str]) -> tuple[Optional[Answer], str]:
    """Run pip-audit; None and a reason when it gave no answer."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pins.txt"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip_audit", "-r", str(path), "--no-deps", "--disable-pip"]
        command += ["-f", "json", "-s", service, "--progress-spinner", "off", "--timeout", "10"]
        done = subprocess.run(command, capture_output=True, text=True)
    try:
        return read_answer(done.stdout), ""
    except ValueError:
        last = (done.stderr.strip().splitlines() or ["no output"])[-1]
        return None, last


def main() -> int:
    """Try one service after the other, and print what the first that answers says."""
    pins = read_pins(LOCK)
    for service in SERVICES:
        answers: list[Answer] = []
        for lines in layers(pins):
            answer, reason = ask(service, lines)
            if answer is None:
                break
            answers.append(answer)
        else:
            audited = sum(answer.audited for answer in answers)
            if audited:
                return report(service, answers, audited)
            reason = "it answers, but holds no record of any of the packages"
        if answer is None and not _NETWORK.search(reason):
            print(f"pip-audit failed ({service}): {reason}")
            return 2
        print(f"{service}: no answer: {reason[:160]}")
    print(f"NOT CHECKED: no advisory service was reachable; {len(pins)} pins were not looked up")
    return 3 if "--required" in sys.argv[1:] else 0


def report(service: str, answers: list[Answer], audited: int) -> int:
    """Print vulnerabilities and gaps."""
    found = sorted({line for answer in answers for line in answer.found})
    skipped = sorted({name for answer in answers for name in answer.skipped})
    if skipped:
        print("not known to the service:", *skipped)
    for name, reason in IGNORED.items():
        print(f"ignored {name}: {reason}")
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{service}: {audited} pins looked up, {len(found)} known vulnerabilities")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
