WITH entries AS (
  SELECT 1 AS part, t.name AS belongs_to, c.cid AS place, c.name, nullif(c.type, '') AS type,
         column_description(t.name, c.name, 'zh') AS meaning_zh,
         column_description(t.name, c.name, 'en') AS meaning_en
  FROM sqlite_master t JOIN pragma_table_info(t.name) c
  WHERE t.type IN ('table', 'view') AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!'
    AND t.name NOT LIKE 'sections!_grams%' ESCAPE '!'
  UNION ALL SELECT 2, 'items', sort_order, code, NULL, label_zh, label_en FROM items
  UNION ALL SELECT 2, 'measures', sort_order, code, NULL, label_zh || ' [' || unit_zh || ']',
                   label_en || ' [' || unit_en || ']' FROM measures
  UNION ALL SELECT 2, 'outcomes', sort_order, code, NULL, label_zh, label_en FROM outcomes
  UNION ALL SELECT 2, 'review_channels', sort_order, code, NULL, label_zh, label_en FROM review_channels
  UNION ALL SELECT 2, 'hotline_channels', sort_order, code, NULL, label_zh, label_en FROM hotline_channels
  UNION ALL SELECT 2, 'rules', sort_order, code, NULL, label_zh, label_en FROM rules
  UNION ALL SELECT 3, json_extract(value, '$[0]'), key, json_extract(value, '$[1]'), NULL,
                   json_extract(value, '$[2]'), json_extract(value, '$[3]') FROM json_each(code_labels())
)
SELECT CASE part WHEN 1 THEN 'column' ELSE 'code' END AS kind, belongs_to, name, type, meaning_zh, meaning_en
FROM entries ORDER BY part, belongs_to, place
