SELECT other.id, other.year, other.scope,
       code_label('scope', other.scope, 'zh') AS scope_zh, code_label('scope', other.scope, 'en') AS scope_en
FROM reports own
JOIN reports other ON other.agency_id = own.agency_id AND other.current = 1
  AND other.year IS NOT NULL AND other.year IS NOT own.year
WHERE own.id = :report
ORDER BY other.year, other.scope, other.id
