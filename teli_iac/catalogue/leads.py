"""What the codes of leads files and of phone numbers mean (TELI-E060 to TELI-E099)."""

from __future__ import annotations

from teli_iac.catalogue.entry import Entry

_STRUCTURAL = {
    "TELI-E060": Entry(
        "no such leads file",
        "The manifest names a leads file that is not there.",
        "Correct the path; it is taken from the project folder, not from the manifest's.",
    ),
    "TELI-E061": Entry(
        "the leads file is outside the project",
        "Leads files lie below the project folder: no absolute path, no `..`, no link that leads out. So a"
        " manifest cannot send a file that its reviewers do not see.",
        "Put the file below the project folder.",
    ),
    "TELI-E062": Entry(
        "the leads are not in a file",
        "Folders, pipes and devices are not read: what they hold is not the same twice.",
        "Name a regular file.",
    ),
    "TELI-E063": Entry(
        "the leads file cannot be read",
        "The operating system refused to open or read it.",
        "Check its permissions, and every folder of its path.",
    ),
    "TELI-E064": Entry(
        "unknown leads format",
        "The ending of a file's name says how it is read. A do-not-call list may be .txt as well.",
        "Use .csv or .jsonl, each also as .gz or .zst, or .parquet.",
    ),
    "TELI-E065": Entry(
        "a format that needs an extra",
        "Parquet, and files packed by zstd, are read by libraries that the base installation leaves out.",
        "Install them: `pip install 'teli-iac[fast]'`. Or save the leads as .csv or .jsonl, also as .gz.",
    ),
    "TELI-E066": Entry(
        "the file is damaged",
        "It is cut off, does not match its checksum, or something stands behind its end. People may be"
        " missing.",
        "Make the file again, and check it with `gzip -t`.",
    ),
    "TELI-E067": Entry(
        "the packed file grows too far",
        "It expands to more than a list of people can. Such files are made to exhaust a machine.",
        "Check where the file came from; store it uncompressed if it is right.",
    ),
    "TELI-E068": Entry(
        "the file is not encoded as declared",
        "Read in another encoding, names would be garbled. The encoding is never guessed.",
        "Save the file as UTF-8, or declare its `encoding`.",
    ),
    "TELI-E069": Entry(
        "a character that may not be there",
        "Control characters, characters that hide or reorder text, and halves of characters are refused"
        " everywhere; tabs and line ends in whatever is sent.",
        "Remove the character where it was typed or exported.",
    ),
    "TELI-E070": Entry(
        "no people in the file",
        "The file has no row, or of its first ten thousand hardly one that can be called. A campaign that"
        " calls nobody is more likely an export that went wrong, or one read by a wrong column or country.",
        "Make the file again, or remove the campaign.",
    ),
    "TELI-E071": Entry(
        "a quote is out of place",
        'A cell is quoted as a whole or not at all, and a quote inside it is written twice (`""`).',
        "Correct the quotes, or let a program write the file.",
    ),
    "TELI-E072": Entry(
        "a row is longer or shorter than the header",
        "A missing or surplus delimiter shifts every cell behind it, and a wrong column may look like"
        " a number.",
        "Give the row as many cells as the header; quote cells that contain the delimiter.",
    ),
    "TELI-E073": Entry(
        "the header is not one",
        "The first line names the columns, each once, and none of them empty.",
        "Give every column a name of its own in the first line.",
    ),
    "TELI-E074": Entry(
        "no such column",
        "The manifest names a column that the file does not have, or the file has none for the phone number.",
        "Correct `columns` or `variables`, or add the column.",
    ),
    "TELI-E075": Entry(
        "a carriage return alone",
        "Lines end with a line feed, or with a carriage return and a line feed. Other tools would see one"
        " long line.",
        "Save the file with ordinary line ends.",
    ),
    "TELI-E076": Entry(
        "a blank line",
        "A blank line before the last row is where an export broke off, or two files were put together; so"
        " many at the end that reading them takes seconds are no export at all.",
        "Remove the line, and check what is below it.",
    ),
    "TELI-E077": Entry(
        "a line or a cell is too long",
        "Nobody's details are that long; a quote or a line end is probably missing.",
        "Look at the file around that line.",
    ),
    "TELI-E078": Entry(
        "a line is not a JSON object",
        "Each line of a .jsonl file is one object, complete in itself.",
        "Write one object a line.",
    ),
    "TELI-E079": Entry(
        "a value that is read differently elsewhere",
        "Repeated keys, NaN, infinities, huge numbers and deep nesting mean different things to"
        " different programs.",
        "Write the value as text, or leave it out.",
    ),
    "TELI-E096": Entry(
        "a field cannot have that name",
        "Names of fields are texts of 1 to 100 visible characters.",
        "Give the field another name.",
    ),
    "TELI-E097": Entry(
        "no such country",
        "`default_country` is two capital letters (ISO 3166) of a country with telephone numbers.",
        "Write the country's code, such as US or GB.",
    ),
    "TELI-E098": Entry(
        "the dialect is not read",
        "A delimiter is a comma, a semicolon, a tab or a vertical bar, of .csv files only; encodings are"
        " those of the schema.",
        "Correct `delimiter` or `encoding`.",
    ),
    "TELI-E099": Entry(
        "more of the same",
        "Ten problems of a leads file are shown, and the others counted.",
        "Correct those above first; they often have one cause.",
    ),
}

