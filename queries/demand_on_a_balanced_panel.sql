WITH level_chosen AS (
  SELECT level FROM comparable
  WHERE received IS NOT NULL AND :level IN ('', level, coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
      AND code = level), level, '不明'))
  GROUP BY level ORDER BY count(*) DESC, level LIMIT 1
), figures AS (
  SELECT c.agency_id, c.year, c.level, c.received FROM comparable c JOIN level_chosen l ON l.level = c.level
  WHERE c.received IS NOT NULL
), span AS (
  SELECT CAST(coalesce(nullif(nullif(:first, ''), 'all'), min(year)) AS INTEGER) AS first_year,
         CAST(coalesce(nullif(nullif(:last, ''), 'all'), max(year)) AS INTEGER) AS last_year
  FROM figures
), panel AS (
  SELECT f.agency_id FROM figures f JOIN span s ON f.year BETWEEN s.first_year AND s.last_year
  GROUP BY f.agency_id HAVING count(*) = max(s.last_year) - max(s.first_year) + 1
)
SELECT f.year, f.level, s.first_year, s.last_year,
       count(p.agency_id) AS areas_in_panel,
       count(*) - count(p.agency_id) AS areas_left_out,
       sum(CASE WHEN p.agency_id IS NOT NULL THEN f.received END) AS requests
FROM figures f JOIN span s ON f.year BETWEEN s.first_year AND s.last_year
LEFT JOIN panel p ON p.agency_id = f.agency_id
GROUP BY f.year, f.level, s.first_year, s.last_year
ORDER BY f.year
