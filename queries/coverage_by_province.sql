SELECT d.province, c.year, d.level,
       count(*) AS divisions,
       count(CASE WHEN c.status = 'published' THEN 1 END) AS published,
       count(CASE WHEN c.status = 'without_tables' THEN 1 END) AS without_tables,
       count(CASE WHEN c.status = 'unreadable' THEN 1 END) AS unreadable,
       count(CASE WHEN c.status = 'not_here' THEN 1 END) AS not_here,
       round(100.0 * count(CASE WHEN c.status IN ('published', 'without_tables') THEN 1 END) / count(*), 1) AS share_here
FROM coverage c
JOIN divisions d ON d.adcode = c.adcode
  AND c.year >= d.valid_from AND (d.valid_to IS NULL OR c.year <= d.valid_to)
WHERE (:year = 'all' OR c.year = coalesce(nullif(:year, ''), (
    SELECT max(year) FROM coverage WHERE status <> 'not_here')))
  AND d.level = coalesce((
    SELECT level FROM divisions WHERE :level IN (level, coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
        AND code = level), level, '不明')) LIMIT 1),
    CASE :level WHEN '' THEN 'county' END)
GROUP BY d.province, c.year, d.level
ORDER BY c.year DESC, min(c.adcode)
