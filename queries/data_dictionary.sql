WITH entries AS (
  SELECT 1 AS part, c.table_name AS belongs_to, c.sort_order AS place, c.column_name AS name, nullif(t.type, '') AS type,
         c.meaning_zh, c.meaning_en, c.unit_zh, c.unit_en, c.null_zh, c.null_en, c.code_list
  FROM columns c LEFT JOIN pragma_table_info(c.table_name) t ON t.name = c.column_name
  UNION ALL
  SELECT 2, c.code_list, c.sort_order, c.code, NULL, c.label_zh, c.label_en, m.unit_zh, m.unit_en, NULL, NULL, NULL
  FROM codes c LEFT JOIN measures m ON c.code_list = 'measures' AND m.code = c.code
)
SELECT CASE part WHEN 1 THEN 'column' ELSE 'code' END AS kind, belongs_to, name, type, meaning_zh, meaning_en,
       unit_zh, unit_en, null_zh, null_en, code_list
FROM entries ORDER BY part, belongs_to, place
