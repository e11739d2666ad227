SELECT coalesce(s.year, '年度不明') || ' ' || code_label('level', s.level, 'zh') || '·'
         || code_label('scope', s.scope, 'zh') AS series,
       s.year, s.level, s.scope,
       count(*) AS reports,
       count(nullif(s.abridged, 0)) AS abridged_reports,
       count(s.received) AS with_requests,
       count(s.reconsiderations) AS with_reconsiderations,
       count(h.report) AS with_hotline,
       reports_path(s.year, s.level, s.scope) AS reports_url
FROM report_summary s
LEFT JOIN (SELECT DISTINCT report FROM hotline) h ON h.report = s.report
GROUP BY s.year, s.level, s.scope
ORDER BY s.year DESC, s.level, s.scope
