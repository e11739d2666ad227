WITH years AS (
  SELECT DISTINCT year FROM report_counts
  WHERE :year = 'all' OR year = coalesce(nullif(:year, ''), (SELECT max(year) FROM report_counts))
)
SELECT r.label || CASE WHEN count(*) OVER (PARTITION BY r.label) > 1 THEN '（' || r.id || '）' ELSE '' END AS series,
       s.year, s.level, s.scope,
       v.upheld, v.corrected, v.other, v.pending, v.total AS total_as_printed, v.placement,
       s.reconsideration_correction_rate AS correction_rate,
       s.reconsideration_correction_numerator AS correction_numerator,
       s.reconsideration_correction_denominator AS correction_denominator,
       s.reconsideration_correction_rate_reason AS correction_rate_reason,
       s.abridged, '/gongkai/reports/' || s.report || '#reviews-reconsideration' AS report_url
FROM years y CROSS JOIN report_summary s ON s.year IS y.year
JOIN reports r ON r.id = s.report
JOIN reviews v ON v.report = s.report AND v.channel = 'reconsideration'
WHERE (:level IN ('', 'all', s.level, coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
      AND code = s.level), s.level, '不明')))
  AND (trim(:province) = '' OR s.province = trim(:province))
ORDER BY s.year DESC, s.level, s.scope, s.province, s.city, s.county, r.label
