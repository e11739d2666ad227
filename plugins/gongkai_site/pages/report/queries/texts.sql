SELECT other.id, other.label, other.published, other.current,
       own.superseded_by IS other.id AS is_superseding
FROM reports own
JOIN reports other ON other.agency = own.agency AND other.year = own.year AND other.id <> own.id
WHERE own.id = :report
  AND (other.agency_id IS own.agency_id)
  AND (own.agency_id IS NOT NULL OR (other.province IS own.province AND other.city IS own.city AND other.county IS own.county))
ORDER BY other.published, other.id
