"""What do answers and the corpus look like in the browser? Pure functions to HTML, every foreign byte escaped.

Each returns one self-contained element. What its buttons do is told by `data-` attributes, which `ui/web/page.js`
reads; whatever a button sends back is worked out anew from the corpus and never believed.
"""

from __future__ import annotations

from ui.page.article import article_html, gone_html
from ui.page.cards import empty_panel_html, panel_html
from ui.page.chat import chat_html, ideas_html, nothing_html, notice_html, welcome_html
from ui.page.shelf import SHOWN, progress_html, report_html, shelf_html, status_html

__all__ = [
    "SHOWN",
    "article_html",
    "chat_html",
    "empty_panel_html",
    "gone_html",
    "ideas_html",
    "nothing_html",
    "notice_html",
    "panel_html",
    "progress_html",
    "report_html",
    "shelf_html",
    "status_html",
    "welcome_html",
]
