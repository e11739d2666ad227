WITH years AS (
  SELECT DISTINCT year FROM report_counts
  WHERE :year = 'all' OR year = coalesce(nullif(:year, ''), (SELECT max(year) FROM report_counts))
)
SELECT r.label || CASE WHEN count(*) OVER (PARTITION BY r.label, v.channel) > 1
                       THEN '（' || r.id || '）' ELSE '' END AS series,
       s.year, s.level, s.scope, c.label_zh AS channel_zh, c.label_en AS channel_en,
       v.upheld, v.corrected, v.other, v.pending, v.total AS total_as_printed, v.placement,
       CASE v.channel WHEN 'lawsuit_direct' THEN s.lawsuit_direct_correction_rate
         ELSE s.lawsuit_after_reconsideration_correction_rate END AS correction_rate,
       CASE v.channel WHEN 'lawsuit_direct' THEN s.lawsuit_direct_correction_numerator
         ELSE s.lawsuit_after_reconsideration_correction_numerator END AS correction_numerator,
       CASE v.channel WHEN 'lawsuit_direct' THEN s.lawsuit_direct_correction_denominator
         ELSE s.lawsuit_after_reconsideration_correction_denominator END AS correction_denominator,
       CASE v.channel WHEN 'lawsuit_direct' THEN s.lawsuit_direct_correction_rate_reason
         ELSE s.lawsuit_after_reconsideration_correction_rate_reason END AS correction_rate_reason,
       s.abridged, '/gongkai/reports/' || s.report || '#reviews-' || v.channel AS report_url
FROM years y CROSS JOIN report_summary s ON s.year IS y.year
JOIN reports r ON r.id = s.report
JOIN reviews v ON v.report = s.report AND v.channel <> 'reconsideration'
JOIN review_channels c ON c.code = v.channel
WHERE (:level IN ('', 'all', s.level, coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
      AND code = s.level), s.level, '不明')))
  AND (trim(:province) = '' OR s.province = trim(:province))
ORDER BY s.year DESC, s.level, s.scope, s.province, s.city, s.county, r.label, c.sort_order
