"""One file → what it holds: its reports and problems, read in a process apart within limits."""
