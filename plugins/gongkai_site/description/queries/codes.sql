SELECT code_list, code, label_zh, label_en
FROM codes
WHERE code_list IN (SELECT value FROM json_each(:lists))
ORDER BY code_list, sort_order
