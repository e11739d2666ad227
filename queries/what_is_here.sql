SELECT coalesce(s.year, '年度不明') || ' ' || coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
    AND code = s.level), s.level, '不明') || '·'
         || coalesce((SELECT label_zh FROM codes WHERE code_list = 'scope' AND code = s.scope), s.scope, '不明') AS series,
       s.year, s.level, s.scope,
       count(*) AS reports,
       count(nullif(s.abridged, 0)) AS abridged_reports,
       count(s.received) AS with_requests,
       count(s.reconsiderations) AS with_reconsiderations,
       count(h.report) AS with_hotline,
       '/gongkai/report_summary?' || coalesce('year=' || s.year, 'year__isnull=1') || '&' || coalesce('level='
           || s.level, 'level__isnull=1') || '&' || coalesce('scope=' || s.scope, 'scope__isnull=1') AS reports_url
FROM report_summary s
LEFT JOIN (SELECT DISTINCT report FROM hotline) h ON h.report = s.report
GROUP BY s.year, s.level, s.scope
ORDER BY s.year DESC, s.level, s.scope
