SELECT r.label || ' ' || h.position AS series, r.agency, r.year, r.level, r.scope, h.owner, h.period,
       h.received, h.transferred, h.handled, h.completed, h.approximate, h.sentence, r.abridged,
       '/gongkai/reports/' || r.id || '#hotline-' || h.position AS report_url
FROM reports r
JOIN hotline h ON h.report = r.id
WHERE r.current = 1 AND h.channel = 'hotline_12345'
  AND coalesce(h.received, h.transferred, h.handled, h.completed) IS NOT NULL
  AND (trim(:agency) = '' OR r.agency = trim(:agency))
ORDER BY r.agency, r.year, r.id, h.position
