"""What the GitHub action does around teli-iac; the standard library is all it needs.

`__main__` tells the story, `inputs` reads what the workflow says, `commands` has a function for each command,
`running` starts the program, `telling` writes outputs and the summary, `comments` keeps one comment of a pull
request up to date.
"""
