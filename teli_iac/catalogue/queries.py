"""What the codes of people who are asked of a database mean (TELI-E110 to TELI-E119)."""

from __future__ import annotations

from teli_iac.catalogue.entry import Entry

PROBLEMS = {
    "TELI-E110": Entry(
        "people from two places at once",
        "The people of a campaign, and the numbers of a do-not-call list, are in a file or are the answer to"
        " a query, and what is said of the one says nothing of the other.",
        "Keep the file or the query.",
    ),
    "TELI-E111": Entry(
        "no such connection",
        "A query is put to a connection that the Project does not declare. Manifests of campaigns"
        " choose among its connections and invent none.",
        "Correct the name, or declare the connection under `connections` in the Project.",
    ),
    "TELI-E112": Entry(
        "a connection is not declared as its kind wants",
        "Each kind of connection has words of its own: where it leads, and the environment variables that"
        " have its secrets. Variables that begin with TELI_ are ours and are sent to no database.",
        "Correct the connection in the Project.",
    ),
    "TELI-E113": Entry(
        "a secret in a manifest",
        "The address of a connection holds a password, a token or a key. Manifests are read by many.",
        "Take it out, change it where it is valid, and name the environment variable that has it.",
    ),
    "TELI-E114": Entry(
        "a secret of a connection is missing",
        "The connection names an environment variable that is not set, or is empty.",
        "Set the variable for this command; a pipeline gets it from its store of secrets.",
    ),
    "TELI-E115": Entry(
        "a connection that needs an extra",
        "Its kind of database is spoken to by a library that the base installation leaves out.",
        "Install the extra that is named.",
    ),
    "TELI-E116": Entry(
        "the connection cannot be used",
        "Nobody answers there, or nobody lets us in, or its file is not below the project folder.",
        "Check the address, the user, the password and the network; then run the command again.",
    ),
    "TELI-E117": Entry(
        "the database refuses the query",
        "The query is not understood, asks for what is not there, or would do more than read. What the"
        " database says is not repeated: it may quote somebody's data. Its code says which.",
        "Try the query in a client of the database, as the connection's user.",
    ),
    "TELI-E118": Entry(
        "the query takes too long",
        "It was stopped after the `timeout` of its connection.",
        "Give the table an index, ask for less, or raise `timeout` of the connection.",
    ),
    "TELI-E119": Entry(
        "the answer is no list",
        "The answer has no columns, or a column that is wanted stands in it twice.",
        "Let the query give each column once, under the name that `columns` or the API has for it.",
    ),
}
