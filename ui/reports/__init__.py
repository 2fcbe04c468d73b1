"""What is taken away from an answer or an evaluation? Files, charts, a page to keep."""
