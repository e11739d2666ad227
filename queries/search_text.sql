WITH words AS (SELECT coalesce(nullif(trim(:q), ''), '热线') AS q), found AS (
  SELECT r.label, r.year, r.province, r.abridged, r.id AS report, s.position, s.number, s.title,
         found_outside_tables(CAST(s.text AS BLOB), s.text_start, s.title, (
           SELECT json_group_array(json_array(text_start, text_end)) FROM (
             SELECT text_start, text_end FROM applications
             WHERE report = s.report AND text_end > s.text_start AND text_start < coalesce(n.text_start, 1e9)
             UNION ALL SELECT text_start, text_end FROM disclosures
             WHERE report = s.report AND text_end > s.text_start AND text_start < coalesce(n.text_start, 1e9)
             UNION ALL SELECT text_start, text_end FROM reviews
             WHERE report = s.report AND text_end > s.text_start AND text_start < coalesce(n.text_start, 1e9)
           )), (SELECT q FROM words)) AS found
  FROM reports r CROSS JOIN sections s ON s.report = r.id
       LEFT JOIN sections n ON n.report = s.report AND n.position = s.position + 1
  WHERE r.current = 1
    AND s.rowid IN (
      SELECT rowid FROM sections_grams WHERE sections_grams MATCH escape_fts((SELECT q FROM words)))
    AND (:year IN ('', 'all') OR r.year = :year) AND (trim(:province) = '' OR r.province = trim(:province))
    AND (trim(:section) = '' OR s.number = trim(:section))
    AND (is_told_by_grams((SELECT q FROM words)) OR holds_words(s.text, (SELECT q FROM words)))
  ORDER BY r.year DESC, r.label, r.id, s.position
  LIMIT -1
)
SELECT label AS report_label, year, province, number AS section_number, title AS section_title,
       json_extract(found, '$[0]') AS times, json_extract(found, '$[1]') AS snippet,
       abridged, '/gongkai/reports/' || report || '#sections-' || position AS report_url
FROM found
WHERE found IS NOT NULL
