SELECT s.year || ' ' || code_label('level', s.level, 'zh') || '·' || code_label('scope', s.scope, 'zh') AS series,
       r.label, s.received, s.disclosure_rate
FROM report_summary s JOIN reports r ON r.id = s.report
WHERE s.year = coalesce(nullif(:year, ''), (SELECT max(year) FROM report_summary))
ORDER BY s.level, s.scope, r.label
