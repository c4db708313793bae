"""First contact with a portal: what discovery finds, what extraction reads, what is missing and what to do."""
