"""Signing in at the desk by an identity provider, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.desk import Accounts, open_desk
from ingest.build import Plan, build
from interfaces.ui.server import running
from tests.browser.provider import Provider, providing, secrets
from tests.browser.test_desk import PASSWORD, SLOW, new_page, press, sees
from tests.retrieval.small_base import write_base

ANNE = "anne@exemple.fr"
BUTTON = "Se connecter avec le compte de mon organisation"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """A provider that answers."""
    with providing() as found:
        yield found


@pytest.fixture(scope="module")
def address(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page whose secrets name the provider; a lawyer's account is open."""
    folder = tmp_path_factory.mktemp("provider")
    kb = write_base(folder / "kb")
    build(Plan(kb, folder / "index"))
    store = open_desk(folder / "data" / "desk.sqlite")
    Accounts(store).add(ANNE, "lawyer", PASSWORD)
    store.close()
    names = {"KB": kb, "INDEX": folder / "index", "DATA": folder / "data"}
    environment = {f"MAINTELEX_{name}": str(path) for name, path in names.items()}
    with running({**environment, "HOME": str(folder)}) as found:
        (folder / ".streamlit").mkdir()
        (folder / ".streamlit" / "secrets.toml").write_text(secrets(provider, found))
        yield found


def sign_in(browser: Browser, address: str) -> Page:
    """A page of somebody who has signed in at the provider, then opened the desk."""
    page = new_page(browser, f"{address}/bureau")
    press(page, BUTTON)
    page.wait_for_url(lambda url: "bureau" not in url, timeout=SLOW)
    page.goto(f"{address}/bureau")
    return page


def test_a_lawyer_of_the_provider_sees_the_desk(
    browser: Browser, address: str, provider: Provider
) -> None:
    """By a verified address, with the account's own role; signing out is final."""
    provider.claims = {"sub": "7", "email": ANNE, "email_verified": True}
    page = sign_in(browser, address)
    sees(page, f"Connecté : {ANNE}")
    expect(page.get_by_text("Tableau de bord")).to_be_visible(timeout=SLOW)
    press(page, "Se déconnecter")
    page.wait_for_url(lambda url: "bureau" not in url, timeout=SLOW)
    page.goto(f"{address}/bureau")
    expect(page.get_by_role("button", name=BUTTON)).to_be_visible(timeout=SLOW)
    page.context.close()


def test_neither_an_unverified_address_nor_a_claimed_role_opens_the_desk(
    browser: Browser, address: str, provider: Provider
) -> None:
    """What a token says of a role is not read: this one is a client's."""
    provider.claims = {"sub": "8", "email": ANNE, "email_verified": False, "role": "admin"}
    page = sign_in(browser, address)
    sees(page, "Cette page est réservée aux juristes.")
    page.context.close()
