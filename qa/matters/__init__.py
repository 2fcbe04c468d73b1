"""Which figures of different sources are about the same thing, and what do they make of each other?"""

from __future__ import annotations

from qa.matters.comparing import compare
from qa.matters.matter import Matter, Statement

__all__ = ["Matter", "Statement", "compare"]
