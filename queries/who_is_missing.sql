WITH place_chosen AS (
  SELECT coalesce(nullif(trim(:province), ''), (
    SELECT value FROM value_counts WHERE table_name = 'report_summary' AND column_name = 'province'
    ORDER BY rows DESC, value LIMIT 1)) AS province
)
SELECT c.year, d.province, d.city, d.name, c.adcode, c.status,
       '/gongkai/divisions/' || c.adcode AS division_url
FROM coverage c
JOIN divisions d ON d.adcode = c.adcode AND d.level = 'county'
  AND c.year >= d.valid_from AND (d.valid_to IS NULL OR c.year <= d.valid_to)
JOIN place_chosen p ON p.province = d.province
WHERE c.status = 'not_here'
  AND c.year = coalesce(nullif(:year, ''), (SELECT max(year) FROM coverage))
ORDER BY c.adcode
