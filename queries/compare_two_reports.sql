WITH asked(place, words) AS (
  VALUES (1, trim(:a)), (2, trim(:b))
), named AS (
  SELECT q.place, coalesce(
    (SELECT id FROM reports WHERE current = 1 AND id = q.words),
    (SELECT min(id) FROM reports WHERE current = 1 AND label = q.words)) AS id
  FROM asked q WHERE q.words <> ''
), peers AS (
  SELECT year, level, scope FROM report_counts
  WHERE level IS NOT NULL AND scope IS NOT NULL AND reports > 1
  ORDER BY year DESC, level, scope LIMIT 1
), first AS (
  SELECT r.* FROM reports r WHERE r.id = coalesce(
    (SELECT id FROM named WHERE place = 1),
    CASE trim(:a) WHEN '' THEN coalesce(
      (SELECT min(s.report) FROM peers p CROSS JOIN report_summary s
       ON s.year IS p.year AND s.level = p.level AND s.scope = p.scope),
      (SELECT report FROM report_summary ORDER BY year DESC, report LIMIT 1)) END)
), second AS (
  SELECT r.* FROM reports r WHERE r.id = coalesce(
    (SELECT id FROM named WHERE place = 2),
    CASE trim(:b) WHEN '' THEN coalesce(
      (SELECT min(o.report) FROM first f CROSS JOIN report_summary o
       ON o.year IS f.year AND o.level IS f.level AND o.scope IS f.scope AND o.report <> f.id),
      (SELECT o.id FROM reports o, first f WHERE o.current = 1 AND o.id <> f.id
       ORDER BY (o.year IS f.year) + (o.level IS f.level) + (o.scope IS f.scope) DESC, o.id LIMIT 1)) END)
), facts AS (
  SELECT 1 AS place, '报告页' AS label_zh, 'Report page' AS label_en,
         (SELECT '/gongkai/reports/' || id FROM first) AS a, (SELECT '/gongkai/reports/' || id FROM second) AS b
  UNION ALL SELECT 2, '机关', 'Authority', (SELECT agency FROM first), (SELECT agency FROM second)
  UNION ALL SELECT 3, '年度', 'Year', (SELECT year FROM first), (SELECT year FROM second)
  UNION ALL SELECT 4, '层级', 'Level', (SELECT coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
      AND code = level), level, '不明') FROM first),
                   (SELECT coalesce((SELECT label_zh FROM codes WHERE code_list = 'level'
                       AND code = level), level, '不明') FROM second)
  UNION ALL SELECT 5, '范围', 'Scope', (SELECT coalesce((SELECT label_zh FROM codes WHERE code_list = 'scope'
      AND code = scope), scope, '不明') FROM first),
                   (SELECT coalesce((SELECT label_zh FROM codes WHERE code_list = 'scope'
                       AND code = scope), scope, '不明') FROM second)
  UNION ALL SELECT 6, '格式', 'Form', (SELECT form FROM first), (SELECT form FROM second)
  UNION ALL SELECT 7, '转述，非原文（1是）', 'Restated, not quoted (1 yes)', (SELECT abridged FROM first),
                   (SELECT abridged FROM second)
), figures AS (
  SELECT 1 AS part, place, 0 AS sub, label_zh, label_en, a, b FROM facts
  UNION ALL
  SELECT 2, i.sort_order, m.sort_order, i.label_zh || '·' || m.label_zh || '（' || m.unit_zh || '）',
         i.label_en || ', ' || m.label_en || ' [' || m.unit_en || ']',
         coalesce(x.count, x.amount_wan), coalesce(y.count, y.amount_wan)
  FROM items i CROSS JOIN measures m
  LEFT JOIN disclosures x ON x.report = (SELECT id FROM first) AND x.item = i.code AND x.measure = m.code
  LEFT JOIN disclosures y ON y.report = (SELECT id FROM second) AND y.item = i.code AND y.measure = m.code
  WHERE x.report IS NOT NULL OR y.report IS NOT NULL
  UNION ALL
  SELECT 3, i.sort_order, 0, i.label_zh, i.label_en, x.total, y.total
  FROM items i
  LEFT JOIN applications x ON x.report = (SELECT id FROM first) AND x.item = i.code
  LEFT JOIN applications y ON y.report = (SELECT id FROM second) AND y.item = i.code
  WHERE x.report IS NOT NULL OR y.report IS NOT NULL
  UNION ALL
  SELECT 4, c.sort_order, n.place, k.label_zh, k.label_en,
         CASE n.place WHEN 1 THEN x.upheld WHEN 2 THEN x.corrected WHEN 3 THEN x.other WHEN 4 THEN x.pending
           ELSE x.total END,
         CASE n.place WHEN 1 THEN y.upheld WHEN 2 THEN y.corrected WHEN 3 THEN y.other WHEN 4 THEN y.pending
           ELSE y.total END
  FROM review_channels c
  CROSS JOIN (SELECT 1 AS place, 'upheld' AS code UNION ALL SELECT 2, 'corrected' UNION ALL SELECT 3, 'other'
              UNION ALL SELECT 4, 'pending' UNION ALL SELECT 5, 'total') n
  JOIN check_subjects k ON k.code = 'reviews-' || c.code || '-' || n.code
  LEFT JOIN reviews x ON x.report = (SELECT id FROM first) AND x.channel = c.code
  LEFT JOIN reviews y ON y.report = (SELECT id FROM second) AND y.channel = c.code
  WHERE x.report IS NOT NULL OR y.report IS NOT NULL
)
SELECT CASE part WHEN 1 THEN '报告' WHEN 2 THEN '二、主动公开' WHEN 3 THEN '三、依申请公开（总计栏）'
         ELSE '四、复议与诉讼' END AS part_zh,
       CASE part WHEN 1 THEN 'Report' WHEN 2 THEN 'Own initiative' WHEN 3 THEN 'Requests (total column)'
         ELSE 'Reviews' END AS part_en,
       label_zh, label_en, a, b
FROM figures ORDER BY part, place, sub
