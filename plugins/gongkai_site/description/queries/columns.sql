SELECT c.column_name AS name, nullif(t.type, '') AS type, c.title_zh, c.title_en, c.meaning_zh, c.meaning_en,
       c.unit_zh, c.unit_en, c.null_zh, c.null_en, c.code_list
FROM columns c LEFT JOIN pragma_table_info(c.table_name) t ON t.name = c.column_name
WHERE c.table_name = :name
ORDER BY c.sort_order
