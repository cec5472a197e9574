"""Make run folders of all shipped scenarios, or reproduce those that other versions made."""

import sys
from importlib.metadata import version
from pathlib import Path

sys.path[:] = [place for place in sys.path if Path(place or ".").resolve() != Path(__file__).parent]

from lca_cardato import api  # noqa: E402
from lca_cardato.scenario.shipped import is_space, shipped_scenarios  # noqa: E402

NAMES = ("numpy", "scipy", "SALib", "pandas", "bw2data", "bw2calc")


def main(what: str, folder: Path) -> int:
    """Make or reproduce; 1 where a run is not the same."""
    print(what, folder.name, ", ".join(f"{name} {version(name)}" for name in NAMES), flush=True)
    if what == "make":
        for name, path in shipped_scenarios().items():
            if not is_space(name):
                api.save(api.assess(path), folder / name)
        return 0
    bad = 0
    for run in sorted(folder.iterdir()):
        found = api.reproduce(run)
        kind = "byte by byte" if found.bytes_equal else "within the tolerance"
        told = [text for check in found.checks for text in check.problems]
        told += [f"{one.path}: {one.before} / {one.now}" for one in found.differences[:5]]
        print(f"  {run.name}: {kind if found.identical else 'NOT THE SAME'}", *told, sep="\n    ")
        bad += not found.identical
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
