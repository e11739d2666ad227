WITH chosen AS (
  SELECT s.year, s.level, s.scope, a.* FROM report_summary s
  JOIN applications a ON a.report = s.report AND a.item = 'received'
  WHERE s.level IS NOT NULL AND s.scope IS NOT NULL
    AND s.year = coalesce(nullif(:year, ''), (SELECT max(year) FROM report_summary))
), parts AS (
  SELECT 1 AS place, 'natural_person' AS applicant, year, level, scope, natural_person AS requests FROM chosen
  UNION ALL SELECT 2, 'business', year, level, scope, business FROM chosen
  UNION ALL SELECT 3, 'research_institution', year, level, scope, research_institution FROM chosen
  UNION ALL SELECT 4, 'public_welfare_org', year, level, scope, public_welfare_org FROM chosen
  UNION ALL SELECT 5, 'legal_service_org', year, level, scope, legal_service_org FROM chosen
  UNION ALL SELECT 6, 'other_org', year, level, scope, other_org FROM chosen
)
SELECT p.year || ' ' || code_label('level', p.level, 'zh') || '·' || code_label('scope', p.scope, 'zh') AS series, p.place,
       substr(c.label_zh, instr(c.label_zh, '·') + 1) AS applicant,
       sum(p.requests) AS requests, count(p.requests) AS reports
FROM parts p JOIN check_subjects c ON c.code = 'applications-received-' || p.applicant
GROUP BY p.year, p.level, p.scope, p.place ORDER BY p.level, p.scope, p.place
