SELECT coalesce(s.year, '年度不明') || ' ' || coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
    AND code = s.level), s.level, '不明') || '·'
         || coalesce((SELECT label_zh FROM codes WHERE code_list = 'scope' AND code = s.scope), s.scope, '不明') AS series,
       s.year, s.level, s.scope,
       s.reports, s.abridged_reports, s.with_requests, s.with_reconsiderations, s.with_hotline,
       '/gongkai/report_summary?' || coalesce('year=' || s.year, 'year__isnull=1') || '&' || coalesce('level='
           || s.level, 'level__isnull=1') || '&' || coalesce('scope=' || s.scope, 'scope__isnull=1') AS reports_url
FROM report_counts s
ORDER BY s.year DESC, s.level, s.scope
