"""Who comes in over the network, what is served, and how does it end?"""
