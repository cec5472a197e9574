"""The command ``lca-cardato``, also as ``python -m lca_cardato`` and in a frozen program."""

import sys

CALCULATE = (["assess"], ["claims", "check"], ["reproduce"], ["export"])
"""Commands that ask Brightway: it starts before anything else is imported."""


def main() -> None:
    """Run the command, or the work of a child of it."""
    from lca_cardato.brightway import child, process

    child.serve_child()
    asks = any(sys.argv[1 : 1 + len(words)] == words for words in CALCULATE)
    if asks and not {"--help", "-h"} & set(sys.argv):
        process.start()
    from lca_cardato.cli.main import main as command

    command()


if __name__ == "__main__":
    main()
