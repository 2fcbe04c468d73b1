"""How do people and programs ask? In a terminal, on a page, over the network."""
