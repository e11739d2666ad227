SELECT r.id, r.label, r.year, r.abridged, r.scope, substr(coalesce(r.published, r.retrieved), 1, 10) AS day, a.name_en
FROM reports r
LEFT JOIN agencies a ON a.id = r.agency_id
WHERE r.current = 1
ORDER BY day DESC, r.year DESC, r.label, r.id
LIMIT 6
