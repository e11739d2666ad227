SELECT s.year || ' ' || code_label('level', s.level, 'zh') || '·' || code_label('scope', s.scope, 'zh') AS series,
       o.label_zh AS outcome, o.sort_order, sum(a.total) AS requests, count(a.total) AS reports
FROM report_summary s CROSS JOIN outcomes o
JOIN applications_by_outcome a ON a.report = s.report AND a.outcome = o.code
WHERE s.level IS NOT NULL AND s.scope IS NOT NULL
  AND s.year = coalesce(nullif(:year, ''), (SELECT max(year) FROM report_summary))
GROUP BY s.year, s.level, s.scope, o.code ORDER BY s.level, s.scope, o.sort_order
