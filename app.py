"""The web application: it registers the pages, nothing else. web.py serves it."""

from __future__ import annotations

from interfaces.ui.navigation import navigate

navigate()
