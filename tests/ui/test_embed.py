"""The assistant in somebody else's page: the code to copy."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from interfaces.ui.pages.frame import site
from tests.ui.test_pages import opened


def code(app: AppTest) -> str:
    """The code that the page gives."""
    return str(app.code[0].value)


def test_the_code_names_this_site_and_its_height() -> None:
    """An iframe on this site, embedded, as high as asked for."""
    app = opened("embed")
    assert 'src="http://localhost:8501/?embed=true"' in code(app)
    app.number_input(key="embed-height").set_value(900).run()
    assert "height: 900px" in code(app)


def test_the_code_speaks_the_language_chosen() -> None:
    """English is in the address of the frame and in its title."""
    app = opened("embed")
    app.selectbox(key="embed-language").set_value("en").run()
    assert "?embed=true&amp;lang=en" in code(app) and "IT contract law" in code(app)


def test_a_site_that_allows_nobody_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the setting, the page tells that other sites get an empty frame."""
    assert "Aucun autre site" in opened("embed").info[0].value
    monkeypatch.setenv("MAINTELEX_EMBED_SITES", "https://cabinet.exemple")
    assert not opened("embed").info


@pytest.mark.parametrize(("address", "told"), [
    ("https://a.fr/sur-votre-site?x=1", "https://a.fr/"),
    ('javascript:alert("1")', "http://localhost:8501/"),
    (None, "http://localhost:8501/"),
])  # fmt: skip
def test_only_the_root_of_a_web_address_is_taken(address: str | None, told: str) -> None:
    """The rest of an address, or another scheme, never gets into the code."""
    assert site(address) == told
