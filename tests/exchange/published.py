"""A yarn whose fibres are published results in part, and what exports of it are held against."""

import shutil

import pytest
from conftest import ROOT

from lca_cardato.api import assess

SHIPPED = ROOT / "scenarios" / "virgin-wool.yaml"


def published(folder):
    """Assess a blend with silk and lyocell, of which no open inventory exists."""
    shutil.copytree(
        SHIPPED.parent / "documents" / "virgin-wool", folder / "documents" / "virgin-wool"
    )
    text = SHIPPED.read_text(encoding="utf-8").replace("id: virgin-wool", "id: silk-blend")
    lines = "  - {fibre: silk, share: 20 %}\n  - {fibre: lyocell, share: 10 %}\n"
    text = text.replace("share: 100 %", "share: 70 %").replace("\nroute:", f"{lines}\nroute:")
    file = folder / "silk-blend.yaml"
    file.write_text(text, encoding="utf-8")
    return assess(file)


def agree(found, system):
    """Hold scores against those of the export."""
    for name, value in system.scores.items():
        assert found.get(name, 0.0) == pytest.approx(value, rel=1e-9, abs=1e-15), name
