"""The page of a place: its own reports by year, who in it reports, and its divisions with their coverage.

Template: templates/row-gongkai-divisions.html.
"""
