"""What is taken away from an answer or an evaluation: files, charts, a page to keep."""
