WITH chosen AS (
  SELECT c.year, c.level, v.channel, v.upheld, v.corrected, v.other, v.pending, v.total,
         CASE WHEN v.upheld + v.corrected + v.other + v.pending IS NULL THEN 'blank'
              WHEN v.upheld + v.corrected + v.other + v.pending IS NOT v.total THEN 'total_differs'
              ELSE 'added' END AS part
  FROM comparable c CROSS JOIN reviews v ON v.report = c.report
  WHERE :level IN ('', 'all', c.level, coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
      AND code = c.level), c.level, '不明'))
), sums AS (
  SELECT y.year, y.level, h.code AS channel, h.label_zh AS channel_zh, h.label_en AS channel_en, h.sort_order,
         y.areas,
         count(CASE WHEN p.part = 'added' THEN 1 END) AS areas_added,
         count(CASE WHEN p.part = 'blank' THEN 1 END) AS areas_with_blanks,
         count(CASE WHEN p.part = 'total_differs' THEN 1 END) AS areas_not_adding_up,
         sum(CASE WHEN p.part = 'added' THEN p.corrected END) AS corrected,
         sum(CASE WHEN p.part = 'added' THEN p.upheld END) AS upheld,
         sum(CASE WHEN p.part = 'added' THEN p.other END) AS other,
         sum(CASE WHEN p.part = 'added' THEN p.pending END) AS pending
  FROM (SELECT year, level, count(*) AS areas FROM comparable GROUP BY year, level) y
  JOIN review_channels h
  LEFT JOIN chosen p ON p.year = y.year AND p.level = y.level AND p.channel = h.code
  WHERE :level IN ('', 'all', y.level, coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
      AND code = y.level), y.level, '不明'))
  GROUP BY y.year, y.level, h.code
)
SELECT year, level, channel_zh, channel_en, corrected, upheld, other, pending,
       corrected + upheld + other AS decided,
       CASE WHEN corrected + upheld + other >= 30
            THEN round(100.0 * corrected / (corrected + upheld + other), 2) END AS correction_rate,
       CASE WHEN corrected IS NULL THEN 'blank_figure'
            WHEN corrected + upheld + other < 30 THEN 'denominator_under_30' END AS correction_rate_reason,
       areas_added, areas_with_blanks, areas_not_adding_up,
       areas - areas_added - areas_with_blanks - areas_not_adding_up AS areas_without_row, areas
FROM sums
ORDER BY level, sort_order, year
