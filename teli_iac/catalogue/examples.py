"""An example of each code, reason and guard, in a line or two of a manifest, file, shell or plan.

What is off stands first, and what mends it below. Phone numbers are invented ones.
"""

from __future__ import annotations

from teli_iac.catalogue.shown import SHOWN

_COMMON = {
    "TELI-E002": ('teli-iac paln\nThere is no command "paln". Did you mean "plan"?'),
    "TELI-E003": "teli-iac validate campaigns/fall.yaml",
    "TELI-E004": "export TELI_API_KEY=the-key-of-your-tenant",
    "TELI-E006": "teli-iac apply --auto-approve",
    "TELI-E007": "mkdir reminders; teli-iac -C reminders init",
    "TELI-E008": "teli-iac apply --allow max_new_people=6200",
    "TELI-E009": "teli-iac plan --target campaign/fall-renewals",
}

_FINDING = {
    "TELI-E010": ("teli-iac validate campaings/\nteli-iac validate campaigns/"),
    "TELI-E011": "chmod a+r campaigns/fall.yaml",
    "TELI-E012": (
        "mkfifo fall.yaml  # a pipe is not read\ngenerate | teli-iac plan -  # but standard input is"
    ),
    "TELI-E013": ("ln -s ../elsewhere/fall.yaml .  # leads out of the project\ncp ../elsewhere/fall.yaml ."),
    "TELI-E014": "ln -s fall.yaml autumn.yaml  # one campaign under two names",
    "TELI-E015": ("leads: [ … a hundred thousand people … ]\nleads: {file: leads/fall.csv}"),
    "TELI-E016": "teli-iac plan empty-folder/",
    "TELI-E017": ("kind: Project  # in teli.yaml\nmetadata: {name: acme}"),
    "TELI-E018": 'spec: {exclude: ["archive/**"]}  # in the Project that stays',
    "TELI-E019": ("teli-iac validate fall.yml.bak\nteli-iac validate fall.yml"),
    "TELI-E054": "spec: {exclude: [current]}  # current -> campaigns/2030",
    "TELI-E020": "iconv -f latin1 -t utf-8 fall.yaml > fall.utf8 && mv fall.utf8 fall.yaml",
    "TELI-E021": ('name: "fall\\u202E-renewals"  # text that runs backwards\nname: fall-renewals'),
    "TELI-E022": ("labels: {team: growth  # the bracket is open\nlabels: {team: growth}"),
    "TELI-E023": "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ …",
    "TELI-E024": "leads: {file: leads/fall.csv}",
    "TELI-E025": (
        "redial: &gentle {retry_limit: 3, call_interval_days: 1}\n"
        "redial: gentle  # the RedialPolicy of this name"
    ),
    "TELI-E026": ('run: !!int "2"\nrun: 2'),
    "TELI-E027": "%TAG ! tag:example.com,2030:",
    "TELI-E028": ("run: 1\nrun: 2"),
    "TELI-E029": ('columns: {1: Phone}\ncolumns: {"1": Phone}'),
    "TELI-E030": ('agent_outbound_number: +15175550141\nagent_outbound_number: "+15175550141"'),
    "TELI-E031": "teli-iac validate campaigns/fall.yaml",
}

