"""What do answers and the corpus look like in the browser? Pure functions to HTML, every foreign byte escaped.

Each returns one self-contained element. What its buttons do is told by `data-` attributes, which `ui/web/page.js`
reads; whatever a button sends back is worked out anew from the corpus and never believed.
"""

from __future__ import annotations

from ui.page.article import show_article, show_gone
from ui.page.cards import PanelContext, show_empty_panel, show_panel
from ui.page.chat import (
    show_conversation,
    show_events,
    show_filters,
    show_ideas,
    show_nothing_found,
    show_notice,
    show_welcome,
)
from ui.page.listing import (
    SHOWN,
    SORTED,
    Desk,
    list_missing,
    show_described,
    show_followed,
    show_listing,
    show_missing,
    show_report,
    show_stage,
    show_status,
)
from ui.page.matters import show_matters

__all__ = [
    "SHOWN",
    "SORTED",
    "Desk",
    "PanelContext",
    "list_missing",
    "show_article",
    "show_conversation",
    "show_described",
    "show_empty_panel",
    "show_events",
    "show_filters",
    "show_followed",
    "show_gone",
    "show_ideas",
    "show_listing",
    "show_matters",
    "show_missing",
    "show_nothing_found",
    "show_notice",
    "show_panel",
    "show_report",
    "show_stage",
    "show_status",
    "show_welcome",
]
