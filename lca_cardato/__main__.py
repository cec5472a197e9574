"""``python -m lca_cardato`` is the command ``lca-cardato``."""

from lca_cardato.cli.main import main

main()
