SELECT *, code_label('basis', basis, 'zh') AS basis_zh, code_label('basis', basis, 'en') AS basis_en
FROM agency_names
WHERE agency = :agency
ORDER BY position
