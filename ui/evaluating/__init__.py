"""The commands that measure: `recoupe evaluate` and `recoupe gold`."""

from ui.evaluating.commands import evaluate
from ui.evaluating.writing_gold import gold

__all__ = ["evaluate", "gold"]
