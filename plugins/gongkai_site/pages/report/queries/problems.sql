SELECT *,
       code_label('code', code, 'zh') AS code_zh
FROM problems
WHERE report = :report
ORDER BY position
