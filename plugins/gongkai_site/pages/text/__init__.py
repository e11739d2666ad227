"""Pages of text: Markdown files in docs/site, one folder a language, at /about and below it.

Template: templates/text.html.
"""
