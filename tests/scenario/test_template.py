import pytest

from lca_cardato.inventory.load import load_inventory
from lca_cardato.model.resolve import resolve
from lca_cardato.scenario.load import load_scenario
from lca_cardato.scenario.template import template_text


@pytest.mark.parametrize("product", ["yarn", "fabric"])
def test_templates_are_valid_scenarios(tmp_path, product):
    path = tmp_path / "x.yaml"
    path.write_text(template_text(product), encoding="utf-8")
    assert resolve(load_scenario(path), load_inventory())


@pytest.mark.parametrize("product", ["yarn", "fabric"])
def test_templates_stay_valid_with_every_comment_line_switched_on(tmp_path, product):
    lines = []
    for line in template_text(product).splitlines():
        body = line.lstrip()
        is_key = body.startswith("# ") and ":" in body and not body[2:3].isupper()
        is_yaml = is_key and not body.startswith(("# per kg", "# inventory", "# takes"))
        lines.append(line.replace("# ", "", 1) if is_yaml else line)
    path = tmp_path / "x.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert resolve(load_scenario(path), load_inventory())
