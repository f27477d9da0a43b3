"""Dumps: a shard of articles in, one committed file out, whoever runs it and how often.

``settings`` is what a run depends on, ``shards`` cuts the input, ``articles`` reads a shard,
``pool`` keeps the workers, ``folder`` is where all of it is kept, ``merge`` makes the outputs.
"""
