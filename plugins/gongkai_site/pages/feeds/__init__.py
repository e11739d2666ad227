"""Feeds to subscribe to: the newest reports, and corrections. Template: templates/feed.xml."""
