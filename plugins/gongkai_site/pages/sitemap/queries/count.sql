SELECT count(*) + count(DISTINCT agency_id) + count(DISTINCT adcode || ',' || year) AS pages
FROM reports
WHERE current = 1
