SELECT p.adcode, p.name, p.level, p.valid_from, p.valid_to, c.year, c.status, c.report
FROM divisions d
JOIN divisions p ON p.parent = d.adcode AND p.valid_from <= coalesce(d.valid_to, p.valid_from)
  AND (p.valid_to IS NULL OR p.valid_to >= d.valid_from)
LEFT JOIN coverage c ON c.adcode = p.adcode AND c.year >= p.valid_from AND (p.valid_to IS NULL OR c.year <= p.valid_to)
  AND c.year >= d.valid_from AND (d.valid_to IS NULL OR c.year <= d.valid_to)
WHERE d.adcode = :adcode AND d.valid_from = :valid_from
ORDER BY p.adcode, p.valid_from, c.year
