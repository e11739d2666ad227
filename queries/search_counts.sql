WITH words AS (SELECT coalesce(nullif(trim(:q), ''), '热线') AS q), found AS MATERIALIZED (
  SELECT k.report, k.year, k.province, k.number,
         times_outside_tables(CAST(s.text AS BLOB), s.text_start, s.title, s.table_spans, w.q) AS times
  FROM words w
  JOIN sections_grams g ON g.sections_grams MATCH fts_outside_tables(w.q)
  JOIN sections_grams_reports k ON k.section = g.rowid AND k.current = 1
  JOIN sections s ON s.rowid = g.rowid
  WHERE (is_told_by_times(w.q) OR stands_outside_tables(s.text, s.text_start, s.title, s.table_spans, w.q))
), of_reports AS (
  SELECT year, province, count(*) AS sections, sum(times) AS times FROM found WHERE times > 0 GROUP BY report
), of_places AS (
  SELECT year, province, count(*) AS reports, sum(sections) AS sections, sum(times) AS times
  FROM of_reports GROUP BY year, province
), of_numbers AS (
  SELECT number, count(DISTINCT report) AS reports, count(*) AS sections, sum(times) AS times
  FROM found WHERE times > 0 GROUP BY number
), facets AS (
  SELECT 1 AS place, '全部' AS facet_zh, 'All' AS facet_en, '全部报告' AS value, reports, sections, times FROM of_places
  UNION ALL SELECT 2, '年度', 'Year', year, reports, sections, times FROM of_places
  UNION ALL SELECT 3, '省份', 'Province', province, reports, sections, times FROM of_places
  UNION ALL SELECT 4, '部分', 'Section', number, reports, sections, times FROM of_numbers
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
SELECT f.facet_zh, f.facet_en, f.value, sum(f.reports) AS reports, h.reports AS reports_held,
       sum(f.sections) AS sections, sum(f.times) AS times
FROM facets f LEFT JOIN held h ON h.place = f.place AND h.value IS f.value
GROUP BY f.place, f.value
ORDER BY f.place, CASE f.place WHEN 2 THEN f.value END, 4 DESC, f.value