_JUDGING = {
    "TELI-E032": 'spec: {exclude: ["charts/**"]}  # YAML of other programs',
    "TELI-E033": ("apiVersion: teli-iac/v2\napiVersion: teli-iac/v1"),
    "TELI-E034": ("kind: Campaing\nkind: Campaign"),
    "TELI-E035": ("voice_agent: agent_86f8\nvoice_agent_id: agent_86f8"),
    "TELI-E036": "spec: {voice_agent_id: agent_86f8}  # no leads, no number",
    "TELI-E037": ('run: "2"\nrun: 2'),
    "TELI-E038": ("on_remove: keep\non_remove: retain"),
    "TELI-E039": ("name: Fall Renewals\nname: fall-renewals"),
    "TELI-E040": ("run: 0\nrun: 1"),
    "TELI-E041": ('numbers: []\nnumbers: ["+14155550101"]'),
    "TELI-E042": ('numbers: ["+14155550101", "+14155550101"]\nnumbers: ["+14155550101", "+14155550102"]'),
    "TELI-E043": ("name: a-name-of-more-than-forty-characters-in-all\nname: a-shorter-name"),
    "TELI-E045": (
        'campaign_begin_time: "2030-02-30T09:00:00-05:00"\ncampaign_begin_time: "2030-02-28T09:00:00-05:00"'
    ),
    "TELI-E046": (
        'campaign_begin_time: "2030-12-01T09:00:00-05:00"\n'
        'campaign_end_time: "2030-12-01T09:00:00+05:00"  # ten hours earlier'
    ),
    "TELI-E047": ("number_pool: us-esat\nnumber_pool: us-east"),
    "TELI-E048": "metadata: {name: fall}  # in two files",
    "TELI-E049": ("launch_grace: 30s\nlaunch_grace: 10m"),
    "TELI-E050": ("base_url: http://api.example.com\nbase_url: https://api.example.com"),
    "TELI-E052": ('export TELI_TENANT_ID="acme "\nexport TELI_TENANT_ID=acme'),
    "TELI-E053": ("metadata: {name: fall, renamed_from: fall}\nmetadata: {name: fall, renamed_from: autumn}"),
    "TELI-E055": ("columns: {phone_nummer: Phone}\ncolumns: {phone_number: Phone}"),
    "TELI-E056": 'metadata: {name: vc-1, campaign_id: "vc 1"}  # as `teli-iac import` writes it',
    "TELI-E057": ("leads: unknown\nleads: {file: leads/fall.csv}"),
    "TELI-E058": ('metadata: {name: one, campaign_id: "vc 1"}\nmetadata: {name: two, campaign_id: "vc 1"}'),
    "TELI-E059": "teli-iac adopt campaign/fall-renewals",
    "TELI-E044": (
        "agent: {name: Renewal caller}  # and a voice_agent_id in the same spec\n"
        "agent: {name: Renewal caller}"
    ),
}

_LEADS = {
    "TELI-E060": ("leads: {file: fall.csv}\nleads: {file: leads/fall.csv}"),
    "TELI-E061": ("leads: {file: ../lists/fall.csv}\nleads: {file: leads/fall.csv}"),
    "TELI-E062": ("leads: {file: leads/}\nleads: {file: leads/fall.csv}"),
    "TELI-E063": "chmod u+r leads/fall.csv",
    "TELI-E064": ("leads: {file: leads/fall.xlsx}\nleads: {file: leads/fall.csv}"),
    "TELI-E066": "gzip -t leads/fall.csv.gz",
    "TELI-E067": "gunzip leads/fall.csv.gz",
    "TELI-E068": "leads: {file: leads/fall.csv, encoding: windows-1252}",
    "TELI-E069": "tr -d '\\000' < leads/fall.csv > leads/clean.csv",
    "TELI-E070": "leads: {file: leads/fall.csv, columns: {phone_number: Mobile}}  # not the column of names",
    "TELI-E071": ('+14155550120,"Ada "the Countess""\n+14155550120,"Ada ""the Countess"""'),
    "TELI-E072": ('+14155550120,Lovelace, Ada\n+14155550120,"Lovelace, Ada"'),
    "TELI-E073": ("phone_number,phone_number\nphone_number,other_phone"),
    "TELI-E074": ("columns: {phone_number: Phone No}\ncolumns: {phone_number: Phone}"),
    "TELI-E075": "tr '\\r' '\\n' < leads/mac.csv > leads/fall.csv",
    "TELI-E076": "sed -i '/^$/d' leads/fall.csv",
    "TELI-E077": '+14155550120,"Ada  # the quote is never closed',
    "TELI-E078": ('{"phone_number": "+14155550120",\n{"phone_number": "+14155550120"}'),
    "TELI-E079": ('{"phone_number": "+14155550120", "score": NaN}\n{"phone_number": "+14155550120"}'),
    "TELI-E096": ('variables: [""]\nvariables: [plan]'),
    "TELI-E097": ("default_country: UK\ndefault_country: GB"),
    "TELI-E098": ('delimiter: "::"\ndelimiter: ";"'),
    "TELI-E080": (",Ada\n+14155550120,Ada"),
    "TELI-E081": ('{"phone_number": 14155550120}\n{"phone_number": "+14155550120"}'),
    "TELI-E082": ("(415) 555-0120\ndefault_country: US  # in the manifest, or +14155550120 in the row"),
    "TELI-E083": ("1.41556E+10\n+14155550120  # from the source, not from the spreadsheet"),
    "TELI-E084": ("+1 415 555 0120 ext. 7\n+14155550120"),
    "TELI-E085": ("+1 415 555-CALL\n+14155550120"),
    "TELI-E086": ("+14155550120 / +14155550121\n+14155550120"),
    "TELI-E087": ("+1415555012  # a digit is missing\n+14155550120"),
    "TELI-E088": "allow_test_numbers: true  # in the Project of a trial",
    "TELI-E095": "teli-iac apply --allow invalid_leads=3",
    "TELI-E160": "teli-iac apply --allow duplicate_people=12",
    "TELI-E065": "python3 -m pip install 'teli-iac[fast]'  # for .parquet, and for .zst",
    "TELI-E089": "+1 411 555 0120  # 411 is no area code\n+14155550120",
    "TELI-E090": "+1 415 555 1212  # directory assistance\n+14155550120",
    "TELI-E091": "+1 800 555 0120\n+14155550120",
    "TELI-E092": "+1 900 555 0120\n+14155550120",
    "TELI-E093": "+1 500 555 0120\n+14155550120",
    "TELI-E094": "+870 …  # a satellite telephone\n+14155550120",
    "TELI-E099": "teli-iac validate  # again, once the ten that are shown are mended",
    "TELI-E161": "teli-iac validate  # again, once the ten that are shown are mended",
    "TELI-E162": "mv leads/fall.new.csv leads/fall.csv && teli-iac apply  # replaced at once, then applied",
}

