SELECT r.label AS report_label, i.label_zh, i.label_en,
       a.natural_person, a.business, a.research_institution, a.public_welfare_org, a.legal_service_org,
       a.other_org, a.total, a.placement, a.printed, a.unplaced, a.item,
       r.abridged, '/gongkai/reports/' || r.id || '#applications-' || a.item AS report_url
FROM reports r
JOIN applications a ON a.report = r.id
JOIN items i ON i.code = a.item
WHERE r.id = coalesce(
  (SELECT id FROM reports WHERE current = 1 AND id = trim(:report)),
  (SELECT min(id) FROM reports WHERE current = 1 AND label = trim(:report)),
  CASE trim(:report) WHEN '' THEN
    (SELECT s.report FROM report_summary s WHERE s.closed IS NOT NULL ORDER BY s.year DESC, s.report LIMIT 1) END)
ORDER BY i.sort_order
