WITH chosen AS (
  SELECT s.year, s.level, s.scope, v.* FROM report_summary s
  JOIN reviews v ON v.report = s.report AND v.channel = 'reconsideration'
  WHERE s.level IS NOT NULL AND s.scope IS NOT NULL
    AND s.year = coalesce(nullif(:year, ''), (SELECT max(year) FROM report_summary))
), parts AS (
  SELECT 1 AS place, 'upheld' AS outcome, year, level, scope, upheld AS cases FROM chosen
  UNION ALL SELECT 2, 'corrected', year, level, scope, corrected FROM chosen
  UNION ALL SELECT 3, 'other', year, level, scope, other FROM chosen
  UNION ALL SELECT 4, 'pending', year, level, scope, pending FROM chosen
)
SELECT p.year || ' ' || code_label('level', p.level, 'zh') || '·' || code_label('scope', p.scope, 'zh') AS series, p.place,
       substr(c.label_zh, instr(c.label_zh, '·') + 1) AS outcome, sum(p.cases) AS requests,
       count(p.cases) AS reports
FROM parts p JOIN check_subjects c ON c.code = 'reviews-reconsideration-' || p.outcome
GROUP BY p.year, p.level, p.scope, p.place ORDER BY p.level, p.scope, p.place
