SELECT *,
       code_label('level', level, 'zh') AS level_zh,
       code_label('scope', scope, 'zh') AS scope_zh,
       code_label('form', form, 'zh') AS form_zh,
       code_label('source_kind', source_kind, 'zh') AS source_kind_zh
FROM reports
WHERE id = :report
