WITH sought AS (
  SELECT replace(replace(replace(lower(trim(:q)), ' ', ''), '''', ''), 'ü', 'v') AS q
), found AS (
  SELECT a.*, q.q,
         CASE WHEN q.q IN (a.id, a.adcode, a.name, s.area, s.pinyin, s.initials) THEN 1
              WHEN instr(s.area, q.q) = 1 OR instr(a.name, q.q) = 1 THEN 2
              WHEN instr(s.pinyin, q.q) = 1 OR instr(a.id, q.q) = 1 OR instr(a.adcode, q.q) = 1 THEN 2
              WHEN instr(s.initials, q.q) = 1 THEN 3
              WHEN EXISTS (SELECT 1 FROM agency_names n WHERE n.agency = a.id AND instr(n.name, q.q)) THEN 4
              WHEN instr(replace(replace(lower(a.name_en), ' ', ''), '''', ''), q.q) THEN 5 END AS place
  FROM sought q CROSS JOIN agencies a
  JOIN agency_search s ON s.agency = a.id
), told AS (
  SELECT f.*,
         (SELECT count(*) FROM report_summary s WHERE s.agency_id = f.id) AS reports,
         (SELECT min(year) FROM report_summary s WHERE s.agency_id = f.id) AS first_year,
         (SELECT max(year) FROM report_summary s WHERE s.agency_id = f.id) AS last_year
  FROM found f WHERE f.place IS NOT NULL
)
SELECT name, name_en, kind, level, adcode, reports, first_year, last_year,
       '/gongkai/agencies/' || id AS agency_url
FROM told
WHERE q <> '' OR reports > 0
ORDER BY place, reports = 0, kind <> 'government',
         CASE level WHEN 'national' THEN 1 WHEN 'province' THEN 2 WHEN 'prefecture' THEN 3 WHEN 'county' THEN 4 ELSE 5 END, id
LIMIT 200
