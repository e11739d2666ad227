SELECT e.value ->> 'about' AS about, code_label('evidence_about', e.value ->> 'about', 'zh') AS about_zh,
       code_label('evidence_about', e.value ->> 'about', 'en') AS about_en,
       code_label('evidence_kind', e.value ->> 'kind', 'zh') AS kind_zh,
       code_label('evidence_kind', e.value ->> 'kind', 'en') AS kind_en,
       e.value ->> 'value' AS value, e.value ->> 'words' AS words, e.value ->> 'weight' AS weight
FROM reports r, json_each(r.evidence) e
WHERE r.id = :report
ORDER BY e.value ->> 'about' <> 'authority', e.key
