"""Does this fact play the role that is asked for, of whom and when it is asked for?"""

from __future__ import annotations

from qa.match.happened import adds_up, combined, deeds_asked, fates_asked
from qa.match.polarity import polarity
from qa.match.roles import circumstances_told, role_score, unit_fit
from qa.match.words import Matcher, Near, Nearby

__all__ = [
    "Matcher",
    "Near",
    "Nearby",
    "adds_up",
    "circumstances_told",
    "combined",
    "deeds_asked",
    "fates_asked",
    "polarity",
    "role_score",
    "unit_fit",
]
