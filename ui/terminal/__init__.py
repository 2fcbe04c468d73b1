"""Which commands are there, with which options, and how is an answer printed?"""
