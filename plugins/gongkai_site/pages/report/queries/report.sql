SELECT *,
       (SELECT a.name_en FROM agencies a WHERE a.id = reports.agency_id) AS name_en,
       (SELECT d.valid_from FROM divisions d WHERE d.adcode = reports.adcode
          AND reports.year >= d.valid_from AND (d.valid_to IS NULL OR reports.year <= d.valid_to)) AS division_since,
       code_label('superseded_reason', superseded_reason, 'zh') AS superseded_reason_zh,
       code_label('superseded_reason', superseded_reason, 'en') AS superseded_reason_en,
       code_label('level', level, 'zh') AS level_zh,
       code_label('level', level, 'en') AS level_en,
       code_label('scope', scope, 'zh') AS scope_zh,
       code_label('scope', scope, 'en') AS scope_en,
       code_label('form', form, 'zh') AS form_zh,
       code_label('form', form, 'en') AS form_en,
       code_label('source_kind', source_kind, 'zh') AS source_kind_zh,
       code_label('source_kind', source_kind, 'en') AS source_kind_en
FROM reports
WHERE id = :report
