"""Write the SBOM of the locked runtime: ``python .ci/sbom.py PYTHON``.

Run with an interpreter that has cyclonedx-bom; PYTHON is that of the environment made from the
lock. The tool lists what is installed there. Added are the digests of the lock, the licences that
were read in licence files, and, as what the program needs, the runtime dependencies alone. The
same environment gives the same bytes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from licences import READ
from locks import LOCK, ROOT, Pin, direct, environment, project, read_pins
from packaging.utils import canonicalize_name

SCHEMA = "1.6"
FOLDER = ROOT / "dist"


def raw(python: str) -> dict[str, Any]:
    """Ask cyclonedx-py for what is installed beside an interpreter."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sbom.json"
        command = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible"]
        command += ["--pyproject", str(ROOT / "pyproject.toml"), "--sv", SCHEMA, "-o", str(path)]
        subprocess.run([*command, python], check=True)
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return document


def complete(document: dict[str, Any], pins: dict[str, Pin]) -> dict[str, Any]:
    """Add digests and licences, in place.

    Raises
    ------
    ValueError
        A component is not in the lock, or the other way round.
    """
    names = {canonicalize_name(item["name"]) for item in document["components"]}
    if names != set(pins):
        raise ValueError(f"not as locked: {', '.join(sorted(names ^ set(pins)))}")
    refs = {}
    for item in document["components"]:
        name = canonicalize_name(item["name"])
        refs[name] = item["bom-ref"]
        if item["version"] != pins[name].version:
            raise ValueError(f"not as locked: {name} {item['version']}")
        if "licenses" not in item and name in READ:
            item["licenses"] = [{"license": {"id": READ[name][0], "acknowledgement": "concluded"}}]
        item.setdefault("externalReferences", []).append(
            {
                "type": "distribution",
                "url": f"https://pypi.org/project/{name}/{item['version']}/#files",
                "comment": "digests of the files that the lock accepts",
                "hashes": [
                    {"alg": "SHA-256", "content": digest.removeprefix("sha256:")}
                    for digest in pins[name].hashes
                ],
            }
        )
    root = document["metadata"]["component"]["bom-ref"]
    for item in document["dependencies"]:
        if item["ref"] == root:
            item["dependsOn"] = sorted(refs[name] for name in direct())
    return document


def check(text: str) -> None:
    """Hold a document against the JSON schema of CycloneDX."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    wrong = JsonStrictValidator(SchemaVersion.from_version(SCHEMA)).validate_str(text)
    if wrong is not None:
        raise ValueError(f"not valid: {wrong}")


def main() -> int:
    """Write ``dist/lca-cardato-<version>.cdx.json``."""
    python = sys.argv[1]
    asked = "import json, packaging.markers as m; print(json.dumps(m.default_environment()))"
    output = subprocess.run([python, "-c", asked], check=True, capture_output=True, text=True)
    where = environment(**json.loads(output.stdout))
    pins = {pin.name: pin for pin in read_pins(LOCK) if pin.applies(where)}
    document = complete(raw(python), pins)
    made = {
        "name": "lca-cardato:environment",
        "value": f"{where['platform_python_implementation']} {where['python_version']}, "
        f"{where['sys_platform']} {where['platform_machine']}",
    }
    document["metadata"].setdefault("properties", []).append(made)
    text = json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    check(text)
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"lca-cardato-{project()['version']}.cdx.json"
    path.write_text(text, encoding="utf-8")
    bare = sum("licenses" not in item for item in document["components"])
    print(
        f"{path.relative_to(ROOT)}: CycloneDX {SCHEMA}, {len(document['components'])} components, "
        f"{bare} without licence"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
