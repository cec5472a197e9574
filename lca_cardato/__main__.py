"""The command ``lca-cardato``, also as ``python -m lca_cardato`` and in a frozen program."""

import gc
import os
import sys

CALCULATE = (["assess"], ["claims", "check"], ["reproduce"], ["export"])
"""Commands that ask Brightway: it starts before anything else is imported."""
SELDOM = 100_000
"""New objects between two looks of the garbage collector: a command makes few circles."""


def main() -> None:
    """Run the command, or the work of a child of it."""
    from lca_cardato.brightway import child, process
    from lca_cardato.cli.outcome import whole_streams

    child.serve_child()
    gc.set_threshold(SELDOM)
    whole_streams()
    asks = any(sys.argv[1 : 1 + len(words)] == words for words in CALCULATE)
    if cores() == 1:
        process.stay_here()
    elif asks and not {"--help", "-h"} & set(sys.argv):
        process.start()
    from lca_cardato.cli.main import main as command

    try:
        command()
    finally:
        gc.freeze()  # what is left goes with the process, without being looked through


def cores() -> int:
    """Processors on which this process may run."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


if __name__ == "__main__":
    main()
