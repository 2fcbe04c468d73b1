"""What does this question ask?"""

from __future__ import annotations

from qa.question.question import TYPED, Asked, asked

__all__ = ["TYPED", "Asked", "asked"]
