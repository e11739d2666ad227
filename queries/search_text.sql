WITH words AS (SELECT coalesce(nullif(trim(:q), ''), '热线') AS q)
SELECT r.label AS report_label, r.year, s.number AS section_number, s.title AS section_title,
       times_found(s.text, w.q) AS times, snippet_around(s.text, w.q) AS snippet,
       r.abridged, '/gongkai/reports/' || r.id || '#sections-' || s.position AS report_url
FROM words w
JOIN sections_grams g ON g.sections_grams MATCH escape_fts(w.q)
JOIN sections s ON s.rowid = g.rowid
JOIN reports r ON r.id = s.report AND r.current = 1
ORDER BY r.year DESC, r.label, r.id, s.position
