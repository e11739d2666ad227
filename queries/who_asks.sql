WITH chosen AS (
  SELECT s.year, s.level, s.scope, a.*
  FROM report_summary s LEFT JOIN applications a ON a.report = s.report AND a.item = 'received'
  WHERE :year = 'all' OR s.year = coalesce(nullif(:year, ''), (SELECT max(year) FROM report_summary))
), parts AS (
  SELECT 1 AS place, 'natural_person' AS applicant, year, level, scope, natural_person AS requests FROM chosen
  UNION ALL SELECT 2, 'business', year, level, scope, business FROM chosen
  UNION ALL SELECT 3, 'research_institution', year, level, scope, research_institution FROM chosen
  UNION ALL SELECT 4, 'public_welfare_org', year, level, scope, public_welfare_org FROM chosen
  UNION ALL SELECT 5, 'legal_service_org', year, level, scope, legal_service_org FROM chosen
  UNION ALL SELECT 6, 'other_org', year, level, scope, other_org FROM chosen
)
SELECT coalesce(p.year, '年度不明') || ' ' || coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
    AND code = p.level), p.level, '不明') || '·'
         || coalesce((SELECT label_zh FROM codes WHERE code_list = 'scope' AND code = p.scope), p.scope, '不明') AS series,
       p.year, p.level, p.scope, p.applicant,
       substr(c.label_zh, instr(c.label_zh, '·') + 1) AS applicant_zh,
       substr(c.label_en, instr(c.label_en, ', ') + 2) AS applicant_en,
       CASE WHEN p.level IS NULL OR p.scope IS NULL THEN NULL ELSE sum(p.requests) END AS requests,
       count(p.requests) AS reports_with_figure,
       count(*) - count(p.requests) AS reports_without_figure, '/gongkai/report_summary?' || coalesce('year='
           || p.year, 'year__isnull=1') || '&' || coalesce('level=' || p.level, 'level__isnull=1') || '&' || coalesce('scope='
               || p.scope, 'scope__isnull=1') AS reports_url
FROM parts p LEFT JOIN check_subjects c ON c.code = 'applications-received-' || p.applicant
GROUP BY p.year, p.level, p.scope, p.place
ORDER BY p.year DESC, p.level, p.scope, p.place