_LEFT_OUT = "Correct the number, or remove the row. To go on without such rows, allow their exact count with"
_ALLOW = f"{_LEFT_OUT} `--allow invalid_leads=N`."

_ROWS = {
    "TELI-E080": Entry("no phone number", "The row's phone number is empty or missing.", _ALLOW),
    "TELI-E081": Entry(
        "the phone number is not a text",
        "As a JSON number it has lost its `+`, and perhaps digits.",
        "Write it as text, in quotes.",
    ),
    "TELI-E082": Entry(
        "no country",
        "A number without `+` belongs to a country that we refuse to guess.",
        "Write numbers with `+` and the country's code, or set `default_country`.",
    ),
    "TELI-E083": Entry(
        "a spreadsheet changed this column",
        "A number such as 1.4E+10 has lost digits, and completing it would call another person.",
        "Export again with the column formatted as text; the file cannot be repaired.",
    ),
    "TELI-E084": Entry(
        "an extension", "Calls go to a number as a whole; nobody would dial the extension.", _ALLOW
    ),
    "TELI-E085": Entry("letters in a number", "Vanity numbers and remarks are not read as digits.", _ALLOW),
    "TELI-E086": Entry(
        "not one phone number",
        "The cell is too short or too long, has characters that no number has, or holds two numbers.",
        _ALLOW,
    ),
    "TELI-E087": Entry(
        "not assigned",
        "The numbering plan of its country has no such number: a digit is missing, surplus or wrong.",
        _ALLOW,
    ),
    "TELI-E088": Entry(
        "fiction",
        "Numbers such as 555-0100 to 555-0199 are kept for films and examples. In a list of people they are"
        " made up.",
        f"{_LEFT_OUT} `--allow invalid_leads=N`; to try things out, set `allow_test_numbers: true`"
        " in the Project.",
    ),
    "TELI-E089": Entry(
        "a service code", "Codes such as 411 and 911 are never an area code or exchange.", _ALLOW
    ),
    "TELI-E090": Entry("directory assistance", "555-1212 is answered by directory assistance.", _ALLOW),
    "TELI-E091": Entry("toll-free", "A toll-free number is a company's, and it pays for our call.", _ALLOW),
    "TELI-E092": Entry(
        "premium rate", "Calls to this number cost extra; lists with such numbers are a fraud.", _ALLOW
    ),
    "TELI-E093": Entry(
        "personal or non-geographic",
        "Such numbers follow their owner or a service anywhere, at unknown cost, and say nothing of a time"
        " zone.",
        _ALLOW,
    ),
    "TELI-E094": Entry(
        "a special service",
        "Shared-cost, company-wide, pager, voicemail and satellite numbers are not one person's telephone.",
        _ALLOW,
    ),
    "TELI-E095": Entry(
        "the same number again",
        "An earlier row of this campaign has the number. Nobody is called twice; the first row stays.",
        "Remove the row that is wrong. To go on with the first, allow their exact count with"
        " `--allow invalid_leads=N`.",
    ),
}

PROBLEMS: dict[str, Entry] = _STRUCTURAL | _ROWS
