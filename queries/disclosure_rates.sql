SELECT r.label || CASE WHEN count(*) OVER (PARTITION BY r.label) > 1 THEN '（' || r.id || '）' ELSE '' END AS series,
       s.year, s.level, s.scope,
       s.disclosure_rate, s.disclosure_numerator, s.disclosure_denominator, s.disclosure_rate_reason,
       s.full_disclosure_rate, s.full_disclosure_numerator, s.full_disclosure_denominator,
       s.full_disclosure_rate_reason,
       s.substantive_disclosure_rate, s.substantive_disclosure_numerator, s.substantive_disclosure_denominator,
       s.substantive_disclosure_rate_reason,
       s.abridged, '/gongkai/reports/' || s.report || '#applications' AS report_url
FROM report_summary s JOIN reports r ON r.id = s.report
WHERE (:year = 'all' OR s.year = coalesce(nullif(:year, ''), (SELECT max(year) FROM report_summary)))
  AND (:level IN ('', 'all', s.level, coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
      AND code = s.level), s.level, '不明')))
  AND (trim(:province) = '' OR s.province = trim(:province))
ORDER BY s.year DESC, s.level, s.scope, s.province, s.city, s.county, r.label
