SELECT a.*, code_label('kind', a.kind, 'zh') AS kind_zh,
       code_label('kind', a.kind, 'en') AS kind_en, code_label('level', a.level, 'zh') AS level_zh,
       code_label('level', a.level, 'en') AS level_en,
       p.name AS parent_name,
       (SELECT max(year) FROM population) AS census_year,
       (SELECT min(year) FROM coverage) AS claimed_from,
       (SELECT max(year) FROM coverage) AS claimed_to,
       EXISTS (SELECT 1 FROM divisions d WHERE d.adcode = a.adcode) AS has_place
FROM agencies a LEFT JOIN agencies p ON p.id = a.parent
WHERE a.id = :agency
