"""Feeds to subscribe to: the newest reports, and corrections. Template: feed.xml."""
