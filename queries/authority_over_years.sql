SELECT s.agency || '（' || coalesce(s.province || '，', '') || coalesce((SELECT label_zh FROM codes WHERE code_list = 'scope'
    AND code = s.scope), s.scope, '不明') || '）' AS series,
       s.agency, s.year, s.level, s.scope, s.form,
       s.received, s.brought_forward,
       s.granted, s.partly_granted, s.withheld, s.unavailable, s.not_processed, s.other,
       s.closed, s.carried_forward,
       s.disclosure_rate, s.disclosure_rate_reason,
       s.reconsiderations, s.lawsuits_direct, s.lawsuits_after_reconsideration,
       s.abridged, '/gongkai/reports/' || s.report || '#applications' AS report_url
FROM report_summary s
WHERE instr(s.agency, trim(:agency)) > 0
  AND (trim(:agency) <> '' OR s.agency = (
        SELECT agency FROM report_summary WHERE agency IS NOT NULL
        GROUP BY agency ORDER BY count(*) DESC, agency LIMIT 1))
ORDER BY s.agency, s.province, s.scope, s.year
