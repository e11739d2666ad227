WITH years AS (
  SELECT DISTINCT year FROM report_counts
  WHERE :year = 'all' OR year = coalesce(nullif(:year, ''), (SELECT max(year) FROM report_counts))
), chosen AS (
  SELECT s.report, v.channel
  FROM years y CROSS JOIN report_summary s ON s.year IS y.year
  CROSS JOIN reviews v ON v.report = s.report AND v.channel <> 'reconsideration'
  CROSS JOIN review_channels n ON n.code = v.channel
  WHERE (trim(:province) = '' OR s.province = trim(:province))
    AND (:level IN ('', 'all', s.level) OR (s.level IS NULL AND :level = '不明')
         OR s.level = (SELECT code FROM codes WHERE code_list = 'level' AND label_zh = :level))
  ORDER BY s.year DESC, s.level, s.scope, s.province, s.city, s.county,
           coalesce(s.agency || ' ' || s.year, (SELECT label FROM reports WHERE id = s.report)), n.sort_order
  LIMIT -1
)
SELECT r.label || CASE WHEN EXISTS (
    SELECT 1 FROM reports o CROSS JOIN report_summary t ON t.report = o.id
    CROSS JOIN reviews w ON w.report = o.id AND w.channel = c.channel
    WHERE o.label = r.label AND o.id <> r.id AND (:year = 'all' OR t.year = s.year)
      AND (trim(:province) = '' OR t.province = trim(:province))
      AND (:level IN ('', 'all', t.level) OR (t.level IS NULL AND :level = '不明')
           OR t.level = (SELECT code FROM codes WHERE code_list = 'level' AND label_zh = :level)))
         THEN '（' || r.id || '）' ELSE '' END AS series,
       s.year, s.level, s.scope, n.label_zh AS channel_zh, n.label_en AS channel_en,
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
FROM chosen c
CROSS JOIN report_summary s ON s.report = c.report
CROSS JOIN reports r ON r.id = c.report
CROSS JOIN reviews v ON v.report = c.report AND v.channel = c.channel
CROSS JOIN review_channels n ON n.code = c.channel
