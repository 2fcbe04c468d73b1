"""What does this question ask?"""

from __future__ import annotations

from qa.question.interpretation import interpret
from qa.question.question import KINDS, TYPED, Cues, Question
from qa.question.reading import read_question

__all__ = ["KINDS", "TYPED", "Cues", "Question", "interpret", "read_question"]
