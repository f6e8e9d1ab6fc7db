"""The real page in a real browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from interfaces.ui.server import running

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium. Without it the tests are skipped, and fail where CI is set."""
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{CHROMIUM} is missing: run `apt-get install chromium`.")
        pytest.skip(f"{CHROMIUM} is missing: run `apt-get install chromium` to test the page.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def address(
    browser: Browser, kb_index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the running page."""
    data = tmp_path_factory.mktemp("desk")
    settings = {"MAINTELEX_INDEX": str(kb_index), "MAINTELEX_DATA": str(data),
                "MAINTELEX_EMBED_SITES": "http://localhost:*"}  # fmt: skip
    with running(settings) as found:
        yield found


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor's own browser, on a desktop."""
    context = browser.new_context(viewport={"width": 1440, "height": 960}, locale="fr-FR")
    yield context
    context.close()
