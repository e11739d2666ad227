SELECT r.label || ' ' || c.label_zh || ' ' || h.position AS series,
       r.year, r.scope, c.label_zh AS channel_zh, c.label_en AS channel_en, h.owner, h.period,
       h.received, h.handled, h.completed, h.completion_rate, h.on_time_rate, h.reply_rate,
       h.satisfaction_rate, h.satisfaction_kind, h.connect_rate, h.direct_rate, h.approximate, h.sentence,
       r.abridged, '/gongkai/reports/' || r.id || '#hotline-' || h.position AS report_url
FROM reports r
JOIN hotline h ON h.report = r.id
JOIN hotline_channels c ON c.code = h.channel
WHERE r.current = 1
  AND coalesce(h.completion_rate, h.on_time_rate, h.reply_rate, h.satisfaction_rate, h.connect_rate,
               h.direct_rate) IS NOT NULL
  AND (:year = 'all' OR r.year = coalesce(nullif(:year, ''), (
    SELECT max(r.year) FROM hotline h JOIN reports r ON r.id = h.report WHERE r.current = 1
      AND coalesce(h.completion_rate, h.on_time_rate, h.reply_rate, h.satisfaction_rate, h.connect_rate,
                   h.direct_rate) IS NOT NULL)))
  AND :channel IN ('', 'all', h.channel, c.label_zh)
ORDER BY r.year DESC, r.label, r.id, h.position
