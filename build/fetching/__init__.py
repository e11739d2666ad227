"""Fetching annual reports from a list of addresses, for scripts/fetch.py.

Rooms, in the order in which an address walks through them: ``addresses`` (the list), ``visits`` (one polite request
after another), ``pages`` (what a page that came is: a report, a list of links, a cover letter, an empty shell),
``keeping`` (files, their .meta.yml, the WARC record, what is remembered for the next run), ``errands`` (the whole way).
"""
