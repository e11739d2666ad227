WITH years AS (
  SELECT DISTINCT year FROM report_counts
  WHERE :year = 'all' OR year = coalesce(nullif(:year, ''), (
    SELECT max(y.year) FROM report_counts y WHERE EXISTS (
      SELECT 1 FROM reports r JOIN hotline h ON h.report = r.id WHERE r.year = y.year AND r.current = 1
      AND h.received > 0 AND h.completed IS NOT NULL AND h.completion_rate IS NOT NULL AND h.approximate = 0)))
)
SELECT r.label AS report_label, r.year, r.scope, c.label_zh AS channel_zh, h.received, h.completed,
       h.completion_rate AS stated_rate, round(100.0 * h.completed / h.received, 3) AS recomputed_rate,
       h.sentence, r.abridged, '/gongkai/reports/' || r.id || '#hotline-' || h.position AS report_url
FROM years y
CROSS JOIN reports r ON r.year IS y.year
JOIN hotline h ON h.report = r.id
JOIN hotline_channels c ON c.code = h.channel
WHERE r.current = 1 AND h.received > 0 AND h.completed IS NOT NULL AND h.completion_rate IS NOT NULL
  AND h.approximate = 0
ORDER BY r.year DESC, r.label, r.id, h.position
