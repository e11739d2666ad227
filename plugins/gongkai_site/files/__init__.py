"""Files to download: the rows of tables, views, canned queries and SQL of one's own, as CSV and as a workbook."""
