"""The scripts in .ci are no part of the package; an archive may be without them."""

import sys
from pathlib import Path

CI = Path(__file__).resolve().parent.parent.parent / ".ci"

if CI.is_dir():
    sys.path.insert(0, str(CI))
else:
    collect_ignore_glob = ["test_*.py"]
