WITH level_chosen AS (
  SELECT level FROM comparable
  WHERE :level IN ('', level, coalesce((SELECT label_zh FROM codes WHERE code_list = 'level' AND code = level), level, '不明'))
  GROUP BY level ORDER BY count(*) DESC, level LIMIT 1
), chosen AS (
  SELECT c.* FROM comparable c JOIN level_chosen l ON l.level = c.level
  WHERE c.year = coalesce(nullif(:year, ''), (
    SELECT max(n.year) FROM comparable n JOIN level_chosen l ON l.level = n.level
    WHERE n.received IS NOT NULL AND n.residents IS NOT NULL))
)
SELECT c.agency AS series, c.year, c.level, c.province, c.city, c.county,
       c.received, c.residents, (SELECT max(year) FROM population) AS census_year,
       round(10000.0 * c.received / nullif(c.residents, 0), 3) AS requests_per_10000,
       count(c.received * nullif(c.residents, 0)) OVER () AS areas_with_rate,
       count(*) OVER () AS areas,
       c.abridged, c.report_url || '#applications-received' AS report_url
FROM chosen c
ORDER BY c.province, c.city, c.county, c.report
