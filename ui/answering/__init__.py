"""Who answers over the corpus that is served, of which sources, and how many at once?"""
