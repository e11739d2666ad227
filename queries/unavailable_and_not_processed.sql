SELECT coalesce(s.year, '年度不明') || ' ' || code_label('level', s.level, 'zh') || '·'
         || code_label('scope', s.scope, 'zh') AS series,
       s.year, s.level, s.scope, i.item_group,
       i.label_zh AS item_zh, i.label_en AS item_en,
       CASE WHEN s.level IS NULL OR s.scope IS NULL THEN NULL ELSE sum(a.total) END AS requests,
       count(a.total) AS reports_with_figure,
       count(*) - count(a.total) AS reports_without_figure,
       count(CASE WHEN a.placement = 'inferred' THEN a.total END) AS inferred_reports,
       reports_path(s.year, s.level, s.scope) AS reports_url
FROM report_summary s
CROSS JOIN items i
LEFT JOIN applications a ON a.report = s.report AND a.item = i.code
WHERE i.item_group IN ('unavailable', 'not_processed')
  AND (:year = 'all' OR s.year = coalesce(nullif(:year, ''), (SELECT max(year) FROM report_summary)))
GROUP BY s.year, s.level, s.scope, i.code
ORDER BY s.year DESC, s.level, s.scope, i.sort_order
