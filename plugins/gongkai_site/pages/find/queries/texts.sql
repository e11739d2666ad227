WITH hits AS MATERIALIZED (
  SELECT s.rowid AS place, r.id, r.label, r.year
  FROM sections_grams g
  JOIN sections s ON s.rowid = g.rowid
  JOIN reports r ON r.id = s.report AND r.current = 1
  WHERE g.sections_grams MATCH fts_outside_tables(:q)
    AND (is_told_by_grams(:q) OR stands_outside_tables(s.text, s.text_start, s.title, s.table_spans, :q))
)
SELECT h.id, h.label, h.year, s.position, s.title,
       json_extract(found_outside_tables(CAST(s.text AS BLOB), s.text_start, s.title, s.table_spans, :q), '$[1]') AS snippet,
       (SELECT count(DISTINCT id) FROM hits) AS found
FROM (SELECT * FROM hits ORDER BY year DESC, label, place LIMIT 6) h
JOIN sections s ON s.rowid = h.place
ORDER BY h.year DESC, h.label, h.place
