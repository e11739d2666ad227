WITH others AS (
  SELECT other.*
  FROM reports own
  JOIN reports other ON other.agency_id = own.agency_id
  WHERE own.id = :report
  UNION
  SELECT other.*
  FROM reports own
  JOIN reports other ON other.agency = own.agency AND other.agency_id IS NULL
    AND other.province IS own.province AND other.city IS own.city AND other.county IS own.county
  WHERE own.id = :report AND own.agency_id IS NULL
)
SELECT id, year, scope, code_label('scope', scope, 'zh') AS scope_zh, code_label('scope', scope, 'en') AS scope_en
FROM others
WHERE current = 1 AND year IS NOT NULL AND year IS NOT (SELECT year FROM reports WHERE id = :report)
ORDER BY year, scope, id
