SELECT year, code_label('level', level, 'zh') || '·' || code_label('scope', scope, 'zh') AS series,
       count(*) AS reports
FROM report_summary GROUP BY year, level, scope ORDER BY year, level, scope
