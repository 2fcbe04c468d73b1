"""What are the parts of an address, as a page or a letter gives it, where it is one at all?"""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def parts_of(address: str) -> SplitResult | None:
    """Return the parts of an address, None where it is none: a link may say anything.

    >>> parts_of("https://jour.example/1?a=b").path, parts_of("http://[adresse à venir]")
    ('/1', None)
    """
    try:
        return urlsplit(address)
    except ValueError:
        return None
