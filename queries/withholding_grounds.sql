SELECT coalesce(s.year, '年度不明') || ' ' || coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
    AND code = s.level), s.level, '不明') || '·'
         || coalesce((SELECT label_zh FROM codes WHERE code_list = 'scope' AND code = s.scope), s.scope, '不明') AS series,
       s.year, s.level, s.scope,
       i.label_zh AS item_zh, i.label_en AS item_en,
       a.requests,
       coalesce(a.reports_with_figure, 0) AS reports_with_figure,
       s.reports - coalesce(a.reports_with_figure, 0) AS reports_without_figure,
       coalesce(a.inferred_reports, 0) AS inferred_reports,
       '/gongkai/report_summary?' || coalesce('year=' || s.year, 'year__isnull=1') || '&' || coalesce('level='
           || s.level, 'level__isnull=1') || '&' || coalesce('scope=' || s.scope, 'scope__isnull=1') AS reports_url
FROM report_counts s
CROSS JOIN items i
LEFT JOIN request_sums a ON a.year IS s.year AND a.level IS s.level AND a.scope IS s.scope
  AND a.item = i.code AND a.applicant = 'total'
WHERE i.item_group = 'withheld'
  AND (:year = 'all' OR s.year = coalesce(nullif(:year, ''), (SELECT max(year) FROM report_counts)))
ORDER BY s.year DESC, s.level, s.scope, i.sort_order
