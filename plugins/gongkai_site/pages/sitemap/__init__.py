"""The list of pages for search engines, in parts of a bearable size. Templates: sitemap.xml, sitemap_index.xml."""
