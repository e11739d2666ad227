WITH words AS (SELECT coalesce(nullif(trim(:q), ''), '热线') AS q), candidates AS MATERIALIZED (
  SELECT r.label, r.year, r.province, r.abridged, r.id AS report, s.rowid AS section, s.position, w.q
  FROM words w
  JOIN sections_grams g ON g.sections_grams MATCH escape_fts(w.q)
  JOIN sections s ON s.rowid = g.rowid
  JOIN reports r ON r.id = s.report AND r.current = 1
  WHERE (:year IN ('', 'all') OR r.year = :year) AND (trim(:province) = '' OR r.province = trim(:province))
    AND (trim(:section) = '' OR s.number = trim(:section))
  ORDER BY r.year DESC, r.label, r.id, s.position
), found AS (
  SELECT c.*, s.number, s.title, outside_tables(s.text, s.text_start, s.title, (
           SELECT json_group_array(json_array(text_start, text_end)) FROM (
             SELECT text_start, text_end FROM applications WHERE report = s.report
             UNION ALL SELECT text_start, text_end FROM disclosures WHERE report = s.report
             UNION ALL SELECT text_start, text_end FROM reviews WHERE report = s.report))) AS prose
  FROM candidates c CROSS JOIN sections s ON s.rowid = c.section
  WHERE (is_told_by_grams(c.q) OR holds_words(s.text, c.q))
)
SELECT label AS report_label, year, province, number AS section_number, title AS section_title,
       times_found(prose, q) AS times, snippet_around(prose, q) AS snippet,
       abridged, '/gongkai/reports/' || report || '#sections-' || position AS report_url
FROM found
WHERE times_found(prose, q) > 0
