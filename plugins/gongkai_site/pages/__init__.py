"""The site's own pages, one package each, all made the same way.

``queries/*.sql`` say what is read, ``view.py`` makes of the answers what a template shows: ``view_of(answers, …)``,
a pure function that returns a frozen dataclass. A template in templates/ writes it; a plugin lends it to the template.
"""
