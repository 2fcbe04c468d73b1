"""How does an event reach the server: in its turn, or at once?

The answers to an event of gradio's queue come in one stream, which the server closes with the last of them. gradio's
page loses an event that it sends at that very moment: it takes the stream for open and waits in vain. So only what must
wait its turn, questions and changes of the corpus, goes through the queue; all else is a request of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def connect_at_once(
    trigger: Callable[..., Any], event: Callable[..., Any], inputs: Any, outputs: Any, **more: Any
) -> Any:
    """Connect an event that passes the queue by, and return it; `more` goes to gradio."""
    options = {"api_visibility": "private", "show_progress": "hidden", "queue": False, **more}
    return trigger(event, inputs, outputs, **options)
