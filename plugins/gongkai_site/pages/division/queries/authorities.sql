SELECT a.id, a.name, code_label('kind', a.kind, 'zh') AS kind_zh,
       code_label('kind', a.kind, 'en') AS kind_en, a.kind
FROM agencies a JOIN divisions d ON d.adcode = :adcode AND d.valid_from = :valid_from
WHERE a.adcode = :adcode AND (d.valid_to IS NULL OR a.valid_from <= d.valid_to)
  AND (a.valid_to IS NULL OR a.valid_to >= d.valid_from)
ORDER BY a.kind <> 'government', a.kind, a.id
