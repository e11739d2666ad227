SELECT r.year || ' ' || c.label_zh AS channel, code_label('period', h.period, 'zh') AS period, h.received,
       r.label, h.channel_text, h.sentence
FROM reports r JOIN hotline h ON h.report = r.id JOIN hotline_channels c ON c.code = h.channel
WHERE r.current = 1 AND h.received IS NOT NULL
  AND r.year = coalesce(nullif(:year, ''), (SELECT max(year) FROM report_summary))
ORDER BY c.sort_order, r.label, h.position
