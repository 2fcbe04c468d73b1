"""The words of the interface, and what is said with them of an answer."""
