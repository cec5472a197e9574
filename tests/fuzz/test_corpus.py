"""The kept corpus of the fuzzer runs through its targets, without the fuzzer."""

from pathlib import Path

import pytest
from fuzz.targets import TARGETS

CORPUS = Path(__file__).with_name("corpus")


@pytest.mark.parametrize("name", list(TARGETS))
def test_the_corpus_raises_nothing_unexpected(name, store):
    files = sorted((CORPUS / name).iterdir())
    assert len(files) >= 1
    for path in files:
        TARGETS[name](path.read_bytes())
