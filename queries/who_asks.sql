WITH applicants(place, code) AS (
  VALUES (1, 'natural_person'), (2, 'business'), (3, 'research_institution'), (4, 'public_welfare_org'),
         (5, 'legal_service_org'), (6, 'other_org')
)
SELECT coalesce(s.year, '年度不明') || ' ' || coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
    AND code = s.level), s.level, '不明') || '·'
         || coalesce((SELECT label_zh FROM codes WHERE code_list = 'scope' AND code = s.scope), s.scope, '不明') AS series,
       s.year, s.level, s.scope, p.code AS applicant,
       substr(c.label_zh, instr(c.label_zh, '·') + 1) AS applicant_zh,
       substr(c.label_en, instr(c.label_en, ', ') + 2) AS applicant_en,
       a.requests,
       coalesce(a.reports_with_figure, 0) AS reports_with_figure,
       s.reports - coalesce(a.reports_with_figure, 0) AS reports_without_figure,
       '/gongkai/report_summary?' || coalesce('year=' || s.year, 'year__isnull=1') || '&' || coalesce('level='
           || s.level, 'level__isnull=1') || '&' || coalesce('scope=' || s.scope, 'scope__isnull=1') AS reports_url
FROM report_counts s
CROSS JOIN applicants p
LEFT JOIN request_sums a ON a.year IS s.year AND a.level IS s.level AND a.scope IS s.scope
  AND a.item = 'received' AND a.applicant = p.code
LEFT JOIN check_subjects c ON c.code = 'applications-received-' || p.code
WHERE (:year = 'all' OR s.year = coalesce(nullif(:year, ''), (SELECT max(year) FROM report_counts)))
ORDER BY s.year DESC, s.level, s.scope, p.place
