SELECT coalesce(s.year, '年度不明') || ' ' || coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
    AND code = s.level), s.level, '不明') || '·'
         || coalesce((SELECT label_zh FROM codes WHERE code_list = 'scope' AND code = s.scope), s.scope, '不明') AS series,
       s.year, s.level, s.scope,
       o.label_zh AS outcome_zh, o.label_en AS outcome_en,
       a.requests,
       coalesce(a.reports_with_figure, 0) AS reports_with_figure,
       s.reports - coalesce(a.reports_with_figure, 0) AS reports_without_figure,
       '/gongkai/report_summary?' || coalesce('year=' || s.year, 'year__isnull=1') || '&' || coalesce('level='
           || s.level, 'level__isnull=1') || '&' || coalesce('scope=' || s.scope, 'scope__isnull=1') AS reports_url
FROM report_counts s
CROSS JOIN outcomes o
LEFT JOIN outcome_sums a ON a.year IS s.year AND a.level IS s.level AND a.scope IS s.scope AND a.outcome = o.code
WHERE (:year = 'all' OR s.year = coalesce(nullif(:year, ''), (SELECT max(year) FROM report_counts)))
ORDER BY s.year DESC, s.level, s.scope, o.sort_order
