"""The documentation site: ``sphinx-build -W docs build/site``; needs the extra ``docs``.

Nothing is fetched at the build or by the pages: no font, script or picture of others. Notebooks are
shown with the outputs they hold; ``docs/notebooks.py`` puts them in.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from lca_cardato import __version__

sys.path.insert(0, str(Path(__file__).parent))

project = "lca-cardato"
author = copyright = "The lca-cardato authors"
release = version = __version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "calculator"]
exclude_patterns = ["README.md", "*.py"]
myst_heading_anchors = 4
nb_execution_mode = "off"
nb_merge_streams = True
smartquotes = False  # two hyphens of an option stay two
autodoc_typehints = "none"
autodoc_member_order = "bysource"
autodoc_class_signature = "separated"
napoleon_google_docstring = False
napoleon_use_ivar = True
add_module_names = False

html_theme = "furo"
html_title = "lca-cardato"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False


def in_its_language(app: Any, name: str, template: str, context: dict[str, Any], tree: Any) -> None:
    """Say in which language a page is."""
    if name.startswith("it/"):
        context["language"] = "it"


def without_init(app: Any, what: str, name: str, item: Any, skip: bool, options: Any) -> bool:
    """Leave out how a result is made; nobody makes one by hand."""
    return bool(skip) or name == "__init__"


def bare_class(
    app: Any, what: str, name: str, item: Any, options: Any, signature: Any, back: Any
) -> Any:
    """Leave out the arguments of a class; all that are shown are results."""
    return ("", back) if what == "class" else None


def setup(app: Any) -> None:
    """Hook in."""
    app.connect("html-page-context", in_its_language)
    app.connect("autodoc-skip-member", without_init)
    app.connect("autodoc-process-signature", bare_class)
