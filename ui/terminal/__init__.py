"""The terminal: the commands, their options, and how an answer is printed."""
