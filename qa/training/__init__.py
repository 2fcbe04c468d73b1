"""How is the reader made, and from which questions? Nothing here is needed to answer."""
