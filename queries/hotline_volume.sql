WITH chosen AS (
  SELECT id, agency, year FROM reports
  WHERE current = 1 AND trim(:agency) = ''
  UNION ALL
  SELECT id, agency, year FROM reports
  WHERE current = 1 AND trim(:agency) <> '' AND agency = trim(:agency)
  ORDER BY agency, year, id
  LIMIT -1
)
SELECT r.label || ' ' || h.position AS series, r.agency, r.year, r.level, r.scope, h.owner, h.period,
       h.received, h.transferred, h.handled, h.completed, h.approximate, h.sentence, r.abridged,
       '/gongkai/reports/' || r.id || '#hotline-' || h.position AS report_url
FROM chosen c
CROSS JOIN reports r ON r.id = c.id
CROSS JOIN hotline h ON h.report = r.id
WHERE +h.channel = 'hotline_12345'
  AND coalesce(h.received, h.transferred, h.handled, h.completed) IS NOT NULL
