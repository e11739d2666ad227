SELECT *,
       code_label('kind', kind, 'zh') AS kind_zh,
       code_label('kind', kind, 'en') AS kind_en
FROM statements
WHERE report = :report
ORDER BY position
