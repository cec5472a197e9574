"""What `doctor` does: one library call and its rendering."""

from __future__ import annotations

from lca_cardato.cli.commands import print_json
from lca_cardato.errors import EXIT_INTEGRITY, EXIT_OK

MARKS = {"sound": "+", "note": "!", "wrong": "x"}


def run_doctor(as_json: bool, lang: str) -> int:
    """Examine the installation; returns the exit code."""
    from lca_cardato.doctor.examine import examine
    from lca_cardato.words.language import Language

    found = examine()
    document = found.to_dict(lang)
    if as_json:
        print_json(document)
    else:
        for item in document["findings"]:
            print(f"[{MARKS[item['state']]}] {item['text']}")
            for line in item["details"]:
                print(f"      {line}")
            if item["cure"]:
                print(f"      -> {item['cure']}")
        print(Language(lang)("doc_all_sound" if found.sound else "doc_unsound"))
    return EXIT_OK if found.sound else EXIT_INTEGRITY
