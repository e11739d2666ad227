WITH sought AS (
  SELECT replace(replace(replace(lower(trim(:q)), ' ', ''), '''', ''), 'ü', 'v') AS q
), reporting AS (
  SELECT agency_id, count(*) AS reports, min(year) AS first_year, max(year) AS last_year
  FROM report_summary WHERE agency_id IS NOT NULL GROUP BY agency_id
), found AS (
  SELECT a.*, q.q, r.reports, r.first_year, r.last_year,
         CASE WHEN q.q IN (a.id, a.adcode, a.name, s.area, s.pinyin, s.initials) THEN 1
              WHEN instr(s.area, q.q) = 1 OR instr(a.name, q.q) = 1 THEN 2
              WHEN instr(s.pinyin, q.q) = 1 OR instr(a.id, q.q) = 1 OR instr(a.adcode, q.q) = 1 THEN 2
              WHEN instr(s.initials, q.q) = 1 THEN 3
              WHEN EXISTS (SELECT 1 FROM agency_names n WHERE n.agency = a.id AND instr(n.name, q.q)) THEN 4
              WHEN instr(replace(replace(lower(a.name_en), ' ', ''), '''', ''), q.q) THEN 5 END AS place
  FROM sought q CROSS JOIN agencies a
  JOIN agency_search s ON s.agency = a.id
  LEFT JOIN reporting r ON r.agency_id = a.id
)
SELECT name, name_en, kind, level, adcode, coalesce(reports, 0) AS reports, first_year, last_year,
       '/gongkai/agencies/' || id AS agency_url
FROM found
WHERE place IS NOT NULL AND (q <> '' OR reports IS NOT NULL)
ORDER BY place, reports IS NULL, kind <> 'government',
         CASE level WHEN 'national' THEN 1 WHEN 'province' THEN 2 WHEN 'prefecture' THEN 3 WHEN 'county' THEN 4 ELSE 5 END, id
LIMIT 200
