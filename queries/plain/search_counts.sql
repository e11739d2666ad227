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
), prose AS (
  SELECT h.section, min(h.place) AS place, count(*) AS times
  FROM hits h JOIN sections s ON s.rowid = h.section, words w
  WHERE h.place > CASE WHEN s.title <> '' AND instr(s.text, s.title) = 1 THEN length(s.title) ELSE 0 END
    AND NOT EXISTS (
      SELECT 1 FROM json_each(s.table_spans) t
      WHERE json_extract(t.value, '$[0]') < s.text_start + h.place - 1 + length(w.q)
        AND json_extract(t.value, '$[1]') >= s.text_start + h.place)
  GROUP BY h.section
), found AS (
  SELECT r.year, r.province, r.id AS report, s.number, p.times
  FROM prose p JOIN sections s ON s.rowid = p.section JOIN reports r ON r.id = s.report AND r.current = 1
), facets AS (
  SELECT 1 AS place, '全部' AS facet_zh, 'All' AS facet_en, '全部报告' AS value, report, times FROM found
  UNION ALL SELECT 2, '年度', 'Year', year, report, times FROM found
  UNION ALL SELECT 3, '省份', 'Province', province, report, times FROM found
  UNION ALL SELECT 4, '部分', 'Section', number, report, times FROM found
), held AS (
  SELECT 1 AS place, '全部报告' AS value, count(*) AS reports FROM reports WHERE current = 1
  UNION ALL SELECT 2, year, count(*) FROM reports WHERE current = 1 GROUP BY year
  UNION ALL SELECT 3, province, count(*) FROM reports WHERE current = 1 GROUP BY province
)
SELECT f.facet_zh, f.facet_en, f.value, count(DISTINCT f.report) AS reports, h.reports AS reports_held,
       count(*) AS sections, sum(f.times) AS times
FROM facets f LEFT JOIN held h ON h.place = f.place AND h.value IS f.value
GROUP BY f.place, f.value
ORDER BY f.place, CASE f.place WHEN 2 THEN f.value END, reports DESC, f.value
