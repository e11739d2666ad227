WITH years AS (
  SELECT DISTINCT year FROM report_counts
  WHERE :year = 'all' OR year = coalesce(nullif(:year, ''), (SELECT max(year) FROM report_counts))
), chosen AS (
  SELECT s.*, r.label FROM years y CROSS JOIN report_summary s ON s.year IS y.year
  JOIN reports r ON r.id = s.report
  WHERE (trim(:province) = '' OR s.province = trim(:province))
)
SELECT c.label || CASE WHEN count(*) OVER (PARTITION BY c.label) > 1 THEN '（' || c.report || '）' ELSE '' END AS series,
       c.year, c.province, c.city, c.county, c.level, c.scope,
       c.received, c.brought_forward,
       c.abridged, '/gongkai/reports/' || c.report || '#applications-received' AS report_url
FROM chosen c
WHERE :level IN ('all', c.level, coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
    AND code = c.level), c.level, '不明')) OR (:level = '' AND c.level IS (
  SELECT level FROM chosen GROUP BY level ORDER BY level IS NULL, count(*) DESC, level LIMIT 1))
ORDER BY c.year DESC, c.level, c.scope, c.province, c.city, c.county, c.label
