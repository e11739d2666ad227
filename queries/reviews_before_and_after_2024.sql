WITH figures AS (
  SELECT c.year, c.level, c.reconsiderations, c.lawsuits_direct, c.lawsuits_after_reconsideration,
         c.reconsiderations + c.lawsuits_direct + c.lawsuits_after_reconsideration AS total
  FROM comparable c
  WHERE :level IN ('', 'all', c.level, coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
      AND code = c.level), c.level, '不明'))
)
SELECT year || ' ' || coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
    AND code = level), level, '不明') AS series, year, level,
       CASE WHEN year < 2024 THEN 'before' ELSE 'since' END AS law_of_2024,
       count(total) AS areas_with_figures, count(*) - count(total) AS areas_left_out,
       sum(CASE WHEN total IS NOT NULL THEN reconsiderations END) AS reconsiderations,
       sum(CASE WHEN total IS NOT NULL THEN lawsuits_direct END) AS lawsuits_direct,
       sum(CASE WHEN total IS NOT NULL THEN lawsuits_after_reconsideration END) AS lawsuits_after_reconsideration,
       round(100.0 * sum(CASE WHEN total IS NOT NULL THEN reconsiderations END) / nullif(sum(total), 0), 1)
         AS reconsideration_share,
       round(100.0 * sum(CASE WHEN total IS NOT NULL THEN lawsuits_direct END) / nullif(sum(total), 0), 1)
         AS lawsuit_direct_share,
       round(100.0 * sum(CASE WHEN total IS NOT NULL THEN lawsuits_after_reconsideration END) / nullif(sum(total), 0), 1)
         AS lawsuit_after_share
FROM figures
GROUP BY year, level
ORDER BY level, year
