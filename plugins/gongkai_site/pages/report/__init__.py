"""The report page: a report's figures laid out as the statutory form prints them, each with its place in the words.

Headings, labels and the order of rows and columns come from the lookup tables (``form_headings``, ``items`` …).
Fragments are stable: ``applications-ITEM-COLUMN``, ``disclosures-ITEM-MEASURE``, ``reviews-CHANNEL-COLUMN``,
``hotline-POSITION-COLUMN``, ``statements-POSITION``, ``sections-POSITION``; ``t-`` before one is its words.
Template: templates/row-gongkai-reports.html.
"""
