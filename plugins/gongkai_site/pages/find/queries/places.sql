WITH sought AS (
  SELECT trim(:q) AS q, replace(replace(lower(trim(:q)), ' ', ''), '''', '') AS letters
), known AS (
  SELECT d.adcode, d.name, d.level, d.province, d.city, max(d.valid_from) AS valid_from
  FROM divisions d GROUP BY d.adcode, d.name
)
SELECT k.adcode, k.name, k.level, k.province, k.city, s.pinyin, count(*) OVER () AS found
FROM sought q CROSS JOIN known k
LEFT JOIN agencies a ON a.adcode = k.adcode AND a.kind = 'government'
LEFT JOIN agency_search s ON s.agency = a.id
WHERE q.q <> '' AND (
  instr(k.name, q.q) OR instr(k.adcode, q.q) = 1
  OR instr(s.pinyin, q.letters) = 1 OR s.initials = q.letters)
GROUP BY k.adcode, k.name
ORDER BY instr(k.name, q.q) <> 1, length(k.name), k.adcode
LIMIT 6
