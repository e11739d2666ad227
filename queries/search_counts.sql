WITH words AS (SELECT coalesce(nullif(trim(:q), ''), '热线') AS q), found AS (
  SELECT r.year, r.province, r.id AS report, s.number, s.title,
         times_outside_tables(CAST(s.text AS BLOB), s.text_start, s.title, (
           SELECT json_group_array(json_array(text_start, text_end)) FROM (
             SELECT text_start, text_end FROM applications
             WHERE report = s.report AND text_end > s.text_start AND text_start < coalesce(n.text_start, 1e9)
             UNION ALL SELECT text_start, text_end FROM disclosures
             WHERE report = s.report AND text_end > s.text_start AND text_start < coalesce(n.text_start, 1e9)
             UNION ALL SELECT text_start, text_end FROM reviews
             WHERE report = s.report AND text_end > s.text_start AND text_start < coalesce(n.text_start, 1e9)
           )), w.q) AS times
  FROM words w
  JOIN sections_grams g ON g.sections_grams MATCH escape_fts(w.q)
  JOIN sections s ON s.rowid = g.rowid
  LEFT JOIN sections n ON n.report = s.report AND n.position = s.position + 1
  JOIN reports r ON r.id = s.report AND r.current = 1
  WHERE (is_told_by_grams(w.q) OR holds_words(s.text, w.q))
), hits AS (
  SELECT * FROM found WHERE times > 0
), facets AS (
  SELECT 1 AS place, '全部' AS facet_zh, 'All' AS facet_en, '全部报告' AS value, report, times FROM hits
  UNION ALL SELECT 2, '年度', 'Year', year, report, times FROM hits
  UNION ALL SELECT 3, '省份', 'Province', province, report, times FROM hits
  UNION ALL SELECT 4, '部分', 'Section', number, report, times FROM hits
), counted AS (
  SELECT 1 AS place, '全部报告' AS value, rows FROM row_counts WHERE table_name = 'report_summary'
  UNION ALL SELECT 2, CAST(value AS INTEGER), rows FROM value_counts
  WHERE table_name = 'report_summary' AND column_name = 'year'
  UNION ALL SELECT 3, value, rows FROM value_counts WHERE table_name = 'report_summary' AND column_name = 'province'
), held AS (
  SELECT place, value, rows AS reports FROM counted
  UNION ALL SELECT p.place, NULL, c.rows - (SELECT coalesce(sum(rows), 0) FROM counted WHERE place = p.place)
  FROM counted c JOIN (SELECT 2 AS place UNION ALL SELECT 3) p WHERE c.place = 1
)
SELECT f.facet_zh, f.facet_en, f.value, count(DISTINCT f.report) AS reports, h.reports AS reports_held,
       count(*) AS sections, sum(f.times) AS times
FROM facets f LEFT JOIN held h ON h.place = f.place AND h.value IS f.value
GROUP BY f.place, f.value
ORDER BY f.place, CASE f.place WHEN 2 THEN f.value END, reports DESC, f.value
