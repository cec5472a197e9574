"""What is added to the list of components."""

import pytest
import sbom
from locks import Pin, direct

DIGEST = "sha256:" + "0" * 64


def document():
    names = [*direct(), "left-over"]
    return {
        "metadata": {"component": {"bom-ref": "root"}},
        "components": [{"name": n, "version": "1", "bom-ref": f"{n}==1"} for n in names],
        "dependencies": [{"ref": "root", "dependsOn": ["left-over==1"]}],
    }


def pins():
    return {name: Pin(name, "1", None, (DIGEST,)) for name in [*direct(), "left-over"]}


def test_digests_licences_and_needs_are_added():
    result = sbom.complete(document(), pins())
    for item in result["components"]:
        [reference] = item["externalReferences"]
        assert reference["hashes"] == [{"alg": "SHA-256", "content": "0" * 64}]
    [data] = [item for item in result["components"] if item["name"] == "bw2data"]
    assert data["licenses"] == [{"license": {"id": "BSD-3-Clause", "acknowledgement": "concluded"}}]
    assert result["dependencies"][0]["dependsOn"] == sorted(f"{name}==1" for name in direct())


def test_it_must_be_the_locked_environment():
    wrong = document()
    wrong["components"][0]["version"] = "2"
    with pytest.raises(ValueError, match="not as locked"):
        sbom.complete(wrong, pins())
    more = pins() | {"more": Pin("more", "1", None, (DIGEST,))}
    with pytest.raises(ValueError, match="not as locked: more"):
        sbom.complete(document(), more)
