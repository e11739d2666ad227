SELECT d.*, code_label('level', d.level, 'zh') AS level_zh,
       code_label('level', d.level, 'en') AS level_en,
       (SELECT a.name FROM divisions a WHERE a.adcode = d.parent
          AND a.valid_from <= d.valid_from ORDER BY a.valid_from DESC LIMIT 1) AS parent_name,
       (SELECT p.persons FROM population p WHERE p.adcode = d.adcode
          AND p.year >= d.valid_from AND (d.valid_to IS NULL OR p.year <= d.valid_to)) AS persons,
       (SELECT max(year) FROM population) AS census_year
FROM divisions d
WHERE d.adcode = :adcode
ORDER BY d.valid_from DESC
