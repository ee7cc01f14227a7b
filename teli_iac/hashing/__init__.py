"""The hashes of a long list on two cores: `beside` starts a second process, `program` is what it runs.

Python makes small hashes on one core at a time, and two of each person are the longest step of a launch.
"""
