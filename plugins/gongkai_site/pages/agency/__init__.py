"""The page of an authority: its headline figures over the years, its reports, names and the years that are missing.

Template: templates/row-gongkai-agencies.html.
"""
