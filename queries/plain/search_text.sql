WITH RECURSIVE words AS (SELECT coalesce(nullif(trim(:q), ''), '热线') AS q), letters(place, letter) AS (
  SELECT 1, substr(q, 1, 1) FROM words
  UNION ALL SELECT place + 1, substr(q, place + 1, 1) FROM letters, words WHERE place < length(q)
), phrase AS (
  SELECT CASE WHEN count(*) > 1 AND min(unicode(letter)) >= 13312 AND max(unicode(letter)) <= 40959 THEN
           (SELECT group_concat('"' || substr(q, place, 2) || '"', ' ') FROM letters, words WHERE place < length(q))
         END AS grams
  FROM letters
), candidates AS (
  SELECT rowid AS section FROM sections_grams WHERE sections_grams MATCH coalesce((SELECT grams FROM phrase), '""')
  UNION
  SELECT s.rowid FROM sections s, words w WHERE (SELECT grams FROM phrase) IS NULL AND instr(s.text, w.q) > 0
), hits(section, place) AS (
  SELECT s.rowid, instr(s.text, w.q) FROM candidates c JOIN sections s ON s.rowid = c.section, words w
  WHERE instr(s.text, w.q) > 0
  UNION ALL
  SELECT h.section, h.place + length(w.q) - 1 + instr(substr(s.text, h.place + length(w.q)), w.q)
  FROM hits h JOIN sections s ON s.rowid = h.section, words w
  WHERE instr(substr(s.text, h.place + length(w.q)), w.q) > 0
), found AS (
  SELECT h.section, min(h.place) AS place, count(*) AS times
  FROM hits h JOIN sections s ON s.rowid = h.section, words w
  WHERE h.place > CASE WHEN s.title <> '' AND instr(s.text, s.title) = 1 THEN length(s.title) ELSE 0 END
    AND NOT EXISTS (
      SELECT 1 FROM json_each(s.table_spans) t
      WHERE json_extract(t.value, '$[0]') < s.text_start + h.place - 1 + length(w.q)
        AND json_extract(t.value, '$[1]') >= s.text_start + h.place)
  GROUP BY h.section
)
SELECT r.label AS report_label, r.year, r.province, s.number AS section_number, s.title AS section_title, f.times,
       CASE WHEN f.place > 31 THEN '…' ELSE '' END
         || replace(substr(s.text, max(1, f.place - 30), min(f.place, 31) + length(w.q) + 29), char(10), ' ')
         || CASE WHEN length(s.text) > f.place + length(w.q) + 29 THEN '…' ELSE '' END AS snippet,
       r.abridged, '/gongkai/reports/' || r.id || '#sections-' || s.position AS report_url
FROM found f JOIN sections s ON s.rowid = f.section JOIN reports r ON r.id = s.report AND r.current = 1, words w
WHERE (:year IN ('', 'all') OR r.year = :year) AND (trim(:province) = '' OR r.province = trim(:province))
  AND (trim(:section) = '' OR s.number = trim(:section))
ORDER BY r.year DESC, r.label, r.id, s.position
