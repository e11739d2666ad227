WITH years AS (
  SELECT DISTINCT year FROM report_counts
  WHERE :year = 'all' OR year = coalesce(nullif(:year, ''), (
    SELECT max(y.year) FROM report_counts y WHERE EXISTS (
      SELECT 1 FROM reports r JOIN hotline h ON h.report = r.id WHERE r.year = y.year AND r.current = 1
      AND coalesce(h.completion_rate, h.on_time_rate, h.reply_rate, h.satisfaction_rate, h.connect_rate,
                   h.direct_rate) IS NOT NULL)))
)
SELECT r.label || ' ' || c.label_zh || ' ' || h.position AS series,
       r.year, r.scope, c.label_zh AS channel_zh, c.label_en AS channel_en, h.owner, h.period,
       h.received, h.handled, h.completed, h.completion_rate, h.on_time_rate, h.reply_rate,
       h.satisfaction_rate, h.satisfaction_kind, h.connect_rate, h.direct_rate, h.approximate, h.sentence,
       r.abridged, '/gongkai/reports/' || r.id || '#hotline-' || h.position AS report_url
FROM years y
CROSS JOIN reports r ON r.year IS y.year
JOIN hotline h ON h.report = r.id
JOIN hotline_channels c ON c.code = h.channel
WHERE r.current = 1
  AND coalesce(h.completion_rate, h.on_time_rate, h.reply_rate, h.satisfaction_rate, h.connect_rate,
               h.direct_rate) IS NOT NULL
  AND :channel IN ('', 'all', h.channel, c.label_zh)
ORDER BY r.year DESC, r.label, r.id, h.position
