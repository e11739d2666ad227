WITH years AS (
  SELECT DISTINCT year FROM report_counts
  WHERE :year = 'all' OR year = coalesce(nullif(:year, ''), (SELECT max(year) FROM report_counts))
), level_asked AS (
  SELECT s.level FROM years y CROSS JOIN report_summary s ON s.year IS y.year
  WHERE :level = '' AND (trim(:province) = '' OR s.province = trim(:province))
  GROUP BY s.level ORDER BY s.level IS NULL, count(*) DESC, s.level LIMIT 1
), chosen AS (
  SELECT s.report
  FROM years y CROSS JOIN report_summary s ON s.year IS y.year
  WHERE (trim(:province) = '' OR s.province = trim(:province))
    AND CASE :level WHEN '' THEN s.level IS (SELECT level FROM level_asked)
        ELSE :level IN ('all', s.level) OR (s.level IS NULL AND :level = '不明')
          OR s.level = (SELECT code FROM codes WHERE code_list = 'level' AND label_zh = :level) END
  ORDER BY s.year DESC, s.level, s.scope, s.province, s.city, s.county,
           coalesce(s.agency || ' ' || s.year, (SELECT label FROM reports WHERE id = s.report))
  LIMIT -1
)
SELECT r.label || CASE WHEN EXISTS (
    SELECT 1 FROM reports o CROSS JOIN report_summary t ON t.report = o.id
    WHERE o.label = r.label AND o.id <> r.id AND (:year = 'all' OR t.year = s.year)
      AND (trim(:province) = '' OR t.province = trim(:province))
      AND CASE :level WHEN '' THEN t.level IS (SELECT level FROM level_asked)
          ELSE :level IN ('all', t.level) OR (t.level IS NULL AND :level = '不明')
            OR t.level = (SELECT code FROM codes WHERE code_list = 'level' AND label_zh = :level) END)
         THEN '（' || r.id || '）' ELSE '' END AS series,
       s.year, s.province, s.city, s.county, s.level, s.scope,
       s.received, s.brought_forward,
       s.abridged, '/gongkai/reports/' || s.report || '#applications-received' AS report_url
FROM chosen c
CROSS JOIN report_summary s ON s.report = c.report
CROSS JOIN reports r ON r.id = c.report
