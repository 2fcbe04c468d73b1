"""In which words does the interface speak, and what does it say with them of an answer?"""
