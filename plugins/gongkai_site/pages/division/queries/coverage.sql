SELECT c.year, c.status, c.report, code_label('status', c.status, 'zh') AS status_zh,
       code_label('status', c.status, 'en') AS status_en
FROM coverage c JOIN divisions d ON d.adcode = :adcode AND d.valid_from = :valid_from
WHERE c.adcode = :adcode AND c.year >= d.valid_from AND (d.valid_to IS NULL OR c.year <= d.valid_to)
ORDER BY c.year
