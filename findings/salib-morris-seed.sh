#!/usr/bin/env bash
# SALib's Morris sampling between three patch releases (seen 2026-11-30, Python 3.11, NumPy 2.4.6, SciPy 1.17.1, pandas 3.1.1).
#
# 1. `SALib.sample.morris.sample(problem, 10, num_levels=4, seed=1)` gives other trajectories in 1.5.2 than in 1.5.1, on the same
#    Python, NumPy and SciPy. A seed that a study states therefore fixes its elementary effects only together with the
#    patch release; the first row was (1, 1, 1/3) in 1.5.1 and (1, 2/3, 0) in 1.5.2.
# 2. 1.5.0 accepts pandas 3 by its own metadata, and the same call ends there with a TypeError of `pandas.unique`, for a
#    problem without groups, too.
#
# Expected by a reader of "seed": the same sample within a minor series, and a version that installs also runs.
# The script fails if one of these is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat > "$folder/sample.py" << 'END'
from SALib.sample import morris

problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3}
try:
    points = morris.sample(problem, 10, num_levels=4, seed=1)
    print(" ".join(f"{value:.6f}" for value in points[:4].ravel()))
except TypeError as error:
    print("TypeError:", str(error)[:60])
END
for version in 1.5.0 1.5.1 1.5.2; do
    python3 -m venv "$folder/$version"
    "$folder/$version/bin/pip" install -q "SALib==$version" numpy==2.4.6 scipy==1.17.1 pandas==3.1.1
    "$folder/$version/bin/python" "$folder/sample.py" > "$folder/$version.txt"
    printf 'SALib %s: %s\n' "$version" "$(cat "$folder/$version.txt")"
done
grep -q '^TypeError: unique requires' "$folder/1.5.0.txt"
grep -q '^1.000000 1.000000 0.333333 ' "$folder/1.5.1.txt"
grep -q '^1.000000 0.666667 0.000000 ' "$folder/1.5.2.txt"
echo "as seen"
