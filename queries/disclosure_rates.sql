WITH years AS (
  SELECT DISTINCT year FROM report_counts
  WHERE :year = 'all' OR year = coalesce(nullif(:year, ''), (SELECT max(year) FROM report_counts))
)
SELECT r.label || CASE WHEN count(*) OVER (PARTITION BY r.label) > 1 THEN '（' || r.id || '）' ELSE '' END AS series,
       s.year, s.level, s.scope,
       s.disclosure_rate, s.disclosure_numerator, s.disclosure_denominator, s.disclosure_rate_reason,
       s.full_disclosure_rate, s.full_disclosure_numerator, s.full_disclosure_denominator,
       s.full_disclosure_rate_reason,
       s.substantive_disclosure_rate, s.substantive_disclosure_numerator, s.substantive_disclosure_denominator,
       s.substantive_disclosure_rate_reason,
       s.abridged, '/gongkai/reports/' || s.report || '#applications' AS report_url
FROM years y CROSS JOIN report_summary s ON s.year IS y.year
JOIN reports r ON r.id = s.report
WHERE (:level IN ('', 'all', s.level, coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
      AND code = s.level), s.level, '不明')))
  AND (trim(:province) = '' OR s.province = trim(:province))
ORDER BY s.year DESC, s.level, s.scope, s.province, s.city, s.county, r.label
