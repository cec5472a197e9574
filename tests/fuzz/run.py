"""Fuzz a target: ``python tests/fuzz/run.py quantity -runs=100000 [libFuzzer options]``.

Needs `atheris` (Linux, macOS). What is found is written beside the corpus folder given, or into
the working directory; the kept corpus lies in ``tests/fuzz/corpus``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))


def main() -> None:
    """Instrument, then hand over to libFuzzer."""
    name = sys.argv.pop(1)
    include = ["lca_cardato", *(["openpyxl"] if name == "xlsx" else [])]
    with atheris.instrument_imports(include=include):
        if name == "xlsx":
            import openpyxl  # noqa: F401
        import targets
    from mutators import MUTATORS

    target = targets.TARGETS[name]
    corpus = HERE / "corpus" / name
    arguments = [*sys.argv, str(corpus)]
    if not any(argument.startswith("-max_len") for argument in arguments):
        arguments.insert(1, "-max_len=" + {"quantity": "80", "xlsx": "40000"}.get(name, "6000"))
    if (HERE / "tokens.txt").exists():
        arguments.insert(1, f"-dict={HERE / 'tokens.txt'}")
    mutator = MUTATORS.get(name)
    if mutator is None:
        atheris.Setup(arguments, target)
    else:
        atheris.Setup(
            arguments,
            target,
            custom_mutator=lambda data, size, seed: mutator(data, size, seed, atheris.Mutate),
        )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
