SELECT '/gongkai/reports/' || c.report || '#' || c.subject AS path, r.label || ' · ' || c.subject AS title,
       coalesce(r.agency, r.agency_printed) AS author, c.reason AS words,
       substr(c.date, 1, 10) AS day, r.abridged, c.printed, coalesce(c.corrected_text, c.corrected_value) AS corrected, c.status
FROM corrections c
JOIN reports r ON r.id = c.report
ORDER BY day DESC, c.report, c.position
LIMIT 50
