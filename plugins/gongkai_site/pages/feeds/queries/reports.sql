SELECT '/gongkai/reports/' || id AS path, label AS title,
       coalesce(agency, agency_printed) AS author, coalesce(title, label) AS words,
       substr(coalesce(retrieved, published), 1, 10) AS day, abridged
FROM reports
WHERE current = 1 AND coalesce(retrieved, published) IS NOT NULL
ORDER BY day DESC, id
LIMIT 50
