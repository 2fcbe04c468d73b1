"""The network: who comes in, what is served, and how it ends."""