_SUPPRESSION = {
    "TELI-E120": (
        "4155550101  # in dnc/national.txt\nsuppress: [{file: dnc/national.txt, default_country: US}]"
    ),
    "TELI-E121": 'suppress: [{file: dnc/national.csv, max_age: 31d, as_of: "2030-12-01"}]',
    "TELI-E122": "suppress: [{file: dnc/opted-out.txt, may_be_empty: true}]",
    "TELI-E123": 'as_of: "2130-12-01"\nas_of: "2030-12-01"',
    "TELI-E124": (
        "suppress:\n"
        '  - {query: SELECT phone_number FROM dnc, connection: crm, max_age: 31d, as_of: "2030-12-01"}'
    ),
}

_QUERIES = {
    "TELI-E110": (
        "leads: {file: fall.csv, query: SELECT …, connection: crm}\nleads: {query: SELECT …, connection: crm}"
    ),
    "TELI-E111": "connections: {crm: {kind: sqlite, file: crm.db}}  # under spec of the Project",
    "TELI-E112": ("crm: {kind: sqlite, url: sqlite:///crm.db}\ncrm: {kind: sqlite, file: crm.db}"),
    "TELI-E113": (
        "url: postgresql://reader:hunter2@db.example/crm\n"
        "url: postgresql://reader@db.example/crm\npassword_from: CRM_PASSWORD"
    ),
    "TELI-E114": "export CRM_PASSWORD=the-password-of-the-user-reader",
    "TELI-E115": "python -m pip install 'teli-iac[postgresql]'",
    "TELI-E116": "psql 'postgresql://reader@db.example/crm'",
    "TELI-E117": "psql 'postgresql://reader@db.example/crm' --command 'SELECT …'",
    "TELI-E118": "crm: {kind: postgresql, url: …, timeout: 30m}",
    "TELI-E119": (
        "SELECT a.*, b.* FROM a JOIN b USING (id)\nSELECT phone_number, b.first_name FROM a JOIN b USING (id)"
    ),
}

_RUNNING = {
    "TELI-E101": "export HTTPS_PROXY=http://proxy.example:3128",
    "TELI-E102": "export TELI_API_KEY=the-key-of-your-tenant",
    "TELI-E131": "teli-iac init  # once, for a project that was never applied",
    "TELI-E134": "teli-iac ledger unlock  # when the holder has died",
    "TELI-E150": "teli-iac plan --out saved.plan",
    "TELI-E151": "teli-iac plan --out saved.plan && teli-iac apply saved.plan",
    "TELI-E152": "teli-iac plan --out saved.plan --sign-key sign.key",
    "TELI-E181": "teli-iac sandbox reset",
    "TELI-E182": "teli-iac sandbox clock +3d",
    "TELI-E183": "teli-iac sandbox serve --port 0",
    "TELI-E100": "teli-iac -v plan  # what was asked, and what came back",
    "TELI-E103": "base_url: https://www.teli.ai  # a page, and no API\nbase_url: https://api.teli.ai",
    "TELI-E130": "teli-iac apply  # again: it goes on from what the ledger and Teli show",
    "TELI-E132": "export TELI_LEDGER_KEY=the-key-that-the-ledger-was-made-with",
    "TELI-E133": "teli-iac ledger verify  # names the event that is not as it was written",
    "TELI-E135": "teli-iac apply  # again: it looks up what happened",
    "TELI-E136": "ledger: local  # closed here: it was moved to git\nledger: git",
    "TELI-E137": "teli-iac ledger import copy.jsonl --restore  # a copy, of a ledger that is lost",
    "TELI-E138": "ledger: s3://bucket/acme?endpoint=https://cache.example.com\nledger: git",
    "TELI-E145": 'teli-iac release --why "the price is right again"\nteli-iac resume campaign/fall-renewals',
    "TELI-E170": "teli-iac import  # lists what can be imported",
    "TELI-E171": "teli-iac plan  # names what can be adopted: ledger_lost and orphan",
    "TELI-E180": "teli-iac sandbox reset",
    "TELI-E190": "mkdir plans && teli-iac plan --write markdown=plans/plan.md",
}

