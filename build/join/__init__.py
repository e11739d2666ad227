"""What needs several reports: which text is current, and what a person has put right."""
