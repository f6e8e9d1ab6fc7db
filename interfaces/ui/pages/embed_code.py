"""The code that puts the assistant into somebody else's page."""

from __future__ import annotations

from html import escape

LEAST, MOST = 400, 1_200  # pixels high
_CODE = """<iframe
  src="{address}"
  title="{title}"
  style="width: 100%; height: {height}px; border: 0; border-radius: 12px"
  loading="lazy"
></iframe>"""


def snippet(address: str, chosen: str, height: int) -> str:
    """The HTML to copy.

    Args:
        address: of this site, as « https://maintelex.exemple/ ».
        chosen: language of the interface, "fr" or "en".
        height: in pixels; brought between `LEAST` and `MOST`.
    """
    query = "?embed=true" + ("&amp;lang=en" if chosen == "en" else "")
    title = (
        "MainteLex: IT contract law"
        if chosen == "en"
        else "MainteLex : le droit des contrats informatiques"
    )
    bounded = max(LEAST, min(MOST, height))
    return _CODE.format(address=escape(address, quote=True) + query, title=title, height=bounded)
