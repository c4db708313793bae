"""Several workers, one crawl: frontier, what is stored and whose turn it is at a host stand in Redis while they run.

The records on disk stay the truth: the first worker puts what the folder knows into Redis, the last one cleans up.
Keys begin with `malim:DATASET:PORTAL:`; each holds JSON of this program's own, no pickles.
"""
