WITH hits AS MATERIALIZED (
  SELECT k.section, k.report, k.year
  FROM sections_grams g
  CROSS JOIN sections_grams_reports k ON k.section = g.rowid
  WHERE g.sections_grams MATCH fts_outside_tables(:q) AND k.current = 1
    AND (is_told_by_grams(:q) OR (
      SELECT stands_outside_tables(s.text, s.text_start, s.title, s.table_spans, :q)
      FROM sections s WHERE s.rowid = k.section))
)
SELECT h.id, h.label, h.year, h.abridged, s.position, s.title,
       json_extract(found_outside_tables(CAST(s.text AS BLOB), s.text_start, s.title, s.table_spans, :q), '$[1]') AS snippet,
       (SELECT count(DISTINCT report) FROM hits) AS found
FROM (
  SELECT hits.section, r.id, r.label, r.year, r.abridged
  FROM hits CROSS JOIN reports r ON r.rowid = hits.report
  ORDER BY r.year DESC, r.label, hits.section
  LIMIT 6
) h
JOIN sections s ON s.rowid = h.section
ORDER BY h.year DESC, h.label, h.section
