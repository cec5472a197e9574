"""Ask for known vulnerabilities: ``python .ci/advisories.py FOLDER [--required]``.

Run with an interpreter that has pip-audit. FOLDER holds the lock as ``pylock.toml``; all its pins
are asked for, whatever Python or platform they are for. The exit code is 1 for a known
vulnerability, 2 when pip-audit fails for another reason than the network. Where no service could
be reached this is said, and the exit code is 0, or 3 with ``--required``.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys

SERVICES = ("osv", "pypi")
SECONDS = 120
"""How long a service may take."""
IGNORED: dict[str, str] = {}
"""Advisory -> why it does not touch this program."""

_NETWORK = re.compile(r"ConnectionError|ConnectTimeout|ReadTimeout|Timeout|HTTPError|ServiceError")


def ask(service: str, folder: str) -> tuple[list[dict], str]:
    """Run pip-audit: what it says of each pin, or nothing and a reason."""
    command = [sys.executable, "-m", "pip_audit", "--locked", folder, "-f", "json", "-s", service]
    command += ["--progress-spinner", "off", "--timeout", "10"]
    command += [part for name in IGNORED for part in ("--ignore-vuln", name)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        return json.loads(done.stdout)["dependencies"], ""
    except subprocess.TimeoutExpired:
        return [], f"Timeout after {SECONDS} s"
    except ValueError:
        return [], (done.stderr.strip().splitlines() or ["no output"])[-1]


def main(folder: str, required: bool = False) -> int:
    """Try one service after the other, and print what the first that answers says."""
    for service in SERVICES:
        items, reason = ask(service, folder)
        audited = [item for item in items if "skip_reason" not in item]
        if audited:
            return report(service, items, audited)
        if items:
            reason = "it answers, but holds no record of any of the packages"
        elif not _NETWORK.search(reason):
            print(f"pip-audit failed ({service}): {reason}")
            return 2
        print(f"{service}: no answer: {reason[:160]}")
    print("NOT CHECKED: no advisory service was reachable")
    return 3 if required else 0


def report(service: str, items: list[dict], audited: list[dict]) -> int:
    """Print vulnerabilities and gaps."""
    skipped = sorted({item["name"] for item in items if item not in audited})
    if skipped:
        print("not known to the service:", *skipped)
    for name, reason in IGNORED.items():
        print(f"ignored {name}: {reason}")
    found = 0
    for item in audited:
        for entry in item["vulns"]:
            names = " ".join([entry["id"], *entry.get("aliases", [])])
            fixed = ", ".join(entry.get("fix_versions", [])) or "none"
            print(f"{item['name']} {item['version']}: {names}, fixed in {fixed}")
            found += 1
    print(f"{service}: {len(audited)} pins looked up, {found} known vulnerabilities")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], "--required" in sys.argv[2:]))
