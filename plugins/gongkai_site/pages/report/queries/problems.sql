SELECT *,
       message AS message_en,
       code_label('code', code, 'zh') AS code_zh,
       code_label('code', code, 'en') AS code_en
FROM problems
WHERE report = :report
ORDER BY position
