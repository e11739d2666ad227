WITH pair AS (
  SELECT own.id AS here, other.id AS there
  FROM reports own
  JOIN problems p ON p.report = own.id AND p.code = 'superseded'
  JOIN reports other ON other.agency = own.agency AND other.year = own.year AND other.current = 1
    AND instr(p.message, '(' || other.id || ')')
  WHERE own.id = :report AND own.current = 0
), cells AS (
  SELECT a.report, 'applications-' || a.item || '-' || c.key AS fragment, c.value
  FROM pair JOIN applications a ON a.report IN (pair.here, pair.there),
    json_each(json_object('natural_person', a.natural_person, 'business', a.business,
      'research_institution', a.research_institution, 'public_welfare_org', a.public_welfare_org,
      'legal_service_org', a.legal_service_org, 'other_org', a.other_org, 'total', a.total)) c
  UNION ALL
  SELECT d.report, 'disclosures-' || d.item || '-' || d.measure, coalesce(d.count, d.amount_wan)
  FROM pair JOIN disclosures d ON d.report IN (pair.here, pair.there)
  UNION ALL
  SELECT r.report, 'reviews-' || r.channel || '-' || c.key, c.value
  FROM pair JOIN reviews r ON r.report IN (pair.here, pair.there),
    json_each(json_object('upheld', r.upheld, 'corrected', r.corrected, 'other', r.other, 'pending', r.pending,
      'total', r.total)) c
), compared AS (
  SELECT fragment,
         max(CASE WHEN report = pair.here THEN value END) AS here, max(report = pair.here) AS is_here,
         max(CASE WHEN report = pair.there THEN value END) AS there, max(report = pair.there) AS is_there
  FROM cells, pair
  GROUP BY fragment
)
SELECT c.*, coalesce(s.label_zh, c.fragment) AS label_zh, coalesce(s.label_en, c.fragment) AS label_en
FROM compared c
LEFT JOIN check_subjects s ON s.code = c.fragment
WHERE c.here IS NOT c.there OR c.is_here <> c.is_there
ORDER BY s.rowid IS NULL, s.rowid, c.fragment
