SELECT coalesce(i.label_zh, c.label_zh, h.label_zh, '') || coalesce(', ' || m.label_zh, '') AS name_zh,
       coalesce(i.label_en, c.label_en, h.label_en, '') || coalesce(', ' || m.label_en, '') AS name_en
FROM (SELECT 1)
LEFT JOIN items i ON i.code = :item
LEFT JOIN measures m ON m.code = :measure
LEFT JOIN review_channels c ON c.code = :channel
LEFT JOIN hotline_channels h ON h.code = :channel
