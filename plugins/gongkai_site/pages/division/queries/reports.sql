SELECT s.report, s.agency_id, s.year, s.scope, s.level, s.agency, s.received, s.abridged, r.label, a.kind,
       code_label('scope', s.scope, 'zh') AS scope_zh,
       code_label('scope', s.scope, 'en') AS scope_en, code_label('kind', a.kind, 'zh') AS kind_zh,
       code_label('kind', a.kind, 'en') AS kind_en,
       s.level = d.level AND a.kind = 'government' AS is_own
FROM report_summary s JOIN reports r ON r.id = s.report
JOIN divisions d ON d.adcode = :adcode AND d.valid_from = :valid_from
LEFT JOIN agencies a ON a.id = s.agency_id
WHERE s.adcode = :adcode AND s.year >= d.valid_from AND (d.valid_to IS NULL OR s.year <= d.valid_to)
ORDER BY is_own DESC, a.kind IS NULL, a.kind, s.agency, s.agency_id, s.year, s.report
