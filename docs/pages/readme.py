"""Put what `assess` prints into the README: ``python docs/pages/readme.py``."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCENARIO = "scenarios/recycled-wool-70.yaml"
BLOCK = re.compile(r"(?<=```text\n)“Carded yarn.*?(?=```)", re.DOTALL)


def sample(printed: str) -> str:
    """Give the answer of `assess` as the README shows it: without blanks at the ends of lines."""
    return "".join(f"{line.rstrip()}\n" for line in printed.rstrip().splitlines())


def main() -> None:
    """Write the README anew."""
    command = [sys.executable, "-m", "lca_cardato", "assess", SCENARIO]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8")
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    readme.write_text(BLOCK.sub(lambda _: sample(done.stdout), text), encoding="utf-8")


if __name__ == "__main__":
    main()
