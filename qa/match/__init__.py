"""Does this fact play the role that is asked for, of whom and when it is asked for?"""

from __future__ import annotations

from qa.match.polarity import polarity
from qa.match.roles import circumstances_told, combined, role_score
from qa.match.words import Similar, best_match

__all__ = ["Similar", "best_match", "circumstances_told", "combined", "polarity", "role_score"]
