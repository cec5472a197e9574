"""The page, put together once, and a browser on it."""

import pytest
from web.page import Page

from lca_cardato.files.atomic import write_folder
from lca_cardato.web.build import page_files


@pytest.fixture(scope="session")
def folder(tmp_path_factory, store):
    place = tmp_path_factory.mktemp("web") / "page"
    write_folder(place, page_files())
    return place


@pytest.fixture
def page(folder, tmp_path):
    found = Page(folder, tmp_path)
    yield found.open()
    found.close()
