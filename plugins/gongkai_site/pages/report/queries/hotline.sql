SELECT h.*,
       c.label_zh, c.label_en,
       code_label('owner', h.owner, 'zh') AS owner_zh,
       code_label('period', h.period, 'zh') AS period_zh,
       code_label('owner', h.owner, 'en') AS owner_en,
       code_label('period', h.period, 'en') AS period_en
FROM hotline h
JOIN hotline_channels c ON c.code = h.channel
WHERE h.report = :report
ORDER BY h.position
