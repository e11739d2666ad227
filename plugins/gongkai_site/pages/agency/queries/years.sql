SELECT s.*, code_label('scope', s.scope, 'zh') AS scope_zh,
       code_label('scope', s.scope, 'en') AS scope_en, code_label('includes_lower', s.includes_lower, 'zh') AS lower_zh,
       code_label('includes_lower', s.includes_lower, 'en') AS lower_en,
       r.label, c.report IS NOT NULL AS comparable,
       CASE WHEN c.report IS NOT NULL THEN round(10000.0 * s.received / nullif(s.residents, 0), 3) END AS per_10000
FROM report_summary s JOIN reports r ON r.id = s.report
LEFT JOIN comparable c ON c.report = s.report
WHERE s.agency_id = :agency
ORDER BY s.year IS NULL, s.year, s.scope, s.report
