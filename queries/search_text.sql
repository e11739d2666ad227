WITH words AS (SELECT coalesce(nullif(trim(:q), ''), '热线') AS q), found AS (
  SELECT r.label, r.year, r.province, r.abridged, r.id AS report, s.position, s.number, s.title,
         found_outside_tables(CAST(s.text AS BLOB), s.text_start, s.title, s.table_spans,
                              (SELECT q FROM words)) AS found
  FROM reports r CROSS JOIN sections s ON s.report = r.id
  WHERE r.current = 1
    AND s.rowid IN (
      SELECT rowid FROM sections_grams WHERE sections_grams MATCH fts_outside_tables((SELECT q FROM words)))
    AND (:year IN ('', 'all') OR r.year = :year) AND (trim(:province) = '' OR r.province = trim(:province))
    AND (trim(:section) = '' OR s.number = trim(:section))
    AND (is_told_by_times((SELECT q FROM words))
         OR stands_outside_tables(s.text, s.text_start, s.title, s.table_spans, (SELECT q FROM words)))
  ORDER BY r.year DESC, r.label, r.id, s.position
  LIMIT -1
)
SELECT label AS report_label, year, province, number AS section_number, title AS section_title,
       json_extract(found, '$[0]') AS times, json_extract(found, '$[1]') AS snippet,
       abridged, '/gongkai/reports/' || report || '#sections-' || position AS report_url
FROM found
WHERE found IS NOT NULL
