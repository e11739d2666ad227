SELECT s.year, s.province, s.city, s.county, s.level, s.scope, s.agency, s.includes_lower,
       s.received, s.closed, s.reconsiderations, s.lawsuits_direct, s.lawsuits_after_reconsideration,
       s.form, s.abridged, '/gongkai/reports/' || s.report AS report_url
FROM report_summary s
WHERE s.province = coalesce(nullif(trim(:province), ''), (
    SELECT value FROM value_counts WHERE table_name = 'report_summary' AND column_name = 'province'
    ORDER BY rows DESC, value LIMIT 1))
  AND (:year IN ('', 'all') OR s.year = :year)
ORDER BY s.year DESC, s.city, s.county, s.level, s.agency, s.report