_READY = {
    "TELI-E200": (
        "voice_agent_id: agent_86f826bf8f59bacd5c10ae948b\n"
        "voice_agent_id: agent_86f826bf8f59bacd5c10ae948a  # as Teli shows it"
    ),
    "TELI-E201": "agent: {name: Sample SMS agent}\nagent: {name: Sample voice agent}",
    "TELI-E202": 'agent_outbound_number: "+13055550142"\nagent_outbound_number: "+14155550101"  # yours',
    "TELI-E203": 'numbers: ["+14155550101", "+13055550142"]\nnumbers: ["+14155550101"]',
    "TELI-E204": "variables: [plan]  # the agent says {{renewal_date}}\nvariables: [plan, renewal_date]",
    "TELI-E205": "teli-iac validate --online  # again, when the agent has a prompt on Teli",
    "TELI-E206": "teli-iac validate --online  # again, when Teli answers",
    "TELI-E207": "agent: {name: Renewal Caller}\nagent: {name: Renewal caller}  # as Teli writes it",
    "TELI-E208": (
        "agent: {name: Renewal caller}  # there are two\nvoice_agent_id: agent_86f826bf8f59bacd5c10ae948a"
    ),
    "TELI-E209": "teli-iac doctor\nteli-iac apply --no-preflight  # when Teli's lists are wrong",
    "TELI-E220": "teli-iac validate",
    "TELI-E221": "export TELI_API_KEY=the-key-of-your-tenant\nteli-iac doctor",
    "TELI-E222": "teli-iac ledger init  # only where nothing was ever applied",
    "TELI-E223": "teli-iac ledger verify",
    "TELI-E224": "ledger: file:///mnt/share  # whose locks do nothing\nledger: git",
    "TELI-E225": "teli-iac ledger unlock  # when the holder has died",
    "TELI-E226": "python3 -m pip install 'teli-iac[postgresql]'",
    "TELI-E227": "teli-iac validate && teli-iac doctor",
    "TELI-E228": "export TELI_API_KEY=the-key-of-your-tenant",
    "TELI-E229": "timedatectl set-ntp true",
}

_REASONS = {
    "unknown_outcome": "teli-iac settle campaign/fall-renewals --abandon",
    "resumed": "teli-iac apply",
    "late_arrival": "teli-iac apply",
    "already_launched": "teli-iac apply",
    "ledger_lost": "teli-iac adopt campaign/fall-renewals",
    "not_in_manifests": "git revert HEAD  # brings the manifest back, and calls nobody",
    "run_went_back": "run: 2  # the latest that was launched",
    "earlier_run_live": "teli-iac plan  # again, once the earlier run is over",
    "looks_renamed": "metadata: {name: autumn, renamed_from: fall}",
    "verification_failed": "teli-iac settle campaign/fall-renewals --adopt",
    "status_wanted": "desired_status: paused",
    "held": "desired_status: active",
    "lapsed": 'campaign_end_time: "2030-12-15T20:00:00-05:00"',
    "settings_changed": "voice_agent_id: agent_86f8  # was agent_1d0c while it was live",
    "rerun": ("run: 2\nteli-iac apply --allow people_again=248"),
    "people_added": "echo +14155550123,Ada >> leads/fall.csv",
    "takes_effect_next_run": "run: 2  # calls everybody again, with the new settings",
    "ledger_missing": "teli-iac init",
}

_GUARDS = {
    "max_new_people": "guards: {max_new_people: 500}  # in the Project, or --allow max_new_people=620",
    "people_again": "teli-iac apply --allow people_again=248",
    "max_deletes": "guards: {max_deletes: 10}  # in the Project, or --allow max_deletes=7",
    "live_deletes": "teli-iac apply --allow live_deletes=1",
    "duplicate_people": "teli-iac apply --allow duplicate_people=12",
    "invalid_leads": "teli-iac apply --allow invalid_leads=3",
    "all_gone": "teli-iac destroy",
}

EXAMPLES: dict[str, str] = {
    **_COMMON,
    **_FINDING,
    **_JUDGING,
    **_LEADS,
    **_QUERIES,
    **_SUPPRESSION,
    **_RUNNING,
    **_READY,
    **_REASONS,
    **SHOWN,
    **_GUARDS,
}
"""By the word that is explained; lines end where a reader's would."""
