SELECT coalesce(s.year, '年度不明') || ' ' || coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
    AND code = s.level), s.level, '不明') || '·'
         || coalesce((SELECT label_zh FROM codes WHERE code_list = 'scope' AND code = s.scope), s.scope, '不明') AS series,
       s.year, s.level, s.scope, i.item_group,
       i.label_zh AS item_zh, i.label_en AS item_en,
       CASE WHEN s.level IS NULL OR s.scope IS NULL THEN NULL ELSE sum(a.total) END AS requests,
       count(a.total) AS reports_with_figure,
       count(*) - count(a.total) AS reports_without_figure,
       count(CASE WHEN a.placement = 'inferred' THEN a.total END) AS inferred_reports,
       '/gongkai/report_summary?' || coalesce('year=' || s.year, 'year__isnull=1') || '&' || coalesce('level='
           || s.level, 'level__isnull=1') || '&' || coalesce('scope=' || s.scope, 'scope__isnull=1') AS reports_url
FROM report_summary s
CROSS JOIN items i
LEFT JOIN applications a ON a.report = s.report AND a.item = i.code
WHERE i.item_group IN ('unavailable', 'not_processed')
  AND (:year = 'all' OR s.year = coalesce(nullif(:year, ''), (SELECT max(year) FROM report_summary)))
GROUP BY s.year, s.level, s.scope, i.code
ORDER BY s.year DESC, s.level, s.scope, i.sort_order
