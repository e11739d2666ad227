"""The list of pages for search engines, in parts of a bearable size.

Templates: templates/sitemap.xml, templates/sitemap_index.xml.
"""
