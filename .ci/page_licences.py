"""Hold the licences of what the page for the browser is made of against the list that pyproject.toml permits.

    python .ci/page_licences.py pyproject.toml

run by the interpreter in whose environment the program is installed. An expression passes when one of the licences
that it leaves to choose is permitted, for each that it joins.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from lca_cardato.web.made_of import made_of
from lca_cardato.web.notices import chosen
from lca_cardato.web.parts import gather

OURS = ("0BSD", "Zlib", "Unicode-3.0", "bzip2-1.0.6", "dtoa")
"""Permissive as well; no package of the runtime states them."""
text = Path(sys.argv[1]).read_text(encoding="utf-8")
[listed] = re.findall(r'^allow-only = """(.*?)"""', text, re.S | re.M)
permitted = {name.strip() for name in listed.replace("\\\n", "").split(";")} | set(OURS)
made = made_of(gather())
wrong = [one for one in made if not set(chosen(one.licence)) <= permitted]
print("the page for the browser:")
for licence, count in sorted(Counter(one.licence for one in made).items()):
    print(f"  {count:3} {licence}")
for one in wrong:
    print(f"not permitted: {one.name} {one.version}: {one.licence}")
sys.exit(bool(wrong))
