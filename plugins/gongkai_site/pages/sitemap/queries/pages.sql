SELECT path, day FROM (
  SELECT '/gongkai/reports/' || id AS path, substr(coalesce(retrieved, published), 1, 10) AS day
  FROM reports WHERE current = 1
  UNION ALL
  SELECT DISTINCT '/gongkai/agencies/' || agency_id, NULL
  FROM reports WHERE current = 1 AND agency_id IS NOT NULL
  UNION ALL
  SELECT DISTINCT '/gongkai/divisions/' || d.adcode || ',' || d.valid_from, NULL
  FROM reports r
  JOIN divisions d ON d.adcode = r.adcode AND r.year >= d.valid_from AND (d.valid_to IS NULL OR r.year <= d.valid_to)
  WHERE r.current = 1
)
ORDER BY path
LIMIT :most OFFSET :behind
