SELECT r.label AS report_label, r.year, r.scope, c.label_zh AS channel_zh, h.received, h.completed,
       h.completion_rate AS stated_rate, round(100.0 * h.completed / h.received, 3) AS recomputed_rate,
       h.sentence, r.abridged, '/gongkai/reports/' || r.id || '#hotline-' || h.position AS report_url
FROM reports r
JOIN hotline h ON h.report = r.id
JOIN hotline_channels c ON c.code = h.channel
WHERE r.current = 1 AND h.received > 0 AND h.completed IS NOT NULL AND h.completion_rate IS NOT NULL
  AND h.approximate = 0
  AND (:year = 'all' OR r.year = coalesce(nullif(:year, ''), (
    SELECT max(r.year) FROM hotline h JOIN reports r ON r.id = h.report WHERE r.current = 1
      AND h.received > 0 AND h.completed IS NOT NULL AND h.completion_rate IS NOT NULL AND h.approximate = 0)))
ORDER BY r.year DESC, r.label, r.id, h.position
