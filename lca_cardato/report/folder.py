"""What a run folder holds for people: the report as a page, and a text that says what lies here."""

from __future__ import annotations

import textwrap

from lca_cardato.audit.layout import README
from lca_cardato.report.formats.html import html_text
from lca_cardato.report.screens.run import run_lines
from lca_cardato.report.stories.assessment import assessment_report
from lca_cardato.results.material import Material
from lca_cardato.results.notices import in_a_line
from lca_cardato.words.language import Language

WIDTH = 88
PARTS = (
    ("report.html", "readme_report"), ("result.json", "readme_result"),
    ("claims.json", "readme_claims"), ("tables", "readme_tables"), ("inputs", "readme_inputs"),
    ("resolved.json, contributions.json, shown.json", "readme_arithmetic"),
    ("manifest.json, run.json, attestation.json, ro-crate-metadata.json, SHA256SUMS", "readme_proof"),
)  # fmt: skip
"""Files and folders, and the key of what they are."""


def pages(material: Material) -> dict[str, bytes]:
    """Make the files for people.

    Parameters
    ----------
    material : Material
        Of the run.

    Returns
    -------
    dict
        Name -> content, in the language of the run.
    """
    lang = material.document["language"]
    return {
        "report.html": html_text(assessment_report(material)).encode(),
        README[lang]: readme(material).encode(),
    }


def readme(material: Material) -> str:
    """Say in plain text what a run folder is, what it says, what lies in it and how to check it."""
    document = material.document
    words, tool = Language(document["language"]), document["tool"]
    told = in_a_line(document.get("notices", []), words)
    blocks = [
        [words("readme_title", program=f"{tool['name']} {tool['version']}", run=material.run)],
        [*([f"! {told}"] if told else []), *run_lines(document, material.digest, words)],
        [words("sheet_careful")],
        [f"{names}: {words(key)}" for names, key in PARTS],
        [words("readme_check"), "lca-cardato verify .", "lca-cardato reproduce ."],
        [words("readme_keep")],
    ]
    lines = ["\n".join(_wrapped(line) for line in block) for block in blocks]
    return "\n\n".join(lines) + "\n"


def _wrapped(line: str) -> str:
    return textwrap.fill(line, WIDTH, subsequent_indent="    ", break_long_words=False,
                         break_on_hyphens=False)  # fmt: skip
