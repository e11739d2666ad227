SELECT s.year || ' ' || code_label('level', s.level, 'zh') || '·' || code_label('scope', s.scope, 'zh') AS series,
       substr(i.label_zh, instr(i.label_zh, ' ') + 1) AS item, i.sort_order,
       sum(a.total) AS requests, count(a.total) AS reports
FROM report_summary s CROSS JOIN items i
JOIN applications a ON a.report = s.report AND a.item = i.code
WHERE i.item_group = 'withheld' AND s.level IS NOT NULL AND s.scope IS NOT NULL
  AND s.year = coalesce(nullif(:year, ''), (SELECT max(year) FROM report_summary))
GROUP BY s.year, s.level, s.scope, i.code ORDER BY s.level, s.scope, i.sort_order
